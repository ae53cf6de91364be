"""An HTML page becomes an Article."""

from __future__ import annotations

from bulletin.errors import NoArticleError
from bulletin.intake.blocks import HEADINGS, Block, Element, blocks_of
from bulletin.intake.body import Body, extract
from bulletin.intake.furniture import reason_of_line
from bulletin.intake.judge import Judged, judge
from bulletin.intake.language import guess
from bulletin.intake.metadata import Facts, facts_of
from bulletin.intake.source import Document
from bulletin.intake.standfirst import missing_standfirst
from bulletin.intake.title import find_title
from bulletin.model import Article, LeftOut, Paragraph


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
        raise NoArticleError(f"{document.source}: no article found in it (the page has no text)")
    body = Body(blocks, extract(document.text), shown)
    chosen = language or _language(body, facts)
    judged, cuts = judge(body, chosen, title)
    paragraphs = [Paragraph(item.text, item.kind, item.attribution) for item in judged if item.reason is None]
    standfirst = missing_standfirst(facts, [paragraph.text for paragraph in paragraphs], title, chosen)
    if standfirst:
        paragraphs.insert(0, Paragraph(standfirst, "standfirst"))
    return _article(document, facts, title, chosen, paragraphs, _left_out(judged, cuts))


def _language(body: Body, facts: Facts) -> str:
    prose = " ".join(block.text for block, voted in zip(body.blocks, body.voted, strict=True) if voted)
    return guess(prose or " ".join(block.text for block in body.blocks), facts.language)


def _left_out(judged: list[Judged], cuts: list[LeftOut]) -> tuple[LeftOut, ...]:
    return tuple([LeftOut(item.text or item.block.text, item.reason) for item in judged if item.reason] + cuts)


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
    """HTML that holds nothing but an article, as Markdown gives it."""
    root = parse(html)
    blocks = blocks_of(root)
    chosen = language or guess(" ".join(block.text for block in blocks), fields.get("language") or fields.get("lang"))
    title = fields.get("title")
    if title is None and blocks and (blocks[0].tag == "h1" or _is_title(blocks[0].text, blocks[0].tag)):
        title = blocks.pop(0).text
    kept: list[Paragraph] = []
    left_out: list[LeftOut] = []
    for index, block in enumerate(blocks):
        reason = reason_of_line(block.text, chosen, at_end=index >= len(blocks) - 2)
        if reason:
            left_out.append(LeftOut(block.text, reason))
        else:
            kept.append(_fragment_paragraph(block))
    return Article(
        title,
        tuple(kept),
        chosen,
        document.source,
        byline=fields.get("author"),
        date=fields.get("date"),
        url=document.url,
        left_out=tuple(left_out),
    )


def _fragment_paragraph(block: Block) -> Paragraph:
    if block.tag in HEADINGS:
        return Paragraph(block.text, "heading")
    if block.inside("blockquote"):
        return Paragraph(block.text, "blockquote")
    return Paragraph(block.text, "item" if block.inside("li") else "text")


def _is_title(text: str, tag: str) -> bool:
    from bulletin.intake.plain import looks_like_title

    return tag == "p" and looks_like_title(text)
