"""An HTML page becomes an Article."""

from __future__ import annotations

from typing import Any

from bulletin.intake.blocks import HEADINGS, Element, blocks_of
from bulletin.intake.furniture import reason_of_line
from bulletin.intake.language import guess
from bulletin.intake.source import Document
from bulletin.model import Article, LeftOut, Paragraph


def article_of_fragment(
    html: str, document: Document, fields: dict[str, str], language: str | None = None
) -> Article:
    """HTML that holds nothing but an article, as Markdown gives it."""
    root = parse(html)
    blocks = blocks_of(root)
    chosen = language or guess(
        " ".join(block.text for block in blocks), fields.get("language") or fields.get("lang")
    )
    title = fields.get("title")
    if title is None and blocks and (blocks[0].tag == "h1" or _is_title(blocks[0].text, blocks[0].tag)):
        title = blocks.pop(0).text
    kept: list[Paragraph] = []
    left_out: list[LeftOut] = []
    for index, block in enumerate(blocks):
        reason = reason_of_line(block.text, chosen, at_end=index >= len(blocks) - 2)
        if reason:
            left_out.append(LeftOut(block.text, reason))
        elif block.tag in HEADINGS:
            kept.append(Paragraph(block.text, "heading"))
        elif block.inside("blockquote"):
            kept.append(Paragraph(block.text, "blockquote"))
        else:
            kept.append(Paragraph(block.text, "item" if block.inside("li") else "text"))
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


def _is_title(text: str, tag: str) -> bool:
    from bulletin.intake.plain import looks_like_title

    return tag == "p" and looks_like_title(text)


def parse(html: str) -> Element:
    """The page's tree; scripts can't run and nothing is fetched."""
    from lxml import etree
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True, remove_pis=True)
    root = etree.fromstring(html.encode("utf-8", "replace") or b"<html/>", parser)
    return root if root is not None else lxml_html.Element("html")


def article_of_page(document: Document, language: str | None = None) -> Article:
    """First version: what trafilatura finds."""
    import trafilatura

    found: Any = trafilatura.bare_extraction(
        document.text, favor_recall=True, include_comments=False, with_metadata=True
    )
    text = (found.text if found else "") or ""
    paragraphs = [line for line in text.split("\n") if line.strip()]
    chosen = language or guess(text)
    return Article(
        found.title if found else None,
        tuple(Paragraph(line) for line in paragraphs),
        chosen,
        document.source,
        url=document.url,
    )
