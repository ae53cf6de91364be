"""What goes from the folder: parts of files that killed runs left, bulletins for which there is no room."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bulletin.batch.state import Item, State, Status

DAY = 86_400.0  # seconds


def sweep(folder: Path) -> None:
    """Temporary files of runs that were killed; this run holds the folder's lock."""
    for path in folder.glob(".*.part*"):
        path.unlink(missing_ok=True)


def expire(state: State, folder: Path, keep: Mapping[str, float], now: float) -> list[Item]:
    """Retention: the oldest bulletins beyond `days`, `count` or `megabytes` lose their files.

    What comes from the future comes from a clock that was wrong, and must not push out what is new.
    """
    size, gone = 0, []
    filed = [item for item in state.items() if item.files]
    newest_first = sorted(filed, key=lambda item: (item.changed < now + DAY, item.changed), reverse=True)
    for kept, item in enumerate(newest_first, start=1):
        size += sum(path.stat().st_size for name in item.files if (path := folder / name).exists())
        too_old = now - item.changed > keep.get("days", float("inf")) * DAY
        if (
            too_old
            or kept > keep.get("count", float("inf"))
            or size > keep.get("megabytes", float("inf")) * 1e6
        ):
            for name in reversed(item.files):
                (folder / name).unlink(missing_ok=True)
            status: Status = "expired" if item.status == "done" else item.status
            gone.append(state.put(replace(item, status=status, files=())))
    return gone
