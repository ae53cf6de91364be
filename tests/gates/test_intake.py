"""How much of each annotated page is read, and how much of what is read is not its article.

Thresholds for the whole: 99 % of the article's words read, 0.5 % of the output foreign to it. The floors in
floors-intake.json hold each article where it is. Pages under held-out, blind and latest are only scored as a
whole.
"""

import json
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from bulletin.intake import read

GATES = Path(__file__).parent
ARTICLES = GATES / "articles"
FLOORS = json.loads((GATES / "floors-intake.json").read_text(encoding="utf-8"))
SEEN = sorted(path for language in ("fr", "en") for path in (ARTICLES / language).glob("*.json"))
HELD_OUT = sorted((ARTICLES / "held-out").glob("*/*.json"))
BLIND = sorted((ARTICLES / "blind").glob("*/*.json"))
LATEST = sorted((ARTICLES / "latest").glob("*/*.json"))


@dataclass(frozen=True)
class Score:
    """Counts of words: `wanted` should be heard, `heard` are in the output, `common` are both, in order."""

    wanted: int
    heard: int
    common: int
    title: bool
    language: bool

    @property
    def recall(self):
        return self.common / max(self.wanted, 1)

    @property
    def foreign(self):
        return 1 - self.common / max(self.heard, 1)

    @property
    def perfect(self):
        return self.wanted == self.heard == self.common and self.title and self.language


def words(text):
    return re.findall(r"\w+", text.lower())


def page_of(annotation):
    return next(p for s in (".html", ".md", ".txt") if (p := annotation.with_suffix(s)).exists())


def score(annotation):
    expected = json.loads(annotation.read_text(encoding="utf-8"))
    article = read(str(page_of(annotation)))
    wanted = words(" ".join(expected["read"]))
    heard = words(" ".join(paragraph.text for paragraph in article.paragraphs))
    common = sum(b.size for b in SequenceMatcher(None, wanted, heard, autojunk=False).get_matching_blocks())
    title = words(article.title or "") == words(expected["title"] or "")
    return Score(len(wanted), len(heard), common, title, article.language == expected["language"])


def total(scores):
    return Score(
        sum(s.wanted for s in scores),
        sum(s.heard for s in scores),
        sum(s.common for s in scores),
        all(s.title for s in scores),
        all(s.language for s in scores),
    )


def name_of(annotation):
    return f"{annotation.parent.name}/{annotation.stem}"


@pytest.mark.parametrize("annotation", SEEN, ids=name_of)
def test_an_article_is_read_whole_and_nothing_else(annotation):
    """Each page stays at or above the floor it has reached (1.0 where the file names none)."""
    found = score(annotation)
    floor = FLOORS.get(name_of(annotation), {})
    assert found.title and found.language
    assert found.recall >= floor.get("recall", 0.99)
    assert found.foreign <= floor.get("foreign", 0.005)


def report(name, scores):
    whole = total(scores)
    perfect = sum(s.perfect for s in scores)
    titles = sum(s.title for s in scores)
    print(
        f"{name}: {len(scores)} pages, words read {whole.recall:.4f}, foreign {whole.foreign:.4f}, "
        f"titles {titles}, perfect {perfect}"
    )
    return whole, perfect


@pytest.mark.parametrize(
    ("name", "annotations"),
    [("seen", SEEN), ("held-out", HELD_OUT), ("blind", BLIND), ("latest", LATEST)],
)
def test_all_pages_together_reach_the_mark(name, annotations):
    """99 % of the words, at most 0.5 % foreign, half of the pages without a fault, or the floor so far."""
    if not annotations:
        pytest.skip("no such pages yet")
    whole, perfect = report(name, [score(annotation) for annotation in annotations])
    floor = FLOORS.get(name, {})
    assert whole.recall >= floor.get("recall", 0.99)
    assert whole.foreign <= floor.get("foreign", 0.005)
    assert perfect >= len(annotations) * floor.get("perfect", 0.5)
