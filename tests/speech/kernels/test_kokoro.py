"""The embedded network itself, with the best kernels of this processor, at both ends of what it is given."""

from __future__ import annotations

import numpy as np
import pytest

from bulletin.speech.kernels import library
from bulletin.speech.kokoro.model import KokoroModel, missing_parts
from bulletin.speech.kokoro.recipes import recipes

pytestmark = pytest.mark.skipif(bool(missing_parts()), reason="the model is not installed")


@pytest.fixture(scope="module")
def model() -> KokoroModel:
    if library.choose().backend is None:
        pytest.skip("the kernels don't run here")
    return KokoroModel()


def test_the_kernels_are_in_use(model: KokoroModel) -> None:
    """They pass their own trial on the real network."""
    assert "fused" in str(model.session._model_path)


@pytest.mark.parametrize("number", [1, 510])
def test_shortest_and_longest_text(model: KokoroModel, number: int) -> None:
    style = next(iter(recipes().values())).styles()[number - 1]
    tokens = [50] if number == 1 else np.random.default_rng(0).integers(43, 130, number).tolist()
    samples, durations = model.run(tokens, style, 2.0)
    assert len(durations) == number + 2
    assert samples.size == durations.sum()
    assert np.isfinite(samples).all()
