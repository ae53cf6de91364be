"""Article to script: who says what, in reading order."""

from __future__ import annotations

from collections.abc import Sequence

from bulletin.model import Article, Paragraph, Script, Segment
from bulletin.script import incise, marks
from bulletin.script.attribution import Attribution, Quotation
from bulletin.script.discourse import Discourse
from bulletin.script.english import English
from bulletin.script.french import French
from bulletin.script.grammar import Grammar
from bulletin.script.marks import Span
from bulletin.script.people import People
from bulletin.script.segments import Speech, cut
from bulletin.script.speech_or_not import Judge, Judged
from bulletin.script.tables import load


def write(article: Article) -> Script:
    """The script of an article. Every word of it is in a segment, in order."""
    segments = []
    if article.title:
        segments.append(Segment("headline", article.title, 0))
<<<<<<< HEAD
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
=======
    for number, found in enumerate(_paragraphs(article), start=1):
        segments.extend(Segment(s.role, s.text, number, s.speaker) for s in found)
>>>>>>> 1afa62f (Judge speech by its place in the sentence, cut out incises, resolve speakers; score it on the annotated pages)
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
    texts = [paragraph.text for paragraph in article.paragraphs]
    language = article.language if article.language in ("fr", "en") else "en"
    grammar: Grammar = French() if language == "fr" else English()
    tables = load(language)
    quotations = _quotations(article.paragraphs, texts, grammar)
    people = People(texts, tables, language)
    discourse = Discourse(texts, people, tables, language)
    attribution = Attribution(texts, grammar, discourse)
    for number, found in enumerate(quotations):
        attribution.paragraph(number, found)
    return [
        _segments(paragraph, number, found)
        for number, (paragraph, found) in enumerate(zip(article.paragraphs, quotations, strict=True))
    ]


def _quotations(
    paragraphs: Sequence[Paragraph], texts: Sequence[str], grammar: Grammar
) -> list[list[Quotation]]:
    judge = Judge(grammar, load(grammar.language))
    everything: list[list[Quotation]] = []
    earlier: Judged | None = None
    for number, (paragraph, spans) in enumerate(zip(paragraphs, marks.find(texts), strict=True)):
        found: list[Quotation] = []
        previous: Judged | None = None
        for span in spans if paragraph.kind != "heading" else []:
            judged = _judged(judge, texts[number], span, previous, earlier)
            previous = earlier = judged
            if judged.speech:
                found.append(_quotation(number, texts[number], judged, grammar))
        everything.append(found)
    return everything


def _judged(judge: Judge, text: str, span: Span, previous: Judged | None, earlier: Judged | None) -> Judged:
    judged = judge.judge(text, span, previous)
    if span.continues and earlier:
        return Judged(span, earlier.speech, judged.lead_start, judged.before, judged.after, judged.source)
    return judged


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
