"""French: the inverted reporting clause, subjects and clauses.

"dit-il", "a expliqué à la presse le colonel X", "glisse, ému, un voisin": a verb and, behind it, its subject.
The form is the signal; a list of verbs of saying makes it sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from bulletin.script import gender, names, nouns
from bulletin.script.grammar import Clause
from bulletin.script.nouns import PREPOSITIONS
from bulletin.script.parsing import is_finite, parse, prepare, token_at
from bulletin.script.tables import Tables, load
from bulletin.script.trees import clause_of, in_relative, is_main_verb, subject_of
from bulletin.script.words import WORD, clause_words, lowered

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

INVERTED = re.compile(r"^(.+?)(?:-t)?-(il|elle|on|ils|elles|je|nous)$")
CLITICS = frozenset("s' se m' me nous vous lui leur l' en y n' ne".split())
FINITE = re.compile(r"(?:e|t|d|it|ait|a|ent|aient)$")
PARTICIPLE = re.compile(r"(?:é|i|u|is|it|ert|eint|aint)e?s?$")
SUBJECT_WORDS = frozenset(
    "celui celle ceux celles quelqu' l'un l'une beaucoup certains certaines tous toutes".split()
)
DETERMINERS = frozenset(
    "le la l' les un une des ce cet cette ces son sa ses leur leurs mon ma mes notre nos plusieurs "
    "certains certaines quelques deux trois quatre d'autres".split()
)
LATEST = re.compile(r"ce dernier\b|cette dernière\b|celui-ci\b|celle-ci\b", re.IGNORECASE)
BEHIND_PHRASE = re.compile(r"[^,.;:()«»“”]{2,80},\s(il|elle|ils|elles)\b")  # "Fille de mineurs, elle"
WHEN = re.compile(  # "Quand une journaliste lui a demandé pourquoi, elle a ri."
    r"\W*(?:Quand|Lorsqu['’e]|Comme|Si) ?[^.!?:;]{3,60}? (?:lui|l['’]) ?[^.!?:;]{3,160}, (il|elle)\b"
)
OPENERS = frozenset("même et mais puis or car alors pourtant ainsi ensuite enfin donc aussi".split())
RELATIVE = frozenset("qui que qu' dont où si quand lorsque lorsqu' comme".split())
SAYS_IT = re.compile(r"\b(?:le |la |les |l['’])(\w+)\b[^,;:]*:\s*$")
NUMBERS = frozenset(
    "cinq six sept huit neuf dix onze douze quinze vingt trente quarante cinquante cent mille".split()
)
TIMES = frozenset(
    "semaine veille lendemain matin soir nuit jour journée soirée matinée midi an année mois heure minute "
    "temps week-end été hiver printemps automne".split()
)
TITLES = frozenset("M MM Me Dr Mgr Pr".split())
NAMED_MEDIA = frozenset(  # "à l'agence Associated Press": the name is that of the noun before it
    "agence chaîne radio télévision télé station journal quotidien hebdomadaire magazine mensuel site revue "
    "réseau plateforme podcast émission".split()
)
PHRASES = 3  # that may stand before whom a sentence is about
REACH = 18  # words from a verb to its subject, at most


WHAT = re.compile(r"\bce qu(?:e |['’])\s?$", re.IGNORECASE)  # "Elle cite ce que son père répétait :"
COUNTED = re.compile(r"\d[\d\s]*\w+,")  # of a place: "À Lure, 8 000 habitants, la maire"


class French:
    """Grammar of French newspapers."""

    language = "fr"

    def __init__(self) -> None:
        self.tables: Tables = load("fr")

    def prepare(self, texts: Iterable[str], clauses: Iterable[str] = ()) -> None:
        """Parses everything in one batch, several times faster than one by one."""
        prepare([*texts, *(_as_sentence(clause) for clause in clauses)])

    def clause_after(self, text: str, position: int, limit: int | None = None) -> Clause | None:
        """The inverted reporting clause that begins at `position`.

        >>> text = "« Oui », a expliqué à la presse le colonel Marchetti."
        >>> clause = French().clause_after(text, 8)
        >>> text[clause.subject:]
        'le colonel Marchetti.'
        >>> French().clause_after("« Oui », glisse-t-il.", 8).pronoun
        'il'
        """
        words = clause_words(text, position, limit, TITLES)
        index, led = 0, False
        while index < len(words) and lowered(words[index]) in CLITICS and index < 3:
            index += 1
        if index >= len(words) or [lowered(word) for word in words[:2]] == ["y", "compris"]:
            return None
        if (
            lowered(words[index]) in ("de", "d'")
            and index + 1 < len(words)
            and lowered(words[index + 1]) in self.tables.to_say
        ):
            index += 1  # "…, de dire le maire", as in Quebec
            led = True
        pronoun = INVERTED.match(lowered(words[index]))
        if pronoun:
            return self._with_pronoun(words, index, pronoun.group(1), pronoun.group(2))
        group = self._verb_group(text, words, index)
        if group is None:
            return None
        last, sure = group
        subject = self._subject_after(text, words, last + 1)
        if subject is None or (
            not (sure and not led and "," in text[max(0, position - 3) : position])
            and not self._plausible(text, words, subject)
        ):
            return None
        return Clause(words[0].start(), words[subject].end(), words[subject].start(), None, sure)

    def _with_pronoun(self, words: list[re.Match[str]], index: int, verb: str, pronoun: str) -> Clause | None:
        end, sure = words[index].end(), verb in self.tables.saying
        if verb in self.tables.auxiliaries:
            found = self._participle(words, index + 1)
            if found is None:
                return None
            end, sure = words[found].end(), lowered(words[found]) in self.tables.said
        elif verb in self.tables.helpers and self._infinitive(words, index + 1) is not None:
            sure = True
        elif verb in self.tables.not_reporting:
            return None
        return Clause(words[0].start(), end, words[index].start(), pronoun, sure)

    def _participle(self, words: list[re.Match[str]], index: int) -> int | None:
        """The participle of a compound tense, behind its adverbs."""
        for found in range(index, min(index + 5, len(words))):
            word = lowered(words[found])
            if word in self.tables.said or (word[-1:] not in "e" and _agrees(word, self.tables)):
                return found
        for found in range(index, min(index + 4, len(words))):
            if PARTICIPLE.search(lowered(words[found])) and not lowered(words[found]).endswith("ment"):
                return found
        return None

    def _infinitive(self, words: list[re.Match[str]], index: int) -> int | None:
        for found in range(index, min(index + 4, len(words))):
            if lowered(words[found]) in self.tables.to_say:
                return found
        return None

    def _verb_group(self, text: str, words: list[re.Match[str]], index: int) -> tuple[int, bool] | None:
        """Where the verb that begins at `index` ends, and whether it is one of saying."""
        word = lowered(words[index])
        if word in self.tables.helpers:
            found = self._infinitive(words, index + 1)
            if found is not None:
                return found, True
        if word in self.tables.auxiliaries:
            found = self._participle(words, index + 1)
            if found is None:
                return None
            then = (
                self._infinitive(words, found + 1)
                if lowered(words[found]) in ("fait", "tenu", "voulu", "fini")
                else None
            )
            sure = then is not None or _agrees(lowered(words[found]), self.tables)
            return then or found, sure
        if word in self.tables.saying or (index and word in self.tables.to_say):
            return index, True
        token = token_at(text, words[index].start())
        finite = token is not None and is_finite(token)
        named = index + 1 < len(words) and self._names_person(text, words[index + 1])
        unclear = token is not None and token.pos_ in ("VERB", "AUX", "NOUN", "ADJ", "PROPN", "X")
        if word in self.tables.not_reporting or not (finite or (named and unclear and FINITE.search(word))):
            return None
        return index, False

    def _names_person(self, text: str, match: re.Match[str]) -> bool:
        found = names.find(text[match.start() : match.start() + 60], self.tables, "fr")
        name = next(found, None)
        return (
            name is not None
            and name.text.startswith(match.group())
            and (len(name.words) > 1 or bool(name.title))
        )

    def _subject_after(self, text: str, words: list[re.Match[str]], index: int) -> int | None:
        """The word where the subject behind the verb begins: past adverbs and prepositional phrases."""
        within = False  # a prepositional phrase, whose own noun is no subject
        for found in range(index, min(index + REACH, len(words))):
            word, bare = words[found].group(), lowered(words[found])
            fresh = found == index or not _is_governed(words, found)
            if bare in ("que", "qu'", "si", "quand", "qui", "dont", "où", "et", "ou", "mais"):
                return None
            if bare in PREPOSITIONS and not (bare == "des" and not within and found == index):
                within = True
            elif bare in DETERMINERS | SUBJECT_WORDS and fresh:
                if bare in ("le", "la", "les", "l'") and _is_time(words, found):
                    continue
                gesture = found + 1 < len(words) and lowered(words[found + 1]) in self.tables.gestures
                if gesture and bare not in ("un", "une"):
                    continue  # "s'interroge, la voix brisée, la mère"
                return found
            elif (word in self.tables.titles and fresh) or (
                word[:1].isupper() and fresh and not _continues_name(text, words, found, within)
            ):
                return found
        return None

    def _plausible(self, text: str, words: list[re.Match[str]], subject: int) -> bool:
        """For a verb that is not listed: the subject is a name, or a noun for people, near the verb."""
        word = words[subject].group()
        if word[:1].isupper() or word in self.tables.titles or lowered(words[subject]) in SUBJECT_WORDS:
            return True
        noun = nouns.at(text, words[subject].start(), self.tables, "fr")
        return noun is not None and (
            noun.head == "voix" or noun.organisation or nouns.could_be_person(noun.head, self.tables)
        )

    def clause_before(self, text: str, start: int, end: int) -> Clause | None:
        """The clause that leads up to a quotation: its verb nearest to the quotation, with its subject."""
        doc = parse(text[start:end])
        saying = [token for token in doc if self._says(token)]
        opening = self._opening(text, start, end)
        for verb in reversed(saying):
            subject = subject_of(verb)
            clause = clause_of(subject, start) if subject is not None else None
            if clause and (not (opening and in_relative(verb)) or WHAT.search(text, start, clause.start)):
                return clause
        found = self.subject(text, start, end)
        if found is None:
            return None
        sure = bool(saying) or self._says_it(text[start:end], doc)
        return Clause(found.start, found.end, found.subject, found.pronoun, sure)

    def _says_it(self, lead: str, doc: Doc) -> bool:
        """ "Le député le formule ainsi :", where the parser takes the verb for a noun and finds no other."""
        found = SAYS_IT.search(lead)
        verb = found is not None and found[1].lower() in self.tables.saying
        return verb and not any(is_finite(token) for token in doc)

    def _says(self, token: Token) -> bool:
        word = token.lower_
        return (token.pos_ in ("VERB", "AUX") and word in self.tables.saying) or (
            token.pos_ == "VERB" and (_agrees(word, self.tables) or word in self.tables.to_say)
        )

    def subject(self, text: str, start: int, end: int) -> Clause | None:
        """The grammatical subject of the sentence's main verb; somebody who opens the sentence is it, but for
        a noun without its determiner: "Élue du Gard, elle rappelle"."""
        found = self._subject(text, start, end)
        if found is not None and COUNTED.match(text, found.start, found.end + 1):
            return self._behind_phrase(text, found.end, end, apart=True)
        if found is not None and found.pronoun == "nous":  # the paper itself: "que nous avons pu consulter"
            return self._behind_phrase(text, found.end, end, apart=True)
        bare = found is not None and found.subject is not None and self._is_bare(text, found.subject)
        return self._behind_phrase(text, start, end, apart=True) if bare else found

    def _is_bare(self, text: str, position: int) -> bool:
        """Whether a noun for one person, or a number, stands there rather than a determiner or a name."""
        first = WORD.match(text, position)
        if first is None or lowered(first) in DETERMINERS | SUBJECT_WORDS | {"il", "elle", "on"}:
            return False
        word, following = first.group(), text[first.end() + 1 : first.end() + 2]
        if lowered(first) in NUMBERS:
            return True
        somebody = nouns.is_person(word, self.tables) and not gender.is_sure(word, "fr")
        return somebody and not following.isupper()

    def _subject(self, text: str, start: int, end: int) -> Clause | None:
        opening = self._opening(text, start, end)
        if opening is not None:
            return opening
        if self._goes_on_saying(text, start, end):
            return None
        main = WHEN.match(text, start, end)
        if main:
            return Clause(main.start(1), main.end(1), main.start(1), main[1].lower())
        doc = parse(text[start:end])
        roots = [token for token in doc if token.dep_ == "ROOT"]
        for root in roots:
            subject = subject_of(root)
            if subject is not None and self._is_somebody(subject):
                return clause_of(subject, start)
            if subject is not None:
                return self._behind_phrase(text, start, end, apart=True) or clause_of(subject, start)
        return self._behind_phrase(text, start, end)

    def _goes_on_saying(self, text: str, start: int, end: int) -> bool:
        """ "Et de conclure, en montrant la cour :" has no subject but whoever spoke before."""
        words = [lowered(match) for match in WORD.finditer(text, start, end)][:3]
        words = words[1:] if words and words[0] in OPENERS | {"avant"} else words
        return len(words) > 1 and words[0] in ("de", "d'") and words[1] in self.tables.to_say

    def _behind_phrase(self, text: str, start: int, end: int, apart: bool = False) -> Clause | None:
        """Somebody behind the phrases that open the sentence: "Vers 18 heures, Paul Santoni"."""
        stop = re.search("[:;]", text[start:end])
        lead = text[start : start + stop.start() if stop else end]
        for number, comma in enumerate(list(re.finditer(", ", lead))[:PHRASES]):
            opening = self._opening(text, start + comma.end(), end)
            listed = number and re.match(r"(?:une?|des|deux|trois) ", text[start + comma.end() :])
            if opening is not None and not listed:
                return opening
        return self._first_phrase(text, start, end, apart)

    def _is_somebody(self, subject: Token) -> bool:
        word = subject.text.strip("-")
        named = subject.pos_ in ("PRON", "PROPN") or word[:1].isupper()
        return named or nouns.is_person(word, self.tables) or word.lower() in self.tables.organisations

    def _opening(self, text: str, start: int, end: int) -> Clause | None:
        """Somebody at the very start of the sentence, behind no more than a conjunction."""
        words = list(WORD.finditer(text, start, end))
        while words and lowered(words[0]) in OPENERS:
            words = words[1:]
        if not words:
            return None
        first = words[0]
        latest = LATEST.match(text, first.start(), end)
        if latest:
            return Clause(first.start(), latest.end(), first.start(), latest.group().lower())
        if lowered(first) in ("il", "elle", "ils", "elles"):
            return Clause(first.start(), first.end(), first.start(), lowered(first))
        if first.group() == "Lui" and len(words) > 1 and not text[first.end() : words[1].start()].strip():
            return Clause(first.start(), first.end(), first.start(), "il")  # "Lui défend une digue"
        if lowered(first) in DETERMINERS or first.group().isdigit():
            noun = nouns.at(text, first.start(), self.tables, "fr")
            person = noun and (noun.organisation or nouns.is_person(noun.head, self.tables))
            return Clause(noun.start, noun.end, noun.start) if noun and person else None
        if first.group() in self.tables.titles or self._names_person(text, first):
            return Clause(first.start(), first.end(), first.start())
        if self._does(text, words):
            return Clause(first.start(), first.end(), first.start())
        behind = BEHIND_PHRASE.match(text, first.start(), end)
        return Clause(behind.start(1), behind.end(1), behind.start(1), behind[1]) if behind else None

    def _does(self, text: str, words: list[re.Match[str]]) -> bool:
        """A name of one word with no article before its verb: "Greenpeace applaudit"."""
        rest = [word for word in words[1:4] if lowered(word) not in CLITICS]
        name = next(names.find(text[words[0].start() : words[0].end()], self.tables, "fr"), None)
        verbs = self.tables.saying | self.tables.finite | self.tables.helpers
        return name is not None and bool(rest) and rest[0].group() in verbs | {"a"}

    def _first_phrase(self, text: str, start: int, end: int, apart: bool = False) -> Clause | None:
        """The first phrase that no preposition governs; behind a comma if it must be apart."""
        words = list(WORD.finditer(text, start, end))
        for index, match in enumerate(words[:12]):
            bare = lowered(match)
            fresh = not index or "," in text[words[index - 1].end() : match.start()]
            if (bare in PREPOSITIONS and not (bare == "des" and fresh)) or (
                index and not fresh and _is_preposition(words[index - 1])
            ):
                continue
            if apart and not (fresh and index):
                continue
            if bare in ("il", "elle", "on", "ils", "elles"):
                return Clause(match.start(), match.end(), match.start(), bare)
            if bare in DETERMINERS:
                noun = nouns.at(text, match.start(), self.tables, "fr")
                if noun and (noun.organisation or nouns.is_person(noun.head, self.tables)):
                    return Clause(noun.start, noun.end, noun.start)
        return None

    def is_clause(self, text: str) -> bool:
        """Whether the words hold a main verb.

        >>> French().is_clause("La dernière fois, c'était hier"), French().is_clause("une dérive grave")
        (True, False)
        """
        if any(is_main_verb(token) for token in parse(_as_sentence(text))):
            return True
        words = [lowered(match) for match in WORD.finditer(text)]
        sure = [index for index, word in enumerate(words) if index and word in self.tables.finite]
        return bool(sure) and not RELATIVE & set(words[: sure[0]])


def _as_sentence(text: str) -> str:
    words = text.strip(" .…!?,;")
    return words[:1].upper() + words[1:]


def _is_preposition(match: re.Match[str]) -> bool:
    return lowered(match) in PREPOSITIONS | {
        "auprès",
        "chez",
        "devant",
        "face",
        "depuis",
        "entre",
        "vers",
        "ce",
    }


def _is_governed(words: list[re.Match[str]], index: int) -> bool:
    """Whether a preposition stands before the word, with or without a determiner between."""
    if _is_preposition(words[index - 1]):
        return True
    return index > 1 and lowered(words[index - 1]) in DETERMINERS and _is_preposition(words[index - 2])


def _is_time(words: list[re.Match[str]], index: int) -> bool:
    return index + 1 < len(words) and lowered(words[index + 1]) in TIMES


def _agrees(word: str, tables: Tables) -> bool:
    """Whether the word is a participle of saying in any gender and number."""
    for ending in ("", "e", "s", "es"):
        if word.endswith(ending) and word.removesuffix(ending) in tables.said:
            return True
    return False


def _continues_name(text: str, words: list[re.Match[str]], index: int, within: bool) -> bool:
    """A capital in the middle of a name that a preposition governs: "à France Inter"."""
    if not within or index == 0:
        return False
    named = words[index].group() == "France" or not gender.is_given_name(words[index].group(), "fr")
    if lowered(words[index - 1]) in NAMED_MEDIA and named:
        return True
    if not words[index - 1].group()[:1].isupper():
        return False
    if text[words[index - 1].end() : words[index].start()].strip():
        return False
    return named
