"""Proper names in running text: sequences of capitalised words, and the titles before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bulletin.model import Gender
from bulletin.script import gender
from bulletin.script.parsing import token_at
from bulletin.script.tables import Tables

ELISION = r"(?!(?:[LCJSMTI]|Qu|Jusqu|Lorsqu|Puisqu|Quelqu|Presqu)['’]|[DN]['’][a-zà-ÿ])"
CAPITAL = rf"(?:{ELISION}[A-ZÀ-ÖØ-Þ](?:\.(?:-?[A-Z]\.)*|[\w\-]*(?:['’]\w[\w\-]*)?))"
LAST_WORD = re.compile(r"([\w-]+)\s$")
ARTICLE = re.compile(r"(?:\b(?:la|du|le|au|aux|des|the)\s|\bl['’])$", re.IGNORECASE)
LETTERS_AFTER = frozenset({"KC", "QC", "MP", "MSP", "MEP", "OBE", "MBE", "CBE", "Jr", "Sr", "PhD", "MD"})
OF = re.compile(r"(?:\b(?:de|en|à)\s|\bd['’])$", re.IGNORECASE)
SENTENCE_START = re.compile(r"(?:^|[.!?…:»”\"]\s|[«“\"(—–-])\s*$")
OFFICE_BEHIND = re.compile(r" ([a-z-]+) (?=[A-Z])")
PARTICLES = frozenset({"de", "d'", "d’", "du", "des"})
CONTRACTION = re.compile(r"'(?:ll|re|ve|d|m)$")  # "You'll"
POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name where it stands in a paragraph; `title` is the courtesy title before it, if any."""

    start: int
    end: int
    text: str
    title: str | None = None
    opens_sentence: bool = False

    @property
    def words(self) -> list[str]:
        return self.text.split()


ELECTED = re.compile(  # whose place stands before their name: "l'élu de Toliara Fidelis Tsimiary"
    r"\b(?:élue?|maire|mairesse|députée?|sénateur|sénatrice|préfète?|bourgmestre|édile) (?:de |d['’])$"
)
ELECTED_WORDS = 3


def find(text: str, tables: Tables, language: str) -> Iterator[Name]:
    """Every proper name of the text, of people or not.

    >>> from bulletin.script.tables import load
    >>> [name.text for name in find("Hier, Mme Ana de la Cruz a vu Li Wei à Paris.", load("fr"), "fr")]
    ['Ana de la Cruz', 'Li Wei', 'Paris']
    """
    for match in _pattern(tables).finditer(text):
        yield from _split(text, match.start(), match.group(), tables, language)


_PATTERNS: dict[int, re.Pattern[str]] = {}


def _pattern(tables: Tables) -> re.Pattern[str]:
    if id(tables) not in _PATTERNS:
        joined = sorted(
            (particle for particle in tables.particles if particle != "of"), key=len, reverse=True
        )
        particle = "|".join(re.escape(p) + (r"" if p.endswith("'") else r"[ -]") for p in joined)
        between = rf"[  \u202f](?:{particle})?| (?:d['’])| & "
        pointed = "|".join(re.escape(t) for t in tables.titles if t.endswith(".") and len(t) > 2)
        first = rf"(?:(?:{pointed}|{CAPITAL}))" if pointed else rf"(?:{CAPITAL})"  # "Ms. Alvarez"
        _PATTERNS[id(tables)] = re.compile(rf"(?<![\w&@#.°])(?<!°\s){first}(?:(?:{between}){first})*")
    return _PATTERNS[id(tables)]


def _split(text: str, start: int, found: str, tables: Tables, language: str) -> Iterator[Name]:
    """The names within a run of capitals: without first words that are no names, cut before given names."""
    opens = bool(SENTENCE_START.search(text[:start]))
    words = [(start + m.start(), m.group()) for m in re.finditer(r"\S+", found)]
    yield from _behind_initial(text, words, tables, language)
    words = _without_first_words(_to_initial(words, tables), tables, opens)
    if opens:
        words = _without_opening_noun(text, words, tables, language)
    body = language == "en" and len(words) > 2 and words[-1][1].lower() in tables.organisations
    if language == "en" and not body:
        words = _behind_office(words, tables)
    title, words = (None, words) if body else _take_title(words, tables)
    if not words:
        return
    if len(words) == 1 and not title and _is_role(text, words[0], tables):
        return  # "le Suédois", "the Norwegian", "le Premier ministre"
    if len(words) == 2 and not title and _is_people(text, words, tables):
        return  # "the South African", "the Omaha Republican"
    led = ARTICLE.search(text[: words[0][0]]) or (
        OF.search(text[: words[0][0]]) and not gender.is_given_name(words[0][1], language)
    )
    cut = _given_name_inside(words, language) if led or _is_party(text, words[0], tables) else None
    if len(words) == ELECTED_WORDS and ELECTED.search(text[: words[0][0]]):
        cut = cut or 1
    if cut:
        if len(words[:cut]) > 1 or not _is_role(text, words[0], tables):
            yield _name(words[:cut], None, opens)
        words, title = words[cut:], None
    name = _name(words, title, opens and words[0][0] == start)
    office = OFFICE_BEHIND.match(text, name.end)
    attributive = title == "Former" and office is not None and office[1] in tables.persons
    yield replace(name, title=None) if attributive else name  # "Former Kyiv resident Ann Poe"


def _ends_at(words: list[tuple[int, str]], tables: Tables) -> int | None:
    """Where a sentence ends inside a run of capitals: "Jordan T. On lui reproche"."""
    for index in range(1, len(words) - 1):
        if re.fullmatch(r"[A-Z]\.", words[index][1]) and _is_no_name(words[index + 1][1], tables, True):
            return index + 1
    return None


def _to_initial(words: list[tuple[int, str]], tables: Tables) -> list[tuple[int, str]]:
    return words[: _ends_at(words, tables)]


def _behind_initial(text: str, words: list[tuple[int, str]], tables: Tables, language: str) -> Iterator[Name]:
    end = _ends_at(words, tables)
    if end is not None:
        start, last = words[end][0], words[-1]
        yield from _split(text, start, text[start : last[0] + len(last[1])], tables, language)


def _is_role(text: str, word: tuple[int, str], tables: Tables) -> bool:
    """A role or a people that is written with a capital."""
    start, written = word
    if written.lower() in tables.persons | tables.before_noun:
        return True
    ending = bool(tables.demonym_endings) and written.lower().endswith(tables.demonym_endings)
    behind_article = re.search(
        r"(?:\b(?:le|la|un|une|les|des|ce|cette|du|au|the|a|an) |\bl['’])$", text[:start], re.IGNORECASE
    )
    return ending and behind_article is not None and written not in tables.not_demonyms


def _is_party(text: str, word: tuple[int, str], tables: Tables) -> bool:
    """The initials of a body between somebody's office and name: "le député PS Paul Rivet"."""
    office = LAST_WORD.search(text[: word[0]])
    initials = re.fullmatch(r"[A-ZÀ-Ý]{2,}", word[1])
    return bool(initials and office and office[1].lower() in tables.persons)


def _is_people(text: str, words: list[tuple[int, str]], tables: Tables) -> bool:
    behind_article = re.search(r"\b(?:the|a|an) $", text[: words[0][0]], re.IGNORECASE)
    last = words[1][1].lower()
    return behind_article is not None and (last in tables.nationalities or last in tables.always_known)


def _without_first_words(words: list[tuple[int, str]], tables: Tables, opens: bool) -> list[tuple[int, str]]:
    while words and _is_no_name(words[0][1], tables, opens):
        words = words[1:]
    return words


def _is_noun(text: str, position: int) -> bool:
    token = token_at(text, position)
    return token is not None and token.pos_ == "NOUN"


def _without_opening_noun(
    text: str, words: list[tuple[int, str]], tables: Tables, language: str
) -> list[tuple[int, str]]:
    """A common noun has its capital from the sentence that it opens: "Délégué CGT", "Mort de Jean Petit"."""
    if len(words) < 2 or words[0][1] in tables.titles:
        return words
    verb = words[0][1].lower() in tables.acting | tables.finite
    if language == "fr" and verb and not gender.is_given_name(words[0][1], language):
        return words[1:]  # "Suivent Lyon, puis Turin"
    given = [
        index
        for index in range(1, len(words))
        if words[index][1][0].isupper() and gender.is_given_name(words[index][1], language)
    ]
    if words[1][1] in ("de", "d'", "d’") and given[:1] == [2] and len(words) > 3:
        return words[2:]
    title = words[1][1] in PARTICLES and _is_noun(text, words[0][0]) if language == "fr" else False
    if title and not gender.is_given_name(words[0][1], language):
        return _without_first_words(words[2:], tables, True)  # "Tombeurs d'Amiens"
    common = words[0][1].lower() in tables.persons and not gender.is_given_name(words[0][1], language)
    led = language == "fr" or len(words) > 2
    return _without_first_words(words[1:], tables, True) if common and led else words


def _behind_office(words: list[tuple[int, str]], tables: Tables) -> list[tuple[int, str]]:
    """Douglas Brandt in "Senate Majority Leader Douglas Brandt"."""
    for index in range(len(words) - 2, 0, -1):
        office = words[index - 1][1]
        if office.lower() in tables.persons and words[index][1][0].isupper():
            return words[index - 1 :] if office in tables.titles else words[index:]
    return words


def _is_no_name(word: str, tables: Tables, opens: bool) -> bool:
    bare = CONTRACTION.sub("", word.lower().replace("’", "'"))
    if bare in ("le", "la", "les", "de", "van", "al") and not opens:
        return False
    return bare in tables.not_names or word[0].islower() or (word.isupper() and bare in tables.persons)


def _take_title(words: list[tuple[int, str]], tables: Tables) -> tuple[str | None, list[tuple[int, str]]]:
    """The gendered title where there is one, else the last; a title with nothing behind it is no name."""
    title = None
    while words and words[0][1] in tables.titles and not (title and len(words) == 1):
        gendered = title is not None and tables.titles[title] != "unknown"
        title = title if gendered else words[0][1]
        words = words[1:]
    while words and words[0][1][0].islower():
        words = words[1:]
    return title, words


def _given_name_inside(words: list[tuple[int, str]], language: str) -> int | None:
    """Where a person's name begins within a longer run: "République Emmanuel Macron"."""
    if len(words) < 3:
        return None
    for index in range(1, len(words) - 1):
        word, previous = words[index][1], words[index - 1][1]
        if (
            word[0].isupper()
            and not previous[0].islower()
            and gender.of_given_name(word, language) != "unknown"
        ):
            return index
    return None


def _name(words: list[tuple[int, str]], title: str | None, opens: bool) -> Name:
    while len(words) > 1 and words[-1][1].rstrip(".") in LETTERS_AFTER:
        words = words[:-1]
    start = words[0][0]
    text = " ".join(word for _, word in words)
    end = words[-1][0] + len(words[-1][1])
    bare = POSSESSIVE.sub("", text)
    return Name(start, end - (len(text) - len(bare)), bare, title, opens)


def gender_of(name: Name, tables: Tables, language: str) -> Gender:
    """What the title, else the given name, tells."""
    by_title = tables.titles.get(name.title or "", "unknown")
    if by_title != "unknown":
        return "m" if by_title == "m" else "f"
    if name.title and len(name.words) == 1:
        return "unknown"  # a last name tells nothing
    return gender.of_given_name(name.words[0], language)
