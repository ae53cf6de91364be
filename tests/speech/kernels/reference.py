"""The operator in NumPy: what it has to compute, with nothing clever."""

from __future__ import annotations

import numpy as np

from tests.speech.kernels.conftest import EPSILON, LEAKY, SNAKE, Case


def activated(case: Case) -> np.ndarray:
    """The normalized and activated input in doubles, shape (channels, time)."""
    x = case.input[0].astype(np.float64)
    if "gain" in case.optional:
        away = x - x.mean(axis=1, keepdims=True)
        deviation = np.sqrt((away**2).mean(axis=1, keepdims=True) + EPSILON)
        x = case.optional["gain"].reshape(-1, 1) * away / deviation + case.optional["shift"].reshape(-1, 1)
    if case.activation == LEAKY:
        x = np.where(x < 0, case.leak * x, x)
    if case.activation == SNAKE:
        frequency, reciprocal = (case.optional[name].reshape(-1, 1) for name in ("frequency", "reciprocal"))
        x = x + reciprocal * np.sin(frequency * x) ** 2
    return x


def quantized(x: np.ndarray) -> tuple[np.ndarray, float, int]:
    """Bytes, scale and zero point as ONNX's DynamicQuantizeLinear makes them."""
    low, high = min(x.min(), 0.0), max(x.max(), 0.0)
    scale = (high - low) / 255 or 1.0
    zero = int(np.clip(np.rint(-low / scale), 0, 255))
    return np.clip(np.rint(x / scale) + zero, 0, 255).astype(np.int64), scale, zero


def reference(case: Case) -> np.ndarray:
    """Shape (1, outputs, time)."""
    numbers, scale, zero = quantized(activated(case))
    padded = np.pad(numbers - zero, ((0, 0), (case.padding, case.padding)))
    outputs, _, taps = case.weights.shape
    time = padded.shape[1] - case.dilation * (taps - 1)
    total = np.zeros((outputs, time), np.int64)
    for tap in range(taps):
        start = tap * case.dilation
        total += case.weights[:, :, tap].astype(np.int64) @ padded[:, start : start + time]
    result = total * scale * case.scales.reshape(-1, 1).astype(np.float64)
    if "bias" in case.optional:
        result += case.optional["bias"].reshape(-1, 1)
    for name in ("residual", "addend"):
        if name in case.optional:
            result += case.optional[name][0]
    together = result.reshape(-1, case.phases, time).transpose(0, 2, 1).reshape(-1, time * case.phases)
    return together[None, :, case.crop : together.shape[1] - case.crop]


def moments_of(array: np.ndarray) -> np.ndarray:
    """Mean, variance, lowest and highest over time, shape (channels, 4)."""
    wide = array[0].astype(np.float64)
    columns = [wide.mean(axis=1), wide.var(axis=1), wide.min(axis=1), wide.max(axis=1)]
    return np.stack(columns, axis=1).astype(np.float32)


def one_step(case: Case) -> np.ndarray:
    """How far off a result is when every byte under it is off by one, shape (1, outputs / phases, 1)."""
    _, scale, _ = quantized(activated(case))
    sizes = np.abs(case.weights.astype(np.int64)).sum(axis=(1, 2))
    return (scale * case.scales * sizes).reshape(1, -1, case.phases).max(axis=2)[..., None]
