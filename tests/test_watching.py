"""A bulletin that is made again whenever one of its files is saved."""

import os
import signal
import subprocess
import sys
import time
from types import SimpleNamespace

import numpy as np
import pytest
from sound_makers import clip_of

from bulletin import watching
from bulletin.mix import Cleaner
from bulletin.mix.decoding import decode
from bulletin.model import Piece, Utterance
from bulletin.speech.render import render
from bulletin.speech.workers import Workers

ARTICLE = """Le bac reprend ses rotations

Le bac du fleuve reprend samedi ses rotations, après 3 semaines d'arrêt.

« Les moteurs sont neufs », a déclaré Hélène Kervadec, la capitaine.
"""


def until(true, seconds=60):
    """Waits until it is so."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.fixture
def watched(tmp_path, monkeypatch):
    """`bulletin make --watch` on an article, with what it says in files."""
    monkeypatch.setenv("BULLETIN_CACHE", str(tmp_path / "cache"))
    article = tmp_path / "article.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    said, told = tmp_path / "said", tmp_path / "told"
    started = []

    def lines(file):
        return file.read_text(encoding="utf-8").splitlines()

    def start(*options):
        command = [sys.executable, "-m", "bulletin", "make", str(article), "--watch", "--cast", "tone"]
        with said.open("w") as out, told.open("w") as words:
            process = subprocess.Popen([*command, *options], cwd=tmp_path, stdout=out, stderr=words)
        started.append(process)
        return process

    yield SimpleNamespace(
        start=start,
        folder=tmp_path,
        article=article,
        said=lambda: lines(said),
        told=lambda: lines(told),
        audio=tmp_path / "a.wav",
    )
    for process in started:
        process.kill()
        process.wait()


def test_it_is_made_again_when_the_article_is_saved(watched):
    """Over its own file, which the first time would have had to be free; Ctrl-C is the way to end."""
    process = watched.start("-o", "a.wav")
    until(lambda: len(watched.said()) == 1)
    first = decode(watched.audio)
    watched.article.write_text(ARTICLE + "\nLe trajet dure 12 minutes de quai à quai.\n", encoding="utf-8")
    until(lambda: len(watched.said()) == 2)
    assert decode(watched.audio).size > 1.1 * first.size
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0
    assert (watched.said(), watched.told()) == (["a.wav", "a.wav"], [])


def test_what_goes_wrong_later_is_told_and_waited_out(watched):
    watched.start("-o", "a.wav")
    until(lambda: len(watched.said()) == 1)
    before = watched.audio.read_bytes()
    watched.article.write_text("", encoding="utf-8")
    until(lambda: watched.told())
    assert watched.audio.read_bytes() == before
    watched.article.write_text(ARTICLE.replace("samedi", "dimanche"), encoding="utf-8")
    until(lambda: len(watched.said()) == 2)
    (line,) = watched.told()
    assert line.startswith("bulletin: ") and "empty" in line


def test_the_name_stays_though_the_title_changes(watched):
    watched.start()
    until(lambda: len(watched.said()) == 1)
    watched.article.write_text(ARTICLE.replace("reprend ses", "arrête ses"), encoding="utf-8")
    until(lambda: len(watched.said()) == 2)
    assert set(watched.said()) == {"out/le-bac-reprend-ses-rotations.mp3"}


def test_a_lexicon_is_watched_too(watched):
    lexicon = watched.folder / "own.toml"
    lexicon.write_text("[words]\n", encoding="utf-8")
    watched.start("-o", "a.wav", "--lexicon", str(lexicon))
    until(lambda: len(watched.said()) == 1)
    first = decode(watched.audio)
    long = "ker-va-dec de la maison du fleuve et de la mer"
    lexicon.write_text(f'[words]\n"Kervadec" = "{long}"\n', encoding="utf-8")
    until(lambda: len(watched.said()) == 2)
    assert decode(watched.audio).size > 1.1 * first.size


def test_a_cast_is_watched_too(watched):
    cast = watched.folder / "cast.toml"
    table = 'language = "fr"\nnarrator = "tone:{}"\n[quotes]\nunknown = ["tone:m2"]\n'
    cast.write_text(table.format("m1"), encoding="utf-8")
    watched.start("-o", "a.wav", "--cast", str(cast))
    until(lambda: len(watched.said()) == 1)
    first = decode(watched.audio)
    cast.write_text(table.format("f1"), encoding="utf-8")
    until(lambda: len(watched.said()) == 2)
    assert not np.array_equal(decode(watched.audio), first)


@pytest.mark.parametrize(
    "arguments, code, words",
    [
        (["missing.txt", "--watch"], 2, "none of the sources is a file"),
        (["-", "--watch"], 2, "none of the sources is a file"),
        (["article.txt", "--watch", "--cast", "nobody"], 2, "no cast 'nobody'"),
        (["article.txt", "--watch", "--cast", "tone", "-o", "a.wav"], 1, "--force"),
    ],
)
def test_what_is_wrong_at_the_start_ends_it(watched, arguments, code, words):
    watched.audio.write_bytes(b"somebody's")
    command = [sys.executable, "-m", "bulletin", "make", *arguments]
    done = subprocess.run(command, cwd=watched.folder, capture_output=True, text=True, timeout=60, input="")
    assert done.returncode == code
    assert words in done.stderr and len(done.stderr.splitlines()) == 1
    assert watched.audio.read_bytes() == b"somebody's"


def test_a_save_counts_once_and_when_it_is_at_rest(tmp_path, monkeypatch):
    """Whether it is written in parts, put in place of another file, or taken away and written anew."""
    file, other = tmp_path / "a.txt", tmp_path / "b.txt"
    file.write_text("0")

    def add(text):
        file.write_text(file.read_text() + text)

    def replace():
        other.write_text("6543")
        os.utime(other, ns=(0, file.stat().st_mtime_ns))
        other.replace(file)

    happens = [lambda: None, lambda: add("1"), lambda: add("2"), lambda: add("3"), lambda: None]
    happens += [lambda: None, replace, lambda: None, lambda: None]
    happens += [file.unlink, lambda: file.write_text("9"), lambda: None, lambda: None]
    steps = iter(happens)
    monkeypatch.setattr(watching.time, "sleep", lambda _: next(steps)())
    times = watching.saves([file, tmp_path / "never"])
    assert [(next(times), file.read_text())[1] for _ in range(4)] == ["0", "0123", "6543", "9"]


def test_what_is_saved_during_the_work_counts_behind_it(tmp_path, monkeypatch):
    file = tmp_path / "a.txt"
    file.write_text("one")
    sleeps = []
    monkeypatch.setattr(watching.time, "sleep", sleeps.append)
    times = watching.saves([file])
    next(times)
    file.write_text("one and two")
    next(times)
    assert len(sleeps) == 1  # only until it was seen to be at rest


def test_voices_that_stay_say_the_next_sentence_too(tmp_path, monkeypatch):
    from bulletin.speech.engine import engine

    monkeypatch.setattr(engine("tone"), "parallel", True, raising=False)

    def rendered(text, started):
        utterance = Utterance((Piece(text, text),), "narration", "tone:m1", "fr")
        return list(render([utterance], cache=tmp_path, started=started))

    with Workers(1, tmp_path, threads=1, staying=True) as started:
        (process,) = started.processes.values()
        for text in ("Un bac.", "Un bac.", "Deux bacs."):
            assert len(rendered(text, started)) == 1
            assert [*started.processes.values()] == [process] and process.is_alive()
        started.dismiss()
        assert not rendered("Trois bacs.", started)[0].cached
        (another,) = started.processes.values()
        assert another is not process
    assert not another.is_alive()


def test_what_is_in_memory_is_not_read_again(tmp_path):
    """Not even where nothing is kept on disk; what is no longer said is forgotten."""

    def rendered(*texts):
        utterances = [Utterance((Piece(text, text),), "narration", "tone:m1", "fr") for text in texts]
        return list(render(utterances, cache=None, known=known))

    known = {}
    first = rendered("Un bac.", "Deux bacs.")
    again = rendered("Deux bacs.", "Trois bacs.")
    assert [one.cached for one in (*first, *again)] == [False, False, True, False]
    assert again[0].clip is first[1].clip
    assert len(known) == 2


def test_a_cleaner_that_is_used_again_has_what_it_was_asked_for():
    clips = [clip_of(text) for text in ("Un bac.", "Deux bacs.")]
    cleaner = Cleaner()
    with cleaner:
        for clip in clips:
            cleaner.begin(clip, clip.rate, "")
        first = cleaner.cleaned(clips[0], clips[0].rate, "")
    assert list(cleaner.begun) == [(clips[0], clips[0].rate)]
    with cleaner:
        assert cleaner.cleaned(clips[0], clips[0].rate, "") is first
        assert cleaner.cleaned(clips[1], clips[1].rate, "")[0].samples.size
