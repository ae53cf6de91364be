"""The facts of French reading, from the TOML files beside this module."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """One file of facts, by name."""
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))


def any_of(words: Iterable[str]) -> str:
    """A regex that matches any of the words, the longest that fits: a tree of their letters, so that a place
    where none begins is told by one look.

    >>> any_of(["km", "k", "kg", "m"])
    '(?:k(?:g|m)?|m)'
    """
    tails: dict[str, set[str]] = {}
    for word in words:
        tails.setdefault(word[:1], set()).add(word[1:])
    ends = "" in tails
    branches = [re.escape(head) + any_of(rest) for head, rest in sorted(tails.items()) if head]
    if not branches:
        return ""
    tree = branches[0] if len(branches) == 1 and not ends else f"(?:{'|'.join(branches)})"
    return tree + "?" if ends else tree
