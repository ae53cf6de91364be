"""Two who talk take turns: who asks, who answers, who goes on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bulletin.script.interview import DASH
from bulletin.script.narration import Told
from bulletin.script.people import People, Person
from bulletin.script.quotation import Quotation

TITLE = re.compile(
    r"\b(?:madame|mme|monsieur|m\.|maître|me|docteur|dr|professeur|pr|mademoiselle|sœur|mr|mrs|ms|miss|sir"
    r"|doctor|professor|senator|councillor|judge|mayor)\.? $",
    re.IGNORECASE,
)
CALLING = ',«“"—–-!?.'
CALLED = re.compile(r"\s?(?:[,.!?…»”\"]|$)")
SECOND_PERSON = re.compile(r"\b(?:vous|votre|vos|tu|you|your)\b", re.IGNORECASE)
SHORT_CLAUSE = 8  # words
SILENCE = re.compile(r"\. (?:(?:Un|A) )?(?:\w+ )?(?:silence|pause)[.…]+\s+[«“\"‘–—-]?\s*$", re.IGNORECASE)


@dataclass(slots=True)
class State:
    """What has been read up to a quotation."""

    told: list[Told] = field(default_factory=list)
    subjects: list[tuple[int, Person]] = field(default_factory=list)  # with their paragraphs
    last: Quotation | None = None
    before_last: Quotation | None = None
    spoken: list[Person] = field(default_factory=list)  # whoever has spoken by a clause
    since: int = 0  # the narrator's sentences since the last quotation

    @property
    def sentence(self) -> Told | None:
        return self.told[-1] if self.told else None


class Turns:
    """Who of those who are talking says a quotation without a clause, where its place tells that."""

    def __init__(self, texts: Sequence[str], people: People) -> None:
        self.texts, self.people = texts, people

    def said(self, quotation: Quotation) -> str:
        return self.texts[quotation.paragraph][quotation.start : quotation.end]

    def asks(self, quotation: Quotation) -> bool:
        return self.said(quotation).rstrip(' »”"’').endswith("?")

    def addressed(self, number: int, start: int = 0, end: int | None = None) -> list[Person]:
        """Whom a paragraph's words from `start` to `end` call by title and name: "Non, monsieur Petit."."""
        text = self.texts[number]
        found = []
        for name, person in self.people.names[number]:
            title = (
                TITLE.search(text[: name.start]) if name.start < (len(text) if end is None else end) else None
            )
            if title is None or name.start < start:
                continue
            before = text[: title.start()].rstrip()
            apart = not before or before[-1] in CALLING
            if apart and CALLED.match(text, name.end):
                found.append(person)
        return found

    def called_later(self, quotation: Quotation) -> list[Person]:
        """Whom the lines behind one of a dialogue address."""
        found = []
        for number in range(quotation.paragraph + 1, len(self.texts)):
            if not DASH.match(self.texts[number]):
                break
            found += self.addressed(number)
        return found

    def other(self, quotation: Quotation, last: Quotation, state: State) -> Person | None:
        """The other of two who are talking: after a question, or where "you" is said again."""
        before, said = state.before_last, self.said(quotation)
        answered = self.asks(last) and self._stands_alone(last)
        told = state.sentence
        quiet = state.since == 0 or (
            state.since == 1 and told is not None and not (told.people or told.subject)
        )
        same = last.paragraph == quotation.paragraph
        if same and state.since == 0 and self.asks(quotation) and _exchange(last, before):
            return before.person if before else None
        if same and ((quiet and answered) or (self.asks(last) and self._pauses(quotation, last))):
            return self.partner(last, before, state)
        if same and not self.texts[last.paragraph][last.end : quotation.start].strip():
            return self._partner_here(last, state)  # « … » « … »
        if self._answers_alone(quotation, last, state):
            return self.partner(last, before, state)
        if self._talks_on(quotation, last, before, state):
            return before.person if before else None
        if before is None or last.person is before.person:
            return self._asks_back(quotation, last, state)
        newcomer = told is not None and told.subject not in (None, last.person, before.person)
        talk = last.paragraph == before.paragraph == quotation.paragraph - 1 and not (
            newcomer and state.since
        )
        asked = "?" in said or "?" in self.texts[last.paragraph]
        if not talk or not asked or state.since > 1 or not SECOND_PERSON.search(said):
            return self._asks_back(quotation, last, state)
        return before.person

    def _pauses(self, quotation: Quotation, last: Quotation) -> bool:
        """Whether nothing but a silence parts a question from the words behind it."""
        between = self.texts[last.paragraph][last.end : quotation.start]
        return last.paragraph == quotation.paragraph and SILENCE.search(between) is not None

    def partner(self, last: Quotation, before: Quotation | None, state: State) -> Person | None:
        """With whom the last speaker talks: who spoke before in this exchange, else whom it was about."""
        if before and _exchange(last, before):
            return before.person
        told = state.sentence
        here = told is not None and told.sentence.paragraph == last.paragraph
        named = [person for person in told.people if person is not last.person] if told and here else []
        if named:
            return named[-1]
        return _another([person for _, person in state.subjects], last)

    def _partner_here(self, last: Quotation, state: State) -> Person | None:
        """Who else is spoken of in the paragraph of two quotations that nothing parts."""
        return _another([person for number, person in state.subjects if number == last.paragraph], last)

    def _asks_back(self, quotation: Quotation, last: Quotation, state: State) -> Person | None:
        """Who puts a question to whoever has just answered, each in a paragraph of their own."""
        asks = self.asks(quotation) and SECOND_PERSON.search(self.said(quotation))
        whole = self.is_whole(quotation)
        if not (asks and whole and state.since <= 1 and last.paragraph == quotation.paragraph - 1):
            return None
        told = state.sentence
        named = list(told.people) if told and told.sentence.paragraph >= quotation.paragraph - 2 else []
        recent = [person for number, person in state.subjects if number >= quotation.paragraph - 2] + named
        return _another(recent, last)

    def _talks_on(
        self, quotation: Quotation, last: Quotation, before: Quotation | None, state: State
    ) -> bool:
        """Whether two people have talked in paragraphs of their own up to this one."""
        if before is None or last.person is before.person or state.since:
            return False
        numbers = quotation.paragraph - last.paragraph, last.paragraph - before.paragraph
        opened = self.is_whole(before) or (self.asks(before) and self._ends_paragraph(before))
        return numbers == (1, 1) and opened and self.is_whole(quotation) and self.is_whole(last)

    def _answers_alone(self, quotation: Quotation, last: Quotation, state: State) -> bool:
        """Whether a paragraph that is nothing but words answers the question of the one before it."""
        asked = self.asks(last) and (last.start < 3 or self._ends_paragraph(last))
        return (
            asked
            and self.is_whole(quotation)
            and state.since <= 1
            and last.paragraph == quotation.paragraph - 1
        )

    def _ends_paragraph(self, quotation: Quotation) -> bool:
        """Whether no more than its clause stands behind a quotation."""
        behind = self.texts[quotation.paragraph][quotation.end :].strip(" .,")
        return not re.search(r"[.!?…]", behind) and len(behind.split()) <= SHORT_CLAUSE

    def is_whole(self, quotation: Quotation) -> bool:
        """Whether a paragraph is nothing but words."""
        text = self.texts[quotation.paragraph]
        return not re.search(r"\w", text[: quotation.start] + text[quotation.end :])

    def _stands_alone(self, quotation: Quotation) -> bool:
        """Whether no clause behind a question goes on about whoever asked it."""
        return quotation.judged is None or quotation.judged.after is None


def _exchange(last: Quotation, before: Quotation | None) -> bool:
    """Whether the last two quotations are those of two people in one paragraph."""
    return before is not None and before.paragraph == last.paragraph and before.person is not last.person


def _another(people: Sequence[Person], last: Quotation) -> Person | None:
    """The latest of them who is one person and did not speak last."""
    others = [p for p in people if p is not last.person and p.kind == "person" and not p.plural]
    return others[-1] if others else None
