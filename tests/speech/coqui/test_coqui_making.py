"""The whole way: an article, a cast of Coqui voices, an MP3."""

import contextlib
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from model_hosts import hub

pytestmark = pytest.mark.coqui
ARTICLE = """Le pont rouvre à midi

La rivière baisse depuis hier, et le pont de la ville rouvre à midi.

« Nous avons eu très peur », a déclaré la maire, Anne Dupont.

« Tout est réparé », a ajouté l'ingénieur Paul Martin.
"""


@pytest.fixture
def cast(models, tmp_path):
    path = tmp_path / "essai.toml"
    path.write_text(
        f"""
language = "fr"
narrator = "coqui:{models / "single" / "model.pth"}"
headline = "coqui:{models / "tacotron" / "model.pth"}"
[quotes]
f = ["coqui:{models / "several"}#anne"]
m = ["coqui:{models / "several"}#paul"]
unknown = ["tone:m3"]
""",
        encoding="utf-8",
    )
    return path


def bulletin(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "bulletin", *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
    )


def test_a_cast_of_coqui_voices_becomes_an_mp3(engine, cast, tmp_path):
    """Models of several sample rates and another engine's voice meet in one programme."""
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    done = bulletin("make", tmp_path / "article.txt", "--cast", cast, "-o", tmp_path / "essai.mp3")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    from mutagen.mp3 import MP3

    assert MP3(tmp_path / "essai.mp3").info.length > 5


def test_a_batch_mixes_engines_and_repeats_itself(engine, cast, tmp_path):
    """In processes that voice side by side; the second run starts from nothing and makes the same files."""
    articles = tmp_path / "articles"
    articles.mkdir()
    for number in (1, 2, 3):
        (articles / f"{number}.txt").write_text(ARTICLE.replace("midi", f"{number} heures"), encoding="utf-8")
    files = []
    for run in ("one", "other"):
        done = bulletin(
            "batch",
            articles,
            "--cast",
            cast,
            "--workers",
            2,
            "-o",
            tmp_path / run,
            BULLETIN_CACHE=str(tmp_path / f"cache-{run}"),
        )
        assert (done.returncode, done.stderr) == (0, "")
        made = sorted((tmp_path / run).glob("*.mp3"))
        assert len(made) == 3
        files.append([path.read_bytes() for path in made])
    assert files[0] == files[1]


def test_a_device_that_is_not_there_ends_with_one_line(engine, cast, tmp_path):
    """Asked for by an option, a variable or the settings file."""
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "bulletin.toml").write_text('device = "cuda"\nseed = 3\nverbose = false\n', encoding="utf-8")
    make = ("make", tmp_path / "article.txt", "--cast", cast, "-o", tmp_path / "essai.mp3")
    for done in (
        bulletin(*make, "--device", "cuda"),
        bulletin(*make, BULLETIN_DEVICE="cuda"),
        bulletin("--config", tmp_path / "bulletin.toml", *make),
    ):
        assert done.returncode == 5
        assert done.stderr == "bulletin: torch finds no cuda device here: use --device cpu or auto\n"
    assert not (tmp_path / "essai.mp3").exists()


def test_voices_of_ones_own_can_be_heard(engine, models, tmp_path):
    voice = f"coqui:{models / 'several'}#paul"
    done = bulletin("voices", "play", voice, "-o", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert Path(done.stdout.strip()).stat().st_size > 10_000
    done = bulletin("voices", "play", f"{voice}a", "-o", tmp_path)
    assert done.returncode == 5
    assert "no speaker 'paula'" in done.stderr and done.stderr.count("\n") == 1


def test_a_model_that_is_not_here_is_fetched_while_a_person_watches(
    home, host, models, tmp_path, monkeypatch
):
    """From a mirror of the hub, which hands over a small model under a large one's name; then it speaks."""
    (tmp_path / "article.txt").write_text("Le pont rouvre.", encoding="utf-8")
    files = {name: (models / "single" / name).read_bytes() for name in ("config.json", "model.pth")}
    hub(host, "tts-hub/XTTS-v2", files)
    host.pause = 0.1
    monkeypatch.setenv("HF_ENDPOINT", host.address)
    monkeypatch.setenv("COQUI_TOS_AGREED", "1")
    (tmp_path / "cast.toml").write_text('narrator = "coqui:xtts_v2"\n[quotes]\nf = ["tone:f1"]\n')
    code, seen = on_a_terminal(
        "make", tmp_path / "article.txt", "--cast", tmp_path / "cast.toml", "-o", tmp_path / "essai.mp3"
    )
    assert code == 0, seen
    for words in ("getting model.pth", " of 3 MB", "ready for ONNX Runtime", "sentences"):
        assert words in seen
    assert (tmp_path / "essai.mp3").exists()
    assert [path.name for path in (home / "models" / "tts").iterdir()] == [
        "tts_models--multilingual--multi-dataset--xtts_v2"
    ]


def on_a_terminal(*arguments):
    """The exit code, and all that a person sees."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "bulletin", *map(str, arguments)],
        stdout=theirs,
        stderr=theirs,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "COLUMNS": "120", "TERM": "xterm"},
    ) as process:
        os.close(theirs)
        seen = b""
        with contextlib.suppress(OSError):  # how a terminal says that nobody writes to it any more
            while part := os.read(ours, 65536):
                seen += part
        os.close(ours)
    return process.returncode, seen.decode(errors="replace")


def test_an_unknown_speaker_ends_with_one_line(engine, cast, tmp_path):
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    cast.write_text(cast.read_text(encoding="utf-8").replace("#anne", "#zoe"), encoding="utf-8")
    done = bulletin("make", tmp_path / "article.txt", "--cast", cast, "-o", tmp_path / "essai.mp3")
    assert done.returncode == 5
    assert "no speaker 'zoe'" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "essai.mp3").exists()
