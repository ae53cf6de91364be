"""Voices are recipes: style packs blended by weight, timbre and prosody apart, and a vocal tract scaled.

A pack is an array of shape (510, 256): for each number of tokens a style, of which the first 128 numbers
are the timbre and the last 128 the prosody.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from bulletin.errors import ConfigError, VoiceError
from bulletin.resources import voices_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from bulletin.model import Gender

TIMBRE = slice(0, 128)
PROSODY = slice(128, 256)
Blend = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a voice is made.

    `tract` scales pitch and formants together: over 1 is a shorter vocal tract. `level` in dB brings all
    voices to one loudness. `accent` is espeak-ng's name of the language that the voice was made for.
    """

    name: str
    accent: str
    gender: Gender
    timbre: Blend
    prosody: Blend
    tract: float = 1.0
    level: float = 0.0
    description: str = field(default="", compare=False)

    @property
    def language(self) -> str:
        return self.accent.partition("-")[0]

    def accent_for(self, language: str) -> str:
        """The voice's own accent in its own language, else the usual one."""
        usual = {"fr": "fr-fr", "en": "en-gb"}
        if language == self.language:
            return self.accent
        if language not in usual:
            raise VoiceError(f"kokoro has no {language!r}: there are {', '.join(usual)}")
        return usual[language]

    def styles(self) -> NDArray[np.float32]:
        """The style for each number of tokens, shape (510, 256)."""
        mixed = np.empty((510, 256), dtype=np.float32)
        for part, blend in ((TIMBRE, self.timbre), (PROSODY, self.prosody)):
            mixed[:, part] = sum(weight * pack(name)[:, part] for name, weight in blend)
        return mixed

    def fingerprint(self) -> str:
        """Changes when the voice would sound different."""
        digest = hashlib.sha256(self.styles().tobytes())
        digest.update(repr((self.accent, self.tract, self.level)).encode())
        return digest.hexdigest()


def folder() -> Path:
    return voices_folder() / "kokoro"


@cache
def pack(name: str) -> NDArray[np.float32]:
    """A style pack, shape (510, 256). It is kept in half precision, which is not heard."""
    path = folder() / f"{name}.npy"
    try:
        found: NDArray[np.float32] = np.load(path, allow_pickle=False).astype(np.float32)
    except (OSError, ValueError) as error:
        raise VoiceError(f"the style pack {path} is missing or damaged: {error}") from error
    if found.shape != (510, 256):
        raise VoiceError(f"{path} is no style pack: its shape is {found.shape}, not (510, 256)")
    return found


@cache
def recipes() -> dict[str, Recipe]:
    """The voices by name, as `voices/kokoro/voices.toml` lists them."""
    path = folder() / "voices.toml"
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return {name: recipe(name, entry) for name, entry in table.items()}
    except OSError as error:
        raise VoiceError(f"{path} can't be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"{path} can't be understood: {error}") from error


def recipe(name: str, entry: Mapping[str, Any]) -> Recipe:
    timbre = blend(entry["timbre"])
    return Recipe(
        name=name,
        accent=entry["accent"],
        gender=entry["gender"],
        timbre=timbre,
        prosody=blend(entry["prosody"]) if "prosody" in entry else timbre,
        tract=float(entry.get("tract", 1.0)),
        level=float(entry.get("level", 0.0)),
        description=entry.get("description", ""),
    )


def blend(weights: Mapping[str, float]) -> Blend:
    if abs(sum(weights.values()) - 1) > 1e-6:
        raise ValueError(f"the weights of {dict(weights)} are not 1 together")
    return tuple((name, float(weight)) for name, weight in weights.items())


def named(name: str) -> Recipe:
    if name not in recipes():
        raise VoiceError(f"kokoro has no voice {name!r}: there are {', '.join(recipes())}")
    return recipes()[name]
