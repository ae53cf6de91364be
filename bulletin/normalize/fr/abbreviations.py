"""Abbreviations: titles before names, marks before and after numbers, streets, and those that stand anywhere."""

import re
from collections.abc import Callable

from bulletin.normalize.fr import tables
from bulletin.normalize.fr.context import is_capitals
from bulletin.normalize.numerals import SPACE
from bulletin.normalize.tokens import Rule, Token

FACTS: dict[str, dict[str, str]] = dict(tables.load("abbreviations"))
FACTS["anywhere"] = {
    **{
        short.capitalize(): words.capitalize()
        for short, words in FACTS["anywhere"].items()
        if short.islower() and short.endswith(".")
    },
    **FACTS["anywhere"],
}
CAPITAL = r"[A-ZÀ-ÖØ-ÞŒ]"
NAME = rf"(?:(?:d[eu’']s?{SPACE}?|l[ea]?s?{SPACE}|l['’]|v[oa]n{SPACE}|de[rn]{SPACE}|el[{SPACE[1:-1]}-]|al-|ben{SPACE}|bin{SPACE}|da{SPACE}|di{SPACE}){{0,3}}{CAPITAL})"
OFFICE = r"(?:le|la|les|l['’])"
SPACES = rf"{SPACE}{{1,2}}"
BEGIN = r"(?<![\w.])"


def pattern(table: str, follows: str = "", before: str = BEGIN) -> re.Pattern[str]:
    """A regex for the abbreviations of a table; those without a point end as words do."""
    return re.compile(rf"{before}(?P<short>{tables.any_of(FACTS[table])})(?![^\W\d_]){follows}")


KEEP_POINT = frozenset({"anywhere", "after_numbers", "after_ordinals"})
"""Tables whose abbreviations may stand at the end of a sentence."""


def said_as(table: str, token: Token) -> str:
    """The words of an abbreviation; a point that ends a sentence stays."""
    short = token["short"]
    words = FACTS[table][short]
    if table in KEEP_POINT and short.endswith((".", "…")) and ends_sentence(token) and not goes_on(token):
        return words + "."
    return words


def goes_on(token: Token) -> bool:
    """Whether the capital that follows is a name's: "éd. Gallimard", "cf. Piketty"."""
    return token["short"] in BEFORE_NAMES and re.match(rf"{SPACE}{CAPITAL}", token.after) is not None


def ends_sentence(token: Token) -> bool:
    """Whether the abbreviation's own point is the end of a sentence too."""
    return bool(re.match(rf"{SPACE}*(?:[»”\")\]]{SPACE}*)*(?:\Z|{CAPITAL})", token.after))


TITLE = pattern("titles", rf"(?={SPACES}(?:{NAME}|{OFFICE}{SPACE}?\w|et{SPACE}M))")
INITIAL_BEFORE = re.compile(rf"(?:{CAPITAL}[\w’'-]*|\b{CAPITAL}\.){SPACE}?\Z")
FIRST_WORDS = frozenset(FACTS["first_words"]["words"])
SENTENCE_BEGINS = re.compile(
    rf"{SPACE}(?:Ils?|Elles?|On|Cela|Mais|L[ae]s?|Une?|Des|En|Dans|Pour|Son|Sa|Ses|Et|Puis|Ce|Cette|Il){SPACE}[a-zà-ÿ]"
)
"""What follows an initial that ends a sentence: "le petit M. Il a quatre ans"."""
NOT_TITLES = re.compile(rf"{SPACE}(?:Night\b|Too\b|Pokora|{CAPITAL}{{2}})")


ARTICLE = re.compile(r"\b(?:[Ll]e|du|au)\s\Z")
STREETS_ABROAD = re.compile(r"\b(?:Wall|Oxford|Bond|Main|High|Fleet|Downing|Bourbon|Canal)\s\Z")


def title_may_stand(token: Token) -> bool:
    """ "M. Lefèvre", not "M. Night Shyamalan", "J. M. Coetzee", "Hiram M. Smith" or "Me too"."""
    if SENTENCE_BEGINS.match(token.after) or (token["short"] == "Mal" and not ARTICLE.search(token.before)):
        return False
    if NOT_TITLES.match(token.after) and token["short"] in {"M.", "Me", "P."}:
        return token["short"] != "P." and not re.match(rf"{SPACE}(?:Night|Too|Pokora)\b", token.after)
    if token["short"] == "col.":
        return bool(re.search(r"\b[Ll]e\s\Z", token.before))
    if token["short"] in {"M.", "P.", "S.", "Fr."} and is_middle_initial(token):
        return False
    if token["short"] in {"M.", "P."} and re.match(
        rf"{SPACE}{CAPITAL}\.{SPACE}?(?!{CAPITAL}|-)", token.after
    ):
        return False
    if token["short"] == "P.":
        return bool(re.search(r"\b(?:[Ll]e|du|au)\s\Z", token.before))
    if token["short"] == "Mes":
        return bool(
            re.match(
                rf"{SPACES}{CAPITAL}[\w-]+(?:{SPACE}{CAPITAL}[\w-]+)?{SPACE}?(?:,|et){SPACE}{CAPITAL}",
                token.after,
            )
        )
    if token["short"] in {"Me", "Mes"} and re.match(rf"{SPACE}et", token.after):
        return False
    office = re.match(rf"{SPACE}{OFFICE}", token.after)
    if office:
        return token["short"] in {"M.", "Mme", "MM.", "Mmes", "Mgr", "Mr"}
    return token["short"] not in {"Sr", "Cap.", "Sec.", "Lt"} or bool(
        re.search(r"\b(?:[Ll]a|[Ll]e|du|au)\s\Z", token.before)
    )


def is_middle_initial(token: Token) -> bool:
    """A capital with a point after a first name or another initial."""
    match = INITIAL_BEFORE.search(token.before)
    if not match:
        return False
    word = match.group().strip().lower()
    begins = re.search(r"(?:^|[.!?:»]\s|[«\"“—–-]\s?)\Z", token.before[: match.start()])
    return not (
        begins
        and (
            word in FIRST_WORDS or (len(token.before) == match.end() - match.start() and word in FIRST_WORDS)
        )
    )


SAINT = pattern("saints", rf"\.?(?P<link>[-‑]|{SPACE})(?={CAPITAL}|[ÉÈ])")


def saint_may_stand(token: Token) -> bool:
    """ "St-Étienne", "St Pierre"; "Wall St Journal" and "21 st" are something else."""
    if STREETS_ABROAD.search(token.before):
        return False
    return token["short"][0].isupper() or token["link"] in "-‑"


BEFORE_NUMBER = pattern(
    "before_numbers", rf"(?={SPACE}{{0,2}}(?:\d|[IVXLC]+\b|[LRDA]\.{SPACE}?\d|[A-Z]\d|[A-Z](?![^\W_])))"
)
AFTER_NUMBER = pattern("after_numbers")
AFTER_ORDINAL = pattern("after_ordinals")
TITLE_IN_STREET = re.compile(rf"(?P<short>Gal|Mal|Dr|Cdt|Pr|Col|Cap|Mgr|Lt)\.?[-‑](?={CAPITAL}|d[eu]\b)")
STREET = pattern(
    "streets",
    rf"(?={SPACE}(?:(?:périphérique|extérieur|circulaire|maritime|central|nationale|départementale)|d(?:e|u|es|['’])\b|{CAPITAL}|l['’]|la\b))",
)
ANYWHERE = pattern("anywhere")
MAY_END = frozenset(tables.load("contexts")["may_end"].split())
BEFORE_NAMES = frozenset(tables.load("contexts")["before_names"].split())
DUBIOUS = frozenset(FACTS["dubious"]["words"])


def after_ordinal(token: Token) -> bool:
    """ "1er trim.", "XVe s."."""
    return bool(re.search(rf"(?:\d|[IVX])(?:er|re|e|ère|ème|nde?|ᵉ){SPACE}\Z", token.before))


def after_number(token: Token) -> bool:
    """ "280 p.", "3 000 hab."."""
    return bool(re.search(rf"\d{SPACE}?\Z", token.before))


def street_may_stand(token: Token) -> bool:
    """A street after its number, or a form that can be nothing else."""
    if token["short"].lower() in {"av.", "pl."} and re.match(rf"{SPACE}(?:{CAPITAL}|d)", token.after):
        return token["short"][0].isupper() or re.match(rf"{SPACE}{CAPITAL}", token.after) is not None
    if token["short"].lower() in {"bd", "bd.", "bld", "blvd", "boul.", "rte", "fg", "fbg"}:
        return True
    return bool(
        re.search(
            rf"\d(?:{SPACE}?(?:bis|ter|quater|[A-D]))?,?{SPACE}\Z|\b(?:au|du|le|la|l['’]|de|sur|et|angle){SPACE}?\Z",
            token.before,
        )
    )


def before_number_may_stand(token: Token) -> bool:
    """ "no 4", "nos 12 et 13", but not "nos 5 enfants" or "ca 3"."""
    short = token["short"]
    if short == "nos":
        return bool(re.match(rf"{SPACE}\d+{SPACE}?(?:,|et|à|-)", token.after))
    if not re.match(rf"{SPACE}{{0,2}}(?:\d|[IVXLC]+\b|[LRDA]\.)", token.after):
        return short.lower() in {"bât.", "esc.", "appt.", "apt."}
    if short in {"s.", "v.", "T.", "P.", "min.", "max."}:
        return bool(re.match(rf"{SPACE}?\d", token.after)) and short not in {"s.", "T.", "P."}
    if short in {"t.", "ch.", "al.", "tab.", "liv."}:
        return not re.search(r"[A-Za-z]\Z", token.before)
    return True


def anywhere_may_stand(token: Token) -> bool:
    """Those that could be words need their company."""
    short = token["short"]
    if short in {"Gd", "Gde", "Gds", "Nle", "Hte", "Htes"}:
        return bool(re.match(rf"[-‑ ]{CAPITAL}", token.after))
    if short == "sp":
        return bool(re.search(rf"\d(?:e|'|’)?(?:\+\d)?{SPACE}\Z", token.before))
    if short in DUBIOUS or short in {"HT", "TTC"}:
        return False
    if is_capitals(token) and short.isalpha():
        return False
    if short.endswith(".") and ends_sentence(token):
        return short in MAY_END or short.endswith(("J.-C.", "J.C.", "ère")) or goes_on(token)
    return True


def rule(table: str, found: re.Pattern[str], when: Callable[[Token], bool] | None = None) -> Rule:
    """The rule for the abbreviations of one table."""
    return Rule("abbreviation", found, lambda token: said_as(table, token), "lum", when=when)


def say_saint(token: Token) -> str:
    """ "St-" as "Saint-"."""
    return FACTS["saints"][token["short"]] + token["link"]


def say_before_number(token: Token) -> str:
    """ "n°4" as "numéro " and the number."""
    return FACTS["before_numbers"][token["short"]]


ABBREVIATIONS = (
    rule("before_numbers", BEFORE_NUMBER, before_number_may_stand),
    Rule("abbreviation", AFTER_NUMBER, lambda token: said_as("after_numbers", token), "l", when=after_number),
    rule("after_ordinals", AFTER_ORDINAL, after_ordinal),
    rule("titles", TITLE, title_may_stand),
    Rule(
        "abbreviation", TITLE_IN_STREET, lambda token: FACTS["titles"][token["short"]].capitalize() + "-", "u"
    ),
    Rule("abbreviation", SAINT, say_saint, "lu", when=saint_may_stand),
    rule("anywhere", ANYWHERE, anywhere_may_stand),
    rule("streets", STREET, street_may_stand),
    rule("after_names", pattern("after_names")),
)
