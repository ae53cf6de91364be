"""What the user may say about how Coqui runs. Environment variables, because workers inherit them."""

from __future__ import annotations

import os

from bulletin.errors import UsageError

DEVICES = ("auto", "cpu", "cuda", "mps")
MOST_THREADS = 8
"""More threads than this make one sentence no faster."""


def device() -> str:
    """`BULLETIN_DEVICE`: auto, cpu, cuda or mps."""
    asked = os.environ.get("BULLETIN_DEVICE") or "auto"
    if asked not in DEVICES:
        raise UsageError(f"no device {asked!r}: there are {', '.join(DEVICES)}")
    return asked


def seed() -> int:
    """`BULLETIN_SEED`: models draw random numbers; the same seed makes the same sound."""
    asked = os.environ.get("BULLETIN_SEED") or "0"
    if not asked.isdecimal() or int(asked) >= 2**32:
        raise UsageError(f"the seed {asked!r} is no number from 0 to {2**32 - 1}")
    return int(asked)


def threads() -> int:
    """What the worker was given (`OMP_NUM_THREADS`), else this process's processors, up to a bound."""
    given = os.environ.get("OMP_NUM_THREADS", "")
    if given.isdecimal() and int(given) > 0:
        return int(given)
    here = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(here, MOST_THREADS)


def verbose() -> bool:
    """`BULLETIN_VERBOSE`: show what torch and TTS have to say."""
    return os.environ.get("BULLETIN_VERBOSE", "") not in ("", "0")
