"""Dates, years, decades: "12 September 2022", "Sept. 12", "9/12/2022", "the '90s", "2010-15", "44 BC"."""

import re

from bulletin.normalize.en.patterns import (
    FIGURES,
    NO_DIGIT_AFTER,
    NO_DIGIT_BEFORE,
    SPACE,
    SPACES,
    TO,
    WORD_END,
    follows_between,
    word_after,
    words_before,
)
from bulletin.normalize.en.tables import WORDS
from bulletin.normalize.en.words import cardinal, decade, ordinal, plural_of, year
from bulletin.normalize.tokens import Rule, Token

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = {
    "Mon": "Monday",
    "Tue": "Tuesday",
    "Tues": "Tuesday",
    "Wed": "Wednesday",
    "Weds": "Wednesday",
    "Thu": "Thursday",
    "Thur": "Thursday",
    "Thurs": "Thursday",
    "Fri": "Friday",
    "Sat": "Saturday",
    "Sun": "Sunday",
}
MONTH = rf"(?P<month>(?:{'|'.join(MONTHS)})(?![^\W_])|(?:{'|'.join(SHORT_MONTHS)})(?![^\W_])\.?)"
WEEKDAY = rf"(?:(?P<weekday>{'|'.join(sorted(WEEKDAYS, key=len, reverse=True))})(?![^\W_])\.?,?{SPACE})?"
SUFFIX = r"(?:st|nd|rd|th)?"
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
YEAR = r"(?:1\d{3}|20\d{2})(?!\d|[,.]\d|%)"
AND_YEAR = (
    rf"(?:,?{SPACE}(?P<year>{YEAR}|['’]\d\d(?!\d))|,?{SPACE}(?P<era_year>\d{{1,4}})(?={SPACE}(?:BC|AD|CE)))?"
)
DAY_FIRST = re.compile(
    rf"{WEEKDAY}{NO_DIGIT_BEFORE}(?P<day>{DAY}){SUFFIX}"
    rf"(?:(?P<link>{TO}|{SPACE}(?:and|or|to){SPACE}|/)(?P<last>{DAY}){SUFFIX})?"
    rf"(?P<of>{SPACE}of)?(?:{SPACE}|[-‑]){MONTH}{AND_YEAR}"
)
MONTH_FIRST = re.compile(
    rf"{WEEKDAY}{MONTH}{SPACE}(?P<the>the{SPACE})?(?P<day>{DAY}){SUFFIX}(?![.,]?\d|%|{SPACES}(?:pm|am|p\.m|a\.m)|:\d)"
    rf"(?:(?P<link>{TO}|{SPACE}(?:and|or|to){SPACE}|/)(?P<last>{DAY}){SUFFIX}(?!{SPACES}[ap]\.?m|:\d))?{WORD_END}{AND_YEAR}"
)
MONTH_YEAR = re.compile(rf"{MONTH},?{SPACE}(?P<year>{YEAR}|['’]\d\d(?!\d))(?![^\W_])(?!{TO}\d)")
SHORT_MONTH = re.compile(rf"{MONTH}")
NUMERIC = re.compile(
    rf"{NO_DIGIT_BEFORE}(?P<first>\d{{1,2}})(?P<mark>[/.-])(?P<second>\d{{1,2}})(?P=mark)(?P<year>\d{{4}}|\d{{2}}){NO_DIGIT_AFTER}"
)
ISO = re.compile(
    rf"{NO_DIGIT_BEFORE}(?P<year>\d{{4}})[-‑](?P<month>0[1-9]|1[0-2])[-‑](?P<day>0[1-9]|[12]\d|3[01])(?:(?=T\d)T)?(?![-\d])"
)
NAMED_DAY = re.compile(r"(?P<first>9/11|26/11|7/7|7/21|21/7|6/6)(?![/\d])")
ERA = re.compile(
    rf"{NO_DIGIT_BEFORE}(?P<year>\d{{1,4}})(?:{TO}(?P<last>\d{{1,4}}))?{SPACES}(?=(?:BCE?|AD|CE|B\.C\.|A\.D\.)(?![^\W_]))"
)
ERA_FIRST = re.compile(rf"(?P<era>AD|A\.D\.){SPACE}?(?P<year>\d{{1,4}}){NO_DIGIT_AFTER}(?![^\W_])")
DECADE = re.compile(rf"{NO_DIGIT_BEFORE}(?P<year>1\d{{2}}0|2[01]\d0|[1-9]0|00)['’]?s{WORD_END}")
SHORT_DECADE = re.compile(rf"['’‘](?P<year>[1-9]0|00)['’]?s{WORD_END}")
SHORT_YEAR = re.compile(rf"['’‘](?P<year>\d\d)(?:{TO}['’]?(?P<last>\d\d))?(?![\d%]|['’]?s\b|[.,]\d)")
YEARS = re.compile(
    rf"{NO_DIGIT_BEFORE}(?P<first>1[1-9]\d\d|20\d\d)(?P<link>{TO}|/)(?P<last>1[1-9]\d\d|2[01]\d\d|['’]?\d\d)(?![\d%]|[.,]\d|[^\W_]|[-‑]\d)"
)
ONE_YEAR = re.compile(rf"{NO_DIGIT_BEFORE}(?P<year>1\d{{3}}|2[01]\d\d)(?![\d%]|[.,:]\d|[^\W_])")
YEAR_WORDS = WORDS["year_words"]
ODDS_WORDS = WORDS["odds_words"]
COUNTED = WORDS["counted"]
BRITISH = re.compile(
    r"£|\b(?:GMT|BST|NHS|MPs?|Mr|Mrs|Commons|Britain|British|London|England|Leeds|colour|metres)\b"
)
AMERICAN = re.compile(
    r"\$|\b(?:ET|EST|PT|Sen\.|Gov\.|Washington|U\.S\.|American?|Ohio|Texas|California|color)\b"
)


def month_name(written: str) -> str:
    short = written.rstrip(".")
    return next(month for month in MONTHS if month.startswith(short[:3]))


def weekday(token: Token) -> str:
    return f"{WEEKDAYS[token['weekday']]} " if token["weekday"] else ""


def year_part(token: Token) -> str:
    """ ", twenty twenty-two", or nothing."""
    written = token["year"] or token["era_year"]
    if not written:
        return ""
    return f", {short_year(written[1:])}" if written[0] in "'’" else f", {year(int(written))}"


def short_year(digits: str) -> str:
    return f"oh {cardinal(int(digits))}" if digits[0] == "0" else cardinal(int(digits))


def day_first(token: Token) -> str | None:
    """ "the twelfth of September, twenty twenty-two"."""
    sure = token["year"] or re.match(r"\d+(?:st|nd|rd|th)", token.written) or token["weekday"]
    if token["month"] == "Mar" and not token.written.endswith(".") and not sure:
        return None
    has_article = not token["weekday"] and re.search(
        r"\b(?:the|his|her|its|their|our|my)\s\Z", token.before, re.IGNORECASE
    )
    the = "" if has_article else "the "
    days = f"{the}{ordinal(int(token['day']))}"
    if token["last"]:
        link = re.sub(r"\W", "", token["link"]) or ("and" if follows_between(token.before) else "to")
        days += (
            f" {link} the {ordinal(int(token['last']))}" if the else f" {link} {ordinal(int(token['last']))}"
        )
    return f"{weekday(token)}{days} of {month_name(token['month'])}{year_part(token)}"


def month_first(token: Token) -> str:
    """ "September twelfth, twenty twenty-two"."""
    the = "the " if token["the"] else ""
    said = f"{weekday(token)}{month_name(token['month'])} {the}{ordinal(int(token['day']))}"
    if token["last"]:
        said += f" {re.sub(chr(92) + 'W', '', token['link']) or 'to'} {the}{ordinal(int(token['last']))}"
    return said + year_part(token)


def month_year(token: Token) -> str:
    return f"{month_name(token['month'])}{year_part(token).replace(',', '')}"


def short_month(token: Token) -> str | None:
    """ "Jan." beside words that call for a month."""
    written = token["month"]
    if written in MONTHS or not written.endswith("."):
        return None
    near = words_before(token.before, 1)
    calls = near and near[0] in YEAR_WORDS | {"last", "next", "this", "through", "on", "every", "each"}
    if not calls and not re.match(r"[-–]\w|\)|,? (?:to|and|or) [A-Z]", token.after):
        return None
    return month_name(written) + ("." if ends_sentence(token.after) else "")


def ends_sentence(after: str) -> bool:
    """Whether the point of an abbreviation is also the end of its sentence."""
    return (
        re.match(
            r"[\"'”’)\]]*(?:\s*\Z|\s+[\"“‘'(]?(?:The|He|She|It|But|And|They|We|This|That|A|An|His|Her)\s)",
            after,
        )
        is not None
    )


def numeric(token: Token) -> str | None:
    """A date in figures: day or month first as the figures or the line tell, else month first."""
    first, second = int(token["first"]), int(token["second"])
    if token["mark"] == "-" and len(token["year"]) < 4:
        return None
    day_leads = first > 12 or token["mark"] == "." or (second <= 12 and leads_with_day(token))
    day, month = (first, second) if day_leads else (second, first)
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    written = token["year"]
    value = int(written) if len(written) == 4 else int(written) + (1900 if int(written) > 40 else 2000)
    if day_leads:
        return f"the {ordinal(day)} of {MONTHS[month - 1]} {year(value)}"
    return f"{MONTHS[month - 1]} {ordinal(day)}, {year(value)}"


def leads_with_day(token: Token) -> bool:
    """Whether the line shows that dates are written day first in it."""
    line = f"{token.before} {token.after}"
    for match in re.finditer(r"(?<!\d)(\d{1,2})/(\d{1,2})/\d{2,4}", line):
        if int(match[1]) > 12:
            return True
        if int(match[2]) > 12:
            return False
    return bool(BRITISH.search(line)) and not AMERICAN.search(line)


def iso(token: Token) -> str:
    day, month = int(token["day"]), int(token["month"])
    return f"the {ordinal(day)} of {MONTHS[month - 1]} {year(int(token['year']))}"


def is_named_day(token: Token) -> bool:
    """Whether "26/11" is the day of an attack, and no odds or end of something longer."""
    line = f"{token.before[-70:]} {token.after[:50]}".lower()
    return token.before[-1:] not in ("/", "-", ".") and not ODDS_WORDS & set(re.findall(r"[a-z]+", line))


def named_day(token: Token) -> str:
    return " ".join(cardinal(int(part)) for part in token["first"].split("/"))


def era(token: Token) -> str:
    last = f" to {era_year(token['last'])}" if token["last"] else ""
    return f"{era_year(token['year'])}{last} "


def era_year(digits: str) -> str:
    return year(int(digits)) if len(digits) == 4 else cardinal(int(digits))


def era_first(token: Token) -> str:
    return f"AD {era_year(token['year'])}"


def any_decade(token: Token) -> str:
    return "noughties" if token["year"] == "00" else decade(int(token["year"]))


def apostrophe_year(token: Token) -> str | None:
    if token.before[-1:].isalnum() or token.after[:1].isalpha():
        return None
    last = f" to {short_year(token['last'])}" if token["last"] else ""
    return short_year(token["year"]) + last


def years(token: Token) -> str | None:
    """ "twenty ten to fifteen", "nineteen ninety-nine to two thousand"."""
    first, last = int(token["first"]), token["last"].lstrip("'’")
    link = "and" if follows_between(token.before) else "to"
    if len(last) == 4:
        return f"{year(first)} {link} {year(int(last))}" if int(last) > first else None
    if int(last) <= first % 100 and int(last) != 0:
        return None
    if int(last) < 10:
        century = first // 100 + (int(last) <= first % 100)
        return f"{year(first)} {link} {year(century * 100 + int(last))}"
    return f"{year(first)} {link} {cardinal(int(last))}"


def one_year(token: Token) -> str | None:
    """A number of four digits that is a year rather than a count."""
    value = int(token["year"])
    return year(value) if is_year(token, value) else None


def is_year(token: Token, value: int) -> bool:
    following = word_after(token.after)
    near = words_before(token.before, 1)
    introduced = bool(near) and near[0] in YEAR_WORDS
    if following in COUNTED and not (value > 1900 and introduced and near[0] != "of"):
        return False
    if token.before[-1:].isalpha() or (
        re.search(r"[^\W\d_][-‑]\Z", token.before)
        and not re.search(r"(?:mid|pre|post|early|late|since|end|non)[-‑]\Z", token.before, re.IGNORECASE)
    ):
        return False
    if 1900 <= value <= 2099:
        return True
    counted = following.endswith("s") and not following.endswith(("ss", "us", "is", "was", "as"))
    if 1100 <= value < 1900:
        return introduced or not counted or (value % 50 != 0 and near[:1] == ["the"])
    return introduced and not counted and (value < 2000 or value % 10 == 0)


def plural_number(token: Token) -> str:
    return plural_of(cardinal(int(token["number"])))


RULES = (
    Rule("date", DAY_FIRST, day_first, starts="du", needs=FIGURES),
    Rule("date", MONTH_FIRST, month_first, starts="u", needs=FIGURES),
    Rule("date", MONTH_YEAR, month_year, starts="u", needs=FIGURES),
    Rule("month", SHORT_MONTH, short_month, starts="u"),
    Rule("date", ISO, iso),
    Rule("date", NUMERIC, numeric),
    Rule("date", NAMED_DAY, named_day, when=is_named_day),
    Rule("year", ERA, era),
    Rule("year", ERA_FIRST, era_first, starts="u", needs=FIGURES),
    Rule("decade", DECADE, any_decade),
    Rule("decade", SHORT_DECADE, any_decade, starts="m", needs=FIGURES),
    Rule("year", SHORT_YEAR, apostrophe_year, starts="m", needs=FIGURES),
    Rule("years", YEARS, years),
    Rule("year", ONE_YEAR, one_year),
)
