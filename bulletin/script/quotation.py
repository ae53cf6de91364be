"""What attribution works on: quotations, and the narrator's sentences around them."""

from __future__ import annotations

from dataclasses import dataclass, field

from bulletin.script.incise import Incise
from bulletin.script.people import Person
from bulletin.script.speech_or_not import SENTENCE_END, Judged, is_abbreviation


@dataclass(slots=True)
class Quotation:
    """A stretch of speech in a paragraph, with what points to its speaker."""

    paragraph: int
    start: int
    end: int
    judged: Judged | None = None
    incises: list[Incise] = field(default_factory=list)
    given: Person | None = None  # the page names the speaker: an attribution, a label of an interview
    person: Person | None = None
    clause: bool = False
    continued: Quotation | None = None  # where the same quotation goes on in the next paragraph
    line: bool = False  # of a dialogue, where speakers take turns
    listener: Person | None = None  # whom its clause tells it to: "told him"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A narrator's sentence, or what is left of one beside a quotation."""

    paragraph: int
    start: int
    end: int


def sentences(text: str, number: int, start: int, end: int) -> list[Sentence]:
    """The narrator's sentences in `text[start:end]` that have words."""
    found, position = [], start
    for match in SENTENCE_END.finditer(text, start, end):
        if not is_abbreviation(text, match.start()):
            found.append(Sentence(number, position, match.end()))
            position = match.end()
    found.append(Sentence(number, position, end))
    return [s for s in found if any(letter.isalpha() for letter in text[s.start : s.end])]
