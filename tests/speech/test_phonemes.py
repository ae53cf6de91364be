"""Text to Kokoro's alphabet, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.speech.kokoro.alignment import align
from bulletin.speech.kokoro.alphabet import CLAUSE_ENDS, numbers, tidy, tokens
from bulletin.speech.kokoro.phonemes import MOST_TOKENS, Unit, joined, split, units
from bulletin.speech.kokoro.timing import word_times

FRENCH_LETTERS = "abcdefghijklmnopqrstuvwxyzàâçéèêëîïôùûüœæ'’-"
french_words = st.text(st.sampled_from(FRENCH_LETTERS), min_size=1, max_size=14)
french_text = st.lists(
    st.tuples(french_words, st.sampled_from(["", "", "", ",", " ;", ".", " !", "…", " »", "»,"])), max_size=40
).map(lambda words: " ".join(word + mark for word, mark in words))


def sounds(text, accent="fr-fr"):
    return [unit.phonemes for unit in units(text, accent)]


@given(french_text)
def test_no_word_is_lost_and_every_symbol_is_known(text):
    """Whatever the text, the units hold all of it, and the model knows all that they say."""
    found = units(text, "fr-fr")
    assert " ".join(unit.text for unit in found) == tidy(text)
    assert set("".join(unit.phonemes for unit in found)) <= set(numbers())
    assert len(tokens(joined(found))) == len(joined(found))


@given(st.text(max_size=40), st.sampled_from(["fr-fr", "en-gb", "en-us"]))
def test_any_text_at_all_becomes_tokens(text, accent):
    """Emoji, control signs, other scripts, half-written markup: nothing fails."""
    for part in split(units(text, accent)):
        assert len(tokens(joined(part))) <= MOST_TOKENS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cent [miles](/majlz/) carrés.", ["sˈɑ̃", "mˈajlz", "kaʁˈe."]),
        ("les [Emirats](/emiʁa/)", ["lez", "emiʁˈa"]),
        ("l'[Ukraine](/ykʁɛn/), hier", ["lykʁˈɛn,", "jˈɛʁ"]),
        ("« [Kyiv](/kijiv/) »", ["“kijˈiv”"]),
        ("jusqu'[Izium](/izjum/)", ["ʒyskizjˈum"]),
        ("[Elon Musk](/elɔn mœsk/) parle", ["elɔn mˈœsk", "pˈaʁl"]),
        ("un [test](/ˈtest/)", ["œ̃", "ˈtest"]),
    ],
)
def test_markup_replaces_a_words_sounds_in_place(text, expected):
    """Elisions before it, punctuation around it and a liaison into it stay."""
    assert sounds(text) == expected


def test_an_english_ending_stays_on_a_marked_word():
    assert sounds("[Kyiv](/kˈiːv/)'s mayor", "en-gb")[0] == "kˈiːvz"


def test_words_that_espeak_runs_together_are_one_unit():
    """ "parce que" is one run of sounds: the words around it keep their own."""
    found = units("Il vient parce que tu dors.", "fr-fr")
    assert [unit.text for unit in found] == ["Il", "vient", "parce que", "tu", "dors."]


def test_typography_becomes_kokoros():
    """French spaces, quotation marks, dashes and apostrophes of every kind."""
    assert tidy("«\u202fC’est tout\u00a0!\u00a0» – fin\u2009;") == "“C'est tout!” — fin;"


def test_english_diphthongs_are_kokoros_letters():
    """Its English voices were trained with one letter for each; French never has them."""
    assert sounds("Time now, please go.", "en-gb") == ["tˈIm", "nˈW,", "plˈiːz", "ɡˈQ."]
    assert sounds("Go, baby.", "en-us") == ["ɡˈO,", "bˈAbi."]


@given(
    st.lists(st.tuples(st.integers(1, 20), st.sampled_from(["", "", "", ",", "."])), min_size=1, max_size=60),
    st.integers(20, 120),
)
def test_splitting_loses_nothing_and_fits(words, most):
    """Every part fits the model, and the parts in a row are the whole."""
    parts = [Unit(f"w{place}", "a" * length + mark) for place, (length, mark) in enumerate(words)]
    pieces = split(parts, most)
    assert [unit for piece in pieces for unit in piece] == parts or most < 22
    assert all(len(joined(piece)) <= most for piece in pieces)
    assert "".join(unit.phonemes for piece in pieces for unit in piece) == "".join(
        unit.phonemes for unit in parts
    )


def test_a_long_sentence_is_cut_where_a_clause_ends():
    text = "Le maire a parlé du pont et de la route qui mène au port, " * 12
    pieces = split(units(text, "fr-fr"))
    assert len(pieces) > 1
    assert all(len(joined(piece)) <= MOST_TOKENS for piece in pieces)
    assert all(piece[-1].phonemes.endswith(tuple(CLAUSE_ENDS)) for piece in pieces)


def test_a_word_longer_than_the_model_takes_is_cut():
    (first, second) = split([Unit("long", "a" * 700)])
    assert [unit.text for unit in first + second] == ["long", ""]
    assert len(first[0].phonemes) == MOST_TOKENS


@given(st.lists(st.integers(1, 9), max_size=8), st.lists(st.integers(1, 9), max_size=8))
def test_alignment_covers_words_and_runs_in_order(words, runs):
    """No word and no sound is left out or used twice, however the counts differ."""
    pairs = align(["a" * one for one in words], ["a" * one for one in runs], lambda word: word)
    assert [place for these, _ in pairs for place in range(len(words))[these]] == list(range(len(words)))
    assert [place for _, those in pairs for place in range(len(runs))[those]] == list(range(len(runs)))


def test_word_times_leave_punctuation_out():
    """Frames of the edges, of each symbol and of the spaces between words add up."""
    parts = [Unit("Oui,", "wi,"), Unit("non.", "“nɔ”.")]
    durations = [5, 1, 2, 3, 4, 1, 2, 2, 1, 1, 6]
    assert [(word.text, word.start, word.end) for word in word_times(parts, durations, 1)] == [
        ("Oui", 5, 8),
        ("non", 16, 20),
    ]
