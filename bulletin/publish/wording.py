"""The few words that published files say of themselves, per language."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "fr": {
        "disclosure": "Les voix de ce bulletin sont synthétiques, produites par intelligence artificielle.",
        "narrator": "Narration",
        "headline": "Titre",
        "unknown": "Citation",
    },
    "en": {
        "disclosure": "The voices in this bulletin are synthetic, produced by artificial intelligence.",
        "narrator": "Narrator",
        "headline": "Headline",
        "unknown": "Quote",
    },
}


def wording(language: str) -> dict[str, str]:
    """The words of that language; English where there are none."""
    return WORDS.get(language, WORDS["en"])
