"""Whatever the user named (a path, "-", an address) as text, and what kind of text it is."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from bulletin.errors import NoArticleError, SourceError
from bulletin.intake.encoding import decode
from bulletin.intake.fetch import Fetched, FetchLimits, fetch

Kind = Literal["html", "markdown", "text"]

MARKDOWN_SUFFIXES = {".md", ".markdown", ".mdown", ".mkd"}
HTML_SIGN = re.compile(r"<(?:!doctype\s+html|html|head|body|article|main|div|p|h1)\b[^>]*>", re.IGNORECASE)
FEED_SIGN = re.compile(r"\A\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b", re.DOTALL)
MARKDOWN_SIGN = re.compile(
    r"^#{1,6} \S"  # a heading
    r"|^\S.*\n(?:={3,}|-{3,})[ \t]*$"  # an underlined heading
    r"|\]\((?:https?:|/|#)[^)\s]*\)"  # a link
    r"|\*\*[^\s*][^*\n]*\*\*"  # bold
    r"|\A---[ \t]*\n[a-z_]+:",  # front matter
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Document:
    """A source as read: its text, decoded, and where it came from after redirects."""

    text: str
    kind: Kind
    source: str
    url: str | None = None

    @property
    def name(self) -> str:
        """How messages name the source."""
        return _name(self.source)


def load(source: str, stdin: BinaryIO | None = None, limits: FetchLimits | None = None) -> Document:
    """Reads a path, "-" or an http(s) address.

    Raises SourceError where it can't be read or is no text, NoArticleError where it is empty.
    """
    limits = limits or FetchLimits()
    if re.match(r"https?:", source, re.IGNORECASE):
        return document_of(fetch(source, limits), source)
    if source == "-":
        return _document(_bounded((stdin or sys.stdin.buffer).read(limits.size + 1), source, limits), source)
    return _document(_read_file(source, limits), source)


def document_of(page: Fetched, source: str | None = None) -> Document:
    """What was fetched, as a document; `source` is the address that was asked for."""
    return _document(page.data, source or page.url, url=page.url, charset=page.charset)


def _read_file(source: str, limits: FetchLimits) -> bytes:
    path = Path(source)
    try:
        if path.is_dir():
            raise SourceError(f"{source}: is a folder, not an article; name a file in it")
        with path.open("rb") as file:
            return _bounded(file.read(limits.size + 1), source, limits)
    except FileNotFoundError:
        raise SourceError(f"{source}: no such file") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SourceError(f"{source}: can't be read ({reason})") from None


def _bounded(data: bytes, source: str, limits: FetchLimits) -> bytes:
    if len(data) > limits.size:
        raise SourceError(
            f"{_name(source)}: is larger than {limits.size // 1_000_000} MB, too large for an article"
        )
    return data


def _document(data: bytes, source: str, url: str | None = None, charset: str | None = None) -> Document:
    name = _name(source)
    if not data.strip():
        raise NoArticleError(f"{name}: is empty")
    text = decode(data, charset)
    if text is None:
        raise SourceError(f"{name}: is not text (a binary file)")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if FEED_SIGN.match(text[:4000]):
        raise NoArticleError(f"{name}: is a feed, not an article; name one of its articles")
    return Document(text, _kind(text, source), source, url)


def _kind(text: str, source: str) -> Kind:
    """The content decides; a Markdown file's own suffix settles what looks like plain text."""
    if source != "-" and Path(source).suffix.lower() in MARKDOWN_SUFFIXES:
        return "markdown"
    if HTML_SIGN.search(text[:20_000]) and text.lstrip()[:1] == "<":
        return "html"
    return "markdown" if MARKDOWN_SIGN.search(text) else "text"


def _name(source: str) -> str:
    return "standard input" if source == "-" else source
