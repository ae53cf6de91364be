"""Roman numerals after a name or a word that is counted: "Henry VIII", "World War II", "Super Bowl LVI"."""

import re

from bulletin.normalize.en.patterns import FUNCTION_WORDS, WORD_END
from bulletin.normalize.en.tables import WORDS
from bulletin.normalize.en.words import cardinal, ordinal
from bulletin.normalize.tokens import Rule, Token

VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
ROMAN = r"(?=[IVXLC])(?:C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
COUNTED = WORDS["numbered_parts"]
REGNAL = WORDS["regnal"]
RULERS = (
    r"(?:King|Queen|Pope|Emperor|Empress|Tsar|Czar|Prince|Princess|Sultan|Pharaoh|Duke|Earl"
    r"|Patriarch|Kaiser|Shah)"
)
AFTER = re.compile(rf"(?P<roman>{ROMAN})(?=['’]s?(?![^\W_])|[^\w'’]|\Z)")
JOINED = re.compile(rf"(?P<roman>{ROMAN})(?P<dash>[-–])(?P<last>{ROMAN}){WORD_END}")
TEAM = re.compile(
    r"(?:1st|2nd|3rd|4th|[Ff]irst|[Ss]econd|[Tt]hird|[Ss]tarting|[Ww]orld|Lions|England|Wales|Ireland|Scotland|President’s)\s\Z"
)
CENTURY = re.compile(rf"(?P<roman>{ROMAN})(?<=[IVXLC])(?:st|nd|rd|th)?(?=[ \u00a0-]centur)")
SURE = re.compile(r"(?!XX\Z)[IVX]{2,}")
"""Numerals that are nothing else after any name: "Rocky IV", but not "Size XL"."""
LETTERS_OF = {"V", "X", "C", "L", "D", "M"}


def value(roman: str) -> int:
    """
    >>> value("LVI"), value("XIX")
    (56, 19)
    """
    digits = [VALUES[letter] for letter in roman]
    following = [*digits[1:], 0]
    return sum(-digit if digit < after else digit for digit, after in zip(digits, following, strict=True))


def numeral(token: Token) -> str | None:
    """ "the Eighth" after a ruler, "Two" after what is counted."""
    roman = token["roman"]
    before = re.search(r"(?P<name>[\w][\w'’.-]*)[ \u00a0\u202f]\Z", token.before)
    if not roman or before is None:
        return None
    name = before["name"]
    if name.rstrip(".") in COUNTED:
        return cardinal(value(roman)).capitalize()
    if roman in ("XI", "XV") and TEAM.search(token.before):
        return cardinal(value(roman))
    if name.lower() in FUNCTION_WORDS:
        return None
    ruler = re.search(rf"\b{RULERS}\W+(?:[^\W\d_][\w'’-]*\W+){{1,2}}\Z", token.before)
    if (not name[0].isupper() and name != "iPhone") or name.isupper():
        return None
    if roman == "I" and not (ruler or is_first(name, token.after)):
        return None
    if name == "iPhone" and roman == "X":
        return "ten"
    if len(roman) == 1 and roman != "I" and name not in REGNAL and not ruler:
        return None
    if len(roman) == 1 and roman != "I" and re.match(r"\.[ A-Z]", token.after) and not ruler:
        return None
    if roman in LETTERS_OF - {"V", "X"}:
        return None
    if ruler or name in REGNAL or two_names(token.before):
        return f"the {ordinal(value(roman)).title().replace('-F', '-f')}"
    return cardinal(value(roman)).capitalize() if SURE.fullmatch(roman) else None


def is_first(name: str, after: str) -> bool:
    """Whether "I" after a name counts a ruler rather than speaks: "Elizabeth I's", "Napoleon I, "."""
    return (
        name in REGNAL
        and re.match(r"['’]s|[,;:.)]|\Z|\s(?:and|was|of|in|died|ruled|reigned)\b", after) is not None
    )


def two_names(before: str) -> bool:
    """Whether a first and a last name stand before: "Davis Love III"."""
    match = re.search(r"([^\W\d_][\w'’-]+)\s([^\W\d_][\w'’-]+)\s\Z", before)
    if match is None or not (match[1][0].isupper() and match[2][0].isupper()):
        return False
    return match[1] not in (
        "The",
        "A",
        "An",
        "In",
        "Grand",
        "Final",
        "Street",
        "World",
        "Star",
        "Dark",
        "Theft",
    )


def joined(token: Token) -> str | None:
    """Two numerals: "Acts I-III"."""
    if (
        re.search(rf"(?:{'|'.join(COUNTED)}|Acts|Chapters|Titles|Phases|Stages|Types)\s\Z", token.before)
        is None
    ):
        return None
    return f"{cardinal(value(token['roman'])).capitalize()} to {cardinal(value(token['last'])).capitalize()}"


RULES = (
    Rule("century", CENTURY, lambda token: ordinal(value(token["roman"])), starts="u", needs="IVXLC"),
    Rule("roman", JOINED, joined, starts="u", needs="IVXLC"),
    Rule("roman", AFTER, numeral, starts="u", needs="IVXLC"),
)
