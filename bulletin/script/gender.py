"""Gender as given names and nouns tell it; `unknown` where they don't."""

from __future__ import annotations

import tomllib
import unicodedata
from collections import defaultdict
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin.model import Gender
from bulletin.script.tables import Tables

if TYPE_CHECKING:
    from gender_guesser.detector import Detector

COUNTRIES = {"fr": ("france",), "en": ("great_britain", "usa")}
SURE: dict[str, Gender] = {"male": "m", "female": "f"}
LIKELY: dict[str, Gender] = {**SURE, "mostly_male": "m", "mostly_female": "f"}
FEMININE_ENDINGS = (
    "trice", "euse", "ienne", "éenne", "ière", "esse", "eure", "ée", "ue", "onne", "oise", "aise", "aine",
    "ante", "ate", "ive", "ointe", "arde", "ise", "ine",
)  # fmt: skip
EPICENE_ENDINGS = (
    "iste",
    "aire",
    "logue",
    "graphe",
    "nome",
    "crate",
    "mane",
    "phile",
    "pathe",
    "bre",
    "able",
    "gue",
    "que",
)


def plain_letters(word: str) -> str:
    """Lower case without accents.

    >>> plain_letters("Étienne")
    'etienne'
    """
    decomposed = unicodedata.normalize("NFD", word.lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@cache
def of_given_name(name: str, language: str) -> Gender:
    """The gender that a given name tells: in the article's language first, then anywhere.

    >>> of_given_name("Jean", "fr"), of_given_name("Jean-Philippe", "fr"), of_given_name("Camille", "fr")
    ('m', 'm', 'unknown')
    """
    for form in dict.fromkeys((plain_letters(name), plain_letters(name.split("-")[0]))):
        own = _own_names(language).get(form)
        if own:
            return own
    for form in dict.fromkeys(
        (name, plain_letters(name), name.split("-")[0], plain_letters(name.split("-")[0]))
    ):
        gender = _listed(form, language)
        if gender != "unknown":
            return gender
    return "unknown"


def is_sure(name: str, language: str) -> bool:
    """Whether a given name's gender is known from where the language is spoken, not by its letters alone."""
    forms = {name, plain_letters(name), name.split("-")[0], plain_letters(name.split("-")[0])}
    return any(form in _own_names(language) for form in forms) or any(
        _detector().get_gender(form, country) in SURE
        for form in (name, name.split("-")[0])
        for country in COUNTRIES.get(language, ())
    )


def is_given_name(name: str, language: str) -> bool:
    """Whether somebody could be called so by given name."""
    forms = {name, plain_letters(name), name.split("-")[0], plain_letters(name.split("-")[0])}
    return any(form in _own_names(language) or _detector().get_gender(form) != "unknown" for form in forms)


def _listed(form: str, language: str) -> Gender:
    for country in COUNTRIES.get(language, ()):
        local = _detector().get_gender(form, country)
        if local in SURE:
            return SURE[local]
    return LIKELY.get(_detector().get_gender(form), "unknown")


@cache
def _detector() -> Detector:
    """The list of 48 000 given names of gender-guesser, parsed for the initials that are asked for.

    It would parse all of them at its first question, which takes a quarter of a second.
    """
    from gender_guesser.detector import Detector

    class GivenNames(Detector):  # type: ignore[misc]
        def _parse(self, filename: str) -> None:
            self.names: dict[str, dict[str, str]] = {}
            self._lines: dict[str, list[str]] = defaultdict(list)
            for line in Path(filename).read_text(encoding="utf-8").splitlines():
                self._lines[line[3:5]].append(line)  # where a name begins

        def get_gender(self, name: str, country: str | None = None) -> str:
            initials = name[:2]
            joined = name[:1] + "+"
            for start in {
                form
                for both in (initials, joined)
                for form in (both, both.lower(), both.upper(), both.title())
            }:
                for line in self._lines.pop(start, ()):
                    self._eat_name_line(line)
            return str(super().get_gender(name, country))

    return GivenNames(case_sensitive=False)


@cache
def _own_names(language: str) -> dict[str, Gender]:
    text = resources.files("bulletin.script.tables").joinpath("given_names.toml").read_text(encoding="utf-8")
    genders: tuple[Gender, ...] = ("m", "f", "unknown")
    known = tomllib.loads(text)
    tables = (known, known.get(language, {}))
    return {name: gender for table in tables for gender in genders for name in table.get(gender, "").split()}


def of_noun(noun: str, determiner: str, tables: Tables, language: str) -> Gender:
    """The gender of the person that a noun names, as its determiner and its own form tell it.

    >>> from bulletin.script.tables import load
    >>> of_noun("élue", "l'", load("fr"), "fr"), of_noun("spokeswoman", "a", load("en"), "en")
    ('f', 'f')
    """
    word = noun.lower()
    kin = {"beau": "m", "belle": "f", "grand": "unknown"}.get(word.split("-")[0]) if "-" in word else None
    if language == "fr" and kin == "m":
        return "m"
    if language == "fr" and kin == "f":
        return "f"
    if word in tables.epicene or word in tables.organisations:
        return "unknown"
    if word in tables.masculine or word in tables.feminine:
        return "m" if word in tables.masculine else "f"
    if language != "fr":
        return "f" if word.endswith("woman") else "m" if word.endswith("man") else "unknown"
    by_determiner = {"le": "m", "un": "m", "ce": "m", "cet": "m", "du": "m", "au": "m", "la": "f", "une": "f",
                     "cette": "f", "certaine": "f", "certain": "m"}  # fmt: skip
    known = by_determiner.get(determiner.lower().replace("’", "'"))
    if known:
        return "m" if known == "m" else "f"
    if word.endswith("e") and word[:-1] in tables.persons:
        return "f"  # "apprentie" beside "apprenti"
    return "unknown" if word in tables.masculine_titles and word.endswith("e") else _by_ending(word)


def _by_ending(word: str) -> Gender:
    singular = word.removesuffix("s")
    if singular.endswith(EPICENE_ENDINGS):
        return "unknown"
    if singular.endswith(FEMININE_ENDINGS):
        return "f"
    return "unknown" if singular.endswith("e") else "m"
