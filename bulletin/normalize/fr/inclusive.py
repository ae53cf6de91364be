"""Both genders in one word: "étudiant·e·s", "un(e)", "directeur·rice", said as two words."""

import re

from bulletin.normalize.tokens import Rule, Token

ENDINGS = {
    "rice": ("eur", "rice"),
    "trice": ("teur", "trice"),
    "euse": ("eur", "euse"),
    "ère": ("er", "ère"),
    "ive": ("if", "ive"),
}
"""Feminine endings that take the place of a masculine one; the others are added."""
ADDED = "e|ne|le|te|se|ère|ive|t?rice|euse"
MIDDLE = re.compile(
    rf"(?P<word>[^\W\d_]{{2,30}})(?:[·•‧⋅](?P<ending>{ADDED})(?P<many>[·•‧⋅]?s)?|\((?P<inside>{ADDED})\)(?P<more>s)?)(?![^\W_])"
)
POINTED = re.compile(r"(?P<word>[^\W\d_]{3,30})\.(?P<ending>e|ne|le)(?P<many>\.?s)?(?![^\W_]|[.@]\w)")


def say_both(token: Token) -> str:
    """ "étudiants et étudiantes", "un ou une"."""
    word, ending = token["word"], token["ending"] or token["inside"]
    old, new = ENDINGS.get(ending, ("", ending))
    feminine = (word.removesuffix(old) if word.endswith(old) else word) + new
    if feminine[1:].islower():
        feminine = feminine[0].lower() + feminine[1:]
    if not (token["many"] or token["more"]):
        return f"{word} ou {feminine}"
    masculine = word if word.endswith(("s", "x")) else word + "s"
    return f"{masculine} et {feminine}s"


INCLUSIVE = (
    Rule("both", MIDDLE, say_both, "lu", needs="·•‧⋅("),
    Rule("both", POINTED, say_both, "lu", needs="."),
)
