"""What an hour's work makes of French text: num2words, eleven regexes and a table of abbreviations.

A peer for `normalize_peers.py`, no part of bulletin. It is meant to be good at what it is: the classes that
a developer would think of first, each in one rule.
"""

import re

from babel import Locale
from num2words import num2words

ABBREVIATIONS = {
    r"\bM\. (?=[A-ZÉ])": "Monsieur ",
    r"\bMM\. ": "Messieurs ",
    r"\bMme\b": "Madame",
    r"\bMmes\b": "Mesdames",
    r"\bMlle\b": "Mademoiselle",
    r"\bDr\b": "Docteur",
    r"\bPr\b": "Professeur",
    r"\bMe (?=[A-ZÉ])": "Maître ",
    r"\bSt-": "Saint-",
    r"\bSte-": "Sainte-",
    r"\b[nN]° ?": "numéro ",
    r"\betc\.": "et cetera",
    r"\bav\. J\.-C\.": "avant Jésus-Christ",
}
MONTHS = list(Locale("fr").months["format"]["wide"].values())
CURRENCIES = {"€": "euros", "$": "dollars", "£": "livres", "M€": "millions d'euros", "k€": "mille euros"}
UNITS = {
    "km/h": "kilomètres heure",
    "km²": "kilomètres carrés",
    "m²": "mètres carrés",
    "km": "kilomètres",
    "cm": "centimètres",
    "mm": "millimètres",
    "m": "mètres",
    "kg": "kilos",
    "g": "grammes",
    "t": "tonnes",
    "l": "litres",
    "ha": "hectares",
    "°C": "degrés",
    "°": "degrés",
}
ROMAN = {"I": 1, "V": 5, "X": 10}
SPACE = "[ \u00a0\u202f]"
NUMBER = rf"(\d{{1,3}}(?:{SPACE}\d{{3}})+(?:,\d+)?|\d+(?:,\d+)?)"


def words(number: str, to: str = "cardinal") -> str:
    plain = re.sub(SPACE, "", number).replace(",", ".")
    return num2words(plain if "." in plain else int(plain), lang="fr", to=to)


def day(number: str) -> str:
    return "premier" if int(number) == 1 else words(number)


def date(match: re.Match[str]) -> str:
    number, month, year = match.groups()
    if not 1 <= int(month) <= 12:
        return match[0]
    return f"{day(number)} {MONTHS[int(month) - 1]} {words(year)}"


def time(match: re.Match[str]) -> str:
    hour = "une" if match[1] == "1" else words(match[1])
    minutes = words(match[2]) if match[2] else ""
    return f"{hour} heure{'s' if int(match[1]) > 1 else ''} {minutes}".strip()


def ordinal(match: re.Match[str]) -> str:
    if match[1] == "1":
        return "premier" if match[2] == "er" else "première"
    return words(match[1], "ordinal")


def century(match: re.Match[str]) -> str:
    values = [ROMAN[letter] for letter in match[1]]
    following = [*values[1:], 0]
    total = sum(-value if value < after else value for value, after in zip(values, following, strict=True))
    return f"{ordinal_of(total)} siècle"


def ordinal_of(number: int) -> str:
    return "premier" if number == 1 else words(str(number), "ordinal")


def any_of(table: dict[str, str]) -> str:
    return "|".join(re.escape(sign) for sign in sorted(table, key=len, reverse=True))


RULES = [
    (r"(?<![\w-])[-–−](?=\d)", lambda match: "moins "),
    (r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b", date),
    (rf"\b(\d{{1,2}}){SPACE}?h(?:{SPACE}?(\d{{2}}))?\b", time),
    (r"\b([IVX]+)e siècle", century),
    (r"\b(\d+)(er|re|ère|e|ème)\b", ordinal),
    (r"\b(\d+)-(\d+)\b", lambda match: f"{words(match[1])} à {words(match[2])}"),
    (rf"{NUMBER}{SPACE}?({any_of(CURRENCIES)})", lambda match: f"{words(match[1])} {CURRENCIES[match[2]]}"),
    (rf"{NUMBER}{SPACE}?%", lambda match: f"{words(match[1])} pour cent"),
    (rf"{NUMBER}{SPACE}?({any_of(UNITS)})(?![\w/])", lambda match: f"{words(match[1])} {UNITS[match[2]]}"),
    (r"(?<=[^\W\d_])(?=\d)", lambda match: " "),
    (NUMBER, lambda match: words(match[1])),
]


def normalize(text: str) -> str:
    """The text with what the rules know written out, one rule after another."""
    for pattern, expansion in ABBREVIATIONS.items():
        text = re.sub(pattern, expansion, text)
    for pattern, reading in RULES:
        text = re.sub(pattern, reading, text)
    return text
