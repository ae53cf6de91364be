"""Two measures that are one: "5ft 10in", "12st 4lb", and places on the globe."""

import re

from bulletin.normalize.en.measures import END, names
from bulletin.normalize.en.patterns import NO_DIGIT_BEFORE, SPACES, number
from bulletin.normalize.en.words import cardinal, quantity
from bulletin.normalize.numerals import Number
from bulletin.normalize.tokens import Rule, Token

FEET = re.compile(
    rf"{NO_DIGIT_BEFORE}(?P<feet>\d{{1,2}})(?:{SPACES}ft\.?{SPACES}|{SPACES}['’′]{SPACES})"
    rf"(?P<inches>\d{{1,2}}(?:\.\d)?)(?P<half>½)?(?P<mark>{SPACES}ins?(?![^\W_])\.?|{SPACES}(?:[\"”″]|''|’’))?(?!\d)"
)
HEIGHT = re.compile(r"[3-8]['’′](?:1[01]|\d)")
WEIGHT = re.compile(
    rf"{NO_DIGIT_BEFORE}(?P<large>\d{{1,3}}){SPACES}(?P<unit>st|lbs?)\.?,?{SPACES}(?P<small>\d{{1,2}}(?:\.\d)?)"
    rf"(?P<half>½)?{SPACES}(?P<mark>lbs?|oz)?(?![^\W_]|[.,]?\d)"
)
PLACE = re.compile(
    rf"(?P<degrees>\d{{1,3}}(?:\.\d+)?)°{SPACES}(?:(?P<minutes>\d{{1,2}})['’′]{SPACES})?"
    rf"(?:(?P<seconds>\d{{1,2}}(?:\.\d+)?)[\"”″]{SPACES})?(?P<point>[NSEW]){END}"
)
POINTS = {"N": "north", "S": "south", "E": "east", "W": "west"}


def feet(token: Token) -> str | None:
    """ "five foot ten"."""
    if not token["mark"] and "ft" not in token.written and not HEIGHT.fullmatch(token.written):
        return None
    half = " and a half" if token["half"] else ""
    return f"{cardinal(int(token['feet']))} foot {quantity(number(token['inches']))}{half}"


def weight(token: Token) -> str | None:
    """ "twelve stone four pounds", "seven pounds three ounces"."""
    unit, mark = token["unit"], token["mark"]
    if unit != "st" and mark != "oz":
        return None
    if unit == "st" and not mark and token["large"][-1] in "123" and token["large"] not in ("11", "12", "13"):
        return None
    large, small = int(token["large"]), number(token["small"])
    heavy = "stone" if unit == "st" else names("lb")[0 if large == 1 else 1]
    light = names("lb" if unit == "st" else "oz")[0 if small == Number("1") else 1]
    half = " and a half" if token["half"] else ""
    return f"{cardinal(large)} {heavy} {quantity(small)}{half} {light}"


def place(token: Token) -> str:
    """ "fifty-one degrees thirty minutes north"."""
    said = f"{quantity(number(token['degrees']))} degrees"
    for part in ("minutes", "seconds"):
        if token[part]:
            said += f" {quantity(number(token[part]))} {part}"
    return f"{said} {POINTS[token['point']]}"


RULES = (
    Rule("feet and inches", FEET, feet),
    Rule("weight", WEIGHT, weight),
    Rule("place", PLACE, place, needs="°"),
)
