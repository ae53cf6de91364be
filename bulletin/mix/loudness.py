"""How loud: measured by ITU-R BS.1770, brought to target by one gain, held under a ceiling by a limiter."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import soxr

from bulletin.errors import OutputError
from bulletin.mix.filters import filtered, lowest_around, smoothed
from bulletin.model import Loudness, Mastered

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bulletin.mix.filters import Signal
    from bulletin.model import Samples

TARGETS = {"podcast": -16.0, "radio": -23.0}  # LUFS: the platforms' custom, and EBU R 128
CEILING = -3.0  # dBTP of the programme: a codec adds 1 or 1.5 dB, meters differ by half, and -1 is promised
OVERSAMPLING = 4  # BS.1770-4, annex 2
BLOCK, OVERLAP = 1 << 14, 128  # samples oversampled at a time, and what neighbouring blocks share
LOOK_AHEAD = 0.008  # s on either side of a peak over which the gain moves
TOLERANCE = 0.03  # LU within which the target counts as met

# BS.1770-4 gives its two filters as coefficients at 48 kHz; these are the analogue filters behind them
SHELF, SHELF_QUALITY, SHELF_GAIN = 1681.974450955533, 0.7071752369554196, 3.999843853973347  # Hz, Q, dB
HIGH_PASS, HIGH_PASS_QUALITY, HIGH_PASS_GAIN = (
    38.13547087602444,
    0.5003270373238773,
    1.004995,
)  # Hz, Q, factor
OFFSET = -0.691  # dB: what makes a 997 Hz sine at full scale -3.01 LUFS
STEP = 0.1  # s from one gating block to the next
MOMENTARY, SHORT_TERM = 4, 30  # steps to a block of 400 ms, and to one of 3 s
ABSOLUTE_GATE = -70.0  # LUFS
MOMENTARY_GATE, SHORT_TERM_GATE = -10.0, -20.0  # LU; of BS.1770 and of EBU Tech 3342
RANGE = (10, 95)  # percentiles between which the loudness range lies


def _second_order(
    angle: Signal, corner: float, quality: float, numerator: tuple[float, float, float]
) -> NDArray[np.complex128]:
    """A digital filter of second order: its gain at `angle` (half a turn is the rate), by the bilinear
    transform of an analogue one with this numerator in powers of frequency over corner."""
    rising, held = 1j * np.sin(angle), np.tan(corner) * np.cos(angle)
    square, line, constant = numerator
    over = square * rising**2 + line * rising * held / quality + constant * held**2
    return np.asarray(over / (rising**2 + rising * held / quality + held**2))


def k_weighting(frequencies: Signal, rate: int) -> NDArray[np.complex128]:
    """The gain of BS.1770's two filters, which hear as an ear beside a head does."""
    angle, turn = np.pi * frequencies / rate, np.pi / rate
    high = 10 ** (SHELF_GAIN / 20)
    shelf = _second_order(angle, turn * SHELF, SHELF_QUALITY, (high, high**0.4996667741545416, 1.0))
    return shelf * _second_order(angle, turn * HIGH_PASS, HIGH_PASS_QUALITY, (HIGH_PASS_GAIN, 0.0, 0.0))


def _energies(samples: Samples, rate: int) -> Signal:
    """The K-weighted energy of every step of 100 ms; silence behind what is shorter than one block."""
    short = round(MOMENTARY * STEP * rate) + 1 - samples.size
    heard = filtered(np.pad(samples, (0, short)) if short > 0 else samples, rate, k_weighting)
    edges = np.round(np.arange(0, heard.size / rate / STEP + 1e-6) * STEP * rate).astype(np.int64).tolist()
    steps = [heard[start:end] for start, end in pairwise(edges)]
    return np.array([float(np.dot(step, step)) for step in steps]) / (STEP * rate)


def _blocks(energies: Signal, steps: int) -> Signal:
    """The power of every block of `steps` steps, one starting at each step."""
    sums = np.concatenate([[0.0], np.cumsum(energies)])
    steps = min(steps, energies.size)
    return np.asarray((sums[steps:] - sums[:-steps]) / steps)


def _level(power: float) -> float:
    return OFFSET + 10 * float(np.log10(power)) if power > 0 else -np.inf


def _gated(powers: Signal, gate: float) -> Signal:
    """The blocks that count: above the absolute gate, then above one `gate` LU under those blocks' mean."""
    counted = powers[powers > 10 ** ((ABSOLUTE_GATE - OFFSET) / 10)]
    return counted[counted > counted.mean() * 10 ** (gate / 10)] if counted.size else counted


def _integrated(energies: Signal) -> float:
    counted = _gated(_blocks(energies, MOMENTARY), MOMENTARY_GATE)
    return _level(float(counted.mean())) if counted.size else -np.inf


def integrated(samples: Samples, rate: int) -> float:
    """Gated loudness in LUFS; minus infinity for silence."""
    return _integrated(_energies(samples, rate))


def _short_term(energies: Signal) -> tuple[float | None, float | None]:
    """Loudness range in LU (EBU Tech 3342), and the loudest three seconds in LUFS."""
    powers = _blocks(energies, SHORT_TERM)
    counted = _gated(powers, SHORT_TERM_GATE)
    if not counted.size:
        return None, None
    low, high = np.percentile(counted, RANGE)
    return _level(high) - _level(low), _level(float(powers.max()))


def peaks(samples: Samples, floor: float = 0.0) -> NDArray[np.float32]:
    """The true peak around each sample, between the samples too, shape (n,).

    Stretches that stay under `floor` (of full scale) by half are not looked at between their samples: no
    peak rises by 6 dB there.
    """
    found = np.abs(samples)
    for start in range(0, samples.size, BLOCK):
        end = min(samples.size, start + BLOCK)
        if found[start:end].max() < floor / 2:
            continue
        first, last = max(0, start - OVERLAP), min(samples.size, end + OVERLAP)
        between = np.abs(soxr.resample(samples[first:last], 1, OVERSAMPLING, quality="HQ"))
        phases = [between[phase::OVERSAMPLING] for phase in range(OVERSAMPLING)]
        found[start:end] = np.maximum.reduce(phases)[start - first : end - first]
    return found


def true_peak(samples: Samples) -> float:
    """In dBTP; minus infinity for silence."""
    highest = float(peaks(samples, float(np.abs(samples).max(initial=0.0))).max(initial=0.0))
    return 20 * float(np.log10(highest)) if highest > 0 else -np.inf


def measure(samples: Samples, rate: int) -> Loudness:
    """Everything that is reported of a programme."""
    energies = _energies(samples, rate)
    spread, loudest = _short_term(energies)
    return Loudness(_integrated(energies), true_peak(samples), spread, loudest)


def limit(samples: Samples, rate: int, peak: float = -1.0) -> Samples:
    """No true peak above `peak` dBTP: the gain dips in a smooth curve around whatever would pass it."""
    ceiling, half = 10 ** (peak / 20), max(1, round(LOOK_AHEAD * rate))
    reach = 2 * half + 1 + OVERLAP
    over = np.flatnonzero(peaks(samples, ceiling) > ceiling * (1 + 1e-4))
    if not over.size:
        return samples
    limited = samples.copy()
    for group in np.split(over, np.flatnonzero(np.diff(over) > 2 * reach) + 1):
        first, last = max(0, int(group[0]) - reach), min(samples.size, int(group[-1]) + 1 + reach)
        inner = slice(OVERLAP if first else 0, None if last == samples.size else -OVERLAP)
        limited[first:last] = _held_under(ceiling, samples[first:last], inner, half)
    return limited


def _held_under(ceiling: float, samples: Samples, inner: slice, half: int) -> Samples:
    """A stretch whose gain is 1 at its ends; outside `inner` its peaks are not known.

    The lowest gain wanted within the look-ahead, averaged over a window of the same width, never exceeds
    the gain wanted at any sample. Where the sampling between moves a peak, a second pass takes the rest.
    """
    window = np.hanning(2 * half + 3)[1:-1]
    for _ in range(4):
        wanted = np.ones(samples.size)
        wanted[inner] = np.minimum(1.0, ceiling / np.maximum(peaks(samples, ceiling)[inner], 1e-9))
        if wanted.min() >= 1.0 - 1e-4:
            break
        held = lowest_around(wanted, half + 1)  # one more: a peak between belongs to both its neighbours
        samples = (samples * smoothed(held, window)).astype(np.float32)
    return samples


def master(
    samples: Samples, rate: int, *, target_lufs: float = -16.0, peak: float = CEILING
) -> tuple[Samples, Mastered]:
    """The programme at its target: one static gain, then the limiter, then measured again.

    The limiter takes a little loudness away; the gain makes up for it until the target is met, or until
    more gain would no longer help (sound with no dynamics at all against a low ceiling).
    """
    start = integrated(samples, rate)
    if not np.isfinite(start):
        raise OutputError("there is nothing to hear in the programme: it is silent from end to end")
    gain = target_lufs - start
    for _ in range(6):
        louder = (samples * 10 ** (gain / 20)).astype(np.float32, copy=False)
        mastered = limit(louder, rate, peak)
        reached = start + gain if mastered is louder else integrated(mastered, rate)
        if abs(target_lufs - reached) <= TOLERANCE:
            break
        gain += target_lufs - reached
    return mastered, Mastered(reached, peak)
