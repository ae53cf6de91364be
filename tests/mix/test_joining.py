"""Joining: every time sample-exact, every pause as planned, every voice at one level, nothing that clicks."""

import itertools

import numpy as np
import pytest
from sound_makers import clip_of, utterance_of, voiced, with_silence

from bulletin.errors import ConfigError, SpeechError
from bulletin.mix import Cleaner, Pauses, Sound, join
from bulletin.mix.cleaning import sounding
from bulletin.mix.loudness import integrated
from bulletin.model import Clip, Script

TEXTS = [
    ("Trois communes privées d'eau", {"role": "headline", "paragraph": 0, "segment": 0, "voice": "tone:h"}),
    ("La rupture d'une conduite a privé d'eau 4 200 foyers.", {"paragraph": 1, "segment": 1}),
    ("« Nous n'avons rien vu venir », a dit la maire.", {"paragraph": 1, "segment": 1}),
    (
        "Tout sera réparé demain.",
        {"paragraph": 1, "segment": 2, "voice": "tone:b", "role": "quote", "speaker": "A B"},
    ),
    ("Les écoles restent fermées.", {"paragraph": 2, "segment": 3}),
]


def programme(texts=TEXTS, **levels):
    said = [utterance_of(text, **where) for text, where in texts]
    clips = [clip_of(u.text, level=levels.get(u.voice[-1], 0.2)) for u in said]
    return said, clips


def heard(track, between=0.02):
    """Stretches of sound in the track, in seconds, by its energy alone."""
    places = np.flatnonzero(np.abs(track.samples) > 0.004)
    cuts = np.flatnonzero(np.diff(places) > between * track.rate)
    starts, ends = places[np.r_[0, cuts + 1]], places[np.r_[cuts, places.size - 1]]
    return starts / track.rate, ends / track.rate


def test_cues_start_and_end_with_the_sound():
    track = join(*programme())
    starts, ends = heard(track)
    assert len(starts) == len(track.cues)
    assert np.abs(starts - [cue.start for cue in track.cues]).max() < 0.015
    assert np.abs(ends - [cue.end for cue in track.cues]).max() < 0.015


def test_ten_minutes_do_not_drift():
    """The last cue of a long programme at an odd rate is as exact as the first."""
    said = [utterance_of(f"Phrase numéro {i}, dite sans hâte.", segment=i, paragraph=i) for i in range(200)]
    track = join(said, [clip_of(u.text, rate=22050) for u in said])
    assert track.samples.size / track.rate > 560
    starts, ends = heard(track)
    assert np.abs(starts - [cue.start for cue in track.cues]).max() < 0.015
    assert np.abs(ends - [cue.end for cue in track.cues]).max() < 0.015


def test_pauses_depend_on_what_meets():
    pauses = Pauses()
    cues = join(*programme(), pauses=pauses).cues
    gaps = [after.start - before.end for before, after in itertools.pairwise(cues)]
    assert gaps == pytest.approx([pauses.headline, pauses.sentence, pauses.voice, pauses.paragraph], abs=2e-4)


@pytest.mark.parametrize(
    "table", [{"pause": 1.0}, {"story": 2.0}, {"story": -1}, {"story": "long"}, {"story": True}]
)
def test_pauses_that_make_no_sense_are_refused(table):
    with pytest.raises(ConfigError, match=r"\[pauses\]"):
        Pauses.of(table)


def test_a_sentence_shared_by_two_voices_is_not_torn_apart():
    said = [
        utterance_of("« Tout va bien", voice="tone:b", role="quote", segment=1),
        utterance_of("», a dit la maire.", voice="tone:a", segment=2),
    ]
    first, second = join(said, [clip_of(u.text) for u in said]).cues
    assert second.start - first.end == pytest.approx(Pauses().voice_piece, abs=2e-4)


def test_stories_are_chapters_that_cover_the_programme():
    texts = [(text, {**where, "story": index // 3}) for index, (text, where) in enumerate(TEXTS)]
    track = join(*programme(texts))
    assert [chapter.title for chapter in track.chapters] == [TEXTS[0][0], TEXTS[3][0]]
    assert track.chapters[0].start == 0
    assert track.chapters[0].end == track.chapters[1].start == pytest.approx(track.cues[3].start)
    assert track.chapters[1].end == pytest.approx(track.samples.size / track.rate)


def test_the_programmes_own_words_are_an_opening_and_no_more_chapters():
    """A closing of five seconds is no chapter, an opening is one, and stories bring their own titles."""
    own, story = {"story": -1, "role": "headline"}, {"story": 0, "paragraph": 1}
    texts = [("Bonjour, voici le bulletin.", own), ("Il pleut partout.", story), ("Merci.", own)]
    said, clips = programme(texts)
    script = Script("La pluie", "fr", "", (), url="https://exemple.fr/pluie")
    track = join(said, clips, stories=[script])
    found = [(chapter.title, chapter.url) for chapter in track.chapters]
    assert found == [("Ouverture", None), ("La pluie", script.url)]
    assert track.chapters[-1].end == pytest.approx(track.samples.size / track.rate)


def test_words_move_to_the_clock_of_the_programme():
    said, clips = programme()
    cues = join(said, clips).cues
    for cue, utterance in zip(cues, said, strict=True):
        assert [word.text for word in cue.words] == utterance.text.split()
        assert cue.start <= cue.words[0].start <= cue.start + 0.02
        assert cue.end - 0.02 <= cue.words[-1].end <= cue.end
        assert all(before.end <= after.start for before, after in zip(cue.words, cue.words[1:], strict=False))


def test_voices_are_equally_loud_whatever_their_clips_were():
    said, clips = programme(a=0.3, b=0.01, h=0.08)
    track = join(said, clips)
    levels = {}
    for voice in {u.voice for u in said}:
        spans = [
            (round(c.start * track.rate), round(c.end * track.rate))
            for c in track.cues
            if c.utterance.voice == voice
        ]
        levels[voice] = integrated(np.concatenate([track.samples[a:b] for a, b in spans]), track.rate)
    assert max(levels.values()) - min(levels.values()) < 0.5


def test_clips_of_different_rates_meet_at_the_highest():
    said, _ = programme()
    rates = [16000, 22050, 24000, 44100, 24000]
    track = join(said, [clip_of(u.text, rate=rate) for u, rate in zip(said, rates, strict=True)])
    assert track.rate == 44100
    starts, _ = heard(track)
    assert np.abs(starts - [cue.start for cue in track.cues]).max() < 0.015


def test_no_silence_is_longer_than_the_longest_pause():
    said, clips = programme()
    gappy = np.concatenate([voiced(1.0), np.zeros(5 * 24000, np.float32), voiced(1.0)])
    clips[1] = Clip(with_silence(gappy, 24000, 3.0, 3.0), 24000)
    track = join(said, clips)
    starts, ends = heard(track)
    assert (starts[1:] - ends[:-1]).max() < 1.5
    assert starts[0] < 0.5
    assert track.samples.size / track.rate - ends[-1] < 0.5


def test_nothing_clicks_and_nothing_is_left_of_dc():
    """Clips cut in full swing and lying off the zero line are the worst an engine gives."""
    said, _ = programme()
    clips = [Clip(voiced(1.5, pitch=97.0) + np.float32(0.1), 24000) for _ in said]
    track = join(said, clips)
    assert abs(track.samples.mean()) < 1e-4
    steps = np.abs(np.diff(track.samples))
    inside = (
        np.abs(np.diff(clips[0].samples)).max() / np.abs(clips[0].samples).max() * np.abs(track.samples).max()
    )
    assert steps.max() < 2 * inside
    for cue in track.cues:
        edge = round(cue.start * track.rate)
        assert np.abs(track.samples[max(0, edge - 3) : edge + 1]).max() < 0.01


def test_a_silent_clip_is_an_error_and_names_its_sentence():
    said, clips = programme()
    clips[2] = Clip(np.zeros(24000, np.float32), 24000)
    with pytest.raises(SpeechError, match="rien vu venir"):
        join(said, clips)


def test_a_clip_with_broken_samples_is_an_error():
    said, clips = programme()
    clips[1].samples[5000] = np.nan
    with pytest.raises(SpeechError, match="usable"):
        join(said, clips)


def test_a_soft_fricative_at_the_end_is_not_trimmed_away():
    """A final s, 30 dB below the vowels, still belongs to the word."""
    rate = 24000
    noise = np.random.default_rng(2).normal(0, 0.004, round(0.12 * rate)).astype(np.float32)
    sound = np.concatenate([voiced(0.8, rate), noise])
    marks = np.flatnonzero(sounding(with_silence(sound, rate), rate))
    assert (marks[-1] - marks[0]) / rate == pytest.approx(0.92, abs=0.02)


def test_sounds_stand_between_utterances_and_get_no_cue():
    said, clips = programme()
    jingle = Sound(voiced(2.0, 44100, pitch=440.0), 44100, "jingle")
    track = join([jingle, *said[:2], jingle, *said[2:]], clips)
    assert track.rate == 24000
    assert len(track.cues) == len(said)
    assert track.cues[0].start == pytest.approx(Pauses().edge + 2.0 + Pauses().sound, abs=0.01)
    assert track.cues[2].start - track.cues[1].end == pytest.approx(2.0 + 2 * Pauses().sound, abs=0.01)


def test_clips_are_cleaned_beside_as_they_are_alone():
    """A cleaner that has begun with a clip gives the same track, and its error comes when the clip is due."""
    said, clips = programme()
    cleaner = Cleaner()
    for utterance, clip in zip(said, clips, strict=True):
        cleaner.begin(clip, clip.rate, utterance.text)
    assert np.array_equal(join(said, clips, cleaner=cleaner).samples, join(said, clips).samples)
    silent = [Clip(np.zeros(24000, np.float32), 24000), *clips[1:]]
    cleaner = Cleaner()
    cleaner.begin(silent[0], 24000, said[0].text)
    with pytest.raises(SpeechError, match="said nothing"):
        join(said, silent, cleaner=cleaner)
