"""Money: "£3.5m", "$5.99", "A$2m", "€90/m²", "$20-a-barrel", "50p", "$5-10 million"."""

import re

from bulletin.normalize import cldr
from bulletin.normalize.en.measures import AFTER_ARTICLE, UNIT, per_unit
from bulletin.normalize.en.patterns import (
    FIGURES,
    FUNCTION_WORDS,
    NO_DIGIT_BEFORE,
    NUMBER,
    SPACE,
    SPACES,
    TO,
    WORD_END,
    follows_between,
    is_open,
    number,
    qualifies_noun,
    word_after,
    words_before,
)
from bulletin.normalize.en.tables import WORDS, load
from bulletin.normalize.en.words import SCALES, cardinal, quantity
from bulletin.normalize.numerals import Number
from bulletin.normalize.tokens import Rule, Token

FACTS = load("money")
SIGNS: dict[str, list[str]] = FACTS["signs"]
CODES = FACTS["codes"]["known"].split()
AGAIN: dict[str, str] = FACTS["again"]
LETTERS: dict[str, list[str]] = FACTS["letters"]

SIGN = "|".join(re.escape(sign) for sign in sorted([*SIGNS, *CODES], key=len, reverse=True))
SCALE = (
    rf"(?:(?:{SPACES}|[-‑])(?:thousand|million|billion|trillion|lakh|crore)s?(?![^\W_])"
    rf"|{SPACES}(?:mn|mln|bn|bln|trn|tn|tr)(?![^\W_])|(?:[mbktMBKT]|MN|BN|TN|mm|MM)(?![^\W_]))"
)
SIGN_BEFORE = rf"(?:{SIGN}|(?:{'|'.join(LETTERS)})(?=\d))"
UPTO = rf"(?:{TO}(?:{SIGN_BEFORE})?{SPACES}(?P<last>{NUMBER})(?P<last_scale>{SCALE})?)?"
RATE = (
    rf"(?:[-‑](?P<article>an?|per)[-‑](?P<each>[^\W\d_]++(?:[-‑][^\W\d_]++)?)"
    rf"|{SPACES}/{SPACES}(?P<per>{UNIT}(?![^\W_])|[^\W\d_]++(?:[./]?[^\W\d_]++)?[²³]?)"
    rf"|{SPACES}(?P<again>{'|'.join(re.escape(key) for key in AGAIN)})(?![^\W_]))?"
)
BEFORE = re.compile(
    rf"(?P<minus>[-−–+])?(?P<sign>{SIGN_BEFORE}){SPACES}(?P<minus_inside>[-−])?(?P<first>{NUMBER}|\.\d{{1,2}}(?!\d))(?P<scale>{SCALE})?"
    rf"{UPTO}(?P<plus>\+)?{RATE}(?!\d)"
)
AFTER = re.compile(
    rf"{NO_DIGIT_BEFORE}(?P<first>{NUMBER})(?P<scale>{SCALE})?"
    rf"(?:{TO}(?P<last>{NUMBER})(?P<last_scale>{SCALE})?)?{SPACES}(?P<sign>{SIGN})(?![^\W_]){RATE}"
)
SPAN = re.compile(
    rf"(?P<sign>{SIGN_BEFORE})(?P<first>{NUMBER})(?P<scale>{SCALE})?{SPACE}to{SPACE}"
    rf"(?P=sign)(?P<last>{NUMBER})(?P<last_scale>{SCALE})?(?![^\W_]|[.,]\d)"
)
DUE = re.compile(r"\s(?:an?|per|each|apiece|in the (?:dollar|euro|rand)|extra|more|less|off)(?![^\W_])|/")
"""What follows cents: "189.9c a litre"."""
PARTS = re.compile(
    r"\b(?:sections?|rules?|clauses?|paragraphs?|articles?|versions?|class|type|v)\W?\Z", re.IGNORECASE
)
LONG = re.compile(rf"{SPACES}(?:k?m|miles?|kilomet\w+|met(?:re|er)s?)(?![^\W_])")
"""What follows a road and a distance: "on the R61 200 km away"."""
RAND = re.compile(rf"R{SPACES}(?P<first>\d{{1,3}},\d{{1,2}})(?P<scale>{SCALE})(?![^\W_])")
SPENT = WORDS["spent"]
AFTER_SUM = WORDS["after_sum"]
ARTICLE = re.compile(rf"(?P<a>[Aa])n?(?=\s(?:{'|'.join(LETTERS)})\d)")
MINOR = re.compile(
    rf"{NO_DIGIT_BEFORE}(?P<first>{NUMBER})(?:[pc¢]?{TO}(?P<last>{NUMBER}))?(?P<sign>[pc¢]|{SPACES}¢){WORD_END}{RATE}"
)


def names(sign: str) -> list[str]:
    """One, many, and where there are hundredths one and many of them."""
    if sign in SIGNS:
        return SIGNS[sign]
    if sign in LETTERS:
        return LETTERS[sign]
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
    adjective = token["scale"][:1] in ("-", "‑") or is_adjective(token)
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


def is_adjective(token: Token) -> bool:
    """Whether a sum stands before what it qualifies; headlines leave out the article: "wins £3m contract"."""
    noun = word_after(token.after)
    if noun in AFTER_SUM:
        return False
    bare = re.match(rf"{SPACE}[a-z]", token.after) and not noun.endswith(("ly", "wards", "ed", "ing"))
    headline = bare and noun not in FUNCTION_WORDS and words_before(token.before, 1)
    return bool(headline) or qualifies_noun(token.before, token.after)


def rand(token: Token) -> str | None:
    """South Africa writes decimals with a comma: "R1,9bn"."""
    first = number(token["first"].replace(",", "."))
    return f"{scaled(first, scale_word(token['scale']))} rand"


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


def article(token: Token) -> str | None:
    """The article that the words call for: "an R17bn loan" is "a seventeen billion rand loan"."""
    match = BEFORE.match(token.match.string, token.end + 1)
    if match is None or not stands_alone(Token("money", match)):
        return None
    vowel = quantity(number(match["first"])).startswith(("eight", "eleven"))
    return token["a"] + "n" * vowel


def hundredths(token: Token) -> str | None:
    """ "fifty pence", "seventy-five cents"."""
    sign = token["sign"].strip()[-1]
    if sign == "c" and not are_cents(token):
        return None
    one, many = FACTS["minor"][sign]
    first = number(token["first"])
    said = quantity(first)
    singular = first == Number("1") and not token["last"]
    singular = singular or (sign != "p" and qualifies_noun(token.before, token.after))
    if token["last"]:
        said += f" to {quantity(number(token['last']))}"
    return f"{said} {one if singular else many}{rate(token)}"


def are_cents(token: Token) -> bool:
    """Whether "c" after a number is cents: "99c", "3.5c", "150c a litre"; not "section 3.5c"."""
    whole, _, fraction = token["first"].partition(".")
    if (token["first"].startswith("0") and not fraction) or PARTS.search(token.before) or len(fraction) > 2:
        return False
    return len(whole) < 3 or bool(len(whole) == 3 and (fraction or DUE.match(token.after)))


def is_letter_money(token: Token) -> bool:
    """Whether a letter before a number is a currency: "R17bn", "N50,000", "an R500 fine"; not "R300"."""
    if not is_open(token.before) or (" " in token["first"] and LONG.match(token.after)):
        return False
    if token["scale"] or re.fullmatch(r"\d{1,3}(?:,\d{2,3})+(?:\.\d\d)?", token["first"]):
        return True
    if token["sign"] == "R" and re.fullmatch(r"\d{1,4}\.\d\d|\d{1,3}(?:\W\d{3})+(?:\.\d\d)?", token["first"]):
        return True
    if not token["first"].isdigit():
        return False
    return word_after(token.after) in SPENT or bool(SPENT & set(words_before(token.before, 3)))


def span(token: Token) -> str | None:
    """ "a twenty to twenty-five dollar surcharge"."""
    first, last = number(token["first"]), number(token["last"])
    if first.fraction and not token["scale"]:
        return None
    low, high = scale_word(token["scale"]), scale_word(token["last_scale"])
    start = quantity(first) if low == high else scaled(first, low)
    return f"{start} to {scaled(last, high)} {names(token['sign'])[0]}"


def is_span(token: Token) -> bool:
    """Whether two amounts stand after an article and before what they qualify: "a $20 to $25 surcharge"."""
    return bool(AFTER_ARTICLE.search(token.before)) and qualifies_noun(token.before, token.after)


def stands_alone(token: Token) -> bool:
    """Whether no letter, digit or dot runs into the sign from the left, and a minus is no dash of a range."""
    if token["sign"] in LETTERS and not is_letter_money(token):
        return False
    return is_open(token.before) if token["minus"] else not token.before[-1:].isalnum()


RULES = (
    Rule("article", ARTICLE, article, starts="lu", needs="RN"),
    Rule("money", RAND, rand, starts="lu", needs="R", when=lambda token: is_open(token.before)),
    Rule("money", SPAN, span, starts="mul", needs=FIGURES, when=is_span),
    Rule("money", BEFORE, amount, starts="mul", needs=FIGURES, when=stands_alone),
    Rule("money", AFTER, amount, starts="d"),
    Rule("money", MINOR, hundredths, starts="d"),
)
