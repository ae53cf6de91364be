"""What words tell of gender: in French what people say of themselves, in English what is said of them."""

from __future__ import annotations

import re

from bulletin.model import Gender

OF_MYSELF = re.compile(
    r"\b(?:je (?:me |m['’])?(?:suis|étais|serai|serais|sens|sentais|reste|restais)|j['’](?:ai|avais) été)"
    r"(?: (?:pas|très|trop|si|bien|plutôt|tout|toute))? (\w+)",
    re.IGNORECASE,
)
FEMININE = re.compile(
    r"(?:ée|euse|ive|nne|elle|[nr]te|ière|aite|uite|[iu]e|ise|erte|einte|seule|sûre|prête)$"
)
MASCULINE = re.compile(r"(?:é|eux|if|ien|[^m]ent|ant|[iu]|[iu]s|uit|ert|eint|seul|sûr|prêt|fier)$")
ADVERBS = frozenset(
    "ici aussi ainsi parmi depuis plus jamais toujours dessus dessous souvent avant pendant maintenant "
    "autant tant cependant présent".split()
)

HE = re.compile(r"\b(?:he|himself|his)\b", re.IGNORECASE)
SHE = re.compile(  # "her" before a noun, not "under her for years"
    r"\b(?:she|herself)\b"
    r"|(?<!under )(?<!with )(?<!to )(?<!of )\bher (?!(?:for|to|in|on|at|with|and|as|that)\b)[a-z]",
    re.IGNORECASE,
)
HIMSELF = re.compile(  # of nobody but whom the sentence is about
    r"\b(?:he|himself|she|herself|(?:his|her) own|on (?:his|her) way|in (?:his|her) \d0s)\b",
    re.IGNORECASE,
)
OWN = re.compile(r"\b(?:himself|herself|(?:his|her) own)\b", re.IGNORECASE)


def of_speaker(said: str) -> Gender:
    """The gender with which what people say of themselves agrees, `unknown` where it is silent or divided.

    >>> of_speaker("Je me suis endormie au feu rouge."), of_speaker("Je suis ici depuis midi.")
    ('f', 'unknown')
    """
    words = [match[1].lower() for match in OF_MYSELF.finditer(said)]
    words = [word for word in words if word not in ADVERBS]
    feminine = sum(bool(FEMININE.search(word)) for word in words)
    masculine = sum(bool(MASCULINE.search(word)) for word in words)
    if bool(feminine) == bool(masculine):
        return "unknown"
    return "f" if feminine else "m"


def of_named(behind: str) -> Gender:
    """What an English sentence about one person says behind the name: "he", "his work" or "she", "her work".

    >>> of_named(" put down her pen."), of_named(", who served under her for years")
    ('f', 'unknown')
    """
    masculine, feminine = HE.search(behind), SHE.search(behind)
    if bool(masculine) == bool(feminine):
        return "unknown"
    return "m" if masculine else "f"


def is_sure(behind: str) -> bool:
    """Whether that can't be said of somebody named before: "who was her apprentice" can."""
    return HIMSELF.search(behind) is not None


def of_unnamed(sentence: str) -> Gender:
    """What an English sentence says of whomever it is about without a name.

    >>> of_unnamed("A trader offered a verdict of her own:")
    'f'
    """
    own = OWN.search(sentence)
    if own is None:
        return "unknown"
    return "m" if own.group().lower().startswith("hi") else "f"
