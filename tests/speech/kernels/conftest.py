"""Backends that run here, and one-node models for them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from bulletin.speech.kernels import library
from bulletin.speech.kernels.rewriting import DOMAIN, OPERATOR

BACKENDS = ("amx", "avx512-vnni", "avx-vnni", "avx2", "neon-dot")
NONE, LEAKY, SNAKE = range(3)
EPSILON = 1e-5
OPTIONAL = ("bias", "gain", "shift", "frequency", "reciprocal", "residual", "addend", "moments")


@dataclass
class Case:
    """One call of the operator. Arrays as the operator wants them; `None` where an input is missing."""

    input: np.ndarray
    weights: np.ndarray
    scales: np.ndarray
    dilation: int = 1
    padding: int = 0
    phases: int = 1
    crop: int = 0
    activation: int = NONE
    leak: float = 0.0
    optional: dict[str, np.ndarray] = field(default_factory=dict)
    moments: np.ndarray | None = None
    """What the last run told about its output: mean, variance, lowest, highest of each channel."""

    def model(self) -> bytes:
        given = {"input": self.input, **self.optional}
        inputs = ["input", "weights", "scales", *(name if name in self.optional else "" for name in OPTIONAL)]
        node = helper.make_node(
            OPERATOR,
            inputs,
            ["output", "output_moments"],
            domain=DOMAIN,
            dilation=self.dilation,
            padding=self.padding,
            phases=self.phases,
            crop=self.crop,
            activation=self.activation,
            leak=self.leak,
            epsilon=EPSILON,
        )
        graph = helper.make_graph(
            [node],
            "case",
            [
                helper.make_tensor_value_info(name, TensorProto.FLOAT, array.shape)
                for name, array in given.items()
            ],
            [
                helper.make_tensor_value_info(name, TensorProto.FLOAT, None)
                for name in ("output", "output_moments")
            ],
            [
                numpy_helper.from_array(self.weights, "weights"),
                numpy_helper.from_array(self.scales, "scales"),
            ],
        )
        opsets = [helper.make_opsetid("", 20), helper.make_opsetid(DOMAIN, 1)]
        made = helper.make_model(graph, opset_imports=opsets, ir_version=9)
        return bytes(made.SerializeToString())

    def run(self, threads: int = 1) -> np.ndarray:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 4
        options.register_custom_ops_library(str(library.library_path()))
        session = onnxruntime.InferenceSession(self.model(), options, providers=["CPUExecutionProvider"])
        output, self.moments = session.run(None, {"input": self.input, **self.optional})
        return output


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """Each backend in turn, chosen for the sessions of the test."""
    path = library.library_path()
    if path is None:
        pytest.skip("the kernels are not compiled")
    if library.ask(path, request.param) is None:
        pytest.skip("not on this processor")
    yield request.param
    library.ask(path, "")
