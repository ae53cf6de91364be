"""The programme around the articles: what is said and sounded before, between and after them.

plain     title, body, disclosure
article   title, short jingle, body, disclosure
bulletin  jingle, opening, headlines over a bed, then story after story with stings, closing
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from bulletin.errors import ConfigError
from bulletin.model import Script, Segment
from bulletin.resources import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from bulletin.config import Settings

SoundKind = Literal["jingle", "sting", "bed-start", "bed-end"]
OWN_WORDS = -1


@dataclass(frozen=True, slots=True)
class Words:
    """A script to be voiced: a story by its number, or the programme's own words (`OWN_WORDS`)."""

    script: Script
    story: int


@dataclass(frozen=True, slots=True)
class SoundMark:
    """A place where something that isn't speech sounds, begins or ends."""

    kind: SoundKind


Part = Words | SoundMark


def style_of(settings: Settings, articles: int) -> str:
    """One article is read as an article, several as a bulletin, unless the user says otherwise."""
    if settings.style != "auto":
        return settings.style
    return "article" if articles == 1 else "bulletin"


def compose(scripts: Sequence[Script], settings: Settings, now: datetime) -> list[Part]:
    """The programme's parts in order; every script is in it once."""
    style = style_of(settings, len(scripts))
    language = scripts[0].language
    wording = Wording(language, settings, now, scripts)
    parts = list(bulletin_parts(scripts, wording) if style == "bulletin" else story_parts(scripts, style))
    if settings.disclosure:
        parts += wording.say("closing" if style == "bulletin" else "disclosure")
    elif style == "bulletin":
        parts += wording.say("goodbye")
    return parts


def story_parts(scripts: Sequence[Script], style: str) -> Iterator[Part]:
    for number, script in enumerate(scripts):
        if number:
            yield SoundMark("sting")
        title, body = split_title(script)
        if title is None or style == "plain":
            yield Words(script, number)
        else:
            yield Words(title, number)
            yield SoundMark("jingle")
            yield Words(body, number)


def bulletin_parts(scripts: Sequence[Script], wording: Wording) -> Iterator[Part]:
    yield SoundMark("jingle")
    yield SoundMark("bed-start")
    yield from wording.say("opening")
    if len(scripts) > 1:
        for script in scripts:
            if script.title:
                yield from wording.say("headline", title=script.title)
    yield SoundMark("bed-end")
    for number, script in enumerate(scripts):
        yield SoundMark("sting")
        yield Words(script, number)


def title(scripts: Sequence[Script], settings: Settings, now: datetime) -> str:
    """What a programme of several articles is called; empty where the user's wording has no title."""
    return Wording(scripts[0].language, settings, now, scripts).text("title")


def announced(script: Script) -> Script:
    """The script with "Name :" by the narrator before a first quote whose speaker was not just named."""
    segments: list[Segment] = []
    heard: set[str] = set()
    for number, segment in enumerate(script.segments):
        speaker = segment.speaker
        if segment.role == "quote" and speaker and speaker.name not in heard:
            heard.add(speaker.name)
            around = script.segments[max(0, number - 1) : number + 2]
            told = " ".join(other.text for other in around if other.role != "quote")
            if speaker.name.split()[-1] not in told:
                segments.append(Segment("narration", f"{speaker.name} :", segment.paragraph))
        segments.append(segment)
    return replace(script, segments=tuple(segments))


def split_title(script: Script) -> tuple[Script | None, Script]:
    """The title alone and the rest, as two scripts; None where the article has no title."""
    first, rest = script.segments[0], script.segments[1:]
    if first.role != "headline" or first.paragraph != 0 or not rest:
        return None, script
    return replace(script, segments=(first,)), replace(script, segments=rest)


class Wording:
    """The programme's own sentences: Jinja2 templates in a TOML file per language, or the user's own file."""

    def __init__(self, language: str, settings: Settings, now: datetime, scripts: Sequence[Script]) -> None:
        self.language = language
        self.templates = read_wording(settings.station.wording or PACKAGE / "wording" / f"{language}.toml")
        self.facts = {
            "station": settings.station.name,
            "greeting": settings.station.greeting,
            "now": now,
            "articles": len(scripts),
        }

    def say(self, name: str, **facts: str) -> list[Part]:
        """The sentences of one template as a part; none where the template is empty."""
        text = self.text(name, **facts)
        if not text:
            return []
        segment = Segment("headline", text, 0)
        return [Words(Script(None, self.language, "", (segment,)), OWN_WORDS)]

    def text(self, name: str, **facts: str) -> str:
        """One template filled in, on one line."""
        from jinja2 import TemplateError
        from jinja2.sandbox import SandboxedEnvironment

        environment = SandboxedEnvironment(trim_blocks=True, autoescape=False)
        environment.filters["spoken_date"] = self.spoken_date
        environment.filters["spoken_time"] = self.spoken_time
        try:
            text = environment.from_string(self.templates.get(name, "")).render(**self.facts, **facts)
        except TemplateError as error:
            raise ConfigError(f"the wording {name!r} is no template: {error}") from error
        return " ".join(text.split())

    def spoken_date(self, now: datetime) -> str:
        """ "lundi 12 septembre": the normalizer says the rest."""
        from babel.dates import format_date

        day = now.strftime("%-d") if now.day != 1 or self.language != "fr" else "1er"
        weekday = str(format_date(now, "EEEE", locale=self.language))
        month = str(format_date(now, "MMMM", locale=self.language))
        return f"{weekday} {day} {month}"

    def spoken_time(self, now: datetime) -> str:
        """ "8 h 05" or "8:05": the normalizer says the rest."""
        if self.language == "fr":
            return f"{now.hour} h {now.minute:02d}" if now.minute else f"{now.hour} h"
        return f"{now.hour}:{now.minute:02d}"


def read_wording(path: Path) -> dict[str, str]:
    try:
        return {key: str(value) for key, value in tomllib.loads(path.read_text(encoding="utf-8")).items()}
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: no wording can be read from it: {error}") from error
