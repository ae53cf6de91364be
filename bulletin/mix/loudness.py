"""How loud: measured by ITU-R BS.1770, and brought to target by one gain, under a ceiling."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from itertools import chain, pairwise
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from bulletin.errors import OutputError
from bulletin.mix.filters import REACH, lowest_around, recursive, second_order, smoothed
from bulletin.mix.limiting import LOOK_AHEAD, TAPS, Peaks, held_under, peaks
from bulletin.model import Loudness, Mastered
from bulletin.starting import cores

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Future

    from bulletin.mix.filters import Section, Signal
    from bulletin.model import Samples

Heard = TypeVar("Heard")

TARGETS = {"podcast": -16.0, "radio": -23.0}  # LUFS: the platforms' custom, and EBU R 128
CEILING = -3.0  # dBTP of the programme: a codec adds 1 or 1.5 dB, meters differ by half, and -1 is promised
TOLERANCE = 0.03  # LU within which the target counts as met
YIELD = 0.75  # LU that a decibel more brings where the limiter is at work on speech
ATTEMPTS = 6  # gains tried at most
MARGIN = 2.0  # dB that the limiter may want to be given on top
NARROWER = 0.034  # by which a peak's dip in the gain is smaller than a whole chunk's, from many programmes
LEAST_YIELD = 0.5  # LU a decibel with which more gain is asked for: what yields less is near its loudest

# BS.1770-4 gives its two filters as coefficients at 48 kHz; these are the analogue filters behind them
SHELF, SHELF_QUALITY, SHELF_GAIN = 1681.974450955533, 0.7071752369554196, 3.999843853973347  # Hz, Q, dB
HIGH_PASS, HIGH_PASS_QUALITY, HIGH_PASS_GAIN = (
    38.13547087602444,
    0.5003270373238773,
    1.004995,
)  # Hz, Q, factor
OFFSET = -0.691  # dB: what makes a 997 Hz sine at full scale -3.01 LUFS
STEP = 0.1  # s from one gating block to the next
STRETCH = 10  # s that are filtered at a time: a whole number of steps and of samples
MOMENTARY, SHORT_TERM = 4, 30  # steps to a block of 400 ms, and to one of 3 s
ABSOLUTE_GATE = -70.0  # LUFS
MOMENTARY_GATE, SHORT_TERM_GATE = -10.0, -20.0  # LU; of BS.1770 and of EBU Tech 3342
RANGE = (10, 95)  # percentiles between which the loudness range lies


@cache
def k_weighting(rate: int) -> tuple[Section, ...]:
    """BS.1770's two filters, which hear as an ear beside a head does."""
    high = 10 ** (SHELF_GAIN / 20)
    shelf = second_order(SHELF / rate, SHELF_QUALITY, (high, high**0.4996667741545416, 1.0))
    return shelf, second_order(HIGH_PASS / rate, HIGH_PASS_QUALITY, (HIGH_PASS_GAIN, 0.0, 0.0))


def in_stretches(samples: Samples, rate: int) -> Iterator[Samples]:
    """Cut where a step ends that a whole number of samples makes."""
    size = STRETCH * rate
    return (samples[start : start + size] for start in range(0, max(1, samples.size), size))


def _listen(stretches: Iterable[Samples], rate: int, hear: Callable[[Samples, int], Heard]) -> list[Heard]:
    """What `hear` makes of each stretch, which it is given with the sound shortly before it in front, and the
    sample where it starts: on all processors, while further stretches come.

    What is shorter than one block has silence behind it.
    """
    reach, shortest = round(REACH * rate), round(MOMENTARY * STEP * rate) + 1
    with ThreadPoolExecutor(cores()) as threads:
        heard: list[Future[Heard]] = []
        before = np.zeros(0, dtype=np.float32)
        for stretch in stretches:
            silence = 0 if heard else max(0, shortest - stretch.size)
            whole = np.concatenate([before, stretch, np.zeros(silence, dtype=np.float32)])
            heard.append(threads.submit(hear, whole, before.size))
            before = whole[-reach:]
        return [one.result() for one in heard]


def _energies_from(rate: int, samples: Samples, start: int) -> Signal:
    """The K-weighted energy of every whole step of 100 ms from `start` on, shape (steps,)."""
    steps = np.arange(0, (samples.size - start) / rate / STEP + 1e-6)
    edges = start + np.round(steps * STEP * rate).astype(np.int64)
    heard = recursive(samples[: edges[-1]], k_weighting(rate))
    parts = [heard[first:last] for first, last in pairwise(edges.tolist())]
    return np.array([float(np.dot(part, part)) for part in parts]) / (STEP * rate)


def _peak_from(samples: Samples, start: int) -> float:
    """The highest true peak from shortly before `start` until shortly before the end, where sound goes on."""
    end = samples.size - TAPS if samples.size > start else start
    highest = peaks(samples, float(np.abs(samples).max(initial=0.0)))
    return float(highest[max(0, start - TAPS) : max(0, end)].max(initial=0.0))


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


def _energies(samples: Samples, rate: int) -> Signal:
    """The K-weighted energy of every step, shape (steps,)."""
    return np.concatenate(_listen(in_stretches(samples, rate), rate, partial(_energies_from, rate)))


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


def measure(samples: Samples, rate: int) -> Loudness:
    """Everything that is reported of a programme."""

    def hear(samples: Samples, start: int) -> tuple[Signal, float]:
        return _energies_from(rate, samples, start), _peak_from(samples, start)

    end = np.zeros(0, dtype=np.float32)  # with the last peaks in front of it
    heard = _listen(chain(in_stretches(samples, rate), [end]), rate, hear)
    energies, highest = np.concatenate([energy for energy, _ in heard]), max(peak for _, peak in heard)
    spread, loudest = _short_term(energies)
    peak = 20 * float(np.log10(highest)) if highest > 0 else -np.inf
    return Loudness(_integrated(energies), peak, spread, loudest)


def master(
    samples: Samples, rate: int, *, target_lufs: float = -16.0, peak: float = CEILING
) -> tuple[Samples, Mastered]:
    """The programme at its target: one static gain, then the limiter, then measured again.

    The limiter takes a little loudness away; the gain makes up for it until the target is met, or until
    more gain would no longer help (sound with no dynamics at all against a low ceiling). The first gain is
    what a forecast says, which is nearly always right.
    """
    energies, known = _energies(samples, rate), Peaks(samples)
    start, ceiling = _integrated(energies), 10 ** (peak / 20)
    if not np.isfinite(start):
        raise OutputError("there is nothing to hear in the programme: it is silent from end to end")
    known.look(ceiling * 10 ** ((start - target_lufs - MARGIN) / 20))
    forecast = _Forecast(energies, known, rate, ceiling)
    mastered = samples

    def limited(gain: float) -> float:
        nonlocal mastered
        factor = 10 ** (gain / 20)
        louder = (samples * factor).astype(np.float32, copy=False)
        mastered = held_under(ceiling, louder, rate, known.above(ceiling / factor))
        return start + gain if mastered is louder else integrated(mastered, rate)

    gain, expected = _searched(forecast.after, target_lufs, target_lufs - start, TOLERANCE / 3)
    if abs(target_lufs - expected) > TOLERANCE:
        gain = target_lufs - start
    _, reached = _searched(limited, target_lufs, gain)
    return mastered, Mastered(reached, peak)


def _searched(
    reach: Callable[[float], float], target: float, gain: float, tolerance: float = TOLERANCE
) -> tuple[float, float]:
    """The gain in dB that reaches the target, or the last that was tried, and what it reached, in LUFS."""
    tried: list[tuple[float, float]] = []
    for _ in range(ATTEMPTS):
        tried.append((gain, reach(gain)))
        missing = target - tried[-1][1]
        if abs(missing) <= tolerance:
            break
        gain += missing / _yield(tried)
    return tried[-1]


class _Forecast:
    """How loud a programme is after a gain and the limiter, told from the peaks of chunks and the energies of
    steps: right within a hundredth of a LU where the limiter works as it does on speech."""

    def __init__(self, energies: Signal, known: Peaks, rate: int, ceiling: float) -> None:
        self.energies, self.ceiling = energies, ceiling
        self.peaks, self.shares, chunk = known.by_chunk()
        middles = (np.arange(self.peaks.size) + 0.5) * chunk / rate
        self.steps = np.minimum(middles / STEP, energies.size - 1).astype(np.intp)
        self.half = max(1, round(LOOK_AHEAD * rate / chunk))

    def after(self, gain: float) -> float:
        """In LUFS, after so many decibels."""
        factor = 10 ** (gain / 20)
        wanted = np.minimum(1.0, self.ceiling / np.maximum(self.peaks * factor, 1e-9))
        held = smoothed(lowest_around(wanted, self.half), np.hanning(2 * self.half + 3)[1:-1])
        held += (1 - held) * NARROWER
        kept = np.bincount(self.steps, self.shares * held**2, self.energies.size)
        whole = np.bincount(self.steps, self.shares, self.energies.size)
        return _integrated(self.energies * factor**2 * kept / np.maximum(whole, 1e-20))


def _yield(tried: Sequence[tuple[float, float]]) -> float:
    """The LU that a decibel more will bring, by the last two gains and what they reached."""
    if len(tried) < 2:
        return YIELD
    (gain, reached), (further, more) = tried[-2:]
    return min(1.0, max(LEAST_YIELD, (more - reached) / (further - gain)))
