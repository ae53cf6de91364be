"""What stands around an article and is not read: how the facts in furniture_*.toml apply."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

STRAIGHT = str.maketrans({"’": "'", "‘": "'", "\u00a0": " ", "\u202f": " ", "ʼ": "'", "′": "'"})
NAME_OR_HANDLE = re.compile(r"@?[\w'’.&+-]+(?: [\w'’.&+-]+){0,8}")
LONGEST = 1_500  # characters; no furniture is longer, and no pattern is run on more
DECORATION = re.compile(r"^[\s*_•·|>\-–—]+(?=\S)")


@dataclass(frozen=True, slots=True)
class LineRule:
    """A line of at most `words` words that matches is left out as `reason`; `end`: only near the end."""

    reason: str
    words: int
    end: bool
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class InlineRule:
    """Parts of a paragraph that are cut out, and the words that make a link after them furniture."""

    reason: str
    cuts: tuple[re.Pattern[str], ...]
    lead: re.Pattern[str]


@cache
def table(language: str) -> dict[str, Any]:
    """The facts of one language as they stand in its file."""
    text = files("bulletin.intake").joinpath(f"furniture_{language}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def line_rules(language: str) -> tuple[LineRule, ...]:
    return tuple(_line_rule(entry) for entry in table(language)["line"])


def _line_rule(entry: dict[str, Any]) -> LineRule:
    starts = [f"(?:{pattern})" for pattern in entry.get("start", [])]
    wholes = [f"(?:{pattern})\\Z" for pattern in entry.get("whole", [])]
    flags = re.NOFLAG if entry.get("case") else re.IGNORECASE
    pattern = re.compile("|".join(starts + wholes), flags)
    return LineRule(entry["reason"], entry["words"], entry.get("end", False), pattern)


@cache
def inline_rules(language: str) -> tuple[InlineRule, ...]:
    return tuple(
        InlineRule(
            entry["reason"],
            tuple(re.compile(pattern, re.IGNORECASE) for pattern in entry["cut"]),
            re.compile(entry["lead"], re.IGNORECASE),
        )
        for entry in table(language)["inline"]
    )


@cache
def blurb(language: str) -> re.Pattern[str]:
    """How descriptions begin that advertise a page."""
    return re.compile(table(language)["description"]["blurb"], re.IGNORECASE)


def plain(text: str) -> str:
    """The form that the rules are written for: straight apostrophes, plain spaces, no leading bullets."""
    return DECORATION.sub("", text.translate(STRAIGHT))


def reason_of_line(text: str, language: str, *, at_end: bool = False) -> str | None:
    """Why a whole paragraph is not read, or None."""
    if len(text) > LONGEST:
        return None
    if not any(character.isalnum() for character in text):
        return "separator"
    line = plain(text)
    count = len(line.split())
    for rule in line_rules(language):
        if count <= rule.words and (at_end or not rule.end) and rule.pattern.match(line):
            return rule.reason
    return "credits" if is_credits_line(line, language) else None


def is_credits_line(line: str, language: str) -> bool:
    """Names between strokes, without a sentence: "Reuters / Suspline Kharkiv / TELEGRAM @KUPTG".

    Two parts need an agency among them; with more, most must begin like names or handles.
    """
    parts = [part.strip(" '\"()") for part in re.split(r"\s/\s?|\s?/\s|/", line)]
    parts = [part for part in parts if part]
    if len(parts) < 2 or (re.search(r"[.!?…]\s+[A-ZÀ-Ý]|[;:]|[.!?]$", line) and not line.isupper()):
        return False
    agencies = table(language)["bare"]["agencies"]
    known = sum(
        any(re.search(rf"\b{re.escape(name)}\b", part.lower()) for name in agencies) for part in parts
    )
    names = sum(bool(NAME_OR_HANDLE.match(part)) and (part[0].isupper() or part[0] == "@") for part in parts)
    spaced = line.count(" / ") >= 1
    return (known >= 1 and names == len(parts) and (spaced or len(line.split()) <= 8)) or (
        spaced and len(parts) >= 4 and names >= 0.8 * len(parts)
    )
