"""Grammatical gender of what is counted: a table and endings first, spaCy for the words they don't know."""

import re
from functools import cache, lru_cache

from bulletin.french import model
from bulletin.normalize.fr import tables
from bulletin.normalize.numerals import SPACE

FOLLOWING = re.compile(rf"{SPACE}((?:[^\W\d_]|-)++)")
"""The word after a number."""
SECOND_NUMBER = re.compile(
    rf"{SPACE}(?:à|ou|et|des|sur|sur{SPACE}les|de{SPACE}[cs]es|de{SPACE}leurs){SPACE}(?:\d{{1,3}}(?:{SPACE}?\d{{3}}){{0,3}}+)?"
)
"""Another number of the same things: "21 à 31 victimes", "21 des 31 villes"."""
NOT_COUNTED = frozenset(tables.load("nouns")["not_counted"].split())
"""Words after a number that are not what it counts."""


OF_A_SENTENCE = re.compile(
    rf"{SPACE}(?:fermes?|avec{SPACE}sursis)(?![^\W_]|{SPACE}(?:de|du|et|dans|à|agricole))"
)
"""Years of a sentence, not farms: "deux ans dont un ferme"."""
PEOPLE = re.compile(r"(?:[eé]enne|ienne|aise|oise|aine|ande|[cltr]ine|ole|ote|que)s\Z|(?:ienne|aise|oise)\Z")
"""Names of women by where they come from; any other name with a capital counts nothing."""


SHORT = 4  # letters of an acronym; longer capitals are a headline's


def is_feminine_after(after: str) -> bool:
    """Whether the text that follows a number begins with a feminine noun, past up to two adjectives."""
    if OF_A_SENTENCE.match(after):
        return False
    span = SECOND_NUMBER.match(after)
    position = span.end() - (after[span.end() - 1] == " ") if span else 0
    for _ in range(3):
        match = FOLLOWING.match(after, position)
        if match is None or match.group(1).lower() in NOT_COUNTED:
            return False
        if match.group(1)[0].isupper() and not (match.group(1).isupper() and len(match.group(1)) > SHORT):
            return bool(PEOPLE.search(match.group(1)))
        word = match.group(1).lower()
        adjective = adjective_gender(word)
        if adjective is None:
            return is_feminine(word, after)
        if adjective == "f":
            return True
        position = match.end()
    return False


COUNTED_BEFORE = re.compile(
    rf"\d{SPACE}(?P<noun>[a-zà-ÿ]{{3,30}})(?P<between>(?:{SPACE}[a-zà-ÿ'’-]{{1,30}}){{0,3}}?),?{SPACE}"
    rf"(?:(?P<link>contre|sur|à|dont|et){SPACE})?\Z"
)
"""The noun counted just before a number: "281 voix contre", "61 femmes interrogées sur", "31 communes,"."""
OTHER_SHARE = re.compile(
    rf"\d{SPACE}(?P<noun>[a-zà-ÿ]{{3,30}})(?:{SPACE}[^\W\d_][\w'’-]{{0,30}}){{0,3}},{SPACE}"
    rf"(?:(?:et|mais|contre){SPACE})?(?:celles?|ceux|celui|[A-ZÀ-Ý][\w'’-]+)(?:{SPACE}[^\W\d_][\w'’-]*){{0,4}}{SPACE}\Z"
)
"""The noun counted before somebody else's number: "31 voix, celle du maire 21"."""
NOUN_UNSAID = re.compile(
    rf"{SPACE}?(?:\Z|[,;:.!?)»](?!\d))|{SPACE}(?:à|et|pour|contre|en|selon|au|aux|dans|lors|hier|seulement)(?![^\W_])"
    rf"|{SPACE}(?:l['’]an|la{SPACE}(?:veille|semaine|saison)|le{SPACE}mois)(?![^\W_])"
)
AUXILIARY = r"(?:ont|avaient|auront|auraient|eurent)"
SUBJECT_PRONOUNS = rf"(?:(?:ne|se|en|y|lui|leur){SPACE}|[ns]['’])"
"""What may stand between a subject and its verb: "31 n'ont pas", "41 se disent"."""
NO_PARTICIPLE = r"(?:plus|depuis|puis|jamais|mais|désormais|parmi|sous)(?![^\W_])"
MASCULINE = rf"(?!{NO_PARTICIPLE})[a-zà-ÿ]+[éiu]s(?![^\W_])"
PREDICATE = re.compile(
    rf"{SPACE}(?:d['’]entre{SPACE}elles|(?:pour|contre)(?![^\W_])"
    rf"|{SUBJECT_PRONOUNS}{{0,2}}(?:{AUXILIARY}(?![^\W_])(?!{SPACE}été{SPACE}{MASCULINE})"
    rf"|(?!{AUXILIARY}(?![^\W_]))[a-zà-ÿ]{{1,20}}[eo]nt(?![^\W_])(?!{SPACE}{MASCULINE})))"
)
"""What follows a number whose noun is not said again: "31 ont voté", "21 contre"; not "21 sont blessés".
No noun in the plural ends as verbs do, in -ent or -ont."""
BE = r"(?:sont|étaient|seront|seraient|furent|restent|restaient|demeurent)"
FEMININE = r"[a-zà-ÿ]+(?:[éiu]es|[iu]ses|ertes|[aeo]intes|(?:cr|d|fa|u)ites)(?<!ques)(?<!gues)(?![^\W_])"
AGREES = re.compile(
    rf"{SPACE}{SUBJECT_PRONOUNS}{{0,2}}(?:{BE}|{AUXILIARY}{SPACE}(?:[a-zà-ÿ]+{SPACE})?été)"
    rf"(?:{SPACE}(?:pas|plus|jamais|encore|toujours|aussi|déjà|[a-zà-ÿ]+ment))?{SPACE}{FEMININE}"
)
"""A predicate that agrees with a feminine subject: "21 ont été fermées"."""
IN_WORDS = (
    r"(?:(?:un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?"
    r"|trente|quarante|cinquante|soixante|cents?|mille|et|quelque|quelques)[ -]){1,10}"
)
THEIRS = r"(?:les|ces|nos|vos|ses|leurs)"
IS_SUBJECT = re.compile(
    rf"(?:\A|[^\d\s][.,;:!?…»(–—]{SPACE}?|[^\d\s]{SPACE}[–—;:!?»]{SPACE}"
    rf"|\b(?:dont|seules|environ|quelque|que|où|puis|mais){SPACE})\Z"
)
"""Before a number that begins its clause: no date ("en 1981 ont été créées") or name ("lignes 1 et 21")."""
WHOLE = (
    rf"(?:(?:parmi|sur|de|d['’]entre){SPACE})?(?:{THEIRS}{SPACE}|des{SPACE})?(?:\d[\d{SPACE[1:-1]}.]{{0,9}}{SPACE}|{IN_WORDS})"
    rf"|(?:parmi|d['’]entre){SPACE}(?:toutes{SPACE})?{THEIRS}{SPACE}|(?:sur|de){SPACE}toutes{SPACE}{THEIRS}{SPACE}"
)
AMONG = re.compile(
    rf"(?<![^\W_])(?:{WHOLE})(?P<noun>[a-zà-ÿ][^\d.,;:!?()«»]{{2,60}}),{SPACE}"
    rf"(?:\d{{1,6}}(?P<rest>{SPACE}[^\d.;:!?]{{3,40}}){SPACE})?\Z",
    re.IGNORECASE,
)
"""The whole of which a number counts a part: "parmi les 200 femmes interrogées, 21"; also its second part:
"sur les 40 écoles, 11 ferment et 21"."""
AMONG_THEM = re.compile(rf"\b(?:parmi|d['’]entre|sur){SPACE}elles,?{SPACE}\Z", re.IGNORECASE)
TWO_KINDS = re.compile(r"\b(?:et|ou|ni)\b")


def echoes_feminine(before: str, after: str) -> bool:
    """Whether a number without a noun counts again the feminine noun counted or named just before it."""
    if re.match(rf"{SPACE}d['’]entre{SPACE}elles(?![^\W_])", after):
        return True
    if AGREES.match(after) and IS_SUBJECT.search(before):
        return True
    other = OTHER_SHARE.search(before)
    if other and NOUN_UNSAID.match(after) and known_gender(other["noun"]) == "f":
        return True
    if is_part_of_feminine(before, after):
        return True
    counted = COUNTED_BEFORE.search(before)
    if (
        counted is None
        or (counted["link"] == "à" and counted["between"])
        or TWO_KINDS.search(counted["between"])
    ):
        return False
    alone = counted["link"] not in {None, "et"} and NOUN_UNSAID.match(after)
    return bool(alone or PREDICATE.match(after)) and known_gender(counted["noun"]) == "f"


def is_part_of_feminine(before: str, after: str) -> bool:
    """Whether a number alone is a part of what is named before it: "sur les 371 inscrites, 31 ont"."""
    if not PREDICATE.match(after):
        return False
    if AMONG_THEM.search(before):
        return True
    whole = AMONG.search(before)
    if (
        whole is None
        or TWO_KINDS.search(whole["noun"])
        or (whole["rest"] and not PREDICATE.match(whole["rest"]))
    ):
        return False
    return is_feminine_after(f" {whole['noun']}")


def adjective_gender(word: str) -> str | None:
    """ "f" for a feminine adjective that stands before nouns, "?" for one that tells nothing, else None."""
    adjectives = _adjectives()
    return adjectives.get(word) or adjectives.get(word.removesuffix("s"))


def is_feminine(word: str, phrase: str = "") -> bool:
    """Whether a noun is feminine.

    >>> is_feminine("tonnes"), is_feminine("voix"), is_feminine("kilomètres"), is_feminine("inspections")
    (True, True, False, True)
    """
    if POUNDS.match(phrase):
        return True
    if VERB_AND_NOUN.match(word):
        return False
    return (known_gender(word) or analysed(word, phrase)) == "f"


VERB_AND_NOUN = re.compile(
    r"(?:lance|porte|pare|ouvre|tire|ramasse|coupe|garde|passe|perce|chasse|essuie|abat|brise|casse|compte"
    r"|cure|gratte|lave|pèse|presse|protège|rince|sèche|taille|tourne|trompe|vide|appuie|attrape)-[a-zà-ÿ]"
)
"""Compounds that are masculine whatever their noun is: "un lance-roquettes"."""
POUNDS = re.compile(
    r"\s?livres?\s(?:sterling|turque|libanaise|syrienne|égyptienne|soudanaise|de\s(?!poche\b|[A-Z]))"
)
"""Pounds of a country or of a thing: any other "livre" is a book."""


def known_gender(word: str) -> str | None:
    """ "f" or "m" as far as the table and the endings tell."""
    return listed(word) or by_ending(word)


def listed(word: str) -> str | None:
    """The gender in the table of common nouns."""
    genders = _genders()
    for form in (word, word.removesuffix("s"), word.removesuffix("x")):
        if form in genders:
            return genders[form]
    return None


def by_ending(word: str) -> str | None:
    """The gender that the longest known ending tells."""
    stem = word.removesuffix("s") if not word.endswith(("ss", "us", "is", "os")) else word
    endings = _endings()
    for length in range(min(7, len(stem) - 1), 0, -1):
        if stem[-length:] in endings:
            return endings[stem[-length:]]
    return None


@lru_cache(maxsize=2_000)
def analysed(word: str, phrase: str) -> str | None:
    """The gender that spaCy sees in the phrase; None where it sees no noun."""
    for token in model()(f"des {phrase or word}".strip()):
        if token.text.lower() == word and token.pos_ == "NOUN":
            gender = token.morph.get("Gender", [])
            return "f" if gender == ["Fem"] else "m"
    return None


@cache
def _genders() -> dict[str, str]:
    facts = tables.load("nouns")
    return {
        **dict.fromkeys(facts["masculine"].split(), "m"),
        **dict.fromkeys(facts["feminine"].split(), "f"),
    }


@cache
def _endings() -> dict[str, str]:
    facts = tables.load("nouns")
    return {
        **dict.fromkeys(facts["masculine_endings"].split(), "m"),
        **dict.fromkeys(facts["feminine_endings"].split(), "f"),
    }


@cache
def _adjectives() -> dict[str, str]:
    facts = tables.load("nouns")
    return {
        **dict.fromkeys(facts["epicene_adjectives"].split(), "?"),
        **dict.fromkeys(facts["feminine_adjectives"].split(), "f"),
    }
