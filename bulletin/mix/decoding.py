"""Audio files to samples, with the ffmpeg that imageio-ffmpeg brings."""

from __future__ import annotations

import subprocess
from functools import cache
from typing import TYPE_CHECKING

import imageio_ffmpeg
import numpy as np

from bulletin.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path

    from bulletin.model import Samples


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
    limits = ["-protocol_whitelist", "file,pipe"]
    shape = [*(["-ar", str(rate)] if rate else []), *(["-t", str(seconds)] if seconds else [])]
    source = ["-i", f"file:{path}", "-vn", "-ac", "1"]
    output = ["-flush_packets", "0", "-f", "f32le", "-"]  # not every 24 ms of sound by itself
    command = [ffmpeg(), "-v", "error", "-nostdin", *limits, *source, *shape, *output]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines() or ["ffmpeg failed"]
        raise DecodingError(lines[-1].removeprefix(f"file:{path}: "))
    return np.frombuffer(done.stdout, dtype="<f4").copy()
