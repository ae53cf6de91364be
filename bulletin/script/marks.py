"""Where quotation marks open and close: every style that newspapers print, and its usual faults.

Only the outermost spans are found; marks inside them are words of the person quoted. A quotation that
opens in one paragraph and closes in a later one gives a span in each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

CLOSERS = {"«": "»", "“": "”", "„": "“", "‹": "›", "‘": "’", '"': '"', "'": "'", "»": "«", "”": "”"}
DOUBLE = frozenset('«»“”„"')
SINGLE = frozenset("‘’‹›'")
MARKS = DOUBLE | SINGLE
OPENING_CONTEXT = frozenset(" \u00a0\u202f\u2009([{—–-/'’")
HYPHENS = {ord(hyphen): "-" for hyphen in "\u2010\u2011"}
LOOKAHEAD = 8  # paragraphs that a quotation may run over before its opening mark counts as never closed

Role = Literal["open", "close", "either"]


@dataclass(frozen=True, slots=True)
class Span:
    """One paragraph's share of a quotation: `start:end` with the marks, `inner_start:inner_end` without."""

    paragraph: int
    start: int
    inner_start: int
    inner_end: int
    end: int
    continues: bool = False  # it was opened in an earlier paragraph
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Mark:
    position: int
    character: str
    role: Role
    after_s: bool = False  # an apostrophe after an s, which may mark a plural possessive


@dataclass(slots=True)
class Opening:
    character: str
    position: int
    inner: int
    continues: bool = False

    @property
    def closer(self) -> str:
        return CLOSERS[self.character]


def plain(text: str) -> str:
    """The text with one form of apostrophe and of space, every character where it was.

    >>> plain("l’été à 5\u202f%")
    "l'été à 5 %"
    """
    return re.sub(r"(?<=\w)[’ʼ‘](?=[\w«“\"])", "'", evenly_spaced(text))


def evenly_spaced(text: str) -> str:
    """The text with one form of space and of hyphen, every character where it was.

    >>> evenly_spaced("M.\u00a0Le\u2011Goff, 40\u202fans")
    'M. Le-Goff, 40 ans'
    """
    return re.sub(r"[^\S ]", " ", text).translate(HYPHENS)


def find(texts: Sequence[str]) -> list[list[Span]]:
    """The outermost spans of each paragraph, in order.

    >>> find(["Il a dit : « Non, l’idée d’un “ pacte ” est morte. »"])[0][0].inner_start
    12
    """
    spans: list[list[Span]] = []
    pending: Opening | None = None
    for number in range(len(texts)):
        found, pending = _in_paragraph(number, texts, pending)
        spans.append(found)
    return spans


def _in_paragraph(
    number: int, texts: Sequence[str], pending: Opening | None
) -> tuple[list[Span], Opening | None]:
    text = texts[number]
    marks = _without_stray_singles(text, list(_marks(text)))
    stack: list[Opening] = []
    if pending:
        stack, marks = _resume(text, pending, marks)
    spans: list[Span] = []
    for index, mark in enumerate(marks):
        rest = marks[index + 1 :]
        depth = _closes(mark, stack, rest)
        if depth is not None:
            outer = stack[0]
            del stack[depth:]
            if not stack:
                spans.append(_span(number, outer, mark.position, mark.position + 1))
        elif mark.role != "close" or (not stack and _typed_backwards(text, mark, rest)):
            if stack and _never_closed(stack, mark, rest):
                spans.append(_unclosed(number, stack[0], text[: mark.position]))
                stack.clear()
            if not stack or mark.character != stack[-1].character or mark.character in "«“‹":
                stack.append(Opening(mark.character, mark.position, mark.position + 1))
    if not stack:
        return spans, None
    spans.append(_unclosed(number, stack[0], text))
    return spans, stack[0] if _goes_on(stack[0], texts[number + 1 : number + 1 + LOOKAHEAD]) else None


def _marks(text: str) -> Iterator[Mark]:
    """Every quotation mark with what it can do where it stands; apostrophes are none."""
    reversed_guillemets = _reversed(text)
    for position, character in enumerate(text):
        if character in MARKS:
            before = text[position - 1] if position else " "
            after = text[position + 1] if position + 1 < len(text) else " "
            role = _role(character, before, after, reversed_guillemets)
            if role:
                yield Mark(position, character, role, character in "'’" and before == "s")


def _without_stray_singles(text: str, marks: list[Mark]) -> list[Mark]:
    """Without the single marks that nothing closes (’90s, ’em), save at the very start."""
    kept = []
    for index, mark in enumerate(marks):
        closer = CLOSERS.get(mark.character, "")
        follows = any(later.character == closer for later in marks[index + 1 :])
        if mark.character not in "‘'" or mark.role == "close" or follows or not text[: mark.position].strip():
            kept.append(mark)
    return kept


def _role(character: str, before: str, after: str, reversed_guillemets: bool) -> Role | None:
    if character in "«»":
        return "open" if (character == "«") != reversed_guillemets else "close"
    if character in "'’":
        return _role_of_apostrophe(character, before, after)
    if character == "”":
        return "open" if before.isspace() and not after.isspace() and after.isalnum() else "close"
    if character == "“":
        closes = not before.isspace() and before not in OPENING_CONTEXT and not after.isalnum()
        return "close" if closes else "open"
    if character == '"':
        return _role_of_straight(before, after)
    return "open" if character in "„‹‘" else "close"


def _role_of_apostrophe(character: str, before: str, after: str) -> Role | None:
    if before.isalnum() and after.isalnum():
        return None
    if character == "'" and before in OPENING_CONTEXT | {'"', "“"} and after.isalpha():
        return "open"
    closes = not before.isspace() and not after.isalnum() and after not in "«“"
    return "close" if closes else None


def _role_of_straight(before: str, after: str) -> Role:
    opens = before in OPENING_CONTEXT and not after.isspace() and after not in ",.;:!?…)"
    closes = not before.isspace() and before not in "([{" and not after.isalnum()
    if opens == closes:
        return "either"
    return "open" if opens else "close"


def _reversed(text: str) -> bool:
    """Whether guillemets point inwards here, as in »so«: the first of the paragraph is a » that opens.

    >>> _reversed("Il dit : »Non.« Puis rien."), _reversed("suite et fin », dit-il. « Non »")
    (True, False)
    """
    first = re.search("[«»]", text)
    if not first or first.group() == "«" or "«" not in text:
        return False
    before, after = text[: first.start()], text[first.end() :]
    return (not before or before[-1].isspace() or before[-1] in "(—–'’") and after[:1].isalnum()


def _closes(mark: Mark, stack: list[Opening], rest: list[Mark]) -> int | None:
    """The depth of the opening that this mark closes, if it closes one."""
    if not stack or mark.role == "open":
        return None
    for depth in reversed(range(len(stack))):
        if mark.character == stack[depth].closer:
            return None if _is_plural_possessive(mark, stack[depth], rest) else depth
    same_class = mark.character in DOUBLE and stack[-1].character in DOUBLE
    if not same_class or mark.role != "close":
        return None
    own_follows = any(later.character == stack[-1].closer for later in _until_reopened(stack[-1], rest))
    return None if own_follows else len(stack) - 1


def _until_reopened(opening: Opening, rest: list[Mark]) -> Iterator[Mark]:
    for mark in rest:
        if mark.character == opening.character and mark.role == "open":
            return
        yield mark


def _is_plural_possessive(mark: Mark, opening: Opening, rest: list[Mark]) -> bool:
    """‘The workers’ pay is low,’ he said: after an s the mark can't close while a later one can."""
    return mark.after_s and any(later.character == mark.character for later in _until_reopened(opening, rest))


def _typed_backwards(text: str, mark: Mark, rest: list[Mark]) -> bool:
    """A closing mark where only an opening one makes sense: ”So,“ or ”so”."""
    before = text[mark.position - 1] if mark.position else " "
    after = text[mark.position + 1 : mark.position + 2]
    return mark.character == "”" and before.isspace() and after.isalnum() and bool(rest)


def _never_closed(stack: list[Opening], mark: Mark, rest: list[Mark]) -> bool:
    """An opening mark of the same kind again, and only one closing mark left for the two."""
    if mark.character != stack[0].character or stack[0].character == "'":
        return False
    depth, closers = 2, 0
    for later in rest:
        if later.character == stack[0].closer and later.role != "open":
            closers += 1
            if closers == depth:
                return False
        elif later.character == mark.character and later.role == "open":
            break
    return True


def _span(number: int, opening: Opening, inner_end: int, end: int, closed: bool = True) -> Span:
    inner_end = max(inner_end, opening.inner)  # a blank paragraph inside a quotation holds nothing
    return Span(
        number, opening.position, opening.inner, inner_end, max(end, inner_end), opening.continues, closed
    )


def _unclosed(number: int, opening: Opening, text: str) -> Span:
    end = len(text.rstrip())
    return _span(number, opening, end, end, closed=False)


def _resume(text: str, pending: Opening, marks: list[Mark]) -> tuple[list[Opening], list[Mark]]:
    """A quotation goes on in this paragraph, with or without a mark to say so at its start."""
    lead = len(text) - len(text.lstrip())
    again = bool(marks) and marks[0].position == lead and text[lead] in {pending.character, pending.closer}
    start = lead + 1 if again else lead
    return [Opening(pending.character, lead, start, continues=True)], marks[1:] if again else marks


def _goes_on(opening: Opening, following: Sequence[str]) -> bool:
    """Whether an unclosed quotation runs on: it reopens in the next paragraph, or closes later unopened."""
    if not following:
        return False
    if following[0].lstrip().startswith((opening.character, opening.closer)):
        return True
    for text in following:
        for mark in _marks(text):
            if mark.character == opening.closer and mark.role != "open":
                return True
            if mark.character == opening.character and mark.role == "open":
                return False
    return False
