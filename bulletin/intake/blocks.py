"""A page flattened into its blocks of text, in reading order, each knowing where it stood.

Inline elements flow into the text around them; block elements and doubled line breaks part it. Everything
that can be told from the markup alone is kept: links, bold, the elements around.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from bulletin.intake.words import clean

Element = Any  # lxml.html.HtmlElement; lxml has no types

INLINE_TAGS = """
    a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark math nobr output q rb rp
    ruby s samp small span strike strong sub sup time tt u var wbr slot picture
"""
SILENT_TAGS = """
    script style noscript template svg math head title meta link iframe object embed audio video canvas map
    select option datalist textarea progress meter img input source track param area base hr rt rp
"""
INLINE = frozenset(INLINE_TAGS.split())
SILENT = frozenset(SILENT_TAGS.split())
ENDED = re.compile(r"[.!?…»”\"]\s*$")  # a line that ends like this before a line break ends its paragraph
POSITION = re.compile(
    r"(?:^|[-_])(?:first|last|odd|even|start|end|initial|drop-?cap|lettrine|has|is)(?:$|[-_])"
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BOLD = frozenset({"b", "strong"})
ITALIC = frozenset({"i", "em", "cite"})


@dataclass(slots=True)
class Run:
    """A stretch of text under the same inline elements, outermost first."""

    text: str
    inline: tuple[Element, ...] = ()
    lead: bool = False  # announces a link to elsewhere, or is that link

    @property
    def link(self) -> Element | None:
        return next(
            (element for element in self.inline if element.tag == "a" and not element.get("name")), None
        )


@dataclass(slots=True)
class Block:
    """A paragraph-like piece: `element` is the nearest block element around it."""

    element: Element
    runs: list[Run] = field(default_factory=list)

    @property
    def hidden(self) -> Element | None:
        """The element that hides the block from readers, if one does."""
        inline = self.runs[0].inline if self.runs else ()
        return next(
            (element for element in (*reversed(inline), *self.ancestors()) if is_hidden(element)), None
        )

    @property
    def text(self) -> str:
        return clean("".join(run.text for run in self.runs))

    @property
    def tag(self) -> str:
        return str(self.element.tag)

    def share(self, tags: frozenset[str]) -> float:
        """Share of the characters that stand under one of `tags`."""
        inside = sum(len(run.text.strip()) for run in self.runs if any(e.tag in tags for e in run.inline))
        return inside / max(sum(len(run.text.strip()) for run in self.runs), 1)

    @property
    def link_share(self) -> float:
        linked = sum(len(run.text.strip()) for run in self.runs if run.link is not None)
        return linked / max(sum(len(run.text.strip()) for run in self.runs), 1)

    @property
    def signature(self) -> tuple[str, ...]:
        """How the block is marked up, from itself outwards: the same for the paragraphs of one article."""
        return tuple(f"{element.tag}.{_names(element.get('class'))}" for element in self.ancestors())

    def ancestors(self) -> Iterator[Element]:
        yield self.element
        yield from self.element.iterancestors()

    def inside(self, *tags: str) -> bool:
        return any(element.tag in tags for element in self.ancestors())


@lru_cache(maxsize=4096)
def _names(classes: str | None) -> str:
    """Class names without counters and without those that tell one paragraph's position or looks."""
    names = (re.sub(r"\d+", "", name) for name in (classes or "").split())
    return " ".join(name for name in names if not POSITION.search(name))


def blocks_of(root: Element) -> list[Block]:
    """All blocks with text under `root`, in document order. Iterative: depth costs no stack."""
    collector = _Collector(root)
    stack: list[tuple[str, Element]] = [("open", root)]
    while stack:
        step, element = stack.pop()
        if step == "tail":
            collector.say(element.tail)
        elif step == "close":
            collector.close(element)
        elif not isinstance(element.tag, str) or element.tag in SILENT:
            continue
        else:
            collector.open(element)
            stack.append(("close", element))
            for child in reversed(element):
                stack.append(("tail", child))
                stack.append(("open", child))
    collector.part()
    return collector.blocks


def is_hidden(element: Element) -> bool:
    """Not shown to any reader: `hidden`, or an inline style that says so."""
    if "hidden" in element.attrib and element.get("hidden") != "until-found":
        return True
    style = (element.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style


class _Collector:
    """Builds blocks while the tree is walked."""

    def __init__(self, root: Element) -> None:
        self.blocks: list[Block] = []
        self.around: list[Element] = [root]
        self.inline: list[Element] = []
        self.current = Block(root)
        self.breaks = 0

    def open(self, element: Element) -> None:
        if element.tag == "br":
            self.breaks += 1
            if self.breaks == 1 and not ENDED.search("".join(run.text for run in self.current.runs[-3:])):
                self.current.runs.append(Run("\n", tuple(self.inline)))
            else:
                self.part()
        elif element.tag in INLINE:
            self.inline.append(element)
        else:
            self.part()
            self.around.append(element)
            self.current = Block(element)
        self.say(element.text)

    def close(self, element: Element) -> None:
        if element.tag == "br":
            return
        if element.tag in INLINE:
            if self.inline and self.inline[-1] is element:
                self.inline.pop()
            return
        self.part()
        if len(self.around) > 1:
            self.around.pop()
        self.current = Block(self.around[-1])

    def say(self, text: str | None) -> None:
        if text:
            if text.strip():
                self.breaks = 0
            self.current.runs.append(Run(text, tuple(self.inline)))

    def part(self) -> None:
        if clean("".join(run.text for run in self.current.runs)):
            self.blocks.append(self.current)
        self.current = Block(self.around[-1])
