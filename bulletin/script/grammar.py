"""What the rooms of a language must tell about sentences, and the values they tell it in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Clause:
    """A reporting clause in a paragraph: "a dit le maire", "said Jane Smith".

    `start:end` reach from its first word to the end of its subject's head; `subject` is where the subject
    begins, and `pronoun` holds it when it is one. `sure` says that its verb is one of saying.
    """

    start: int
    end: int
    subject: int | None
    pronoun: str | None = None
    sure: bool = True


class Grammar(Protocol):
    """What is asked of a language. Positions count characters of the text given."""

    language: str

    def prepare(self, texts: Iterable[str], clauses: Iterable[str] = ()) -> None:
        """Tells what will be asked about soon, texts and would-be clauses, so that it is read at one go."""

    def clause_after(self, text: str, position: int, limit: int | None = None) -> Clause | None:
        """The reporting clause that begins at `position`, straight behind what was said, within `limit`."""

    def clause_before(self, text: str, start: int, end: int) -> Clause | None:
        """The reporting clause in `text[start:end]`, the words that lead up to what is said."""

    def subject(self, text: str, start: int, end: int) -> Clause | None:
        """Who does what the sentence `text[start:end]` tells."""

    def is_clause(self, text: str) -> bool:
        """Whether the words make a full clause: a finite verb with its subject, or an order."""
