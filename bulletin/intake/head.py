"""Between title and text: the standfirst is read, and little else."""

from __future__ import annotations

from itertools import takewhile

from bulletin.intake import structure
from bulletin.intake.blocks import Block, Element
from bulletin.intake.body import SENTENCE_END, is_bold
from bulletin.intake.judged import STANDFIRST_WORDS, Judged, Known

DIVIDERS = {"byline", "date", "caption", "credits", "share"}  # between title and text, after the standfirst


def keep_standfirst(head: list[Judged], known: Known, title: Element | None) -> None:
    """Between title and text only a standfirst is read, and what stands right beside the text."""
    candidates = [item for item in head if item.reason is None and _may_be_standfirst(item)]
    chosen = [item for item in candidates if _is_named_standfirst(item)] or [
        item for item in candidates if known.describes(item.text)
    ]
    undivided = list(takewhile(lambda item: item.reason not in DIVIDERS, head))
    close = [
        item for item in candidates if item in undivided or (item.place == "near" and is_bold(item.block))
    ]
    headed = [item for item in close if item.kind == "heading" or is_bold(item.block)]
    chosen = (
        chosen or [item for item in headed if item.text.endswith(SENTENCE_END) or _is_deck(item, title)][:1]
    )
    chosen = chosen or [item for item in close if item.prose or _is_running_text(item, head)][:1]
    leading = True
    for item in reversed(head):
        leading = leading and item.place == "near" and item.reason is None and item.kind == "heading"
        if item in chosen:
            item.kind = "standfirst"
            item.text = known.without_label(item.text)
        elif item.reason is None and not leading and not _begins_the_text(item):
            item.reason = "before-article"


def name_standfirst(judged: list[Judged], known: Known) -> None:
    """A first paragraph in bold, or named so, is the standfirst, though marked up like the others."""
    first = next((item for item in judged if item.reason is None), None)
    if (
        first
        and first.kind == "text"
        and first.prose
        and (_is_named_standfirst(first) or is_bold(first.block))
    ):
        first.kind = "standfirst"


def _may_be_standfirst(item: Judged) -> bool:
    return item.prose or _is_named_standfirst(item) or len(item.text.split()) >= STANDFIRST_WORDS


def _is_deck(item: Judged, title: Element | None) -> bool:
    """A second heading right below the title, one rank lower."""
    return title is not None and item.block.tag == "h2" and item.block.element.getprevious() is title


def _begins_the_text(item: Judged) -> bool:
    """Whether a block before the first full paragraph belongs to the text all the same."""
    return item.place == "near" and (item.prose or item.text.endswith(SENTENCE_END))


def _is_running_text(item: Judged, head: list[Judged]) -> bool:
    """A line right below the title with few capitals: no list of names, places and dates."""
    found = item.text.split()
    capitals = sum(word[:1].isupper() or word[:1].isdigit() for word in found)
    return item is head[0] and capitals < 0.3 * len(found)


def _is_named_standfirst(item: Judged) -> bool:
    return is_named_standfirst(item.block)


def is_named_standfirst(block: Block) -> bool:
    return any(structure.is_standfirst(element) for element in list(block.ancestors())[:3])
