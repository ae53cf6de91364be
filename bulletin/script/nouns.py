"""Noun phrases that mean people: "la ministre", "un riverain", "a spokeswoman for the council"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from bulletin.model import Gender
from bulletin.script import gender
from bulletin.script.names import Name
from bulletin.script.parsing import is_finite, token_at
from bulletin.script.tables import Tables
from bulletin.script.words import WORD

ENGLISH_VERBS = frozenset(
    "did does do didn't doesn't don't couldn't wouldn't hadn't should must may might said says told "
    "tells asked asks wrote writes thought felt went put made took gave came knew saw has had was is "
    "were are will would can could say insist insists insisted deny denies denied report believe "
    "drove rode ran sat stood left lost found held kept met paid read sold sent spent taught won wore "
    "woke broke brought built bought caught chose drew drank ate fell flew forgot grew heard hid hit "
    "led lay lent lit meant rose sang sank shook shot slept spoke stole swam swore threw understood "
    "wept walks works lives runs sits stands makes takes gives keeps wants thinks knows sees hears "
    "feels looks owns hopes".split()
)
OFFICES = {
    "chef du gouvernement": "premier-ministre", "cheffe du gouvernement": "premier-ministre",
    "chef de la diplomatie": "ministre", "garde des sceaux": "ministre",
    "head of government": "premier-ministre",
    "premier magistrat": "maire", "première magistrate": "maire",
}  # fmt: skip
FIRST_MINISTER = re.compile(r"\b(?:premi(?:er|ère) ministre|(?:prime|first) minister)\b")
HEAD_OF_GOVERNMENT = "premier-ministr"  # its key
ADVERBS = frozenset(
    "pourtant cependant maintenant auparavant avant devant durant pendant autant suivant moyennant".split()
)
OF_KIN = re.compile(r"\b([a-zà-ÿ-]+) (?:de |d['’]|of )\Z")
OLD_OR_YOUNG = re.compile(r"\b(?:vieux|vieil|vieille|jeune)\b")
AGED = re.compile(r"\d+-year-old")
JOINTS = frozenset({"et", "and", "of", "for"})
NUMBERS = frozenset({"one", "two", "three", "four"})  # "a mother of two"
CONTRACTED = frozenset({"du", "des", "au", "d'autres"})
APPOSITION_AFTER = re.compile(
    r" ?(?:\([^)]{1,20}\))?, (?:\d{1,3} ans, |\d{1,3}, )?([^,.;:–—()«»“”\"?!]{2,120})"
)
APPOSITION_BEFORE = re.compile(r"([^,.;:–—()«»“”\"?!]{2,90}?),? (?:[A-Z][\w.]{0,4} )?$")
BODY_BEFORE = re.compile(  # a determiner and up to three words in small letters, and a comma or none
    r"(?:^|(?<=[\s'’(]))((?:[Ll]['’]|(?:[Ll]a|[Ll]e|[Uu]ne?|[Tt]he|[Aa]n?|[Ii]ts|[Ss]a|[Ss]on|[Ll]eur)\s)"
    r"[a-zà-ÿ-]+(?: [a-zà-ÿ-]+){0,2}),? $"
)
ONCE = frozenset("ancien ancienne anciens anciennes".split())
AGREEING: dict[str, Gender] = {  # before a noun: "l'ancienne ministre"
    "ancienne": "f", "actuelle": "f", "ex-première": "f", "première": "f", "nouvelle": "f", "seule": "f",
    "ancien": "m", "actuel": "m", "premier": "m", "nouveau": "m", "seul": "m",
}  # fmt: skip
BRACKET = re.compile(r"\([^()]{1,24}\)")  # "la députée (LR) du Gard"
PARTICIPLE_ENDING = re.compile(r"(é|ée|és|ées|i|ie|is|ies|u|ue|us|ues|ant)$")
FEMININES = {  # endings of roles, and the ones that they are compared by
    "trice": "teur", "euse": "eur", "eresse": "eur", "eure": "eur", "ière": "ier", "ienne": "ien",
    "enne": "en", "onne": "on", "woman": "man", "person": "man", "cheffe": "chef", "tresse": "tre",
}  # fmt: skip
AFTER_PREPOSITION = re.compile(
    r"(?:\b(?:à|au|aux|de|du|des|dans|sur|en|vers|in|at|of|from|to|near|on|for) "
    r"(?:la |the |l['’])?|\bd['’])$",
    re.IGNORECASE,
)
PREPOSITIONS = frozenset(
    "à au aux de du des d' dans sur par pour en avec chez sous sans lors après vers entre contre depuis "
    "of in at on for from to with by near".split()
)


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun phrase: where its text stands, its head as written, and what its determiner says."""

    start: int
    end: int
    text: str
    head: str
    determiner: str
    gender: Gender
    plural: bool
    definite: bool
    organisation: bool


def role_key(word: str) -> str:
    """One key for the masculine and the feminine of a role.

    >>> role_key("chercheuse") == role_key("chercheur"), role_key("Adjointe") == role_key("adjoint")
    (True, True)
    >>> role_key("directrice") == role_key("directeur"), role_key("infirmière") == role_key("infirmier")
    (True, True)
    """
    key = word.lower().removesuffix("s")
    for feminine, common in FEMININES.items():
        if key.endswith(feminine):
            return key.removesuffix(feminine) + common
    return key.removesuffix("e")


def role_keys(noun: Noun) -> set[str]:
    """The keys of a phrase's role, and of the office that it means: "le chef du gouvernement"."""
    text = noun.text.lower().replace("’", "'")
    first = FIRST_MINISTER.search(text)
    if first:
        return {HEAD_OF_GOVERNMENT}  # not "le ministre"
    return {role_key(noun.head)} | {role_key(office) for phrase, office in OFFICES.items() if phrase in text}


def find(text: str, tables: Tables, language: str, start: int = 0) -> Iterator[Noun]:
    """The noun phrases with a determiner whose head is somebody or some body.

    >>> from bulletin.script.tables import load
    >>> [noun.text for noun in find("La jeune maire a reçu un élu du ministère.", load("fr"), "fr")]
    ['La jeune maire', 'un élu du ministère', 'du ministère']
    """
    position = start
    for match in WORD.finditer(text, start):
        if match.start() >= position and _bare(match.group()) in tables.determiners:
            noun = at(text, match.start(), tables, language)
            if noun and (noun.organisation or is_person(noun.head, tables)):
                yield noun
                position = noun.start + len(noun.determiner) + 1


def documents(text: str, tables: Tables, language: str) -> Iterator[Noun]:
    """The noun phrases with a determiner whose head is something to read."""
    for match in WORD.finditer(text):
        noun = (
            at(text, match.start(), tables, language) if _bare(match.group()) in tables.determiners else None
        )
        if noun and noun.head.lower() in tables.documents:
            yield noun


def at(text: str, start: int, tables: Tables, language: str) -> Noun | None:
    """The noun phrase that begins with the determiner at `start`, whatever its head."""
    bracket = BRACKET.search(text, start)
    words = [
        word
        for word in list(WORD.finditer(text, start))[:18]
        if not (bracket and bracket.start() < word.start() < bracket.end())
    ]
    if not words or words[0].start() != start:
        return None
    determiner = _bare(words[0].group())
    following = _bare(words[1].group()) if len(words) > 1 else ""
    if determiner in ("that", "this") and following in tables.determiners:
        return None
    counted = determiner.isdigit() and determiner != "1"  # "41 médecins"
    body = words[1:] if counted or determiner in tables.determiners else words
    taken = _phrase(text, words[0], body, tables, language)
    if not taken:
        return None
    head = _head([match.group() for match in taken], tables, language)
    end = taken[-1].end()
    organisation = _is_body(head, tables) and not _is_woman(head, determiner)
    plural = counted or determiner in tables.plural or (language == "en" and _plural_english(head))
    plural = plural or head.lower() in tables.collectives
    known = gender.of_noun(head, "" if plural else determiner, tables, language)
    if known == "unknown" and language == "fr" and not organisation and not plural:
        known = AGREEING.get(_bare(taken[0].group()), "unknown")
    if plural and (known == "m" or language == "en" or head.lower() in tables.collectives):
        known = "unknown"
    whole = text[start:end]
    return Noun(
        start, end, whole, head, determiner, known, plural, determiner in tables.definite, organisation
    )


def _is_body(head: str, tables: Tables) -> bool:
    """Whether a noun is that of a body, or of several: "les syndicats", "the companies"."""
    word = head.lower()
    forms = {word, word.removesuffix("s"), re.sub("ies$", "y", word)}
    return not tables.organisations.isdisjoint(forms)


def _is_woman(head: str, determiner: str) -> bool:
    """Whether a noun for bodies, which are masculine, means a woman: "la gestionnaire"."""
    return head.lower() == "gestionnaire" and determiner in ("la", "une", "cette")


def _phrase(
    text: str, first: re.Match[str], body: list[re.Match[str]], tables: Tables, language: str
) -> list[re.Match[str]]:
    """The words of the phrase behind its determiner: up to punctuation or a word that ends it."""
    taken: list[re.Match[str]] = []
    previous_end = first.end()
    for index, match in enumerate(body):
        word = _bare(match.group())
        gap = text[previous_end : match.start()]
        if BRACKET.sub("", gap).strip() and not (taken and _is_owned(text, match, taken[-1], language)):
            break
        following = _bare(body[index + 1].group()) if index + 1 < len(body) else ""
        if taken and _bare(taken[-1].group()) in tables.before_noun and is_person(match.group(), tables):
            taken.append(match)  # "l'ancien président", which is a verb too
            previous_end = match.end()
            continue
        ends = word in tables.ends and match.group() not in tables.titles
        if taken and (ends or _is_participle_phrase(word, following)):
            break
        if taken and _is_verb(text, match, taken[-1], language):
            break
        if (
            taken
            and (language == "fr" or word.endswith(("s", "ed")))
            and (word in tables.saying or (word in tables.acting and match.group()[0].islower()))
            and _bare(taken[-1].group()) not in PREPOSITIONS
        ):
            break
        if taken and word in tables.determiners - CONTRACTED and _bare(taken[-1].group()) not in PREPOSITIONS:
            return _without_verb(taken)
        if word in ("à", "et", "au", "aux", "and") and not _joins(word, following, tables):
            break
        if word in ("à", "au", "aux") and _is_audience(body[index + 1 : index + 3], tables):
            break
        taken.append(match)
        previous_end = match.end()
    counted = len(taken) > 2 and _bare(taken[-1].group()) in NUMBERS and _bare(taken[-2].group()) == "of"
    while taken and not counted and _bare(taken[-1].group()) in PREPOSITIONS | tables.determiners | JOINTS:
        taken.pop()
    return taken


def _is_owned(text: str, match: re.Match[str], before: re.Match[str], language: str) -> bool:
    """Whether the word before owns this one, as many own: "the families’ | lead attorney"."""
    owner = language == "en" and re.search("[a-z]s$", before.group()) is not None
    apostrophe = text[before.end() : match.start()] in ("' ", "’ ")
    return owner and apostrophe and not _is_verb(text, match, before, language)


def _without_verb(taken: list[re.Match[str]]) -> list[re.Match[str]]:
    """A determiner without preposition begins the object of a verb: "un batelier hausse | les épaules"; or a
    clitic comes before it: "la conciliatrice de justice | les a réunis"."""
    if len(taken) > 1 and _bare(taken[-2].group()) in PREPOSITIONS | {"la", "l'"}:
        return taken
    while len(taken) > 1 and _bare(taken[-1].group()).endswith(("ment", "enfin", "alors", "aussi", "encore")):
        taken = taken[:-1]
    return taken[:-1] if len(taken) > 1 else taken


def _is_verb(text: str, match: re.Match[str], before: re.Match[str], language: str) -> bool:
    """Whether the phrase is over because its verb begins."""
    if language == "en":
        return _bare(match.group()) in ENGLISH_VERBS or (
            match.group().endswith("ed") and match.group()[0].islower()
        )
    if _bare(before.group()) in PREPOSITIONS or not match.group()[0].islower():
        return False
    token = token_at(text, match.start())
    if token is None or not is_finite(token):
        return False
    plural = "Number=Plur" in str(token.morph) and "Person=3" in str(token.morph)
    return not plural or token.lower_.endswith("nt")  # "la diplomatie ouzbèke" is no third person plural


def _joins(word: str, following: str, tables: Tables) -> bool:
    return f"{word} {following}" in tables.joins


def _is_audience(following: list[re.Match[str]], tables: Tables) -> bool:
    """Whether those behind "à" are whom somebody speaks to: "l'ancien maire | à la foule"."""
    return any(_bare(match.group()) in tables.audiences for match in following)


def _is_participle_phrase(word: str, following: str) -> bool:
    return bool(PARTICIPLE_ENDING.search(word)) and following in PREPOSITIONS - {"de", "du", "des", "d'"}


def _head(words: list[str], tables: Tables, language: str) -> str:
    """The noun that the phrase is about: the first in French, the last before a preposition in English."""
    if language == "en":
        return _english_head(words, tables)
    for index, word in enumerate(words[:4]):
        following = words[index + 1] if index + 1 < len(words) else ""
        if _bare(word) in tables.before_noun and following and is_person(following, tables):
            continue  # "la jeune femme"
        if _bare(word) in ONCE and following and _bare(following) not in PREPOSITIONS:
            continue  # "un ancien moulin", but "un ancien du moulin"
        if is_person(word, tables) or word.lower() in tables.organisations:
            return word
        if _bare(word) not in tables.before_noun:
            break
    rest = [word for word in words if _bare(word) not in tables.before_noun]
    return (rest or words)[0]


def _english_head(words: list[str], tables: Tables) -> str:
    stop = next(
        (index for index, word in enumerate(words) if word.lower() in ("of", "for", "from")), len(words)
    )
    core = words[:stop] or words
    for word in reversed(core):
        if is_person(word, tables) or (word is core[-1] and word.lower() in tables.organisations):
            return word
    return core[-1]


def is_person(word: str, tables: Tables) -> bool:
    """Whether a noun can be somebody: it is listed, or ends as such nouns do."""
    bare = word.lower()
    if word[:1] == "E" and f"é{bare[1:]}" in tables.persons:
        return True  # capitals without their accents: "Elue du Gard"
    singular = bare.removesuffix("s")
    if is_demonym(word, tables) or AGED.fullmatch(word):
        return True
    if bare in tables.persons or singular in tables.persons:
        return True
    if tables.language == "fr" and singular.endswith("e") and singular[:-1] in tables.persons:
        return bare not in tables.things  # the feminine of one that is listed
    if singular.endswith(tables.sure_endings) and not {bare, singular} & tables.things and word[:1].islower():
        return True
    parts = bare.split("-")
    led = parts[0] in ("ex", "vice", "co") or parts[0] in tables.persons  # "entraîneur-chef"
    return len(parts) == 2 and led and parts[-1] in tables.persons


def is_demonym(word: str, tables: Tables) -> bool:
    """ "Normand", "Lilloise": somebody by where they come from."""
    known = word.lower() in tables.persons and word.lower() in tables.generic
    ending = bool(tables.demonym_endings) and word.lower().endswith(tables.demonym_endings)
    if not (word[:1].isupper() and len(word) > 4) or word in tables.not_demonyms:
        return False
    return known or (ending and gender.of_given_name(word, "en") == "unknown")


def could_be_person(word: str, tables: Tables) -> bool:
    if word.lower() in ADVERBS:
        return False  # "Paul Rivet, pourtant, n'a pas crié"
    return is_person(word, tables) or word.lower().removesuffix("s").endswith(tables.person_endings)


def means_person(noun: Noun, tables: Tables) -> bool:
    """Whether a phrase is that of somebody; an age tells of an unlisted trade: "le vieux boisselier"."""
    human = OLD_OR_YOUNG.search(noun.text) is not None and could_be_person(noun.head, tables)
    return human or is_person(noun.head, tables)


def second_role(noun: Noun, tables: Tables) -> str | None:
    """What a French phrase says somebody does behind a word that fits many: "l'expert | psychiatre"."""
    second = re.search(rf"\b{re.escape(noun.head)} ([a-zà-ÿ-]+)", noun.text)
    somebody = second is not None and tables.language == "fr" and is_person(second[1], tables)
    return second[1] if second and somebody else None


def _plural_english(head: str) -> bool:
    return head.lower() in ("police", "people", "men", "women", "children") or (
        head.endswith("s") and not head.endswith(("ss", "us", "is"))
    )


def appositions(text: str, name: Name, tables: Tables, language: str) -> Iterator[Noun]:
    """What is said of the name straight before or after it: "la ministre X", "X, coauteur de l'étude"."""
    before = _body_before(text, name, tables, language) or _before(text, name, tables, language)
    if before:
        yield before
    if len(name.words) == 1 and not name.title and AFTER_PREPOSITION.search(text[: name.start]):
        return
    kin = OF_KIN.search(text, max(0, name.start - 40), name.start)
    if kin and kin[1].lower() in tables.kin:
        return  # "le père de Mickaël Chazal, retraité,"
    after = APPOSITION_AFTER.match(text, name.end)
    if after:
        noun = at(text, after.start(1), tables, language)
        if (
            noun
            and noun.determiner in tables.possessive
            and re.search(r"\s[A-ZÀ-Ý]", text[noun.start : noun.end + 2])
        ):
            return  # "Karim B., sa femme Élodie et leurs enfants"
        body = noun is not None and noun.organisation and not gender.is_given_name(name.words[0], language)
        if noun and (could_be_person(noun.head, tables) or body):
            yield noun


def _body_before(text: str, name: Name, tables: Tables, language: str) -> Noun | None:
    """ "la société grecque Port et Mer", "L'entreprise, Papiers Boréal,": a body and its name."""
    match = BODY_BEFORE.search(text[: name.start])
    apart = match is not None and "," in match.group()
    governed = match is not None and re.search(r"\b(?:de |d['’]|of |for )$", text[: match.start(1)])
    if name.title or (apart and (governed or gender.is_given_name(name.words[0], language))):
        return None  # "Secrétaire de la coopérative, Agus Prasetyo"
    noun = at(text[: name.start].rstrip(" ,"), match.start(1), tables, language) if match else None
    return noun if noun and noun.organisation and not noun.plural and noun.end + 3 > name.start else None


def _before(text: str, name: Name, tables: Tables, language: str) -> Noun | None:
    """The nearest phrase with a person for head that ends where the name (or its title) begins."""
    lead = text[max(0, name.start - 110) : name.start]
    match = APPOSITION_BEFORE.search(lead)
    if not match:
        return None
    offset = max(0, name.start - 110)
    words = list(WORD.finditer(text, offset + match.start(1), name.start))
    comma = "," in match.group()[-8:]
    if not words or (not comma and _bare(words[-1].group()) in PREPOSITIONS | tables.determiners):
        return None
    for index in reversed(range(len(words))):
        word = _bare(words[index].group())
        if word in tables.determiners and not (comma and word in ("du", "au", "des")):
            noun = at(text[: name.start].rstrip(" ,"), words[index].start(), tables, language)
            behind = noun is not None and noun.organisation and noun.end + 2 > name.start
            if noun and behind and noun.head.islower() and language == "fr" and not comma:
                return noun  # "le secrétaire général du syndicat Sud"
            somebody = noun is not None and is_person(noun.head, tables) and not noun.plural
            if noun and somebody and not _has_verb(text, noun.end, name.start, language):
                around = _around(text, words[:index], noun, tables, language) if comma else None
                return around or noun
    if language == "en":
        return None if comma else _bare_english(text, words, tables)
    first = words[0]  # "Délégué CGT, Didier Morvan": a role that opens the sentence
    if (
        first.group()[:1].isupper()
        and is_person(first.group(), tables)
        and not is_demonym(first.group(), tables)
    ):
        return at(text[: name.start].rstrip(" ,"), first.start(), tables, language)
    return None


def _has_verb(text: str, start: int, end: int, language: str) -> bool:
    """Whether a verb stands there: "Le député | a rencontré | Paul Petit"; that of a relative is none."""
    words = list(WORD.finditer(text, start, end))
    if words and _bare(words[0].group()) in ("qui", "que", "qu'", "dont", "who", "whom", "whose"):
        return False
    return any(_is_verb(text, word, before, language) for before, word in pairwise([*words[:1], *words]))


def _around(
    text: str, before: list[re.Match[str]], inner: Noun, tables: Tables, language: str
) -> Noun | None:
    """ "L'attaché de presse de la ministre, X": the phrase that the inner one belongs to."""
    if not before or _bare(before[-1].group()) not in ("de", "of"):
        return None
    for word in reversed(before):
        if _bare(word.group()) in tables.determiners:
            noun = at(text, word.start(), tables, language)
            if noun and noun.end >= inner.end and is_person(noun.head, tables) and not noun.plural:
                return noun
    return None


def _bare_english(text: str, words: list[re.Match[str]], tables: Tables) -> Noun | None:
    """A role with no determiner: "ecologist Jane Smith"."""
    if words and is_person(words[-1].group(), tables):
        start, end, head = words[-1].start(), words[-1].end(), words[-1].group()
        known = gender.of_noun(head, "", tables, "en")
        return Noun(start, end, text[start:end], head, "", known, False, True, False)
    return None


def _bare(word: str) -> str:
    return word.lower().replace("’", "'")
