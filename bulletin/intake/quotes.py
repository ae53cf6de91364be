"""Quotes set apart: whose they are, and which repeat the text or were posted elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from bulletin.intake.body import ATTRIBUTION_TAGS
from bulletin.intake.judged import Judged
from bulletin.intake.words import Echoes, clean, words

ATTRIBUTION_MARK = re.compile(r"^\s*[—–-]{1,2}\s*(?=[\wÀ-ÿ])")
ATTRIBUTION_WORDS = 14
SPEAKER = re.compile(  # a name, or a title and a name
    r"(?:(?:M\.|Mme|Dr|Mr\.?|Mrs\.?|Ms\.?) )?"
    r"[A-ZÀ-Ý][\w’'.-]*(?: (?:[dD][eiu]s?|la|le|van|von|[A-ZÀ-Ý][\w’'.-]*)){0,4} ?:?"
)
QUOTED = re.compile(r"[«“\"]([^«»“”\"]{12,})[»”\"]")
REPEATED, REPEATED_WORDS = 0.5, 6
POSTED = re.compile(r"[—–-] ?.{2,50}\(@\w+\)|pic\.(?:twitter|x)\.com/|https?://t\.co/|\(@\w{3,20}\).{0,4}\d")


def leave_out_posts(judged: list[Judged]) -> None:
    """A box that names an author by a handle holds a post from elsewhere."""
    for item in judged:
        box = next((e for e in item.block.ancestors() if e.tag == "blockquote"), None)
        if box is None and POSTED.search(item.text) and item.place == "apart":
            box = item.block.element.getparent()
        if box is not None and POSTED.search(clean(" ".join(box.itertext()))):
            for other in judged:
                if other.reason is None and other.place != "core" and box in set(other.block.ancestors()):
                    other.reason = "embed"


def drop_repeats(judged: list[Judged]) -> None:
    """A paragraph whose words stand in another is said once; a quote set apart may repeat them loosely."""
    read = [item for item in judged if item.reason is None]
    texts = [words(item.text) for item in read]
    echoes = Echoes(texts)
    for index, item in enumerate(read):
        if item.kind in {"heading", "question", "standfirst"} or len(texts[index]) < REPEATED_WORDS:
            continue
        loose = item.kind == "blockquote" or item.place != "core"
        quoted = words(" ".join(QUOTED.findall(item.text))) if loose else []
        other = echoes.of(quoted or texts[index], index, REPEATED if loose else 1.0)
        if other is None or read[other].reason is not None:
            continue
        if texts[other] != texts[index]:
            item.reason = "pull-quote"
        elif other < index:
            item.reason = "repeat"


def attribute_quotes(judged: list[Judged]) -> None:
    """Who a block quote is by stands beside it; it is read, and goes where its quote goes."""
    for index, item in enumerate(judged):
        holder = next((e for e in item.block.ancestors() if e.tag in {"blockquote", "figure"}), None)
        if holder is None or not _is_attribution(item):
            continue
        quotes = [other for other in judged[:index] if holder in set(other.block.ancestors())]
        item.kind = "text"
        item.reason = quotes[-1].reason if quotes else item.reason or "caption"
        for quote in quotes:
            quote.attribution = ATTRIBUTION_MARK.sub("", item.text)


def attribute_turns(judged: list[Judged]) -> None:
    """Names that come back on lines of their own say whose the paragraph behind each is."""
    labels = [item for item in judged if item.reason in {None, "fragment"} and SPEAKER.fullmatch(item.text)]
    times = Counter(item.text.rstrip(" :") for item in labels)
    again = {text for text, count in times.items() if count > 1}
    if not again:
        return
    for item, following in pairwise(judged):
        if item in labels and item.text.rstrip(" :") in again and following.reason is None:
            item.reason = "speaker-label"
            following.attribution = item.text.rstrip(" :")


def _is_attribution(item: Judged) -> bool:
    """A footer, cite or caption of a quote, or its last line when a dash begins it."""
    if any(element.tag in ATTRIBUTION_TAGS for element in list(item.block.ancestors())[:2]):
        return True
    cited = item.block.share(frozenset({"cite"})) > 0.9 or (
        item.reason == "byline" and item.block.inside("blockquote")
    )
    short = len(item.text.split()) <= ATTRIBUTION_WORDS
    return cited or (item.kind == "blockquote" and short and bool(ATTRIBUTION_MARK.match(item.text)))
