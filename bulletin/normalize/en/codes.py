"""Numbers that are part of a name: roads, flights, products, chemicals, teams."""

import re

from bulletin.normalize.en.calendar import MONTHS
from bulletin.normalize.en.patterns import FIGURES, SPACES, WORD_END
from bulletin.normalize.en.tables import WORDS
from bulletin.normalize.en.words import cardinal, code, pairs, plural_of, three_digits
from bulletin.normalize.tokens import Rule, Token

CHEMICAL = re.compile(
    r"(?P<letters>CO|H|NO|SO|PM|CH|O|N|SF|NH|LiPF|SiO|TiO|UO)(?P<number>[₀-₉]|2\.5|[0-9](?![\d.,]?\d))(?P<rest>O|e)?(?![^\W_])"
)
SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
JUNCTIONS = re.compile(r"[-–](?=[A-Z]\d{1,4}(?![^\W_]))")
SCREEN = re.compile(r"(?P<number>720|1080|1440|2160)(?P<letter>[pi])(?![^\W_])")
NAMED = WORDS["named"]
LETTER_A = re.compile(
    r"A[-‑]?(?P<number>\d{1,4})(?:(?P<plural>s)|(?P<more>-\d{3,4}))?(?![^\W_]|\(M\)|[.,]\d)"
)
MOTORWAY = re.compile(r"(?P<number>\d{1,4})\(M\)")
AIRLINER = re.compile(r"(?P<number>7[0-8]7)(?:(?P<plural>s)|(?P<more>-\d{1,4}))?(?![.,:/]?\d|[^\W_]|%)")
VARIANT = re.compile(r"\.(?=\d)")
AFTER_NAME = re.compile(r"(?P<number>\d{3,4})(?P<plural>s)?(?P<more>[-‑]\d{1,4})?(?![.,:/]?\d|[^\W_]|%)")
FAULT = re.compile(r"(?P<number>[45]\d\d)(?P<plural>s)?(?![.,:/-]?\d|[^\W_]|%)")
FAULTS = WORDS["faults"]
FAULT_BEFORE = re.compile(
    r"\b(?:error(?:\s(?:code|message))?|HTTP(?:\s(?:error|status))?|status code):?\s\Z", re.IGNORECASE
)
FAULT_AFTER = re.compile(r"\s(?:errors?|not found)\b", re.IGNORECASE)
GLUED = re.compile(rf"(?P<number>\d{{1,5}})(?P<plural>s)?(?![.,:]\d|\d|[^\W_]|{SPACES}%)")
INSIDE = re.compile(r"(?P<number>\d{1,5})(?=[^\W\d_])")
UNDER = re.compile(rf"U[-‑]?(?P<number>1\d|2[0-3])(?P<plural>s)?{WORD_END}")
BY_HAND = re.compile(r"(?P<first>\d)[x×](?P<last>\d)(?P<plural>s)?(?![^\W_])")
FOLLOWS_LETTERS = re.compile(r"(?:[^\W\d_]|(?<![^\W_])[A-Z]{1,4}[-‑])\Z")
MULTIPLIED = re.compile(r"\d[xX×]\Z")
CALENDAR = re.compile(rf"\s(?:{'|'.join(MONTHS)})\b")


def joins_two(token: Token) -> bool:
    """Whether a dash stands between two numbers of one letter: "J24–J25"."""
    before = re.search(r"(?<![^\W_])([A-Z])\d{1,4}\Z", token.before)
    return before is not None and token.after.startswith(before[1])


def chemical(token: Token) -> str:
    digits = token["number"].translate(SUBSCRIPTS)
    said = "two point five" if digits == "2.5" else cardinal(int(digits))
    return " ".join(part for part in (token["letters"], said, token["rest"]) if part)


def screen(token: Token) -> str:
    """ "ten eighty p", "seven twenty p"."""
    digits = token["number"]
    said = pairs(int(digits)) if len(digits) == 4 else three_digits(digits)
    return f"{said} {token['letter']}"


def after_name(token: Token) -> str | None:
    """A number after a name that makes it one: "Boeing 737", "Flight 1549", "Route 66"."""
    before = re.search(r"([\w'’]+)(?:[ \u00a0]|\s[A-Z]+\s?)\Z", token.before)
    road = re.search(r"\b(?:on|along|off|near|down|of|to)\s(?:\w+bound\s)?US\s\Z", token.before)
    if before is None or (before[1] not in NAMED and not road):
        return None
    return after_name_said(token)


def after_name_said(token: Token) -> str:
    """A code with what may be joined to it: "seven four seven four hundred"."""
    said = code(token["number"])
    if token["more"]:
        said += f" {code(token['more'].strip('-‑'))}"
    return plural_of(said) if token["plural"] else said


def fault(token: Token) -> str:
    """ "four oh four"."""
    said = three_digits(token["number"])
    return plural_of(said) if token["plural"] else said


def is_fault(token: Token) -> bool:
    """Whether a number is the code of a fault: "a 404 error", "HTTP 502"."""
    if token["number"] not in FAULTS:
        return False
    page = token["number"] == "404" and re.match(r"\s(?:pages?|message)\b", token.after)
    return bool(page or FAULT_BEFORE.search(token.before) or FAULT_AFTER.match(token.after))


def glued(token: Token) -> str | None:
    """A number glued to letters: "F-16", "MH370", "COP28", "A400M", "B-52s"."""
    if MULTIPLIED.search(token.before):
        return None
    before = re.search(r"(?P<letters>[^\W\d_]+)(?P<hyphen>[-‑])?\Z", token.before)
    if before is None:
        return None
    if before["letters"] in MONTHS or CALENDAR.match(token.after):
        return None
    if before["hyphen"] and not (before["letters"][0].isupper() or len(before["letters"]) < 3):
        return None
    said = code(token["number"])
    return plural_of(said) if token["plural"] else said


def inside(token: Token) -> str | None:
    """The number of "A400M", "H5N1": letters on both sides."""
    if MULTIPLIED.search(token.before) or not FOLLOWS_LETTERS.search(token.before):
        return None
    return code(token["number"])


def letter_a(token: Token) -> str:
    """ "A three oh three" as one piece, so that "A" isn't taken for the article."""
    return f"A {after_name_said(token)}"


def motorway(token: Token) -> str:
    return f"{code(token['number'])} M"


def is_airliner(token: Token) -> bool:
    return bool(
        re.search(r"\bBoeings?\b", f"{token.before[-60:]} {token.after[:40]}")
        or re.match(r"\s(?:Max|MAX|Dreamliner|jet|jumbo|airliner|aircraft|plane)", token.after)
    )


def is_variant(token: Token) -> bool:
    """Whether the point follows the capitals that name a strain: "BA.2.86"."""
    return re.search(r"(?<![^\W_])[A-Z]{1,3}\Z", token.before) is not None


def under(token: Token) -> str:
    said = cardinal(int(token["number"]))
    return f"under {plural_of(said) if token['plural'] else said}"


def by_hand(token: Token) -> str:
    last = cardinal(int(token["last"]))
    return f"{cardinal(int(token['first']))} by {plural_of(last) if token['plural'] else last}"


RULES = (
    Rule("span", JUNCTIONS, lambda token: " to ", starts="ms", needs="-–", when=joins_two),
    Rule("chemical", CHEMICAL, chemical, starts="u", needs="₀₁₂₃₄₅₆₇₈₉0123456789"),
    Rule("screen", SCREEN, screen),
    Rule("squad", UNDER, under, starts="u", needs=FIGURES),
    Rule("product", BY_HAND, by_hand, needs="x×"),
    Rule("road", LETTER_A, letter_a, starts="u", needs=FIGURES),
    Rule("road", MOTORWAY, motorway, needs="("),
    Rule("product", AIRLINER, after_name_said, when=is_airliner),
    Rule("variant", VARIANT, lambda token: " ", starts="m", needs=".", when=is_variant),
    Rule("fault", FAULT, fault, when=is_fault),
    Rule("named", AFTER_NAME, after_name),
    Rule("glued", GLUED, glued),
    Rule("glued", INSIDE, inside),
)
