"""What a timer meets in years: networks that go, folders that go, other programs, feeds of any size."""

import contextlib
import shutil
import sqlite3
import time

import pytest

from bulletin.batch.gather import Gatherer, Story
from bulletin.batch.manifest import of_sources
from bulletin.batch.run import Run
from bulletin.batch.state import State
from bulletin.batch.work import Product
from bulletin.config import Settings
from bulletin.errors import OutputError, TemporarySourceError
from bulletin.intake.feeds import FEED_KINDS
from bulletin.intake.fetch import PAGE_KINDS, FetchLimits, Validators
from bulletin.intake.polite import PoliteFetcher
from tests.batch.news_site import page, rss
from tests.batch.test_kill import QUICK, assert_one_line, assert_whole, done, mounted, wait_until


def half(content, then=0.0):
    """Half of what is promised, and after a while the end of the connection."""

    def answer(handler):
        data = content.encode()
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html; charset=utf-8")
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data[: len(data) // 2])
        handler.wfile.flush()
        time.sleep(then)
        handler.connection.close()

    return answer


def test_a_page_cut_off_in_the_middle_is_no_article_and_is_tried_again(site, quick):
    """Never half a bulletin: the item fails, its neighbour is made, and the next try has the whole page."""
    site.publish("a", "b")
    whole = page("Nouvelle a", extra="<p>La fin de la nouvelle est ici, tout en bas de la page.</p>" * 30)
    site.answers["/a"] = half(whole)
    ended = quick.batch(f"{site.url}/feed.xml")
    assert ended.code == 4
    assert {item["source"][-1]: item["status"] for item in ended.items} == {"a": "failed", "b": "done"}
    assert "cut off in the middle" in str([item["error"] for item in ended.items])
    assert site.paths().count("/a") == 3, "it was worth another try at once"
    site.answers["/a"] = whole
    again = quick.batch(f"{site.url}/feed.xml", "--retry")
    assert [item["status"] for item in again.items] == ["done"]


def test_a_feed_cut_off_in_the_middle_loses_no_entry(site, quick):
    """The source is reported; with the network back the next run makes everything."""
    site.publish("a", "b")
    good = site.answers["/feed.xml"]

    def cut(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", "application/rss+xml")
        handler.send_header("ETag", '"1"')
        handler.send_header("Content-Length", str(len(good)))
        handler.end_headers()
        handler.wfile.write(good.encode()[: good.index("</item>") + 7])

    site.answers["/feed.xml"] = cut
    ended = quick.batch(f"{site.url}/feed.xml")
    assert (ended.code, "cut off" in ended.items[0]["error"]) == (4, True)
    site.answers["/feed.xml"] = good
    assert len(quick.batch(f"{site.url}/feed.xml").items) == 2


def test_a_connection_that_hangs_in_the_middle_is_given_up(site):
    site.answers["/a"] = half(page("Nouvelle a"), then=5)
    fetcher = PoliteFetcher(FetchLimits(allow_private=True, seconds=0.5), seconds=1.5)
    began = time.monotonic()
    with pytest.raises(TemporarySourceError, match=r"took longer|no time"):
        fetcher.fetch(f"{site.url}/a")
    assert time.monotonic() - began < 4


def trickling(handler):
    """A byte now and then, for as long as anybody listens."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    with contextlib.suppress(OSError):
        for _ in range(600):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.02)


@pytest.mark.parametrize("kinds", [None, FEED_KINDS])
def test_what_trickles_is_given_up(site, kinds):
    """Never silent for long, never done."""
    site.answers["/feed.xml"] = trickling
    fetcher = PoliteFetcher(FetchLimits(allow_private=True, seconds=0.5), seconds=1.5)
    began = time.monotonic()
    with pytest.raises(TemporarySourceError, match=r"took longer|no time"):
        fetcher.fetch(f"{site.url}/feed.xml", kinds=kinds or PAGE_KINDS)
    assert time.monotonic() - began < 4


def test_a_server_without_tags_is_asked_by_date(site, quick):
    """Last-Modified comes back as If-Modified-Since."""
    date = "Mon, 23 Nov 2026 08:00:00 GMT"
    site.publish("a")
    content = site.answers["/feed.xml"]

    def feed(handler):
        known = handler.headers.get("If-Modified-Since") == date
        handler.reply(b"" if known else content, 304 if known else 200, Last_Modified=date)

    site.answers["/feed.xml"] = feed
    assert len(quick.batch(f"{site.url}/feed.xml").items) == 1
    assert quick.batch(f"{site.url}/feed.xml").items == []
    assert site.asked[-1][1]["If-Modified-Since"] == date


def test_time_that_voices_take_is_not_time_that_fetching_takes(site):
    """The limit of everything holds for one round of fetching, and each round has its own."""
    site.publish("a")
    gatherer = Gatherer(
        PoliteFetcher(FetchLimits(allow_private=True), seconds=1.0),
        lambda source: Validators(),
        lambda source: False,
    )
    time.sleep(1.1)
    ((_, article),) = gatherer.articles([Story("a", f"{site.url}/a")])
    assert article.title == "Nouvelle a", article


@pytest.fixture
def read_only(tmp_path):
    """A folder on a file system that is read-only, for root too."""
    with mounted(tmp_path / "out", "ro,size=512k") as place:
        yield place


def test_a_read_only_file_system_is_one_line(read_only, quick, articles):
    ended = quick.batch(articles(1), "-o", read_only)
    assert_one_line(ended)
    assert "read-only" in ended.words.lower()
    assert_one_line(quick.run("feed", read_only))


def test_the_folder_deleted_in_the_middle_is_one_line_and_the_next_run_makes_all(program, articles):
    folder = articles(5)
    process = program.start("batch", folder, *QUICK)
    wait_until(lambda: done(program.out) >= 1 or process.poll() is not None)
    shutil.rmtree(program.out)
    _, words = process.communicate(timeout=120)
    assert (process.returncode, len(words.splitlines())) == (1, 1), words
    assert "fault of the program" not in words
    assert program.run("batch", folder, *QUICK, "--feed").code == 0
    assert_whole(program.out, 5)


def test_a_state_that_another_program_holds_is_one_line(quick, articles, monkeypatch):
    """Somebody has it open in a database browser, in the middle of a change."""
    monkeypatch.setattr("bulletin.batch.state.PATIENCE", 0.2)
    folder = articles(1)
    assert quick.batch(folder).code == 0
    (folder / "another.txt").write_text("Une autre\n\nUne phrase de plus.", encoding="utf-8")
    with contextlib.closing(sqlite3.connect(quick.out / "bulletin.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        ended = quick.batch(folder)
        assert_one_line(ended)
        assert "locked" in ended.words
        other.execute("ROLLBACK")
    assert [item["status"] for item in quick.batch(folder).items] == ["done"]


def test_a_damaged_state_is_one_line(quick, articles):
    quick.out.mkdir()
    (quick.out / "bulletin.sqlite").write_bytes(b"not a database" * 1000)
    assert_one_line(quick.batch(articles(1)))


def test_a_state_of_an_earlier_version_goes_on(tmp_path):
    """Its table has a column less."""
    state = State(tmp_path)
    state.close()
    with contextlib.closing(sqlite3.connect(tmp_path / "bulletin.sqlite")) as connection:
        connection.executescript("DROP INDEX by_guid; ALTER TABLE items DROP COLUMN guid")
    state = State(tmp_path)
    assert state.of_guid("x") is None
    state.close()


def test_five_thousand_entries_cost_seconds(site, quick):
    """The newest three are made, the others not even asked for; a second run has nothing to do."""
    many = [(f"g{n}", f"Nouvelle {n}", f"{site.url}/p{n}", "brève") for n in range(5000)]
    site.answers["/feed.xml"] = rss(many)
    for n in range(5000):
        site.answers[f"/p{n}"] = page(f"Nouvelle {n}")
    (quick.folder / "bulletin.toml").write_text(
        f'cast = "tone"\n[[shows]]\nname = "a"\nstories = 3\nfeeds = ["{site.url}/feed.xml"]',
        encoding="utf-8",
    )
    began = time.monotonic()
    ended = quick.run("batch", "bulletin.toml", "--allow-private")
    assert (ended.code, len(ended.out.splitlines())) == (0, 3), ended.words
    assert len(site.asked) == 5, "robots.txt, the feed, three pages"
    assert time.monotonic() - began < 60
    assert quick.run("batch", "bulletin.toml", "--allow-private").out == ""


def test_what_cannot_be_read_of_the_state_is_said(tmp_path):
    state = State(tmp_path)
    state.connection.execute("DROP TABLE items")
    with pytest.raises(OutputError, match="can't be read"):
        state.get("a")
    state.close()


def test_the_next_stories_are_fetched_while_these_are_voiced(site, tmp_path, monkeypatch):
    """Processors don't wait for a network: at the first voice the second handful is on its way, no third."""
    monkeypatch.setattr("bulletin.batch.run.CHUNK", 2)
    site.publish(*"abcdefgh")
    asked_at_each_voice = []

    def pages():
        return sum(len(path) == 2 for path in site.paths())

    class Watching:
        page = None

        def run(self, tasks, stop):
            wait_until(lambda: pages() == min(8, 4 + 2 * len(asked_at_each_voice)))
            time.sleep(0.3)
            asked_at_each_voice.append(pages())
            yield from (Product(task.key, {}, error="not voiced here") for task in tasks)

    with contextlib.closing(State(tmp_path / "out")) as state:
        shows = of_sources([f"{site.url}/feed.xml"], Settings(allow_private=True), "article")
        run = Run(tmp_path / "out", shows, Watching(), lambda: False, state)
        assert len(list(run.events())) == 8
    assert asked_at_each_voice == [4, 6, 8, 8]
