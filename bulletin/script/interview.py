"""Speech that no quotation marks show: interviews, debates with names and colons, dialogue behind dashes.

A question that the paper asks is narration. Its answers are speech of the person interviewed, where somebody
speaks in the first person: an explainer with questions for headings has nobody who answers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bulletin.model import Paragraph
from bulletin.script.people import People, Person

FIRST_PERSON = {
    "fr": re.compile(r"\b(?:je|j['’]|me|m['’]|moi|mon|ma|mes|nous|notre|nos)\b|\bj['’]", re.IGNORECASE),
    "en": re.compile(r"\b(?:I|we|my|our|me|us)\b"),
}
SECOND_PERSON = {
    "fr": re.compile(r"\b(?:vous|votre|vos|tu|ton|ta)\b", re.IGNORECASE),
    "en": re.compile(r"\byour?\b", re.IGNORECASE),
}
LABEL = re.compile(
    r"^(?P<label>[^\W_][^:?!«»“”\"]{0,60}?)(?:[\s\u00a0\u202f]?:|\.?\s?[–—]|\.\s?-|\s-)\s+(?=[^\s«“\"])|^(?P<letter>[QRA])\.\s+(?=\S)"
)
INITIALS = re.compile(r"^(?P<label>(?:[A-ZÀ-Ý]\.[\s\u00a0-]?){1,3}|[A-ZÀ-Ý]{3,}\.)\s*(?=[A-ZÀ-Ý«“\"])")
QUESTION_LABELS = frozenset({"q", "question", "journaliste", "la rédaction", "interviewer", "reporter"})
ANSWER_LABELS = frozenset({"r", "a", "réponse", "reponse", "answer"})
DASH = re.compile(r"^[—–]\s*(?=\S)|^-\s+(?=\S)")
MARKED = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"")
OPENED = re.compile(r"«\s*(?=[^«»]*$)|“\s*(?=[^“”]*$)")  # of a dialogue whose marks close lines later
REPORTED = re.compile(
    r"[»”\"],? [a-zà-ÿ'’-]+(?:-t)?-(?:il|elle)\b|[”\"] (?:he|she) (?:said|says|added|adds)\b"
)
LEAST_MARKED = 3  # questions that the page sets apart, from which it is an interview
LONGEST_QUESTION = 420

Kind = Literal["question", "answer", "line"]


@dataclass(frozen=True, slots=True)
class Turn:
    """What a paragraph is in a conversation: its words begin at `start`, behind a label or a dash."""

    kind: Kind
    start: int = 0
    person: Person | None = None


def find(paragraphs: Sequence[Paragraph], people: People, language: str) -> dict[int, Turn]:
    """The turns of conversation among the paragraphs, by number."""
    told = _told(paragraphs, people, language)
    if told:
        return told
    labelled = _labelled(paragraphs, people, language)
    if labelled:
        return labelled
    turns = _interview(paragraphs, people, language)
    return turns or _dialogue(paragraphs, language)


def _told(paragraphs: Sequence[Paragraph], people: People, language: str) -> dict[int, Turn]:
    """Turns whose speakers the page names beside them, and what stands between those."""
    named = [n for n, p in enumerate(paragraphs) if p.kind == "text" and p.attribution]
    if len(named) < 2:
        return {}
    turns: dict[int, Turn] = {}
    last: Person | None = None
    for number in range(named[0], len(paragraphs)):
        paragraph = paragraphs[number]
        if paragraph.kind == "heading":
            continue
        if paragraph.attribution:
            last = people.attributed(paragraph.attribution)
        asked = paragraph.kind == "question" or (not paragraph.attribution and _asks(paragraph, language))
        turns[number] = Turn("question") if asked else Turn("answer", 0, last)
    return turns


def _labelled(paragraphs: Sequence[Paragraph], people: People, language: str) -> dict[int, Turn]:
    """Names and colons: at least two paragraphs whose label is somebody known, or Q and R."""
    turns: dict[int, Turn] = {}
    matches = {
        n: match for n, p in enumerate(paragraphs) if p.kind != "heading" and (match := LABEL.match(p.text))
    }
    matches |= _initialled(paragraphs, people)
    times = Counter(_label(match) for match in matches.values())
    asking = _asking(paragraphs, matches)
    for number, match in matches.items():
        if _label(match) in asking:
            turns[number] = Turn("question")
            continue
        turn = _turn_of_label(match, paragraphs[number], people, times[_label(match)] > 1)
        if turn:
            turns[number] = turn
    answers = [number for number, turn in turns.items() if turn.kind == "answer"]
    first, last_turn = min(turns, default=0), max(turns, default=0)
    said = " ".join(paragraphs[number].text[turns[number].start :] for number in answers)
    talk = "?" in said or FIRST_PERSON[language].search(said) or SECOND_PERSON[language].search(said)
    if len(answers) < 2 or len(turns) * 2 <= last_turn - first or not talk:
        return {}  # "Tram A : un passage toutes les douze minutes"
    interviewee = _interviewee(paragraphs[:first], people)
    last: Person | None = None
    apart = False  # behind a heading the paper tells, until a label says who speaks
    for number in range(first, len(paragraphs)):
        turn = turns.get(number)
        apart = turn is None and (apart or paragraphs[number].kind == "heading")
        if apart:
            continue
        if turn is None and paragraphs[number].kind != "heading":
            turn = Turn("question") if _asks(paragraphs[number], language) else Turn("answer", 0, last)
        if turn and turn.kind == "answer":
            turn = Turn("answer", turn.start, turn.person or last or interviewee)
            last = turn.person
        if turn:
            turns[number] = turn
    return turns


def _initialled(paragraphs: Sequence[Paragraph], people: People) -> dict[int, re.Match[str]]:
    """Labels that are initials, "I. K." beside "M.", where one at least is somebody's whom the text names."""
    found = {
        n: match
        for n, p in enumerate(paragraphs)
        if p.kind != "heading" and (match := INITIALS.match(p.text))
    }
    times = Counter(_label(match) for match in found.values())
    known = [label for label, count in times.items() if count > 1 and people.called(_words_of(label))]
    return found if known and len(times) > 1 else {}


def _asking(paragraphs: Sequence[Paragraph], matches: Mapping[int, re.Match[str]]) -> set[str]:
    """The labels, in initials, of whoever mostly puts questions."""
    asked: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for number, match in matches.items():
        if match.re is INITIALS:
            times[_label(match)] += 1
            asked[_label(match)] += paragraphs[number].text.rstrip(' »”"').endswith("?")
    return {label for label, count in times.items() if asked[label] * 2 > count}


def _words_of(label: str) -> list[str]:
    """ "I.K." and "I. K." as initials."""
    return [f"{letter}." for letter in re.findall(r"[^\W\d_]", label)] if "." in label else label.split()


def _label(match: re.Match[str]) -> str:
    groups = match.groupdict()
    return (groups.get("label") or groups.get("letter") or "").strip(" *_\u00a0")


def _turn_of_label(match: re.Match[str], paragraph: Paragraph, people: People, again: bool) -> Turn | None:
    """What a label makes of its paragraph; one that comes back is a label even of somebody unknown."""
    label = _label(match).lower()
    if label in QUESTION_LABELS:
        return Turn("question")
    if label in ANSWER_LABELS:
        return Turn("answer", match.end())
    words = _label(match).split()
    while len(words) > 1 and words[0] in people.tables.titles:
        words = words[1:]
    if re.fullmatch(r"(?:[A-ZÀ-Ý]\.[ -]?)+", _label(match)):
        words = _words_of(_label(match))
    bare = re.split(r"[,(]", " ".join(words))[0].split()
    person = people.called(bare) if bare and bare[0][0].isupper() and len(bare) <= 5 else None
    if paragraph.text.rstrip().endswith("?") and (person is None or person.kind != "person"):
        return Turn("question")
    if person is not None and (person.kind == "person" or len(bare) > 1):
        return Turn("answer", match.end(), person)
    return (
        Turn("answer", match.end())
        if again and len(bare) <= 5 and bare[:1] and bare[0][0].isupper()
        else None
    )


def _interview(paragraphs: Sequence[Paragraph], people: People, language: str) -> dict[int, Turn]:
    """Questions in paragraphs of their own, each with answers behind it that say "I" or "we"."""
    marked = [n for n, paragraph in enumerate(paragraphs) if paragraph.kind == "question"]
    questions = marked or [n for n, paragraph in enumerate(paragraphs) if _asks(paragraph, language)]
    questions = [n for n in questions if n + 1 < len(paragraphs) and paragraphs[n + 1].kind != "heading"]
    lines = {n for n, paragraph in enumerate(paragraphs) if DASH.match(paragraph.text)}
    if len(lines) * 2 < len(paragraphs):  # else all of it is talk
        questions = [n for n in questions if not {n, n + 1} <= lines]
    if len(questions) < 2:
        return {}
    asked = set(questions)
    end = _end_of_talk(paragraphs, questions[-1], language)
    answers = [n for n in range(questions[0], end) if n not in asked and paragraphs[n].kind != "heading"]
    personal = [n for n in answers if FIRST_PERSON[language].search(MARKED.sub(" ", paragraphs[n].text))]
    addressed = [n for n in questions if SECOND_PERSON[language].search(paragraphs[n].text)]
    few = len(personal) * 3 < len(answers) and not (len(marked) >= LEAST_MARKED and personal)
    if not addressed or few or len(questions) * 4 < len(answers):
        return {}
    person = _interviewee(paragraphs[: questions[0]], people)
    return {
        **{n: Turn("question") for n in questions},
        **{n: Turn("answer", _behind_name(paragraphs[n].text, people, person), person) for n in answers},
    }


def _end_of_talk(paragraphs: Sequence[Paragraph], last_question: int, language: str) -> int:
    """Where the paper takes over again behind the last answer: it reports what is said with a clause."""
    for number in range(last_question + 2, len(paragraphs)):
        text = paragraphs[number].text
        if REPORTED.search(text) and not FIRST_PERSON[language].search(MARKED.sub(" ", text)):
            return number
    return len(paragraphs)


def _asks(paragraph: Paragraph, language: str) -> bool:
    """A paragraph that puts a question, or a remark to "you" that waits for an answer."""
    text = paragraph.text.rstrip(' »”"')
    if paragraph.kind == "question":
        return True
    if (
        paragraph.kind not in ("text", "standfirst")
        or len(text) > LONGEST_QUESTION
        or OPENED.match(paragraph.text)
        or MARKED.match(paragraph.text)
    ):
        return False
    waits = text.endswith(("…", "...")) and SECOND_PERSON[language].search(text) is not None
    return (text.endswith("?") or waits) and not FIRST_PERSON[language].search(MARKED.sub(" ", text))


def _behind_name(text: str, people: People, person: Person | None) -> int:
    """Where an answer begins behind the name that only the first one may carry: "Hélène T. : Parce que"."""
    match = LABEL.match(text)
    named = match is not None and person is not None and people.called(_label(match).split()) is person
    return match.end() if match and named else _behind_label(text)


def _behind_label(text: str) -> int:
    mark = DASH.match(text) or OPENED.match(text)
    return mark.end() if mark else 0


def _interviewee(before: Sequence[Paragraph], people: People) -> Person | None:
    """Whom the introduction is about: the person whom it names most often, the first of these."""
    counts: dict[int, tuple[int, int]] = {}
    for number in range(len(before)):
        for _, person in people.names[number]:
            if person.kind == "person":
                index = people.everyone.index(person)
                count, first = counts.get(index, (0, len(counts)))
                counts[index] = (count + 1, first)
    if not counts:
        return None
    return people.everyone[max(counts, key=lambda index: (counts[index][0], -counts[index][1]))]


def _dialogue(paragraphs: Sequence[Paragraph], language: str) -> dict[int, Turn]:
    """Runs of paragraphs behind dashes in which somebody asks, exclaims or says "I" or "you"."""
    turns: dict[int, Turn] = {}
    run: list[int] = []
    for number, paragraph in enumerate([*paragraphs, Paragraph("")]):
        if DASH.match(paragraph.text) and paragraph.kind not in ("heading", "item"):
            if not run and number and OPENED.match(paragraphs[number - 1].text):
                run.append(number - 1)
            run.append(number)
            continue
        if run and _is_talk([paragraphs[n].text for n in run], language):
            turns |= {n: Turn("line", _behind_label(paragraphs[n].text)) for n in run}
        run = []
    return turns


def _is_talk(lines: Sequence[str], language: str) -> bool:
    hyphens = all(line.startswith("-") for line in lines)
    whole = " ".join(lines)
    personal = FIRST_PERSON[language].search(whole) or SECOND_PERSON[language].search(whole)
    ends = sum(bool(re.search(r"[.?!…»]$", line.rstrip())) for line in lines) * 2 > len(lines)
    return ends and bool(re.search(r"[?!]", whole) or (personal and not hyphens))
