"""Numbers with what they count: cardinals, decimals, percentages, measures, money, and amounts per unit.

Everything is composed: a number, a scale (k, M, Md), a unit or a currency, and "/unit" after either.
"""

import re
from collections.abc import Callable

from bulletin.normalize.cldr import Name
from bulletin.normalize.fr import units
from bulletin.normalize.fr.context import is_capitals, near
from bulletin.normalize.fr.dates import point_that_ends
from bulletin.normalize.fr.nouns import NOT_COUNTED, echoes_feminine, is_feminine_after
from bulletin.normalize.fr.numbers import (
    MEASURED,
    NUMBER,
    cardinal,
    integer_words,
    is_plural,
    is_round_million,
    number,
    of,
    words,
)
from bulletin.normalize.numerals import DASH, SPACE, Number
from bulletin.normalize.tokens import Rule, Token

END = r"(?![^\W_])"
"""No letter or digit follows."""
UNIT_END = r"(?![^\W_]|['’][^\W\d_])"
"""Nor an elided word: "3 l'ont vu"."""
SLASH = rf"{SPACE}?[/∕⁄]{SPACE}?"
PER = (
    rf"(?:{SLASH}(?:(?P<per_number>10{{1,6}}(?!\d)|10{{0,2}}(?:[.{SPACE[1:-1]}]000){{1,2}}(?!\d)){SPACE}?)?"
    rf"(?:(?P<per>{units.PER_UNIT}){UNIT_END}|(?P<per_word>(?!gratuit|réduit|libre|offert|tarif|moins|plus)[a-zà-ÿ][a-zà-ÿ-]{{1,20}}){UNIT_END}))?"
)
WORD_SCALE = rf"(?:{SPACE}(?P<word_scale>(?:m|b|tr)illions?|milliards?)(?![^\W_]))?"
MONEY_WORDS = r"euros?|dollars?|francs?(?: suisses?)?|livres?(?: sterling)?"

BETWEEN = rf"(?P<low>{MEASURED}){SPACE}?(?:{DASH}|\bà\b|\bou\b|\bet\b){SPACE}?"


# Money


CENTS_END = rf"[,;.)](?!\d)|\Z|{SPACE}(?:par|le|la|l['’]|TTC|HT|à|au|pour|et|chacun)(?![^\W_])"
MONEY_AFTER = re.compile(
    rf"(?P<number>{MEASURED})(?:{SPACE}?(?P<scale>{units.SCALE})(?![^\W_A-Z])|{WORD_SCALE}){SPACE}?(?:(?<=s{SPACE})de{SPACE}(?=[A-Z]))?"
    rf"(?P<currency>{units.CURRENCY})(?:(?:{SPACE}?(?P<cents>\d{{2}})(?={CENTS_END})|{END}|(?=TTC|HT)|(?P<glued_cents>\d{{2}}){END})){PER}"
)
MONEY_BEFORE = re.compile(
    rf"(?P<currency>{units.CURRENCY_BEFORE}){SPACE}?(?P<number>\d{{1,3}}(?:,\d{{3}}){{2,4}}(?!\d)|{MEASURED})"
    rf"(?:{SPACE}?(?P<scale>{units.SCALE}|m|bn|b){END}|\.[-–—]{{1,2}}(?!\w)|{WORD_SCALE}){END}{PER}"
)
MONEY_WORD = re.compile(
    rf"(?P<number>{MEASURED})(?:{SPACE}(?P<scale>{units.SCALE})|(?P<glued>Md?s?)){SPACE}(?=d[e'’])"
)
EQUALS = re.compile(r"=\s?\Z")
SWISS = re.compile(r"(?P<number>\d{1,3}(?:['’ ]\d{3}){0,3}|\d{4,6})\.(?:[-–—]{1,2})(?![\w-])")
"""A round price as the Swiss write it: "5.-"."""
PRICE = re.compile(
    rf"(?P<number>\d{{1,3}}(?:{SPACE}\d{{3}}){{0,3}}[.,]\d{{2}}){SPACE}(?P<name>{MONEY_WORDS}){END}"
)


def say_money(token: Token) -> str:
    """An amount: "trois virgule cinq millions d'euros", "douze euros cinquante", "un million d'euros"."""
    symbol = token["currency"]
    value = number(token["number"])
    cents = token["cents"] or token["glued_cents"]
    if cents and value.fraction is None and not token["scale"]:
        value = Number(value.integer, cents)
    scale = token["word_scale"]
    if scale.startswith("billion") and not token.written[0].isdigit():
        scale = "milliard" + "s" * is_plural(value)
    if not value.whole and EQUALS.search(token.before):
        return f"{words(value)} {units.currency(symbol)[0]}"  # a rate, not a price
    spoken = amount(value, token["scale"], scale, units.currency(symbol), units.cents(symbol))
    return spoken + per_words(token)


def amount(value: Number, scale: str, word_scale: str, name: Name, cents: Name) -> str:
    """The number, its scale, and the name it counts."""
    if word_scale:
        return f"{words(value)} {word_scale} {of(name[1])}"
    scale = {"m": "M", "bn": "Md", "b": "Md"}.get(scale, scale)
    if scale and units.scale(scale) > 1000:
        return f"{words(value)} {units.scale_words(scale, is_plural(value))} {of(name[1])}"
    if scale:
        value = thousandfold(value)
    if value.fraction is not None and len(value.fraction) == 2:
        return price(value, name, cents)
    return counted(value, name)


def thousandfold(value: Number) -> Number:
    """The number times a thousand, exactly."""
    fraction = (value.fraction or "").ljust(3, "0")
    rest = fraction[3:].rstrip("0")
    return Number(str(int(value.integer + fraction[:3])), rest or None)


def price(value: Number, name: Name, cents: Name) -> str:
    """A price to the cent: "douze euros cinquante", "quatre-vingt-quinze centimes", "douze euros"."""
    fraction = int(value.fraction or 0)
    if not value.whole and fraction:
        return f"{cardinal(fraction)} {cents[fraction > 1]}"
    whole = counted(Number(value.integer), name)
    return f"{whole} {cardinal(fraction)}" if fraction else whole


def counted(value: Number, name: Name) -> str:
    """A number and what it counts, agreeing: "une tonne", "un million de tonnes"."""
    word = name[is_plural(value)]
    feminine = value.is_whole and value.integer.endswith("1") and units.unit_is_feminine(word)
    if is_round_million(value):
        return f"{words(value)} {of(word)}"
    return f"{words(value, feminine)} {word}"


def per_words(token: Token) -> str:
    """ "/m²" as "par mètre carré", "/mois" as "par mois", "/1 000 l" as "les mille litres"."""
    symbol, word, count = token["per"], token["per_word"], token["per_number"]
    if not symbol and not word:
        return ""
    if count:
        value = number(count)
        name = units.table()[symbol][is_plural(value)] if symbol else word
        article = "aux" if token["unit"] in {"l", "L"} else "pour"
        return f" {article} {words(value)} {name}"
    return f" {units.per(symbol)}" if symbol and not is_word(symbol) else f" par {word or symbol}"


def is_word(symbol: str) -> bool:
    """Whether a unit's symbol is the word itself: "bar", "baril"."""
    return units.table()[symbol][0] == symbol


def say_price(token: Token) -> str:
    """ "12,50 euros" as "douze euros cinquante"."""
    value = number(token["number"])
    name = token["name"]
    return price(value, (name, name), ("centime", "centimes"))


def swiss_may_stand(token: Token) -> bool:
    """ "5.-" is a price; after a currency the dash is its cents, and words follow the number of a list."""
    return not re.search(r"(?:CHF|Fr\.|fr\.|€)\s?\Z", token.before) and not re.match(
        r"\s[^\W\d_]", token.after[:2] if not token.before.strip() else ""
    )


def money_may_stand(token: Token) -> bool:
    """A letter for a currency ("F", "EUR") needs a number that isn't part of a name."""
    symbol = token["currency"]
    if symbol == "E":
        return bool(token["scale"]) and token.written[0].isdigit()
    if symbol in {"F", "KF", "FF"}:
        return not re.search(r"[A-Z]\Z|\b(?:type|appartement|F)\s\Z", token.before)
    if symbol in {"Fr.", "fr."}:
        return True
    if symbol in {"Ar", "FC", "FG"}:
        return bool(token["scale"] or token["word_scale"]) or number(token["number"]).whole >= 100
    if re.fullmatch("[A-Z]{3}", symbol) and symbol not in COMMON_CODES:
        return near(token, "money")
    return True


COMMON_CODES = frozenset(
    [
        "GNF",
        "RWF",
        "BIF",
        "MRU",
        "KMF",
        "DJF",
        "EUR",
        "USD",
        "GBP",
        "CHF",
        "JPY",
        "CNY",
        "CAD",
        "AUD",
        "RUB",
        "UAH",
        "TRY",
        "INR",
        "BRL",
        "MXN",
        "PLN",
        "SEK",
        "NOK",
        "DKK",
        "CZK",
        "HUF",
        "RON",
        "BGN",
        "ILS",
        "MAD",
        "DZD",
        "TND",
        "XOF",
        "XAF",
        "XPF",
        "EGP",
        "SAR",
        "AED",
        "QAR",
        "KRW",
        "SGD",
        "HKD",
        "THB",
        "ZAR",
        "NGN",
        "KES",
        "GHS",
        "CDF",
        "MGA",
        "HTG",
        "LBP",
        "BTC",
        "ETH",
        "FRF",
        "DEM",
        "NZD",
    ]
)


# Measures


MEASURE = re.compile(
    rf"(?P<number>{MEASURED})(?:{SPACE}(?P<scale>M|Md|Mds|k){SPACE}(?=[a-zµ°%]))?(?:{WORD_SCALE}){SPACE}?"
    rf"(?P<unit>{units.UNIT}){UNIT_END}{PER}(?:\.(?={SPACE}[a-zà-ÿ]))?"
)
PARTED_MEASURE = re.compile(rf"(?P<number>\d{{1,2}}){SPACE}?(?P<unit>m){SPACE}?(?P<rest>\d{{2}}){END}")
PLAIN_PER = re.compile(rf"(?P<number>{MEASURED}){SPACE}(?P<counted>[a-zà-ÿ-]{{3,20}}){PER.removesuffix('?')}")


def measure_may_stand(token: Token) -> bool:
    """Ambiguous symbols need one of their words near; a lone letter is no unit in a name or a list."""
    symbol = token["unit"]
    if len(symbol) == 1 and re.search(r"[^\W\d_][-‑]\Z", token.before) and token.written[-2:-1].isdigit():
        return False
    if re.fullmatch(r"4\s?L", token.written) and SINGULAR_BEFORE.search(token.before):
        return False
    if symbol == "ch" and re.match(r"\.", token.after):
        return False
    if symbol == "pb" and OF_A_RATE.search(token.before):
        return True
    wanted = units.needs(symbol)
    if symbol in POWER_OF_CARS and (number(token["number"]).whole >= 30 or token["number"] == "2"):
        return True
    if wanted and not (wanted.search(token.before) or wanted.search(token.after)):
        return False
    if symbol in {"t", "l", "j", "s", "g", "d"} and re.match(r"[.)]?[-.][a-z]", token.after):
        return False
    return not (is_capitals(token) and len(symbol) == 1 and symbol.isalpha() and symbol not in "mgltV")


POWER_OF_CARS = frozenset({"ch", "cv", "CV"})
OF_A_RATE = re.compile(r"[+−–-]\s?\Z|%[^.;!?]{0,12}\Z")
"""Before a change in basis points: its sign, or the rate that changed."""


def say_measure(token: Token) -> str:
    """A number with its unit, and what it is per: "cent trente kilomètres-heure", "trois tonnes"."""
    value = number(token["number"])
    name = units.table()[token["unit"]]
    if token["word_scale"]:
        return f"{words(value)} {token['word_scale']} {of(name[1])}{per_words(token)}"
    if token["scale"]:
        return amount(value, token["scale"], "", name, name) + per_words(token)
    if (
        token["unit"] == "m"
        and value.fraction
        and len(value.fraction) == 2
        and 0 < value.whole < 100
        and not token["per"]
    ):
        centimetres = integer_words(value.fraction) if int(value.fraction) else ""
        return f"{counted(Number(value.integer), name)} {centimetres}".rstrip()
    if token["unit"] in {"km", "Km", "KM"} and token["per"] in {"h", "H"}:
        return f"{counted(value, name)}-heure" if not is_plural(value) else f"{words(value)} kilomètres-heure"
    return counted(value, name) + per_words(token)


def say_parted(token: Token) -> str:
    """ "1 m 80" as "un mètre quatre-vingts"."""
    return f"{counted(number(token['number']), units.table()['m'])} {integer_words(token['rest'])}"


def say_plain_per(token: Token) -> str | None:
    """ "12 morts/jour" as "douze morts par jour"."""
    value = number(token["number"])
    feminine = value.is_whole and is_feminine_after(f" {token['counted']}")
    return f"{words(value, feminine)} {token['counted']}{per_words(token)}"


# Units without a number


FRANCS = re.compile(r"fr\.")
AFTER_MILLIONS = re.compile(rf"\b(?:millions?|milliards?){SPACE}de{SPACE}\Z")
LONE_UNIT = re.compile(
    r"(?P<unit>[kcmd]?m[²³]|(?<=par )(?:[mcd]?[lL]|g)(?!['’])|(?<=par )km|k[mg]|[kMGT]Wh?|ha|°C|hPa|mmHg"
    rf"|[µμ]g|[mn]g|[kMG]bit|[MG]o|km2|m2|m3|%|€|\$|£)(?![^\W_]|\.\w){PER}"
)
PLURAL_BEFORE = re.compile(
    r"\b(?:en|des|les|de|d'|d’|nombreux|quelques|plusieurs|premiers|derniers|prochains|mille|cents?|millions)\s?\Z"
)
SINGULAR_BEFORE = re.compile(r"\b(?:au|du|le|la|un|une|par|chaque|[lL]['’]|a|premier|dernier)\s?\Z", re.I)
NUMBER_BEFORE = re.compile(
    r"(?:ante|ingt|[zs]e|cents?|mille|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|une)s?\s\Z"
)


def lone_unit_may_stand(token: Token) -> bool:
    """A unit alone follows an article, "en", or a number in words."""
    before = token.before
    return bool(
        PLURAL_BEFORE.search(before)
        or SINGULAR_BEFORE.search(before)
        or NUMBER_BEFORE.search(before)
        or re.search(r"[(/]\s?\Z|millions?\s\Z|milliards?\s\Z", before)
    )


def say_lone_unit(token: Token) -> str:
    """ "en km/h" as "en kilomètres-heure", "le m²" as "le mètre carré"."""
    symbol = token["unit"]
    plural = not SINGULAR_BEFORE.search(token.before)
    if symbol in units.currency_symbols():
        name = units.currency(symbol)[plural]
        return (of(name) if re.search(r"(?:millions?|milliards?)\s\Z", token.before) else name) + per_words(
            token
        )
    name = units.table()[symbol][plural]
    if symbol == "km" and token["per"] == "h":
        return f"{name}-heure"
    return name + per_words(token)


# Plain numbers


MILLIONS_OF = re.compile(rf"{SPACE}([^\W\d_]['’]?(?:[^\W\d_]|-)*)")
CARDINAL = re.compile(rf"(?P<number>{NUMBER})")
RESOLUTIONS = frozenset({"2K", "4K", "8K"})
SCALED = re.compile(rf"(?P<number>{MEASURED}){SPACE}?(?P<scale>k|K)(?=\Z|[\s.,;:!?)]){END}")
DOTTED_SCALE = re.compile(rf"(?P<number>\d{{1,4}}\.\d{{1,2}})(?={SPACE}(?:millions?|milliards?)\b)")


NAMED = re.compile(
    rf"(?:n[°º]s?|\bno|N[°º]|\b(?:numéros?|pages?|articles?|lignes?|chapitres?|tomes?|rue|en)){SPACE}?\Z|[^\W\d_]\Z"
)
"""Before a number that names a thing and counts nothing: "n° 1 des ventes"."""


def say_cardinal(token: Token) -> str:
    """A number: feminine before a feminine noun when it ends in one; "de" after a round million."""
    value = number(token["number"])
    counts = value.is_whole and value.integer.endswith("1") and not NAMED.search(token.before)
    feminine = counts and (is_feminine_after(token.after) or echoes_feminine(token.before, token.after))
    spoken = words(value, feminine)
    if feminine and value.whole == 1001 and re.match(r"\s?nuits", token.after):
        spoken = "mille et une"
    follows = MILLIONS_OF.match(token.after)
    if is_round_million(value) and follows and is_counted(follows.group(1).lower()):
        spoken += " de" if of(follows.group(1)).startswith("de ") else " d'"
    return spoken


def is_counted(word: str) -> bool:
    """Whether a word after a number is what it counts."""
    return word not in NOT_COUNTED and not re.match(r"[dlnsmt]['’]|qu", word)


def say_scaled(token: Token) -> str:
    """ "10k" as "dix mille"."""
    return words(thousandfold(number(token["number"])))


def say_decimal(token: Token) -> str:
    """ "1.5" before million: a point for a comma."""
    return words(number(token["number"]))


def stopped(say: Callable[[Token], str | None]) -> Callable[[Token], str | None]:
    """The same reading, with the point of a shortened unit that ends a sentence: "3 000 pers. Le maire"."""

    def said(token: Token) -> str | None:
        spoken = say(token)
        return spoken if spoken is None or not token.after.strip() else spoken + point_that_ends(token)

    return said


MEASURES = (
    Rule(
        "money",
        SWISS,
        lambda token: counted(number(token["number"]), ("franc", "francs")),
        needs=".",
        when=swiss_may_stand,
    ),
    Rule("money", MONEY_AFTER, stopped(say_money), when=money_may_stand),
    Rule("money", MONEY_BEFORE, say_money, "um", when=money_may_stand),
    Rule("money", MONEY_WORD, lambda token: scale_alone(token)),
    Rule("money", PRICE, say_price),
    Rule("measure", PARTED_MEASURE, say_parted),
    Rule("measure", MEASURE, stopped(say_measure), when=measure_may_stand),
    Rule("rate", PLAIN_PER, stopped(say_plain_per), needs="/"),
    Rule(
        "money",
        FRANCS,
        lambda token: "francs" + point_that_ends(token),
        "l",
        needs=".",
        when=lambda token: AFTER_MILLIONS.search(token.before) is not None,
    ),
    Rule("unit", LONE_UNIT, say_lone_unit, "lum", when=lone_unit_may_stand),
    Rule("cardinal", SCALED, say_scaled, when=lambda token: token.written not in RESOLUTIONS),
    Rule("decimal", DOTTED_SCALE, say_decimal),
)
ENDLESS = re.compile(r"[0-9]{41,}+")
"""More digits than any number that is read out: left as they are, and reported."""
ENDLESS_NUMBERS = (Rule("endless", ENDLESS, lambda token: token.written),)
CARDINALS = (Rule("cardinal", CARDINAL, say_cardinal),)


def scale_alone(token: Token) -> str:
    """ "44 Mds d'euros": the scale as a word, the rest as written."""
    value = number(token["number"])
    if token["glued"]:
        return f"{words(value)} {units.scale_words(token['glued'], is_plural(value))} "
    if units.scale(token["scale"]) == 1000:
        return words(thousandfold(value)) + " "
    return f"{words(value)} {units.scale_words(token['scale'], is_plural(value))} "
