"""Is what stands in quotation marks direct speech, or the narrator's: a term, a title, irony, a fragment?

What decides is where the marks stand in the narrator's sentence. Speech stands free: at the start of a
sentence, behind a colon, or beside a reporting clause, and what follows it doesn't need it to be a sentence.
Length decides nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bulletin.script.grammar import Clause, Grammar
from bulletin.script.marks import Span
from bulletin.script.tables import Tables
from bulletin.script.words import WORD

ABBREVIATION = re.compile(
    r"(?:\b(?:M|MM|Mme|Me|Dr|Mr|Mrs|Ms|St|Sr|Jr|Prof|Gen|Sen|Gov|Rep|Lt|Sgt|Col|Capt|Cllr|Rev|pop|approx|dept|p|art|no)"
    r"|(?<!°)\b[A-Z])\.$"
)
OPENS_SENTENCE = re.compile(
    r"\s(?:Il|Elle|On|Ils|Elles|Le|La|Les|Un|Une|Des|Ce|Cette|Son|Sa|Mais|Et|The|He|She|It|They|In|But|And|His|Her)\s"
)
FRONT_PAGE = re.compile(  # a headline, not what anybody says
    r"\b(?:(?:à|sur) (?:la|sa) une\b|en une\b(?=[,.;:)]|$)|première page|en manchette|en gros titre"
    r"|en couverture|en pleine page"
    r"|front page|headline|splash(?:es|ed)?\b)",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"[.!?…]+[\s»”\"’)\]]*(?=\s+\S|$)")
TERMINAL = re.compile(r"[.!?…][\s\"”»’']*$")
TAIL = re.compile(r"[\s]*(,)?\s*")
NEW_SENTENCE = re.compile(r"\s+[A-ZÀ-ÖØ-Þ]")
TOLD = re.compile(  # "told the BBC “…”", with nothing that makes the words a part of the sentence
    r"\b(?:told|tells|telling|assured|warned|reminded)"
    r"(?: (?!(?:that|to|it|as|was|is|of|about|how)\b)[\w'’.-]+){1,5}$"
)
SIGNATURE = re.compile(r"[\s.]*[—–(-]\s*([A-ZÀ-ÖØ-Þ][^.!?;:«»“”]{2,70})\)?\.?\s*$")  # « … » — Jane Smith
WORDS_OF = re.compile(  # "Au mur, ces mots du poète Paul Petit :"
    r"\b(?:mots?|phrase|vers|paroles|citation|message|words|lines?) "
    r"(?:du|de|d['’]|of|by|from) ?[^,;:]{3,60}:$|\b(?:ces (?:quelques )?mots|these words) ?:$"
    r"|\b(?:a eu|eut|(?:a )?(?:lâch|lanc|gliss|livr|trouv|prononc)(?:e|é|a)) (?:cette|une|sa) "
    r"(?:formule|phrase|réplique|réponse|boutade)\b[^,;:]{0,50}:$"
)
GOES_ON = re.compile(r"\s+[a-zà-ÿ]")  # the narrator's sentence, with no comma
NEXT_SENTENCE = re.compile(r"[\s]*(?:$|[.!?…;)(\[–—]|[A-ZÀ-ÖØ-Þ«“\"‘0-9])")


@dataclass(frozen=True, slots=True)
class Judged:
    """A span, whether it is speech, and the words around it that say so.

    `source` is where the name behind "selon" begins.
    """

    span: Span
    speech: bool
    lead_start: int
    before: Clause | None = None
    after: Clause | None = None
    source: int | None = None


WITHOUT_SUBJECT = re.compile(  # English words whose subject stands before the marks
    r"(?:is|was|are|were|has|have|had|will|would|can|could|did|does|do|must|should|might|may|ca|wo)"
    r"(?:n['’]t)?\b"
)


OWN_WORDS = re.compile(  # "elle a cherché ses mots :" announces no word
    r"\b(?:ses|leurs|chaque|peu de|deux|quelques|trois|d['’]un|un seul|sans un|his|her|their|every|each) "
    r"(?:mots?|words?)\b",
    re.IGNORECASE,
)
CALLED = re.compile(  # what is called so is no whole sentence: "Il a appelé trois fois : « … ! »"
    r"\b(?:r?appel[a-zéè]+|nomm[ée]+s?|surnomm[ée]+s?|baptis[ée]+s?|intitul[ée]+s?|called|named|dubbed)\b"
)
RELATIVE = re.compile(r"\b(?:qui|dont|who|which)\b")
MESSAGE_READ = re.compile(
    r"\b((?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[Oo]ne) (?:[\w’'-]+ ){0,2}"
    r"(?:alert|letter|email|message|note|statement|post|memo|notice|tweet|report|logbook|diary|entry))\b"
    r"[^.:;“”\"]{0,70}(?:\breads?|, which (?:reads?|records?|says|said|states?|begins|notes?|noted)):\s*$"
)


class Judge:
    """Decides span by span in one language."""

    def __init__(self, grammar: Grammar, tables: Tables) -> None:
        self.grammar, self.tables = grammar, tables

    def judge(self, text: str, span: Span, previous: Judged | None) -> Judged:
        """What the span is; `previous` is the span before it in the same paragraph."""
        lead_start = self._lead_start(text, span, previous)
        lead = text[lead_start : span.start].strip().lstrip(',.»”" ')
        kind = _kind(lead, self.tables)
        introduced = kind in ("comma", "colon") and _last_word(lead) in self.tables.saying
        after = None if introduced and NEW_SENTENCE.match(text, span.end) else self._clause_after(text, span)
        judged = Judged(span, False, lead_start, None, after)
        decide = {"free": self._free, "colon": self._colon, "comma": self._comma, "embedded": self._embedded}[
            kind
        ]
        return decide(text, lead, judged, previous)

    def _free(self, text: str, lead: str, judged: Judged, previous: Judged | None) -> Judged:
        """At the start of a sentence."""
        inner, tail = _inner(text, judged.span), text[judged.span.end :]
        if judged.after:
            return judged if FRONT_PAGE.search(_behind(tail)) else _speech(judged)
        source = self._source_after(text, judged.span)
        if source is not None and self.grammar.is_clause(inner):
            return _speech(judged, source=source)
        if inner.endswith(",") and self.grammar.language == "en":
            return _speech(judged)  # “No comment,” was the reply
        if _sentence_goes_on(tail):
            comma = tail.lstrip().startswith((",", ":")) and self.grammar.is_clause(inner)
            return _speech(judged) if comma and _finite_tail(tail) else judged
        return _speech(judged) if not lead or self.grammar.is_clause(inner) else judged

    def _colon(self, text: str, lead: str, judged: Judged, previous: Judged | None) -> Judged:
        inner, span = _inner(text, judged.span), judged.span
        before = self.grammar.clause_before(text, judged.lead_start, span.start) or _read_out(text, judged)
        clause = self.grammar.is_clause(inner)
        whole = clause or (TERMINAL.search(inner) and not (inner[:1].islower() and inner.endswith(".")))
        told = before is not None and TERMINAL.search(inner) and clause
        named = self._names_something(CALLED.sub(" ", lead) if told else lead)
        if named and not (before and before.sure and whole):
            return judged
        tail = text[span.end :]
        if _sentence_goes_on(tail) and not judged.after:
            apart = tail.lstrip().startswith(",") and self.grammar.is_clause(inner)
            return _speech(judged, before=before) if apart else judged
        return _speech(judged, before=before) if whole or inner[:1].isupper() else judged

    def _comma(self, text: str, lead: str, judged: Judged, previous: Judged | None) -> Judged:
        """Behind a comma: a source, the rest of a split quotation, "she said, “…”", or no speech."""
        inner = _inner(text, judged.span)
        if (
            previous
            and previous.speech
            and previous.after
            and judged.lead_start == previous.span.end
            and lead
        ):
            built_in = RELATIVE.search(lead) and not self.grammar.is_clause(inner)
            return _speech(judged) if self._complete(text, judged) and not built_in else judged
        source = self._source_before(text, judged)
        if source is not None and not self._is_purpose(text, source, judged.span.start):
            goes_on = GOES_ON.match(text, judged.span.end) is not None
            return _speech(judged, source=source) if self.grammar.is_clause(inner) and not goes_on else judged
        before = self.grammar.clause_before(text, judged.lead_start, judged.span.start)
        opens = inner[:1].isupper() or not inner[:1].isalpha()
        said = any(word.group().lower() in self.tables.saying for word in list(WORD.finditer(lead))[-3:])
        whole = self.grammar.is_clause(inner) or (said and TERMINAL.search(inner))
        reported = re.search(r"\bthat [“\"‘«]", text[judged.lead_start : judged.span.start])
        if before and before.sure and opens and whole and not reported and self._complete(text, judged):
            return _speech(judged, before=before)
        if judged.after and self.grammar.is_clause(inner):
            return _speech(judged)
        return judged

    def _embedded(self, text: str, lead: str, judged: Judged, previous: Judged | None) -> Judged:
        """In the narrator's syntax; speech only straight behind a verb of saying or a source."""
        inner = _inner(text, judged.span)
        if not self.grammar.is_clause(inner) or not self._complete(text, judged):
            return judged
        if WITHOUT_SUBJECT.match(inner) and self.grammar.language == "en":
            return judged  # "a scramble that she conceded “won't be in anybody's highlights”"
        source = self._source_before(text, judged)
        if source is not None:
            built_in = self.grammar.is_clause(text[source : judged.span.start])
            return judged if built_in else _speech(judged, source=source)
        if self._names_something(lead):
            return judged  # "Sur une banderole, une main a écrit « … »"
        told = TOLD.search(lead.lower()) is not None and self.grammar.language == "en"
        if told or _last_word(lead) in self.tables.saying - self.tables.naming:
            return _speech(
                judged, before=self.grammar.clause_before(text, judged.lead_start, judged.span.start)
            )
        return judged

    def _complete(self, text: str, judged: Judged) -> bool:
        return judged.after is not None or not _sentence_goes_on(text[judged.span.end :])

    def _clause_after(self, text: str, span: Span) -> Clause | None:
        match = TAIL.match(text, span.end)
        if not match or not span.closed:
            return None
        inner = _inner(text, span)
        following = text[match.end() : match.end() + 1]
        if (
            inner.endswith(".")
            and not inner.endswith("...")
            and not match.group(1)
            and not following.islower()
        ):
            return None
        return self.grammar.clause_after(text, match.end())

    def _source_before(self, text: str, judged: Judged) -> int | None:
        """Where the name begins in "Selon X, « …"."""
        lead = text[judged.lead_start : judged.span.start]
        for source in self.tables.sources:
            match = re.match(
                rf"[\s,]*(?:mais |et |or |but |and )?{re.escape(source)}[\s]+",
                lead.replace("’", "'"),
                re.IGNORECASE,
            )
            if match and len(lead) < 220:
                return judged.lead_start + match.end()
        return None

    def _is_purpose(self, text: str, source: int, end: int) -> bool:
        """Whether "pour" tells no view, for a clause comes behind: "Pour une toile, elle compte …, «"."""
        words = text[:source].split()
        return (
            bool(words) and words[-1].lower() in ("pour", "for") and self.grammar.is_clause(text[source:end])
        )

    def _source_after(self, text: str, span: Span) -> int | None:
        """Where the name begins in "… », selon X."."""
        signed = SIGNATURE.match(text, span.end)
        if signed:
            return signed.start(1)
        match = TAIL.match(text, span.end)
        rest = text[match.end() :].replace("’", "'").lower() if match else ""
        for source in self.tables.sources:
            if rest.startswith(source + " ") and match and source not in ("pour", "for"):
                return match.end() + len(source) + 1
        return None

    def _names_something(self, lead: str) -> bool:
        """The lead announces a title, a slogan, a word."""
        named = max(lead.rfind(mark) for mark in '»”"')  # "Le mot de « sauvegarde » la fait bondir :"
        lead = OWN_WORDS.sub(" ", lead[named + 1 :])
        words = [match.group().lower() for match in WORD.finditer(lead)]
        return any(word in self.tables.naming for word in words[-8:]) and not WORDS_OF.search(lead)

    def _lead_start(self, text: str, span: Span, previous: Judged | None) -> int:
        """Where the narrator's sentence before the span begins."""
        start = previous.span.end if previous and previous.speech else 0
        for match in SENTENCE_END.finditer(text, start, span.start):
            if not is_abbreviation(text, match.start()) and _outside(match.end(), previous, span):
                start = match.end()
        return start


def is_abbreviation(text: str, point: int) -> bool:
    """Whether the point at `point` belongs to "M." or an initial rather than ending a sentence."""
    if text[point] == "." and re.match(r"\.\s+[a-zà-ÿ]", text[point : point + 4]):
        return True
    if not ABBREVIATION.search(text[: point + 1]):
        return False
    network = re.search(r"\b(?:on|sur) X\.$", text[: point + 1])
    if re.match(OPENS_SENTENCE, text[point + 1 : point + 12]) and re.search(r"\b[A-Z]\.$", text[: point + 1]):
        return False
    return not network and not re.match(r"\.\s*[«“\"‘]", text[point : point + 4])


def _read_out(text: str, judged: Judged) -> Clause | None:
    """A message that somebody got: "A text alert sent to every phone read:"."""
    found = MESSAGE_READ.search(text, judged.lead_start, judged.span.start)
    return Clause(found.start(1), found.end(1), found.start(1), sure=True) if found else None


def _outside(position: int, previous: Judged | None, span: Span) -> bool:
    return (
        previous is None or not previous.span.start < position < previous.span.end or position >= span.start
    )


def _kind(lead: str, tables: Tables) -> str:
    """How the lead meets the marks."""
    bare = lead.rstrip(" (–—-")
    if not bare or bare.lower().rstrip(",") in tables.conjunctions:
        return "free"
    if bare.endswith(":"):
        return "colon"
    return "comma" if bare.endswith(",") else "embedded"


def _behind(tail: str) -> str:
    """What is left of the sentence behind the marks."""
    end = SENTENCE_END.search(tail)
    return tail[: end.start()] if end else tail


def _last_word(lead: str) -> str:
    """The one before the marks, in small letters: "a boy at the back shouted,"."""
    words = WORD.findall(lead)
    return words[-1].lower().replace("’", "'") if words else ""


def _inner(text: str, span: Span) -> str:
    return text[span.inner_start : span.inner_end].strip()


def _sentence_goes_on(tail: str) -> bool:
    """Whether the narrator's sentence goes on behind the marks."""
    return not NEXT_SENTENCE.match(tail)


def _finite_tail(tail: str) -> bool:
    return len(tail.strip(" ,.")) > 3


def _speech(judged: Judged, before: Clause | None = None, source: int | None = None) -> Judged:
    return Judged(judged.span, True, judged.lead_start, before, judged.after, source)
