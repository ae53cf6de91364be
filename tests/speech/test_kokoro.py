"""The embedded voices, through the real model."""

import numpy as np
import pytest

from bulletin.errors import VoiceError
from bulletin.speech.engine import engine


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
    assert all(one.end <= other.start for one, other in zip(clip.words, clip.words[1:], strict=False))
    assert clip.words[-1].end <= seconds
    spoken = level(clip.samples, clip.rate, clip.words[0].start, clip.words[-1].end)
    before = level(clip.samples, clip.rate, 0, clip.words[0].start - 0.1)
    assert spoken > 0.02
    assert before < spoken / 10


def test_an_unknown_voice_is_named(kokoro):
    """The error says which voices there are."""
    with pytest.raises(VoiceError, match="siwis"):
        kokoro.recipe("nobody")
