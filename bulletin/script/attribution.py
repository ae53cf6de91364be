"""Who says each quotation: by the clause beside it, else by the sentences around it.

The article is read once from start to end. Every narrator's sentence tells the discourse whom it mentions and
who its subject is; every quotation is attributed with what is known there, and its speaker is mentioned too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bulletin.model import Gender
from bulletin.script import agreement, nouns
from bulletin.script.context import ASKS, Context
from bulletin.script.discourse import Discourse
from bulletin.script.grammar import Clause, Grammar
from bulletin.script.mentions import fits
from bulletin.script.narration import Narration
from bulletin.script.people import Person
from bulletin.script.quotation import Quotation, Sentence, sentences
from bulletin.script.speech_or_not import SENTENCE_END, Judged
from bulletin.script.turns import State
from bulletin.script.words import WORD

AGREEMENT: dict[Gender, int] = {"f": 3, "m": 2, "unknown": 0}  # what it says of whoever says "I am"
FIRST_PERSON = re.compile(r"\b(?:je |j['’]|m['’]|mon |ma |moi\b|I\b|my )", re.IGNORECASE)
LISTENERS = (
    (re.compile(r"lui [a-zà-ÿ]+"), "lui"),
    (re.compile(r"[^,.;]{0,60}\b(?:told|asked|answered|said to) him\b"), "he"),
    (re.compile(r"[^,.;]{0,60}\b(?:told|asked|answered|said to) her\b"), "she"),
)
LISTENER_AT = re.compile(  # "demande-t-il à la préposée"
    r"[^,.;:]{0,40}?\b(?:demand|répond|lan|dit|souffl|gliss|rétorqu|répliqu|repren)[a-zé]*"
    r"(?:-t)?-(?:il|elle) "
    r"(?:alors |aussitôt |ensuite )?(?:à (?=\S)|(?=au ))"
)
DONE_BY = re.compile(  # "Une accusation rejetée par la maire :"
    r"\b(?:reje|démen|contes|balay|confirm|partag|réfut|repri|récus|nuanc|résum|formul|exprim|écart|défend|minimis)"
    r"(?:t?ée?s?|ti?e?s?|ise?s?|ue?s?) par (?=\S)"
    r"|\b(?:rejected|denied|dismissed|disputed|echoed|shared|confirmed|voiced|rebuffed) by (?=\S)"
)
OF_THEM = re.compile(  # "De lui, elle garde une phrase :"
    r"\W*(?:de |d['’])(lui|elle)\b(?=.*\b(?:phrase|mots?|conseil|formule|devise|maxime|leçon)\b)",
    re.IGNORECASE,
)
ANSWER_OF = re.compile(  # "Réponse d'un des douze :"
    r"\W*(?:réponse|réplique|riposte|réaction|commentaire|verdict|constat|explication|conclusion|aveu|résumé)"
    r"(?: [a-zé]+)? (?:de |d['’]|(?=du ))",
    re.IGNORECASE,
)
ANSWERED = re.compile(  # "La réponse de sa supérieure tient en une phrase :"
    r"\W*(?:la|cette|sa) (?:réponse|réplique|riposte|réaction|consigne|explication|conclusion|devise)"
    r"(?: [a-zé]+)? (?:de |d['’]|(?=du ))"
    r"(?=.{3,60}?\b(?:tient|tombe|fuse|claque|est|était|fut|a été|ne tarde|ne se)\b)",
    re.IGNORECASE,
)
MESSAGE_OF = re.compile(  # "On the door is a note from her late husband:"
    r"\b(?:mots?|phrase|paroles|citation|message|sms|texto|courriel|courrier|mail|lettre|tweet|télégramme"
    r"|carte postale|billet|consigne|réponse|vers|devise|réaction|réplique|remarque|conseil|avertissement"
    r"|boutade|reproche|cri|verdict|promesse)(?: \w+)? (?:de |d['’]|(?=du ))"
    r"|\b(?:note|message|text|letter|email|reply|instruction|warning|postcard|telegram|tweet|word|line)s? "
    r"(?:from|of) (?=\S)",
    re.IGNORECASE,
)
REPLY = re.compile(  # and nothing else before the colon
    r"\W*(?:la |sa |his |her |the )?(?:réponse|réplique|riposte|answer|reply|response)"
    r"(?: [\w’'-]+){0,3} ?:\s*",
    re.IGNORECASE,
)
WHO_ANSWERS = re.compile(r", (?:qui|who) ([^,:;]+?)[\s:,]*$")  # "à la foule, qui a répondu :"
STATEMENT = re.compile(r"\b(?:communiqué|déclaration|statement|press release)\b", re.IGNORECASE)
AT_PLACE = re.compile(r"[\s\w]{0,14}?\b(?:à|au|chez|du côté de|auprès de|dans) (l'entourage )?")


class Attribution:
    """Attributes the quotations of an article, given by paragraph, in one pass."""

    def __init__(
        self,
        texts: Sequence[str],
        quotations: Sequence[Sequence[Quotation]],
        grammar: Grammar,
        discourse: Discourse,
    ) -> None:
        self.texts, self.quotations, self.grammar, self.discourse = texts, quotations, grammar, discourse
        self.mentions = discourse.mentions
        self.narration = Narration(texts, grammar, discourse)
        self.context = Context(texts, self.narration, discourse)
        self.state = State()

    def sentences(self) -> list[str]:
        """The narrator's sentences in all paragraphs."""
        found = []
        for number, text in enumerate(self.texts):
            for start, end in self._between(number):
                found += [text[s.start : s.end] for s in sentences(text, number, start, end)]
        return found

    def _between(self, number: int) -> Iterator[tuple[int, int]]:
        """The stretches of a paragraph before, between and behind its quotations."""
        start = 0
        for quotation in self.quotations[number]:
            yield start, quotation.start
            start = quotation.end
        yield start, len(self.texts[number])

    def paragraph(self, number: int) -> None:
        """Reads a paragraph and attributes its quotations."""
        self.mentions.paragraph = number
        stretches = list(self._between(number))
        for (start, end), quotation, (_, following) in zip(
            stretches, self.quotations[number], stretches[1:], strict=False
        ):
            self._read(number, start, end)
            self._attribute(quotation, following)
        self._read(number, *stretches[-1])

    def _read(self, number: int, start: int, end: int) -> None:
        for sentence in sentences(self.texts[number], number, start, end):
            last = self.state.last
            self.state.since += 1
            told = self.narration.read(sentence, last.judged if last and self.state.since == 1 else None)
            self.state.told.append(told)
            subject = told.source or told.subject
            if subject is not None and self.context.may_speak(subject):
                self.state.subjects.append((number, subject))

    def _attribute(self, quotation: Quotation, following: int) -> None:
        self.mentions.spoken_of = self._spoken_of(quotation)
        person = quotation.given or self._by_clause(quotation)
        self.mentions.spoken_of = frozenset()
        quotation.clause = person is not None
        if person is not None:
            self._name_described(quotation, person)
            self.state.spoken.append(person)
        if person is None:
            next_one = quotation.paragraph + 1
            next_end = next(self._between(next_one))[1] if next_one < len(self.texts) else 0
            person = self.context.speaker(quotation, self.state, following, next_end)
        quotation.person = person
        if person is not None:
            said = self.context.turns.said(quotation)
            if person.kind == "unknown" and person.named and FIRST_PERSON.search(said):
                person.kind = "person"
            if self.grammar.language == "fr" and person.kind == "person" and not person.plural:
                told = agreement.of_speaker(said)
                person.evidence[told] += AGREEMENT[told]
            quotation.listener = self._listener(quotation, person)
            self.mentions.note(person, 1.3)
            self.state.subjects.append((quotation.paragraph, person))
        self.state.before_last, self.state.last = self.state.last, quotation
        self.state.since = 0

    def _name_described(self, quotation: Quotation, person: Person) -> None:
        """ "Son capitaine n'est pas de cet avis. « … », a rectifié Kévin Diarra": it was he."""
        told = self.state.sentence
        described = told.subject if told else None
        if told is None or described is None or told.sentence.paragraph != quotation.paragraph:
            return
        new = person.named and self.mentions.is_new(person)
        if new and self.state.since and self.narration.may_name(described, person):
            self.mentions.unite(described, person)

    def _spoken_of(self, quotation: Quotation) -> frozenset[int]:
        """Whom the words name: it is somebody else who says them."""
        return frozenset(
            id(person)
            for name, person in self.discourse.people.names[quotation.paragraph]
            if quotation.start <= name.start < quotation.end
            and not any(incise.start <= name.start < incise.end for incise in quotation.incises)
        )

    def _listener(self, quotation: Quotation, speaker: Person) -> Person | None:
        """Whom a clause behind the words says they are for: "a soldier told him", "lui lance la maire"."""
        after = quotation.judged.after if quotation.judged else None
        if after is None:
            return None
        text = self.texts[quotation.paragraph][after.start :]
        for pattern, pronoun in LISTENERS:
            if pattern.match(text):
                return self.mentions.by_pronoun(pronoun, but=speaker)
        to = LISTENER_AT.match(text)
        return self._somebody_at(quotation.paragraph, after.start + to.end()) if to else None

    def _somebody_at(self, number: int, start: int) -> Person | None:
        """Whom a name or a description of one person that begins there means."""
        noun = nouns.at(self.texts[number], start, self.discourse.tables, self.grammar.language)
        named = any(name.start == start for name, _ in self.discourse.people.names[number])
        somebody = noun is not None and not noun.plural and nouns.is_person(noun.head, self.discourse.tables)
        return self.discourse.at(number, start) if named or somebody else None

    def _by_clause(self, quotation: Quotation) -> Person | None:
        judged, number = quotation.judged, quotation.paragraph
        for incise in quotation.incises:
            if incise.clause.subject is not None:
                return self._by_subject(number, incise.clause)
        if judged is None:
            return None
        own = self._by_words_around(judged, number)
        unknown = own is None and judged.after is not None and judged.after.pronoun is not None
        if unknown or (own is not None and judged.after and own.thing and own.name.endswith("voix")):
            own = self._named_next(judged, number) or own
        return own if own or not quotation.continued else self._by_clause(quotation.continued)

    def _by_subject(self, number: int, clause: Clause, but: Person | None = None) -> Person | None:
        assert clause.subject is not None
        someone = self._someone_at(number, clause)
        someone = someone or (self._document(number) if clause.pronoun == "it" else None)
        return someone or self.discourse.by_clause(number, clause, but)

    def _document(self, number: int) -> Person | None:
        """What the last sentence is about, where that is something to read: "That study … It reads:"."""
        told, tables = self.state.sentence, self.discourse.tables
        if told is None or told.sentence.paragraph != number:
            return None
        start = WORD.search(self.texts[number], told.sentence.start)
        noun = nouns.at(self.texts[number], start.start(), tables, self.grammar.language) if start else None
        return self.discourse.by_noun(noun) if noun and noun.head.lower() in tables.documents else None

    def _named_next(self, judged: Judged, number: int) -> Person | None:
        """A pronoun before anybody was named: whoever the next sentence names first."""
        text = self.texts[number]
        for name, person in self.discourse.people.names[number]:
            between = text[judged.span.end : name.start]
            if (
                name.start > judged.span.end
                and person.kind == "person"
                and fits(judged.after.pronoun if judged.after else None, person)
                and len(SENTENCE_END.findall(between)) == 1
            ):
                return person
        return None

    def _by_words_around(self, judged: Judged, number: int) -> Person | None:
        if judged.after and judged.after.subject is not None:
            asker = self._who_asked(number, judged.after)
            if asker is not None:
                self.mentions.spoken_of |= {id(asker)}
            return self._answerer(number, judged.after, asker) or self._by_subject(
                number, judged.after, asker
            )
        if judged.source is not None:
            return self.narration.sources.at(number, judged.source)
        agent = self._agent(number, judged)
        if agent is not None:
            return agent
        if judged.before and judged.before.subject is not None:
            told = self.state.sentence
            leads = told is not None and told.sentence.paragraph == number
            if told and leads and told.source and told.sentence.end >= judged.span.start - 1:
                return told.source  # "Et les clients suivent, constate Laurent Estève :"
            subject = (
                self.narration.subject(number, judged.before)
                or self._read_out(number, judged.before)
                or self._anyone(number, judged)
            )
            return self._issuer(subject) or subject
        return None

    def _read_out(self, number: int, clause: Clause) -> Person | None:
        """A document that says something: "The Conservatives' letter said:"."""
        if clause.subject is None:
            return None
        noun = nouns.at(self.texts[number], clause.subject, self.discourse.tables, self.grammar.language)
        written = noun is not None and noun.head.lower() in self.discourse.tables.documents
        return self.discourse.by_noun(noun) if noun and written else None

    def _issuer(self, document: Person | None) -> Person | None:
        """Who issued a statement, by the sentence before: "In a statement, the union threatened"."""
        if document is None or len(self.state.told) < 2 or not STATEMENT.search(document.name):
            return None
        before = self.state.told[-2]
        text = self.texts[before.sentence.paragraph]
        issued = STATEMENT.search(text, before.sentence.start, before.sentence.end)
        return before.subject or before.source if issued else None

    def _agent(self, number: int, judged: Judged) -> Person | None:
        """Whom a lead without a subject gives the words to: "Réponse du maire :", "Denied by the mayor:"."""
        text, end = self.texts[number], judged.span.start
        if not text[:end].rstrip().endswith(":"):
            return None
        ends = [match.end() for match in re.finditer(r"[.!?…»”] ", text[:end])]
        start = ends[-1] if ends else 0
        of_them = OF_THEM.match(text, start, end)
        if of_them:
            return self.mentions.by_pronoun("il" if of_them[1].lower() == "lui" else "elle")
        found = (
            ANSWER_OF.match(text, start, end)
            or ANSWERED.match(text, start, end)
            or DONE_BY.search(text, start, end)
        )
        if found:
            return self.discourse.at(number, found.end())
        if REPLY.fullmatch(text, start, end):
            return self._asked(number)
        return self._who_answers(number, start, end) or self._writer(number, start, end)

    def _asked(self, number: int) -> Person | None:
        """Who was put the question that the last sentence tells: "Une élève lui a demandé pourquoi."."""
        told = self.state.sentence if self.state.since else None
        before = self.state.told[-2] if len(self.state.told) > 1 and told else None
        for sentence in (told, before):
            if sentence is None or sentence.sentence.paragraph != number:
                continue
            span = sentence.sentence
            if ASKS.search(self.texts[number], span.start, span.end):
                return self.mentions.latest_but(sentence.subject)
        return None

    def _who_answers(self, number: int, start: int, end: int) -> Person | None:
        """Those behind whom a relative clause says that they speak: "à la foule, qui a répondu :"."""
        text, tables = self.texts[number], self.discourse.tables
        relative = WHO_ANSWERS.search(text[:end], start)
        words = {match.group().lower() for match in WORD.finditer(relative[1])} if relative else set()
        if relative is None or not words & (tables.saying | tables.said):
            return None
        return self.discourse.ending_at(number, start, relative.start())

    def _writer(self, number: int, start: int, end: int) -> Person | None:
        """Whose message is read: "On the door is a note from her late husband:"."""
        text, tables = self.texts[number], self.discourse.tables
        found = MESSAGE_OF.search(text, start, end)
        if found is None:
            return None
        behind = {match.group().lower() for match in WORD.finditer(text, found.end(), end)}
        if behind & (tables.saying | tables.said):
            return None  # "« le tweet du ministre », détaille-t-elle :"
        noun = nouns.at(text, found.end(), tables, self.grammar.language)
        named = any(name.start == found.end() for name, _ in self.discourse.people.names[number])
        somebody = noun is not None and (noun.organisation or nouns.is_person(noun.head, tables))
        return self.discourse.at(number, found.end()) if named or somebody else None

    def _anyone(self, number: int, judged: Judged) -> Person | None:
        """Somebody whom the words before the colon name though not as their subject."""
        text, start, end = self.texts[number], judged.lead_start, judged.span.start
        people = self.narration.named(Sentence(number, start, end))
        if people:
            return people[-1]
        for noun in nouns.find(text[:end], self.discourse.tables, self.grammar.language):
            if noun.start >= start and not noun.organisation and noun.determiner in ("un", "une", "a", "an"):
                return self.discourse.by_noun(noun)
        return None

    def _who_asked(self, number: int, clause: Clause) -> Person | None:
        """Who put the question that is answered here, and so doesn't answer it."""
        last, text = self.state.last, self.texts[number]
        words = {
            match.group().split("-")[0].lower() for match in WORD.finditer(text, clause.start, clause.end)
        }
        if last is None or self.state.since > 1 or not words & self.discourse.tables.answering:
            return None
        return last.person if self.context.turns.asks(last) else None

    def _answerer(self, number: int, clause: Clause, asker: Person | None) -> Person | None:
        """The partner of whoever asked, where a word for anybody answers: "a répondu le prévenu"."""
        last, discourse = self.state.last, self.discourse
        if (
            asker is None
            or last is None
            or last.paragraph != number
            or clause.subject is None
            or clause.pronoun
        ):
            return None
        noun = nouns.at(self.texts[number], clause.subject, discourse.tables, self.grammar.language)
        if noun is None or not (noun.definite and discourse.roles.is_generic(noun)):
            return None
        other = self.context.turns.partner(last, self.state.before_last, self.state)
        fitting = other is not None and ({other.gender, noun.gender} - {"unknown"} != {"m", "f"})
        return other if fitting else None

    def _someone_at(self, number: int, clause: Clause) -> Person | None:
        """Those at a place who are only called "on": "fait-on valoir à Bercy"."""
        if clause.pronoun != "on":
            return None
        text = self.texts[number]
        place = AT_PLACE.match(text, clause.end)
        if place is None:
            return None
        if place[1]:
            return self.discourse.at(number, place.start(1))
        start = place.end() - (3 if text[: place.end()].endswith("au ") else 0)
        return self.discourse.at(number, start)
