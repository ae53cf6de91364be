"""How fast the network runs: kokoro-onnx, the published graph as we run it, and each kind of kernels.

    python tests/benchmarks/kernels.py [ROUNDS [PYTHON_WITH_KOKORO_ONNX]]

All ways stay loaded, each in a process of its own, and take turns: every sentence is voiced by all of them
before the next, in an order that changes from round to round. A ratio compares neighbours, so that what else
the machine does meets both; reported are medians. With one thread the processor's own seconds are compared,
with two the seconds on the wall.
"""

from __future__ import annotations

import platform
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from bulletin.speech.kernels import library
from bulletin.speech.kokoro import phonemes, recipes
from bulletin.speech.kokoro.alphabet import tokens
from bulletin.speech.kokoro.model import model_path, read_model

WORKER = Path(__file__).with_name("kernels_worker.py")
SENTENCES = (
    "Les travaux commenceront au printemps.",
    "Les syndicats ont quitté la réunion avant la fin, sans dire un mot.",
    "Le directeur assure que les livraisons reprendront dès lundi matin dans les six départements touchés.",
)
BACKENDS = ("amx", "avx512-vnni", "avx-vnni", "avx2", "neon-dot")


class Way:
    """A process that voices sentences in one way."""

    def __init__(self, name: str, python: str, threads: int, sentences: Path) -> None:
        self.name = name
        command = [python, str(WORKER), name, str(threads), str(model_path()), str(sentences)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def say(self, number: int) -> tuple[float, float, float]:
        """Seconds on the wall, of the processor, of sound."""
        assert self.process.stdin and self.process.stdout
        print(number, file=self.process.stdin, flush=True)
        wall, processor, sound = map(float, self.process.stdout.readline().split())
        return wall, processor, sound

    def close(self) -> None:
        self.process.communicate()


def prepared(folder: Path) -> Path:
    """The sentences as the network takes them."""
    voice = recipes.recipes()["siwis"]
    arrays = {}
    for number, text in enumerate(SENTENCES):
        spoken = tokens(phonemes.joined(phonemes.units(text, voice.accent_for("fr"))))
        arrays[f"tokens_{number}"] = np.array(spoken, np.int64)
        arrays[f"style_{number}"] = voice.styles()[len(spoken) - 1]
    path = folder / "sentences.npz"
    np.savez(path, **arrays)
    return path


def measure(ways: list[Way], rounds: int, clock: int) -> dict[str, list[float]]:
    """Real-time factors of each way, sentence by sentence."""
    factors: dict[str, list[float]] = {way.name: [] for way in ways}
    for way in ways:
        way.say(0)
    for turn in range(rounds):
        for number in range(len(SENTENCES)):
            for way in random.Random(turn * 31 + number).sample(ways, len(ways)):
                spent = way.say(number)
                factors[way.name].append(spent[clock] / spent[2])
    return factors


def runs_here() -> list[str]:
    path = library.library_path()
    return [name for name in BACKENDS if path and library.ask(path, name)]


def processor_name() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    theirs = sys.argv[2] if len(sys.argv) > 2 else None
    read_model(model_path())
    names = [*(["kokoro-onnx"] if theirs else []), "off", *runs_here()]
    print(f"{processor_name()}; {rounds} rounds of {len(SENTENCES)} sentences, the network alone")
    print(f"{'':14}{'1 thread':>22}{'2 threads':>22}")
    columns = []
    with tempfile.TemporaryDirectory() as folder:
        sentences = prepared(Path(folder))
        for threads in (1, 2):
            pythons = {"kokoro-onnx": theirs or ""}
            ways = [Way(name, pythons.get(name, sys.executable), threads, sentences) for name in names]
            columns.append(measure(ways, rounds, clock=1 if threads == 1 else 0))
            for way in ways:
                way.close()
    for name in names:
        cells = []
        for factors in columns:
            ratio = statistics.median(a / b for a, b in zip(factors[names[0]], factors[name], strict=True))
            cells.append(f"{statistics.median(factors[name]):.3f} {ratio:5.2f} ×")
        shown = "stock graph" if name == "off" else name
        print(f"{shown:14}" + "".join(f"{cell:>22}" for cell in cells), flush=True)


if __name__ == "__main__":
    main()
