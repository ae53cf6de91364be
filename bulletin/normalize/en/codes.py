"""Numbers that are names: phones, roads, flights, products, addresses, sections of law."""

import re

from bulletin.normalize.en.calendar import MONTHS
from bulletin.normalize.en.patterns import SPACE, SPACES, TO, WORD_END
from bulletin.normalize.en.tables import WORDS, load
from bulletin.normalize.en.words import cardinal, code, pairs, plural_of, spelled, three_digits
from bulletin.normalize.tokens import Rule, Token

GAP = rf"(?:{SPACE}|[-‐‑–.])"
PHONE = re.compile(
    rf"(?<![\w.,-])(?:\+\d{{1,3}}{GAP}?(?:\(0\){GAP}?)?(?:\(?\d{{1,5}}\)?{GAP}?){{1,5}}\d{{2,4}}"
    rf"|\(\d{{3,5}}\){GAP}?\d{{3,4}}(?:{GAP}?\d{{3,4}}){{0,2}}"
    rf"|(?:1{GAP})?\d{{3}}[-.‑]\d{{3}}[-.‑]\d{{4}}|1[-‑]\d{{3}}[-‑][A-Z]{{3,8}}"
    rf"|\d{{3}}[-‑]\d{{4}}(?=[^\w-]|\Z)"
    rf"|0\d{{2,4}}{GAP}\d{{3,4}}(?:{GAP}?\d{{2,4}}){{0,2}}|0\d{{9,10}}|0[38]00{GAP}\d{{4,7}}|116{GAP}123)(?![\w%]|[.,]\d)"
)
HOTLINE = re.compile(r"(?P<number>\d{3,5}|11\d{4})(?![\d%]|[.,:]\d|[^\W_]|-\d)")
CALLING = r"call(?:s|ing|ed)?|dial(?:s|led|ed|ling)?|phoned?|ring|rang|text(?:s|ing)?|on|to|or|number"
CALLED = r"the|police|emergency|non-emergency|NHS|Samaritans|helpline|Crimestoppers|number|line|on"
CALLS = re.compile(rf"\b(?:{CALLING})(?:\s(?:{CALLED})){{0,4}}\s\Z", re.IGNORECASE)
SERVICES = WORDS["services"]
POSTCODE = re.compile(r"(?P<out>[A-Z]{1,2}\d[A-Z\d]?)(?: (?P<in>\d[A-Z]{2}))(?![^\W_])")
STREETS = (
    "Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Place|Pl|Square|Sq|Way|Terrace|Crescent|"
    "Close|Gardens|Row|Hill|Parkway|Pkwy|Grove|Mews|Broadway|Mall|Quay|Park|Highway|Hwy|Circle|Alley|Wharf"
)
DIRECTION = rf"(?:(?:[NSEW]\.?|North|South|East|West){SPACE})?"
STREET_NAME = rf"(?:[A-Z][\w'’.-]*{SPACE}|\d{{1,3}}(?:st|nd|rd|th){SPACE}){{1,3}}(?:{STREETS})(?![^\W_])"
ADDRESS = re.compile(
    rf"(?P<number>\d{{1,5}})(?P<letter>[A-Za-z])?"
    rf"(?=,?{SPACE}(?:{DIRECTION}{STREET_NAME}|Broadway(?![^\W_]))|{SPACE}block{SPACE}of)"
)
BOX = re.compile(r"(?P<number>\d{1,6})(?![^\W_])")
CHEMICAL = re.compile(
    r"(?P<letters>CO|H|NO|SO|PM|CH|O|N|SF|NH|LiPF|SiO|TiO|UO)(?P<number>[₀-₉]|2\.5|[0-9](?![\d.,]?\d))(?P<rest>O|e)?(?![^\W_])"
)
SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
SCREEN = re.compile(r"(?P<number>720|1080|1440|2160)(?P<letter>[pi])(?![^\W_])")
CODE_401 = re.compile(r"(?P<number>401|403|501|457|529)(?P<parts>(?:\([a-zA-Z0-9]{1,3}\)){0,3})(?:-s)?")
LEGAL: dict[str, str] = load("abbreviations")["numbered"]
LEGAL_NUMBER = r"\d{1,5}(?:\.\d{1,3}){0,4}(?:[A-Za-z](?![^\W_]))?(?:\([a-zA-Z0-9]{1,4}\)){0,5}"
LAW = re.compile(
    rf"(?P<mark>(?:(?i:{'|'.join(LEGAL)})\.{SPACE}?|No{SPACE}|Nos{SPACE}|paras?{SPACE}|№{SPACES}|[Nn]º{SPACES}|§§?{SPACES}|pp{SPACE}|Hwy{SPACE}|Rte{SPACE}))(?P<number>{LEGAL_NUMBER})"
    rf"(?:(?P<link>{TO}|,{SPACE}|{SPACE}and{SPACE})(?P<last>\d{{1,4}})(?![.,]?\d))?(?![^\W_])"
)
LAW_WORDS = (
    "Section|Sections|Article|Articles|Rule|Regulation|Clause|Paragraph|Schedule|Title|Chapter|Proposition|Resolution|Amendment|"
    "section|sections|article|articles|rule|regulation|clause|paragraph|schedule|chapter|resolution"
)
CLAUSE = re.compile(
    r"(?P<number>\d{1,5})(?P<dots>(?:\.\d{1,3}){0,4})(?P<letter>[A-Za-z](?![^\W_]))?(?P<parts>(?:\([a-zA-Z0-9]{1,4}\)){0,5})(?![.,]?\d)(?![^\W_])"
)
NAMED = WORDS["named"]
LETTER_A = re.compile(r"A[-‑]?(?P<number>\d{1,4})(?P<plural>s)?(?![^\W_]|\(M\)|[.,]\d)")
MOTORWAY = re.compile(r"(?P<number>\d{1,4})\(M\)")
AIRLINER = re.compile(r"(?P<number>7[0-8]7)(?:(?P<plural>s)|(?P<more>-\d{3,4}))?(?![.,:/]?\d|[^\W_]|%)")
ZIP = re.compile(r"(?P<number>\d{5})(?:-(?P<more>\d{4}))?(?![.,]?\d|[^\W_])")
VARIANT = re.compile(r"\.(?=\d)")
AFTER_NAME = re.compile(r"(?P<number>\d{3,4})(?P<plural>s)?(?P<more>[-‑]\d{1,4})?(?![.,:/]?\d|[^\W_]|%)")
GLUED = re.compile(rf"(?P<number>\d{{1,5}})(?P<plural>s)?(?![.,:]\d|\d|[^\W_]|{SPACES}%)")
INSIDE = re.compile(r"(?P<number>\d{1,5})(?=[^\W\d_])")
UNDER = re.compile(rf"U[-‑]?(?P<number>1\d|2[0-3])(?P<plural>s)?{WORD_END}")
BY_HAND = re.compile(r"(?P<first>\d)[x×](?P<last>\d)(?P<plural>s)?(?![^\W_])")
FOLLOWS_LETTERS = re.compile(r"(?:[^\W\d_]|(?<![^\W_])[A-Z]{1,4}[-‑])\Z")
FOLLOWS_STATE = re.compile(
    r"(?:\b[Zz][Ii][Pp](?: codes?)?|Beverly Hills,?)\s\Z|,\s(?:[A-Z][A-Z]|[A-Z][a-z]+\.?)\s\Z"
)
MULTIPLIED = re.compile(r"\d[xX×]\Z")
CALENDAR = re.compile(rf"\s(?:{'|'.join(MONTHS)})\b")
BOOKS = re.compile(
    r"\b(?:Genesis|Exodus|Leviticus|Isaiah|Psalms?|Matthew|Mark|Luke|John|Acts|Romans|Corinthians|Proverbs|Hebrews|Revelation)\s\Z"
)
VERSE = re.compile(r"(?P<chapter>\d{1,3}):(?P<verse>\d{1,3})(?:[-–](?P<last>\d{1,3}))?(?!\d)")
INDEX = {"500": "five hundred", "100": "one hundred", "250": "two hundred and fifty"}


def phone(token: Token) -> str:
    """Digit by digit, in the groups that are written."""
    written = token.written.replace("(0)", "")
    groups = re.findall(r"\d+|[A-Z]+", written)
    said = ", ".join(spelled(group) if group.isdigit() else group for group in groups)
    return f"plus {said}" if written.startswith("+") else said


def is_phone(token: Token) -> bool:
    """Whether the digits are enough for a phone: not "0.5", "2010-2015", a date or a score."""
    count = len(re.sub(r"\D", "", token.written))
    if re.fullmatch(r"\d{3}[-‑]\d{4}", token.written):
        return bool(
            re.search(
                r"\b(?:call|ring|at|on|phone|dial|text|tel|number|left)\W", token.before[-30:], re.IGNORECASE
            )
        )
    return count >= 7 or token.written.startswith("116") or bool(re.search(r"[A-Z]", token.written))


def hotline(token: Token) -> str | None:
    digits = token["number"]
    if not CALLS.search(token.before) or (re.match(r"\s[a-z]+s\b", token.after) and digits not in SERVICES):
        return None
    if digits not in SERVICES and not re.search(
        r"\b(?:dial\w*|text\w*|call\w*|ring|phone)\b[^.]{0,30}\Z", token.before, re.IGNORECASE
    ):
        return None
    if (
        digits in SERVICES
        and re.search(r"\b(?:to|or|on|called)\s\Z", token.before)
        and re.match(r"\s[a-z]+(?<!now)s\b", token.after)
    ):
        return None
    return (
        spelled(digits, "oh")
        if len(digits) == 3 and digits[1] == "0" and digits[2] != "0"
        else spelled(digits)
    )


def postcode(token: Token) -> str:
    return f"{letters_apart(token['out'])}, {letters_apart(token['in'])}"


def letters_apart(written: str) -> str:
    return " ".join(spelled(part) if part.isdigit() else part for part in re.findall(r"[^\W_]", written))


def house(token: Token) -> str:
    """The number of a house: "ten", "two two one B", "sixteen hundred"."""
    digits, letter = token["number"], token["letter"]
    said = three_digits(digits) if len(digits) == 3 else code(digits)
    return f"{said} {letter.upper()}" if letter else said


def box(token: Token) -> str | None:
    if not re.search(r"\bP\.?O\.? Box \Z", token.before):
        return None
    return spelled(token["number"])


def chemical(token: Token) -> str:
    digits = token["number"].translate(SUBSCRIPTS)
    said = "two point five" if digits == "2.5" else cardinal(int(digits))
    return " ".join(part for part in (token["letters"], said, token["rest"]) if part)


def screen(token: Token) -> str:
    said = pairs(int(token["number"])) if len(token["number"]) == 4 else three_digits(token["number"])
    return (
        f"{said.replace('seven two', 'seven twenty') if token['number'] == '720' else said} {token['letter']}"
    )


def plan(token: Token) -> str | None:
    if not token["parts"]:
        return None
    return f"{three_digits(token['number'])} {parts_said(token['parts'])}"


def parts_said(parts: str) -> str:
    """ "(c)(3)" is "C three"."""
    return " ".join(
        cardinal(int(part)) if part.isdigit() else part.upper() if len(part) == 1 else part
        for part in re.findall(r"\w+", parts)
    )


def law(token: Token) -> str | None:
    """An abbreviation before a number: "s. 18", "§ 1983", "pp. 12-18", "No. 10"."""
    mark = re.sub(r"[^A-Za-z§№º]", "", token["mark"])
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


def after_name(token: Token) -> str | None:
    """A number after a name that makes it one: "Boeing 737", "Flight 1549", "Route 66"."""
    before = re.search(r"([\w'’]+)(?:[ \u00a0]|\s[A-Z]+\s?)\Z", token.before)
    road = re.search(r"\b(?:on|along|off|near|down|of|to)\s(?:\w+bound\s)?US\s\Z", token.before)
    if before is None or (before[1] not in NAMED and not road):
        return None
    return after_name_said(token)


def after_name_said(token: Token) -> str:
    """A code with what may be joined to it: "seven four seven four hundred"."""
    said = code(token["number"])
    if token["more"]:
        said += f" {code(token['more'].strip('-‑'))}"
    return plural_of(said) if token["plural"] else said


def glued(token: Token) -> str | None:
    """A number glued to letters: "F-16", "MH370", "COP28", "A400M", "B-52s"."""
    if MULTIPLIED.search(token.before):
        return None
    before = re.search(r"(?P<letters>[^\W\d_]+)(?P<hyphen>[-‑])?\Z", token.before)
    if before is None:
        return None
    digits = token["number"]
    if before["letters"] in MONTHS or CALENDAR.match(token.after):
        return None
    if before["hyphen"] and not (before["letters"][0].isupper() or len(before["letters"]) < 3):
        return None
    said = code(digits)
    return plural_of(said) if token.match.groupdict().get("plural") else said


def inside(token: Token) -> str | None:
    """The number of "A400M", "H5N1": letters on both sides."""
    if MULTIPLIED.search(token.before) or not FOLLOWS_LETTERS.search(token.before):
        return None
    return code(token["number"])


def letter_a(token: Token) -> str:
    """ "A three oh three" as one piece, so that "A" isn't taken for the article."""
    said = code(token["number"])
    return f"A {plural_of(said) if token['plural'] else said}"


def motorway(token: Token) -> str:
    return f"{code(token['number'])} M"


def is_airliner(token: Token) -> bool:
    return bool(
        re.search(r"\bBoeings?\b", f"{token.before[-60:]} {token.after[:40]}")
        or re.match(r"\s(?:Max|MAX|Dreamliner|jet|jumbo|airliner|aircraft|plane)", token.after)
    )


def zip_code(token: Token) -> str | None:
    if not re.search(
        r"(?:\b[Zz][Ii][Pp](?: codes?)?|Beverly Hills,?)\s\Z|,\s(?:[A-Z][A-Z]|[A-Z][a-z]+\.?)\s\Z",
        token.before,
    ):
        return None
    return ", ".join(spelled(part) for part in (token["number"], token["more"]) if part)


def is_variant(token: Token) -> bool:
    """Whether the point follows the capitals that name a strain: "BA.2.86"."""
    return re.search(r"(?<![^\W_])[A-Z]{1,3}\Z", token.before) is not None


def under(token: Token) -> str:
    said = cardinal(int(token["number"]))
    return f"under {plural_of(said) if token['plural'] else said}"


def by_hand(token: Token) -> str:
    last = cardinal(int(token["last"]))
    return f"{cardinal(int(token['first']))} by {plural_of(last) if token['plural'] else last}"


def verse(token: Token) -> str | None:
    if not BOOKS.search(token.before):
        return None
    last = f" to {cardinal(int(token['last']))}" if token["last"] else ""
    return f"{cardinal(int(token['chapter']))} {cardinal(int(token['verse']))}{last}"


FIRST = (
    Rule("phone", PHONE, phone, starts="ds", when=is_phone),
    Rule("hotline", HOTLINE, hotline),
    Rule("post code", POSTCODE, postcode, starts="u"),
    Rule("box", BOX, box),
    Rule("chemical", CHEMICAL, chemical, starts="u", needs="₀₁₂₃₄₅₆₇₈₉0123456789"),
    Rule("screen", SCREEN, screen),
    Rule("law", LAW, law, starts="lus", needs=".§№ºN"),
    Rule("plan", CODE_401, plan, needs="("),
    Rule("law", CLAUSE, clause),
    Rule("squad", UNDER, under, starts="u"),
    Rule("product", BY_HAND, by_hand, needs="x×"),
    Rule("verse", VERSE, verse, needs=":"),
    Rule("address", ADDRESS, house),
    Rule("road", LETTER_A, letter_a, starts="u"),
    Rule("road", MOTORWAY, motorway, needs="("),
    Rule("product", AIRLINER, after_name_said, when=is_airliner),
    Rule("zip code", ZIP, zip_code),
    Rule("variant", VARIANT, lambda token: " ", starts="s", needs=".", when=is_variant),
    Rule("named", AFTER_NAME, after_name),
    Rule(
        "glued",
        GLUED,
        glued,
        when=lambda token: (
            token.before[-1:].isalpha() or (token.before[-1:] in "-‑" and token.before[-2:-1].isalpha())
        ),
    ),
    Rule("glued", INSIDE, inside),
)
RULES: tuple[Rule, ...] = ()
