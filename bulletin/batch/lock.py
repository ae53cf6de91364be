"""One run at a time in a folder: the second waits or leaves. The lock goes with its process."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from bulletin.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME = ".bulletin.lock"


@contextmanager
def locked(folder: Path, *, wait: bool) -> Iterator[bool]:
    """True inside when this run has the folder; False when another has it and `wait` is not asked for."""
    import fcntl

    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / NAME).open("a")
    except OSError as error:
        raise OutputError(f"{folder}: can't be written: {error.strerror}") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True
