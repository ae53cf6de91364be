"""Jingle, sting and bed: played here from notes, or taken from any audio file.

All three are in D major, so that they may overlap: mallet notes over a soft chord, in a small room.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

import numpy as np

from bulletin.errors import UsageError
from bulletin.mix.decoding import DecodingError, decode
from bulletin.mix.filters import convolved
from bulletin.mix.joining import Sound

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from bulletin.model import Samples

    Signal = NDArray[np.float64]

Kind = Literal["jingle", "sting", "bed"]
RATE = 48000
LONGEST = {"jingle": 30.0, "sting": 15.0, "bed": 600.0}  # s taken from a file
PARTIALS = ((1.0, 1.0, 1.0), (2.0, 0.28, 0.7), (3.93, 0.16, 0.35), (9.2, 0.03, 0.12))
"""Of a struck bar: frequency against the note's, strength, and how long it rings against the note."""

D3, A3, B2, G2, A2, D4, E4, FIS4, G4, A4, B4 = (
    146.83,
    220.0,
    123.47,
    98.0,
    110.0,
    293.66,
    329.63,
    369.99,
    392.0,
    440.0,
    493.88,
)
D5, E5, FIS5, A5, D6 = 587.33, 659.26, 739.99, 880.0, 1174.66
JINGLE = (
    (0.00, D5, 0.8),
    (0.17, A4, 0.6),
    (0.34, E5, 0.75),
    (0.51, FIS5, 0.8),
    (0.85, A5, 0.9),
    (0.87, D6, 0.35),
)
JINGLE_CHORD = (0.55, (D3, A3, D4, FIS4), 2.0)
STING = ((0.00, FIS5, 0.7), (0.15, A5, 0.8), (0.16, D5, 0.5))
STING_CHORD = (0.1, (D3, A3), 1.1)
BEAT = 0.6  # s: 100 to the minute
BARS = (
    ((D3, A3, D4, FIS4), (D4, A4, FIS4, A4)),
    ((B2, A3, D4, FIS4), (D4, B4, FIS4, B4)),
    ((G2, A3, D4, G4), (D4, B4, G4, B4)),
    ((A2, A3, E4, G4), (E4, A4, G4, A4)),
)
"""The bed: a chord and four quiet notes to the bar."""


def _times(seconds: float) -> Signal:
    return np.arange(round(seconds * RATE)) / RATE


def struck(frequency: float, strength: float, ring: float = 0.45) -> Signal:
    """One note of a mallet on wood: soft at its start, `ring` seconds to a third of its level."""
    time = _times(ring * 4)
    attack = np.minimum(1.0, time / 0.004) ** 2
    tone = sum(
        level * np.sin(2 * np.pi * frequency * ratio * time) * np.exp(-time / (ring * length))
        for ratio, level, length in PARTIALS
        if frequency * ratio < RATE / 2.2
    )
    return np.asarray(strength * attack * tone)


def chord(frequencies: Sequence[float], seconds: float) -> Signal:
    """A soft chord that swells and goes: two slightly detuned sines a note, an octave's hint above."""
    time = _times(seconds)
    swell = np.sin(np.pi * time / seconds) ** 1.5
    tone = sum(
        np.sin(2 * np.pi * note * 0.999 * time)
        + np.sin(2 * np.pi * note * 1.001 * time + index)
        + 0.2 * np.sin(4 * np.pi * note * time)
        for index, note in enumerate(frequencies)
    )
    return np.asarray(0.12 * swell * tone)


def _placed(parts: Sequence[tuple[float, Signal]], seconds: float) -> Signal:
    whole = np.zeros(round(seconds * RATE))
    for start, part in parts:
        first = round(start * RATE)
        part = part[: whole.size - first]
        whole[first : first + part.size] += part
    return whole


@cache
def _room() -> Signal:
    """The echo of a small room: noise that dies away, always the same."""
    time = _times(0.7)
    return (
        np.random.default_rng(7).normal(0, 1, time.size) * np.exp(-time / 0.13) * np.minimum(1, time / 0.02)
    )


def _in_room(dry: Signal, wet: float = 0.12) -> Signal:
    echo = convolved(dry, _room() / np.sqrt(np.square(_room()).sum()))[: dry.size]
    return np.asarray(dry + wet * echo)


def _finished(sound: Signal, fade: float) -> Samples:
    """Faded out over its last seconds, its peak at half of full scale."""
    length = round(fade * RATE)
    sound[-length:] *= 0.5 + 0.5 * np.cos(np.pi * np.arange(length) / length)
    return np.asarray(0.5 * sound / np.abs(sound).max(), dtype=np.float32)


def _phrase(
    notes: Sequence[tuple[float, float, float]], under: tuple[float, tuple[float, ...], float]
) -> Samples:
    start, frequencies, seconds = under
    length = max(start + seconds, notes[-1][0] + 1.0)
    parts = [(time, struck(note, strength)) for time, note, strength in notes]
    return _finished(_in_room(_placed([*parts, (start, chord(frequencies, seconds))], length)), 0.5)


def _bed() -> Samples:
    """Four bars and the ring of the last, which the next round overlaps."""
    bar = 4 * BEAT
    parts = []
    for number, (frequencies, notes) in enumerate(BARS):
        parts.append((number * bar, chord(frequencies, bar * 1.35)))
        parts += [(number * bar + beat * BEAT, struck(note, 0.16, 0.3)) for beat, note in enumerate(notes)]
    loop = _placed(parts, len(BARS) * bar + bar)
    loop = _in_room(loop)
    seam = round(bar * RATE)
    body = loop[:-seam]
    body[:seam] += loop[-seam:]
    return np.asarray(0.5 * body / np.abs(body).max(), dtype=np.float32)


@cache
def builtin(kind: Kind) -> Sound:
    """The project's own: a jingle under three seconds, a shorter sting, a bed that goes round."""
    if kind == "jingle":
        return Sound(_phrase(JINGLE, JINGLE_CHORD), RATE, "jingle")
    if kind == "sting":
        return Sound(_phrase(STING, STING_CHORD), RATE, "sting")
    return Sound(_bed(), RATE, "bed")


def from_file(path: Path, kind: Kind) -> Sound:
    """Any audio file in its place, cut to a sensible length. UsageError where there is no sound in it."""
    try:
        samples = decode(path, rate=RATE, seconds=LONGEST[kind])
    except DecodingError as error:
        raise UsageError(f"the {kind} {path} can't be used: {error}") from error
    if not samples.size or np.abs(samples).max() < 1e-4:
        raise UsageError(f"the {kind} {path} can't be used: there is no sound in it")
    return Sound(samples, RATE, kind)
