"""French number words: cardinals from num2words, and what it gets wrong or doesn't know built on them."""

from functools import lru_cache

from bulletin.normalize.fr import tables
from bulletin.normalize.numerals import DASH, SPACE, Number, integer_pattern, parse

INTEGER = integer_pattern(rf"{SPACE}|\.|['’]")
NUMBER = rf"(?:{INTEGER}(?:,\d++)?)"
"""An integer or a decimal: "12", "2 500", "12.500", "1 426,30"."""
MEASURED = rf"(?:\d{{1,6}}+\.\d{{1,2}}(?!\d)|{NUMBER})"
"""A number before a unit, where a point may be a decimal mark: "3.5 km"."""
TO = rf"{SPACE}?{DASH}{SPACE}?"

LONGEST_NAMED = 36
"""Digits beyond which a number is read digit by digit: nobody knows the names of such numbers."""


def number(written: str) -> Number:
    """The value of a written French number; a point followed by one or two digits is a decimal mark."""
    head, point, tail = written.rpartition(".")
    if point and "," not in written and len(tail) < 3 and head.isdigit():
        return parse(written, ".")
    return parse(written, ",")


@lru_cache(maxsize=20_000)
def cardinal(value: int, feminine: bool = False) -> str:
    """A whole number in words.

    >>> cardinal(80), cardinal(281, feminine=True), cardinal(80_000)
    ('quatre-vingts', 'deux cent quatre-vingt-une', 'quatre-vingt mille')
    """
    from num2words import num2words

    if 10**12 <= value < 10**15:
        thousands, rest = divmod(value, 10**9)
        words = f"{cardinal(thousands).removesuffix('s')} milliards"
        words = words.replace("mill milliards", "mille milliards")
        return f"{words} {cardinal(rest, feminine)}" if rest else words
    words = str(num2words(value, lang="fr"))
    return words + "e" if feminine and words.endswith("un") else words


def by_digits(digits: str) -> str:
    """Digit by digit: "zéro six"."""
    return " ".join(cardinal(int(digit)) for digit in digits)


def integer_words(digits: str, feminine: bool = False) -> str:
    """Digits as a cardinal; zeros in front are said one by one: "007" is "zéro zéro sept"."""
    significant = digits.lstrip("0")
    zeros = len(digits) - len(significant)
    if len(significant) > LONGEST_NAMED:
        return by_digits(digits)
    words = ["zéro"] * zeros + ([cardinal(int(significant), feminine)] if significant else [])
    return " ".join(words)


def fraction_words(digits: str) -> str:
    """What stands after the comma: zeros in front one by one, then a number, or digits when there are many.

    >>> fraction_words("05"), fraction_words("40"), fraction_words("1416")
    ('zéro cinq', 'quarante', 'un quatre un six')
    """
    if len(digits.lstrip("0")) > 3:
        return by_digits(digits)
    return integer_words(digits)


def words(value: Number, feminine: bool = False) -> str:
    """A written number in words, with "virgule" for the decimal mark."""
    if value.fraction is None:
        return integer_words(value.integer, feminine)
    return f"{integer_words(value.integer)} virgule {fraction_words(value.fraction)}"


ORDINAL_ENDINGS = (
    ("cents", "centième"),
    ("vingts", "vingtième"),
    ("millions", "millionième"),
    ("milliards", "milliardième"),
    ("million", "millionième"),
    ("milliard", "milliardième"),
    ("cinq", "cinquième"),
    ("neuf", "neuvième"),
)


def ordinal(value: int, feminine: bool = False) -> str:
    """The ordinal in words (num2words says "quatre-vingtsième").

    >>> ordinal(1), ordinal(1, feminine=True), ordinal(80), ordinal(21), ordinal(1000)
    ('premier', 'première', 'quatre-vingtième', 'vingt et unième', 'millième')
    """
    if value == 1:
        return "première" if feminine else "premier"
    words = cardinal(value).removeprefix("un ")
    for ending, replacement in ORDINAL_ENDINGS:
        if words.endswith(ending):
            return words.removesuffix(ending) + replacement
    return words.removesuffix("e") + "ième"


def is_plural(value: Number) -> bool:
    """French counts in the plural from two: "1,9 euro", "2 euros"."""
    return value.is_plural_from_two


VOWELS = "aàâäeéèêëiîïoôöuùûüyœæ"
ASPIRATED: tuple[str, ...] = tuple(tables.load("nouns")["aspirated"].split())
"""How words begin before whose h nothing is elided. Source: any dictionary; the common ones."""


def of(word: str) -> str:
    """ "de" or "d'" before a word: "d'euros", "de dollars", "d'habitants"."""
    lower = word.lower()
    elided = lower[:1] in VOWELS or (lower[:1] == "h" and not lower.startswith(ASPIRATED))
    if lower.startswith(("yen", "yuan", "yourt", "onz", "oui", "ya", "yo")):
        elided = False
    return f"d'{word}" if elided and word else f"de {word}"


def is_round_million(value: Number) -> bool:
    """Whether the words end in million or milliard, which take "de" before what is counted."""
    return value.fraction is None and value.whole >= 10**6 and value.whole % 10**6 == 0
