"""Article to script: who says what, in reading order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from bulletin.model import Article, Paragraph, Script, Segment
from bulletin.script import incise, interview, marks
from bulletin.script.attribution import Attribution
from bulletin.script.discourse import Discourse
from bulletin.script.english import English
from bulletin.script.french import French
from bulletin.script.grammar import Grammar
from bulletin.script.interview import Turn
from bulletin.script.marks import Span
from bulletin.script.people import People
from bulletin.script.quotation import Quotation
from bulletin.script.segments import Speech, cut
from bulletin.script.speech_or_not import Judge, Judged
from bulletin.script.tables import load

LINE = re.compile(r"(?<=[.?!…])\s+[—–]\s+(?=[^\W\da-zà-ÿ_])")  # the next one speaks
OUTER = "".join(marks.MARKS) + " \u00a0\u202f"


def write(article: Article) -> Script:
    """The script of an article. Every word of it is in a segment, in order."""
    segments = []
    if article.title:
        segments.append(Segment("headline", article.title, 0))
    for number, found in enumerate(_paragraphs(article), start=1):
        segments.extend(Segment(s.role, s.text, number, s.speaker) for s in found)
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


def _paragraphs(article: Article) -> list[list[Segment]]:
    """The segments of each paragraph."""
    paragraphs = [
        replace(paragraph, text=marks.evenly_spaced(paragraph.text)) for paragraph in article.paragraphs
    ]
    texts = [paragraph.text for paragraph in paragraphs]
    language = article.language if article.language in ("fr", "en") else "en"
    grammar: Grammar = French() if language == "fr" else English()
    tables = load(language)
    spans = marks.find(texts)
    inner = [texts[span.paragraph][span.inner_start : span.inner_end] for found in spans for span in found]
    grammar.prepare(texts, inner)
    people = People([marks.evenly_spaced(article.title or ""), *texts], tables, language)
    turns = interview.find(paragraphs, people, language)
    quotations = _quotations(paragraphs, spans, turns, grammar, people)
    attribution = Attribution(texts, quotations, grammar, Discourse(texts, people, tables, language))
    grammar.prepare(attribution.sentences())
    for number, paragraph in enumerate(paragraphs):
        if paragraph.kind != "heading":
            attribution.paragraph(number)
    return [
        _segments(paragraph, number, found)
        for number, (paragraph, found) in enumerate(zip(article.paragraphs, quotations, strict=True))
    ]


def _quotations(
    paragraphs: Sequence[Paragraph],
    everywhere: Sequence[Sequence[Span]],
    turns: Mapping[int, Turn],
    grammar: Grammar,
    people: People,
) -> list[list[Quotation]]:
    texts = [paragraph.text for paragraph in paragraphs]
    judge = Judge(grammar, load(grammar.language))
    everything: list[list[Quotation]] = []
    earlier: Judged | None = None
    for number, (paragraph, spans) in enumerate(zip(paragraphs, everywhere, strict=True)):
        found: list[Quotation] = []
        previous: Judged | None = None
        turn = turns.get(number)
        if turn and turn.kind != "question":
            found.append(_turn(number, texts[number], turn, grammar))
        elif paragraph.kind == "blockquote":
            found.append(_block(number, paragraph, people))
        elif paragraph.kind != "heading" and not turn:
            for span in spans:
                judged = _judged(judge, texts[number], span, previous, earlier)
                previous = earlier = judged
                if judged.speech:
                    found += _lines(number, texts[number], judged, grammar)
        everything.append(found)
    for earlier_found, later_found in pairwise(everything):
        if earlier_found and later_found and later_found[0].judged and later_found[0].judged.span.continues:
            earlier_found[-1].continued = later_found[0]
    return everything


def _turn(number: int, text: str, turn: Turn, grammar: Grammar) -> Quotation:
    """A turn of a conversation: the whole paragraph but for its label, its dash and its incises."""
    end = len(text.rstrip())
    if turn.kind == "line" and text.count("«") < text.count("»"):
        end = len(text[:end].rstrip("» "))
    span = Span(number, turn.start, turn.start, end, end)
    line = turn.kind == "line"
    tables = load(grammar.language)
    incises = incise.find(text, span, grammar, tables) if line else incise.actions(text, span)
    return Quotation(number, turn.start, end, Judged(span, True, 0), incises, turn.person, line=line)


def _block(number: int, paragraph: Paragraph, people: People) -> Quotation:
    """A block quote: all of it is said, by whom its attribution names."""
    text = paragraph.text
    start, end = len(text) - len(text.lstrip(OUTER)), len(text.rstrip(OUTER))
    given = people.attributed(paragraph.attribution) if paragraph.attribution else None
    return Quotation(number, start, end, Judged(Span(number, start, start, end, end), True, 0), given=given)


def _judged(judge: Judge, text: str, span: Span, previous: Judged | None, earlier: Judged | None) -> Judged:
    judged = judge.judge(text, span, previous)
    if span.continues and earlier:
        return Judged(span, earlier.speech, judged.lead_start, judged.before, judged.after, judged.source)
    return judged


def _lines(number: int, text: str, judged: Judged, grammar: Grammar) -> list[Quotation]:
    """What stands between two marks: one quotation, or the lines of a dialogue: « Qui ? — Moi. »."""
    span = judged.span
    dashes = list(LINE.finditer(text, span.inner_start, span.inner_end))
    if len(dashes) % 2 == 0:  # none, or dashes in pairs as brackets
        return [_quotation(number, text, judged, grammar)]
    starts = [span.inner_start, *(dash.end() for dash in dashes)]
    ends = [*(dash.start() for dash in dashes), span.inner_end]
    edges = [span.start, *starts[1:]], [*ends[:-1], span.end]
    parts = []
    for start, inner_start, inner_end, end in zip(edges[0], starts, ends, edges[1], strict=True):
        part = replace(
            judged, span=replace(span, start=start, inner_start=inner_start, inner_end=inner_end, end=end)
        )
        first = start == span.start
        parts.append(
            _quotation(number, text, part if first else replace(part, before=None, source=None), grammar)
        )
        parts[-1].line = True
    for part_of in parts[:-1]:
        part_of.judged = replace(part_of.judged, after=None) if part_of.judged else None
    return parts


def _quotation(number: int, text: str, judged: Judged, grammar: Grammar) -> Quotation:
    span = judged.span
    incises = incise.find(text, span, grammar, load(grammar.language))
    return Quotation(number, span.start, span.end, judged, incises)


def _segments(paragraph: Paragraph, number: int, quotations: Sequence[Quotation]) -> list[Segment]:
    if paragraph.kind == "heading":
        return [Segment("headline", paragraph.text, number)]
    speeches = [speech for quotation in quotations for speech in _speeches(quotation)]
    return cut(number, paragraph.text, speeches)


def _speeches(quotation: Quotation) -> list[Speech]:
    """The stretches of a quotation between its incises."""
    speaker = quotation.person.speaker if quotation.person else None
    start = quotation.judged.span.inner_start if quotation.judged else quotation.start
    end = quotation.judged.span.inner_end if quotation.judged else quotation.end
    speeches = []
    for cut_out in quotation.incises:
        speeches.append(Speech(quotation.paragraph, start, cut_out.start, speaker))
        start = cut_out.end
    speeches.append(Speech(quotation.paragraph, start, end, speaker))
    return [speech for speech in speeches if speech.end > speech.start]
