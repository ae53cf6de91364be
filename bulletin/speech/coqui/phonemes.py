"""Text to sounds as Coqui's models were taught them: espeak-ng's IPA, unseparated, punctuation kept.

Coqui calls an `espeak` program, which many machines lack. The library that bulletin brings says the same.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from bulletin.errors import EngineError, VoiceError

PUNCTUATION = re.compile(r'((?:\s*[;:,.!?¡¿—…"«»“”]+\s*)+)')
FLAGS = re.compile(r"\(.+?\)")
"""espeak-ng's "(en)" and "(fr)" around a word that it reads in another language."""
VOICES = {"en": "en-us", "fr": "fr-fr"}


@cache
def espeak(language: str) -> Any:
    """espeak-ng with that language's voice."""
    import espeakng_loader
    from phonemizer.backend.espeak.wrapper import EspeakWrapper

    try:
        EspeakWrapper.set_library(espeakng_loader.get_library_path())
        EspeakWrapper.set_data_path(espeakng_loader.get_data_path())
        wrapper = EspeakWrapper()
    except (RuntimeError, OSError) as error:
        raise EngineError(f"espeak-ng does not load: {error}") from error
    try:
        wrapper.set_voice(VOICES.get(language, language))
    except RuntimeError as error:
        raise VoiceError(f"espeak-ng does not speak {language!r}, which the model asks for") from error
    return wrapper


def phonemes(text: str, language: str) -> str:
    """
    >>> phonemes("Bonjour, le monde.", "fr-fr")
    'bɔ̃ʒˈuʁ, lə- mˈɔ̃d.'
    """
    parts = PUNCTUATION.split(text.strip())
    parts[::2] = [sounds(part, language) for part in parts[::2]]
    return "".join(parts)


def sounds(text: str, language: str) -> str:
    if not text:
        return ""
    said: str = espeak(language).text_to_phonemes(text)
    return FLAGS.sub("", said).replace("_", "").strip()
