"""Who speaks in short news texts whose quotations name their speakers as newspapers do.

The texts stand in `spoken/`. Behind a quotation `{speaker|gender}` says whose it is; `|-` that only the
sentences around tell. Run as a program it prints what is attributed wrongly.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bulletin.model import Article, Paragraph, Segment
from bulletin.script import write

SPOKEN = Path(__file__).parent / "spoken"
FLOORS = {  # quotations found, right speaker, right speaker without a clause
    "fr": (0.98, 0.95, 0.95),
    "en": (0.98, 0.92, 0.9),
    "fr-later": (0.95, 0.9, 0.9),
    "en-later": (0.98, 0.95, 0.95),
    "fr-third": (0.98, 0.9, 0.9),
    "en-third": (0.98, 0.95, 0.95),
    "fr-fourth": (0.95, 0.95, 0.85),
    "fr-fifth": (1.0, 0.95, 0.95),
    "en-fifth": (1.0, 0.95, 0.95),
    "en-fourth": (0.98, 0.95, 0.95),
    "fr-sixth": (1.0, 1.0, 1.0),
    "en-sixth": (1.0, 1.0, 1.0),
}
ANSWER = re.compile(r"\{([^|}]+)\|([^|}]+)(\|-)?\}")
OPENING = re.compile(r"[«“\"]\s*")
SMALL = {"le", "la", "les", "l", "un", "une", "des", "de", "du", "d", "the", "a", "an", "of"}


@dataclass(frozen=True)
class Gold:
    """What a text says of one quotation: it begins with `start`."""

    paragraph: int
    start: list[str]
    speaker: str
    gender: str
    clause: bool


def words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", text.lower().replace("’", "'"))
    return re.findall(r"[^\W_]+", "".join(c for c in folded if not unicodedata.combining(c)))


def texts(name: str) -> Iterator[tuple[Article, list[Gold]]]:
    for block in re.split(r"^# ", (SPOKEN / f"{name}.txt").read_text(encoding="utf-8"), flags=re.M)[1:]:
        title, *paragraphs = [part.strip() for part in block.split("\n\n") if part.strip()]
        golds = [gold for number, text in enumerate(paragraphs, 1) for gold in _golds(number, text)]
        plain = tuple(Paragraph(ANSWER.sub("", text)) for text in paragraphs)
        yield Article(title, plain, name[:2], name), golds


def _golds(number: int, text: str) -> Iterator[Gold]:
    position = 0
    for answer in ANSWER.finditer(text):
        inside = text[position : answer.start()]
        # of marks with nothing between them and the answer, the last pair is meant
        mark = list(OPENING.finditer(inside.rstrip(' »”"')))[-1]
        yield Gold(number, words(inside[mark.end() :])[:4], answer[1], answer[2], not answer[3])
        position = answer.end()


def same(found: str | None, wanted: str) -> bool:
    mine = [word for word in words(found or "") if word not in SMALL]
    gold = [word for word in words(wanted) if word not in SMALL]
    return bool(mine) and (mine[-1] == gold[-1] or set(mine) <= set(gold) or set(gold) <= set(mine))


def score(name: str) -> tuple[Counter[str], list[str]]:
    count: Counter[str] = Counter()
    faults = []
    for article, golds in texts(name):
        quotes = [segment for segment in write(article).segments if segment.role == "quote"]
        for gold in golds:
            found = _segment(quotes, gold)
            fault = _count(count, gold, found)
            if fault:
                faults.append(f"{(article.title or '')[:34]:34} {' '.join(gold.start):34} {fault}")
    return count, faults


def _segment(quotes: list[Segment], gold: Gold) -> Segment | None:
    return next(
        (
            s
            for s in quotes
            if s.paragraph == gold.paragraph and words(s.text)[: len(gold.start)] == gold.start
        ),
        None,
    )


def _count(count: Counter[str], gold: Gold, found: Segment | None) -> str | None:
    count["all"] += 1
    if found is None:
        return "missed"
    count["found"] += 1
    name = found.speaker.name if found.speaker else None
    right = same(name, gold.speaker)
    kinds = [""] if gold.clause else ["", " without clause"]
    for kind in kinds:
        count["speaker" + kind] += right
        count["of" + kind] += 1
    gender = found.speaker.gender if found.speaker else "unknown"
    count["gender"] += gender == gold.gender
    if not right:
        return f"{name} for {gold.speaker} {'' if gold.clause else '(no clause)'}"
    return None if gender == gold.gender else f"{gender} {gold.speaker}"


def shares(count: Counter[str]) -> tuple[float, float, float, float]:
    return (
        count["found"] / count["all"],
        count["speaker"] / count["of"],
        count["speaker without clause"] / count["of without clause"],
        count["gender"] / count["of"],
    )


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_the_right_one_speaks(name):
    count, faults = score(name)
    assert all(share >= floor for share, floor in zip(shares(count), FLOORS[name], strict=False)), faults


if __name__ == "__main__":
    for chosen in sys.argv[1:] or sorted(FLOORS):
        counted, wrong = score(chosen)
        print(*wrong, sep="\n")
        print(chosen, *(f"{share:.3f}" for share in shares(counted)), dict(counted))
