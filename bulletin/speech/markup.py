"""The one markup that engines with `markup = True` understand: `[word](/ipa/)`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MARKED = re.compile(r"\[([^\[\]]+)\]\(/([^/]*)/\)")


@dataclass(frozen=True, slots=True)
class Fragment:
    """A stretch of text, and the IPA that somebody wrote for it."""

    text: str
    ipa: str | None = None


def mark(word: str, ipa: str) -> str:
    """
    >>> mark("miles", "/majlz/")
    '[miles](/majlz/)'
    """
    return f"[{word}](/{ipa.strip('/')}/)"


def fragments(text: str) -> Iterator[Fragment]:
    """
    >>> [fragment.text for fragment in fragments("cent [miles](/majlz/) carrés")]
    ['cent ', 'miles', ' carrés']
    """
    end = 0
    for found in MARKED.finditer(text):
        if found.start() > end:
            yield Fragment(text[end : found.start()])
        yield Fragment(found[1], found[2])
        end = found.end()
    if end < len(text):
        yield Fragment(text[end:])


def plain(text: str) -> str:
    """The text without its markup."""
    return "".join(fragment.text for fragment in fragments(text))
