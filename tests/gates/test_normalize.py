"""How many fragments are read as a newsreader would, by class. Scores may rise but not fall.

`floors.json` holds the share that each file must keep. A reading counts when it is one of the accepted
forms, letter case, punctuation and hyphens aside. Misses are printed by class; of the held-out files only
the counts, so that nobody writes rules to their lines. Run this file as a program for the whole list.
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path

import pytest

from bulletin.normalize import normalize

HERE = Path(__file__).parent
CASES = HERE / "normalize"
FLOORS = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))["normalize"]
SYMBOLS = "%‰€$£¥&@#*+=<>/\\|^~°§"


def comparable(text):
    """Letters, digits and signs that stand for words; all else is a space."""
    text = text.lower().replace("’", "'").replace("œ", "oe").replace("æ", "ae")
    return " ".join(re.sub(rf"[^\w{re.escape(SYMBOLS)}]|_", " ", text).split())


def read_cases(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def misses_of(path, language):
    """(class, written, reading) of each case that is not read in an accepted form, and all classes' sizes."""
    cases = read_cases(path)
    misses = []
    for case in cases:
        reading = normalize(case["written"], language)
        if comparable(reading) not in {comparable(form) for form in case["spoken"]}:
            misses.append((case["class"], case["written"], reading))
    return misses, Counter(case["class"] for case in cases)


def report(path, misses, sizes):
    """One line per class with misses; the misses themselves unless they are held out."""
    lines = [f"{path.name}: {sum(sizes.values()) - len(misses)} of {sum(sizes.values())}"]
    by_class = Counter(kind for kind, _, _ in misses)
    for kind, count in sorted(by_class.items(), key=lambda item: -item[1]):
        lines.append(f"  {kind}: {count} of {sizes[kind]} missed")
        if "held-out" not in path.name:
            lines += [f"    {written}\n    -> {reading}" for name, written, reading in misses if name == kind]
    return "\n".join(lines)


@pytest.mark.parametrize("name", [name for name in FLOORS if name.endswith(".jsonl")])
def test_fragments_are_read_as_well_as_before(name):
    """The share of acceptable readings stays at or above its floor."""
    path = CASES / name
    misses, sizes = misses_of(path, name[:2])
    assert 1 - len(misses) / sum(sizes.values()) >= FLOORS[name], report(path, misses, sizes)


@pytest.mark.parametrize("name", [name for name in FLOORS if name.endswith(".txt")])
def test_plain_text_is_left_alone(name):
    """Sentences with nothing to normalise come out byte for byte."""
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    changed = [(line, normalize(line, name[:2])) for line in lines]
    changed = [(line, reading) for line, reading in changed if line != reading]
    assert 1 - len(changed) / len(lines) >= FLOORS[name], changed


if __name__ == "__main__":
    for path in sorted(CASES.glob("*.jsonl")):
        if not sys.argv[1:] or path.name[:2] in sys.argv[1:]:
            print(report(path, *misses_of(path, path.name[:2])))
