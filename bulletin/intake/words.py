"""Text as the rooms pass it on: one line, plain spaces, typography kept."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence

# No-break spaces stay: French typography and numbers need them. Everything else that is blank is a space.
BLANKS = re.compile(r"[^\S\u00a0\u202f]+")
INVISIBLE = dict.fromkeys(
    [0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x200E, 0x200F, *range(0x202A, 0x202F)]
)
WORD = re.compile(r"\w+")
PLACES = 30  # texts remembered for one run of words: enough for an article, a bound for a hostile page


def clean(text: str) -> str:
    """White space collapsed, soft hyphens and other invisible signs gone, letters composed (NFC).

    >>> clean("  Le\\n mai\\u00adre  a dit ")
    'Le maire a dit'
    """
    text = unicodedata.normalize("NFC", text).translate(INVISIBLE)
    return BLANKS.sub(" ", text).strip(" \u00a0\u202f")


def words(text: str) -> list[str]:
    """Lower-case words for comparing texts, without punctuation and accents of typography."""
    return WORD.findall(text.lower())


def overlap(part: str, whole: list[str]) -> float:
    """Share of `part`'s words that stand in `whole`."""
    found = words(part)
    known = set(whole)
    return sum(word in known for word in found) / max(len(found), 1)


class Echoes:
    """Finds which of many texts (as lists of words) repeats another, by their runs of three words."""

    def __init__(self, texts: Sequence[list[str]]) -> None:
        self._places: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for index, text in enumerate(texts):
            for run in set(runs(text)):
                if len(self._places[run]) < PLACES:
                    self._places[run].append(index)

    def of(self, text: list[str], index: int, share: float) -> int | None:
        """The first text but `index` that holds at least `share` of the runs of `text`."""
        own = runs(text)
        found = Counter(place for run in own for place in self._places.get(run, ()) if place != index)
        return next((place for place in sorted(found) if found[place] >= share * len(own)), None)


def runs(text: list[str], length: int = 3) -> list[tuple[str, ...]]:
    """Neighbouring words, `length` at a time."""
    return list(zip(*(text[start:] for start in range(length)), strict=False))
