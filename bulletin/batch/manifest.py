"""Shows: which sources, how many stories, how new, what to leave out, and how it shall sound."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections import Counter
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
TEXT, TEXTS, NUMBER, WHOLE, SWITCH, TABLE = (
    "a text in quotes",
    'a list of texts: ["…"]',
    "a number, not below 0",
    "a whole number, at least 1",
    "true or false",
    "a table",
)
PODCAST = dict.fromkeys(("url", "title", "description", "author", "email", "language", "category"), TEXT)
KEEP = dict.fromkeys(("days", "count", "megabytes"), NUMBER)
OWN = {
    **dict.fromkeys(("name", "style", "max_age", "format"), TEXT),
    **dict.fromkeys(("feeds", "include", "exclude"), TEXTS),
    "stories": WHOLE,
}
SETTINGS = {
    **dict.fromkeys(("language", "cast", "lexicon", "style"), TEXT),
    **dict.fromkeys(("bitrate", "workers"), WHOLE),
    **dict.fromkeys(("variable", "cache", "force", "disclosure", "announce", "sidecars"), SWITCH),
    **dict.fromkeys(("pauses", "pins"), TABLE),
    "allow_private": SWITCH,
    "speed": NUMBER,
    "also": TEXTS,
    "loudness": "",  # it says itself what is wrong
}
FORMATS = ("mp3", "m4a", "m4b", "opus", "flac", "wav")


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

    @property
    def choice(self) -> str:
        """Changes when the show would choose other stories of the same feed."""
        filters = [[pattern.pattern for pattern in patterns] for patterns in (self.include, self.exclude)]
        told = (self.name, self.stories, self.max_age, *filters)
        return hashlib.sha256(repr(told).encode("utf-8", "replace")).hexdigest()


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
    """The shows of a manifest, each with the file's plain settings and station below its own.

    Files that it names are looked for from its own folder, wherever a timer starts the program.
    """
    content = config.load(path)
    shows = content.get("shows")
    if not isinstance(shows, list) or not shows or not all(isinstance(table, dict) for table in shows):
        raise ConfigError(f"{path}: has no [[shows]]: name at least one, with its feeds")
    plain = {key: value for key, value in content.items() if key in SETTINGS}
    base = apply(settings, plain, str(path), path.parent)
    if "station" in content:
        table = known({"station": content["station"]}, {"station": TABLE}, str(path))["station"]
        base = dataclasses.replace(base, station=config.station(table, path.parent))
    made = tuple(show_of(table, base, path) for table in shows)
    for name, times in Counter(show.name for show in made).items():
        if times > 1:
            raise ConfigError(f"{path}: {times} shows are called {name!r}: each needs a name of its own")
    return Manifest(
        made,
        contact=known({"contact": content.get("contact", "")}, {"contact": TEXT}, str(path))["contact"],
        keep=known(content.get("keep", {}), KEEP, f"{path}: [keep]"),
        podcast=known(content.get("podcast", {}), PODCAST, f"{path}: [podcast]"),
    )


def known(table: Any, kinds: Mapping[str, str], where: str) -> Mapping[str, Any]:
    """The table, if it is one and holds nothing but these keys, each with a value of its kind."""
    if not isinstance(table, dict):
        raise ConfigError(f"{where}: is not a table")
    for key, value in table.items():
        if key not in kinds:
            raise ConfigError(f"{where}: nothing is called {key!r}; there are {', '.join(sorted(kinds))}")
        if not is_of(kinds[key], value):
            raise ConfigError(f"{where}: {key} = {value!r} is not {kinds[key]}")
    return table


def is_of(kind: str, value: Any) -> bool:
    """Whether a value of TOML is of that kind.

    >>> is_of(WHOLE, 3), is_of(WHOLE, True), is_of(TEXTS, "a")
    (True, False, False)
    """
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return {
        TEXT: isinstance(value, str),
        TEXTS: isinstance(value, list) and all(isinstance(text, str) for text in value),
        NUMBER: number and value >= 0,
        WHOLE: number and isinstance(value, int) and value >= 1,
        SWITCH: isinstance(value, bool),
        TABLE: isinstance(value, dict),
    }.get(kind, True)


def show_of(table: Mapping[str, Any], base: Settings, path: Path) -> Show:
    where = f"{path}: show {table.get('name', '(without a name)')!r}"
    known(table, SETTINGS | OWN, where)
    if not table.get("name") or not table.get("feeds"):
        raise ConfigError(f'{where}: needs a name and feeds = ["…"]')
    style, extension = table.get("style", "article"), table.get("format", "mp3")
    if style not in STORIES:
        raise ConfigError(f"{where}: style is article or bulletin")
    if extension not in FORMATS:
        raise ConfigError(f"{where}: format = {extension!r} is none of {', '.join(FORMATS)}")
    rest = {key: value for key, value in table.items() if key not in OWN}
    return Show(
        name=table["name"],
        sources=tuple(located(feed, path.parent) for feed in table["feeds"]),
        settings=apply(base, rest, where, path.parent),
        style=style,
        stories=table.get("stories", STORIES[style]),
        max_age=age(table["max_age"], where) if "max_age" in table else None,
        include=patterns(table.get("include", ()), where),
        exclude=patterns(table.get("exclude", ()), where),
        format=extension,
    )


def age(text: str, where: str) -> timedelta:
    try:
        return span(text)
    except ConfigError as error:
        raise ConfigError(f"{where}: max_age: {error}") from None


def located(source: str, folder: Path) -> str:
    """Files and folders are named from the manifest's own folder."""
    return source if re.match(r"https?:", source) else str(folder / source)


def patterns(texts: Sequence[str], where: str) -> tuple[re.Pattern[str], ...]:
    try:
        return tuple(re.compile(text, re.IGNORECASE) for text in texts)
    except re.error as error:
        raise ConfigError(f"{where}: a filter is no regular expression: {error}") from error


def apply(settings: Settings, table: Mapping[str, Any], where: str, folder: Path) -> Settings:
    """Settings with a table's values above them."""
    values = {key: tuned(key, value, folder) for key, value in known(table, SETTINGS, where).items()}
    return dataclasses.replace(settings, **values)


def tuned(key: str, value: Any, folder: Path) -> Any:
    """A value of TOML as Settings holds it."""
    if key == "loudness":
        return config.loudness(str(value))
    if key == "lexicon":
        return folder / value
    if key == "cast" and value.endswith(".toml"):
        return str(folder / value)
    return tuple(value) if key == "also" else value
