"""What a language's newspapers use around people's words, read from the TOML beside this file."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from bulletin.script import verbs

Language = Literal["fr", "en"]


@dataclass(frozen=True)
class Tables:
    """Sets of lower-case words; what each holds is said in the TOML files."""

    language: str
    saying: frozenset[str]  # finite forms of verbs of saying
    said: frozenset[str]  # their participles
    to_say: frozenset[str]  # their infinitives
    helpers: frozenset[str]
    auxiliaries: frozenset[str]
    not_reporting: frozenset[str]
    finite: frozenset[str]  # forms that are nothing but finite verbs
    acting: frozenset[str]  # finite forms of what people do
    acted: frozenset[str]  # their participles
    sources: tuple[str, ...]
    naming: frozenset[str]
    conjunctions: tuple[str, ...]
    answering: frozenset[str]
    adding: frozenset[str]  # to what was said before
    demonym_endings: tuple[str, ...]
    not_demonyms: frozenset[str]
    circumstance: re.Pattern[str]
    gestures: frozenset[str]
    speaker_goes_on: frozenset[str]
    particles: tuple[str, ...]
    titles: dict[str, str]  # title as written -> m, f or unknown
    title_roles: dict[str, str]  # what those are whom a title stands before: "Me" -> avocat
    epicene: frozenset[str]
    masculine: frozenset[str]
    feminine: frozenset[str]
    organisations: frozenset[str]
    persons: frozenset[str]
    person_endings: tuple[str, ...]
    sure_endings: tuple[str, ...]  # of nouns for people, but for these:
    things: frozenset[str]
    not_names: frozenset[str]
    determiners: frozenset[str]
    definite: frozenset[str]
    plural: frozenset[str]
    before_noun: frozenset[str]
    ends: frozenset[str]
    joins: tuple[str, ...]
    synonyms: dict[str, frozenset[str]]  # a general noun -> the roles that it can stand for
    generic: frozenset[str]
    possessive: frozenset[str]
    collectives: frozenset[str]  # one noun, several people
    documents: frozenset[str]  # what says something without being anybody
    bodies: frozenset[str]  # nouns that stand for any organisation named before
    kin: frozenset[str]  # relatives: somebody's, unless the text says of how many
    offices: frozenset[str]  # held by one person, who is named with them
    places: frozenset[str]
    others: frozenset[str]  # "the other", "the younger": not the one who spoke last
    streets: frozenset[str]  # a name that begins with one is that of a place
    audiences: frozenset[str]  # to whom somebody speaks: "à la foule"
    nationalities: frozenset[str]  # somebody has one of them
    masculine_titles: frozenset[str]  # which women bear too: "le docteur"
    counterparts: frozenset[str]  # the other one of two
    always_known: frozenset[str]  # with "the" they never bring anybody new on: "la sexagénaire"


@cache
def load(language: str) -> Tables:
    """The tables of a language; English for one that has none."""
    name = f"{language}.toml" if language in ("fr", "en") else "en.toml"
    raw = tomllib.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))
    finite, participles, infinitives = _verb_forms(raw["verbs"])
    people, nouns, reporting = raw["people"], raw["people"]["nouns"], raw["reporting"]
    return Tables(
        name.removesuffix(".toml"),
        finite,
        participles,
        infinitives,
        _words(raw["verbs"].get("helpers")),
        _words(raw["verbs"].get("auxiliaries")),
        _words(raw["verbs"].get("not_reporting")),
        _words(raw["verbs"].get("finite")),
        _acting(raw["verbs"]),
        frozenset(verbs.french_participle(word) for word in _words(raw["verbs"].get("acts_er"))),
        tuple(reporting["sources"]),
        _words(reporting["naming"]),
        tuple(reporting["conjunctions"]),
        _words(reporting["answering"]),
        _words(reporting["adding"]),
        tuple(raw["phrases"]["demonym_endings"]),
        _words(raw["phrases"]["not_demonyms"]),
        re.compile("|".join(reporting["circumstances"]) or "(?!)"),
        _words(reporting["gestures"]),
        _words(reporting.get("speaker_goes_on")),
        tuple(people["particles"]),
        {title: gender for gender, titles in people["titles"].items() for title in titles},
        people["title_roles"],
        _words(nouns["epicene_gender"]),
        _words(nouns["masculine"]),
        _words(nouns["feminine"]),
        _words(nouns["organisations"]) | _words(raw["phrases"]["bodies"]),
        frozenset(word.lower() for word in _words(nouns["persons"])),
        tuple(nouns["person_endings"]),
        tuple(nouns["sure_endings"]),
        _words(nouns["things"]),
        _words(raw["words"]["not_names"]),
        _words(raw["phrases"]["determiners"]),
        _words(raw["phrases"]["definite"]),
        _words(raw["phrases"]["plural"]),
        _words(raw["phrases"]["before_noun"]),
        _words(raw["phrases"]["ends"]),
        tuple(raw["phrases"]["joins"]),
        _synonyms(raw["phrases"]["synonyms"], raw["phrases"]["alike"]),
        frozenset(word.lower() for word in _words(raw["phrases"]["generic"]) | _peoples(nouns["persons"])),
        _words(raw["phrases"]["possessive"]),
        _words(raw["phrases"]["collectives"]),
        _words(raw["phrases"]["documents"]),
        _words(raw["phrases"]["bodies"]),
        _words(raw["phrases"]["kin"]),
        _words(raw["phrases"]["offices"]),
        _words(raw["phrases"]["places"]),
        _words(raw["phrases"]["others"]),
        _words(raw["phrases"]["streets"]),
        _words(raw["phrases"]["audiences"]),
        frozenset(word.lower() for word in _peoples(nouns["persons"])),
        _words(raw["phrases"]["masculine_titles"]),
        _words(raw["phrases"]["counterparts"]),
        _words(raw["phrases"]["always_known"]),
    )


def _words(text: str | None) -> frozenset[str]:
    return frozenset((text or "").split())


def _peoples(persons: str) -> frozenset[str]:
    """The nationalities among the nouns for persons: those with a capital."""
    return frozenset(word for word in persons.split() if word[0].isupper())


def _synonyms(rows: list[str], alike: list[str]) -> dict[str, frozenset[str]]:
    """What can stand for what: in `rows` the first word for the others, in those `alike` each for each."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        first, *others = row.split()
        found[first].update(others)
    for row in alike:
        for first in row.split():
            found[first].update(word for word in row.split() if word != first)
    return {first: frozenset(others) for first, others in found.items()}


def _acting(table: dict[str, Any]) -> frozenset[str]:
    forms = {form for infinitive in _words(table.get("acts_er")) for form in verbs.french_er(infinitive)}
    return _words(table.get("acts")) | forms


def _verb_forms(table: dict[str, Any]) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Finite forms, participles and infinitives."""
    listed = _words(table["forms"])
    finite, participles, infinitives = set(listed), set(listed), set()
    for infinitive in _words(table.get("er")):
        finite |= verbs.french_er(infinitive)
        participles.add(verbs.french_participle(infinitive))
        infinitives.add(infinitive)
    infinitives |= {word for word in listed if word.endswith(("re", "ir"))}
    for base in _words(table.get("regular")):
        finite |= verbs.english(base) | {base}
    return frozenset(finite), frozenset(participles), frozenset(infinitives)
