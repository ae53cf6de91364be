"""The standfirst that stands only in the page's metadata."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bulletin.intake import furniture
from bulletin.intake.language import SMALL_WORDS
from bulletin.intake.metadata import Facts
from bulletin.intake.words import overlap, words
from bulletin.model import Paragraph

LEAST_WORDS, MOST_WORDS = 9, 100
LEAST_DESCRIPTION = 21  # words; with fewer it is what search engines are told of the page
CONTENT_SAID = 0.65
STEM = 5  # letters
PAIRS_SAID = 0.45
IN_TITLE = 0.7
TRUNCATED = re.compile(r"(?:\.{3}|…|\[…\]|\[\.\.\.\]|[,;:(«“–—-])\s*$")
SENTENCE_END = re.compile(r"[.!?»”\"’]$")


def missing_standfirst(
    facts: Facts, paragraphs: Sequence[Paragraph], title: str | None, language: str
) -> str | None:
    """A description that is a sentence, is no advertisement, and says what the start of the text does not."""
    if any(paragraph.kind == "standfirst" for paragraph in paragraphs[:2]):
        return None
    texts = [paragraph.text for paragraph in paragraphs]
    opening = _opening(facts.body, texts)
    if opening and _is_standfirst(opening, texts, title, language):
        return opening
    for description in sorted(facts.descriptions, key=len, reverse=True):
        long = len(words(description)) >= LEAST_DESCRIPTION
        if long and _is_standfirst(description, texts, title, language):
            return description
    return None


def _opening(body: str | None, texts: list[str]) -> str | None:
    """What the JSON-LD body says before the page's first paragraph."""
    if not body or not texts:
        return None
    before, found, _ = body.replace("\n", " ").partition(texts[0])
    return before.strip() or None if found and len(words(before)) <= MOST_WORDS else None


def _is_standfirst(description: str, texts: list[str], title: str | None, language: str) -> bool:
    own = words(description)
    if len(own) < LEAST_WORDS or is_truncated(description, language):
        return False
    if furniture.blurb(language).match(furniture.plain(description)):
        return False
    if title and overlap(description, words(title)) > IN_TITLE:
        return False
    if (
        _pairs_said(own, words(" ".join(texts))) > PAIRS_SAID
        or _content_said(own, [title or "", *texts[:3]]) > CONTENT_SAID
    ):
        return False
    return furniture.reason_of_line(description, language, at_end=True) is None


def is_truncated(description: str, language: str) -> bool:
    """Cut by a system: it ends in dots or on a small word.

    >>> is_truncated("Le conseil a adopté le budget de la", "fr")
    True
    >>> is_truncated("Ministers accused of wasting money on trains that never ran", "en")
    False
    """
    if TRUNCATED.search(description):
        return True
    if SENTENCE_END.search(description):
        return False
    return words(description)[-1] in SMALL_WORDS[language]


def _pairs_said(own: list[str], text: list[str]) -> float:
    """Share of the neighbouring word pairs that the text has too."""
    known = set(pairwise(text))
    pairs = list(pairwise(own))
    return sum(pair in known for pair in pairs) / max(len(pairs), 1)


def _content_said(own: list[str], texts: list[str]) -> float:
    """Share of the longer words, and the numbers, that the title and the first paragraphs have too, whatever
    their endings."""
    known = {_stem(word) for text in texts for word in words(text)}
    content = [word for word in own if len(word) > 3 or word.isdigit()]
    return sum(_stem(word) in known for word in content) / max(len(content), 1)


def _stem(word: str) -> str:
    return word.rstrip("s")[:STEM]
