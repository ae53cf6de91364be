"""Times and durations: "7.30pm", "14:30", "9am-5pm", "0800 GMT", "2h 15m", "1:59:40"."""

import re

from bulletin.normalize.en.calendar import ends_sentence
from bulletin.normalize.en.patterns import (
    NO_DIGIT_BEFORE,
    SPACE,
    SPACES,
    TO,
    WORD_END,
    number,
    qualifies_noun,
    words_before,
)
from bulletin.normalize.en.tables import WORDS
from bulletin.normalize.en.words import cardinal, quantity
from bulletin.normalize.tokens import Rule, Token

HALF = r"(?:[ap]\.m\.?|[AP]\.M\.?|[ap]m|[AP]M)(?![^\W_])"
HOURS = r"(?:[01]?\d|2[0-4])"
MINUTES = r"[0-5]\d"
TWELVE = re.compile(
    rf"{NO_DIGIT_BEFORE}(?P<hour>{HOURS})(?:[.:](?P<minute>{MINUTES}))?{SPACES}(?P<half>{HALF})?"
    rf"(?:{TO}(?P<last_hour>{HOURS})(?:[.:](?P<last_minute>{MINUTES}))?{SPACES}(?P<last_half>{HALF}))?"
)
CLOCK = re.compile(
    rf"{NO_DIGIT_BEFORE}(?P<hour>{HOURS}):(?P<minute>{MINUTES})(?::(?P<second>{MINUTES}))?"
    rf"(?:(?P<link>{TO})(?P<last_hour>{HOURS}):(?P<last_minute>{MINUTES}))?(?:Z{WORD_END})?(?![.:]?\d)"
)
POINT = re.compile(
    rf"{NO_DIGIT_BEFORE}(?P<hour>{HOURS})\.(?P<minute>{MINUTES})(?:{TO}(?P<last_hour>{HOURS})\.(?P<last_minute>{MINUTES}))?(?![.:]?\d|%|[^\W_])"
)
MILITARY = re.compile(
    rf"{NO_DIGIT_BEFORE}(?P<hour>[01]\d|2[0-4]):?(?P<minute>{MINUTES})(?P<hours>{SPACES}(?:hrs|hours))?(?![\d.,:]\d|\d)"
)
LENGTH = re.compile(
    rf"{NO_DIGIT_BEFORE}(?:(?P<hours>\d{{1,3}}){SPACES}h(?:(?:ou)?rs?)?\.?,?{SPACES})?(?:(?P<minutes>\d{{1,2}})(?:{SPACES}(?:m|mins?|minutes?)(?:\.(?={SPACE}[a-z\d]))?(?![^\W\d_])|(?![\d.,])))"
    rf"(?:,?{SPACES}(?P<seconds>\d{{1,2}}(?:\.\d{{1,3}})?){SPACES}s(?:ec(?:ond)?s?)?)?{WORD_END}"
)
RACE = re.compile(
    rf"{NO_DIGIT_BEFORE}(?:(?P<hours>\d{{1,2}}):(?P<minutes>{MINUTES})|(?P<only_minutes>\d{{1,2}})):(?P<seconds>{MINUTES}(?:\.\d{{1,3}})?)(?![\d:])"
)
SERVICE = re.compile(r"\s(?:train|service|flight|bus|ferry|coach|kick-off|start|from [A-Z]|to [A-Z])")
DURATION_WORDS = WORDS["duration_words"]


def clock_time(hour: int, minutes: str) -> str:
    """ "seven thirty", "ten oh five", "nine o'clock" without its last word."""
    if not minutes or minutes == "00":
        return cardinal(hour)
    return f"{cardinal(hour)} {'oh ' if minutes[0] == '0' else ''}{cardinal(int(minutes))}"


def half(written: str) -> str:
    return " A M" if written[:1].lower() == "a" else " P M" if written else ""


def twelve(token: Token) -> str | None:
    """A time with a.m. or p.m., or two of them."""
    last_half = token["last_half"]
    if not token["half"] and not last_half:
        return None
    said = clock_time(int(token["hour"]), token["minute"]) + half(token["half"])
    if last_half:
        said += f" to {clock_time(int(token['last_hour']), token['last_minute'])}{half(last_half)}"
    return said + ("." if token.written.endswith(".") and ends_sentence(token.after) else "")


def full_time(hour: int, minutes: str) -> str:
    """A time of the 24-hour clock."""
    if hour == 0 and minutes == "00":
        return "midnight"
    if hour == 0:
        return clock_time(12, minutes) + " A M"
    if minutes != "00":
        return clock_time(hour, minutes)
    return f"{cardinal(hour)} hundred" if hour > 12 else f"{cardinal(hour)} o'clock"


def clock(token: Token) -> str | None:
    """ "fourteen thirty"."""
    if token["second"]:
        return (
            f"{full_time(int(token['hour']), token['minute'])} and {cardinal(int(token['second']))} seconds"
        )
    if {"ratio", "odds", "scale"} & set(words_before(token.before, 3)):
        return None
    said = full_time(int(token["hour"]), token["minute"])
    if token["last_hour"]:
        said += f" to {full_time(int(token['last_hour']), token['last_minute'])}"
    return said


def point(token: Token) -> str | None:
    """ "7.30" where only a time makes sense."""
    near = words_before(token.before, 4)
    if near[:1] == ["the"] and SERVICE.match(token.after):
        return clock(token)
    if (
        not near
        or near[0] not in ("at", "until", "till", "by", "before", "after", "from")
        or int(token["minute"]) % 5
    ):
        return None
    if near[0] != "at" and not token["last_hour"] and len(token["hour"]) < 2:
        return None
    if {
        "closed",
        "trading",
        "traded",
        "stood",
        "priced",
        "rate",
        "shares",
        "rated",
        "points",
        "average",
    } & set(near):
        return None
    if not re.match(
        r"[,.;)”\"’]|\s*\Z|\s(?:on|in|this|tomorrow|tonight|today|yesterday|and|for|sharp|local|GMT|BST|when|after|before|to|each|every|to|until)\b",
        token.after,
    ):
        return None
    return clock(token)


def military(token: Token) -> str | None:
    """ "oh eight hundred GMT", "fourteen thirty hours"."""
    if not token["hours"] and not re.match(
        rf"{SPACES}(?:GMT|BST|UTC|CET|CEST|EST|EDT|ET|PT|IST|local time|Zulu|Z)\b", token.after
    ):
        return None
    hour, minutes = token["hour"], token["minute"]
    start = ("oh " if hour[0] == "0" else "") + cardinal(int(hour))
    rest = "hundred" if minutes == "00" else ("oh " if minutes[0] == "0" else "") + cardinal(int(minutes))
    return f"{start} {rest}{' hours' if token['hours'] else ''}"


def counted(value: str, unit: str) -> str:
    plural = "" if value in ("1", "01") else "s"
    return f"{quantity(number(value))} {unit}{plural}"


def in_words(hours: str, minutes: str, seconds: str) -> str:
    """ "one hour fifty-nine minutes and forty seconds"."""
    parts = [
        counted(value, unit)
        for value, unit in ((hours, "hour"), (minutes, "minute"), (seconds, "second"))
        if value
    ]
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]


def length(token: Token) -> str | None:
    """ "two hours and fifteen minutes"."""
    if not token["hours"] and not token["seconds"]:
        return None
    if not token["hours"] and not re.search(r"\dm|min", token.written.replace(" ", "")):
        return None
    if qualifies_noun(token.before, token.after):
        return attributive(token["hours"], token["minutes"], token["seconds"])
    return in_words(token["hours"], token["minutes"], token["seconds"])


def attributive(hours: str, minutes: str, seconds: str) -> str:
    """Before a noun: "a two hour fifteen minute delay"."""
    parts = ((hours, "hour"), (minutes, "minute"), (seconds, "second"))
    return " ".join(f"{quantity(number(value))} {unit}" for value, unit in parts if value)


def race(token: Token) -> str | None:
    """A time that a runner or a film takes."""
    near = words_before(token.before, 3)
    if token["hours"] and len(token["hours"]) == 1:
        return in_words(
            token["hours"], token["minutes"].lstrip("0") or "", token["seconds"].removeprefix("0")
        )
    if not ("." in token["seconds"] or (token["hours"] and DURATION_WORDS & set(near))):
        return None
    if not token["hours"] and near[:1] in (["a"], ["an"], ["his"], ["her"]):
        return f"{cardinal(int(token['only_minutes']))} {seconds_after_minutes(token['seconds'])}"
    return in_words(token["hours"], token["minutes"] or token["only_minutes"], token["seconds"])


def seconds_after_minutes(written: str) -> str:
    """ "oh seven point six four", as in "a four oh seven point six four mile"."""
    return ("oh " if written[0] == "0" else "") + quantity(number(written))


RULES = (
    Rule("duration", LENGTH, length, needs="ms"),
    Rule("duration", RACE, race, needs=":"),
    Rule("time", TWELVE, twelve, needs="mM"),
    Rule("time", MILITARY, military),
    Rule("time", CLOCK, clock, needs=":"),
    Rule("time", POINT, point, needs="."),
)
