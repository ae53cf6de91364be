"""Words that are written alike and said apart: "les poules du couvent couvent", "ses fils", "à l'est".

Which it is shows in the words around: a verb in -ent has a plural before it, a noun or adjective in -ent
has not. (spaCy's small model was tried for it, and takes more of these verbs for adverbs and adjectives
than the words before them do.) Only what espeak-ng says wrong is here; `homographs.toml` has the facts.
"""

import re
from functools import cache

from bulletin.normalize.fr import tables
from bulletin.normalize.homographs import Sound, Sounds, by_context, ending_with, filled, sound


def homograph(word: str, line: str, start: int) -> str | None:
    """How to say the word that stands at `start` of the line; None where its spelling tells.

    >>> homograph("président", "Ils président.", 4)
    '/pʁezid/'
    >>> homograph("président", "Le président.", 3)
    """
    return sound(word, line, start, _sounds())


@cache
def _sounds() -> Sounds:
    """The sounds that each word can have, in the order in which they are tried."""
    facts = tables.load("homographs")
    verbs = facts["verbs"] | facts["plural_verbs"]
    sounds = {
        **{word: (Sound(ipa),) for word, ipa in (facts["verbs"] | facts["others"]).items()},
        **{word: plural(ipa) for word, ipa in facts["plural_verbs"].items()},
        **{f"{word}-ils": (Sound(f"{ipa[:-1]}til/"),) for word, ipa in verbs.items()},
        **{f"{word}-elles": (Sound(f"{ipa[:-1]}tɛl/"),) for word, ipa in verbs.items()},
    }
    for word, found in by_context(facts["rules"], facts["parts"]).items():
        sounds[word] = (*sounds.get(word, ()), *found)
    return sounds


def plural(ipa: str) -> tuple[Sound, ...]:
    """A verb that is one behind a plural, or behind a plural further off and before an object."""
    parts = tables.load("homographs")["parts"]
    subject, far_subject = ending_with("{plural_subject}", parts), ending_with("{far_subject}", parts)
    return Sound(ipa, subject), Sound(ipa, far_subject, re.compile(filled("{object}", parts)))
