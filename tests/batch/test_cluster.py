"""A Dask scheduler and two workers on loopback: the same bytes as here, also when one of them is killed."""

import json
import subprocess
import sys
import time

import pytest

from tests.batch.test_kill import assert_whole, done, wait_until

pytest.importorskip("distributed")
ITEMS = 10


def dask(kind, place, *arguments):
    command = [
        sys.executable,
        "-m",
        f"distributed.cli.dask_{kind}",
        "--scheduler-file",
        str(place),
        *arguments,
    ]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture
def cluster(program):
    """The scheduler's address and its workers, which nobody restarts."""
    place = program.folder / "scheduler.json"
    here = ("--host", "127.0.0.1", "--no-dashboard")
    started = [dask("scheduler", place, *here, "--port", "0")]
    wait_until(place.exists)
    worker = (*here, "--no-nanny", "--nthreads", "1", "--local-directory", str(program.folder / "dask"))
    started += [dask("worker", place, *worker) for _ in range(2)]
    yield json.loads(place.read_text())["address"], started[1:]
    for process in reversed(started):
        process.kill()
        process.wait()


def made(folder):
    """Every bulletin's files with their bytes."""
    books = {"heartbeat.json", "last-run.json"}
    return {path.name: path.read_bytes() for path in folder.glob("[!.b]*") if path.name not in books}


def test_a_cluster_makes_the_same_bytes_and_survives_a_dead_worker(quick, program, cluster, articles):
    """One worker of two is killed with work in hand: the other does it, and nothing is missing or double."""
    address, workers = cluster
    folder = articles(ITEMS)
    here = program.folder / "here"
    assert quick.batch(folder, "-o", here).code == 0
    process = program.start("batch", folder, "--cast", "tone", "--cluster", address, "--feed")
    wait_until(lambda: done(program.out) >= 1 or process.poll() is not None)
    workers[0].kill()
    left = ITEMS - done(program.out)
    out, words = process.communicate(timeout=120)
    assert (process.returncode, len(out.splitlines())) == (0, ITEMS), words
    assert left > 0, "nothing was left to do when the worker died"
    assert_whole(program.out, ITEMS)
    on_cluster = made(program.out)
    assert all(on_cluster[name] == content for name, content in made(here).items())


def test_no_scheduler_is_one_line(quick, program):
    """An address where nobody listens: a line and exit code 2, not a minute of waiting."""
    (program.folder / "a.txt").write_text("Titre\n\nUne phrase.", encoding="utf-8")
    began = time.monotonic()
    ended = program.run("batch", "a.txt", "--cluster", "tcp://127.0.0.1:9")
    assert ended.code == 2
    assert ended.words.splitlines()[-1].startswith(
        "bulletin: --cluster tcp://127.0.0.1:9: no scheduler answers"
    )
    assert time.monotonic() - began < 60
