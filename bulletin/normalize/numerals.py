"""How numbers are written: digits, group marks, a decimal mark. Values are exact digits, never floats."""

import re
from dataclasses import dataclass

SPACE = r"[ \u00a0\u202f\u2009\u2007\u2008]"
"""One space of any kind that stands between the parts of a number or before a unit."""
NO_BREAK = r"[\u00a0\u202f\u2009\u2007\u2008]"
DASH = r"[-‐‑–—−]"
MINUS = r"[-−–]"


LONGEST = 60


@dataclass(frozen=True, slots=True)
class Number:
    """A written number: its integer digits without group marks, and the digits after the decimal mark
    (None where there is no mark; trailing zeros kept)."""

    integer: str
    fraction: str | None = None

    @property
    def whole(self) -> int:
        """The integer part; of a number too long to have a name, something as good as endless."""
        return int(self.integer) if len(self.integer) <= LONGEST else 10**LONGEST

    @property
    def is_whole(self) -> bool:
        """Whether no fraction is written."""
        return self.fraction is None

    @property
    def is_plural_from_two(self) -> bool:
        """The plural rule of French: from two up ("1,9 million", "2 millions")."""
        return len(self.integer) > 3 or int(self.integer) >= 2


class IndianNumber(Number):
    """A number whose digits are grouped as in India, and which is said in lakhs and crores."""

    __slots__ = ()


def integer_pattern(separators: str) -> str:
    """A regex for an integer with thousands grouped by any one of the separators (regexes joined by |), the
    same throughout, or not grouped at all. At most fifteen groups."""
    grouped = "|".join(
        rf"\d{{1,3}}(?:{separator}\d{{3}}(?!\d)){{1,15}}+" for separator in separators.split("|")
    )
    return rf"(?:{grouped}|\d++)"


def parse(written: str, decimal_mark: str) -> Number:
    """The number that is written; anything but digits and the decimal mark is a group mark.

    >>> parse("1 426,30", ",")
    Number(integer='1426', fraction='30')
    """
    integer, mark, fraction = written.rpartition(decimal_mark)
    if not mark:
        integer, fraction = written, ""
    return Number(digits(integer) or "0", digits(fraction) if mark else None)


def digits(written: str) -> str:
    """The digits of it alone."""
    return re.sub(r"\D", "", written)
