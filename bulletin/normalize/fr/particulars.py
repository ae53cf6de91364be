"""Short forms that are read by what stands around them, each by a rule of its own: taxes after an amount,
winds, formats of books, trimesters, "b." between two players."""

import re

from bulletin.normalize.fr.abbreviations import CAPITAL
from bulletin.normalize.fr.dates import point_that_ends
from bulletin.normalize.fr.numbers import cardinal, ordinal
from bulletin.normalize.numerals import SPACE
from bulletin.normalize.tokens import Rule, Token

ON_A_RIVER = re.compile(rf"(?:[-‑]|{SPACE})s/(?P<under>s)?[-‑ ]?(?={CAPITAL})|[-‑]ss[-‑](?={CAPITAL})")
"""Between the name of a place and its river: "Châlons-s/-Marne", "Chalon s/ Saône"; or its wood."""
FAUBOURG = re.compile(rf"(?P<short>Fg|Fbg|Bd|Bld)\.?[-‑](?=St|Ste|{CAPITAL})")
FAUBOURGS = {"Fg": "Faubourg-", "Fbg": "Faubourg-", "Bd": "Boulevard-", "Bld": "Boulevard-"}
BEATS = re.compile(r"(?:b|bat)\.(?=\s(?:\[\d+\]\s)?[A-ZÀ-Ý])")
SCORE_AFTER = re.compile(
    r"\s(?:\[\d{1,2}\]\s)?[^\d;.]{2,45}(?:[\[(][^)\]]{1,12}[\])]\s?)?,?\s\d{1,3}\s?[-–/à]\s?\d"
)
GAVE_UP = re.compile(r"ab\.")
TAXES = re.compile(r"(?P<short>HT|TTC|H\.T\.|T\.T\.C\.|CC|HC|FAI)(?![^\W_])")
TAX_WORDS = {
    "HT": "hors taxes", "H.T.": "hors taxes",
    "TTC": "toutes taxes comprises", "T.T.C.": "toutes taxes comprises",
    "CC": "charges comprises", "HC": "hors charges", "FAI": "frais d'agence inclus",
}  # fmt: skip
AFTER_MONEY = re.compile(rf"(?:[€$]|\beuros?|\bdollars?|€{SPACE}?/{SPACE}?mois|€/m[²2]|\bpar mois){SPACE}?\Z")
EXCEPT = re.compile(
    r"sf(?=\s(?:(?:le\s|les\s)?(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun\b|mar\b|mer\b|jeu\b|ven\b|sam\b|dim\b|jours|fêtes|fériés|en\s|juillet|août|exception|vacances|1er|25)))"
)
NUMBER_OF = re.compile(rf"(?P<n>[Nn])[°º](?P<s>s)?{SPACE}(?=[^\W\d_]{{2}})")
CLASSES = re.compile(r"T(?P<mark>le|ale)s?(?![^\W_])")
ROOMS = re.compile(r"p\.?(?![^\W_])")
ABOUT_ROOMS = re.compile(
    r"\b(?:maison|appart\w*|appt|villa|pavillon|logement|studio|loft|duplex|longère|T\d|F\d|immobil\w+)", re.I
)
FORMATS = re.compile(r"(?P<in>[Ii])n[-‑](?P<size>4[°o]|8[°o]|12|16|18)(?![^\W_])")
FORMAT_NAMES = {"4": "quarto", "8": "octavo", "1": "douze"}
COMPASS = re.compile(
    r"(?P<points>[NSEO]{1,3}|W|NW|SW|WNW|WSW)(?:(?P<mark>[-/])(?P<more>[NSEO]{1,3}|W|NW|SW))?(?![^\W_'’]|\.-?[A-Z])"
)
AFTER_WIND = re.compile(
    r"\b(?:vents?|secteur|flux|houle|brise|rafales)\s"
    r"(?:(?:de|d['’]|fort|modéré|faible|assez fort|secteur|de secteur)\s?){0,2}\Z",
    re.I,
)
POINTS = {"N": "nord", "S": "sud", "E": "est", "O": "ouest", "W": "ouest"}
QUARTER = re.compile(r"(?P<kind>[TS])(?P<number>[1-4])(?=\s(?:de\s)?(?:20\d\d)(?!\d))")
EPISODE = re.compile(r"S(?P<season>\d{1,2})\s?E(?P<episode>\d{1,3})(?![^\W_])")


def say_compass(token: Token) -> str:
    """ "NO" as "nord-ouest", "S/SO" as "sud sud-ouest"."""
    parts = [token["points"], token["more"]]
    return " ".join("-".join(POINTS[point] for point in part) for part in parts if part)


def say_quarter(token: Token) -> str:
    """ "T1 2024" as "premier trimestre"."""
    name = "trimestre" if token["kind"] == "T" else "semestre"
    return f"{ordinal(int(token['number']))} {name}"


def quarter_may_stand(token: Token) -> bool:
    """There are two halves of a year."""
    return token["kind"] == "T" or token["number"] in "12"


def say_format(token: Token) -> str:
    """ "in-8°" as "in-octavo"."""
    size = token["size"]
    name = FORMAT_NAMES.get(size.rstrip("°o")) or {"12": "douze", "16": "seize", "18": "dix-huit"}[size]
    return f"{token['in']}n-{name}"


def say_on_a_river(token: Token) -> str:
    """ "-sur-"; "-sous-" for a wood."""
    return "-sous-" if token["under"] or "ss" in token.written else "-sur-"


def beats(token: Token) -> bool:
    """Between two names that a score follows."""
    return bool(re.search(r"[\w)\]]\s\Z", token.before) and SCORE_AFTER.match(token.after))


def are_stars(token: Token) -> bool:
    """Of a hotel or a restaurant: "un 4* à Nice", not the mark of a note."""
    if re.search(r"[\w.,]\Z", token.before):
        return False
    one = token.before.endswith("un ") and A_HOTEL.match(token.after)
    return bool(one or ABOUT_STARS.search(token.before[-60:]) or ABOUT_STARS.search(token.after[:60]))


def say_number_of(token: Token) -> str:
    """ "N° chance", "n° RG"."""
    return f"{token['n']}uméro{'s' if token['s'] else ''} "


STARS = re.compile(r"(?P<count>[1-7])(?:\*{1,5}|★{1,5})(?![\w*★])")
ABOUT_STARS = re.compile(
    r"\b(?:hôtel|hotel|étoil|camping|palace|Michelin|restaurant|résidence|gîte|NN\b)", re.IGNORECASE
)
A_HOTEL = re.compile(r"\s(?:à|de|en|au|dans)\s")
ON_A_PERIOD = re.compile(r"(?P<period>m/m|a/a|t/t|g\.a\.|GA)(?![^\W_/])")
PERIODS = {
    "m/m": "sur un mois", "a/a": "sur un an", "t/t": "sur un trimestre",
    "g.a.": "glissement annuel", "GA": "glissement annuel",
}  # fmt: skip

PARTICULARS = (
    Rule(
        "measure",
        STARS,
        lambda token: f"{cardinal(int(token['count']))} étoile{'s' * (token['count'] > '1')}",
        needs="*★",
        when=are_stars,
    ),
    Rule(
        "rate",
        ON_A_PERIOD,
        lambda token: PERIODS[token["period"]],
        "lu",
        when=lambda token: re.search(r"%\)?\s(?:en\s)?\Z|cent\)?\s(?:en\s)?\Z", token.before) is not None,
    ),
    Rule("abbreviation", ON_A_RIVER, say_on_a_river, "s", when=lambda token: token.before[-1:].isalpha()),
    Rule("abbreviation", FAUBOURG, lambda token: FAUBOURGS[token["short"]], "u"),
    Rule("score", BEATS, lambda token: "bat", "l", needs=".", when=beats),
    Rule(
        "score",
        GAVE_UP,
        lambda token: "abandon",
        "l",
        when=lambda token: re.search(r"\d[-–/]\d{1,2}(?:\s?\(\d{1,2}\))?,?\s\Z", token.before) is not None,
    ),
    Rule(
        "money",
        TAXES,
        lambda token: TAX_WORDS[token["short"]],
        "u",
        when=lambda token: AFTER_MONEY.search(token.before) is not None,
    ),
    Rule("abbreviation", EXCEPT, lambda token: "sauf", "l"),
    Rule("abbreviation", NUMBER_OF, say_number_of, "lu", needs="°º"),
    Rule("ordinal", CLASSES, lambda token: "terminale" + "s" * token.written.endswith("s"), "u"),
    Rule(
        "abbreviation",
        ROOMS,
        lambda token: "pièces" + point_that_ends(token),
        "l",
        when=lambda token: bool(
            re.search(r"[1-9]\s?\Z", token.before) and ABOUT_ROOMS.search(token.before + token.after)
        ),
    ),
    Rule("product", FORMATS, say_format, "lu"),
    Rule("place", COMPASS, say_compass, "u", when=lambda token: AFTER_WIND.search(token.before) is not None),
    Rule("date", QUARTER, say_quarter, "u", when=quarter_may_stand),
    Rule(
        "product",
        EPISODE,
        lambda token: f"saison {cardinal(int(token['season']))} épisode {cardinal(int(token['episode']))}",
        "u",
    ),
)
