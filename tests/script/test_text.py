"""The editable text of a script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.errors import UsageError
from bulletin.model import LeftOut, Script, Segment, Speaker
from bulletin.script.text import FIRST_LINE, from_text, is_script, to_text

WORDS = st.text(min_size=1).filter(lambda text: text.strip())
NAMES = st.text(min_size=1).filter(lambda name: name.strip() == name)
SPEAKERS = st.none() | st.builds(Speaker, NAMES, st.sampled_from(["m", "f", "unknown"]))
PARAGRAPHS = st.integers(0, 99)
VOICES = st.none() | st.text(max_size=20)
SEGMENTS = st.one_of(
    st.builds(Segment, st.sampled_from(["headline", "narration"]), WORDS, PARAGRAPHS, voice=VOICES),
    st.builds(Segment, st.just("quote"), WORDS, PARAGRAPHS, SPEAKERS, voice=VOICES),
)
SCRIPTS = st.builds(
    Script,
    title=st.none() | st.text(),
    language=st.sampled_from(["fr", "en"]),
    source=st.text(),
    segments=st.lists(SEGMENTS, min_size=1, max_size=4).map(tuple),
    byline=st.none() | st.text(),
    url=st.none() | st.text(),
    left_out=st.lists(st.builds(LeftOut, st.text(), st.text()), max_size=2).map(tuple),
)


@given(SCRIPTS)
def test_the_round_trip_is_exact(script):
    """Whatever a script holds comes back from its text unchanged."""
    assert from_text(to_text(script)) == script


def test_a_producer_can_correct_a_speaker():
    """The text is what the module's docstring shows, and an edit of it takes effect."""
    script = Script("Le lynx", "fr", "lynx.html", (Segment("quote", "J'ai crié,", 4, Speaker("Ana", "f")),))
    text = to_text(script)
    assert "\n== 4 quote: Ana (f)\nJ'ai crié,\n" in text
    edited = from_text(text.replace("Ana (f)", "Kenji Moriwaki (m) [tone:low]").replace("crié", "hurlé"))
    assert edited.segments == (
        Segment("quote", "J'ai hurlé,", 4, Speaker("Kenji Moriwaki", "m"), voice="tone:low"),
    )


def test_a_quote_by_nobody_known():
    """A question mark stands for no speaker."""
    text = f"{FIRST_LINE}\nlanguage: fr\n== 1 quote: ?\nNon.\n\n== 1 quote\nSi.\n\n== 1 quote: Max\nAh.\n"
    assert [segment.speaker for segment in from_text(text).segments] == [
        None,
        None,
        Speaker("Max", "unknown"),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Un article.", "first line"),
        (f"{FIRST_LINE}\nlanguage: fr\n", "no segments"),
        (f"{FIRST_LINE}\n== 1 narration\nBonjour.", "language"),
        (f"{FIRST_LINE}\nlanguage: fr\nauthor: me\n== 1 narration\nBonjour.", "line 3"),
        (f"{FIRST_LINE}\nlanguage: fr\n== one narration\nBonjour.", "line 3"),
        (f"{FIRST_LINE}\nlanguage: fr\n== 1 narration: Ana (f)\nBonjour.", "speaker to a narration"),
        (f"{FIRST_LINE}\nlanguage: fr\n== 1 narration\n\n== 2 narration\nBonjour.", "line 3"),
    ],
)
def test_what_cannot_be_understood_is_said_with_its_line(text, message):
    """One clear line, and the exit code of a usage error."""
    with pytest.raises(UsageError, match=message) as error:
        from_text(text)
    assert "\n" not in str(error.value)


def test_edited_scripts_are_recognised():
    """Also behind a byte order mark and with the line ends of Windows."""
    script = Script(None, "fr", "x", (Segment("narration", "Bonjour.", 1),))
    text = "\ufeff" + to_text(script).replace("\n", "\r\n")
    assert is_script(text) and not is_script("Bonjour.")
    assert from_text(text) == script
