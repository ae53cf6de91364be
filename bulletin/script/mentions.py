"""Who has been spoken of up to a place in the article, how present they are there, whom a pronoun means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bulletin.model import Gender
from bulletin.script.nouns import role_key
from bulletin.script.people import Person, is_document
from bulletin.script.tables import Tables

PRONOUN_GENDER: dict[str, Gender] = {
    "il": "m", "elle": "f", "he": "m", "she": "f",
    "ce dernier": "m", "celui-ci": "m", "cette dernière": "f", "celle-ci": "f",
}  # fmt: skip
LATEST = frozenset(
    {"ce dernier", "celui-ci", "cette dernière", "celle-ci"}
)  # not the subject, the last one named
PLURAL_PRONOUNS = frozenset({"ils", "elles", "they", "we", "nous"})
VAGUE_PRONOUNS = frozenset({"on", "it"})
OPENING = frozenset('«“"‘»„')
MAIN_AGAIN = 7.0  # a paragraph's first pronoun comes back to whom the article is about
RELATIVE = -6.0  # whoever was told of as another's relative is left with their paragraph
NAMED_ONLY = 0.3  # below this somebody is not even named
IN_PASSING = 0.3  # below this a body is only named
RECENT = 60  # mentions among which a pronoun's person is
FARTHEST = 7.0  # sentences beyond which distance makes no more difference
FEW = 4  # mentions below which nobody is whom the article is about
PARAGRAPHS = 3  # in which somebody must be met for it to be their portrait
PORTRAIT = 8  # mentions from which an article can be somebody's portrait
KINDS = {"person": 0.3, "organisation": 0.0, "unknown": -1.5}  # what each is worth as a pronoun's person


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody spoken of in the narrator's sentence number `sentence`, or speaking there."""

    person: Person
    sentence: int
    weight: float  # 1 for a subject, more for a speaker, less in passing
    paragraph: int = 0


class Mentions:
    """All of them up to where the article has been read: its `paragraph` and its `sentence`."""

    def __init__(self, texts: Sequence[str], tables: Tables) -> None:
        self.texts, self.tables = texts, tables
        self.all: list[Mention] = []
        self.paragraph = self.sentence = 0
        self.spoken_of: frozenset[int] = frozenset()  # those whom the words being attributed name

    def note(self, person: Person, weight: float) -> None:
        self.all.append(Mention(person, self.sentence, weight, self.paragraph))

    def is_new(self, person: Person) -> bool:
        """Whether nothing has been told of somebody yet."""
        return all(mention.person is not person for mention in self.all)

    def latest_but(self, person: Person | None, weight: float = 0.0) -> Person | None:
        """The latest single person but for this one, by mentions of such a weight."""
        present = (m.person for m in reversed(self.all) if m.weight >= weight)
        return next((p for p in present if p is not person and p.kind == "person" and not p.plural), None)

    def by_pronoun(self, pronoun: str, but: Person | None = None, alike: bool = False) -> Person | None:
        """The person whom a pronoun means, by gender, number and nearness; subjects and speakers first, and
        whom the article is about, unless all are `alike`."""
        wanted = PRONOUN_GENDER.get(pronoun)
        told = self.texts[self.paragraph][:1] not in OPENING  # not the clause of a quotation that opens it
        again = self._begins(pronoun) and told and not alike and not self._has_come_on(pronoun)
        main = dominant(self.all) if again else None
        best, best_score = None, -100.0
        for back, mention in enumerate(reversed(self.all[-RECENT:]), 1):
            person = mention.person
            if self.sentence - mention.sentence > 2 * FARTHEST:
                break
            if not self._could_mean(pronoun, person, but) or self._is_aside(pronoun, mention):
                continue
            score = -float(back) if pronoun in LATEST else self._nearness(mention)
            if pronoun in VAGUE_PRONOUNS and person.kind == "organisation":
                score += 1.0
            score += 0.7 if mention.paragraph == self.paragraph and mention.weight >= 0.5 else 0.0
            score += KINDS[person.kind]
            score += 0.3 if wanted in (person.gender, person.grammatical) else 0.0
            score += MAIN_AGAIN if person is main else 0.0
            score += RELATIVE if person.relative and mention.paragraph != self.paragraph else 0.0
            if score > best_score:
                best, best_score = person, score
        if best is not None and wanted and best.kind != "organisation" and not best.thing:
            best.evidence[wanted] += 1
        return best

    def _begins(self, pronoun: str) -> bool:
        """Whether the pronoun means nobody of its own paragraph."""
        return all(
            mention.paragraph != self.paragraph
            or not fits(pronoun, mention.person)
            or mention.weight < NAMED_ONLY
            for mention in self.all[-12:]
        )

    def _could_mean(self, pronoun: str, person: Person, but: Person | None) -> bool:
        apart = person is but or id(person) in self.spoken_of
        return not apart and fits(pronoun, person) and not is_document(person, self.tables)

    def _is_aside(self, pronoun: str, mention: Mention) -> bool:
        """Whether a body or a thing is too far away, or was named in passing."""
        body = mention.person.kind == "organisation"
        if body and mention.weight < IN_PASSING:
            return True
        far = self.sentence - mention.sentence > FARTHEST or mention.paragraph != self.paragraph
        return far and (mention.person.thing or body) and pronoun not in PLURAL_PRONOUNS

    def _nearness(self, mention: Mention) -> float:
        return mention.weight * 1.5 - min(self.sentence - mention.sentence, FARTHEST)

    def _has_come_on(self, pronoun: str) -> bool:
        """Whether the sentence before is about somebody whom the pronoun fits, who is new there and has not
        spoken yet."""
        last = latest_subject(self.all)
        if last is None or self.sentence - last.sentence > 1 or not last.person.named:
            return False
        met = [m for m in self.all if m.person is last.person]
        new = all(m.paragraph == last.paragraph and m.weight <= 1 for m in met)
        return new and fits(pronoun, last.person)

    def unite(self, described: Person, person: Person) -> None:
        """Somebody met by a description has a name: "Il s'appelle Jordan T."."""
        person.kind = "person" if described.kind == "person" else person.kind
        person.evidence += described.evidence
        person.roles |= described.roles - {role_key(word) for word in self.tables.generic}
        person.kin |= described.roles | described.kin
        person.told |= described.told
        person.age = described.age if person.age is None else person.age
        described.known_as = person
        self.all = [replace(m, person=person) if m.person is described else m for m in self.all]

    def rename(self, description: str, person: Person) -> None:
        """Whoever was met as this description was the person all along."""
        self.all = [
            replace(m, person=person) if not m.person.named and m.person.name == description else m
            for m in self.all
        ]

    def most_salient(self, but: Person | None = None) -> Person | None:
        """Who is most present here: recent subjects and speakers, single people rather than groups."""
        best, best_score = None, -100.0
        for mention in reversed(self.all[-RECENT:]):
            person = mention.person
            if person.kind == "person" and person is not but:
                score = self._nearness(mention) - (1.0 if person.plural else 0.0)
                if score > best_score:
                    best, best_score = person, score
        return best

    def presence(self, person: Person) -> float:
        """How present somebody is here, from 0."""
        return max(
            (m.weight - (self.sentence - m.sentence) / FARTHEST for m in self.all if m.person is person),
            default=0.0,
        )


def latest_subject(mentions: Sequence[Mention]) -> Mention | None:
    """Whom a sentence was last about, or who spoke last."""
    return next((mention for mention in reversed(mentions) if mention.weight >= 1), None)


def main_person(mentions: Sequence[Mention], least: int = FEW) -> Person | None:
    """The person spoken of most, where there is enough to tell."""
    named = Counter(id(m.person) for m in mentions if m.person.named and m.person.kind == "person")
    most = named.most_common(2)
    if not most or most[0][1] < least or (len(most) > 1 and most[1][1] == most[0][1]):
        return None
    return next(m.person for m in mentions if id(m.person) == most[0][0])


def dominant(mentions: Sequence[Mention]) -> Person | None:
    """Whom a portrait is of: named or meant twice as often as anybody else."""
    times = Counter(id(m.person) for m in mentions if m.person.kind == "person" and not m.person.plural)
    most = times.most_common(2)
    if not most or most[0][1] < PORTRAIT or (len(most) > 1 and most[0][1] < 2 * most[1][1]):
        return None
    where = {m.paragraph for m in mentions if id(m.person) == most[0][0]}
    if len(where) < PARAGRAPHS:
        return None
    return next(m.person for m in mentions if id(m.person) == most[0][0])


def fits(pronoun: str | None, person: Person) -> bool:
    """Whether a pronoun could mean the person; no pronoun means anybody."""
    wanted = PRONOUN_GENDER.get(pronoun or "")
    if pronoun is None:
        return True
    if pronoun in PLURAL_PRONOUNS:
        one = pronoun == "they" and not person.named and person.gender == "unknown"  # "a spokesperson"
        return person.plural or person.kind == "organisation" or one
    if pronoun in VAGUE_PRONOUNS:
        thing = person.kind == "unknown" and person.named and pronoun == "it"
        return thing or person.kind == "organisation" or pronoun == "on"
    if person.plural:
        return False
    if person.kind == "organisation":
        return person.grammatical in (wanted, "unknown") and pronoun in ("il", "elle")
    if person.thing and pronoun in ("he", "she"):
        return False  # "the Red Sea"
    return wanted is None or person.gender in (wanted, "unknown")
