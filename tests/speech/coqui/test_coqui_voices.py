"""Which voices there are, and what is said of those that can't speak."""

import importlib.util
import json
import os
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bulletin.errors import EngineError, UsageError, VoiceError
from bulletin.speech import casts
from bulletin.speech.coqui import CoquiEngine, consent, library, released
from bulletin.speech.coqui.engine import fetch
from bulletin.speech.coqui.names import looks_like_a_path, parse
from bulletin.speech.coqui.network import moved_config
from bulletin.speech.coqui.places import Model, local, present, read_config

EXTRA_IS_HERE = importlib.util.find_spec("TTS") is not None
FRENCH = [
    "tts_models/fr/css10/vits",
    "tts_models/fr/mai/tacotron2-DDC",
    "fairseq/fra",
    "your_tts#male-en-2",
    "xtts_v2#Ana Florence",
]


def put_model(folder, **settings):
    """Files that look like a released model's."""
    folder.mkdir(parents=True)
    (folder / "model_file.pth").write_bytes(b"weights")
    (folder / "config.json").write_text(json.dumps({"model": "tacotron2", **settings}), encoding="utf-8")
    return folder


def run(program, **environment):
    return subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **environment},
    )


def test_a_voice_without_a_model_is_refused():
    for voice in ("#anne", "", "model#", "xtts_v2@"):
        with pytest.raises(VoiceError, match="write coqui:MODEL"):
            parse(voice)


def test_paths_are_told_from_names(tmp_path):
    assert looks_like_a_path("mine/model.pth") and looks_like_a_path(str(tmp_path))
    assert not looks_like_a_path("xtts_v2")


def test_a_released_model_is_found_by_its_names():
    assert released.named("xtts_v2") is released.named("tts_models/multilingual/multi-dataset/xtts_v2")
    assert released.named("tts_models/deu/fairseq/vits").sources == (
        "https://dl.fbaipublicfiles.com/mms/tts/deu.tar.gz",
    )
    with pytest.raises(VoiceError, match=r"no model 'css11': there are tts_models/fr/css10/vits"):
        released.named("css11")


@pytest.mark.coqui
def test_our_table_agrees_with_coquis_own():
    """Addresses, vocoders and terms of the models that both list."""
    theirs = released.coquis_own_list()
    shared = [model for model in released.table().values() if model.name in theirs]
    assert len(shared) == len(released.table()) - 1
    for model in shared:
        other = theirs[model.name]
        assert (model.sources, model.vocoder, model.ignore) == (other.sources, other.vocoder, other.ignore)
        assert bool(model.terms) == bool(other.terms)


@pytest.mark.coqui
def test_every_other_model_of_coquis_list_can_be_named():
    assert released.named("tts_models/de/thorsten/vits").licence


@pytest.mark.coqui
def test_what_cannot_speak_is_no_voice():
    """Vocoders and converters of voices; and bark, whose files are programs that its loader would run."""
    with pytest.raises(VoiceError, match="is the vocoder of other models and says nothing itself"):
        CoquiEngine().recipe("vocoder_models/universal/libri-tts/fullband-melgan")
    for name in (
        "voice_conversion_models/multilingual/vctk/freevc24",
        "tts_models/multilingual/multi-dataset/bark",
    ):
        with pytest.raises(VoiceError, match="coqui has no model"):
            CoquiEngine().recipe(name)


def test_every_voice_has_a_language_a_licence_and_a_reason(home):
    voices = CoquiEngine().voices()
    assert {voice.language for voice in voices} == {"fr", "en"}
    assert len({(voice.id, voice.language) for voice in voices}) == len(voices)
    for voice in voices:
        assert voice.id.startswith("coqui:")
        assert voice.licence and voice.description and not voice.ready and voice.why_not
    genders = {voice.id: voice.gender for voice in voices}
    assert genders["coqui:tts_models/fr/css10/vits"] == "m"
    assert genders["coqui:xtts_v2#Ana Florence"] == "f"


@pytest.mark.skipif(not EXTRA_IS_HERE, reason="needs the coqui extra")
def test_a_fetched_voice_is_ready(home):
    put_model(home / "models" / "tts" / "tts_models--fr--css10--vits")
    ready = {voice.id for voice in CoquiEngine().voices() if voice.ready}
    assert ready == {"coqui:tts_models/fr/css10/vits"}


def test_a_model_in_the_hub_cache_is_found(home):
    put_model(home / "hub" / "hub" / "models--tts-hub--XTTS-v2" / "snapshots" / "abc")
    assert present(released.named("xtts_v2")) is not None


def test_a_model_without_its_config_says_so(home, tmp_path):
    (tmp_path / "model.pth").write_bytes(b"")
    with pytest.raises(VoiceError, match=r"its config\.json is missing; it belongs beside the model"):
        local(tmp_path / "model.pth")
    with pytest.raises(VoiceError, match=r"there is no model\.pth"):
        local(tmp_path / "nothing")


@pytest.mark.parametrize("written", ["[1]", '{"model_args": [1]}', '{"model_args": "x"}'])
def test_settings_that_are_none_say_so(tmp_path, written):
    (tmp_path / "model.pth").write_bytes(b"")
    (tmp_path / "config.json").write_text(written)
    with pytest.raises(VoiceError, match=r"config\.json holds no settings"):
        CoquiEngine().recipe(str(tmp_path / "model.pth"))


def test_an_old_config_with_remarks_is_read(tmp_path):
    (tmp_path / "config.json").write_text(
        '{\n  // said before JSON was strict\n  "model": "http://x" // more\n}'
    )
    assert read_config(tmp_path / "config.json") == {"model": "http://x"}


def test_files_beside_a_moved_model_are_found_wherever_they_were(tmp_path):
    folder = put_model(
        tmp_path / "m", speakers_file="C:\\old\\speakers.json", model_args={"d_vector_file": ["/x/d.pth"]}
    )
    for name in ("speakers.json", "d.pth"):
        (folder / name).write_text("{}")
    model = Model("m", folder / "model_file.pth", folder / "config.json")
    config = json.loads(moved_config(model, tmp_path / "moved.json").read_text(encoding="utf-8"))
    assert config["speakers_file"] == str(folder / "speakers.json")
    assert config["model_args"]["d_vector_file"] == [str(folder / "d.pth")]


def test_memory_follows_the_models_that_are_here(home):
    """Each once, however many of its speakers are asked for, with PyTorch for those that need it."""
    engine = CoquiEngine()
    xtts = put_model(
        home / "models" / "tts" / "tts_models--multilingual--multi-dataset--xtts_v2", model="xtts"
    )
    vits = put_model(home / "models" / "tts" / "tts_models--fr--css10--vits", model="vits")
    (xtts / "model_file.pth").write_bytes(bytes(5_000_000))
    (vits / "model_file.pth").write_bytes(bytes(1_000_000))
    assert engine.memory(["tts_models/fr/css10/vits", "your_tts#male-en-2"]) == 1_800_000
    assert engine.memory(["xtts_v2#Ana Florence", "xtts_v2#Nova Hogarth"]) == 609_000_000
    assert engine.memory(["nothing", "no/such/model.pth"]) == 0


def test_the_shipped_casts_are_of_known_voices():
    """And the free one holds no voice whose licence forbids anything."""
    licences = {voice.id: voice.licence for voice in CoquiEngine().voices()}
    for name, free in (("coqui-fr", True), ("coqui-xtts-fr", False)):
        cast = casts.load(name, "fr")
        coqui = [voice for voice in cast.voices() if voice.startswith("coqui:")]
        assert coqui and set(coqui) <= set(licences)
        assert cast.narrator not in [voice for voices in cast.quotes.values() for voice in voices]
        if free:
            assert not [voice for voice in coqui if "NC" in licences[voice] or licences[voice] == "CPML"]


def test_a_licence_is_never_asked_for_at_the_terminal(home):
    """Coqui would wait for an answer; here a line says how to agree, and input() is never reached."""
    program = (
        "import builtins\n"
        "builtins.input = lambda *_: (_ for _ in ()).throw(SystemExit(99))\n"
        "from bulletin.speech.coqui import CoquiEngine\n"
        "from bulletin.errors import UsageError\n"
        "try:\n    CoquiEngine().recipe('xtts_v2#Ana Florence')\n"
        "except UsageError as error:\n    print(error)\n"
    )
    done = run(program)
    assert done.returncode == 0, done.stderr
    assert "CPML" in done.stdout and "--accept-licence" in done.stdout and "COQUI_TOS_AGREED=1" in done.stdout


def test_a_licence_is_agreed_to_once(home, monkeypatch):
    xtts = released.named("xtts_v2")
    with pytest.raises(UsageError, match="no commercial use"):
        consent.require(xtts)
    consent.remember(xtts)
    consent.require(xtts)
    (home / "config" / "agreed" / f"{xtts.folder_name}.txt").unlink()
    monkeypatch.setenv("COQUI_TOS_AGREED", "1")
    consent.require(xtts)


def test_coquis_own_consent_counts(home):
    xtts = released.named("xtts_v2")
    folder = put_model(home / "models" / "tts" / xtts.folder_name)
    assert not consent.agreed(xtts)
    (folder / "tos_agreed.txt").write_text("yes")
    assert consent.agreed(xtts)


@pytest.mark.skipif(EXTRA_IS_HERE, reason="the coqui extra is installed")
def test_a_missing_extra_names_the_remedy(home):
    with pytest.raises(EngineError, match=r'not installed \(no TTS, .*\): pip install "bulletin\[coqui\]"'):
        CoquiEngine().recipe("tts_models/fr/css10/vits")


@pytest.mark.parametrize("version", [(3, 9), (3, 15)])
def test_a_python_out_of_range_names_the_range(version):
    with pytest.raises(EngineError, match=rf"Python 3\.10 to 3\.14, and this is Python 3\.{version[1]}"):
        library.require(version)


@pytest.mark.coqui
def test_a_broken_torch_names_the_remedy(home, tmp_path):
    """A torch whose libraries are missing raises whatever the linker says."""
    broken = tmp_path / "broken" / "torch"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text("raise OSError('libcudart.so.13: cannot open shared object file')\n")
    program = (
        "from bulletin.speech.coqui import library\n"
        "from bulletin.errors import EngineError\n"
        "try:\n    library.torch()\nexcept EngineError as error:\n    print(error)\n"
    )
    done = run(program, PYTHONPATH=str(broken.parent))
    assert done.stdout.startswith("torch is installed but does not load (OSError: libcudart.so.13: cannot")
    assert "pip install --force-reinstall" in done.stdout
    assert done.stdout.count("\n") == 1


@pytest.mark.coqui
def test_torchaudio_does_without_its_native_parts():
    """In this very environment, whatever torch it has, Coqui's models can be imported."""
    program = (
        "from bulletin.speech.coqui import library\n"
        "library.torch()\n"
        "import sys, torchaudio, TTS.tts.models.xtts, TTS.tts.models.vits\n"
        "assert not torchaudio._extension._IS_TORCHAUDIO_EXT_AVAILABLE\n"
        "assert not any('torchcodec' in name and '_core' in name for name in sys.modules)\n"
    )
    done = run(program)
    assert done.returncode == 0, done.stderr


@pytest.mark.coqui
def test_recordings_are_read_without_torchcodec(tmp_path):
    import numpy as np
    import soundfile

    library.torch()
    import torchaudio

    wave = np.linspace(-0.5, 0.5, 3000, dtype=np.float32)
    soundfile.write(tmp_path / "a.wav", np.stack([wave, -wave], axis=1), 16000, subtype="FLOAT")
    samples, rate = torchaudio.load(tmp_path / "a.wav")
    assert rate == 16000
    np.testing.assert_allclose(samples.numpy(), np.stack([wave, -wave]))


@pytest.fixture
def hanging_proxy(monkeypatch):
    """All of the internet behind a host that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
            monkeypatch.setenv(name, address)
        for name in ("no_proxy", "NO_PROXY"):
            monkeypatch.delenv(name, raising=False)
        yield address


@pytest.mark.coqui
def test_each_released_voice_gives_up_a_hanging_hub(home, hanging_proxy, monkeypatch):
    """In less than ten seconds, with a line that says what to fetch and where to put it."""
    monkeypatch.setenv("COQUI_TOS_AGREED", "1")

    def failure(voice):
        start = time.monotonic()
        with pytest.raises(VoiceError) as caught:
            CoquiEngine().recipe(voice)
        return str(caught.value), time.monotonic() - start

    with ThreadPoolExecutor(len(FRENCH)) as pool:
        for voice, (message, seconds) in zip(FRENCH, pool.map(failure, FRENCH), strict=True):
            assert seconds < 10, voice
            assert "does not answer within" in message
            assert "get http" in message and str(home / "models" / "tts") in message
            assert "\n" not in message
    assert not list(Path(home / "models" / "tts").iterdir())


@pytest.mark.coqui
def test_fetching_ahead_of_time_remembers_the_licence(home, hanging_proxy):
    with pytest.raises(UsageError):
        fetch("xtts_v2")
    with pytest.raises(VoiceError, match="can't be fetched"):
        fetch("xtts_v2", accept_licence=True)
    assert consent.agreed(released.named("xtts_v2"))


@pytest.mark.coqui
def test_fetching_ahead_of_time_exports(home, models):
    from bulletin.speech.coqui import exporting

    model = fetch(str(models / "single" / "model.pth"))
    assert exporting.is_exported(model)
    exported = exporting.folder_of(model)
    assert sorted(path.name for path in exported.iterdir()) == ["model.json", "model.onnx"]
    assert [path.name for path in exported.parent.iterdir()] == [exported.name]
