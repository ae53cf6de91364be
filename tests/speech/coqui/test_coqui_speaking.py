"""Models that Coqui's own classes made, spoken through the engine."""

import json
import pickle
import shutil
import subprocess
import sys

import numpy as np
import pytest

from bulletin.errors import SpeechError, UsageError, VoiceError
from tests.batch.test_kill import mounted

pytestmark = pytest.mark.coqui
TEXT = "Bonjour à tous, voici le bulletin : l’été sera chaud."


def speak(engine, voice, text=TEXT, speed=1.0, language="fr"):
    return engine.speak(text, str(voice), language=language, speed=speed)


def is_sound(clip):
    return (
        len(clip.samples) > clip.rate / 5
        and np.abs(clip.samples).max() > 0
        and clip.samples.dtype == np.float32
    )


def in_torch(voice, monkeypatch):
    """A model in torch, whatever is exported."""
    from bulletin.speech.coqui.network import Network
    from bulletin.speech.coqui.places import local

    return Network(local(voice))


def test_a_model_of_ones_own_speaks(engine, models):
    """A path to model.pth is enough: config.json lies beside it."""
    clip = speak(engine, models / "single" / "model.pth")
    assert is_sound(clip)
    assert clip.rate == 22050


def test_the_same_seed_says_the_same_whatever_was_said_before(engine, models, monkeypatch):
    voice = models / "single" / "model.pth"
    once = speak(engine, voice)
    speak(engine, voice, "Autre chose.")
    again = speak(engine, voice)
    assert np.array_equal(once.samples, again.samples)
    monkeypatch.setenv("BULLETIN_SEED", "7")
    other = speak(engine, voice)
    assert not (len(other.samples) == len(once.samples) and np.array_equal(once.samples, other.samples))


def test_faster_speech_is_shorter(engine, models):
    for name in ("single", "tacotron"):
        voice = models / name / "model.pth"
        usual, fast = speak(engine, voice), speak(engine, voice, speed=1.5)
        assert len(fast.samples) < 0.85 * len(usual.samples)


def test_each_speaker_has_a_voice(engine, models):
    voice = models / "several" / "model.pth"
    anne, paul = speak(engine, f"{voice}#anne"), speak(engine, f"{voice}#paul")
    assert is_sound(anne) and is_sound(paul)
    assert len(anne.samples) != len(paul.samples) or not np.allclose(anne.samples, paul.samples)


def test_a_model_with_several_speakers_asks_for_one(engine, models):
    voice = models / "several" / "model.pth"
    with pytest.raises(VoiceError, match=r"2 speakers: write .*#anne, or one of paul"):
        speak(engine, voice)
    with pytest.raises(VoiceError, match=r"no speaker 'pierre': write .*#anne, or one of paul"):
        speak(engine, f"{voice}#pierre")
    with pytest.raises(VoiceError, match="leave out #anne"):
        speak(engine, f"{models / 'single'}#anne")


def test_a_moved_model_finds_its_speakers(engine, models, tmp_path):
    """config.json holds the old path of the speakers file, twice."""
    moved = tmp_path / "elsewhere"
    shutil.copytree(models / "several", moved)
    config = json.loads((moved / "config.json").read_text(encoding="utf-8"))
    for table in (config, config["model_args"]):
        table["speakers_file"] = "/nobody/has/this/speakers.pth"
    (moved / "config.json").write_text(json.dumps(config), encoding="utf-8")
    assert is_sound(speak(engine, f"{moved / 'model.pth'}#paul"))


def test_a_tacotron_speaks_through_its_vocoder(engine, models):
    """The vocoder has a sample rate of its own, and the sound comes at that."""
    clip = speak(engine, models / "tacotron" / "model.pth")
    assert is_sound(clip)
    assert clip.rate == 24000


def test_a_model_that_reads_sounds_speaks_without_an_espeak_program(engine, models):
    assert is_sound(speak(engine, models / "sounds"))


def test_the_export_sounds_like_torch(engine, models, monkeypatch):
    """Without the random numbers, which the two draw differently, both make the same samples."""
    from bulletin.speech.coqui import exporting
    from bulletin.speech.coqui.graph import Graph
    from bulletin.speech.coqui.names import parse
    from bulletin.speech.coqui.places import local

    exported = {"single": "", "several": "#paul", "tongues": "", "sounds": "", "mms": ""}
    for name, speaker in exported.items():
        model = local(models / name)
        assert exporting.export(model)
        graph, network = Graph(model), in_torch(models / name, monkeypatch)
        graph.facts["scales"][0] = graph.facts["scales"][2] = 0.0
        network.network.inference_noise_scale = network.network.inference_noise_scale_dp = 0.0
        asked = parse(f"{models / name}{speaker}")
        here = graph.say(TEXT, asked, language="fr", speed=1.1)
        there = network.say(TEXT, asked, language="fr", speed=1.1)
        assert here.rate == there.rate
        np.testing.assert_allclose(here.samples, there.samples, atol=1e-5)


def test_the_export_counts_symbols_as_coqui_does(engine, models, monkeypatch):
    from bulletin.speech.coqui import exporting
    from bulletin.speech.coqui.graph import Graph
    from bulletin.speech.coqui.places import local

    for name in ("single", "sounds", "mms"):
        model = local(models / name)
        exporting.export(model)
        graph, network = Graph(model), in_torch(models / name, monkeypatch)
        words = graph.fitting.fit(TEXT)
        assert words == network.fitting.fit(TEXT)
        assert graph.numbers(words) == network.network.tokenizer.text_to_ids(words, language=None)


def test_an_exported_model_needs_no_torch(engine, models, shared_cache):
    """Once exported, a VITS speaks in a process that can't import torch or TTS."""
    voice = str(models / "single" / "model.pth")
    engine.recipe(voice)
    program = (
        "import sys\n"
        "sys.modules['torch'] = sys.modules['TTS'] = None\n"
        "from bulletin.speech.coqui import CoquiEngine\n"
        f"clip = CoquiEngine().speak({TEXT!r}, {voice!r}, language='fr', speed=1.0)\n"
        "print(len(clip.samples))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert int(done.stdout) == len(speak(engine, voice).samples)


def test_the_recipe_changes_with_what_is_heard(engine, models, tmp_path, monkeypatch):
    voice = models / "single" / "model.pth"
    usual = engine.recipe(str(voice))
    assert usual == engine.recipe(str(voice))
    assert usual != engine.recipe(f"{models / 'several' / 'model.pth'}#anne")
    monkeypatch.setenv("BULLETIN_SEED", "3")
    assert usual != engine.recipe(str(voice))
    monkeypatch.delenv("BULLETIN_SEED")
    monkeypatch.setenv("BULLETIN_DEVICE", "cuda")
    assert usual != engine.recipe(str(voice))


def test_a_long_sentence_is_parted_and_whole(engine, models):
    """Its sound is as long as that of its parts."""
    long = ", ".join(["le préfet a visité la commune avec le maire"] * 30) + "."
    clip = speak(engine, models / "single", long)
    short = speak(engine, models / "single", "le préfet a visité la commune avec le maire,")
    assert len(clip.samples) > 20 * len(short.samples)


def test_signs_alone_are_a_breath(engine, models):
    clip = speak(engine, models / "single", "… !")
    assert not clip.samples.any()
    assert 0 < len(clip.samples) < clip.rate


def test_a_letter_that_the_model_lacks_is_no_gap(engine, models):
    with pytest.raises(SpeechError, match="has no letter 'ж'"):
        speak(engine, models / "single", "Le Жук arrive.")


def test_the_models_of_the_tests_are_small(models):
    """One speaker and several, all parts of the architecture but the discriminator."""
    for name in ("single", "several", "tongues", "sounds"):
        assert (models / name / "model.pth").stat().st_size < 5_000_000


class Program:
    """What a pickle may hold: here it would make a file."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return type(self.path).touch, (self.path,)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("single", "model.pth"),
        ("several", "speakers.pth"),
        ("tacotron", "vocoder/model.pth"),
        ("mms", "G_100000.pth"),
    ],
)
def test_a_program_in_a_model_is_never_run(engine, models, tmp_path, monkeypatch, name, file):
    """Neither by Coqui's loaders nor by anybody who asks torch to trust a file."""
    from bulletin.speech.coqui import library

    monkeypatch.setenv("BULLETIN_CACHE", str(tmp_path / "cache"))
    evil = tmp_path / "evil"
    shutil.copytree(models / name, evil)
    torch = library.torch()
    torch.save({"model": Program(tmp_path / "ran"), "anne": 0}, evil / file)
    voice = f"{evil}#anne" if name == "several" else str(evil)
    with pytest.raises(VoiceError, match="something else than weights in it, which is never run"):
        speak(engine, voice)
    with pytest.raises(pickle.UnpicklingError):
        torch.load(evil / file, weights_only=False)
    assert not (tmp_path / "ran").exists()


def test_a_cut_off_file_is_one_short_clear_error(engine, models, tmp_path):
    for name, file in (("single", "model.pth"), ("tacotron", "model.pth"), ("tacotron", "vocoder/model.pth")):
        cut = tmp_path / f"{name}-{file.count('/')}"
        shutil.copytree(models / name, cut)
        data = (cut / file).read_bytes()
        (cut / file).write_bytes(data[: len(data) // 2])
        with pytest.raises(VoiceError, match=r"its files are damaged or for another version") as caught:
            speak(engine, cut)
        assert len(str(caught.value)) < 350


def test_damaged_files_are_one_clear_error(engine, models, tmp_path):
    broken = tmp_path / "broken"
    shutil.copytree(models / "tacotron", broken)
    (broken / "model.pth").write_bytes(b"nothing")
    with pytest.raises(VoiceError, match="does not load; its files are damaged"):
        speak(engine, broken / "model.pth")
    (broken / "config.json").write_text("{", encoding="utf-8")
    with pytest.raises(VoiceError, match=r"config\.json can't be understood"):
        speak(engine, broken / "model.pth")


def test_a_device_that_is_not_there_is_named(engine, models, monkeypatch):
    monkeypatch.setenv("BULLETIN_DEVICE", "mps")
    with pytest.raises(VoiceError, match="no mps device here: use --device cpu"):
        speak(engine, models / "single")
    monkeypatch.setenv("BULLETIN_DEVICE", "tpu")
    with pytest.raises(UsageError, match="no device 'tpu'"):
        speak(engine, models / "several")


def test_threads_are_bounded(engine, models, monkeypatch):
    from bulletin.speech.coqui import library

    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    library.torch.cache_clear()
    assert library.torch().get_num_threads() == 1


def test_nothing_reaches_the_terminal(models, shared_cache, home):
    """Not even what torch and TTS say while they are imported; with BULLETIN_VERBOSE they may speak."""
    voice = str(models / "tacotron" / "model.pth")
    program = (
        "from bulletin.speech.coqui import CoquiEngine\n"
        f"CoquiEngine().speak({TEXT!r}, {voice!r}, language='fr', speed=1.0)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")


def test_a_model_that_cannot_be_exported_speaks_in_torch(engine, models, tmp_path, monkeypatch):
    """Here because the cache can't be written to: its place is taken by a file."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("BULLETIN_CACHE", str(tmp_path / "file"))
    voice = str(models / "single" / "model.pth")
    assert " cpu " in engine.recipe(voice)
    assert is_sound(speak(engine, voice))


def test_an_export_that_finds_no_room_is_tried_again(engine, models, tmp_path, monkeypatch):
    from bulletin.speech.coqui import exporting
    from bulletin.speech.coqui.places import local

    monkeypatch.setenv("BULLETIN_CACHE", str(tmp_path / "small"))
    model = local(models / "single")
    with mounted(tmp_path / "small", "size=1m"):
        assert not exporting.export(model)
        assert not exporting.is_tried(model)
        assert list(exporting.folder_of(model).parent.iterdir()) == []
        assert is_sound(speak(engine, models / "single"))


def test_an_export_is_tried_once(engine, models, tmp_path, monkeypatch):
    """A model that the exporter can't take does not cost a minute each time."""
    from bulletin.speech.coqui import exporting
    from bulletin.speech.coqui.places import local

    monkeypatch.setenv("BULLETIN_CACHE", str(tmp_path))
    strange = tmp_path / "strange"
    shutil.copytree(models / "single", strange)
    config = json.loads((strange / "config.json").read_text(encoding="utf-8"))
    config["model_args"]["max_inference_len"] = 5
    (strange / "config.json").write_text(json.dumps(config), encoding="utf-8")
    model = local(strange)
    exporting.folder_of(model).mkdir(parents=True)
    assert not exporting.export(model)
    assert len(speak(engine, strange).samples) == 5 * 256


def test_a_model_of_several_languages_is_told_which(engine, models, tmp_path):
    """Also after a move; css10/vits holds such a table of languages with a single entry."""
    moved = tmp_path / "moved"
    shutil.copytree(models / "tongues", moved)
    shutil.move(models / "tongues" / "language_ids.json", tmp_path)
    try:
        french, english = speak(engine, moved), speak(engine, moved, language="en")
        assert not np.array_equal(french.samples, english.samples)
        with pytest.raises(VoiceError, match="does not speak 'de': it speaks en, fr-fr"):
            speak(engine, moved, language="de")
    finally:
        shutil.move(tmp_path / "language_ids.json", models / "tongues")
