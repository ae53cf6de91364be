"""What people's own words tell of their gender in French: "je me suis sentie", "je suis content"."""

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
