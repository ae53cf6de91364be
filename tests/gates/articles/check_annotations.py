"""Check that the annotations of the article pages agree with the pages.

Usage: python tests/gates/articles/check_annotations.py [FOLDER ...]

Without folders, every `NAME.json` below this file's folder is checked against
its page (`NAME.html`, `.md` or `.txt`). Exit status 1 when anything is wrong.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

GENDERS = {"m", "f", "unknown"}
SUFFIXES = (".html", ".md", ".txt")
INLINE = {
    "a", "abbr", "b", "cite", "del", "em", "font", "i", "ins", "mark", "q", "small", "span",
    "strong", "sub", "sup", "time", "u",
}  # fmt: skip
HIDDEN = {"script", "style", "template"}


def collapse(text: str) -> str:
    """All white space, no-break and thin spaces included, as one plain space."""
    return re.sub(r"\s+", " ", text).strip()


class PageText(HTMLParser):
    """Gathers the visible text, the meta contents and the strings of JSON-LD."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.visible: list[str] = []
        self.extra: list[str] = []
        self._hidden = ""
        self._is_json = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "meta":
            self.extra.append(given.get("content") or "")
        if tag in HIDDEN:
            self._hidden = tag
            self._is_json = given.get("type") == "application/ld+json"
        if tag not in INLINE:
            self.visible.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._hidden:
            self._hidden = ""
        if tag not in INLINE:
            self.visible.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.visible.append(data)
        elif self._is_json:
            self.extra.extend(strings_in(json.loads(data)))


def strings_in(value: Any) -> Iterator[str]:
    """Every string inside a decoded JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings_in(item)


def markdown_text(text: str) -> str:
    """Markdown without its marks: links, emphasis, headings, block quotes, rules."""
    text = re.sub(r"!?\[([^\]]+)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"^\s*(#+|>|---+$)", "", text, flags=re.MULTILINE)
    return re.sub(r"[*_]+", "", text)


def page_texts(page: Path) -> list[str]:
    """The visible text of the page, then each meta content and JSON-LD string."""
    source = page.read_text(encoding="utf-8")
    if page.suffix != ".html":
        return [collapse(markdown_text(source) if page.suffix == ".md" else source)]
    parser = PageText()
    parser.feed(source)
    parser.close()
    return [collapse("".join(parser.visible)), *map(collapse, parser.extra)]


def without(text: str, pieces: list[str]) -> str:
    """The text with the given pieces cut out of it."""
    for piece in pieces:
        text = text.replace(piece, " ")
    return collapse(text)


def text_faults(annotation: dict[str, Any], texts: list[str]) -> Iterator[str]:
    """Pieces that the page doesn't hold, or that are not collapsed."""
    read: list[str] = annotation["read"]
    not_read: list[str] = annotation["not_read"]
    foreign = [piece for piece in not_read if not any(piece in part for part in read)]
    texts = [*texts, without(texts[0], foreign)]
    for piece in [annotation["title"], *read, *not_read]:
        if piece != collapse(piece) or not piece:
            yield f"empty, or spaces not collapsed: {piece!r}"
        if not any(piece in text for text in texts):
            yield f"not on the page: {piece!r}"


def quote_faults(annotation: dict[str, Any]) -> Iterator[str]:
    """Quotes that are not in the text to read, out of order, or ill-formed."""
    whole = "\n".join(annotation["read"])
    position = 0
    for quote in annotation["quotes"]:
        found = whole.find(quote["text"], position)
        if found < 0:
            yield f"quote not in the text to read, or out of order: {quote['text']!r}"
        else:
            position = found + len(quote["text"])
        if quote["gender"] not in GENDERS or not isinstance(quote["clause"], bool):
            yield f"bad gender or clause: {quote!r}"
        if quote["speaker"] is not None and not collapse(quote["speaker"]):
            yield f"empty speaker: {quote!r}"


def faults(annotation_file: Path) -> Iterator[str]:
    """Everything wrong with one annotation."""
    pages = [p for s in SUFFIXES if (p := annotation_file.with_suffix(s)).exists()]
    if len(pages) != 1:
        yield f"needs exactly one page, has {len(pages)}"
        return
    try:
        annotation = json.loads(annotation_file.read_text(encoding="utf-8"))
        yield from text_faults(annotation, page_texts(pages[0]))
        yield from quote_faults(annotation)
    except (ValueError, KeyError) as error:
        yield f"unreadable: {error!r}"


def main(folders: list[str]) -> int:
    """Print each fault and a count; 1 when there is any."""
    roots = [Path(folder) for folder in folders] or [Path(__file__).parent]
    files = sorted(file for root in roots for file in root.rglob("*.json"))
    bad = 0
    for file in files:
        for fault in faults(file):
            bad += 1
            print(f"{file}: {fault}")
    print(f"{len(files)} annotations, {bad} faults")
    return 1 if bad or not files else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
