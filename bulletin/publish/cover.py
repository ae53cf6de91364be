"""The cover: the one that is given, or one drawn from title, station and date."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont
from PIL.ImageFont import FreeTypeFont

from bulletin.errors import UsageError
from bulletin.publish.pages import date_words
from bulletin.publish.tags import image_type

if TYPE_CHECKING:
    from bulletin.model import Bulletin

SIDE, MARGIN = 1400, 130  # pixels; podcast directories ask for 1400 at least
INKS = ("#173f5f", "#3b2f63", "#5c2a3e", "#1f4d3a", "#6b3a14", "#2d3a45")  # grounds on which white is read
LARGEST, SMALLEST = 150, 60  # size of the title's letters
BIGGEST_FILE = 10 << 20  # bytes
FACE = Path(__file__).parent / "fonts" / "Inter-SemiBold.otf"


def font(size: int) -> FreeTypeFont:
    """Inter, which comes along: covers look alike everywhere. Pillow's own face has no accents."""
    return ImageFont.truetype(str(FACE), size)


def _lines(text: str, face: FreeTypeFont, width: float) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and face.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _fitted(text: str, width: int, height: int) -> tuple[FreeTypeFont, list[str], int]:
    """The largest letters in which the text fits, its lines and their height; too much text is cut."""
    for size in range(LARGEST, SMALLEST - 1, -6):
        face, leading = font(size), round(size * 1.22)
        lines = _lines(text, face, width)
        if len(lines) * leading <= height and all(face.getlength(line) <= width for line in lines):
            break
    room = height // leading
    if len(lines) > room:
        lines = [*lines[: room - 1], f"{lines[room - 1]}…"]
    return face, [_narrowed(line, face, width) for line in lines], leading


def _narrowed(line: str, face: FreeTypeFont, width: int) -> str:
    while len(line) > 2 and face.getlength(line) > width:
        line = line[:-2].rstrip("…") + "…"
    return line


def drawn(title: str, station: str | None = None, day: str = "") -> bytes:
    """A PNG of 1400 by 1400. The ground's colour follows from the station, so that its covers match."""
    ink = INKS[hashlib.sha256((station or "bulletin").encode()).digest()[0] % len(INKS)]
    image = Image.new("RGB", (SIDE, SIDE), ink)
    draw = ImageDraw.Draw(image)
    width = SIDE - 2 * MARGIN
    _wave(draw)
    face, lines, leading = _fitted(title, width, 760)
    for number, line in enumerate(lines):
        draw.text((MARGIN, 330 + number * leading), line, font=face, fill="white")
    if station:
        small = font(58)
        draw.text((MARGIN, MARGIN), _narrowed(station, small, width), font=small, fill="#ffffff")
    draw.text((MARGIN, SIDE - MARGIN - 52), day, font=font(52), fill="#e9e4da")
    buffer = io.BytesIO()
    _in_few_colours(image).save(buffer, "PNG")
    return buffer.getvalue()


def _in_few_colours(image: Image.Image) -> Image.Image:
    """Chosen from every fourth pixel, which takes a tenth of the time and moves none by more than a shade."""
    palette = image.resize((SIDE // 4, SIDE // 4), Image.Resampling.NEAREST).quantize(64)
    return image.quantize(palette=palette, dither=Image.Dither.NONE)


def _wave(draw: ImageDraw.ImageDraw) -> None:
    """A row of bars, as sound is drawn: the only ornament."""
    heights = (18, 34, 56, 40, 70, 52, 28, 44, 62, 36, 22, 12)
    for number, height in enumerate(heights):
        left = MARGIN + number * 26
        draw.rounded_rectangle((left, 260 - height / 2, left + 11, 260 + height / 2), 5, fill="#ffd9a0")


def cover(bulletin: Bulletin) -> bytes:
    """PNG or JPEG. UsageError where the file that is given is no such picture."""
    if bulletin.cover is None:
        return drawn(bulletin.title, bulletin.station, date_words(bulletin.date, bulletin.language))
    content = _read(bulletin.cover)
    if image_type(content) is None:
        raise UsageError(f"{bulletin.cover} is no cover: it has to be a PNG or a JPEG")
    return content


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > BIGGEST_FILE:
            raise UsageError(f"{path} is no cover: it is larger than {BIGGEST_FILE >> 20} MiB")
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"the cover {path} can't be read: {error.strerror}") from error
