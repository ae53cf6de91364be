"""Words that are written alike and said apart: "les poules du couvent couvent", "ses fils", "à l'est".

Which it is shows in the words around: a verb in -ent has a plural before it, a noun or adjective in -ent
has not. (spaCy's small model was tried for it, and takes more of these verbs for adverbs and adjectives
than the words before them do.) Only what espeak-ng says wrong is here; `homographs.toml` has the facts.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bulletin.normalize.fr import tables
from bulletin.normalize.tokens import NEAR

PART = re.compile(r"\{(\w*[a-z]\w*)\}")
PLAIN = str.maketrans({"’": "'", "\u00a0": " ", "\u202f": " "})
ANYTHING = re.compile("")


@dataclass(frozen=True)
class Sound:
    """How a word is said where the text before it ends with `before`, that after begins with `after`, and
    the text before doesn't end with `unless`."""

    ipa: str
    before: re.Pattern[str] = ANYTHING
    after: re.Pattern[str] = ANYTHING
    unless: re.Pattern[str] | None = None

    def fits(self, before: str, after: str) -> bool:
        return bool(
            self.after.match(after)
            and self.before.search(before)
            and not (self.unless and self.unless.search(before))
        )


def homograph(word: str, line: str, start: int) -> str | None:
    """How to say the word that stands at `start` of the line; None where its spelling tells.

    >>> homograph("président", "Ils président.", 4)
    '/pʁezid/'
    >>> homograph("président", "Le président.", 3)
    """
    sounds = _sounds().get(word) or _sounds().get(word.lower())
    if sounds is None:
        return None
    end = start + len(word)
    before = line[max(0, start - NEAR) : start].translate(PLAIN)
    after = line[end : end + NEAR].translate(PLAIN)
    return next((sound.ipa for sound in sounds if sound.fits(before, after)), None) or None


@cache
def _sounds() -> Mapping[str, tuple[Sound, ...]]:
    """The sounds that each word can have, in the order in which they are tried."""
    facts = tables.load("homographs")
    verbs = facts["verbs"] | facts["plural_verbs"]
    sounds = {
        **{word: (Sound(ipa),) for word, ipa in (facts["verbs"] | facts["others"]).items()},
        **{word: plural(ipa) for word, ipa in facts["plural_verbs"].items()},
        **{f"{word}-ils": (Sound(f"{ipa[:-1]}til/"),) for word, ipa in verbs.items()},
        **{f"{word}-elles": (Sound(f"{ipa[:-1]}tɛl/"),) for word, ipa in verbs.items()},
    }
    for rule in facts["rules"]:
        for word in rule["words"].split():
            sounds[word] = (*sounds.get(word, ()), contextual(rule))
    return sounds


def plural(ipa: str) -> tuple[Sound, ...]:
    """A verb that is one behind a plural, or behind a plural further off and before an object."""
    subject, far_subject = ending_with("{plural_subject}"), ending_with("{far_subject}")
    return Sound(ipa, subject), Sound(ipa, far_subject, re.compile(filled("{object}")))


def contextual(rule: Mapping[str, str]) -> Sound:
    """A rule of the table with its contexts compiled."""
    return Sound(
        rule["ipa"],
        ending_with(rule["before"]) if "before" in rule else ANYTHING,
        re.compile(filled(rule["after"]), re.IGNORECASE) if "after" in rule else ANYTHING,
        ending_with(rule["unless"]) if "unless" in rule else None,
    )


def ending_with(context: str) -> re.Pattern[str]:
    """A regex for text that ends with the context."""
    return re.compile(rf"(?:{filled(context)})\Z", re.IGNORECASE)


def filled(context: str) -> str:
    """The context with its parts, and their parts, put in."""
    parts = tables.load("homographs")["parts"]
    while PART.search(context):
        context = PART.sub(lambda match: parts[match.group(1)], context)
    return context
