"""Whom a role means: "la magistrate", "le quinquagénaire", "the 51-year-old", "cette mère de famille".

Everybody spoken of so far is scored by a small table of weights; the best one above the mark is meant, else
the role introduces somebody new.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bulletin.script import ages, gender, nouns
from bulletin.script.mentions import FARTHEST, Mention, latest_subject, main_person
from bulletin.script.nouns import Noun, role_key
from bulletin.script.people import Person
from bulletin.script.tables import Tables
from bulletin.script.words import WORD


def _keys(words: str) -> frozenset[str]:
    """The keys of these roles."""
    return frozenset(map(role_key, words.split()))


WEIGHTS = {
    "same role": 4.0,
    "synonym": 2.5,
    "only in passing": -2.0,  # somebody without a name whom no sentence was about
    "of something else": -1.5,  # "le chef de village" is no chief of a union
    "told": 2.5,  # what the role says was told of them: "cultive à Elne" and "le maraîcher d'Elne"
    "fits anybody": 0.5,
    "gender agrees": 1.0,
    "no role yet": 1.0,
    "spoke last here": 2.5,  # in this paragraph
    "told of in this paragraph": 2.0,
    "named in this paragraph": 0.7,
    "of a town": -2.7,  # "la Slovène" is rather the other than "la Brestoise"
    "other role": -2.0,
    "office not heard of": -2.5,
    "only in the lead": -3.0,  # the standfirst describes whom the text then names
    "other complement": -3.5,  # "le directeur de la prison" is nobody known
    "placed elsewhere": -2.5,  # "le vieil homme du fond"
    "far": -1.0,
    "main": 1.0,  # whom the article is mostly about
    "presence": 0.51,  # times the weight of the mention
    "distance": -0.35,  # a sentence
}
NOT_FAR = 3  # paragraphs back to whom "the 19-year-old" means
MARK = -0.5
TOLD_OF = 0.5  # the weight of a mention that is more than a name in passing
MANY = 5  # mentions from which that one may hold an office that nobody has been said to hold
NEAR = 2  # sentences within which somebody without a name is still meant by "the man"
COMPLEMENT = re.compile(r"\s(?:de|du|des|of|for)\s(?!\d|lieux|jour|match|soir)|\sd['’]")
OF_A_KIND = re.compile(  # "le chef de train"
    r"\s(?:de\s|d['’])(?!(?:une?|la|ce|cet|cette|sa|son|ses|leur|leurs|l['’])\b)[a-zà-ÿ]"
)
CONCERNED = "intéressé"  # whom it is all about
SCIENTISTS = _keys("chercheur scientifique savant spécialiste expert scientist")
SCIENCES = (
    "logu",
    "ologist",
    "physicien",
    "physicist",
    "nom",
    "chimist",
    "mathématicien",
    "historien",
    "graph",
)
SUPERLATIVE = re.compile(  # one of several, and not the one who spoke last: "la plus jeune"
    r"(?:(?:le|la) (?:plus|moins)|the (?:older|younger|elder|other|second)) ", re.IGNORECASE
)
OF_ANYBODY = re.compile(  # a complement that leaves "la mère" as it is
    r"\s(?:de|d['’]|of)\s?(?:famille|affaires|lettres|loi|\d|deux|trois|quatre|cinq|six|sept|huit"
    r"|two|three|four|five|six)"
)
YOUNG_OR_OLD = re.compile(
    r"(?:le |la |l['’])"
    r"(?:jeune (?:homme|femme|fille)|vieil homme|vieille (?:dame|femme)|adolescente?)"
    r"|the (?:young|old) (?:man|woman)",
    re.IGNORECASE,
)
ACCUSED = _keys("prévenu accusé suspect condamné mis-en-cause defendant accused")
COURT = _keys(
    "président magistrat juge procureur substitut avocat greffier assesseur parquetier judge "
    "prosecutor lawyer barrister coroner magistrate attorney"
)
OFFICIAL = _keys("expert psychiatre psychologue enquêteur gendarme policier victime plaignant witness")
ACADEMIC = _keys("doctor professor docteur professeur")  # of any science
ADULT = _keys("homme femme dame monsieur père mère man woman father mother")
ELDER = _keys("aîné doyen vieux vieil ancien vétéran elder")
YOUTH = _keys(
    "adolescent adolescente ado enfant gamin gamine garçon fillette lycéen collégien écolier teenager "
    "child schoolboy schoolgirl"
)
GROWN_UP = _keys(
    "maire ministre président directeur préfet juge magistrat procureur avocat médecin docteur infirmier "
    "enseignant professeur instituteur maître éducateur psychologue policier gendarme pompier entraîneur "
    "patron gérant planteur agriculteur paysan pêcheur mayor minister president director judge lawyer "
    "doctor nurse teacher officer coach"
)
YOUNGER = _keys(
    "neveu fils fille petit-fils petite-fille apprenti cadet benjamin mousse stagiaire nephew niece "
    "son daughter grandson granddaughter apprentice trainee"
)
DOCTORS = _keys("médecin praticien docteur")
MEDICINE = ("logu", "logist", "iatr", "urgentist", "généralist", "chirurgien", "obstétricien", "anesthésist")
CLIENT = _keys("client cliente client")
FORMER = re.compile(r"(?:l['’]|la |le |the )(?:ancien|ancienne|ex-|former|onetime|one-time)", re.IGNORECASE)
DEMONSTRATIVE = frozenset("ce cet cette this that".split())
AGE_TOLD = 2  # sentences back at most, unless nobody else is likely
UNSURE = 1.5
STEM = 6  # letters that "boulangère" shares with "boulangerie"


class Roles:
    """Resolves roles in one language."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.no_trades = ACADEMIC | frozenset(map(role_key, tables.kin))

    def _trades(self, person: Person) -> set[str]:
        """What somebody is known to do: an uncle may be a seaman, too."""
        return person.roles - self.no_trades

    def meant(self, noun: Noun, mentions: Sequence[Mention], paragraph: int, sentence: int) -> Person | None:
        """The person (or body) whom a definite role means."""
        if nouns.is_demonym(noun.head, self.tables) and has_complement(noun):
            return None  # "la Française des jeux"
        somebody = noun.organisation or self.is_generic(noun) or nouns.could_be_person(noun.head, self.tables)
        if self.tables.language == "en" and not (somebody or FORMER.match(noun.text)):
            return None
        if noun.head.lower() in self.tables.counterparts and noun.determiner in self.tables.possessive:
            return _counterpart(noun, mentions)
        concerned = self._concerned(noun, mentions, paragraph) if role_key(noun.head) == CONCERNED else None
        if concerned is not None:
            return concerned
        own_kin = noun.head.lower() in self.tables.kin and noun.determiner in self.tables.possessive
        elder = self._elder(noun, mentions) if own_kin else None
        if elder is not None:
            return elder
        looked = self._looked(noun, [m for m in mentions if sentence - m.sentence <= AGE_TOLD])
        if looked is not None:
            return looked
        if role_key(noun.head) in CLIENT and noun.determiner in self.tables.possessive:
            return self._tried(noun, mentions)
        if self._has_nationality(noun):
            key = role_key(noun.head)
            mentions = [m for m in mentions if key in m.person.nations] or mentions
        if noun.head.lower() in self.tables.always_known and any(m.person.kin & ACCUSED for m in mentions):
            mentions = [m for m in mentions if not m.person.roles & COURT]  # the thirty-year-old is no judge
        best, best_score = None, MARK
        last = latest_subject(mentions)
        seen: set[int] = set()
        main = main_person(mentions)
        met = _paragraphs(mentions)
        about = {id(m.person) for m in mentions if m.weight >= TOLD_OF}
        for mention in reversed(mentions):
            person = mention.person
            other = noun.head.lower() in self.tables.others or SUPERLATIVE.match(noun.text)
            contrast = other and last and person is last.person
            if id(person) in seen or contrast or not self.could_be(noun, person):
                continue
            seen.add(id(person))
            here = last is not None and person is last.person and last.paragraph == paragraph
            known = mention.weight >= 1 or person.kind != "unknown"
            weights = (
                self._evidence(
                    noun, person, sentence - mention.sentence, here, met[id(person)], id(person) in about
                )
                if known
                else None
            )
            if weights is None:
                continue
            apart = "other role" in weights or "other complement" in weights
            if not person.roles and person is main_person(mentions, MANY):
                weights = [name for name in weights if name != "office not heard of"]
            if person is main and not apart and not (last and last.paragraph == paragraph):
                weights = [*weights, "main"]
            new_here = mention.paragraph == paragraph and not (last and last.paragraph == paragraph)
            if person.named and new_here and self.is_generic(noun) and not apart:
                told = any(
                    m.person is person and m.weight >= TOLD_OF for m in mentions if m.paragraph == paragraph
                )
                weights = [*weights, "told of in this paragraph" if told else "named in this paragraph"]
            score = sum(WEIGHTS[name] for name in weights) + WEIGHTS["presence"] * mention.weight
            score += WEIGHTS["distance"] * min(sentence - mention.sentence, FARTHEST)
            if score > best_score:
                best, best_score = person, score
        if best_score < UNSURE:
            best = self._looked(noun, mentions) or best
        return best or self._only_one(noun, mentions, paragraph) or self._pointed(noun, mentions, paragraph)

    def _pointed(self, noun: Noun, mentions: Sequence[Mention], paragraph: int) -> Person | None:
        """Whom "ce producteur" means, who must have been spoken of: the latest of whom no role is known."""
        if noun.determiner not in DEMONSTRATIVE or noun.organisation:
            return None
        for mention in reversed(mentions):
            person, near = mention.person, paragraph - mention.paragraph <= NOT_FAR
            about = mention.weight >= 1 and person.named and person.kind == "person"
            if near and about and not self._trades(person) and self.could_be(noun, person):
                return person
        return None

    def _concerned(self, noun: Noun, mentions: Sequence[Mention], paragraph: int) -> Person | None:
        """Whom "l'intéressée" means: whom the article is about, or whom it was last about in this paragraph,
        and not whoever has just spoken of her."""
        speaker = next((m.person for m in reversed(mentions) if m.weight > 1), None)
        here = [m for m in reversed(mentions) if m.paragraph == paragraph]
        about = [m.person for m in here if m.weight >= 1 and m.person is not speaker][:1]
        main = main_person(mentions, 2)
        if main is not None:
            about.insert(0 if any(m.person is main for m in here) else 1, main)
        return next((person for person in about if self.could_be(noun, person)), None)

    def _looked(self, noun: Noun, mentions: Sequence[Mention]) -> Person | None:
        """Whom "la jeune femme" means where the age was told of one alone who is called so."""
        span = ages.of_look(noun.text) or ()
        fitting = {id(m.person): m.person for m in mentions if m.person.age in span}
        fitting = {key: person for key, person in fitting.items() if self.could_be(noun, person)}
        return next(iter(fitting.values())) if len(fitting) == 1 else None

    def _elder(self, noun: Noun, mentions: Sequence[Mention]) -> Person | None:
        """Whom "her father" means where it has been told whose child the subject is."""
        subject = latest_subject(mentions)
        elder = subject.person.elders.get(role_key(noun.head)) if subject else None
        return elder if elder is not None and self.could_be(noun, elder) else None

    def _tried(self, noun: Noun, mentions: Sequence[Mention]) -> Person | None:
        """Whom a lawyer's "my client" means: who stands before the court."""
        for mention in reversed(mentions):
            person = mention.person
            if person.named and person.kin & ACCUSED and self.could_be(noun, person):
                return person
        return None

    def _latest(self, noun: Noun, mentions: Sequence[Mention], paragraph: int) -> Person | None:
        """Whom "the 19-year-old" means where nobody is nearer: whoever was named last, not far before."""
        for mention in reversed(mentions):
            person, near = mention.person, paragraph - mention.paragraph <= NOT_FAR
            if near and person.named and person.kind == "person" and self.could_be(noun, person):
                return person
        return None

    def _only_one(self, noun: Noun, mentions: Sequence[Mention], paragraph: int) -> Person | None:
        """Whom "the sixty-year-old" means however long ago: the only one of that gender who was named."""
        known = noun.head.lower() in self.tables.always_known or self._has_nationality(noun)
        if nouns.AGED.fullmatch(noun.head):
            return self._latest(noun, mentions, paragraph)
        if self._has_nationality(noun):
            here = {id(m.person): m.person for m in mentions if m.paragraph == paragraph and m.person.named}
            left = [p for p in here.values() if p.kind == "person" and self.could_be(noun, p)]
            if len(left) == 1:
                return left[0]
        plain = self._is_plain(noun)
        young = YOUNG_OR_OLD.fullmatch(noun.text) is not None
        kin = noun.head.lower() in self.tables.kin or noun.determiner in self.tables.possessive
        anybody = self.is_generic(noun) and not (kin or has_complement(noun))
        if not (known or plain or young or anybody):
            return None
        named = {
            id(m.person): m.person
            for m in mentions
            if m.person.named and m.person.kind == "person" and m.person.gender == noun.gender != "unknown"
        }
        only = next(iter(named.values())) if len(named) == 1 else None
        if not (known or plain or young) and only is not main_person(mentions):
            return None
        fits = only is not None and self.could_be(noun, only) and (known or not plain or not only.roles)
        return only if fits else None

    def _is_plain(self, noun: Noun) -> bool:
        """Whether a phrase says no more than what somebody does: "l'agriculteur"."""
        head = noun.head.lower()
        bare = noun.text[len(noun.determiner) :].strip().lower() == head
        special = head in self.tables.offices | self.tables.kin or self.is_generic(noun) or noun.organisation
        return bare and not special and noun.determiner in ("le", "la", "l'", "the")

    def _has_nationality(self, noun: Noun) -> bool:
        return noun.head[:1].isupper() and noun.head.lower() in self.tables.nationalities

    def could_be(self, noun: Noun, person: Person) -> bool:
        body = person.kind == "organisation"
        if person.plural or (noun.organisation != body and person.kind != "unknown"):
            return False
        if not noun.organisation and person.kind == "unknown" and person.named and len(person.words) == 1:
            return False  # a town, a firm
        years = ages.of_phrase(noun.text, noun.head)
        looked = ages.of_look(noun.text)
        if person.age is not None and any(span and person.age not in span for span in (years, looked)):
            return False
        own = role_key(noun.head)
        if (own in ACCUSED and person.roles & COURT) or (own in COURT | OFFICIAL and person.kin & ACCUSED):
            return False
        if (own in YOUTH and person.roles & GROWN_UP) or (
            own in ADULT and (person.kin | person.roles) & YOUTH
        ):
            return False
        if own in ELDER and (person.roles | person.kin) & YOUNGER:
            return False
        if self._has_nationality(noun) and person.nations and own not in person.nations:
            return False
        return "unknown" in (noun.gender, person.gender) or noun.gender == person.gender

    def _evidence(
        self, noun: Noun, person: Person, distance: int, here: bool, met: set[int], about: bool
    ) -> list[str] | None:
        """The names of the weights that count; None where it can't be."""
        agrees = ["gender agrees"] if noun.gender == person.gender != "unknown" else []
        key = role_key(noun.head)
        if not person.named and distance > NEAR and met == {0}:
            agrees = [*agrees, "only in the lead"]
        years = ages.of_phrase(noun.text, noun.head)
        if nouns.role_keys(noun) & (person.roles | person.kin | person.nations) or person.age in (
            years or ()
        ):
            return ["same role", *agrees]
        passing = ["only in passing"] if not (person.named or about) else []
        scientist = key in SCIENTISTS and any(role.endswith(SCIENCES) for role in person.roles)
        learned = key.endswith(SCIENCES + MEDICINE) and bool(person.roles) and person.roles <= ACADEMIC
        doctor = key in DOCTORS and any(role in DOCTORS or role.endswith(MEDICINE) for role in person.roles)
        if scientist or learned or doctor or self._synonyms(key) & person.roles:
            apart = (
                has_complement(noun) and not _told(noun, person, False) and not OF_ANYBODY.search(noun.text)
            )
            return ["synonym", *passing, *(["of something else"] if apart else []), *agrees]
        own = noun.determiner in self.tables.possessive and not (
            noun.organisation and noun.determiner == "notre"
        )
        if own or not self._open_to(noun, person, distance):
            return None
        far = distance > 2
        found = agrees
        generic, office = self.is_generic(noun), noun.head.lower() in self.tables.offices
        told = _told(noun, person, office)
        former = person.named and FORMER.match(noun.text) is not None
        pointed = person.named and person.kind == "person" and noun.determiner in DEMONSTRATIVE and not office
        if told:
            found.append("told")
        elif (
            has_complement(noun)
            and (office or not OF_A_KIND.search(noun.text))
            and not (generic or former or pointed)
            and not (here and not (person.roles and office))
        ):
            found.append("other complement")
        elif generic and noun.determiner in ("le", "la", "l'") and not told and _is_placed(noun):
            found.append("placed elsewhere")
        if self._has_nationality(noun) and person.towns and not person.nations:
            found.append("of a town")
        if generic:
            found.append("fits anybody")
        elif office and not (told or former):
            found.append("office not heard of")
        elif self._trades(person) and not (noun.organisation or told or former or pointed):
            found.append("other role")
        if (generic or not self._trades(person)) and person.named and not far:
            found.append("no role yet")
        if here and not noun.organisation:
            found.append("spoke last here")
        return [*found, "far"] if far and not told else found

    def is_generic(self, noun: Noun) -> bool:
        """Whether it fits anybody, whatever is known of their work."""
        aged = nouns.AGED.fullmatch(noun.head)
        second = nouns.second_role(noun, self.tables)
        if second and second.lower() not in self.tables.generic:
            return False
        return (
            bool(aged) or noun.head.lower() in self.tables.generic or nouns.is_demonym(noun.head, self.tables)
        )

    def _open_to(self, noun: Noun, person: Person, distance: int) -> bool:
        """Whether a role that was never said of somebody could still be theirs."""
        if noun.organisation:
            bare = len(noun.text.replace("’", "'").replace("'", " ").split()) == 2
            proper = person.name[:1].isupper() and bare
            return noun.head.lower() in self.tables.bodies and person.kind != "person" and proper
        full = person.kind == "unknown" and person.named and len(person.words) > 1
        if not (person.kind == "person" or full) or self._is_relative(noun):
            return False
        if noun.head.lower() in self.tables.kin and _is_placed(noun) and noun.determiner not in DEMONSTRATIVE:
            return False  # "la fille d'une des victimes"
        told_of = self.is_generic(noun) or noun.determiner in DEMONSTRATIVE
        return person.named or (told_of and distance <= NEAR)

    def _is_relative(self, noun: Noun) -> bool:
        """Whether it is somebody's father rather than "this father", "the mother of three"."""
        bare = re.match(rf"\W*{re.escape(noun.head)}\b", noun.text[len(noun.determiner) :]) is not None
        own = bare and noun.head.lower() in self.tables.kin
        return own and noun.determiner not in DEMONSTRATIVE and not has_complement(noun)

    def _synonyms(self, key: str) -> set[str]:
        rows = (row for first, row in self.tables.synonyms.items() if role_key(first) == key)
        return {role_key(word) for row in rows for word in row}


def stems(text: str) -> set[str]:
    """The telling words of a text, cut so that words of one family meet.

    >>> stems("La boulangerie de Ploërmel") & stems("la boulangère")
    {'boulan'}
    """
    words = (part for match in WORD.finditer(text) for part in match.group().split("-"))
    return {gender.plain_letters(word)[:STEM] for word in words if len(word) > 4 or word[:1].isupper()}


def has_complement(noun: Noun) -> bool:
    """Whether the phrase says of what: "le directeur de la prison"."""
    return bool(COMPLEMENT.search(noun.text))


def _counterpart(noun: Noun, mentions: Sequence[Mention]) -> Person | None:
    """Whom "her opponent" means: the other one of two who were named."""
    latest = latest_subject(mentions)
    subject = latest.person if latest else None
    named = [
        m.person
        for m in reversed(mentions)
        if m.person.named and m.person.kind == "person" and not m.person.plural and m.person is not subject
    ]
    others = {id(person) for person in named}
    return named[0] if len(others) == 1 else None


def _is_placed(noun: Noun) -> bool:
    """Whether a word for anybody tells where its person is or belongs: "le vieil homme du fond"."""
    behind = noun.text.partition(noun.head)[2]
    return has_complement(noun) and OF_ANYBODY.match(behind) is None


def _paragraphs(mentions: Sequence[Mention]) -> dict[int, set[int]]:
    """Where everybody has been spoken of."""
    found: dict[int, set[int]] = {}
    for mention in mentions:
        found.setdefault(id(mention.person), set()).add(mention.paragraph)
    return found


def _told(noun: Noun, person: Person, office: bool) -> bool:
    """Whether the role, or all that its complement says, has been told of the person; an office must be."""
    words = stems(noun.text[len(noun.determiner) :])
    head = stems(noun.head)
    beside = words - head
    if head & person.told:
        return True
    return not office and bool(beside) and beside <= person.told and has_complement(noun)
