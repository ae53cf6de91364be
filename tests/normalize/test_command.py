"""`bulletin normalize`: texts or lines in, as many lines out."""

import subprocess
import sys

import pytest


def run(*arguments, stdin=b""):
    return subprocess.run(
        [sys.executable, "-m", "bulletin", "normalize", *arguments],
        input=stdin,
        capture_output=True,
        check=False,
    )


def test_each_text_is_a_line():
    """Texts given as arguments are read one by one, in French unless told otherwise."""
    done = run("Il a 21 ans.", "Il a 3 €.")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == "Il a vingt et un ans.\nIl a trois euros.\n"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (b"", b""),
        (b"\n\n", b"\n\n"),
        (b"3 km\r\n2 h", b"Trois kilom\xc3\xa8tres\r\nDeux heures"),
        (b"a\x0cb\x0b\xc2\x85 3\xe2\x80\xa8c\n", b"a\x0cb\x0b\xc2\x85 trois\xe2\x80\xa8c\n"),
        (b"\xff\xfe 12 \xe9\n1\n", b"\xff\xfe douze \xe9\nUn\n"),
    ],
)
def test_as_many_lines_come_out_as_went_in(given, said):
    """Ends of lines are kept, other white space makes no lines, and bytes that are no text survive."""
    done = run("--language", "fr", stdin=given)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == said


def test_an_unknown_language_is_an_error_of_use():
    """Exit code 2, one clear message on stderr, nothing on stdout."""
    done = run("--language", "xx", "a")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"xx" in done.stderr


def test_lines_are_answered_as_they_come():
    """A line is answered before the next one is there, so that another program can hold a conversation."""
    with subprocess.Popen(
        [sys.executable, "-m", "bulletin", "normalize"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        for number, words in ((b"7", b"Sept"), (b"8", b"Huit")):
            process.stdin.write(number + b"\n")
            process.stdin.flush()
            assert process.stdout.readline() == words + b"\n"
        process.stdin.close()
    assert process.returncode == 0
