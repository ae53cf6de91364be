"""Where on the page the article stands.

Each block speaks for its place or against it: sentences for (more so where trafilatura took them too), links
and scraps against. Summed up the tree, the element with the highest sum holds the article and little else.
Inside it every block is judged on its own (bulletin.intake.judge).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from bulletin.intake import structure
from bulletin.intake.blocks import BOLD, HEADINGS, Block, Element
from bulletin.intake.words import runs, words

PROSE_WORDS = 12
FOUND, NOT_FOUND, SCRAP, FURNITURE = 1.0, 0.25, -0.5, -0.1  # what a word of each sort weighs
PROTECTED_SHARE, NEARLY_ALL = 0.35, 0.8
CAPTION_WORDS = 45
FOUND_SHARE = 0.9
HIDDEN_WORDS = 40
ARTICLE_WORDS = 80
FURNITURE_TAGS = {"nav", "footer", "aside", "figcaption", "form", "button", "address", "dialog", "menu"}
DOUBTFUL = {
    "paywall",
    "caption",
    "tags",
    "byline",
    "date",
    "infobox",
    "publisher",
    "correction",
    "hidden",
    "form",
}
ATTRIBUTION_TAGS = {"footer", "cite", "figcaption"}
SENTENCE_END = (".", "!", "?", "…", "»", "”", '"', "’", ":", ";", ")")


def extract(html: str) -> str:
    """What trafilatura takes for the article; empty where it finds none."""
    import trafilatura

    found = trafilatura.extract(html, favor_recall=True, include_comments=False, include_tables=False)
    return found or ""


@dataclass
class Body:
    """The blocks of a page with what their places say about them."""

    blocks: list[Block]
    found: str
    title: Element | None
    trusting: bool = True  # that names of elements mean what they say
    _weights: dict[Element, float] = field(default_factory=dict)
    _reasons: dict[Element, str | None] = field(default_factory=dict)
    _alike: dict[tuple[Element, str], list[Element]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.counts = [len(words(block.text)) for block in self.blocks]
        self.prose = [is_prose(block, count) for block, count in zip(self.blocks, self.counts, strict=True)]
        known = set(runs(words(self.found)))
        self.voted = [_is_found(runs(words(block.text)), known) for block in self.blocks]
        self._title_path = set() if self.title is None else {self.title, *self.title.iterancestors()}
        self._weigh()

    def _weigh(self) -> None:
        """Sums the words of prose up the tree, twice: first for all, then without furniture."""
        self._all: dict[Element, int] = {}
        self._prose_words: dict[Element, int] = {}
        for block, count, prose in zip(self.blocks, self.counts, self.prose, strict=True):
            for element in block.ancestors():
                self._all[element] = self._all.get(element, 0) + count
                if prose:
                    self._prose_words[element] = self._prose_words.get(element, 0) + count
        for index, block in enumerate(self.blocks):
            weight = self.weight(index)
            for element in block.ancestors():
                self._weights[element] = self._weights.get(element, 0.0) + weight

    def _weight_of_word(self, index: int) -> float:
        block = self.blocks[index]
        if block.tag in HEADINGS:
            return 0.0
        if self.structural_reason(block) is not None:
            return FURNITURE
        sentence = self.prose[index] or (block.link_share < 0.5 and block.text.endswith(SENTENCE_END))
        if not sentence:
            return SCRAP
        return FOUND if self.voted[index] else NOT_FOUND

    @cached_property
    def clear_text(self) -> int:
        """Words of the paragraphs that trafilatura takes too, or else of those in an `article` or `main`."""
        inside = [any(e.tag in {"article", "main"} for e in block.ancestors()) for block in self.blocks]
        sure = self.voted if any(self.voted) else inside
        rows = zip(self.counts, self.prose, sure, strict=True)
        return sum(count for count, prose, wanted in rows if prose and wanted)

    @cached_property
    def total_prose(self) -> int:
        return sum(count for count, prose in zip(self.counts, self.prose, strict=True) if prose)

    def structural_reason(self, block: Block) -> str | None:
        """Why the markup says that the block is no article text; the outermost reason counts."""
        reason = "hidden" if self._stays_hidden(block) else None
        for element in block.ancestors():
            reason = self._element_reason(element) or reason
        return reason

    def _stays_hidden(self, block: Block) -> bool:
        """Hidden text is no text, but for an article's own part that a script would show to subscribers."""
        element = block.hidden
        if element is None:
            return False
        inside = any(
            around.tag == "article" or structure.is_body(around) for around in element.iterancestors()
        )
        return not inside or self._prose_words.get(element, 0) < HIDDEN_WORDS

    def _element_reason(self, element: Element) -> str | None:
        if element not in self._reasons:
            self._reasons[element] = self._judge_element(element)
        return self._reasons[element]

    def _judge_element(self, element: Element) -> str | None:
        """A part that holds the title or much of the page's prose is no furniture, whatever it is called."""
        if element in self._title_path or element.tag in {"body", "html", "main", "article"}:
            return None
        if element.tag in ATTRIBUTION_TAGS and _holds_quote(element.getparent()):
            return None
        protected = NEARLY_ALL if self._named_reason(element) == "comments" else PROTECTED_SHARE
        if self._prose_words.get(element, 0) > protected * self.total_prose:
            return None
        if element.tag not in HEADINGS and self._is_captioned_picture(element):
            return "caption"
        if structure.is_standfirst(element) and element.tag in {"p", "div", "h2", "section", "header"}:
            return None
        reason = self._named_reason(element)
        if not self.trusting and reason in DOUBTFUL:
            return None
        return None if reason and self._is_one_of_many(element, reason) else reason

    def _named_reason(self, element: Element) -> str | None:
        """What the element's own name says against it."""
        found = structure.reasons_of(element)
        return next(
            (why for why, small in found if small is None or self._all.get(element, 0) <= small), None
        )

    def _is_one_of_many(self, element: Element, reason: str) -> bool:
        """Whether much of the page's prose stands in siblings of the same name: each paragraph in a wrapper
        that says who may read it ("subscriber-only") is no box of an offer."""
        parent = element.getparent()
        if parent is None or element.tag in FURNITURE_TAGS or reason == "comments":
            return False
        if (parent, reason) not in self._alike:
            self._alike[parent, reason] = [
                child
                for child in parent
                if self._prose_words.get(child) and self._named_reason(child) == reason
            ]
        alike = self._alike[parent, reason]
        same = any(child.get("class") == element.get("class") for child in alike)
        plain = same or (element in alike and next(element.iter("a", "button", "form"), None) is None)
        share = sum(self._prose_words[child] for child in alike)
        return plain and len(alike) > 1 and share > PROTECTED_SHARE * self.total_prose

    def is_wrapper(self, element: Element) -> bool:
        """Whether a name that would speak against an element is that of every paragraph's wrapper."""
        reason = self._named_reason(element)
        return reason is not None and self._is_one_of_many(element, reason)

    def _is_captioned_picture(self, element: Element) -> bool:
        """A box with a picture and few words holds its caption; a paragraph with a picture in it may not."""
        if (
            element.tag in {"p", "span", "a", "b", "strong", "em", "i"}
            or self._all.get(element, 0) > CAPTION_WORDS
        ):
            return False
        return next(element.iter("img", "picture", "video", "iframe"), None) is not None

    def weight(self, index: int) -> float:
        """What the block says for its place: its words, counted by their sort."""
        return self.counts[index] * self._weight_of_word(index)

    @cached_property
    def root(self) -> Element:
        """The element with the highest sum; of several equal ones the innermost."""
        best = self.blocks[0].element.getroottree().getroot()
        if not self.found.strip():
            return best
        for element, weight in self._weights.items():  # inner elements come before those around them
            if weight > self._weights.get(best, 0.0) or (
                weight == self._weights.get(best) and best in set(element.iterancestors())
            ):
                best = element
        return best

    @cached_property
    def article(self) -> Element | None:
        """The `article` element around the title, if it holds enough prose and the root holds more."""
        outer = () if self.title is None else self.title.iterancestors("article")
        found = next((e for e in outer if self._prose_words.get(e, 0) >= ARTICLE_WORDS), None)
        return found if found is not None and self.root in set(found.iterancestors()) else None

    def under(self, element: Element) -> list[int]:
        """The positions of the blocks inside an element."""
        return [i for i, block in enumerate(self.blocks) if any(e is element for e in block.ancestors())]

    def in_data_table(self, block: Block) -> bool:
        """Whether the block stands in a table of figures; a table that lays out prose is none."""
        table = next((element for element in block.ancestors() if element.tag == "table"), None)
        return table is not None and self._prose_words.get(table, 0) < 0.5 * self._all.get(table, 0)


def _is_found(own: list[tuple[str, ...]], known: set[tuple[str, ...]]) -> bool:
    """Whether trafilatura took a block, by its runs of three words."""
    return bool(own) and sum(run in known for run in own) >= FOUND_SHARE * len(own)


def _holds_quote(element: Element) -> bool:
    return element.tag in {"blockquote", "figure"} and next(element.iter("blockquote"), None) is not None


def is_prose(block: Block, count: int) -> bool:
    """A sentence or more, not a list of links."""
    if block.tag in HEADINGS or count < PROSE_WORDS or block.link_share > 0.5:
        return False
    return block.text.endswith(SENTENCE_END) or count > 40


def is_bold(block: Block) -> bool:
    return block.share(BOLD) > 0.9
