"""Which way the network runs, and what happens where the kernels can't be used."""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from bulletin.speech.kernels import library, sessions, trial
from bulletin.speech.kernels.sessions import Stock, open_session
from tests.speech.kernels.test_rewriting import CHANNELS, OUTPUTS, Builder


def small_graph() -> bytes:
    """With one constant that is large enough to lie in a file of its own."""
    builder = Builder()
    said = builder.convolution(builder.snake(builder.normalized("x")))
    noise = builder.constant(builder.rng.standard_normal((1, OUTPUTS, 3000)))
    return builder.model(builder.node("Sub", said, noise)).SerializeToString()


def options() -> onnxruntime.SessionOptions:
    made = onnxruntime.SessionOptions()
    made.log_severity_level = 4
    return made


def inputs() -> dict[str, np.ndarray]:
    return {"x": np.random.default_rng(0).standard_normal((1, CHANNELS, 3000)).astype(np.float32)}


def stock(folder: Path, graph: bytes | None = None) -> Stock:
    return Stock("small", folder, lambda: graph or small_graph(), inputs, options)


def is_fused(folder: Path) -> bool:
    return any(folder.glob("*.onnx"))


@pytest.fixture
def compiled() -> None:
    if library.choose().backend is None:
        pytest.skip("the kernels don't run here")


@pytest.mark.usefixtures("compiled")
def test_the_graph_is_rewritten_and_tried_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_session(stock(tmp_path))[0].run(None, inputs())
    assert [path.suffix for path in sorted(tmp_path.iterdir())] == [".json", ".onnx", ".weights"]

    def never(*_: object) -> None:
        raise AssertionError("done before")

    monkeypatch.setattr(trial, "distance", never)
    again = Stock("small", tmp_path, never, never, options)
    open_session(again)[0].run(None, inputs())


@pytest.mark.usefixtures("compiled")
def test_what_is_kept_says_the_same_as_what_is_not(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    unkept, _ = open_session(stock(tmp_path / "file"))
    kept, _ = open_session(stock(tmp_path / "folder"))
    np.testing.assert_array_equal(kept.run(None, inputs())[0], unkept.run(None, inputs())[0])


@pytest.mark.usefixtures("compiled")
def test_another_onnxruntime_simplifies_it_afresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_session(stock(tmp_path))
    (before,) = tmp_path.glob("*.onnx")
    monkeypatch.setattr(onnxruntime, "__version__", "0.0.0")
    open_session(stock(tmp_path))
    (after,) = tmp_path.glob("*.onnx")
    assert after != before


@pytest.mark.usefixtures("compiled")
def test_lost_weights_are_made_again(tmp_path: Path) -> None:
    open_session(stock(tmp_path))
    (weights,) = tmp_path.glob("*.weights")
    weights.unlink()
    _, why = open_session(stock(tmp_path))
    assert weights.is_file() and not why.startswith("no kernels")


@pytest.mark.usefixtures("compiled")
def test_another_model_is_rewritten_afresh(tmp_path: Path) -> None:
    open_session(stock(tmp_path))
    open_session(Stock("other", tmp_path, small_graph, inputs, options))
    assert len(list(tmp_path.glob("*.onnx"))) == 2


@pytest.mark.usefixtures("compiled")
def test_what_an_older_rewriting_left_goes(tmp_path: Path) -> None:
    for suffix in ("onnx", "weights", "0123.json"):
        (tmp_path / f"small.fused-00000000.{suffix}").write_bytes(b"old")
    open_session(stock(tmp_path))
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize("distance", [trial.LIMIT + 1, float("inf"), float("nan")])
def test_kernels_that_say_something_else_are_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, distance: float
) -> None:
    monkeypatch.setattr(trial, "distance", lambda *_: distance)
    for _ in range(2):
        caplog.clear()
        session, _ = open_session(stock(tmp_path))
        assert len(caplog.records) == 1 and "differ from the published graph" in caplog.text
        np.testing.assert_array_equal(session.run(None, inputs())[0], published())


def published() -> np.ndarray:
    return sessions.session(small_graph(), options()).run(None, inputs())[0]


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize("suffix", ["onnx", "weights"])
def test_damaged_file_falls_back(tmp_path: Path, caplog: pytest.LogCaptureFixture, suffix: str) -> None:
    open_session(stock(tmp_path))
    (path,) = tmp_path.glob(f"*.{suffix}")
    path.write_bytes(path.read_bytes()[:100])
    with caplog.at_level(logging.WARNING):
        session, _ = open_session(stock(tmp_path))
    assert "not used" in caplog.text
    np.testing.assert_array_equal(session.run(None, inputs())[0], published())


@pytest.mark.usefixtures("compiled")
def test_folder_that_can_not_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    session, _ = open_session(stock(tmp_path / "file"))
    assert session.run(None, inputs())[0].shape == (1, 12, 3000)


def test_turned_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(library.VARIABLE, "off")
    session, _ = open_session(stock(tmp_path))
    assert not is_fused(tmp_path)
    np.testing.assert_array_equal(session.run(None, inputs())[0], published())


@pytest.mark.parametrize("wish", ["neon-dot-2", "avx9000", "\u00e9"])
def test_wish_that_can_not_be_met(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wish: str) -> None:
    monkeypatch.setenv(library.VARIABLE, wish)
    assert library.choose().backend is None
    open_session(stock(tmp_path))
    assert not is_fused(tmp_path)


def test_not_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "NAME", "nowhere")
    assert "not compiled" in library.choose().why
    open_session(stock(tmp_path))
    assert not is_fused(tmp_path)


def test_library_of_another_platform(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "broken.so"
    broken.write_bytes(b"\x7fELF not for here")
    monkeypatch.setattr(library, "library_path", lambda: broken)
    assert "does not load" in library.choose().why
    open_session(stock(tmp_path))


@pytest.mark.usefixtures("compiled")
def test_onnxruntime_that_refuses_the_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """As one does that is older than the interface that the library asks for."""
    choice = library.choose()
    nothing = library.Choice(choice.backend, tmp_path / "missing.so", choice.why)
    monkeypatch.setattr(library, "choose", lambda: nothing)
    open_session(stock(tmp_path))
    assert len(caplog.records) == 1


class TestDistance:
    """Of two sounds, in decibels."""

    time = np.arange(24000) / 24000
    tone = np.sin(2 * np.pi * 220 * time) * (0.5 + 0.5 * np.sin(2 * np.pi * 3 * time))

    def test_the_same_sound(self) -> None:
        assert trial.mel_distance(self.tone, self.tone) == 0

    def test_a_shifted_phase_is_no_difference(self) -> None:
        other = np.cos(2 * np.pi * 220 * self.time) * (0.5 + 0.5 * np.sin(2 * np.pi * 3 * self.time))
        assert trial.mel_distance(self.tone, other) < 0.5

    def test_noise_is_one(self) -> None:
        noise = np.random.default_rng(0).standard_normal(24000) * 0.05
        assert trial.mel_distance(self.tone, self.tone + noise) > trial.LIMIT

    def test_silence_is_one(self) -> None:
        assert trial.mel_distance(self.tone, self.tone * 0) > trial.LIMIT

    def test_what_is_no_number_is_one(self) -> None:
        assert trial.mel_distance(self.tone, self.tone * np.nan) == float("inf")

    def test_other_durations_are_one(self) -> None:
        sound = [self.tone, np.array([1, 2])]
        assert trial.distance_of_outputs(sound, [self.tone, np.array([2, 1])]) == float("inf")
        assert trial.distance_of_outputs(sound, [self.tone[:-1], np.array([1, 2])]) == float("inf")
        assert trial.distance_of_outputs(sound, sound) == 0
