"""Shows: which sources, how many stories, how new, what to leave out, and how it shall sound."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from bulletin import config
from bulletin.config import Settings
from bulletin.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ShowStyle = Literal["article", "bulletin"]
STORIES = {"article": 20, "bulletin": 5}  # the newest of a show's sources, where it doesn't say how many
SPANS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
PODCAST_KEYS = {"url", "title", "description", "author", "email", "language", "category"}
KEEP_KEYS = {"days", "count", "megabytes"}
OWN_KEYS = {"name", "feeds", "style", "stories", "max_age", "include", "exclude", "format"}


@dataclass(frozen=True, slots=True)
class Show:
    """One show. `style` article makes a file of each story, bulletin one programme of the newest ones.

    `stories`: the newest so many; None is all, for whoever names a folder wants the whole of it.
    """

    name: str
    sources: tuple[str, ...]
    settings: Settings
    style: ShowStyle = "article"
    stories: int | None = None
    max_age: timedelta | None = None
    include: tuple[re.Pattern[str], ...] = ()
    exclude: tuple[re.Pattern[str], ...] = ()
    format: str = "mp3"

    def wants(self, title: str) -> bool:
        """Whether the title passes the show's filters."""
        included = not self.include or any(pattern.search(title) for pattern in self.include)
        return included and not any(pattern.search(title) for pattern in self.exclude)


@dataclass(frozen=True, slots=True)
class Manifest:
    """All shows, and what holds for every fetch: who asks, how many at once per host, how long in all."""

    shows: tuple[Show, ...]
    contact: str | None = None
    keep: Mapping[str, float] = field(default_factory=dict)
    podcast: Mapping[str, str] = field(default_factory=dict)


def span(text: str) -> timedelta:
    """A length of time.

    >>> span("36h") == span("1.5d")
    True
    """
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([mhdw])\s*", text)
    if not found:
        raise ConfigError(f"{text!r} is no length of time: write 90m, 24h, 7d or 2w")
    return timedelta(**{SPANS[found[2]]: float(found[1])})


def of_sources(sources: Sequence[str], settings: Settings, style: str) -> Manifest:
    """What is named on the command line, as one show."""
    chosen: ShowStyle = "bulletin" if style == "bulletin" else "article"
    stories = STORIES["bulletin"] if chosen == "bulletin" else None
    return Manifest((Show("bulletins", tuple(sources), settings, chosen, stories),))


def load(path: Path, settings: Settings) -> Manifest:
    """The shows of a manifest, each with the file's plain settings below its own."""
    content = config.load(path)
    shows = content.get("shows")
    if not isinstance(shows, list) or not shows:
        raise ConfigError(f"{path}: has no [[shows]]: name at least one, with its feeds")
    plain = {key: value for key, value in content.items() if key not in config.TABLES}
    base = apply(settings, plain, str(path))
    return Manifest(
        tuple(show_of(table, base, path) for table in shows),
        contact=content.get("contact"),
        keep=known(content.get("keep", {}), KEEP_KEYS, f"{path}: [keep]"),
        podcast=known(content.get("podcast", {}), PODCAST_KEYS, f"{path}: [podcast]"),
    )


def known(table: Mapping[str, Any], names: set[str], where: str) -> Mapping[str, Any]:
    """The table, if it holds nothing but these names."""
    if unknown := sorted(set(table) - names):
        raise ConfigError(f"{where}: nothing is called {unknown[0]!r}; there are {', '.join(sorted(names))}")
    return table


def show_of(table: Mapping[str, Any], base: Settings, path: Path) -> Show:
    where = f"{path}: show {table.get('name', '(without a name)')!r}"
    feeds = table.get("feeds")
    if not isinstance(table.get("name"), str) or not isinstance(feeds, list) or not feeds:
        raise ConfigError(f'{where}: needs a name and feeds = ["…"]')
    style = table.get("style", "article")
    if style not in {"article", "bulletin"}:
        raise ConfigError(f"{where}: style is article or bulletin")
    rest = {key: value for key, value in table.items() if key not in OWN_KEYS}
    return Show(
        name=table["name"],
        sources=tuple(located(str(feed), path.parent) for feed in feeds),
        settings=apply(base, rest, where),
        style=style,
        stories=int(table.get("stories", STORIES[style])),
        max_age=span(str(table["max_age"])) if "max_age" in table else None,
        include=patterns(table.get("include", ()), where),
        exclude=patterns(table.get("exclude", ()), where),
        format=str(table.get("format", "mp3")),
    )


def located(source: str, folder: Path) -> str:
    """Files and folders are named from the manifest's own folder."""
    return source if re.match(r"https?:", source) else str(folder / source)


def patterns(texts: Sequence[str], where: str) -> tuple[re.Pattern[str], ...]:
    try:
        return tuple(re.compile(text, re.IGNORECASE) for text in texts)
    except re.error as error:
        raise ConfigError(f"{where}: a filter is no regular expression: {error}") from error


def apply(settings: Settings, table: Mapping[str, Any], where: str) -> Settings:
    """Settings with a table's values above them."""
    options = known(table, {option.name for option in dataclasses.fields(Settings)}, where)
    values = {key: tuned(key, value) for key, value in options.items()}
    return dataclasses.replace(settings, **values)


def tuned(key: str, value: Any) -> Any:
    """A value of TOML as Settings holds it."""
    if key == "loudness":
        return config.loudness(str(value))
    return Path(value) if key == "lexicon" else value
