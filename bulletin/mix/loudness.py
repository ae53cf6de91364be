"""How loud: measured by ITU-R BS.1770, brought to target by one gain, held under a ceiling by a limiter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyloudnorm
from scipy.ndimage import minimum_filter1d
from scipy.signal import oaconvolve, resample_poly

from bulletin.errors import OutputError
from bulletin.model import Loudness

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bulletin.model import Samples

TARGETS = {"podcast": -16.0, "radio": -23.0}  # LUFS: the platforms' custom, and EBU R 128
OVERSAMPLING = 4  # BS.1770-4, annex 2
BLOCK, OVERLAP = 1 << 12, 64  # samples oversampled at a time, and what neighbouring blocks share
LOOK_AHEAD = 0.008  # s on either side of a peak over which the gain moves
TOLERANCE = 0.03  # LU within which the target counts as met
GATING_BLOCK = 0.4  # s
SHORT_TERM = 3.0  # s


def _padded(samples: Samples, rate: int, seconds: float) -> NDArray[np.float64]:
    """As float64, with silence behind where it is shorter than what the meter needs."""
    missing = max(0, int(np.ceil(seconds * rate)) + 1 - samples.size)
    return np.pad(samples.astype(np.float64), (0, missing))


def integrated(samples: Samples, rate: int) -> float:
    """Gated loudness in LUFS; minus infinity for silence."""
    meter = pyloudnorm.Meter(rate, filter_class="DeMan")
    return float(meter.integrated_loudness(_padded(samples, rate, GATING_BLOCK)))


def _short_term(samples: Samples, rate: int) -> tuple[float | None, float | None]:
    """Loudness range in LU (EBU Tech 3342), and the loudest three seconds in LUFS."""
    meter = pyloudnorm.Meter(rate, filter_class="DeMan")
    spread = float(meter.loudness_range(_padded(samples, rate, SHORT_TERM)))
    loudest = max(meter.blockwise_loudness)
    return spread if np.isfinite(spread) else None, float(loudest) if np.isfinite(loudest) else None


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
        between = np.abs(resample_poly(samples[first:last], OVERSAMPLING, 1))
        found[start:end] = between.reshape(-1, OVERSAMPLING).max(axis=1)[start - first : end - first]
    return found


def true_peak(samples: Samples) -> float:
    """In dBTP; minus infinity for silence."""
    highest = float(peaks(samples, float(np.abs(samples).max(initial=0.0))).max(initial=0.0))
    return 20 * float(np.log10(highest)) if highest > 0 else -np.inf


def measure(samples: Samples, rate: int) -> Loudness:
    """Everything that is reported of a programme."""
    spread, loudest = _short_term(samples, rate)
    return Loudness(integrated(samples, rate), true_peak(samples), spread, loudest)


def limit(samples: Samples, rate: int, peak: float = -1.0) -> Samples:
    """No true peak above `peak` dBTP: the gain dips in a smooth curve around whatever would pass it.

    The lowest gain wanted within the look-ahead, averaged over a window of the same width, never exceeds
    the gain wanted at any sample. Where the sampling between moves a peak, a second pass takes the rest.
    """
    ceiling = 10 ** (peak / 20)
    half = max(1, round(LOOK_AHEAD * rate))
    window = np.hanning(2 * half + 3)[1:-1]
    for _ in range(4):
        wanted = np.minimum(1.0, ceiling / np.maximum(peaks(samples, ceiling), 1e-9))
        if wanted.min(initial=1.0) >= 1.0 - 1e-4:
            break
        wanted = np.minimum(wanted, minimum_filter1d(wanted, 3))  # a peak between belongs to both neighbours
        held = np.pad(minimum_filter1d(wanted, window.size, mode="nearest"), half, mode="edge")
        gain = oaconvolve(held, window / window.sum(), mode="valid")
        samples = (samples * gain).astype(np.float32)
    return samples


def master(samples: Samples, rate: int, *, target_lufs: float = -16.0, peak: float = -1.0) -> Samples:
    """The programme at its target: one static gain, then the limiter, then measured again.

    The limiter takes a little loudness away; the gain makes up for it until the target is met, or until
    more gain would no longer help (sound with no dynamics at all against a low ceiling).
    """
    start = integrated(samples, rate)
    if not np.isfinite(start):
        raise OutputError("there is nothing to hear in the programme: it is silent from end to end")
    gain = target_lufs - start
    for _ in range(6):
        mastered = limit((samples * 10 ** (gain / 20)).astype(np.float32), rate, peak)
        missing = target_lufs - integrated(mastered, rate)
        if abs(missing) <= TOLERANCE:
            break
        gain += missing
    return mastered
