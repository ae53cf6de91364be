"""Kokoro's alphabet: from text marks and espeak-ng's IPA to the model's symbols, and on to token numbers."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

PUNCTUATION = ';:,.!?…—"“”()'
CLAUSE_ENDS = ";:,.!?…—"
NOT_BEFORE = re.compile(r"\s+(?=[;:!?,.…”»)])")
NOT_AFTER = re.compile(r"(?<=[“«(])\s+")


@cache
def tables() -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "alphabet.toml").read_text(encoding="utf-8"))


@cache
def numbers() -> dict[str, int]:
    """Each symbol's token."""
    return dict(tables()["tokens"])


def tokens(phonemes: str) -> list[int]:
    """One token per symbol; `phonemes` hold only known symbols."""
    return [numbers()[symbol] for symbol in phonemes]


def tidy(text: str) -> str:
    """One line whose punctuation is Kokoro's and stands close to its word, as in English typography.

    >>> tidy("Il l’a dit : « Non ! »")
    "Il l'a dit: “Non!”"
    """
    for written, mark in tables()["marks"].items():
        text = text.replace(written, mark)
    text = " ".join(text.split())
    return NOT_AFTER.sub("", NOT_BEFORE.sub("", text))


def symbols(ipa: str, accent: str) -> str:
    """espeak-ng's IPA, or a person's, in Kokoro's symbols; what the model has no symbol for is dropped.

    >>> symbols("t^ʃˈɛk-", "fr-fr")
    'ʧˈɛk'
    """
    sounds = tables()["sounds"]
    language = accent.partition("-")[0]
    rules = [*sounds["all"], *sounds.get(accent, []), *sounds.get(language, []), *sounds["last"]]
    for old, new in rules:
        ipa = ipa.replace(old, new)
    return "".join(symbol for symbol in ipa if symbol in numbers())
