"""Timers: systemd units that systemd accepts, cron lines that cron understands as we do."""

import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from croniter import croniter

from bulletin.batch import schedule
from bulletin.errors import BulletinError

START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)  # a Monday
CRONS = ("30 6 * * 1-5", "0 7 * * 0", "0 7 * * 7", "*/15 6-20/2 * * mon,sat", "5 4 1,15 * *", "0 0 * 2 5-7")


def ours(text, count):
    """When APScheduler fires."""
    trigger, moment = schedule.trigger(text), START
    trigger.timezone = UTC
    for _ in range(count):
        moment = trigger.get_next_fire_time(None, moment + timedelta(seconds=1))
        yield moment


@pytest.mark.parametrize("text", CRONS)
def test_days_are_those_of_cron(text):
    """APScheduler counts weekdays from Monday, cron from Sunday: a parser of cron agrees with what we run."""
    parser = croniter(text, START)
    assert list(ours(text, 12)) == [parser.get_next(datetime) for _ in range(12)]


@pytest.mark.parametrize("interval", ["5m", "30m", "60m", "1h", "6h", "24h", "1d"])
def test_an_interval_becomes_a_line_that_cron_reads(interval):
    """The line fires at the distance that was asked for, and its command is the program."""
    line = schedule.crontab(["batch", "/a b/100%.toml"], interval=interval, cron=None)
    *fields, command = line.rstrip("\n").split(" ", 5)
    number, unit = schedule.every(interval)
    parser = croniter(" ".join(fields), START)
    first = parser.get_next(datetime)
    assert parser.get_next(datetime) - first == timedelta(minutes=number * schedule.MINUTES[unit])
    said = command.replace("\\%", "%")
    shown = subprocess.run(["sh", "-c", f"printf '%s|' {said}"], capture_output=True, text=True, check=True)
    assert shown.stdout.split("|")[:-1] == [sys.executable, "-m", "bulletin", "batch", "/a b/100%.toml"]


@pytest.mark.parametrize("text", ["7m", "0h", "1 week", "-1h"])
def test_an_interval_that_cron_cannot_say_is_refused(text):
    with pytest.raises(BulletinError):
        schedule.crontab([], interval=text, cron=None)


@pytest.mark.parametrize(
    "text", ["* * * *", "61 * * * *", "0 0 * * 8", "0 0 * * funday", "a b c d e", "0 0 * * x-y"]
)
def test_a_cron_expression_that_makes_no_sense_is_refused(text):
    with pytest.raises(BulletinError):
        schedule.crontab([], interval=None, cron=text)


systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")


@systemd
@pytest.mark.parametrize(
    "when", [("--every", "30m"), ("--every", "1d"), *(("--cron", text) for text in CRONS)]
)
def test_systemd_accepts_the_units(quick, when, monkeypatch):
    """`systemd-analyze verify` says nothing of the installed units, folders with spaces and % included."""
    place = quick.folder / "a b 100%"
    place.mkdir()
    monkeypatch.setenv("HOME", str(quick.folder))
    monkeypatch.setenv("BULLETIN_CACHE", str(place / "cache"))
    manifest = place / "le port.toml"
    manifest.write_text("")
    ended = quick.run("schedule", manifest, *when, "-o", place / "out", "--install")
    assert ended.code == 0, ended.words
    units = ended.out.splitlines()
    assert [unit.rpartition(".")[2] for unit in units] == ["service", "timer"]
    checked = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, check=False
    )
    about_ours = [line for line in checked.stderr.splitlines() if "bulletin" in line]
    assert (checked.returncode, about_ours) == (0, []), checked.stderr


@systemd
@pytest.mark.parametrize("text", CRONS)
def test_systemd_fires_when_cron_does(text):
    """The same moments from systemd's calendar and a parser of cron."""
    said = schedule.calendar_of(text.split())
    command = [
        "systemd-analyze",
        "calendar",
        "--iterations=5",
        f"--base-time={START:%Y-%m-%d %H:%M:%S} UTC",
        said,
    ]
    shown = subprocess.run(
        command, capture_output=True, text=True, check=True, env={"TZ": "UTC", "LC_ALL": "C"}
    )
    lines = [line.split(": ", 1) for line in shown.stdout.splitlines()]
    found = [
        value for name, value in lines if name.strip() == "Next elapse" or name.strip().startswith("Iter")
    ]
    parser = croniter(text, START)
    expected = [parser.get_next(datetime).strftime("%a %Y-%m-%d %H:%M:%S UTC") for _ in range(5)]
    assert found == expected
