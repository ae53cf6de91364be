"""What every bulletin sounds like, by measurement: ten minutes of tones, mixed, encoded and decoded."""

import re
import subprocess

import av
import imageio_ffmpeg
import numpy as np
import pytest
import webvtt

from bulletin import mix, publish
from bulletin.mix.loudness import integrated
from bulletin.model import Bulletin, Piece, Script, Speaker, Utterance
from bulletin.speech.tone import ToneEngine

LONG = (
    "La rivière a gagné quarante centimètres en une nuit, et les riverains ont passé la matinée à monter"
    " leurs meubles à l'étage pendant que les pompiers posaient des barrages."
)
SENTENCES = (
    ("Les eaux montent encore dans la vallée", "headline", "tone:headline", None),
    (LONG, "narration", "tone:narrator", None),
    ("Nous n'avons jamais vu cela.", "quote", "tone:f1", "Nadia Perret"),
    ("Elle tient la boulangerie du quai depuis vingt ans.", "narration", "tone:narrator", None),
    ("S'il pleut encore demain, il faudra partir, et personne ne sait où.", "quote", "tone:m1", "Jean Aubry"),
    ("Le préfet attend le pic de la crue en fin de journée.", "narration", "tone:narrator", None),
)
STORIES = 25
MINUTES = 10


def pieces(text):
    return tuple(Piece(part, part) for part in re.split(r"(\s+)", text))


def utterances():
    for story in range(STORIES):
        for number, (text, role, voice, speaker) in enumerate(SENTENCES):
            person = Speaker(speaker) if speaker else None
            yield Utterance(pieces(text), role, voice, "fr", (number + 1) // 2, number, story, person)


@pytest.fixture(scope="module")
def track():
    """A programme with a jingle at its start and stings between its stories, voices at very unlike levels."""
    engine, levels = ToneEngine(), {"tone:f1": 0.05, "tone:m1": 1.5}
    said = list(utterances())
    clips = [engine.speak(u.spoken, u.voice.partition(":")[2], language="fr", speed=1.0) for u in said]
    for utterance, clip in zip(said, clips, strict=True):
        clip.samples[:] *= levels.get(utterance.voice, 1.0)
    items = [mix.builtin("jingle")]
    for index, utterance in enumerate(said):
        if index and utterance.story != said[index - 1].story:
            items.append(mix.builtin("sting"))
        items.append(utterance)
    scripts = [Script(f"Crue, jour {number + 1}", "fr", "", ()) for number in range(STORIES)]
    return mix.join(items, clips, stories=scripts)


@pytest.fixture(scope="module")
def bulletin(track):
    samples, mastered = mix.master(track.samples, track.rate)
    return Bulletin(
        samples,
        track.rate,
        track.cues,
        "Crue",
        "fr",
        chapters=track.chapters,
        date="2026-11-23",
        mastered=mastered,
    )


@pytest.fixture(scope="module", params=[".mp3", ".opus"])
def written(request, bulletin, tmp_path_factory):
    path = tmp_path_factory.mktemp("gate") / f"crue{request.param}"
    return publish.write(bulletin, path, beside=(".vtt",))


@pytest.fixture(scope="module")
def played(written):
    """What another decoder than ours (PyAV's) plays, and its rate."""
    with av.open(str(written.files[0])) as container:
        stream = container.streams.audio[0]
        frames = [frame.to_ndarray().reshape(-1) for frame in container.decode(stream)]
        return np.concatenate(frames), stream.rate


def sounding(samples, rate, quiet=0.006):
    """Where anything is heard, in seconds; gaps under 60 ms belong to the words."""
    places = np.flatnonzero(np.abs(samples) > quiet)
    cuts = np.flatnonzero(np.diff(places) > 0.06 * rate)
    return places[np.r_[0, cuts + 1]] / rate, places[np.r_[cuts, places.size - 1]] / rate


def test_ten_minutes_stay_in_step(written, played, bulletin):
    """Every cue begins and ends within 50 ms of its sound in the decoded file, the last as the first."""
    samples, rate = played
    assert samples.size / rate > MINUTES * 60
    starts, ends = sounding(samples, rate)
    for cue in bulletin.cues:
        assert np.abs(starts - cue.start).min() < 0.05
        assert np.abs(ends - cue.end).min() < 0.05


def seconds(time):
    hours, minutes, rest = time.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


def test_captions_begin_with_what_they_caption(written, played):
    """Each sentence's first caption comes with its sound, within 50 ms, and all can be read."""
    starts, _ = sounding(*played)
    captions = webvtt.read(str(written.files[1]))
    firsts = [caption for caption in captions if np.abs(starts - seconds(caption.start)).min() < 0.05]
    assert len(firsts) >= STORIES * len(SENTENCES)
    lines = [caption.text.splitlines() for caption in captions]
    assert max(len(line) for shown in lines for line in shown) <= 42
    assert max(map(len, lines)) <= 2


def test_loudness_and_peak_by_two_meters(written):
    assert written.loudness.integrated == pytest.approx(-16, abs=0.3)
    assert written.loudness.true_peak <= -1.0
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(),
        "-hide_banner",
        "-nostats",
        "-i",
        str(written.files[0]),
        "-vn",
    ]
    command += ["-af", "ebur128=peak=true", "-f", "null", "-"]
    log = subprocess.run(command, capture_output=True, check=True).stderr.decode()
    summary = log[log.rindex("Summary:") :]
    assert float(re.search(r"\bI:\s+(-?[\d.]+)", summary)[1]) == pytest.approx(-16, abs=0.3)
    assert float(re.search(r"\bPeak:\s+(-?[\d.]+)", summary)[1]) <= -0.9


def test_every_voice_is_within_one_unit_of_the_others(bulletin):
    levels = {}
    for voice in {cue.utterance.voice for cue in bulletin.cues}:
        spans = [(c.start, c.end) for c in bulletin.cues if c.utterance.voice == voice]
        parts = [bulletin.samples[round(a * bulletin.rate) : round(b * bulletin.rate)] for a, b in spans]
        levels[voice] = integrated(np.concatenate(parts), bulletin.rate)
    assert max(levels.values()) - min(levels.values()) < 1.0


def test_no_silence_is_long_and_nothing_clips(played):
    samples, rate = played
    starts, ends = sounding(samples, rate, 0.001)
    assert (starts[1:] - ends[:-1]).max() < 1.5
    assert np.abs(samples).max() < 1.0
    assert abs(samples.mean()) < 1e-4
