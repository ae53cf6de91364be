"""Room 3: how it is said. Written text becomes the words that a newsreader says.

    text ─recognise─▶ typed tokens ─say─▶ pieces (written beside spoken) ─lexicon─▶ pieces with pronunciations

`languages` tells how a language is added.
"""

from collections.abc import Sequence
from dataclasses import replace

from bulletin.model import Script
from bulletin.normalize import languages
from bulletin.normalize.lexicon import Lexicon
from bulletin.normalize.lexicon import load as load_lexicon
from bulletin.normalize.reading import Reading, read_line, said
from bulletin.normalize.sentences import sentences

__all__ = ["Reading", "get_ready", "normalize", "read", "sentences", "speak"]


def normalize(text: str, language: str) -> str:
    """The plain spoken text of a line.

    >>> normalize("Il a repris 1 160 miles carrés.", "fr")
    'Il a repris mille cent soixante miles carrés.'
    """
    return "".join(spoken for _, spoken in said(text, languages.load(language)))


def read(text: str, language: str, lexicon: Lexicon | None = None) -> Reading:
    """The pieces of a line, with the pronunciations that the lexicon knows, and what could not be read."""
    return read_line(text, languages.load(language), lexicon)


def get_ready(language: str) -> None:
    """Load the language's rules, and what is only loaded with the first number and the first word.

    UsageError for one that isn't read.
    """
    read("5 a", language)


def speak(script: Script, lexicon: Lexicon | None = None) -> Script:
    """The script with the pieces of every segment filled in. Without a lexicon, the language's own."""
    known = lexicon_of(script.language) if lexicon is None else lexicon
    readings = [read(segment.text, script.language, known) for segment in script.segments]
    segments = tuple(
        replace(segment, pieces=reading.pieces)
        for segment, reading in zip(script.segments, readings, strict=True)
    )
    return replace(script, segments=segments, unread=unread_of(readings))


def lexicon_of(language: str) -> Lexicon:
    """The shipped lexicon of a language with the user's own on top."""
    return load_lexicon(languages.load(language).code)


def unread_of(readings: Sequence[Reading]) -> tuple[str, ...]:
    """Everything unread, once each, in the order of the text."""
    return tuple(dict.fromkeys(stretch for reading in readings for stretch in reading.unread))
