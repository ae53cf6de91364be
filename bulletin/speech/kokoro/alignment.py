"""Which of espeak's runs of sounds belongs to which word.

espeak runs some words together ("parce que") and takes others apart. Where the counts differ, words and
runs are paired by how alike they sound, one to one or one to a few.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

MOST = 4
"""How many words are ever run together, or runs one word makes."""

Pair = tuple[slice, slice]


def align(words: Sequence[str], runs: Sequence[str], sound: Callable[[str], str]) -> list[Pair]:
    """Pairs of slices into `words` and `runs`, in order, covering both.

    `sound` gives the sounds of one word alone.
    """
    if len(words) == len(runs):
        return [(slice(index, index + 1), slice(index, index + 1)) for index in range(len(words))]
    if not words or not runs:
        return [(slice(0, len(words)), slice(0, len(runs)))] if words or runs else []
    alone = [sound(word) for word in words]

    @cache
    def unlikeness(word: int, words_taken: int, run: int, runs_taken: int) -> float:
        left = "".join(alone[word : word + words_taken])
        right = "".join(runs[run : run + runs_taken])
        return (1 - SequenceMatcher(None, left, right, autojunk=False).ratio()) * (len(left) + len(right))

    return cheapest_path(len(words), len(runs), unlikeness)


def steps() -> Iterator[tuple[int, int]]:
    """How many words and runs may be paired at once."""
    yield 1, 1
    for several in range(2, MOST + 1):
        yield several, 1
        yield 1, several


def cheapest_path(words: int, runs: int, cost: Callable[[int, int, int, int], float]) -> list[Pair]:
    """Dynamic programming over pairs; everything in one pair where no path fits."""
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for word in range(words + 1):
        for run in range(runs + 1):
            for more_words, more_runs in steps():
                before = best.get((word - more_words, run - more_runs))
                if before is None:
                    continue
                total = before[0] + cost(word - more_words, more_words, run - more_runs, more_runs)
                if (word, run) not in best or total < best[word, run][0]:
                    best[word, run] = (total, (more_words, more_runs))
    if (words, runs) not in best:
        return [(slice(0, words), slice(0, runs))]
    path: list[Pair] = []
    word, run = words, runs
    while (word, run) != (0, 0):
        more_words, more_runs = best[word, run][1]
        path.append((slice(word - more_words, word), slice(run - more_runs, run)))
        word, run = word - more_words, run - more_runs
    return path[::-1]
