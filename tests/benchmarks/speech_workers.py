"""Which is faster on this machine: several processes with one thread each, or one with all threads?

    python tests/benchmarks/speech_workers.py [ROUNDS]

Each round voices the same sentences both ways, processes started anew, in turns that change from round to
round. Reported are the medians and the median of the ratios within a round; nothing is asserted.
"""

import statistics
import sys
import time

from bulletin.model import Piece, Utterance
from bulletin.speech.jobs import job
from bulletin.speech.workers import Workers
from bulletin.starting import cores

SENTENCES = [
    "La mairie rouvre la piscine samedi.",
    "Les syndicats ont quitté la réunion avant la fin, sans dire un mot.",
    "Le directeur assure que les livraisons reprendront dès lundi matin dans les six départements touchés.",
    "Deux cents mètres de voie ont été emportés.",
    "Selon les pompiers, le feu est parti d'un atelier où l'on stockait des batteries de vélos électriques.",
    "On n'avait jamais vu cela.",
    "La région versera quatre millions d'euros, l'État le double, et les communes le reste en dix ans.",
    "Les travaux commenceront au printemps.",
]


def seconds(processes: int, threads: int) -> float:
    """The time to voice all sentences, loading included."""
    jobs = [job(Utterance((Piece(text, text),), "narration", "kokoro:siwis", "fr")) for text in SENTENCES]
    started = time.perf_counter()
    with Workers(processes, None, threads) as workers:
        for _ in workers.run(jobs):
            pass
    return time.perf_counter() - started


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    many, one = [], []
    for number in range(rounds):
        ways = [(many, cores(), 1), (one, 1, cores())]
        for times, processes, threads in ways if number % 2 else reversed(ways):
            times.append(seconds(processes, threads))
        print(f"round {number + 1}: {many[-1]:.1f} s and {one[-1]:.1f} s", flush=True)
    ratio = statistics.median(b / a for a, b in zip(many, one, strict=True))
    print(f"{cores()} processes of 1 thread: {statistics.median(many):.1f} s (median of {rounds})")
    print(f"1 process of {cores()} threads:  {statistics.median(one):.1f} s")
    print(f"one process takes {ratio:.2f} times as long (median of the rounds)")


if __name__ == "__main__":
    main()
