"""True peaks, and the limiter that holds them under a ceiling."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from bulletin.mix.filters import lowest_around, smoothed
from bulletin.starting import cores

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bulletin.model import Samples

OVERSAMPLING = 4  # BS.1770-4, annex 2
CHUNK = 64  # samples of one row of a matrix product
TAPS = 32  # samples on either side that are heard between two
STEEPNESS = 8.0  # of the Kaiser window: right to a hundredth of a decibel up to .45 of the rate
AT_ONCE = 1 << 11  # chunks
LOOK_AHEAD = 0.008  # s on either side of a peak over which the gain moves
HARDLY = 1e-4  # the share by which a peak may pass the ceiling


@cache
def _between() -> NDArray[np.float32]:
    """What a chunk and its surroundings are between their samples, shape (CHUNK + 2 TAPS, 3 CHUNK): a sinc
    under a window for each of the three places behind each sample."""
    taps = np.arange(1 - TAPS, TAPS + 1)
    matrix = np.zeros((CHUNK + 2 * TAPS, OVERSAMPLING - 1, CHUNK), dtype=np.float32)
    for place in range(1, OVERSAMPLING):
        away = place / OVERSAMPLING - taps
        weights = np.sinc(away) * np.i0(STEEPNESS * np.sqrt(1 - (away / TAPS) ** 2))
        for sample in range(CHUNK):
            matrix[sample + TAPS + taps, place - 1, sample] = weights / weights.sum()
    return matrix.reshape(len(matrix), -1)


class Peaks:
    """The true peak around each sample, between the samples too: looked for once, and where it matters."""

    def __init__(self, samples: Samples) -> None:
        chunks = max(1, -(-samples.size // CHUNK))
        padded = np.zeros(TAPS + chunks * CHUNK + TAPS, dtype=np.float32)
        padded[TAPS : TAPS + samples.size] = samples
        self.rows = sliding_window_view(padded, CHUNK + 2 * TAPS)[::CHUNK]
        self.chunks = np.abs(padded[TAPS:-TAPS]).reshape(chunks, CHUNK)
        self.found: NDArray[np.float32] = self.chunks.reshape(-1)[: samples.size]
        self.unknown = np.ones(chunks, dtype=bool)
        highest = np.pad(self.chunks.max(axis=1), 1)
        self.nearby = np.maximum.reduce([highest[:-2], highest[1:-1], highest[2:]])

    def look(self, floor: float) -> None:
        """Chunks that stay under `floor` (of full scale) by half, and their neighbours too, need no look
        between their samples: no peak rises by 6 dB there."""
        wanted = np.flatnonzero(self.unknown & (self.nearby >= floor / 2))
        self.unknown[wanted] = False
        with ThreadPoolExecutor(cores()) as threads:
            parts = (wanted[start : start + AT_ONCE] for start in range(0, wanted.size, AT_ONCE))
            list(threads.map(self._look_between, parts))

    def _look_between(self, chunks: NDArray[np.intp]) -> None:
        places = (len(chunks), OVERSAMPLING - 1, CHUNK)
        between = np.abs(self.rows[chunks] @ _between()).reshape(places).max(axis=1)
        self.chunks[chunks] = np.maximum(self.chunks[chunks], between)

    def by_chunk(self) -> tuple[NDArray[np.float32], NDArray[np.float32], int]:
        """The highest peak of each chunk as far as known, its energy, and the samples of one."""
        inner = self.rows[:, TAPS:-TAPS]
        return self.chunks.max(axis=1), np.einsum("ij,ij->i", inner, inner), CHUNK

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
    stretches = _around(over, 2 * half + 1 + TAPS, samples.size)
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
            wanted[start : start + TAPS] = 1.0
        if stretch.stop < samples.size:
            wanted[start + length - TAPS : start + length] = 1.0
        wanted[start + length : start + length + apart] = 1.0
    return wanted, starts
