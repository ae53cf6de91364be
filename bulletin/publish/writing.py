"""The audio file and the files beside it: made under temporary names, then put in place together."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletin.mix import limit
from bulletin.mix.decoding import ffmpeg
from bulletin.mix.loudness import integrated, measure
from bulletin.publish.encoding import check_bitrate, encode, format_of
from bulletin.publish.files import Staging, explained, refuse

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
    from bulletin.publish.epub import AUDIO_TYPES, epub

    suffix = audio.final.suffix.lower()
    staged = audio.staged
    if suffix not in AUDIO_TYPES:
        suffix = ".mp3"
        staged = staging.scratch(audio.final, suffix, b"")
        _encode_under(bulletin, staged, None, Encoding())
    return epub(bulletin, staged.read_bytes(), suffix, audio.cover)


BESIDE = (".vtt", ".srt", ".transcript.txt", ".transcript.html", ".chapters.json", ".page.html", ".epub")
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


def _encode_under(
    bulletin: Bulletin, target: Path, chapters: Path | None, how: Encoding
) -> tuple[Loudness, float]:
    """Encodes and measures what is heard; once more where the codec overshot or changed the level."""
    known = bulletin.mastered
    wanted = known.loudness if known else integrated(bulletin.samples, bulletin.rate)
    ceiling = min(how.peak, known.ceiling) if known else how.peak
    samples, gain, boost = bulletin.samples, 0.0, format_of(target).boost
    for attempt in range(ENCODINGS):
        if attempt or not known or known.ceiling > ceiling:
            samples = limit(_louder(bulletin.samples, gain), bulletin.rate, ceiling)
        heard = encode(
            _louder(samples, boost),
            bulletin.rate,
            target,
            bitrate=how.bitrate,
            variable=how.variable,
            chapters=chapters,
        )
        found = measure(heard.samples, heard.rate)
        missing, over = wanted - found.integrated, found.true_peak - how.peak
        if over <= 0 and abs(missing) <= LEVEL_TOLERANCE:
            break
        gain += missing
        ceiling -= over + 0.05 if over > 0 else 0.0
    return found, heard.samples.size / heard.rate


def _louder(samples: Samples, gain: float) -> Samples:
    """By decibels."""
    return (samples * 10 ** (gain / 20)).astype("float32", copy=False) if gain else samples


def _chapters(bulletin: Bulletin, path: Path, staging: Staging) -> Path | None:
    """The chapters as the encoder wants them, for the formats in which it writes them itself."""
    if format_of(path).container != "ipod":
        return None
    from bulletin.publish.tags import ffmetadata

    return staging.scratch(path, ".chapters", ffmetadata(bulletin.chapters).encode())


def _texts(bulletin: Bulletin, path: Path, beside: Sequence[str]) -> dict[str, str]:
    """The files beside the audio that don't need it, by their endings."""
    from bulletin.publish.captions import srt, vtt
    from bulletin.publish.pages import page, transcript_html, transcript_text
    from bulletin.publish.podcasting import chapters_json

    writers: dict[str, Callable[[], str]] = {
        ".vtt": lambda: vtt(bulletin.cues),
        ".srt": lambda: srt(bulletin.cues),
        ".transcript.txt": lambda: transcript_text(bulletin),
        ".transcript.html": lambda: transcript_html(bulletin),
        ".chapters.json": lambda: chapters_json(bulletin),
        ".page.html": lambda: page(bulletin, path),
    }
    return {suffix: writers[suffix]() for suffix in beside if suffix in writers}


def get_ready() -> None:
    """Find ffmpeg, and import what `write` needs for texts and pictures: best while something else is waited
    for. OutputError where there is no ffmpeg."""
    from bulletin.publish import captions, cover, pages, podcasting, tags  # noqa: F401  # only to have them

    ffmpeg()


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
    with Staging() as staging, ThreadPoolExecutor(1) as encoder, explained(path):
        staged = staging.path(path)
        chapters = _chapters(bulletin, path, staging)
        how = Encoding(bitrate, variable, peak)
        encoding = encoder.submit(_encode_under, bulletin, staged, chapters, how)
        from bulletin.publish.cover import cover  # what isn't sound is imported while the encoder runs
        from bulletin.publish.tags import facts_of, tag

        audio = Audio(path, staged, cover(bulletin))
        texts = _texts(bulletin, path, beside)
        loudness, seconds = encoding.result()
        tag(staged, facts_of(bulletin, audio.cover))
        for suffix in beside:
            text = texts.get(suffix)
            content = _book(bulletin, audio, staging) if text is None else text.encode()
            staging.write(path.with_suffix(suffix), content)
        return Published(staging.commit(), loudness, seconds)
