"""How fast does a VITS of the size of css10/vits speak, in torch and in ONNX Runtime? And Kokoro beside it?

    python tests/benchmarks/coqui_vits_onnx.py [ROUNDS] [THREADS]

Needs the coqui extra. The weights are random, which changes nothing about the time. In each round every way
says the same sentences, in turns that change from round to round. Reported are medians of real-time factors:
seconds of work for a second of sound, by the clock and by the processor time that the process was given,
which depends less on what else the machine does. First it is shown that both ways make the same sound.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 5
THREADS = sys.argv[2] if len(sys.argv) > 2 else "2"
os.environ["OMP_NUM_THREADS"] = THREADS
scratch = tempfile.TemporaryDirectory()
os.environ["BULLETIN_CACHE"] = scratch.name
sys.path.insert(0, str(Path(__file__).parents[1] / "speech" / "coqui"))

import coqui_models  # noqa: E402  after the environment is set
import numpy as np  # noqa: E402

from bulletin.model import Clip  # noqa: E402
from bulletin.speech.coqui import exporting  # noqa: E402
from bulletin.speech.coqui.graph import Graph  # noqa: E402
from bulletin.speech.coqui.names import Asked  # noqa: E402
from bulletin.speech.coqui.network import Network  # noqa: E402
from bulletin.speech.coqui.places import local  # noqa: E402
from bulletin.speech.kokoro import KokoroEngine  # noqa: E402

SENTENCES = [
    "La mairie rouvre la piscine samedi.",
    "Les syndicats ont quitté la réunion avant la fin, sans dire un mot.",
    "Le directeur assure que les livraisons reprendront dès lundi matin dans les six départements touchés.",
    "Selon les pompiers, le feu est parti d'un atelier où l'on stockait des batteries de vélos électriques.",
]
Say = Callable[[str], Clip]


def factors(say: Say) -> tuple[float, float]:
    """Real-time factors by the clock and by the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    clips = [say(sentence) for sentence in SENTENCES]
    sound = sum(len(clip.samples) / clip.rate for clip in clips)
    return (time.perf_counter() - clock) / sound, (time.process_time() - processor) / sound


def silent(model: Network | Graph) -> None:
    """No random numbers: the two ways draw different ones."""
    if isinstance(model, Graph):
        model.facts["scales"][0] = model.facts["scales"][2] = 0.0
    else:
        model.network.inference_noise_scale = model.network.inference_noise_scale_dp = 0.0


def main() -> None:
    path = coqui_models.vits(Path(scratch.name) / "css10-size", size={"length_scale": 1.3})
    model, asked = local(path), Asked(str(path))
    started = time.perf_counter()
    assert exporting.export(model)
    print(f"exported in {time.perf_counter() - started:.0f} s: ", end="")
    print(f"{(exporting.folder_of(model) / exporting.GRAPH).stat().st_size / 1e6:.0f} MB")
    torch, onnx, kokoro = Network(model), Graph(model), KokoroEngine()
    ways: dict[str, Say] = {
        "VITS, torch": lambda text: torch.say(text, asked, language="fr", speed=1.0),
        "VITS, ONNX": lambda text: onnx.say(text, asked, language="fr", speed=1.0),
        "kokoro": lambda text: kokoro.speak(text, "siwis", language="fr", speed=1.0),
    }
    for say in ways.values():
        say(SENTENCES[0])
    measured: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for number in range(ROUNDS):
        names = list(ways)
        for name in names if number % 2 else reversed(names):
            measured[name].append(factors(ways[name]))
    print(f"threads: {THREADS}; medians of {ROUNDS} rounds; real-time factor by clock, by processor time")
    for name, found in measured.items():
        clock, processor = (statistics.median(kind) for kind in zip(*found, strict=True))
        print(f"{name:12} {clock:.3f} {processor:.3f}")
    pairs = zip(measured["VITS, torch"], measured["VITS, ONNX"], strict=True)
    ratios = [(a[0] / b[0], a[1] / b[1]) for a, b in pairs]
    clock, processor = (statistics.median(kind) for kind in zip(*ratios, strict=True))
    print(
        f"torch takes {clock:.2f} times as long as ONNX by the clock, {processor:.2f} times by the processor"
    )
    silent(torch)
    silent(onnx)
    one, other = (ways[name](SENTENCES[2]).samples for name in ("VITS, torch", "VITS, ONNX"))
    difference = np.abs(one - other).max()
    print(f"without noise: {len(one)} and {len(other)} samples, the largest difference {difference:.1e}")


if __name__ == "__main__":
    main()
