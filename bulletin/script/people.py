"""The people and organisations of an article: gathered from all its names first, then looked up.

Somebody's full name is taken from wherever it stands; later mentions by last name, given name, initials or
title lead to the same person. What apposition says ("la ministre, X", "X, a retired teacher") is kept as
roles.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from bulletin.model import Gender, Speaker
from bulletin.script import ages, gender, names, nouns
from bulletin.script.names import ARTICLE, Name
from bulletin.script.nouns import Noun, appositions, role_key
from bulletin.script.parsing import token_at
from bulletin.script.tables import Tables

AGREEMENT = re.compile(  # "X, élue en 2020," "X est née", "X s'est dite"
    r"(?:, | (?:est|était|a été|avait été|sera|s['’]est|s['’]était) )"
    r"(née?|élue?|âgée?|jointe?|contactée?|interrogée?|assise?|venue?|arrivée?|nommée?|condamnée?|jugée?|dite?|réélue?"
    r"|partie?|morte?|décédée?|installée?|mariée?|retraitée?|rencontrée?|montrée?|félicitée?|inquiétée?|réjouie?|émue?)\b"
)
STAFF = (
    "direction|salariée?s|dirigeante?s?|PDG|pdg|patronne?|actionnaires?|filiale|clientes?|porte-parole"
    "|chief executive|employees|staff|customers|spokesman|spokeswoman|spokesperson|shareholders"
)
DESCRIBED = re.compile(r", (?:un |une |le |la |l['’]|a |an |the )?([a-zà-ÿ-]+)\b")
BEHIND = re.compile(r" (?:s['’]|se |l['’]|lui |en |y |n['’]|ne )?([\w-]+)(?: ([\w-]+))?")  # a verb
CAMEL = re.compile(r"^(?!(?:Mc|Mac|De|Di|La|Le|Van|Von|O['’]))\w*[a-zà-ÿ][A-ZÀ-Ý]")  # "HydroVal"
TOPIC = re.compile(r"[\w-]+ ?: ?")  # what a headline is about: "Lille : trois familles relogées"
AGE_BEHIND = re.compile(r",? \(?(?:\d{1,2} ans|\d{1,2}[),])")
WHO_ARE = re.compile(r", who (?:were|are|have|play)\b")  # a team
FOR_A_SIDE = re.compile(  # "Anna Reed, defending, said", "Paul Shaw KC, for the Crown"
    r"(?: [KQ]C)?, (?:(?P<state>prosecuting|(?:for|on behalf of) the (?:prosecution|Crown|state))"
    r"|defending|representing|acting for|in mitigation|(?:for|on behalf of) the (?:defence|defense|family))\b"
    r"|,? [KQ]C\b"
)
SPORTING = re.compile(r"\b(?:beau|bonne?|mauvaise?|belle) joueu", re.IGNORECASE)  # who takes a joke
TWO_ROLES = re.compile(r"\b([a-zà-ÿ-]+) (?:et|and) ([a-zà-ÿ-]+) $")  # "le troisième-ligne et capitaine X"
OWNED = re.compile(r"\b(?:son|sa|leur|mon|ma|his|her|their|my|its) \Z")
WHO_BEHIND = re.compile(r", who(?:se)?\b")
ELDERS = {  # what one who is called so calls the other
    "fils": "père mère papa maman", "fille": "père mère papa maman", "enfant": "père mère papa maman",
    "neveu": "oncle tante", "nièce": "oncle tante", "petit-fils": "grand-père grand-mère aïeul aïeule",
    "petite-fille": "grand-père grand-mère aïeul aïeule", "son": "father mother dad mum mom",
    "daughter": "father mother dad mum mom", "nephew": "uncle aunt", "niece": "uncle aunt",
    "grandson": "grandfather grandmother", "granddaughter": "grandfather grandmother",
}  # fmt: skip
YOUNGER_KIN = "(" + "|".join(sorted(ELDERS, key=len, reverse=True)) + ")"
CHILD_OF = re.compile(
    r"(?:, \d{1,2} ans)?,? (?:la |le |une |the |a |l['’])?"
    rf"(?:{YOUNGER_KIN}|aînée?|cadette?|benjamine?) (?:aînée? |cadette? )?(?:de |d['’]|of )",
    re.IGNORECASE,
)
OWN_CHILD = re.compile(
    rf"(?:['’]s? (?:[a-z]+ )?|(?:[^.;:!?«»\"“”]{{0,60}} avec| et) (?:sa|son) "
    rf"|(?:[^.;:!?\"“”]{{0,60}} with| and) (?:his|her) ){YOUNGER_KIN},? "
)
TRADES = frozenset(  # of firms, where their name is not somebody's
    "détaillant distributeur fabricant constructeur transporteur opérateur exploitant assureur éditeur "
    "promoteur armateur bailleur fournisseur prestataire équipementier avionneur sidérurgiste retailer "
    "manufacturer supplier insurer publisher maker carmaker builder operator".split()
)
AREAS = frozenset(
    "Europe Asie Afrique Amérique Amériques France Monde International Asia Africa Americas".split()
)
FORMER_NAME = re.compile(r"\b(?:[Nn]ée?|[Bb]orn|vrai nom|real name) $")  # of somebody named otherwise
BUSINESS = frozenset(
    "inc ltd plc llc corp co sa sas sarl gmbh ag nv holdings group groupe rail railways trains homes "
    "water energy airways airlines partners motors foods systems properties pharmaceuticals technologies "
    "studios stores industries enterprises logistics investments telecom réseau énergies assurances "
    "lines ferries shipping cruises bank insurance brothers sons mills farms "
    "inter info bleu tv news radio fm télévisions transports".split()
)
TWO = 2  # words
LONGEST_UNIT = 4  # letters
GIVEN_NAME, GUESSED = 2, 1  # what a given name says of gender, one from elsewhere; a title says more
Kind = Literal["person", "organisation", "unknown"]


@dataclass(eq=False, slots=True)
class Person:
    """Somebody (or some body) who may speak. `roles` are keys of `nouns.role_key`."""

    name: str
    kind: Kind
    evidence: Counter[str] = field(default_factory=Counter)
    roles: set[str] = field(default_factory=set)
    kin: set[str] = field(default_factory=set)  # what fits anybody: "mère", "retraité"
    nations: set[str] = field(default_factory=set)  # what they were called by where they come from
    towns: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)  # stems of the words that they were spoken of with
    plural: bool = False
    grammatical: Gender = "unknown"  # of the noun that names an organisation
    named: bool = True  # by a proper name rather than a description
    thing: bool = False  # its name stands behind an article: "l'Écho", "le Crous"
    known_as: Person | None = None  # who the description turned out to mean
    family: str | None = None  # the last name
    elders: dict[str, Person] = field(default_factory=dict)  # their father, their aunt, by `role_key`
    age: int | None = None
    relative: bool = False  # known as somebody's: "Sa mère, Béatrice"

    def __post_init__(self) -> None:
        if self.named and len(self.words) > 1:
            self.family = self.words[-1]

    @property
    def words(self) -> list[str]:
        return self.name.split()

    @property
    def gender(self) -> Gender:
        """What the evidence says most strongly, `unknown` when it is silent or divided."""
        masculine, feminine = self.evidence["m"], self.evidence["f"]
        if masculine == feminine or self.thing or self.kind == "organisation" or (self.plural and masculine):
            return "unknown"
        return "m" if masculine > feminine else "f"

    @property
    def speaker(self) -> Speaker:
        if self.known_as is not None:
            return self.known_as.speaker
        return Speaker(self.name, self.gender)


class People:
    """Everybody whom the article names: `texts` are its title and paragraphs. `mentions` are by paragraph."""

    def __init__(self, texts: Sequence[str], tables: Tables, language: str) -> None:
        self.tables, self.language = tables, language
        self.everyone: list[Person] = []
        self.whole = "\n".join(texts)
        found = [
            [
                name
                for name in names.find(text, tables, language)
                if not self._is_place(text, name)
                and not FORMER_NAME.search(text[: name.start])
                and not _is_marked(text, name)
                and not _is_unit(text, name)
            ]
            for text in texts
        ]
        found = _without_common_words(found, texts, tables, language)
        found[0] = [name for name in found[0] if not TOPIC.fullmatch(texts[0][: name.end + 2])]
        for paragraph_names in sorted(found, key=lambda listed: 0):
            for name in sorted(paragraph_names, key=lambda name: -len(name.words)):
                if len(name.words) > 1 and not _initials(name.words):
                    self._register(name)
        for paragraph_names in found:
            for name in paragraph_names:
                self._register(name)
        self.names: list[list[tuple[Name, Person]]] = []
        for text, paragraph_names in zip(texts, found, strict=True):
            self.names.append([(name, self._learn(text, name)) for name in paragraph_names])
        self.names_in_title = self.names.pop(0)
        self._name_families(texts[1:])
        self._name_parents(texts[1:])
        for person in self.everyone:
            if person.kind == "unknown" and self._has_staff(person.name):
                person.kind = "organisation"

    def _name_families(self, texts: Sequence[str]) -> None:
        """Derek is a Hollis too in "Derek and Pat Hollis"."""
        for text, mentions in zip(texts, self.names, strict=True):
            for (first, one), (second, other) in pairwise(mentions):
                joined = text[first.end : second.start] in (" and ", " et ")
                if joined and len(one.words) == 1 and len(other.words) > 1 and other.kind == "person":
                    one.family = other.family

    def _name_parents(self, texts: Sequence[str]) -> None:
        """ "Anne, la fille de Jean", "Jean's daughter, Anne": whom "son père" will mean when Anne speaks."""
        for text, mentions in zip(texts, self.names, strict=True):
            for (first, one), (second, other) in pairwise(mentions):
                between = text[first.end : second.start]
                child, owned = CHILD_OF.fullmatch(between), OWN_CHILD.fullmatch(between)
                if child:
                    one.elders |= _elders(child[1] or "enfant", other)
                elif owned:
                    other.elders |= _elders(owned[1], one)

    def _is_place(self, text: str, name: Name) -> bool:
        """ "l'école Jules-Vallès", "le stade Maurice-Boyau" are nobody."""
        hyphened = "-" in name.text and len(name.words) == 1
        places = self.tables.places | self.tables.organisations if hyphened else self.tables.places
        before = text[: name.start].split()[-2 if hyphened else -1 :]
        if name.words[0].lower() in self.tables.streets and not name.title:
            return True
        return any(re.sub(r"^\w['’]", "", word.lower()) in places for word in before) and not name.title

    def called(self, words: Sequence[str], hint: Gender = "unknown") -> Person | None:
        """The person whom these words of a name mean."""
        scored = [(self._fit(person, words, hint), person) for person in self.everyone]
        best = max(scored, key=lambda pair: (pair[0], pair[1].kind != "organisation"), default=(0, None))
        return best[1] if best[0] > 0 else None

    def attributed(self, text: str) -> Person | None:
        """Whom an attribution beside a block quote names, known or new."""
        name = next(names.find(text, self.tables, self.language), None)
        if name is None:
            return (
                self.add(Person(text.strip(" —–-,"), "unknown", named=False)) if text.strip(" —–-,") else None
            )
        return self._learn(text, name)

    def add(self, person: Person) -> Person:
        self.everyone.append(person)
        return person

    def _fit(self, person: Person, words: Sequence[str], hint: Gender) -> int:
        if not person.named or (hint != "unknown" and person.kind == "organisation"):
            return 0
        if hint != "unknown" and person.gender not in (hint, "unknown") and not self._may_err(person):
            return 0
        own, asked = _folded(person.words), _folded(words)
        if own == asked:
            return 4
        if own[-len(asked) :] == asked:
            return 3
        if len(asked) > 1 and len(own) > 1 and asked[-1] == own[-1] and asked[0][0] == own[0][0]:
            return 2
        if len(own) > 1 and asked == own[: len(asked)] and person.kind == "person":
            return 2
        letters = [part[0] for word in own for part in word.split("-") if part]
        return 1 if _initials(words) and _initials(words) == letters else 0

    def _may_err(self, person: Person) -> bool:
        """Whether somebody's gender rests on no more than a given name that is not common here: "Dédé"."""
        guessed = person.evidence.total() <= GIVEN_NAME
        return guessed and len(person.words) > 1 and not gender.is_sure(person.words[0], self.language)

    def _register(self, name: Name) -> Person:
        hint = names.gender_of(name, self.tables, self.language)
        known = self.called(name.words, hint if name.title else "unknown")
        if known:
            return known
        person = self.add(Person(name.text, self._kind(name)))
        if hint != "unknown" and person.kind == "person":
            sure = name.title or gender.is_sure(name.words[0], self.language)
            person.evidence[hint] += GIVEN_NAME if sure else GUESSED
        return person

    def _kind(self, name: Name) -> Kind:
        if name.title:
            return "person"
        words = {word.lower() for word in name.words}
        ends = (
            self.language == "en"
            and len(name.words) > 1
            and name.words[-1].lower() in self.tables.organisations
        )
        if (
            name.words[0].lower() in self.tables.organisations
            or name.text.isupper()
            or re.fullmatch(r"[A-ZÀ-Ý]{2,}", name.words[0])  # "CHU de Dijon"
            or "&" in name.text
            or CAMEL.search(name.text)
            or words & BUSINESS
            or ends
        ):
            return "organisation"
        if {name.words[0].lower().split("-")[0], name.words[-1].lower()} & self.tables.places:
            return "unknown"
        if name.words[0] in ("Le", "La", "Les", "The") and len(name.words) > 1:
            return "organisation"  # newspapers, bands, ships
        if self.language == "en" and re.search(rf"\bin {re.escape(name.text)}\b", self.whole, re.IGNORECASE):
            return "unknown"
        if len(name.words) > TWO and re.fullmatch(r"(?:[A-ZÀ-Ý]\.-?)+", name.words[0]):
            return "person"  # "K. Shailaja Menon"
        given = gender.is_given_name(name.words[0], self.language)
        return "person" if given and (len(name.words) > 1 or self._alone(name)) else "unknown"

    def _acts(self, text: str, name: Name) -> bool:
        """Whether somebody of two names at least does what people do: "Tevita Lolohea a posé le ballon"."""
        if self.language != "fr" or len(name.words) < 2 or ARTICLE.search(text[: name.start]):
            return False
        behind = BEHIND.match(text, name.end)
        if behind is None:
            return False
        verb, second = behind[1].lower(), (behind[2] or "").lower()
        return verb in self.tables.acting or (verb in self.tables.auxiliaries and second in self.tables.acted)

    def _has_staff(self, name: str) -> bool:
        """Whether people work for it or run it: "la direction de Vitrabel"."""
        staff = rf"\b(?:{STAFF}) (?:de |d['’]|of |at ){re.escape(name)}\b"
        return re.search(staff, self.whole) is not None and not self._is_somewhere(name)

    def _is_somewhere(self, name: str) -> bool:
        """Whether things happen in or at it."""
        towards = (
            r"(?:à|en|in|at|vers|depuis|jusqu['’]à|towards|entre [A-ZÀ-Ý][\w-]+ et|between [A-Z][\w-]+ and)"
        )
        return re.search(rf"\b{towards} {re.escape(name)}\b", self.whole) is not None

    def _alone(self, name: Name) -> bool:
        """A given name on its own, which no preposition of place ever governs."""
        word = re.escape(name.text)
        place = re.search(
            rf"\b(?:à|en|de|[Ll]a|[Ll]e|du|au|une?|in|at|from|near|of|the|an?) {word}\b|\b[dl]['’]{word}\b",
            self.whole,
        )
        return (
            place is None
            and not self._is_somewhere(name.text)
            and gender.of_given_name(name.text, self.language) != "unknown"
        )

    def _learn(self, text: str, name: Name) -> Person:
        """Notes what stands around this mention of somebody."""
        person = self._register(name)
        by_title = self.tables.titles.get(name.title or "", "unknown")
        if by_title != "unknown":
            person.evidence[by_title] += 5
        if person.age is None:
            person.age = ages.of_name(text, name.start, name.end)
        if name.title in self.tables.title_roles:
            person.roles.add(role_key(self.tables.title_roles[name.title]))
        if ARTICLE.search(text[: name.start]) and not name.title and person.kind != "person":
            person.thing = True
        if OWNED.search(text[: name.start]) and len(name.words) == 1 and not name.title:
            person.kind, person.thing = "unknown", True  # "pendant son Erasmus", "her Volvo"
        if person.kind == "organisation":
            article = re.search(r"\b(le|du|au|la|un|une) $", text[: name.start], re.IGNORECASE)
            if article and self.language == "fr":
                person.grammatical = "f" if article[1].lower() in ("la", "une") else "m"
            return person
        for noun in appositions(text, name, self.tables, self.language):
            trade = noun.head.lower() in TRADES and person.kind == "unknown"
            if noun.organisation or trade:
                self._learn_body(person, noun)
                return person
            self.learn_role(person, noun)
        agreement = AGREEMENT.match(text, name.end) if self.language == "fr" else None
        if agreement:
            person.evidence["f" if agreement.group(1).rstrip("s").endswith("e") else "m"] += 1
        if person.kind == "unknown" and self._acts(text, name):
            person.kind = "person"
        side = FOR_A_SIDE.match(text, name.end) if self.language == "en" else None
        if side:
            person.roles |= {"lawyer", "barrister", *(["prosecutor"] if side["state"] else [])}
        if WHO_ARE.match(text, name.end) and len(name.words) == 1:
            person.kind = "organisation"
        elif AGE_BEHIND.match(text, name.end) or WHO_BEHIND.match(text, name.end):
            person.kind = "person"
        for first, second in TWO_ROLES.findall(text[: name.start]):
            if nouns.is_person(second, self.tables) and (nouns.is_person(first, self.tables) or "-" in first):
                person.roles |= {role_key(first), role_key(second)}
        return person

    def _learn_body(self, body: Person, noun: Noun) -> None:
        """Notes that a name is that of some body: "l'association Familles du Val", "Crumb & Co, a firm"."""
        if body.kind == "unknown" or (len(body.words) != 2 and not body.roles):
            body.kind = "organisation"
            body.roles.add(role_key(noun.head))
            body.evidence.clear()

    def learn_role(self, person: Person, noun: Noun) -> None:
        if SPORTING.search(noun.text):
            return
        if noun.determiner in self.tables.possessive and noun.head.lower() in self.tables.kin:
            person.relative = True
        years = ages.of_phrase(noun.text, noun.head)
        if person.age is None and years is not None and len(years) == 1:
            person.age = years[0]
        if noun.head[0].isupper() and noun.head.lower() in self.tables.nationalities:
            person.nations.add(role_key(noun.head))
        elif nouns.is_demonym(noun.head, self.tables):
            person.towns.add(role_key(noun.head))
        if noun.head.lower() not in self.tables.generic and noun.head[0].islower():
            person.roles |= nouns.role_keys(noun)
            first = noun.head.lower().split("-")[0]  # "l'entraîneur-chef" is an "entraîneur"
            person.roles |= {role_key(first)} if first in self.tables.persons else set()
        elif noun.head[0].islower():
            person.kin.add(role_key(noun.head))
        somebody = nouns.could_be_person(noun.head, self.tables) and person.name not in AREAS
        if somebody and person.kind == "unknown" and not (person.thing or self._is_somewhere(person.name)):
            person.kind = "person"
        borne_by_women = noun.gender == "m" and noun.head.lower() in self.tables.masculine_titles
        if noun.gender != "unknown" and not (borne_by_women and person.evidence["f"]):
            person.evidence[noun.gender] += 3 if noun.gender == "f" else 1


def _without_common_words(
    found: list[list[Name]], texts: Sequence[str], tables: Tables, language: str
) -> list[list[Name]]:
    """Without single words that open a sentence and are no names elsewhere, nor stand before their verb."""
    lower = set(re.findall(r"(?<![\w'’])[a-zà-ÿ][\w-]*", " ".join(texts)))
    inside = {word for listed in found for name in listed if not name.opens_sentence for word in name.words}
    full = {word for listed in found for name in listed if len(name.words) > 1 for word in name.words}

    def keep(text: str, name: Name) -> bool:
        word = name.words[0]
        if AGE_BEHIND.match(text, name.end) or _is_described(text, name, tables):
            return True
        accented = name.opens_sentence and word[:1] == "E" and f"é{word[1:]}" in tables.persons
        if accented and language == "fr" and gender.of_given_name(word, language) == "unknown":
            return False  # "Elue du Gard, elle…"
        if len(name.words) > 1 or not name.opens_sentence or name.title:
            return True
        if word in inside | full:
            return True
        given = gender.of_given_name(word, language) != "unknown"
        telling = given or word[1:].isupper() or _does(text, name, tables, language)
        if language == "fr" and given and not _could_be_noun(text, name):
            return False
        return word.lower() not in lower and len(word) > 1 and telling

    return [[name for name in listed if keep(text, name)] for text, listed in zip(texts, found, strict=True)]


def _elders(word: str, elder: Person) -> dict[str, Person]:
    """What somebody calls the one whose "neveu" they are."""
    return {role_key(name): elder for name in ELDERS[word.lower()].split()}


def _is_described(text: str, name: Name, tables: Tables) -> bool:
    """Whether what somebody does stands behind a comma: "Yohann, professeur de mathématiques,"."""
    behind = DESCRIBED.match(text, name.end)
    return behind is not None and nouns.is_person(behind[1], tables)


def _is_marked(text: str, name: Name) -> bool:
    """A name alone between quotation marks behind an article is that of a ship, a work, a house."""
    before, after = text[: name.start].rstrip(), text[name.end :].lstrip()
    closed = after[:1] in '»”"’' and after != ""
    led = re.search(r"(?:\b(?:le|la|les|du|au|the|a)\s|\bl['’])[«“\"‘]$", before, re.IGNORECASE)
    nicknamed = re.search(r"[«“\"‘]\s*(?:Monsieur|Madame|Mister|Miss)$", before)  # « Monsieur Propre »
    return closed and bool(led or (nicknamed and name.title))


def _is_unit(text: str, name: Name) -> bool:
    """What is counted rather than named: "45 000 F Cfa", "12 GW"."""
    word = name.words[0]
    return len(word) <= LONGEST_UNIT and word.isupper() and re.search(r"\d $", text[: name.start]) is not None


def _could_be_noun(text: str, name: Name) -> bool:
    """Whether a word that opens a sentence can be a name there: "Long silence", "Assis devant" are none."""
    following = re.match(r"[\s](\w+)", text[name.end :])
    if following and following[1].lower() in nouns.PREPOSITIONS | {"devant", "derrière"}:
        return False
    if (
        following
        and following[1] in ("puis", "et", "ou", "mais")
        and name.text.endswith(("é", "ée", "u", "ue"))
    ):
        return False  # "Allié puis adversaire"
    token = token_at(text, name.start)
    return token is None or token.pos_ not in ("ADJ", "ADV", "ADP", "DET", "VERB", "AUX", "CCONJ", "SCONJ")


def _does(text: str, name: Name, tables: Tables, language: str) -> bool:
    """A word that opens a sentence with no article and has its verb behind it: "Veolia a reconnu"."""
    following = re.match(r"\s(?:ne[ ]|n['’]|se[ ]|s['’]|l['’]|en[ ]|y[ ])?([^\W\d_]+)", text[name.end :])
    if following is None or nouns.is_person(name.text.lower(), tables):
        return False
    verbs = tables.saying | (tables.auxiliaries | tables.helpers if language == "fr" else frozenset())
    return following[1] in verbs and not (language == "en" and name.text.endswith("s"))


def _folded(words: Iterable[str]) -> list[str]:
    return [gender.plain_letters(word.replace("’", "'")) for word in words]


def _initials(words: Sequence[str]) -> list[str]:
    letters = [letter for word in words for letter in re.findall(r"([A-Z])\.", word)]
    return [letter.lower() for letter in letters] if all("." in word for word in words) else []


def is_owned(person: Person, tables: Tables) -> bool:
    """Whether somebody is told of as another's only: "her husband"."""
    return not person.named and person.words[0].lower() in tables.possessive


def is_document(person: Person, tables: Tables) -> bool:
    """Whether a description is that of something to read: "le rapport", "the letter"."""
    return not person.named and bool({word.lower() for word in person.words[:3]} & tables.documents)
