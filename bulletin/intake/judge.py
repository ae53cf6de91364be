"""Block by block: read, or left out and why."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise, takewhile

from bulletin.intake import furniture, structure
from bulletin.intake.blocks import HEADINGS, ITALIC, Block, Element
from bulletin.intake.body import ATTRIBUTION_TAGS, SENTENCE_END, Body, is_bold
from bulletin.intake.inline import cut_inline
from bulletin.intake.place import Place, Places
from bulletin.intake.plain import is_heading
from bulletin.intake.words import Echoes, clean, overlap, words
from bulletin.model import LeftOut, ParagraphKind

HEADING_WORDS = 14
STANDFIRST_WORDS = 9
CAPTION_WORDS = 60
HEADING_END = (".", "!", "…", ":", ";", ",")
INHERITED = {"related-link", "newsletter", "share", "paywall", "comments", "tags", "advertisement", "infobox"}
CLOSING = INHERITED | {"footer", "biography", "form", "navigation", "practical"}
MANY_LINKS, LINK_WORDS = 0.6, 25
UNSURE = {"aside", "after-article", "before-article", "fragment", "infobox", "related-link", "embed"}
DIVIDERS = {"byline", "date", "caption", "credits", "share"}  # between title and text, after the standfirst
BODY_AGREES, TOLD_WORDS = 0.8, 6
BYLINE_WORDS = re.compile(r"^(?:by|par|texte|textes|mots|words|photos?|avec|with)\b[ :]*", re.IGNORECASE)
BYLINE_LENGTH, LABEL_WORDS = 14, 3
ABOVE = 4  # blocks above the title among which a standfirst may stand
ATTRIBUTION_MARK = re.compile(r"^\s*[—–-]{1,2}\s*(?=[\wÀ-ÿ])")
QUOTED = re.compile(r"[«“\"]([^«»“”\"]{12,})[»”\"]")
REPEATED, REPEATED_WORDS = 0.6, 6
POSTED = re.compile(r"[—–-] ?.{2,50}\(@\w+\)|pic\.(?:twitter|x)\.com/|https?://t\.co/|\(@\w{3,20}\).{0,4}\d")
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
        return any(overlap(text, words(other)) > 0.8 for other in self.descriptions)

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
    first, last = _core_limits(judged)
    for position, item in enumerate(judged):
        if item.reason is None:
            item.reason = _reason(item, body, known, in_head=position < first, at_end=position >= last)
    _leave_out_bylines(judged, known)
    _leave_out_posts(judged)
    if not known.bare:
        _end_core(judged)
        first, last = _core_limits(judged)
        _keep_standfirst(judged[:first], known, body.title)
        _leave_out_apart(judged[first : last + 1])
        _leave_out_after(judged[last + 1 :], judged[last] if judged else None)
        _compare_with_body(judged, known)
        _name_standfirst(judged, known)
    _inherit(judged)
    _leave_out_final_notes(judged)
    _drop_repeats(judged)
    _attribute_quotes(judged)
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
            alike = item.block.signature == following.block.signature
            if alike and is_heading(item.text.lstrip(". "), [following.text]):
                item.kind = "heading"


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
            above = [i for i in inside if shown[0] - ABOVE <= i < shown[0] and _is_named(body.blocks[i])]
            start = above[0] if above else shown[-1] + 1
    return range(start, end + 1)


def _core_limits(judged: list[Judged]) -> tuple[int, int]:
    """Positions of the first and the last paragraph in the article's own markup."""
    core = [i for i, item in enumerate(judged) if item.place == "core" and item.reason is None]
    return (core[0], core[-1]) if core else (0, len(judged) - 1)


def _end_core(judged: list[Judged]) -> None:
    """Prose in a second markup, once the first has ended and something closed it, is another text."""
    last = max(
        (i for i, item in enumerate(judged) if item.first and item.reason is None), default=len(judged)
    )
    closed = False
    for item in judged[last + 1 :]:
        closed = closed or item.reason in CLOSING
        if closed:
            item.place = "apart"


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


def _keep_standfirst(head: list[Judged], known: Known, title: Element | None) -> None:
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


def _name_standfirst(judged: list[Judged], known: Known) -> None:
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
    return _is_named(item.block)


def _is_named(block: Block) -> bool:
    return any(structure.is_standfirst(element) for element in list(block.ancestors())[:3])


def _leave_out_apart(middle: list[Judged]) -> None:
    """Between the article's paragraphs, what is wrapped in something of another name is an aside.

    Block quotes are not; nor are headings, unless all that stands with them in their wrapper is left out.
    """
    apart = [item for item in middle if item.reason is None and item.place == "apart"]
    for item in apart:
        if item.kind not in {"heading", "question", "blockquote"}:
            item.reason = "aside"
    for item in apart:
        company = _company(item, middle)
        if item.kind in {"heading", "question"} and company and all(other.reason for other in company):
            item.reason = "aside"


def _company(item: Judged, middle: list[Judged]) -> list[Judged]:
    """The other blocks in the wrapper right around a heading."""
    around = item.block.element.getparent()
    return [other for other in middle if other is not item and around in set(other.block.ancestors())]


def _leave_out_after(tail: list[Judged], last: Judged | None) -> None:
    """After the last paragraph only a quote or a list right beside the text may go on."""
    closed, announced = False, last is not None and last.text.endswith(":")
    for item in tail:
        closed = closed or item.reason in CLOSING
        whole = announced or item.text.endswith(SENTENCE_END)
        goes_on = whole and item.kind in {"blockquote", "item"} and item.place == "near"
        if item.reason is None and (closed or not goes_on):
            item.reason = "after-article"
            closed = True


def _compare_with_body(judged: list[Judged], known: Known) -> None:
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


def _leave_out_posts(judged: list[Judged]) -> None:
    """A box that names an author by a handle holds a post from elsewhere."""
    for item in judged:
        box = next((e for e in item.block.ancestors() if e.tag == "blockquote"), None)
        if box is None and POSTED.search(item.text) and item.place == "apart":
            box = item.block.element.getparent()
        if box is not None and POSTED.search(clean(" ".join(box.itertext()))):
            for other in judged:
                if other.reason is None and other.place != "core" and box in set(other.block.ancestors()):
                    other.reason = "embed"


def _leave_out_final_notes(judged: list[Judged]) -> None:
    """Last paragraphs wholly in italics or small print are notes on the article, where the rest is not."""
    read = [item for item in judged if item.reason is None]
    plain = [i for i, item in enumerate(read) if item.prose and item.block.share(ITALIC | {"small"}) < 0.9]
    if len(plain) < 2:
        return
    for item in read[plain[-1] + 1 :]:
        if item.block.share(ITALIC | {"small"}) > 0.9 and item.kind != "blockquote":
            item.reason = "note"


def _leave_out_bylines(judged: list[Judged], known: Known) -> None:
    """Short lines that are the authors' names; at the end, paragraphs that begin with one."""
    names = set(known.names)
    for item in judged:
        if item.reason == "byline":
            names |= names_in(item.text)
    _, last = _core_limits(judged)
    for position, item in enumerate(judged):
        if item.reason is not None:
            continue
        line = BYLINE_WORDS.sub("", furniture.plain(item.text))
        found = next((name for name in names if line.startswith(name)), None)
        if found and len(line.split()) <= BYLINE_LENGTH and not line.endswith(SENTENCE_END[:-1]):
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


def _drop_repeats(judged: list[Judged]) -> None:
    """A paragraph whose words stand in another is said once; a quote set apart may repeat them loosely."""
    read = [item for item in judged if item.reason is None]
    texts = [words(item.text) for item in read]
    echoes = Echoes(texts)
    for index, item in enumerate(read):
        if item.kind in {"heading", "question", "standfirst"} or len(texts[index]) < REPEATED_WORDS:
            continue
        loose = item.kind == "blockquote" or item.place != "core"
        quoted = words(" ".join(QUOTED.findall(item.text))) if loose else []
        other = echoes.of(quoted or texts[index], index, REPEATED if loose else 1.0)
        if other is None or read[other].reason is not None:
            continue
        if texts[other] != texts[index]:
            item.reason = "pull-quote"
        elif other < index:
            item.reason = "repeat"


def _attribute_quotes(judged: list[Judged]) -> None:
    """Who a block quote is by stands beside it; it is read, and goes where its quote goes."""
    for index, item in enumerate(judged):
        holder = next((e for e in item.block.ancestors() if e.tag in {"blockquote", "figure"}), None)
        if holder is None or not _is_attribution(item):
            continue
        quotes = [other for other in judged[:index] if holder in set(other.block.ancestors())]
        item.kind = "text"
        item.reason = quotes[-1].reason if quotes else item.reason or "caption"
        for quote in quotes:
            quote.attribution = ATTRIBUTION_MARK.sub("", item.text)


def _is_attribution(item: Judged) -> bool:
    """A footer, cite or caption of a quote, or its last line when a dash begins it."""
    if any(element.tag in ATTRIBUTION_TAGS for element in list(item.block.ancestors())[:2]):
        return True
    cited = item.block.share(frozenset({"cite"})) > 0.9
    short = len(item.text.split()) <= BYLINE_LENGTH
    return cited or (item.kind == "blockquote" and short and bool(ATTRIBUTION_MARK.match(item.text)))


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
