"""What in the published graph makes up one fused convolution: found by structure, never by name.

Each function takes a value's name and looks at the nodes that make it; none changes the graph.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from bulletin.speech.kernels.graph import attributes

HAIR = 1e-4

if TYPE_CHECKING:
    import onnx
    from numpy.typing import NDArray

    from bulletin.speech.kernels.graph import Graph


@dataclass(frozen=True)
class Snake:
    """x + reciprocal * sin(frequency * x) ** 2, which never falls"""

    input: str
    frequency: str
    reciprocal: str


@dataclass(frozen=True)
class Leaky:
    input: str
    leak: float


@dataclass(frozen=True)
class Normalization:
    """gain * (x - mean) / sqrt(variance + epsilon) + shift, mean and variance over time"""

    input: str
    gain: str
    shift: str
    epsilon: float


@dataclass(frozen=True)
class QuantizedConvolution:
    """A convolution of a value that is quantized on the way in; `output` is the node that makes the floats.

    `weights`: integers less their zero point, shape (outputs, channels, taps). `scales`: of the weights, one
    for each output. `bias`: floats, one for each output. An upsampling has `phases` outputs for each channel
    that it makes, and leaves out `crop` steps at both ends.
    """

    input: str
    weights: NDArray[np.int8]
    scales: NDArray[np.float32]
    bias: NDArray[np.float32] | None
    dilation: int
    padding: int
    output: onnx.NodeProto
    phases: int = 1
    crop: int = 0


def other(node: onnx.NodeProto, name: str) -> str:
    """The other one of a node's two inputs."""
    return str(node.input[1] if node.input[0] == name else node.input[0])


def numbers(node: onnx.NodeProto, name: str, default: int) -> list[int]:
    """An attribute that is a list of whole numbers."""
    found: Any = attributes(node).get(name, [default])
    return list(found)


def convolution(graph: Graph, node: onnx.NodeProto) -> QuantizedConvolution | None:
    """DynamicQuantizeLinear, ConvInteger, perhaps Add (bias), Cast, Mul."""
    weights = integer_weights(graph, node)
    quantized = graph.maker(node.input[0], "DynamicQuantizeLinear")
    pads = numbers(node, "pads", 0)
    plain = numbers(node, "strides", 1) == [1] and is_whole(node) and pads[0] == pads[-1]
    if weights is None or quantized is None or not plain:
        return None
    bias, total = None, node.output[0]
    if added := graph.only_reader(total, "Add"):
        floats, total = float_bias(graph, other(added, total)), added.output[0]
        if floats is None:
            return None
        bias = graph.array(floats).astype(np.float32)
    cast = graph.only_reader(total, "Cast")
    scaled = graph.only_reader(cast.output[0], "Mul") if cast else None
    if cast is None or scaled is None:
        return None
    scale = weight_scale(graph, other(scaled, cast.output[0]), quantized)
    if scale is None:
        return None
    dilation = numbers(node, "dilations", 1)[0]
    scales = np.full(len(weights), scale, np.float32)
    return QuantizedConvolution(quantized.input[0], weights, scales, bias, dilation, pads[0], scaled)


def is_whole(node: onnx.NodeProto) -> bool:
    """Whether every output hears every channel."""
    return attributes(node).get("group", 1) == 1


def upsampling(graph: Graph, node: onnx.NodeProto) -> QuantizedConvolution | None:
    """A ConvTranspose behind an activation. It is published in floats, and quantized here like all others.

    With stride s, step s * t + p of its result is the sum over n of input step t - n times weight s * n + p.
    So it is s convolutions, one for each p.
    """
    constant = all(name in graph.constants for name in node.input[1:])
    if not constant or not graph.maker(node.input[0], "LeakyRelu") or not is_whole(node):
        return None
    weights = graph.array(node.input[1]).astype(np.float32)
    phases, pads = numbers(node, "strides", 1)[0], numbers(node, "pads", 0)
    plain = numbers(node, "dilations", 1) == [1] and numbers(node, "output_padding", 0) == [0]
    if weights.ndim != 3 or not plain or pads[0] != pads[-1] or weights.shape[2] % phases:
        return None
    channels, outputs, length = weights.shape
    taps = length // phases
    apart = weights.reshape(channels, outputs, taps, phases)[:, :, ::-1].transpose(1, 3, 0, 2)
    rows = apart.reshape(outputs * phases, channels, taps)
    scales = np.maximum(np.abs(rows).max(axis=(1, 2)), np.finfo(np.float32).tiny) / 127
    bias = graph.array(node.input[2]).astype(np.float32).repeat(phases) if len(node.input) > 2 else None
    return QuantizedConvolution(
        node.input[0],
        np.rint(rows / scales[:, None, None]).astype(np.int8),
        scales.astype(np.float32),
        bias,
        1,
        taps - 1,
        node,
        phases,
        pads[0],
    )


def integer_weights(graph: Graph, node: onnx.NodeProto) -> NDArray[np.int8] | None:
    """The weights less their zero point, if they are one-dimensional and fit a signed byte."""
    if node.input[1] not in graph.constants:
        return None
    weights = graph.array(node.input[1]).astype(np.int32)
    if len(node.input) > 3 and node.input[3]:
        zero = graph.scalar(node.input[3])
        if zero is None:
            return None
        weights -= int(zero)
    if weights.ndim != 3 or weights.min() < -127 or weights.max() > 127:
        return None
    return weights.astype(np.int8)


def float_bias(graph: Graph, name: str) -> str | None:
    """The floats behind a bias that is quantized while running: Div by its scale, Floor, Cast, Reshape."""
    for kind in ("Reshape", "Cast", "Floor", "Div"):
        node = graph.maker(name, kind)
        if node is None:
            return None
        name = node.input[0]
    return name if name in graph.constants else None


def weight_scale(graph: Graph, name: str, quantized: onnx.NodeProto) -> float | None:
    """The weights' part of the product of the input's scale and theirs."""
    product = graph.maker(name, "Mul")
    if product is None or quantized.output[1] not in product.input:
        return None
    return graph.scalar(other(product, quantized.output[1]))


def snake(graph: Graph, name: str) -> Snake | None:
    total = graph.maker(name, "Add")
    if total is None:
        return None
    for plain, wave in (total.input, reversed(total.input)):
        product = graph.maker(wave, "Mul")
        for square, reciprocal in (product.input, reversed(product.input)) if product else ():
            sine = graph.maker(squared(graph, square) or "", "Sin")
            turned = sine and graph.maker(sine.input[0], "Mul")
            if turned and plain in turned.input and never_falls(graph, other(turned, plain), reciprocal):
                return Snake(plain, other(turned, plain), reciprocal)
    return None


def never_falls(graph: Graph, frequency: str, reciprocal: str) -> bool:
    """The slope is 1 + reciprocal * frequency * sin(2 * frequency * x)."""
    if frequency not in graph.constants or reciprocal not in graph.constants:
        return False
    product = graph.array(frequency).astype(np.float64) * graph.array(reciprocal).astype(np.float64)
    return bool((np.abs(product) <= 1 + HAIR).all())


def squared(graph: Graph, name: str) -> str | None:
    """What is squared, as a power or as a product with itself."""
    power = graph.maker(name, "Pow")
    if power and graph.scalar(power.input[1]) == 2:
        return str(power.input[0])
    product = graph.maker(name, "Mul")
    if product and product.input[0] == product.input[1]:
        return str(product.input[0])
    return None


def leaky(graph: Graph, name: str) -> Leaky | None:
    node = graph.maker(name, "LeakyRelu")
    return Leaky(node.input[0], float(attributes(node).get("alpha", 0.01))) if node else None  # type: ignore[arg-type]


def normalization(graph: Graph, name: str) -> Normalization | None:
    """Add(Mul(gain, Div(Sub(x, mean), Sqrt(Add(mean of squares, epsilon)))), shift)."""
    total = graph.maker(name, "Add")
    for scaled, shift in (total.input, reversed(total.input)) if total else ():
        product = graph.maker(scaled, "Mul")
        for gain, ratio in (product.input, reversed(product.input)) if product else ():
            division = graph.maker(ratio, "Div")
            found = division and standardized(graph, division)
            if found:
                return Normalization(found[0], gain, shift, found[1])
    return None


def standardized(graph: Graph, division: onnx.NodeProto) -> tuple[str, float] | None:
    """What is centred and divided by its deviation, and the epsilon."""
    centred, deviation = (graph.makers.get(name) for name in division.input)
    if centred is None or deviation is None or (centred.op_type, deviation.op_type) != ("Sub", "Sqrt"):
        return None
    value = centred.input[0]
    raised = graph.maker(deviation.input[0], "Add")
    variance = raised and graph.maker(raised.input[0], "ReduceMean")
    epsilon = raised and graph.scalar(raised.input[1])
    mean = graph.maker(centred.input[1], "ReduceMean")
    if not variance or epsilon is None or not mean or mean.input[0] != value:
        return None
    over_time = all(graph.scalar(node.input[1]) in (2, -1) for node in (mean, variance))
    if not over_time or squared(graph, variance.input[0]) != centred.output[0]:
        return None
    return value, epsilon
