"""How fast do the kinds of Coqui's released models speak here, and what memory do they take?

    python tests/benchmarks/coqui_kinds.py [ROUNDS] [THREADS]
    python tests/benchmarks/coqui_kinds.py memory KIND

Needs the coqui extra, 12 GB of memory and 5 GB of disk. The models have the released sizes and random
weights, which changes nothing about the time, as long as each says as much as a real one would: Tacotron
and XTTS, which find their end by themselves, are stopped after about six seconds. In each round every kind
says the same sentence, in turns that change from round to round. Reported are medians of real-time factors
(seconds of work for a second of sound, by the clock and by processor time), and how many times kokoro's
processor time. With `memory`, one kind speaks in a process of its own, which tells the most that it took.
"""

import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

MEMORY = sys.argv[2] if sys.argv[1:2] == ["memory"] else None
ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 and not MEMORY else 5
os.environ["OMP_NUM_THREADS"] = sys.argv[2] if len(sys.argv) > 2 and not MEMORY else "2"
MODELS = Path(os.environ.get("COQUI_KINDS") or tempfile.gettempdir()) / "coqui-kinds"
os.environ["BULLETIN_CACHE"] = str(MODELS / "cache")
sys.path.insert(0, str(Path(__file__).parents[1] / "speech" / "coqui"))

import coqui_models  # noqa: E402  after the environment is set

from bulletin.model import Clip  # noqa: E402
from bulletin.speech.coqui.engine import CoquiEngine  # noqa: E402
from bulletin.speech.kokoro import KokoroEngine  # noqa: E402

SENTENCE = "Le directeur assure que les livraisons reprendront lundi matin dans les six départements touchés."
SECONDS = 6
YOUR_TTS = {"num_layers_text_encoder": 10, "resblock_type_decoder": "2", "length_scale": 2.0}
XTTS = {
    "gpt_layers": 30,
    "gpt_n_model_channels": 1024,
    "gpt_n_heads": 16,
    "gpt_max_audio_tokens": SECONDS * 24000 // 1024,
    "gpt_num_audio_tokens": 1026,
    "gpt_start_audio_token": 1024,
    "gpt_stop_audio_token": 1025,
    "gpt_number_text_tokens": 6681,
    "gpt_use_perceiver_resampler": True,
    "decoder_input_dim": 1024,
}
KINDS: dict[str, tuple[Callable[[Path], Any], str]] = {
    "css10/vits": (lambda folder: coqui_models.vits(folder, size={"length_scale": 1.3}), ""),
    "fairseq/fra": (coqui_models.fairseq, ""),
    "mai/tacotron2-DDC": (lambda folder: coqui_models.mai(folder, SECONDS), ""),
    "your_tts": (lambda folder: coqui_models.imitating_vits(folder, size=YOUR_TTS, rate=16000), "#anne"),
    "xtts_v2": (lambda folder: coqui_models.xtts(folder, size=XTTS), "#Ana Florence"),
}


def path_of(kind: str) -> Path:
    """The model's folder, built when it is first asked for."""
    build, _ = KINDS[kind]
    folder = MODELS / kind.replace("/", "-")
    if not (folder / "config.json").is_file():
        build(folder)
    return folder


def speaker_of(kind: str) -> Callable[[], Clip]:
    """Says the sentence."""
    if kind == "kokoro":
        kokoro = KokoroEngine()
        return lambda: kokoro.speak(SENTENCE, "siwis", language="fr", speed=1.0)
    engine, voice = CoquiEngine(), f"{path_of(kind)}{KINDS[kind][1]}"
    engine.recipe(voice)
    return lambda: engine.speak(SENTENCE, voice, language="fr", speed=1.0)


def factors(say: Callable[[], Clip]) -> tuple[float, float, float]:
    """Real-time factors by the clock and by the processor, and the seconds of sound."""
    clock, processor = time.perf_counter(), time.process_time()
    clip = say()
    sound = len(clip.samples) / clip.rate
    return (time.perf_counter() - clock) / sound, (time.process_time() - processor) / sound, sound


def rounds(ways: dict[str, Callable[[], Clip]]) -> dict[str, list[tuple[float, float, float]]]:
    measured: dict[str, list[tuple[float, float, float]]] = {name: [] for name in ways}
    for number in range(ROUNDS):
        for name in list(ways) if number % 2 else reversed(ways):
            measured[name].append(factors(ways[name]))
    return measured


def main() -> None:
    ways = {kind: speaker_of(kind) for kind in ["kokoro", *KINDS]}
    for say in ways.values():
        say()
    measured = rounds(ways)
    print(f"threads: {os.environ['OMP_NUM_THREADS']}; medians of {ROUNDS} rounds")
    print(f"{'':18} clock  processor  times kokoro  seconds of sound")
    for kind, found in measured.items():
        clock, processor, sound = (statistics.median(one) for one in zip(*found, strict=True))
        times = statistics.median(a[1] / b[1] for a, b in zip(found, measured["kokoro"], strict=True))
        print(f"{kind:18} {clock:5.2f}  {processor:9.2f}  {times:12.2f}  {sound:16.1f}")


def memory(kind: str) -> None:
    """The most that a process takes in which one kind speaks; exported and built before, by another."""
    say = speaker_of(kind)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    say()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    files = sum(path.stat().st_size for path in path_of(kind).rglob("*") if path.is_file())
    print(f"{kind}: {most / 1024:.0f} MB ({before / 1024:.0f} before it spoke); files {files / 1e6:.0f} MB")


if __name__ == "__main__":
    memory(MEMORY) if MEMORY else main()
