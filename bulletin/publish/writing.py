"""The audio file and the files beside it: made under temporary names, then put in place together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from bulletin.errors import OutputError
from bulletin.mix import limit, measure
from bulletin.mix.decoding import DecodingError, decode
from bulletin.mix.loudness import integrated
from bulletin.publish.captions import srt, vtt
from bulletin.publish.cover import cover
from bulletin.publish.encoding import check_bitrate, encode, format_of
from bulletin.publish.epub import AUDIO_TYPES, epub
from bulletin.publish.files import Staging, explained, refuse
from bulletin.publish.pages import page, transcript_html, transcript_text
from bulletin.publish.podcasting import chapters_json
from bulletin.publish.tags import facts_of, ffmetadata, tag

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from bulletin.model import Bulletin, Loudness, Samples

ENCODINGS = 6  # attempts at most to bring a codec's overshoot under the ceiling
LEVEL_TOLERANCE = 0.1  # LU by which an encoder may change the level


@dataclass(frozen=True, slots=True)
class Published:
    """What was written, the audio first, and how loud the audio file is when it is decoded."""

    files: tuple[Path, ...]
    loudness: Loudness
    seconds: float


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the audio is to be encoded, and the peak in dBTP that its decoded sound may have.

    Half a decibel below the promised -1 dBTP, because meters differ by their filters.
    """

    bitrate: int = 128
    variable: bool = False
    peak: float = -1.5


@dataclass(frozen=True, slots=True)
class Audio:
    """The audio file under its final name, and where it lies until then."""

    final: Path
    staged: Path
    cover: bytes


def _book(bulletin: Bulletin, audio: Audio, staging: Staging) -> bytes:
    """The EPUB holds the sound itself, as MP3 where reading systems don't know the file's own format."""
    suffix = audio.final.suffix.lower()
    staged = audio.staged
    if suffix not in AUDIO_TYPES:
        suffix = ".mp3"
        staged = staging.scratch(audio.final, suffix, b"")
        _encode_under(bulletin, staged, None, Encoding())
    return epub(bulletin, staged.read_bytes(), suffix, audio.cover)


def _text(write_text: Callable[[Bulletin], str], bulletin: Bulletin, audio: Audio, staging: Staging) -> bytes:
    return write_text(bulletin).encode()


def _page(bulletin: Bulletin, audio: Audio, staging: Staging) -> bytes:
    return page(bulletin, audio.final).encode()


BESIDE: dict[str, Callable[[Bulletin, Audio, Staging], bytes]] = {
    ".vtt": partial(_text, lambda bulletin: vtt(bulletin.cues)),
    ".srt": partial(_text, lambda bulletin: srt(bulletin.cues)),
    ".transcript.txt": partial(_text, transcript_text),
    ".transcript.html": partial(_text, transcript_html),
    ".chapters.json": partial(_text, chapters_json),
    ".page.html": _page,
    ".epub": _book,
}
DEFAULT_BESIDE = (".vtt", ".chapters.json", ".page.html")


def places(path: Path, beside: Sequence[str] = DEFAULT_BESIDE) -> tuple[Path, ...]:
    """The audio file and every file beside it."""
    return (path, *(path.with_suffix(suffix) for suffix in beside))


def check(
    path: Path, *, bitrate: int = 128, force: bool = False, beside: Sequence[str] = DEFAULT_BESIDE
) -> tuple[Path, ...]:
    """Everything that can be known to go wrong before minutes of work: UsageError or OutputError."""
    check_bitrate(format_of(path), bitrate)
    refuse(places(path, beside), force=force)
    return places(path, beside)


def _decoded(path: Path) -> Samples:
    try:
        return decode(path)
    except DecodingError as error:
        raise OutputError(f"{path} was written but can't be decoded: {error}") from error


def _encode_under(
    bulletin: Bulletin, target: Path, chapters: Path | None, how: Encoding
) -> tuple[Loudness, float]:
    """Encodes, decodes, measures; once more where the codec overshot or changed the level."""
    wanted, gain, ceiling = integrated(bulletin.samples, bulletin.rate), format_of(target).boost, how.peak
    for _ in range(ENCODINGS):
        samples = limit((bulletin.samples * 10 ** (gain / 20)).astype("float32"), bulletin.rate, ceiling)
        rate = encode(
            samples, bulletin.rate, target, bitrate=how.bitrate, variable=how.variable, chapters=chapters
        )
        decoded = _decoded(target)
        found = measure(decoded, rate)
        missing, over = wanted - found.integrated, found.true_peak - how.peak
        if over <= 0 and abs(missing) <= LEVEL_TOLERANCE:
            break
        gain += missing
        ceiling -= over + 0.05 if over > 0 else 0.0
    return found, decoded.size / rate


def write(
    bulletin: Bulletin,
    path: Path,
    *,
    bitrate: int = 128,
    variable: bool = False,
    peak: float = -1.5,
    force: bool = False,
    beside: Sequence[str] = DEFAULT_BESIDE,
) -> Published:
    """The whole set of files under their final names, or none of them and an OutputError."""
    check(path, bitrate=bitrate, force=force, beside=beside)
    picture = cover(bulletin)
    facts = facts_of(bulletin, picture)
    with Staging() as staging, explained(path):
        audio = Audio(path, staging.path(path), picture)
        chapters = staging.scratch(path, ".chapters", ffmetadata(facts.chapters).encode())
        loudness, seconds = _encode_under(bulletin, audio.staged, chapters, Encoding(bitrate, variable, peak))
        tag(audio.staged, facts)
        for suffix in beside:
            staging.write(path.with_suffix(suffix), BESIDE[suffix](bulletin, audio, staging))
        return Published(staging.commit(), loudness, seconds)
