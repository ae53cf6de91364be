"""Abbreviations: titles, companies, streets, states, "e.g.", "c. 1850", "Saint" and "Street"."""

import re

from bulletin.normalize.en.calendar import ends_sentence
from bulletin.normalize.en.patterns import SPACE
from bulletin.normalize.en.tables import load
from bulletin.normalize.tokens import Rule, Token

FACTS = load("abbreviations")
TITLES: dict[str, str] = FACTS["titles"]
POINTED = frozenset(FACTS["pointed_titles"]["words"].split())
AFTER: dict[str, str] = FACTS["after"]
STREETS: dict[str, str] = FACTS["streets"]
WORDS: dict[str, str] = FACTS["words"]
STATES: dict[str, str] = FACTS["states"]
COUNTIES = "|".join(FACTS["counties"]["names"].split())


def one_of(names: dict[str, str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


NAME = (
    rf"(?=[-‑](?:Col|Gen|Maj|Cdr|Cmdr|Gov|Adm)(?![^\W_])|{SPACE}?(?:[A-Z][\w'’.-]|[A-Z]\.|\d)"
    rf"|\.?{SPACE}(?:and|&){SPACE}(?:Mrs|Ms|Mr|Dr|Prof)(?![^\W_]))"
)
END = r"(?![^\W_]|[.'’-][^\W_])"
TITLE = re.compile(rf"(?P<title>{one_of(TITLES)})(?![^\W_])(?P<point>\.)?{NAME}")
SAINT = re.compile(rf"(?P<saint>Sts?|Ste)\.?(?={SPACE}[A-Z][a-z'’])")
STREET = re.compile(rf"(?P<street>{one_of(STREETS)}){END}(?P<point>\.)?")
DIRECTION = re.compile(r"(?P<direction>[NSEW])\.(?=\s(?:[A-Z][a-z]|\d))|(?P<quarter>[NS][EW])(?![^\W_])\.?")
DIRECTIONS = {"N": "North", "S": "South", "E": "East", "W": "West"}
COMPANY = re.compile(rf"(?P<word>{one_of(AFTER)}){END}(?P<point>\.)?")
COUNTY = re.compile(rf"Co\.?(?={SPACE}(?:{COUNTIES})(?![^\W_]))")
WORD = re.compile(rf"(?P<word>{one_of(WORDS)})(?![^\W_])(?<!/(?=\d))")
PARTY = re.compile(rf"(?P<party>[RDI])[-–](?P<state>{one_of(STATES)})\.{END}")
STATE = re.compile(rf"(?P<state>{one_of(STATES)})\.{END}")
CIRCA = re.compile(
    rf"(?:ca?\.?{SPACE}?)(?=1\d{{3}}|20\d\d|\d{{2,4}}{SPACE}(?:BC|AD))|c\.{SPACE}?(?=[£$€]\d|\d{{2}})|c(?=[£$€]\d|\d{{3}})"
)
ESTIMATED = re.compile(rf"(?P<capital>E|e)st\.{SPACE}?(?=\d)")
EST_YEAR = re.compile(r"(?:1\d|20)\d\d(?![\d,])")
SCHOOL_YEAR = re.compile(rf"[Yy]r(?P<plural>s)?\.?(?={SPACE}(?:1[0-3]|\d)(?![\d.,:/]\d|\d|%))")
VERSUS = re.compile(r"v\.?(?=\s[A-Z\d])")
BORN = re.compile(r"(?P<sign>[bd])\.(?=\s?(?:1[5-9]|20)\d\d)")


PARTIES = {
    "Lab": ("Labour", "Labour"), "Con": ("Conservative", "Conservatives"), "Ref": ("Reform", "Reform"),
    "LD": ("Liberal Democrat", "Liberal Democrats"), "Grn": ("Green", "Greens"),
}  # fmt: skip
IN_FIGURES = re.compile(
    rf"(?P<party>{'|'.join(PARTIES)})(?:(?=\s(?:\d|gain\b|hold\b|to\s(?:{'|'.join(PARTIES)})\b))"
    rf"|(?<=from Lab|from Con|from Ref)(?![^\W_])|(?<=from LD)(?![^\W_]))"
)
"""Parties as results and polls write them: "Lab 31", "LD gain from Con"."""
UNCHANGED = re.compile(r"nc(?=\))")


def party(token: Token) -> str:
    """One seat's or, before a figure, all of a party's."""
    return PARTIES[token["party"]][bool(re.match(r"\s\d", token.after))]


def stop(token: Token) -> str:
    """The full stop that the abbreviation's point was too."""
    return "." if token.written.endswith(".") and ends_sentence(token.after) else ""


def title(token: Token) -> str | None:
    """A title before a name; "Sen" and its like without a point only where no name stands before."""
    written = token["title"]
    if written in POINTED and not token["point"] and follows_name(token):
        return None
    if written in ("Gen",) and re.match(r"\s[A-Z]\b|\sAlpha|\s\d", token.after):
        return None
    if (
        not token["point"]
        and written
        in (
            "Con",
            "Ch",
            "Sec",
            "Rep",
            "Reps",
            "Sens",
            "Hon",
            "Rt",
            "Fr",
            "Ft",
            "Dep",
            "Const",
            "Dist",
            "Det",
            "Asst",
            "Amb",
            "Ald",
        )
        and not TITLE.match(token.match.string, token.end + 1)
    ):
        return None
    if re.match(r"\s?\d", token.after) or (written == "Dr" and STREET_ONLY.match(token.after)):
        return None
    return TITLES[written]


STREET_ONLY = re.compile(r"\.?(?:,|\s[a-z]|\Z)")


def follows_name(token: Token) -> bool:
    before = re.search(r"([A-Z][\w'’-]*)\s\Z", token.before)
    return (
        before is not None
        and before[1] not in TITLES
        and re.search(r"(?:^|[.!?]\s)[A-Z]\w*\s\Z", token.before) is None
    )


ON_A_STREET = re.compile(
    r"\b(?:on|down|along|at|in|off|up|near|to|from|across|of|corner|[NSEW]\.?|\d+) "
    r"(?!(?:Mount|Fort|Port|Lake|Bury|Lytham|Chalfont|Chapel|Cape|Point|Bay|Isle|Old|New|The|East|West"
    r"|North|South|Saint)\b)[A-Z][a-z]+ \Z"
)
"""Before the name of a street: "down Sycamore St. Luz Hernandez had", not "on Mount St. Helens"."""


def saint(token: Token) -> str | None:
    """ "Saint" before a name, unless a street is named before it: "on Main St Tuesday"."""
    before = re.search(r"(?P<word>[\w'’.]+)\s\Z", token.before)
    if ON_A_STREET.search(token.before):
        return None
    if (
        before
        and before["word"][0].isupper()
        and re.match(
            r"\.?\s(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|and|in)\b", token.after
        )
    ):
        return None
    return {"St": "Saint", "Sts": "Saints", "Ste": "Sainte"}[token["saint"]]


def street(token: Token) -> str | None:
    """ "Street" after a name or "42nd"."""
    if not re.search(r"(?:[A-Z][\w'’.-]+|\d(?:st|nd|rd|th)|\b[NSEW]\.?)\s\Z", token.before):
        return None
    if (not token["point"] and token["street"] in ("Pl", "Ct", "Av", "Ter", "Sq")) or re.search(
        r"\b(?:The|A|In|On)\s\Z", token.before
    ):
        return None
    if token["street"] in ("Dr",) and re.match(r"\s[A-Z]", token.after):
        return None
    return STREETS[token["street"]] + stop(token)


def direction(token: Token) -> str | None:
    """ "West" after the number of a house, "Northwest" after the name of a street."""
    if token["direction"]:
        return DIRECTIONS[token["direction"]] if re.search(r"\d\s\Z", token.before) else None
    if not re.search(r"(?:St|Ave|Rd|Blvd|Dr|Pl|Ct)\.?,?\s\Z|(?:Street|Avenue|Road|Drive)\s\Z", token.before):
        return None
    return DIRECTIONS[token["quarter"][0]] + DIRECTIONS[token["quarter"][1]].lower() + stop(token)


def company(token: Token) -> str | None:
    word = token["word"]
    if not re.search(r"[\w)&.]\s?,?\s\Z", token.before) or (
        word == "Co" and not re.search(r"(?:[A-Z][\w'’.-]*|&|and)\s\Z", token.before)
    ):
        return None
    if word in ("Sr", "Jr", "Snr", "Jnr", "Co", "Cos", "Corp", "Bros") and not re.search(
        r"(?:[A-Z][\w'’.-]*|&|and),?\s\Z", token.before
    ):
        return None
    return AFTER[word] + stop(token)


def word(token: Token) -> str | None:
    written = token["word"]
    if written in ("vol.", "Vol.") and not re.match(r"\s[IVX]+\b", token.after):
        return None
    if written in ("max.", "min.", "sq.", "avg.", "ca.", "nr.", "tel.", "cf.") and not re.match(
        r"\s?\S", token.after
    ):
        return None
    if token.before[-1:].isalpha() or (written in ("sq.",) and not re.match(r"\s[a-z]", token.after)):
        return None
    end = "." if written.endswith(".") and not token.after.strip(" \"'”’)") else ""
    return WORDS[written] + end


def state(token: Token) -> str | None:
    if not re.search(r"[A-Za-z],\s\Z|\([RDI][-–]\Z|\b[RDI][-–]\Z", token.before):
        return None
    return STATES[token["state"]] + stop(token)


def circa(token: Token) -> str | None:
    return None if token.before[-1:].isalpha() else "circa "


def estimated(token: Token) -> str:
    said = "stablished " if EST_YEAR.match(token.after) else "stimated "
    return token["capital"] + said


def versus(token: Token) -> str | None:
    """Between two names, as in a fixture or a case."""
    return "versus" if re.search(r"[A-Z][\w'’.)-]*\s\Z", token.before) else None


def school_year(token: Token) -> str | None:
    """ "Year" before its number: "Yr 11 pupils", "Yrs 7-9"; not "3 yr 6 months"."""
    if token.before[-1:].isalnum() or re.search(r"\d[\s-]?\Z", token.before):
        return None
    return "Years" if token["plural"] else "Year"


RULES = (
    Rule("year", SCHOOL_YEAR, school_year, starts="lu"),
    Rule("county", COUNTY, lambda token: "County", starts="u"),
    Rule("title", TITLE, title, starts="u"),
    Rule("saint", SAINT, saint, starts="u"),
    Rule("street", STREET, street, starts="u"),
    Rule("direction", DIRECTION, direction, starts="u"),
    Rule("company", COMPANY, company, starts="u"),
    Rule("state", PARTY, lambda token: f"{token['party']}-{STATES[token['state']]}", starts="u", needs="."),
    Rule("state", STATE, state, starts="u", needs="."),
    Rule("circa", CIRCA, circa, starts="l"),
    Rule("estimated", ESTIMATED, estimated, starts="lu", needs="."),
    Rule("born", BORN, lambda token: {"b": "born", "d": "died"}[token["sign"]], starts="l", needs="."),
    Rule("party", IN_FIGURES, party, starts="u"),
    Rule("word", UNCHANGED, lambda token: "no change", starts="l", when=lambda t: t.before.endswith("(")),
    Rule("versus", VERSUS, versus, starts="l"),
    Rule("word", WORD, word, starts="lud"),
)
