"""Where JSON-LD holds more of the article than the page shows, it is read instead."""

from __future__ import annotations

from bulletin.intake import furniture
from bulletin.intake.metadata import Facts
from bulletin.intake.plain import is_heading
from bulletin.intake.words import words
from bulletin.model import Paragraph

MUCH_MORE = 1.2
MORE_WORDS = 30
AGREEMENT = 0.5


def with_fuller_body(
    paragraphs: list[Paragraph], facts: Facts, title: str | None, language: str
) -> list[Paragraph]:
    """The page's paragraphs, or those of a clearly longer `articleBody` that tells the same.

    What the page shows before the body's beginning (its standfirst) stays first.
    """
    if not facts.body:
        return paragraphs
    shown = [word for paragraph in paragraphs for word in words(paragraph.text)]
    told = words(facts.body)
    if len(told) < MUCH_MORE * len(shown) + MORE_WORDS or not _agree(paragraphs, told):
        return paragraphs
    lines = [line for line in _lines(facts.body, paragraphs) if words(line) != words(title or "")]
    lines = [line for line in lines if furniture.reason_of_line(line, language) is None]
    body = [_paragraph(line, lines[index + 1 :], paragraphs) for index, line in enumerate(lines)]
    start = " ".join(told)
    opening = [
        p for p in paragraphs[:2] if " ".join(words(p.text)) not in start and p.kind in {"standfirst", "text"}
    ]
    return [p for p in opening if paragraphs.index(p) == 0] + body


def _agree(paragraphs: list[Paragraph], told: list[str]) -> bool:
    """Whether at least half of what the page shows is in the body (or the page shows nearly nothing)."""
    text = f" {' '.join(told)} "
    shown = sum(len(words(p.text)) for p in paragraphs)
    common = sum(len(words(p.text)) for p in paragraphs if f" {' '.join(words(p.text))} " in text)
    return shown < MORE_WORDS or common >= AGREEMENT * shown


def _lines(body: str, paragraphs: list[Paragraph]) -> list[str]:
    """The body's own paragraphs; in one without any, the page's paragraphs show where it parts."""
    lines = body.split("\n")
    if len(lines) > 1:
        return lines
    for paragraph in paragraphs:
        lines = [part for line in lines for part in _part_at(line, paragraph.text)]
    return lines


def _part_at(line: str, text: str) -> list[str]:
    if text not in line or line == text:
        return [line]
    before, _, after = line.partition(text)
    return [part for part in (before.strip(), text, after.strip()) if part]


def _paragraph(line: str, following: list[str], paragraphs: list[Paragraph]) -> Paragraph:
    shown = next((p for p in paragraphs if words(p.text) == words(line)), None)
    if shown is not None:
        return shown
    return Paragraph(line, "heading" if is_heading(line, following) else "text")
