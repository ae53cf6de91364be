"""Room 6: hand it over. `write` puts the audio and what stands beside it in place, all or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletin.mix import limit, measure
from bulletin.mix.loudness import integrated, true_peak
from bulletin.publish.captions import vtt
from bulletin.publish.encoding import check_bitrate, decode, encode, format_of
from bulletin.publish.files import Staging, explained, refuse
from bulletin.publish.tags import facts_of, ffmetadata, tag

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from bulletin.model import Bulletin, Loudness

ENCODINGS = 6  # attempts at most to bring a codec's overshoot under the ceiling
LEVEL_TOLERANCE = 0.1  # LU by which an encoder may change the level


@dataclass(frozen=True, slots=True)
class Published:
    """What was written, the audio first, and how loud the audio file is when it is decoded."""

    files: tuple[Path, ...]
    loudness: Loudness
    seconds: float


def _vtt(bulletin: Bulletin, audio: Path) -> bytes:
    return vtt(bulletin.cues).encode()


BESIDE: dict[str, Callable[[Bulletin, Path], bytes]] = {
    ".vtt": _vtt,
}
DEFAULT_BESIDE = (".vtt",)


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


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the audio is to be encoded, and the peak in dBTP that its decoded sound may have."""

    bitrate: int = 128
    variable: bool = False
    peak: float = -1.0


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
        decoded = decode(target)
        missing, over = wanted - integrated(decoded, rate), true_peak(decoded) - how.peak
        if over <= 0 and abs(missing) <= LEVEL_TOLERANCE:
            break
        gain += missing
        ceiling -= over + 0.05 if over > 0 else 0.0
    return measure(decoded, rate), decoded.size / rate


def write(
    bulletin: Bulletin,
    path: Path,
    *,
    bitrate: int = 128,
    variable: bool = False,
    peak: float = -1.0,
    force: bool = False,
    beside: Sequence[str] = DEFAULT_BESIDE,
) -> Published:
    """The whole set of files under their final names, or none of them and an OutputError."""
    check(path, bitrate=bitrate, force=force, beside=beside)
    facts = facts_of(bulletin)
    with Staging() as staging:
        for suffix in beside:
            staging.write(path.with_suffix(suffix), BESIDE[suffix](bulletin, path))
        chapters = staging.scratch(path, ".chapters", ffmetadata(facts.chapters).encode())
        target = staging.path(path)
        loudness, seconds = _encode_under(bulletin, target, chapters, Encoding(bitrate, variable, peak))
        with explained(path):
            tag(target, facts)
        *rest, audio = staging.commit()
    return Published((audio, *rest), loudness, seconds)


__all__ = ["BESIDE", "DEFAULT_BESIDE", "Published", "check", "places", "write"]
