"""The commands about many bulletins: batch, feed, serve."""

from __future__ import annotations

import json
import signal
import sys
import time
from contextlib import closing, contextmanager, suppress
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bulletin import config
from bulletin.cli.program import PATH, main, printable
from bulletin.errors import BatchError, BulletinError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bulletin.batch.manifest import Manifest
    from bulletin.batch.run import Event

OUT = Path("out")
LOCAL = "http://127.0.0.1:8000/"
folder_option = click.option(
    "-o", "--output", "folder", type=PATH, default=OUT, show_default=True, help="Folder of the bulletins."
)


@main.command()
@click.argument("sources", metavar="[MANIFEST|DIR|FEED|FILE|-]...", nargs=-1)
@folder_option
@click.option("--style", type=click.Choice(["article", "bulletin"]), default="article", show_default=True)
@click.option("--cast", help="Who speaks, where no show says otherwise.")
@click.option("--workers", type=click.IntRange(1), help="Processes. [default: by cores and memory]")
@click.option("--cluster", metavar="ADDRESS", help="tcp://host:port of a Dask scheduler, or local:N.")
@click.option("--wait/--no-wait", default=False, help="Wait for another run in the folder, or leave.")
@click.option("--allow-private", is_flag=True, help="Fetch from private addresses too.")
@click.option("--status", is_flag=True, help="Show every item and do nothing else.")
@click.option("--retry", is_flag=True, help="Try again now what failed or was set aside.")
@click.option("--feed/--no-feed", default=False, help="Write the podcast feed afterwards.")
@click.option("--json", "as_json", is_flag=True, help="JSON lines on stdout.")
@click.pass_obj
def batch(
    base: config.Settings,
    /,
    sources: tuple[str, ...],
    folder: Path,
    as_json: bool,
    status: bool,
    retry: bool,
    **options: Any,
) -> None:
    """Make a bulletin of everything new in the sources. A run can be killed: the next one goes on."""
    if status or retry:
        look_at_books(folder, status=status, retry=retry, as_json=as_json)
        if status or not sources:
            return
    if not sources:
        raise UsageError("no source: name a manifest, a folder, a feed, an article, or - for a list on stdin")
    manifest = manifest_of(base, sources, options)
    with stopping_signals() as stopping:
        run_batch(manifest, folder, stopping, as_json=as_json, **options)


def look_at_books(folder: Path, *, status: bool, retry: bool, as_json: bool) -> None:
    """What `--status` and `--retry` do to the books of a folder, which are made by a run alone."""
    from bulletin.batch import state as books

    if not (folder / books.NAME).exists():
        click.echo(f"bulletin: {folder}: no run was there yet", err=True)
        return
    with closing(books.State(folder)) as state:
        if retry:
            click.echo(f"bulletin: {state.retry()} are due again", err=True)
        if status:
            show_status(state, as_json=as_json)


def manifest_of(base: config.Settings, sources: Sequence[str], options: dict[str, Any]) -> Manifest:
    """One manifest file, or the sources as one show."""
    from dataclasses import replace

    from bulletin.batch import manifest

    settings = replace(base, cast=options["cast"] or base.cast, allow_private=options["allow_private"])
    manifests = [source for source in sources if source.endswith(".toml")]
    if manifests and len(sources) > 1:
        raise UsageError(f"{manifests[0]}: a manifest stands alone; other sources belong into its shows")
    if manifests:
        return manifest.load(Path(manifests[0]), settings)
    listed = [line.strip() for line in sys.stdin if line.strip()] if "-" in sources else []
    named = [source for source in sources if source != "-"]
    return manifest.of_sources([*named, *listed], settings, options["style"])


def run_batch(
    manifest: Manifest,
    folder: Path,
    stopping: Callable[[], bool],
    *,
    as_json: bool,
    workers: int | None = None,
    cluster: str | None = None,
    wait: bool = False,
    feed: bool = False,
    **_: Any,
) -> None:
    """One run under the folder's lock; exit code 4 when something failed."""
    from bulletin.batch import books, lock
    from bulletin.batch.pool import pool_for
    from bulletin.batch.retention import expire
    from bulletin.batch.run import Run
    from bulletin.batch.state import State
    from bulletin.publish import feed as feeds

    workers = workers or fitting_workers(manifest)
    sources = {source for show in manifest.shows for source in show.sources}
    if folder.resolve() in {Path(source).resolve() for source in sources if Path(source).is_dir()}:
        raise UsageError(f"{folder}: is where the articles are; the bulletins need a folder of their own: -o")
    with lock.locked(folder, wait=wait) as ours:
        if not ours:
            click.echo(f"bulletin: another run is at work in {folder}; --wait waits for it", err=True)
            return
        started = time.time()
        events: list[Event] = []
        with closing(State(folder)) as state:
            expire(state, folder, manifest.keep, started)
            books.beat(folder, "gathering")
            try:
                with pool_for(cluster, workers) as pool:
                    if pool.page:
                        click.echo(f"bulletin: watch the cluster at {pool.page}", err=True)
                    for event in Run(folder, manifest, pool, stopping, state).events():
                        events.append(event)
                        books.beat(folder, "voicing")
                        tell(event, as_json=as_json)
                expire(state, folder, manifest.keep, time.time())
            except BulletinError as error:
                with suppress(BulletinError):  # where the disk is full, this is so too
                    books.report(folder, events, started, stopped=stopping(), error=str(error))
                raise
            report = books.report(folder, events, started, stopped=stopping())
        if feed:
            feeds.write(folder, feeds.Channel(**{"url": LOCAL, **manifest.podcast}))
    summarize(report, as_json=as_json)


def fitting_workers(manifest: Manifest) -> int:
    """As many processes as there are cores, or as memory holds with the voices that the shows name."""
    from bulletin.batch.pool import usual_workers
    from bulletin.speech import casts, memory

    voices: list[str] = []
    for name in {show.settings.cast for show in manifest.shows} - {None}:
        with suppress(BulletinError):  # each item that needs the cast will say what is wrong with it
            voices += casts.load(name, "fr").voices()
    return memory.fitting(voices, usual_workers())


@contextmanager
def stopping_signals() -> Iterator[Callable[[], bool]]:
    """SIGTERM and the first Ctrl-C end the run after the items in work; a second Ctrl-C ends it at once."""
    received: list[int] = []

    def note(number: int, _: object) -> None:
        if received and number == signal.SIGINT:
            raise KeyboardInterrupt
        received.append(number)

    before = {number: signal.signal(number, note) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield lambda: bool(received)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def tell(event: Event, *, as_json: bool) -> None:
    """One line for each thing that ended: JSON for programs on stdout, words for people on stderr."""
    from bulletin.batch import books
    from bulletin.batch.run import ItemEnded

    if isinstance(event, ItemEnded):
        item = event.item
        if as_json:
            cost = {"sentences_voiced": event.voiced, "sentences_from_cache": event.cached}
            click.echo(json.dumps({**books.item_json(item), **cost}, ensure_ascii=False))
        elif item.error:
            click.echo(f"bulletin: {printable(item.error)}", err=True)
        elif item.status == "done":
            click.echo(item.files[-1])
    elif as_json:
        click.echo(json.dumps({"source": event.source, "error": event.error}, ensure_ascii=False))
    else:
        click.echo(f"bulletin: {printable(event.error)}", err=True)


def summarize(report: dict[str, Any], *, as_json: bool) -> None:
    """The end of a run: a table where a person watches, and the exit code."""
    counts, failures = report["counts"], report["failures"]
    if not as_json and sys.stderr.isatty():
        from rich.console import Console
        from rich.table import Table

        table = Table("outcome", "items")
        for outcome, number in sorted(counts.items()):
            table.add_row(outcome, str(number))
        Console(stderr=True).print(table)
    failed = len(failures) + len(report["sources"])
    if failed:
        raise BatchError(f"{failed} of {sum(counts.values()) + len(report['sources'])} failed: see --status")


def show_status(state: Any, *, as_json: bool) -> None:
    from bulletin.batch import books

    for item in books.status_json(state):
        if as_json:
            click.echo(json.dumps(item, ensure_ascii=False))
        else:
            line = f"{item['status']:9} {item['title'] or item['source']}"
            click.echo(printable(line + (f"  ({item['error']})" if item["error"] else "")))


def feed_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """What a podcast says of itself."""
    options = (
        click.option("--email", help="Of the owner."),
        click.option("--author"),
        click.option("--description"),
        click.option("--title", default="bulletin", show_default=True),
        click.option("--language", type=click.Choice(["fr", "en"]), default="fr", show_default=True),
        click.option("--url", default=LOCAL, show_default=True, help="Where the folder will be reached."),
    )
    return reduce(lambda wrapped, option: option(wrapped), options, function)


@main.command()
@click.argument("folder", type=PATH, default=OUT)
@feed_options
def feed(folder: Path, **options: Any) -> None:
    """Write the podcast feed, an OPML and an index page of a folder of bulletins."""
    from bulletin.publish import feed as feeds

    for path in feeds.write(folder, feeds.Channel(**options)):
        click.echo(str(path))


@main.command()
@click.argument("folder", type=PATH, default=OUT)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
def serve(folder: Path, host: str, port: int) -> None:
    """Show a folder to players on this machine, with range requests."""
    from bulletin.batch import serve as server

    server.serve(folder, host, port, lambda url: click.echo(url))
