"""What a person at a terminal meets: every command, every error, stdout and stderr apart."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

from bulletin.cli import main

ARTICLE = """Le phare rouvre ses portes

Le phare de la pointe, haut de 42 m, rouvre samedi après 3 ans de travaux.

« La lanterne n'a jamais été aussi belle », a déclaré Jeanne Morvan, la gardienne.

Photo : Agence du Large / Service de presse
"""


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty folder to work in, with a cache of its own and one article in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BULLETIN_CACHE", str(tmp_path / "cache"))
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


def run(*arguments, **options):
    return CliRunner().invoke(main, [str(argument) for argument in arguments], **options)


def files_of(folder):
    return {path.name for path in folder.rglob("*") if path.is_file() and "cache" not in path.parts}


def test_every_command_says_what_it_does():
    """A command without help is a command that nobody finds."""
    for name, command in main.commands.items():
        assert command.help, name
        assert run(name, "--help").exit_code == 0


def test_make_writes_an_mp3_named_after_the_title(here):
    """The only thing on stdout is the path of the file."""
    result = run("make", "article.txt", "--cast", "tone")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.strip() == "out/le-phare-rouvre-ses-portes.mp3"
    assert result.stderr == ""
    assert (here / "out/le-phare-rouvre-ses-portes.vtt").is_file()


def test_make_reports_for_programs(here):
    """With --json, stdout is one JSON value."""
    result = run("make", "article.txt", "--cast", "tone", "--json", "-o", "a.wav")
    report = json.loads(result.stdout)
    assert report["files"][0] == "a.wav"
    assert abs(report["loudness"]["integrated"] + 16) < 0.5
    assert report["utterances"]["cached"] == 0


def test_make_reads_standard_input(here):
    """`-` is stdin."""
    result = run("make", "-", "--cast", "tone", "-o", "a.mp3", input=ARTICLE)
    assert result.exit_code == 0, result.stderr


def test_make_does_not_write_over_a_bulletin(here):
    """What is there stays there, unless --force says otherwise."""
    assert run("make", "article.txt", "--cast", "tone", "-o", "a.mp3").exit_code == 0
    before = (here / "a.mp3").read_bytes()
    refused = run("make", "article.txt", "--cast", "tone", "-o", "a.mp3", "--speed", "1.5")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert (here / "a.mp3").read_bytes() == before
    assert run("make", "article.txt", "--cast", "tone", "-o", "a.mp3", "--speed", "1.5", "-f").exit_code == 0
    assert (here / "a.mp3").read_bytes() != before


def test_a_second_run_voices_only_the_sentence_that_changed(here):
    """One sentence changed costs one sentence."""
    assert run("make", "article.txt", "--cast", "tone", "-o", "a.mp3").exit_code == 0
    (here / "article.txt").write_text(ARTICLE.replace("42 m", "43 m"), encoding="utf-8")
    again = run("make", "article.txt", "--cast", "tone", "-o", "b.mp3", "--json")
    assert json.loads(again.stdout)["utterances"]["voiced"] == 1


def test_script_shows_who_says_what_and_what_is_left_out(here):
    """The plan for programs: roles, speakers, voices, spoken text, and the credits with their reason."""
    plan = json.loads(run("script", "article.txt", "--json").stdout)
    assert [segment["role"] for segment in plan["segments"]] == [
        "headline",
        "narration",
        "quote",
        "narration",
    ]
    quote = plan["segments"][2]
    assert (quote["speaker"], quote["gender"]) == ("Jeanne Morvan", "f")
    assert quote["text"].rstrip(",") == "La lanterne n'a jamais été aussi belle"
    assert plan["segments"][1]["spoken"].startswith("Le phare de la pointe, haut de quarante-deux mètres")
    assert [item["reason"] for item in plan["left_out"]] == ["credits"]


def test_script_shows_a_person_the_same(here):
    """The plan for people names the speaker and the voice."""
    shown = run("script", "article.txt").stdout
    assert "QUOTE Jeanne Morvan (f) [kokoro:" in shown
    assert "[credits] Photo : Agence du Large" in shown


def test_settings_come_from_the_file_then_the_environment_then_the_option(here):
    """bulletin.toml is below BULLETIN_*, which is below an option."""
    (here / "bulletin.toml").write_text('cast = "nosuch"\n', encoding="utf-8")
    assert "no cast 'nosuch'" in run("make", "article.txt").stderr
    environment = {"BULLETIN_MAKE_CAST": "tone"}
    assert run("make", "article.txt", "-o", "a.mp3", env=environment).exit_code == 0
    assert run("make", "article.txt", "-o", "b.mp3", "--cast", "tone").exit_code == 0


BAD_CAST = """
language = "fr"
narrator = "kokoro:nobody"
headline = "kokoro:nobody"
[quotes]
m = ["kokoro:nobody"]
f = ["kokoro:nobody"]
unknown = ["kokoro:nobody"]
"""


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["make", "missing.txt"], 3, "no such file"),
        (["make", "empty.txt"], 3, "is empty"),
        (["make", "binary.txt"], 3, "binary"),
        (["make", "."], 3, "is a folder"),
        (["make", "wordless.txt"], 3, "no words to read"),
        (["make", "article.txt", "-o", "no/such/folder/a.mp3"], 1, "the folder does not exist"),
        (["make", "article.txt", "-o", "a.xyz"], 2, "must be one of .mp3"),
        (["make", "article.txt", "--cast", "nosuch"], 2, "no cast 'nosuch'"),
        (["make", "article.txt", "--cast", "bad.toml"], 5, "nobody"),
        (["make", "article.txt", "--loudness", "loud"], 2, "podcast, radio"),
        (["make", "article.txt", "--lexicon", "missing.toml"], 2, "missing.toml"),
        (["make", "http://127.0.0.1:9/"], 3, "private address"),
        (["make"], 2, "Missing argument"),
        (["nothing"], 2, "No such command"),
        (["--config", "missing.toml", "make", "article.txt"], 2, "missing.toml"),
    ],
)
def test_an_error_is_one_line_with_its_exit_code(here, arguments, code, words):
    """What is wrong and what to do, on stderr, and no file anywhere."""
    (here / "empty.txt").write_bytes(b"")
    (here / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (here / "wordless.txt").write_text("---\n\n12 34\n", encoding="utf-8")
    (here / "bad.toml").write_text(BAD_CAST, encoding="utf-8")
    before = files_of(here)
    result = run(*arguments)
    assert result.exit_code == code, result.stderr
    assert words in result.stderr
    assert result.stdout == ""
    assert files_of(here) == before
    if not result.stderr.startswith("Usage"):
        assert len(result.stderr.strip().splitlines()) == 1


def program(*arguments, **options):
    return subprocess.Popen([sys.executable, "-m", "bulletin", *arguments], **options)


def test_an_interrupt_ends_with_130_and_leaves_nothing(here):
    """Ctrl-C while it works."""
    (here / "long.txt").write_text("\n\n".join(f"Phrase numéro {n}, et rien." for n in range(3000)))
    process = program("make", "long.txt", "--cast", "tone", "-o", "a.mp3", stderr=subprocess.PIPE)
    time.sleep(3)
    process.send_signal(signal.SIGINT)
    _, words = process.communicate(timeout=60)
    assert process.returncode == 130
    assert words.decode().strip() == "bulletin: interrupted"
    assert files_of(here) == {"article.txt", "long.txt"}


def test_a_killed_run_leaves_no_part_under_a_final_name_and_the_next_one_ends_alike(here):
    """SIGKILL at several moments; the bulletin afterwards is the one of an undisturbed run."""
    assert run("make", "article.txt", "--cast", "tone", "-o", "whole.mp3").exit_code == 0
    whole = (here / "whole.mp3").read_bytes()
    environment = {**os.environ, "BULLETIN_CACHE": str(here / "cache-of-killed")}
    for moment in (0.3, 0.9, 1.5, 2.1):
        process = program("make", "article.txt", "--cast", "tone", "-o", "a.mp3", "-f", env=environment)
        time.sleep(moment)
        process.kill()
        process.wait()
        assert not (here / "a.mp3").exists() or (here / "a.mp3").read_bytes() == whole
    assert program("make", "article.txt", "--cast", "tone", "-o", "a.mp3", "-f", env=environment).wait() == 0
    assert (here / "a.mp3").read_bytes() == whole
