"""Who says each quotation: by the clause beside it, else by the sentences around it.

The article is read once from start to end. Every narrator's sentence tells the discourse whom it mentions and
who its subject is; every quotation is attributed with what is known there, and its speaker is mentioned too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bulletin.script import nouns
from bulletin.script.discourse import PRONOUN_GENDER, Discourse, fits
from bulletin.script.grammar import Clause, Grammar
from bulletin.script.nouns import Noun
from bulletin.script.people import Person
from bulletin.script.quotation import Quotation, Sentence, sentences
from bulletin.script.roles import stems
from bulletin.script.speech_or_not import SENTENCE_END, Judged

IMPERSONAL = re.compile(  # "il faut", "il est tard", "it is"
    r"il (?:ne |n['’])?(?:l['’]en |en )?(?:faut|faudra|fallait|faudrait|fallut|s['’]agi|y a|y avait"
    r"|reste |restait|suffi|semble|pleu|neig"
    r"|vaut|est (?:\d|possible|temps|tard|vrai|clair|probable|encore|midi|minuit|désormais|difficile)"
    r"|était (?:\d|près|tard|temps))",
    re.IGNORECASE,
)
FIRST_PERSON = re.compile(r"\b(?:je |j['’]|m['’]|mon |ma |moi\b|I\b|my )", re.IGNORECASE)
AT_PLACE = re.compile(r"\s*(?:À|Au|Chez|Du côté d[eu]|Dans|Auprès de|Côté)[  ]?", re.IGNORECASE)
FROM_VIEW = re.compile(
    r"\s*(?:(?:mais|et|or|cependant|toutefois|car|but|and|yet),? )?(?:pour|for) ", re.IGNORECASE
)
WORDS_OF = re.compile(
    r"(?:les?|la|l['’]|une?)\s?(?:mots?|termes?|formule|expression|aveu|avis|propos|déclarations?)(?:\s\w+)?\s(?:de\s|d['’])"
)


class Attribution:
    """Attributes the quotations of an article in one pass."""

    def __init__(self, texts: Sequence[str], grammar: Grammar, discourse: Discourse) -> None:
        self.texts, self.grammar, self.discourse = texts, grammar, discourse
        for _, person in discourse.people.mentions_in_title:
            if person.kind == "person":
                discourse.note(person, 0.3)
        self.topic = stems(discourse.people.whole.split("\n")[0])  # the title's words, for whom it is about
        self.last_subject: Person | None = None  # of the narrator's last sentence
        self.described: list[Noun] = []  # people in the first paragraph, not yet named
        self.subjects: list[tuple[int, Person]] = []  # who has been a subject, with the paragraph
        self.last_source: Person | None = None  # whom it names as its source
        self.last_people: list[Person] = []  # in that sentence, in order
        self.last_quotation: Quotation | None = None
        self.sentences_since = 0

    def sentences(self, quotations: Sequence[Sequence[Quotation]]) -> list[str]:
        """The narrator's sentences in all paragraphs."""
        found = []
        for number, (text, spoken) in enumerate(zip(self.texts, quotations, strict=True)):
            edges = [
                0,
                *(edge for quotation in spoken for edge in (quotation.start, quotation.end)),
                len(text),
            ]
            for start, end in zip(edges[::2], edges[1::2], strict=True):
                found += [text[s.start : s.end] for s in sentences(text, number, start, end)]
        return found

    def paragraph(self, number: int, quotations: Sequence[Quotation], narrated: bool = True) -> None:
        """Reads a paragraph and attributes its quotations."""
        self.discourse.paragraph = number
        position = 0
        for index, quotation in enumerate(quotations):
            self._narration(number, position, quotation.start)
            following = (
                quotations[index + 1].start if index + 1 < len(quotations) else len(self.texts[number])
            )
            self._attribute(quotation, following)
            position = quotation.end
        if narrated:
            self._narration(number, position, len(self.texts[number]))

    def _narration(self, number: int, start: int, end: int) -> None:
        for sentence in sentences(self.texts[number], number, start, end):
            self._read(sentence)

    def _read(self, sentence: Sentence) -> None:
        """Notes who is in a narrator's sentence."""
        self.discourse.sentence += 1
        self.sentences_since += 1
        clause = self._subject_clause(sentence)
        people = [
            person
            for name, person in self.discourse.people.mentions[sentence.paragraph]
            if sentence.start <= name.start < sentence.end and person.kind == "person"
        ]
        for person in people:
            self.discourse.note(person, 0.3)
        beside = self.last_quotation.judged if self.last_quotation and self.sentences_since == 1 else None
        if clause is not None and beside and clause is beside.after:
            self._note_roles(sentence)
        if sentence.paragraph == 0:
            self._meet_lead(sentence)
        for person in people:
            self._recognise(person)
        subject = self._subject_person(sentence.paragraph, clause) if clause else None
        if subject is None or not subject.named:
            subject = self._who_says(sentence) or subject
        if clause is not None and clause.pronoun == "on":
            subject = self._those_there(sentence) or subject
        if subject is not None:
            relative = (
                not subject.named
                and subject.words[:1]
                and subject.words[0].lower() in self.discourse.tables.possessive
            )
            faint = relative or (sentence.paragraph == 0 and not subject.named)
            self.discourse.note(subject, 0.5 if faint else 1.0)
        self._tell(sentence, people, subject)
        if len(people) == 1 and self.grammar.language == "en":
            _learn_gender(people[0], self.texts[sentence.paragraph][sentence.start : sentence.end])
        source = self._source_inside(sentence)
        if source is not None and self.discourse.is_document(source):
            source = None
        if source is not None:
            self.discourse.note(source, 1.1)
        self.last_subject, self.last_people = source or subject, people
        self.last_source = source
        if self.last_subject is not None and self._may_speak(self.last_subject):
            self.subjects.append((sentence.paragraph, self.last_subject))

    def _tell(self, sentence: Sentence, people: Sequence[Person], subject: Person | None) -> None:
        """Whomever a sentence is about, it tells something of: its only person, else its subject."""
        about = people[0] if len(people) == 1 else subject
        if about is not None:
            if about.named:
                about.told |= self.topic
                self.topic = set()
            about.told |= stems(self.texts[sentence.paragraph][sentence.start : sentence.end])

    def _those_there(self, sentence: Sentence) -> Person | None:
        """The "on" behind a place: "Dans l'entourage du ministre, on minimise"."""
        place = AT_PLACE.match(self.texts[sentence.paragraph], sentence.start)
        return self.discourse.at(sentence.paragraph, place.end()) if place else None

    def _who_says(self, sentence: Sentence) -> Person | None:
        """Whoever says something in a subordinate clause: "…, quand il dénonce l'aveu"."""
        text = self.texts[sentence.paragraph]
        clause = self.grammar.clause_before(text, sentence.start, sentence.end)
        if clause is None or not clause.sure or clause.pronoun is None:
            return None
        return self._subject_person(sentence.paragraph, clause)

    def _meet_lead(self, sentence: Sentence) -> None:
        """People whom the first paragraph describes: "une apprentie de 19 ans"; their names may follow."""
        text, tables = self.texts[sentence.paragraph], self.discourse.tables
        for noun in nouns.find(text[: sentence.end], tables, self.grammar.language, sentence.start):
            if not (noun.organisation or noun.plural or noun.definite) and noun.gender != "unknown":
                self.described.append(noun)

    def _recognise(self, person: Person) -> None:
        """A given name alone, or a name of the title, is the one of that gender whom the lead described."""
        titled = any(person is other for _, other in self.discourse.people.mentions_in_title)
        if len(person.words) > 1 and not titled:
            return
        fitting = [noun for noun in self.described if noun.gender == person.gender]
        if len(fitting) == 1 and not (person.roles or person.kin) and person.named:
            self.described.remove(fitting[0])
            self.discourse.people.learn_role(person, fitting[0])
            self.discourse.rename(fitting[0], person)

    def _note_roles(self, sentence: Sentence) -> None:
        """People without a name who are spoken of in passing."""
        text, tables = self.texts[sentence.paragraph], self.discourse.tables
        for noun in nouns.find(text[: sentence.end], tables, self.grammar.language, sentence.start):
            if (
                not noun.organisation
                and not noun.plural
                and self.discourse.named_in(sentence.paragraph, noun) is None
            ):
                self.discourse.note(self.discourse.by_noun(noun, learn=False), 0.1)

    def _source_inside(self, sentence: Sentence) -> Person | None:
        """Whom the sentence names as the source of what it tells: "…, selon X", "…, a annoncé X"."""
        text, number = self.texts[sentence.paragraph], sentence.paragraph
        for match in re.finditer(r",\s", text[: sentence.end]):
            if match.start() < sentence.start:
                continue
            clause = self.grammar.clause_after(text, match.end(), sentence.end)
            if clause and clause.sure and self._is_last(text, clause, sentence):
                person = self._subject_person(number, clause)
                if person is not None:
                    return person
        for source in self.discourse.tables.sources:
            found = re.search(
                rf"\b{re.escape(source)}\s",
                text[sentence.start : sentence.end].replace("’", "'"),
                re.IGNORECASE,
            )
            if found and source not in ("pour", "for"):
                return self._source(number, sentence.start + found.end())
        view = FROM_VIEW.match(text, sentence.start)
        noun = nouns.at(text, view.end(), self.discourse.tables, self.grammar.language) if view else None
        if (
            noun
            and view
            and nouns.is_person(noun.head, self.discourse.tables)
            and text[noun.end : noun.end + 1] == ","
        ):
            return self.discourse.by_noun(noun)
        return None

    def _is_last(self, text: str, clause: Clause, sentence: Sentence) -> bool:
        return len(text[clause.end : sentence.end].split()) < 12

    def _subject_clause(self, sentence: Sentence) -> Clause | None:
        text = self.texts[sentence.paragraph]
        beside = self.last_quotation
        if (
            beside
            and beside.paragraph == sentence.paragraph
            and beside.judged
            and beside.judged.after
            and sentence.start <= beside.judged.after.start < sentence.end
        ):
            return beside.judged.after
        clause = self.grammar.subject(text, sentence.start, sentence.end)
        return None if clause and IMPERSONAL.match(text, clause.start) else clause

    def _subject_person(self, paragraph: int, clause: Clause) -> Person | None:
        """The subject, where it is somebody: things are nobody."""
        if clause.subject is None or clause.pronoun in ("on", "it"):
            return None
        text, tables = self.texts[paragraph], self.discourse.tables
        if clause.pronoun is None:
            noun = nouns.at(text, clause.subject, tables, self.grammar.language)
            person = noun is not None and (noun.organisation or nouns.is_person(noun.head, tables))
            named = any(
                clause.subject <= name.start <= clause.end + 2
                for name, _ in self.discourse.people.mentions[paragraph]
            )
            if not person and not named:
                return None
        return self.discourse.at(paragraph, clause.subject, clause.pronoun)

    def _attribute(self, quotation: Quotation, following: int) -> None:
        person = quotation.given or self._by_clause(quotation)
        quotation.clause = person is not None
        if person is None:
            person = self._by_context(quotation, following)
        quotation.person = person
        if person is not None:
            if person.kind == "unknown" and person.named and FIRST_PERSON.search(self._said(quotation)):
                person.kind = "person"
            self.discourse.note(person, 1.3)
            self.subjects.append((quotation.paragraph, person))
        self.last_quotation = quotation
        self.sentences_since = 0

    def _said(self, quotation: Quotation) -> str:
        return self.texts[quotation.paragraph][quotation.start : quotation.end]

    def _by_clause(self, quotation: Quotation) -> Person | None:
        judged, number = quotation.judged, quotation.paragraph
        for incise in quotation.incises:
            if incise.clause.subject is not None:
                return self._someone_at(number, incise.clause) or self.discourse.at(
                    number, incise.clause.subject, incise.clause.pronoun
                )
        if judged is None:
            return None
        own = self._by_words_around(judged, number)
        if own is None and judged.after and judged.after.pronoun:
            own = self._named_next(judged, number)
        return own if own or not quotation.continued else self._by_clause(quotation.continued)

    def _named_next(self, judged: Judged, number: int) -> Person | None:
        """A pronoun before anybody was named: whoever the next sentence names first."""
        text = self.texts[number]
        for name, person in self.discourse.people.mentions[number]:
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
            return self._someone_at(number, judged.after) or self.discourse.at(
                number, judged.after.subject, judged.after.pronoun, self._who_asked(number, judged.after)
            )
        if judged.source is not None:
            return self._source(number, judged.source)
        if judged.before and judged.before.subject is not None:
            return self._subject_person(number, judged.before) or self._anyone(number, judged)
        return None

    def _anyone(self, number: int, judged: Judged) -> Person | None:
        """Somebody whom the words before the colon name though not as their subject."""
        text, start, end = self.texts[number], judged.lead_start, judged.span.start
        people = [
            (name.start, person)
            for name, person in self.discourse.people.mentions[number]
            if start <= name.start < end and person.kind == "person"
        ]
        if people:
            return people[-1][1]
        for noun in nouns.find(text[:end], self.discourse.tables, self.grammar.language):
            if noun.start >= start and not noun.organisation and noun.determiner in ("un", "une", "a", "an"):
                return self.discourse.by_noun(noun)
        return None

    def _who_asked(self, number: int, clause: Clause) -> Person | None:
        """Who put the question that is answered here, and so doesn't answer it."""
        last = self.last_quotation
        text = self.texts[number]
        words = {
            match.group().split("-")[0].lower()
            for match in nouns.WORD.finditer(text, clause.start, clause.end)
        }
        if last is None or self.sentences_since > 1 or not words & self.discourse.tables.answering:
            return None
        asked = self.texts[last.paragraph][: last.end].rstrip(' »”"’').endswith("?")
        return last.person if asked else None

    def _someone_at(self, number: int, clause: Clause) -> Person | None:
        """Those at a place who are only called "on": "fait-on valoir à Bercy"."""
        if clause.pronoun != "on":
            return None
        text = self.texts[number]
        place = re.compile(
            r"[\s\w]{0,14}?\b(?:à|au|chez|du côté de|auprès de|dans)[  ](l'entourage )?"
        ).match(text, clause.end)
        if place is None:
            return None
        start = place.end() - (2 if text[: place.end()].endswith("au ") else 0)
        return self.discourse.at(number, start)

    def _source(self, number: int, start: int) -> Person | None:
        word = self.texts[number][start:].split()[0].strip(" ,.").lower()
        pronouns = {"lui": "il", "elle": "elle", "eux": "ils", "him": "he", "her": "she", "them": "they"}
        text = self.texts[number]
        said = WORDS_OF.match(text, start)
        if said:
            start = said.end()
        return self.discourse.at(number, start, pronouns.get(word))

    def _by_context(self, quotation: Quotation, following: int) -> Person | None:
        """Where no clause names the speaker: the last one goes on, else whom the last sentence is about."""
        last = self.last_quotation
        if quotation.line and last and last.line and self.sentences_since == 0:
            return self._other(last.person)
        near = last is not None and last.paragraph == quotation.paragraph and self.sentences_since <= 1
        others = [person for person in self.last_people if last and person is not last.person]
        silent = self.last_subject is None and not others
        if last and near and (silent or self.last_subject is last.person or self.sentences_since == 0):
            return last.person
        if quotation.judged and quotation.judged.span.continues and last:
            return last.person
        next_one = self._next_subject(quotation, following)
        opens = quotation.start < 3
        if next_one is not None and opens and self._is_new(next_one):
            return next_one
        subject = self.last_subject
        if subject is not None and self._is_spoken_of(subject, quotation):
            subject = self.discourse.most_salient(subject)
        if subject is not None and (self._may_speak(subject) or subject is self.last_source):
            return subject
        if self.last_people:
            return self.last_people[-1]
        here = next(
            (person for number, person in reversed(self.subjects) if number == quotation.paragraph), None
        )
        if here is not None or (next_one is not None and not opens):
            return here or next_one
        return self.discourse.most_salient() or next_one or (last.person if last else None)

    def _is_spoken_of(self, subject: Person, quotation: Quotation) -> bool:
        """ "Sa mère faisait des ménages. « Elle partait à l'aube. »": the words are about the subject."""
        first = nouns.WORD.search(self.texts[quotation.paragraph], quotation.start)
        possessive = subject.words[:1] and subject.words[0].lower() in self.discourse.tables.possessive
        pronoun = first.group().lower() if first else ""
        wanted = PRONOUN_GENDER.get(pronoun)
        return bool(possessive) and not subject.named and wanted is not None and wanted == subject.gender

    def _may_speak(self, subject: Person) -> bool:
        """Documents and groups in passing don't speak of themselves."""
        in_passing = subject.plural and subject.name.startswith(("les ", "the "))
        known = subject.kind != "unknown" or (subject.named and len(subject.words) > 1)
        return known and not in_passing and not self.discourse.is_document(subject)

    def _is_new(self, person: Person) -> bool:
        """Whether somebody is first named after the quotation."""
        return person.named and all(mention.person is not person for mention in self.discourse.mentions)

    def _other(self, speaker: Person | None) -> Person | None:
        """The other one of a dialogue: who spoke or was spoken of last and isn't the speaker."""
        for mention in reversed(self.discourse.mentions):
            if (
                mention.person is not speaker
                and mention.person.kind == "person"
                and not mention.person.plural
            ):
                return mention.person
        return None

    def _next_subject(self, quotation: Quotation, following: int) -> Person | None:
        number = quotation.paragraph
        for sentence in sentences(self.texts[number], number, quotation.end, following)[:2]:
            for name, person in self.discourse.people.mentions[number]:
                if (
                    sentence.start <= name.start < sentence.end
                    and person.kind == "person"
                    and self._is_new(person)
                ):
                    return person
            clause = self.grammar.subject(self.texts[number], sentence.start, sentence.end)
            subject = self._subject_person(number, clause) if clause else None
            if subject is not None:
                return subject
        return None


def _learn_gender(person: Person, sentence: str) -> None:
    """A sentence about one person says "he", "his" or "she", "her"."""
    masculine = re.search(r"\b(?:he|his|him|himself)\b", sentence, re.IGNORECASE)
    feminine = re.search(r"\b(?:she|her|hers|herself)\b", sentence, re.IGNORECASE)
    if bool(masculine) != bool(feminine):
        person.evidence["m" if masculine else "f"] += 1
