"""What is known of each block of a page while it is judged."""

from __future__ import annotations

from dataclasses import dataclass

from bulletin.intake.blocks import Block
from bulletin.intake.place import Place
from bulletin.intake.words import overlap, words
from bulletin.model import ParagraphKind

SAME = 0.8  # the share of the words of one that the other has too
LABEL_WORDS = 3
MOSTLY_LINKS = 0.8
STANDFIRST_WORDS = 9


@dataclass(slots=True)
class Judged:
    """A block with its text after cuts, and the reason if it is not read."""

    block: Block
    text: str
    kind: ParagraphKind = "text"
    reason: str | None = None
    attribution: str | None = None
    prose: bool = False
    place: Place = "near"
    first: bool = False  # marked up as most of the article is


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the article before its blocks are judged."""

    language: str
    title: str | None
    names: frozenset[str] = frozenset()  # of its authors
    descriptions: tuple[str, ...] = ()
    told: str = ""  # the words of the JSON-LD body, between spaces
    bare: bool = False  # the source holds nothing but the article, as a Markdown file does

    def describes(self, text: str) -> bool:
        """Whether a description in the page's head says the same."""
        own = words(text)
        told = f" {' '.join(own)} "
        for description in self.descriptions:
            other = words(description)
            alike = max(overlap(text, other), overlap(description, own)) > SAME
            if other and (alike or f" {' '.join(other)} " in told):
                return True
        return False

    def without_label(self, text: str) -> str:
        """A standfirst without the word before it ("Analyse"), where a description shows where it begins."""
        for description in self.descriptions:
            before, found, after = text.partition(description)
            if found and not after and len(before.split()) <= LABEL_WORDS:
                return description
        return text

    def tells(self, text: str) -> bool:
        """Whether the JSON-LD body has these very words."""
        return f" {' '.join(words(text))} " in self.told


def core_limits(judged: list[Judged]) -> tuple[int, int]:
    """Positions of the first and the last paragraph in the article's own markup."""
    core = [
        i
        for i, item in enumerate(judged)
        if item.place == "core" and item.reason is None and item.block.link_share <= MOSTLY_LINKS
    ]
    return (core[0], core[-1]) if core else (0, len(judged) - 1)
