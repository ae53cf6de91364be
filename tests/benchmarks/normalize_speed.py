"""Lines a second through the French normalizer, and how linear it is. Run as a program; asserts nothing.

    python tests/benchmarks/normalize_speed.py [FILE]

Without a file, the written sides of the French gate cases are read: short lines, each with something to
normalise, which is the worst there is. The noun model is switched off, as its load is counted apart.
"""

import json
import statistics
import sys
import time
from pathlib import Path

from bulletin.normalize import normalize
from bulletin.normalize.fr import nouns

CASES = Path(__file__).parent.parent / "gates" / "normalize" / "fr.jsonl"


def lines_of(arguments):
    if arguments:
        return Path(arguments[0]).read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["written"] for line in CASES.read_text(encoding="utf-8").splitlines()]


def seconds(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main():
    lines = lines_of(sys.argv[1:])
    nouns.analysed = lambda word, phrase: None  # as if there were no noun model
    first = seconds(lambda: normalize("12 km", "fr"))
    runs = [seconds(lambda: [normalize(line, "fr") for line in lines]) for _ in range(7)]
    rate = len(lines) / statistics.median(runs)
    print(f"first line {first:.2f} s (tables and regexes)")
    print(f"{len(lines)} lines, {sum(map(len, lines)) / len(lines):.0f} characters each: {rate:.0f} lines/s")
    text = " ".join(lines)
    short = statistics.median(seconds(lambda: normalize(text, "fr")) for _ in range(3))
    long = statistics.median(seconds(lambda: normalize(" ".join([text] * 4), "fr")) for _ in range(3))
    print(f"four times the length in one line: {long / short:.1f} times as long")


if __name__ == "__main__":
    main()
