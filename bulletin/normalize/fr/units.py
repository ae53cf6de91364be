"""Names of units and currencies in French, composed from parts: prefix + base, power, unit per unit."""

import re
from functools import cache

from bulletin.normalize import cldr
from bulletin.normalize.cldr import Name
from bulletin.normalize.fr import tables
from bulletin.normalize.fr.nouns import known_gender
from bulletin.normalize.fr.numbers import of

POWERS = {"²": ("carré", "carrés"), "2": ("carré", "carrés"), "³": ("cube", "cubes"), "3": ("cube", "cubes")}
NO_DIVISOR = frozenset({"pour", "point", "degré", "partie"})
"""First words of units that nothing is counted by."""
LENGTHS = re.compile(r"[khdcmµμn]?m\Z|da?m\Z|[Kk]ms?\Z|cm\Z|mi\Z|ft\Z")
"""Units of length, which have squares and cubes."""


@cache
def table() -> dict[str, Name]:
    """Every unit symbol with its (singular, plural)."""
    facts = tables.load("units")
    names: dict[str, Name] = {}
    for base, (name, prefixes) in facts["bases"].items():
        names[base] = plural_of(name)
        for prefix in prefixes.replace("µ", "µ μ").split():
            names[prefix + base] = plural_of(facts["prefixes"][prefix] + name)
    names |= {symbol: cldr.unit(identifier, "fr") for symbol, identifier in facts["cldr"].items()}
    names |= {symbol: (one, many) for symbol, (one, many) in facts["names"].items()}
    names |= {symbol: names[same] for symbol, same in facts["also"].items() if same in names}
    names |= {"cc": power(names["cm"], "³")}
    lengths = [symbol for symbol in names if LENGTHS.match(symbol)]
    names |= {symbol + mark: power(names[symbol], mark) for symbol in lengths for mark in POWERS}
    return names


def plural_of(name: str) -> Name:
    """Singular and plural of a unit that takes an s, its first word where it has several."""
    head, space, rest = name.partition(" ")
    return name, head + ("" if head.endswith(("s", "x", "z")) else "s") + space + rest


def power(name: Name, mark: str) -> Name:
    """The square or the cube of a unit of length."""
    return f"{name[0]} {POWERS[mark][0]}", f"{name[1]} {POWERS[mark][1]}"


@cache
def currency_symbols() -> dict[str, str]:
    """Every way to write a currency, with its ISO 4217 code."""
    codes = {code: code for code in cldr.currencies("fr") if re.fullmatch(r"[A-Z]{3}", code)}
    symbols: dict[str, str] = tables.load("units")["currencies"]
    return codes | symbols


@cache
def currency(symbol: str) -> Name:
    """Singular and plural of a currency."""
    code = currency_symbols()[symbol]
    own = tables.load("units")["currency_names"].get(code)
    return (own[0], own[1]) if own else cldr.currency(code, "fr")


@cache
def cents(symbol: str) -> Name:
    """Singular and plural of a currency's hundredth."""
    one, many = tables.load("units")["cents"].get(currency_symbols()[symbol], ("cent", "cents"))
    return one, many


@cache
def unit_is_feminine(name: str) -> bool:
    """Whether a unit's name is feminine: its first word is (by the table and the endings alone)."""
    return name.startswith("livre") or known_gender(re.split(r"[ -]", name)[0]) == "f"


def per(symbol: str) -> str:
    """The words for "/unit": "par mètre carré"."""
    return f"par {table()[symbol][0]}"


@cache
def scale(symbol: str) -> int:
    """The power of a thousand that a scale mark stands for; 1 for no mark."""
    return int(tables.load("units")["scales"].get(symbol, 1))


@cache
def scale_words(symbol: str, plural: bool) -> str:
    """ "million", "milliards"… for a scale mark above a thousand."""
    name = "million" if scale(symbol) == 10**6 else "milliard"
    return name + "s" if plural else name


def of_currency(symbol: str) -> str:
    """ "d'euros", "de dollars"."""
    return of(currency(symbol)[1])


@cache
def needs(symbol: str) -> re.Pattern[str] | None:
    """The words of which one must be near for an ambiguous symbol to be a unit."""
    words = tables.load("units")["needs"].get(symbol)
    return re.compile(rf"\b(?:{tables.any_of(words.split())})", re.IGNORECASE) if words else None


UNIT = rf"(?:{tables.any_of(table())})"
DIVISORS = [symbol for symbol, (one, _) in table().items() if one.partition(" ")[0] not in NO_DIVISOR]
PER_UNIT = rf"(?:{tables.any_of(DIVISORS)})"
CURRENCY = rf"(?:{tables.any_of(currency_symbols())})"
CURRENCY_BEFORE = (
    rf"(?:{tables.any_of(symbol for symbol in currency_symbols() if symbol not in {'E', 'F', 'FF', 'KF'})})"
)
"""Those that may stand before their amount: not F, as in "F1"."""
SCALE = rf"(?:{tables.any_of(tables.load('units')['scales'])})"
