"""Words that are written alike and said apart, told by the words around them: what any language needs for it.

A rule of a table says how some words sound where the text before them ends with `before`, that after
them begins with `after`, and the text before doesn't end with `unless`. `{name}` in a context stands for
one of the table's parts.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bulletin.normalize.tokens import NEAR

PART = re.compile(r"\{(\w*[a-z]\w*)\}")
PLAIN = str.maketrans({"’": "'", "\u00a0": " ", "\u202f": " "})
ANYTHING = re.compile("")


@dataclass(frozen=True)
class Sound:
    """How a word is said where the text before it ends with `before`, that after begins with `after`, and
    the text before doesn't end with `unless`."""

    ipa: str
    before: re.Pattern[str] = ANYTHING
    after: re.Pattern[str] = ANYTHING
    unless: re.Pattern[str] | None = None

    def fits(self, before: str, after: str) -> bool:
        return bool(
            self.after.match(after)
            and self.before.search(before)
            and not (self.unless and self.unless.search(before))
        )


Sounds = Mapping[str, tuple[Sound, ...]]
"""The sounds that each word can have, in the order in which they are tried."""


def sound(word: str, line: str, start: int, sounds: Sounds) -> str | None:
    """How the word at `start` of the line is said; None where nothing tells, or its spelling does."""
    possible = sounds.get(word) or sounds.get(word.lower())
    if possible is None:
        return None
    end = start + len(word)
    before = line[max(0, start - NEAR) : start].translate(PLAIN)
    after = line[end : end + NEAR].translate(PLAIN)
    return next((one.ipa for one in possible if one.fits(before, after)), None) or None


def by_context(rules: Any, parts: Mapping[str, str]) -> dict[str, tuple[Sound, ...]]:
    """The sounds of the words of a table's rules."""
    sounds: dict[str, tuple[Sound, ...]] = {}
    for rule in rules:
        for word in rule["words"].split():
            sounds[word] = (*sounds.get(word, ()), contextual(rule, parts))
    return sounds


def contextual(rule: Mapping[str, str], parts: Mapping[str, str]) -> Sound:
    """A rule of the table with its contexts compiled."""
    return Sound(
        rule["ipa"],
        ending_with(rule["before"], parts) if "before" in rule else ANYTHING,
        re.compile(filled(rule["after"], parts), re.IGNORECASE) if "after" in rule else ANYTHING,
        ending_with(rule["unless"], parts) if "unless" in rule else None,
    )


def ending_with(context: str, parts: Mapping[str, str]) -> re.Pattern[str]:
    """A regex for text that ends with the context."""
    return re.compile(rf"(?:{filled(context, parts)})\Z", re.IGNORECASE)


def filled(context: str, parts: Mapping[str, str]) -> str:
    """The context with its parts, and their parts, put in."""
    while PART.search(context):
        context = PART.sub(lambda match: parts[match.group(1)], context)
    return context
