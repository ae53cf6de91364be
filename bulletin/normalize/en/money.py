"""Money: "£3.5m", "$5.99", "A$2m", "€90/m²", "$20-a-barrel", "50p", "$5-10 million"."""

import re

from bulletin.normalize import cldr
from bulletin.normalize.en.measures import UNIT, per_unit
from bulletin.normalize.en.patterns import (
    FIGURES,
    NO_DIGIT_BEFORE,
    NUMBER,
    SPACES,
    TO,
    WORD_END,
    follows_between,
    is_open,
    number,
    qualifies_noun,
)
from bulletin.normalize.en.tables import load
from bulletin.normalize.en.words import SCALES, cardinal, quantity
from bulletin.normalize.numerals import Number
from bulletin.normalize.tokens import Rule, Token

FACTS = load("money")
SIGNS: dict[str, list[str]] = FACTS["signs"]
CODES = FACTS["codes"]["known"].split()
AGAIN: dict[str, str] = FACTS["again"]

SIGN = "|".join(re.escape(sign) for sign in sorted([*SIGNS, *CODES], key=len, reverse=True))
SCALE = (
    rf"(?:(?:{SPACES}|[-‑])(?:thousand|million|billion|trillion|lakh|crore)s?(?![^\W_])"
    rf"|{SPACES}(?:mn|mln|bn|bln|trn|tn|tr)(?![^\W_])|(?:[mbktMBKT]|MN|BN|TN|mm|MM)(?![^\W_]))"
)
UPTO = rf"(?:{TO}(?:{SIGN})?{SPACES}(?P<last>{NUMBER})(?P<last_scale>{SCALE})?)?"
RATE = (
    rf"(?:[-‑](?P<article>an?|per)[-‑](?P<each>[^\W\d_]++(?:[-‑][^\W\d_]++)?)"
    rf"|{SPACES}/{SPACES}(?P<per>{UNIT}(?![^\W_])|[^\W\d_]++(?:[./]?[^\W\d_]++)?[²³]?)"
    rf"|{SPACES}(?P<again>{'|'.join(re.escape(key) for key in AGAIN)})(?![^\W_]))?"
)
BEFORE = re.compile(
    rf"(?P<minus>[-−–+])?(?P<sign>{SIGN}){SPACES}(?P<minus_inside>[-−])?(?P<first>{NUMBER}|\.\d{{1,2}}(?!\d))(?P<scale>{SCALE})?"
    rf"{UPTO}(?P<plus>\+)?{RATE}(?!\d)"
)
AFTER = re.compile(
    rf"{NO_DIGIT_BEFORE}(?P<first>{NUMBER})(?P<scale>{SCALE})?"
    rf"(?:{TO}(?P<last>{NUMBER})(?P<last_scale>{SCALE})?)?{SPACES}(?P<sign>{SIGN})(?![^\W_]){RATE}"
)
MINOR = re.compile(
    rf"{NO_DIGIT_BEFORE}(?P<first>{NUMBER})(?:[pc¢]?{TO}(?P<last>{NUMBER}))?(?P<sign>[pc¢]|{SPACES}¢){WORD_END}{RATE}"
)


def names(sign: str) -> list[str]:
    """One, many, and where there are hundredths one and many of them."""
    if sign in SIGNS:
        return SIGNS[sign]
    named: dict[str, list[str]] = FACTS["codes"]["names"]
    return named[sign] if sign in named else list(cldr.currency(sign, "en_GB"))


def scale_word(written: str) -> str:
    """ "m" is "million", nothing is nothing."""
    letters = re.sub(r"[^a-z]", "", written.lower())
    return SCALES.get(letters, letters)


def scaled(value: Number, scale: str) -> str:
    return f"{quantity(value)} {scale}".strip()


def amount(token: Token) -> str | None:
    """Any amount with its currency, from its parts."""
    first, scale = number(token["first"]), scale_word(token["scale"])
    one_many = names(token["sign"])
    adjective = token["scale"][:1] in ("-", "‑") or qualifies_noun(token.before, token.after)
    if token["last"]:
        last, last_scale = number(token["last"]), scale_word(token["last_scale"])
        link = "and" if follows_between(token.before) else "to"
        said = f"{scaled(first, scale)} {link} {scaled(last, last_scale)} {one_many[0 if adjective else 1]}"
    elif not scale and first.fraction is not None and len(first.fraction) == 2 and len(one_many) == 4:
        said = with_hundredths(first, one_many, adjective)
    else:
        singular = adjective or (not scale and first == Number("1"))
        said = f"{scaled(first, scale)} {one_many[0 if singular else 1]}"
    sign = token["minus"] or token["minus_inside"]
    before = {"": "", "+": "plus "}.get(sign, "minus ")
    return before + said + (" plus" if token["plus"] else "") + rate(token)


def with_hundredths(value: Number, names: list[str], adjective: bool) -> str:
    """ "four pounds eighty", "five dollars and ninety-nine cents", "fifty pence"."""
    one, many, cent, cents = names
    part = int(value.fraction or 0)
    hundredths = f"{cardinal(part)} {cent if part == 1 else cents}"
    if value.whole == 0 and part:
        return hundredths
    whole = f"{cardinal(value.whole)} {one if adjective or value.whole == 1 else many}"
    if part == 0:
        return whole
    if part >= 10 and (adjective or one == "pound"):
        return f"{whole} {cardinal(part)}"
    return f"{whole} and {hundredths}"


def rate(token: Token) -> str:
    """ " a barrel", " per square metre", or nothing."""
    if token["each"]:
        return f" {token['article']} {token['each']}"
    if token["per"]:
        return f" per {per_unit(token['per'])}"
    return f" {AGAIN[token['again']]}" if token["again"] else ""


def hundredths(token: Token) -> str | None:
    """ "fifty pence", "seventy-five cents"."""
    sign = token["sign"].strip()[-1]
    if sign == "c" and (token["first"].startswith("0") or len(token["first"]) > 2):
        return None
    one, many = FACTS["minor"][sign]
    first = number(token["first"])
    said = f"{quantity(number(token['first']))}"
    if token["last"]:
        said += f" to {quantity(number(token['last']))}"
    return f"{said} {one if first == Number('1') and not token['last'] else many}{rate(token)}"


def stands_alone(token: Token) -> bool:
    """Whether no letter, digit or dot runs into the sign from the left, and a minus is no dash of a range."""
    return is_open(token.before) if token["minus"] else not token.before[-1:].isalnum()


RULES = (
    Rule("money", BEFORE, amount, starts="mul", needs=FIGURES, when=stands_alone),
    Rule("money", AFTER, amount, starts="d"),
    Rule("money", MINOR, hundredths, starts="d"),
)
