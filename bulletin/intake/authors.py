"""Lines that only name the article's authors, and paragraphs about them."""

from __future__ import annotations

import re

from bulletin.intake import furniture
from bulletin.intake.body import SENTENCE_END
from bulletin.intake.judged import Judged, Known, core_limits

BYLINE_WORDS = re.compile(r"^(?:by|par|texte|textes|mots|words|photos?|avec|with)\b[ :]*", re.IGNORECASE)
BYLINE_LENGTH = 14


def leave_out_bylines(judged: list[Judged], known: Known) -> None:
    """Short lines that are the authors' names; at the end, paragraphs that begin with one."""
    names = set(known.names)
    for item in judged:
        if item.reason == "byline":
            names |= names_in(item.text)
    _, last = core_limits(judged)
    for position, item in enumerate(judged):
        if item.reason is not None:
            continue
        line = BYLINE_WORDS.sub("", furniture.plain(item.text))
        found = next((name for name in names if line.startswith(name)), None)
        if found and len(line.split()) <= BYLINE_LENGTH and not line.endswith(SENTENCE_END[:-1]):
            item.reason = "byline"
        elif found and position >= last and position > len(judged) // 2:
            item.reason = "biography"


def names_in(text: str) -> set[str]:
    """Full names: two to four words with capitals side by side."""
    text = re.sub(
        r"^(?:By|Par|Texte|Mots|Words|Photos?)\b[ :]*", "", furniture.plain(text), flags=re.IGNORECASE
    )
    return set(re.findall(r"[A-ZÀ-Ý][\w'.-]+(?: (?:d[eu] |van |von |el |al )?[A-ZÀ-Ý][\w'.-]+){1,3}", text))
