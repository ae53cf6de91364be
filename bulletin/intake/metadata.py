"""What a page says about its article apart from the text: meta elements and JSON-LD."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bulletin.intake.blocks import Element
from bulletin.intake.words import clean

ARTICLE_TYPE = re.compile(r"Article|Report|BlogPosting|Review|AnalysisNews|OpinionNews", re.IGNORECASE)
SCRIPT_SIZE = 2_000_000
NODES = 5_000
MARKUP = re.compile(r"<[^<>]{1,300}>")
PARAGRAPH_END = re.compile(r"</p>|<br\s*/?>|</h\d>|</li>", re.IGNORECASE)
ISO_DATE = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?(?:Z|[+-]\d{2}:?\d{2}))?)?"
)


@dataclass(frozen=True, slots=True)
class Facts:
    """Every title and description that the page gives, likeliest first, and the rest of its metadata."""

    titles: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    site_names: tuple[str, ...] = ()
    body: str | None = None
    byline: str | None = None
    date: str | None = None
    url: str | None = None
    image: str | None = None
    language: str | None = None


def facts_of(tree: Element) -> Facts:
    """Reads the head and the JSON-LD of a page; damaged JSON is ignored."""
    meta = _meta(tree)
    node = _article_node(tree)
    page_title = clean(tree.findtext(".//title") or "")
    titles = [meta.get("og:title"), _text(node.get("headline")), meta.get("twitter:title"), page_title]
    descriptions = [
        _text(node.get("description")),
        meta.get("og:description"),
        meta.get("description"),
        meta.get("twitter:description"),
    ]
    names = [meta.get("og:site_name"), _name(node.get("publisher")), meta.get("application-name")]
    date = _text(node.get("datePublished")) or meta.get("article:published_time") or meta.get("date")
    found = ISO_DATE.match(date or "")
    return Facts(
        titles=_distinct(titles),
        descriptions=_distinct(descriptions),
        site_names=_distinct(names),
        body=_long_text(node.get("articleBody")),
        byline=_names(node.get("author")) or meta.get("author"),
        date=found.group(0) if found else None,
        url=meta.get("og:url") or meta.get("canonical"),
        image=_on_the_web(meta.get("og:image")) or _on_the_web(meta.get("twitter:image")),
        language=(tree.get("lang") or meta.get("og:locale") or _text(node.get("inLanguage")) or None),
    )


def _on_the_web(address: str | None) -> str | None:
    """None for whatever could be a file of this machine: a stranger must not get it into a podcast."""
    return address if address and address.startswith(("https://", "http://")) else None


def _meta(tree: Element) -> dict[str, str]:
    """The first content of each meta name or property, lower case, and the canonical link."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        key = (
            (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        )
        value = clean(html.unescape(element.get("content") or ""))
        if key and value:
            found.setdefault(key, value)
    for element in tree.iter("link"):
        if (element.get("rel") or "").lower() == "canonical" and element.get("href"):
            found.setdefault("canonical", element.get("href"))
    return found


def _article_node(tree: Element) -> dict[str, Any]:
    """The JSON-LD node of the article: the one with the longest body, then the first with a headline."""
    nodes = [
        node
        for node in _nodes(tree)
        if any(ARTICLE_TYPE.search(kind) for kind in _types(node))
        and (node.get("headline") or node.get("articleBody"))
    ]
    return max(nodes, key=lambda node: len(str(node.get("articleBody") or "")), default={})


def _types(node: dict[str, Any]) -> list[str]:
    kinds = node.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _nodes(tree: Element) -> Iterator[dict[str, Any]]:
    """Every object in the page's JSON-LD; breadth first, bounded in number."""
    queue: list[Any] = []
    for script in tree.iter("script"):
        if (
            "ld+json" in (script.get("type") or "").lower()
            and script.text
            and len(script.text) <= SCRIPT_SIZE
        ):
            queue.append(_load(script.text))
    seen = 0
    while queue and seen < NODES:
        value = queue.pop(0)
        seen += 1
        if isinstance(value, dict):
            yield value
            queue.extend(child for child in value.values() if isinstance(child, dict | list))
        elif isinstance(value, list):
            queue.extend(child for child in value[:NODES] if isinstance(child, dict | list))


def _load(text: str) -> Any:
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    text = re.sub(r"^/\*<!\[CDATA\[\*/|^<!\[CDATA\[|^//<!\[CDATA\[|/\*\]\]>\*/$|\]\]>$|//\]\]>$", "", text)
    for attempt in (text, re.sub(r",(?=\s*[}\]])", "", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _text(value: Any) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    if not isinstance(value, str):
        return None
    return clean(MARKUP.sub(" ", html.unescape(html.unescape(value)))) or None


def _long_text(value: Any) -> str | None:
    """An `articleBody`, its paragraph ends kept as line feeds."""
    if isinstance(value, list):
        value = "\n".join(part for part in value if isinstance(part, str))
    if not isinstance(value, str):
        return None
    text = MARKUP.sub(" ", PARAGRAPH_END.sub("\n", html.unescape(html.unescape(value))))
    lines = [clean(line) for line in text.split("\n")]
    return "\n".join(line for line in lines if line) or None


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _names(value: Any) -> str | None:
    values = value if isinstance(value, list) else [value]
    found = [name for name in map(_name, values) if name and not name.startswith("http")]
    return ", ".join(dict.fromkeys(found)) or None


def _distinct(values: list[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
