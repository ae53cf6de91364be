"""An ONNX graph that can be asked who makes a value and who reads it, and whose nodes can be replaced."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import onnx
from onnx import numpy_helper

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

Message = TypeVar("Message", onnx.NodeProto, onnx.TensorProto)


class Graph:
    """A view of a model's graph. `replace` collects changes; `finish` makes them."""

    def __init__(self, model: onnx.ModelProto) -> None:
        self.model = model
        self.constants = {tensor.name: tensor for tensor in model.graph.initializer}
        self.makers = {output: node for node in model.graph.node for output in node.output}
        self.readers: dict[str, list[onnx.NodeProto]] = defaultdict(list)
        for node in model.graph.node:
            for name in node.input:
                self.readers[name].append(node)
        self.replacements: dict[str, list[onnx.NodeProto]] = {}

    def nodes(self, kind: str) -> list[onnx.NodeProto]:
        return [node for node in self.model.graph.node if node.op_type == kind]

    def maker(self, name: str, kind: str) -> onnx.NodeProto | None:
        """The node that makes the value, if it is of that kind."""
        node = self.makers.get(name)
        return node if node is not None and node.op_type == kind else None

    def only_reader(self, name: str, kind: str) -> onnx.NodeProto | None:
        """The one node that reads the value, if it is alone and of that kind."""
        readers = self.readers[name]
        if len(readers) != 1 or readers[0].op_type != kind or name in self.outputs():
            return None
        return readers[0]

    def outputs(self) -> set[str]:
        return {output.name for output in self.model.graph.output}

    def array(self, name: str) -> NDArray[np.generic]:
        return numpy_helper.to_array(self.constants[name])

    def scalar(self, name: str) -> float | None:
        """The number, where the value is constant and only one."""
        if name not in self.constants:
            return None
        array = self.array(name)
        return float(array.reshape(-1)[0]) if array.size == 1 else None

    def add_constant(self, name: str, array: NDArray[np.generic]) -> str:
        tensor = numpy_helper.from_array(array, name)
        self.model.graph.initializer.append(tensor)
        return name

    def replace(self, node: onnx.NodeProto, nodes: list[onnx.NodeProto]) -> None:
        """`nodes` take the place of `node`, and between them make all its outputs that anybody reads."""
        self.replacements[node.output[0]] = nodes

    def finish(self) -> None:
        """Makes the replacements and leaves out whatever nobody reads any more."""
        graph = self.model.graph
        nodes = [
            new
            for node in graph.node
            for new in self.replacements.get(node.output[0] if node.output else "", [node])
        ]
        kept = needed(nodes, self.outputs())
        used = {name for node in kept for name in node.input} | self.outputs()
        tensors = [tensor for tensor in graph.initializer if tensor.name in used]
        copies = [copy(node) for node in kept], [copy(tensor) for tensor in tensors]
        del graph.node[:], graph.initializer[:]
        graph.node.extend(copies[0])
        graph.initializer.extend(copies[1])


def needed(nodes: list[onnx.NodeProto], outputs: Iterable[str]) -> list[onnx.NodeProto]:
    """Those of the nodes, which are in the order of execution, that the outputs depend on."""
    wanted = set(outputs)
    kept = []
    for node in reversed(nodes):
        if wanted.intersection(node.output):
            wanted.update(node.input)
            kept.append(node)
    return kept[::-1]


def copy(message: Message) -> Message:
    """A message of its own: clearing a list of messages empties those that were in it."""
    made = type(message)()
    made.CopyFrom(message)
    return made


def attributes(node: onnx.NodeProto) -> dict[str, object]:
    return {attribute.name: onnx.helper.get_attribute_value(attribute) for attribute in node.attribute}
