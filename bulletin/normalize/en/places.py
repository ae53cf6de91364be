"""Numbers that reach somebody: phones, post codes, house numbers, boxes."""

import re

from bulletin.normalize.en.measures import CONTEXT, UNIT
from bulletin.normalize.en.patterns import FIGURES, SPACE, SPACES
from bulletin.normalize.en.tables import WORDS
from bulletin.normalize.en.words import code, spelled, three_digits
from bulletin.normalize.tokens import Rule, Token

GAP = rf"(?:{SPACE}|[-‐‑–.])"
PHONE = re.compile(
    rf"(?<![\w.,-])(?:\+\d{{1,3}}{GAP}?(?:\(0\){GAP}?)?(?:\(?\d{{1,5}}\)?{GAP}?){{1,5}}\d{{2,4}}"
    rf"|\(\d{{3,5}}\){GAP}?\d{{3,4}}(?:{GAP}?\d{{3,4}}){{0,2}}"
    rf"|(?:1{GAP})?\d{{3}}[-.‑]\d{{3}}[-.‑]\d{{4}}|1[-‑]\d{{3}}[-‑][A-Z]{{3,8}}"
    rf"|\d{{3}}[-‑]\d{{4}}(?=[^\w-]|\Z)"
    rf"|0\d{{2,4}}{GAP}\d{{3,4}}(?:{GAP}?\d{{2,4}}){{0,2}}|0\d{{9,10}}|0[38]00{GAP}\d{{4,7}}|116{GAP}123)(?![\w%]|[.,]\d)"
)
ABOUT_CALLS = re.compile(r"\s(?:calls?|callers?|operators?|dispatchers?|handlers?|emergency)\b")
HOTLINE = re.compile(r"(?P<number>\d{3,5}|11\d{4})(?![\d%]|[.,:]\d|[^\W_]|-\d)")
CALLING = r"call(?:s|ing|ed)?|dial(?:s|led|ed|ling)?|phoned?|ring|rang|text(?:s|ing)?|on|to|or|number"
CALLED = r"the|police|emergency|non-emergency|NHS|Samaritans|helpline|Crimestoppers|number|line|on"
CALLS = re.compile(rf"\b(?:{CALLING})(?:\s(?:{CALLED})){{0,4}}\s\Z", re.IGNORECASE)
WEAK = re.compile(r"\b(?:to|on|or|number)(?:\s(?:the|number))?\s\Z", re.IGNORECASE)
REACHING = re.compile(
    r"\b(?:call\w*|dial\w*|phon\w+|ring|rings|ringing|rang|text(?:s|ing|ed)?|contact\w*|helpline|hotline"
    r"|emergency|report(?:s|ed)?)\b"
    r"[^.;!?]{0,60}\Z|\b(?:number|line)\s\Z|\d{3}\s(?:or|and)\s\Z",
    re.IGNORECASE,
)
LIMIT_BEFORE = re.compile(r"\b(?:up|down|close|from \w+|rose|rising|fell|raised|cut)\sto\s\Z", re.IGNORECASE)
WORDS_TOO = "|".join(CONTEXT["words_too"])
MEASURED = re.compile(
    rf"{SPACES}(?!(?:{WORDS_TOO})(?![^\W_]))(?:{UNIT})(?![^\W_])"
    rf"|{SPACE}(?:percent|per cent|degrees?|million|billion)"
)
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
ZIP = re.compile(r"(?P<number>\d{5})(?:-(?P<more>\d{4}))?(?![.,]?\d|[^\W_])")
FOLLOWS_STATE = re.compile(
    r"(?:\b[Zz][Ii][Pp](?: codes?)?|Beverly Hills,?)\s\Z|,\s(?:[A-Z][A-Z]|[A-Z][a-z]+\.?)\s\Z"
)


def phone(token: Token) -> str:
    """Digit by digit, in the groups that are written."""
    written = token.written.replace("(0)", "")
    groups = re.findall(r"\d+|[A-Z]+", written)
    said = ", ".join(spelled(group) if group.isdecimal() else group for group in groups)
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
    if MEASURED.match(token.after) or LIMIT_BEFORE.search(token.before):
        return None
    if digits in SERVICES and (ABOUT_CALLS.match(token.after) or token.before.endswith("NHS ")):
        return said_of_service(digits)
    if WEAK.search(token.before) and not REACHING.search(token.before):
        return None
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
    return said_of_service(digits)


def said_of_service(digits: str) -> str:
    """ "nine one one", "one oh one"."""
    inside = len(digits) == 3 and digits[1] == "0" and digits[2] != "0"
    return spelled(digits, "oh" if inside else "zero")


def postcode(token: Token) -> str:
    return f"{letters_apart(token['out'])}, {letters_apart(token['in'])}"


def letters_apart(written: str) -> str:
    return " ".join(spelled(part) if part.isdecimal() else part for part in re.findall(r"[^\W_]", written))


def house(token: Token) -> str:
    """The number of a house: "ten", "two two one B", "sixteen hundred"."""
    digits, letter = token["number"], token["letter"]
    said = three_digits(digits) if len(digits) == 3 else code(digits)
    return f"{said} {letter.upper()}" if letter else said


def box(token: Token) -> str | None:
    if not re.search(r"\bP\.?O\.? Box \Z", token.before):
        return None
    return spelled(token["number"])


def zip_code(token: Token) -> str | None:
    if not FOLLOWS_STATE.search(token.before) and not re.match(r"\s[Zz][Ii][Pp]\b", token.after):
        return None
    return ", ".join(spelled(part) for part in (token["number"], token["more"]) if part)


RULES = (
    Rule("phone", PHONE, phone, starts="dm", needs=FIGURES, when=is_phone),
    Rule("hotline", HOTLINE, hotline),
    Rule("post code", POSTCODE, postcode, starts="u", needs=FIGURES),
    Rule("box", BOX, box),
    Rule("address", ADDRESS, house),
    Rule("zip code", ZIP, zip_code),
)
