"""Block by block: read, or left out and why."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bulletin.intake import furniture, structure
from bulletin.intake.blocks import HEADINGS, Block, Element, Run
from bulletin.intake.body import SENTENCE_END, Body, is_bold
from bulletin.intake.words import clean, words
from bulletin.model import LeftOut, ParagraphKind

FAKE_HEADING_WORDS = 14
ENDING = 4
ATTRIBUTION = re.compile(r"^\s*[—–-]{1,2}\s*(?=[\wÀ-ÿ])")


@dataclass(slots=True)
class Judged:
    """A block with its text after cuts, and the reason if it is not read."""

    block: Block
    text: str
    kind: ParagraphKind = "text"
    reason: str | None = None
    attribution: str | None = None
    prose: bool = False


def judge(body: Body, language: str, title: str | None) -> tuple[list[Judged], list[LeftOut]]:
    """Judges every block from the title to the end of the article's part of the page."""
    indices = _range(body)
    cuts: list[LeftOut] = []
    judged: list[Judged] = []
    for index in indices:
        block = body.blocks[index]
        item = Judged(block, block.text, _kind(block), prose=body.prose[index])
        item.reason = body.structural_reason(block)
        if item.reason is None:
            item.text, cut = cut_inline(block, language)
            cuts += [LeftOut(text, reason) for text, reason in cut]
            item.reason = "related-link" if not item.text else None
        judged.append(item)
    last = _last_prose(judged)
    for position, item in enumerate(judged):
        if item.reason is None:
            item.reason = _reason(item, body, language, title, at_end=position >= last - 1)
    _drop_repeats(judged)
    _drop_bare_headings(judged)
    return judged, cuts


def _range(body: Body) -> list[int]:
    """From the block after the title, where the page shows it, to the last block under the root."""
    inside = [i for i, block in enumerate(body.blocks) if any(e is body.root for e in block.ancestors())]
    if not inside:
        return []
    start, end = inside[0], inside[-1]
    if body.title is not None:
        shown = [i for i, block in enumerate(body.blocks) if any(e is body.title for e in block.ancestors())]
        if shown and shown[-1] < end:
            start = shown[-1] + 1
    return list(range(start, end + 1))


def _last_prose(judged: list[Judged]) -> int:
    return max((i for i, item in enumerate(judged) if item.prose and item.reason is None), default=0)


def _kind(block: Block) -> ParagraphKind:
    text = block.text
    if block.tag in HEADINGS:
        return "question" if text.endswith("?") and len(text.split()) > FAKE_HEADING_WORDS else "heading"
    if block.inside("blockquote"):
        return "blockquote"
    if is_bold(block) and text.endswith("?"):
        return "question"
    if is_bold(block) and len(text.split()) <= FAKE_HEADING_WORDS and not text.endswith(SENTENCE_END):
        return "heading"
    return "item" if block.inside("li") else "text"


def _reason(item: Judged, body: Body, language: str, title: str | None, *, at_end: bool) -> str | None:
    """Why this block is not read, from its words and its shape."""
    block, text = item.block, item.text
    if not words(text):
        return "fragment"
    if title and words(text) == words(title):
        return "title"
    reason = furniture.reason_of_line(text, language, at_end=at_end)
    if reason:
        return reason
    if block.link_share > 0.8:
        return "related-link"
    if block.inside("table"):
        return "table"
    if item.kind in {"heading", "question", "blockquote"} or block.tag == "p":
        return None
    if item.kind == "item":
        return None
    return None if item.prose or text.endswith(SENTENCE_END) or structure.is_standfirst(block.element) else "fragment"


def cut_inline(block: Block, language: str) -> tuple[str, list[tuple[str, str]]]:
    """The block's text without what is marked or worded as a note inside it; and what was cut, with reasons."""
    kept: list[Run] = []
    cut: list[tuple[str, str]] = []
    for run in block.runs:
        reason = _inline_reason(run, block, language)
        if reason and clean(run.text):
            cut.append((clean(run.text), reason))
        else:
            kept.append(run)
    text = clean("".join(run.text for run in kept))
    for rule in furniture.inline_rules(language):
        for pattern in rule.cuts:
            cut += [(match.group(0), rule.reason) for match in pattern.finditer(text)]
            text = pattern.sub("", text)
    return clean(re.sub(r" (?=[.,])", "", text)) if cut else text, cut


def _inline_reason(run: Run, block: Block, language: str) -> str | None:
    for element in run.inline:
        reasons = [reason for reason, small in structure.reasons_of(element)]
        if reasons and element.tag not in {"time", "label"} and not _is_wrapper(element, block):
            return reasons[0]
    link = run.link
    if link is not None and any(rule.lead.match(furniture.plain(link_text(link))) for rule in furniture.inline_rules(language)):
        return "related-link"
    return None


def _is_wrapper(element: Element, block: Block) -> bool:
    """Whether an inline element holds nearly the whole block: then its class names the text, not a note in it."""
    own = sum(len(run.text.strip()) for run in block.runs if any(e is element for e in run.inline))
    return own > 0.6 * sum(len(run.text.strip()) for run in block.runs)


def link_text(element: Element) -> str:
    return clean("".join(element.itertext()))


def _drop_repeats(judged: list[Judged]) -> None:
    """A quote or short block whose words stand in a paragraph of the text is a pull quote."""
    texts = [f" {' '.join(words(item.text))} " if item.reason is None else "" for item in judged]
    for index, item in enumerate(judged):
        if item.reason is not None or item.kind in {"heading", "question"} and len(words(item.text)) < 5:
            continue
        own = texts[index].strip(" ")
        for other, text in enumerate(texts):
            if other != index and len(own) < len(text.strip()) and f" {own} " in text and judged[other].reason is None:
                item.reason = "pull-quote"
            elif other < index and own and text.strip() == own:
                item.reason = "repeat"


def _drop_bare_headings(judged: list[Judged]) -> None:
    """A heading with nothing read after it, before the next one, heads furniture."""
    for index, item in enumerate(judged):
        if item.kind != "heading" or item.reason is not None:
            continue
        following = (other for other in judged[index + 1 :] if other.reason is None)
        after = next(following, None)
        if after is None or (after.kind == "heading" and _level(after) <= _level(item)):
            item.reason = "heading-of-nothing"


def _level(item: Judged) -> int:
    return int(item.block.tag[1]) if item.block.tag in HEADINGS else 7
