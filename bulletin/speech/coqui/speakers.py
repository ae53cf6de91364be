"""Finding the speaker and the language that were asked for among those that a model has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin.errors import VoiceError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin.speech.coqui.names import Asked

SHOWN = 12


def chosen_speaker(asked: Asked, speakers: Sequence[str]) -> str | None:
    """Names are compared without the line ends that some released files hold."""
    if asked.speaker is None:
        if len(speakers) > 1:
            raise VoiceError(f"coqui:{asked.model} has {len(speakers)} speakers: {choose(asked, speakers)}")
        return speakers[0] if speakers else None
    for name in speakers:
        if name == asked.speaker or name.strip() == asked.speaker.strip():
            return name
    if not speakers:
        raise VoiceError(f"coqui:{asked.model} has one speaker without a name: leave out #{asked.speaker}")
    raise VoiceError(f"coqui:{asked.model} has no speaker {asked.speaker!r}: {choose(asked, speakers)}")


def choose(asked: Asked, speakers: Sequence[str]) -> str:
    """What could be written instead."""
    names = list(dict.fromkeys(name.strip() for name in speakers))
    more = ["…"] if len(names) > SHOWN else []
    others = ", ".join([*names[1:SHOWN], *more])
    return f"write coqui:{asked.model}#{names[0]}" + (f", or one of {others}" if others else "")


def chosen_language(model: str, language: str, names: Sequence[str]) -> str:
    """
    >>> chosen_language("your_tts", "fr", ["en", "fr-fr", "pt-br"])
    'fr-fr'
    """
    for name in names:
        if name == language or name.partition("-")[0] == language:
            return name
    raise VoiceError(f"coqui:{model} does not speak {language!r}: it speaks {', '.join(names)}")
