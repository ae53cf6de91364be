"""Incises: the narrator's "a dit X" in the middle of somebody's words, cut out of them.

An incise begins behind a comma, a mark of exclamation or question, or a dash, with a reporting clause. Where
it ends is the harder question: apposition ("directrice de l'école"), circumstance ("dans un communiqué") and
absolute phrases ("un drapeau à la main") are still the narrator's; a new main verb is the speaker's again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bulletin.script import names, nouns
from bulletin.script.grammar import Clause, Grammar
from bulletin.script.marks import Span
from bulletin.script.speech_or_not import is_abbreviation
from bulletin.script.tables import Tables
from bulletin.script.words import WORD

BEGINS = re.compile(r"(?:,|[?!…]|\.\.\.|\s[–—-]|[–—(])\s+|\(")
STOPS = re.compile(r"[.!?…]+(?=\s|$|[»”\"])|[;:–—)]")
AGE = re.compile(r"(?:âgée? de )?\d{1,3}\s(?:ans|printemps)|(?:aged )?\d{1,3}$")
PLACE_BEFORE = re.compile(r"\b(?:depuis|à|au|aux|en|dans|devant|chez|sur)\s[^,]{2,40}$")
ADDRESSED = re.compile(r"(?:\b(?:à|avec)|\btold|\bto) [A-ZÀ-Ý][\w’'-]+(?: [A-ZÀ-Ý][\w’'-]+)*$")
PUBLISHED = re.compile(  # "dans ses carnets, publiés en 2003"
    r"(?:publi|par|dat|sign|adress|diffus|conserv|enregistr|rédig|envoy|mis)(?:é|u|)e?s? "
    r"(?:en|le|à|dans|par|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|hier|au|aux|il y a)\b"
)
NOWADAYS = re.compile(  # "Jean-Yves Cadiou, aujourd'hui retraité"
    r"^(?:aujourd['’]hui|désormais|alors|jadis|autrefois|longtemps|également|aussi|naguère|depuis peu"
    r"|now|then|once|formerly|also|today) "
)
ADDRESSED_TO = frozenset("you vous tu".split())
WE = re.compile(r"nous (?:n['’]|ne |l['’]|en |y |les? |la )?\w+ons\b", re.IGNORECASE)
OPENING = frozenset("'‘“\"«‹„")
OWN = frozenset("my our your mon ma mes notre nos ton ta tes votre vos".split())
PROVERBIAL = re.compile(r"(?:dit|dirait|croirait)-on ?[,.;!?»]")  # "La nuit porte conseil, dit-on."
ABSOLUTE = re.compile(
    r"(?:un|une|le|la|les|l'|son|sa|ses|mi-\w+|sourire|larmes|yeux|voix|regard|main|visage)\b"
)


ACTION = re.compile(  # a sentence of its own
    r"(?:(?<=[.!?…»] )|(?<!.))"
    r"(?:\((?:Il|Elle|Ils|Elles|On|He|She|They)\b[^()]{2,60}\)"
    r"|[(\[](?:Rires?|Éclats? de rire|Sourires?|(?:Long )?[Ss]ilences?|Un temps|Une pause|Pause|Soupirs?"
    r"|Applaudissements|Laughs|Laughter|Laughing|Smiles|Smiling|Sighs|Sighing|Applause|Long pause)\b"
    r"[^()\[\]]{0,40}[)\]])(?= |$)"
)


@dataclass(frozen=True, slots=True)
class Incise:
    """The narrator's words `start:end` inside a quotation, and the clause that they are built on."""

    start: int
    end: int
    clause: Clause


def find(text: str, span: Span, grammar: Grammar, tables: Tables) -> list[Incise]:
    """The incises of the span, and what somebody does while they speak, in order.

    >>> from bulletin.script.french import French
    >>> from bulletin.script.marks import find as spans
    >>> text = "« Il pleut, a dit la maire, et il fait froid »."
    >>> [text[i.start:i.end] for i in find(text, spans([text])[0][0], French(), French().tables)]
    ['a dit la maire,']
    """
    said = [] if grammar.language == "en" and span.closed else _clauses(text, span, grammar, tables)
    done = [one for one in actions(text, span) if all(one.start >= i.end or one.end <= i.start for i in said)]
    return sorted(said + done, key=lambda one: one.start)


def actions(text: str, span: Span) -> list[Incise]:
    """What somebody does while they speak: "(Elle rit.)"."""
    return [
        Incise(match.start(), match.end(), Clause(match.start(), match.end(), None, None))
        for match in ACTION.finditer(text, span.inner_start, span.inner_end)
    ]


def _clauses(text: str, span: Span, grammar: Grammar, tables: Tables) -> list[Incise]:
    """The reporting clauses. English closes the marks before the narrator's words."""
    found: list[Incise] = []
    inside = text[: span.inner_end]
    position = span.inner_start
    while match := BEGINS.search(inside, position):
        position = match.end()
        if inside[position : position + 1] in OPENING:
            continue  # words within words
        clause = grammar.clause_after(text, position, span.inner_end)
        if clause and _reports(inside, clause, tables):
            end = _end(inside, clause, grammar, tables)
            found.append(Incise(position, end, clause))
            position = end if inside[end - 1] == "," else max(end - 1, position)
    return found


def _reports(inside: str, clause: Clause, tables: Tables) -> bool:
    """Whether an inverted verb reports, rather than asks or belongs to what is said."""
    first = WORD.match(inside, clause.start)
    words = [word.group().lower() for word in WORD.finditer(inside, clause.start, clause.end)]
    if (first and first.group().lower() in OWN) or not ADDRESSED_TO.isdisjoint(words):
        return False  # "with our baskets, our cooking pots", "what else would you say?"
    if clause.pronoun is None and ", and " in inside[clause.start : clause.end]:
        return False  # "two people saw it, and the system put the phone down"
    if WE.match(inside, clause.start):
        return False  # "nous avons les acheteurs", but "nous explique le maire"
    if clause.pronoun in ("je", "nous", "i", "we") or PROVERBIAL.match(inside, clause.start):
        return False
    stop = STOPS.search(inside, clause.end)
    comma = inside.find(",", clause.end, stop.start() if stop else len(inside))
    if stop and stop.group().startswith("?") and comma < 0:
        return False
    if clause.sure:
        return True
    if clause.pronoun is None:  # an unlisted verb, as in "savoure X, 34 ans,"
        return bool(re.match(r"(?: [\w'’-]+){0,3} ?[,.;:!?…»–—]", inside[clause.end :] + "."))
    gap = WORD.findall(inside[clause.end : comma if comma >= 0 else (stop.start() if stop else len(inside))])
    return len(gap) <= 8


def _end(inside: str, clause: Clause, grammar: Grammar, tables: Tables) -> int:
    """Where the speaker takes up again."""
    sentence_end = _sentence_end(inside, clause.end)
    commas = [m.start() for m in re.finditer(r",(?=\s)", inside[:sentence_end]) if m.start() >= clause.end]
    for index, comma in enumerate(commas):
        following = commas[index + 1] if index + 1 < len(commas) else sentence_end
        chunk = inside[comma + 1 : following].strip(" .")
        if not _narrators(chunk, clause, grammar, tables, inside[clause.end : comma]):
            return comma + 1
    return sentence_end


def _sentence_end(inside: str, position: int) -> int:
    for match in STOPS.finditer(inside, position):
        if not is_abbreviation(inside, match.start()):
            return match.end()
    return len(inside)


def _narrators(chunk: str, clause: Clause, grammar: Grammar, tables: Tables, before: str) -> bool:
    """Whether what stands behind a comma of the incise, and `before` it, is still the narrator's."""
    stopped = not PLACE_BEFORE.search(before)
    first = WORD.match(chunk)
    word = first.group().lower().replace("’", "'") if first else ""
    plain = chunk.replace("’", "'")
    if AGE.match(plain) or _is_apposition(chunk, clause, grammar, tables):
        return True
    if ADDRESSED.search(before) and _names_somebody(chunk, grammar, tables):
        return True
    of_them = clause.pronoun in ("il", "elle") and re.search(rf"\b{clause.pronoun}\b", plain)
    if word in ("que", "qu'", "dont") and of_them:
        return True  # "en cherchant ses lunettes, qu'elle a sur la tête"
    if word in ("qui", "dont", "who", "whose", "lequel", "laquelle") and clause.pronoun is None:
        return True
    if word == "où" and not stopped:
        return True  # "depuis Namur, où elle est rentrée"
    if PUBLISHED.match(plain) and not grammar.is_clause(plain):
        return True
    if tables.circumstance.match(plain) and not grammar.is_clause(plain):
        return word not in tables.speaker_goes_on
    if word in tables.speaker_goes_on:
        return False
    gesture = any(match.group().lower() in tables.gestures for match in WORD.finditer(chunk))
    bare = word in tables.gestures  # "casquette vissée sur le crâne"
    return gesture and (bare or bool(ABSOLUTE.match(plain))) and not grammar.is_clause(chunk)


def _names_somebody(chunk: str, grammar: Grammar, tables: Tables) -> bool:
    noun = nouns.at(chunk, 0, tables, grammar.language)
    return noun is not None and nouns.could_be_person(noun.head, tables) and not grammar.is_clause(chunk)


def _is_apposition(chunk: str, clause: Clause, grammar: Grammar, tables: Tables) -> bool:
    """Behind a noun or a name, what says who it is: "directrice de l'école", "le maire", "Marie Dupont"."""
    if clause.pronoun is not None:
        return False
    language = "fr" if "la" in tables.determiners else "en"
    chunk = NOWADAYS.sub("", chunk)
    noun = nouns.at(chunk, 0, tables, language)
    if noun and nouns.could_be_person(noun.head, tables):
        if noun.determiner in ("le", "la", "l'", "les", "the") and grammar.is_clause(chunk):
            return False  # "prévient Ana, le producteur perd sa récolte"
        behind = chunk[noun.end :].split()
        verbs = FINITE_STARTS | tables.acting if noun.definite else FINITE_STARTS
        return not behind or behind[0].lower() not in verbs
    first = next(iter(names.find(chunk, tables, language)), None)
    if first is not None and first.start == 0 and len(first.words) > 1:
        return True
    bare = BARE_NOUN.match(chunk)
    return bool(bare and bare[1] not in tables.speaker_goes_on | NO_TITLES and not grammar.is_clause(chunk))


BARE_NOUN = re.compile(r"([a-zà-ÿ]+(?:-[a-zà-ÿ]+)*) (?:de |du |des |d['’]|chez |of |at |for )")
"""What somebody is, behind a name: "reconnaît Karim Benhaddou, associé du fonds"."""
NO_TITLES = frozenset(
    "histoire question faute manque preuve signe fin loin près beaucoup plein trop peu assez pas rien tant "
    "plus moins autant hors lors avant après face grâce envie besoin peur raison merci quitte quelque bien "
    "tout out one some many most more less part because instead plenty lots half all none kind sort think "
    "look".split()
)
FINITE_STARTS = frozenset(
    "est sont a ont était étaient va vont peut peuvent doit doivent fait font sera seront".split()
)
