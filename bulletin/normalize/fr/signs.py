"""Signs that stand for words, marks that are not said, and letters glued to numbers."""

import re

from bulletin.normalize.electronic import Signs
from bulletin.normalize.fr import tables
from bulletin.normalize.fr.numbers import cardinal, integer_words
from bulletin.normalize.numerals import SPACE
from bulletin.normalize.tokens import Rule, Token

FACTS = tables.load("signs")

SIGNS = Signs(words=FACTS["addresses"], digits=integer_words)

COMPARISON = re.compile(rf"(?P<sign>{tables.any_of(FACTS['comparisons'])}){SPACE}?(?=\d)")
SIGNED = re.compile(r"(?P<sign>[-−–+±])(?=(?:\d|[€$£]))")
OPERATION = re.compile(
    rf"(?P<space>{SPACE}?)(?P<sign>{tables.any_of(FACTS['operations'])}){SPACE}?(?=[-−]?[\d(])"
)
HYPHEN_NUMBER = re.compile(r"[-‑–](?=\d)")
NUMBER_HYPHEN = re.compile(r"[-‑](?=[^\W\d_])")
WORD_SIGN = re.compile(rf"{tables.any_of(FACTS['words'])}")
SILENT = re.compile(rf"(?:{tables.any_of(FACTS['silent'])})")
FOOTNOTE = re.compile(r"\[\d{1,3}\]|\(\d{1,2}\)(?=\s*\Z)|[¹²³⁴-⁹⁰]{1,3}|\*{1,3}")
ELLIPSIS = re.compile(r"(?:\[|\()(?:…|\.\.\.)(?:\]|\))")
SIC = re.compile(r"[(\[]sic[)\]]", re.I)
EDITORIAL = re.compile(r"[\[\]]")
EMOJI = re.compile(
    "(?P<emoji>[\u2600-\u27bf\u2b00-\u2bff\U0001f1e6-\U0001faff]"
    "[\ufe0f\u200d\U0001f3fb-\U0001f3ff\u2600-\u27bf\U0001f1e6-\U0001faff]{0,12})"
)
SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "01234567890123456789")
SUBSCRIPT = re.compile(r"[₀-₉]{1,6}")
POWER = re.compile(r"(?P<base>\d{1,9})(?P<sign>[⁻])?(?P<power>[⁰¹²³⁴-⁹]{1,3})")
VULGAR = re.compile(rf"(?:(?P<whole>\d{{1,6}}){SPACE}?)?(?P<sign>[¼½¾⅐-⅞↉])")
AND = re.compile(r"&(?!\w{1,10};)")
LETTER_LETTER_SLASH = re.compile(r"/")


def say_comparison(token: Token) -> str:
    """ "≈ 5" as "environ 5"."""
    return f"{FACTS['comparisons'][token['sign']]} "


def say_signed(token: Token) -> str:
    """ "-5", "+3", "±2"."""
    return {"+": "plus ", "±": "plus ou moins "}.get(token["sign"], "moins ")


def signed_may_stand(token: Token) -> bool:
    """A sign has no letter, digit or closing mark before it."""
    return not re.search(r"[\w)\]%€°.,’'\"]\Z", token.before)


def say_operation(token: Token) -> str:
    """ "2 + 2 = 4"."""
    return f"{token['space'] and ' '}{FACTS['operations'][token['sign']]} "


def operation_may_stand(token: Token) -> bool:
    """Between two numbers, or after a name: "J+3"."""
    return bool(re.search(r"[\w)%€]\Z", token.before))


def after_letter(token: Token) -> bool:
    return bool(re.search(r"[^\W\d_]\Z", token.before))


def after_digit(token: Token) -> bool:
    return bool(re.search(r"\d\Z", token.before))


def say_vulgar(token: Token) -> str:
    """ "½" as "un demi", "2 ½" as "deux et demi"."""
    words: str = FACTS["fractions"][token["sign"]]
    if not token["whole"]:
        half_of_word = re.match(
            rf"{SPACE}?(?:heure|journée|finale|tarif|siècle|tour|page|litre|point|bouteille|place|part)",
            token.after,
        )
        if token["sign"] == "½" and half_of_word:
            return "demi" + ("-" if token.after[:1] != " " else "")
        return words
    if token["sign"] == "½":
        return f"{integer_words(token['whole'])} et demi"
    return (
        f"{integer_words(token['whole'])} {words}"
        if words.startswith("trois")
        else f"{integer_words(token['whole'])} et {words}"
    )


def say_power(token: Token) -> str | None:
    """ "10³" as "dix puissance trois"; a note mark after a number is not said."""
    if token["base"] != "10":
        return None
    power = token["power"].translate(SUPERSCRIPT)
    minus = "moins " if token["sign"] else ""
    return f"{cardinal(int(token['base']))} puissance {minus}{cardinal(int(power))}"


def say_silent(token: Token) -> str:
    """Nothing is said for it."""
    return ""


def say_emoji(token: Token) -> str:
    """Emoji are not read."""
    return ""


LINE_START = re.compile(r"(?:^|\n)\s*\Z")


def at_line_start(token: Token) -> bool:
    return token.start == 0 or (token.before.strip() == "" and token.start < 80)


def say_and(token: Token) -> str:
    """ "&" as "et"."""
    left = " " if after_letter(token) else ""
    return f"{left}et" + (" " if token.after[:1].isalnum() else "")


POWERS = (Rule("power", POWER, say_power), Rule("fraction", VULGAR, say_vulgar, "ds"))
MARKS = (
    Rule("bracket", ELLIPSIS, lambda token: "…", "s", needs="[("),
    Rule("bracket", SIC, lambda token: "sic", "s", needs="[("),
    Rule("footnote", FOOTNOTE, say_silent, "s"),
    Rule("sign", COMPARISON, say_comparison, "s"),
    Rule("sign", SIGNED, say_signed, "s", when=signed_may_stand),
    Rule("sign", OPERATION, say_operation, "s", when=operation_may_stand),
    Rule("link", HYPHEN_NUMBER, lambda token: " ", "s", when=after_letter),
    Rule("link", NUMBER_HYPHEN, lambda token: " ", "s", when=after_digit),
    Rule("subscript", SUBSCRIPT, lambda token: integer_words(token.written.translate(SUPERSCRIPT)), "s"),
    Rule("and", AND, say_and, "s", needs="&"),
    Rule("emoji", EMOJI, say_emoji, "s"),
    Rule("bullet", SILENT, say_silent, "s"),
    Rule("sign", WORD_SIGN, lambda token: FACTS["words"][token.written], "s"),
)
