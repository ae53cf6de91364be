"""Where a block stands in relation to the article's own paragraphs.

News systems mark up all paragraphs of an article alike. The markup that most of the prose shares is the core;
a block elsewhere has to have a reason to be there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from bulletin.intake import structure
from bulletin.intake.blocks import Block, Element
from bulletin.intake.body import SENTENCE_END, Body

Place = Literal["core", "near", "apart"]
NOTE_AT_END = re.compile(r"[.!?…»”\"’] ?[\[(][^\[\]()]{1,60}[\])]$")  # of an agency, behind the last sentence
SECOND_SHARE = 0.15
SECOND_RUNS = 3


@dataclass
class Places:
    """The core of a page's article and what stands near it; `indices` are the blocks in question."""

    body: Body
    indices: range
    heaviest: tuple[str, ...] = ()

    @cached_property
    def core_signatures(self) -> set[tuple[str, ...]]:
        """The first markup, and others that carry much of the prose or keep alternating with it."""
        weights: dict[tuple[str, ...], float] = {}
        runs: dict[tuple[str, ...], int] = {}
        previous = None
        for index in self.indices:
            block = self.body.blocks[index]
            if (
                not self.body.prose[index]
                or self.body.structural_reason(block) is not None
                or block.inside("li")
            ):
                continue
            weights[block.signature] = weights.get(block.signature, 0.0) + self.body.weight(index)
            if block.signature != previous:
                runs[block.signature] = runs.get(block.signature, 0) + 1
            previous = block.signature
        total = sum(weights.values())
        self.heaviest = max(weights, key=lambda signature: weights[signature], default=())
        return {
            signature
            for signature, weight in weights.items()
            if signature == self.heaviest or weight >= SECOND_SHARE * total or runs[signature] >= SECOND_RUNS
        }

    @cached_property
    def containers(self) -> set[Element]:
        """What holds the core blocks; where each has a wrapper of its own, what holds the wrappers."""
        elements = {block.element for block in self._core_blocks}
        parents = [element.getparent() for element in elements]
        found = elements | set(parents)
        if len(set(parents)) > 0.5 * len(parents):
            found |= {parent.getparent() for parent in parents if parent is not None}
        return {element for element in found if element is not None}

    @cached_property
    def _core_blocks(self) -> list[Block]:
        return [
            self.body.blocks[index]
            for index in self.indices
            if self.body.prose[index] and self.body.blocks[index].signature in self.core_signatures
        ]

    def is_first(self, index: int) -> bool:
        """Whether a core block has the markup that most of the prose has."""
        return bool(self.core_signatures) and self.body.blocks[index].signature == self.heaviest

    def place(self, index: int) -> Place:
        """core: marked up as the article's paragraphs; near: beside them, not inside something named."""
        block = self.body.blocks[index]
        whole = block.text.endswith(SENTENCE_END) or NOTE_AT_END.search(block.text)
        if block.signature in self.core_signatures and whole:
            return "core"
        if not self.body.trusting and self.body.prose[index] and self.body.voted[index]:
            return "core"
        if self.body.prose[index] and any(self.body.is_wrapper(element) for element in block.ancestors()):
            return "core"
        for element in block.ancestors():
            if element in self.containers:
                return "near"
            if element is not block.element and not structure.is_neutral(element):
                return "apart"
        return "apart"
