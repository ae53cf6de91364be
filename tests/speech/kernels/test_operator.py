"""The compiled operator against NumPy, on every backend that this processor has."""

from __future__ import annotations

import numpy as np
import pytest
from onnxruntime.capi.onnxruntime_pybind11_state import Fail, RuntimeException

from tests.speech.kernels.conftest import LEAKY, NONE, SNAKE, Case
from tests.speech.kernels.reference import moments_of, one_step, reference

SHAPES = [
    # channels, outputs, taps, dilation, time
    (128, 128, 11, 5, 311),
    (256, 256, 3, 1, 97),
    (256, 40, 7, 3, 130),
    (1090, 32, 1, 1, 50),
    (22, 5, 3, 2, 33),
    (1, 1, 3, 1, 17),
    (3, 9, 1, 1, 1),
    (64, 33, 5, 1, 2048),
]


def whole_numbers(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Numbers whose bytes are themselves: the range is exactly 255, so nothing is rounded."""
    array = rng.integers(-100, 156, shape).astype(np.float32)
    array.flat[0], array.flat[-1] = -100, 155
    return array


def dressed(rng: np.random.Generator, case: Case, activation: int, normalized: bool) -> Case:
    """The case with all inputs that go with the activation."""
    channels = case.input.shape[1]

    def some(low: float, high: float) -> np.ndarray:
        return rng.uniform(low, high, (1, channels, 1)).astype(np.float32)

    case.activation = activation
    if normalized:
        case.optional |= {"gain": some(0.2, 3), "shift": some(-1, 1)}
    if activation == SNAKE:
        frequency = some(0.05, 20)
        case.optional |= {"frequency": frequency, "reciprocal": 1 / frequency}
    if activation == LEAKY:
        case.leak = 0.2
    return case


def plain(rng: np.random.Generator, shape: tuple[int, int, int, int, int]) -> Case:
    channels, outputs, taps, dilation, time = shape
    return Case(
        whole_numbers(rng, (1, channels, time))
        if channels * time > 1
        else np.full((1, 1, 1), 255, np.float32),
        rng.integers(-127, 128, (outputs, channels, taps)).astype(np.int8),
        np.ones(outputs, np.float32),
        dilation,
        padding=dilation * (taps - 1) // 2,
    )


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_sums_are_exact(backend: str, shape: tuple[int, int, int, int, int]) -> None:
    """Integers in, weights of every size: not one product may be lost or cut off."""
    case = plain(np.random.default_rng(sum(shape)), shape)
    np.testing.assert_allclose(case.run(), reference(case), rtol=2e-7)


@pytest.mark.parametrize("weight", [-127, -64, 64, 127])
def test_the_largest_sums_are_exact(backend: str, weight: int) -> None:
    """Every byte 255 and every weight as large as can be: 16 bits don't hold the sum of two products."""
    case = plain(np.random.default_rng(1), (128, 16, 11, 1, 70))
    case.input[:] = 255
    case.weights[:] = weight
    np.testing.assert_allclose(case.run(), reference(case), rtol=2e-7)


@pytest.mark.parametrize("activation", [NONE, LEAKY, SNAKE])
@pytest.mark.parametrize("normalized", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_whole_operator(backend: str, activation: int, normalized: bool, seed: int) -> None:
    rng = np.random.default_rng([seed, activation, normalized])
    channels, outputs = rng.integers(1, 200, 2)
    taps, dilation, time = rng.choice([1, 3, 5, 7, 11]), rng.integers(1, 7), rng.integers(60, 500)
    case = plain(rng, (channels, outputs, taps, dilation, time))
    case.padding = int(rng.integers(0, 40))
    case.input = (rng.standard_normal(case.input.shape) * 10 ** rng.uniform(-3, 1)).astype(np.float32)
    case.weights = np.rint(case.weights / 20).astype(np.int8)
    case.scales = rng.uniform(1e-3, 1e-2, outputs).astype(np.float32)
    case.optional["bias"] = rng.standard_normal(outputs).astype(np.float32)
    dressed(rng, case, activation, normalized)
    shape = reference(case).shape
    for name in ("residual", "addend")[: seed % 3]:
        case.optional[name] = rng.standard_normal(shape).astype(np.float32)
    expected = reference(case)
    difference = np.abs(case.run() - expected)
    assert (difference <= one_step(case) * 1.01 + 1e-4).all()
    assert np.sqrt((difference**2).mean()) <= 0.01 * np.sqrt((expected**2).mean())


@pytest.mark.parametrize("size", [1e-30, 1e-12, 1e-4, 1e4, 1e12, 1e30])
def test_extreme_sizes(backend: str, size: float) -> None:
    """Inputs far from any that occur: results stay finite and right as far as floats go."""
    rng = np.random.default_rng(3)
    case = plain(rng, (32, 16, 3, 1, 100))
    case.input = (rng.standard_normal(case.input.shape) * size).astype(np.float32)
    found, expected = case.run(), reference(case)
    assert np.isfinite(found).all()
    assert np.abs(found - expected).max() <= max(one_step(case).max() * 1.01, 1e-25)


@pytest.mark.parametrize("activation", [NONE, LEAKY, SNAKE])
@pytest.mark.parametrize("normalized", [False, True])
def test_silence(backend: str, activation: int, normalized: bool) -> None:
    """All zeros, whose range is nothing to divide by."""
    rng = np.random.default_rng(4)
    case = plain(rng, (24, 16, 3, 1, 100))
    case.input[:] = 0
    case.optional["bias"] = rng.standard_normal(16).astype(np.float32)
    dressed(rng, case, activation, normalized)
    difference = np.abs(case.run() - reference(case))
    assert (difference <= one_step(case) * 1.01 + 1e-4).all()


def test_many_turns_of_the_sine(backend: str) -> None:
    """A steep wave, of a few steps' height."""
    rng = np.random.default_rng(5)
    case = dressed(rng, plain(rng, (16, 16, 1, 1, 300)), SNAKE, normalized=False)
    case.input *= 0.01
    case.optional["frequency"][:] = 60.0
    case.optional["reciprocal"][:] = 1 / 60
    difference = np.abs(case.run() - reference(case))
    assert (difference <= one_step(case) * 1.01).all()


@pytest.mark.parametrize(
    ("phases", "taps", "padding", "crop"), [(2, 1, 0, 0), (6, 2, 1, 3), (10, 2, 1, 5), (3, 3, 5, 4)]
)
@pytest.mark.parametrize("time", [1, 16, 100, 1500])
def test_upsampling(backend: str, phases: int, taps: int, padding: int, crop: int, time: int) -> None:
    """Each phase is a convolution of its own, and all take turns in the result."""
    rng = np.random.default_rng([phases, time])
    case = plain(rng, (20, 7 * phases, taps, 1, time))
    case.padding, case.phases, case.crop = padding, phases, crop
    case.optional["bias"] = rng.standard_normal(7 * phases).astype(np.float32)
    dressed(rng, case, LEAKY, normalized=False)
    found, expected = case.run(), reference(case)
    assert found.shape == (1, 7, (time + 2 * padding - taps + 1) * phases - 2 * crop)
    assert (np.abs(found - expected) <= one_step(case) * 1.01 + 1e-4).all()


@pytest.mark.parametrize("time", [1, 17, 700, 9000])
@pytest.mark.parametrize("away", [0.0, 300.0])
def test_moments_of_the_result(backend: str, time: int, away: float) -> None:
    """Mean, variance and range as the next operator wants them, also far from zero and over many blocks."""
    rng = np.random.default_rng(9)
    case = plain(rng, (300, 9, 3, 1, time))
    case.scales *= 1e-3
    case.optional["bias"] = np.full(9, away, np.float32)
    expected = moments_of(case.run())
    assert case.moments is not None
    np.testing.assert_allclose(case.moments, expected, rtol=1e-4, atol=1e-5 * np.sqrt(expected[:, 1].max()))
    np.testing.assert_array_equal(case.moments[:, 2:], expected[:, 2:])


@pytest.mark.parametrize("activation", [NONE, LEAKY, SNAKE])
@pytest.mark.parametrize("normalized", [False, True])
def test_moments_that_are_given(backend: str, activation: int, normalized: bool) -> None:
    """They stand for a look at the input."""
    rng = np.random.default_rng(10)
    case = dressed(rng, plain(rng, (40, 24, 3, 1, 3000)), activation, normalized)
    case.optional["moments"] = moments_of(case.input)
    assert (np.abs(case.run() - reference(case)) <= one_step(case) * 1.01 + 1e-4).all()
    case.optional["moments"][:, 3] *= 2
    assert np.abs(case.run() - reference(case)).max() > 0


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_what_is_no_number_does_not_crash(backend: str, value: float) -> None:
    rng = np.random.default_rng(6)
    case = dressed(rng, plain(rng, (16, 16, 3, 1, 60)), SNAKE, normalized=True)
    case.input[0, 3, 7] = value
    assert case.run().shape == (1, 16, 60)


def test_threads_change_nothing(backend: str) -> None:
    rng = np.random.default_rng(7)
    case = dressed(rng, plain(rng, (128, 128, 7, 3, 5000)), SNAKE, normalized=True)
    np.testing.assert_array_equal(case.run(threads=1), case.run(threads=3))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"input": np.zeros((1, 17, 60), np.float32)}, "channels"),
        ({"input": np.zeros((16, 60), np.float32)}, "channels"),
        ({"padding": 0, "dilation": 40}, "too short"),
        ({"activation": SNAKE}, "snake"),
        ({"activation": 7}, "activation"),
        ({"dilation": 0}, "dilation"),
        ({"padding": -1}, "padding"),
        ({"leak": 2.0}, "leak"),
        ({"scales": np.ones(3, np.float32)}, "scale"),
        ({"optional": {"bias": np.ones(3, np.float32)}}, "size"),
        ({"optional": {"residual": np.ones((1, 16, 1), np.float32)}}, "size"),
        ({"optional": {"addend": np.ones((1, 16, 1), np.float32)}}, "size"),
        ({"optional": {"moments": np.ones((16, 3), np.float32)}}, "size"),
        ({"phases": 3}, "phase"),
        ({"phases": 0}, "phase"),
        ({"crop": -1}, "crop"),
        ({"phases": 2, "crop": 60}, "too short"),
        ({"phases": 2, "optional": {"residual": np.ones((1, 8, 120), np.float32)}}, "size|residual"),
        ({"optional": {"gain": np.ones((1, 16, 1), np.float32)}}, "together"),
    ],
)
def test_what_does_not_fit_is_an_error(backend: str, change: dict[str, object], message: str) -> None:
    case = plain(np.random.default_rng(8), (16, 16, 3, 1, 60))
    for name, value in change.items():
        setattr(case, name, value)
    with pytest.raises((Fail, RuntimeException), match=message):
        case.run()
