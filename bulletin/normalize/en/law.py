"""Parts of laws and books: "s. 18", "§ 1983", "Section 2(a)", "pp. 12-18", "No. 10", "John 3:16"."""

import re

from bulletin.normalize.en.patterns import FIGURES, SPACE, SPACES, TO
from bulletin.normalize.en.tables import load
from bulletin.normalize.en.words import cardinal, code, plural_of, three_digits
from bulletin.normalize.tokens import Rule, Token

CODE_401 = re.compile(r"(?P<number>401|403|501|457|529)(?P<parts>(?:\([a-zA-Z0-9]{1,3}\)){0,3})(?:-s)?")
LEGAL: dict[str, str] = load("abbreviations")["numbered"]
COUNTS = re.compile(r"\s(?:people|men|women|children|[a-z]+(?<![su])s)\b")
"""What is counted after a sentence that ends in "no": "He said no. 6 people laughed"."""
LEGAL_NUMBER = r"\d{1,5}(?:\.\d{1,3}){0,4}(?:[A-Za-rt-z](?![^\W_]))?(?:\([a-zA-Z0-9]{1,4}\)){0,5}"
OF_AN_ACT = (
    rf"ss?{SPACE}"
    rf"(?=\d{{1,4}}[A-Z]{{0,2}}(?:\(\w+\))*{SPACE}(?:and{SPACE}\d+{SPACE})?of{SPACE}the{SPACE}[A-Z])"
)
"""What stands for "section" without a point, too: "s 18C of the Evidence Act"."""
LAW = re.compile(
    rf"(?P<mark>(?:(?i:{'|'.join(LEGAL)})\.{SPACE}?|{OF_AN_ACT}|No{SPACE}|Nos{SPACE}|paras?{SPACE}|№{SPACES}|[Nn]º{SPACES}|§§?{SPACES}|pp{SPACE}|Hwy{SPACE}|Rte{SPACE}))(?P<number>{LEGAL_NUMBER})"
    rf"(?:(?P<link>{TO}|,{SPACE}|{SPACE}and{SPACE})(?P<last>\d{{1,4}})(?![.,]?\d)|(?P<plural>s))?(?![^\W_])"
)
LAW_WORDS = (
    "Section|Sections|Article|Articles|Rule|Regulation|Clause|Paragraph|Schedule|Title|Chapter|Proposition|Resolution|Amendment|"
    "section|sections|article|articles|rule|regulation|clause|paragraph|schedule|chapter|resolution"
)
CLAUSE = re.compile(
    r"(?P<number>\d{1,5})(?P<dots>(?:\.\d{1,3}){0,4})(?P<letter>[A-Za-z](?![^\W_]))?(?P<parts>(?:\([a-zA-Z0-9]{1,4}\)){0,5})(?![.,]?\d)(?![^\W_])"
)
BOOKS = re.compile(
    r"\b(?:Genesis|Exodus|Leviticus|Isaiah|Psalms?|Matthew|Mark|Luke|John|Acts|Romans|Corinthians|Proverbs|Hebrews|Revelation)\s\Z"
)
VERSE = re.compile(r"(?P<chapter>\d{1,3}):(?P<verse>\d{1,3})(?:[-–](?P<last>\d{1,3}))?(?!\d)")


def plan(token: Token) -> str | None:
    if not token["parts"]:
        return None
    return f"{three_digits(token['number'])} {parts_said(token['parts'])}"


def parts_said(parts: str) -> str:
    """ "(c)(3)" is "C three"."""
    return " ".join(
        cardinal(int(part)) if part.isdecimal() else part.upper() if len(part) == 1 else part
        for part in re.findall(r"\w+", parts)
    )


def law(token: Token) -> str | None:
    """An abbreviation before a number: "s. 18", "§ 1983", "pp. 12-18", "No. 10"."""
    mark = re.sub(r"[^A-Za-z§№º]", "", token["mark"])
    if mark == "no" and COUNTS.match(token.after):
        return None
    many = bool(token["last"]) and not token["link"].startswith(",") and mark.lower() != "no"
    if mark in ("§", "§§"):
        word = "sections" if mark == "§§" else "section"
    elif mark in ("№", "Nº", "nº"):
        word = "number"
    else:
        word = LEGAL[mark.lower()]
    if mark[0].isupper():
        word = word.capitalize()
    if many and not word.endswith("s") and token["link"].strip() != "and":
        word += "s"
    said = f"{word} {clause_said(token['number'])}"
    if token["plural"]:
        return plural_of(said)
    if token["last"]:
        link = re.sub(r"[\s\d]", "", token["link"])
        said += {",": ", ", "and": " and "}.get(link, " to " if mark.lower() != "no" else " ") + code(
            token["last"]
        )
    return said


def clause_said(written: str) -> str:
    match = CLAUSE.fullmatch(written)
    if match is None:
        return code(written)
    dots = "".join(f" point {cardinal(int(part))}" for part in match["dots"].split(".")[1:])
    letter = f" {match['letter'].upper()}" if match["letter"] else ""
    parts = f" {parts_said(match['parts'])}" if match["parts"] else ""
    return law_number(match["number"]) + dots + letter + parts


def law_number(digits: str) -> str:
    """ "two thirty", "fifty", "nineteen eighty-three"."""
    if len(digits) == 3 and digits[1] != "0":
        return f"{cardinal(int(digits[0]))} {cardinal(int(digits[1:]))}"
    return code(digits)


def clause(token: Token) -> str | None:
    if not re.search(rf"\b(?:{LAW_WORDS})\s\Z", token.before):
        return None
    return clause_said(token.written)


def verse(token: Token) -> str | None:
    if not BOOKS.search(token.before):
        return None
    last = f" to {cardinal(int(token['last']))}" if token["last"] else ""
    return f"{cardinal(int(token['chapter']))} {cardinal(int(token['verse']))}{last}"


RULES = (
    Rule("law", LAW, law, starts="lum", needs=FIGURES),
    Rule("plan", CODE_401, plan, needs="("),
    Rule("law", CLAUSE, clause),
    Rule("verse", VERSE, verse, needs=":"),
)
