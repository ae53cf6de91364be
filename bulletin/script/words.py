"""Words of running text, and the run of them that makes a clause."""

from __future__ import annotations

import re

WORD = re.compile(r"(?:[lLdDsSmMnNcCjJtT]|[Qq]u|[Jj]usqu|[Ll]orsqu|[Pp]uisqu)['’]|[^\W_](?:[\w’'-]*\w)?")
ENDS_CLAUSE = re.compile(r"[.!?;:…»”\"«“]")
LONGEST = 30  # words in which a clause must be told


def lowered(match: re.Match[str]) -> str:
    """The word in small letters with a straight apostrophe."""
    return match.group().lower().replace("’", "'")


def clause_words(text: str, position: int, limit: int | None, titles: frozenset[str]) -> list[re.Match[str]]:
    """The words from `position` up to what ends a clause; `titles` and initials keep their points."""
    words: list[re.Match[str]] = []
    previous = position
    for match in WORD.finditer(text, position, len(text) if limit is None else limit):
        gap = text[previous : match.start()]
        last = words[-1].group() if words else ""
        abbreviated = last in titles or (len(last) == 1 and last.isupper())
        if words and ENDS_CLAUSE.search(gap) and not (abbreviated and gap.startswith(".")):
            break
        if len(words) > LONGEST:
            break
        words.append(match)
        previous = match.end()
    return words
