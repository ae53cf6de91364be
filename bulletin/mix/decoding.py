"""Audio files to samples, with the ffmpeg that imageio-ffmpeg brings."""

from __future__ import annotations

import subprocess
import tempfile
from functools import cache
from typing import TYPE_CHECKING

import imageio_ffmpeg
import numpy as np

from bulletin.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bulletin.model import Samples


BLOCK = 1 << 18  # samples that are read at a time


class DecodingError(Exception):
    """The file holds no sound that ffmpeg knows; the message is its own last line."""


@cache
def ffmpeg() -> str:
    """The program's path."""
    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        raise OutputError("no ffmpeg: install the package imageio-ffmpeg again for this platform") from error


def decode(path: Path, *, rate: int | None = None, seconds: float | None = None) -> Samples:
    """What a player would play, mono float32, at the file's own rate or another; values past ±1 are kept.

    Only a local file is read: no playlist or address in it is followed.
    """
    blocks = decoded(path, BLOCK, rate=rate, seconds=seconds)
    return np.concatenate([np.zeros(0, dtype=np.float32), *blocks])


def decoded(
    path: Path, size: int, *, rate: int | None = None, seconds: float | None = None
) -> Iterator[Samples]:
    """The same in blocks of so many samples (the last may be shorter), while the rest is still decoded."""
    limits = ["-protocol_whitelist", "file,pipe"]
    shape = [*(["-ar", str(rate)] if rate else []), *(["-t", str(seconds)] if seconds else [])]
    source = ["-i", f"file:{path}", "-vn", "-ac", "1"]
    output = ["-flush_packets", "0", "-f", "f32le", "-"]  # not every 24 ms of sound by itself
    command = [ffmpeg(), "-v", "error", "-nostdin", *limits, *source, *shape, *output]
    with tempfile.TemporaryFile() as said:
        with subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said
        ) as process:
            assert process.stdout is not None
            while block := process.stdout.read(4 * size):
                yield np.frombuffer(block, dtype="<f4")
        if process.returncode:
            said.seek(0)
            lines = said.read().decode(errors="replace").strip().splitlines() or ["ffmpeg failed"]
            raise DecodingError(lines[-1].removeprefix(f"file:{path}: "))
