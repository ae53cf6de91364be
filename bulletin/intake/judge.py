"""Block by block: read, or left out and why."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from bulletin.intake import furniture
from bulletin.intake.authors import leave_out_bylines
from bulletin.intake.blocks import HEADINGS, ITALIC, Block
from bulletin.intake.body import SENTENCE_END, Body, is_bold
from bulletin.intake.head import is_named_standfirst, keep_standfirst, name_standfirst
from bulletin.intake.inline import cut_inline
from bulletin.intake.judged import STANDFIRST_WORDS, Judged, Known, core_limits
from bulletin.intake.place import Places
from bulletin.intake.plain import is_heading
from bulletin.intake.quotes import REPEATED, attribute_quotes, attribute_turns, drop_repeats, leave_out_posts
from bulletin.intake.structure import words_of
from bulletin.intake.words import Echoes, clean, words
from bulletin.intake.zones import (
    compare_with_body,
    end_core,
    inherit,
    leave_out_after,
    leave_out_apart,
    leave_out_final_notes,
)
from bulletin.model import LeftOut, ParagraphKind

BETWEEN_HYPHENS = re.compile(r"[-–—] ?[^-–—\s](?:.{0,80}\S)? ?[-–—]")  # as agencies write sub-headings
HEADING_NAMES = {  # of classes
    "inter", "intertitre", "intertitle", "soustitre", "sub", "subtitle", "subhead", "subheading",
    "crosshead", "crossheading",
}  # fmt: skip
HEADING_WORDS = 14
CAPTION_WORDS = 60
HEADING_END = (".", "!", "…", ":", ";", ",")
MANY_LINKS, LINK_WORDS = 0.6, 25
LEAST_QUESTIONS = 2  # from which a page is an interview
ABOVE = 4  # blocks above the title among which a standfirst may stand
PICTURES = ("img", "picture", "figure", "video", "iframe")


def judge(body: Body, known: Known) -> tuple[list[Judged], list[LeftOut]]:
    """Judges every block from the title to the end of the article's part of the page."""
    cuts: list[LeftOut] = []
    judged: list[Judged] = []
    indices = _range(body)
    places = Places(body, indices)
    for index in indices:
        item = _look_at(body, index, places)
        if item.reason is None:
            item.text, cut = cut_inline(item.block, known.language)
            cuts += [LeftOut(text, reason) for text, reason in cut]
            if cut and not (len(words(item.text)) > 2 and item.text.endswith(SENTENCE_END)):
                item.reason = cut[0][1]
            elif not words(item.text):
                item.reason = "fragment"
        judged.append(item)
    _name_headings(judged)
    first, last = core_limits(judged)
    for position, item in enumerate(judged):
        if item.reason is None:
            item.reason = _reason(item, body, known, in_head=position < first, at_end=position >= last)
    leave_out_bylines(judged, known)
    leave_out_posts(judged)
    _find_headings(judged[first : last + 1])
    if not known.bare:
        end_core(judged)
        first, last = core_limits(judged)
        keep_standfirst(judged[:first], known, body.title)
        leave_out_apart(judged[first : last + 1])
        leave_out_after(judged[last + 1 :], judged[: last + 1])
        compare_with_body(judged, known)
        name_standfirst(judged, known)
    inherit(judged)
    leave_out_final_notes(judged)
    drop_repeats(judged)
    _name_remarks(judged)
    attribute_quotes(judged)
    attribute_turns(judged)
    _drop_bare_headings(judged)
    return judged, cuts


def _look_at(body: Body, index: int, places: Places) -> Judged:
    block = body.blocks[index]
    item = Judged(block, block.text, _kind(block), body.structural_reason(block))
    item.prose = body.prose[index]
    item.place = places.place(index)
    item.first = item.place == "core" and places.is_first(index)
    return item


def _name_headings(judged: list[Judged]) -> None:
    """A short line without a stop, marked up like the paragraphs, before a longer paragraph, is a heading."""
    for item, following in pairwise(judged):
        if item.reason is None and item.kind == "text" and following.reason is None and following.prose:
            alike = item.block.signature == following.block.signature or _are_siblings(item, following)
            heading = alike and is_heading(item.text.lstrip(". "), [following.text])
            if heading or BETWEEN_HYPHENS.fullmatch(item.text):
                item.kind = "heading"


def _find_headings(judged: list[Judged]) -> None:
    """A few words without a stop that stand alone between two paragraphs of the article are a heading,
    whatever their markup is called."""
    candidates = [
        index for index in range(1, len(judged) - 1) if _stands_between(*judged[index - 1 : index + 2])
    ]
    if not candidates:
        return
    texts = [words(item.text) for item in judged]
    echoes = Echoes(texts)
    for index in candidates:
        if echoes.of(texts[index], index, REPEATED) is None:
            judged[index].reason, judged[index].kind = None, "heading"


def _stands_between(before: Judged, item: Judged, following: Judged) -> bool:
    """Whether a few words without a stop stand beside nothing but the paragraphs before and behind them."""
    few = 2 < len(item.text.split()) <= HEADING_WORDS and item.text[:1].isupper()
    if item.reason != "fragment" or item.block.link_share or not few:
        return False
    element = item.block.element
    beside = element.getprevious() is before.block.element and element.getnext() is following.block.element
    return beside and all(other.place == "core" and other.reason is None for other in (before, following))


def _are_siblings(item: Judged, following: Judged) -> bool:
    """Whether a block stands beside a paragraph with its names and one more: "para para-h"."""
    one, other = item.block.element, following.block.element
    names = [set((element.get("class") or "").split()) for element in (one, other)]
    return one.tag == other.tag and one.getnext() is other and bool(names[1]) and names[0] > names[1]


def _name_remarks(judged: list[Judged]) -> None:
    """In an interview whose questions are bold, so are the remarks of whoever asks them."""
    read = [item for item in judged if item.reason is None]
    asked = [
        position for position, item in enumerate(read) if item.kind == "question" and is_bold(item.block)
    ]
    if len(asked) < LEAST_QUESTIONS:
        return
    for position, item in enumerate(read):
        if item.kind == "text" and is_bold(item.block) and (position > asked[0] or "?" in item.text):
            item.kind = "question"


def _range(body: Body) -> range:
    """From the block after the title, where the page shows it, to the last block under the root.

    An `article` element around the title that holds a text ends where it ends: another may follow.
    """
    inside = body.under(body.root if body.article is None else body.article)
    if not inside:
        return range(0)
    start, end = inside[0], inside[-1]
    if body.title is not None:
        shown = body.under(body.title)
        if shown and shown[-1] < end:
            above = [
                i for i in inside if shown[0] - ABOVE <= i < shown[0] and is_named_standfirst(body.blocks[i])
            ]
            start = above[0] if above else shown[-1] + 1
    return range(start, end + 1)


def _kind(block: Block) -> ParagraphKind:
    text = block.text
    short = len(text.split()) <= HEADING_WORDS
    if block.tag in HEADINGS:
        return "question" if text.endswith("?") and not short else "heading"
    if block.inside("blockquote"):
        return "blockquote"
    if (is_bold(block) or block.inside("dt")) and text.endswith("?"):
        return "question"
    named = not HEADING_NAMES.isdisjoint(words_of(block.element))
    if (is_bold(block) or named) and short and not text.endswith(HEADING_END):
        return "heading"
    return "item" if block.inside("li") else "text"


def _reason(item: Judged, body: Body, known: Known, *, in_head: bool, at_end: bool) -> str | None:
    """Why this block is not read, from its words and its shape."""
    block, text = item.block, item.text
    if known.title and words(text) == words(known.title):
        return "title"
    reason = furniture.reason_of_line(text, known.language, at_end=at_end)
    if reason:
        return reason
    if block.link_share > 0.8 or (block.link_share > MANY_LINKS and len(text.split()) <= LINK_WORDS):
        return "related-link"
    if body.in_data_table(block):
        return "table"
    if _is_caption(item):
        return "caption"
    if item.kind == "text" and not text.endswith(SENTENCE_END) and block.share(ITALIC) > 0.9:
        return "note"
    if item.kind != "text" or block.tag == "p" or item.prose or text.endswith(SENTENCE_END):
        return None
    return None if in_head and len(text.split()) >= STANDFIRST_WORDS else "fragment"


def _is_caption(item: Judged) -> bool:
    """Text in italics or small print, or a list of one, right after a picture."""
    block = item.block
    if (item.prose and item.place == "core") or len(item.text.split()) > CAPTION_WORDS:
        return False
    small = block.share(ITALIC | {"small"}) > 0.9 or (item.kind == "item" and _only_child_list(block))
    return small and _follows_picture(block)


def _only_child_list(block: Block) -> bool:
    item = next((element for element in block.ancestors() if element.tag == "li"), None)
    parent = item.getparent() if item is not None else None
    return parent is not None and len(parent) == 1


def _follows_picture(block: Block) -> bool:
    """Whether the nearest element before the block, at some level below its siblings, is a picture."""
    runs = [run.inline[0] for run in block.runs if run.inline and run.text.strip()]
    start = runs[0] if runs and block.share(ITALIC | {"small"}) > 0.9 else block.element
    for element in (start, *list(start.iterancestors())[:3]):
        before = element.getprevious()
        while before is not None and before.tag == "br" and not clean(before.tail or ""):
            before = before.getprevious()
        if before is not None:
            return before.tag in PICTURES or (
                next(before.iter(*PICTURES), None) is not None
                and len(clean("".join(before.itertext()))) < 300
            )
    return False


def _drop_bare_headings(judged: list[Judged]) -> None:
    """A heading with nothing read after it, before the next one, heads furniture."""
    read = [item for item in judged if item.reason is None]
    for item, following in zip(reversed(read), [None, *reversed(read)], strict=False):
        if item.kind != "heading":
            continue
        if _heads_left_out_list(item, judged):
            item.reason = "heading-of-nothing"
            continue
        below = following if following is None or following.reason is None else None
        if below is None or (below.kind == "heading" and _level(below) <= _level(item)):
            item.reason = "heading-of-nothing"


def _heads_left_out_list(item: Judged, judged: list[Judged]) -> bool:
    """Whether a list or table that is left out stands right below a heading."""
    position = next(index for index, other in enumerate(judged) if other is item)
    below = judged[position + 1] if position + 1 < len(judged) else None
    return (
        below is not None and below.reason is not None and (below.kind == "item" or below.reason == "table")
    )


def _level(item: Judged) -> int:
    return int(item.block.tag[1]) if item.block.tag in HEADINGS else 7


def leave_out(items: Iterable[Judged]) -> list[LeftOut]:
    """The record of what is not read."""
    return [LeftOut(item.text or item.block.text, item.reason) for item in items if item.reason]
