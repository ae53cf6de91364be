"""How a British or American newsreader says English: "£3.5m" is "three point five million pounds"."""

import re

from bulletin.normalize.en import (
    abbreviations,
    calendar,
    clock,
    codes,
    electronic,
    law,
    letters,
    measures,
    money,
    numbers,
    places,
    roman,
    scores,
    signs,
    sizes,
    spans,
)
from bulletin.normalize.en.homographs import homograph
from bulletin.normalize.tokens import Language

RULES = (
    *electronic.RULES,
    *measures.SIDES,
    *signs.FIRST,
    *spans.RULES,
    *places.RULES,
    *law.RULES,
    *codes.RULES,
    *numbers.FIRST,
    *calendar.RULES,
    *clock.RULES,
    *money.RULES,
    *sizes.RULES,
    *measures.RULES,
    *scores.RULES,
    *roman.RULES,
    *abbreviations.RULES,
    *letters.RULES,
    *numbers.RULES,
    *signs.RULES,
)

ATOM = re.compile(r"[^\W\d_¹²³⁰-₉¼-¾⅐-⅞]++(?:[-‑'’][^\W\d_¹²³⁰-₉¼-¾⅐-⅞]++)*+|\d++|\s++|.", re.DOTALL)
"""As the core's, but a raised or lowered digit is no part of a word."""
LANGUAGE = Language("en", RULES, atom=ATOM, spelled=letters.spelled, homograph=homograph)
