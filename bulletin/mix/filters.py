"""Filters over whole programmes by FFT in blocks; importing SciPy for them would take a second."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from bulletin.model import Samples

    Signal = NDArray[np.float64]
    Response = Callable[[Signal, int], NDArray[np.complex128]]

REACH = 0.15  # s on either side over which a filter may still answer: all of ours have died away
BLOCK = 1 << 15  # samples of one FFT, with what the blocks share: fits a core's cache


def _power_of_two(size: int) -> int:
    """The next one that is not smaller."""
    return 1 << (size - 1).bit_length()


def filtered(samples: Samples, rate: int, response: Response) -> Samples:
    """The samples through a filter, shape (n,): overlap-save, with silence before and after.

    `response(frequencies in Hz, rate)` is the filter's complex gain; a real one moves nothing in time.
    """
    reach = round(REACH * rate)
    size = min(max(BLOCK, _power_of_two(4 * reach)), _power_of_two(samples.size + 2 * reach))
    step = size - 2 * reach
    gain = response(np.asarray(np.fft.rfftfreq(size, 1 / rate)), rate).astype(np.complex64)
    whole = np.zeros(samples.size, dtype=np.float32)
    for start in range(0, samples.size, step):
        first, last = max(0, start - reach), min(samples.size, start + step + reach)
        block = np.zeros(size, dtype=np.float32)
        block[first - start + reach : last - start + reach] = samples[first:last]
        answer = np.fft.irfft(np.fft.rfft(block) * gain, size)
        end = min(samples.size, start + step)
        whole[start:end] = answer[reach : reach + end - start]
    return whole


def convolved(signal: Signal, window: Signal) -> Signal:
    """The full convolution, shape (n + m - 1,): overlap-add."""
    whole = np.zeros(signal.size + window.size - 1)
    size = min(max(BLOCK, _power_of_two(4 * window.size)), _power_of_two(whole.size))
    step = size - window.size + 1
    gain = np.fft.rfft(window, size)
    for start in range(0, signal.size, step):
        answer = np.fft.irfft(np.fft.rfft(signal[start : start + step], size) * gain, size)
        whole[start : start + size] += answer[: whole.size - start]
    return whole


def smoothed(signal: Signal, window: Signal) -> Signal:
    """The average around each sample, weighted by a window of odd length; the ends go on as they are."""
    half = window.size // 2
    padded = np.pad(signal, half, mode="edge")
    return convolved(padded, window / window.sum())[2 * half : 2 * half + signal.size]


def lowest_around(signal: Signal, half: int) -> Signal:
    """The lowest value within `half` samples on either side (van Herk: two running minima a window)."""
    width = 2 * half + 1
    padding = -(signal.size + 2 * half) % width
    padded = np.pad(signal, (half, half + padding), constant_values=np.inf).reshape(-1, width)
    forwards = np.minimum.accumulate(padded, axis=1).reshape(-1)
    backwards = np.minimum.accumulate(padded[:, ::-1], axis=1)[:, ::-1].reshape(-1)
    return np.minimum(backwards[: signal.size], forwards[2 * half : 2 * half + signal.size])


def power_around(samples: Samples, window: int) -> Signal:
    """The mean square over `window` samples around each, shape (n,); beyond the ends there is silence."""
    before = window // 2
    sums = np.cumsum(np.pad(np.square(samples, dtype=np.float64), (before + 1, window - before - 1)))
    return np.asarray(np.maximum(sums[window:] - sums[:-window], 0.0) / window)
