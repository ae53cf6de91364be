"""Markdown: rendered to HTML by markdown-it, then read like a page without chrome."""

from __future__ import annotations

import re

from bulletin.intake.source import Document
from bulletin.model import Article

FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
FIELD = re.compile(r"^(\w[\w-]*)[ \t]*:[ \t]*(.+?)[ \t]*$", re.MULTILINE)


def article_of_markdown(document: Document, language: str | None = None) -> Article:
    """Front matter may name title, author, date and language; else the first heading or line is the title."""
    from markdown_it import MarkdownIt

    from bulletin.intake.page import article_of_fragment

    found = FRONT_MATTER.match(document.text)
    fields = (
        {name.lower(): value.strip("'\"") for name, value in FIELD.findall(found.group(1))} if found else {}
    )
    body = document.text[found.end() :] if found else document.text
    html = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(body)
    return article_of_fragment(html, document, fields, language)
