"""Samples to an audio file, with the ffmpeg that imageio-ffmpeg brings."""

from __future__ import annotations

import io
import os
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import soxr

from bulletin.errors import OutputError, UsageError
from bulletin.mix.decoding import ffmpeg
from bulletin.model import Clip
from bulletin.publish.files import REASONS, explained

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from bulletin.model import Samples

with warnings.catch_warnings():  # it looks for an ffmpeg on PATH at import, and warns; ours is set below
    warnings.simplefilter("ignore")
    from pydub import AudioSegment
    from pydub.exceptions import CouldntEncodeError


@dataclass(frozen=True, slots=True)
class Format:
    """An audio format by its extension: ffmpeg's names, the rates it takes (Hz), the bitrates (kbit/s)."""

    container: str
    codec: str
    rates: tuple[int, ...] = ()
    bitrates: range | tuple[int, ...] = ()
    variable: tuple[str, ...] = ()
    constant: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    boost: float = 0.0  # dB that the encoder is known to take away


MPEG_2_RATES = (16000, 22050, 24000)  # half rates: at most 160 kbit/s
MPEG_1_RATES = (32000, 44100, 48000)
MP3_BITRATES = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
AAC_RATES = (16000, 22050, 24000, 32000, 44100, 48000)
NO_SHAPING = ("-compression_level", "7")
"""LAME without noise shaping, which gives bits back that a constant bitrate spends anyway. One voice has more
than it needs: at 128 kbit/s and 24 kHz its noise is 8 to 13 dB lower in every band this way, and it takes
half the time; from 64 kbit/s on the noise is lower in every band."""
FORMATS = {
    ".mp3": Format(
        "mp3",
        "libmp3lame",
        MPEG_2_RATES + MPEG_1_RATES,
        MP3_BITRATES,
        variable=("-q:a", "4"),
        constant=NO_SHAPING,
        parameters=("-id3v2_version", "0"),
        boost=0.446,  # its presets scale by 0.95
    ),
    ".m4a": Format("ipod", "aac", AAC_RATES, range(16, 257), parameters=("-movflags", "+faststart")),
    ".m4b": Format(
        "ipod", "aac", AAC_RATES, range(16, 257), parameters=("-movflags", "+faststart", "-brand", "M4B ")
    ),
    ".opus": Format("opus", "libopus", (48000,), range(8, 257), parameters=("-application", "audio")),
    ".flac": Format("flac", "flac", parameters=("-compression_level", "8")),
    ".wav": Format("wav", "pcm_s16le"),
}
REPEATABLE = ("-fflags", "+bitexact", "-flags:a", "+bitexact")


def format_of(path: Path) -> Format:
    """By extension; UsageError where it is none of ours."""
    found = FORMATS.get(path.suffix.lower())
    if found is None:
        known = ", ".join(FORMATS)
        raise UsageError(f"{path.name}: the extension says the format, and must be one of {known}")
    return found


def check_bitrate(kind: Format, bitrate: int) -> None:
    if kind.bitrates and bitrate not in kind.bitrates:
        listed = isinstance(kind.bitrates, tuple)
        ends = f"{kind.bitrates[0]} to {kind.bitrates[-1]}"
        choice = ", ".join(map(str, kind.bitrates)) if listed else ends
        raise UsageError(f"{bitrate} kbit/s is no bitrate of {kind.codec}: take {choice}")


def rate_for(kind: Format, rate: int, bitrate: int) -> int:
    """The programme's own rate where the format takes it, else the next that loses nothing."""
    rates = kind.rates
    if kind.container == "mp3" and bitrate > 160:
        rates = MPEG_1_RATES
    if not rates or rate in rates:
        return rate
    return min((known for known in rates if known > rate), default=max(rates))


def as_integers(samples: Samples) -> NDArray[np.int16]:
    """Rounded to 16 bits, the largest value never wrapped around."""
    scaled = samples * np.float32(32767)
    np.clip(np.rint(scaled, out=scaled), -32768, 32767, out=scaled)
    return scaled.astype("<i2")


HEARD = "f32le"
"""How ffmpeg hands over what it decodes: as it is in memory here, values past full scale too."""


def _arguments(kind: Format, bitrate: int, variable: bool, chapters: Path | None) -> list[str]:
    """For ffmpeg, behind its first input: inputs come first, then what shapes the output."""
    chapters = chapters if kind.container == "ipod" else None  # the others' chapters are tags
    inputs = ["-f", "ffmetadata", "-i", str(chapters)] if chapters else []
    mapping = ["-map", "0:a", "-map_chapters", "1" if chapters else "-1"]
    steady = ["-b:a", f"{bitrate}k", *kind.constant] if kind.bitrates else []
    quality = kind.variable if variable and kind.variable else steady
    return [*inputs, *mapping, "-c:a", kind.codec, *quality, *REPEATABLE, *kind.parameters]


def _decoded_again() -> list[str]:
    """For ffmpeg, behind its output: it decodes what it has just encoded, as a player will, and this is its
    second output. Both go on at once, in two thirds of the time of one after the other."""
    joined = "[dec:0]asetnsamples=65536:p=0[heard]"  # it would hand over every 24 ms of sound by itself
    return ["-dec", "0:0", "-filter_complex", joined, "-map", "[heard]", "-c:a", f"pcm_{HEARD}"]


def encode(
    samples: Samples,
    rate: int,
    path: Path,
    *,
    bitrate: int,
    variable: bool = False,
    chapters: Path | None = None,
) -> Clip:
    """Writes the whole file, and returns what a player will play of it, at the file's own rate.

    `chapters` is a file in ffmpeg's metadata format.
    """
    kind, program = format_of(path), ffmpeg()
    new_rate = rate_for(kind, rate, bitrate)
    if new_rate != rate:
        samples = np.asarray(soxr.resample(samples, rate, new_rate, quality="VHQ"), dtype=np.float32)
    segment = AudioSegment(as_integers(samples).tobytes(), sample_width=2, frame_rate=new_rate, channels=1)
    segment.converter = program
    heard = io.BytesIO()
    with explained(path):
        try:
            output = [*_arguments(kind, bitrate, variable, chapters), "-f", kind.container, f"file:{path}"]
            segment.export(heard, format=HEARD, parameters=[*output, *_decoded_again()])
        except CouldntEncodeError as error:
            said = str(error).strip()
            for number in REASONS:
                if os.strerror(number) in said:
                    raise OSError(number, os.strerror(number)) from error
            why = "ffmpeg 7.0 or newer is needed" if "option 'dec'" in said else said.splitlines()[-1]
            raise OutputError(f"{path} can't be encoded: {why}") from error
    return Clip(np.frombuffer(heard.getbuffer(), dtype="<f4"), new_rate)
