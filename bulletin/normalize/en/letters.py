"""Acronyms: which ones are spelled, how an engine is told so, and dotted ones without their dots."""

import re

from bulletin.normalize.en.calendar import ends_sentence
from bulletin.normalize.en.tables import load
from bulletin.normalize.tokens import Rule, Token

FACTS = load("acronyms")
READ = frozenset(FACTS["read"].split())
SPELLED = frozenset(FACTS["spelled"].split())
ACRONYM = re.compile(r"(?P<letters>[A-Z]{2,5})(?P<plural>s)?(?P<possessive>['’]s)?")
DOTTED = re.compile(r"(?:[A-Z]\.){2,6}(?P<last>[A-Z](?![^\W_]))?")
PAUSED = re.compile(r"(?P<one>[A-Z])\.(?P<two>[A-Z])\.(?= ?[A-Z][a-z])")
AND = re.compile(r"(?P<left>[A-Z]{1,3})&(?P<right>[A-Z]{1,3})(?![^\W_])")
LETTER_A = re.compile(
    r"\bA (?=M\b|and [A-Z]\b|star|oh |one|two|three|four|five|six|seven|eight|nine|ten|eleven|tw|th|fi)"
)
"""The letter, not the article, which voices take it for unless a hyphen follows."""
PRONOUNCEABLE = re.compile(
    r"(?:[^AEIOUY]?[^AEIOUY]?[AEIOU]){2,}[^AEIOUY]?[^AEIOUY]?|[^AEIOUY]{1,2}[AEIOU][^AEIOUY]{1,2}"
)


def spelled(word: str) -> str | None:
    """The letters of an acronym apart; None for a word that is read as one. "A" in a reading of several words
    is hyphenated to what follows.

    >>> spelled("BBC"), spelled("NATO"), spelled("MPs"), spelled("POLICE")
    ('B B C', None, "M P's", None)
    """
    if " " in word:
        hyphenated = LETTER_A.sub("A-", word)
        return hyphenated if hyphenated != word else None
    match = ACRONYM.fullmatch(word)
    if match is None or not is_spelled(match["letters"]):
        return None
    end = "'s" if match["plural"] or match["possessive"] else ""
    return " ".join(match["letters"]) + end


def is_spelled(letters: str) -> bool:
    """By the tables; for the rest, short ones and those that nobody could pronounce are spelled."""
    if letters in SPELLED:
        return True
    if letters in READ or len(letters) > 5:
        return False
    return len(letters) < 4 or PRONOUNCEABLE.fullmatch(letters) is None


def dotted(token: Token) -> str:
    """ "U.S." is "US", with a full stop where the sentence ends there too."""
    letters = token.written.replace(".", "")
    return letters + ("." if token.written.endswith(".") and ends_sentence(token.after) else "")


def joined(token: Token) -> str:
    return f"{token['left']} and {token['right']}"


RULES = (
    Rule("acronym", DOTTED, dotted, starts="u", needs="."),
    Rule("acronym", AND, joined, starts="u", needs="&"),
)
