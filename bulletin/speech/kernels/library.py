"""The compiled extension, which need not be there, and what it can do on this processor."""

from __future__ import annotations

import ctypes
import os
from dataclasses import dataclass
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

VARIABLE = "BULLETIN_KERNELS"
"""`off`, or the name of a backend; anything that does not run here is the same as `off`."""

OFF = ("off", "0", "no", "none", "false")
NAME = "_fused"


@dataclass(frozen=True, slots=True)
class Choice:
    """The backend that runs here, with its library; or none, and why, in a few words."""

    backend: str | None
    library: Path | None
    why: str


def library_path() -> Path | None:
    folder = Path(__file__).parent
    places = (folder / f"{NAME}{suffix}" for suffix in EXTENSION_SUFFIXES)
    return next((place for place in places if place.is_file()), None)


def choose() -> Choice:
    """What runs here: the variable's wish if there is one, else the best that the processor offers."""
    wish = os.environ.get(VARIABLE, "").strip().lower()
    if wish in OFF:
        return Choice(None, None, f"{VARIABLE} is {wish}")
    path = library_path()
    if path is None:
        return Choice(
            None, None, "they were not compiled: no working C++ compiler when bulletin was installed"
        )
    try:
        backend = ask(path, wish)
    except (OSError, AttributeError) as error:
        return Choice(None, None, f"{path.name} does not load: {error}")
    if backend is None:
        wanted = f"{VARIABLE}={wish} does not run" if wish else "there are none for it"
        return Choice(None, None, f"on this processor {wanted}")
    return Choice(backend, path, f"{VARIABLE} asks for it" if wish else "the best for this processor")


def ask(path: Path, wish: str) -> str | None:
    """Chooses for all sessions that are made from now on, and tells the name."""
    function = ctypes.CDLL(str(path)).bulletin_kernels_choose
    function.argtypes = [ctypes.c_char_p]
    function.restype = ctypes.c_char_p
    name: bytes | None = function(wish.encode() if wish else None)
    return name.decode() if name else None
