"""Block by block: read, or left out and why."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bulletin.intake import furniture, structure
from bulletin.intake.blocks import HEADINGS, ITALIC, Block
from bulletin.intake.body import SENTENCE_END, Body, is_bold
from bulletin.intake.inline import cut_inline
from bulletin.intake.words import clean, words
from bulletin.model import LeftOut, ParagraphKind

HEADING_WORDS = 14
STANDFIRST_WORDS = 9
CAPTION_WORDS = 60
HEADING_END = (".", "!", "…", ":", ";", ",")
INHERITED = {"related-link", "newsletter", "share", "paywall", "comments", "tags", "advertisement", "infobox"}
CLOSING = {
    "related-link",
    "comments",
    "newsletter",
    "share",
    "tags",
    "footer",
    "biography",
    "advertisement",
    "form",
}
PICTURES = ("img", "picture", "figure", "video", "iframe")


@dataclass(slots=True)
class Judged:
    """A block with its text after cuts, and the reason if it is not read."""

    block: Block
    text: str
    kind: ParagraphKind = "text"
    reason: str | None = None
    attribution: str | None = None
    prose: bool = False
    core: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the article before its blocks are judged."""

    language: str
    title: str | None
    names: frozenset[str] = frozenset()  # of its authors


def judge(body: Body, known: Known) -> tuple[list[Judged], list[LeftOut]]:
    """Judges every block from the title to the end of the article's part of the page."""
    cuts: list[LeftOut] = []
    judged: list[Judged] = []
    for index in _range(body):
        block = body.blocks[index]
        item = Judged(block, block.text, _kind(block), body.structural_reason(block), prose=body.prose[index])
        item.core = item.prose and block.signature == body.signature
        if item.reason is None:
            item.text, cut = cut_inline(block, known.language)
            cuts += [LeftOut(text, reason) for text, reason in cut]
            item.reason = None if words(item.text) else "related-link" if cut else "fragment"
        judged.append(item)
    first, last = _prose_limits(judged)
    for position, item in enumerate(judged):
        if item.reason is None:
            item.reason = _reason(item, body, known, at_end=position >= last)
    _mark_standfirst(judged[: first + 1], judged[first] if judged else None)
    _leave_out_bylines(judged, known)
    _inherit(judged)
    _drop_after_article(judged)
    _drop_repeats(judged)
    _drop_bare_headings(judged)
    return judged, cuts


def _range(body: Body) -> range:
    """From the block after the title, where the page shows it, to the last block under the root."""
    inside = [i for i, block in enumerate(body.blocks) if any(e is body.root for e in block.ancestors())]
    if not inside:
        return range(0)
    start, end = inside[0], inside[-1]
    if body.title is not None:
        shown = [i for i, block in enumerate(body.blocks) if any(e is body.title for e in block.ancestors())]
        if shown and shown[-1] < end:
            start = shown[-1] + 1
    return range(start, end + 1)


def _prose_limits(judged: list[Judged]) -> tuple[int, int]:
    """Positions of the first and the last paragraph of the article's own markup, or of any prose."""
    core = [position for position, item in enumerate(judged) if item.core and item.reason is None]
    prose = core or [position for position, item in enumerate(judged) if item.prose and item.reason is None]
    return (prose[0], prose[-1]) if prose else (0, 0)


def _kind(block: Block) -> ParagraphKind:
    text = block.text
    short = len(text.split()) <= HEADING_WORDS
    if block.tag in HEADINGS:
        return "question" if text.endswith("?") and not short else "heading"
    if block.inside("blockquote"):
        return "blockquote"
    if is_bold(block) and text.endswith("?"):
        return "question"
    if is_bold(block) and short and not text.endswith(HEADING_END):
        return "heading"
    return "item" if block.inside("li") else "text"


def _reason(item: Judged, body: Body, known: Known, *, at_end: bool) -> str | None:
    """Why this block is not read, from its words and its shape."""
    block, text = item.block, item.text
    if known.title and words(text) == words(known.title):
        return "title"
    reason = furniture.reason_of_line(text, known.language, at_end=at_end)
    if reason:
        return reason
    if block.link_share > 0.8:
        return "related-link"
    if body.in_data_table(block):
        return "table"
    if _is_caption(item):
        return "caption"
    if item.kind != "text" or block.tag == "p" or item.prose or text.endswith(SENTENCE_END):
        return None
    return "fragment"


def _is_caption(item: Judged) -> bool:
    """Text in italics or small print, or a list of one, right after a picture."""
    block = item.block
    if (item.prose and item.core) or len(item.text.split()) > CAPTION_WORDS:
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


def _mark_standfirst(judged: list[Judged], core: Judged | None) -> None:
    """What stands between title and text, set apart by its name, its place, as heading or in bold."""
    for item in judged:
        long_enough = item.prose or len(item.text.split()) >= STANDFIRST_WORDS
        if item.reason is not None or not long_enough:
            continue
        named = any(structure.is_standfirst(element) for element in list(item.block.ancestors())[:3])
        apart = core is None or item.block.element.getparent() is not core.block.element.getparent()
        if named or is_bold(item.block) or item.kind == "heading" or (item is not core and apart):
            item.kind = "standfirst"
        return


def _leave_out_bylines(judged: list[Judged], known: Known) -> None:
    """Short lines that are the authors' names; at the end, paragraphs that begin with one."""
    names = set(known.names)
    for item in judged:
        if item.reason == "byline":
            names |= names_in(item.text)
    _, last = _prose_limits(judged)
    for position, item in enumerate(judged):
        if item.reason is not None:
            continue
        found = next((name for name in names if furniture.plain(item.text).startswith(name)), None)
        if (
            found
            and len(item.text.split()) <= 14
            and not item.text.endswith((".", "!", "?", "»", "”", '"', ":"))
        ):
            item.reason = "byline"
        elif found and position >= last and position > len(judged) // 2:
            item.reason = "biography"


def names_in(text: str) -> set[str]:
    """Full names: two to four words with capitals side by side."""
    text = re.sub(
        r"^(?:By|Par|Texte|Mots|Words|Photos?)\b[ :]*", "", furniture.plain(text), flags=re.IGNORECASE
    )
    return set(re.findall(r"[A-ZÀ-Ý][\w'.-]+(?: (?:d[eu] |van |von |el |al )?[A-ZÀ-Ý][\w'.-]+){1,3}", text))


def _inherit(judged: list[Judged]) -> None:
    """What hangs below a heading that is left out goes with it: items, short lines, up to the next prose."""
    reason = None
    for item in judged:
        if item.reason in INHERITED and (item.kind == "heading" or len(item.text.split()) <= 8):
            reason = item.reason
        elif (
            item.reason is None
            and reason
            and (item.prose or item.kind in {"heading", "question", "blockquote"})
        ):
            reason = None
        elif item.reason is None and reason and not item.text.endswith(SENTENCE_END):
            item.reason = reason


def _drop_after_article(judged: list[Judged]) -> None:
    """What follows a closing part (comments, links) after the article's last paragraph is another text."""
    core = [position for position, item in enumerate(judged) if item.core and item.reason is None]
    if len(core) < 2:
        return
    closed = False
    for item in judged[core[-1] + 1 :]:
        closed = closed or item.reason in CLOSING
        if closed and item.reason is None:
            item.reason = "after-article"


def _drop_repeats(judged: list[Judged]) -> None:
    """A quote or short block whose words stand in a paragraph of the text is a pull quote."""
    texts = [f" {' '.join(words(item.text))} " if item.reason is None else "" for item in judged]
    for index, item in enumerate(judged):
        if item.reason is not None or item.kind in {"heading", "question", "standfirst"}:
            continue
        own = texts[index]
        for other, text in enumerate(texts):
            if other == index or judged[other].reason is not None:
                continue
            if own == text:
                item.reason = "repeat" if other < index else item.reason
            elif own in text:
                item.reason = "pull-quote"


def _drop_bare_headings(judged: list[Judged]) -> None:
    """A heading with nothing read after it, before the next one, heads furniture."""
    read = [item for item in judged if item.reason is None]
    for item, following in zip(reversed(read), [None, *reversed(read)], strict=False):
        if item.kind != "heading":
            continue
        below = following if following is None or following.reason is None else None
        if below is None or (below.kind == "heading" and _level(below) <= _level(item)):
            item.reason = "heading-of-nothing"


def _level(item: Judged) -> int:
    return int(item.block.tag[1]) if item.block.tag in HEADINGS else 7


def leave_out(items: Iterable[Judged]) -> list[LeftOut]:
    """The record of what is not read."""
    return [LeftOut(item.text or item.block.text, item.reason) for item in items if item.reason]
