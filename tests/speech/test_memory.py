"""No more processes than memory holds with the voices in them."""

import pytest

from bulletin.speech import engine, memory

GIGABYTE = 1000**3


@pytest.fixture
def machine(monkeypatch):
    """A machine with so many bytes to take."""

    def of(size):
        monkeypatch.setattr(memory, "available", lambda: size)

    return of


def test_small_voices_take_as_many_as_there_are_processors(machine):
    machine(16 * GIGABYTE)
    assert memory.fitting(["kokoro:siwis", "tone:m1"], 4) == 4


def test_large_voices_take_as_many_as_fit_and_at_least_one(machine, monkeypatch):
    """Each process holds every voice of the cast, sooner or later."""
    needs = {"giant": 3 * GIGABYTE, "dwarf": GIGABYTE // 2}
    monkeypatch.setattr(
        type(engine.engine("tone")), "memory", lambda _, voices: sum(needs[v] for v in voices), raising=False
    )
    machine(9 * GIGABYTE)
    assert memory.fitting(["tone:dwarf"], 4) == 4
    assert memory.fitting(["tone:giant", "tone:dwarf", "tone:giant"], 4) == 2
    machine(GIGABYTE)
    assert memory.fitting(["tone:giant"], 4) == 1


def test_this_machine_says_what_it_has():
    assert 0 < memory.available() < 100_000 * GIGABYTE


def test_a_container_has_less_than_its_machine(tmp_path):
    """Its files are read as the kernel writes them."""
    (tmp_path / "memory.max").write_text("4000000000\n")
    (tmp_path / "memory.stat").write_text("anon 1500000000\nfile 2000000000\n")
    assert memory.of_the_container(tmp_path) == [2_500_000_000]
    (tmp_path / "memory.max").write_text("max\n")
    assert memory.of_the_container(tmp_path) == []
    assert memory.of_the_container(tmp_path / "nothing") == []
