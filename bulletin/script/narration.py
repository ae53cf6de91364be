"""What the narrator's sentences tell of people: whom they name, are about, and have it from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bulletin.model import Gender
from bulletin.script import agreement, nouns
from bulletin.script.discourse import GOVERNED, Discourse, somebody_at
from bulletin.script.grammar import Clause, Grammar
from bulletin.script.mentions import fits
from bulletin.script.nouns import Noun
from bulletin.script.people import Person, is_document, is_owned
from bulletin.script.quotation import Sentence
from bulletin.script.roles import COURT, stems
from bulletin.script.sources import INDEFINITE, Sources
from bulletin.script.speech_or_not import Judged
from bulletin.script.words import WORD

IMPERSONAL = re.compile(  # "il faut", "il est tard", "it is"
    r"il (?:ne |n['’])?(?:l['’]en |en )?(?:faut|faudra|fallait|faudrait|fallut|s['’]agi|y a|y avait"
    r"|y en (?:a|aura|avait|eut)"
    r"|reste |restait|manqu|existe|convient|paraît|aura fallu|a fallu"
    r"|fait (?:froid|chaud|beau|nuit|jour)|suffi|semble|pleu|neig"
    r"|(?:est|était|fut|sera) (?:pourtant |beaucoup |surtout |aussi |encore )?question"
    r"|vaut|est (?:\d|possible|temps|tard|vrai|clair|probable|encore|midi|minuit|désormais|difficile)"
    r"|était (?:\d|près|tard|temps))",
    re.IGNORECASE,
)
AT_PLACE = re.compile(r"\s*(?:À|Au|Chez|Du côté d[eu]|Dans|Auprès de|Côté) ?", re.IGNORECASE)
ASKED = re.compile(
    r"\bon (?:lui (?:demande|pose|fait remarquer|rapporte|parle)|l['’]interroge|le questionne)", re.IGNORECASE
)
IS_CALLED = re.compile(r"(?: [^,.;:]{1,30})? (?:is|was|est|était|n['’]est autre que) (?:[A-Z]\w{0,4}\.? )?")
CALLED = re.compile(
    r"(?:s['’]appelle|se nomme|se prénomme|prénommée?|nommée?|du nom de) "
    r"|(?:is called|is named|named|by the name of) "
    r"|(?:gave|gives|giving|shared|provided) (?:only )?(?:his|her|their) (?:first |given |last )?name"
    r"(?: only)?,? (?:as )?"
    r"|identified (?:only )?(?:himself |herself |themselves )?(?:only )?"
    r"(?:as|by (?:his|her|their) first name,) "
    r"|(?:n['’]a donné|ne donne|donne)(?: que)? son (?:seul )?prénom,? |se présente comme |se fait appeler "
)
ALSO = re.compile(  # "Son père, si."
    r",? (?:si|non|oui|lui|elle|lui aussi|elle aussi|aussi|également|surtout|pas|jamais|too|did|not)\W*"
)
THING = re.compile(r"\W*(le|un|ce|la|une|cette) ", re.IGNORECASE)
BROUGHT_ON = re.compile(
    r"[^,;:.!?]{3,60}?\b(?:(?:chez|pour|du côté de|de la part de|for|from) (?=\S)"
    r"|(?P<turn>le tour) (?:de |d['’]|(?=du )))",
    re.IGNORECASE,
)
TRIED = re.compile(  # who stands before a court
    r"\b(?:comparaî|comparu|comparaiss|est jugée?|était jugée?|jugée? pour|répond(?:ait)? de|poursuivie? pour"
    r"|condamnée? à|reconnu avoir"
    r"|devant (?:le tribunal|la cour d['’](?:assises|appel))"
    r"|is accused of|on trial|stands? accused|charged with)"
)
AT_HEAD = re.compile(r"\W*(?:[ÀA] (?:sa|leur) tête|At (?:its|their) head|Leading (?:it|them))\b")
HEADS = stems(
    "président présidente directeur directrice dirigeant dirigeante patron patronne chair president leader"
)
NOBODY = frozenset("aucun aucune nul nulle no".split())
KNOWN = ("le ", "la ", "l'", "l’", "son ", "sa ", "leur ", "the ", "its ", "their ", "his ", "her ")
BEHIND_VERB = re.compile(  # the word before somebody, where it neither joins nor governs them
    r"(?<![^\W\d_])(?!(?:et|ou|ni|and|or|que?|comme|as|than|like|à|de|en|par|sur|dans|chez|pour|avec|sans|sous"
    r"|vers|entre|contre|selon|of|in|at|on|for|from|to|with|by|near|about|after|before|is|was|est|était)\b)"
    r"[a-zà-ÿ-]+ $"
)
LONGEST_VERB = 30  # letters
JOINED = re.compile(  # "et le maire a suspendu la séance"
    r"[,;] (?:et|mais|puis|and|but|while|tandis que) $"
)
BEFORE_VERB = re.compile(r" (?!(?:and|or|of|in|at|on|for|to|from|with|by|who|whose|as|than)\b)[a-z]")
OPENING = re.compile(  # nothing, or what somebody is doing: "Occupée en salle, Odile Vialard"
    r"\W*(?:[A-ZÀ-Ý][a-zà-ÿ]+(?:ée?|ie?|ue?|ise?|te?)s?\b[^,.;:]{0,40}, )?"
)
BROUGHT = 0.5  # the weight of whom a sentence about a thing brings on
LONG = 180  # characters of a sentence at whose end a name may stand in passing


@dataclass(frozen=True, slots=True)
class Told:
    """A narrator's sentence read: whom it is about, whom it has it from, and everybody named in it."""

    sentence: Sentence
    subject: Person | None
    source: Person | None
    people: tuple[Person, ...]


class Narration:
    """Reads the narrator's sentences in order, and notes in the discourse who is in them."""

    def __init__(self, texts: Sequence[str], grammar: Grammar, discourse: Discourse) -> None:
        self.texts, self.grammar, self.discourse = texts, grammar, discourse
        self.mentions = discourse.mentions
        self.sources = Sources(texts, grammar, discourse, self.subject)
        self.topic = stems(discourse.people.whole.split("\n")[0])  # the title's words, for whom it is about
        self.before: str | None = None  # the sentence before
        self.found: tuple[Sentence, list[Noun]] | None = None  # the last sentence's noun phrases
        self.last: tuple[Sentence, Person | None] | None = None  # the sentence before, and whom it is about
        self.described: list[Noun] = []  # people in the first paragraph, not yet named
        for _, person in discourse.people.names_in_title:
            if person.kind == "person":
                self.mentions.note(person, 0.3)

    def read(self, sentence: Sentence, beside: Judged | None) -> Told:
        """Reads a sentence; `beside` is the quotation that it stands behind."""
        self.mentions.sentence += 1
        own = self._own_clause(sentence, beside)
        clause = own or self.subject_clause(sentence)
        people = self.named(sentence)
        for person in people:
            self.mentions.note(person, 0.3)
        for noun, person in self.meant(sentence):
            if JOINED.search(self.texts[sentence.paragraph], sentence.start, noun.start):
                self.mentions.note(person, 0.3)
        for body in self._bodies(sentence):
            self.mentions.note(body, 0.2)
        if own is not None:
            self._note_roles(sentence)
        if sentence.paragraph == 0:
            self._meet_lead(sentence)
        for person in people:
            self._recognise(person)
        subject = self._whom_about(sentence, clause, people)
        subject = self._who_is_called(sentence, subject) or subject or self._introduced(sentence)
        relative = subject is not None and is_owned(subject, self.discourse.tables)
        if len(people) == 1 and ((subject is None and clause is None) or relative):
            subject = self._only_named(sentence, people[0]) or subject
        if (subject is None or subject.plural) and own is None and not people:
            self._note_object(sentence)
        self._name_last(sentence, people, subject)
        if subject is not None:
            self.mentions.note(subject, 0.5 if self._is_faint(sentence, subject) else 1.0)
        self._tell(sentence, people, subject)
        self.discourse.nouns_before = self._nouns(sentence)
        source = self.sources.inside(sentence, self.last[1] if self.last else None)
        if source is not None and is_document(source, self.discourse.tables):
            source = None
        if source is not None:
            self.mentions.note(source, 1.1)
        return Told(sentence, subject, source, tuple(people))

    def _nouns(self, sentence: Sentence) -> list[tuple[int, Noun]]:
        """The descriptions of single people in a sentence, for "this last one"."""
        return [
            (sentence.paragraph, noun)
            for noun in self._phrases(sentence)
            if not (noun.organisation or noun.plural)
        ]

    def _phrases(self, sentence: Sentence) -> list[Noun]:
        """The noun phrases of a sentence that mean somebody or some body; the last sentence's are kept."""
        if self.found is None or self.found[0] != sentence:
            text = self.texts[sentence.paragraph][: sentence.end]
            tables, language = self.discourse.tables, self.grammar.language
            self.found = sentence, list(nouns.find(text, tables, language, sentence.start))
        return self.found[1]

    def named(self, sentence: Sentence) -> list[Person]:
        """The people whom a sentence names, in order."""
        return [
            person
            for name, person in self.discourse.people.names[sentence.paragraph]
            if sentence.start <= name.start < sentence.end and person.kind == "person"
        ]

    def meant(self, sentence: Sentence) -> list[tuple[Noun, Person]]:
        """Those with a name whom a sentence calls by what they are: "le téléphone de la présidente"."""
        definite = [n for n in self._phrases(sentence) if n.definite and not (n.plural or n.organisation)]
        found = [(noun, self.discourse.only_one(noun)) for noun in definite]
        return [(noun, person) for noun, person in found if person is not None]

    def _bodies(self, sentence: Sentence) -> list[Person]:
        """The organisations that a sentence names."""
        return [
            person
            for name, person in self.discourse.people.names[sentence.paragraph]
            if sentence.start <= name.start < sentence.end and person.kind == "organisation"
        ]

    def _own_clause(self, sentence: Sentence, beside: Judged | None) -> Clause | None:
        """The reporting clause of the quotation before, where it is in this sentence."""
        after = beside.after if beside and beside.span.paragraph == sentence.paragraph else None
        return after if after and sentence.start <= after.start < sentence.end else None

    def subject_clause(self, sentence: Sentence) -> Clause | None:
        text = self.texts[sentence.paragraph]
        clause = self.grammar.subject(text, sentence.start, sentence.end)
        if clause and (IMPERSONAL.match(text, clause.start) or self._means_thing(sentence, clause)):
            return None
        return clause

    def _whom_about(
        self, sentence: Sentence, clause: Clause | None, people: Sequence[Person]
    ) -> Person | None:
        subject = self.subject(sentence.paragraph, clause) if clause else None
        if subject is None or not subject.named:
            subject = self._who_says(sentence, subject) or subject
        subject = self._first_named(sentence, subject, clause) or subject
        if clause is not None and clause.pronoun == "on":
            subject = self._those_there(sentence) or subject
        return self._identified(sentence, clause) or self._acting(sentence, clause, subject) or subject

    def _acting(self, sentence: Sentence, clause: Clause | None, subject: Person | None) -> Person | None:
        """Whose name stands before a verb, and before somebody new: "On Monday Cox knelt, as a vet might"."""
        text = self.texts[sentence.paragraph]
        if self.grammar.language != "en" or clause is None or subject is None or subject.named:
            return None
        if not INDEFINITE.match(text, clause.start):
            return None
        for name, person in self.discourse.people.names[sentence.paragraph]:
            inside = sentence.start <= name.start and name.end < clause.start
            if inside and person.kind == "person" and BEFORE_VERB.match(text, name.end):
                return None if GOVERNED.search(text[: name.start]) else person
        return None

    def _identified(self, sentence: Sentence, clause: Clause | None) -> Person | None:
        """Who a sentence says that somebody is: "The man in Boston is Aloysius Prior"."""
        if clause is None or clause.pronoun is not None:
            return None
        text = self.texts[sentence.paragraph]
        for name, person in self.discourse.people.names[sentence.paragraph]:
            if clause.end <= name.start < sentence.end and person.kind == "person":
                return person if IS_CALLED.fullmatch(text, clause.end, name.start) else None
        return None

    def _only_named(self, sentence: Sentence, person: Person) -> Person | None:
        """The one person of a sentence without a subject, unless a preposition brings them in."""
        text = self.texts[sentence.paragraph]
        for name, other in self.discourse.people.names[sentence.paragraph]:
            if other is person and sentence.start <= name.start < sentence.end:
                governed = GOVERNED.search(text[: name.start]) or nouns.AFTER_PREPOSITION.search(
                    text[: name.start]
                )
                long = sentence.end - sentence.start > LONG
                return None if governed or (long and not self._stands_early(sentence, person)) else person
        return None

    def _introduced(self, sentence: Sentence) -> Person | None:
        """Whom a sentence without a verb brings on: "Même constat chez son entraîneur."."""
        text = self.texts[sentence.paragraph]
        alone = nouns.at(text, sentence.start, self.discourse.tables, self.grammar.language)
        somebody = alone is not None and nouns.is_person(alone.head, self.discourse.tables)
        if alone and somebody and ALSO.fullmatch(text, alone.end, sentence.end):
            return self.discourse.at(sentence.paragraph, sentence.start)
        found = BROUGHT_ON.match(text, sentence.start, sentence.end)
        if found is None:
            return None
        noun = nouns.at(text, found.end(), self.discourse.tables, self.grammar.language)
        somebody = noun is not None and nouns.is_person(noun.head, self.discourse.tables)
        rest = text[noun.end : sentence.end] if noun else ""
        whole = noun is not None and ((found["turn"] and rest.startswith(",")) or not re.search(r"\w", rest))
        return self.discourse.at(sentence.paragraph, found.end()) if somebody and whole else None

    def _name_last(self, sentence: Sentence, people: Sequence[Person], subject: Person | None) -> None:
        """ "L'épicier, lui, a fait ses comptes. Bakary Touré demande…": his name comes a sentence later."""
        last, self.last = self.last, (sentence, subject)
        if last is None or not people or subject is not people[0] or not self._opens(sentence):
            return
        before, described = last
        new = all(mention.person is not subject for mention in self.mentions.all[: -len(people)])
        if not (new and described and before.paragraph == sentence.paragraph) or described.named:
            return
        if not self._is_kin(described) and self.may_name(described, subject):
            self.mentions.unite(described, subject)

    def may_name(self, described: Person, person: Person) -> bool:
        """Whether somebody known by a description only could be the person now named."""
        genders = {described.gender, person.gender} - {"unknown"}
        definite = described.name.startswith(KNOWN) and not (described.plural or described.named)
        return (
            described.kind == "person" and definite and len(genders) < 2 and self._may_be(described, person)
        )

    def _is_kin(self, described: Person) -> bool:
        return bool(described.roles & {nouns.role_key(word) for word in self.discourse.tables.kin})

    def _may_be(self, described: Person, person: Person) -> bool:
        """Whether what is said of a name leaves room for what somebody was called before."""
        offices = {nouns.role_key(word) for word in self.discourse.tables.offices}
        return not person.roles or bool(described.roles & person.roles) or not described.roles & offices

    def _who_is_called(self, sentence: Sentence, subject: Person | None) -> Person | None:
        """Somebody who gets a name here: "Il s'appelle Jordan T.", "a man who gave his name as Irakli"."""
        text = self.texts[sentence.paragraph]
        for match in CALLED.finditer(text, sentence.start, sentence.end):
            for name, person in self.discourse.people.names[sentence.paragraph]:
                if name.start == match.end():
                    person.kind = "person"
                    if subject is not None and not subject.named and subject.kind == "person":
                        self.mentions.unite(subject, person)
                    return person
        return None

    def _first_named(
        self, sentence: Sentence, subject: Person | None, clause: Clause | None
    ) -> Person | None:
        """Somebody whose name opens the sentence or follows its first comma, before any other subject."""
        if subject is not None and (subject.named or self._has_determiner(subject)):
            return None
        text = self.texts[sentence.paragraph]
        for name, person in self.discourse.people.names[sentence.paragraph]:
            lead = text[sentence.start : name.start - len(f"{name.title} " if name.title else "")]
            owner = re.match(r"['’]s?\b", text[name.end :]) is not None
            body = person.kind == "organisation" and subject is None and clause is None
            if (
                name.start >= sentence.start
                and (person.kind == "person" or body)
                and name.end <= sentence.end
                and not owner
            ):
                return person if not re.search(r"\w", lead) or re.search(r",\s$", lead) else None
        return None

    def _has_determiner(self, person: Person) -> bool:
        first = WORD.match(person.name)
        return (
            first is not None and first.group().lower().replace("’", "'") in self.discourse.tables.determiners
        )

    def _opens(self, sentence: Sentence) -> bool:
        """Whether somebody's name opens the sentence."""
        text = self.texts[sentence.paragraph]
        return any(
            person.kind == "person" and OPENING.fullmatch(text, sentence.start, name.start)
            for name, person in self.discourse.people.names[sentence.paragraph]
            if name.start >= sentence.start
        )

    def _is_faint(self, sentence: Sentence, subject: Person) -> bool:
        """Relatives, and people of the first paragraph without a name, are there in passing."""
        if subject.named:
            return False
        return is_owned(subject, self.discourse.tables) or sentence.paragraph == 0

    def subject(self, paragraph: int, clause: Clause) -> Person | None:
        """The subject, where it is somebody: things are nobody."""
        if clause.subject is None or clause.pronoun == "on" or (clause.pronoun == "it" and not clause.sure):
            return None
        text, tables = self.texts[paragraph], self.discourse.tables
        if clause.pronoun is None:
            noun = nouns.at(text, clause.subject, tables, self.grammar.language)
            if noun is not None and noun.determiner in NOBODY:
                return None  # "Aucun maître ne veut d'elle"
            english = self.grammar.language == "en"
            says = english and noun and clause.sure and clause.end > noun.end  # the verb of saying is in it
            person = noun is not None and (says or noun.organisation or nouns.means_person(noun, tables))
            named = any(
                clause.subject <= name.start <= clause.end + 2
                for name, _ in self.discourse.people.names[paragraph]
            )
            if not person and not named and not somebody_at(text, clause.subject, tables):
                return None
        return self.discourse.by_clause(paragraph, clause)

    def _tell(self, sentence: Sentence, people: Sequence[Person], subject: Person | None) -> None:
        """Whomever a sentence is about, it tells something of: its only person, else its subject."""
        about = people[0] if len(people) == 1 and self._stands_early(sentence, people[0]) else subject
        text = self.texts[sentence.paragraph][sentence.start : sentence.end]
        if about is not None and AT_HEAD.match(text) and self.before is not None:
            about.told |= stems(self.before) | HEADS
        self.before = text
        if about is not None and TRIED.search(text) and not about.roles & COURT:
            about.kin |= {nouns.role_key(word) for word in ("prévenu", "accusé", "defendant", "accused")}
        if about is not None:
            if about.named:
                about.told |= self.topic
                self.topic = set()
            about.told |= stems(text) - self._of_others(sentence)
        if about is not None and self.grammar.language == "en":
            told: Gender = "unknown"
            weight = 1
            if len(people) == 1 and subject in (None, about):
                behind = text.partition(about.words[-1])[2]
                told, weight = agreement.of_named(behind), 2 if agreement.is_sure(behind) else 1
            elif not people and about.kind == "person":
                told = agreement.of_unnamed(text)
            if told != "unknown":
                about.evidence[told] += weight

    def _of_others(self, sentence: Sentence) -> set[str]:
        """What a sentence calls those whom a preposition brings in: "Elle a écrit à la ministre"."""
        text, found = self.texts[sentence.paragraph], self._phrases(sentence)
        governed = [n for n in found if n.determiner == "au" or GOVERNED.search(text[: n.start])]
        return {stem for noun in governed if not noun.organisation for stem in stems(noun.head)}

    def _stands_early(self, sentence: Sentence, person: Person) -> bool:
        """Whether somebody's name stands in the first half of a sentence."""
        middle = (sentence.start + sentence.end) // 2
        return any(
            other is person and sentence.start <= name.start < middle
            for name, other in self.discourse.people.names[sentence.paragraph]
        )

    def _those_there(self, sentence: Sentence) -> Person | None:
        """Whom "on" means at a place, or asks: "Chez le ministre, on minimise", "on lui demande"."""
        text = self.texts[sentence.paragraph]
        asked = ASKED.search(text, sentence.start, sentence.end)
        if asked:
            return self.mentions.by_pronoun("lui")
        place = AT_PLACE.match(text, sentence.start)
        there = self.discourse.at(sentence.paragraph, place.end()) if place else None
        return None if there is None or (there.kind == "unknown" and not there.named) else there

    def _who_says(self, sentence: Sentence, subject: Person | None) -> Person | None:
        """Whoever says something in a subordinate clause, "…, quand il dénonce l'aveu", unless the pronoun
        can mean the subject: "A publican, who promised that he"."""
        text = self.texts[sentence.paragraph]
        clause = self.grammar.clause_before(text, sentence.start, sentence.end)
        if clause is None or not clause.sure or clause.pronoun is None:
            return None
        owned = subject is not None and is_owned(subject, self.discourse.tables)
        himself = subject is not None and subject.kind == "person" and fits(clause.pronoun, subject)
        if (himself and not owned) or self._means_thing(sentence, clause):
            return None
        return self.subject(sentence.paragraph, clause)

    def _means_thing(self, sentence: Sentence, clause: Clause) -> bool:
        """ "Le parallèle est dans les têtes, et il agace": behind a thing of its gender it means that."""
        text = self.texts[sentence.paragraph]
        thing = THING.match(text, sentence.start)
        behind = thing and clause.start > thing.end() and clause.pronoun in ("il", "elle")
        if not thing or not behind or (clause.pronoun == "il") != (thing[1].lower() in ("le", "un", "ce")):
            return False
        noun = nouns.at(text, thing.start(1), self.discourse.tables, self.grammar.language)
        somebody = noun is None or nouns.could_be_person(noun.head, self.discourse.tables)
        return not somebody

    def _meet_lead(self, sentence: Sentence) -> None:
        """People whom the first paragraph describes: "une apprentie de 19 ans"; their names may follow."""
        for noun in self._phrases(sentence):
            if not (noun.organisation or noun.plural or noun.definite) and noun.gender != "unknown":
                self.described.append(noun)

    def _recognise(self, person: Person) -> None:
        """A given name alone, or a name of the title, is the one of that gender whom the lead described."""
        titled = any(person is other for _, other in self.discourse.people.names_in_title)
        if len(person.words) > 1 and not titled:
            return
        fitting = [noun for noun in self.described if noun.gender == person.gender]
        if len(fitting) == 1 and not (person.roles or person.kin) and person.named:
            self.described.remove(fitting[0])
            self.discourse.people.learn_role(person, fitting[0])
            self.mentions.rename(fitting[0].text.lower(), person)

    def _note_object(self, sentence: Sentence) -> None:
        """Somebody whom a sentence about a thing brings on: "Le billet désigne un apprenti de 19 ans"."""
        text = self.texts[sentence.paragraph]
        for noun in self._phrases(sentence):
            someone = not (noun.organisation or noun.plural or noun.definite)
            near = max(sentence.start, noun.start - LONGEST_VERB)
            if someone and BEHIND_VERB.search(text, near, noun.start):
                self.mentions.note(self.discourse.by_noun(noun, learn=False), BROUGHT)

    def _note_roles(self, sentence: Sentence) -> None:
        """People without a name who are spoken of in passing."""
        for noun in self._phrases(sentence):
            if (
                not noun.organisation
                and not noun.plural
                and self.discourse.named_in(sentence.paragraph, noun) is None
            ):
                self.mentions.note(self.discourse.by_noun(noun, learn=False), 0.1)
