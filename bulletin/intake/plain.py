"""Plain text and Markdown files."""

from __future__ import annotations

import re
from itertools import pairwise

from bulletin.intake import furniture
from bulletin.intake.language import guess
from bulletin.intake.source import Document
from bulletin.intake.words import clean
from bulletin.model import Article, LeftOut, Paragraph

TITLE_WORDS = 30
HEADING_WORDS = 10
QUOTED_TITLE_WORDS = 16
QUOTED_END = re.compile(r"[^.!?…,;:\s]\s?[»”\"’)]$")
WRAP_WIDTH = range(40, 121)
FINAL = re.compile(r"[.!…:;,»”\"’')\]]$")
NEW_LINE_ON_PURPOSE = re.compile(
    r"^\s*(?:[-–—•*▪·]\s|\d{1,2}[.)]\s|[QR]\s?[.:]|[A-ZÀ-Ý][\w .'’-]{1,40}\s?:\s)"
)


def article_of_text(document: Document, language: str | None = None) -> Article:
    """Paragraphs stand apart by blank lines, or by line where no blank line does it."""
    if document.kind == "markdown":
        from bulletin.intake.markdown import article_of_markdown

        return article_of_markdown(document, language)
    paragraphs = split_paragraphs(document.text)
    title, rest = take_title(paragraphs)
    chosen = language or guess(document.text)
    kept, left_out = judge(rest, chosen)
    return Article(title, tuple(kept), chosen, document.source, url=document.url, left_out=tuple(left_out))


def split_paragraphs(text: str) -> list[str]:
    """Blocks between blank lines; inside a block, wrapped lines are joined and other lines part it."""
    blocks = re.split(r"\n(?:[^\S\n]*\n)+", text.strip("\ufeff\n\f "))
    return [paragraph for block in blocks for paragraph in _join_wrapped(block.split("\n")) if paragraph]


def _join_wrapped(lines: list[str]) -> list[str]:
    """A line that fills the block's width was broken by an editor; a shorter one ends its paragraph."""
    width = max(len(line.rstrip()) for line in lines)
    joined = [clean(lines[0])]
    for previous, line in pairwise(lines):
        wrapped = (
            width in WRAP_WIDTH and len(previous.rstrip()) + len((line.split() or [""])[0]) >= 0.85 * width
        )
        goes_on = clean(line)[:1].islower()
        if (wrapped or goes_on) and not NEW_LINE_ON_PURPOSE.match(line):
            joined[-1] = f"{joined[-1]} {clean(line)}"
        else:
            joined.append(clean(line))
    return joined


def take_title(paragraphs: list[str]) -> tuple[str | None, list[str]]:
    """The first line is the title where it does not end like a sentence and something follows it."""
    if len(paragraphs) > 1 and looks_like_title(paragraphs[0]):
        return paragraphs[0], paragraphs[1:]
    return None, paragraphs


def looks_like_title(line: str) -> bool:
    """No stop at the end; a closing mark is none unless a stop stands in it ("Le maire : « Je pars »")."""
    quoted = QUOTED_END.search(line)
    if quoted and len(line.split()) <= QUOTED_TITLE_WORDS and not line.startswith(("—", "–")):
        return True
    return len(line.split()) <= TITLE_WORDS and not FINAL.search(line) and any(map(str.isalpha, line))


def judge(paragraphs: list[str], language: str) -> tuple[list[Paragraph], list[LeftOut]]:
    """What is read, with its kind, and what is furniture."""
    kept: list[Paragraph] = []
    left_out: list[LeftOut] = []
    for index, text in enumerate(paragraphs):
        last = index >= len(paragraphs) - 2
        reason = furniture.reason_of_line(text, language, at_end=last)
        if reason:
            left_out.append(LeftOut(text, reason))
        else:
            kept.append(Paragraph(text, "heading" if is_heading(text, paragraphs[index + 1 :]) else "text"))
    return kept, left_out


def is_heading(text: str, following: list[str]) -> bool:
    """A short line without final punctuation before a longer paragraph."""
    if (
        not following
        or len(text.split()) > HEADING_WORDS
        or FINAL.search(text)
        or NEW_LINE_ON_PURPOSE.match(text)
    ):
        return False
    return text[:1].isupper() and len(following[0]) > 2 * len(text) and not text.endswith("?")
