"""What makes the start quick changes nothing but the time it takes."""

import re
from importlib import import_module

import pytest

from bulletin.starting import charsets_worked_out_once

PATTERNS = (
    "[a-zß-öø-ÿĀ-ɏḀ-ỿ]+|x[a-zß-öø-ÿĀ-ɏḀ-ỿ]|[^a-z]",
    r"(?i)[k\u212as]|(?i:[\dſ])|[\W_]|[kK\u212a]",
    r"(?a)[\w.]+(?i:[\w.])[^\s]|[\U0001f600-\U0001f64f]",
)


def code_of(pattern, flags):
    """What the pattern is compiled to."""
    compiler, parser = import_module("re._compiler"), import_module("re._parser")
    return compiler._code(parser.parse(pattern, flags), flags)


@pytest.mark.parametrize("flags", [0, re.IGNORECASE, re.ASCII, re.IGNORECASE | re.ASCII])
def test_expressions_are_compiled_to_the_same_code(flags):
    """The same set means something else where case counts, or where only ASCII has case."""
    patterns = [one for one in PATTERNS if not (flags and one.startswith("(?"))]
    expected = [code_of(pattern, flags) for pattern in patterns]
    with charsets_worked_out_once():
        assert [code_of(pattern, flags) for pattern in patterns * 2] == expected * 2


def test_one_memory_serves_all_flags():
    expected = [code_of(PATTERNS[0], flags) for flags in (0, re.IGNORECASE, re.IGNORECASE | re.ASCII)]
    with charsets_worked_out_once():
        found = [code_of(PATTERNS[0], flags) for flags in (0, re.IGNORECASE, re.IGNORECASE | re.ASCII)]
    assert found == expected


def test_python_is_left_as_it_was():
    compiler = import_module("re._compiler")
    before = compiler._optimize_charset
    with pytest.raises(ZeroDivisionError), charsets_worked_out_once():
        assert compiler._optimize_charset is not before
        _ = 1 / 0
    assert compiler._optimize_charset is before


def test_without_that_part_of_python_expressions_are_compiled_all_the_same(monkeypatch):
    monkeypatch.delattr("re._compiler._optimize_charset")
    with charsets_worked_out_once():
        assert not hasattr(import_module("re._compiler"), "_optimize_charset")
