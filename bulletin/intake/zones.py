"""What stands apart from the article's paragraphs, or after them."""

from __future__ import annotations

from bulletin.intake.blocks import ITALIC
from bulletin.intake.body import SENTENCE_END
from bulletin.intake.judged import Judged, Known
from bulletin.intake.words import words

INHERITED = {"related-link", "newsletter", "share", "paywall", "comments", "tags", "advertisement", "infobox"}
CLOSING = INHERITED | {"footer", "biography", "form", "navigation", "practical"}
UNSURE = {"aside", "after-article", "before-article", "fragment", "infobox", "related-link", "embed"}
BODY_AGREES, TOLD_WORDS = 0.8, 6


def end_core(judged: list[Judged]) -> None:
    """Prose in a second markup, once the first has ended and something closed it, is another text."""
    last = max(
        (i for i, item in enumerate(judged) if item.first and item.reason is None), default=len(judged)
    )
    closed = False
    for item in judged[last + 1 :]:
        closed = closed or item.reason in CLOSING
        if closed:
            item.place = "apart"


def leave_out_apart(middle: list[Judged]) -> None:
    """Between the article's paragraphs, what is wrapped in something of another name is an aside.

    Block quotes are not, nor is a list that the paragraph before it announces with a colon; nor are headings,
    unless all that stands with them in their wrapper is left out.
    """
    announced = _announced(middle)
    apart = [
        item
        for item in middle
        if item.reason is None and item.place == "apart" and not any(item is other for other in announced)
    ]
    for item in apart:
        if item.kind not in {"heading", "question", "blockquote"}:
            item.reason = "aside"
    for item in apart:
        company = _company(item, middle)
        if item.kind in {"heading", "question"} and company and all(other.reason for other in company):
            item.reason = "aside"


def _announced(middle: list[Judged]) -> list[Judged]:
    """The items of lists right below a paragraph that ends in a colon."""
    found: list[Judged] = []
    listing = False
    for item in middle:
        listing = item.reason is None and (
            (listing and item.kind == "item") or (item.place == "core" and item.text.endswith(":"))
        )
        if listing and item.kind == "item":
            found.append(item)
    return found


def _company(item: Judged, middle: list[Judged]) -> list[Judged]:
    """The other blocks in the wrapper right around a heading."""
    around = item.block.element.getparent()
    return [other for other in middle if other is not item and around in set(other.block.ancestors())]


def leave_out_after(tail: list[Judged], core: list[Judged]) -> None:
    """After the last paragraph only a quote or a list right beside the text may go on, perhaps under a
    heading that is marked up as the article's others are."""
    closed, announced = False, bool(core) and core[-1].text.endswith(":")
    headings = {item.block.signature for item in core if item.reason is None and item.kind == "heading"}
    headed: list[Judged] = []
    for item in tail:
        closed = closed or item.reason in CLOSING
        if item.kind == "heading" and item.block.signature in headings:
            headed = _list_below(item, tail)
        whole = announced or item.text.endswith(SENTENCE_END)
        beside = whole and item.kind in {"blockquote", "item"} and item.place == "near"
        goes_on = beside or any(item is other for other in headed)
        if item.reason is None and (closed or not goes_on):
            item.reason = "after-article"
            closed = True


def _list_below(heading: Judged, tail: list[Judged]) -> list[Judged]:
    """A heading and the sentences of the list that stands right below it, if there is one."""
    below = heading.block.element.getnext()
    items = [item for item in tail if below is not None and below in set(item.block.ancestors())]
    whole = all(item.reason is None and item.text.endswith(SENTENCE_END) for item in items)
    return [heading, *items] if items and below.tag in ("ul", "ol") and whole else []


def compare_with_body(judged: list[Judged], known: Known) -> None:
    """Where JSON-LD tells the same article: what it has too is read, a line that it lacks is furniture."""
    said = [known.tells(item.text) for item in judged]
    read = [i for i, item in enumerate(judged) if item.reason is None and item.prose]
    if not read or sum(said[i] for i in read) < BODY_AGREES * len(read):
        return
    for item, told in zip(judged, said, strict=True):
        if told and item.reason in UNSURE and len(words(item.text)) >= TOLD_WORDS:
            item.reason = None
        elif not told and item.reason is None and item.kind in {"text", "item"} and not item.prose:
            item.reason = "not-in-body"


def leave_out_final_notes(judged: list[Judged]) -> None:
    """Last paragraphs wholly in italics or small print are notes on the article, where the rest is not."""
    read = [item for item in judged if item.reason is None]
    plain = [i for i, item in enumerate(read) if item.prose and item.block.share(ITALIC | {"small"}) < 0.9]
    if len(plain) < 2:
        return
    for item in read[plain[-1] + 1 :]:
        if item.block.share(ITALIC | {"small"}) > 0.9 and item.kind != "blockquote":
            item.reason = "note"


def inherit(judged: list[Judged]) -> None:
    """What hangs below a heading that is left out goes with it: items, short lines, up to the next prose."""
    reason = None
    for item in judged:
        if item.reason in INHERITED and (item.kind == "heading" or len(item.text.split()) <= 8):
            reason = item.reason
        elif (
            item.reason is None
            and reason
            and (item.prose or item.kind in {"heading", "question", "blockquote", "standfirst"})
        ):
            reason = None
        elif item.reason is None and reason and not item.text.endswith(SENTENCE_END):
            item.reason = reason
