"""The command line: parse, call the pipeline, show its events, map errors to exit codes."""

import click

from bulletin import __version__


@click.group(context_settings={"auto_envvar_prefix": "BULLETIN"})
@click.version_option(__version__, prog_name="bulletin")
def main() -> None:
    """Turn news articles into radio-style bulletins."""
