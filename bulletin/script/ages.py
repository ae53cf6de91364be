"""How old somebody is, and how old a phrase says: "Anne Petit, 54 ans", "la quinquagénaire"."""

from __future__ import annotations

import re

DECADES = {
    "vingtenaire": 20, "trentenaire": 30, "quadragénaire": 40, "quadra": 40, "quinquagénaire": 50,
    "quinqua": 50, "sexagénaire": 60, "septuagénaire": 70, "octogénaire": 80, "nonagénaire": 90,
    "twentysomething": 20, "thirtysomething": 30, "fortysomething": 40, "fiftysomething": 50,
    "sexagenarian": 60, "septuagenarian": 70, "octogenarian": 80, "nonagenarian": 90,
}  # fmt: skip
YOUNG = frozenset(
    "adolescent adolescente ado lycéen lycéenne collégien collégienne teenager schoolboy schoolgirl".split()
)
LOOKS = {
    "jeune fille": range(12, 26), "jeune femme": range(14, 40), "jeune homme": range(14, 40),
    "vieil homme": range(60, 130), "vieux monsieur": range(60, 130), "vieille dame": range(60, 130),
    "vieille femme": range(60, 130), "young woman": range(14, 40), "young man": range(14, 40),
    "old man": range(60, 130), "old woman": range(60, 130), "elderly man": range(60, 130),
    "elderly woman": range(60, 130), "old lady": range(60, 130),
}  # fmt: skip
LOOK = re.compile("|".join(LOOKS))
GROWN = 20  # years by which those are not called so any more
BEHIND = re.compile(r",? \(?(?:âgée? de |aged )?(\d{1,3})(?: ans\b|(?=[,.;)]))")
BEFORE = re.compile(r"\b(\d{1,3})-year-old (?:[\w'’-]+ ){0,3}$")
OF_ANOTHER = re.compile(
    r"\b(?:d['’]une?|du|de la|des|de son|de sa|of an?|of the)\b"
)  # "la mère d'un ouvrier"
TOLD = re.compile(r"\b(\d{1,3})-year-old\b|\bde (\d{1,3}) ans\b|\baged (\d{1,3})\b")


def of_name(text: str, start: int, end: int) -> int | None:
    """The age that stands beside a name.

    >>> of_name("Anne Petit, 54 ans, a crié.", 0, 10), of_name("Paul (61) left.", 0, 4)
    (54, 61)
    """
    found = BEHIND.match(text, end) or BEFORE.search(text, 0, start)
    return int(found[1]) if found else None


def of_phrase(text: str, head: str) -> range | None:
    """The ages that a description with this head leaves, None where it tells none.

    >>> of_phrase("la quinquagénaire", "quinquagénaire"), of_phrase("l'homme de 58 ans", "homme")
    (range(50, 60), range(58, 59))
    """
    told = TOLD.search(text)
    if told and not OF_ANOTHER.search(text, 0, told.start()):
        age = int(next(filter(None, told.groups())))
        return range(age, age + 1)
    word = head.lower().removesuffix("s")
    if word in DECADES:
        return range(DECADES[word], DECADES[word] + 10)
    if word in ("centenaire", "centenarian"):
        return range(99, 130)
    return range(GROWN) if word in YOUNG else None


def of_look(text: str) -> range | None:
    """The ages at which somebody is called so, None where any age is.

    >>> of_look("la jeune femme"), of_look("la femme")
    (range(14, 40), None)
    """
    look = LOOK.search(text.lower())
    return LOOKS[look.group()] if look else None
