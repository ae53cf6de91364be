"""What the words around a token tell."""

import re
from functools import cache

from bulletin.normalize.fr import tables
from bulletin.normalize.tokens import Token

LETTERS = re.compile(r"[^\W\d_]{2,}")


@cache
def words(name: str) -> re.Pattern[str]:
    """A regex for the words of one list in `contexts.toml`, which may go on ("match" finds "matchs")."""
    listed = tables.any_of(tables.load("contexts")[name].split()).replace("'", "['’]")
    return re.compile(rf"\b(?:{listed})", re.IGNORECASE)


def near(token: Token, name: str) -> bool:
    """Whether a word of the list stands near, on either side."""
    return bool(words(name).search(token.before) or words(name).search(token.after))


def before(token: Token, name: str, reach: int = 80) -> bool:
    """Whether a word of the list stands in the last `reach` characters before."""
    return bool(words(name).search(token.before[-reach:]))


@cache
def _last_word(name: str) -> re.Pattern[str]:
    listed = tables.any_of(tables.load("contexts")[name].split())
    return re.compile(rf"\b(?:{listed})\s?\Z", re.IGNORECASE)


def ends_with(token: Token, name: str) -> bool:
    """Whether the last word before the token is one of the list."""
    return bool(_last_word(name).search(token.before))


def is_capitals(token: Token) -> bool:
    """Whether the words around are all in capitals, as in a headline: then capitals tell nothing."""
    found: list[str] = LETTERS.findall(token.before) + LETTERS.findall(token.after)
    capitals = sum(word.isupper() for word in found)
    return bool(capitals >= 2 and capitals * 4 >= len(found) * 3)


def begins_clause(token: Token) -> bool:
    """Whether the token stands at the start of the line, or after a mark that ends something."""
    return not token.before.strip() or token.before.rstrip()[-1] in ".;:!?…»"
