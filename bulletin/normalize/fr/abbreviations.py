"""Abbreviations: titles before names, marks before and after numbers, streets, and what stands anywhere."""

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
PARTICLES = (
    rf"d[eu’']s?{SPACE}?|l[ea]?s?{SPACE}|l['’]|v[oa]n{SPACE}|de[rn]{SPACE}|el[{SPACE[1:-1]}-]|al-|"
    rf"(?:ben|bin|da|di|ter|zu){SPACE}"
)
NAME = rf"(?:(?:{PARTICLES}){{0,3}}{CAPITAL})"
OFFICE = r"(?:le|la|les|l['’])"
SPACES = rf"{SPACE}{{1,2}}"
BEGIN = r"(?<![\w.])"


def pattern(table: str, follows: str = "", before: str = BEGIN) -> re.Pattern[str]:
    """A regex for the abbreviations of a table; those without a point end as words do."""
    return re.compile(rf"{before}(?P<short>{tables.any_of(FACTS[table])})(?![^\W\d_]){follows}")


YEAR_AFTER = re.compile(rf"{SPACE}\d{{3,4}}(?![\d.])")
KEEP_POINT = frozenset({"anywhere", "after_numbers", "after_ordinals"})
"""Tables whose abbreviations may stand at the end of a sentence."""


def said_as(table: str, token: Token) -> str:
    """The words of an abbreviation; a point that ends a sentence stays."""
    short = token["short"]
    words = edition(token) if table == "anywhere" and short in EDITIONS else FACTS[table][short]
    if short in {"v.", "c."} and YEAR_AFTER.match(token.after):
        return "vers"
    if table in KEEP_POINT and short.endswith((".", "…")) and ends_sentence(token) and not goes_on(token):
        return words + "."
    return words


EDITIONS = frozenset({"éd.", "Éd.", "Ed."})
BEFORE_ONE = re.compile(
    rf"(?:\bl['’]|\b(?:la|une|cette|notre|votre|leur|sa|ma|ta|chaque|aucune|quelle|toute){SPACE}"
    rf"(?:(?:même|toute|[a-zà-ÿ]+(?:ière|elle|ième|aine|nde|ère|onne|ande)){SPACE})*"
    rf"|\b(?:première|dernière|nouvelle|seconde|même|prochaine){SPACE})\Z",
    re.IGNORECASE,
)
"""What stands before one edition: "notre éd.", "une nouvelle éd."."""
OF_A_PUBLISHER = re.compile(
    rf"{SPACE}(?:(?:d[ue]s?|de{SPACE}l[a'’]|d['’]){SPACE}?)?{CAPITAL}|{SPACE}(?:du|des){SPACE}[a-zà-ÿ]"
)
PLURAL_BEFORE = re.compile(rf"\b(?:les|des|aux|ces|ses|leurs){SPACE}\Z", re.IGNORECASE)


def edition(token: Token) -> str:
    """ "éd." for one edition, or for a publisher's name."""
    if PLURAL_BEFORE.search(token.before):
        return "éditions"
    if BEFORE_ONE.search(token.before) or not OF_A_PUBLISHER.match(token.after):
        return "édition"
    return "éditions"


def goes_on(token: Token) -> bool:
    """Whether the capital that follows is a name's: "éd. Gallimard", "cf. Piketty"."""
    if SENTENCE_BEGINS.match(token.after):
        return False
    return token["short"] in BEFORE_NAMES and re.match(rf"{SPACE}{CAPITAL}", token.after) is not None


def ends_sentence(token: Token) -> bool:
    """Whether the abbreviation's own point is the end of a sentence too."""
    return bool(re.match(rf"{SPACE}*(?:[»”\")\]]{SPACE}*)*(?:\Z|{CAPITAL})", token.after))


TITLE = pattern(
    "titles", rf"(?:(?<=\.)(?={CAPITAL}[\w-]{{2}})|(?={SPACES}(?:{NAME}|{OFFICE}{SPACE}?\w|et{SPACE}M)))"
)
TITLE_AS_NOUN = re.compile(
    rf"(?P<short>{tables.any_of(FACTS['titles_as_nouns'])})(?={SPACE}(?:d[eu]\b|des\b|d['’]|en\b|qui\b))"
)
"""A title that is the noun itself, with a small letter after it: "le Dr de garde"."""
ARTICLE_BEFORE = re.compile(
    rf"(?:\b(?:le|la|les|un|une|du|au|ce|cette|son|sa|mon|ma|notre|leur|des|aux|deux){SPACE}|\bex[-‑]|\bl['’]ancien{SPACE})\Z",
    re.IGNORECASE,
)
INITIAL_BEFORE = re.compile(rf"(?:{CAPITAL}[\w’'-]*|\b{CAPITAL}\.){SPACE}?\Z")
FIRST_WORDS = frozenset(FACTS["first_words"]["words"])
SENTENCE_BEGINS = re.compile(
    rf"{SPACE}(?:Ils?|Elles?|On|Cela|Mais|L[ae]s?|Une?|Des|En|Dans|Pour|Son|Sa|Ses|Et|Puis|Ce|Cette|Il){SPACE}[a-zà-ÿ]"
)
"""What follows an initial that ends a sentence: "le petit M. Il a quatre ans"."""
OTHER_NAMES = re.compile(rf"{SPACE}(?:Night|Too|Pokora|C\.{SPACE}Escher|R\.{SPACE}James|K\.{SPACE}Gandhi)\b")
"""People whose name has an M with a point, and a movement."""


STREETS_ABROAD = re.compile(r"\b(?:Wall|Oxford|Bond|Main|High|Fleet|Downing|Bourbon|Canal)\s\Z")


def title_may_stand(token: Token) -> bool:
    """ "M. Lefèvre", not "M. Night Shyamalan", "J. M. Coetzee", "Hiram M. Smith" or "Me too"."""
    if SENTENCE_BEGINS.match(token.after) or OTHER_NAMES.match(token.after):
        return False
    if re.match(rf"{SPACE}{OFFICE}", token.after):
        return token["short"] in BEFORE_OFFICE
    check = TITLE_CHECKS.get(token["short"])
    return check is None or check(token)


def is_mister(token: Token) -> bool:
    """A capital M and a point that is no initial."""
    return not is_middle_initial(token)


def is_middle_initial(token: Token) -> bool:
    """After a first name or another initial, unless that word begins the sentence or is a place."""
    if re.search(rf"{CAPITAL}[a-z]?\.?[-‑]\Z", token.before):
        return True
    match = INITIAL_BEFORE.search(token.before)
    if not match:
        return False
    left = token.before[: match.start()]
    begins = re.search(r"(?:^|[.!?:»]\s|[«\"“—–-]\s?)\Z", left)
    if begins and match.group().strip().lower() in FIRST_WORDS:
        return False
    return not re.search(rf"\b(?:à|en|dans){SPACE}\Z", left)


def are_masters(token: Token) -> bool:
    """ "Mes Dupont et Martin", two lawyers; "Mes amis" are mine."""
    two = rf"{SPACES}{CAPITAL}[\w-]+(?:{SPACE}{CAPITAL}[\w-]+)?{SPACE}?(?:,|et){SPACE}{CAPITAL}"
    return re.match(two, token.after) is not None


def is_master(token: Token) -> bool:
    """ "Me Roy", not "Me et toi"."""
    return not re.match(rf"{SPACE}et", token.after)


def after_article(token: Token) -> bool:
    """ "le P. Zanotti", "la Sr Emmanuelle", "le col. Martel"."""
    return bool(re.search(r"\b(?:[Ll]e|[Ll]a|du|au|ex[-‑])\s?\Z", token.before))


BEFORE_OFFICE = frozenset({"M.", "Mme", "MM.", "Mmes", "Mgr", "Mr"})
"""Titles that stand before an office too: "M. le maire"."""
TITLE_CHECKS: dict[str, Callable[[Token], bool]] = {
    "M.": is_mister,
    "Me": is_master,
    **dict.fromkeys(
        ("cap.", "Cap."), lambda token: after_article(token) and not re.match(r"\sd", token.after)
    ),
    "Mes": are_masters,
    **dict.fromkeys(
        (
            "P.",
            "Sr",
            "Lt",
            "lt",
            "col.",
            "Mal",
            "Gal",
            "Gl",
            "gal",
            "prés.",
            "maj.",
            "dép.",
            "sén.",
            "lieut.",
        ),
        after_article,
    ),
}


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
TITLE_IN_STREET = re.compile(
    rf"(?P<short>(?:Gal|Mal|Sgt|Dr|Cdt|Pr|Mgr|Lt)(?=\.?[-‑])|(?:Col|Cap)\.)\.?[-‑](?={CAPITAL}|d[eu]\b)"
)
"""A title joined to a name; "Cap-Ferret" and "Col-de-Vars" are places."""
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
    """ "280 p.", "3 000 hab."; not "3 pl. de la République"."""
    if token["short"] == "pl." and STREET_NAME.match(token.after):
        return False
    return bool(re.search(rf"\d{SPACE}?\Z", token.before))


def street_may_stand(token: Token) -> bool:
    """A street after its number or an article, or before its name; or a form that can be nothing else."""
    if (
        token["short"] == "Ch."
        and FIRST_NAME_AFTER.match(token.after)
        and not re.search(r"\d,?\s\Z", token.before)
    ):
        return False
    if token["short"].lower() in SURE_STREETS or STREET_NAME.match(token.after):
        return True
    return bool(AFTER_HOUSE.search(token.before))


SURE_STREETS = frozenset({"bd", "bd.", "bld", "blvd", "bvd", "boul.", "rte", "fg", "fbg"})
STREET_NAME = re.compile(
    rf"{SPACE}(?:(?:d[ue]|des|de{SPACE}la|de{SPACE}l['’]|d['’]){SPACE}?)?{CAPITAL}(?!['’.]|\w*\.{SPACE}?-?[A-Z]\.)"
)
FIRST_NAME_AFTER = re.compile(rf"{SPACE}(?:de{SPACE})?{CAPITAL}")
"""What may follow a first name that begins with "Ch": "Ch. de Gaulle", "Ch. Nolan"."""
AFTER_HOUSE = re.compile(
    rf"\d(?:{SPACE}?(?:bis|ter|quater|[A-D]))?,?{SPACE}\Z|\b(?:au|du|le|la|l['’]|de|sur|et|angle){SPACE}?\Z"
)


def before_number_may_stand(token: Token) -> bool:
    """ "no 4", "nos 12 et 13", but not "nos 5 enfants" or "ca 3"."""
    short = token["short"]
    if short in {"nos", "Nos"}:
        return bool(re.match(rf"{SPACE}\d+{SPACE}?(?:,|et\b|à\b|-)", token.after))
    if not re.match(rf"{SPACE}{{0,2}}(?:\d|[IVXLC]+\b|[LRDA]\.)", token.after):
        return short.lower() in {"bât.", "esc.", "appt.", "apt.", "gr."}
    if short.lower() == "rés.":
        return re.match(rf"{SPACE}0\d", token.after) is not None
    if short == "c.":
        return YEAR_AFTER.match(token.after) is not None
    if short in {"s.", "v.", "T.", "P.", "min.", "max."}:
        return bool(re.match(rf"{SPACE}?\d", token.after)) and short not in {"s.", "T.", "P."}
    if short in {"t.", "ch.", "al.", "tab.", "liv."}:
        return not re.search(r"[A-Za-z]\Z", token.before)
    return True


def anywhere_may_stand(token: Token) -> bool:
    """Those that could be words need their company."""
    short = token["short"]
    if short in {"min.", "Min."} and re.match(
        rf"{SPACE}(?:d[eu]s?|de{SPACE}la|aux?){SPACE}[^\W\d]|{SPACE}(?:de{SPACE}l|d)['’]", token.after
    ):
        return False
    if short in {"int.", "Int."} and re.match(rf"{SPACE}(?:aux\b|moins\b|[-−–]?{SPACE}?\d)", token.after):
        return False
    if short in {"dép.", "Dép."} and re.match(rf"{SPACE}\(?[A-Z]{{2}}", token.after):
        return False
    if short in {"Gd", "Gde", "Gds", "Nle", "Hte", "Htes"}:
        return bool(re.match(rf"[-‑ ]{CAPITAL}", token.after))
    if short in {"sp", "tab"}:
        return bool(re.search(rf"\d(?:e|'|’)?(?:\+\d)?{SPACE}\Z", token.before))
    if short in DUBIOUS or (short.endswith(".") and short.lower() in DUBIOUS) or short in {"HT", "TTC"}:
        return False
    if is_capitals(token) and short.isalpha():
        return False
    if short.endswith(".") and ends_sentence(token):
        return (
            short in MAY_END
            or short.endswith(
                (
                    "n. è.",
                    " civ.",
                    " pén.",
                    " trav.",
                    " com.",
                    "J.-C.",
                    "J.C.",
                    "ère",
                    "par pers.",
                    ".-O.",
                    ".-E.",
                    ".-U.",
                    ".-B.",
                )
            )
            or goes_on(token)
        )
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
        "abbreviation",
        TITLE_AS_NOUN,
        lambda token: FACTS["titles_as_nouns"][token["short"]],
        "lu",
        when=lambda token: ARTICLE_BEFORE.search(token.before) is not None,
    ),
    Rule(
        "abbreviation", TITLE_IN_STREET, lambda token: FACTS["titles"][token["short"]].capitalize() + "-", "u"
    ),
    Rule("abbreviation", SAINT, say_saint, "lu", when=saint_may_stand),
    rule("anywhere", ANYWHERE, anywhere_may_stand),
    rule("streets", STREET, street_may_stand),
    rule("after_names", pattern("after_names")),
)
