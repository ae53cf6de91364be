"""True peaks, and the limiter that holds them under a ceiling."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import soxr

from bulletin.mix.filters import lowest_around, smoothed
from bulletin.starting import cores

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bulletin.model import Samples

OVERSAMPLING = 4  # BS.1770-4, annex 2
BLOCK, OVERLAP = 1 << 14, 128  # samples oversampled at a time, and what neighbouring blocks share
LOOK_AHEAD = 0.008  # s on either side of a peak over which the gain moves
HARDLY = 1e-4  # the share by which a peak may pass the ceiling


class Peaks:
    """The true peak around each sample, between the samples too: looked for once, and where it matters."""

    def __init__(self, samples: Samples) -> None:
        self.samples = samples
        self.found: NDArray[np.float32] = np.abs(samples)
        self.unknown = list(range(0, samples.size, BLOCK))

    def look(self, floor: float) -> None:
        """Blocks that stay under `floor` (of full scale) by half need no look between their samples: no
        peak rises by 6 dB there."""
        waiting = self.unknown
        self.unknown = [start for start in waiting if self.found[start : start + BLOCK].max() < floor / 2]
        with ThreadPoolExecutor(cores()) as threads:
            list(threads.map(self._look_between, sorted({*waiting}.difference(self.unknown))))

    def _look_between(self, start: int) -> None:
        end = min(self.samples.size, start + BLOCK)
        first, last = max(0, start - OVERLAP), min(self.samples.size, end + OVERLAP)
        between = np.abs(soxr.resample(self.samples[first:last], 1, OVERSAMPLING, quality="HQ"))
        phases = [between[phase::OVERSAMPLING] for phase in range(OVERSAMPLING)]
        self.found[start:end] = np.maximum.reduce(phases)[start - first : end - first]

    def above(self, level: float) -> NDArray[np.intp]:
        """The samples around which the true peak passes `level` (of full scale)."""
        self.look(level)
        return np.flatnonzero(self.found > level * (1 + HARDLY))


def peaks(samples: Samples, floor: float = 0.0) -> NDArray[np.float32]:
    """The true peak around each sample, shape (n,); only the sample itself where all is far under `floor`."""
    known = Peaks(samples)
    known.look(floor)
    return known.found


def limit(samples: Samples, rate: int, peak: float = -1.0) -> Samples:
    """No true peak above `peak` dBTP: the gain dips in a smooth curve around whatever would pass it."""
    ceiling = 10 ** (peak / 20)
    return held_under(ceiling, samples, rate, Peaks(samples).above(ceiling))


def held_under(ceiling: float, samples: Samples, rate: int, over: NDArray[np.intp]) -> Samples:
    """The samples with the gain lowered around those that are `over` the ceiling; themselves where none is.

    The lowest gain wanted within the look-ahead, averaged over a window of the same width, never exceeds
    the gain wanted at any sample. Where the sampling between moves a peak, a second pass takes the rest.
    """
    if not over.size:
        return samples
    half = max(1, round(LOOK_AHEAD * rate))
    stretches = _around(over, 2 * half + 1 + OVERLAP, samples.size)
    shares = min(cores(), len(stretches))
    held = samples.copy()
    with ThreadPoolExecutor(shares) as threads:
        list(threads.map(partial(_hold, ceiling, held, half), (stretches[n::shares] for n in range(shares))))
    return held


def _hold(ceiling: float, held: Samples, half: int, stretches: list[slice]) -> None:
    """Lowers the gain in these stretches of the samples, of which there is one at least."""
    window = np.hanning(2 * half + 3)[1:-1]
    for _ in range(4):
        wanted, starts = _wanted(ceiling, held, stretches, apart=2 * half + 2)
        unheld = np.flatnonzero(np.minimum.reduceat(wanted, starts) < 1 - HARDLY)
        if not unheld.size:
            break
        lowest = lowest_around(wanted, half + 1)  # one more: a peak between belongs to both its neighbours
        gain = smoothed(lowest, window)
        stretches = [stretches[place] for place in unheld]
        for start, stretch in zip(starts[unheld].tolist(), stretches, strict=True):
            held[stretch] = held[stretch] * gain[start : start + stretch.stop - stretch.start]


def _around(over: NDArray[np.intp], reach: int, size: int) -> list[slice]:
    """What lies within reach of these samples, as stretches that don't touch: the gain is 1 at their ends."""
    groups = np.split(over, np.flatnonzero(np.diff(over) > 2 * reach) + 1)
    return [slice(max(0, int(group[0]) - reach), min(size, int(group[-1]) + 1 + reach)) for group in groups]


def _wanted(
    ceiling: float, samples: Samples, stretches: list[slice], apart: int
) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """The gain that brings each sample of the stretches under the ceiling, and where each stretch starts:
    they stand in one array, so far apart that none feels another.

    At the ends of a stretch that was cut from the whole no peak is what it was, and no gain is wanted.
    """
    gap = np.zeros(apart, dtype=np.float32)
    together = np.concatenate([part for stretch in stretches for part in (samples[stretch], gap)])
    wanted = np.minimum(1.0, ceiling / np.maximum(peaks(together, ceiling), 1e-9)).astype(np.float64)
    lengths = [stretch.stop - stretch.start for stretch in stretches]
    starts = np.cumsum([0, *(length + apart for length in lengths[:-1])])
    for start, length, stretch in zip(starts.tolist(), lengths, stretches, strict=True):
        if stretch.start:
            wanted[start : start + OVERLAP] = 1.0
        if stretch.stop < samples.size:
            wanted[start + length - OVERLAP : start + length] = 1.0
        wanted[start + length : start + length + apart] = 1.0
    return wanted, starts
