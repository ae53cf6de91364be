"""Runs one way of voicing sentences on request: a process of `kernels.py`, whose other end it is.

    python kernels_worker.py WAY THREADS MODEL SENTENCES.npz

Each line on stdin is a sentence's number; the answer is the seconds on the wall, those of the processor,
and the sound's. WAY is `kokoro-onnx` (in an environment that has it) or a value of BULLETIN_KERNELS.
"""

import os
import sys
import time
from collections.abc import Callable

import numpy as np

Sentence = tuple[list[int], np.ndarray]


def published_package(model: str, threads: int) -> Callable[[Sentence], np.ndarray]:
    """kokoro-onnx's model part: the session that it makes, with the number of threads set, and its inputs."""
    import kokoro_onnx  # noqa: F401
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])

    def say(sentence: Sentence) -> np.ndarray:
        tokens, style = sentence
        feed = {"tokens": [[0, *tokens, 0]], "style": style, "speed": np.ones(1, np.float32)}
        return session.run(None, feed)[0]

    return say


def ours(threads: int) -> Callable[[Sentence], np.ndarray]:
    os.environ["OMP_NUM_THREADS"] = str(threads)
    from bulletin.speech.kokoro.model import KokoroModel

    model = KokoroModel()
    return lambda sentence: model.run(*sentence, 1.0)[0]


def main() -> None:
    way, threads, model, path = sys.argv[1:]
    if way == "kokoro-onnx":
        say = published_package(model, int(threads))
    else:
        os.environ["BULLETIN_KERNELS"] = "" if way == "best" else way
        say = ours(int(threads))
    arrays = np.load(path)
    for line in sys.stdin:
        number = int(line)
        sentence = arrays[f"tokens_{number}"].tolist(), arrays[f"style_{number}"].reshape(1, 256)
        wall, processor = time.perf_counter(), time.process_time()
        sound = say(sentence)
        spent = time.perf_counter() - wall, time.process_time() - processor
        print(*spent, sound.size / 24000, flush=True)


if __name__ == "__main__":
    main()
