"""The script gate: who says what on annotated pages, scored against floors that only move up.

Run as a program it prints the scores of each article, and with names of articles also what went wrong there:
`python tests/gates/test_script.py [NAME …]`.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from bulletin.model import Article, Paragraph, Script
from bulletin.script import write

HERE = Path(__file__).parent
ARTICLES = HERE / "articles"
# held-out, blind, latest: written without sight of the rules; hard: short texts that tell as little as papers
GROUPS = ("seen", "held-out", "blind", "latest", "hard")
FLOORS = json.loads((HERE / "floors-script.json").read_text(encoding="utf-8"))
SMALL_WORDS = {
    "le",
    "la",
    "les",
    "l",
    "un",
    "une",
    "des",
    "de",
    "du",
    "d",
    "the",
    "a",
    "an",
    "of",
    "m",
    "mme",
    "mr",
}


def words(text: str) -> list[str]:
    """Lower-case words without accents or punctuation."""
    folded = unicodedata.normalize("NFKD", text.lower().replace("’", "'"))
    return re.findall(r"[^\W_]+", "".join(c for c in folded if not unicodedata.combining(c)))


def annotations(group: str = "seen") -> list[Path]:
    root = ARTICLES if group == "seen" else ARTICLES / group
    return sorted(path for language in ("fr", "en") for path in (root / language).glob("*.json"))


def from_annotation(annotation: dict) -> Article:
    """The article as a perfect intake would hand it over."""
    paragraphs = tuple(
        Paragraph(
            text, "heading" if len(text) < 90 and not re.search(r"[.!?…:;][\s»”\"]*$", text) else "text"
        )
        for text in annotation["read"]
    )
    return Article(annotation["title"], paragraphs, annotation["language"], "annotation")


def same_speaker(found: str | None, wanted: str | None) -> bool:
    """The same last name, or descriptions that share their telling words."""
    if found is None or wanted is None:
        return found == wanted
    mine = [word for word in words(found) if word not in SMALL_WORDS]
    gold = [word for word in words(wanted) if word not in SMALL_WORDS]
    return bool(mine and gold) and (mine[-1] == gold[-1] or set(mine) <= set(gold) or set(gold) <= set(mine))


def score(annotation: dict, script: Script) -> tuple[Counter, list[str]]:
    """Counts for the scores, and a line for everything wrong."""
    count: Counter = Counter()
    faults = []
    quotes = [segment for segment in script.segments if segment.role == "quote"]
    keys = [tuple(words(segment.text)) for segment in quotes]
    used = set()
    for gold in annotation["quotes"]:
        count["gold"] += 1
        key = tuple(words(gold["text"]))
        index = next((i for i, other in enumerate(keys) if other == key and i not in used), None)
        if index is None:
            faults.append(f"missed   {gold['text']}   [{gold['speaker']}]")
            continue
        used.add(index)
        count["matched"] += 1
        speaker = quotes[index].speaker
        right = same_speaker(speaker.name if speaker else None, gold["speaker"])
        count["speaker"] += right
        if not gold["clause"]:
            count["unclaused"] += 1
            count["unclaused speaker"] += right
        if not right:
            name = speaker.name if speaker else None
            faults.append(
                f"speaker  {gold['text'][:60]}   {name} for {gold['speaker']} (clause {gold['clause']})"
            )
        gender = speaker.gender if speaker else "unknown"
        count["gender"] += gender == gold["gender"]
        if right and gender != gold["gender"]:
            faults.append(f"gender   {gold['speaker']}: {gender} for {gold['gender']}")
    count["found"] = len(quotes)
    faults += [f"foreign  {quotes[i].text}" for i in range(len(quotes)) if i not in used]
    return count, faults


def lost_words(annotation: dict, script: Script) -> bool:
    """Whether the segments are not the article, word for word."""
    whole = words(" ".join([annotation["title"], *annotation["read"]]))
    return whole != words(" ".join(segment.text for segment in script.segments))


def rates(count: Counter) -> dict[str, float]:
    def share(part: str, whole: str) -> float:
        return count[part] / count[whole] if count[whole] else 1.0

    precision, recall = share("matched", "found"), share("matched", "gold")
    return {
        "quote F1": 2 * precision * recall / (precision + recall) if precision + recall else 0.0,
        "speaker": share("speaker", "matched"),
        "speaker without clause": share("unclaused speaker", "unclaused"),
        "gender": share("gender", "matched"),
    }


def shown(count: Counter) -> str:
    return "  ".join(f"{name} {value:.3f}" for name, value in rates(count).items())


def from_page(path: Path) -> Article | None:
    """The article as intake reads it from the page, where intake is there."""
    try:
        from bulletin.intake import read
    except ImportError:
        return None
    page = next(path.with_suffix(s) for s in (".html", ".md", ".txt") if path.with_suffix(s).exists())
    return read(str(page))


def total(paths: list[Path], article_of) -> tuple[Counter, dict[str, tuple[Counter, list[str]]]]:
    counts: Counter = Counter()
    each = {}
    for path in paths:
        annotation = json.loads(path.read_text(encoding="utf-8"))
        article = article_of(path, annotation)
        if article is None:
            continue
        each[path.stem] = score(annotation, write(article))
        counts += each[path.stem][0]
    return counts, each


def of_annotation(path: Path, annotation: dict) -> Article:
    return from_annotation(annotation)


def of_page(path: Path, annotation: dict) -> Article | None:
    return from_page(path)


@pytest.mark.parametrize(
    "path", [path for group in GROUPS for path in annotations(group)], ids=lambda path: path.stem
)
def test_every_word_is_kept_in_order(path):
    """Whoever speaks, the segments together are the article."""
    annotation = json.loads(path.read_text(encoding="utf-8"))
    assert not lost_words(annotation, write(from_annotation(annotation)))


@pytest.mark.parametrize("group", GROUPS)
def test_who_says_what(group, capsys):
    """Scores on the paragraphs that a perfect intake hands over."""
    counts, _ = total(annotations(group), of_annotation)
    with capsys.disabled():
        print(f"\n  script, {group}: {shown(counts)}")
    for name, floor in FLOORS[group].items():
        assert rates(counts)[name] >= floor, name


@pytest.mark.parametrize("group", ["seen", "held-out", "blind", "latest"])
def test_who_says_what_from_the_page(group, capsys):
    """The same through intake, from the page itself."""
    counts, _ = total(annotations(group), of_page)
    with capsys.disabled():
        print(f"\n  script from pages, {group}: {shown(counts)}")
    for name, floor in FLOORS[f"pages {group}"].items():
        assert rates(counts)[name] >= floor, name


def main(names: list[str]) -> None:
    pages = "--pages" in names
    names = [name for name in names if not name.startswith("--")]
    counts, each = total(annotations(), of_page if pages else of_annotation)
    for name, (count, faults) in each.items():
        print(f"{name:32} {shown(count)}")
        if name in names or "all" in names:
            print("".join(f"    {fault}\n" for fault in faults), end="")
    for language in ("fr", "en"):
        part: Counter = Counter()
        for path in annotations():
            if path.parent.name == language and path.stem in each:
                part += each[path.stem][0]
        print(f"{language}: {shown(part)}")
    print(f"total: {shown(counts)} {dict(counts)}")


if __name__ == "__main__":
    main(sys.argv[1:])
