"""espeak-ng through phonemizer: text to IPA. Its state is global to the process: processes, not threads."""

from __future__ import annotations

import logging
from functools import cache
from typing import Any

from bulletin.errors import EngineError
from bulletin.starting import without

ACCENTS = ("fr-fr", "en-gb", "en-us")
OTHERS_NEED = ("segments", "joblib")
"""Phonemizer imports these, and 300 modules with them, for backends and parallel runs not used here."""


@cache
def backend(accent: str) -> Any:
    """espeak-ng's voice for the accent, with the library and data that espeakng-loader brings."""
    import espeakng_loader

    with without(*OTHERS_NEED):
        from phonemizer.backend import EspeakBackend
        from phonemizer.backend.espeak.wrapper import EspeakWrapper

    quiet = logging.getLogger(f"{__name__}.phonemizer")
    quiet.setLevel(logging.ERROR)
    try:
        EspeakWrapper.set_library(espeakng_loader.get_library_path())
        EspeakWrapper.set_data_path(espeakng_loader.get_data_path())
        return EspeakBackend(
            accent,
            preserve_punctuation=True,
            with_stress=True,
            tie="^",
            language_switch="remove-flags",
            logger=quiet,
        )
    except (RuntimeError, OSError) as error:
        raise EngineError(f"espeak-ng does not load: {error}") from error


def ipa(text: str, accent: str) -> str:
    """The text's sounds with stress marks and its punctuation; mostly one run of letters per word.

    >>> ipa("les hommes là", "fr-fr")
    'le-z ˈɔm lˈa'
    """
    spoken: list[str] = backend(accent).phonemize([text], strip=True)
    return spoken[0].strip() if spoken else ""
