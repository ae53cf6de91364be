"""Pieces, sentences, pronunciations, and what could not be read."""

import pytest

from bulletin.errors import ConfigError, UsageError
from bulletin.model import Script, Segment
from bulletin.normalize import normalize, read, sentences, speak
from bulletin.normalize.lexicon import Lexicon, load


def cut(text, language="fr"):
    return ["".join(piece.written for piece in group) for group in sentences(read(text, language).pieces)]


def test_a_number_and_its_unit_are_one_piece_beside_what_is_said():
    """Word times can be mapped back to written words."""
    pieces = read("Il fait 12 km.", "fr").pieces
    assert [(piece.written, piece.spoken) for piece in pieces if not piece.written.isspace()] == [
        ("Il", "Il"),
        ("fait", "fait"),
        ("12 km", "douze kilomètres"),
        (".", "."),
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("M. Dupont parle. Mme Roy écoute.", ["M. Dupont parle. ", "Mme Roy écoute."]),
        ("Il a dit « Oui. » à l'ONU. Fin.", ["Il a dit « Oui. » à l'ONU. ", "Fin."]),
        ("« C'est fini. » Elle part.", ["« C'est fini. » ", "Elle part."]),
        ('Fini. "Je pars", dit-il.', ["Fini. ", '"Je pars", dit-il.']),
        ("J. K. Rowling écrit. Puis rien.", ["J. K. Rowling écrit. ", "Puis rien."]),
        ("Des pommes, etc. Puis des poires.", ["Des pommes, etc. ", "Puis des poires."]),
        ("Des pommes, etc. et des poires.", ["Des pommes, etc. et des poires."]),
        ("Quoi ?! Oui… non. 12 morts.", ["Quoi ?! ", "Oui… non. ", "12 morts."]),
        (
            "Le 12 sept. il pleut. Le 13 sept. Il neige.",
            ["Le 12 sept. il pleut. ", "Le 13 sept. ", "Il neige."],
        ),
        ("Le P.-D.G. est là. L'U.E. aussi.", ["Le P.-D.G. est là. ", "L'U.E. aussi."]),
        ("", []),
    ],
)
def test_sentences_end_where_they_end(text, parts):
    """Points of abbreviations and initials end nothing."""
    assert cut(text) == parts


def test_what_is_not_read_is_left_and_reported():
    """Other scripts and lone signs are kept as they are."""
    reading = read("Il dit Привет 你好 à 3 km.", "fr")
    assert "".join(piece.spoken for piece in reading.pieces) == "Il dit Привет 你好 à trois kilomètres."
    assert reading.unread == ("Привет", "你好")


def test_the_lexicon_pronounces_whole_words_in_any_case_and_number():
    """Capitals in an entry are kept to; small letters are not; endings add their sound."""
    lexicon = Lexicon({"mile": "/majl/", "Reading": "/ɹɛdɪŋ/", "leader": "lideur"}, {"s": ""})
    pieces = read("Miles de leaders à Reading, reading, similes, MILE, READING", "fr", lexicon).pieces
    said = {piece.written: piece.pronunciation for piece in pieces if piece.pronunciation}
    assert said == {
        "Miles": "/majl/",
        "leaders": "lideur",
        "Reading": "/ɹɛdɪŋ/",
        "MILE": "/majl/",
        "READING": "/ɹɛdɪŋ/",
    }


def test_the_parts_of_a_compound_are_pronounced():
    """A word with a hyphen that is not in the lexicon is looked up part by part."""
    lexicon = Lexicon({"Washington": "ouachinetonne"})
    pieces = read("l'axe Moscou-Washington", "fr", lexicon).pieces
    assert [piece.pronunciation for piece in pieces if piece.pronunciation] == ["ouachinetonne"]


def test_miles_are_heard_as_the_english_word():
    """The user's own example."""
    pieces = read("1 160 miles carrés", "fr", load("fr")).pieces
    assert "".join(piece.spoken for piece in pieces) == "Mille cent soixante miles carrés"
    assert [piece.pronunciation for piece in pieces if piece.written == "miles"] == ["/majlz/"]


def test_a_word_of_the_language_is_no_plural_of_a_name():
    """ "Sans" is the preposition, also at the beginning of a sentence; "San" is a name."""
    pieces = read("Sans bruit, SANS rien, à San Diego", "fr", load("fr")).pieces
    said = {piece.written: piece.pronunciation for piece in pieces if piece.pronunciation}
    assert said.get("San") == "/san/"
    assert not {"Sans", "SANS"} & set(said)


def test_spelled_acronyms_keep_their_writing_and_get_their_letters():
    """The text stays as written; the voice gets the names of the letters."""
    pieces = read("La SNCF et l'OTAN", "fr").pieces
    said = {piece.written: (piece.spoken, piece.pronunciation) for piece in pieces}
    assert said["SNCF"] == ("SNCF", "S N C F")
    assert said["OTAN"] == ("OTAN", None)


def test_the_users_lexicon_lies_on_top(tmp_path):
    """An own entry wins; an empty one takes a shipped entry away."""
    own = tmp_path / "own.toml"
    own.write_text('[words]\nmiles = ""\nZorglub = "zorglubbe"\n', encoding="utf-8")
    lexicon = load("fr", own)
    assert lexicon.pronunciation("miles") is None
    assert lexicon.pronunciation("Zorglub") == "zorglubbe"
    assert load("fr").pronunciation("miles") == "/majlz/"


@pytest.mark.parametrize("content", ["[words", "words = 3", "[words]\na = 1\n"])
def test_a_lexicon_that_makes_no_sense_is_one_clear_error(tmp_path, content):
    """The message names the file."""
    own = tmp_path / "own.toml"
    own.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"own\.toml"):
        load("fr", own)


def test_a_missing_lexicon_is_an_error_only_when_asked_for(tmp_path):
    """The user's default file may be missing."""
    with pytest.raises(ConfigError, match="no such lexicon"):
        load("fr", tmp_path / "none.toml")


def test_an_unknown_language_is_an_error_of_use():
    """It says which there are."""
    with pytest.raises(UsageError, match="fr, en"):
        normalize("a", "xx")


def test_a_script_gets_its_pieces_and_its_unread():
    """Every segment is read, and what could not be is listed once."""
    script = Script(None, "fr", "x", (Segment("narration", "2 ₿ et Ж", 1), Segment("quote", "Ж", 1)))
    spoken = speak(script)
    assert [segment.spoken for segment in spoken.segments] == ["Deux bitcoins et Ж", "Ж"]
    assert spoken.unread == ("Ж",)
