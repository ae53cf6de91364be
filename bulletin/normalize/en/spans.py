"""Days and months joined by dashes, and dashes between dates: "Mon-Fri", "Oct. 3-Nov. 12", "1914–present"."""

import re

from bulletin.normalize.en.calendar import MONTHS, WEEKDAYS
from bulletin.normalize.en.patterns import SPACE, SPACES
from bulletin.normalize.tokens import Rule, Token

FULL_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
SHORT_DAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
SHORT_MONTHS = {month[:3]: month for month in MONTHS} | {"Sept": "September"}
DASH = rf"(?:[-–]|{SPACE}[-–]{SPACE})"
MONTH = rf"(?:(?:{'|'.join(MONTHS)})(?![^\W_])|(?:{'|'.join(SHORT_MONTHS)})(?![^\W_])\.?)"
LAST_MONTH = rf"(?:{'|'.join(MONTHS)}|(?:{'|'.join(SHORT_MONTHS)})(?![^\W_])(?:\.(?={SPACE}[a-z\d]))?)"
DAYS = re.compile(rf"(?P<first>{FULL_DAY}|{SHORT_DAY})s?{DASH}(?P<last>{FULL_DAY}|{SHORT_DAY})(?![^\W_])")
BOTH_DAYS = re.compile(
    rf"(?P<first>{SHORT_DAY})(?:{SPACE}(?P<link>&|and|to){SPACE}|/)(?P<last>{SHORT_DAY})(?![^\W_])"
)
DAY_AND_TIME = re.compile(
    rf"(?P<day>{SHORT_DAY})\.?,?(?={SPACE}\d{{1,2}}(?:[.:]\d\d)?{SPACES}[ap]\.?m(?![^\W_]))"
)
BOTH_MONTHS = re.compile(
    rf"(?P<first>{MONTH}){DASH}(?P<last>{LAST_MONTH})(?![^\W_]|{SPACE}(?:[12]?\d|3[01])(?!\d))"
)
BETWEEN_DATES = re.compile(r"[-–—]|\s[–—-]\s")
UNTIL_NOW = re.compile(r"[-–](?=(?:present|now|today)(?![^\W_]))")
ENDS_DATE = re.compile(rf"{MONTH} \d{{1,2}}(?:, \d{{4}})?\Z|\d {MONTH}(?: \d{{4}})?\Z|\d0s\Z")
BEGINS_DATE = re.compile(rf"\s?(?:{MONTH} \d|\d{{1,2}} {MONTH})|['’]?\d{{0,3}}0s")


def days(token: Token) -> str:
    return " to ".join(WEEKDAYS.get(token[part], token[part]) for part in ("first", "last"))


def both_days(token: Token) -> str:
    link = "to" if token["link"] == "to" else "and"
    return f"{WEEKDAYS[token['first']]} {link} {WEEKDAYS[token['last']]}"


def both_months(token: Token) -> str:
    first, last = (token[part].rstrip(".") for part in ("first", "last"))
    return f"{SHORT_MONTHS.get(first, first)} to {SHORT_MONTHS.get(last, last)}"


def is_between_dates(token: Token) -> bool:
    """Whether a dash parts two dates or decades that each are said in full."""
    return bool(ENDS_DATE.search(token.before) and BEGINS_DATE.match(token.after))


def to(token: Token) -> str:
    return " to "


RULES = (
    Rule("days", DAYS, days, starts="u", needs="-–"),
    Rule("days", BOTH_DAYS, both_days, starts="u"),
    Rule("day", DAY_AND_TIME, lambda token: WEEKDAYS[token["day"]], starts="u"),
    Rule("months", BOTH_MONTHS, both_months, starts="u", needs="-–"),
    Rule("dates", BETWEEN_DATES, to, starts="s", needs="-–—", when=is_between_dates),
    Rule("until now", UNTIL_NOW, to, starts="m", needs="-–", when=lambda token: token.before[-1:].isdigit()),
)
