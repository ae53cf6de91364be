"""The network loaded: with the kernels where they run and have been tried, else as it was published."""

from __future__ import annotations

import hashlib
import json
import logging
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bulletin.speech.files import write_whole
from bulletin.speech.kernels import library, trial

if TYPE_CHECKING:
    from collections.abc import Callable

    from onnxruntime import InferenceSession, SessionOptions

    from bulletin.speech.kernels.library import Choice
    from bulletin.speech.kernels.trial import Inputs

log = logging.getLogger(__name__)

SEPARATE_WEIGHTS = "session.optimized_model_external_initializers_file_name"
REWRITERS = ("graph.py", "patterns.py", "rewriting.py", "spectrum.py")


@dataclass(frozen=True, slots=True)
class Stock:
    """The network as it was published. `name` changes with the model; `inputs` make it say a sentence."""

    name: str
    folder: Path
    graph: Callable[[], bytes]
    inputs: Callable[[], Inputs]
    options: Callable[[], SessionOptions]


class KernelError(Exception):
    """Why the kernels are not used."""


def open_session(stock: Stock) -> tuple[InferenceSession, str]:
    """The fastest session that has been seen to say the right thing, and which it is and why.

    Raises what ONNX Runtime raises.
    """
    choice = library.choose()
    why = choice.why
    if choice.backend:
        try:
            return fused_session(stock, choice), f"kernels for {choice.backend}: {why}"
        except Exception as error:
            why = str(error)
            log.warning("the kernels for %s are not used: %s", choice.backend, why)
    return stock_session(stock), f"no kernels: {why}"


def stock_session(stock: Stock) -> InferenceSession:
    return session(stock.graph(), stock.options())


def session(graph: bytes | str, options: SessionOptions) -> InferenceSession:
    import onnxruntime

    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def fused_session(stock: Stock, choice: Choice) -> InferenceSession:
    """Raises `KernelError` where the kernels say something else than the published graph."""
    fused = load_fused(stock, choice)
    verdict = stock.folder / f"{fused_name(stock)}.{circumstances(choice)}.json"
    distance = read_distance(verdict)
    if distance is None:
        distance = trial.distance(stock_session(stock), fused, stock.inputs())
        keep(verdict, json.dumps({"backend": choice.backend, "distance": distance}).encode())
    if not distance <= trial.LIMIT:
        raise KernelError(f"they differ from the published graph by {distance:.1f} dB")
    return fused


def load_fused(stock: Stock, choice: Choice) -> InferenceSession:
    """The rewritten graph: from its files, simplified already, or as it is where no file can be written."""
    from onnxruntime import GraphOptimizationLevel

    path = stock.folder / f"{fused_name(stock)}.onnx"
    if not (path.is_file() and weights_of(path).is_file()):
        from bulletin.speech.kernels.rewriting import rewritten

        graph = rewritten(stock.graph())
        if not keep_simplified(path, graph, options_with_kernels(stock, choice)):
            return session(graph, options_with_kernels(stock, choice))
        for old in stock.folder.glob(f"{stock.name}.fused-*"):
            if not old.name.startswith(fused_name(stock)):
                old.unlink(missing_ok=True)
    options = options_with_kernels(stock, choice)
    options.graph_optimization_level = GraphOptimizationLevel.ORT_DISABLE_ALL
    return session(str(path), options)


def options_with_kernels(stock: Stock, choice: Choice) -> SessionOptions:
    options = stock.options()
    options.register_custom_ops_library(str(choice.library))
    return options


def keep_simplified(path: Path, graph: bytes, options: SessionOptions) -> bool:
    """Whether what ONNX Runtime makes of the graph could be written. Loading it takes half the time.

    The weights are a file of their own, which is mapped into memory where others are copied twice. Its name
    is in the graph, so both are made in a folder beside. The graph gets its place last: without it nobody
    looks for the weights.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as scratch:
            options.optimized_model_filepath = f"{scratch}/{path.name}"
            options.add_session_config_entry(SEPARATE_WEIGHTS, weights_of(path).name)
            session(graph, options)
            for made in sorted(Path(scratch).iterdir(), key=lambda file: file.name == path.name):
                made.replace(path.with_name(made.name))
    except Exception as error:  # ONNX Runtime's errors have nothing in common
        log.info("%s could not be kept: %s", path, error)
        return False
    return True


def weights_of(path: Path) -> Path:
    return path.with_name(f"{path.stem}.weights")


def fused_name(stock: Stock) -> str:
    """Changes with the model, with anything in the rewriting and with ONNX Runtime, which simplifies it."""
    import onnxruntime

    folder = Path(__file__).parent
    parts = [onnxruntime.__version__.encode(), *((folder / name).read_bytes() for name in REWRITERS)]
    return f"{stock.name}.fused-{hashlib.sha256(b''.join(parts)).hexdigest()[:8]}"


def circumstances(choice: Choice) -> str:
    """What a trial holds for: the compiled code, the processor's kind, ONNX Runtime."""
    import onnxruntime

    code = choice.library.read_bytes() if choice.library else b""
    parts = f"{choice.backend} {onnxruntime.__version__}".encode()
    return hashlib.sha256(code + parts).hexdigest()[:12]


def read_distance(path: Path) -> float | None:
    try:
        found: Any = json.loads(path.read_bytes())
        return float(found["distance"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep(path: Path, data: bytes) -> bool:
    """Whether it could be written."""
    try:
        write_whole(path, data)
    except OSError as error:
        log.info("%s could not be kept: %s", path, error)
        return False
    return True
