"""What a person at a terminal sees while a bulletin is made: one bar on stderr with the time left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from bulletin import pipeline

if TYPE_CHECKING:
    from collections.abc import Iterator


def follow(events: Iterator[pipeline.Event]) -> pipeline.Event | None:
    """Draw the events as they come and hand back the last one. Time left follows the characters voiced."""
    columns = (
        TextColumn("[progress.description]{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[sentences]} sentences"),
        TimeRemainingColumn(),
    )
    event: pipeline.Event | None = None
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading", total=None, sentences=0)
        sentences = 0
        for event in events:
            if isinstance(event, pipeline.Planned):
                progress.update(task, description="voicing", total=event.characters)
            elif isinstance(event, pipeline.Voiced):
                sentences += 1
                progress.update(task, advance=event.characters, sentences=sentences)
    return event
