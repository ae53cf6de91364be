"""The output folder between two runs: moved, emptied, without its books, half put in place."""

import json
import shutil

import feedparser
import pytest

from bulletin.batch.state import State
from tests.batch.test_kill import assert_whole


def made(quick):
    return {path.name: path.read_bytes() for path in quick.out.glob("2026*")}


def test_a_folder_that_was_moved_goes_on(site, quick):
    """Its books name no absolute path: nothing is made twice, and the feed is where the folder is."""
    site.publish("a", "b")
    assert quick.batch(f"{site.url}/feed.xml", "--feed").code == 0
    moved = quick.folder / "ailleurs" / "émissions"
    moved.parent.mkdir()
    shutil.move(quick.out, moved)
    site.publish("a", "b", "c")
    ended = quick.batch(f"{site.url}/feed.xml", "--feed", "-o", moved)
    assert [item["title"] for item in ended.items] == ["Nouvelle c"]
    assert_whole(moved, 3)


def test_articles_that_were_moved_are_not_made_again(quick, articles):
    """Another folder, the same texts."""
    folder = articles(3)
    assert quick.batch(folder).code == 0
    ended = quick.batch(shutil.move(folder, quick.folder / "moved"), "--feed")
    assert ended.code == 0
    assert {item["status"] for item in ended.items} == {"duplicate"}
    assert len(list(quick.out.glob("*.mp3"))) == 3


def test_the_articles_folder_is_not_the_bulletins_folder(quick, articles):
    """Its pages to read along would be the next run's articles."""
    folder = articles(1)
    before = sorted(folder.iterdir())
    ended = quick.run("batch", folder, "--cast", "tone", "-o", quick.folder / "." / "articles")
    assert (ended.code, len(ended.words.splitlines())) == (2, 1)
    assert "a folder of their own" in ended.words
    assert sorted(folder.iterdir()) == before


def test_a_manifest_among_other_sources_is_not_read_aloud(quick, articles):
    (quick.folder / "shows.toml").write_text("", encoding="utf-8")
    ended = quick.run("batch", "shows.toml", articles(1))
    assert (ended.code, len(ended.words.splitlines())) == (2, 1)
    assert "stands alone" in ended.words


def test_without_its_books_everything_is_made_once_more_under_the_same_names(site, quick):
    """Nobody knows what the files are: the same stories give the same bytes in the same places."""
    site.publish("a", "b", "c")
    assert quick.batch(f"{site.url}/feed.xml").code == 0
    before = made(quick)
    for path in quick.out.glob("bulletin.sqlite*"):
        path.unlink()
    ended = quick.batch(f"{site.url}/feed.xml", "--feed")
    assert ended.code == 0, ended.words
    assert made(quick) == before
    assert_whole(quick.out, 3)


def test_bulletins_that_somebody_deletes_stay_deleted(site, quick):
    """They leave the feed, with and without [keep]."""
    site.publish("a", "b")
    quick.batch(f"{site.url}/feed.xml")
    for path in quick.out.glob("*-nouvelle-a.*"):
        path.unlink()
    again = quick.batch(f"{site.url}/feed.xml", "--feed")
    assert (again.code, again.items) == (0, [])
    read = feedparser.parse((quick.out / "feed.xml").read_bytes())
    assert [entry.title for entry in read.entries] == ["Nouvelle b"]


def test_a_programme_cut_off_before_the_books_is_known_to_retention(site, quick, monkeypatch):
    """Its files are in place when the run dies; the stories have changed at the next: it goes in its turn."""
    site.publish("a", "b")
    (quick.folder / "bulletin.toml").write_text(
        f'cast = "tone"\n[keep]\ncount = 1\n[[shows]]\nname = "journal"\nstyle = "bulletin"\n'
        f'feeds = ["{site.url}/feed.xml"]',
        encoding="utf-8",
    )
    put = State.put

    def dying(self, item):
        if item.status == "done":
            raise MemoryError
        return put(self, item)

    with monkeypatch.context() as patch:
        patch.setattr(State, "put", dying)
        assert quick.run("batch", "bulletin.toml", "--allow-private").code == 1
    assert len(list(quick.out.glob("*.mp3"))) == 1
    site.publish("a", "b", "c")
    assert quick.run("batch", "bulletin.toml", "--allow-private").code == 0
    (audio,) = quick.out.glob("*.mp3")
    assert "Nouvelle c" in audio.with_suffix(".page.html").read_text(encoding="utf-8")


def test_a_monitor_sees_what_the_last_run_did(site, quick):
    """The heartbeat rests, the report has every failure with its reason, and both are whole JSON."""
    site.publish("a", "b")
    del site.answers["/b"]
    quick.batch(f"{site.url}/feed.xml")
    beat = json.loads((quick.out / "heartbeat.json").read_text(encoding="utf-8"))
    report = json.loads((quick.out / "last-run.json").read_text(encoding="utf-8"))
    assert beat["doing"] == "resting"
    assert report["started"] <= report["ended"] <= beat["at"]
    assert (report["counts"], report["stopped_early"]) == ({"done": 1, "failed": 1}, False)
    assert report["error"] is None
    assert [failure["tries"] for failure in report["failures"]] == [1]
    assert "404" in report["failures"][0]["error"]


@pytest.mark.parametrize("options", [("--status",), ("--status", "--json")])
def test_a_look_at_the_books_makes_none(quick, options):
    """Of a folder that isn't there, or that no run was in."""
    nowhere = quick.folder / "nowhere"
    ended = quick.run("batch", *options, "-o", nowhere)
    assert (ended.code, ended.out) == (0, "")
    assert ended.words == f"bulletin: {nowhere}: no run was there yet\n"
    assert not nowhere.exists()
