"""A news site on loopback, and the program: in this process, or in one of its own that can be killed."""

import contextlib
import json
import os
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from bulletin.batch import pool
from bulletin.cli import main
from tests.batch.news_site import LINES, Site


@pytest.fixture
def site():
    with contextlib.closing(Site()) as made:
        yield made


class LastingPool(pool.LocalPool):
    """A pool whose processes serve all the tests, which would start them dozens of times."""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass


@pytest.fixture(scope="session")
def lasting_pool(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BULLETIN_CACHE", str(tmp_path_factory.mktemp("cache")))
        made = LastingPool(2)
        pool.LocalPool.__enter__(made)
        made.processes = made.executor(2)
        for started in [made.processes.submit(time.sleep, 0) for _ in range(2)]:
            started.result()  # both now, while the cache is theirs, and not in a test with one of its own
        yield made
        pool.LocalPool.__exit__(made, None)


@pytest.fixture
def program(tmp_path, monkeypatch):
    """The program in a folder and with a cache of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BULLETIN_CACHE", str(tmp_path / "cache"))

    def start(*arguments, **options):
        return subprocess.Popen(
            [sys.executable, "-m", "bulletin", *map(str, arguments)],
            cwd=tmp_path,
            env={**os.environ},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )

    def run(*arguments, **options):
        with start(*arguments, **options) as process:
            out, words = process.communicate(timeout=300)
        return SimpleNamespace(code=process.returncode, out=out, words=words)

    return SimpleNamespace(start=start, run=run, folder=tmp_path, out=tmp_path / "out")


@pytest.fixture
def quick(program, lasting_pool, monkeypatch):
    """The same in this process: `run` any command, `batch` with the quick voices and what ended in it."""
    monkeypatch.setattr(pool, "pool_for", lambda cluster, workers: lasting_pool)

    def run(*arguments):
        result = CliRunner().invoke(main, [str(argument) for argument in arguments])
        return SimpleNamespace(code=result.exit_code, out=result.stdout, words=result.stderr)

    def batch(*arguments):
        ended = run("batch", *arguments, "--cast", "tone", "--json", "--allow-private")
        ended.items = [json.loads(line) for line in ended.out.splitlines()]
        return ended

    return SimpleNamespace(run=run, batch=batch, folder=program.folder, out=program.out)


def written_articles(folder, count):
    """So many short articles as text files, each different."""
    folder.mkdir()
    for number in range(count):
        text = f"Nouvelle numéro {number}\n\n" + "\n\n".join(
            f"{number} : {line}" for line in LINES[: 1 + number % 3]
        )
        (folder / f"story-{number:03}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def articles(tmp_path):
    """Makes a folder of articles."""
    return lambda count: written_articles(tmp_path / "articles", count)
