"""Every kind of entry that a feed can hold, from a server on loopback."""

import contextlib
import gzip
import json
import threading
import time
from datetime import UTC, datetime

import pytest
from lxml import etree

from bulletin.batch.gather import Gatherer, Story
from bulletin.batch.manifest import Show
from bulletin.config import Settings
from bulletin.errors import SourceError
from bulletin.intake.fetch import FetchLimits, Validators
from bulletin.intake.polite import PoliteFetcher
from tests.batch.news_site import LINES, Site, bomb, page, rss, slowly


def audio(quick):
    return sorted(path.name for path in (quick.folder / "out").glob("*.mp3"))


def test_a_new_entry_is_made_once(site, quick):
    """The second run asks whether the feed changed, is told no, and has nothing to do."""

    def feed(handler):
        if handler.headers.get("If-None-Match") == '"1"':
            handler.reply(b"", 304)
        else:
            handler.reply(rss([("a", "Nouvelle a", f"{site.url}/a", "brève")]), ETag='"1"')

    site.publish("a")
    site.answers["/feed.xml"] = feed
    first = quick.batch(f"{site.url}/feed.xml")
    assert (first.code, [item["status"] for item in first.items]) == (0, ["done"]), first.words
    assert audio(quick) == ["2026-11-23-nouvelle-a.mp3"]
    second = quick.batch(f"{site.url}/feed.xml")
    assert (second.code, second.items) == (0, [])
    assert site.paths().count("/a") == 1


def test_a_changed_entry_is_voiced_again_under_its_name_and_only_where_it_changed(site, quick):
    """The feed says that it changed; the sentences that stayed come from the cache."""
    site.publish("a")
    quick.batch(f"{site.url}/feed.xml")
    before = (quick.folder / "out" / audio(quick)[0]).read_bytes()
    site.answers["/a"] = page("Nouvelle a", extra="<p>Une phrase de plus est venue vendredi soir, tard.</p>")
    site.publish("a", summary="mise à jour")
    again = quick.batch(f"{site.url}/feed.xml")
    assert [item["status"] for item in again.items] == ["done"]
    assert audio(quick) == ["2026-11-23-nouvelle-a.mp3"]
    assert (quick.folder / "out" / audio(quick)[0]).read_bytes() != before


def test_a_removed_entry_keeps_its_bulletin(site, quick):
    """What left the feed was news all the same."""
    site.publish("a", "b")
    quick.batch(f"{site.url}/feed.xml")
    site.publish("b")
    assert quick.batch(f"{site.url}/feed.xml").code == 0
    assert len(audio(quick)) == 2


def test_the_same_article_in_two_feeds_is_made_once(site, quick):
    """By its address without what only counts visitors, and by its text under another address."""
    site.publish("a")
    site.answers["/copy"] = site.answers["/a"]
    entries = [
        ("x", "Nouvelle a", f"{site.url}/a?utm_source=rss", "brève"),
        ("y", "Nouvelle a", f"{site.url}/copy", "brève"),
    ]
    site.answers["/feed2.xml"] = rss(entries)
    ended = quick.batch(f"{site.url}/feed.xml", f"{site.url}/feed2.xml")
    assert sorted(item["status"] for item in ended.items) == ["done", "duplicate"]
    assert len(audio(quick)) == 1


def test_bad_entries_fail_alone_with_their_reasons(site, quick):
    """Missing, huge, bombed, wordless and wrong-kind pages: each one line, and the good ones are made."""
    site.publish("good", "huge", "bomb", "empty", "image", "loop")
    site.answers["/huge"] = page("Énorme", extra="<p>" + "x" * 12_000_000)
    site.answers["/bomb"] = bomb
    site.answers["/empty"] = "<html><body></body></html>"
    site.answers["/image"] = lambda handler: handler.reply(b"\x89PNG", Content_Type="image/png")
    site.answers["/loop"] = lambda handler: handler.reply("", 302, Location="/loop")
    site.publish("good", "huge", "bomb", "empty", "image", "loop", "missing")
    del site.answers["/missing"]
    ended = quick.batch(f"{site.url}/feed.xml")
    assert ended.code == 4
    reasons = {item["source"].rpartition("/")[2]: item["error"] for item in ended.items}
    assert reasons.pop("good") is None
    expected = {
        "huge": "larger than 10 MB",
        "bomb": "larger than 10 MB",
        "empty": "no article",
        "image": "image/png",
        "loop": "redirects",
        "missing": "404",
    }
    assert set(reasons) == set(expected)
    for name, words in expected.items():
        assert words in str(reasons[name]), name
    assert audio(quick) == ["2026-11-23-nouvelle-good.mp3"]


def test_a_feed_that_fails_does_not_stop_another(site, quick):
    """Malformed, missing, and one that redirects to a good one."""
    site.publish("a")
    site.answers["/bad-feed.xml"] = "<rss><channel><item>"
    site.answers["/moved-feed.xml"] = lambda handler: handler.reply("", 301, Location="/feed.xml")
    site.answers["/junk-feed.xml"] = "this is not a feed" * 50
    sources = [f"{site.url}/{name}" for name in ("none-feed.xml", "bad-feed.xml", "moved-feed.xml")]
    ended = quick.batch(*sources)
    assert ended.code == 4
    assert [item["status"] for item in ended.items if "status" in item] == ["done"]
    report = json.loads((quick.folder / "out" / "last-run.json").read_text())
    assert f"{site.url}/none-feed.xml" in {source["source"] for source in report["sources"]}


def test_private_addresses_are_not_fetched_unless_allowed(site, quick):
    """A feed can't make the program look into the house it runs in."""
    site.publish("a")
    ended = quick.run("batch", f"{site.url}/feed.xml", "--cast", "tone", "--json")
    assert ended.code == 4
    assert "private address" in ended.out
    assert site.asked == []


def test_a_feed_cannot_name_a_local_file(site, quick):
    """An entry that points to a file is refused, and its neighbour made."""
    site.publish("a")
    secret = quick.folder / "secret.txt"
    secret.write_text("Un secret bien gardé.", encoding="utf-8")
    site.answers["/feed.xml"] = rss(
        [("x", "Secret", secret.as_uri(), "brève"), ("a", "Nouvelle a", f"{site.url}/a", "brève")]
    )
    ended = quick.batch(f"{site.url}/feed.xml")
    assert ended.code == 4
    assert "leads to no web page" in ended.out
    assert audio(quick) == ["2026-11-23-nouvelle-a.mp3"]


PRIVATE = (
    *("http://127.0.0.1:{port}/a", "http://localhost:{port}/a", "http://[::ffff:127.0.0.1]:{port}/a"),
    *("http://2130706433:{port}/a", "http://0.0.0.0:{port}/a", "http://0x7f.1:{port}/a"),
    *("http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://[fe80::1]/", "http://a@[::1]/"),
    *("file:///etc/passwd", "/etc/passwd", "ftp://127.0.0.1/a", "http://127.1:{port}/a"),
)


def test_entries_that_lead_into_the_house_are_refused_each_with_its_reason(site, quick):
    """A feed in a file, so that it is read at all: none of its entries reaches the site, or a file."""
    links = [link.format(port=site.server.server_port) for link in PRIVATE]
    feed = quick.folder / "feed.xml"
    feed.write_text(rss([(n, f"Titre {n}", link, "brève") for n, link in enumerate(links)]), encoding="utf-8")
    ended = quick.run("batch", feed, "--cast", "tone", "--json")
    items = [json.loads(line) for line in ended.out.splitlines()]
    assert (ended.code, len(items), site.asked) == (4, len(PRIVATE), [])
    assert {item["status"] for item in items} == {"failed"}
    reasons = ("private address", "no web page", "valid address", "not known")
    assert all(any(reason in item["error"] for reason in reasons) for item in items), ended.out
    assert audio(quick) == []


def test_a_script_from_the_web_is_no_script(site, quick):
    """Who edits one here may name a picture of this machine in it; a stranger may not."""
    edited = (
        "# bulletin script 1\ntitle: Le port\nlanguage: fr\nsource: x\nimage: /etc/a.png\n\n"
        f"== 1 narration [tone:narrator]\n{LINES[0]}\n"
    )
    site.answers["/a"] = lambda handler: handler.reply(edited, Content_Type="text/plain; charset=utf-8")
    ended = quick.run("script", f"{site.url}/a", "--allow-private", "--cast", "tone", "--json")
    assert json.loads(ended.out)["title"] == "bulletin script 1", "its lines are words like any others"
    (quick.folder / "mine.txt").write_text(edited, encoding="utf-8")
    mine = json.loads(quick.run("script", "mine.txt", "--cast", "tone", "--json").out)
    assert [segment["text"] for segment in mine["segments"]] == [LINES[0]]


def test_full_text_in_the_feed_saves_the_page(site, quick):
    """What the feed holds whole is not fetched again."""
    body = "".join(
        f"<p>La marée numéro {n} est montée plus haut que prévu ce matin-là.</p>" for n in range(20)
    )
    escaped = body.replace("<", "&lt;").replace(">", "&gt;")
    site.answers["/feed.xml"] = rss([("a", "Les marées", f"{site.url}/a", escaped)])
    ended = quick.batch(f"{site.url}/feed.xml")
    assert [item["status"] for item in ended.items] == ["done"]
    assert "/a" not in site.paths()


def test_robots_txt_is_obeyed(site, quick):
    """A site that asks programs to stay away is left alone."""
    site.publish("a")
    site.answers["/robots.txt"] = "User-agent: *\nDisallow: /a\n"
    ended = quick.batch(f"{site.url}/feed.xml")
    assert "robots.txt" in ended.items[0]["error"]
    assert "/a" not in site.paths()


def test_a_site_whose_robots_txt_cannot_be_read_is_left_alone_until_it_can(site, quick):
    """RFC 9309: a server in trouble has not said yes. It is asked once, and again in the next run."""
    site.publish("a")
    site.answers["/robots.txt"] = lambda handler: handler.reply("", 503)
    ended = quick.batch(f"{site.url}/feed.xml", f"{site.url}/feed.xml?2")
    assert ended.code == 4
    assert "left alone until its site's robots.txt can be read" in ended.items[0]["error"]
    assert site.paths() == ["/robots.txt"]
    del site.answers["/robots.txt"]
    assert [item["status"] for item in quick.batch(f"{site.url}/feed.xml").items] == ["done"]


def test_a_host_is_asked_two_things_at_once_at_most(site):
    """However many stories wait, and under whatever scheme or port it is."""
    busy, most, lock = 0, 0, threading.Lock()

    def answer(handler):
        nonlocal busy, most
        with lock:
            busy += 1
            most = max(most, busy)
        time.sleep(0.05)
        with lock:
            busy -= 1
        handler.reply(page("Nouvelle"))

    stories = [Story(str(number), f"{site.url}/{number}") for number in range(12)]
    site.answers |= {f"/{number}": answer for number in range(12)}
    fetcher = PoliteFetcher(FetchLimits(allow_private=True))
    articles = Gatherer(fetcher, lambda source: Validators(), lambda source: False).articles(stories)
    assert [article.title for _, article in articles] == ["Nouvelle"] * 12
    assert most == 2


BOMBS = {
    "huge": lambda handler: handler.reply("<rss>" + "x" * 11_000_000),
    "packed": lambda handler: handler.reply(
        gzip.compress(b"<rss>" + b" " * 100_000_000), Content_Encoding="gzip"
    ),
    "laughing": lambda handler: handler.reply(
        "<!DOCTYPE rss [<!ENTITY a0 'ha'>"
        + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
        + "]><rss version='2.0'><channel><item><title>&a11;</title></item></channel></rss>"
    ),
    "laughing-list": lambda handler: handler.reply(
        "<!DOCTYPE opml [<!ENTITY a0 'ha'>"
        + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
        + "]><opml version='2.0'><body><outline xmlUrl='http://127.0.0.1:9/&a11;'/></body></opml>"
    ),
    "deep": lambda handler: handler.reply('{"version": "https://jsonfeed.org/", "items":' + "[" * 100_000),
    "nested": lambda handler: handler.reply("<rss>" + "<a>" * 300_000),
    "local": lambda handler: handler.reply(
        "<opml version='2.0'><body><outline xmlUrl='/etc/passwd'/><outline xmlUrl='file:///etc/passwd'/></body></opml>"
    ),
}


@pytest.mark.parametrize("kind", BOMBS)
def test_a_feed_that_is_a_bomb_costs_seconds_and_makes_nothing(site, quick, kind):
    """Huge, packed, full of entities, nested: one line of its own, and the good feed beside it is made."""
    site.publish("a")
    site.answers[f"/{kind}-feed"] = BOMBS[kind]
    began = time.monotonic()
    ended = quick.batch(f"{site.url}/{kind}-feed", f"{site.url}/feed.xml")
    assert time.monotonic() - began < 30
    assert [item.get("status") for item in ended.items].count("done") == 1, ended.out
    assert ended.code == 4, ended.out
    assert "passwd" not in " ".join(audio(quick))
    assert all(len(item["error"]) < 300 for item in ended.items if item["error"])


def test_a_list_of_feeds_is_read_as_far_as_it_can_be(site, quick):
    """One feed is gone, one list lists itself: each a line, and the feeds behind them are read."""
    site.publish("a")
    feeds = ("gone-feed", "list-feed", "feed.xml")
    outlines = "".join(f"<outline xmlUrl='{site.url}/{name}'/>" for name in feeds)
    site.answers["/list-feed"] = f"<opml version='2.0'><body>{outlines}</body></opml>"
    ended = quick.batch(f"{site.url}/list-feed")
    assert (ended.code, [item.get("status") for item in ended.items]) == (4, [None, "done"])
    assert ended.items[0]["error"].startswith(f"{site.url}/gone-feed: the server answers 404")
    assert site.paths().count("/list-feed") == 1


def test_a_list_that_stays_the_same_is_followed_to_its_feeds(site, quick):
    """Its server says 304 whenever it may: the feeds in it are asked all the same."""
    outlines = f"<opml version='2.0'><body><outline xmlUrl='{site.url}/feed.xml'/></body></opml>"

    def answer(handler):
        known = handler.headers.get("If-None-Match") == '"1"'
        handler.reply(b"" if known else outlines, 304 if known else 200, ETag='"1"')

    site.answers["/list-feed"] = answer
    for names in ("a", "ab"):
        site.publish(*names)
        ended = quick.batch(f"{site.url}/list-feed")
        assert [item["title"] for item in ended.items] == [f"Nouvelle {names[-1]}"]


def test_lists_nested_without_end_are_left(site, quick):
    for n in range(9):
        outline = f"<outline xmlUrl='{site.url}/list-feed-{n + 1}'/>"
        site.answers[f"/list-feed-{n}"] = f"<opml version='2.0'><body>{outline}</body></opml>"
    ended = quick.batch(f"{site.url}/list-feed-0")
    assert [item["error"] for item in ended.items] == [
        f"{site.url}/list-feed-4: lists of feeds are nested too deep"
    ]


def test_feeds_that_hang_do_not_starve_the_others(site):
    """Three that answer nothing stand before a good one, and there is time for one of them alone."""
    site.publish("a")
    with contextlib.ExitStack() as stack:
        hanging = [stack.enter_context(contextlib.closing(Site(f"127.0.0.{n}"))) for n in (2, 3, 4)]
        for other in hanging:
            other.answers["/feed.xml"] = slowly(8)
        sources = tuple(f"{other.url}/feed.xml" for other in (*hanging, site))
        fetcher = PoliteFetcher(FetchLimits(allow_private=True, seconds=3), seconds=6)
        gatherer = Gatherer(fetcher, lambda source: Validators(), lambda source: False)
        gathered = gatherer.gather(Show("a", sources, Settings()), datetime.now(UTC))
    assert [story.title for story in gathered.stories] == ["Nouvelle a"]
    assert len(gathered.errors) == 3


def test_a_busy_server_is_asked_again(site, quick):
    """503 twice, then the page."""
    site.publish("a")
    good, tries = site.answers["/a"], []

    def busy(handler):
        tries.append(1)
        handler.reply(good if len(tries) > 2 else "", 200 if len(tries) > 2 else 503)

    site.answers["/a"] = busy
    assert quick.batch(f"{site.url}/feed.xml").code == 0
    assert len(tries) == 3


def test_a_failed_item_waits_then_is_tried_again_when_asked(site, quick):
    """Not at once, but with --retry."""
    site.publish("a")
    good = site.answers.pop("/a")
    assert quick.batch(f"{site.url}/feed.xml").code == 4
    site.answers["/a"] = good
    assert quick.batch(f"{site.url}/feed.xml").items == []
    assert quick.batch(f"{site.url}/feed.xml", "--retry").items[0]["status"] == "done"
    shown = quick.run("batch", "--status", "--json")
    assert [json.loads(line)["status"] for line in shown.out.splitlines()] == ["done"]


def test_json_and_atom_feeds_and_lists_of_feeds_are_read(site, quick):
    """JSON Feed, Atom and OPML beside RSS."""
    for name in "abc":
        site.answers[f"/{name}"] = page(f"Nouvelle {name}")
    items = [{"id": "a", "title": "Nouvelle a", "url": f"{site.url}/a"}]
    site.answers["/json-feed"] = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items})
    site.answers["/atom-feed"] = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title><entry><id>b</id><title>Nouvelle b</title>"
        f"<link href='{site.url}/b'/><updated>2026-11-23T08:00:00Z</updated></entry></feed>"
    )
    outlines = "".join(f"<outline xmlUrl='{site.url}/{name}-feed'/>" for name in ("json", "atom"))
    site.answers["/list-feed.opml"] = f"<opml version='2.0'><body>{outlines}</body></opml>"
    ended = quick.batch(f"{site.url}/list-feed.opml")
    assert [item["status"] for item in ended.items] == ["done", "done"], ended.out


def test_a_title_cannot_steer_a_terminal_nor_spoil_a_file(site, quick):
    """Control characters and turned writing from a feed: gone from what is shown, and the feed is XML."""
    long = " ".join(f"La marée {n} est montée\x07 plus haut\x00 que prévu ce matin-là." for n in range(20))
    title = "Marée\x1b[2J haute\u202e\x00"
    items = [{"id": "a", "title": title, "content_text": long}]
    site.answers["/json-feed"] = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items})
    ended = quick.batch(f"{site.url}/json-feed", "--feed")
    assert [item["status"] for item in ended.items] == ["done"], ended.words
    shown = quick.run("batch", "--status").out
    assert shown.startswith("done ") and not set(shown) & set("\x1b\x00\x07\u202e")
    assert etree.parse(quick.out / "feed.xml").findtext("channel/item/title").startswith("Marée[2J haute")


def test_a_manifest_has_shows_with_their_own_ways(site, quick):
    """Filters, age, number of stories, format; and a programme of several stories."""
    site.publish("a", "b", "c", "d")
    (quick.folder / "bulletin.toml").write_text(
        f"""
cast = "tone"
contact = "radio@example.org"
[podcast]
url = "https://example.org/radio/"
title = "Le port"
[[shows]]
name = "un par un"
feeds = ["{site.url}/feed.xml"]
exclude = ["nouvelle [bc]$"]
format = "opus"
[[shows]]
name = "journal"
style = "bulletin"
stories = 3
feeds = ["{site.url}/feed.xml"]
""",
        encoding="utf-8",
    )
    ended = quick.run("batch", "bulletin.toml", "--allow-private", "--feed")
    assert ended.code == 0, ended.words
    made = [path.name for path in (quick.folder / "out").iterdir() if path.suffix in {".opus", ".mp3"}]
    assert sorted(name for name in made if name.endswith(".opus")) == [
        "2026-11-23-nouvelle-a.opus",
        "2026-11-23-nouvelle-d.opus",
    ]
    assert len([name for name in made if name.endswith("-journal.mp3")]) == 1
    assert "radio@example.org" in site.asked[0][1]["User-Agent"]
    assert "https://example.org/radio/" in (quick.folder / "out" / "feed.xml").read_text(encoding="utf-8")


def test_a_slow_page_is_given_up(site):
    """A page that takes too long is one failure among the rest."""
    site.answers["/slow"] = slowly(5)
    fetcher = PoliteFetcher(FetchLimits(allow_private=True, seconds=0.5), seconds=1.5)
    try:
        fetcher.fetch(f"{site.url}/slow")
        raise AssertionError("it was not given up")
    except SourceError as error:
        assert "took longer" in str(error) or "no time" in str(error)
