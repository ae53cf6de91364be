"""The command line: parse, call the pipeline, show its events, map errors to exit codes.

Data goes to stdout and words to stderr. Heavy modules are imported by the command that needs them, so that
`--help` answers at once.
"""

from bulletin.cli import many, one, timers
from bulletin.cli.program import main

__all__ = ["main", "many", "one", "timers"]
