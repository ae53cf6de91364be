"""[keep]: the oldest bulletins go, by age, number or size, with all their files, and do not come back."""

from dataclasses import replace
from pathlib import Path

import feedparser
import pytest

from bulletin.batch.retention import expire
from bulletin.batch.state import Item, State

DAY = 86_400
NOW = 1_795_000_000.0
SUFFIXES = (".vtt", ".page.html", ".mp3")


@pytest.fixture
def kept(tmp_path):
    """Ten items, made a day after each other and of 300,000 bytes each: 0 is the newest, made just now."""
    state = State(tmp_path)
    for age in range(10):
        files = tuple(f"{age}{suffix}" for suffix in SUFFIXES)
        for name in files:
            (tmp_path / name).write_bytes(b"x" * 100_000)
        state.note([Item(str(age), "show", "source", status="done", files=files, changed=NOW - age * DAY)])

    def keep(**limits):
        expire(state, tmp_path, limits, NOW)
        left = sorted({int(path.name[0]) for path in tmp_path.glob("[0-9]*")})
        assert len(list(tmp_path.glob("[0-9]*"))) == len(left) * len(SUFFIXES), "all files of an item or none"
        assert sorted(int(item.key) for item in state.items("done")) == left
        assert all(not item.files for item in state.items("expired"))
        return left

    yield keep
    state.close()


def test_by_age(kept):
    assert kept(days=2.5) == [0, 1, 2]


def test_by_number(kept):
    assert kept(count=4) == [0, 1, 2, 3]


def test_by_size(kept):
    assert kept(megabytes=1) == [0, 1, 2]


def test_the_tightest_limit_holds_and_none_keeps_everything(kept):
    assert len(kept()) == 10
    assert kept(days=8, count=7, megabytes=0.6) == [0, 1]
    assert kept(count=0) == []


def test_what_a_wrong_clock_dated_into_the_future_goes_first(kept, tmp_path):
    """And pushes out nothing that is new."""
    state = State(tmp_path)
    (newest,) = (item for item in state.items() if item.key == "0")
    state.note([replace(newest, changed=NOW + 4000 * DAY)])
    state.close()
    assert kept(count=3) == [1, 2, 3]


def test_files_that_somebody_deleted_are_no_obstacle(kept, tmp_path):
    for path in tmp_path.glob("[5-9]*"):
        path.unlink()
    expire(state := State(tmp_path), tmp_path, {"count": 2}, NOW)
    state.close()
    assert len(list(tmp_path.glob("[0-9]*"))) == 2 * len(SUFFIXES)


def test_a_bulletin_that_expired_is_not_made_again_and_leaves_the_feed(quick, articles):
    """Three articles, room for two: the next runs find nothing to do, also where a file is touched."""
    folder = articles(3)
    (quick.folder / "bulletin.toml").write_text(
        f'cast = "tone"\n[keep]\ncount = 2\n[[shows]]\nname = "port"\nfeeds = ["{folder}"]\n',
        encoding="utf-8",
    )
    first = quick.run("batch", "bulletin.toml", "--feed")
    assert (first.code, len(first.out.splitlines())) == (0, 3)
    audio = {path.name for path in quick.out.glob("*.mp3")}
    assert len(audio) == 2
    read = feedparser.parse((quick.out / "feed.xml").read_bytes())
    assert {entry.enclosures[0].href.rpartition("/")[2] for entry in read.entries} == audio
    for path in folder.iterdir():
        path.touch()
    again = quick.run("batch", "bulletin.toml", "--feed")
    assert (again.code, again.out) == (0, "")
    assert {path.name for path in quick.out.glob("*.mp3")} == audio


def test_an_expired_article_that_changes_is_news_again(quick, articles):
    folder = articles(3)
    (quick.folder / "bulletin.toml").write_text(
        f'cast = "tone"\n[keep]\ncount = 2\n[[shows]]\nname = "port"\nfeeds = ["{folder}"]\n',
        encoding="utf-8",
    )
    quick.run("batch", "bulletin.toml")
    state = State(quick.out)
    (expired,) = state.items("expired")
    state.close()
    with Path(expired.source).open("a", encoding="utf-8") as file:
        file.write("\n\nUne phrase de plus pour ce soir.")
    again = quick.run("batch", "bulletin.toml")
    assert again.out.splitlines() == [f"{expired.name}.mp3"]
    assert (quick.out / f"{expired.name}.mp3").exists()
