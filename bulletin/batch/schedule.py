"""A batch on a timer: systemd units or a crontab line for the user, or a loop in the foreground."""

from __future__ import annotations

import re
import shlex
import signal
import sys
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

from bulletin.errors import ConfigError, OutputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from apscheduler.triggers.cron import CronTrigger

SERVICE = """\
[Unit]
Description=Make bulletins of {name}
Wants=network-online.target
After=network-online.target time-sync.target

[Service]
Type=oneshot
ExecStart={command}
WorkingDirectory={folder}
SuccessExitStatus=4
Nice=10
TimeoutStartSec=12h
TimeoutStopSec=15min
KillMode=mixed
NoNewPrivileges=yes
PrivateTmp=yes
ProtectSystem=strict
ProtectHome=read-only
ReadWritePaths={writable}
ProtectKernelTunables=yes
ProtectControlGroups=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
RestrictSUIDSGID=yes
LockPersonality=yes
"""
TIMER = """\
[Unit]
Description=When to make bulletins of {name}

[Timer]
{when}
Persistent=yes
RandomizedDelaySec=30

[Install]
WantedBy=timers.target
"""
EVERY = re.compile(r"(\d+)\s*([mhd])")
UNITS = {"m": "min", "h": "h", "d": "d"}
MINUTES = {"m": 1, "h": 60, "d": 1440}
DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")


def every(text: str) -> tuple[int, str]:
    """A number and its unit: m, h or d.

    >>> every("30m")
    (30, 'm')
    """
    found = EVERY.fullmatch(text.strip())
    if not found or not int(found[1]):
        raise UsageError(f"--every {text!r}: write 15m, 1h or 1d")
    return int(found[1]), found[2]


def cron_fields(text: str) -> list[str]:
    """The five fields of a cron expression, checked."""
    trigger(text)
    return text.split()


def trigger(text: str) -> CronTrigger:
    """A cron expression as APScheduler reads it."""
    from apscheduler.triggers.cron import CronTrigger

    fields = text.split()
    try:
        if len(fields) != 5:
            raise ValueError("it has five fields: minute hour day month weekday")
        return CronTrigger.from_crontab(" ".join([*fields[:4], weekdays(fields[4])]))
    except ValueError as error:
        raise UsageError(f"--cron {text!r}: {error}") from error


def command_of(arguments: Sequence[str]) -> list[str]:
    """This very program, so that the timer finds it without a PATH."""
    return [sys.executable, "-m", "bulletin", *arguments]


def crontab(arguments: Sequence[str], *, interval: str | None, cron: str | None) -> str:
    """One crontab line.

    >>> crontab(["batch", "a.toml"], interval="30m", cron=None).startswith("*/30 * * * * ")
    True
    """
    when = " ".join(cron_fields(cron)) if cron else cron_of(*every(interval or "1h"))
    return f"{when} {shlex.join(command_of(arguments)).replace('%', chr(92) + '%')}\n"


def cron_of(number: int, unit: str) -> str:
    """Cron counts within the hour or the day, so only what divides them can be said."""
    whole = {"m": 60, "h": 24, "d": 1}[unit]
    if whole % number:
        raise UsageError(f"cron can't say every {number}{unit}: choose a divisor of {whole}, or use --cron")
    if unit == "d" or number == whole:
        return "0 0 * * *" if unit != "m" else "0 * * * *"
    return f"*/{number} * * * *" if unit == "m" else f"0 */{number} * * *"


def units(
    name: str,
    arguments: Sequence[str],
    folder: Path,
    writable: Sequence[Path],
    interval: str | None,
    cron: str | None,
) -> dict[str, str]:
    """A service and its timer, by file name."""
    number, unit = every(interval or "1h")
    calendar = calendar_of(cron_fields(cron)) if cron else None
    when = f"OnCalendar={calendar}" if calendar else f"OnBootSec=2min\nOnUnitActiveSec={number}{UNITS[unit]}"
    command = " ".join(argument(part) for part in command_of(arguments))
    paths = " ".join(quoted(str(path)) for path in writable)
    service = SERVICE.format(name=name, command=command, folder=plain(str(folder)), writable=paths)
    return {f"{name}.service": service, f"{name}.timer": TIMER.format(name=name, when=when)}


def plain(text: str) -> str:
    """A value that systemd takes whole: only its specifiers are doubled."""
    return text.replace("%", "%%")


def quoted(text: str) -> str:
    """One of several values, in quotes where it holds a space.

    >>> quoted("/a b"), quoted("100%")
    ('"/a b"', '100%%')
    """
    text = plain(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"' if re.search(r"[\s\\'\"]", text) else text


def argument(text: str) -> str:
    """A word of a command, where a dollar sign would be a variable's."""
    return quoted(text.replace("$", "$$"))


def calendar_of(fields: Sequence[str]) -> str:
    """A cron expression as systemd's OnCalendar, where both can say it.

    >>> calendar_of(["0", "6-20/2", "*", "*", "1-5"])
    'Mon,Tue,Wed,Thu,Fri *-*-* 06..20/2:00:00'
    """
    minute, hour, day, month, weekday = fields
    if day != "*" and weekday != "*":
        raise ConfigError(
            "cron takes a day of the month or a weekday, systemd only both together: choose one"
        )
    days = "" if weekday == "*" else weekdays(weekday).title() + " "
    return f"{days}*-{part_of(month)}-{part_of(day)} {part_of(hour)}:{part_of(minute)}:00"


def part_of(field: str) -> str:
    """
    >>> part_of("*/15"), part_of("7,9")
    ('00/15', '07,09')
    """
    field = re.sub(r"^\*/", "0/", field).replace("-", "..")
    return re.sub(r"(?<!/)\b\d\b", lambda digit: f"0{digit[0]}", field)


def weekdays(field: str) -> str:
    """The days of a cron field by name: cron counts from Sunday, APScheduler from Monday, systemd not at all.

    >>> weekdays("1-3,sun"), weekdays("5-7")
    ('mon,tue,wed,sun', 'fri,sat,sun')
    """
    if field == "*":
        return field
    chosen: list[str] = []
    for part in field.lower().split(","):
        span, _, step = part.partition("/")
        first, _, last = span.partition("-")
        start = 0 if span == "*" else day_number(first)
        end = 6 if span == "*" else day_number(last or first)
        end += 7 if end < start else 0
        chosen += [DAYS[number % 7] for number in range(start, end + 1, int(step or 1))]
    return ",".join(dict.fromkeys(chosen))


def day_number(text: str) -> int:
    number = int(text) if text.isdigit() else DAYS.index(text) if text in DAYS else 8
    if number > 7:
        raise UsageError(f"--cron: {text!r} is no day of the week")
    return number


def install(files: dict[str, str], folder: Path) -> list[Path]:
    """Put units where the user's systemd looks for them."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            part = folder / f".{name}.part"
            part.write_text(content, encoding="utf-8")
            part.replace(folder / name)
    except OSError as error:
        raise OutputError(f"{folder}: the units can't be written: {error.strerror}") from error
    return [folder / name for name in files]


def user_units() -> Path:
    return Path.home() / ".config" / "systemd" / "user"


def watch(run: Callable[[], bool], *, interval: str | None, cron: str | None) -> None:
    """Run now and then by the clock, in the foreground, one run at a time, until a signal.

    `run` tells whether a signal ended it. It is called in the main thread, which alone gets signals;
    APScheduler's background thread only says when.
    """
    from apscheduler.schedulers.background import BackgroundScheduler
    from apscheduler.triggers.interval import IntervalTrigger

    number, unit = every(interval or "1h")
    when = trigger(cron) if cron else IntervalTrigger(minutes=number * MINUTES[unit])
    due: SimpleQueue[bool] = SimpleQueue()
    before = signal.signal(signal.SIGTERM, lambda *_: due.put(False))
    scheduler = BackgroundScheduler()
    scheduler.add_job(due.put, when, [True], coalesce=True)
    scheduler.start()
    try:
        while not run() and next_is_due(due):
            pass
    finally:
        scheduler.shutdown()
        signal.signal(signal.SIGTERM, before)


def next_is_due(due: SimpleQueue[bool]) -> bool:
    """Waits for the clock; False at the end. What came due during a long run is one run, not several."""
    going_on = due.get()
    while going_on and not due.empty():
        going_on = due.get()
    return going_on
