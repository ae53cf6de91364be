"""French, from the most particular rule to the most general."""

import re

from bulletin.normalize import electronic
from bulletin.normalize.fr.abbreviations import ABBREVIATIONS
from bulletin.normalize.fr.acronyms import ACRONYMS, spelled
from bulletin.normalize.fr.dates import DATES
from bulletin.normalize.fr.fractions import FRACTIONS
from bulletin.normalize.fr.homographs import homograph
from bulletin.normalize.fr.inclusive import INCLUSIVE
from bulletin.normalize.fr.marks import LINE_STARTS, MARKS
from bulletin.normalize.fr.ordinals import ORDINALS, ROMANS
from bulletin.normalize.fr.particulars import PARTICULARS
from bulletin.normalize.fr.quantities import CARDINALS, ENDLESS_NUMBERS, MEASURES
from bulletin.normalize.fr.sequences import DOTTED_NUMBERS, ENGLISH_DECIMALS, ITEMS, PHONES, SEQUENCES
from bulletin.normalize.fr.signs import ADDRESS_SIGNS, POWERS, SIGNS, WORD_SIGNS
from bulletin.normalize.fr.times import PROGRAMMES, TIMES
from bulletin.normalize.tokens import Language

LETTER = r"[^\W\d_²³¹⁰-₟¼-¾⅐-↋]"
"""A letter; not the raised, lowered and roman figures that Unicode counts as word characters."""
ATOM = re.compile(
    rf"(?:{LETTER}{{1,2}}|jusqu|Jusqu|lorsqu|Lorsqu|puisqu|Puisqu|quoiqu|Quoiqu|quelqu)['’](?=[^\W_])"
    rf"|{LETTER}++(?:[-‑](?!Ste?s?[-‑]|n[°º]|s/|(?:Dr|Pr|Mgr|Me|Cie|Pdte?|pdte?|Ctre)(?![^\W_])|(?:prés|dir|min)\.|[IVX]{{1,5}}(?![^\W_])){LETTER}++)*+(?:['’]{LETTER}++)*+|[0-9]++|\s++|[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]++|.",
    re.DOTALL,
)

LANGUAGE = Language(
    "fr",
    rules=(
        *ENDLESS_NUMBERS,
        *electronic.rules(ADDRESS_SIGNS),
        *LINE_STARTS,
        *ITEMS,
        *INCLUSIVE,
        *PARTICULARS,
        *POWERS,
        *PHONES,
        *ENGLISH_DECIMALS,
        *PROGRAMMES,
        *DATES,
        *TIMES,
        *ORDINALS,
        *MEASURES,
        *FRACTIONS,
        *SEQUENCES,
        *DOTTED_NUMBERS,
        *CARDINALS,
        *ROMANS,
        *ABBREVIATIONS,
        *ACRONYMS,
        *SIGNS,
        *MARKS,
        *WORD_SIGNS,
    ),
    atom=ATOM,
    signs={"plus": "/plys/"},
    spelled=spelled,
    homograph=homograph,
)
