"""Room 1: get an article.

`read` takes a path, "-" or an address, and returns an Article: what a listener should hear, in order, and
what was left out with the reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin.errors import NoArticleError
from bulletin.intake.fetch import FetchLimits
from bulletin.intake.source import Document, document_of, load

if TYPE_CHECKING:
    from typing import BinaryIO

    from bulletin.model import Article

__all__ = ["Document", "FetchLimits", "document_of", "load", "read", "read_document"]


def read(
    source: str,
    *,
    language: str | None = None,
    stdin: BinaryIO | None = None,
    fetch: FetchLimits | None = None,
) -> Article:
    """The article that `source` holds. Raises SourceError or NoArticleError with one clear line."""
    return read_document(load(source, stdin, fetch), language=language)


def read_document(document: Document, *, language: str | None = None) -> Article:
    """The article in an already loaded document."""
    if document.kind == "html":
        from bulletin.intake.page import article_of_page

        article = article_of_page(document, language)
    else:
        from bulletin.intake.plain import article_of_text

        article = article_of_text(document, language)
    if not any(character.isalpha() for paragraph in article.paragraphs for character in paragraph.text):
        raise NoArticleError(f"{document.name}: no article found in it (no words to read)")
    return article
