"""The standfirst that stands only in the page's metadata."""

from __future__ import annotations

import re

from bulletin.intake import furniture
from bulletin.intake.metadata import Facts
from bulletin.intake.words import overlap, words

LEAST_WORDS = 9
SAID_ALREADY = 0.6
TRUNCATED = re.compile(r"(?:\.{3}|…|\[…\]|\[\.\.\.\]|[,;:(«“–—-])\s*$")
SENTENCE = re.compile(r"[.!?»”\"]$")


def missing_standfirst(facts: Facts, texts: list[str], title: str | None, language: str) -> str | None:
    """A description that is a whole sentence, is no advertisement, and says what the text's start does not."""
    start = [word for text in texts[:3] for word in words(text)]
    everything = " ".join(word for text in texts for word in words(text))
    for description in sorted(facts.descriptions, key=len, reverse=True):
        if _is_standfirst(description, start, everything, title, language):
            return description
    return None


def _is_standfirst(description: str, start: list[str], everything: str, title: str | None, language: str) -> bool:
    own = words(description)
    if len(own) < LEAST_WORDS or TRUNCATED.search(description) or not SENTENCE.search(description):
        return False
    if " ".join(own[:8]) in everything or " ".join(own[-8:]) in everything:
        return False
    if overlap(description, start) > SAID_ALREADY or (title and overlap(description, words(title)) > SAID_ALREADY):
        return False
    return furniture.reason_of_line(description, language, at_end=True) is None
