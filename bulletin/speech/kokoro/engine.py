"""Kokoro behind the seam: text to phonemes, phonemes to sound, and the recipe's vocal tract on the sound."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from bulletin.errors import SpeechError
from bulletin.model import Clip, Word
from bulletin.speech.engine import Voice
from bulletin.speech.kokoro import phonemes, recipes
from bulletin.speech.kokoro.alphabet import PUNCTUATION, tokens
from bulletin.speech.kokoro.model import RATE, SHA256, KokoroModel, missing_parts
from bulletin.speech.kokoro.timing import word_times
from bulletin.speech.markup import plain
from bulletin.speech.sound import join_clips, silence, sounding

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bulletin.speech.kokoro.phonemes import Unit
    from bulletin.speech.kokoro.recipes import Recipe

LICENCE = "Apache-2.0"
BREATH = 0.12
"""Seconds between two parts of a sentence that is too long for the model."""


class KokoroEngine:
    """The embedded voices."""

    name = "kokoro"
    version = f"{SHA256[:12]}.2"
    markup = True
    parallel = True

    @cached_property
    def model(self) -> KokoroModel:
        return KokoroModel()

    def prepare(self) -> None:
        """Load the network and espeak-ng."""
        _ = self.model
        phonemes.units("a", "fr-fr")

    @property
    def note(self) -> str:
        """Whether the compiled kernels run, and why or why not."""
        return self.model.path_taken

    def voices(self) -> Sequence[Voice]:
        missing = missing_parts()
        why_not = f"not installed: {', '.join(missing)}" if missing else None
        return [
            Voice(
                id=f"{self.name}:{recipe.name}",
                language=recipe.language,
                gender=recipe.gender,
                licence=LICENCE,
                ready=not missing,
                why_not=why_not,
                description=recipe.description,
            )
            for recipe in recipes.recipes().values()
        ]

    def recipe(self, voice: str) -> str:
        return recipes.named(voice).fingerprint()

    def speak(self, text: str, voice: str, *, language: str, speed: float) -> Clip:
        recipe = recipes.named(voice)
        units = phonemes.units(text, recipe.accent_for(language))
        if not phonemes.joined(units).strip(PUNCTUATION + " "):
            if any(letter.isalnum() for letter in plain(text)):
                raise SpeechError(f"kokoro has no sounds for {text!r}")
            return Clip(silence(BREATH, RATE), RATE)
        parts = [self.say(part, recipe, speed) for part in phonemes.split(units)]
        return join_clips(parts, BREATH)

    def say(self, units: Sequence[Unit], recipe: Recipe, speed: float) -> Clip:
        """One run of the model. The tract is scaled by speaking slower and playing faster, or the reverse."""
        numbers = tokens(phonemes.joined(units))
        style = recipe.styles()[len(numbers) - 1]
        samples, durations = self.model.run(numbers, style, speed / recipe.tract)
        played = finished(samples, recipe)
        words = word_times(units, durations.tolist(), RATE * recipe.tract)
        return Clip(played, RATE, within(sounding(played), words))


def within(heard: slice, words: Iterable[Word]) -> tuple[Word, ...]:
    """The words' times held to where the clip sounds: the last duration has the silence behind it in it."""
    first, last = heard.start / RATE, heard.stop / RATE
    return tuple(
        Word(word.text, min(max(word.start, first), last), min(max(word.end, first), last)) for word in words
    )


def finished(samples: np.ndarray, recipe: Recipe) -> np.ndarray:
    """The recipe's tract and level on what the model says, shape (n,) to shape (n / tract,)."""
    if recipe.tract != 1.0:
        import soxr

        samples = soxr.resample(samples, RATE * recipe.tract, RATE)
    louder = samples * 10 ** (recipe.level / 20)
    return np.clip(louder, -1.0, 1.0).astype(np.float32)
