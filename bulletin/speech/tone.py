"""The shipped test double: tones in place of words, at once, always the same, as long as real speech.

Each voice hums at a pitch of its own; words swell and fade, so that pauses, edges and cues can be tested
on sound that behaves like speech.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from bulletin.errors import VoiceError
from bulletin.model import Clip, Word
from bulletin.speech.engine import Voice
from bulletin.speech.sound import silence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin.model import Gender, Samples

RATE = 16000
"""Hz: enough for tones."""
LETTERS_PER_SECOND = 19.0
"""The pace of the embedded French voices."""
EDGE = 0.1
"""Seconds of silence at both ends, as real engines leave them."""
GAP = 0.15
"""How much of a word's time is the silence behind it."""
SYLLABLE = 0.2
LOUDNESS = 0.25

PITCHES: dict[str, tuple[Gender, int]] = {
    "narrator": ("f", 200),
    "headline": ("m", 120),
    "f1": ("f", 220),
    "f2": ("f", 240),
    "f3": ("f", 265),
    "m1": ("m", 100),
    "m2": ("m", 110),
    "m3": ("m", 135),
}
"""Each voice's gender and pitch in Hz."""


class ToneEngine:
    """Hums. For tests, and to hear a bulletin's timing without waiting."""

    name = "tone"
    version = "2"
    markup = False
    parallel = False

    def voices(self) -> Sequence[Voice]:
        return [
            Voice(
                id=f"{self.name}:{name}",
                language="any",
                gender=gender,
                licence="GPL-3.0-or-later",
                description=f"hums at {pitch} Hz, for tests",
            )
            for name, (gender, pitch) in PITCHES.items()
        ]

    def recipe(self, voice: str) -> str:
        return str(pitch_of(voice))

    def speak(self, text: str, voice: str, *, language: str, speed: float) -> Clip:
        words = text.split()
        seconds = np.array([(len(word) + 1) / LETTERS_PER_SECOND / speed for word in words])
        lengths = np.round(seconds * RATE).astype(int)
        edge = silence(EDGE, RATE)
        sound = hum(int(lengths.sum()), pitch_of(voice))
        starts = [0, *accumulate(lengths.tolist())]
        for start, length in zip(starts, lengths, strict=False):
            sound[start : start + length] *= swell(int(length))
        times = tuple(
            Word(word, EDGE + start / RATE, EDGE + (start + int(length * (1 - GAP))) / RATE)
            for word, start, length in zip(words, starts, lengths, strict=False)
        )
        return Clip(np.concatenate([edge, sound, edge]), RATE, times)


def pitch_of(voice: str) -> int:
    if voice not in PITCHES:
        raise VoiceError(f"tone has no voice {voice!r}: there are {', '.join(PITCHES)}")
    return PITCHES[voice][1]


def hum(length: int, pitch: int) -> Samples:
    """One period of a tone with two overtones, as often as needed."""
    angle = 2 * np.pi * np.arange(round(RATE / pitch)) / round(RATE / pitch)
    period = LOUDNESS * (np.sin(angle) + 0.5 * np.sin(2 * angle) + 0.25 * np.sin(3 * angle))
    return np.resize(period.astype(np.float32), length)


def swell(length: int) -> Samples:
    """Loudness over a word: a bump for each syllable, then the gap."""
    voiced = int(length * (1 - GAP))
    syllables = max(1, round(voiced / RATE / SYLLABLE))
    phase = np.linspace(0, np.pi * syllables, voiced, dtype=np.float32)
    edges = np.minimum(1.0, np.minimum(np.arange(voiced), np.arange(voiced)[::-1]) / (0.005 * RATE))
    bumps = (0.4 + 0.6 * np.sin(phase) ** 2) * edges
    return np.concatenate([bumps, np.zeros(length - voiced)]).astype(np.float32)
