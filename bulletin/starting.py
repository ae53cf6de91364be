"""What makes the program start quickly."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
def charsets_worked_out_once() -> Iterator[None]:
    """Regular expressions that are compiled meanwhile share what `re` works out of a set of characters.

    Rules hold the same few sets hundreds of times over, and for each of them `re` looks at every letter
    anew: most of the time in spaCy's rules for French words, a quarter of it in ours. Where Python doesn't
    have this part under its name, they take their time.
    """
    compiler = import_module("re._compiler")
    work_out = getattr(compiler, "_optimize_charset", None)
    if work_out is None:
        yield
        return
    known: dict[Any, Any] = {}

    def look_up(charset: Iterable[Any], iscased: Any = None, fixup: Any = None, fixes: Any = None) -> Any:
        key = (*charset,), iscased, fixup, fixes is None
        if key not in known:
            known[key] = work_out(charset, iscased, fixup, fixes)
        return known[key]

    vars(compiler)["_optimize_charset"] = look_up
    try:
        yield
    finally:
        vars(compiler)["_optimize_charset"] = work_out


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
