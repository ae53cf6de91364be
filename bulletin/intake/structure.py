"""What the markup says about a part of a page: the facts are in structure.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from bulletin.intake.blocks import Element

ATTRIBUTE_NAMES = """
    class id itemprop name rel data-testid data-test data-test-id data-component data-type data-block data-qa
    data-gu-name data-name data-element data-module data-role data-block-type data-cy data-c
"""
ATTRIBUTES = ATTRIBUTE_NAMES.split()
CAMEL = re.compile(r"[A-Z]?[a-z]+(?:[A-Z][a-z]+)*")
LETTERS = re.compile(  # how the first letter of a paragraph is set says nothing of the paragraph
    r"(?:[Dd]rop|[Ii]nitial|[Ss]mall|[Aa]ll)[-_]?[Cc]aps?(?![a-z])"
)
HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of page part and how its elements are named."""

    reason: str
    tags: frozenset[str]
    roles: frozenset[str]
    words: frozenset[str]
    parts: tuple[str, ...]
    small: int | None

    def names(self, neighbours: Neighbours) -> bool:
        return neighbours.include(self.words, self.parts)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The words of an element's names, alone and side by side, as the tables have them."""

    sides: frozenset[str]
    glued: tuple[str, ...]

    @classmethod
    def of(cls, words: Sequence[str]) -> Neighbours:
        pairs = [" ".join(pair) for pair in pairwise(words)]
        triples = [" ".join(words[index : index + 3]) for index in range(len(words) - 2)]
        return cls(
            frozenset([*words, *pairs, *triples]), (*words, *(pair.replace(" ", "") for pair in pairs))
        )

    def include(self, known: frozenset[str], beginnings: tuple[str, ...] = ()) -> bool:
        """Whether one word, or two or three side by side, are in the table."""
        if not known.isdisjoint(self.sides):
            return True
        return bool(beginnings) and any(word.startswith(beginnings) for word in self.glued)


def names(words: Sequence[str], known: frozenset[str], beginnings: tuple[str, ...] = ()) -> bool:
    return Neighbours.of(words).include(known, beginnings)


@cache
def facts() -> dict[str, Any]:
    return tomllib.loads(files("bulletin.intake").joinpath("structure.toml").read_text(encoding="utf-8"))


@cache
def parts() -> tuple[Part, ...]:
    return tuple(
        Part(
            entry["reason"],
            frozenset(entry.get("tags", [])),
            frozenset(entry.get("roles", [])),
            frozenset(entry.get("words", [])),
            tuple(entry.get("parts", [])),
            entry.get("small"),
        )
        for entry in facts()["part"]
    )


def is_standfirst(element: Element) -> bool:
    table = facts()["standfirst"]
    return names(words_of(element), frozenset(table["words"]), tuple(table["parts"]))


@cache
def _neutral_words() -> frozenset[str]:
    return frozenset(facts()["neutral"]["words"])


def is_neutral(element: Element) -> bool:
    """Whether the element's names say nothing about its text, or it has none."""
    return all(word in _neutral_words() or not word.isalpha() for word in words_of(element))


def is_body(element: Element) -> bool:
    table = facts()["body"]
    if (element.get("itemprop") or "").lower() in table["itemprop"]:
        return True
    return names(words_of(element), frozenset(table["words"]))


def reasons_of(element: Element) -> list[tuple[str, int | None]]:
    """Every reason that the element's own name, role, class or id gives, with its limit in words."""
    role = (element.get("role") or "").lower()
    return _reasons(element.tag, role, tuple(words_of(element)))


@lru_cache(maxsize=4096)
def _reasons(tag: str, role: str, words: tuple[str, ...]) -> list[tuple[str, int | None]]:
    neighbours = Neighbours.of(words)
    return [
        (part.reason, part.small)
        for part in parts()
        if tag in part.tags or role in part.roles or (words and part.names(neighbours))
    ]


def words_of(element: Element) -> list[str]:
    """Lower-case words of class, id and the like, in order; words that are negated are gone."""
    text = " ".join(filter(None, (element.get(name) for name in ATTRIBUTES)))
    return list(_words(text)) if text else []


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    negations = set(facts()["negation"]["words"])
    text = LETTERS.sub("", text)
    found: list[str] = []
    for name in text[:500].split():
        negated = False
        for segment in re.split(r"[^A-Za-z0-9À-ÿ]+", name):
            pieces = HUMP.split(segment) if CAMEL.fullmatch(segment) else [segment]
            for piece in pieces:
                word = piece.lower()
                if word and not negated:
                    found.append(word)
                negated = word in negations
    return tuple(found)
