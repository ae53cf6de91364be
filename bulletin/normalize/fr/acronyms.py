"""Acronyms: which are named letter by letter. The text keeps them as written; the voice gets the letters."""

import re
from functools import cache

from bulletin.normalize.fr import tables
from bulletin.normalize.fr.context import is_capitals
from bulletin.normalize.numerals import SPACE
from bulletin.normalize.tokens import Rule, Token

CAPITALS = re.compile(r"[A-ZÉÈÀÇ]{2,6}\Z")
VOWELS = "AEIOUYÉÈÀ"
SPEAKABLE = re.compile(
    rf"(?:[BCDFGPTV]?[LR]|S[CKLMNPTQ]?[LR]?|[BCDFGHJKLMNPRSTVZ]|QU|CH|PH|TH|GN)?[{VOWELS}]{{1,2}}"
    rf"(?:[BCDFGJKLMNPRSTVXZ]{{1,2}}[{VOWELS}]{{1,2}})*(?:[BCDFGKLMNPRSTXZ]|[NRLM][CDSTKFPG]|[SC]T|[CFPR]S|CH)?\Z"
)
DOTTED = re.compile(r"(?P<letters>[A-ZÉ](?:\.[-‑]?[A-ZÉ]){1,7})(?P<last>\.)?(?![^\W_])")
INITIALS_AND_NAME = re.compile(rf"{SPACE}?[A-ZÉÀ-Ý][a-zà-ÿ'’]")


@cache
def spelled(word: str) -> str | None:
    """The letters apart, for an acronym that isn't read as a word; None for every other word.

    >>> spelled("SNCF"), spelled("OTAN"), spelled("ONU"), spelled("Paris")
    ('S N C F', None, 'O N U', None)
    """
    if not CAPITALS.match(word):
        return None
    facts = _facts()
    if word in facts["spelled"]:
        return " ".join(word)
    if word in facts["read"] or (len(word) > 2 and SPEAKABLE.match(word)):
        return None
    return " ".join(word)


@cache
def _facts() -> dict[str, frozenset[str]]:
    return {name: frozenset(words.split()) for name, words in tables.load("acronyms").items()}


def say_dotted(token: Token) -> str:
    """ "C.G.T." as "CGT"; the last point stays where the line or the sentence ends."""
    letters = re.sub(r"[.\-‑]", "", token["letters"])
    ends = token["last"] and re.match(rf"{SPACE}*(?:\Z|[»”\")])", token.after)
    return letters + ("." if ends else "")


def dotted_may_stand(token: Token) -> bool:
    """Not the initials of a name: "J.-K. Huysmans", "D.H. Lawrence"."""
    if not token["last"] and len(token["letters"]) < 5:
        return False
    if len(token["letters"].replace("-", "")) <= 3 or "-" in token["letters"]:
        return not INITIALS_AND_NAME.match(token.after) and not is_capitals(token)
    return True


ACRONYMS = (Rule("acronym", DOTTED, say_dotted, "u", when=dotted_may_stand, needs="."),)
