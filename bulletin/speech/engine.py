"""The one seam of the sound side: an engine turns a sentence into samples.

Engines are found through the entry-point group `bulletin.engines`; the built-in ones are registered the
same way as anybody's. An engine knows nothing of articles.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Protocol

from bulletin.errors import EngineError, VoiceError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin.model import Clip, Gender

GROUP = "bulletin.engines"

Progress = Callable[[str, int, int], None]
"""Is told what an engine is getting, the bytes that are here, and the bytes in all (0 where nobody knows)."""


def silent(*_: object) -> None:
    """No progress."""


PROGRESS: ContextVar[Progress] = ContextVar("progress", default=silent)
"""Who is told of it: set by whoever shows it to a person."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One voice of an engine. `id` is whole ("kokoro:siwis"); `why_not` is one line where it isn't ready."""

    id: str
    language: str
    gender: Gender
    licence: str
    ready: bool = True
    why_not: str | None = None
    description: str = ""


class Engine(Protocol):
    """What an engine has to offer.

    `version` changes when the same words would sound different: it is part of the cache's key.
    `markup` says that `speak` understands `[word](/ipa/)`; other engines are given plain words.
    `parallel` says that a sentence takes long enough to be worth a process of its own. An engine may have
    two methods more: `prepare()` loads what its first sentence would wait for, and `memory(voices)` says how
    many bytes a process takes that holds these voices.
    """

    name: str
    version: str
    markup: bool
    parallel: bool

    def voices(self) -> Sequence[Voice]: ...

    def recipe(self, voice: str) -> str:
        """What makes the voice, as a key: changes when it would sound different. `VoiceError` if unknown."""
        ...

    def speak(self, text: str, voice: str, *, language: str, speed: float) -> Clip: ...


def split_voice_id(voice_id: str) -> tuple[str, str]:
    """The engine and its own name for the voice.

    >>> split_voice_id("coqui:tts_models/fr/css10/vits")
    ('coqui', 'tts_models/fr/css10/vits')
    """
    engine_name, colon, voice = voice_id.partition(":")
    if not (colon and engine_name and voice):
        raise VoiceError(f"{voice_id!r} is no voice: write engine:voice, as in kokoro:siwis")
    return engine_name, voice


def engine_names() -> list[str]:
    return sorted(point.name for point in entry_points(group=GROUP))


@cache
def engine(name: str) -> Engine:
    """The engine of that name, made once per process."""
    for point in entry_points(group=GROUP, name=name):
        try:
            made: Engine = point.load()()
        except ImportError as error:
            raise EngineError(f"the engine {name} does not load: {error}") from error
        return made
    raise EngineError(f"no engine called {name}: there are {', '.join(engine_names())}")
