"""A process that loads the French grammar while this one loads everything else.

Half of the text's time is spaCy's start. The process gets an article on its standard input and hands
over the script on its standard output, both pickled; where it does not, the script is written here.

    main process   load rules of reading, mixing, publishing, read the article   read it aloud, mix, publish
    beside         load the grammar ............................. write the script
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Self

from bulletin.starting import BLAS_THREADS, COLLECTED_AFTER, cores

if TYPE_CHECKING:
    from bulletin.model import Article, Script

LANGUAGE = "fr"
"""The language whose grammar takes long to load."""


class Writer:
    """Writes scripts as `script.write` does, French ones in a process of its own that starts on entering."""

    def __init__(self, articles: float, language: str | None = None) -> None:
        """`articles`: how many there can be, perhaps without end; after the last the process goes.
        `language`: theirs, where it is known."""
        self.articles = articles
        self.wanted = language in (None, LANGUAGE) and cores() > 1 and bool(sys.executable)
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        if self.wanted:
            paths = os.pathsep.join(path or str(Path.cwd()) for path in sys.path)
            with contextlib.suppress(OSError):
                self.process = subprocess.Popen(
                    [sys.executable, "-P", "-m", __name__],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env={**os.environ, "PYTHONPATH": paths, BLAS_THREADS: "1"},
                )
        return self

    def __call__(self, article: Article) -> Script:
        written = self.written_there(article) if article.language == LANGUAGE else None
        self.articles -= 1
        if written is None or not self.articles:
            self.end()
        if written is not None:
            return written
        from bulletin import script

        return script.write(article)

    def written_there(self, article: Article) -> Script | None:
        """None where nothing comes back, whatever the reason: written here, the article shows it."""
        if self.process is None or self.process.stdin is None or self.process.stdout is None:
            return None
        try:
            pickle.dump(article, self.process.stdin)
            self.process.stdin.flush()
            written: Script = pickle.load(self.process.stdout)
        except (OSError, EOFError, pickle.PickleError):
            return None
        return written

    def end(self) -> None:
        if self.process is not None:
            self.process.kill()

    def __exit__(self, *_: object) -> None:
        self.end()
        if self.process is not None:
            self.process.communicate()


def serve() -> None:
    """What the process does: article after article, until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(*COLLECTED_AFTER)
    articles, scripts = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever libraries print is no script
    from bulletin import french, script

    french.model()
    with contextlib.suppress(EOFError):
        while True:
            pickle.dump(script.write(pickle.load(articles)), scripts)
            scripts.flush()


if __name__ == "__main__":
    serve()
