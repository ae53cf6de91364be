"""The short-time Fourier transform as a convolution.

ONNX Runtime's own operator takes as long as a sixth of all fused convolutions with AMX, for a transform of
20 points. Its frames overlap by three quarters, so as a convolution with cosines and sines it is quick.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from onnx import helper

from bulletin.speech.kernels.graph import Graph, attributes

HAIR = 1e-6

if TYPE_CHECKING:
    import onnx
    from numpy.typing import NDArray


def replace_transforms(model: onnx.ModelProto) -> int:
    """How many were replaced: those of one real signal, with a constant window and step."""
    graph = Graph(model)
    found = [node for node in graph.nodes("STFT") if is_plain(graph, node)]
    for number, node in enumerate(found):
        graph.replace(node, as_convolution(graph, node, f"spectrum_{number}"))
    graph.finish()
    return len(found)


def is_plain(graph: Graph, node: onnx.NodeProto) -> bool:
    """The signal's shape is not looked at: the published graph says one signal at a time throughout."""
    constant = len(node.input) > 2 and node.input[1] in graph.constants and node.input[2] in graph.constants
    return constant and attributes(node).get("onesided", 1) == 1


def as_convolution(graph: Graph, node: onnx.NodeProto, name: str) -> list[onnx.NodeProto]:
    """From (1, samples) or (1, samples, 1) to (1, frames, frequencies, 2)."""
    window = graph.array(node.input[2]).astype(np.float64)
    waves = graph.add_constant(f"{name}_waves", fourier(window).astype(np.float32))
    row = graph.add_constant(f"{name}_row", np.array([1, 1, -1], np.int64))
    apart = graph.add_constant(f"{name}_apart", np.array([1, 2, len(window) // 2 + 1, -1], np.int64))
    step = int(graph.array(node.input[1]).reshape(-1)[0])
    return [
        helper.make_node("Reshape", [node.input[0], row], [f"{name}_signal"], f"{name}_to_row"),
        helper.make_node(
            "Conv",
            [f"{name}_signal", waves],
            [f"{name}_parts"],
            name,
            kernel_shape=[len(window)],
            strides=[step],
        ),
        helper.make_node("Reshape", [f"{name}_parts", apart], [f"{name}_complex"], f"{name}_to_complex"),
        helper.make_node(
            "Transpose", [f"{name}_complex"], [node.output[0]], f"{name}_to_frames", perm=[0, 3, 2, 1]
        ),
    ]


def fourier(window: NDArray[np.float64]) -> NDArray[np.float64]:
    """The window times cosines, then times sines downwards, shape (2 * frequencies, 1, length).

    The lowest and the highest frequency have no imaginary part, and the network goes on with the phase: half
    a turn where the real part is negative, forwards or backwards by the zero's sign. The published graph
    turns forwards nearly always (backwards is 2 dB away from it in mel energy), so these two get a hair of
    the real part, turned round, instead of a zero.
    """
    length = len(window)
    angles = 2 * np.pi * np.outer(np.arange(length // 2 + 1), np.arange(length)) / length
    real, imaginary = np.cos(angles), -np.sin(angles)
    imaginary[[0, -1]] = -HAIR * real[[0, -1]]
    return np.concatenate([real, imaginary])[:, None] * window
