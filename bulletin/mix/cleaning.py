"""One clip made ready for the programme: its rate, no rumble, no silence at its ends, no clicks."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Self

import numpy as np
import soxr

from bulletin.errors import SpeechError
from bulletin.mix.filters import both_ways, powers, second_order
from bulletin.model import Clip, Word

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bulletin.model import Samples

HIGH_PASS = 60.0  # Hz: below the lowest male voice
WINDOW, STEP = 0.010, 0.001  # s over which the level is averaged, and from one such window to the next
SPEECH_RANGE = 42.0  # dB below a clip's loud parts: the softest fricative still lies above
NOISE_MARGIN = 8.0  # dB above a clip's own noise floor
KEEP = 0.025  # s of air kept at each end
FADE = 0.010  # s
LONGEST_GAP = 0.9  # s of silence that an engine may leave inside one utterance


def resampled(samples: Samples, old: int, new: int) -> Samples:
    """The same sound at another rate; the time of every sample stays."""
    if old == new or not samples.size:
        return samples
    return np.asarray(soxr.resample(samples, old, new, quality="VHQ"), dtype=np.float32)


def without_rumble(samples: Samples, rate: int) -> Samples:
    """Gentle zero-phase high-pass (half the amplitude at 60 Hz): no DC, nothing moves in time."""
    butterworth = second_order(HIGH_PASS / rate, 2**-0.5, (1.0, 0.0, 0.0))
    return both_ways(samples, rate, (butterworth,)) if samples.size else samples


def sounding(samples: Samples, rate: int) -> NDArray[np.bool_]:
    """Where the clip sounds to a millisecond, judged by its own loud parts and its own noise, shape (n,)."""
    step = max(1, round(STEP * rate))
    found = powers(samples, step, round(WINDOW / STEP))
    if not found.size or found.max() < 1e-8:
        return np.zeros(samples.size, dtype=bool)
    loud, floor = 10 * np.log10(np.maximum(np.percentile(found, (95, 2)), 1e-14))
    threshold = min(max(loud - SPEECH_RANGE, floor + NOISE_MARGIN), loud - 20)
    return np.repeat(found > 10 ** (threshold / 10), step)[: samples.size]


def faded(samples: Samples, rate: int, seconds: float = FADE) -> Samples:
    """Raised-cosine edges, so that a cut never clicks."""
    length = min(round(seconds * rate), samples.size // 2)
    ramp = (0.5 - 0.5 * np.cos(np.pi * (np.arange(length) + 0.5) / max(length, 1))).astype(np.float32)
    shaped = samples.copy()
    shaped[:length] *= ramp
    shaped[shaped.size - length :] *= ramp[::-1]
    return shaped


def _shifted(words: tuple[Word, ...], start: float, end: float, by: float) -> tuple[Word, ...]:
    """The words' times held within start and end, then moved."""

    def moved(time: float) -> float:
        return min(max(time, start), end) + by

    return tuple(replace(word, start=moved(word.start), end=moved(word.end)) for word in words)


def _long_gaps(heard: NDArray[np.bool_], longest: int) -> list[tuple[int, int]]:
    """Stretches of silence between sounds that are longer than `longest` samples, as (start, end)."""
    places = np.flatnonzero(heard)
    steps = np.diff(places)
    return [(int(places[i]) + 1, int(places[i + 1])) for i in np.flatnonzero(steps > longest)]


def shortened(clip: Clip, heard: NDArray[np.bool_]) -> Clip:
    """A silence inside that is longer than any pause should be is cut down to one; words move along."""
    longest = round(LONGEST_GAP * clip.rate)
    keep_edge = longest // 2
    gaps = _long_gaps(heard, longest)
    if not gaps:
        return clip
    cuts = [(start + keep_edge, end - (longest - keep_edge)) for start, end in gaps]
    edges = [0, *(edge for cut in cuts for edge in cut), clip.samples.size]
    parts = [clip.samples[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
    before = np.array([edge for cut in cuts for edge in cut]) / clip.rate
    after = before - np.cumsum([side * (end - start) / clip.rate for start, end in cuts for side in (0, 1)])

    def moved(time: float) -> float:
        return float(np.interp(time, [0, *before, before[-1] + 1e6], [0, *after, after[-1] + 1e6]))

    words = tuple(replace(word, start=moved(word.start), end=moved(word.end)) for word in clip.words)
    return Clip(np.concatenate([faded(part, clip.rate) for part in parts]), clip.rate, words)


def trimmed(clip: Clip, heard: NDArray[np.bool_]) -> tuple[Clip, float, float]:
    """The clip with `KEEP` seconds of air at its ends, and the seconds where its sound starts and ends."""
    places = np.flatnonzero(heard)
    first, last = int(places[0]), int(places[-1]) + 1
    air = round(KEEP * clip.rate)
    start, end = max(0, first - air), min(clip.samples.size, last + air)
    words = _shifted(clip.words, first / clip.rate, (last - 1) / clip.rate, -start / clip.rate)
    kept = Clip(faded(clip.samples[start:end], clip.rate), clip.rate, words)
    return kept, (first - start) / clip.rate, (last - start) / clip.rate


def cleaned(clip: Clip, rate: int, text: str) -> tuple[Clip, float, float]:
    """The clip ready to be placed, and where in it the sound starts and ends, in seconds.

    SpeechError where there is nothing to hear: a sentence that can't be voiced is never a gap.
    """
    samples = np.asarray(clip.samples, dtype=np.float32).reshape(-1)
    if not np.isfinite(samples).all():
        raise SpeechError(f"the voice gave no usable sound for {text!r}")
    samples = without_rumble(resampled(samples, clip.rate, rate), rate)
    heard = sounding(samples, rate)
    if not heard.any():
        raise SpeechError(f"the voice said nothing for {text!r}")
    whole = Clip(samples, rate, clip.words)
    short = shortened(whole, heard)
    return trimmed(short, heard if short is whole else sounding(short.samples, rate))


class Cleaner:
    """Cleans clips beside whatever else is done, two at a time: while others are still to be voiced.

    Leaving ends its threads. Used again, it still has what was asked for the last time.
    """

    def __init__(self) -> None:
        self.threads: ThreadPoolExecutor | None = None
        self.begun: dict[tuple[Clip, int], Future[tuple[Clip, float, float]]] = {}
        self.asked: set[tuple[Clip, int]] = set()

    def begin(self, clip: Clip, rate: int, text: str) -> None:
        """What goes wrong is raised when the clip is asked for."""
        if (clip, rate) not in self.begun:
            self.threads = self.threads or ThreadPoolExecutor(2)
            self.begun[clip, rate] = self.threads.submit(cleaned, clip, rate, text)

    def cleaned(self, clip: Clip, rate: int, text: str) -> tuple[Clip, float, float]:
        """As by `cleaned`, which begins now if it didn't before."""
        self.begin(clip, rate, text)
        self.asked.add((clip, rate))
        return self.begun[clip, rate].result()

    def __enter__(self) -> Self:
        self.asked.clear()
        return self

    def __exit__(self, *_: object) -> None:
        if self.threads:
            self.threads.shutdown(cancel_futures=True)
        self.threads = None
        self.begun = {which: work for which, work in self.begun.items() if which in self.asked}
