"""From utterances to clips: what is kept, what is voiced again, and what a killed run leaves."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bulletin.errors import SpeechError, VoiceError
from bulletin.model import Clip, Piece, Utterance, Word
from bulletin.speech.engine import engine
from bulletin.speech.jobs import job, said
from bulletin.speech.render import ahead, begin, render
from bulletin.speech.store import Store, pack, unpack
from bulletin.speech.workers import Workers

SENTENCES = ["Le pont rouvre.", "La rivière baisse depuis hier soir.", "On attend la pluie."]


def utterance(text, voice="tone:narrator", **more):
    return Utterance((Piece(text, text),), "narration", voice, "fr", **more)


def voiced_anew(utterances, cache):
    """The places of what was not in the cache."""
    return sorted(one.index for one in render(utterances, cache=cache) if not one.cached)


def test_a_second_run_voices_nothing(tmp_path):
    utterances = [utterance(text) for text in SENTENCES]
    assert voiced_anew(utterances, tmp_path) == [0, 1, 2]
    assert voiced_anew(utterances, tmp_path) == []


@pytest.mark.parametrize(
    "changed",
    [
        utterance("La rivière monte depuis hier soir."),
        utterance(SENTENCES[1], voice="tone:m1"),
        utterance(SENTENCES[1], speed=1.2),
    ],
    ids=["text", "voice", "speed"],
)
def test_a_changed_sentence_costs_one_sentence(tmp_path, changed):
    """Text, voice and speed are part of a clip's key; its place is not."""
    utterances = [utterance(text) for text in SENTENCES]
    voiced_anew(utterances, tmp_path)
    assert voiced_anew([utterances[2], changed, utterances[0]], tmp_path) == [1]


def test_the_same_sentence_twice_is_voiced_once_and_heard_twice(tmp_path):
    rendered = list(render([utterance(SENTENCES[0])] * 3, cache=tmp_path))
    assert sorted(one.index for one in rendered) == [0, 1, 2]
    assert len(list(tmp_path.rglob("*.npz"))) == 1


def test_a_bulletin_is_the_same_with_and_without_the_cache(tmp_path):
    """What is voiced now goes through the form in which it is kept."""
    utterances = [utterance(text) for text in SENTENCES]
    fresh = {one.index: one.clip for one in render(utterances, cache=tmp_path)}
    for runs in (render(utterances, cache=tmp_path), render(utterances, cache=None)):
        for one in runs:
            np.testing.assert_array_equal(one.clip.samples, fresh[one.index].samples)
            assert one.clip.words == fresh[one.index].words


@given(
    arrays(np.float32, st.integers(0, 50), elements=st.floats(-1, 1, width=32)),
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1), max_size=4
    ),
)
def test_a_clip_comes_back_as_it_was_kept(samples, words):
    """Sixteen bits of samples, and every word with its time."""
    clip = Clip(samples, 24000, tuple(Word(word, place, place + 0.5) for place, word in enumerate(words)))
    back = unpack(pack(clip))
    np.testing.assert_allclose(back.samples, samples, atol=1 / 32767)
    assert back.samples.dtype == np.float32
    assert (back.rate, back.words) == (clip.rate, clip.words)


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-40], lambda data: b"", lambda data: data[:200] + b"\xff" * 9 + data[209:]]
)
def test_a_damaged_entry_is_voiced_again(tmp_path, damage):
    """Nothing that a crash or a bad disk leaves is ever heard."""
    utterances = [utterance(text) for text in SENTENCES]
    voiced_anew(utterances, tmp_path)
    entry = Store(tmp_path).path(job(utterances[1]).key)
    entry.write_bytes(damage(entry.read_bytes()))
    assert voiced_anew(utterances, tmp_path) == [1]
    assert voiced_anew(utterances, tmp_path) == []


def test_a_cache_that_cannot_be_written_costs_nothing_else(tmp_path):
    """A folder that is a file: every sentence is still voiced."""
    (tmp_path / "cache").write_text("no folder")
    assert voiced_anew([utterance(text) for text in SENTENCES], tmp_path / "cache") == [0, 1, 2]


def test_what_was_not_used_for_longest_is_deleted_first(tmp_path):
    store = Store(tmp_path)
    for age, key in enumerate(["aa", "bb", "cc"]):
        store.put(key, bytes(100))
        os.utime(store.path(key), (1e9 - age, 1e9 - age))
    left_by_a_killed_run = tmp_path / "aa" / ".aa.npz.x.part"
    left_by_a_killed_run.write_bytes(b"")
    os.utime(left_by_a_killed_run, (1e9, 1e9))
    store.prune(most_bytes=200)
    assert sorted(path.name for path in tmp_path.glob("*/*")) == ["aa.npz", "bb.npz"]


@pytest.mark.parametrize("voice", ["tone:nobody", "kokoro:nobody", "nothing:nobody", "narrator"])
def test_an_unknown_voice_is_an_error_before_anything_is_voiced(tmp_path, voice):
    with pytest.raises(VoiceError):
        list(render([utterance(SENTENCES[0]), utterance(SENTENCES[1], voice)], cache=tmp_path))
    assert list(tmp_path.rglob("*.npz")) == []


def test_pronunciations_go_to_engines_that_understand_them():
    """IPA is for Kokoro; a respelling is for all, and the word keeps its own spelling in the times."""
    ipa, respelled = Piece("miles", "miles", "/majlz/"), Piece("miles", "miles", "maïlz")
    assert said(ipa, markup=False) == "miles"
    assert said(respelled, markup=True) == "maïlz"
    pieces = (Piece("1 160", "mille cent soixante"), Piece(" ", " "), respelled)
    (rendered,) = render([Utterance(pieces, "quote", "tone:m1", "fr")], cache=None)
    assert [word.text for word in rendered.clip.words] == ["mille", "cent", "soixante", "miles"]


def test_processes_say_the_same_as_this_one(tmp_path):
    """Three processes, nine sentences, every one once and as it is said here."""
    jobs = [job(utterance(f"{text} {number}")) for text in SENTENCES for number in range(3)]
    with Workers(3, tmp_path, threads=1) as processes:
        said_there = {one.key: data for one, data in processes.run(jobs)}
    assert said_there == {one.key: pack(one.speak()) for one in jobs}
    assert len(list(tmp_path.rglob("*.npz"))) == 9


def test_a_process_that_dies_is_one_clear_error(tmp_path):
    """Whatever kills a worker (mostly memory), the run ends with a line that says so."""
    with pytest.raises(SpeechError, match="died"), Workers(1, tmp_path, threads=1) as processes:
        (process,) = processes.processes.values()
        os.kill(process.pid, signal.SIGKILL)
        list(processes.run([job(utterance(SENTENCES[0]))]))
    assert not process.is_alive()


def test_an_error_in_a_process_is_raised_here(tmp_path):
    """An engine that fails over there fails with its own words here."""
    one = job(utterance(SENTENCES[0]))
    broken = type(one)(one.engine, "nobody", one.text, one.language, one.speed, one.key)
    with pytest.raises(VoiceError, match="no voice 'nobody'"), Workers(1, tmp_path, threads=1) as processes:
        list(processes.run([broken]))


def test_leaving_early_ends_the_processes(tmp_path):
    """A caller that stops listening (Ctrl-C does this) leaves no process and no scratch folder behind."""
    jobs = [job(utterance(f"{text} {number}")) for text in SENTENCES for number in range(20)]
    with Workers(2, tmp_path, threads=1) as processes:
        next(processes.run(jobs))
        started, scratch = list(processes.processes.values()), Path(processes.scratch.name)
    assert not any(process.is_alive() for process in started)
    assert not scratch.exists()


def test_a_process_is_started_ahead_for_slow_engines_only(tmp_path, monkeypatch):
    """The test double needs none, and who voices in this process wants none."""
    monkeypatch.setattr("bulletin.speech.render.cores", lambda: 2)
    assert ahead(["tone:m1"], cache=tmp_path) is None
    assert ahead(["kokoro:siwis"], cache=tmp_path, workers=0) is None
    with ahead(["tone:m1", "kokoro:siwis"], cache=tmp_path) as started:
        assert (len(started.processes), started.engines) == (0, ["kokoro"])
        begin(started)
        begin(started)
        assert len(started.processes) == 1
        monkeypatch.setattr("bulletin.speech.render.cores", lambda: 1)
        assert ahead(["kokoro:siwis"], cache=tmp_path) is None


def test_it_is_started_at_once_where_a_processor_has_nothing_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr("bulletin.speech.render.cores", lambda: 3)
    with ahead(["kokoro:siwis"], cache=tmp_path) as started:
        assert len(started.processes) == 1


def test_processes_started_ahead_go_when_there_is_nothing_to_voice(tmp_path):
    utterances = [utterance(text) for text in SENTENCES]
    voiced_anew(utterances, tmp_path)
    with Workers(1, tmp_path, threads=1, engines=["nothing"]) as started:
        (process,) = started.processes.values()
        assert all(one.cached for one in render(utterances, cache=tmp_path, started=started))
        process.join(20)
        assert not process.is_alive()


def test_a_damaged_clip_is_voiced_though_the_processes_were_dismissed(tmp_path):
    """They go when every clip lies there; that one can't be read shows afterwards."""
    utterances = [utterance(text) for text in SENTENCES]
    voiced_anew(utterances, tmp_path)
    next(tmp_path.rglob("*.npz")).write_bytes(b"damaged")
    with Workers(1, tmp_path, threads=1) as started:
        assert [one.cached for one in render(utterances, cache=tmp_path, started=started)].count(False) == 1
        started.grow(1, threads=1)
        assert len(list(started.run([job(utterances[0])]))) == 1


def test_processes_started_ahead_voice_and_others_join_them(tmp_path):
    jobs = [job(utterance(f"{text} {number}")) for text in SENTENCES for number in range(3)]
    with Workers(1, tmp_path, threads=1, engines=["tone", "nothing"]) as processes:
        processes.grow(2, threads=1)
        assert len(processes.processes) == 2
        assert {one.key for one, _ in processes.run(jobs)} == {one.key for one in jobs}


@pytest.fixture
def slow_tone(monkeypatch):
    """The test double as if processes paid for it."""
    monkeypatch.setattr(engine("tone"), "parallel", True, raising=False)


@pytest.mark.usefixtures("slow_tone")
def test_a_changed_sentence_is_begun_before_the_others_are_read(tmp_path):
    voiced_anew([utterance(text) for text in SENTENCES], tmp_path)
    changed = [*map(utterance, SENTENCES), utterance("Une phrase de plus.")]
    with Workers(0, tmp_path, threads=1) as started:
        rendered = render(changed, cache=tmp_path, started=started)
        assert next(rendered).cached
        assert [one.text for one in started.busy.values()] == ["Une phrase de plus."]
        assert [one.cached for one in rendered] == [True, True, False]


@pytest.mark.usefixtures("slow_tone")
def test_damaged_clips_are_voiced_after_the_missing_ones(tmp_path):
    utterances = [utterance(f"{text} {number}") for text in SENTENCES for number in range(4)]
    voiced_anew(utterances[:6], tmp_path)
    for path in list(tmp_path.rglob("*.npz"))[:3]:
        path.write_bytes(b"damaged")
    with Workers(1, tmp_path, threads=1) as started:
        rendered = list(render(utterances, cache=tmp_path, started=started))
    assert sorted(one.index for one in rendered) == list(range(12))
    assert [one.cached for one in rendered] == [True] * 3 + [False] * 9


def test_processes_begin_when_jobs_are_taken(tmp_path):
    jobs = [job(utterance(f"{text} {number}")) for text in SENTENCES for number in range(2)]
    with Workers(2, tmp_path, threads=1) as processes:
        answers = processes.run(jobs)
        assert len(processes.busy) == 2 and len(processes.waiting) == len(jobs) - 2
        assert {one.key for one, _ in answers} == {one.key for one in jobs}


def test_a_process_does_not_run_the_program_again(tmp_path):
    """Its first file may import a whole command line, or do everything once more where it has no guard."""
    script = tmp_path / "unguarded.py"
    script.write_text(
        "from pathlib import Path\n"
        "from bulletin.model import Piece, Utterance\n"
        "from bulletin.speech.jobs import job\n"
        "from bulletin.speech.workers import Workers\n"
        "print('here')\n"
        "one = job(Utterance((Piece('Oui.', 'Oui.'),), 'narration', 'tone:m1', 'fr'))\n"
        "with Workers(1, None, threads=1) as processes:\n"
        "    print(len(list(processes.run([one]))))\n"
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["here", "1"]


LONG_RUN = """
import sys
from pathlib import Path
from bulletin.model import Piece, Utterance
from bulletin.speech.render import render
if __name__ == "__main__":
    texts = [f"Phrase numéro {number}, assez longue pour que la mort la trouve." for number in range(400)]
    utterances = [Utterance((Piece(text, text),), "narration", "tone:m1", "fr") for text in texts]
    print("started", flush=True)
    for one in render(utterances, cache=Path(sys.argv[1])):
        pass
"""


def test_a_killed_run_leaves_whole_files_only_and_is_taken_up(tmp_path):
    """SIGKILL at several moments: what lies under a final name is whole, and the next run goes on from it."""
    kept = 0
    for delay in (0.02, 0.05, 0.1):
        run = subprocess.Popen([sys.executable, "-c", LONG_RUN, str(tmp_path)], stdout=subprocess.PIPE)
        assert run.stdout.readline() == b"started\n"
        time.sleep(delay)
        run.kill()
        run.wait()
        run.stdout.close()
        entries = list(tmp_path.rglob("*.npz"))
        for entry in entries:
            unpack(entry.read_bytes())
        assert len(entries) >= kept
        kept = len(entries)
    subprocess.run([sys.executable, "-c", LONG_RUN, str(tmp_path)], check=True, stdout=subprocess.DEVNULL)
    assert len(list(tmp_path.rglob("*.npz"))) == 400


INTERRUPTED_RUN = """
import sys
from pathlib import Path
from bulletin.model import Piece, Utterance
from bulletin.speech.jobs import job
from bulletin.speech.workers import Workers
if __name__ == "__main__":
    texts = [f"Phrase numéro {number}." * 20 for number in range(4000)]
    jobs = [job(Utterance((Piece(text, text),), "narration", "tone:m1", "fr")) for text in texts]
    with Workers(2, None, threads=1) as processes:
        for number, _ in enumerate(processes.run(jobs)):
            if number == 0:
                print(*(process.pid for process in processes.processes.values()), flush=True)
"""


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="a terminal interrupts a group of processes on POSIX")
def test_ctrl_c_ends_everything_with_one_voice():
    """The terminal interrupts all processes: only the parent answers, and no worker outlives it."""
    run = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED_RUN],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    workers = [int(number) for number in run.stdout.readline().split()]
    assert len(workers) == 2
    os.killpg(run.pid, signal.SIGINT)
    _, words = run.communicate(timeout=20)
    assert words.count("Traceback") == 1
    assert words.rstrip().endswith("KeyboardInterrupt")
    for worker in workers:
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)


HELD_BACK = """
import multiprocessing, signal
from bulletin.speech.workers import interrupts_held_back

if __name__ == "__main__":
    with interrupts_held_back():
        multiprocessing.get_context("spawn").Process(target=int).start()
        print(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ()))
"""


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="signals are blocked on POSIX")
def test_interrupts_stay_held_back_after_the_first_process():
    """Python starts a helper of its own with the first one, and lifts the block when it has."""
    run = subprocess.run([sys.executable, "-c", HELD_BACK], capture_output=True, text=True, check=True)
    assert run.stdout == "True\n"
