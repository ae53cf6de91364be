"""Filters over whole programmes, many samples at a time; importing SciPy for them would take a second."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bulletin.model import Samples

    Signal = NDArray[np.float64]
    Section = tuple[tuple[float, float, float], tuple[float, float, float]]

REACH = 0.15  # s on either side over which a filter may still answer: all of ours have died away
BLOCK = 1 << 15  # samples of one FFT, with what the blocks share: fits a core's cache
CHUNK = 64  # samples that one row of a matrix product filters
FORGOTTEN = 1e-12  # the share of a filter's state that is as good as none


def _power_of_two(size: int) -> int:
    """The next one that is not smaller."""
    return 1 << (size - 1).bit_length()


def second_order(corner: float, quality: float, numerator: tuple[float, float, float]) -> Section:
    """A digital filter by the bilinear transform of an analogue one. `corner`: a share of the sampling rate;
    `numerator`: in powers of frequency over corner, the square first."""
    held = float(np.tan(np.pi * corner))
    first = 1 + held / quality + held**2

    def side(square: float, line: float, constant: float) -> tuple[float, float, float]:
        line, constant = line * held / quality, constant * held**2
        powers = square + line + constant, 2 * (constant - square), square - line + constant
        return powers[0] / first, powers[1] / first, powers[2] / first

    return side(*numerator), side(1.0, 1.0, 1.0)


def both_ways(samples: Samples, rate: int, sections: tuple[Section, ...]) -> Samples:
    """The samples through the filters forwards and then backwards, shape (n,): nothing moves in time.
    Before and after there is silence."""
    forwards = recursive(np.pad(samples, (0, round(REACH * rate))), sections)
    return recursive(forwards[::-1], sections)[::-1][: samples.size]


def recursive(samples: Samples, sections: tuple[Section, ...]) -> Samples:
    """The samples through filters of second order, one after the other, shape (n,).

    A section is the numerator and the denominator of its transfer function in powers of 1/z, the latter
    beginning with 1. Chunks are rows, and all are filtered in three matrix products, which takes less than
    half the time of an FFT: what a chunk adds to its own sound and to the filters' state at its end, and
    what the state at its start adds to its sound.
    """
    own, from_state, to_state, kept = _as_matrices(sections)
    chunks = np.pad(samples, (0, -samples.size % CHUNK)).reshape(-1, CHUNK)
    states = np.zeros((len(chunks), len(kept)))
    states[1:] = chunks[:-1] @ to_state.astype(np.float32)
    step = 1
    while step < len(states) and np.abs(kept).max() > FORGOTTEN:  # of the last chunk, the last two, four ...
        states[step:] += states[:-step] @ kept
        kept, step = kept @ kept, 2 * step
    whole = chunks @ own.astype(np.float32)
    whole += states.astype(np.float32) @ from_state.astype(np.float32)
    return np.asarray(whole.reshape(-1)[: samples.size], dtype=np.float32)


@cache
def _as_matrices(sections: tuple[Section, ...]) -> tuple[Signal, Signal, Signal, Signal]:
    """What a chunk of samples and a state of two numbers a section become: own sound, sound from the state,
    state from the samples, state from the state; each to be multiplied from the left by rows.

    They are read off by sending every unit sample and every unit of state through, all side by side.
    """
    order = 2 * len(sections)
    states, sounds = np.eye(order, order + CHUNK), np.eye(CHUNK, order + CHUNK, order)
    for sample, given in enumerate(sounds):
        sound = given.copy()
        for place, ((b0, b1, b2), (_, a1, a2)) in enumerate(sections):
            first, second = states[2 * place : 2 * place + 2]
            answer = b0 * sound + first
            states[2 * place : 2 * place + 2] = second + b1 * sound - a1 * answer, b2 * sound - a2 * answer
            sound = answer
        sounds[sample] = sound
    return sounds[:, order:].T, sounds[:, :order].T, states[:, order:].T, states[:, :order].T


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


def powers(samples: Samples, step: int, around: int) -> Signal:
    """The mean square around each step of `step` samples, over `around` steps, shape (steps,).
    Beyond the ends there is silence."""
    rows = np.pad(samples, (0, -samples.size % step)).reshape(-1, step)
    sums = np.cumsum(np.pad(np.einsum("ij,ij->i", rows, rows, dtype=np.float64), (around // 2 + 1, around)))
    return np.asarray(sums[around:] - sums[:-around])[: len(rows)] / (step * around)
