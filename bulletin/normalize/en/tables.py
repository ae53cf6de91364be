"""The tables of facts beside these modules: TOML, and sets of words written as one string."""

import tomllib
from importlib.resources import files
from typing import Any


def load(name: str) -> dict[str, Any]:
    """The table file of that name."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


WORDS = {name: frozenset(words.split()) for name, words in load("words").items()}
"""Sets of words that tell what a token beside them is."""
