"""Shows of a manifest: which stories each chooses of its feeds, and when a feed is asked for all of them."""

import json
import os
import time

import pytest

from tests.batch.news_site import page, rss


@pytest.fixture
def manifest(quick, site):
    """Writes a manifest of shows with one feed, and runs it. What was made, by file name."""

    def run(*shows, before=""):
        tables = "".join(f'[[shows]]\nfeeds = ["{site.url}/feed.xml"]\n{show}\n' for show in shows)
        (quick.folder / "bulletin.toml").write_text(f'cast = "tone"\n{before}\n{tables}', encoding="utf-8")
        return quick.run("batch", "bulletin.toml", "--allow-private", "--json")

    return run


def titles(ended):
    return sorted(json.loads(line)["title"] for line in ended.out.splitlines())


def tagged(site, *names):
    """A feed that a server answers with 304 as long as it is the same."""
    site.publish(*names)
    content = site.answers["/feed.xml"]

    def feed(handler):
        tag = f'"{len(content)}"'
        known = handler.headers.get("If-None-Match") == tag
        handler.reply(b"" if known else content, 304 if known else 200, ETag=tag)

    site.answers["/feed.xml"] = feed


def test_two_shows_share_a_feed_and_each_takes_its_own(site, manifest):
    """That the first show has seen the feed doesn't keep its stories from the second."""
    tagged(site, "a", "b")
    both = ('name = "un"\nexclude = ["b$"]', 'name = "deux"\ninclude = ["b$"]')
    assert titles(manifest(*both)) == ["Nouvelle a", "Nouvelle b"]
    asked = len(site.asked)
    assert manifest(*both).out == ""
    assert [headers.get("If-None-Match") is None for _, headers in site.asked[asked:]].count(False) == 2


def test_a_story_that_both_shows_want_is_made_once(site, manifest):
    site.publish("a")
    assert titles(manifest('name = "un"', 'name = "deux"')) == ["Nouvelle a"]


def test_a_filter_that_is_changed_reaches_a_feed_that_is_not(site, manifest):
    """The feed is asked for everything again, although it has nothing new."""
    tagged(site, "a", "b")
    assert titles(manifest('name = "un"\nexclude = ["b$"]')) == ["Nouvelle a"]
    assert titles(manifest('name = "un"')) == ["Nouvelle b"]


def test_a_feed_that_turns_into_a_page_is_an_error_and_no_story(site, quick):
    """A notice of maintenance is not read aloud; when the feed is back, it goes on."""
    feed = f"{site.url}/feed.xml"
    site.publish("a")
    assert quick.batch(feed).code == 0
    site.answers["/feed.xml"] = page("Site en maintenance")
    ended = quick.batch(feed)
    assert ended.code == 4
    assert [item["error"] for item in ended.items] == [f"{feed}: was a feed and is a page now"]
    site.publish("a", "b")
    assert [item["title"] for item in quick.batch(feed).items] == ["Nouvelle b"]


def test_entries_that_change_their_order_are_the_same(site, quick, manifest):
    """Without dates too: nothing is made again, and no programme of the same stories."""
    entries = [(name, f"Nouvelle {name}", f"{site.url}/{name}", "brève") for name in "abc"]
    for name in "abc":
        site.answers[f"/{name}"] = page(f"Nouvelle {name}")
    shows = ('name = "un"', 'name = "journal"\nstyle = "bulletin"')
    for number, order in enumerate((entries, entries[::-1], [entries[1], entries[2], entries[0]])):
        dated = rss(order)
        without = "".join(part.split("</pubDate>")[-1] for part in dated.split("<pubDate>"))
        for content in (dated, without)[number % 2 :]:
            site.answers["/feed.xml"] = content
            ended = manifest(*shows)
            assert ended.code == 0, ended.words
    assert len(list(quick.out.glob("*.mp3"))) == 4


def test_the_date_in_a_name_is_the_one_on_the_wall_here(site, quick, monkeypatch):
    """An entry of half past eleven in the evening at Greenwich came on the next day in Paris."""
    site.publish("a")
    feed = site.answers["/feed.xml"].replace("Mon, 23 Nov 2026 00:00:00 GMT", "Mon, 23 Nov 2026 23:30:00 GMT")
    for name, expected in (("Europe/Paris", "24"), ("America/Montreal", "23")):
        monkeypatch.setenv("TZ", name)
        time.tzset()
        site.answers["/feed.xml"] = feed
        out = quick.folder / name.partition("/")[2]
        assert quick.batch(f"{site.url}/feed.xml", "-o", out).code == 0
        assert [path.name for path in out.glob("*.mp3")] == [f"2026-11-{expected}-nouvelle-a.mp3"]


@pytest.fixture(autouse=True)
def zone_again():
    before = os.environ.get("TZ")
    yield
    os.environ.pop("TZ", None)
    if before is not None:
        os.environ["TZ"] = before
    time.tzset()
