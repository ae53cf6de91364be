"""`bulletin.toml`, `BULLETIN_*` variables and options become one frozen `Settings`.

The file's plain keys are the long options of `bulletin make` with underscores (`language`, `cast`…);
click itself puts variables above the file and options above both. Its tables are `[station]`, `[pauses]` and
`[pins]` (a speaker's name to a voice); for `bulletin batch` `contact`, `[[shows]]`, `[podcast]`, `[keep]`.
"""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from bulletin.errors import ConfigError
from bulletin.resources import config_folder

Style = Literal["auto", "plain", "article", "bulletin"]
LOUDNESS = {"podcast": -16.0, "radio": -23.0}
NAME = "bulletin.toml"
ENGINES = ("device", "seed", "verbose")
"""What engines are told, by variables (`BULLETIN_DEVICE`…), so that their processes know it too."""
TABLES = {"station", "pauses", "pins", "shows", "podcast", "keep", "contact"}


@dataclass(frozen=True, slots=True)
class Station:
    """How the programme presents itself; sounds are files, or None for the built-in ones."""

    name: str | None = None
    greeting: str | None = None
    jingle: Path | None = None
    sting: Path | None = None
    bed: Path | None = None
    cover: Path | None = None
    wording: Path | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that the way from source to file can be told."""

    language: str | None = None
    cast: str | None = None
    lexicon: Path | None = None
    style: Style = "auto"
    loudness: float = LOUDNESS["podcast"]
    bitrate: int = 128
    variable: bool = False
    speed: float = 1.0
    workers: int | None = None
    cache: bool = True
    force: bool = False
    disclosure: bool = True
    announce: bool = False
    sidecars: bool = True
    also: tuple[str, ...] = ()
    allow_private: bool = False
    station: Station = Station()
    pauses: Mapping[str, float] = field(default_factory=dict)
    pins: Mapping[str, str] = field(default_factory=dict)


def find(path: Path | None) -> Path | None:
    """The file that is asked for, else the one here, else the user's; None where there is none."""
    if path is not None:
        return path
    return next((file for file in (Path(NAME), config_folder() / NAME) if file.is_file()), None)


def load(path: Path) -> dict[str, Any]:
    """The file's content. `ConfigError` names the file and what is wrong in it."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: can't be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: is not TOML: {error}") from error
    known = {option.name for option in dataclasses.fields(Settings)} | TABLES | set(ENGINES)
    for key in content:
        if key not in known:
            raise ConfigError(f"{path}: nothing is called {key!r}; there are {', '.join(sorted(known))}")
    return content


def station(table: Mapping[str, Any], folder: Path) -> Station:
    """The `[station]` table; its paths count from the folder of the file."""
    fields = {option.name for option in dataclasses.fields(Station)}
    for key in table:
        if key not in fields:
            raise ConfigError(f"[station]: nothing is called {key!r}; there are {', '.join(sorted(fields))}")
    words = {"name", "greeting"}
    return Station(**{key: value if key in words else folder / value for key, value in table.items()})


def loudness(value: str) -> float:
    """A name or a number of LUFS.

    >>> loudness("radio"), loudness("-18.5")
    (-23.0, -18.5)
    """
    if value in LOUDNESS:
        return LOUDNESS[value]
    try:
        number = float(value)
    except ValueError:
        number = 0.0
    if not -40 <= number <= -5:
        raise ConfigError(f"loudness {value!r}: write podcast, radio, or LUFS between -40 and -5")
    return number
