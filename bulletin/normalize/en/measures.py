"""Measures: "70mph", "35 µg/m³", "1,500 sq ft", "5ft 10in", "12st 4lb", "-5°C", "7.5pc", "1.5m homes"."""

import re
from functools import cache

from bulletin.normalize import cldr
from bulletin.normalize.en.patterns import (
    FUNCTION_WORDS,
    NO_DIGIT_BEFORE,
    NUMBER,
    SPACE,
    SPACES,
    TO,
    follows_between,
    is_open,
    number,
    qualifies_noun,
    word_after,
    words_before,
)
from bulletin.normalize.en.tables import load
from bulletin.normalize.en.words import SCALES, cardinal, quantity
from bulletin.normalize.numerals import Number
from bulletin.normalize.tokens import Rule, Token

FACTS = load("units")
CLDR: dict[str, str] = FACTS["cldr"]
NAMED: dict[str, list[str]] = FACTS["named"]
CONTEXT = {name: frozenset(words.split()) for name, words in FACTS["context"].items()}
POWERS = {"²": "square", "2": "square", "³": "cubic", "3": "cubic"}


def alternatives(symbols: list[str]) -> str:
    """A regex for any of the symbols, the longest first; a point may follow what a space does ("sq. ft")."""
    return "|".join(
        re.escape(symbol).replace(r"\ ", rf"\.?{SPACE}") for symbol in sorted(symbols, key=len, reverse=True)
    )


SYMBOL = alternatives([*CLDR, *NAMED])
LOOSE = alternatives(
    [symbol for symbol in [*CLDR, *NAMED] if symbol not in CONTEXT["glued"] or symbol in "mgtl"]
)
UNIT = rf"(?:{SYMBOL})(?:[²³]|(?<=m)[23]|(?<=ft)[23])?"
END = r"(?![^\W_]|[²³])"
PER = rf"(?:{SPACES}/{SPACES}(?P<per>(?:100{SPACES})?{UNIT}|[a-z]{{3,12}}))?"
SCALE = (
    rf"(?:(?:{SPACES}|[-‑])(?:thousand|million|billion|trillion)"
    rf"|{SPACES}(?:mn|mln|bn|trn|tn)|[mk](?={SPACE}))"
)
SIGNS = {"": "", "+": "plus ", "±": "plus or minus ", "~": "about ", "≈": "about "}
MINUS = r"(?P<minus>[-−–+±~≈])?"
MEASURE = re.compile(
    rf"{MINUS}(?P<first>{NUMBER})(?:(?:{SPACES}(?:{SYMBOL}))?{TO}(?P<last_minus>[-−])?(?P<last>{NUMBER}))?"
    rf"(?P<scale>{SCALE}(?={SPACE}?[^\W\d_]))?"
    rf"(?:[-‑](?=[^\W\d_])(?P<joined>{UNIT})|(?P<glued>{UNIT})|{SPACE}{{1,2}}(?P<apart>(?:{LOOSE})(?:[²³]|(?<=m)[23])?))"
    rf"{END}{PER}{END}(?P<point>\.(?={SPACE}[a-z\d]))?"
)
RATED = (
    r"(?:second|minute|hour|day|week|month|year|night|person|head|capita|household|child|worker|student|mile|metre|acre"
    r"|litre|gallon|tonne|ton|pound|barrel|kilo|gram)"
)
NOUN_PER = re.compile(rf"/(?P<per>{UNIT}|{RATED})(?![^\W_]|[²³])")
MANY_BEFORE = re.compile(r"(?:[Pp]opulation|[Aa]udience|[Ss]ales|[Tt]urnout|[Vv]iewers):?\s\Z")
OF_MANY = re.compile(r"\sof\s(?:them|those|these|whom|which|its|his|their|our|\d)")
COUNTED = re.compile(rf"\d{SPACES}(?:[a-z]+{SPACE}){{0,2}}[a-z]+\Z")
PART = re.compile(r"(?<!\d)(?<!\d )(?:[½¼¾⅓⅔⅛]|(?<![\d/])\d/\d{1,2})[ \u00a0\u202f-]?\Z")
EACH = re.compile(
    rf"{NO_DIGIT_BEFORE}(?P<first>{NUMBER}){SPACES}/{SPACES}(?P<per>{UNIT}|{RATED})"
    rf"(?![^\W_]|[²³])"
)
OTHER_SIDE = re.compile(
    rf"(?:(?:{SPACES}[x×]{SPACES}|{SPACE}(?:by|to){SPACE})(?:{NUMBER}){SPACES}(?:{UNIT}){END}){{1,2}}"
)
SIDE_BEFORE = re.compile(
    rf"(?<![^\W_])(?:{NUMBER}){SPACES}(?:{UNIT})(?:{SPACES}[x×]{SPACES}|{SPACE}(?:by|to){SPACE})\Z"
)
AFTER_ARTICLE = re.compile(r"\b(?:an?|the|another|each|every|this|that|its|their)\s\Z", re.IGNORECASE)
BY = re.compile(rf"{SPACES}[x×]{SPACES}(?={NUMBER}{SPACES}(?:{UNIT}){END})")
AFTER_SIDE = re.compile(rf"\d{SPACES}(?:{UNIT})\Z")
BARE = re.compile(rf"(?P<unit>{UNIT}){END}")


SPOONS = ("tbsp", "tsp", "tbsps", "tsps")
PLACE = re.compile(
    r"(?:Room|Seat|Flat|Gate|Grade|Class|Apartment|Apt\.?|Block|Schedule|Section|Unit|Row|Zone|Ward|Bay)\W\Z"
)


@cache
def names(symbol: str) -> tuple[str, str]:
    """One and many of a unit, with its square or cube where it has one."""
    if len(symbol) > 1 and symbol[-1] in POWERS and symbol[:-1] in CLDR:
        one, many = names(symbol[:-1])
        return f"{POWERS[symbol[-1]]} {one}", f"{POWERS[symbol[-1]]} {many}"
    symbol = re.sub(rf"\.?{SPACE}", " ", symbol)
    if symbol in NAMED:
        one, many = NAMED[symbol]
        return one, many
    return cldr.unit(CLDR[symbol], "en_GB")


def is_unit(symbol: str) -> bool:
    return re.fullmatch(UNIT, symbol) is not None


def per_unit(written: str) -> str:
    """What is counted by: "m²" is "square metre", "100km" is "hundred kilometres", "night" is itself."""
    count, symbol = re.fullmatch(rf"(\d*){SPACES}(.+)", written).groups()  # type: ignore[union-attr]
    if not is_unit(symbol):
        return symbol
    one, many = names(symbol)
    return f"{cardinal(int(count))} {many}".removeprefix("one ") if count else one


def measure(token: Token) -> str | None:
    """A number or a range of numbers with a unit."""
    symbol = token["joined"] or token["glued"] or token["apart"]
    first, last = number(token["first"]), number(token["last"]) if token["last"] else None
    if not is_measure(token, symbol):
        return None
    scale = SCALES.get(token["scale"].strip(" -"), token["scale"].strip(" -‑\u00a0\u202f"))
    if symbol == "m" and token["glued"] and means_million(token):
        return signed(token, range_of(token, first, last, "")) + " million"
    adjective = token["joined"] or (
        symbol not in SPOONS
        and not (word_after(token.after) in CONTEXT["ingredients"] and not AFTER_ARTICLE.search(token.before))
        and qualifies_noun(before_other_side(token), after_other_side(token), eager=True)
    )
    if symbol[0] in "°ºCF℃℉":
        adjective = ""
    one, many = names(symbol)
    singular = adjective or (last is None and not scale and first == Number("1"))
    unit = one if singular else many
    per = f" per {per_unit(token['per'])}" if token["per"] else ""
    return f"{signed(token, range_of(token, first, last, scale))} {unit}{per}"


def after_other_side(token: Token) -> str:
    """What follows a measure and others joined to it: "a 2m x 3m cell", "a 5kg to 10kg bag"."""
    other = OTHER_SIDE.match(token.after)
    if other is None or ("to" in other.group() and not AFTER_ARTICLE.search(token.before)):
        return token.after
    return token.after[other.end() :]


def before_other_side(token: Token) -> str:
    """What stands before a measure, or before the one that it is joined to after an article."""
    other = SIDE_BEFORE.search(token.before)
    start = token.before[: other.start()] if other else ""
    return start if AFTER_ARTICLE.search(start) else token.before


def range_of(token: Token, first: Number, last: Number | None, scale: str) -> str:
    said = quantity(first)
    if last is not None:
        link = "and" if follows_between(token.before) else "to"
        said += f" {link} {'minus ' if token['last_minus'] else ''}{quantity(last)}"
    return f"{said} {scale}".strip()


def signed(token: Token, said: str) -> str:
    return SIGNS.get(token["minus"], "minus ") + said


def is_measure(token: Token, symbol: str) -> bool:
    """Whether the letters after the number are a unit here."""
    if token["minus"] and not is_open(token.before):
        return False
    if re.search(r"\d[.,:/-]?\Z|[^\W\d_]\Z", token.before) and not re.search(r"\dx\Z", token.before):
        return False
    if symbol in ("C", "F") and (
        (len(token["first"]) > 3 and "." not in token["first"]) or names_a_place(token)
    ):
        return False
    if symbol == "in" and token.after[:1] in ("-", "‑"):
        return False
    if symbol == "s":
        return "." in token["first"]
    if symbol == "st":
        return token["first"][-1] != "1" or token["first"].endswith("11")
    return True


def names_a_place(token: Token) -> bool:
    """Whether the letter after a number is part of an address or a seat: "Flat 3B"."""
    return PLACE.search(token.before) is not None


def means_million(token: Token) -> bool:
    """Whether "m" after a number that is not money is millions rather than metres."""
    if re.match(r"[-‑][^\W\d_]", token.after):
        return re.match(r"[-‑](?:strong|plus)", token.after) is not None
    if token.after.startswith("+") or MANY_BEFORE.search(token.before) or OF_MANY.match(token.after):
        return True
    noun, near = word_after(token.after), set(words_before(token.before, 4))
    if near & CONTEXT["crowds"]:
        return True
    if noun in CONTEXT["metres"] or near & CONTEXT["heights"] or re.match(r"\d{3,}|\d,\d", token["first"]):
        return False
    if noun in CONTEXT["millions"] or (noun.endswith("ed") and noun.islower()):
        return True
    if not noun or noun in FUNCTION_WORDS:
        return bool(near & CONTEXT["amounts"])
    return noun.endswith("s") and not noun.endswith("ss")


def each(token: Token) -> str:
    """ "four hundred and twenty per square kilometre"."""
    return f"{quantity(number(token['first']))} per {per_unit(token['per'])}"


def bare(token: Token) -> str | None:
    """A unit without a number: "per kWh", "a million sq ft"."""
    symbol = token["unit"]
    if PART.search(token.before):
        return f"{'a' if '½' in token.before[-2:] else 'of a'} {names(symbol)[0]}"
    if re.search(r"\bper\W\Z|\ban?\W\Z", token.before):
        return names(symbol)[0]
    return names(symbol)[1]


def has_number_word(token: Token) -> bool:
    """Whether "per" or a number in words stands before a unit that is no ordinary word."""
    if token["unit"] in CONTEXT["words_too"]:
        return False
    if re.search(r"\d[ \u00a0\u202f]\Z|[½¼¾⅓⅔⅛][ \u00a0\u202f-]?\Z|\d/\d{1,2}\Z", token.before):
        return len(token["unit"]) > 1
    return (
        re.search(r"\b(?:per|thousand|million|billion|trillion|hundred)[ \u00a0\u202f-]\Z", token.before)
        is not None
    )


SIDES = (
    Rule(
        "by",
        BY,
        lambda token: " by ",
        "s",
        needs="x×",
        when=lambda token: AFTER_SIDE.search(token.before) is not None,
    ),
)
"""Before signs: "2m x 3m"."""
RULES = (
    Rule("measure", MEASURE, measure, starts="dm"),
    Rule(
        "rate",
        NOUN_PER,
        lambda token: f" per {per_unit(token['per'])}",
        starts="m",
        needs="/",
        when=lambda token: COUNTED.search(token.before) is not None,
    ),
    Rule("rate", EACH, each, needs="/"),
    Rule("unit", BARE, bare, starts="lu", when=has_number_word),
)
