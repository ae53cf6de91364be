"""An EPUB 3 with media overlays: every sentence is lit while it is heard, in any reading system that can."""

from __future__ import annotations

import io
import re
import uuid
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bulletin.publish.pages import environment, facts, sentences
from bulletin.publish.reading import Story
from bulletin.publish.tags import clock, image_type

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin.model import Bulletin

EPOCH = (1980, 1, 1, 0, 0, 0)  # of every entry, so that the same bulletin makes the same file
AUDIO_TYPES = {".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".m4b": "audio/mp4"}
CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


@dataclass(frozen=True, slots=True)
class Timed:
    """A sentence and the stretch of sound that belongs to it, the pause behind it included."""

    number: int
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Part:
    """One document of the book and its overlay."""

    number: int
    name: str
    story: Story
    clips: tuple[Timed, ...]
    last: bool

    @property
    def language(self) -> str:
        return self.story.language

    @property
    def seconds(self) -> float:
        return sum(round(clip.end, 3) - round(clip.start, 3) for clip in self.clips)


def _clips(told: Sequence[Story], seconds: float) -> list[tuple[Timed, ...]]:
    """Per story. A sentence's sound lasts until the next one's, so that pauses are heard."""
    everything = sentences(told)
    ends = [*(sentence.start for sentence in everything[1:]), seconds]
    starts = [0.0, *ends[:-1]]
    timed = {
        sentence.number: Timed(sentence.number, start, end)
        for sentence, start, end in zip(everything, starts, ends, strict=True)
    }
    return [tuple(timed[sentence.number] for sentence in sentences([story])) for story in told]


def _name(story: Story, index: int, words: dict[str, Any]) -> str:
    if story.title:
        return story.title.text
    if story.script is None:
        return str(words["opening"] if index == 0 else words["closing"])
    return story.script.title or " ".join(story.blocks[0].text.split()[:8]) + "…"


def parts(bulletin: Bulletin, words: dict[str, Any]) -> list[Part]:
    told = words["stories"]
    clips = _clips(told, bulletin.samples.size / bulletin.rate)
    last = len(told) - 1
    return [
        Part(number, _name(story, number, words), story, timed, number == last)
        for number, (story, timed) in enumerate(zip(told, clips, strict=True))
    ]


def _modified(bulletin: Bulletin) -> str:
    day = (bulletin.date or "")[:10]
    return f"{day if re.fullmatch(r'[0-9]{4}-[0-9]{2}-[0-9]{2}', day) else '1980-01-01'}T00:00:00Z"


def _identifier(bulletin: Bulletin) -> str:
    """The same bulletin is the same book."""
    said = "\n".join([bulletin.title, bulletin.date or "", *(cue.utterance.text for cue in bulletin.cues)])
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, said)}"


def epub(bulletin: Bulletin, audio: bytes, suffix: str, cover: bytes) -> bytes:
    """The whole book. `audio` is a file in a format that reading systems know, by its `suffix`."""
    words = facts(bulletin)
    known = {
        **words,
        "parts": parts(bulletin, words),
        "seconds": bulletin.samples.size / bulletin.rate,
        "identifier": _identifier(bulletin),
        "modified": _modified(bulletin),
        "day": (bulletin.date or "")[:10],
        "audio_name": f"audio{suffix}",
        "audio_type": AUDIO_TYPES[suffix],
        "cover_name": "cover.jpg" if image_type(cover) == "image/jpeg" else "cover.png",
        "cover_type": image_type(cover),
    }
    templates = environment(bulletin.language)
    templates.filters["smil"] = clock

    def filled(name: str, **more: object) -> bytes:
        return templates.get_template(name).render(known, **more).encode()

    files = {
        "META-INF/container.xml": CONTAINER.encode(),
        "EPUB/package.opf": filled("package.opf.jinja"),
        "EPUB/nav.xhtml": filled("nav.xhtml.jinja"),
        "EPUB/style.css": filled("epub.css.jinja"),
        f"EPUB/{known['cover_name']}": cover,
    }
    for part in known["parts"]:
        files[f"EPUB/part{part.number}.xhtml"] = filled("part.xhtml.jinja", part=part)
        files[f"EPUB/part{part.number}.smil"] = filled("part.smil.jinja", part=part)
    return _zipped(files, f"EPUB/audio{suffix}", audio)


def _zipped(files: dict[str, bytes], audio_name: str, audio: bytes) -> bytes:
    """The mimetype first and bare, as readers look for it; sound is not compressed twice."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as book:
        book.writestr(zipfile.ZipInfo("mimetype", EPOCH), b"application/epub+zip", zipfile.ZIP_STORED)
        for name, content in files.items():
            book.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)
        book.writestr(zipfile.ZipInfo(audio_name, EPOCH), audio, zipfile.ZIP_STORED)
    return buffer.getvalue()
