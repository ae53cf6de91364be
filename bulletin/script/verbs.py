"""The forms of verbs of saying as newspapers use them: third persons, participles, infinitives."""

from __future__ import annotations

import re

E_GRAVE = re.compile(r"[eé](?=[^aeiouyéèêàâîôûœ]{1,2}er$)")


def french_er(infinitive: str) -> set[str]:
    """Finite third-person forms of a regular verb in -er, with its changes of spelling.

    >>> "rappelle" in french_er("rappeler"), "jette" in french_er("jeter"), "envoie" in french_er("envoyer")
    (True, True, True)
    >>> "annonça" in french_er("annoncer"), "jugeait" in french_er("juger"), "répète" in french_er("répéter")
    (True, True, True)
    """
    stem = infinitive[:-2]
    soft = stem + "e" if stem.endswith("g") else stem[:-1] + "ç" if stem.endswith("c") else stem
    forms = {soft + ending for ending in ("ait", "aient", "a")} | {stem + "èrent"}
    for present in _present_stems(infinitive, stem):
        forms |= {present + "e", present + "ent", present + "era", present + "eront"}
    return forms


def _present_stems(infinitive: str, stem: str) -> set[str]:
    stems = {stem}
    if re.search(r"[eé][^aeiouyéèêàâîôûœ]{1,2}er$", infinitive):
        stems.add(E_GRAVE.sub("è", infinitive)[:-2])
    if re.search(r"[^e]e[lt]er$", infinitive):
        stems.add(stem + stem[-1])
    if infinitive.endswith(("oyer", "uyer", "ayer")):
        stems.add(stem[:-1] + "i")
    return stems


def french_participle(infinitive: str) -> str:
    """The masculine past participle.

    >>> french_participle("ajouter")
    'ajouté'
    """
    return infinitive[:-2] + "é"


def english(base: str) -> set[str]:
    """Third person, past and -ing forms of a regular verb.

    >>> sorted(english("admit"))
    ['admits', 'admitted', 'admitting']
    >>> sorted(english("reply")), "noted" in english("note"), "explaining" in english("explain")
    (['replied', 'replies', 'replying'], True, True)
    """
    if re.search(r"[^aeiou]y$", base):
        return {base[:-1] + "ies", base[:-1] + "ied", base + "ing"}
    if base.endswith("e"):
        return {base + "s", base + "d", base[:-1] + "ing"}
    double = (
        base[-1] if re.search(r"^(quip|admit|stop|snap|blog|plan|nod|chip|rap|argu|concur)$", base) else ""
    )
    third = base + ("es" if re.search(r"(s|sh|ch|x|z)$", base) else "s")
    return {third, base + double + "ed", base + double + "ing"}
