"""When files are saved: looked at so often that nobody waits, and only once they are at rest."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

EVERY = 0.03  # s; an editor that writes a new file under the old name is done within one


def saves(files: Sequence[Path]) -> Iterator[None]:
    """At once, and again whenever one of the files was saved since the last time, came or went.

    What is saved while somebody works on the last time counts when they are done. Ctrl-C ends the waiting.
    """
    while True:
        known = marks(files)
        yield
        try:
            while marks(files) == known:
                time.sleep(EVERY)
            until_at_rest(files)
        except KeyboardInterrupt:
            return


def until_at_rest(files: Sequence[Path]) -> None:
    """Returns when nothing has been written for a while."""
    before = None
    while before != (now := marks(files)):
        before = now
        time.sleep(EVERY)


def marks(files: Sequence[Path]) -> list[tuple[int, int, int] | None]:
    """What changes with each file when it is saved; None where there is none."""
    found: list[tuple[int, int, int] | None] = []
    for file in files:
        try:
            status = file.stat()
        except OSError:
            found.append(None)
        else:
            found.append((status.st_mtime_ns, status.st_size, status.st_ino))
    return found
