"""A Dask scheduler and two workers on loopback: the same bytes as here, also when one of them is killed."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from types import SimpleNamespace

import pytest

from tests.batch.test_kill import assert_whole, done, wait_until

Client = pytest.importorskip("distributed").Client
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


@contextlib.contextmanager
def scheduler(program, *arguments):
    """A scheduler's address, and a function that starts a worker of it; all are killed in the end."""
    place = program.folder / "scheduler.json"
    here = ("--host", "127.0.0.1")
    started = [dask("scheduler", place, *here, "--port", "0", *arguments)]
    wait_until(place.exists)

    def worker(*options):
        scratch = ("--local-directory", str(program.folder / "dask"))
        started.append(dask("worker", place, *here, "--no-dashboard", "--nthreads", "1", *scratch, *options))
        return started[-1]

    yield SimpleNamespace(address=json.loads(place.read_text())["address"], worker=worker, process=started[0])
    for process in reversed(started):
        process.kill()
        process.wait()


@pytest.fixture
def cluster(program):
    """The scheduler's address and its workers, which nobody restarts."""
    with scheduler(program, "--no-dashboard") as made:
        yield made.address, [made.worker("--no-nanny") for _ in range(2)]


def worker_processes(address):
    with Client(address, set_as_default=False) as client:
        return sorted(client.run(os.getpid).values())


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


def test_a_dead_worker_is_replaced_and_repeats_nothing_while_the_dashboard_shows_it(program, articles):
    """The only worker is killed under its nanny: another process does the rest, each item is told once."""
    with scheduler(program, "--dashboard-address", "127.0.0.1:0") as cluster:
        cluster.worker("--nanny")
        process = program.start(
            "batch", articles(ITEMS), "--cast", "tone", "--cluster", cluster.address, "--feed"
        )
        page = re.fullmatch(r"bulletin: watch the cluster at (http://\S+)", process.stderr.readline().strip())
        wait_until(lambda: done(program.out) >= 2 or process.poll() is not None)
        (before,) = worker_processes(cluster.address)
        finished = {path.name: path.stat().st_mtime_ns for path in program.out.glob("*.mp3")}
        os.kill(before, signal.SIGKILL)
        with urllib.request.urlopen(page[1], timeout=30) as answer:
            assert (answer.status, b"bokeh" in answer.read().lower()) == (200, True)
        out, words = process.communicate(timeout=120)
        (after,) = worker_processes(cluster.address)
    assert (process.returncode, len(set(out.splitlines())), len(out.splitlines())) == (0, ITEMS, ITEMS), words
    assert (after != before, words) == (True, "")
    assert 2 <= len(finished) < ITEMS
    assert all((program.out / name).stat().st_mtime_ns == moment for name, moment in finished.items())
    assert_whole(program.out, ITEMS)


def test_a_cluster_that_goes_is_one_line_and_the_next_run_makes_the_rest(program, articles):
    """First without a worker; then the scheduler dies with work in hand; then without any cluster."""
    command = ("batch", articles(ITEMS), "--cast", "tone", "--feed")
    with scheduler(program, "--no-dashboard") as cluster:
        ended = program.run(*command, "--cluster", cluster.address)
        assert ended.code == 2
        assert ended.words == f"bulletin: --cluster {cluster.address}: its scheduler has no workers\n"
        cluster.worker("--no-nanny")
        process = program.start(*command, "--cluster", cluster.address)
        wait_until(lambda: done(program.out) >= 1 or process.poll() is not None)
        cluster.process.kill()
        _, words = process.communicate(timeout=120)
    gone = f"bulletin: --cluster {cluster.address}: its scheduler or all its workers are gone"
    assert (process.returncode, words.splitlines()[1:]) == (1, [gone])
    assert f"bulletin: {json.loads((program.out / 'last-run.json').read_text())['error']}" == gone
    assert program.run(*command, "--workers", "2").code == 0
    assert_whole(program.out, ITEMS)


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
