"""Where on the page the article stands.

trafilatura's finding gives each block a vote; the blocks' weights, summed up the tree, show the part of the
page that holds the article. Inside that part every block is judged on its own (bulletin.intake.judge).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from bulletin.intake import structure
from bulletin.intake.blocks import BOLD, HEADINGS, Block, Element
from bulletin.intake.words import words

PROSE_WORDS = 12
FOUND, NOT_FOUND = 1.0, 0.25
CORE = 0.9
PROTECTED_SHARE = 0.35
SENTENCE_END = (".", "!", "?", "…", "»", "”", '"', "’", ")", ":", ";")


def extract(html: str) -> str:
    """What trafilatura takes for the article, as words between spaces; empty where it finds none."""
    import trafilatura

    found = trafilatura.extract(html, favor_recall=True, include_comments=False, include_tables=False)
    return f" {' '.join(words(found or ''))} "


@dataclass
class Body:
    """The blocks of a page with what their places say about them."""

    blocks: list[Block]
    found: str
    title: Element | None
    _weights: dict[Element, float] = field(default_factory=dict)
    _reasons: dict[Element, str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.counts = [len(words(block.text)) for block in self.blocks]
        self.prose = [is_prose(block, count) for block, count in zip(self.blocks, self.counts, strict=True)]
        self.voted = [self._is_found(index) for index in range(len(self.blocks))]
        self._title_path = set() if self.title is None else {self.title, *self.title.iterancestors()}
        self._weigh()

    def _is_found(self, index: int) -> bool:
        return self.counts[index] > 0 and f" {' '.join(words(self.blocks[index].text))} " in self.found

    def _weigh(self) -> None:
        """Sums the words of prose up the tree, twice: first for all, then without furniture."""
        self._all: dict[Element, int] = {}
        self._prose_words: dict[Element, int] = {}
        for block, count, prose in zip(self.blocks, self.counts, self.prose, strict=True):
            for element in block.ancestors():
                self._all[element] = self._all.get(element, 0) + count
                if prose:
                    self._prose_words[element] = self._prose_words.get(element, 0) + count
        for index, block in enumerate(self.blocks):
            if self.prose[index] and self.structural_reason(block) is None:
                weight = self.counts[index] * (FOUND if self.voted[index] else NOT_FOUND)
                for element in block.ancestors():
                    self._weights[element] = self._weights.get(element, 0.0) + weight

    @cached_property
    def total_prose(self) -> int:
        return sum(count for count, prose in zip(self.counts, self.prose, strict=True) if prose)

    def structural_reason(self, block: Block) -> str | None:
        """Why the markup says that the block is no article text; the outermost reason counts."""
        reason = None
        for element in block.ancestors():
            reason = self._element_reason(element) or reason
        return reason

    def _element_reason(self, element: Element) -> str | None:
        if element not in self._reasons:
            self._reasons[element] = self._judge_element(element)
        return self._reasons[element]

    def _judge_element(self, element: Element) -> str | None:
        """A part that holds the title or much of the page's prose is no furniture, whatever it is called."""
        if element in self._title_path or element.tag in {"body", "html", "main", "article"}:
            return None
        if self._prose_words.get(element, 0) > PROTECTED_SHARE * self.total_prose:
            return None
        for reason, small in structure.reasons_of(element):
            if small is None or self._all.get(element, 0) <= small:
                return reason
        return None

    @cached_property
    def root(self) -> Element:
        """The innermost element that holds nearly all of the weight."""
        current = self.blocks[0].element.getroottree().getroot()
        while True:
            weight = self._weights.get(current, 0.0)
            heavy = [child for child in current if self._weights.get(child, 0.0) >= CORE * weight and weight]
            if not heavy:
                return current
            current = heavy[0]


def is_prose(block: Block, count: int) -> bool:
    """A sentence or more, not a list of links."""
    if block.tag in HEADINGS or count < PROSE_WORDS or block.link_share > 0.5:
        return False
    return block.text.endswith(SENTENCE_END) or count > 40


def is_bold(block: Block) -> bool:
    return block.share(BOLD) > 0.9
