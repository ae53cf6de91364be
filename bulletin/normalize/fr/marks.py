"""Marks that are not said, or only part what they stand between: brackets, notes, bullets, emoji, hyphens."""

import re

from bulletin.normalize.fr import tables
from bulletin.normalize.fr.numbers import cardinal
from bulletin.normalize.fr.ordinals import ROMAN, roman_value
from bulletin.normalize.fr.signs import after_digit, after_letter
from bulletin.normalize.numerals import SPACE
from bulletin.normalize.tokens import Rule, Token

SILENT = re.compile(rf"(?:{tables.any_of(tables.load('signs')['silent'])}){SPACE}?")
FOOTNOTE = re.compile(r"\[\d{1,3}\]|[¹²³⁴-⁹⁰]{1,3}|\*{1,3}|\((?:\*{1,3}|†)\)")
ELLIPSIS = re.compile(r"(?:\[|\()(?:…|\.\.\.)(?:\]|\))")
SIC = re.compile(rf"[(\[]sic(?:{SPACE}?!)?[)\]]", re.IGNORECASE)
PART_OF_WORD = re.compile(r"\[(?P<letters>[^\W\d_]{1,12})\]")
BRACKET = re.compile(r"[\[\]{}]")
EMOJI = re.compile(
    "(?:[\u2600-\u27bf\u2b00-\u2bff\u2190-\u21ff\u2934\u2935\u3030\U0001f000-\U0001faff]"
    "[\ufe0f\u200d\u20e3\U0001f3fb-\U0001f3ff\u2600-\u27bf\U0001f1e6-\U0001faff\U000e0020-\U000e007f]{0,12})"
)
KEYCAP = re.compile("(?P<digit>[0-9])\ufe0f?\u20e3")
HYPHEN_NUMBER = re.compile(r"[-‑–](?=\d)")
NUMBER_HYPHEN = re.compile(r"[-‑](?=[^\W\d_])")
LINE_MARK = re.compile(r"(?:[#*·‣→➔➜⇒]|>(?!\s?\d)|&gt;(?!\s?\d)){1,3}(?![\w€$£'’]|[-−.,]\d)")
ITEM_LETTER = re.compile(r"(?P<letter>[a-hA-H])(?:/|°)(?=\s)")
ITEM_ROMAN = re.compile(rf"(?P<roman>{ROMAN})(?P<mark>[./)]|{SPACE}?[-–—])(?={SPACE}[^\W\d_](?!\.))")


def is_part_of_word(token: Token) -> bool:
    """Letters put by the editor inside a word: "[L]e", "le[s]"."""
    return token.after[:1].isalpha() or after_letter(token)


def is_footnote(token: Token) -> bool:
    """Not the stars of a word that is not spelled out: "m***e"."""
    if token.written[0] == "[" and (TIE_BREAK.search(token.before) or is_seed(token)):
        return False
    return not (token.written[0] == "*" and after_letter(token) and token.after[:1].isalpha())


TIE_BREAK = re.compile(r"(?:7[-–/]6|6[-–/]7)\s?\Z")
MEETING = re.compile(r"\s[^\d;.]{2,40}\s(?:b\.|bat|c\.|contre)\s")


def is_seed(token: Token) -> bool:
    """The rank of a player: "[1] Sinner bat [3] Zverev"."""
    if not re.match(r"\s[A-ZÀ-Ý]", token.after):
        return False
    return bool(MEETING.match(token.after) or re.search(r"\b(?:b\.|bat|c\.|contre)\s\Z", token.before))


def at_line_start(token: Token) -> bool:
    """Nothing but white space before."""
    return not token.before.strip() and token.start < 20


def say_item_roman(token: Token) -> str | None:
    """The number of a chapter at the start of a line: "II - Le bilan"."""
    if not token["roman"] or re.search("[LC]", token["roman"]):
        return None
    return cardinal(roman_value(token["roman"])) + token["mark"].replace("/", ",")


def silence(token: Token) -> str:
    """Nothing is said for it."""
    return ""


LINE_STARTS = (
    Rule("bullet", LINE_MARK, silence, "m", when=at_line_start),
    Rule(
        "enumeration", ITEM_LETTER, lambda token: token["letter"] + ",", "lu", needs="/°", when=at_line_start
    ),
    Rule("enumeration", ITEM_ROMAN, say_item_roman, "u", when=at_line_start),
    Rule("emoji", KEYCAP, lambda token: cardinal(int(token["digit"])), needs="\u20e3"),
)
MARKS = (
    Rule("bracket", ELLIPSIS, lambda token: "…", "m", needs="[("),
    Rule("bracket", SIC, lambda token: "sic", "m", needs="[("),
    Rule("footnote", FOOTNOTE, silence, "m", when=is_footnote),
    Rule("bracket", PART_OF_WORD, lambda token: token["letters"], "m", needs="[", when=is_part_of_word),
    Rule("bracket", BRACKET, lambda token: "(" if token.written in "[{" else ")", "m", needs="[]{}"),
    Rule("link", HYPHEN_NUMBER, lambda token: " ", "m", when=after_letter),
    Rule("link", NUMBER_HYPHEN, lambda token: " ", "m", when=after_digit),
    Rule("bullet", SILENT, silence, "m"),
    Rule("emoji", EMOJI, silence, "m"),
)
