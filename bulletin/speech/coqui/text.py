"""Spoken text fitted to a model: its case, its letters, its length.

Coqui's own text cleaners are left out, because some of them take a normalized sentence for a written one and
spell out abbreviations and numbers that aren't there ("le plan M." becomes "le plan monsieur"). Of each
cleaner the harmless steps remain.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletin.errors import SpeechError

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

LOWER, SYMBOLS = "lower", "symbols"
CLEANERS: dict[str, frozenset[str]] = {
    "no_cleaners": frozenset(),
    "basic_cleaners": frozenset({LOWER}),
    "transliteration_cleaners": frozenset({LOWER}),
    "basic_german_cleaners": frozenset({LOWER}),
    "multilingual_cleaners": frozenset({LOWER, SYMBOLS}),
    "english_cleaners": frozenset({LOWER, SYMBOLS}),
    "french_cleaners": frozenset({LOWER, SYMBOLS}),
    "portuguese_cleaners": frozenset({LOWER, SYMBOLS}),
    "phoneme_cleaners": frozenset({SYMBOLS}),
    "multilingual_phoneme_cleaners": frozenset({SYMBOLS}),
}
"""What is kept of each of Coqui's cleaners; of an unknown one, the lower case."""

SIGNS = str.maketrans({";": ",", "-": " ", ":": ",", **dict.fromkeys('<>()[]"')})
"""What the cleaners with `SYMBOLS` do to signs."""

STAND_INS: dict[str, tuple[str, ...]] = {
    "’": ("'",),
    "‘": ("'",),
    "ʼ": ("'",),
    "'": ("’",),
    "…": ("...", "."),
    "–": ("-", ","),
    "—": (",", "-"),
    "-": (" ",),
    ";": (",",),
    ":": (",",),
    "!": (".",),
    "?": (".",),
    ",": (" ",),
    "«": ("",),
    "»": ("",),
    "œ": ("oe",),
    "æ": ("ae",),
    "ß": ("ss",),
    "ø": ("o",),
    "ł": ("l",),
    "đ": ("d",),
    "ð": ("d",),
    "þ": ("th",),
    "ı": ("i",),
}
"""What stands for a sign that a model lacks, the best first. Accents are dropped without being listed."""

ESPEAK = (None, "", "espeak")
"""What a config.json calls the phonemizer that we have, too."""

SPACES = re.compile(r"\s+")
BREAKS = (
    re.compile(r"[;:.!?…]\s"),
    re.compile(r"[,–—»”)]\s"),
    re.compile(
        r"\s(?=(?:et|ou|mais|car|donc|que|qui|dont|où|parce|lorsque|quand|pour|and|or|but|that|which|who)\s)"
    ),
    re.compile(r"\s"),
)
"""Where a sentence is parted if it must be, the best place first."""
MIDDLE = 0.2
"""A better kind of place wins as long as it leaves this share of the text on either side."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """What a model takes. `symbols` is None where it takes anything; `phonemes` is espeak's language."""

    steps: frozenset[str] = frozenset()
    symbols: Set[str] | None = None
    phonemes: str | None = None

    def fit(self, text: str) -> str:
        """The text in the model's own symbols. `SpeechError` where a letter has no equivalent there."""
        cleaned = clean(text, self.steps)
        if self.phonemes:
            from bulletin.speech.coqui.phonemes import phonemes

            sounds = phonemes(cleaned, self.phonemes)
            return sounds if self.symbols is None else "".join(s for s in sounds if s in self.symbols)
        return cleaned if self.symbols is None else in_alphabet(cleaned, self.symbols)


def clean(text: str, steps: Set[str]) -> str:
    """
    >>> clean("Le plan M. : « c’est-à-dire »", CLEANERS["french_cleaners"])
    'le plan m. , « c’est à dire »'
    """
    text = unicodedata.normalize("NFC", text)
    if LOWER in steps:
        text = text.lower()
    if SYMBOLS in steps:
        text = text.translate(SIGNS)
    return SPACES.sub(" ", text).strip()


def in_alphabet(text: str, symbols: Set[str]) -> str:
    """
    >>> in_alphabet("l’œuvre d’Ōsaka", set("abcdefghijklmnopqrstuvwxyzO' "))
    "l'oeuvre d'Osaka"
    """
    fitted = "".join(sign if sign in symbols else stand_in(sign, symbols, text) for sign in text)
    return SPACES.sub(" ", fitted).strip()


def stand_in(sign: str, symbols: Set[str], text: str) -> str:
    """What a model that lacks the sign is given in its place."""
    for candidate in candidates(sign):
        if all(letter in symbols for letter in candidate):
            return candidate
    if sign.isalnum():
        raise SpeechError(f"the voice has no letter {sign!r}, which is in {text!r}")
    return " " if " " in symbols else ""


def candidates(sign: str) -> Iterator[str]:
    """In the other case, as listed, without its accents."""
    for letter in dict.fromkeys((sign, sign.lower(), sign.upper())):
        yield letter
        yield from STAND_INS.get(letter, ())
        bare = unicodedata.normalize("NFKD", letter)
        yield "".join(part for part in bare if not unicodedata.combining(part))


def split(text: str, limit: int) -> list[str]:
    """The text in parts of at most `limit` signs, parted at the best places.

    Inside a word only where that is longer than the limit itself: the model would leave its end out.

    >>> split("Il pleut à Brest, mais le soleil brille à Nice.", 30)
    ['Il pleut à Brest,', 'mais le soleil brille à Nice.']
    """
    if len(text) <= limit:
        return [text]
    place = best_break(text) or limit
    return [*split(text[:place].strip(), limit), *split(text[place:].strip(), limit)]


def best_break(text: str) -> int | None:
    """Where to part a text that is too long: of the best kind of place, the one nearest its middle."""
    margin = len(text) * MIDDLE
    anywhere: list[int] = []
    for kind in BREAKS:
        places = [found.end() for found in kind.finditer(text)]
        anywhere += places
        if inner := [place for place in places if margin <= place <= len(text) - margin]:
            return min(inner, key=lambda place: abs(place - len(text) / 2))
    return min(anywhere, key=lambda place: abs(place - len(text) / 2), default=None)


def is_sayable(text: str) -> bool:
    return any(sign.isalnum() for sign in text)
