"""What a run leaves for people and monitors to read: a heartbeat, a report of the last run, a summary."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bulletin.publish.files import Staging

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bulletin.batch.run import Event
    from bulletin.batch.state import Item, State

HEARTBEAT = "heartbeat.json"
REPORT = "last-run.json"


def moment(seconds: float | None = None) -> str:
    when = datetime.now(UTC) if seconds is None else datetime.fromtimestamp(seconds, UTC)
    return when.isoformat(timespec="seconds")


def beat(folder: Path, doing: str) -> None:
    """The run is alive; a monitor looks at the file's age."""
    write_json(folder / HEARTBEAT, {"at": moment(), "doing": doing})


def report(
    folder: Path, events: Sequence[Event], started: float, *, stopped: bool, error: str | None = None
) -> dict[str, Any]:
    """The last run for programs: how many ended how, every failure with its reason, what ended the run."""
    from bulletin.batch.run import ItemEnded, SourceFailed

    ended = [event for event in events if isinstance(event, ItemEnded)]
    items = [event.item for event in ended]
    value = {
        "started": moment(started),
        "ended": moment(),
        "stopped_early": stopped,
        "error": error and " ".join(error.split()),
        "counts": dict(Counter(item.status for item in items)),
        "sentences": {
            "voiced": sum(event.voiced for event in ended),
            "from_cache": sum(event.cached for event in ended),
        },
        "failures": [item_json(item) for item in items if item.error],
        "sources": [
            {"source": event.source, "error": event.error}
            for event in events
            if isinstance(event, SourceFailed)
        ],
    }
    write_json(folder / REPORT, value)
    beat(folder, "resting")
    return value


def item_json(item: Item) -> dict[str, Any]:
    return {
        "key": item.key,
        "show": item.show,
        "title": item.title,
        "source": item.source,
        "status": item.status,
        "files": list(item.files),
        "error": item.error,
        "tries": item.tries,
        "next_try": moment(item.next_try) if item.status == "failed" else None,
        "seconds": round(item.seconds, 2),
        "changed": moment(item.changed),
    }


def status_json(state: State) -> list[dict[str, Any]]:
    return [item_json(item) for item in state.items()]


def write_json(path: Path, value: Any) -> None:
    with Staging() as staging:
        staging.write(
            path, json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"
        )
        staging.commit()
