"""The published graph with fused convolutions in the place of their many parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import onnx
from onnx import helper

from bulletin.speech.kernels import patterns
from bulletin.speech.kernels.graph import Graph, attributes
from bulletin.speech.kernels.spectrum import replace_transforms

if TYPE_CHECKING:
    from bulletin.speech.kernels.patterns import QuantizedConvolution

DOMAIN = "bulletin"
OPERATOR = "FusedConvolution"
MOST_RESIDUALS = 2
ACTIVATIONS = {type(None): 0, patterns.Leaky: 1, patterns.Snake: 2}


def rewritten(model: bytes) -> bytes:
    """The model with its convolutions fused and no slow transform; inputs and outputs stay as they are."""
    proto = onnx.load_from_string(model)
    fuse_convolutions(proto)
    replace_transforms(proto)
    return bytes(proto.SerializeToString())


def fuse_convolutions(model: onnx.ModelProto) -> int:
    """How many there were."""
    graph = Graph(model)
    kinds = ("ConvInteger", patterns.convolution), ("ConvTranspose", patterns.upsampling)
    found = [one for kind, look in kinds for node in graph.nodes(kind) if (one := look(graph, node))]
    widths = {one.output.output[0]: one.weights.shape[0] // one.phases for one in found}
    made = [fuse(graph, one, f"fused_{number}", widths) for number, one in enumerate(found)]
    pass_moments_on(made)
    graph.finish()
    if found:
        model.opset_import.append(helper.make_opsetid(DOMAIN, 1))
    return len(found)


def fuse(
    graph: Graph, found: QuantizedConvolution, name: str, widths: dict[str, int]
) -> tuple[onnx.NodeProto, QuantizedConvolution]:
    """Puts the fused convolution, which is returned, in the place of the last node that it stands for."""
    snake = patterns.snake(graph, found.input)
    leaky = None if snake else patterns.leaky(graph, found.input)
    activation = snake or leaky
    value = activation.input if activation else found.input
    normalization = patterns.normalization(graph, value)
    residuals, sums = residuals_of(graph, found, widths)
    *parts, last = found.output, *sums
    inputs = [
        normalization.input if normalization else value,
        graph.add_constant(f"{name}_weights", found.weights),
        graph.add_constant(f"{name}_scales", found.scales),
        "" if found.bias is None else graph.add_constant(f"{name}_bias", found.bias),
        normalization.gain if normalization else "",
        normalization.shift if normalization else "",
        snake.frequency if snake else "",
        snake.reciprocal if snake else "",
        *residuals,
        *[""] * (MOST_RESIDUALS - len(residuals)),
    ]
    node = helper.make_node(
        OPERATOR,
        inputs,
        [last.output[0], f"{name}_moments"],
        name,
        domain=DOMAIN,
        dilation=found.dilation,
        padding=found.padding,
        phases=found.phases,
        crop=found.crop,
        activation=ACTIVATIONS[type(activation)],
        leak=leaky.leak if leaky else 0.0,
        epsilon=normalization.epsilon if normalization else 0.0,
    )
    for part in parts:
        graph.replace(part, [])
    graph.replace(last, [node])
    return node, found


def pass_moments_on(made: list[tuple[onnx.NodeProto, QuantizedConvolution]]) -> None:
    """Tells each fused convolution what the one before it knows about its input: mean, variance, range."""
    known = {node.output[0]: node.output[1] for node, found in made if found.phases == 1}
    for node, _ in made:
        if node.input[0] in known:
            node.input.append(known[node.input[0]])


def residuals_of(
    graph: Graph, found: QuantizedConvolution, widths: dict[str, int]
) -> tuple[list[str], list[onnx.NodeProto]]:
    """What is added to the result and to nothing else, if it is as wide; and the nodes that make the sums."""
    last = found.output
    residuals: list[str] = []
    sums: list[onnx.NodeProto] = []
    while len(residuals) < MOST_RESIDUALS and found.phases == 1:
        added = graph.only_reader(last.output[0], "Add")
        if added is None or added.output[0] in graph.replacements:
            break
        residual = patterns.other(added, last.output[0])
        if width(graph, residual, widths) != found.weights.shape[0]:
            break
        residuals.append(residual)
        sums.append(last := added)
    return residuals, sums


def width(graph: Graph, name: str, widths: dict[str, int]) -> int | None:
    """How many channels a value has, where that can be told."""
    if name in widths:
        return widths[name]
    node = graph.makers.get(name)
    if node is None:
        return None
    if node.op_type == "ConvTranspose" and node.input[1] in graph.constants:
        return int(graph.array(node.input[1]).shape[1]) * int(str(attributes(node).get("group", 1)))
    if node.op_type in ("Add", "Div", "Pad"):
        known = [width(graph, each, widths) for each in node.input if each not in graph.constants]
        return max((each for each in known if each), default=None)
    return None
