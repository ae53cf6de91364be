"""From the durations that the model predicts to the times of words."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from bulletin.model import Word
from bulletin.speech.kokoro.alphabet import PUNCTUATION

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bulletin.speech.kokoro.phonemes import Unit


def word_times(parts: Sequence[Unit], durations: Sequence[int], rate: float) -> Iterator[Word]:
    """The words of the units in seconds. `durations`: samples of the silence before, of each token, after.

    A word's punctuation is a pause, and no part of its time.
    """
    starts = [0, *accumulate(durations)]
    token = 1
    for unit in parts:
        inner = unit.phonemes.strip(PUNCTUATION)
        first = token + len(unit.phonemes) - len(unit.phonemes.lstrip(PUNCTUATION))
        if inner:
            yield from shared_out(unit.text, starts[first] / rate, starts[first + len(inner)] / rate)
        token += len(unit.phonemes) + 1 if unit.phonemes else 0


def shared_out(text: str, start: float, end: float) -> Iterator[Word]:
    """The words of a unit, each with its share of the time by its letters.

    >>> [(word.text, word.start, word.end) for word in shared_out("parce que", 0.0, 0.8)]
    [('parce', 0.0, 0.5), ('que', 0.5, 0.8)]
    """
    words = [bare for word in text.split() if (bare := word.strip(PUNCTUATION + "'"))]
    letters = [0, *accumulate(len(word) for word in words)]
    for place, word in enumerate(words):
        yield Word(word, *(start + (end - start) * letters[at] / letters[-1] for at in (place, place + 1)))
