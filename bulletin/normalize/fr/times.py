"""Times of day and durations."""

import re

from bulletin.normalize.fr import tables
from bulletin.normalize.fr.context import near
from bulletin.normalize.fr.dates import CALENDAR, WEEKDAY
from bulletin.normalize.fr.numbers import cardinal, number, ordinal, words
from bulletin.normalize.numerals import DASH, SPACE
from bulletin.normalize.tokens import Rule, Token

END = r"(?![^\W_])"
UNTIL = rf"(?P<until>{SPACE}?{DASH}{SPACE}?(?=\d{{1,2}}{SPACE}?(?:[hH:]|heures?)))?"

HOURS = re.compile(
    rf"(?P<hours>\d{{1,3}}){SPACE}?[hH](?:{SPACE}?(?P<minutes>[0-5]\d)(?!\d)(?:{SPACE}?(?P<unit>min|mn)\b)?"
    rf"(?:(?:{SPACE}?(?P<seconds>[0-5]?\d)(?:{SPACE}?s\b|''|\"|″))|:(?P<colon_seconds>[0-5]\d)(?![\d:]))?|{SPACE}(?P<few>\d){SPACE}?(?P<few_unit>min|mn)\b)?{END}(?!['’]\w)(?:\.(?={SPACE}[a-zà-ÿ]))?{UNTIL}"
)
CLOCK = re.compile(
    rf"(?P<hours>[01]?\d|2[0-4]):(?P<minutes>[0-5]\d)(?::(?P<seconds>[0-5]\d)(?:\.\d+)?)?(?:Z)?(?![:\d]|{SPACE}\d{{3}}\b){UNTIL}"
)
RACE = re.compile(
    r"(?:(?P<hours>\d{1,2})\s?[h:]\s?)?(?P<minutes>\d{1,3})\s?(?:['’′]|min)\s?(?P<seconds>[0-5]?\d)(?:\s?(?:\"|''|’’|″|”|s\b)(?P<hundredths>\d{1,3})?)?(?!\d)"
)
INCHES = re.compile(r"(?P<inches>\d{1,3}(?:,\d)?)(?:\"|''|″|”)(?!\d)")
CHRONO = re.compile(r"(?P<minutes>\d{1,2}):(?P<seconds>[0-5]\d)[.,](?P<hundredths>\d{1,3})(?![\d:])")
SECONDS = re.compile(r"(?P<seconds>\d{1,2})\s?(?:\"|''|’’|″|”|s)\s?(?P<hundredths>\d{1,3})(?!\d)")
MATCH_MINUTE = re.compile(
    r"(?P<minute>\d{1,3})\s?(?P<mark>e|ᵉ|ème|['’′])?\s?\+\s?(?P<extra>\d{1,2})(?P<late>['’′]|e\b)?(?![\w%])"
)
MINUTE = re.compile(r"(?P<minute>\d{1,3})\s?['’′](?![\w'’])")
EVERY_HOUR = re.compile(rf"24{SPACE}?(?:[hH]|heures){SPACE}?(?:/|sur){SPACE}?24(?:{SPACE}?[hH]\b)?")
EVERY_DAY = re.compile(rf"(?P<days>[567]){SPACE}?[jJ](?:ours)?{SPACE}?(?:/|sur){SPACE}?7(?:{SPACE}?[jJ]\b)?")
SEVEN_OF_SEVEN = re.compile(r"7/7(?!\d)")
HALF_PAST = re.compile(rf"(?P<hours>\d{{1,2}}){SPACE}?[hH]{SPACE}?(?:1/2|½)(?!\d)")
ZONES: dict[str, str] = CALENDAR["zones"]
ZONE = re.compile(rf"(?P<space>{SPACE})?(?P<zone>{tables.any_of(ZONES)}){END}")
AFTER_CLOCK = re.compile(
    rf"(?<!\d)\d{{1,2}}(?:{SPACE}?(?:h|heures?)(?:{SPACE}?[0-5]\d)?|:[0-5]\d){SPACE}?\(?\Z|\b(?:midi|minuit){SPACE}?\(?\Z"
)
CHANNEL = tables.any_of(CALENDAR["channels"]["names"])
MARK = rf"(?:{SPACE}?[-–—,:|/(]{SPACE}?|{SPACE})"
PROGRAMME = re.compile(r"(?P<hours>[01]?\d|2[0-4])\.(?P<minutes>[0-5]\d)(?![\d%]|[.,:/]\d)")
MEASURED = re.compile(rf"{SPACE}?[%‰€$£°]|{SPACE}(?!sur{END}|et{END}|à{END}|puis{END})[a-zµ]")
CHANNEL_BEFORE = re.compile(
    rf"(?<![^\W_]){CHANNEL}\)?{MARK}(?:(?:{WEEKDAY}|ce soir),?{SPACE})?(?:à{SPACE})?\Z"
)
CHANNEL_AFTER = re.compile(rf"\)?{MARK}?(?:sur{SPACE})?{CHANNEL}{END}")
CHANNEL_NEAR = re.compile(rf"(?<![^\W_]){CHANNEL}{END}")
DAY_BEFORE = re.compile(rf"\b(?:{WEEKDAY}){SPACE}?[(,]?{SPACE}?(?:à{SPACE})?\Z", re.IGNORECASE)
TIME_BEFORE = re.compile(rf"(?<![\d.])\d{{1,2}}\.[0-5]\d{SPACE}?(?:,|et|puis|à|-|–){SPACE}?\Z")
RUN = re.compile(r"(?P<first>\d{1,2}):(?P<second>[0-5]\d)(?![\d:]|[.,]\d)")
TOOK = re.compile(
    rf"\b(?:en|(?:temps|chrono|record)[^.;:!?]{{0,20}}{SPACE}(?:de|à|en|:)){SPACE}(?:seulement{SPACE})?\Z",
    re.IGNORECASE,
)
GAP = re.compile(r"(?P<seconds>\d{1,2})(?:''|’’|″|\")(?!\w)")
ALWAYS = re.compile(r"[hH]24\b")
ROUND_THE_CLOCK = re.compile(r"24/(?P<other>24|7)(?!\d)")


def hour_words(hours: int) -> str:
    """ "une heure", "vingt et une heures", "zéro heure"."""
    return f"{cardinal(hours, feminine=True)} heure{'s' if hours > 1 else ''}"


def counted(value: int, name: str) -> str:
    """A number of minutes or seconds."""
    return f"{cardinal(value, feminine=True)} {name}{'s' if value > 1 else ''}"


def say_hours(token: Token) -> str:
    """ "14 h 30", "1h", "2 h 15 min 3 s", "8h-10h"."""
    spoken = hour_words(int(token["hours"]))
    minutes = token["minutes"] or token["few"]
    if minutes and (int(minutes) or token["unit"]):
        named = token["unit"] or token["few_unit"] or token["seconds"] or token["colon_seconds"]
        value = int(minutes)
        spoken += " " + (counted(value, "minute") if named else cardinal(value, feminine=True))
    seconds = token["seconds"] or token["colon_seconds"]
    if seconds:
        spoken += " " + counted(int(seconds), "seconde")
    return spoken + (" à " if token["until"] else "")


def say_race(token: Token) -> str:
    """A time in a race: "1'32"" as "une minute trente-deux", with hundredths where written."""
    hours, minutes, seconds = token["hours"], int(token["minutes"]), int(token["seconds"])
    spoken = f"{hour_words(int(hours))} " if hours else ""
    spoken += counted(minutes, "minute") + " "
    if token["hundredths"]:
        return spoken + f"{counted(seconds, 'seconde')} {hundredths(token)}"
    return spoken + counted(seconds, "seconde")


def say_seconds(token: Token) -> str:
    """ "9"95" as "neuf secondes quatre-vingt-quinze"."""
    return f"{counted(int(token['seconds']), 'seconde')} {hundredths(token)}"


def hundredths(token: Token) -> str:
    """The hundredths as they are said after seconds: "zéro cinq", "quatre-vingt-quinze"."""
    digits = token["hundredths"]
    if not int(digits):
        return "zéro zéro" if len(digits) > 1 else "zéro"
    zero = "zéro " if digits.startswith("0") and int(digits) else ""
    return zero + cardinal(int(digits))


def say_zone(token: Token) -> str:
    """ "19 h 30 HE" with "heure de l'Est"."""
    return (", " if token["space"] else "") + ZONES[token["zone"]]


EARLIEST = 5  # h: listings begin in the morning
LISTED = re.compile(rf"{SPACE}(?!(?i:euros?|francs?|dollars?|livres?|mètres?|points?)\b)[A-ZÀ-Ý«“\"]")


def is_programme(token: Token) -> bool:
    """Whether "21.05" is when something is on: a channel stands beside it, or a weekday."""
    if MEASURED.match(token.after) or re.search(r"[^\W_][-.,:/]?\Z|[€$£+−]\Z", token.before):
        return False
    if CHANNEL_BEFORE.search(token.before) or CHANNEL_AFTER.match(token.after):
        return True
    if not token.before.strip() and int(token["hours"]) > EARLIEST and LISTED.match(token.after):
        return True  # a line of a listing
    if not DAY_BEFORE.search(token.before) and not TIME_BEFORE.search(token.before):
        return False
    later = DAY_BEFORE.search(token.before) and int(token["minutes"]) > 12
    return bool(later or CHANNEL_NEAR.search(token.before + token.after))


def say_run(token: Token) -> str:
    """ "en 28:46" as minutes and seconds, in a long race as hours and minutes."""
    first, second = int(token["first"]), int(token["second"])
    if first < 13 and near(token, "long_race"):
        return hour_words(first) + (f" {cardinal(second, feminine=True)}" if second else "")
    return counted(first, "minute") + (f" {counted(second, 'seconde')}" if second else "")


def is_run(token: Token) -> bool:
    """Whether a time is what somebody took: more than a day has hours, or sport is told of."""
    if not TOOK.search(token.before):
        return False
    return int(token["first"]) > 24 or near(token, "run") or near(token, "long_race")


def say_inches(token: Token) -> str:
    """ "un écran de 55\"" """
    return f"{words(number(token['inches']))} pouces"


def say_match_minute(token: Token) -> str:
    """ "45e+2" as "quarante-cinquième plus deux"."""
    ordinary = ordinal(int(token["minute"]), feminine=True)
    ranked = token["mark"] not in {"'", "’", "′", ""} or token["late"] == "e"
    noun = "" if ranked else " minute"
    return f"{ordinary}{noun} plus {cardinal(int(token['extra']))}"


def is_match_minute(token: Token) -> bool:
    """A minute of play and its added time, not a sum."""
    return bool(token["mark"] or token["late"]) or (
        token["minute"] in {"45", "90", "105", "120"} and near(token, "sport")
    )


def is_gap(token: Token) -> bool:
    """ "à 12''": a lag; a straight quotation mark closes what was opened instead."""
    if '"' in token.written and '"' in token.before:
        return False
    return re.search(r"\b(?:à|en|de|par|soit)\s\+?\Z|\+\s?\Z", token.before) is not None


def say_minute(token: Token) -> str:
    """ "23'" in the report of a match as "vingt-troisième minute", elsewhere as "vingt-trois minutes"."""
    value = int(token["minute"])
    parenthesis = re.search(r"\([^()]*\Z", token.before) and re.match(r"[^()]*\)", token.after)
    if parenthesis or re.search(r"\b(?:la|dès la|à la)\s\Z", token.before):
        return f"{ordinal(value, feminine=True)} minute"
    return counted(value, "minute")


TIMES = (
    Rule("always-on", EVERY_HOUR, lambda token: "vingt-quatre heures sur vingt-quatre"),
    Rule("always-on", EVERY_DAY, lambda token: f"{cardinal(int(token['days']))} jours sur sept"),
    Rule("always-on", SEVEN_OF_SEVEN, lambda token: "sept jours sur sept", needs="/"),
    Rule(
        "always-on",
        ROUND_THE_CLOCK,
        lambda token: (
            f"vingt-quatre heures sur vingt-quatre{', sept jours sur sept' if token['other'] == '7' else ''}"
        ),
    ),
    Rule("always-on", ALWAYS, lambda token: "H vingt-quatre", "lu"),
    Rule("duration", RACE, say_race, needs="'’′m"),
    Rule("measure", INCHES, say_inches, when=lambda token: near(token, "picture")),
    Rule(
        "duration",
        GAP,
        lambda token: counted(int(token["seconds"]), "seconde"),
        needs="'’″\"",
        when=is_gap,
    ),
    Rule("time", HALF_PAST, lambda token: hour_words(int(token["hours"])) + " et demie", needs="/½"),
    Rule("duration", CHRONO, say_race, needs=":"),
    Rule("duration", RUN, say_run, needs=":", when=is_run),
    Rule("duration", SECONDS, say_seconds),
    Rule("duration", MATCH_MINUTE, say_match_minute, when=is_match_minute, needs="+"),
    Rule("duration", MINUTE, say_minute, needs="'’′"),
    Rule("time", HOURS, say_hours),
    Rule("time", CLOCK, say_hours, needs=":"),
    Rule(
        "zone",
        ZONE,
        say_zone,
        "us",
        when=lambda token: AFTER_CLOCK.search(token.before) is not None,
        needs="HT",
    ),
)
PROGRAMMES = (Rule("time", PROGRAMME, say_hours, needs=".", when=is_programme),)
"""Before dates, as "samedi 21.05" is one elsewhere."""
