"""Who says words that no clause gives to anybody: everybody near is weighed by what speaks for them.

The names of the evidence stand with their weights in one table. The candidate with the greatest sum speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bulletin.script import agreement
from bulletin.script.discourse import GOVERNED, Discourse
from bulletin.script.mentions import PRONOUN_GENDER, dominant, fits, main_person
from bulletin.script.narration import ASKED, Narration, Told
from bulletin.script.nouns import role_key
from bulletin.script.people import Person, is_document, is_owned
from bulletin.script.quotation import Quotation, Sentence, sentences
from bulletin.script.turns import State, Turns
from bulletin.script.words import WORD

WEIGHTS = {
    "takes their turn": 20.0,  # in a dialogue
    "the quotation goes on": 9.0,  # from the paragraph before
    "spoke last and goes on": 8.0,  # nobody else has come between
    "was spoken to": 11.0,  # by whom the clause before gives words to: "told him"
    "was asked": 8.0,  # "Un gendarme lui a demandé s'il avait peur. « … »"
    "opens the dialogue": 1.5,  # whom the paragraph before a dialogue is about
    "source of the last sentence": 6.0,
    "first named behind it": 14.0,  # a quotation that opens its paragraph
    "subject of the last sentence": 5.0,
    "spoke last, nothing between": 5.0,  # from one paragraph to the next
    "source in the paragraph before": 4.7,
    "first named in the next paragraph": 4.5,
    "named last in the last sentence": 4.0,
    "meant in the last sentence": 3.0,  # by what they are: "Le téléphone de la présidente sonne."
    "subject earlier in the paragraph": 1.6,
    "subject behind it": 2.0,
    "told of behind it": 7.0,  # where the quotation opens its paragraph
    "reacts behind it": 6.0,  # "« … » L'octogénaire en rit encore."
    "first named behind it, in passing": 1.0,
    "subject of the next paragraph": 1.5,
    "answers or asks in turn": 13.0,  # "vous" to whoever spoke before
    "most present": 0.6,
    "whom the article is about": 0.6,
    "whom the portrait is of": 1.2,
    "could answer": 1.0,
    "spoke last": 0.3,
    "presence": 0.3,  # times what is left of it
    "another side comes on": -4.0,  # "En face,", "Others"
    "has just given the word": -6.0,  # where somebody else answers or asks in turn
    "is spoken of in it": -5.5,
    "is named in it": -6.0,
    "agrees with another gender": -5.0,  # "Je me suis endormie"
    "is called by name later": 6.0,  # in a dialogue
    "puts a question": 8.0,  # by what the last sentence says: "La présidente l'interroge."
    "is spoken to": -20.0,  # "Oui, monsieur le président."
    "does not fit the pronoun": -8.0,  # of its clause, which found nobody
    "keeps silent": -8.0,  # "Le tribunal se tait."
    "cannot say this": -5.0,  # "I" of a body, or of several
    "is a relative of whoever speaks": -2.0,
    "is somebody's child": -5.0,
    "cannot speak": -6.0,  # a document, people in passing, a thing
}
NEAR_BY = 8  # mentions
SUBJECT = 1.0  # the weight of whom a sentence is about
NEAR_VERB = 25  # letters behind a subject in which its verb is looked for
FIRST_PERSON = re.compile(r"\b(?:je |j['’]|m['’]|moi\b|I\b)", re.IGNORECASE)
SOME = re.compile(r"(?:une?|an?|son|sa|leur|his|her|its|their) ", re.IGNORECASE)
REACTS = re.compile(  # what somebody does who has just spoken
    r"\b(?:rit|rient|sourit|soupire|souffle|hausse|hoche|hésite|s['’](?:arrête|interrompt|excuse|esclaffe)"
    r"|se tait|se reprend|marque une pause|éclate de rire|en rigole|laughs?|laughed|smiles?|smiled|shrugs?"
    r"|shrugged|sighs?|sighed|pauses?|paused|nods?|nodded|grins?|grinned)\b"
)
OTHER_SIDE = re.compile(
    r"\W*(?:en face|à l['’]inverse|à l['’]opposé|au contraire|de l['’]autre côté|dans l['’]autre camp"
    r"|ailleurs|d['’]autres|certains|not everyone|others|on the other side|by contrast|elsewhere)\b",
    re.IGNORECASE,
)
SILENT = re.compile(  # what somebody does while another speaks
    r"\b(?:se (?:taisent|tait|turent|tut|taisait)|s['’]est tue?|écoutent?|écoutait"
    r"|restent? (?:muette?|silencieuse|silencieux"
    r"|sans voix)|gardent? le silence"
    r"|ne (?:dit|disent|répond|répondent) (?:rien|pas(?! (?:autre|le contraire|non|mieux)))"
    r"|reste de marbre"
    r"|(?:falls?|fell|stays?|stayed|remained) silent|listen(?:s|ed)|says? nothing|said nothing|went quiet)\b"
)
CHILDREN = frozenset(
    map(role_key, "fille fils enfant bébé gamin petit-fils daughter son child baby toddler grandson".split())
)
ADDRESS = re.compile(r"\b(?:monsieur le|madame la|madam) (\w+)", re.IGNORECASE)
ASKS = re.compile(
    r"(?:\b(?:l['’]|lui |le |la |les |leur )(?:a |avait |ont )?"
    r"(?:interrog|demand|question|relanc|interpell)[a-zé]+"
    r"|\b(?:asks|asked|questions|questioned|presses|pressed) (?:him|her|them)\b)"
)
SPOKEN_TO = re.compile(  # "Je lui ai dit qu'il avait le droit": not the one whom it is about
    r"\W*(?:(?:je|on|nous) (?:lui|l['’]|le|la)\b|(?:I|we) (?:told|asked|said to|gave|saw) (?:him|her)\b)",
    re.IGNORECASE,
)


class Context:
    """Weighs the candidates for a quotation without a clause."""

    def __init__(self, texts: Sequence[str], narration: Narration, discourse: Discourse) -> None:
        self.texts, self.narration, self.discourse = texts, narration, discourse
        self.mentions = discourse.mentions
        self.turns = Turns(texts, discourse.people)

    def speaker(self, quotation: Quotation, state: State, following: int, next_end: int) -> Person | None:
        """Who speaks, if anybody is near. `following` is where the next quotation of the paragraph begins,
        `next_end` where the narration that opens the next paragraph ends."""
        scores: dict[int, float] = {}
        people: dict[int, Person] = {}
        for name, person in self._evidence(quotation, state, following, next_end):
            people[id(person)] = person
            scores[id(person)] = scores.get(id(person), 0.0) + WEIGHTS[name]
        for key, person in people.items():
            scores[key] += sum(WEIGHTS[name] for name in self._doubts(quotation, person, state))
            scores[key] += WEIGHTS["presence"] * self.mentions.presence(person)
        return people[max(scores, key=lambda key: scores[key])] if scores else None

    def _evidence(
        self, quotation: Quotation, state: State, following: int, next_end: int
    ) -> Iterator[tuple[str, Person]]:
        yield from self._of_last_speaker(quotation, state)
        yield from self._of_last_sentence(quotation, state)
        yield from self._of_what_follows(quotation, following, next_end)
        if quotation.start < 3 and state.since and self.turns.is_whole(quotation):
            told = next((t for t in reversed(state.told) if t.source or t.subject), None)
            near = told is not None and told.sentence.paragraph == quotation.paragraph - 1
            if told and near and told.source and told.source.kind == "person":
                yield "source in the paragraph before", told.source
        here = [person for number, person in reversed(state.subjects) if number == quotation.paragraph]
        earlier = next((one for one in here if not _is_some_body(one)), None)
        if earlier is not None:
            yield "subject earlier in the paragraph", earlier
        salient = self.mentions.most_salient()
        if salient is not None:
            yield "most present", salient
        portrayed = dominant(self.mentions.all)
        if portrayed is not None:
            yield "whom the portrait is of", portrayed
        main = main_person(self.mentions.all)
        if main is not None:
            yield "whom the article is about", main

    def _of_last_speaker(self, quotation: Quotation, state: State) -> Iterator[tuple[str, Person]]:
        last = state.last
        if quotation.line:
            for person in self.turns.called_later(quotation):
                yield "is called by name later", person
        told = state.sentence.subject if state.sentence else None
        if quotation.line and told is None and not (last and last.line and state.since == 0):
            before = {id(p): p for number, p in state.subjects if number == quotation.paragraph - 1}
            for person in before.values():
                if person.kind == "person" and not person.plural:
                    yield "opens the dialogue", person
        if last is None:
            return
        if quotation.line and last.line and state.since == 0:
            called = self.turns.addressed(last.paragraph, last.start, last.end)
            other = called[0] if called else self._other(last)
            if other is not None:
                yield "takes their turn", other
        if last.person is None:
            return
        other = self.turns.other(quotation, last, state)
        if other is None and self._goes_on(quotation, last, state):
            yield "spoke last and goes on", last.person
        if quotation.judged and quotation.judged.span.continues:
            yield "the quotation goes on", last.person
        answers = last.paragraph == quotation.paragraph - 1 or self.turns.asks(last)
        if last.listener is not None and state.since <= 1 and answers:
            yield "was spoken to", last.listener
        nothing = state.since == 0 and last.paragraph == quotation.paragraph - 1
        if nothing and not (last.line or self.turns.asks(last)):
            yield "spoke last, nothing between", last.person
        if other is not None:
            yield "answers or asks in turn", other
        elif nothing and self.turns.is_whole(quotation):
            partner = self.turns.partner(last, state.before_last, state)
            if partner is not None:
                yield "could answer", partner
        yield "spoke last", last.person

    def _goes_on(self, quotation: Quotation, last: Quotation, state: State) -> bool:
        """Whether nobody but the last speaker is in what the narrator says between two quotations."""
        if last.paragraph != quotation.paragraph or state.since > 1:
            return False
        if state.since == 0:
            return True
        told = state.sentence
        subject = (told.source or told.subject) if told else None
        others = [person for person in told.people if person is not last.person] if told else []
        return subject is last.person or (subject is None and not others)

    def _of_last_sentence(self, quotation: Quotation, state: State) -> Iterator[tuple[str, Person]]:
        told = state.sentence
        if told is None:
            return
        if told.source is not None:
            yield "source of the last sentence", told.source
        elif told.subject is not None:
            yield "subject of the last sentence", told.subject
        if told.people:
            yield "named last in the last sentence", told.people[-1]
        elif told.subject is None and told.source is None and told.sentence.paragraph == quotation.paragraph:
            meant = self.narration.meant(told.sentence)
            if meant:
                yield "meant in the last sentence", meant[-1][1]
        asker = self._asker(told.sentence) if self.turns.asks(quotation) else None
        if asker is not None:
            yield "puts a question", asker
        asked = self._asked(told) if state.since and not self.turns.asks(quotation) else None
        if asked is not None:
            yield "was asked", asked

    def _asked(self, told: Told) -> Person | None:
        """Whom the one whom a sentence is about puts a question to: "Un gendarme lui a demandé si …"."""
        sentence = told.sentence
        asks = ASKS.search(self.texts[sentence.paragraph], sentence.start, sentence.end)
        of_subject = ASKED.search(self.texts[sentence.paragraph], sentence.start, sentence.end)
        if asks is None or of_subject or told.subject is None:
            return None  # "on lui demande": whom it is about is asked
        return self.mentions.latest_but(told.subject, SUBJECT)

    def _asker(self, sentence: Sentence) -> Person | None:
        """Who questions somebody: "Quand la présidente l'interroge, il répond"."""
        text = self.texts[sentence.paragraph]
        asks = ASKS.search(text, sentence.start, sentence.end)
        if asks is None:
            return None
        end = len(text[: asks.start()].rstrip())
        return self.discourse.ending_at(sentence.paragraph, sentence.start, end)

    def _of_what_follows(
        self, quotation: Quotation, following: int, next_end: int
    ) -> Iterator[tuple[str, Person]]:
        number, opens = quotation.paragraph, quotation.start < 3
        reacts = self._who_reacts(number, quotation.end, following)
        if reacts is not None:
            yield "reacts behind it", reacts
        found = self._subject_in(number, quotation.end, following, 2)
        if found is not None and opens and self._is_new(found):
            yield "first named behind it", found
        elif found is not None and opens and found.named:
            yield "told of behind it", found
        elif found is not None and not opens:
            yield "subject behind it", found
            if self._is_new(found):
                yield "first named behind it, in passing", found
        whole = opens and not any(letter.isalnum() for letter in self.texts[number][quotation.end :])
        found = self._subject_in(number + 1, 0, next_end, 1) if whole and next_end else None
        if found is not None:
            new = self._is_new(found)
            yield "first named in the next paragraph" if new else "subject of the next paragraph", found

    def _who_reacts(self, number: int, start: int, end: int) -> Person | None:
        """Whom the sentence behind a quotation shows as they have just spoken."""
        text = self.texts[number]
        behind = next(iter(sentences(text, number, start, end)), None)
        clause = self.narration.subject_clause(behind) if behind else None
        if behind is None or clause is None:
            return None
        reacts = REACTS.search(text, clause.end, min(behind.end, clause.end + NEAR_VERB))
        someone = self.narration.subject(number, clause) if reacts else None
        return None if someone is None or self.mentions.is_new(someone) else someone

    def _subject_in(self, number: int, start: int, end: int, count: int) -> Person | None:
        """Whom the first sentences in `start:end` are about: somebody new, else their subject."""
        for index, sentence in enumerate(sentences(self.texts[number], number, start, end)[:count]):
            clause = self.narration.subject_clause(sentence)
            subject = self.narration.subject(number, clause) if clause else None
            if clause and subject is not None and (clause.pronoun in PRONOUN_GENDER or index):
                return subject
            for name, person in self.discourse.people.names[number]:
                inside = sentence.start <= name.start < sentence.end
                new = person.kind == "person" and self._is_new(person)
                if inside and new and not GOVERNED.search(self.texts[number][: name.start]):
                    return person
            if subject is not None:
                return subject
        return None

    def _doubts(self, quotation: Quotation, person: Person, state: State) -> Iterator[str]:
        said = self.turns.said(quotation)
        told = state.sentence
        if state.last and state.last.person is person and self.turns.other(quotation, state.last, state):
            yield "has just given the word"
        source = told is not None and told.source is person
        known = source or person in state.spoken
        if not known and (not self.may_speak(person) or _is_some_body(person)):
            yield "cannot speak"
        if (person.plural or person.kind == "organisation") and FIRST_PERSON.search(said):
            yield "cannot say this"
        if self.discourse.language == "fr" and {person.gender, agreement.of_speaker(said)} == {"m", "f"}:
            yield "agrees with another gender"
        called = person in self.turns.addressed(quotation.paragraph, quotation.start, quotation.end)
        if called or {role_key(match[1]) for match in ADDRESS.finditer(said)} & person.roles:
            yield "is spoken to"
        clause = quotation.judged.after if quotation.judged else None
        if clause is not None and not fits(clause.pronoun, person):
            yield "does not fit the pronoun"
        if self._is_named(quotation, person):
            yield "is named in it"
        elif self._is_spoken_of(quotation, person, state):
            yield "is spoken of in it"
            if is_owned(person, self.discourse.tables):
                yield "is a relative of whoever speaks"
        if is_owned(person, self.discourse.tables) and not person.plural and person.roles & CHILDREN:
            yield "is somebody's child"
        sentence = told.sentence if told else None
        listens = told is not None and told.subject is person and state.since and not source
        if (
            sentence
            and listens
            and SILENT.search(self.texts[sentence.paragraph], sentence.start, sentence.end)
        ):
            yield "keeps silent"
        aside = sentence and OTHER_SIDE.match(self.texts[sentence.paragraph], sentence.start)
        if (
            aside
            and state.since
            and state.last
            and state.last.person is person
            and told
            and told.subject is not person
            and not source
        ):
            yield "another side comes on"

    def _is_named(self, quotation: Quotation, person: Person) -> bool:
        mentions = self.discourse.people.names[quotation.paragraph]
        return any(
            person is other and quotation.start <= name.start < quotation.end for name, other in mentions
        )

    def _is_spoken_of(self, quotation: Quotation, person: Person, state: State) -> bool:
        """ "Sa mère faisait des ménages. « Elle partait à l'aube. »": the words are about the subject."""
        told = state.sentence
        if person.named or told is None or told.subject is not person:
            return False
        text = self.texts[quotation.paragraph]
        if SPOKEN_TO.match(text, quotation.start):
            return True
        first = WORD.search(text, quotation.start)
        wanted = PRONOUN_GENDER.get(first.group().lower() if first else "")
        return wanted is not None and wanted == person.gender

    def may_speak(self, person: Person) -> bool:
        """Documents and groups in passing don't speak of themselves."""
        several = person.plural and not person.named
        in_passing = several and (person.kind == "organisation" or person.name.startswith(("les ", "the ")))
        known = person.kind != "unknown" or (person.named and len(person.words) > 1)
        return known and not in_passing and not is_document(person, self.discourse.tables)

    def _is_new(self, person: Person) -> bool:
        """Whether somebody is first named after the quotation."""
        return person.named and self.mentions.is_new(person)

    def _other(self, last: Quotation) -> Person | None:
        """The other one of a dialogue: who spoke or was spoken of last and isn't its last speaker; best in
        the dialogue itself, or in the paragraph before it."""
        others = [
            mention
            for mention in reversed(self.mentions.all)
            if mention.person is not last.person
            and mention.person.kind == "person"
            and not mention.person.plural
        ]
        present = [mention.person for mention in others if mention.weight >= 0.5]
        here = [m.person for m in others if m.weight >= 0.5 and m.paragraph >= last.paragraph - 1]
        spoke = [mention.person for mention in others[:NEAR_BY] if mention.weight > 1]
        return next(iter(here + spoke + present), others[0].person if others else None)


def _is_some_body(person: Person) -> bool:
    """Whether it is a body of which nothing is known, or somebody's: "une troupe", "son équipe"."""
    return person.kind == "organisation" and SOME.match(person.name) is not None
