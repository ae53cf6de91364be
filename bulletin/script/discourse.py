"""Who has been spoken of so far, and whom a pronoun, a role or a name means at a place in the article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bulletin.model import Gender
from bulletin.script import ages, gender, nouns
from bulletin.script.grammar import Clause
from bulletin.script.mentions import LATEST, PRONOUN_GENDER, Mention, Mentions, latest_subject
from bulletin.script.names import Name
from bulletin.script.nouns import Noun, role_key
from bulletin.script.people import People, Person
from bulletin.script.roles import FORMER, Roles, has_complement
from bulletin.script.tables import Tables
from bulletin.script.words import WORD

SHORT_VERB = 8  # letters of the verb behind a pronoun that are looked at: "she added"
APART = re.compile(
    r",? (?:lui|elle),|, (?:de son côté|quant à (?:lui|elle)|pour sa part|for (?:his|her) part|meanwhile)\b"
)
PRESENTED = re.compile(r", (?:une?|an?) [a-zà-ÿ]")
TITLED = re.compile(r", (?:[A-Z]\w{0,4}\.? )?")
BARE = frozenset("counsel coach mum dad mam".split())  # known without an article: "counsel said"
OWN_NAME = re.compile(  # "who declined to give his name", "who is leaving because he is tired"
    r", who [\w' ]{3,60}? (?:(his|her) (?:\w+ )?name|(?:because|as|that|since|when|before|while) (s?he))\b"
)
BEFORE_TITLE = re.compile(r"^(?:(?:the|state|former|then|U\.S\.|House|Senate) )+", re.IGNORECASE)
PREPOSITION = (
    r"(?:de|du|des|à|au|aux|dans|en|chez|avec|pour|par|sur|of|in|at|for|with|from|on"
    r"|qui|que|dont|où|who|which|that|whose|where)\b"
)
WHERE = {  # what may follow an office, before the comma and the name
    "fr": r"(?:au|aux|à la|en|pour|depuis|jusqu['’]en|chargée?|déléguée?)",
    "en": r"(?:at|in|of|for|with|from|since|until)",
}
LATEST_AT = re.compile("|".join(sorted(LATEST)) + r"\b", re.IGNORECASE)
ENDS_SENTENCE = re.compile(r"[.!?…:;»«”“\"]")
GOVERNED = re.compile(  # somebody whom a preposition brings in is not whom a sentence is about
    r"\b(?:par|à|avec|pour|chez|contre|sur|selon|face à|by|to|with|for|from|told|against)[ ]"
    r"(?:[A-Z]\w{0,4}\.? )?$"
)
GOVERNED_ROLE = re.compile(  # "Asked by the coroner, Ann Reed, the officer said"
    r"\b(?:par|à|avec|face à|by|to|with) (?:la |le |l['’]|the |his |her |son |sa )[a-zà-ÿ' -]{2,40}, "
    r"(?:[A-Z]\w{0,4}\.? )?$"
)
CONTRAST = re.compile(  # somebody else comes on
    r"(?:\b(?:mais|but|while|tandis que|whereas|quant à|like|comme) |[,;] (?:and|et) )$",
    re.IGNORECASE,
)
SOMEBODY = re.compile(  # people who have no noun
    r"(?:one|another|others|some|several)(?: of them)?(?= *[,.;]| who\b)"
    r"|(?:l['’]une?|une? autre|certaine?s|d['’]autres|beaucoup|quelqu['’]un)"
    r"(?: d['’](?:eux|elles|entre eux|entre elles))?(?= *[,.;:]| qui)"
    r"|(?:l['’])?une? des (?:\d+|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt)\b"
    r"(?: [a-zà-ÿ-]+s(?=,))?"
    r"|l['’]une? d(?:es|e (?:ses|ces|leurs|nos)) (?P<of_these>[a-zà-ÿ-]+)"
    r"|one of (?:the|his|her|their) (?P<of_those>[a-z-]+)"
    r"|une (?:autre )?voix\b(?: de femme| d['’]homme| féminine| masculine)?"
    r"|(?:une? autre|d['’]autres)(?= (?:s['’]|se |n['’]|ne |l['’]|a |est |ont |sont ))",
    re.IGNORECASE,
)


def somebody_at(text: str, start: int, tables: Tables) -> re.Match[str] | None:
    """People who have no noun of their own: "quelqu'un", "l'un d'eux", "one of the suspects"."""
    found = SOMEBODY.match(text, start)
    many = (found["of_these"] or found["of_those"]) if found else None
    return None if many and not nouns.is_person(many, tables) else found


class Discourse:
    """The state of the article up to where it has been read."""

    def __init__(self, texts: Sequence[str], people: People, tables: Tables, language: str) -> None:
        self.texts, self.people, self.tables, self.language = texts, people, tables, language
        self.roles = Roles(tables)
        self.mentions = Mentions(texts, tables)
        self.nouns_before: list[tuple[int, Noun]] = []  # people described in the sentence just read
        self.met: dict[tuple[int, int], Person | None] = {}  # whom a phrase meant when it was first read

    @property
    def text(self) -> str:
        """The paragraph that is being read."""
        return self.texts[self.mentions.paragraph]

    def by_clause(self, paragraph: int, clause: Clause, but: Person | None = None) -> Person | None:
        """Whom the subject of a clause means. "She added" is whoever spoke last, not whom all is about."""
        assert clause.subject is not None
        if clause.pronoun is None:
            return self.at(paragraph, clause.subject)
        verb = WORD.finditer(self.texts[paragraph], clause.start, clause.end + SHORT_VERB)
        adds = not self.tables.adding.isdisjoint(word.group().lower().split("-")[0] for word in verb)
        return self.mentions.by_pronoun(clause.pronoun, but, alike=adds)

    def ending_at(self, paragraph: int, start: int, end: int) -> Person | None:
        """Whom the name or the phrase means that ends at `end` and begins behind `start`."""
        text = self.texts[paragraph]
        for name, person in self.people.names[paragraph]:
            if name.end == end and person.kind != "unknown":
                return person
        for word in WORD.finditer(text, start, end):
            noun = nouns.at(text[:end], word.start(), self.tables, self.language)
            if noun and noun.determiner in self.tables.determiners and noun.end == end:
                return self.at(paragraph, noun.start)
        return None

    def at(
        self, paragraph: int, start: int, pronoun: str | None = None, but: Person | None = None
    ) -> Person | None:
        """Whom the phrase beginning at `start` means; a pronoun doesn't mean `but`."""
        if pronoun is not None:
            return self.mentions.by_pronoun(pronoun, but)
        if (paragraph, start) not in self.met:
            self.met[paragraph, start] = self._at(paragraph, start)
        return self.met[paragraph, start]

    def _at(self, paragraph: int, start: int) -> Person | None:
        text = self.texts[paragraph]
        whoever = re.match(r"(celui|celle) (?:qui|que|qu['’]|dont)", text[start:])
        meant = self.mentions.by_pronoun("il" if whoever[1] == "celui" else "elle") if whoever else None
        if meant is not None:
            return meant
        latest = LATEST_AT.match(text, start)
        if latest:
            return self._latest(latest.group().lower())
        somebody = somebody_at(text, start, self.tables)
        for name, person in self.people.names[paragraph]:
            if somebody and TITLED.fullmatch(text, somebody.end(), name.start):
                return person  # "l'un d'eux, Marcel Poncet"
        behind = re.match(r", ", text[somebody.end() :]) if somebody else None
        noun = nouns.at(text, somebody.end() + 2, self.tables, self.language) if somebody and behind else None
        if noun is not None and nouns.is_person(noun.head, self.tables):
            return self.by_noun(noun)  # "l'un d'eux, un député centriste"
        if somebody:
            whose = somebody.group().strip().lower()
            person = Person(whose, "person", named=False, thing=whose.endswith("voix"))
            if re.search(r"d['’]homme|masculine", whose):
                person.evidence["m"] += 2
            one = re.match(r"(?:l['’])?un(e?)\b", person.name)
            if one and self.language == "fr":
                person.evidence["f" if one[1] else "m"] += 1
            return self.people.add(person)
        named = self._named_at(paragraph, start)
        if named is not None:
            return named
        noun = nouns.at(text, start, self.tables, self.language)
        if noun is None:
            return None
        named = self.named_in(paragraph, noun) or self._named_before(paragraph, noun)
        if named is not None:
            if not noun.organisation and not noun.plural:
                self.people.learn_role(named, noun)
                self._name_earlier(noun, named)
            return named
        return self.by_noun(noun)

    def _name_earlier(self, noun: Noun, person: Person) -> None:
        """ "Le procureur, Marc Vialle": whoever was only "le procureur" before was he."""
        described = next(
            (p for p in self.people.everyone if not p.named and p.name == noun.text.lower()), None
        )
        new = self.mentions.is_new(person)
        if noun.definite and new and described is not None and described.known_as is None:
            self.mentions.unite(described, person)

    def _latest(self, pronoun: str) -> Person | None:
        """ "Ce dernier": the last one in the sentence before, named or described."""
        wanted = PRONOUN_GENDER.get(pronoun)
        for paragraph, noun in reversed(self.nouns_before):
            behind = [
                person
                for name, person in self.people.names[paragraph]
                if name.start > noun.end and person.kind == "person" and person.gender in (wanted, "unknown")
            ]
            if behind:
                return behind[-1]
            if noun.gender == wanted:
                return self.at(paragraph, noun.start)
        return self.mentions.by_pronoun(pronoun)

    def _named_at(self, paragraph: int, start: int) -> Person | None:
        for name, person in self.people.names[paragraph]:
            between = self.texts[paragraph][start : name.start]
            between = BEFORE_TITLE.sub("", between)  # "the Rev. Adam Reed", "state Sen. Dale Hutchins"
            titled = name.title and start < name.start and len(between) < 25
            if name.start != start and not (titled and _is_title(between, self.tables)):
                continue
            if self.language == "en":
                return self._behind_role(paragraph, name) or self._relative(paragraph, name) or person
            return person
        return None

    def _behind_role(self, paragraph: int, place: Name) -> Person | None:
        """Jane Smith in "Kyiv resident Jane Smith" or "Labour’s leader Jane Smith"."""
        text = self.texts[paragraph]
        for name, person in self.people.names[paragraph]:
            between = text[place.end : name.start]
            if name.start > place.end and re.fullmatch(r"['’]s (?:[a-z-]+ ){0,3}[a-z-]+, ", between):
                return person
            role = (
                re.fullmatch(r"(?:['’]s)? (?:[a-z-]+ ){0,4}([a-z-]+) ", between)
                if name.start > place.end
                else None
            )
            if role and nouns.is_person(role.group(1), self.tables):
                return person
        return None

    def _relative(self, paragraph: int, name: Name) -> Person | None:
        """Somebody who is told by whose they are: "Sandhu's brother"."""
        found = re.match(r"['’]s? (?:[a-z-]+ ){0,2}?([a-z-]+)\b", self.texts[paragraph][name.end :])
        if found is None or not nouns.is_person(found[1], self.tables):
            return None
        text = self.texts[paragraph][name.start : name.end + found.end()]
        known = next((person for person in self.people.everyone if person.name == text), None)
        if known is None:
            known = self.people.add(Person(text, "person", named=False))
            known.evidence[gender.of_noun(found[1], "", self.tables, self.language)] += 3
        return known

    def named_in(self, paragraph: int, noun: Noun) -> Person | None:
        """The name inside or straight behind a noun phrase: "le colonel X", "la maire, X"; a person's before
        any other: "son vice-président Europe, X"."""
        named = list(self._names_in(paragraph, noun))
        return next((person for person in named if person.kind == "person"), named[0] if named else None)

    def _names_in(self, paragraph: int, noun: Noun) -> Iterator[Person]:
        text = self.texts[paragraph]
        for name, person in self.people.names[paragraph]:
            lead = text[noun.start : name.start]
            between = text[noun.end : name.start]
            within = name.start <= noun.end + 2 and not set(between) & set("(.!?;:")
            inside = (
                noun.start < name.start and within and not nouns.AFTER_PREPOSITION.search(lead.rstrip() + " ")
            )
            somebody = nouns.is_person(noun.head, self.tables)
            if inside and "," not in lead and person.kind == "organisation" and somebody:
                continue  # "la déléguée CGT"
            owner = lead.split()[-1:]
            body = bool(owner) and self._is_body(owner[0]) and noun.head not in owner[0]
            if inside and body and (person.kind != "person" or len(name.words) == 1):
                continue  # "le coureur de l'équipe Armor Lux"
            if inside and noun.definite and self._heads(text[name.end : noun.end]):
                continue  # "The Plaid politician"
            behind = self._stands_behind(text, noun, name)
            if (inside and not _after_preposition(lead)) or (behind and person.kind != "unknown"):
                yield person

    def _stands_behind(self, text: str, noun: Noun, name: Name) -> bool:
        """Whether a comma parts the name from the phrase, and no more than where or what somebody is."""
        title = re.escape(name.title or "") + r"\.? *(?:[A-Z][a-z]+ )?"
        where = WHERE[self.language]
        return name.start > noun.end and bool(
            re.fullmatch(
                rf"(?: \([^()]{{1,30}}\))?(?: de ce(?:tte)? derni[eè]re?)?"
                rf"(?: {where}[^,.;:!?«»“”\"()]{{0,60}})?(?:(?: et)? [A-ZÀ-Ý][\w-]+)?, "
                rf"(?:(?!{PREPOSITION})[a-zà-ÿ'’-]+ ){{0,4}}(?:{title})?",
                text[noun.end : name.start],
            )
        )

    def _is_body(self, word: str) -> bool:
        bare = re.sub(r"^\w['’]", "", word.lower())
        return bare in self.tables.organisations or bare in self.tables.places

    def _heads(self, behind: str) -> bool:
        """Whether a noun for people comes behind a name in its phrase, as in English."""
        words = behind.split()
        return self.language == "en" and any(nouns.is_person(word, self.tables) for word in words)

    def _named_before(self, paragraph: int, noun: Noun) -> Person | None:
        """The name that an indefinite phrase says more of: "was Kwame Mensah, a father of two"."""
        if noun.definite or noun.plural:
            return None
        text = self.texts[paragraph]
        return next(
            (
                person
                for name, person in self.people.names[paragraph]
                if person.kind == "person" and re.fullmatch(r", ", text[name.end : noun.start])
            ),
            None,
        )

    def by_noun(self, noun: Noun, learn: bool = True) -> Person:
        """The person whom a role means, else somebody new by that description."""
        if self.language == "en" and noun.gender == "unknown" and not noun.organisation:
            noun = self._gendered(noun)
        bare = self.language == "en" and noun.text in BARE
        if (noun.definite or bare) and not noun.plural:
            document = self._document_before(noun)
            if document is not None:
                return document
            kin = self._of_one_name(noun)
            if kin is not None:
                self.people.learn_role(kin, noun)
                return kin
            contrast = CONTRAST.search(self.text[: noun.start]) or self._stands_apart(noun)
            here = -1 if contrast else self.mentions.paragraph
            found = self.roles.meant(noun, self._apart(noun), here, self.mentions.sentence)
            holder = self._holder(noun, found) if learn else None
            if holder is not None:
                return holder
            if found is not None and not self._is_presented(noun, found):
                if found.kind != "organisation" and learn:
                    self.people.learn_role(found, noun)
                return found
            if learn and found is None and self.roles.is_generic(noun):
                return self._just_described(noun) or self._described(noun)
        return self._described(noun)

    def _holder(self, noun: Noun, found: Person | None) -> Person | None:
        """Who holds an office of which nothing has been told yet: the text names them further on."""
        if noun.head.lower() not in self.tables.offices or has_complement(noun):
            return None
        holder = self.only_one(noun)
        if holder is None or (found is not None and nouns.role_keys(noun) & found.roles):
            return None
        apart = all(m.person is not holder for m in self._apart(noun))
        return None if apart and not self.mentions.is_new(holder) else holder

    def only_one(self, noun: Noun) -> Person | None:
        """The only one whom the text names and calls so anywhere."""
        keys = nouns.role_keys(noun)
        called = [person for person in self.people.everyone if person.named and keys & person.roles]
        return called[0] if len(called) == 1 and self.roles.could_be(noun, called[0]) else None

    def _document_before(self, noun: Noun) -> Person | None:
        """What "le document" means where its paragraph has brought one on: "Selon une note interne …"."""
        bare = noun.text[len(noun.determiner) :].strip().lower() == noun.head.lower()
        if not bare or noun.head.lower() not in self.tables.documents:
            return None
        for one in nouns.documents(self.text[: noun.start], self.tables, self.language):
            if not one.definite and not one.plural:
                return self._described(one)
        return None

    def _just_described(self, noun: Noun) -> Person | None:
        """Whom a word for anybody means where the sentence before described one such, in passing: "la ferme
        d'une octogénaire. … la vieille dame"."""
        fitting = [
            described
            for paragraph, described in self.nouns_before
            if paragraph == self.mentions.paragraph
            and not described.definite
            and described.gender == noun.gender != "unknown"
            and self.named_in(paragraph, described) is None
        ]
        return self._described(fitting[0]) if len(fitting) == 1 else None

    def _stands_apart(self, noun: Noun) -> bool:
        """ "Le Tongien, lui,": somebody else than whoever spoke last."""
        text = self.text
        return text[noun.start : noun.end] == noun.text and APART.match(text, noun.end) is not None

    def _is_presented(self, noun: Noun, found: Person) -> bool:
        """Whether somebody comes on here who was never called so: "Le chauffeur de taxi, un cousin,"."""
        text = self.text
        here = text[noun.start : noun.end] == noun.text and PRESENTED.match(text, noun.end) is not None
        known = bool(nouns.role_keys(noun) & (found.roles | found.kin)) or FORMER.match(noun.text) is not None
        return here and not known and ages.of_phrase(noun.text, "") is None

    def _of_one_name(self, noun: Noun) -> Person | None:
        """Whom "her husband" means where two bear one last name, wherever he is named."""
        if noun.head.lower() not in self.tables.kin or noun.determiner not in self.tables.possessive:
            return None
        latest = latest_subject(self.mentions.all)
        subject = latest.person if latest else None
        if subject is None or subject.family is None or subject.kind != "person":
            return None
        family = [
            person
            for person in self.people.everyone
            if person.family == subject.family and person is not subject and self.roles.could_be(noun, person)
        ]
        return family[0] if len(family) == 1 else None

    def _apart(self, noun: Noun) -> Sequence[Mention]:
        """The mentions but for those of whoever a preposition brings in before the noun, in its sentence:
        "Menée par Daria Petrov, la Nantaise" is somebody else."""
        text = self.text
        if text[noun.start : noun.end] != noun.text:
            return self.mentions.all
        governed = {
            id(person)
            for name, person in self.people.names[self.mentions.paragraph]
            if name.end <= noun.start
            and not ENDS_SENTENCE.search(text, name.end, noun.start)
            and (GOVERNED.search(text[: name.start]) or GOVERNED_ROLE.search(text[: name.start]))
        }
        governed |= self.mentions.spoken_of
        mentions = self.mentions.all
        return [m for m in mentions if id(m.person) not in governed] if governed else mentions

    def _gendered(self, noun: Noun) -> Noun:
        """The gender that the possessive behind a description tells: "the 15-year-old shook her head"."""
        text = self.text
        if text[noun.start : noun.end] != noun.text:
            return noun
        own = OWN_NAME.match(text, noun.end) or re.match(
            r" \w+(?: \w+)? (his|her) ", text[noun.end : noun.end + 50]
        )
        if own is None:
            return noun
        word = next(word for word in own.groups() if word)
        return replace(noun, gender="m" if word in ("his", "he") else "f")

    def _described(self, noun: Noun) -> Person:
        proper = noun.head[:1].isupper() and noun.organisation
        led = proper and noun.determiner in self.tables.determiners
        text = noun.text[len(noun.determiner) :].strip() if led else noun.text
        text = text[:1].lower() + text[1:] if not proper else text
        if noun.determiner in ("au", "du") and not proper:
            text = "le" + text[len(noun.determiner) :]
        known = next(
            (person for person in self.people.everyone if person.name == text and noun.definite), None
        )
        if known is not None:
            return known
        kind = (
            "organisation"
            if noun.organisation
            else "person"
            if nouns.could_be_person(noun.head, self.tables)
            else "unknown"
        )
        if kind == "unknown" and self.language == "fr" and noun.head[:1].isupper():
            kind = "organisation"  # "le Crédit mosan"
        if kind == "unknown" and self.text[noun.end :].startswith(", who "):
            kind = "person"  # "one freight forwarder, who"
        superlative = re.match(
            r"(le|la) (?:plus|moins|premier|première|second|seconde|dernier|dernière)\b", text
        )
        if superlative and self.language == "fr" and kind == "unknown":
            kind, noun = "person", replace(noun, gender="m" if superlative[1] == "le" else "f")
        person = Person(text, kind, plural=noun.plural, named=False)  # type: ignore[arg-type]
        person.roles.add(role_key(noun.head))
        second = nouns.second_role(noun, self.tables)
        if second:
            person.roles.add(role_key(second))
        if noun.gender != "unknown" and kind == "person":
            person.evidence[noun.gender] += 3
        apposed = self._apposed(noun)
        if apposed is not None and kind == "person":
            person.evidence[apposed] += 4
        person.grammatical = _grammatical(noun)
        return self.people.add(person)

    def _apposed(self, noun: Noun) -> Gender | None:
        """The gender that a second noun tells: "l'avocat général, une magistrate réputée sévère,"."""
        text = self.text
        if text[noun.start : noun.end] != noun.text or text[noun.end : noun.end + 2] != ", ":
            return None
        second = nouns.at(text, noun.end + 2, self.tables, self.language)
        somebody = second is not None and nouns.is_person(second.head, self.tables)
        if second is None or not somebody or second.definite or second.gender == "unknown":
            return None
        return second.gender


def _grammatical(noun: Noun) -> Gender:
    masculine, feminine = {"le", "un", "ce", "cet", "du"}, {"la", "une", "cette"}
    return "m" if noun.determiner in masculine else "f" if noun.determiner in feminine else "unknown"


def _is_title(text: str, tables: Tables) -> bool:
    words = re.findall(r"[^\s]+", text)
    return bool(words) and all(word in tables.titles or word.rstrip(".") in tables.titles for word in words)


def _after_preposition(lead: str) -> bool:
    return bool(nouns.AFTER_PREPOSITION.search(lead))
