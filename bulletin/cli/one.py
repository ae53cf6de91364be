"""The commands about one bulletin: make, script, normalize, voices."""

from __future__ import annotations

import json
import math
import os
import sys
from collections import deque
from dataclasses import asdict, replace
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bulletin import config
from bulletin.beside import Writer
from bulletin.cli.program import PATH, Failure, main
from bulletin.errors import BulletinError, VoiceError
from bulletin.starting import one_thread_for_numpy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bulletin.model import Script
    from bulletin.pipeline import Event, Finished, Kept

LANGUAGES = ("fr", "en")
ALSO = ("srt", "transcript.txt", "transcript.html", "epub")
NEEDED = {"kokoro"}


@main.command("normalize")
@click.argument("texts", metavar="[TEXT]...", nargs=-1)
@click.option("--language", "-l", type=click.Choice(["fr", "en"]), default="fr", show_default=True)
def normalize_command(texts: tuple[str, ...], language: str) -> None:
    """Written text to spoken text: each TEXT, or each line of standard input, to one line."""
    from bulletin.normalize import normalize

    given = (f"{text}\n".encode("utf-8", "surrogateescape") for text in texts)
    output = sys.stdout.buffer
    for line in given if texts else sys.stdin.buffer:
        text, end = without_line_end(line.decode("utf-8", "surrogateescape"))
        output.write((normalize(text, language) + end).encode("utf-8", "surrogateescape"))
        output.flush()


def without_line_end(line: str) -> tuple[str, str]:
    """A line, and the end of line that it had (none on a last line without one)."""
    text = line.removesuffix("\n").removesuffix("\r")
    return text, line[len(text) :]


def settings_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that change what is said and by whom."""
    options = (
        click.option("--lexicon", type=PATH, help="Your pronunciations, on top of the built-in ones."),
        click.option(
            "--cast", help="Who speaks: a cast's name or TOML file (default: kokoro-fr or kokoro-en)."
        ),
        click.option("--language", type=click.Choice(LANGUAGES), help="Otherwise found from the text."),
        click.option("--allow-private", is_flag=True, help="Fetch URLs from private addresses too."),
    )
    return reduce(lambda wrapped, option: option(wrapped), options, function)


@main.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option(
    "-o", "--output", type=PATH, help="File to write; its ending chooses the format. [default: out/….mp3]"
)
@settings_options
@click.option(
    "--style", type=click.Choice(["auto", "plain", "article", "bulletin"]), default="auto", show_default=True
)
@click.option("--loudness", default="podcast", show_default=True, help="podcast (-16), radio (-23), or LUFS.")
@click.option("--bitrate", type=click.IntRange(32, 320), default=128, show_default=True, help="kbit/s.")
@click.option("--variable/--constant", default=False, help="Bitrate of an MP3. [default: constant]")
@click.option("--speed", type=click.FloatRange(0.5, 2.0), default=1.0, show_default=True, help="Of speech.")
@click.option("--workers", type=click.IntRange(1), help="Processes that voice. [default: from the machine]")
@click.option("--cache/--no-cache", default=True, help="Keep voiced sentences for the next run.")
@click.option(
    "--disclosure/--no-disclosure", default=True, help="Say at the end that the voices are synthetic."
)
@click.option("--announce/--no-announce", default=False, help="Name a quoted person where the text doesn't.")
@click.option(
    "--sidecars/--no-sidecars", default=True, help="Captions, chapters and a page beside the audio."
)
@click.option(
    "--also", type=click.Choice(ALSO), multiple=True, help="More files beside the audio; can be given again."
)
@click.option("--device", type=click.Choice(["auto", "cpu", "cuda", "mps"]), help="Where Coqui's models run.")
@click.option("--seed", type=int, help="Of the random numbers in Coqui's models.")
@click.option("-v", "--verbose", is_flag=True, help="Show what torch and TTS have to say.")
@click.option("-w", "--watch", is_flag=True, help="Make it again whenever a source is saved; Ctrl-C ends it.")
@click.option("-f", "--force", is_flag=True, help="Write over files that are there.")
@click.option("-q", "--quiet", is_flag=True, help="Only errors.")
@click.option("--json", "as_json", is_flag=True, help="A report for programs on stdout.")
@click.pass_obj
def make(
    base: config.Settings,
    /,
    sources: tuple[str, ...],
    output: Path | None,
    watch: bool,
    quiet: bool,
    as_json: bool,
    device: str | None,
    seed: int | None,
    verbose: bool,
    **options: Any,
) -> None:
    """Make one bulletin of the sources: files, URLs, feeds, or - for stdin."""
    options["loudness"] = config.loudness(options["loudness"])
    settings = replace(base, **options)

    with Writer(math.inf if watch else len(sources), settings.language) as writer:
        with one_thread_for_numpy():
            from bulletin import pipeline, report

        def one(output: Path | None, settings: config.Settings, kept: Kept | None = None) -> Finished:
            """Make it and tell of it."""
            events = pipeline.make(sources, output, settings, write=writer, kept=kept)
            finished: Finished = show(events, quiet=quiet)
            if as_json:
                click.echo(json.dumps(report.bulletin_json(finished), ensure_ascii=False, indent=1))
            elif not quiet:
                click.echo(str(finished.published.files[0]))
            return finished

        tell_engines(device, seed, verbose=verbose)
        if watch:
            again_and_again(one, sources, output, settings)
        else:
            one(output, settings)


def again_and_again(
    one: Callable[[Path | None, config.Settings, Kept], Finished],
    sources: Sequence[str],
    output: Path | None,
    settings: config.Settings,
) -> None:
    """One bulletin now, and another in its place whenever a file is saved; everything stays loaded.

    What goes wrong with the first is an error as ever. Later it is told, and the next time may do better.
    """
    from bulletin import pipeline, watching

    files, made = pipeline.files_to_watch(sources, settings), False
    with pipeline.voices_ahead(settings, staying=True) as voices:
        kept = pipeline.Kept(voices)
        for _ in watching.saves(files):
            try:
                output = one(output, settings, kept).published.files[0]
            except BulletinError as error:
                if not made:
                    raise
                Failure(error).show()
                if voices:
                    voices.dismiss()  # some may still say what nobody waits for
            settings, made = replace(settings, force=True), True


def tell_engines(device: str | None, seed: int | None, *, verbose: bool) -> None:
    """Engines read these from the environment, so that their worker processes know them too."""
    asked = {"DEVICE": device, "SEED": seed, "VERBOSE": "1" if verbose else None}
    os.environ.update({f"BULLETIN_{name}": str(value) for name, value in asked.items() if value is not None})


def show(events: Iterator[Event], *, quiet: bool) -> Any:
    """Follow the events to the last one, with a progress bar where a person watches."""
    if quiet or not sys.stderr.isatty():
        return deque(events, maxlen=1).pop()
    from bulletin.progress import follow

    return follow(events)


@main.command()
@click.argument("source")
@settings_options
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option(
    "--edit",
    type=PATH,
    metavar="FILE",
    help="Write the script as a text to edit; `bulletin make FILE` takes it.",
)
@click.pass_obj
def script(base: config.Settings, /, source: str, as_json: bool, edit: Path | None, **options: Any) -> None:
    """Show who says what, and how, without voicing anything."""
    from bulletin import pipeline, report

    settings = replace(base, **options)
    (planned,) = pipeline.with_voices([pipeline.plan(source, settings)], settings)
    if edit is not None:
        write_script(planned, edit)
    elif as_json:
        click.echo(json.dumps(report.script_json(planned), ensure_ascii=False, indent=1))
    else:
        click.echo(report.script_text(planned))


def write_script(planned: Script, path: Path) -> None:
    """The script as an editable text, in the user's editor where a person is at the terminal."""
    from bulletin.publish.files import Staging, explained, refuse
    from bulletin.script.text import to_text

    refuse((path,), force=False)
    with Staging() as staging, explained(path):
        staging.write(path, to_text(planned).encode())
        staging.commit()
    if sys.stdin.isatty() and sys.stdout.isatty():
        click.edit(filename=str(path))
    click.echo(str(path))


@main.group("voices", invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_context
def voices_group(ctx: click.Context, as_json: bool) -> None:
    """Who can speak: every voice of every engine, and whether it is ready."""
    if ctx.invoked_subcommand is None:
        list_voices(as_json=as_json)


@voices_group.command("list")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def voices_list(as_json: bool) -> None:
    """The same: every voice, and whether it is ready."""
    list_voices(as_json=as_json)


def list_voices(*, as_json: bool) -> None:
    from bulletin.speech import catalogue

    for voice in catalogue.voices():
        if as_json:
            click.echo(json.dumps(asdict(voice), ensure_ascii=False))
            continue
        ready = "ready" if voice.ready else f"not ready: {voice.why_not}"
        facts = f"{voice.language:5} {voice.gender:8} {voice.licence:22} {ready}"
        click.echo(f"{voice.id:48} {facts}  {voice.description}".rstrip())


@voices_group.command("check")
def voices_check() -> None:
    """Let each engine say one word, and tell how it runs here."""
    from bulletin.speech import catalogue

    problems = 0
    for check in catalogue.check():
        problems += check.engine in NEEDED and check.problem is not None
        said = check.problem or f"speaks ({check.voice}, {check.seconds:.1f} s)"
        said += f"; {check.note}" if check.note else ""
        click.echo(f"{check.engine:8} {said}")
    if problems:
        raise VoiceError("an engine that every bulletin needs does not speak")


@voices_group.command("play")
@click.argument("names", metavar="[VOICE]...", nargs=-1)
@click.option("-o", "--output", "folder", type=PATH, default=Path("out/voices"), show_default=True)
def voices_play(names: tuple[str, ...], folder: Path) -> None:
    """Write a sample of each ready voice, or of those named, as WAV files."""
    from bulletin.progress import downloads
    from bulletin.publish.files import explained
    from bulletin.speech import catalogue

    with explained(folder), downloads():
        chosen = [catalogue.find(name) for name in names] or [one for one in catalogue.voices() if one.ready]
        for path in catalogue.play(chosen, folder):
            click.echo(str(path))


@voices_group.command("fetch")
@click.argument("names", metavar="VOICE...", nargs=-1, required=True)
@click.option("--accept-licence", is_flag=True, help="Agree to a licence such as XTTS's; it is remembered.")
def voices_fetch(names: tuple[str, ...], accept_licence: bool) -> None:
    """Get Coqui models ahead of time, for machines that will have no network."""
    from bulletin.progress import downloads
    from bulletin.speech import coqui
    from bulletin.speech.engine import split_voice_id

    for name in names:
        engine_name, voice = split_voice_id(name)
        if engine_name != "coqui":
            raise VoiceError(f"{name}: nothing has to be fetched for {engine_name}")
        with downloads():
            coqui.fetch(voice, accept_licence=accept_licence)
        click.echo(f"{name} is ready")
