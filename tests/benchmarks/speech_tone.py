"""How long the test double takes for an article of 540 words, from utterances to clips, in this process.

python tests/benchmarks/speech_tone.py [ROUNDS]
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from bulletin.model import Piece, Utterance
from bulletin.speech.render import render

SENTENCE = "Le conseil municipal de la ville a voté hier soir la réouverture du pont suspendu sur la rivière."
WORDS = 540


def seconds(cache: Path | None) -> float:
    count = WORDS // len(SENTENCE.split())
    texts = [f"{SENTENCE} {number}" for number in range(count)]
    utterances = [Utterance((Piece(text, text),), "narration", "tone:narrator", "fr") for text in texts]
    started = time.perf_counter()
    for _ in render(utterances, cache=cache):
        pass
    return time.perf_counter() - started


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        written = [seconds(Path(folder) / str(number)) for number in range(rounds)]
        read = [seconds(Path(folder) / str(number)) for number in range(rounds)]
    print(f"voiced {statistics.median(written):.3f} s, read from the cache {statistics.median(read):.3f} s")


if __name__ == "__main__":
    main()
