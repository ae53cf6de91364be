"""All voices of all engines: which there are, whether they speak, and a sample of each."""

from __future__ import annotations

import io
import re
import time
import wave
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bulletin.errors import BulletinError, SpeechError
from bulletin.speech.engine import Voice, engine, engine_names, split_voice_id
from bulletin.speech.files import write_whole
from bulletin.speech.sound import sounding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bulletin.model import Clip

WORDS = {"fr": "Bonjour.", "en": "Hello."}
SAMPLES = {
    "fr": "Bonjour, voici les nouvelles de ce matin : la rivière baisse, et le pont rouvre à midi.",
    "en": "Good morning, here is the news: the river is falling, and the bridge opens again at noon.",
}
UNKNOWN_LANGUAGE = "fr"


@dataclass(frozen=True, slots=True)
class Check:
    """Whether an engine spoke a word, with which voice, and how long it took with its loading.

    `note`: what the engine has to say about itself, such as whether its compiled kernels run.
    """

    engine: str
    voice: str | None
    seconds: float
    problem: str | None = None
    note: str | None = None


def voices() -> list[Voice]:
    """Every voice; an engine that does not load is one voice that is not ready."""
    return [voice for name in engine_names() for voice in voices_of(name)]


def voices_of(engine_name: str) -> Sequence[Voice]:
    """An engine's voices. What anybody's engine throws must not hide the others'."""
    try:
        return engine(engine_name).voices()
    except Exception as error:
        why_not = str(error) if isinstance(error, BulletinError) else f"{type(error).__name__}: {error}"
        return [Voice(f"{engine_name}:", "any", "unknown", "", ready=False, why_not=why_not)]


def find(voice_id: str) -> Voice:
    """The voice of that id, also of a model of one's own. `VoiceError` where the engine has none such."""
    name, own_name = split_voice_id(voice_id)
    for voice in engine(name).voices():
        if voice.id == voice_id:
            return voice
    engine(name).recipe(own_name)
    return Voice(voice_id, "any", "unknown", "")


def check() -> Iterator[Check]:
    """One word with each engine's first voice that is ready."""
    for name in engine_names():
        listed = voices_of(name)
        voice = next((one for one in listed if one.ready), None)
        if voice is None:
            why_not = listed[0].why_not if listed else "it has no voices"
            yield Check(name, None, 0.0, why_not)
            continue
        started = time.perf_counter()
        problem = trouble_with(voice)
        note = getattr(engine(name), "note", None)
        yield Check(name, voice.id, time.perf_counter() - started, problem, note)


def trouble_with(voice: Voice) -> str | None:
    """What is wrong with the voice, by letting it speak."""
    try:
        clip = say(voice, WORDS)
    except BulletinError as error:
        return str(error)
    heard = sounding(clip.samples)
    return None if heard.stop > heard.start else "it makes no sound"


def say(voice: Voice, texts: dict[str, str]) -> Clip:
    """The text of the voice's language. Any failure of the engine is a `SpeechError`."""
    language = voice.language if voice.language in texts else UNKNOWN_LANGUAGE
    engine_name, name = split_voice_id(voice.id)
    try:
        return engine(engine_name).speak(texts[language], name, language=language, speed=1.0)
    except BulletinError:
        raise
    except Exception as error:
        raise SpeechError(f"{voice.id} does not speak: {type(error).__name__}: {error}") from error


def play(listed: Sequence[Voice], folder: Path) -> Iterator[Path]:
    """A sample of each voice as a WAV file in the folder. Raises `OSError` where it can't be written."""
    for voice in listed:
        path = folder / f"{file_name(voice.id)}.wav"
        write_whole(path, wav(say(voice, SAMPLES)))
        yield path


def file_name(voice_id: str) -> str:
    """
    >>> file_name("coqui:tts_models/fr/css10/vits")
    'coqui-tts_models-fr-css10-vits'
    """
    return re.sub(r"[^\w.-]+", "-", voice_id).strip("-.")


def wav(clip: Clip) -> bytes:
    """A clip as a WAV file of 16 bits."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(clip.rate)
        out.writeframes(np.round(np.clip(clip.samples, -1, 1) * 32767).astype("<i2").tobytes())
    return file.getvalue()
