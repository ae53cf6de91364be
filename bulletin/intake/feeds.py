"""Feeds: RSS and Atom by feedparser, JSON Feed and OPML read here. A feed is a list of entries to come."""

from __future__ import annotations

import hashlib
import html
import io
import json
import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from bulletin.errors import NoArticleError
from bulletin.intake.source import Document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FEED_KINDS = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
        "application/json",
        "application/xml",
        "text/xml",
        "text/x-opml",
        "text/rss+xml",
        "application/x-rss+xml",
        "application/rdf+xml",
        "application/octet-stream",  # and under this; what it is, its content tells
        "text/html",  # feeds are served under it, too
        "text/plain",
        "",
    }
)
FULL_TEXT_WORDS = 150  # below it, what a feed holds is taken for a summary
TRACKING = re.compile(r"^(utm_\w+|fbclid|gclid|xtor|at_\w+|mc_[ce]id|cmpid|ref)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed. `full_text` is HTML where the feed holds the whole article; dates are ISO 8601."""

    guid: str
    url: str | None
    title: str
    published: str | None = None
    updated: str | None = None
    full_text: str | None = None
    summary: str = ""
    image: str | None = None
    author: str | None = None

    def key(self, feed: str) -> str:
        """The same for the same article in another feed: its canonical address, else what `feed` calls it."""
        return canonical(self.url) if self.url else f"guid:{feed}#{self.guid}"

    @property
    def fingerprint(self) -> str:
        """Changes when the feed says something new of the entry."""
        said = (self.title, self.published, self.updated, self.summary, self.full_text)
        return hashlib.sha256(repr(said).encode("utf-8", "replace")).hexdigest()

    def document(self) -> Document | None:
        """The article itself, where the feed holds it whole."""
        if not self.full_text:
            return None
        date = (
            f'<meta property="article:published_time" content="{self.published}">' if self.published else ""
        )
        head = f"<head><title>{html.escape(self.title)}</title>{date}</head>"
        body = f"<body><article><h1>{html.escape(self.title)}</h1>{self.full_text}</article></body>"
        return Document(f"<!doctype html><html>{head}{body}</html>", "html", self.url or self.guid, self.url)


def canonical(url: str) -> str:
    """An address without what only counts visitors.

    >>> canonical("HTTPS://Example.org/a/?utm_source=x&id=2#top")
    'https://example.org/a?id=2'
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url.strip()
    kept = [(name, value) for name, value in parse_qsl(parts.query, True) if not TRACKING.match(name)]
    path = parts.path.rstrip("/") or "/"
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), path, urlencode(kept), ""))


def web_address(base: str, link: str | None) -> str | None:
    """The link as a whole address; None where it leads to no web page: a local file, a script, nonsense.

    >>> web_address("https://example.org/feed", "/a"), web_address("https://example.org/feed", "file:///etc")
    ('https://example.org/a', None)
    """
    try:
        whole = urljoin(base, link) if link else ""
        return whole if urlsplit(whole).scheme in {"http", "https"} else None
    except ValueError:
        return None


def is_feed(data: bytes) -> bool:
    """Whether the start of `data` looks like a feed or a list of feeds."""
    start = data[:4000].lstrip(b"\xef\xbb\xbf \r\n\t")
    if start[:1] == b"{":
        return b"jsonfeed.org" in start
    return re.search(rb"<(rss|feed|rdf:RDF|opml)\b", start) is not None


def entries(data: bytes, url: str) -> list[Entry]:
    """The entries of a feed, newest first. NoArticleError where `data` is no feed."""
    found = list(json_entries(data, url) if data.lstrip()[:1] == b"{" else xml_entries(data, url))
    return sorted(found, key=lambda entry: entry.published or "", reverse=True)


def xml_entries(data: bytes, url: str) -> Iterator[Entry]:
    import feedparser

    # a stream, because feedparser may take bytes for an address and fetch it
    feed = feedparser.parse(io.BytesIO(data), sanitize_html=True, resolve_relative_uris=True)
    items = [item for item in feed.entries if {"id", "link", "title", "summary", "content"} & set(item)]
    if not items and (feed.bozo or not feed.version):
        raise NoArticleError(f"{url}: is no feed that can be read")
    for item in items:
        yield entry_of(item, url)


def entry_of(item: Mapping[str, Any], url: str) -> Entry:
    """One entry as feedparser gives it."""
    link = item.get("link")
    bodies = [part.get("value", "") for part in item.get("content", ())]
    summary = item.get("summary", "")
    moment = item.get("published_parsed") or item.get("updated_parsed")
    title = plain(item.get("title", ""))
    return Entry(
        guid=str(item.get("id") or link or title),
        url=web_address(url, link),
        title=title,
        published=iso(moment),
        updated=iso(item["updated_parsed"]) if "updated_parsed" in item else None,
        full_text=next((body for body in [*bodies, summary] if is_full(body)), None),
        summary=summary,
        image=image_of(item),
        author=item.get("author"),
    )


def json_entries(data: bytes, url: str) -> Iterator[Entry]:
    """JSON Feed 1.1 (jsonfeed.org)."""
    try:
        feed = json.loads(data)
        items = feed["items"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NoArticleError(f"{url}: is no feed that can be read") from error
    for item in items if isinstance(items, list) else []:
        if not isinstance(item, dict):
            continue
        body = str(item.get("content_html") or html.escape(str(item.get("content_text") or "")))
        link = item.get("url") or item.get("external_url")
        yield Entry(
            guid=str(item.get("id") or link or item.get("title")),
            url=web_address(url, str(link or "")),
            title=plain(str(item.get("title") or "")),
            published=iso_text(item.get("date_published")),
            updated=iso_text(item.get("date_modified")),
            full_text=body if is_full(body) else None,
            summary=str(item.get("summary") or ""),
            image=item.get("image"),
        )


def outline(data: bytes, url: str) -> list[str]:
    """The web addresses of the feeds that an OPML file lists. NoArticleError where it lists none."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = etree.fromstring(data, parser)
    listed = [] if root is None else [str(link) for link in root.xpath("//outline/@xmlUrl")]
    found = [address for link in listed if (address := web_address(url, link))]
    if not found:
        raise NoArticleError(f"{url}: lists no feed that is on the web")
    return found


def is_opml(data: bytes) -> bool:
    return re.search(rb"<opml\b", data[:4000]) is not None


def is_full(body: str) -> bool:
    """Whether it is a whole article and not a summary."""
    return len(plain(body).split()) >= FULL_TEXT_WORDS


def plain(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", markup)).split())


def image_of(item: Mapping[str, Any]) -> str | None:
    media = [*item.get("media_content", ()), *item.get("media_thumbnail", ())]
    return next((part["url"] for part in media if part.get("url")), None)


def iso(moment: time.struct_time | None) -> str | None:
    """feedparser's times are UTC; a nonsensical one is no time."""
    try:
        return datetime(*moment[:6], tzinfo=UTC).isoformat() if moment else None
    except ValueError:
        return None


def iso_text(text: object) -> str | None:
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
