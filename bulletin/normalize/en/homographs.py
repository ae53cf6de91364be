"""Words that are written alike and said apart: "she read it", "lead pipes", "to live", "a diplomatic row".

Only what espeak-ng says wrong in that place is here; `homographs.toml` has the facts.
"""

from functools import cache

from bulletin.normalize.en.tables import load
from bulletin.normalize.homographs import Sounds, by_context, sound


def homograph(word: str, line: str, start: int) -> str | None:
    """How to say the word that stands at `start` of the line; None where the voice knows.

    >>> homograph("lead", "Old lead pipes", 4), homograph("lead", "She took the lead.", 13)
    ('/lˈɛd/', None)
    """
    return sound(word, line, start, _sounds())


@cache
def _sounds() -> Sounds:
    facts = load("homographs")
    return by_context(facts["rules"], facts["parts"])
