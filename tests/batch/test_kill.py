"""Runs that are killed, stopped, doubled, or have no room: nothing lost, nothing twice, one clear line."""

import contextlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import time

import feedparser
import pytest

from bulletin.mix.decoding import decode
from tests.batch.news_site import slowly

ITEMS = 40
KILLS = int(os.environ.get("BULLETIN_KILLS", "8"))
QUICK = ("--cast", "tone", "--workers", "1")


def wait_until(condition, seconds=120, pause=0.05):
    """Waits for something to come true."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come true in time"
        time.sleep(pause)


def of_group(group):
    """The processes of a group that still run."""
    listed = subprocess.run(["ps", "-eo", "pgid=,pid=,stat="], capture_output=True, text=True, check=True)
    rows = [line.split() for line in listed.stdout.splitlines()]
    return [int(pid) for pgid, pid, state in rows if int(pgid) == group and state[0] != "Z"]


def done(out):
    """How many items the state calls done."""
    if not (out / "bulletin.sqlite").exists():
        return 0
    with contextlib.closing(sqlite3.connect(out / "bulletin.sqlite", timeout=30)) as state:
        try:
            return state.execute("SELECT count(*) FROM items WHERE status = 'done'").fetchone()[0]
        except sqlite3.OperationalError:
            return 0


def assert_whole(out, count):
    """Every item once: in the state, decodable, in the feed; and no temporary file is left."""
    audio = sorted(path.name for path in out.glob("*.mp3"))
    assert len(audio) == count
    with contextlib.closing(sqlite3.connect(out / "bulletin.sqlite")) as state:
        rows = state.execute("SELECT status, files FROM items").fetchall()
    assert [status for status, _ in rows] == ["done"] * count
    files = [name for _, names in rows for name in json.loads(names)]
    assert len(files) == len(set(files))
    assert sorted(name for name in files if name.endswith(".mp3")) == audio
    assert all((out / name).stat().st_size for name in files)
    for name in audio:
        assert decode(out / name).size > 24_000
    listed = [
        entry.enclosures[0].href.rpartition("/")[2]
        for entry in feedparser.parse((out / "feed.xml").read_bytes()).entries
    ]
    assert sorted(listed) == audio
    assert not list(out.glob(".*.part*"))


def test_runs_killed_at_any_moment_end_with_every_item_once_and_whole(program, articles):
    """SIGKILL to the parent alone, as the kernel does when memory is short; its workers end by themselves.

    The moments are drawn from the time that the program needs to get to work, and a few items.
    """
    folder = articles(ITEMS)
    draw = random.Random(20261123)
    command = ("batch", folder, *QUICK, "--feed")
    for _ in range(KILLS):
        before = done(program.out)
        process = program.start(*command, start_new_session=True)
        items = draw.randrange(3)
        wait_until(lambda: done(program.out) >= before + items or process.poll() is not None)  # noqa: B023
        time.sleep(draw.uniform(0, 1.5))
        process.kill()
        process.communicate()
        wait_until(lambda: not of_group(process.pid), 20)  # noqa: B023
    ended = program.run(*command)
    assert ended.code == 0, ended.words
    assert_whole(program.out, ITEMS)


def test_a_second_run_leaves_or_waits(program, articles):
    """Two at once on a folder: without --wait the second says so and goes; with it, it goes on after."""
    folder = articles(4)
    first = program.start("batch", folder, *QUICK)
    wait_until(lambda: (program.out / "heartbeat.json").exists())
    left = program.run("batch", folder, *QUICK)
    assert (left.code, left.out) == (0, "")
    assert "another run is at work" in left.words
    waiting = program.run("batch", folder, *QUICK, "--wait", "--feed")
    assert first.poll() is not None
    assert (waiting.code, waiting.out) == (0, ""), waiting.words
    out, _ = first.communicate()
    assert len(out.splitlines()) == 4
    assert_whole(program.out, 4)


def test_sigterm_ends_after_the_items_in_work(program, articles):
    """Those are finished, the report says that it stopped early, and the next run makes the rest."""
    folder = articles(8)
    process = program.start("batch", folder, *QUICK, start_new_session=True)
    wait_until(lambda: done(program.out) >= 1)
    os.killpg(process.pid, signal.SIGTERM)
    out, words = process.communicate(timeout=60)
    assert (process.returncode, words) == (0, "")
    made = done(program.out)
    assert 1 <= made < 8
    assert len(out.splitlines()) == made
    report = json.loads((program.out / "last-run.json").read_text())
    assert report["stopped_early"] is True
    assert report["counts"] == {"done": made}
    assert program.run("batch", folder, *QUICK, "--feed").code == 0
    assert_whole(program.out, 8)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_one_line(quick, articles):
    quick.out.mkdir(mode=0o500)
    assert_one_line(quick.batch(articles(1)))


def test_a_folder_that_is_a_file_is_one_line(quick, articles):
    """What root meets in place of a read-only folder."""
    quick.out.write_text("")
    assert_one_line(quick.batch(articles(1)))


def assert_one_line(ended):
    assert ended.code == 1
    assert len(ended.words.splitlines()) == 1, ended.words
    assert "out" in ended.words and "fault" not in ended.words


@contextlib.contextmanager
def mounted(place, options):
    """A small file system of its own at a new folder, for root: nobody else may mount one."""
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.fixture
def small_disk(tmp_path):
    """A file system of half a megabyte."""
    with mounted(tmp_path / "small", "size=512k") as place:
        yield place


def test_a_full_disk_is_one_line_and_the_next_run_goes_on(program, articles, small_disk):
    """Some items fit, the run ends with one line; with room again the next run makes the others."""
    folder = articles(6)
    ended = program.run("batch", folder, *QUICK, "--feed", "-o", small_disk)
    assert ended.code == 1
    assert len(ended.words.splitlines()) == 1, ended.words
    assert "disk is full" in ended.words
    assert not list(small_disk.glob(".*.part*"))
    subprocess.run(["mount", "-o", "remount,size=50m", str(small_disk)], check=True)
    again = program.run("batch", folder, *QUICK, "--feed", "-o", small_disk)
    assert again.code == 0, again.words
    assert_whole(small_disk, 6)


def test_runs_killed_while_files_are_put_in_place_leave_nothing_behind(program, articles):
    """SIGKILL in the very moment between a bulletin's first temporary file and the books, five times."""
    folder = articles(6)
    for _ in range(5):
        process = program.start("batch", folder, *QUICK, start_new_session=True)
        wait_until(lambda: [*program.out.glob(".*.part*")] or process.poll() is not None, pause=0.0005)  # noqa: B023
        process.kill()
        process.communicate()
        wait_until(lambda: not of_group(process.pid), 20)  # noqa: B023
    ended = program.run("batch", folder, *QUICK, "--feed")
    assert ended.code == 0, ended.words
    assert_whole(program.out, 6)


def test_a_worker_that_is_killed_costs_a_second_try_and_no_item(program, articles):
    """SIGKILL to one of two processes in mid-work, as when memory is short: the run goes on in new ones."""
    process = program.start(
        "batch", articles(10), "--cast", "tone", "--workers", "2", "--feed", start_new_session=True
    )
    wait_until(lambda: done(program.out) >= 2 or process.poll() is not None)
    workers = [pid for pid in of_group(process.pid) if b"spawn_main" in command_of(pid)]
    os.kill(workers[-1], signal.SIGKILL)
    out, words = process.communicate(timeout=120)
    assert (process.returncode, words) == (0, "")
    assert len(set(out.splitlines())) == len(out.splitlines()) == 10
    assert_whole(program.out, 10)


def command_of(pid):
    with contextlib.suppress(OSError), open(f"/proc/{pid}/cmdline", "rb") as file:  # noqa: PTH123
        return file.read()
    return b""


def test_sigterm_while_a_site_is_slow_ends_within_its_time_limit_and_fails_nothing(program, site):
    """What was not fetched for that reason is no failure: the next run makes it at once."""
    site.publish(*"abcdefgh")
    good = dict(site.answers)
    for name in "abcdefgh":
        site.answers[f"/{name}"] = slowly(2)
    command = ("batch", f"{site.url}/feed.xml", "--allow-private", *QUICK, "--feed")
    process = program.start(*command)
    wait_until(lambda: "/h" in site.paths() or len(site.asked) >= 4 or process.poll() is not None)
    process.send_signal(signal.SIGTERM)
    began = time.monotonic()
    out, words = process.communicate(timeout=60)
    assert (process.returncode, out, words) == (0, "", "")
    assert time.monotonic() - began < 8
    site.answers = good
    assert program.run(*command).code == 0
    assert_whole(program.out, 8)
