"""Importing torch and TTS: only when a voice needs them, with clear errors, and quietly."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import io
import logging
import os
import shutil
import sys
import types
import warnings
from functools import cache
from typing import TYPE_CHECKING, Any

from bulletin.errors import EngineError
from bulletin.speech.coqui import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PYTHONS = ((3, 10), (3, 15))
"""coqui-tts 0.28 runs on the first and everything before the second."""
PACKAGES = ("TTS", "torch", "torchaudio", "torchcodec", "six")
INSTALL = 'pip install "bulletin[coqui]"'
MOST_SAID = 120
"""Signs of a library's error that are shown."""
CHATTERERS = ("TTS", "trainer", "torch", "torchaudio", "transformers", "fsspec", "numba", "matplotlib")


def require(python: tuple[int, int] = sys.version_info[:2]) -> None:
    """`EngineError` where Coqui TTS can't run here. Imports nothing."""
    least, end = PYTHONS
    if not least <= python < end:
        raise EngineError(
            f"Coqui TTS runs on Python {dotted(least)} to {dotted((end[0], end[1] - 1))}, "
            f"and this is Python {dotted(python)}: install bulletin with one of those"
        )
    if missing := [name for name in PACKAGES if importlib.util.find_spec(name) is None]:
        raise EngineError(f"Coqui TTS is not installed (no {', '.join(missing)}): {INSTALL}")


def dotted(version: tuple[int, int]) -> str:
    return ".".join(map(str, version))


@cache
def torch() -> Any:
    """The torch module, with TTS ready to be imported. `EngineError` names what is broken and the remedy."""
    require()
    os.environ.setdefault("TORCH_CPP_LOG_LEVEL", "ERROR")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.pop("TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD", None)
    os.environ["TORCH_FORCE_WEIGHTS_ONLY_LOAD"] = "1"  # a model's file may hold a program: never run it
    with quiet():
        module = imported("torch")
        module.set_num_threads(settings.threads())
        with contextlib.suppress(RuntimeError):
            module.set_num_interop_threads(1)
        make_torchaudio_load()
        imported("TTS.utils.synthesizer")
    return module


def imported(name: str) -> Any:
    """A module of the extra. Broken native libraries raise anything; the user is told one thing."""
    try:
        return importlib.import_module(name)
    except Exception as error:
        package = name.partition(".")[0]
        raise EngineError(
            f"{package} is installed but does not load ({brief(error)}): "
            f"pip install --force-reinstall torch==2.13.*, then {INSTALL}"
        ) from error


def brief(error: Exception) -> str:
    """What torch and TTS say in paragraphs, in a few words: the kind of error, and how it begins.

    >>> brief(RuntimeError("Error(s) in loading:\\n\\tMissing key: a. b, c"))
    'RuntimeError: Error(s) in loading: Missing key: a'
    >>> brief(EOFError())
    'EOFError'
    """
    if type(error).__name__ == "UnpicklingError":
        return "there is something else than weights in it, which is never run"
    said = " ".join(str(error).split()).partition(". ")[0][:MOST_SAID].removesuffix(".")
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


def make_torchaudio_load() -> None:
    """Let torchaudio do without its native parts, which fit only one build of torch.

    torchaudio's last release (2.11) refuses to load beside any other torch, for the sake of an extension
    that serves forced alignment and IIR filters; and it reads files through torchcodec, which needs FFmpeg's
    libraries on the system. Coqui uses neither to speak: the extension is replaced by an empty one, which
    torchaudio has fallbacks for, and files are read with soundfile.
    """
    if "torchaudio" in sys.modules:
        return
    extension: Any = types.ModuleType("torchaudio._extension")
    extension._IS_TORCHAUDIO_EXT_AVAILABLE = False
    extension.fail_if_no_align = same
    sys.modules[extension.__name__] = extension
    imported("torchaudio").load = read_sound


def same(function: Callable[..., Any]) -> Callable[..., Any]:
    """A decorator that decorates nothing."""
    return function


def read_sound(path: Any, *_: Any, **__: Any) -> tuple[Any, int]:
    """A sound file as torchaudio gives it: a tensor of shape (channels, samples), and its rate."""
    import soundfile

    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    return torch().from_numpy(samples.T.copy()), int(rate)


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keeps what torch and TTS have to say off the terminal, unless `BULLETIN_VERBOSE` asks for it."""
    if settings.verbose():
        with contextlib.redirect_stdout(sys.stderr):
            yield
        return
    loggers = [logging.getLogger(name) for name in CHATTERERS]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        try:
            with contextlib.redirect_stderr(io.StringIO()):
                yield
        finally:
            for logger, level in zip(loggers, levels, strict=True):
                logger.setLevel(level)


def wanted_device() -> str:
    """cpu, cuda or mps: what was asked for, or the best there is.

    torch is imported only where there is a driver of a GPU to ask it about.
    """
    asked = settings.device()
    if asked != "auto":
        return asked
    driver = shutil.which("nvidia-smi") is not None and importlib.util.find_spec("torch") is not None
    return "cuda" if driver and torch().cuda.is_available() else "cpu"


def device() -> str:
    """The wanted device, once torch has found it."""
    asked, module = wanted_device(), torch()
    there = {"cpu": True, "cuda": module.cuda.is_available(), "mps": module.backends.mps.is_available()}
    if not there[asked]:
        raise EngineError(f"torch finds no {asked} device here: use --device cpu or auto")
    return asked
