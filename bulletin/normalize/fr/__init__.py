"""French, from the most particular rule to the most general."""

import re

from bulletin.normalize import electronic
from bulletin.normalize.fr.abbreviations import ABBREVIATIONS
from bulletin.normalize.fr.acronyms import ACRONYMS, spelled
from bulletin.normalize.fr.dates import DATES
from bulletin.normalize.fr.ordinals import ORDINALS, ROMANS
from bulletin.normalize.fr.quantities import CARDINALS, MEASURES
from bulletin.normalize.fr.sequences import DOTTED_NUMBERS, SEQUENCES
from bulletin.normalize.fr.signs import MARKS, POWERS, SIGNS
from bulletin.normalize.fr.times import TIMES
from bulletin.normalize.tokens import Language

ATOM = re.compile(
    r"(?:[^\W\d_]{1,2}|jusqu|Jusqu|lorsqu|Lorsqu|puisqu|Puisqu|quoiqu|Quoiqu|quelqu)['’](?=[^\W_])"
    r"|[^\W\d_]++(?:[-‑][^\W\d_]++)*+(?:['’][^\W\d_]++)*+|\d++|\s++|.",
    re.DOTALL,
)

LANGUAGE = Language(
    "fr",
    rules=(
        *electronic.rules(SIGNS),
        *POWERS,
        *DATES,
        *TIMES,
        *ORDINALS,
        *MEASURES,
        *SEQUENCES,
        *DOTTED_NUMBERS,
        *CARDINALS,
        *ROMANS,
        *ABBREVIATIONS,
        *ACRONYMS,
        *MARKS,
    ),
    atom=ATOM,
    spelled=spelled,
)
