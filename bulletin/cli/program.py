"""The command group: settings for every command, and errors as one line with their exit code."""

from __future__ import annotations

import atexit
import gc
import os
import re
from pathlib import Path
from typing import Any

import click

from bulletin import __version__, config
from bulletin.errors import BulletinError
from bulletin.starting import COLLECTED_AFTER

PATH = click.Path(path_type=Path)
INTERRUPTED = 130
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """Without what steers a terminal or turns the direction of writing: names from outside hold anything.

    >>> printable("a\\x1b[2Jb\\u202ec")
    'a[2Jbc'
    """
    return STEERING.sub("", text)


class Failure(click.ClickException):
    """A `BulletinError` as click ends a program with it: one line on stderr and the error's exit code."""

    def __init__(self, error: BulletinError) -> None:
        super().__init__(printable(" ".join(str(error).split())))
        self.exit_code = error.exit_code  # type: ignore[misc]  # click declares a class variable

    def show(self, file: Any = None) -> None:
        click.echo(f"bulletin: {self.message}", err=True)


class Program(click.Group):
    """Shows errors as one line, and tracebacks only with `--debug`."""

    def invoke(self, ctx: click.Context) -> Any:
        gc.set_threshold(*COLLECTED_AFTER)
        atexit.register(gc.freeze)  # what is left at the end needs no looking through
        try:
            return super().invoke(ctx)
        except BulletinError as error:
            if ctx.params.get("debug"):
                raise
            raise Failure(error) from error
        except KeyboardInterrupt:
            click.echo("bulletin: interrupted", err=True)
            ctx.exit(INTERRUPTED)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            if ctx.params.get("debug"):
                raise
            fault = f"a fault of the program ({type(error).__name__}: {error}); --debug shows where"
            raise Failure(BulletinError(fault)) from error


CONTEXT = {"auto_envvar_prefix": "BULLETIN", "help_option_names": ["-h", "--help"]}


@click.group(cls=Program, context_settings=CONTEXT)
@click.version_option(__version__, prog_name="bulletin")
@click.option(
    "--config", "config_file", type=PATH, help="Settings file. [default: ./bulletin.toml, then the user's]"
)
@click.option("--debug", is_flag=True, help="Show tracebacks.")
@click.pass_context
def main(ctx: click.Context, config_file: Path | None, debug: bool) -> None:
    """Turn news articles into radio-style bulletins."""
    file = config.find(config_file)
    content = config.load(file) if file else {}
    for key in config.ENGINES:
        if key in content:
            os.environ.setdefault(f"BULLETIN_{key.upper()}", told(content[key]))
    defaults = {key: value for key, value in content.items() if key not in {*config.TABLES, *config.ENGINES}}
    folder = file.parent if file else Path()
    ctx.obj = config.Settings(
        station=config.station(content.get("station", {}), folder),
        pauses=content.get("pauses", {}),
        pins=content.get("pins", {}),
    )
    ctx.default_map = dict.fromkeys(main.commands, defaults)


def told(value: Any) -> str:
    """A setting as a variable holds it.

    >>> told("cuda"), told(7), told(True), told(False)
    ('cuda', '7', '1', '0')
    """
    return str(int(value)) if isinstance(value, bool) else str(value)
