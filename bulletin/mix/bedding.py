"""Music under the voices: as long as they need, out of their way while they speak, gone smoothly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bulletin.mix.cleaning import resampled, without_rumble
from bulletin.mix.filters import smoothed
from bulletin.mix.loudness import integrated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from bulletin.model import Samples

CROSSFADE = 0.8  # s where a file that is too short begins again
AHEAD, BEHIND = (
    0.30,
    0.70,
)  # s around speech in which the bed stays down: pauses between sentences don't lift it
MOVE = 0.5  # s that it takes to go down or up
FADE_IN, FADE_OUT = 0.4, 1.6  # s


@dataclass(frozen=True, slots=True, eq=False)
class Bed:
    """Music under the items `first` to `last` (counted in the sequence given to `join`)."""

    samples: Samples
    rate: int
    first: int
    last: int
    under: float = -22.0  # dB against the voices while somebody speaks
    alone: float = -12.0  # and where nobody does


def looped(samples: Samples, length: int, rate: int) -> Samples:
    """As many samples as asked for; the end of one round fades into the start of the next."""
    if samples.size >= length:
        return samples[:length]
    seam = min(round(CROSSFADE * rate), samples.size // 4)
    step = samples.size - seam
    rounds = -(-(length - seam) // step)
    ramp = np.sin(np.linspace(0, np.pi / 2, seam, dtype=np.float32))
    whole = np.zeros(rounds * step + seam, dtype=np.float32)
    for number in range(rounds):
        turn = samples.copy()
        if number:
            turn[:seam] *= ramp
        if number < rounds - 1:
            turn[step:] *= ramp[::-1]
        whole[number * step : number * step + samples.size] += turn
    return whole[:length]


def ducking(length: int, rate: int, speech: Sequence[tuple[float, float]], bed: Bed) -> NDArray[np.float64]:
    """The bed's gain at every sample, in dB, moving smoothly between its two levels."""
    level = np.full(length, bed.alone)
    for start, end in speech:
        level[max(0, round((start - AHEAD) * rate)) : max(0, round((end + BEHIND) * rate))] = bed.under
    return smoothed(level, np.hanning(2 * round(MOVE * rate / 2) + 1))


def laid(
    bed: Bed, rate: int, length: int, speech: Sequence[tuple[float, float]], voice_level: float
) -> Samples:
    """`length` samples of the bed ready to be added under `speech`, seconds from its own start."""
    music = without_rumble(resampled(bed.samples, bed.rate, rate), rate)
    loudness = integrated(music, rate)
    music = looped(music, length, rate)
    gain = ducking(length, rate, speech, bed) + (voice_level - loudness if np.isfinite(loudness) else 0.0)
    shaped = music * 10 ** (gain / 20)
    rise, fall = min(round(FADE_IN * rate), length), min(round(FADE_OUT * rate), length)
    shaped[:rise] *= 0.5 - 0.5 * np.cos(np.pi * np.arange(rise) / max(rise, 1))
    shaped[length - fall :] *= 0.5 + 0.5 * np.cos(np.pi * np.arange(fall) / max(fall, 1))
    return np.asarray(shaped, dtype=np.float32)
