"""The whole way: an article, a cast of Coqui voices, an MP3."""

import os
import subprocess
import sys

import pytest

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


def bulletin(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "bulletin", *map(str, arguments)],
        capture_output=True,
        text=True,
        env=os.environ,
    )


def test_a_cast_of_coqui_voices_becomes_an_mp3(engine, cast, tmp_path):
    """Models of several sample rates and another engine's voice meet in one programme."""
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    done = bulletin("make", tmp_path / "article.txt", "--cast", cast, "-o", tmp_path / "essai.mp3")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    from mutagen.mp3 import MP3

    assert MP3(tmp_path / "essai.mp3").info.length > 5


def test_an_unknown_speaker_ends_with_one_line(engine, cast, tmp_path):
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    cast.write_text(cast.read_text(encoding="utf-8").replace("#anne", "#zoe"), encoding="utf-8")
    done = bulletin("make", tmp_path / "article.txt", "--cast", cast, "-o", tmp_path / "essai.mp3")
    assert done.returncode == 5
    assert "no speaker 'zoe'" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "essai.mp3").exists()
