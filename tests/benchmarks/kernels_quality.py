"""Whether the kernels cost anything that can be heard: word errors and DNSMOS beside the published graph.

    python tests/benchmarks/kernels_quality.py FOLDER PYTHON_THAT_LISTENS [ARTICLE[.VOICE] ...]

Every voice of a language's cast reads every article of that language in `quality/` (all, or those named, such
as `fr-pont` or `fr-pont.siwis`): through the published graph, and through the kernels that BULLETIN_KERNELS
names (the best ones here). Then through the kernels once more, with all numbers of the voice's style one part
in a million larger: the quantized network says something else at the least touch, and how far these two ways
of the kernels are apart is noise. `kernels_listener.py` tells what PYTHON_THAT_LISTENS has to have.

Sounds and what was heard of them are kept in FOLDER, so that the work can be done in pieces.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import wave
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

import jiwer
import numpy as np

from bulletin.speech.kernels.library import VARIABLE
from bulletin.speech.kokoro import engine
from bulletin.speech.kokoro.recipes import Recipe, recipes

ARTICLES = Path(__file__).with_name("quality")
LISTENER = Path(__file__).with_name("kernels_listener.py")
WAYS = ("published", "kernels", "nudged")
NUDGE = 1 + 1e-6
PAUSE = 0.4


@cache
def engine_for(way: str) -> engine.KokoroEngine:
    """Each loads its network with the variable that it needs."""
    wish = os.environ.get(VARIABLE, "")
    os.environ[VARIABLE] = "off" if way == "published" else wish
    made = engine.KokoroEngine()
    print(f"{way}: {made.note}", file=sys.stderr)
    os.environ[VARIABLE] = wish
    return made


def spoken(article: Path, voice: str, way: str) -> np.ndarray:
    """The lines of the article with pauses between them, at the engine's rate."""
    language = article.name[:2]
    untouched = Recipe.styles
    if way == "nudged":
        Recipe.styles = lambda self: untouched(self) * np.float32(NUDGE)
    try:
        clips = [
            engine_for(way).speak(line, voice, language=language, speed=1.0).samples
            for line in article.read_text(encoding="utf-8").splitlines()
        ]
    finally:
        Recipe.styles = untouched
    silence = np.zeros(round(PAUSE * engine.RATE), np.float32)
    return np.concatenate([part for clip in clips for part in (clip, silence)])


def write(path: Path, samples: np.ndarray) -> None:
    unfinished = path.with_suffix(".part")
    with wave.open(str(unfinished), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(engine.RATE)
        file.writeframes(np.rint(samples * 32767).astype("<i2").tobytes())
    unfinished.rename(path)


def words(text: str) -> str:
    """In small letters, without punctuation."""
    return " ".join(re.sub(r"[\W_]+", " ", text.lower().replace("œ", "oe")).split())


def listen(python: str, paths: list[Path]) -> None:
    """Writes what was heard beside each sound."""
    if not paths:
        return
    command = [python, "-W", "ignore", str(LISTENER)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin and process.stdout
        for path in paths:
            print(path, path.name[:2], file=process.stdin, flush=True)
            path.with_suffix(".json").write_text(process.stdout.readline(), encoding="utf-8")
        process.stdin.close()


class Heard(NamedTuple):
    """One article by one voice in one way."""

    wrong: int
    words: int
    dnsmos: float


Reading = dict[str, Heard]
"""The same in each of the ways."""


def wrong_share(heard: Heard) -> float:
    return 100 * heard.wrong / heard.words


def score(heard: Heard) -> float:
    return heard.dnsmos


def heard_of(article: Path, sound: Path) -> Heard:
    heard = json.loads(sound.with_suffix(".json").read_text(encoding="utf-8"))
    said = words(article.read_text(encoding="utf-8"))
    compared = jiwer.process_words(said, words(heard["text"]))
    wrong = compared.substitutions + compared.deletions + compared.insertions
    return Heard(wrong, len(said.split()), heard["dnsmos"])


def show(name: str, rows: list[Reading]) -> None:
    """One line of the table: the published graph's figures, and how far the others are from them."""
    cells = []
    for figure, digits in ((wrong_share, 2), (score, 3)):
        published, *others = (statistics.mean(figure(row[way]) for row in rows) for way in WAYS)
        cells += [f"{published:8.{digits}f}", *(f"{other - published:+8.{digits}f}" for other in others)]
    print(f"{name:12}" + "".join(cells) + f"{sum(row['published'].words for row in rows):8}")


def spread(rows: list[Reading], way: str, other: str) -> str:
    """Mean difference over readings, and twice its standard error."""
    parts = []
    for figure in (wrong_share, score):
        values = [figure(row[way]) - figure(row[other]) for row in rows]
        error = statistics.stdev(values) / len(values) ** 0.5 if len(values) > 1 else float("inf")
        parts.append(f"{statistics.mean(values):+.3f} ± {2 * error:.3f}")
    return f"{way} less {other}: word errors {parts[0]} points, DNSMOS {parts[1]}"


def main() -> None:
    folder, python, *names = sys.argv[1:]
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    Path(folder).mkdir(parents=True, exist_ok=True)
    table: dict[str, list[Reading]] = defaultdict(list)
    for article in sorted(ARTICLES.glob("*.txt")):
        for voice in (each.name for each in recipes().values() if each.language == article.name[:2]):
            if names and not {article.stem, f"{article.stem}.{voice}"}.intersection(names):
                continue
            sounds = {way: Path(folder) / f"{article.stem}.{voice}.{way}.wav" for way in WAYS}
            for way, path in sounds.items():
                if not path.exists():
                    write(path, spoken(article, voice, way))
            listen(python, [path for path in sounds.values() if not path.with_suffix(".json").exists()])
            table[voice].append({way: heard_of(article, path) for way, path in sounds.items()})
    print(f"{'':12}{'word errors in percent':^24}{'DNSMOS':^24}{'words':>8}")
    print(f"{'':12}" + 2 * "".join(f"{way[:7]:>8}" for way in WAYS))
    for voice, rows in table.items():
        show(voice, rows)
    everything = [row for rows in table.values() for row in rows]
    show("all", everything)
    for way, other in (("kernels", "published"), ("nudged", "published"), ("nudged", "kernels")):
        print(spread(everything, way, other))


if __name__ == "__main__":
    main()
