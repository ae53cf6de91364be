"""What an audio file says of itself: title, station, date, language, chapters, cover, synthetic voices."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mutagen.flac import FLAC, Picture
from mutagen.id3 import (
    APIC,
    CHAP,
    COMM,
    CTOC,
    ID3,
    TALB,
    TCON,
    TDRC,
    TIT2,
    TLAN,
    TPE1,
    TXXX,
    WXXX,
    CTOCFlags,
    PictureType,
)
from mutagen.mp3 import MP3
from mutagen.mp4 import MP4, AtomDataType, MP4Cover, MP4FreeForm
from mutagen.oggopus import OggOpus
from mutagen.wave import WAVE

from bulletin.model import Chapter
from bulletin.publish.wording import wording

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bulletin.model import Bulletin

ISO_639_2 = {"fr": "fra", "en": "eng"}
MARK = "AI-generated"
UTF_16 = 1  # the only Unicode that ID3v2.3 knows
IMAGES = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg"}


@dataclass(frozen=True, slots=True)
class Facts:
    """What every kind of tag is made from."""

    title: str
    station: str
    album: str
    language: str
    comment: str
    date: str | None
    chapters: tuple[Chapter, ...]
    cover: bytes | None


def facts_of(bulletin: Bulletin, cover: bytes | None = None) -> Facts:
    words = wording(bulletin.language)
    station = bulletin.station or "bulletin"
    return Facts(
        title=bulletin.title,
        station=station,
        album=station,
        language=ISO_639_2.get(bulletin.language, "und"),
        comment=words["disclosure"],
        date=bulletin.date,
        chapters=bulletin.chapters,
        cover=cover,
    )


def image_type(content: bytes) -> str | None:
    """image/png or image/jpeg by the first bytes; None for anything else."""
    return next((kind for start, kind in IMAGES.items() if content.startswith(start)), None)


def chapter_image(chapter: Chapter) -> bytes | None:
    """The chapter's own picture where it is a file here; a web address is left to the chapters' JSON."""
    if not chapter.image or "://" in chapter.image or not Path(chapter.image).is_file():
        return None
    content = Path(chapter.image).read_bytes()
    return content if image_type(content) else None


def _picture(content: bytes, kind: PictureType) -> APIC:
    return APIC(encoding=0, mime=image_type(content) or "image/png", type=kind, desc="", data=content)


def _chapter_frame(number: int, chapter: Chapter) -> CHAP:
    frames = [TIT2(encoding=UTF_16, text=chapter.title)]
    if chapter.url:
        frames.append(WXXX(encoding=UTF_16, desc="chapter url", url=chapter.url))
    if image := chapter_image(chapter):
        frames.append(_picture(image, PictureType.ILLUSTRATION))
    none = 0xFFFFFFFF  # times count, byte offsets don't
    return CHAP(
        element_id=f"chapter{number}",
        start_time=round(chapter.start * 1000),
        end_time=round(chapter.end * 1000),
        start_offset=none,
        end_offset=none,
        sub_frames=frames,
    )


def _contents(facts: Facts) -> CTOC:
    return CTOC(
        element_id="toc",
        flags=CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED,
        child_element_ids=[f"chapter{number}" for number, _ in enumerate(facts.chapters)],
        sub_frames=[TIT2(encoding=UTF_16, text=facts.title)],
    )


def _fill_id3(tags: ID3, facts: Facts) -> None:
    tags.add(TIT2(encoding=UTF_16, text=facts.title))
    tags.add(TPE1(encoding=UTF_16, text=facts.station))
    tags.add(TALB(encoding=UTF_16, text=facts.album))
    tags.add(TCON(encoding=UTF_16, text="News"))
    tags.add(TLAN(encoding=0, text=facts.language))
    tags.add(COMM(encoding=UTF_16, lang=facts.language, desc="", text=facts.comment))
    tags.add(TXXX(encoding=UTF_16, desc=MARK, text="yes"))
    if facts.date:
        tags.add(TDRC(encoding=0, text=facts.date))
    if facts.chapters:
        tags.add(_contents(facts))
    for number, chapter in enumerate(facts.chapters):
        tags.add(_chapter_frame(number, chapter))
    if facts.cover:
        tags.add(_picture(facts.cover, PictureType.COVER_FRONT))
    tags.update_to_v23()


def _tag_mp3(path: Path, facts: Facts) -> None:
    file = MP3(path)
    file.add_tags()
    _fill_id3(file.tags, facts)
    file.save(v1=0, v2_version=3)  # players break on chapters in v2.4


def _tag_wav(path: Path, facts: Facts) -> None:
    file = WAVE(path)
    file.add_tags()
    _fill_id3(file.tags, facts)
    file.save(v2_version=3)


def ffmetadata(chapters: Sequence[Chapter]) -> str:
    """Chapters in ffmpeg's own format, for the containers whose chapters it writes.

    >>> print(ffmetadata([Chapter(0, 1.5, "Un = deux; #3")]))
    ;FFMETADATA1
    [CHAPTER]
    TIMEBASE=1/1000
    START=0
    END=1500
    title=Un \\= deux\\; \\#3
    <BLANKLINE>
    """
    lines = [";FFMETADATA1"]
    for chapter in chapters:
        title = re.sub(r"([=;#\\\n])", r"\\\1", chapter.title)
        times = f"START={round(chapter.start * 1000)}\nEND={round(chapter.end * 1000)}"
        lines.append(f"[CHAPTER]\nTIMEBASE=1/1000\n{times}\ntitle={title}")
    return "\n".join(lines) + "\n"


def _tag_mp4(path: Path, facts: Facts) -> None:
    """Chapters are in the file already: ffmpeg writes them, mutagen only reads them here."""
    file = MP4(path)
    tags: dict[str, Any] = {
        "\xa9nam": [facts.title],
        "\xa9ART": [facts.station],
        "\xa9alb": [facts.album],
        "\xa9gen": ["News"],
        "\xa9cmt": [facts.comment],
        f"----:com.apple.iTunes:{MARK}": [MP4FreeForm(b"yes", AtomDataType.UTF8)],
        "----:com.apple.iTunes:LANGUAGE": [MP4FreeForm(facts.language.encode(), AtomDataType.UTF8)],
    }
    if facts.date:
        tags["\xa9day"] = [facts.date]
    if facts.cover:
        png = image_type(facts.cover) == "image/png"
        tags["covr"] = [MP4Cover(facts.cover, MP4Cover.FORMAT_PNG if png else MP4Cover.FORMAT_JPEG)]
    if file.tags is None:
        file.add_tags()
    file.tags.update(tags)
    file.save()


def clock(seconds: float) -> str:
    """Hours, minutes, seconds and milliseconds.

    >>> clock(3725.5)
    '01:02:05.500'
    """
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"


def _vorbis(facts: Facts) -> dict[str, str]:
    comments = {
        "TITLE": facts.title,
        "ARTIST": facts.station,
        "ALBUM": facts.album,
        "GENRE": "News",
        "LANGUAGE": facts.language,
        "COMMENT": facts.comment,
        MARK.upper(): "yes",
    }
    if facts.date:
        comments["DATE"] = facts.date
    for number, chapter in enumerate(facts.chapters, 1):
        comments[f"CHAPTER{number:03}"] = clock(chapter.start)
        comments[f"CHAPTER{number:03}NAME"] = chapter.title
        if chapter.url:
            comments[f"CHAPTER{number:03}URL"] = chapter.url
    return comments


def _block(content: bytes) -> Picture:
    picture = Picture()
    picture.type, picture.data = PictureType.COVER_FRONT, content
    picture.mime = image_type(content) or "image/png"
    return picture


def _tag_flac(path: Path, facts: Facts) -> None:
    file = FLAC(path)
    if file.tags is None:
        file.add_tags()
    file.tags.update(_vorbis(facts))
    if facts.cover:
        file.add_picture(_block(facts.cover))
    file.save()


def _tag_opus(path: Path, facts: Facts) -> None:
    file = OggOpus(path)
    file.tags.update(_vorbis(facts))
    if facts.cover:
        file.tags["METADATA_BLOCK_PICTURE"] = b64encode(_block(facts.cover).write()).decode("ascii")
    file.save()


WRITERS: dict[str, Callable[[Path, Facts], None]] = {
    ".mp3": _tag_mp3,
    ".wav": _tag_wav,
    ".m4a": _tag_mp4,
    ".m4b": _tag_mp4,
    ".flac": _tag_flac,
    ".opus": _tag_opus,
}


def tag(path: Path, facts: Facts) -> None:
    """Writes the tags that the file's format has."""
    WRITERS[path.suffix.lower()](path, facts)
