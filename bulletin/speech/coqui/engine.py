"""Coqui behind the seam."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from bulletin.errors import EngineError, VoiceError
from bulletin.model import Clip
from bulletin.speech.coqui import cloning, consent, exporting, fetching, library, released, settings
from bulletin.speech.coqui.names import Asked, looks_like_a_path, parse
from bulletin.speech.coqui.places import Model, local, present
from bulletin.speech.coqui.text import is_sayable, split
from bulletin.speech.engine import PROGRESS, Voice
from bulletin.speech.sound import join_clips, silence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bulletin.model import Gender
    from bulletin.speech.coqui.released import Released

BREATH = 0.15
"""Seconds between two parts of a sentence that is too long for the model."""
RATE_OF_SILENCE = 22050
TORCH_TAKES = 600_000_000
"""Bytes of memory that PyTorch and TTS take in a process, before any model."""
MEMORY_OF_A_FILE = 1.8
"""Bytes of memory for a byte of a model's file, which is there twice while it loads: XTTS takes 4 GB."""


class Speaking(Protocol):
    """A loaded model: `Network` in torch, `Graph` in ONNX Runtime."""

    def limit(self, language: str) -> int: ...

    def say(self, text: str, asked: Asked, *, language: str, speed: float) -> Clip: ...


class CoquiEngine:
    """Each model is loaded once per process, when it first speaks."""

    name = "coqui"
    version = "1"
    markup = False
    parallel = True

    def __init__(self) -> None:
        self.loaded: dict[str, Speaking] = {}

    def voices(self) -> Sequence[Voice]:
        """The released voices that speak a language of ours."""
        why_not = trouble_here()
        return [voice for model in released.table().values() for voice in voices_of(model, why_not)]

    def recipe(self, voice: str) -> str:
        """The voice, made ready to speak: fetched if it isn't here, and exported if it can be."""
        asked = parse(voice)
        model = self.ready(asked)
        sample = cloning.sample_key(asked.sample) if asked.sample else ""
        return " ".join([model.fingerprint(), way(model), sample, str(settings.seed())])

    def memory(self, voices: Sequence[str]) -> int:
        """Bytes, about: each model that is here is held whole, and PyTorch for those that need it."""
        models = {asked.model: model for asked in map(parse, voices) if (model := found(asked))}
        in_torch = 0 if all(map(runs_as_graph, models.values())) else TORCH_TAKES
        return in_torch + round(MEMORY_OF_A_FILE * sum(model.weights for model in models.values()))

    def ready(self, asked: Asked) -> Model:
        if looks_like_a_path(asked.model):
            model = local(Path(asked.model))
        else:
            model = self.fetched(released.speaking(asked.model))
        prepare(model)
        return model

    def fetched(self, model: Released) -> Model:
        """The files of a released model, downloaded if it may be used and can run here."""
        consent.require(model)
        if here := here_already(model):
            return here
        library.require()
        return fetching.fetch(model, PROGRESS.get())

    def speak(self, text: str, voice: str, *, language: str, speed: float) -> Clip:
        asked = parse(voice)
        if not is_sayable(text):
            return Clip(silence(BREATH, RATE_OF_SILENCE), RATE_OF_SILENCE)
        if asked.model not in self.loaded:
            self.loaded[asked.model] = load(self.ready(asked))
        speaking = self.loaded[asked.model]
        parts = split(text, speaking.limit(language))
        clips = [speaking.say(part, asked, language=language, speed=speed) for part in parts]
        return join_clips(clips, BREATH)


def fetch(voice: str, *, accept_licence: bool = False) -> Model:
    """Makes a voice ready ahead of time, for `bulletin voices fetch`. `voice` is what follows "coqui:".

    `accept_licence`: the user agrees to a licence such as XTTS's; it is remembered.
    """
    asked = parse(voice)
    if accept_licence and not looks_like_a_path(asked.model):
        consent.remember(released.speaking(asked.model))
    return CoquiEngine().ready(asked)


def prepare(model: Model) -> None:
    """Exports a VITS, so that it speaks without torch from then on."""
    if runs_as_graph(model) and not exporting.is_tried(model):
        told, what = PROGRESS.get(), f"{model.name} ready for ONNX Runtime"
        told(what, 0, 0)
        exporting.export(model)
        told(what, 1, 1)


def runs_as_graph(model: Model) -> bool:
    return model.kind in exporting.KINDS and library.wanted_device() == "cpu"


def way(model: Model) -> str:
    """How the model speaks here, which is a little different in each way."""
    return "graph" if runs_as_graph(model) and exporting.is_exported(model) else library.wanted_device()


def load(model: Model) -> Speaking:
    if way(model) == "graph":
        from bulletin.speech.coqui.graph import Graph

        return Graph(model)
    from bulletin.speech.coqui.network import Network

    return Network(model)


def here_already(model: Released) -> Model | None:
    """The model with its vocoder, if both are here."""
    vocoder = present(released.named(model.vocoder)) if model.vocoder else None
    return present(model, vocoder) if vocoder or not model.vocoder else None


def found(asked: Asked) -> Model | None:
    """The model where it is here; what is wrong with it otherwise will be said when it is asked to speak."""
    with contextlib.suppress(VoiceError):
        if looks_like_a_path(asked.model):
            return local(Path(asked.model))
        return here_already(released.speaking(asked.model))
    return None


def trouble_here() -> str | None:
    try:
        library.require()
    except EngineError as error:
        return str(error)
    return None


def voices_of(model: Released, why_not: str | None) -> Iterator[Voice]:
    """One voice for a model, or one for each of its speakers."""
    here = here_already(model)
    name = model.short or model.name
    if here is None:
        why_not = why_not or f"not fetched: bulletin voices fetch coqui:{name}"
    elif not consent.agreed(model):
        why_not = f"its licence is not agreed to ({model.terms})"
    elif way(here) == "graph":
        why_not = None
    for language in model.languages:
        if language in ("fr", "en"):
            for speaker, gender in speakers_of(model):
                yield Voice(
                    id=f"coqui:{name}{speaker}",
                    language=language,
                    gender=gender,
                    licence=model.licence,
                    ready=why_not is None,
                    why_not=why_not,
                    description=described(model, here),
                )


def speakers_of(model: Released) -> Iterator[tuple[str, Gender]]:
    if not model.speakers:
        yield "", model.gender
    genders: tuple[Gender, ...] = ("f", "m")
    for gender in genders:
        for speaker in model.speakers.get(gender, ()):
            yield f"#{speaker}", gender


def described(model: Released, here: Model | None) -> str:
    """
    >>> described(released.named("tts_models/fr/css10/vits"), None)
    'reader of the CSS10 audiobooks; VITS, 22050 Hz'
    """
    size = f", {megabytes(here)} MB" if here else ""
    return f"{model.description}; {model.architecture}, {model.rate} Hz{size}"


def megabytes(model: Model) -> int:
    """What the model takes on disk."""
    total = sum(path.stat().st_size for path in model.folder.rglob("*") if path.is_file())
    return round(total / 1e6) + (megabytes(model.vocoder) if model.vocoder else 0)
