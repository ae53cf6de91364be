"""The words that published files say of themselves, per language."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "fr": {
        "disclosure": "Les voix de ce bulletin sont synthétiques, produites par intelligence artificielle.",
        "narrator": "Narration",
        "unknown": "Citation",
        "open": "«\u00a0",
        "close": "\u00a0»",
        "says": "\u00a0: ",
        "by": "Par",
        "source": "Article d'origine",
        "player": "Lecteur",
        "chapters": "Chapitres",
        "text": "Texte du bulletin",
        "speed": "Vitesse",
        "previous": "Phrase précédente",
        "next": "Phrase suivante",
        "follow": "Suivre la voix",
        "theme": "Couleurs",
        "theme_auto": "du système",
        "theme_light": "claires",
        "theme_dark": "sombres",
        "resumed": "Reprise à",
        "restart": "Recommencer au début",
        "help": "Cliquez sur une phrase, ou choisissez-la avec les flèches du clavier et appuyez sur Entrée,"
        " pour l'écouter. La barre d'espace met en pause et reprend.",
        "no_script": "Sans JavaScript, le son et le texte restent disponibles, mais ne se suivent pas.",
        "no_audio": "Le fichier audio est introuvable\u00a0: il doit se trouver à côté de cette page.",
        "transcript": "Transcription",
        "opening": "Ouverture",
        "closing": "Fin",
        "contents": "Sommaire",
        "cover": "Couverture",
        "summary": "Texte et voix synchronisés phrase par phrase. Les voix sont synthétiques.",
    },
    "en": {
        "disclosure": "The voices in this bulletin are synthetic, produced by artificial intelligence.",
        "narrator": "Narrator",
        "unknown": "Quote",
        "open": "“",
        "close": "”",
        "says": ": ",
        "by": "By",
        "source": "Original article",
        "player": "Player",
        "chapters": "Chapters",
        "text": "Text of the bulletin",
        "speed": "Speed",
        "previous": "Previous sentence",
        "next": "Next sentence",
        "follow": "Follow the voice",
        "theme": "Colours",
        "theme_auto": "as the system",
        "theme_light": "light",
        "theme_dark": "dark",
        "resumed": "Resumed at",
        "restart": "Start again",
        "help": "Click a sentence, or choose one with the arrow keys and press Enter, to hear it."
        " The space bar pauses and resumes.",
        "no_script": "Without JavaScript the sound and the text are still here, but don't follow each other.",
        "no_audio": "The audio file can't be found: it has to be in the same folder as this page.",
        "transcript": "Transcript",
        "opening": "Opening",
        "closing": "End",
        "contents": "Contents",
        "cover": "Cover",
        "summary": "Text and voice in step, sentence by sentence. The voices are synthetic.",
    },
}


def wording(language: str) -> dict[str, str]:
    """The words of that language; English where there are none."""
    return WORDS.get(language, WORDS["en"])
