"""The title: the page's own h1, or else what the head calls the article, without the site's name."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bulletin.intake import structure
from bulletin.intake.blocks import Element, blocks_of, is_hidden
from bulletin.intake.metadata import Facts
from bulletin.intake.words import clean, words

SEPARATOR = re.compile(r"\s+[|–—•·»:-]{1,2}\s+|\s*\|\s*|(?<=\w)\s?:: ?")
RIGHTS = re.compile(r"(?:©|\(c\)|Copyright)\s*(?:\d{4}(?:[-–]\d{2,4})?)?\s*([^.,|\d–—]{3,40})", re.IGNORECASE)
SITE_SEPARATOR = re.compile(r"\s+[|–—•·»-]{1,2}\s+|\s*\|\s*")
SITE_WORDS = 5
SHOWN_WORDS = 40
AGREED = 0.8  # share of words that two titles have in common
LABEL_WORDS = 3
TEXT_WORDS = 25  # a paragraph so long shows that the text has begun


def find_title(tree: Element, facts: Facts) -> tuple[str | None, Element | None]:
    """The title and the element that shows it, if the page shows it."""
    shown = names_shown(tree)
    readings = [name for title in facts.titles for name in _readings(title, facts, shown)]
    known = [set(words(name)) for name in readings]
    candidates = [(without_label(heading_text(e), e, readings), e) for e in _headings(tree, "h1")]
    candidates = [(text, e) for text, e in candidates if words(text) and not _is_logo(e, text, facts)]
    best = max(candidates, key=lambda pair: _agreement(pair[0], known), default=None)
    if best and (_agreement(best[0], known) >= 0.25 or not known):
        return best
    first = candidates[0] if candidates else None
    agreed = _agreed(tree, known, None if first is None else first[1])
    if agreed is None and first is not None and len(words(first[0])) <= LABEL_WORDS:
        agreed = _next_heading(tree, first[1])
    if agreed:
        return agreed
    if candidates and (len(candidates) == 1 or len(words(candidates[0][0])) > 3):
        return candidates[0]
    displayed = _displayed(tree, known)
    if displayed:
        return displayed
    return next((without_site(title, facts, shown) for title in facts.titles), None), None


def _agreed(tree: Element, known: list[set[str]], first: Element | None) -> tuple[str, Element] | None:
    """A lower heading that says what the head says, before the text begins (or anywhere, without an h1)."""
    begun = first is None
    for element in tree.iter():
        begun = begun or element is first
        if not begun or not isinstance(element.tag, str):
            continue
        if element.tag in {"h2", "h3"}:
            text = heading_text(element)
            if len(words(text)) > 2 and _agreement(text, known) >= AGREED:
                return text, element
        elif first is not None and element.tag == "p" and len(words(element.text_content())) > TEXT_WORDS:
            return None
    return None


def _next_heading(tree: Element, first: Element) -> tuple[str, Element] | None:
    """The heading below an h1 that is only a label or a logo."""
    begun = False
    for element in tree.iter("h1", "h2", "h3", "p"):
        if begun and element.tag in {"h2", "h3"} and len(words(heading_text(element))) > LABEL_WORDS:
            return heading_text(element), element
        if begun and element.tag == "p" and len(words(element.text_content())) > TEXT_WORDS:
            return None
        begun = begun or element is first
    return None


def _readings(title: str, facts: Facts, shown: frozenset[str]) -> list[str]:
    """A head title whole, without the site's name, and its longer parts."""
    parts = [part for part in SEPARATOR.split(title) if len(words(part)) >= SITE_WORDS]
    return [title, without_site(title, facts, shown), *(p for p in parts if " ".join(words(p)) not in shown)]


def _displayed(tree: Element, known: list[set[str]]) -> tuple[str, Element] | None:
    """The block, of any element, that says best what the head calls the article."""
    pairs = [
        (block.text, block.element) for block in blocks_of(tree) if 2 < len(words(block.text)) <= SHOWN_WORDS
    ]
    best = max(pairs, key=lambda pair: _agreement(pair[0], known), default=None)
    return best if best and _agreement(best[0], known) >= 0.7 else None


def _headings(tree: Element, *tags: str) -> list[Element]:
    """All shown headings of these ranks, and what is marked up as the headline."""
    marked = [
        e
        for e in tree.iter()
        if isinstance(e.tag, str) and e.get("itemprop") == "headline" and e.tag != "meta"
    ]
    return [e for e in (*tree.iter(*tags), *marked) if not any(is_hidden(a) for a in (e, *e.iterancestors()))]


def _is_logo(element: Element, text: str, facts: Facts) -> bool:
    """The site's name (or a shorter part of a head title), or a heading that leads to the front page."""
    sites = [words(name) for name in facts.site_names]
    if words(text) in sites:
        return True
    for title in facts.titles:
        parts = [found for part in SITE_SEPARATOR.split(title) if (found := words(part)) not in sites] or [[]]
        if words(text) in parts and len(words(text)) < min(SITE_WORDS + 1, max(map(len, parts))):
            return True
    links = [urlsplit(link.get("href") or "-") for link in (*element.iter("a"), *element.iterancestors("a"))]
    return any(link.path in {"", "/"} and not link.fragment and not link.query for link in links)


def without_label(text: str, element: Element, known: list[str]) -> str:
    """A heading without a label in an element of its own ("Enquête"), where the head has the rest of it."""
    own = words(text)
    labels = [words(child.text_content()) for child in element.iter() if child is not element]
    for title in known:
        rest = words(title)
        before, after = own[: len(own) - len(rest)], own[len(rest) :]
        if rest and before in labels and own == before + rest:
            return title
        said = any(f" {' '.join(after)} " in f" {' '.join(words(other))} " for other in known)
        if rest and after in labels and own == rest + after and not said:
            return title
    return text


def heading_text(element: Element) -> str:
    """The words of a heading without its labels ("Abonnés", "Vidéo") and notes."""
    runs = [
        run.text
        for block in blocks_of(element)
        for run in block.runs
        if not any(_is_label(inline, element) for inline in (*run.inline, *block.ancestors()))
    ]
    return clean("".join(runs)) or clean(" ".join(block.text for block in blocks_of(element)))


def _is_label(inline: Element, heading: Element) -> bool:
    if inline is heading or not any(ancestor is heading for ancestor in inline.iterancestors()):
        return False
    reasons = {reason for reason, _ in structure.reasons_of(inline)}
    return bool(reasons & {"tags", "paywall", "date", "comments", "share", "form", "embed"})


def _agreement(text: str, known: list[set[str]]) -> float:
    """How far a heading says what the head says, from 0 to 1."""
    own = set(words(text))
    return max((len(own & other) / max(len(own | other), 1) for other in known), default=0.0)


def without_site(title: str, facts: Facts, shown: frozenset[str] = frozenset()) -> str:
    """A head title without the site's name at its end or start.

    A part is the site's where it is a known name, or stands alone elsewhere on the page (a logo, the
    footer's line of rights), or is short and parted by a stroke, where no other part is the site's.
    """
    parts = SEPARATOR.split(title)
    separators = SEPARATOR.findall(title)

    sites = [words(name) for name in facts.site_names]
    told = any(words(part) in sites for part in parts)
    whole = len(parts)

    def is_site(part: str, separator: str) -> bool:
        if words(part) in sites:
            return True
        if ":" in separator:
            return False
        short = "|" in separator and 0 < len(words(part)) <= SITE_WORDS
        return " ".join(words(part)) in shown or (short and not told and len(parts) == whole)

    while len(parts) > 1 and is_site(parts[-1], separators[-1]):
        parts.pop()
        separators.pop()
    while len(parts) > 1 and is_site(parts[0], separators[0]):
        parts.pop(0)
        separators.pop(0)
    return clean(parts[0] + "".join(a + b for a, b in zip(separators, parts[1:], strict=True)))


def names_shown(tree: Element) -> frozenset[str]:
    """Short texts that stand alone on the page or behind a copyright sign: the site's name is among them."""
    texts = [block.text for block in blocks_of(tree)] + [
        clean(link.text_content()) for link in tree.iter("a")
    ]
    rights = [found.group(1) for text in texts if (found := RIGHTS.search(text))]
    return frozenset(
        " ".join(words(text)) for text in (*texts, *rights) if 0 < len(words(text)) <= SITE_WORDS
    )
