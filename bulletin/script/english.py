"""English: reporting clauses on either side of the words, subjects and clauses, by rules.

No trained model for English comes from a package registry, so this leans on what newspapers do: "said X",
"X, a teacher, told reporters", "the mayor added:".
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bulletin.script import names, nouns
from bulletin.script.grammar import Clause
from bulletin.script.tables import Tables, load
from bulletin.script.words import ENDS_CLAUSE, WORD, clause_words, lowered

PRONOUNS = frozenset(["he", "she", "they", "it", "i", "we"])
BETWEEN = frozenset(  # between a subject and its verb of saying
    [
        "has",
        "had",
        "have",
        "also",
        "later",
        "then",
        "would",
        "who",
        "simply",
        "quickly",
        "once",
        "will",
        "did",
        "again",
        "just",
        "always",
        "still",
        "even",
        "never",
        "reportedly",
        "publicly",
        "repeatedly",
        "has",
        "previously",
        "often",
        "sometimes",
        "himself",
        "herself",
        "themselves",
        "both",
        "could",
        "can",
        "must",
        "and",
        "is",
        "was",
        "were",
        "are",
        "been",
        "be",
        "being",
    ]
)
PREPOSITIONS = frozenset(
    "in at on of for from to with by about after before during over under against near into through "
    "between outside inside across behind beyond despite like since until within without among around "
    "amid ".split()
)
OPENERS = PREPOSITIONS | frozenset("when while although though if because once asked speaking".split())
FINITE = frozenset(
    "is are was were am has have had do does did will would can could should must may might shall cannot "
    "isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't can't couldn't "
    "shouldn't mustn't ain't got gets goes went came comes makes made takes took gave gives knew knows "
    "thought thinks felt feels saw sees said says told wants wanted needs needed means meant looks looked "
    "let let's".split()
)
CONTRACTED = re.compile(r"['’](?:s|re|m|ve|ll|d)$")
SUBJECT_PRONOUNS = frozenset(
    "i we you they he she it there this that who what nobody everyone someone people".split()
)
ORDERS = frozenset(
    "let don't never please stop go come keep give make take tell look listen be do put get wait".split()
)
WAS_ANSWER = re.compile(  # “No comment,” was her answer
    r"(?:was|is|came|remains) (his|her|their) (?:only |short |blunt )?"
    r"(?:answer|reply|response|verdict|explanation|comment|advice|summary|retort|assessment|view)\b",
    re.IGNORECASE,
)
BEHIND_PHRASE = re.compile(r"\W*An? [^,.;:()“”\"]{2,80}, (he|she)\b")  # "A retired midwife, she began"
SUBORDINATING = frozenset("whether if that when because while although since unless".split())
TITLES = frozenset("Mr Mrs Ms Dr Prof Rev Sen Rep Gov Gen Col Capt Maj Lt Sgt St Jr Sr".split())


BEFORE_SAYING = re.compile(  # "a letter | from the board then | said"
    r"(?: (?:of|from|for|at|in|on|to|with) [^,.;:]{2,50}?)? (?:(?:\w+ly|also|once|then|had|has) )*"
)
TOLD_OF = re.compile(r", (?:who|whose|which) [^.;:]*, (?:\w+ly )?")


class English:
    """Grammar of English newspapers."""

    language = "en"

    def __init__(self) -> None:
        self.tables: Tables = load("en")

    def prepare(self, texts: Iterable[str], clauses: Iterable[str] = ()) -> None:
        """Nothing to prepare: rules read as they go."""

    def clause_after(self, text: str, position: int, limit: int | None = None) -> Clause | None:
        """The reporting clause that begins at `position`, in either order.

        >>> text = "“Yes,” Jane Smith, 42, told reporters."
        >>> text[English().clause_after(text, 7).subject:][:10]
        'Jane Smith'
        >>> English().clause_after("“Yes,” she said.", 7).pronoun
        'she'
        """
        words = clause_words(text, position, limit, TITLES)
        if not words:
            return None
        answer = WAS_ANSWER.match(text, position)
        if answer:
            pronoun = {"his": "he", "her": "she", "their": "they"}[answer[1].lower()]
            return Clause(answer.start(), answer.end(), answer.start(1), pronoun)
        first = 1 if len(words) > 1 and lowered(words[0]).endswith("ly") else 0
        if lowered(words[first]) in self.tables.saying and not lowered(words[first]).endswith("ing"):
            return self._verb_first(text, words, first)
        return self._subject_first(text, words)

    def _verb_first(self, text: str, words: list[re.Match[str]], index: int) -> Clause | None:
        for found in range(index + 1, min(index + 5, len(words))):
            if self._starts_subject(words[found]):
                pronoun = lowered(words[found]) if lowered(words[found]) in PRONOUNS else None
                return Clause(words[0].start(), words[found].end(), words[found].start(), pronoun)
            if not lowered(words[found]).endswith("ly"):
                break
        return self._bare_noun(text, words, index)

    def _bare_noun(self, text: str, words: list[re.Match[str]], index: int) -> Clause | None:
        """ "said ecologist Jane Smith": a role with no article."""
        for found in range(index + 1, min(index + 7, len(words))):
            if nouns.is_person(words[found].group(), self.tables) or words[found].group()[0].isupper():
                return Clause(words[0].start(), words[found].end(), words[index + 1].start())
        return None

    def _subject_first(self, text: str, words: list[re.Match[str]]) -> Clause | None:
        if not self._starts_subject(words[0]):
            return None
        pronoun = lowered(words[0]) if lowered(words[0]) in PRONOUNS else None
        for found in range(1, min(25, len(words))):
            word = lowered(words[found])
            gap = text[words[found - 1].end() : words[found].start()]
            governed = lowered(words[found - 1]) in PREPOSITIONS | self.tables.determiners
            if "," in gap and word in SUBORDINATING:
                return None  # "the coroner, Ann Reed, whether"
            if word in self.tables.saying and not word.endswith("ing") and not governed:
                return Clause(words[0].start(), words[found].end(), words[0].start(), pronoun)
            if pronoun and word not in BETWEEN and not word.endswith("ly"):
                return None
            if word in FINITE - BETWEEN and "," not in text[words[0].start() : words[found].start()] + gap:
                return None
        return None

    def _starts_subject(self, match: re.Match[str]) -> bool:
        word = match.group()
        bare = lowered(match)
        if CONTRACTED.search(word) and CONTRACTED.sub("", bare.replace("'", "’")) in PRONOUNS:
            return False  # "I'd say six years"
        if bare in PRONOUNS | self.tables.determiners or word in self.tables.titles:
            return bare != "it"
        return word[0].isupper() or nouns.is_person(word, self.tables) or bare in self.tables.organisations

    def clause_before(self, text: str, start: int, end: int) -> Clause | None:
        """The clause that leads up to a quotation: the verb of saying nearest to it, and its subject."""
        words = _within(text, start, end)
        saying = [i for i, word in enumerate(words) if lowered(word) in self.tables.saying]
        for index in reversed(saying):
            found = self._subject_before(text, words, index)
            if found is not None:
                return found
        found = self.subject(text, start, end)
        if found is None:
            return None
        return Clause(found.start, found.end, found.subject, found.pronoun, sure=bool(saying))

    def _subject_before(self, text: str, words: list[re.Match[str]], verb: int) -> Clause | None:
        """The subject of the verb at index `verb`: a phrase that no preposition governs."""
        clause_start = 0
        for index in range(verb - 1, -1, -1):
            gap = text[words[index].end() : words[index + 1].start()]
            if ENDS_CLAUSE.search(gap) or lowered(words[index]) in ("but", "that", "while"):
                clause_start = index + 1
                break
        near = verb  # the chunk between the last comma and the verb
        while near > clause_start and "," not in text[words[near - 1].end() : words[near].start()]:
            near -= 1
        return (
            self._noun_before(text, words[clause_start : verb + 1], TOLD_OF)
            or self._first_subject(text, words[near:verb])
            or self._first_subject(text, words[clause_start:verb])
            or self._name_before(text, words, verb)
            or self._noun_before(text, words[clause_start : verb + 1], BEFORE_SAYING)
        )

    def _noun_before(self, text: str, words: list[re.Match[str]], between: re.Pattern[str]) -> Clause | None:
        """A phrase before the verb, the last of the words, with no more than that between them; whoever says
        something is somebody, be their trade listed or not: "a freight forwarder said"."""
        for index, word in enumerate(words[:-1]):
            if lowered(word) not in self.tables.determiners:
                continue
            noun = nouns.at(text, word.start(), self.tables, "en")
            governed = index > 0 and lowered(words[index - 1]) in PREPOSITIONS
            if noun and not governed and between.fullmatch(text, noun.end, words[-1].start()):
                return Clause(word.start(), words[-1].end(), word.start())
        return None

    def _name_before(self, text: str, words: list[re.Match[str]], verb: int) -> Clause | None:
        """A name straight before the verb, governed by nothing: "In a statement Crumb & Co said"."""
        last = verb - 1
        while last > 0 and (lowered(words[last]) in BETWEEN or lowered(words[last]).endswith("ly")):
            last -= 1
        if last < 0:
            return None
        for name in names.find(text[: words[last].end()], self.tables, "en"):
            if name.end == words[last].end() and name.start >= words[0].start():
                before = text[: name.start].split()[-1:]
                governed = bool(before) and before[0].lower() in PREPOSITIONS
                return None if governed else Clause(name.start, words[verb].end(), name.start)
        return None

    def subject(self, text: str, start: int, end: int) -> Clause | None:
        """Who the sentence is about: its first phrase that stands free of prepositions."""
        behind = BEHIND_PHRASE.match(text, start, end)
        if behind:
            return Clause(behind.start(1), behind.end(1), behind.start(1), behind[1])
        return self._first_subject(text, _within(text, start, end))

    def _first_subject(self, text: str, words: list[re.Match[str]]) -> Clause | None:
        skipping = bool(words) and (lowered(words[0]) in OPENERS or lowered(words[0]).endswith("ing"))
        for index, match in enumerate(words):
            bare = lowered(match)
            gap = text[words[index - 1].end() : match.start()] if index else ""
            if "," in gap:
                skipping = False
            if bare in PREPOSITIONS:
                skipping = True
            elif bare in PRONOUNS and bare != "it":
                return Clause(match.start(), match.end(), match.start(), bare)
            elif not skipping and self._is_phrase(text, match):
                return Clause(match.start(), match.end(), match.start())
        return None

    def _is_phrase(self, text: str, match: re.Match[str]) -> bool:
        bare, word = lowered(match), match.group()
        if bare in self.tables.determiners:
            noun = nouns.at(text, match.start(), self.tables, "en")
            aged = noun is not None and nouns.AGED.fullmatch(noun.head) is not None
            person = noun is not None and nouns.could_be_person(noun.head, self.tables)
            return noun is not None and (noun.organisation or person or aged)
        if word in self.tables.titles or nouns.is_person(word, self.tables):
            return True
        return (
            word[0].isupper()
            and bare not in self.tables.not_names
            and any(name.start == match.start() for name in names.find(text, self.tables, "en"))
        )

    def is_clause(self, text: str) -> bool:
        """Whether the words hold a finite verb, as far as common words tell.

        >>> English().is_clause("We have nothing to hide"), English().is_clause("a complete disaster")
        (True, False)
        """
        words = [match.group().lower().replace("’", "'") for match in WORD.finditer(text)]
        if not words:
            return False
        if words[0] in ORDERS:
            return True
        if any(word in FINITE or (CONTRACTED.search(word) and len(word) < 9) for word in words):
            return words[0] not in ("who", "which", "that")
        return any(word in SUBJECT_PRONOUNS for word in words[:-1]) and len(words) > 2


def _within(text: str, start: int, end: int) -> list[re.Match[str]]:
    return list(WORD.finditer(text, start, end))
