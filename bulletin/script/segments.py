"""A paragraph cut into segments where somebody's words begin and end; punctuation stays with words.

Quotation marks around what is said are dropped, because the change of voice says as much. Everything else
is kept. Punctuation at a seam that belongs to no word of its own side goes to its neighbour, so that no
segment is without words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bulletin.model import Role, Segment, Speaker
from bulletin.script.marks import MARKS

SPACE = r"\s"
OUTER = "".join(MARKS) + "—–"
AFTER_SPEECH = re.compile(rf"[\s{re.escape(OUTER)}]*([,;:.…!?)\]]*)[\s{re.escape(OUTER)}]*")
BEFORE_SPEECH = re.compile(rf"[\s{re.escape(OUTER)}-]+$")
CLOSING = re.compile(r"[.!?…,;:]$")


@dataclass(frozen=True, slots=True)
class Speech:
    """An uninterrupted stretch of a paragraph that one person says, marks and incise left outside."""

    paragraph: int
    start: int
    end: int
    speaker: Speaker | None = None


def cut(number: int, text: str, speeches: Sequence[Speech], role: Role = "narration") -> list[Segment]:
    """The segments of paragraph `number`.

    >>> said = [Speech(1, 2, 12), Speech(1, 26, 42)]
    >>> [segment.text for segment in cut(1, "« Il pleut, dit la maire. Et il fait froid ».", said)]
    ['Il pleut,', 'dit la maire.', 'Et il fait froid.']
    """
    pieces = list(_pieces(text, speeches))
    segments = []
    for index, (words, speech) in enumerate(pieces):
        spoken = words
        if speech is None:
            spoken = _without_seams(words, index > 0, index + 1 < len(pieces))
        elif index + 1 < len(pieces) and pieces[index + 1][1] is None:
            spoken = _with_punctuation(words, pieces[index + 1][0])
        spoken = spoken.strip()
        if not any(character.isalnum() for character in spoken):
            continue
        speaker = speech.speaker if speech else None
        segments.append(Segment("quote" if speech else role, spoken, number, speaker))
    return segments


def _pieces(text: str, speeches: Sequence[Speech]) -> Iterator[tuple[str, Speech | None]]:
    """The text in order, each stretch with the speech that it is, or None for the narrator."""
    position = 0
    for speech in speeches:
        if speech.start > position:
            yield text[position : speech.start], None
        yield text[speech.start : speech.end], speech
        position = speech.end
    if position < len(text):
        yield text[position:], None


def _without_seams(words: str, after_speech: bool, before_speech: bool) -> str:
    if after_speech:
        words = words[AFTER_SPEECH.match(words).end() :]  # type: ignore[union-attr]
    if before_speech:
        words = BEFORE_SPEECH.sub("", words)
    return words


def _with_punctuation(words: str, following: str) -> str:
    """The speech with the comma or point that stands after its closing mark, unless it has one already."""
    match = AFTER_SPEECH.match(following)
    words = words.rstrip()
    punctuation = match.group(1) if match else ""
    return words if CLOSING.search(words) else words + punctuation
