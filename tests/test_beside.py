"""A script that another process writes is the script, and nothing is lost where that process is."""

import os
import signal
import sys

import pytest

from bulletin import script
from bulletin.beside import Writer
from bulletin.intake import read_document
from bulletin.intake.source import Document

FRENCH = """La piscine rouvre samedi à Nantes

« Nous avons changé les 12 filtres », a déclaré la maire, Anne Lebrun, mardi soir.

Les travaux ont coûté 3,5 millions d'euros. « C'est cher », regrette Paul Martin, un habitué.
"""
ENGLISH = """The pool reopens on Saturday

"We changed all 12 filters," said the mayor, Anne Brown, on Tuesday evening, after months of work on it.
"""


def article_of(text):
    return read_document(Document(text, "text", "article.txt"))


@pytest.fixture(autouse=True)
def two_cores(monkeypatch):
    monkeypatch.setattr("bulletin.beside.cores", lambda: 2)


def test_articles_are_written_there_as_they_are_here():
    with Writer(3) as write:
        assert write(article_of(FRENCH)) == script.write(article_of(FRENCH))
        assert write(article_of(FRENCH)) == script.write(article_of(FRENCH))
        assert write.process.poll() is None
    assert write.process.returncode is not None


def test_the_process_goes_after_the_last_article():
    with Writer(1) as write:
        assert write(article_of(FRENCH)).segments
        assert write.process.wait(20) is not None


def test_a_process_that_dies_costs_nothing_but_time():
    with Writer(2) as write:
        os.kill(write.process.pid, signal.SIGKILL)
        for _ in range(2):
            assert write(article_of(FRENCH)) == script.write(article_of(FRENCH))


def test_an_error_there_is_an_error_here():
    """The article is tried here again, and the error is raised where it can be looked into."""
    with Writer(1) as write, pytest.raises(AttributeError):
        broken = article_of(FRENCH)
        object.__setattr__(broken, "paragraphs", (None,))
        write(broken)


def test_english_needs_no_process():
    with Writer(2, "en") as write:
        assert write.process is None
    with Writer(2) as write:
        assert write(article_of(ENGLISH)) == script.write(article_of(ENGLISH))
        assert write.process.wait(20) is not None


def test_without_a_second_processor_or_a_program_it_is_written_here(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with Writer(1) as write:
        assert write.process is None
        assert write(article_of(FRENCH)).segments
    monkeypatch.setattr("bulletin.beside.cores", lambda: 1)
    assert not Writer(1).wanted
