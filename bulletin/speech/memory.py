"""How much memory may be taken now: of the machine, or of the container that this runs in."""

from __future__ import annotations

import contextlib
import os
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin.speech.engine import engine, split_voice_id

if TYPE_CHECKING:
    from collections.abc import Iterable

MEMINFO = Path("/proc/meminfo")
CONTAINER = Path("/sys/fs/cgroup")
PROCESS = 500 * 1024**2
"""Bytes that any process takes with the embedded voices in it."""
UNKNOWN = 8 * 1024**3
"""Bytes, where the system does not say."""


def available() -> int:
    """Bytes that can be taken without anything having to go; on other systems than Linux, half of all."""
    return min([of_the_machine(), *of_the_container(CONTAINER)])


def of_the_machine() -> int:
    with contextlib.suppress(OSError, ValueError, KeyError):
        return fields(MEMINFO)["MemAvailable:"] * 1024
    with contextlib.suppress(AttributeError, OSError, ValueError):
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2
    return UNKNOWN


def of_the_container(folder: Path) -> list[int]:
    """What is left of a limit that a container has (control groups, version 2), if it has one."""
    with contextlib.suppress(OSError, ValueError, KeyError):
        limit = int((folder / "memory.max").read_text(encoding="ascii"))
        return [max(0, limit - fields(folder / "memory.stat")["anon"])]
    return []


def fields(path: Path) -> dict[str, int]:
    """The numbers behind the names in one of the kernel's tables."""
    lines = [line.split() for line in path.read_text(encoding="ascii").splitlines()]
    return {name: int(value) for name, value, *_ in lines}


def fitting(voices: Iterable[str], workers: int) -> int:
    """So many processes, or fewer where memory does not hold these voices in each of them."""
    by_engine = defaultdict(list)
    for engine_name, voice in dict.fromkeys(split_voice_id(voice) for voice in voices):
        by_engine[engine_name].append(voice)
    needs = [getattr(engine(name), "memory", none)(names) for name, names in by_engine.items()]
    return max(1, min(workers, available() // (PROCESS + sum(needs))))


def none(_: object) -> int:
    """What is asked of engines that say nothing of their memory."""
    return 0
