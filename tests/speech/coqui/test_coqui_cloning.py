"""XTTS, small and with random weights: its built-in speakers, voices from recordings, its limits."""

import numpy as np
import pytest

from bulletin.errors import VoiceError
from bulletin.speech.coqui.text import split

pytestmark = pytest.mark.coqui
TEXT = "Bonjour à tous."


@pytest.fixture
def recording(tmp_path):
    """Seven seconds of somebody's noise."""
    import soundfile

    path = tmp_path / "me.wav"
    noise = 0.1 * np.random.default_rng(0).standard_normal(7 * 16000)
    soundfile.write(path, noise, 16000)
    return path


def test_a_built_in_speaker_speaks_and_repeats(engine, xtts):
    """XTTS draws every sound at random; the seed makes it the same again."""
    voice = f"{xtts}#Ana Florence"
    one = engine.speak(TEXT, voice, language="fr", speed=1.0)
    other = engine.speak(TEXT, voice, language="fr", speed=1.0)
    assert one.rate == 24000
    assert np.array_equal(one.samples, other.samples)
    with pytest.raises(VoiceError, match=r"no speaker 'Zoe': write .*#Ana Florence"):
        engine.speak(TEXT, f"{xtts}#Zoe", language="fr", speed=1.0)
    with pytest.raises(VoiceError, match="does not speak 'br': it speaks en, es, fr"):
        engine.speak(TEXT, voice, language="br", speed=1.0)


def test_a_voice_is_cloned_once(engine, xtts, recording, shared_cache):
    """What the model makes of a recording is kept, and taken from there by the next process."""
    voice = f"{xtts}@{recording}"
    clip = engine.speak(TEXT, voice, language="fr", speed=1.0)
    built_in = engine.speak(TEXT, f"{xtts}#Ana Florence", language="fr", speed=1.0)
    assert not np.array_equal(clip.samples, built_in.samples)
    (kept,) = (shared_cache / "coqui" / "clones").rglob("*.pth")
    written = kept.stat().st_mtime_ns
    again = type(engine)().speak(TEXT, voice, language="fr", speed=1.0)
    assert np.array_equal(clip.samples, again.samples)
    assert kept.stat().st_mtime_ns == written


def test_another_recording_is_another_voice(engine, xtts, recording):
    before = engine.recipe(f"{xtts}@{recording}")
    recording.write_bytes(recording.read_bytes()[:-1000])
    assert engine.recipe(f"{xtts}@{recording}") != before


def test_the_limit_of_french_is_kept(engine, xtts):
    """Beyond it XTTS leaves words out."""
    from bulletin.speech.coqui.network import Network
    from bulletin.speech.coqui.places import local

    network = Network(local(xtts))
    assert network.limit("fr") == 273
    long = " ".join(["Le conseil municipal a voté le budget, et la maire s'en félicite."] * 9)
    assert all(len(part) <= 273 for part in split(long, network.limit("fr")))


def test_a_recording_that_is_none_says_so(engine, xtts, recording, tmp_path):
    import soundfile

    (tmp_path / "text.wav").write_text("no sound")
    soundfile.write(tmp_path / "short.wav", np.zeros(800), 16000)
    for name, why in (
        ("missing.wav", "can't be read: No such file"),
        ("text.wav", "is no sound file that can be read"),
        ("short.wav", r"lasts 0\.1 s: give at least 6 s"),
    ):
        with pytest.raises(VoiceError, match=why):
            engine.speak(TEXT, f"{xtts}@{tmp_path / name}", language="fr", speed=1.0)


def test_a_model_that_cannot_clone_says_so(engine, models, recording):
    for name in ("single", "tacotron"):
        with pytest.raises(VoiceError, match="can't imitate a recording: use xtts_v2"):
            engine.speak(TEXT, f"{models / name}@{recording}", language="fr", speed=1.0)
