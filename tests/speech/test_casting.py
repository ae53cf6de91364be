"""Who gets which voice."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.errors import ConfigError, VoiceError
from bulletin.model import Script, Segment, Speaker
from bulletin.resources import voices_folder
from bulletin.speech import casts
from bulletin.speech.casting import folded, neighbours
from bulletin.speech.catalogue import find

TONE = casts.load("tone", "fr")
GENDER = {
    "Anne": "f",
    "Berthe": "f",
    "Colette": "f",
    "Denis": "m",
    "Émile": "m",
    "Félix": "m",
    "X": "unknown",
}
PEOPLE = [Speaker(name, gender) for name, gender in GENDER.items()]


def script_of(speakers):
    """A script in which these people are quoted in turn, with narration between some."""
    segments = [Segment("headline", "Titre", 0)]
    for place, speaker in enumerate(speakers):
        segments.append(Segment("quote", "Je parle.", place + 1, speaker))
        if place % 3 == 0:
            segments.append(Segment("narration", "On raconte.", place + 1))
    return Script("Titre", "fr", "test", tuple(segments))


def quoted(scripts):
    return [[segment for segment in script.segments if segment.role == "quote"] for script in scripts]


scripts_of_people = st.lists(
    st.lists(st.sampled_from([*PEOPLE, None]), max_size=12).map(script_of), min_size=1, max_size=4
)


@given(scripts_of_people)
def test_everything_has_a_voice_and_a_speaker_keeps_theirs(scripts):
    """The same person sounds the same in every script of the bulletin."""
    heard = {}
    for script in casts.assign(scripts, TONE):
        for segment in script.segments:
            assert segment.voice
            if segment.role == "quote" and segment.speaker:
                assert heard.setdefault(segment.speaker.name, segment.voice) == segment.voice


@given(scripts_of_people)
def test_neighbours_never_share_a_voice(scripts):
    """Whatever the order of the quotes: there are more voices than a person has neighbours."""
    for said in quoted(casts.assign(scripts, TONE)):
        for one, other in pairwise(said):
            if one.speaker != other.speaker:
                assert one.voice != other.voice


@given(scripts_of_people)
def test_nobody_is_quoted_in_the_narrators_voice(scripts):
    """There are seven other voices, and a person has at most six neighbours."""
    for said in quoted(casts.assign(scripts, TONE)):
        assert TONE.narrator not in {segment.voice for segment in said}


@given(scripts_of_people)
def test_a_voice_is_of_the_speakers_gender_where_one_is_free(scripts):
    """Only neighbours that hold all three voices of a gender push somebody out of it."""
    near = neighbours(scripts)
    for said in quoted(casts.assign(scripts, TONE)):
        for segment in said:
            if segment.speaker and segment.speaker.gender != "unknown":
                own = TONE.quotes[segment.speaker.gender]
                assert segment.voice in own or len(near[folded(segment.speaker.name)]) >= len(own)


@given(st.permutations([person for person in PEOPLE if person.gender == "f"]))
def test_as_many_people_as_voices_have_one_each(people):
    """Nobody shares while a voice of the list is unused."""
    (said,) = quoted(casts.assign([script_of([*people, *people])], TONE))
    assert {segment.voice for segment in said} == set(TONE.quotes["f"])


def test_more_speakers_than_voices_take_turns():
    """Ten men on three voices: everybody speaks, neighbours differ, no voice is worn out."""
    men = [Speaker(f"Monsieur {number}", "m") for number in range(10)]
    (said,) = quoted(casts.assign([script_of(men)], TONE))
    counts = [sum(segment.voice == voice for segment in said) for voice in TONE.quotes["m"]]
    assert sum(counts) == 10
    assert max(counts) - min(counts) <= 1


def test_a_gender_known_from_one_quote_holds_for_all():
    """The first quote may not tell; the person still has one voice, of the right gender."""
    scripts = [
        script_of([Speaker("Camille Roy"), Speaker("Denis", "m")]),
        script_of([Speaker("Camille ROY", "f")]),
    ]
    first, second = quoted(casts.assign(scripts, TONE))
    assert first[0].voice == second[0].voice
    assert first[0].voice in TONE.quotes["f"]


def test_a_pin_wins_however_the_name_is_accented():
    """A user who pins a voice gets it."""
    cast = TONE.pinned({"emile": "tone:f3"})
    (said,) = quoted(casts.assign([script_of([Speaker("Émile", "m")])], cast))
    assert said[0].voice == "tone:f3"


def test_a_clique_larger_than_the_cast_still_speaks():
    """Where every voice is a neighbour's, the least used serves: an error would be worse than a repeat."""
    crowd = [Speaker(f"P{number}", "f") for number in range(12)]
    everyone_meets = [person for one in crowd for other in crowd for person in (one, other)]
    (said,) = quoted(casts.assign([script_of(everyone_meets)], TONE))
    assert all(segment.voice for segment in said)


@pytest.mark.parametrize("path", sorted(voices_folder().glob("*.toml")), ids=lambda path: path.stem)
def test_shipped_casts_name_voices_that_exist(path):
    """Every voice is there, speaks the cast's language, and has the gender it is listed under."""
    cast = casts.load(path.stem, "fr")
    for voice_id in cast.voices():
        assert find(voice_id).language in {cast.language, "any"}
    for gender in ("f", "m"):
        assert len(cast.quotes[gender]) >= 2
        assert {find(voice).gender for voice in cast.quotes[gender]} == {gender}
    assert cast.narrator not in {voice for voices in cast.quotes.values() for voice in voices}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_usual_cast_has_three_voices_of_each_gender(language):
    cast = casts.load(None, language)
    genders = [find(voice).gender for voice in cast.voices()]
    assert genders.count("f") >= 3
    assert genders.count("m") >= 3


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("narrator = 3\n[quotes]\nm = ['tone:m1']", "no list"),
        ("[quotes]\nm = ['tone:m1']", "lacks 'narrator'"),
        ("narrator = 'tone:f1'", "lacks 'quotes'"),
        ("narrator = 'tone:f1'\n[quotes]", "no voice"),
        ("narrator = 'tone:f1'\n[quotes]\nx = ['tone:m1']", "not x"),
        ("narrator = 'f1'\n[quotes]\nm = ['tone:m1']", "engine:voice"),
        ("narrator = 'tone:f1'\nquotes = 3", "can't be understood"),
        ("narator = 'tone:f1'\n[quotes]\nm = ['tone:m1']", "narator"),
        ("narrator = ", "can't be understood"),
    ],
)
def test_a_cast_that_makes_no_sense_is_one_line(tmp_path, content, problem):
    """The error names the file and what is wrong."""
    path = tmp_path / "mine.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises((ConfigError, VoiceError), match=problem) as caught:
        casts.load(str(path), "fr")
    assert "\n" not in str(caught.value)


def test_an_unknown_cast_names_those_there_are():
    with pytest.raises(ConfigError, match="kokoro-fr"):
        casts.load("kokoro-frr", "fr")


def test_a_language_without_a_cast_is_an_error_of_voices():
    with pytest.raises(VoiceError, match="no cast for 'de'"):
        casts.load(None, "de")
