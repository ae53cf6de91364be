"""Several numbers with a mark between them: phone numbers, scores, ranges, versions, enumerations."""

import re

from bulletin.normalize.fr.context import before, begins_clause, near
from bulletin.normalize.fr.nouns import is_feminine_after
from bulletin.normalize.fr.numbers import NUMBER, by_digits, cardinal, integer_words, number, words
from bulletin.normalize.numerals import DASH, SPACE, Number, digits
from bulletin.normalize.tokens import Rule, Token

END = r"(?![^\W_])"
PHONE_SPACE = r"[ .\u00a0\u202f\u2009\-‑/]?"

PHONE = re.compile(rf"(?P<rest>0[1-9](?:{PHONE_SPACE}\d{{2}}){{4}})(?!\d)")
PHONE_ABROAD = re.compile(
    rf"(?:\+|00{SPACE}?)(?P<country>33|32|41|1|44|352|377){SPACE}?(?:\(0\){SPACE}?)?"
    rf"(?P<rest>\d(?:{PHONE_SPACE}\d{{2}}){{4}})(?!\d)"
)
TOLL_FREE = re.compile(rf"0{SPACE}?8\d\d(?:{SPACE}\d{{3}}){{2}}{END}|08\d\d(?:{SPACE}\d{{2}}){{3}}{END}")
PHONE_GROUPED = re.compile(
    r"0\d{1,3}(?P<mark>[ \u00a0\u202f./-])\d{2,3}(?:(?P=mark)\d{2,3}){1,3}(?![\w.,/-]?\d)"
)
"""As the Belgians and the Swiss write it: "02 123 45 67", "079 123 45 67"."""
PHONE_BELGIAN = re.compile(
    rf"0\d{{1,3}}{SPACE}?/{SPACE}?\d{{2,3}}(?P<mark>[. \u00a0\u202f-])\d{{2,3}}(?:(?P=mark)\d{{2,3}})?"
    r"(?![\w,/-]|\.\d)"
)
"""With a slash behind the zone: "02/345.67.89", "0475/12.34.56"."""
PHONE_AMERICAN = re.compile(
    rf"(?:\+?1[ \u00a0\u202f.-])?(?:\(\d{{3}}\){SPACE}?|\d{{3}}[ \u00a0\u202f.-])"
    r"\d{3}[-‑.]\d{4}(?![\w-]|[.,]\d)"
)
PHONE_OF_ANY_COUNTRY = re.compile(
    rf"\+(?P<country>\d{{1,3}}){SPACE}?(?:\(0\){SPACE}?)?"
    r"(?P<rest>\(?\d{1,4}\)?(?:[ \u00a0\u202f.-]\d{2,8}){1,5})(?![\w%]|[.,]\d)"
)
CODED = re.compile(r"\d{2,14}(?:[- \u00a0\u202f]\d{1,7}){0,6}(?:[- ]?X)?(?![\w])")
CODE_BEFORE = re.compile(r"\b(?:ISBN|ISSN|SIREN|Siren|SIRET|Siret|EAN|IBAN(?:\s[A-Z]{2}\d\d)?)\s?:?\s?\Z")
SHORT_PHONE = re.compile(rf"(?P<four>3\d{SPACE}?\d\d){END}(?!{SPACE}?[€%]|,\d)")

DIRECTORY = re.compile(rf"118{SPACE}?(?P<rest>\d{{3}}){END}")
CHAIN = re.compile(
    rf"\d{{1,4}}(?:[-‑]\d{{1,4}}){{2,9}}{END}|\d{{1,3}}(?:{SPACE}[-–—]{SPACE}\d{{1,3}}){{2,9}}{END}"
)
DOTTED = re.compile(rf"(?!\d{{1,3}}(?:\.\d{{3}})+(?![.\d]))\d{{1,5}}(?:\.\d{{1,5}}){{1,5}}{END}(?!\.\d)")
RANGE = re.compile(
    rf"(?P<low>{NUMBER})(?P<dash>{SPACE}?{DASH}{SPACE}?)(?P<minus>[-−])?(?=(?P<high>{NUMBER}))"
)
ENUMERATION = re.compile(
    rf"\d{{1,4}}(?:,\d{{1,4}}){{1,30}}(?={SPACE}(?:et|ou){SPACE}\d)|\d{{1,4}}(?:,\d{{1,4}}){{2,30}}{END}(?!,)"
)
ENGLISH_GROUPS = re.compile(r"\d{1,3}(?:,\d{3}){2,5}(?![\d,])")
ITEM = re.compile(rf"(?P<number>\d{{1,2}})(?:[/)]|°[/)]?|\.[-–])(?={SPACE}[^\W\d_])")

PARTED = frozenset({("14", "18"), ("39", "45"), ("49", "3"), ("9", "3"), ("3", "8"), ("2", "8")})
"""Pairs said without "à": the wars, and an article of the constitution."""


def by_twos(written: str) -> str:
    """Digits two at a time: "zéro six douze"."""
    figures = digits(written)
    return " ".join(integer_words(figures[at : at + 2]) for at in range(0, len(figures), 2))


def say_phone_abroad(token: Token) -> str:
    """ "+33 6 12 34 56 78"."""
    rest = digits(token["rest"])
    return f"plus {integer_words(token['country'])} {integer_words(rest[0])} {by_twos(rest[1:])}"


def group_words(group: str) -> str:
    """Digits that are written together: up to three as a number, more of them by twos; "0800" by its name."""
    if re.fullmatch("0[1-9]00", group):
        return integer_words(group)
    if len(group) <= 3:
        return integer_words(group)
    return by_twos(group) if len(group) % 2 == 0 else f"{integer_words(group[:3])} {by_twos(group[3:])}"


def say_groups(token: Token) -> str:
    """A phone number in the groups it is written in."""
    return " ".join(group_words(group) for group in re.findall(r"\d+", token.written))


def say_american(token: Token) -> str:
    """Figure by figure, as Quebec says it; the toll-free number after the one."""
    groups = re.findall(r"\d+", token.written)
    spoken = [integer_words(group) if group[1:] == "00" else by_digits(group) for group in groups]
    return ("plus " if token.written[0] == "+" else "") + ", ".join(spoken)


def say_any_country(token: Token) -> str:
    """ "+44 20 7946 0958"."""
    groups = re.findall(r"\d+", token["rest"])
    return " ".join(["plus", integer_words(token["country"]), *(group_words(group) for group in groups)])


def is_phone_abroad(token: Token) -> bool:
    """Eight figures and more."""
    return len(digits(token.written)) >= 8 and not re.fullmatch(
        rf"\+\d{{1,3}}(?:{SPACE}\d{{3}})+", token.written
    )


def say_code(token: Token) -> str:
    """The number of a book or a company: its groups, or figure by figure where they are long."""
    groups = re.findall(r"\d+|X", token.written)
    return ", ".join(
        group if group == "X" else integer_words(group) if len(group) <= 3 else by_digits(group)
        for group in groups
    )


def say_toll_free(token: Token) -> str:
    """ "0 800 123 456": the zero, then by threes or as grouped."""
    figures = digits(token.written)
    groups = re.split(SPACE, token.written)[1:]
    if groups and len(groups[0]) == 3 and len(groups) == 3:
        groups = groups[1:]
    return " ".join(["zéro", integer_words(figures[1:4]), *(integer_words(group) for group in groups)])


def is_short_phone(token: Token) -> bool:
    """ "39 19" needs a word that says it is dialled; with a comma, a unit or a noun it is a number."""
    if re.match(rf"{SPACE}(?:[a-zà-ÿ]{{3,}}s\b|millions?|euros?)", token.after):
        return False
    return near(token, "phone")


def say_chain(token: Token) -> str:
    """ "4-4-2": one number after another."""
    between = ", " if re.search(SPACE, token.written) else " "
    return between.join(integer_words(digits(part)) for part in re.split("[-‑–—]", token.written))


ARTICLE_POINT = re.compile(r"\b(?:articles?|art\.|le|du|au|un|ce|de|alinéas?)\s(?:l['’])?\Z", re.I)


def say_dotted(token: Token) -> str:
    """ "17.2" after the name of a program with "point"; "49.3", an article of law, without."""
    parts = token.written.split(".")
    spoken = [integer_words(part) for part in parts]
    if before(token, "version", 20) or len(parts) > 2:
        return " point ".join(spoken)
    two_and_one = len(parts[0]) == 2 and len(parts[1]) == 1
    if token.written == "49.3" or (two_and_one and ARTICLE_POINT.search(token.before)):
        return " ".join(spoken)
    return words(number(token.written)) if before(token, "decimal_point") else " point ".join(spoken)


def say_range(token: Token) -> str:
    """ "10-15 minutes" as "dix à" and the rest; a season, a law or a type says its numbers one by one."""
    low = number(token["low"])
    feminine = (
        low.is_whole and low.integer.endswith("1") and is_feminine_after(token.after[len(token["high"]) :])
    )
    between = " à " if is_span(token) else " "
    if DIFFERENCE.match(token.after, len(token["high"])):
        between = " moins "
    return words(low, feminine) + between + ("moins " if token["minus"] else "")


DIFFERENCE = re.compile(rf"{SPACE}?=")


COUNTED_AFTER = re.compile(
    rf"{SPACE}?(?:%|°|€|km|kg|cm|mm|m|ans|euros|personnes|jours|minutes|mètres)(?![^\W_])"
)


def is_airliner(low: str, high: str) -> bool:
    """ "737-800" is no range."""
    return bool(re.fullmatch("7[0-8]7", low) and re.fullmatch(r"[1-9]00|8|9|10", high))


def is_span(token: Token) -> bool:
    """Whether the numbers are two ends, or the two sides of a score; not "737-800" or "loi 78-17"."""
    low, high = token["low"], token["high"]
    if (low, high) in PARTED or re.search(r"[A-Za-z]\Z", token.before) or is_airliner(low, high):
        return False
    if near(token, "lottery"):
        return False
    if re.search(r"\bpp?\.\s?\Z|\b(?:pages|n[°o]s)\s\Z", token.before):
        return True
    if before(token, "two_numbers", 25) and not near(token, "sport"):
        return False
    shares = number(low).whole + number(high).whole == 100 and low != "0"
    if shares and not near(token, "sport") and not re.match(COUNTED_AFTER, token.after[len(high) :]):
        return False
    falls = number(high).whole < number(low).whole
    return not (falls and number(low).whole >= 100 and not near(token, "sport")) and not re.match(
        "0\\d", high
    )


def say_enumeration(token: Token) -> str:
    """ "1,2,3 et 4"."""
    return ", ".join(integer_words(part) for part in token.written.split(","))


def is_enumeration(token: Token) -> bool:
    """Two commas that can't group thousands, or a plural noun of numbered things before."""
    if before(token, "numbered", 14) and re.search(r"s\s\Z", token.before):
        return True
    return token.written.count(",") > 1 and not re.fullmatch(r"\d{1,3}(?:,\d{3})+", token.written)


LATIN = {1: "primo", 2: "secundo", 3: "tertio", 4: "quarto", 5: "quinto"}


def say_item(token: Token) -> str:
    """The number of an item in a list: "1/", "2)", "3°"."""
    if "°" in token.written and int(token["number"]) in LATIN:
        return LATIN[int(token["number"])] + ","
    return cardinal(int(token["number"])) + ("," if token.written[-1] in "/°" else token.written[-1])


ORDERED_ITEM = re.compile(rf"(?P<number>\d{{1,2}})°(?={SPACE}[^\W\d_])")


def is_ordered_item(token: Token) -> bool:
    """One of a list in a line: "1° la saisie ; 2° l'amende"."""
    value = int(token["number"])
    last, following = rf"(?<!\d){value - 1}°{SPACE}[a-zà-ÿ]", rf"(?<!\d){value + 1}°{SPACE}[a-zà-ÿ]"
    return begins_clause(token) and bool(re.search(last, token.before) or re.search(following, token.after))


ITEMS = (Rule("enumeration", ORDERED_ITEM, lambda token: say_item(token), needs="°", when=is_ordered_item),)
PHONES = (
    Rule("phone", PHONE, lambda token: by_twos(token["rest"])),
    Rule("phone", PHONE_ABROAD, say_phone_abroad, "dm"),
    Rule("phone", PHONE_AMERICAN, say_american, "dm", needs="-‑."),
    Rule("phone", PHONE_OF_ANY_COUNTRY, say_any_country, "m", needs="+", when=is_phone_abroad),
    Rule("code", CODED, say_code, when=lambda token: CODE_BEFORE.search(token.before) is not None),
    Rule("phone", TOLL_FREE, say_toll_free),
    Rule("phone", PHONE_BELGIAN, say_groups, needs="/", when=is_phone_abroad),
    Rule("phone", PHONE_GROUPED, say_groups, when=is_phone_abroad),
    Rule("phone", SHORT_PHONE, lambda token: by_twos(token["four"]), when=is_short_phone),
    Rule(
        "phone",
        DIRECTORY,
        lambda token: f"cent dix-huit {integer_words(token['rest'])}",
        when=lambda token: near(token, "phone"),
    ),
)
SEQUENCES = (
    Rule("enumeration", ITEM, say_item, when=begins_clause),
    Rule("enumeration", ENUMERATION, say_enumeration, when=is_enumeration, needs=","),
    Rule("cardinal", ENGLISH_GROUPS, lambda token: integer_words(digits(token.written)), needs=","),
    Rule("sequence", CHAIN, say_chain),
    Rule("range", RANGE, say_range),
)
ENGLISH_DECIMAL = re.compile(r"(?P<whole>\d{1,3}(?:,\d{3}){1,4})\.(?P<fraction>\d{1,2})(?![\d.,])")
ENGLISH_DECIMALS = (
    Rule(
        "decimal",
        ENGLISH_DECIMAL,
        lambda token: words(Number(digits(token["whole"]), token["fraction"])),
        needs=".",
    ),
)
DOTTED_NUMBERS = (Rule("version", DOTTED, say_dotted, needs="."),)
