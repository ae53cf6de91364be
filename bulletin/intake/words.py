"""Text as the rooms pass it on: one line, plain spaces, typography kept."""

from __future__ import annotations

import re
import unicodedata

# No-break spaces stay: French typography and numbers need them. Everything else that is blank is a space.
BLANKS = re.compile(r"[^\S\u00a0\u202f]+")
INVISIBLE = dict.fromkeys(
    [0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x200E, 0x200F, *range(0x202A, 0x202F)]
)
WORD = re.compile(r"\w+")


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
