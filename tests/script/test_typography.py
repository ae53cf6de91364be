"""Whatever spaces, hyphens and apostrophes a page is set with, the same people say the same words."""

import re

import pytest

from bulletin.model import Article, Paragraph
from bulletin.script import write

PARAGRAPHS = (
    "C’est ce qu’a annoncé Anne-Lise Le Goff, responsable des pistes cyclables, mardi matin.",
    "« Le règlement n’a pas été suivi », a dit Mme Le Goff. « On en tire les conclusions. »",
    "M. Jean Dubuisson-Parent, 34 ans, vend des patins à roulettes. « Nous ferons appel, a promis le "
    "commerçant, et nous gagnerons. »",
    "Selon le Dr Ousmane Kane, « personne n’a compté les chutes ».",
)
SETTINGS = {
    "no-break": lambda text: text.replace(" ", "\u00a0"),
    "narrow no-break": lambda text: text.replace(" ", "\u202f"),
    "thin": lambda text: text.replace(" ", "\u2009"),
    "no-break hyphens": lambda text: text.replace("-", "\u2011"),
    "straight apostrophes": lambda text: text.replace("’", "'"),
    "tight guillemets": lambda text: re.sub(r"(?<=«) | (?=»)", "", text),
    "curly marks": lambda text: re.sub(r" ?»", "”", re.sub("« ?", "“", text)),
}


def who_says_what(setting):
    paragraphs = tuple(Paragraph(setting(text)) for text in PARAGRAPHS)
    script = write(Article("Fin des patins", paragraphs, "fr", "texte"))
    said = [(segment.text, segment.speaker) for segment in script.segments if segment.role == "quote"]
    return [(re.sub(r"\W+", " ", text).strip(), speaker) for text, speaker in said]


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_typography_changes_nobodys_words(setting):
    """A title before a no-break space is that of the name behind it."""
    found = who_says_what(setting)
    assert [speaker.name.split()[-1] for _, speaker in found] == [
        "Goff", "Goff", "Dubuisson-Parent", "Dubuisson-Parent", "Kane",
    ]  # fmt: skip
    assert found == who_says_what(str)
