"""Ordinals in figures (1er, 2nde, 75e) and roman numerals."""

import re

from bulletin.normalize.fr import context, tables
from bulletin.normalize.fr.context import is_capitals
from bulletin.normalize.fr.numbers import cardinal, ordinal
from bulletin.normalize.numerals import SPACE
from bulletin.normalize.tokens import Rule, Token

END = r"(?![^\W_])"
FIRST_SUFFIX = r"ers?|ERS?|ᵉʳ|ᵉʳˢ|ères?|eres?|re|res|RE|ʳᵉ|ᵉʳᵉ|i[èe]res?|ier"
SECOND_SUFFIX = r"n?de?s?|ND|NDE|ⁿᵈᵉ?"
OTHER_SUFFIX = r"i?[èe]mes?|èmes?|ÈMES?|EMES?|[eè]s?|Es?|ᵉ|ᵉˢ|ᵉᵐᵉ|ème"
ORDINAL = re.compile(
    rf"(?P<number>\d{{1,3}}(?:{SPACE}\d{{3}})*|\d{{1,6}}){SPACE}?(?P<suffix>{FIRST_SUFFIX}|{SECOND_SUFFIX}|{OTHER_SUFFIX}){END}(?!['’+])"
)
ROMAN = r"(?=[IVXLC])(?:C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
ROMAN_ORDINAL = re.compile(
    rf"(?P<roman>{ROMAN})(?P<suffix>er|ER|ᵉʳ|re|ʳᵉ|ère|nde?|i?[èe]mes?|ÈME|[eè]s?|ᵉ|ᵉˢ){END}"
)
ROMAN_CENTURY = re.compile(rf"(?P<roman>{ROMAN})(?={SPACE}(?:siècles?|s\.)\b)")
ROMAN_CARDINAL = re.compile(rf"(?P<roman>{ROMAN})(?![^\W_]|['’]|[-.]\w|\.[A-Z])")
ROMAN_SIGN = re.compile(r"[Ⅰ-ↈ]+")

VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
FACTS = tables.load("roman")
PEOPLE = rf"(?:{tables.any_of(FACTS['reigns'].split())})"
THINGS = rf"(?:{tables.any_of(FACTS['things'].split())})"
AFTER_PERSON = re.compile(rf"\b{PEOPLE}{SPACE}\Z")
AFTER_THING = re.compile(
    rf"\b{THINGS}(?:{SPACE}|[-‑])(?:n°{SPACE}?)?\Z|n°{SPACE}?\Z|\b(?:t|vol|chap|liv|art|p)\.{SPACE}?\Z|\b{THINGS}{SPACE}[IVX]{{1,5}}{SPACE}?(?:et|à|ou|,|-|–|/){SPACE}?\Z",
    re.I,
)
AFTER_CAPITAL = re.compile(rf"[A-ZÀ-Ý][\w’'-]*[a-zà-ÿ]{SPACE}\Z")
AFTER_ACRONYM = re.compile(rf"\b[A-Z]{{2,5}}{SPACE}\Z")


def roman_value(roman: str) -> int:
    """The value of a roman numeral: "XIV" is 14."""
    total = 0
    for letter, following in zip(roman, [*roman[1:], ""], strict=True):
        value = VALUES[letter]
        total += -value if following and VALUES[following] > value else value
    return total


def say_ordinal(token: Token) -> str:
    """ "1er", "2nde", "3ème"."""
    value = int(re.sub(r"\D", "", token["number"]))
    suffix = token["suffix"]
    if value == 2 and re.match(SECOND_SUFFIX, suffix):
        spoken = "seconde" if suffix.rstrip("s").lower().endswith(("e", "ᵉ")) else "second"
        return spoken + "s" * suffix.endswith("s")
    return plural_ordinal(value, suffix)


def plural_ordinal(value: int, suffix: str) -> str:
    """An ordinal with the gender and the number of its suffix."""
    feminine = bool(re.match(r"(?:re|ʳᵉ|RE|[èe]?re|i[èe]re|ERE|ÈRE)", suffix))
    spoken = ordinal(value, feminine)
    return spoken + "s" if suffix.endswith(("s", "S", "ˢ")) else spoken


APART = re.compile(rf"{SPACE}[^\d]+\Z")
MAY_STAND_APART = frozenset({"er", "ère", "e", "ème", "èmes", "re"})


def ordinal_may_stand(token: Token) -> bool:
    """The suffix fits the number: "1er" and "2nd", but not "2er"."""
    value = int(re.sub(r"\D", "", token["number"]))
    suffix = token["suffix"]
    if APART.search(token.written) and suffix not in MAY_STAND_APART:
        return False
    if re.fullmatch(FIRST_SUFFIX, suffix):
        return value == 1
    if re.fullmatch(SECOND_SUFFIX, suffix):
        return value == 2
    if suffix in {"E", "Es"}:
        return is_capitals(token)
    return value > 1 or suffix not in {"es"}


def say_roman_ordinal(token: Token) -> str:
    """ "XXIe", "Ier", "Ve"."""
    if token["suffix"].startswith("nd"):
        return "seconde" if token["suffix"] == "nde" else "second"
    return plural_ordinal(roman_value(token["roman"]), token["suffix"])


def roman_ordinal_may_stand(token: Token) -> bool:
    """ "Ve" but not "Le", "Ce", "Les", "Ces": a lone L or C makes words."""
    roman, suffix = token["roman"], token["suffix"]
    if not roman or roman in {"L", "C"}:
        return False
    if suffix in {"er", "ER", "ᵉʳ", "re", "ʳᵉ", "ère"}:
        return roman == "I"
    if suffix.startswith("nd"):
        return roman == "II"
    return roman != "I"


def say_roman(token: Token) -> str:
    """ "Louis XIV" as "quatorze"."""
    return cardinal(roman_value(token["roman"]), feminine=False)


def roman_may_stand(token: Token) -> bool:
    """A numeral after a monarch, a numbered thing, or (two letters and more) any name; "XV de France"."""
    roman = token["roman"]
    if not roman or (re.search(r"[\w.'’]\Z", token.before)):
        return False
    if roman == "X" and not context.ends_with(token, "before_ten") and not AFTER_PERSON.search(token.before):
        return False
    if AFTER_THING.search(token.before):
        return roman not in {"C", "L"} or (
            not re.search(r"[IVXLC]{1,5}\W", token.before[-5:]) and roman not in {"C", "L"}
        )
    if AFTER_PERSON.search(token.before):
        return roman not in {"C", "L", "I"}
    if re.search("[LC]", roman) or len(roman) < 2:
        return False
    if AFTER_CAPITAL.search(token.before) or (len(roman) > 2 and AFTER_ACRONYM.search(token.before)):
        return not is_capitals(token)
    if not token.start and re.match(rf"{SPACE}d[eu]\b", token.after):
        return roman in {"XV", "XIII"}
    return roman in {"XV", "XIII", "VII"} and bool(
        re.search(r"\b(?:le|du|au|un|à|ce|[Qq]uel|ex-)\s?\Z", token.before, re.I)
    )


def say_century(token: Token) -> str:
    """ "XIX siècle"."""
    return ordinal(roman_value(token["roman"]))


def say_roman_sign(token: Token) -> str | None:
    """ "Ⅳ"."""
    import unicodedata

    letters = unicodedata.normalize("NFKC", token.written)
    return cardinal(roman_value(letters)) if re.fullmatch("[IVXLC]+", letters) else None


ORDINALS = (Rule("ordinal", ORDINAL, say_ordinal, when=ordinal_may_stand),)
CENTURY = re.compile(r"s\.?(?=[\s,;.)!?]|\Z)")
AFTER_ROMAN = re.compile(rf"\b[IVX]+(?:er|e|ᵉ|ème|è)?{SPACE}\Z")


def say_century_word(token: Token) -> str:
    """ "IIIe s." as "siècle", with the point of the sentence it ends."""
    ends = token.written.endswith(".") and re.match(rf"{SPACE}*(?:\Z|[»”\"])", token.after)
    return "siècle" + ("." if ends else "")


ROMANS = (
    Rule(
        "century", CENTURY, say_century_word, "l", when=lambda token: bool(AFTER_ROMAN.search(token.before))
    ),
    Rule("roman", ROMAN_ORDINAL, say_roman_ordinal, "u", when=roman_ordinal_may_stand),
    Rule("century", ROMAN_CENTURY, say_century, "u", when=lambda token: bool(token["roman"])),
    Rule("roman", ROMAN_CARDINAL, say_roman, "u", when=roman_may_stand),
    Rule("roman", ROMAN_SIGN, say_roman_sign, "su"),
)
