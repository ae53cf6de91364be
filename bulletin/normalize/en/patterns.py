"""What English tokens are made of: regexes for numbers, words and what stands around them."""

import re

from bulletin.normalize.en.tables import WORDS
from bulletin.normalize.numerals import DASH, NO_BREAK, SPACE, IndianNumber, Number, integer_pattern, parse

SPACES = rf"{SPACE}?"
INDIAN = r"\d{1,2}(?:,\d{2}){1,4},\d{3}(?![\d,])"
"""Digits in lakhs and crores: "1,25,00,000"."""
INTEGER = rf"(?:{INDIAN}|{integer_pattern(rf',|{SPACE}')})"
NUMBER = rf"(?:{INTEGER}(?:[.·]\d++(?!\d))?+)"
"""A number with "," or any space between thousands, and a decimal point or middle dot."""
NO_DIGIT_BEFORE = r"(?<![\d])(?<!\d[.,:/])(?<!\d[-–—])"
NO_DIGIT_AFTER = r"(?![.,:/]?\d)"
TO = rf"(?:{SPACES}[-‐‑–—]{SPACES})"
"""The dash of a range."""
FIGURES = "0123456789"
WORD_END = r"(?![^\W_])"
SCALE = r"(?:thousand|million|billion|trillion|mn|mln|mil|bn|bln|trn|tn|tr|[mbkt])"

__all__ = ["DASH", "INTEGER", "NO_BREAK", "NUMBER", "SPACE", "SPACES", "number"]

IN_LAKHS = re.compile(INDIAN)
DETERMINERS = WORDS["determiners"]
FUNCTION_WORDS = WORDS["function_words"]
"""Words that can follow a quantity without being the noun it qualifies: "£20m for", "12 km north"."""
NOT_COMPOUNDING = WORDS["not_compounding"]
"""Words that a hyphen joins to a quantity without making one adjective of both: "£20m-plus"."""


AFTER_ADJECTIVE = re.compile(r"\b[Aa]n?\s[\w-]+,\s\Z")
""" "a two-year, £6m deal"."""


def number(written: str) -> Number:
    """The number that a match of NUMBER or INTEGER shows."""
    value = parse(written.replace("·", "."), ".")
    return IndianNumber(value.integer, value.fraction) if IN_LAKHS.match(written) else value


def word_after(text: str) -> str:
    """The next word, glued to the token by nothing but a space, in small letters; empty where none is."""
    match = re.match(rf"{SPACE}([^\W\d_][\w'’-]*)", text)
    return match.group(1).lower() if match else ""


def words_before(text: str, count: int) -> list[str]:
    """The last words before the token, the nearest first, in small letters, back to a clause mark."""
    clause = re.split(r"[.,;:!?()“”\"—–]", text)[-1]
    return [word.lower() for word in reversed(re.findall(r"[\w'’-]+", clause))][:count]


def qualifies_noun(before: str, after: str, *, eager: bool = False) -> bool:
    """Whether a quantity stands before its noun like an adjective: "a £20m fund", "500ml bottles".

    Eagerly, any word that could be a noun is taken for one: what has a length seldom stands before a verb.
    """
    glued = re.match(r"[-‑]([^\W\d_]+)", after)
    if glued:
        return glued.group(1).lower() not in NOT_COMPOUNDING
    noun = word_after(after)
    if not noun or noun in FUNCTION_WORDS or noun.endswith(("ly", "wards")):
        return False
    near = words_before(before, 3)
    if (near and near[0] in ("a", "an")) or AFTER_ADJECTIVE.search(before):
        return True
    if noun.endswith(("ed", "ing")):
        return False
    if near and near[0] in ("the", "its", "their", "his", "her", "our", "this", "that", "another", "every"):
        return True
    if any(word in DETERMINERS or word.endswith(("'s", "’s")) for word in near):
        return not {"of", "to", "for", "by", "in", "at", "on", "than", "with", "from"} & set(near)
    if eager and noun.islower() and re.match(rf"{SPACE}[a-z]", after):
        return True
    return noun.endswith("s") and not noun.endswith(("ss", "us", "is"))


def follows_between(before: str) -> bool:
    """Whether a range is written with a dash after "between", which needs "and": "between 2-3%"."""
    return re.search(r"\bbetween\s\Z", before, re.IGNORECASE) is not None


def is_open(before: str) -> bool:
    """Whether a sign may start here: at the start, after a space or an opening mark."""
    return re.search(r"(?:\A|[\s(\[“‘\"'/])\Z", before) is not None
