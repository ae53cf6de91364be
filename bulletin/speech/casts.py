"""Who gets which voice.

A cast is a TOML file in `voices/`: a narrator, a headline voice, and ordered lists of quote voices by gender.

    language = "fr"
    narrator = "kokoro:siwis"
    headline = "kokoro:fabrice"
    [quotes]
    f = ["kokoro:isabelle", "kokoro:emilie"]
    m = ["kokoro:louis", "kokoro:daniel"]
    unknown = ["kokoro:louis", "kokoro:emilie"]
    [pins]
    "Vitaly Ganchev" = "kokoro:louis"
"""

from __future__ import annotations

import dataclasses
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bulletin.errors import ConfigError, VoiceError
from bulletin.resources import config_folder, voices_folder
from bulletin.speech.casting import assign
from bulletin.speech.engine import split_voice_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bulletin.model import Gender

__all__ = ["Cast", "assign", "cast_files", "load"]

DEFAULTS = {"fr": "kokoro-fr", "en": "kokoro-en"}
GENDERS: tuple[Gender, ...] = ("f", "m", "unknown")


@dataclass(frozen=True, slots=True)
class Cast:
    """A narrator, a headline voice, quote voices by gender, and speakers whose voice is pinned."""

    name: str
    language: str | None
    narrator: str
    headline: str
    quotes: Mapping[Gender, tuple[str, ...]]
    pins: Mapping[str, str] = field(default_factory=dict)

    def voices(self) -> tuple[str, ...]:
        """Every voice that may be heard, once."""
        quoted = [voice for gender in GENDERS for voice in self.quotes[gender]]
        return tuple(dict.fromkeys([self.narrator, self.headline, *quoted, *self.pins.values()]))

    def pinned(self, pins: Mapping[str, str]) -> Cast:
        """The cast with more pins, which win over its own."""
        for voice in pins.values():
            split_voice_id(voice)
        return dataclasses.replace(self, pins={**self.pins, **pins})


def cast_files() -> dict[str, Path]:
    """The casts that ship and the user's own, by name; the user's win."""
    folders = (voices_folder(), config_folder() / "casts")
    return {path.stem: path for folder in folders for path in sorted(folder.glob("*.toml"))}


def path_of(name_or_path: str) -> Path:
    """Where a cast is, or would be."""
    return cast_files().get(name_or_path, Path(name_or_path))


def load(name_or_path: str | None, language: str) -> Cast:
    """A cast by name or by path; None is the usual one of the language."""
    if name_or_path is None and language not in DEFAULTS:
        raise VoiceError(f"no cast for {language!r}: name one of {', '.join(cast_files())} with --cast")
    asked = name_or_path or DEFAULTS[language]
    path = path_of(asked)
    if not path.is_file():
        raise ConfigError(
            f"no cast {asked!r}: there are {', '.join(cast_files())}, or give a TOML file's path"
        )
    try:
        return parse(path.stem, tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise ConfigError(f"the cast {path} can't be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigError(f"the cast {path} can't be understood: {explained(error)}") from error


def explained(error: Exception) -> str:
    return f"it lacks {error}" if isinstance(error, KeyError) else str(error)


def parse(name: str, table: Mapping[str, Any]) -> Cast:
    """A cast from its TOML. `ValueError`, `KeyError` and `TypeError` where it makes no sense."""
    known = {"language", "description", "narrator", "headline", "quotes", "pins"}
    if strange := set(table) - known:
        raise ValueError(f"nothing is called {', '.join(sorted(strange))}")
    listed = table["quotes"]
    if strange := set(listed) - set(GENDERS):
        raise ValueError(f"[quotes] has {', '.join(GENDERS)}, not {', '.join(sorted(strange))}")
    quotes: dict[Gender, tuple[str, ...]] = {
        gender: tuple(voice_ids(listed.get(gender, []), f"quotes.{gender}")) for gender in GENDERS
    }
    if not any(quotes.values()):
        raise ValueError("[quotes] lists no voice")
    narrator, headline, *pinned = voice_ids(
        [table["narrator"], table.get("headline", table["narrator"]), *table.get("pins", {}).values()],
        "voices",
    )
    return Cast(
        name,
        table.get("language"),
        narrator,
        headline,
        quotes,
        dict(zip(table.get("pins", {}), pinned, strict=True)),
    )


def voice_ids(listed: Any, where: str) -> Iterator[str]:
    """The ids, each looked at."""
    if not isinstance(listed, list) or not all(isinstance(voice, str) for voice in listed):
        raise TypeError(f"{where} is no list of voices")
    for voice in listed:
        split_voice_id(voice)
        yield voice
