"""What a language is to this room, and the typed tokens that its rules find.

A rule names a class of token ("money", "date"…), shows what one looks like, says in which company it may
stand, and puts it into words. Recognition comes first: a rule that fits a place takes it, and no later
rule sees the inside of a token. What a token is said as is worked out once, from its own match.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

STARTS = {"d": {"d"}, "l": {"l"}, "u": {"u"}, "m": {"m", "s"}, "w": {"s"}}
"""Classes of characters, and the letters by which rules say that they can begin with one."""
NEAR = 80
"""How many characters of the line on each side a rule may look at: enough for a clause, and it keeps
reading linear in the length of the line."""


@dataclass(frozen=True)
class Token:
    """A stretch of the line of one class. `match` is its rule's match, whose groups are its parts."""

    kind: str
    match: re.Match[str]

    @property
    def start(self) -> int:
        return self.match.start()

    @property
    def end(self) -> int:
        return self.match.end()

    @property
    def written(self) -> str:
        return self.match.group()

    @cached_property
    def before(self) -> str:
        """The line to the left of the token, as far as rules look."""
        return self.match.string[max(0, self.start - NEAR) : self.start]

    @cached_property
    def after(self) -> str:
        """The line to the right of the token, as far as rules look."""
        return self.match.string[self.end : self.end + NEAR]

    def __getitem__(self, group: str) -> str:
        """A part of the token as written; empty where it has no such part."""
        return self.match.groupdict().get(group) or ""


@dataclass(frozen=True, eq=False)
class Rule:
    """One class of token.

    `pattern` is matched where an atom of the line begins; it must not be able to run over more than a few
    hundred characters and fail (bound every repetition, or make it possessive), so that no line takes
    more than linear time. `starts` tells with what a token can begin: any of "d" (a digit 0-9), "l" (a
    lower-case letter), "u" (another letter), "m" (a mark: any sign but white space), "s" (a mark or white
    space). `needs`, where given, are characters of which a line must hold one for the rule to be tried at
    all: it saves time. `when` looks at the company. `say` is None for a token that can't be read after all:
    it is left as it is, and later rules may have it.
    """

    kind: str
    pattern: re.Pattern[str]
    say: Callable[[Token], str | None]
    starts: str = "d"
    needs: str = ""
    when: Callable[[Token], bool] | None = None

    def token(self, match: re.Match[str]) -> Token | None:
        """The token that a match of the pattern is, where it may stand."""
        if match.end() == match.start():
            return None
        token = Token(self.kind, match)
        return token if self.when is None or self.when(token) else None


@dataclass(frozen=True, eq=False)
class Language:
    """All that reading a language needs. `rules` are tried in order; `atom` cuts plain text into the
    smallest pieces (a word with its hyphens, an elided article, white space, one sign).

    `signs` tells how words sound that are said for a sign. `spelled` tells how an engine must be told to
    say a written word whose letters are named one by one (an acronym), as a respelling; None for any other
    word. `homograph` is given a spoken word, its line and where in it the word starts, and tells how the
    word sounds there; None where its spelling tells.
    """

    code: str
    rules: tuple[Rule, ...] = ()
    atom: re.Pattern[str] = re.compile(r"[^\W\d_]++(?:[-‑'’][^\W\d_]++)*+|\d++|\s++|.", re.DOTALL)
    signs: Mapping[str, str] = field(default_factory=dict)
    spelled: Callable[[str], str | None] = field(default=lambda word: None)
    homograph: Callable[[str, str, int], str | None] = field(default=lambda word, line, start: None)

    @cached_property
    def dispatch(self) -> Mapping[str, tuple[Rule, ...]]:
        """The rules that can begin with each class of character."""
        return {
            start: tuple(rule for rule in self.rules if not letters.isdisjoint(rule.starts))
            for start, letters in STARTS.items()
        }

    @cached_property
    def needs(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        """What some rules need to find in a line, with a regex that finds it."""
        needed = {rule.needs for rule in self.rules if rule.needs}
        return tuple((needs, re.compile(f"[{re.escape(needs)}]")) for needs in needed)


def starts_with(character: str) -> str:
    """The class of a character that a token begins with: see `Rule.starts`."""
    if character in "0123456789":
        return "d"
    if not character.isalpha():
        return "w" if character.isspace() else "m"
    return "l" if character.islower() else "u"
