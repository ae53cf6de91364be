"""What several engines do to samples."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bulletin.model import Clip, Word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin.model import Samples

QUIET = 10 ** (-45 / 20)
"""Below this share of a clip's peak it is silence."""


def silence(seconds: float, rate: int) -> Samples:
    return np.zeros(round(seconds * rate), dtype=np.float32)


def sounding(samples: Samples) -> slice:
    """From the first to the last sample that is heard; nothing where none is."""
    loud = np.flatnonzero(np.abs(samples) > QUIET * np.abs(samples).max(initial=0.0))
    return slice(int(loud[0]), int(loud[-1]) + 1) if len(loud) else slice(0, 0)


def join_clips(clips: Sequence[Clip], pause: float) -> Clip:
    """Clips of one rate in a row, with a pause of so many seconds in place of the silence between them."""
    if len(clips) == 1:
        return clips[0]
    rate = clips[0].rate
    samples: list[Samples] = []
    words: list[Word] = []
    length = 0
    for place, clip in enumerate(clips):
        heard = sounding(clip.samples)
        start = heard.start if place else 0
        stop = heard.stop if place < len(clips) - 1 else len(clip.samples)
        if place:
            samples.append(silence(pause, rate))
            length += len(samples[-1])
        shift = (length - start) / rate
        words.extend(Word(word.text, word.start + shift, word.end + shift) for word in clip.words)
        samples.append(clip.samples[start:stop])
        length += len(samples[-1])
    return Clip(np.concatenate(samples), rate, tuple(words))
