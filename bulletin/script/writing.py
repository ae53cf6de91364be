"""Article to script."""

from __future__ import annotations

import re

from bulletin.model import Article, Script, Segment, Speaker
from bulletin.script import marks
from bulletin.script.segments import Speech, cut


def write(article: Article) -> Script:
    """Who says what in the article, in reading order."""
    segments = []
    if article.title:
        segments.append(Segment("headline", article.title, 0))
    spans = marks.find([paragraph.text for paragraph in article.paragraphs])
    last = None
    for number, (paragraph, found) in enumerate(zip(article.paragraphs, spans, strict=True), start=1):
        if paragraph.kind == "heading":
            segments.append(Segment("headline", paragraph.text, number))
            continue
        speeches = []
        for span in found:
            inner = paragraph.text[span.inner_start : span.inner_end].strip()
            if (
                inner[:1].isupper()
                and inner[-1:] in ".!?…"
                and paragraph.text[: span.start].rstrip()[-1:] in ""
            ):
                speeches.append(Speech(number, span.inner_start, span.inner_end, last))
        segments += cut(number, paragraph.text, speeches)
        names = re.findall(r"(?<![.!?] )(?:[A-Z][a-zé]+ )?[A-Z][a-zé]+(?= a )", paragraph.text)
        last = Speaker(names[-1], "m") if names else last
    return Script(
        article.title,
        article.language,
        article.source,
        tuple(segments),
        article.byline,
        article.date,
        article.url,
        article.image,
        article.left_out,
    )
