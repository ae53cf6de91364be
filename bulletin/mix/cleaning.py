"""One clip made ready for the programme: its rate, no rumble, no silence at its ends, no clicks."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import soxr
from scipy.ndimage import uniform_filter1d
from scipy.signal import butter, sosfiltfilt

from bulletin.errors import SpeechError
from bulletin.model import Clip, Word

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bulletin.model import Samples

HIGH_PASS = 60.0  # Hz: below the lowest male voice
WINDOW = 0.010  # s over which the level is averaged
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


@cache
def _high_pass(rate: int) -> NDArray[np.float64]:
    return np.asarray(butter(2, HIGH_PASS, "highpass", fs=rate, output="sos"))


def without_rumble(samples: Samples, rate: int) -> Samples:
    """Gentle zero-phase high-pass (half the amplitude at 60 Hz): no DC, nothing moves in time."""
    padding = min(samples.size - 1, rate // 10)
    if padding < 1:
        return np.zeros_like(samples)
    return np.asarray(sosfiltfilt(_high_pass(rate), samples, padlen=padding), dtype=np.float32)


def level(samples: Samples, rate: int) -> NDArray[np.float64]:
    """The level around each sample in dB of full scale, shape (n,)."""
    window = max(1, round(WINDOW * rate))
    power = uniform_filter1d(np.square(samples, dtype=np.float64), window, mode="constant")
    return np.asarray(10 * np.log10(np.maximum(power, 1e-14)))


def sounding(samples: Samples, rate: int) -> NDArray[np.bool_]:
    """Where the clip sounds, judged against its own loud parts and its own noise, shape (n,)."""
    levels = level(samples, rate)
    if not levels.size or levels.max() < -80:
        return np.zeros(samples.size, dtype=bool)
    loud, floor = np.percentile(levels, (95, 2))
    threshold = min(max(loud - SPEECH_RANGE, floor + NOISE_MARGIN), loud - 20)
    return np.asarray(levels > threshold)


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


def shortened(clip: Clip) -> Clip:
    """A silence inside that is longer than any pause should be is cut down to one; words move along."""
    longest = round(LONGEST_GAP * clip.rate)
    keep_edge = longest // 2
    gaps = _long_gaps(sounding(clip.samples, clip.rate), longest)
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


def trimmed(clip: Clip) -> tuple[Clip, float, float]:
    """The clip with `KEEP` seconds of air at its ends, and the seconds where its sound starts and ends."""
    heard = np.flatnonzero(sounding(clip.samples, clip.rate))
    air = round(KEEP * clip.rate)
    start, end = max(0, int(heard[0]) - air), min(clip.samples.size, int(heard[-1]) + 1 + air)
    first, last = (int(heard[0]) - start) / clip.rate, (int(heard[-1]) + 1 - start) / clip.rate
    words = _shifted(clip.words, int(heard[0]) / clip.rate, int(heard[-1]) / clip.rate, -start / clip.rate)
    return Clip(faded(clip.samples[start:end], clip.rate), clip.rate, words), first, last


def cleaned(clip: Clip, rate: int, text: str) -> tuple[Clip, float, float]:
    """The clip ready to be placed, and where in it the sound starts and ends, in seconds.

    SpeechError where there is nothing to hear: a sentence that can't be voiced is never a gap.
    """
    samples = np.asarray(clip.samples, dtype=np.float32).reshape(-1)
    if not np.isfinite(samples).all():
        raise SpeechError(f"the voice gave no usable sound for {text!r}")
    samples = without_rumble(resampled(samples, clip.rate, rate), rate)
    if not sounding(samples, rate).any():
        raise SpeechError(f"the voice said nothing for {text!r}")
    return trimmed(shortened(Clip(samples, rate, clip.words)))
