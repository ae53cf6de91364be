"""An HTML page becomes an Article."""

from __future__ import annotations

from collections.abc import Sequence

from bulletin.errors import NoArticleError
from bulletin.intake.authors import names_in
from bulletin.intake.blocks import HEADINGS, Block, Element, blocks_of
from bulletin.intake.body import SENTENCE_END, Body, extract
from bulletin.intake.fuller import with_fuller_body
from bulletin.intake.judge import judge, leave_out
from bulletin.intake.judged import Judged, Known
from bulletin.intake.language import guess
from bulletin.intake.metadata import Facts, facts_of
from bulletin.intake.plain import looks_like_title
from bulletin.intake.source import Document
from bulletin.intake.standfirst import missing_standfirst
from bulletin.intake.title import find_title
from bulletin.intake.words import words
from bulletin.model import Article, LeftOut, Paragraph

TOP_BLOCKS = 5  # of a Markdown file, among which its title stands
SENTENCE_WORDS = 6
BEFORE_HEADING = " \u00a0.·•*–—-"
ALMOST_NOTHING = 0.4  # of the words that make up a clear text
MOST_BLOCKS = 6_000  # a long live page has some three thousand


def parse(html: str) -> Element:
    """The page's tree; scripts can't run and nothing is fetched."""
    from lxml import etree
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True, remove_pis=True)
    root = etree.fromstring(html.encode("utf-8", "replace") or b"<html/>", parser)
    return root if root is not None else lxml_html.Element("html")


def article_of_page(document: Document, language: str | None = None) -> Article:
    """Finds the article on a page. Raises NoArticleError where there is none."""
    tree = parse(document.text)
    facts = facts_of(tree)
    title, shown = find_title(tree, facts)
    blocks = blocks_of(tree)
    if not blocks:
        raise NoArticleError(f"{document.name}: no article found in it (the page has no text)")
    if len(blocks) > MOST_BLOCKS:
        raise NoArticleError(
            f"{document.name}: has more than {MOST_BLOCKS} pieces of text, too many for an article"
        )
    body = Body(blocks, extract(document.text), shown)
    chosen = language or _language(body, facts)
    judged, cuts = _judge_fully(body, _known(chosen, title, facts))
    paragraphs = _paragraphs(judged)
    paragraphs = with_fuller_body(paragraphs, facts, title, chosen)
    standfirst = missing_standfirst(facts, paragraphs, title, chosen)
    if standfirst:
        paragraphs.insert(0, Paragraph(standfirst, "standfirst"))
    if not any(len(words(paragraph.text)) >= SENTENCE_WORDS for paragraph in paragraphs):
        raise NoArticleError(f"{document.name}: no article found in it (no sentence stands out as its text)")
    return _article(document, facts, title, chosen, paragraphs, (*leave_out(judged), *cuts))


def _judge_fully(body: Body, known: Known) -> tuple[list[Judged], list[LeftOut]]:
    """Judges the blocks; where almost nothing of a clear text is left, again without trust in their names."""
    judged, cuts = judge(body, known)
    if _length(judged) >= ALMOST_NOTHING * body.clear_text:
        return judged, cuts
    again = judge(Body(body.blocks, body.found, body.title, trusting=False), known)
    return again if _length(again[0]) > 2 * _length(judged) else (judged, cuts)


def _length(judged: Sequence[Judged]) -> int:
    """Words of the paragraphs that are read."""
    return sum(len(words(item.text)) for item in judged if item.reason is None)


def _known(language: str, title: str | None, facts: Facts, *, bare: bool = False) -> Known:
    told = f" {' '.join(words(facts.body or ''))} "
    return Known(language, title, frozenset(names_in(facts.byline or "")), facts.descriptions, told, bare)


def _language(body: Body, facts: Facts) -> str:
    prose = " ".join(block.text for block, voted in zip(body.blocks, body.voted, strict=True) if voted)
    return guess(prose or " ".join(block.text for block in body.blocks), facts.language)


def _article(
    document: Document,
    facts: Facts,
    title: str | None,
    language: str,
    paragraphs: list[Paragraph],
    left_out: tuple[LeftOut, ...],
) -> Article:
    return Article(
        title,
        tuple(paragraphs),
        language,
        document.source,
        byline=facts.byline,
        date=facts.date,
        url=document.url or facts.url,
        image=facts.image,
        left_out=left_out,
    )


def article_of_fragment(
    html: str, document: Document, fields: dict[str, str], language: str | None = None
) -> Article:
    """HTML that holds nothing but an article, as Markdown gives it; `fields` is its front matter."""
    tree = parse(html)
    blocks = blocks_of(tree)
    hint = fields.get("language") or fields.get("lang")
    chosen = language or guess(" ".join(block.text for block in blocks), hint)
    title, above, blocks = _take_title(fields.get("title"), blocks)
    facts = Facts(byline=fields.get("author"), date=fields.get("date"))
    known = _known(chosen, title, facts, bare=True)
    judged, cuts = judge(Body(blocks, "", None), known)
    paragraphs = _paragraphs(judged)
    return _article(document, facts, title, chosen, paragraphs, (*above, *leave_out(judged), *cuts))


def _paragraphs(judged: Sequence[Judged]) -> list[Paragraph]:
    """What is left of the page; bullets and points before a sub-heading are no part of it."""
    return [
        Paragraph(
            _bare_heading(item.text) if item.kind == "heading" else item.text,
            item.kind,
            item.attribution,
        )
        for item in judged
        if item.reason is None
    ]


def _bare_heading(text: str) -> str:
    """ "- Course contre la montre -" as agencies write it, without its hyphens."""
    bare = text.lstrip(BEFORE_HEADING)
    return bare.rstrip(" \u00a0*–—-") if bare != text else bare


def _take_title(given: str | None, blocks: list[Block]) -> tuple[str | None, list[LeftOut], list[Block]]:
    """The title, the labels above it, and the rest: an h1 near the top, or a first line like a title."""
    position = next((i for i, block in enumerate(blocks[:TOP_BLOCKS]) if block.tag == "h1"), None)
    if position is None and blocks and (blocks[0].tag in HEADINGS or looks_like_title(blocks[0].text)):
        position = 0
    if position is None or (given and words(blocks[position].text) != words(given)):
        return given, [], blocks
    labels = [block for block in blocks[:position] if not block.text.endswith(SENTENCE_END)]
    rest = [block for index, block in enumerate(blocks) if index != position and block not in labels]
    return blocks[position].text, [LeftOut(block.text, "label") for block in labels], rest
