"""Voiced sentences on disk: one file each, whole or not there at all.

The samples are kept with 16 bits. What is just voiced goes through the same form, so that a bulletin is the
same to the last sample whether its sentences come from the store or not.
"""

from __future__ import annotations

import contextlib
import io
import os
import time
import zipfile
from typing import TYPE_CHECKING

import numpy as np

from bulletin.model import Clip, Word
from bulletin.speech.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FULL_SCALE = 32767.0
MOST_BYTES = 2 * 1024**3
STALE = 24 * 3600.0
"""Seconds after which a part of a file belongs to nobody."""


def pack(clip: Clip) -> bytes:
    """A clip as an .npz file: `samples` int16, `rate`, `words`, `times` of shape (words, 2)."""
    file = io.BytesIO()
    np.savez(
        file,
        samples=np.round(np.clip(clip.samples, -1.0, 1.0) * FULL_SCALE).astype(np.int16),
        rate=np.int64(clip.rate),
        words=np.array([word.text for word in clip.words], dtype=np.str_),
        times=np.array([(word.start, word.end) for word in clip.words], dtype=np.float64).reshape(-1, 2),
    )
    return file.getvalue()


def unpack(data: bytes) -> Clip:
    """`ValueError` where the data is damaged: every array is checked against its CRC."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            samples = arrays["samples"].astype(np.float32) / np.float32(FULL_SCALE)
            times = arrays["times"].tolist()
            words = tuple(
                Word(str(text), *span) for text, span in zip(arrays["words"].tolist(), times, strict=True)
            )
            return Clip(samples, int(arrays["rate"]), words)
    except (OSError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise ValueError(f"no clip: {error}") from error


class Store:
    """Clips by key in a folder; without a folder nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def path(self, key: str) -> Path | None:
        return self.folder / key[:2] / f"{key}.npz" if self.folder else None

    def has(self, key: str) -> bool:
        """Whether something lies there, be it damaged."""
        path = self.path(key)
        return path is not None and path.is_file()

    def get(self, key: str) -> Clip | None:
        """The clip, or None where there is none; a damaged one is voiced again."""
        path = self.path(key)
        if path is None:
            return None
        try:
            clip = unpack(path.read_bytes())
            os.utime(path)
        except (OSError, ValueError):
            return None
        return clip

    def put(self, key: str, data: bytes) -> None:
        """Keep it. A full disk or a read-only folder costs the time to voice it again, no more."""
        if path := self.path(key):
            with contextlib.suppress(OSError):
                write_whole(path, data)

    def prune(self, most_bytes: int = MOST_BYTES) -> None:
        """Delete what was not used for longest until the rest fits, and parts that a killed run left."""
        files = sorted(self.files(), reverse=True)
        kept = 0
        for used, size, path in files:
            kept += size
            stale = path.suffix == ".part" and used < time.time() - STALE
            if stale or kept > most_bytes:
                with contextlib.suppress(OSError):
                    path.unlink()

    def files(self) -> Iterator[tuple[float, int, Path]]:
        """When it was last used, its size, and where it is."""
        for path in self.folder.glob("*/*") if self.folder else ():
            with contextlib.suppress(OSError):
                state = path.stat()
                yield state.st_mtime, state.st_size, path
