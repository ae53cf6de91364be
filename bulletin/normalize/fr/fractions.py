"""Numbers over numbers: fractions, marks, seasons, ratios, odds, scales, multiplications."""

import re

from bulletin.normalize.fr import units
from bulletin.normalize.fr.context import before, near
from bulletin.normalize.fr.nouns import is_feminine
from bulletin.normalize.fr.numbers import (
    NUMBER,
    cardinal,
    integer_words,
    is_plural,
    number,
    of,
    ordinal,
    words,
)
from bulletin.normalize.fr.tables import load
from bulletin.normalize.numerals import SPACE
from bulletin.normalize.tokens import Rule, Token

END = r"(?![^\W_])"
SLASH = re.compile(
    rf"(?P<top>{NUMBER}){SPACE}?[/⁄∕]{SPACE}?(?P<bottom>{NUMBER})(?P<ordinal>e|ème|es|èmes)?{END}(?!/)"
)
NO_NOUN = r"(?!(?:de|du|des|et|à|au|pour|par|sur|en|plus|fois)\b|d['’])"
COUNTED = rf"(?:{SPACE}(?P<noun>{NO_NOUN}[a-zà-ÿ]{{2,}}){END})?"
SLASH_DEGREES = re.compile(rf"(?P<low>\d{{1,2}}(?:,\d)?)/(?=\d{{1,2}}(?:,\d)?{SPACE}?(?:°|ans\b))")
SLASH_PRICES = re.compile(
    rf"(?P<low>\d{{1,5}}(?:,\d\d?)?)/(?=\d{{1,5}}(?:,\d\d?)?{SPACE}?(?P<scale>k|M|Mds?)?[€$£])"
)
OF_A_UNIT = re.compile(
    rf"(?P<part>[1-3]/[2-5]|[½¼¾]){SPACE}?(?P<unit>l|L|kg|cl|h|km|m|t|tasse|litre|verre)(?![^\W_]|['’][^\W\d_]|\.\w)"
)
"""Part of one unit: "1/2 l", "¼ l"."""
MIXED = re.compile(rf"(?P<whole>\d{{1,3}}){SPACE}(?P<top>[1-4])[/⁄∕](?P<bottom>[2-5]){END}{COUNTED}")
COLON = re.compile(rf"(?P<left>\d{{1,3}}){SPACE}?:{SPACE}?(?P<right>{NUMBER}){END}(?!:)")
OF_AN_HOUR = re.compile(rf"(?P<part>1/[24]|3/4|[½¼¾]){SPACE}?(?:h|d['’]h)(?![^\W_])")
HOUR_PARTS = {
    "1/2": "une demi-heure", "½": "une demi-heure", "1/4": "un quart d'heure", "¼": "un quart d'heure",
    "3/4": "trois quarts d'heure", "¾": "trois quarts d'heure",
}  # fmt: skip
SIDES = re.compile(rf"{SPACE}?[x×]{SPACE}?(?=\d)")
PRODUCT = re.compile(rf"(?P<left>{NUMBER}){SPACE}?[x×X*]{SPACE}?(?=\d)")
VULGAR = re.compile(rf"(?:(?P<whole>\d{{1,6}}){SPACE}?)?(?P<sign>[¼½¾⅐-⅞])(?(whole){COUNTED})")

SLASH_RANGE = re.compile(
    rf"(?P<low>\d{{1,4}})[/⁄∕](?=(?P<high>\d{{1,4}})(?P<noun>{SPACE}(?:[a-zà-ÿ-]{{2,}}[sx]|pers|min|mn|cm|mm|km|kg|an|h|j|g|m|l|cl|t)(?![^\W_])"
    rf"|%|{SPACE}%)(?!{SPACE}?/))"
)
"""Two ends of a range of what is counted: "30/40 personnes", "10/15 min"."""
NOT_RANGED = re.compile(
    r"\s(?:points?|pts|étoiles|voix|buts|tours|sets|partout|plus|moins|fois|tirs|lancers|inscrits|votants|exprimés|sous|dans|après|mais|dès"
    r"|dans|sans|vers|puis|fois|heures|ans|jours|les|des|ces|ses|aux|nous|vous|ils|pas|pages?|étapes|épisodes|arrêts|essais|pénalités|ballons|passes|matchs?|votes)\Z"
)
POWERS_OF_TEN = frozenset({100, 1_000, 10_000, 100_000, 1_000_000})
DENOMINATORS = {2: "demi", 3: "tiers", 4: "quart"}
ASPECT_RATIOS = {("16", "9"), ("4", "3"), ("21", "9"), ("3", "2"), ("9", "16")}
OF_FINAL = re.compile(rf"{SPACE}(?:de{SPACE})?finales?")
OF_SOMETHING = re.compile(
    rf"{SPACE}(?:des|du|de{SPACE}(?:la|l['’]|ses|leurs?|ces|son|sa))(?![^\W_])|{SPACE}de{SPACE}l['’]"
)
HALVED = re.compile(
    rf"{SPACE}?(?P<noun>heure|journée|tarif|siècle|tour|page|point|bouteille|place|part|finale|litre|baguette|saison|pension)s?\b"
)
PLURAL_ARTICLE = re.compile(rf"\b(?:les|des|aux|en|ces){SPACE}\Z", re.IGNORECASE)
ARTICLE = re.compile(rf"\b(?:les|des|aux|en|ces|la|le|une?|au|du|de|cette|ce|par){SPACE}\Z", re.IGNORECASE)


def name_of(bottom: int) -> str:
    """ "tiers", "quart", "huitième"."""
    return DENOMINATORS.get(bottom) or ordinal(bottom)


def fraction(top: int, bottom: int) -> str:
    """ "un tiers", "trois quarts", "cinq huitièmes"."""
    name = name_of(bottom)
    return f"{cardinal(top)} {name}{'s' if top > 1 and not name.endswith('s') else ''}"


def say_slash(token: Token) -> str:
    """A fraction ("deux tiers"), a season ("2022 2023"), a mark ("quatorze sur vingt")…"""
    top, bottom = number(token["top"]), number(token["bottom"])
    if token["ordinal"] and top.whole == 1 and OF_FINAL.match(token.after):
        name = name_of(bottom.whole)
        return name + "s" * (token["ordinal"].endswith("s") or bool(PLURAL_ARTICLE.search(token.before)))
    if token["ordinal"]:
        return f"{words(top)} {ordinal(bottom.whole)}{'s' if is_plural(top) else ''}"
    if top.is_whole and bottom.is_whole:
        if top.whole == 1 and OF_FINAL.match(token.after):
            return round_of_cup(token, bottom.whole)
        if bottom.whole == 2 and top.whole == 1 and (noun := HALVED.match(token.after)):
            return half(token, noun["noun"])
        if top.whole == 1 and (
            bottom.whole in POWERS_OF_TEN or (near(token, "scale") and bottom.whole >= 10)
        ):
            return f"un {ordinal(bottom.whole)}"
        if is_fraction(token) and not (is_score(token) and top.whole >= bottom.whole):
            return fraction(top.whole, bottom.whole)
        if (token["top"], token["bottom"]) in ASPECT_RATIOS and (bottom.whole == 9 or near(token, "picture")):
            return f"{words(top)} {ordinal(bottom.whole)}s"
    return f"{words(top)}{between(token)}{words(bottom)}"


def is_slash_range(token: Token) -> bool:
    """ "6/8 personnes", not "18/20 points" or "les 2/3 tiers"; nearly always the ends stand close."""
    low, high = int(token["low"]), int(token["high"])
    if not 0 < low < high <= 2 * low or high in {20, 100} or before(token, "mark", 20):
        return False
    if NOT_RANGED.search(token["noun"]) and not re.search(r"\s(?:heures|ans|jours)\Z", token["noun"]):
        return False
    if re.search(r"\s(?:h|heures|j|jours)\Z", token["noun"]) and high in {7, 24}:
        return False
    stated = re.search(r"(?:\d\s?|\bbac\s?\+\s?)\Z", token.before, re.I)
    return not stated and not (
        near(token, "sport") and not re.search("(?:personnes|pers|min|mn|m|km|kg)$", token["noun"])
    )


def say_slash_low(token: Token) -> str:
    """The lower end, with "à"; "une" before what is feminine."""
    feminine = token["low"].endswith("1") and is_feminine(token["noun"].strip())
    return f"{integer_words(token['low'], feminine)} à "


def short_integers(*written: str) -> bool:
    """Whether all are a few digits and nothing else."""
    return all(re.fullmatch("[0-9]{1,6}", number) for number in written)


def between(token: Token) -> str:
    """The word between two numbers with a slash that are no fraction."""
    if is_score(token):
        return " à "
    played = (
        short_integers(token["top"], token["bottom"]) and 10 <= int(token["bottom"]) < int(token["top"]) <= 50
    )
    if played and not before(token, "mark", 20) and not before(token, "blood_pressure", 40):
        return " à "
    if before(token, "odds") and not before(token, "mark", 20):
        return " contre "
    if token["bottom"] == "1" and token["top"] != "1":
        return " pour " if before(token, "ratio") else " contre "
    return " " if stand_apart(token) or before(token, "blood_pressure", 40) else " sur "


OF_TRIES = re.compile(
    rf"{SPACE}(?:aux?{SPACE}(?:tirs?|lancers?)|à{SPACE}(?:[23]|deux|trois)(?:{SPACE}|-)p|derrière|de{SPACE}réussite|arrêts|tirs|lancers)"
)
OF_TRIES_BEFORE = re.compile(
    rf"\b(?:arrêts|lancers|tirs?|coups{SPACE}francs|pénalités|transformations|fautes?){SPACE}?[:(]?{SPACE}?\Z",
    re.I,
)
TIE_BREAK = re.compile(rf"(?:7[-–/]6|6[-–/]7){SPACE}?\(\Z")


OTHER_SET_BEFORE = re.compile(rf"(?<![\d/])[0-7][-–/][0-7](?:{SPACE}\(\d{{1,2}}[-–/]\d{{1,2}}\))?,?{SPACE}\Z")
OTHER_SET_AFTER = re.compile(rf",?{SPACE}(?:[0-7][-–/][0-7](?![\d/])|\(\d{{1,2}}[-–/]\d{{1,2}}\))")


def is_set(token: Token) -> bool:
    """A set of tennis next to another, or to its tie-break: "6/4, 6/2", "7/6 (12/10)"."""
    games = sorted((token["top"], token["bottom"]))
    if not short_integers(*games) or not (
        (games[1] == "6" and games[0] < "5") or games in (["5", "7"], ["6", "7"])
    ):
        return False
    return bool(OTHER_SET_BEFORE.search(token.before) or OTHER_SET_AFTER.match(token.after))


def is_score(token: Token) -> bool:
    """ "27/25" in the report of a match, not "8/10" for a player; "7-6 (7/5)"."""
    if (TIE_BREAK.search(token.before) and token.after.startswith(")")) or is_set(token):
        return True
    if (
        not near(token, "sport")
        or OF_TRIES.match(token.after)
        or OF_TRIES_BEFORE.search(token.before)
        or before(token, "mark", 20)
        or not short_integers(token["top"], token["bottom"])
    ):
        return False
    return token["bottom"] not in {"10", "20", "100"}


WARS = frozenset({("14", "18"), ("39", "45")})


def stand_apart(token: Token) -> bool:
    """Two years, a season, two shares of a hundred, shifts: said one after the other."""
    top, bottom = token["top"], token["bottom"]
    if not short_integers(top, bottom):
        return False
    if (top, bottom) in WARS or re.search(
        rf"\b(?:années|ans){SPACE}\Z|\bbac{SPACE}?\+{SPACE}?\Z|\bplus{SPACE}\Z|\b(?:th\.|thermostat){SPACE}?\Z",
        token.before,
        re.I,
    ):
        return True
    is_year = len(top) == 4 and top[:2] in {"18", "19", "20"}
    if is_year and (len(bottom) in {2, 4} or before(token, "two_numbers", 25)):
        return True
    if (top, bottom) in PAIRS:
        return bool(re.search(r"\bles\s\Z", token.before))
    follows = int(bottom) == int(top) + 1 and before(token, "two_numbers", 25)
    return follows or (int(top) + int(bottom) == 100 and int(top) >= 10)


def round_of_cup(token: Token, bottom: int) -> str:
    """ "1/4 de finale": a quarter-final is named without its "un"."""
    if bottom == 2:
        return "demi" + ("-" if token.after[:1].isalpha() else "")
    plural = "s" if re.search(rf"\b(?:les|des|aux|ces){SPACE}\Z", token.before, re.I) else ""
    return name_of(bottom) + plural


def half(token: Token, noun: str) -> str:
    """ "1/2 heure" as "une demi-heure": the article is there, or is put there."""
    article = (
        "" if ARTICLE.search(token.before) or noun == "finale" else ("une " if is_feminine(noun) else "un ")
    )
    return f"{article}demi"


def is_fraction(token: Token) -> bool:
    """Halves, thirds and quarters, and any small fraction of something: "les 3/5", "1/10 du territoire"."""
    top, bottom = token["top"], token["bottom"]
    if not short_integers(top, bottom) or not 2 <= int(bottom) <= 1000 or int(top) >= int(bottom) * 2:
        return False
    if before(token, "mark", 20) or (token.before.endswith("(") and token.after.startswith(")")):
        return False
    if int(bottom) in DENOMINATORS:
        return int(top) != int(bottom)
    article = re.search(rf"\b(?:les|des|aux){SPACE}\Z", token.before, re.I)
    if (top, bottom) in PAIRS:
        article = None
    return bool(OF_SOMETHING.match(token.after) or article) and int(top) < int(bottom)


def stands_alone(token: Token) -> bool:
    """Not between two scores: "25-22 / 25-18"."""
    return not (re.search(r"\d[-–]\Z", token.before) and re.match(r"[-–]\d", token.after))


def say_mixed(token: Token) -> str:
    """ "2 1/2" as "deux et demi"."""
    return and_a_part(token, fraction(int(token["top"]), int(token["bottom"])))


def and_a_part(token: Token, part: str) -> str:
    """What is counted stands between the whole and the part: "deux points et demi"."""
    noun = token["noun"]
    name = units.table()[noun][int(token["whole"]) > 1] if noun in units.table() else noun
    feminine = bool(noun) and is_feminine(name)
    part = ("demie" if feminine else "demi") if part == "un demi" else part
    return " ".join(filter(None, [integer_words(token["whole"], feminine), name, "et", part]))


def say_of_a_unit(token: Token) -> str:
    """ "1/2 l" as "un demi-litre", "3/4 l" as "trois quarts de litre"."""
    name = units.table()[token["unit"]][0] if token["unit"] in units.table() else token["unit"]
    if token["part"] in {"1/2", "½"}:
        article = "" if ARTICLE.search(token.before) else ("une " if is_feminine(name) else "un ")
        return f"{article}demi-{name}"
    top, _, bottom = token["part"].partition("/")
    part: str = fraction(int(top), int(bottom)) if bottom else load("signs")["fractions"][top]
    return f"{part} {of(name)}"


def say_vulgar(token: Token) -> str:
    """ "½" as "un demi", "2 ½" as "deux et demi", "½ heure" as "une demi-heure"."""
    spoken: str = load("signs")["fractions"][token["sign"]]
    if not token["whole"]:
        noun = HALVED.match(token.after) if token["sign"] == "½" else None
        return half(token, noun["noun"]) if noun else spoken
    return and_a_part(token, spoken)


def is_ratio(token: Token) -> bool:
    """Two numbers with a colon between, not a heading that ends in a number: "A7 : 12 km de bouchons"."""
    if re.search(r"[^\W_]\Z|[^\W\d_][-‑.]?\s?\Z", token.before) and " " in token.written.replace(
        "\u00a0", " "
    ).replace("\u202f", " "):
        spaced = near(token, "odds") or near(token, "scale") or near(token, "ratio")
        return bool(spaced) and not re.search(r"[^\W_]\Z", token.before)
    return not re.search(r"[^\W_]\Z", token.before)


def say_colon(token: Token) -> str:
    """ "16:9" as "seize neuvièmes"; a score, odds, a scale, or a ratio."""
    left, right = token["left"], number(token["right"])
    if (left, token["right"]) in ASPECT_RATIOS:
        return fraction(int(left), right.whole)
    if left == "1" and right.is_whole and near(token, "scale"):
        return f"un {ordinal(right.whole)}"
    if near(token, "odds"):
        word = "contre"
    elif near(token, "sport") and not near(token, "ratio"):
        word = "à"
    else:
        word = "pour"
    return f"{integer_words(left)} {word} {words(right)}"


RELAY = re.compile(rf"(?:50|[1248]00|1{SPACE}?500|5{SPACE}?000|10{SPACE}?000){SPACE}?m\b")
SIZE = re.compile(rf"{NUMBER}(?:{SPACE}?[x×]{SPACE}?{NUMBER})?{SPACE}?(?:[cmd]?m|pixels|px){END}")


PAIRS = frozenset({("2", "8"), ("3", "8"), ("5", "8")})
"""Shifts: "les 3x8" are "les trois huit"."""


def digit_after(token: Token) -> str:
    """The number after the token, as written."""
    match = re.match(r"\d+", token.after)
    return match.group() if match else ""


def say_product(token: Token) -> str:
    """ "4x4" as "quatre quatre", "4 × 100 m" as "quatre fois cent mètres"."""
    if SIZE.match(token.after) and not RELAY.match(token.after) and not near(token, "relay"):
        return f"{words(number(token['left']))} sur "
    if (token["left"], digit_after(token)) in PAIRS:
        return f"{words(number(token['left']))} "
    car = re.match(r"4[x×X]\Z", token.written) and re.match(rf"4(?!\d|{SPACE}?(?:[x×%=]|k?m\b))", token.after)
    return "quatre " if car else f"{words(number(token['left']))} fois "


PARTS = {"¼": "et quart", "1/4": "et quart", "¾": "trois quarts", "3/4": "trois quarts"}
AFTER_COUNTED = re.compile(
    rf"(?:\d|\bune?){SPACE}?(?P<noun>ans?|mois|h|heures?|jours?|semaines?|points?|années?|siècles?|litres?|km|kg|l){SPACE}\Z"
)
ONE_COUNTED = re.compile(rf"(?:\d|\b(?:une?|deux|trois|quatre)){SPACE}(?P<noun>[a-zà-ÿ]{{3,}}){SPACE}\Z")
"""Any noun, where "et" stands before the half: "une bouteille et ½"."""
HALF_AFTER = re.compile(rf"(?P<and>et{SPACE})?(?P<part>[½¼¾]|1/2|1/4|3/4){END}")


def counted_before(token: Token) -> re.Match[str] | None:
    """What is counted in front of a half."""
    return AFTER_COUNTED.search(token.before) or (ONE_COUNTED.search(token.before) if token["and"] else None)


def say_half_after(token: Token) -> str:
    """ "3 ans ½" as "trois ans et demi", "2 h ¼" as "deux heures et quart"."""
    counted = counted_before(token)
    noun = counted["noun"] if counted else ""
    part = PARTS.get(token["part"])
    return part or ("et demie" if noun == "h" or is_feminine(noun) else "et demi")


FRACTIONS = (
    Rule(
        "product",
        SIDES,
        lambda token: " sur ",
        "ls",
        needs="x×",
        when=lambda token: bool(re.search(r"\d\s?[cdmk]?m\Z", token.before)),
    ),
    Rule(
        "fraction",
        HALF_AFTER,
        say_half_after,
        "dml",
        "½¼¾/",
        when=lambda token: bool(counted_before(token)),
    ),
    Rule("fraction", OF_AN_HOUR, lambda token: HOUR_PARTS[token["part"]], "dm"),
    Rule(
        "fraction", OF_A_UNIT, say_of_a_unit, "dm", when=lambda token: not re.search(r"\d\s?\Z", token.before)
    ),
    Rule("fraction", MIXED, say_mixed, needs="/⁄∕"),
    Rule("fraction", VULGAR, say_vulgar, "dm"),
    Rule("ratio", COLON, say_colon, needs=":", when=is_ratio),
    Rule("product", PRODUCT, say_product),
    Rule("range", SLASH_DEGREES, lambda token: words(number(token["low"])) + " à ", needs="/"),
    Rule(
        "list",
        SLASH_PRICES,
        lambda token: words(number(token["low"])) + (" à " if token["scale"] else ", "),
        needs="/",
    ),
    Rule("range", SLASH_RANGE, say_slash_low, needs="/⁄∕", when=is_slash_range),
    Rule("fraction", SLASH, say_slash, needs="/⁄∕", when=stands_alone),
)
