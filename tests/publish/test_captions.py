"""Captions that webvtt-py reads: the text as written, in readable lines, at the times it is heard."""

import re
from itertools import pairwise

import pytest
import webvtt
from sound_makers import clip_of, utterance_of

from bulletin.mix import join
from bulletin.model import Cue, Piece, Utterance, Word
from bulletin.publish.captions import LINE, captions, srt, vtt
from bulletin.publish.timing import written_words


def text_of(captions_read):
    return re.sub(r"\s+", " ", " ".join(caption.text for caption in captions_read))


def test_webvtt_reads_every_word_in_order(bulletin, tmp_path):
    path = tmp_path / "a.vtt"
    path.write_text(vtt(bulletin.cues), encoding="utf-8")
    read = webvtt.read(str(path))
    wanted = " ".join(cue.utterance.text for cue in bulletin.cues)
    assert text_of(read).replace("&amp;", "&").replace("\u00a0", " ") == wanted
    assert [caption.voice for caption in read][-1] == "Narration"
    assert "Odile &lt;Ferrand&gt;" in path.read_text() or "Odile &lt;Ferrand" in path.read_text()


def test_srt_is_read_too(bulletin, tmp_path):
    path = tmp_path / "a.srt"
    path.write_text(srt(bulletin.cues), encoding="utf-8")
    read = webvtt.from_srt(str(path))
    assert len(read) == len(captions(bulletin.cues))
    assert read[0].text == "Trois communes privées d'eau"


def test_captions_are_short_and_never_overlap(bulletin):
    found = captions(bulletin.cues)
    assert all(len(caption.lines) <= 2 for caption in found)
    assert all(len(line) <= LINE for caption in found for line in caption.lines)
    assert all(caption.end - caption.start <= 7.5 for caption in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert all(caption.start < caption.end for caption in found)


def test_captions_meet_the_sound(bulletin):
    """The first caption of a cue starts with it, its last ends with it or stays a little."""
    found = captions(bulletin.cues)
    for cue in bulletin.cues:
        inside = [caption for caption in found if cue.start - 0.01 <= caption.start < cue.end]
        assert inside[0].start == pytest.approx(cue.start, abs=0.05)
        assert inside[-1].end >= cue.end - 0.05


def test_a_long_sentence_is_cut_where_one_breathes():
    text = (
        "Le conseil municipal a voté la hausse du prix de la cantine, mais la majorité des parents, "
        "réunis devant la mairie, a demandé un nouveau vote avant la fin de l'année scolaire."
    )
    said = utterance_of(text)
    found = captions(join([said], [clip_of(text)]).cues)
    assert len(found) > 2
    assert found[0].lines[-1].endswith("cantine,")


def test_a_word_longer_than_a_line_is_not_lost():
    text = "https://exemple.fr/" + "a" * 60 + " est l'adresse."
    found = captions(join([utterance_of(text)], [clip_of(text)]).cues)
    assert "".join("".join(caption.lines) for caption in found).replace(" ", "") == text.replace(" ", "")


def cue_of(pieces, words, start=10.0, end=14.0):
    utterance = Utterance(tuple(Piece(*piece) for piece in pieces), "narration", "tone:a", "fr")
    return Cue(start, end, utterance, tuple(Word(*word) for word in words))


def test_a_number_is_shown_as_written_while_it_is_said_in_words():
    pieces = [("1\u202f160 miles", "mille cent soixante miles"), (" ", " "), ("carrés", "carrés"), (".", ".")]
    words = [
        ("mille", 10.0, 10.5),
        ("cent", 10.5, 11),
        ("soixante", 11, 12),
        ("miles", 12, 13),
        ("carrés", 13, 14),
    ]
    found = written_words(cue_of(pieces, words))
    assert [word.text for word in found] == ["1\u202f160", "miles", "carrés."]
    assert found[-1].start == pytest.approx(13, abs=0.1)
    assert found[0].start == 10


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f", "\u2009"])
def test_a_grouped_number_is_never_torn_between_lines(space):
    pieces = [(f"4{space}200", "quatre mille deux cents"), (" ", " "), ("foyers", "foyers")]
    first, second = written_words(cue_of(pieces, []))
    assert (first.text.replace(space, "\u00a0"), second.text) == ("4\u00a0200", "foyers")


def test_words_that_the_engine_names_otherwise_are_placed_between_their_neighbours():
    """A respelled word matches nothing; its neighbours still hold it in place."""
    pieces = [("les", "les"), (" ", " "), ("miles", "miles"), (" ", " "), ("carrés", "carrés")]
    words = [("les", 10.0, 10.5), ("maïlz", 10.6, 12.9), ("carrés", 13.0, 14.0)]
    found = written_words(cue_of(pieces, words))
    assert 10.4 < found[1].start < 10.9
    assert found[2].start == pytest.approx(13, abs=0.05)


def test_without_word_times_the_words_share_the_time_by_length():
    pieces = [("deux", "deux"), (" ", " "), ("kilomètres", "kilomètres")]
    first, second = written_words(cue_of(pieces, []))
    assert first.start == 10
    assert second.end == 14
    assert first.end - first.start < second.end - second.start


def test_french_marks_stay_with_their_word():
    text = "« Vraiment ? » , dit-elle : oui !"
    pieces = [(part, part) for part in re.split(r"( )", text)]
    assert [word.text for word in written_words(cue_of(pieces, []))] == [
        "«\u00a0Vraiment\u00a0?\u00a0»\u00a0,",
        "dit-elle\u00a0:",
        "oui\u00a0!",
    ]
