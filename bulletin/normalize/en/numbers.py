"""Plain numbers, when nothing more particular has taken them: cardinals, decimals, ordinals, "8bn", "40k"."""

import re

from bulletin.normalize.en.measures import names_a_place
from bulletin.normalize.en.patterns import (
    NO_DIGIT_BEFORE,
    NUMBER,
    SPACES,
    TO,
    WORD_END,
    is_open,
    number,
    word_after,
    words_before,
)
from bulletin.normalize.en.tables import WORDS
from bulletin.normalize.en.words import SCALES, cardinal, ordinal, plural_of, quantity, spelled
from bulletin.normalize.tokens import Rule, Token

MINUS = r"(?P<minus>[-−–+])"
ORDINAL = re.compile(
    rf"(?P<number>\d{{1,3}}(?:,\d{{3}}){{0,5}}|\d{{1,9}})(?:st|nd|rd|th|ST|ND|RD|TH){WORD_END}"
)
SCALED = re.compile(
    rf"{NO_DIGIT_BEFORE}(?P<first>{NUMBER})(?:{SPACES}(?:[mbkt]|bn|mn|tn|trn)?{TO}(?P<last>{NUMBER}))?"
    rf"(?:{SPACES}(?P<scale>bn|mn|mln|tn|trn|BN|BLN)|(?P<letter>[kKmMbB])){WORD_END}"
)
PLURAL = re.compile(rf"{NO_DIGIT_BEFORE}(?:(?P<low>\d{{1,2}})[-–])?(?P<number>\d{{1,4}})s{WORD_END}")
VERSION = re.compile(rf"{NO_DIGIT_BEFORE}\d{{1,4}}(?:\.\d{{1,4}}){{2,5}}(?![.,]?\d)")
POINTED = re.compile(r"(?P<minus>[-−])?\.(?P<digits>\d{1,6})(?!\d)")
PLAIN = re.compile(rf"{NUMBER}")
SIGNED = re.compile(rf"{MINUS}(?P<number>{NUMBER})")
LOTS = re.compile(rf"{NO_DIGIT_BEFORE}(?P<number>10|100|1,?000|10,?000|100,?000|1,000,000)s(?=\sof\s)")
LOTS_NAMES = {
    "10": "tens", "100": "hundreds", "1000": "thousands", "10000": "tens of thousands",
    "100000": "hundreds of thousands", "1000000": "millions",
}  # fmt: skip
RUNS = WORDS["runs"]


def ordinal_number(token: Token) -> str:
    said = ordinal(int(token["number"].replace(",", "")))
    capital = re.match(r"\s(?:Amendment|Congress|Airborne|Infantry|Division|Regiment)\b", token.after)
    if re.search(r"\b(?:a|an|the|his|her|its|their|our|my)\s\Z", token.before) and said.startswith(
        "one hundredth"
    ):
        said = said.removeprefix("one ")
    return said.capitalize() if capital else said


def scaled(token: Token) -> str | None:
    """ "eight billion", "forty thousand"; "ten k" for a race."""
    first = quantity(number(token["first"]))
    said = f"{first} to {quantity(number(token['last']))}" if token["last"] else first
    letter = token["letter"]
    if letter in ("m", "M", "B", "b") and (letter in "mb" and not token["first"].replace(".", "").isdigit()):
        return None
    if letter in ("b", "B") and "." not in token["first"] and not re.match(r"\s[a-z]", token.after):
        return None
    if letter in ("K", "M", "B") and names_a_place(token):
        return None
    if letter in ("k", "K") and is_race(token):
        return f"{said} K"
    return f"{said} {SCALES[(token['scale'] or letter).lower()]}"


def is_race(token: Token) -> bool:
    near = words_before(token.before, 3)
    following = word_after(token.after)
    if near[:1] == ["the"] and token["first"] in ("5", "10"):
        return not following.endswith("s")
    return (
        following in RUNS
        or (
            token["first"] in ("3", "5", "10")
            and bool({"a", "ran", "run", "running", "first", "couch"} & set(near))
        )
        or (token["letter"] == "K" and token["first"] in ("4", "8"))
    )


def plural(token: Token) -> str:
    """ "twenty-ones", "seven four sevens"."""
    digits = token["number"]
    if token["low"]:
        return f"{cardinal(int(token['low']))} to {plural_of(cardinal(int(digits)))}"
    if len(digits) < 3 or digits.endswith("00"):
        return plural_of(cardinal(int(digits)))
    return plural_of(spelled(digits, "oh"))


def version(token: Token) -> str:
    """ "seventeen point two point one"."""
    return " point ".join(cardinal(int(part)) for part in token.written.split("."))


def pointed(token: Token) -> str | None:
    if token.before[-1:].isalnum() or token.before[-1:] in (".", ")", "]"):
        return None
    if re.match(r"[-‑ ]cal", token.after):
        return cardinal(int(token["digits"]))
    return f"{'minus ' if token['minus'] else ''}point {spelled(token['digits'])}"


def plain(token: Token) -> str:
    written = token.written
    if len(written) > 1 and written[0] == "0" and written.isdigit():
        return spelled(written)
    return quantity(number(written))


def signed(token: Token) -> str | None:
    if not is_open(token.before):
        return None
    if token["minus"] == "–" and token.before[-2:-1].isalnum():
        return None
    return f"{'plus' if token['minus'] == '+' else 'minus'} {quantity(number(token['number']))}"


FIRST = (Rule("lots", LOTS, lambda token: LOTS_NAMES[token["number"].replace(",", "")], needs="s"),)
"""Before decades: "1000s of jobs"."""
RULES = (
    Rule("ordinal", ORDINAL, ordinal_number),
    Rule("scaled", SCALED, scaled),
    Rule("plural", PLURAL, plural),
    Rule("version", VERSION, version, needs="."),
    Rule("decimal", POINTED, pointed, starts="m", needs="."),
    Rule("signed", SIGNED, signed, starts="m", needs="-−–+"),
    Rule("cardinal", PLAIN, plain),
)
