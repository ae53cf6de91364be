"""What a person at a terminal sees while a bulletin is made: one bar on stderr with the time left."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from bulletin import pipeline
from bulletin.speech.engine import PROGRESS

if TYPE_CHECKING:
    from collections.abc import Iterator

MEGABYTE = 1e6


def bar() -> Progress:
    """Bars that vanish when all is done, drawn on the real stderr whatever engines do to it meanwhile."""
    columns = (
        TextColumn("[progress.description]{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[count]}"),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=Console(file=sys.stderr), transient=True)


def follow(events: Iterator[pipeline.Event]) -> pipeline.Event | None:
    """Draw the events as they come and hand back the last one. Time left follows the characters voiced."""
    event: pipeline.Event | None = None
    with bar() as progress, fetching(progress):
        task = progress.add_task("reading", total=None, count="")
        sentences = 0
        for event in events:
            if isinstance(event, pipeline.Planned):
                progress.update(task, description="voicing", total=event.characters, count="0 sentences")
            elif isinstance(event, pipeline.Voiced):
                sentences += 1
                progress.update(task, advance=event.characters, count=f"{sentences} sentences")
    return event


@contextlib.contextmanager
def downloads() -> Iterator[None]:
    """Bars for what engines get meanwhile, where a person watches."""
    if not sys.stderr.isatty():
        yield
        return
    with bar() as progress, fetching(progress):
        yield


@contextlib.contextmanager
def fetching(progress: Progress) -> Iterator[None]:
    """One more bar for each thing that an engine gets, until it is here."""
    tasks: dict[str, TaskID] = {}

    def told(what: str, done: int, total: int) -> None:
        for other in [name for name in tasks if name != what]:
            progress.remove_task(tasks.pop(other))
        if what not in tasks:
            tasks[what] = progress.add_task(f"getting {what}", total=total or None, count="")
        progress.update(tasks[what], completed=done, count=megabytes(done, total))
        if done and done == total:
            progress.remove_task(tasks.pop(what))

    before = PROGRESS.set(told)
    try:
        yield
    finally:
        PROGRESS.reset(before)


def megabytes(done: int, total: int) -> str:
    """
    >>> megabytes(12_000_000, 400_000_000), megabytes(0, 0)
    ('12 of 400 MB', '')
    """
    whole = f" of {total / MEGABYTE:.0f}" if total else ""
    return f"{done / MEGABYTE:.0f}{whole} MB" if done else ""
