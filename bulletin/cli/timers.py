"""The commands that run a batch by the clock: schedule, watch."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bulletin.cli.many import folder_option, manifest_of, run_batch, stopping_signals
from bulletin.cli.program import PATH, main
from bulletin.errors import BulletinError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bulletin import config


def when_options(function: Callable[..., Any]) -> Callable[..., Any]:
    cron = click.option("--cron", metavar="'M H D M W'", help="At these times.")
    interval = click.option("--every", "interval", metavar="15m|1h|1d", help="This often. [default: 1h]")
    return interval(cron(function))


@main.command()
@click.argument("manifest", type=PATH)
@when_options
@folder_option
@click.option(
    "--format", "kind", type=click.Choice(["systemd", "cron"]), default="systemd", show_default=True
)
@click.option("--install", is_flag=True, help="Put the units in place for this user.")
def schedule(
    manifest: Path, interval: str | None, cron: str | None, folder: Path, kind: str, install: bool
) -> None:
    """Print systemd units, or a crontab line, that run the manifest by the clock."""
    from bulletin.batch import schedule as timers
    from bulletin.resources import cache_folder

    if interval and cron:
        raise UsageError("--every or --cron, not both")
    place, out = manifest.resolve(), folder.resolve()
    arguments = ["batch", str(place), "--output", str(out), "--feed"]
    if kind == "cron":
        if install:
            raise UsageError("a crontab line is put in place with crontab -e; --install is for systemd")
        click.echo(timers.crontab(arguments, interval=interval, cron=cron), nl=False)
        return
    name = f"bulletin-{pipeline_slug(place.stem)}"
    files = timers.units(name, arguments, place.parent, [out, cache_folder()], interval, cron)
    if install:
        out.mkdir(parents=True, exist_ok=True)
        cache_folder().mkdir(parents=True, exist_ok=True)
        for path in timers.install(files, timers.user_units()):
            click.echo(str(path))
        click.echo(f"bulletin: start it with: systemctl --user enable --now {name}.timer", err=True)
        return
    for file, content in files.items():
        click.echo(f"# {file}\n{content}")


def pipeline_slug(text: str) -> str:
    from bulletin.pipeline import slug

    return slug(text) or "batch"


@main.command()
@click.argument("sources", metavar="MANIFEST|DIR|FEED...", nargs=-1, required=True)
@when_options
@folder_option
@click.option("--cast", help="Who speaks, where no show says otherwise.")
@click.option("--workers", type=click.IntRange(1), help="Processes. [default: by cores and memory]")
@click.option("--allow-private", is_flag=True, help="Fetch from private addresses too.")
@click.pass_obj
def watch(
    base: config.Settings,
    /,
    sources: tuple[str, ...],
    interval: str | None,
    cron: str | None,
    folder: Path,
    **options: Any,
) -> None:
    """Run the batch by the clock in the foreground, as a container does."""
    from bulletin.batch import schedule as timers

    if interval and cron:
        raise UsageError("--every or --cron, not both")
    manifest = manifest_of(base, sources, {**options, "style": "article"})

    def once() -> bool:
        with stopping_signals() as stopping:
            try:
                run_batch(
                    manifest,
                    folder,
                    stopping,
                    as_json=False,
                    workers=options["workers"],
                    wait=True,
                    feed=True,
                )
            except BulletinError as error:
                click.echo(f"bulletin: {error}", err=True)
            return stopping()

    timers.watch(once, interval=interval, cron=cron)
