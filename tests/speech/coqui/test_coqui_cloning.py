"""XTTS, small and with random weights: its built-in speakers, voices from recordings, its limits."""

import numpy as np
import pytest

from bulletin.errors import OutputError, VoiceError
from bulletin.speech.coqui.text import split

pytestmark = pytest.mark.coqui
TEXT = "Bonjour à tous."


def noise(seconds, rate=16000, channels=1, level=0.1):
    return level * np.random.default_rng(0).standard_normal((round(seconds * rate), channels))


@pytest.fixture
def recording(tmp_path):
    """Seven seconds of somebody's noise."""
    import soundfile

    path = tmp_path / "me.wav"
    soundfile.write(path, noise(7), 16000)
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


def test_a_vits_imitates_with_its_own_encoder(engine, models, recording):
    """As YourTTS does, whose speakers are vectors, and which no export can hold."""
    voice = models / "imitating"
    clips = [
        engine.speak(TEXT, f"{voice}{who}", language="fr", speed=1.0)
        for who in ("#anne", "#paul", f"@{recording}")
    ]
    assert {clip.rate for clip in clips} == {16000}
    for one, other in ((0, 1), (0, 2), (1, 2)):
        assert not np.array_equal(clips[one].samples, clips[other].samples)
    again = type(engine)().speak(TEXT, f"{voice}@{recording}", language="fr", speed=1.0)
    assert np.array_equal(clips[2].samples, again.samples)


@pytest.mark.parametrize(("seconds", "channels", "rate"), [(1, 1, 16000), (7, 2, 48000), (600, 1, 8000)])
def test_any_usual_recording_will_do(engine, models, tmp_path, seconds, channels, rate):
    import soundfile

    soundfile.write(tmp_path / "me.flac", noise(seconds, rate, channels), rate)
    voice = f"{models / 'imitating'}@{tmp_path / 'me.flac'}"
    assert engine.speak(TEXT, voice, language="fr", speed=1.0).samples.any()


def test_a_recording_that_is_none_says_so(engine, xtts, recording, tmp_path):
    """Before the model is loaded: the recipe is asked for first."""
    import soundfile

    (tmp_path / "text.wav").write_text("no sound")
    (tmp_path / "empty.wav").write_bytes(b"")
    (tmp_path / "folder.wav").mkdir()
    soundfile.write(tmp_path / "short.wav", noise(0.05), 16000)
    soundfile.write(tmp_path / "long.wav", noise(601, 8000), 8000)
    soundfile.write(tmp_path / "silent.wav", noise(7, level=1e-5), 16000)
    soundfile.write(tmp_path / "whole.flac", noise(7), 16000)
    (tmp_path / "cut.flac").write_bytes((tmp_path / "whole.flac").read_bytes()[:3000])
    for name, why in {
        "missing.wav": "can't be read: No such file",
        "folder.wav": "can't be read: Is a directory",
        "text.wav": "is no sound file that can be read",
        "empty.wav": "is no sound file that can be read",
        "cut.flac": "is no sound file that can be read",
        "short.wav": r"lasts 0\.1 s: give 6 to 30 s",
        "long.wav": r"lasts 601\.0 s: give 6 to 30 s",
        "silent.wav": "nothing is heard in the recording .*: give 6 to 30 s",
    }.items():
        with pytest.raises(VoiceError, match=why):
            engine.recipe(f"{xtts}@{tmp_path / name}")
    assert not engine.loaded


def test_a_voice_that_cannot_be_kept_is_one_clear_error(engine, models, recording, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("BULLETIN_CACHE", str(tmp_path / "file"))
    with pytest.raises(OutputError, match=r"the voice of .*me\.wav can't be kept in .*: Not a directory"):
        engine.speak(TEXT, f"{models / 'imitating'}@{recording}", language="fr", speed=1.0)


def test_a_model_that_cannot_clone_says_so(engine, models, recording):
    for name in ("single", "tacotron"):
        with pytest.raises(VoiceError, match="can't imitate a recording: use xtts_v2"):
            engine.speak(TEXT, f"{models / name}@{recording}", language="fr", speed=1.0)
