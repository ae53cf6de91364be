"""Jingles, stings and beds: in tune, short, never over the voice, or from any file."""

import wave

import numpy as np
import pytest
from sound_makers import clip_of, utterance_of, voiced

from bulletin.errors import UsageError
from bulletin.mix import Bed, Pauses, Sound, builtin, from_file, join
from bulletin.mix.bedding import looped
from bulletin.mix.loudness import integrated

TEXTS = [f"Voici le titre numéro {number} de ce bulletin." for number in range(4)]


def programme(*, pauses=None, **more):
    said = [utterance_of(text, segment=index, paragraph=index) for index, text in enumerate(TEXTS)]
    return join(said, [clip_of(u.text) for u in said], pauses=pauses or Pauses(paragraph=1.4), **more)


def pitches(samples, rate, count=4):
    """The strongest frequencies, as semitones from A4."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(samples.size)))
    places = [i for i in range(1, spectrum.size - 1) if spectrum[i - 1] < spectrum[i] > spectrum[i + 1]]
    strongest = sorted(places, key=lambda i: -spectrum[i])[:count]
    return [12 * np.log2(i * rate / samples.size / 440) for i in strongest]


@pytest.mark.parametrize(("kind", "longest"), [("jingle", 3.0), ("sting", 1.5), ("bed", 12.0)])
def test_the_built_in_sounds_are_short_clean_and_in_tune(kind, longest):
    sound = builtin(kind)
    assert sound.samples.size / sound.rate <= longest
    assert np.abs(sound.samples).max() <= 0.5
    assert abs(sound.samples.mean()) < 1e-3
    for semitones in pitches(sound.samples, sound.rate):
        assert abs(semitones - round(semitones)) < 0.06
        assert round(semitones) % 12 in {5, 7, 9, 10, 0, 2, 4}, "not in D major"


@pytest.mark.parametrize("kind", ["jingle", "sting"])
def test_a_sound_begins_and_ends_in_silence(kind):
    samples = builtin(kind).samples
    assert np.abs(samples[:5]).max() < 1e-3
    assert np.abs(samples[-5:]).max() < 1e-4


def test_the_bed_goes_round_without_a_seam():
    bed = builtin("bed")
    twice = np.concatenate([bed.samples, bed.samples])
    seam = bed.samples.size
    assert abs(twice[seam] - twice[seam - 1]) < np.abs(np.diff(bed.samples)).max()


def test_a_jingle_is_a_little_softer_than_the_voices():
    said = [utterance_of(text, paragraph=index) for index, text in enumerate(TEXTS)]
    track = join([builtin("jingle"), *said], [clip_of(u.text) for u in said])
    start = round((track.cues[0].start - 0.1) * track.rate)
    difference = integrated(track.samples[:start], track.rate) - integrated(track.samples[start:], track.rate)
    assert -5 < difference < -1


def test_the_bed_ducks_under_the_voice_and_comes_up_between():
    bed = builtin("bed")
    dry = programme(pauses=Pauses(paragraph=4.0))
    wet = programme(pauses=Pauses(paragraph=4.0), beds=[Bed(bed.samples, bed.rate, 0, 3)])
    music = wet.samples[: dry.samples.size] - dry.samples
    middle = [
        (before.end + after.start) / 2 for before, after in zip(wet.cues[:-1], wet.cues[1:], strict=True)
    ]

    def level(time, half=0.35):
        part = music[round((time - half) * wet.rate) : round((time + half) * wet.rate)]
        return 10 * np.log10(np.square(part).mean())

    under = [level((cue.start + cue.end) / 2) for cue in wet.cues]
    between = [level(time) for time in middle]
    assert min(between) > max(under) + 3
    assert np.mean(between) - np.mean(under) == pytest.approx(9, abs=2.5)


def test_the_bed_lies_under_its_items_only():
    bed = builtin("bed")
    dry, wet = programme(), programme(beds=[Bed(bed.samples, bed.rate, 1, 2)])
    music = np.abs(wet.samples - dry.samples)
    heard = np.flatnonzero(music > 1e-4) / wet.rate
    assert heard[0] >= wet.cues[1].start - 0.05
    assert heard[-1] <= wet.cues[2].end + 1.7
    assert [cue.start for cue in wet.cues] == [cue.start for cue in dry.cues]


@pytest.mark.parametrize("length", [1000, 24000, 24001, 100_000, 333_333])
def test_a_short_bed_is_looped_to_any_length_at_one_level(length):
    sound = np.random.default_rng(5).normal(0, 0.1, 24000).astype(np.float32)
    whole = looped(sound, length, 24000)
    assert whole.size == length
    blocks = [np.sqrt(np.square(block).mean()) for block in np.array_split(whole, max(1, length // 4000))]
    assert max(blocks) < 1.25 * min(blocks)


def test_any_audio_file_serves(tmp_path):
    path = tmp_path / "l'indicatif - 1.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(22050)
        file.writeframes((np.repeat(voiced(1.0, 22050), 2) * 32767).astype("<i2").tobytes())
    sound = from_file(path, "jingle")
    assert isinstance(sound, Sound)
    assert sound.samples.size / sound.rate == pytest.approx(1.0, abs=0.01)


def test_a_playlist_is_no_way_to_other_files(tmp_path):
    (tmp_path / "list.m3u8").write_text("#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.mp3\n")
    with pytest.raises(UsageError, match=r"the jingle .* can't be used"):
        from_file(tmp_path / "list.m3u8", "jingle")


@pytest.mark.parametrize("content", [None, b"", b"no sound at all"])
def test_a_file_without_sound_is_one_line(tmp_path, content):
    path = tmp_path / "jingle.mp3"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError, match="can't be used") as caught:
        from_file(path, "jingle")
    assert "\n" not in str(caught.value)
