"""Numbers in English words, in the British manner ("one hundred and five")."""

import re
from functools import lru_cache

from bulletin.normalize.numerals import IndianNumber, Number

DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
IRREGULAR_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
SCALES = {
    "k": "thousand",
    "m": "million",
    "mn": "million",
    "mln": "million",
    "mil": "million",
    "mm": "million",
    "b": "billion",
    "bn": "billion",
    "bln": "billion",
    "t": "trillion",
    "tn": "trillion",
    "trn": "trillion",
    "tr": "trillion",
}
LARGEST = 10**15
"""From here on the digits are named one by one, as nobody knows the names of such numbers."""


@lru_cache(maxsize=4096)
def cardinal(value: int) -> str:
    """
    >>> cardinal(1_160)
    'one thousand one hundred and sixty'
    """
    from num2words import num2words

    if value >= LARGEST:
        return spelled(str(value))
    words: str = num2words(value)
    return words.replace(",", "")


def ordinal(value: int) -> str:
    """
    >>> ordinal(82), ordinal(20), ordinal(100)
    ('eighty-second', 'twentieth', 'one hundredth')
    """
    return ordinal_of(cardinal(value))


def ordinal_of(words: str) -> str:
    """The ordinal of a number in words."""
    start, last = re.fullmatch(r"(.*?)(\w+)", words).groups()  # type: ignore[union-attr]  # words end in one
    if last in IRREGULAR_ORDINALS:
        return f"{start}{IRREGULAR_ORDINALS[last]}"
    return f"{start}{last[:-1]}ieth" if last.endswith("y") else f"{start}{last}th"


def plural_of(words: str) -> str:
    """
    >>> plural_of("nineteen ninety"), plural_of("six"), plural_of("seven")
    ('nineteen nineties', 'sixes', 'sevens')
    """
    if words.endswith("y"):
        return f"{words[:-1]}ies"
    return f"{words}es" if words.endswith("x") else f"{words}s"


def spelled(digits: str, zero: str = "zero") -> str:
    """Digit by digit: "one zero one"."""
    return " ".join(DIGITS[int(digit)] if digit != "0" else zero for digit in digits)


def quantity(number: Number) -> str:
    """A number that counts or measures.

    >>> quantity(Number("3", "05"))
    'three point zero five'
    """
    name = in_lakhs if isinstance(number, IndianNumber) else cardinal
    integer = name(number.whole) if len(number.integer) < 400 else spelled(number.integer)
    return integer if number.fraction is None else f"{integer} point {spelled(number.fraction)}"


def in_lakhs(value: int) -> str:
    """
    >>> in_lakhs(206_000), in_lakhs(12_500_000), in_lakhs(100_005)
    ('two lakh six thousand', 'one crore twenty-five lakh', 'one lakh and five')
    """
    crores, rest = divmod(value, 10**7)
    lakhs, rest = divmod(rest, 10**5)
    large = [f"{cardinal(count)} {name}" for count, name in ((crores, "crore"), (lakhs, "lakh")) if count]
    small = [f"and {cardinal(rest)}" if large and rest < 100 else cardinal(rest)] if rest or not large else []
    return " ".join(large + small)


def year(value: int) -> str:
    """
    >>> year(1984), year(1905), year(1900)
    ('nineteen eighty-four', 'nineteen oh five', 'nineteen hundred')
    >>> year(2005), year(2022), year(1066)
    ('two thousand and five', 'twenty twenty-two', 'ten sixty-six')
    """
    century, rest = divmod(value, 100)
    if value < 1000 or value > 9999 or (century % 10 == 0 and rest < 10):
        return cardinal(value)
    return pairs(value)


def pairs(value: int) -> str:
    """Four digits as two pairs: "fifteen forty-nine", "sixteen hundred", "ten oh seven"."""
    hundreds, rest = divmod(value, 100)
    if hundreds % 10 == 0 and rest == 0:
        return cardinal(value)
    if rest == 0:
        return f"{cardinal(hundreds)} hundred"
    return f"{cardinal(hundreds)} {'oh ' if rest < 10 else ''}{cardinal(rest)}"


def decade(value: int) -> str:
    """
    >>> decade(1990), decade(2000), decade(1800), decade(80)
    ('nineteen nineties', 'two thousands', 'eighteen hundreds', 'eighties')
    """
    return plural_of(year(value))


def code(digits: str) -> str:
    """A number that is a name: "M25", "A303", "MH370", "1549".

    >>> code("25"), code("303"), code("370"), code("287"), code("1549")
    ('twenty-five', 'three oh three', 'three seventy', 'two eight seven', 'fifteen forty-nine')
    """
    if digits.startswith("0") or len(digits) > 4:
        return spelled(digits)
    if len(digits) == 3:
        return three_digits(digits)
    return cardinal(int(digits)) if len(digits) < 3 else pairs(int(digits))


def three_digits(digits: str) -> str:
    if digits.endswith("00"):
        return cardinal(int(digits))
    if digits[2] == "0":
        return f"{cardinal(int(digits[0]))} {cardinal(int(digits[1:]))}"
    return spelled(digits, "oh")
