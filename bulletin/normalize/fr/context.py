"""What the words around a token tell."""

import re

from bulletin.normalize.tokens import Token

LETTERS = re.compile(r"[^\W\d_]{2,}")


def near(token: Token, words: re.Pattern[str]) -> bool:
    """Whether one of the words stands near, on either side."""
    return bool(words.search(token.before) or words.search(token.after))


def is_capitals(token: Token) -> bool:
    """Whether the words around are all in capitals, as in a headline: then capitals tell nothing."""
    found: list[str] = LETTERS.findall(token.before) + LETTERS.findall(token.after)
    capitals = sum(word.isupper() for word in found)
    return bool(capitals >= 2 and capitals * 4 >= len(found) * 3)
