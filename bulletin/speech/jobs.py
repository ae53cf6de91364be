"""What an engine is asked to say for an utterance, and the key under which the answer is kept."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from bulletin.model import Clip, Word
from bulletin.speech.engine import engine, split_voice_id
from bulletin.speech.markup import mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin.model import Piece, Utterance

FORMAT = 1
"""Changes when a kept clip would be read differently."""


@dataclass(frozen=True, slots=True)
class Job:
    """One thing to say; small, and understood by another process."""

    engine: str
    voice: str
    text: str
    language: str
    speed: float
    key: str

    def speak(self) -> Clip:
        return engine(self.engine).speak(self.text, self.voice, language=self.language, speed=self.speed)


@lru_cache(maxsize=256)
def recipe(engine_name: str, voice: str) -> str:
    return engine(engine_name).recipe(voice)


def job(utterance: Utterance) -> Job:
    """`VoiceError` where the engine or the voice is unknown."""
    engine_name, voice = split_voice_id(utterance.voice)
    speaker = engine(engine_name)
    text = " ".join("".join(said(piece, speaker.markup) for piece in utterance.pieces).split())
    parts = [
        FORMAT,
        engine_name,
        speaker.version,
        voice,
        recipe(engine_name, voice),
        text,
        utterance.language,
        utterance.speed,
    ]
    key = hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
    return Job(engine_name, voice, text, utterance.language, utterance.speed, key)


def said(piece: Piece, markup: bool) -> str:
    """A piece as the engine is given it: IPA only for those that understand it, respellings for all.

    >>> from bulletin.model import Piece
    >>> said(Piece("miles", "miles", "/majlz/"), markup=True)
    '[miles](/majlz/)'
    """
    if piece.pronunciation is None:
        return piece.spoken
    if not piece.pronunciation.startswith("/"):
        return piece.pronunciation
    return mark(piece.spoken, piece.pronunciation) if markup else piece.spoken


def as_spoken(clip: Clip, pieces: Sequence[Piece]) -> Clip:
    """The clip's words in the utterance's own spelling, where a respelling stands for one of them."""
    spelled = {
        piece.pronunciation: piece.spoken
        for piece in pieces
        if piece.pronunciation and not piece.pronunciation.startswith("/")
    }
    if not spelled:
        return clip
    words = tuple(Word(spelled.get(word.text, word.text), word.start, word.end) for word in clip.words)
    return dataclasses.replace(clip, words=words)
