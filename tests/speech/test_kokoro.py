"""The embedded voices, through the real model."""

import dataclasses
from itertools import pairwise

import numpy as np
import pytest

from bulletin.errors import VoiceError
from bulletin.speech.engine import engine
from bulletin.speech.kokoro import recipes
from bulletin.speech.kokoro.engine import finished


@pytest.fixture(scope="module")
def kokoro():
    return engine("kokoro")


def level(samples, rate, start, end):
    stretch = samples[int(start * rate) : int(end * rate)]
    return float(np.sqrt(np.mean(stretch**2))) if len(stretch) else 0.0


@pytest.mark.parametrize(
    ("voice", "language", "text"),
    [
        ("siwis", "fr", "Le préfet, parce que la Loire déborde, a fermé quatre ponts."),
        ("fable", "en", "The mayor's office closed four bridges at noon, as the river rose."),
    ],
)
def test_a_sentence_is_said_and_its_words_are_timed(kokoro, voice, language, text):
    """Speech lasts as long as a person would need, and every written word has its time in it."""
    clip = kokoro.speak(text, voice, language=language, speed=1.0)
    seconds = len(clip.samples) / clip.rate
    assert 8 < len(text) / seconds < 22
    assert [word.text for word in clip.words] == [word.strip(",.") for word in text.split()]
    assert all(word.start < word.end for word in clip.words)
    assert all(one.end <= other.start for one, other in pairwise(clip.words))
    assert clip.words[-1].end <= seconds
    spoken = level(clip.samples, clip.rate, clip.words[0].start, clip.words[-1].end)
    before = level(clip.samples, clip.rate, 0, clip.words[0].start - 0.1)
    assert spoken > 0.02
    assert np.abs(clip.samples).max() < 1
    assert before < spoken / 10


def test_an_unknown_voice_is_named(kokoro):
    """The error says which voices there are."""
    with pytest.raises(VoiceError, match="siwis"):
        kokoro.recipe("nobody")


def test_a_marked_word_is_said_as_it_is_marked(kokoro):
    """Markup replaces the word's sounds and nothing else; the word keeps its place and its time."""
    plain = "Mille cent soixante miles carrés."
    marked = "Mille cent soixante [miles](/majlz/) carrés."
    one, other = (kokoro.speak(text, "siwis", language="fr", speed=1.0) for text in (plain, marked))
    assert [word.text for word in other.words] == [word.text for word in one.words]
    assert len(other.samples) != len(one.samples)


def test_a_sentence_longer_than_the_model_takes_is_said_whole(kokoro):
    """Over 510 tokens it is cut at a clause, said in parts, and joined without a gap in the times."""
    clause = "les élus de la région ont débattu longtemps du prix de l'eau potable"
    text = ", ".join([clause] * 8) + "."
    clip = kokoro.speak(text, "siwis", language="fr", speed=1.3)
    assert [word.text for word in clip.words] == text.replace(",", "").replace(".", "").split()
    assert all(one.end <= other.start + 1e-9 for one, other in pairwise(clip.words))
    assert max(other.start - one.end for one, other in pairwise(clip.words)) < 0.6
    assert clip.words[-1].end <= len(clip.samples) / clip.rate


def test_text_without_words_is_a_short_silence(kokoro):
    clip = kokoro.speak("… — !", "siwis", language="fr", speed=1.0)
    assert 0 < len(clip.samples) < clip.rate
    assert not clip.samples.any()


def test_a_language_that_kokoro_lacks_is_an_error_of_voices(kokoro):
    with pytest.raises(VoiceError, match="de"):
        kokoro.speak("Guten Tag.", "siwis", language="de", speed=1.0)


def test_the_vocal_tract_moves_the_pitch_and_not_the_length():
    """A tract of 1.1 speaks slower and is played faster: the same duration at a higher pitch."""
    tone = np.sin(2 * np.pi * 200 * np.arange(24000) / 24000).astype(np.float32)
    higher = finished(tone, dataclasses.replace(recipes.named("siwis"), tract=1.1, level=0.0))
    assert len(higher) == pytest.approx(24000 / 1.1, abs=1)
    spectrum = np.abs(np.fft.rfft(higher))
    assert np.fft.rfftfreq(len(higher), 1 / 24000)[spectrum.argmax()] == pytest.approx(220, abs=2)


@pytest.mark.parametrize("recipe", recipes.recipes().values(), ids=lambda recipe: recipe.name)
def test_every_voice_finds_its_packs(recipe):
    """Styles for every length, all finite; and no two voices are the same."""
    assert recipe.styles().shape == (510, 256)
    assert np.isfinite(recipe.styles()).all()
    same = [other.name for other in recipes.recipes().values() if other.fingerprint() == recipe.fingerprint()]
    assert same == [recipe.name]


def test_no_pack_is_shipped_for_nothing():
    """The folder holds what the recipes use."""
    used = {pack for recipe in recipes.recipes().values() for pack, _ in (*recipe.timbre, *recipe.prosody)}
    assert {path.stem for path in recipes.folder().glob("*.npy")} == used
