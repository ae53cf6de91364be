"""Dates, decades and seasons."""

import re

from bulletin.normalize.fr import tables
from bulletin.normalize.fr.numbers import cardinal, integer_words
from bulletin.normalize.numerals import DASH, SPACE
from bulletin.normalize.tokens import Rule, Token

CALENDAR = tables.load("calendar")
MONTH_NAMES: dict[int, str] = {number: name for name, number in CALENDAR["months"].items()}
MONTH_NUMBERS: dict[str, int] = {**CALENDAR["months"], **CALENDAR["short_months"]}
FULL = tables.any_of(CALENDAR["months"])
SHORT = tables.any_of(CALENDAR["short_months"])
MONTH = rf"(?:(?P<month>{FULL})\b|(?P<short>{SHORT})(?:\.|\b))"
DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
FIRST = r"(?:er|ER|ᵉʳ|°)?"
YEAR = r"(?P<year>(?:1[0-9]|20)\d{2}(?!\d))"
END = r"(?!\w|[.,]\d)"
WEEKDAY = r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"

DAY_MONTH = re.compile(
    rf"{DAY}{FIRST}(?:{SPACE}|(?P<dash>{DASH})){MONTH}(?:{SPACE}{YEAR}(?!{SPACE}?[€%]))?", re.IGNORECASE
)
DAYS_MONTH = re.compile(
    rf"(?P<first>0?[1-9]|[12]\d|3[01]){FIRST}{SPACE}?(?P<mark>{DASH}|/|&){SPACE}?{DAY}{FIRST}{SPACE}{MONTH}"
    rf"(?:{SPACE}{YEAR})?",
    re.IGNORECASE,
)
NUMERIC = re.compile(
    rf"(?P<day>\d{{1,2}})(?:er)?(?P<mark>[/.\-‑])(?P<month>\d{{1,2}})(?P=mark)(?P<year>\d{{4}}|\d{{2}}){END}(?!(?P=mark)\d)"
)
ISO = re.compile(
    r"(?P<year>\d{4})(?P<mark>[-‑/])(?P<month>\d{2})(?P=mark)(?P<day>\d{2})(?!\d)(?:T(?=\d\d[:h]))?"
)
DAY_SLASH_MONTH = re.compile(rf"(?P<day>\d{{1,2}})(?:er)?/(?P<month>\d{{1,2}}){END}(?!/|{SPACE}?[€$£%])")
SHORT_DAY = re.compile(
    rf"(?P<name>{tables.any_of(CALENDAR['short_days'])})\.?{SPACE}(?=\d{{1,2}}(?:\b|er))", re.I
)
SHORT_MONTH = re.compile(rf"(?P<short>{SHORT})\.?{SPACE}(?P<year>(?:1[89]|20)\d\d)\b", re.I)
SHORT_DECADE = re.compile(
    rf"['’](?P<digits>[1-9]0)s?{END}|(?P<plain>[1-9]0)['’]?s{END}|(?P<full>(?:19|20)\d0)s{END}"
)
SHORT_YEAR = re.compile(rf"['’](?P<digits>\d\d){END}")

DATE_BEFORE = re.compile(
    rf"\b(?:le|du|au|les|dès|depuis|jusqu[’']au|date|jour|publié|{WEEKDAY}|(?:{tables.any_of(CALENDAR['short_days'])})\.?){SPACE}:?{SPACE}?\Z"
    rf"|\b(?:le|du|au|les){SPACE}(?:0?[1-9]|[12]\d|3[01]){SPACE}?(?:et|au|ou|[-–,]){SPACE}?\Z",
    re.IGNORECASE,
)
DAYS_SLASH_MONTH = re.compile(
    rf"(?P<first>0?[1-9]|[12]\d|3[01])(?P<mark>{SPACE}(?:et|au|ou){SPACE}|{SPACE}?{DASH}{SPACE}?)(?P<day>0?[1-9]|[12]\d|3[01])/(?P<month>0?[1-9]|1[0-2])"
    rf"(?:/(?P<year>\d{{4}}|\d{{2}}))?{END}(?!/|{SPACE}?[€$£%])"
)
"""Days of one month: "12 et 13/10"."""
DAY_DASH_MONTH = re.compile(
    rf"(?P<day>0?[1-9]|[12]\d|3[01])-(?P<month>0?[1-9]|1[0-2]){SPACE}au{SPACE}(?P<last>0?[1-9]|[12]\d|3[01])-(?P<last_month>0?[1-9]|1[0-2]){END}(?!-)"
)
POINTED_DAY = re.compile(
    rf"(?P<day>0?[1-9]|[12]\d|3[01])\.(?P<month>0[1-9]|1[0-2]){END}(?!\.|{SPACE}?[€$£%°]|\w|{SPACE}(?:k?m|kg|h|s|ha|l|millions?|milliards?|points?)\b)"
)
POINTED_BEFORE = re.compile(rf"\b(?:le|du|au|dès{SPACE}le|{WEEKDAY}){SPACE}\Z", re.IGNORECASE)
NOT_A_DATE = re.compile(
    r"\b(?:note|noté|notée|score|obtenu|moyenne|sur|tension|vision|classe[sd]?|mesure|fraction|les|avis|indice|étoiles?|niveau|"
    r"épisodes?|épis?\.|ép\.|partie|tome|étape|score|série|quinté|tiercé)\b(?!\s+(?:le|du|au|dès)\s)",
    re.I,
)


def day_words(day: int) -> str:
    """ "premier", "deux"…"""
    return "premier" if day == 1 else cardinal(day)


def date_words(day: str, month: int, year: str = "") -> str:
    """A date: "premier mai deux mille vingt-quatre"; a year of two digits is one of our time."""
    spoken = f"{day_words(int(day))} {MONTH_NAMES[month]}"
    return f"{spoken} {year_words(year)}" if year else spoken


def year_words(year: str) -> str:
    """ "23" is 2023, "84" is 1984 (up to thirty years ahead is the future)."""
    if len(year) == 2:
        year = ("20" if int(year) < 50 else "19") + year
    return integer_words(year)


def month_number(token: Token) -> int:
    """The month named in full or shortened."""
    return MONTH_NUMBERS[(token["month"] or token["short"]).lower()]


def point_that_ends(token: Token) -> str:
    """The point of a shortened word that ended the line or a sentence ends it still."""
    if not token.written.endswith("."):
        return ""
    return "." if re.match(rf"{SPACE}*(?:\Z|[»”\"]|[A-ZÀ-Ý])", token.after) else ""


def say_day_month(token: Token) -> str:
    """ "12 sept. 2022", "1er mai", "7-Octobre"."""
    return date_words(token["day"], month_number(token), token["year"]) + point_that_ends(token)


def say_days_month(token: Token) -> str:
    """ "14-15 juin" as "quatorze et quinze juin", "12-18 juin" as "douze au dix-huit juin"."""
    first, last = int(token["first"]), int(token["day"])
    between = "et" if last == first + 1 else "au"
    spoken = f"{day_words(first)} {between} {date_words(token['day'], month_number(token), token['year'])}"
    return spoken + point_that_ends(token)


def valid(token: Token) -> bool:
    """Whether day and month can be."""
    return 1 <= int(token["day"]) <= 31 and 1 <= int(token["month"]) <= 12


def say_numeric(token: Token) -> str:
    """ "12/09/2022", "2023-06-21"."""
    spoken = date_words(token["day"], int(token["month"]), token["year"])
    if token.written.endswith("T"):
        return spoken + " "
    if re.search(r"(?:mise à jour|publié|modifié|date)\s?:\s?\Z", token.before, re.I):
        return "le " + spoken
    return spoken


def say_days_slash_month(token: Token) -> str:
    """ "12 et 13/10", "12-15/10"."""
    first, last = int(token["first"]), int(token["day"])
    mark = re.sub(r"\W", "", token["mark"]) or ("et" if last == first + 1 else "au")
    return f"{day_words(first)} {mark} {date_words(token['day'], int(token['month']), token['year'])}"


def are_days(token: Token) -> bool:
    """Two days of a month, in order, where days are looked for."""
    before = re.sub(r"\bles\s\Z", "", token.before[-25:])
    follow = int(token["first"]) < int(token["day"]) and not NOT_A_DATE.search(before)
    return follow and (
        bool(DATE_BEFORE.search(token.before)) or bool(token["year"]) or not token.before.strip()
    )


def say_day_dash_month(token: Token) -> str:
    """ "du 12-10 au 15-11"."""
    last = date_words(token["last"], int(token["last_month"]))
    return f"{date_words(token['day'], int(token['month']))} au {last}"


def is_day_and_month(token: Token) -> bool:
    """Whether "28/06" is a date: a zero in front, or an article or weekday before."""
    if not valid(token) or NOT_A_DATE.search(token.before[-25:]):
        return False
    if "er" in token.written:
        return token["day"].lstrip("0") == "1"
    zero = "0" in (token["day"][0], token["month"][0])
    return zero or bool(DATE_BEFORE.search(token.before))


def say_short_day(token: Token) -> str:
    """ "lun. 12" as "lundi 12"."""
    name: str = CALENDAR["short_days"][token["name"].lower()]
    return name + " "


def short_day_may_stand(token: Token) -> bool:
    """ "mar. 12" is a day; "mer 12" or "mar 12" without a point only before a day and month."""
    return "." in token.written or bool(re.match(rf"\d{{1,2}}(?:er)?{SPACE}(?:{FULL}|{SHORT})", token.after))


def say_short_month(token: Token) -> str:
    """ "sept. 2022"."""
    return f"{MONTH_NAMES[month_number(token)]} {integer_words(token['year'])}"


def say_decade(token: Token) -> str:
    """ "les '80s", "1980s"."""
    return integer_words(token["digits"] or token["plain"] or token["full"]).removesuffix("s")


def is_short_year(token: Token) -> bool:
    """ "mai '68"."""
    return bool(
        re.search(
            rf"\b(?:{FULL}|été|hiver|printemps|automne|en|de|Euro|Mondial|JO){SPACE}?\Z", token.before, re.I
        )
    )


MONTH_ALONE = re.compile(r"(?P<mid>mi-)?(?P<short>janv|févr|fév|avr|juill?|sept|oct|nov|déc)\.(?!\w)", re.I)
DAY_NAMES = tables.any_of(CALENDAR["short_days"])
DAY_SPAN = re.compile(
    rf"(?P<first>{DAY_NAMES})\b\.?(?P<mark>{SPACE}?[-–/]{SPACE}?|{SPACE}(?:au|à|et|ou){SPACE})(?P<last>{DAY_NAMES})\b\.?",
    re.I,
)
DAY_ALONE = re.compile(
    rf"(?P<name>{DAY_NAMES})\.(?={SPACE}(?:\d|matin|soir|après-midi|midi|et\b|à\b|au\b|&|/|:)|,{SPACE}(?:{DAY_NAMES})\.)",
    re.I,
)
DAY_LAST = re.compile(rf"(?P<name>{DAY_NAMES})\.(?!\w)", re.I)
AFTER_DAYS = re.compile(
    rf"\b(?:sauf|sf|hors|(?:{WEEKDAY}|tous les jours)(?:{SPACE}(?:au|et|ou)|,|{SPACE}&))"
    rf"(?:{SPACE}(?:le|les))?{SPACE}\Z",
    re.I,
)


def is_day_span(token: Token) -> bool:
    """ "mer" and "jeu" are words too: a point or a capital tells the days."""
    return (
        "." in token.written
        or token.written[0].isupper()
        or bool(re.match(r"\s?:?\s\d{1,2}\s?h", token.after))
    )


def say_day_span(token: Token) -> str:
    """ "lun.-ven." as "lundi à vendredi"."""
    days: dict[str, str] = CALENDAR["short_days"]
    mark = token["mark"].strip()
    between = {"-": "à", "–": "à", "/": "et"}.get(mark, mark)
    return f"{days[token['first'].lower()]} {between} {days[token['last'].lower()]}"


BOTH_MONTHS = re.compile(
    rf"(?:(?P<first_full>{FULL})|(?P<first>{SHORT})\.?){SPACE}?[-–/]{SPACE}?(?:(?P<month>{FULL})|(?P<short>{SHORT})\.?)(?![^\W_])",
    re.I,
)


def are_months(token: Token) -> bool:
    """Two months, of which a point or a year shows that they are shortened."""
    return bool(token["first"] or token["short"]) and (
        "." in token.written or bool(re.match(r"\s\d{4}", token.after))
    )


def say_both_months(token: Token) -> str:
    """ "juin-juill. 2024"."""
    first = MONTH_NUMBERS[(token["first_full"] or token["first"]).lower()]
    return f"{MONTH_NAMES[first]}-{MONTH_NAMES[month_number(token)]}{point_that_ends(token)}"


def is_month_alone(token: Token) -> bool:
    """Any shortened month but "sept.", which is a number at the end of a sentence too."""
    return (
        token["short"].lower() != "sept"
        or bool(token["mid"])
        or bool(
            re.search(
                rf"(?:\b(?:fin|début|courant|d['’]ici|(?:{FULL})\s(?:à|et|ou))\s)\Z", token.before, re.I
            )
        )
    )


def say_day_last(token: Token) -> str:
    """ "sauf mar."."""
    name: str = CALENDAR["short_days"][token["name"].lower()]
    return name + point_that_ends(token)


def say_month_alone(token: Token) -> str:
    """ "fin sept."."""
    return f"{token['mid']}{MONTH_NAMES[month_number(token)]}{point_that_ends(token)}"


UNTIL_DATE = re.compile(
    rf"{SPACE}?[-–]{SPACE}?(?=(?:0?[1-9]|[12]\d|3[01]){FIRST}{SPACE}(?:{FULL}|{SHORT})\b)", re.I
)
AFTER_DATE = re.compile(rf"\d{FIRST}{SPACE}(?:(?:{FULL})|(?:{SHORT})\.?)(?:{SPACE}\d{{4}})?\Z", re.I)
"""A date before another: "12 oct.-15 nov."."""
MONTH_YEAR = re.compile(r"(?P<month>0?[1-9]|1[0-2])/(?P<year>(?:19|20)\d\d)(?![\d/])")

DATES = (
    Rule(
        "date",
        UNTIL_DATE,
        lambda token: " au ",
        "s",
        when=lambda token: bool(AFTER_DATE.search(token.before)),
    ),
    Rule(
        "date",
        MONTH_YEAR,
        lambda token: f"{MONTH_NAMES[int(token['month'])]} {token['year'] and year_words(token['year'])}",
        needs="/",
    ),
    Rule("date", ISO, say_numeric, when=valid),
    Rule("date", NUMERIC, say_numeric, when=valid),
    Rule("date", DAYS_MONTH, say_days_month),
    Rule("date", DAY_MONTH, say_day_month),
    Rule("date", DAYS_SLASH_MONTH, say_days_slash_month, when=are_days, needs="/"),
    Rule(
        "date",
        DAY_DASH_MONTH,
        say_day_dash_month,
        when=lambda token: re.search(r"\bdu\s\Z", token.before, re.I) is not None,
    ),
    Rule(
        "date",
        POINTED_DAY,
        say_numeric,
        needs=".",
        when=lambda token: POINTED_BEFORE.search(token.before) is not None,
    ),
    Rule("date", DAY_SLASH_MONTH, say_numeric, when=is_day_and_month, needs="/"),
    Rule("date", SHORT_DAY, say_short_day, "lu", when=short_day_may_stand),
    Rule("date", DAY_SPAN, say_day_span, "lu", when=is_day_span),
    Rule("date", DAY_ALONE, lambda token: CALENDAR["short_days"][token["name"].lower()], "lu"),
    Rule(
        "date",
        DAY_LAST,
        say_day_last,
        "lu",
        needs=".",
        when=lambda token: bool(AFTER_DAYS.search(token.before)),
    ),
    Rule("date", BOTH_MONTHS, say_both_months, "lu", needs="-–/", when=are_months),
    Rule("date", SHORT_MONTH, say_short_month, "lu"),
    Rule("decade", SHORT_DECADE, say_decade, "dm"),
    Rule("year", SHORT_YEAR, lambda token: integer_words(token["digits"]), "m", when=is_short_year),
    Rule("date", MONTH_ALONE, say_month_alone, "lu", needs=".", when=is_month_alone),
)
