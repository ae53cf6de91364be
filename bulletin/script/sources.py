"""From whom a narrator's sentence has what it tells: "selon le maire", "…, a annoncé la ministre"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from bulletin.script import nouns
from bulletin.script.discourse import GOVERNED, Discourse
from bulletin.script.grammar import Clause, Grammar
from bulletin.script.names import Name
from bulletin.script.people import Person
from bulletin.script.quotation import Sentence

FROM_VIEW = re.compile(
    r"\s*(?:(?:mais|et|or|cependant|toutefois|car|but|and|yet),? )?(?:pour|for) ", re.IGNORECASE
)
SIGNED = re.compile(
    r"\b(?:signée?s?|rédigée?s?|écrite?s?|adressée?s?|publiée?s?) par (?=\S)"
    r"|\b(?:signed|written|penned|drafted|posted|sent) by (?=\S)"
    r"|^\W*(?:a|the|une?|la|le|cette|ce) (?:[a-zé]+ )?"
    r"(?:statement|letter|message|email|testimony|lettre|témoignage|courrier|texte) "
    r"(?:from|by|de |d['’]|(?=du )) ?(?=[A-ZÀ-Ý]|la |le |l['’]|the |his |her |son |sa )",
    re.IGNORECASE,
)
TO_HEAR_THEM = re.compile(r"\W*[ÀA] (?:l'en croire|l'entendre|l'écouter)\b")
IS_SUBJECT = re.compile(
    r" (?:were|was|are|is|had|have|has|would|will|could|can|should|did|do|does|might|must)\b"
)
INDEFINITE = re.compile(r"(?:an?|one|some) ", re.IGNORECASE)
SHORT_END = 12  # words behind a clause that ends its sentence, at most
WORDS_OF = re.compile(
    r"(?:les?|la|l['’]|une?)\s?(?:mots?|termes?|formule|expression|aveu|avis|propos|déclarations?)(?:\s\w+)?\s(?:de\s|d['’])"
)
STRESSED = {"lui": "il", "elle": "elle", "eux": "ils", "him": "he", "her": "she", "them": "they"}


class Sources:
    """Finds them; `subject` tells whom the subject of a clause means."""

    def __init__(
        self,
        texts: Sequence[str],
        grammar: Grammar,
        discourse: Discourse,
        subject: Callable[[int, Clause], Person | None],
    ) -> None:
        self.texts, self.grammar, self.discourse, self.subject = texts, grammar, discourse, subject

    def inside(self, sentence: Sentence, about: Person | None) -> Person | None:
        """Whom the sentence names as the source of what it tells: "…, selon X", "…, a annoncé X"."""
        text, number = self.texts[sentence.paragraph], sentence.paragraph
        for match in re.finditer(r",\s", text[: sentence.end]):
            if match.start() < sentence.start:
                continue
            clause = self.grammar.clause_after(text, match.end(), sentence.end)
            if (
                clause
                and not self._is_apposed(number, clause)  # "His daughter, a nurse, still hears it."
                and self._inverts(text, clause)
                and len(text[clause.end : sentence.end].split()) < SHORT_END
            ):
                person = self.subject(number, clause)
                if person is not None:
                    return person
        return self._source_named(sentence, about) or self._signer(sentence) or self._viewer(sentence)

    def _is_apposed(self, number: int, clause: Clause) -> bool:
        """Whether English words behind a comma say who somebody is rather than report: "His daughter, a
        nurse", "a letter to Ann Green, the commissioner,"."""
        if self.grammar.language != "en":
            return False
        text = self.texts[number]
        governed = any(
            name.end == clause.start - 2 and GOVERNED.search(text[: name.start])
            for name, _ in self.discourse.people.names[number]
        )
        described = INDEFINITE.match(text, clause.start) and "," in text[clause.start : clause.end]
        return governed or bool(described)

    def _inverts(self, text: str, clause: Clause) -> bool:
        """Whether a clause reports; English puts few verbs before their subject: ", remembers a teacher"."""
        if self.grammar.language == "en" and IS_SUBJECT.match(text, clause.end):
            return False  # "Imran Sadiq, who teaches, said parents were approached"
        first = text[clause.start : clause.end].split()[0].lower()
        object_behind = self.grammar.language == "en" and clause.subject != clause.start
        return clause.sure and not (object_behind and first not in ("said", "says"))

    def _source_named(self, sentence: Sentence, about: Person | None) -> Person | None:
        """Somebody behind "selon" or "according to", at the sentence's start or behind a comma."""
        text = self.texts[sentence.paragraph][sentence.start : sentence.end].replace("’", "'")
        if TO_HEAR_THEM.match(text):
            return self.discourse.mentions.most_salient(but=about)
        for source in self.discourse.tables.sources:
            found = re.search(rf"(?:^|[,;(–—])\W*{re.escape(source)}\s", text, re.IGNORECASE)
            if found and source not in ("pour", "for"):
                return self.at(sentence.paragraph, sentence.start + found.end())
        return None

    def _signer(self, sentence: Sentence) -> Person | None:
        """Who wrote what is about to be read: "Elle est signée par le chef d'équipe."."""
        signed = SIGNED.search(self.texts[sentence.paragraph], sentence.start, sentence.end)
        return self.discourse.at(sentence.paragraph, signed.end()) if signed else None

    def _viewer(self, sentence: Sentence) -> Person | None:
        """Whose view it is: "Pour la ministre, rien ne presse"."""
        text = self.texts[sentence.paragraph]
        view = FROM_VIEW.match(text, sentence.start)
        named = self._named_at(sentence.paragraph, view.end()) if view else None
        if named is not None:
            name, person = named
            return person if person.kind == "person" and text[name.end : name.end + 1] == "," else None
        noun = nouns.at(text, view.end(), self.discourse.tables, self.grammar.language) if view else None
        apart = noun is not None and text[noun.end : noun.end + 1] == ","
        if noun and apart and nouns.is_person(noun.head, self.discourse.tables):
            return self.discourse.by_noun(noun)
        return None

    def _named_at(self, number: int, start: int) -> tuple[Name, Person] | None:
        """The name that begins here, perhaps behind its title."""
        for name, person in self.discourse.people.names[number]:
            lead = self.texts[number][start : name.start].strip()
            if name.start >= start and lead in ("", name.title or ""):
                return name, person
        return None

    def at(self, number: int, start: int) -> Person | None:
        """Whom the words behind "selon" mean: "selon elle", "selon les mots du maire"."""
        text = self.texts[number]
        words = text[start:].split()
        word = words[0].strip(" ,.").lower() if words else ""
        said = WORDS_OF.match(text, start)
        return self.discourse.at(number, said.end() if said else start, STRESSED.get(word))
