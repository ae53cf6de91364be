"""When each written word is heard: the engine's word times laid back over the text as written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin.model import Cue, Piece

NO_BREAK = "\u00a0\u202f\u2007"
GROUPING = re.compile(r"(?<=\d)[ \u2009](?=\d{3})")  # the space inside 4 200
ATTACHED = "»”’\"'!?:;…%)]}.,–—-"  # standing alone, these belong to the word before
OPENING = "«“‘([{–—-"  # and these to the word after


@dataclass(frozen=True, slots=True)
class Written:
    """One written word with the marks that stick to it, and when it is heard."""

    text: str
    start: float
    end: float


@dataclass(slots=True)
class _Run:
    """A written word while it is put together: where it lies in the spoken characters."""

    text: str
    start: float
    end: float


def _key(word: str) -> str:
    return "".join(character for character in word.casefold() if character.isalnum())


def _spoken_words(spoken: str) -> list[tuple[int, int, str]]:
    """Words of the spoken text with their character span."""
    words, start = [], 0
    for word in spoken.split():
        start = spoken.index(word, start)
        if _key(word):
            words.append((start, start + len(word), _key(word)))
        start += len(word)
    return words


def _clock(cue: Cue, spoken: str) -> tuple[list[float], list[float]]:
    """Points that tie spoken characters to seconds, for interpolation between them.

    With no words from the engine these are the two ends; with words, every word both sides agree on.
    """
    known = [word for word in cue.words if _key(word.text)]
    wanted = _spoken_words(spoken)
    keys = [key for *_, key in wanted]
    matcher = SequenceMatcher(None, keys, [_key(word.text) for word in known], autojunk=False)
    places, times = [0.0], [cue.start]
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            (first, last, _), word = wanted[block.a + step], known[block.b + step]
            places += [max(first, places[-1]), last]
            times += [max(word.start, times[-1]), max(word.end, word.start, times[-1])]
    return _with_ends(cue, places, times, len(spoken.rstrip(" .,;:!?…»”")))


def _with_ends(
    cue: Cue, places: list[float], times: list[float], length: int
) -> tuple[list[float], list[float]]:
    """The first word starts with the sound and the last ends with it: engines count an onset as silence."""
    inside = [(place, time) for place, time in zip(places, times, strict=True) if 0 < place < length]
    return (
        [0.0, *(place for place, _ in inside), float(max(length, 1))],
        [cue.start, *(time for _, time in inside), cue.end],
    )


def _runs(pieces: Sequence[Piece]) -> list[_Run]:
    """Written words with the stretch of spoken characters that says them."""
    runs: list[_Run] = []
    open_word = False
    position = 0
    for piece in pieces:
        width = len(piece.spoken) / max(1, len(piece.written))
        for offset, character in enumerate(GROUPING.sub("\u00a0", piece.written)):
            if character.isspace() and character not in NO_BREAK:
                open_word = False
                continue
            start, end = position + offset * width, position + (offset + 1) * width
            if open_word:
                runs[-1].text += character
                runs[-1].end = end
            else:
                runs.append(_Run(character, start, end))
            open_word = True
        position += len(piece.spoken)
    return runs


def _attached(runs: Sequence[_Run]) -> list[_Run]:
    """Marks that stand alone (French spaces its punctuation) joined to their word by a no-break space."""
    joined: list[_Run] = []
    waiting: _Run | None = None
    for run in runs:
        if all(character in OPENING for character in run.text) and not (joined and run.text[0] in "–—-"):
            text = run.text if waiting is None else f"{waiting.text}\u00a0{run.text}"
            waiting = _Run(text, run.start if waiting is None else waiting.start, run.end)
        elif joined and waiting is None and all(character in ATTACHED for character in run.text):
            joined[-1].text += f"\u00a0{run.text}"
        elif waiting is not None:
            joined.append(_Run(f"{waiting.text}\u00a0{run.text}", waiting.start, run.end))
            waiting = None
        else:
            joined.append(_Run(run.text, run.start, run.end))
    if waiting is not None:
        joined.append(waiting)
    return joined


def written_words(cue: Cue) -> list[Written]:
    """The cue's text as written, word by word; times never run backwards or leave the cue."""
    places, times = _clock(cue, cue.utterance.spoken)

    def when(place: float) -> float:
        return float(min(max(np.interp(place, places, times), cue.start), cue.end))

    runs = _attached(_runs(cue.utterance.pieces))
    return [Written(run.text, when(run.start), when(run.end)) for run in runs]
