"""What makes the program start quickly."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

COLLECTED_AFTER = (50_000, 20, 20)
"""Python looks for rubbish after 700 new objects by itself: often, while models and rules are read."""
BLAS_THREADS = "OPENBLAS_NUM_THREADS"


@contextmanager
def without(*modules: str) -> Iterator[None]:
    """Empty modules in these places while others are imported, which import them and hardly need them.

    Modules that are there already stay.
    """
    missing = [name for name in modules if name not in sys.modules]
    for name in missing:
        sys.modules[name] = Empty(name)
    try:
        yield
    finally:
        for name in missing:
            del sys.modules[name]


class Empty(ModuleType):
    """Whatever is imported from it is None."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)


@contextmanager
def one_thread_for_numpy() -> Iterator[None]:
    """NumPy, where it is imported meanwhile, multiplies matrices with one thread.

    OpenBLAS starts one for every processor otherwise, which takes a twentieth of a second of all of them,
    and lets them wait in a loop, which on a busy machine makes small products several times slower.
    """
    before = os.environ.get(BLAS_THREADS)
    os.environ.setdefault(BLAS_THREADS, "1")
    try:
        yield
    finally:
        if before is None:
            del os.environ[BLAS_THREADS]


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
