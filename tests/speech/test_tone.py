"""The shipped double is as long as speech, always the same, and shaped like speech."""

import numpy as np
import pytest

from bulletin.speech.engine import engine
from bulletin.speech.tone import PITCHES

TEXT = "Le conseil a voté la réouverture du pont, fermé depuis la crue de février."


@pytest.fixture
def tone():
    return engine("tone")


def test_it_lasts_as_long_as_speech_and_says_the_same_twice(tone):
    one, other = (tone.speak(TEXT, "m1", language="fr", speed=1.0) for _ in range(2))
    assert 16 < len(TEXT) / (len(one.samples) / one.rate) < 20
    np.testing.assert_array_equal(one.samples, other.samples)
    assert np.abs(one.samples).max() <= 1


def test_speed_shortens_it(tone):
    slow, quick = (tone.speak(TEXT, "m1", language="fr", speed=speed) for speed in (1.0, 1.5))
    assert len(slow.samples) / len(quick.samples) == pytest.approx(1.5, rel=0.05)


@pytest.mark.parametrize("voice", PITCHES)
def test_each_voice_has_its_pitch(tone, voice):
    """The strongest frequency of the clip is the voice's own."""
    clip = tone.speak(TEXT, voice, language="fr", speed=1.0)
    spectrum = np.abs(np.fft.rfft(clip.samples))
    heard = np.fft.rfftfreq(len(clip.samples), 1 / clip.rate)[spectrum.argmax()]
    assert heard == pytest.approx(PITCHES[voice][1], rel=0.02)


def test_words_sound_when_they_are_said_to(tone):
    """Between two words there is silence, in a word there is not."""
    clip = tone.speak(TEXT, "f1", language="fr", speed=1.0)
    assert [word.text for word in clip.words] == TEXT.split()
    for word in clip.words:
        inside = clip.samples[int(word.start * clip.rate) : int(word.end * clip.rate)]
        behind = clip.samples[int(word.end * clip.rate) + 1 :][: clip.rate // 100]
        assert np.sqrt(np.mean(inside**2)) > 0.05
        assert np.abs(behind).max() < 0.01


def test_nothing_to_say_is_silence(tone):
    assert not tone.speak(" ", "f1", language="fr", speed=1.0).samples.any()
