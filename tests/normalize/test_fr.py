"""French readings that were thought through one by one, and sentences that must stay as they are.

`fr_readings.tsv`: a fragment, a tab, what is said for it. It holds how newspapers write each class, beside
the gate's cases: the gate counts what any newsreader could say, this file what this program does say.
"""

from pathlib import Path

import pytest

from bulletin.normalize import languages, normalize
from bulletin.normalize.reading import settled, spaced, stretches

HERE = Path(__file__).parent
READINGS = [line.split("\t") for line in (HERE / "fr_readings.tsv").read_text(encoding="utf-8").splitlines()]
PLAIN = (HERE / "fr_plain.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(("written", "said"), READINGS)
def test_a_fragment_is_said(written, said):
    """Word for word."""
    assert normalize(written, "fr") == said


@pytest.mark.parametrize("sentence", PLAIN)
def test_a_plain_sentence_is_left_alone(sentence):
    """Words that look like abbreviations, numerals, days or acronyms are words."""
    assert normalize(sentence, "fr") == sentence


@pytest.mark.parametrize(("written", "said"), READINGS)
def test_one_pass_reads_all(written, said):
    """What was said is never read again as something else ("17." is not "dix-septembre")."""
    language = languages.load("fr")
    once = "".join(spoken for _, spoken in spaced(stretches(written, language)))
    assert once == "".join(spoken for _, spoken in settled(written, language))
