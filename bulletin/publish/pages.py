"""The read-along page and the transcripts, from their templates."""

from __future__ import annotations

import datetime
import re
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from babel.dates import format_date
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from bulletin.publish.reading import Block, Sentence, Story, stories
from bulletin.publish.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from bulletin.model import Bulletin


def minutes(seconds: float) -> str:
    """As a player shows it.

    >>> minutes(75.2), minutes(3675)
    ('1:15', '1:01:15')
    """
    whole = int(seconds)
    hours, rest = divmod(whole, 3600)
    tail = f"{rest % 60:02}"
    return f"{hours}:{rest // 60:02}:{tail}" if hours else f"{rest // 60}:{tail}"


def french_spaces(text: str) -> str:
    """No line begins with a mark that French sets apart, and none ends with an opening one.

    >>> french_spaces("L'été : « déjà ! »").count("\u00a0")
    4
    """
    return re.sub(r" (?=[:;!?»])|(?<=«) ", "\u00a0", text)


@cache
def environment(language: str) -> Environment:
    """The templates, and the filters that they use; whatever is filled in is escaped."""
    made = Environment(
        loader=PackageLoader("bulletin.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["minutes"] = minutes
    made.filters["set"] = french_spaces if language == "fr" else str
    made.filters["decimal"] = lambda text: text.replace(".", ",") if language == "fr" else text
    return made


def date_words(date: str | None, language: str) -> str:
    """The day as one writes it; whatever isn't an ISO date stays as it is.

    >>> date_words("2022-09-12", "fr")
    '12 septembre 2022'
    """
    try:
        return str(format_date(datetime.date.fromisoformat((date or "")[:10]), "long", locale=language))
    except ValueError:
        return date or ""


def facts(bulletin: Bulletin) -> dict[str, Any]:
    """What every template knows."""
    return {
        **wording(bulletin.language),
        "title": bulletin.title,
        "language": bulletin.language,
        "station": bulletin.station,
        "date_words": date_words(bulletin.date, bulletin.language),
        "stories": stories(bulletin),
    }


def _times(sentence: Sentence) -> list[Any]:
    """[start, end, [[start, end] of each word] or null] in seconds."""
    words = [[round(word.start, 2), round(word.end, 2)] for word in sentence.words]
    return [round(sentence.start, 3), round(sentence.end, 3), words if sentence.timed else None]


def sentences(told: Iterable[Story]) -> list[Sentence]:
    """All of them in the order in which they are heard."""
    return [
        sentence
        for story in told
        for block in ((story.title,) if story.title else ()) + story.blocks
        for run in block.runs
        for sentence in run.sentences
    ]


def page(bulletin: Bulletin, audio: Path) -> str:
    """The whole read-along page; it needs the audio file beside it and nothing else."""
    known = facts(bulletin)
    template = environment(bulletin.language).get_template("page.html.jinja")
    return template.render(
        **{**known, "chapters_word": known["chapters"], "chapters": bulletin.chapters},
        audio=Markup(quote(audio.name)),
        text_label=known["text"],
        times=[_times(sentence) for sentence in sentences(known["stories"])],
    )


def transcript_html(bulletin: Bulletin) -> str:
    template = environment(bulletin.language).get_template("transcript.html.jinja")
    return template.render(facts(bulletin))


def _plain(block: Block, words: dict[str, str]) -> str:
    """A paragraph on one line, its quotes in the language's marks, behind their speakers."""
    parts: list[str] = []
    for run in block.runs:
        text = "".join(
            ("" if item.clings or not i else " ") + item.text for i, item in enumerate(run.sentences)
        )
        named = f"{run.speaker}{words['says']}" if run.speaker else ""
        marked = f"{words['open']}{text}{words['close']}{run.tail}" if run.quote else text
        parts.append(("" if run.sentences[0].clings or not parts else " ") + named + marked)
    return "".join(parts)


def transcript_text(bulletin: Bulletin) -> str:
    """Plain text: an empty line between paragraphs, titles underlined."""
    words = wording(bulletin.language)
    day = date_words(bulletin.date, bulletin.language)
    parts = [bulletin.title, ", ".join(filter(None, (bulletin.station, day)))]
    for story in stories(bulletin):
        if story.title:
            parts.append(f"{story.title.text}\n{'-' * len(story.title.text)}")
        parts += [_plain(block, words) for block in story.blocks]
        if story.link:
            parts.append(f"{words['source']}{words['says']}{story.link}")
    return "\n\n".join(part for part in [*parts, words["disclosure"]] if part) + "\n"
