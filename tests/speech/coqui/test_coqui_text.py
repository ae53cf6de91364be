"""Normalized text on its way into a model: nothing is expanded, lost or cut in a word."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.errors import SpeechError
from bulletin.speech.coqui.phonemes import phonemes
from bulletin.speech.coqui.text import CLEANERS, Fitting, clean, in_alphabet, split

SENTENCES = [
    "Le plan M. est prêt, et le groupe no. le confirme.",
    "C’est-à-dire : « peut-être » ; l’après-midi (au plus tard).",
    "The deal ends in a st. and a co. of no. importance.",
    "Rendez-vous à vingt heures trente, Mme Dupont et Mlle Martin !",
]
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzàâçéèêëîïôûù' ,.!?-")


@pytest.mark.coqui
@pytest.mark.parametrize("name", sorted(CLEANERS))
def test_a_cleaner_keeps_its_harmless_steps(name, monkeypatch):
    """Where Coqui's cleaner expands nothing, ours does the same to the letter."""
    from bulletin.speech.coqui import library

    library.torch()
    from TTS.tts.utils.text import cleaners

    expanding = ("expand_abbreviations", "en_normalize_numbers", "expand_time_english")
    for step in expanding:
        monkeypatch.setattr(cleaners, step, lambda text, *_: text)
    for sentence in SENTENCES:
        assert clean(sentence, CLEANERS[name]) == getattr(cleaners, name)(sentence, "fr")


@pytest.mark.coqui
def test_coquis_own_cleaners_would_do_harm():
    """The reason for leaving them out."""
    from bulletin.speech.coqui import library

    library.torch()
    from TTS.tts.utils.text import cleaners

    assert "monsieur" in cleaners.french_cleaners("Le plan M. est prêt.")
    assert clean("Le plan M. est prêt.", CLEANERS["french_cleaners"]) == "le plan m. est prêt."


def test_typography_becomes_what_the_model_knows():
    assert in_alphabet("l’été… « oui » – dit-il", LETTERS) == "l'été... oui - dit-il"
    assert in_alphabet("œuvre à Łódź, Ñandú", LETTERS) == "oeuvre à lodz, nandu"


def test_a_letter_without_equivalent_is_an_error():
    with pytest.raises(SpeechError, match="has no letter '中'"):
        in_alphabet("la 中 est", LETTERS)


@given(st.text(alphabet=string.ascii_letters + "éèàùçœæÉÈÀ’« »…–—;:,.!?-", max_size=60))
def test_no_french_letter_is_lost(text):
    """Every letter comes out as itself or as its equivalent, and nothing that the model lacks."""
    fitted = Fitting(CLEANERS["multilingual_cleaners"], LETTERS).fit(text)
    assert set(fitted) <= LETTERS
    expected = text.lower().replace("œ", "oe").replace("æ", "ae")
    assert [sign for sign in fitted if sign.isalpha()] == [sign for sign in expected if sign.isalpha()]


@given(
    st.lists(
        st.sampled_from(["le", "conseil", "municipal,", "et", "mais", "qui;", "président"]), max_size=120
    )
)
def test_parts_are_short_enough_and_make_the_whole(words):
    text = " ".join(words)
    parts = split(text, 60)
    assert " ".join(parts) == text
    assert all(len(part) <= 60 for part in parts)


def test_a_sentence_is_parted_at_its_best_place():
    text = "Le ministre a présenté son plan ; la commission, qui siège à Paris, en débattra dès demain matin."
    assert split(text, 90)[0] == "Le ministre a présenté son plan ;"
    text = "Le ministre a présenté son plan, et la commission en débattra."
    assert split(text, 50) == ["Le ministre a présenté son plan,", "et la commission en débattra."]
    text = "Le ministre a présenté son plan et la commission en débattra."
    assert split(text, 50) == ["Le ministre a présenté son plan", "et la commission en débattra."]


def test_a_word_is_parted_only_where_no_model_could_say_it():
    long = "x" * 400
    assert split(f"Un mot de {long} lettres.", 273) == ["Un mot de", "x" * 273, "x" * 127, "lettres."]
    assert split("x" * 500, 500) == ["x" * 500]


def test_sounds_keep_their_punctuation():
    assert phonemes("Bonjour, le monde !", "fr-fr").endswith(" !")
    assert "," in phonemes("Bonjour, le monde.", "fr-fr")


def test_sounds_hold_no_marks_of_language():
    """espeak-ng says "(en)" where it reads an English word in French."""
    assert "(" not in phonemes("Le leader du week-end.", "fr-fr")


@pytest.mark.coqui
def test_sounds_are_parted_as_coqui_parts_them(monkeypatch):
    """Coqui's own phonemizer, with our espeak-ng behind it, says the same."""
    from bulletin.speech.coqui import library
    from bulletin.speech.coqui.phonemes import sounds

    library.torch()
    from TTS.tts.utils.text.phonemizers import espeak_wrapper

    monkeypatch.setattr(espeak_wrapper, "_DEF_ESPEAK_LIB", "espeak-ng")
    monkeypatch.setattr(espeak_wrapper, "get_espeakng_version", lambda: "1.52")
    monkeypatch.setattr(
        espeak_wrapper.ESpeak, "supported_languages", staticmethod(lambda: {"fr-fr": "French"})
    )
    monkeypatch.setattr(
        espeak_wrapper.ESpeak, "_phonemize", lambda self, text, separator: sounds(text, "fr-fr")
    )
    monkeypatch.setattr(espeak_wrapper.ESpeak, "is_available", classmethod(lambda cls: True))
    theirs = espeak_wrapper.ESpeak("fr-fr")
    for sentence in [*SENTENCES, "Oui.", "« Non », dit-il.", "Alors… quoi ?", "un deux trois"]:
        assert phonemes(sentence, "fr-fr") == theirs.phonemize(sentence, separator="")
