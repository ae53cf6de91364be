"""What spaCy's small French model says of texts: asked as little as possible, and once for each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bulletin.french import model
from bulletin.script.marks import plain

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_parsed: dict[str, Doc] = {}
KEPT = 4096  # parsed texts kept in memory


def parse(text: str) -> Doc:
    """The text parsed; positions in it are positions in the text."""
    if text not in _parsed:
        if len(_parsed) >= KEPT:
            _parsed.clear()
        _parsed[text] = model()(plain(text))
    return _parsed[text]


def prepare(texts: Iterable[str]) -> None:
    """Parses many texts at once, which is faster than one by one."""
    missing = [text for text in dict.fromkeys(texts) if text not in _parsed]
    for text, doc in zip(missing, model().pipe([plain(text) for text in missing]), strict=True):
        _parsed[text] = doc


def token_at(text: str, position: int) -> Token | None:
    """The token of the text that covers `position`."""
    for token in parse(text):
        if token.idx <= position < token.idx + len(token):
            return token
    return None


def is_finite(token: Token) -> bool:
    """Whether the token is a finite verb."""
    return token.pos_ in ("VERB", "AUX") and "Fin" in token.morph.get("VerbForm", [])
