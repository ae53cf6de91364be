"""Text to phonemes, word by word, so that markup can replace a word's sounds and durations can time it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING

from bulletin.speech.kokoro.alignment import align
from bulletin.speech.kokoro.alphabet import CLAUSE_ENDS, PUNCTUATION, symbols, tidy
from bulletin.speech.kokoro.espeak import ipa
from bulletin.speech.markup import Fragment, fragments

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST_TOKENS = 510
LAST_FRENCH_VOWEL = re.compile(r"([aeiouyøœɔɛɑ](?![^aeiouyøœɔɛɑ]*[aeiouyøœɔɛɑ]))")
CARRIER = "a"
"""A vowel that prefixes and suffixes are spoken with, as "l'" has no sound of its own."""

Token = tuple[Fragment, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """Words that are one run of sounds (nearly always one), with their punctuation on both sides."""

    text: str
    phonemes: str


def units(text: str, accent: str) -> list[Unit]:
    """The text's words and their sounds; what the model is given is the phonemes joined by spaces.

    >>> [unit.phonemes for unit in units("Cent [miles](/majlz/) carrés.", "fr-fr")]
    ['sˈɑ̃', 'mˈajlz', 'kaʁˈe.']
    """
    words = tokenize(tidy(text))
    written = ["".join(fragment.text for fragment in word) for word in words]
    runs = ipa(" ".join(written), accent).split()
    return [
        Unit(" ".join(written[these]), sounds(words[these], runs[those], accent))
        for these, those in align(written, runs, partial(ipa, accent=accent))
    ]


def tokenize(text: str) -> list[Token]:
    """Words between spaces, each as its fragments; a marked fragment is never cut."""
    found: list[list[Fragment]] = [[]]
    for fragment in fragments(text):
        if fragment.ipa is not None:
            found[-1].append(fragment)
            continue
        first, *others = fragment.text.split(" ")
        found[-1].append(Fragment(first))
        found.extend([Fragment(other)] for other in others)
    return [kept for word in found if (kept := tuple(fragment for fragment in word if fragment.text))]


def sounds(words: Sequence[Token], runs: Sequence[str], accent: str) -> str:
    """espeak's runs for these words, or, where one is marked, what its markup says."""
    if any(fragment.ipa is not None for word in words for fragment in word):
        return " ".join(marked(word, accent) for word in words)
    return symbols(" ".join(runs), accent)


def marked(word: Token, accent: str) -> str:
    """The sounds of a word of which a part is marked: "l'[Ukraine](/ykʁɛn/),"."""
    spoken = ""
    for place, fragment in enumerate(word):
        if fragment.ipa is not None:
            spoken += symbols(stressed(fragment.ipa, accent), accent)
        else:
            spoken += symbols(affix(fragment.text, accent, before=place < len(word) - 1), accent)
    return spoken


def stressed(sound: str, accent: str) -> str:
    """French IPA is mostly written without stress, which is on the last full vowel.

    >>> stressed("majlz", "fr-fr")
    'mˈajlz'
    """
    sound = sound.replace("'", "ˈ")
    if "ˈ" in sound or not accent.startswith("fr"):
        return sound
    return LAST_FRENCH_VOWEL.sub(r"ˈ\1", sound, count=1)


def affix(text: str, accent: str, *, before: bool) -> str:
    """The sounds of what stands before a marked part ("l'") or behind it ("'s"), which has none alone.

    The stress is on the marked part.

    >>> affix("“lorsqu'", "fr-fr", before=True)
    '“loʁsk'
    """
    if not any(letter.isalpha() for letter in text):
        return "".join(mark for mark in text if mark in PUNCTUATION)
    carrier = ipa(CARRIER, accent)
    spoken = ipa(text + CARRIER if before else CARRIER + text, accent)
    bare = carrier.lstrip("ˈˌ")
    if before and spoken.endswith(bare):
        return spoken.removesuffix(bare).replace("ˈ", "")
    if not before and spoken.lstrip("ˈˌ").startswith(bare):
        return spoken.lstrip("ˈˌ").removeprefix(bare)
    return ipa(text, accent)


def joined(parts: Iterable[Unit]) -> str:
    """What the model is given. One symbol is one token.

    >>> joined([Unit("Il", "il"), Unit("dort.", "dˈɔʁ.")])
    'il dˈɔʁ.'
    """
    return " ".join(unit.phonemes for unit in parts if unit.phonemes)


def split(parts: Sequence[Unit], most: int = MOST_TOKENS) -> list[list[Unit]]:
    """Parts that the model can say at once, cut at the end of a clause where there is one, nothing lost."""
    if len(joined(parts)) <= most:
        return [list(parts)]
    if len(parts) == 1:
        return [[half] for half in halves(parts[0], most)]
    middle = best_cut(parts)
    return split(parts[:middle], most) + split(parts[middle:], most)


def best_cut(parts: Sequence[Unit]) -> int:
    """The index nearest to the middle, by sound, at which a clause ends; else a word."""
    total = len(joined(parts))
    lengths = list(accumulate(len(unit.phonemes) + 1 for unit in parts))[:-1]

    def farness(cut: int) -> tuple[bool, int]:
        near = total / 4 < lengths[cut - 1] < total * 3 / 4
        ends_clause = parts[cut - 1].phonemes.endswith(tuple(CLAUSE_ENDS))
        return not (ends_clause and near), round(abs(lengths[cut - 1] - total / 2))

    return min(range(1, len(parts)), key=farness)


def halves(unit: Unit, most: int) -> list[Unit]:
    """A single word too long for the model, in pieces; the first carries the text."""
    pieces = [unit.phonemes[start : start + most] for start in range(0, len(unit.phonemes), most)]
    return [Unit(unit.text if place == 0 else "", piece) for place, piece in enumerate(pieces)]
