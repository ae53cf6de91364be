"""The graph's rewriting, on small graphs made of the same nodes as the published one."""

from __future__ import annotations

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from bulletin.speech.kernels import library
from bulletin.speech.kernels.rewriting import OPERATOR, fuse_convolutions
from bulletin.speech.kernels.spectrum import replace_transforms

TIME, CHANNELS, OUTPUTS = 120, 12, 12


class Builder:
    """Nodes written one after the other; each call gives the name of what it makes."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self.rng = np.random.default_rng(0)

    def constant(self, array: object, kind: type = np.float32) -> str:
        name = f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.asarray(array, kind), name))
        return name

    def node(self, kind: str, *inputs: str, outputs: int = 1, **attributes: object) -> str:
        name = f"value_{len(self.nodes)}"
        names = [f"{name}_{number}" for number in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, name, **attributes))
        return names[0]

    def normalized(self, x: str) -> str:
        axis = self.constant([2], np.int64)
        mean = self.node("ReduceMean", x, axis, keepdims=1)
        away = self.node("Sub", x, mean)
        variance = self.node("ReduceMean", self.node("Mul", away, away), axis, keepdims=1)
        deviation = self.node("Sqrt", self.node("Add", variance, self.constant(1e-5)))
        gain, shift = (self.constant(self.rng.uniform(0.5, 2, (1, CHANNELS, 1))) for _ in range(2))
        return self.node("Add", self.node("Mul", gain, self.node("Div", away, deviation)), shift)

    def snake(self, x: str, reach: float = 1.0) -> str:
        frequency = self.rng.uniform(0.5, 5, (1, CHANNELS, 1))
        sine = self.node("Sin", self.node("Mul", self.constant(frequency), x))
        wave = self.node("Pow", sine, self.constant(2))
        return self.node("Add", x, self.node("Mul", self.constant(reach / frequency), wave))

    def convolution(self, x: str, bias: bool = True, low: int = 0, **attributes: object) -> str:
        known = {
            "kernel_shape": [3],
            "pads": [2, 2],
            "dilations": [2],
            "strides": [1],
            "group": 1,
        } | attributes
        weights = self.rng.integers(low, 128, (OUTPUTS, CHANNELS, 3))
        zero, scale = self.constant(60, np.uint8), self.constant(0.01)
        quantized = self.node("DynamicQuantizeLinear", x, outputs=3)
        base = quantized[:-2]
        total = self.node(
            "ConvInteger", quantized, self.constant(weights, np.uint8), f"{base}_2", zero, **known
        )
        both = self.node("Mul", f"{base}_1", scale)
        if bias:
            floats = self.constant(self.rng.standard_normal(OUTPUTS))
            whole = self.node(
                "Cast", self.node("Floor", self.node("Div", floats, both)), to=TensorProto.INT32
            )
            shaped = self.node("Reshape", whole, self.constant([1, -1, 1], np.int64))
            total = self.node("Add", total, shaped)
        return self.node("Mul", self.node("Cast", total, to=TensorProto.FLOAT), both)

    def upsampling(self, x: str, stride: int, length: int, pad: int, bias: bool = True) -> str:
        weights = self.constant(self.rng.standard_normal((CHANNELS, OUTPUTS, length)))
        floats = [self.constant(self.rng.standard_normal(OUTPUTS))] if bias else []
        return self.node("ConvTranspose", x, weights, *floats, strides=[stride], pads=[pad, pad])

    def model(self, *outputs: str) -> onnx.ModelProto:
        shape = [1, CHANNELS, None]
        graph = helper.make_graph(
            self.nodes,
            "small",
            [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs],
            self.constants,
        )
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)


def kinds(model: onnx.ModelProto) -> list[str]:
    return [node.op_type for node in model.graph.node]


def run(model: onnx.ModelProto, fused: bool) -> list[np.ndarray]:
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    if fused:
        options.register_custom_ops_library(str(library.library_path()))
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    x = np.random.default_rng(1).standard_normal((1, CHANNELS, TIME)).astype(np.float32)
    return session.run(None, {"x": x})


def same_result(model: onnx.ModelProto) -> onnx.ModelProto:
    """The model rewritten, after seeing that it says the same."""
    expected = run(model, fused=False)
    fuse_convolutions(model)
    if library.choose().backend is None:
        return model
    for one, other in zip(expected, run(model, fused=True), strict=True):
        assert one.shape == other.shape
        assert np.sqrt(np.mean((one - other) ** 2)) < 0.01 * np.sqrt(np.mean(one**2))
    return model


@pytest.mark.parametrize("normalized", [False, True])
@pytest.mark.parametrize("activation", ["none", "leaky", "snake"])
@pytest.mark.parametrize("bias", [False, True])
def test_everything_becomes_one_node(normalized: bool, activation: str, bias: bool) -> None:
    builder = Builder()
    x = builder.normalized("x") if normalized else "x"
    if activation == "leaky":
        x = builder.node("LeakyRelu", x, alpha=0.1)
    if activation == "snake":
        x = builder.snake(x)
    model = same_result(builder.model(builder.convolution(x, bias)))
    assert kinds(model) == [OPERATOR]


def test_residual_joins_where_it_is_as_wide() -> None:
    builder = Builder()
    first = builder.convolution(builder.snake("x"))
    second = builder.convolution(builder.snake(first))
    model = same_result(builder.model(builder.node("Add", second, first)))
    assert kinds(model) == [OPERATOR, OPERATOR]


def test_two_residuals_join() -> None:
    """As where the branches of a block are added up."""
    builder = Builder()
    first, second = (builder.convolution(builder.snake("x")) for _ in range(2))
    third = builder.convolution(builder.snake(second))
    total = builder.node("Add", builder.node("Add", third, second), first)
    model = same_result(builder.model(total, first, second))
    assert kinds(model) == [OPERATOR] * 3
    assert model.graph.node[-1].input[8:10] == [second, first]


def test_longer_sums_are_shared_out() -> None:
    """Each convolution takes two at most, and none is left in its many parts."""
    builder = Builder()
    others = [builder.convolution("x") for _ in range(3)]
    total = builder.convolution(builder.snake("x"))
    for each in others:
        total = builder.node("Add", total, each)
    model = same_result(builder.model(total))
    assert sorted(kinds(model)) == [OPERATOR] * 4


def test_moments_are_passed_on() -> None:
    """What one convolution has seen of its result, the next need not look for."""
    builder = Builder()
    first = builder.convolution("x")
    model = same_result(builder.model(builder.convolution(builder.snake(builder.normalized(first)))))
    maker, reader = model.graph.node
    assert reader.input[10] == maker.output[1]


def test_moments_of_something_else_are_not() -> None:
    builder = Builder()
    first = builder.node("Neg", builder.convolution("x"))
    model = same_result(builder.model(builder.convolution(builder.snake(first))))
    assert [len(node.input) for node in model.graph.node if node.op_type == OPERATOR] == [10, 10]


@pytest.mark.parametrize(("stride", "length", "pad"), [(6, 12, 3), (10, 20, 5), (2, 6, 0)])
@pytest.mark.parametrize("bias", [False, True])
def test_upsampling_behind_an_activation(stride: int, length: int, pad: int, bias: bool) -> None:
    builder = Builder()
    x = builder.node("LeakyRelu", "x", alpha=0.1)
    model = same_result(builder.model(builder.upsampling(x, stride, length, pad, bias)))
    assert kinds(model) == [OPERATOR]


def test_other_upsamplings_are_left_alone() -> None:
    """One that is the network's last word, one with a step and a half's overlap, one for each channel."""
    builder = Builder()
    x = builder.node("LeakyRelu", "x", alpha=0.1)
    names = builder.upsampling("x", 6, 12, 3), builder.upsampling(x, 5, 12, 3)
    weights = builder.constant(np.ones((CHANNELS, 1, 4)))
    names += (builder.node("ConvTranspose", x, weights, strides=[2], group=CHANNELS),)
    model = same_result(builder.model(*names))
    assert kinds(model).count("ConvTranspose") == 3


def test_residual_of_unknown_width_stays_apart() -> None:
    """It might be one number for all channels."""
    builder = Builder()
    narrow = builder.node("ReduceMean", "x", builder.constant([1], np.int64), keepdims=1)
    model = same_result(builder.model(builder.node("Add", builder.convolution("x"), narrow)))
    assert kinds(model) == ["ReduceMean", OPERATOR, "Add"]


def test_two_convolutions_that_are_added() -> None:
    builder = Builder()
    both = builder.node("Add", builder.convolution("x"), builder.convolution(builder.snake("x")))
    model = same_result(builder.model(both))
    assert kinds(model) == [OPERATOR, OPERATOR]


def test_what_others_read_is_kept() -> None:
    """The activated value is an output as well."""
    builder = Builder()
    active = builder.snake("x")
    model = same_result(builder.model(builder.convolution(active), active))
    assert kinds(model).count(OPERATOR) == 1
    assert "Sin" in kinds(model)


def test_result_that_is_an_output_keeps_its_name() -> None:
    builder = Builder()
    result = builder.convolution("x")
    total = builder.node("Add", result, builder.convolution(result))
    model = same_result(builder.model(result, total))
    assert kinds(model).count(OPERATOR) == 2


@pytest.mark.parametrize(
    "attributes",
    [{"strides": [2]}, {"pads": [1, 3]}, {"low": 60, "group": 12}],
    ids=["strided", "lopsided", "grouped"],
)
def test_other_convolutions_are_left_alone(attributes: dict[str, object]) -> None:
    builder = Builder()
    name = (
        builder.convolution("x", **{"low": 0} | attributes) if "group" not in attributes else grouped(builder)
    )
    model = same_result(builder.model(name))
    assert OPERATOR not in kinds(model)


def grouped(builder: Builder) -> str:
    """One channel for each output."""
    quantized = builder.node("DynamicQuantizeLinear", "x", outputs=3)
    weights = builder.constant(builder.rng.integers(0, 128, (CHANNELS, 1, 3)), np.uint8)
    total = builder.node(
        "ConvInteger",
        quantized,
        weights,
        f"{quantized[:-2]}_2",
        builder.constant(60, np.uint8),
        group=CHANNELS,
    )
    both = builder.node("Mul", f"{quantized[:-2]}_1", builder.constant(0.01))
    return builder.node("Mul", builder.node("Cast", total, to=TensorProto.FLOAT), both)


def test_weights_that_need_nine_bits_are_left_alone() -> None:
    builder = Builder()
    name = builder.convolution("x")
    weights = next(constant for constant in builder.constants if len(constant.dims) == 3)
    weights.CopyFrom(numpy_helper.from_array(np.full((OUTPUTS, CHANNELS, 3), 250, np.uint8), weights.name))
    model = same_result(builder.model(name))
    assert OPERATOR not in kinds(model)


def test_wave_of_another_value_is_no_snake() -> None:
    builder = Builder()
    half = builder.node("Mul", "x", builder.constant(0.5))
    sine = builder.node("Sin", builder.node("Mul", builder.constant(np.ones((1, CHANNELS, 1))), half))
    wave = builder.node("Mul", builder.constant(np.ones((1, CHANNELS, 1))), builder.node("Mul", sine, sine))
    model = same_result(builder.model(builder.convolution(builder.node("Add", "x", wave))))
    assert "Sin" in kinds(model)


def test_snake_that_falls_is_left_alone() -> None:
    """The kernels would look for its range at the wrong places."""
    builder = Builder()
    model = same_result(builder.model(builder.convolution(builder.snake("x", reach=1.5))))
    assert "Sin" in kinds(model)


def test_norm_over_channels_is_left_alone() -> None:
    builder = Builder()
    axis = builder.constant([1], np.int64)
    away = builder.node("Sub", "x", builder.node("ReduceMean", "x", axis, keepdims=1))
    variance = builder.node("ReduceMean", builder.node("Mul", away, away), axis, keepdims=1)
    deviation = builder.node("Sqrt", builder.node("Add", variance, builder.constant(1e-5)))
    gain, shift = (builder.constant(np.ones((1, CHANNELS, 1))) for _ in range(2))
    normal = builder.node("Add", builder.node("Mul", gain, builder.node("Div", away, deviation)), shift)
    model = same_result(builder.model(builder.convolution(normal)))
    assert "ReduceMean" in kinds(model)


@pytest.mark.parametrize("length", [20, 16])
def test_short_time_transform_as_convolution(length: int) -> None:
    """ONNX Runtime's own operator against the convolution."""
    builder = Builder()
    row = builder.node("Reshape", "x", builder.constant([1, -1], np.int64))
    window = builder.constant(np.hanning(length))
    step, size = builder.constant(5, np.int64), builder.constant(length, np.int64)
    model = builder.model(builder.node("STFT", row, step, window, size))
    (expected,) = run(model, fused=False)
    assert replace_transforms(model) == 1
    (found,) = run(model, fused=False)
    assert found.shape == expected.shape
    np.testing.assert_allclose(found, expected, atol=3e-5)
    ends = found[..., [0, -1], :]
    assert (ends[..., 0] < 0).any()
    assert (ends[..., 1][ends[..., 0] < 0] > 0).all(), "half a turn forwards"
