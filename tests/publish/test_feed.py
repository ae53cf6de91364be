"""The podcast feed: what the namespaces ask for, and that a reader finds everything."""

import uuid
from email.utils import parsedate_to_datetime
from urllib.parse import unquote, urljoin

import feedparser
import pytest
from lxml import etree

from bulletin.errors import OutputError, UsageError
from bulletin.publish import write as write_bulletin
from bulletin.publish.feed import ATOM, ITUNES, PODCAST, Channel, write

BASE = "https://radio.example/%C3%A9missions/"
CHANNEL = Channel(
    "https://radio.example/émissions",
    title="Le port\u00a0: « oui » & <non>\x0b",
    description="Chaque jour.",
    author="Radio",
    email="a@b.example",
)
RSS_CHANNEL = {"title", "link", "description", "language", "generator", "pubDate", "item"}
RSS_ITEM = {"title", "link", "description", "pubDate", "guid", "enclosure"}
ONCE = {"title", "link", "description", f"{{{PODCAST}}}guid", f"{{{ITUNES}}}image", f"{{{ITUNES}}}type"}
TRANSCRIPT_TYPES = {"text/vtt", "text/html", "application/x-subrip", "application/json", "text/plain"}
AUDIO_TYPES = {".mp3": "audio/mpeg", ".opus": "audio/ogg"}


@pytest.fixture(scope="module")
def folder(bulletin, tmp_path_factory):
    """Two bulletins, one with signs in its name that addresses can't hold, and what is no bulletin."""
    made = tmp_path_factory.mktemp("podcast")
    write_bulletin(bulletin, made / "2026-11-23-eau.mp3")
    write_bulletin(bulletin, made / "À l'office & au parc #1.opus")
    (made / "broken.mp3").write_bytes(b"no audio")
    (made / ".2026.part.mp3").write_bytes((made / "2026-11-23-eau.mp3").read_bytes())
    (made / "notes.txt").write_text("x")
    (made / "cover.png").write_bytes(b"\x89PNG")
    write(made, CHANNEL)
    return made


@pytest.fixture(scope="module")
def channel(folder):
    root = etree.parse(folder / "feed.xml").getroot()
    assert (root.tag, root.get("version"), len(root)) == ("rss", "2.0", 1)
    return root[0]


def itunes(element, name):
    return element.find(f"{{{ITUNES}}}{name}")


def podcast(element, name):
    return element.find(f"{{{PODCAST}}}{name}")


def test_the_channel_is_what_rss_itunes_and_podcasting_ask_for(channel):
    """Required elements, none that is not defined, those that may stand once only once."""
    tags = [element.tag for element in channel]
    assert {tag for tag in tags if not tag.startswith("{")} == RSS_CHANNEL
    assert all(tags.count(tag) == 1 for tag in ONCE)
    assert channel.findtext("title") == "Le port\u00a0: « oui » & <non>"
    assert itunes(channel, "explicit").text in {"true", "false"}
    assert itunes(channel, "type").text in {"episodic", "serial"}
    assert itunes(channel, "category").get("text") == "News"
    assert itunes(channel, "image").get("href").endswith(".png")
    assert itunes(channel, "owner").findtext(f"{{{ITUNES}}}email") == "a@b.example"
    own = channel.find(f"{{{ATOM}}}link")
    assert (own.get("rel"), own.get("href")) == ("self", urljoin(BASE, "feed.xml"))
    assert podcast(channel, "locked").text in {"yes", "no"}
    assert podcast(channel, "medium").text == "podcast"


def test_the_guid_is_made_as_the_podcast_namespace_says(channel):
    """UUID version 5 of the feed's address without its scheme."""
    namespace = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
    address = urljoin(BASE, "feed.xml").removeprefix("https://")
    assert podcast(channel, "guid").text == str(uuid.uuid5(namespace, address))


def test_the_machine_says_that_it_is_one(channel):
    """AI disclosure: of the channel and of every episode."""
    disclosure = podcast(channel, "txt")
    assert disclosure.get("purpose") == "ai-disclosure"
    assert len(disclosure.text) > 20
    assert all(disclosure.text in item.findtext("description") for item in channel.iter("item"))


def test_every_episode_is_whole_and_its_files_are_there(channel, folder):
    """Enclosure lengths to the byte, types, dates, durations; transcripts and chapters that exist."""
    items = channel.findall("item")
    assert len(items) == 2
    assert len({item.findtext("guid") for item in items}) == 2
    for item in items:
        assert {child.tag for child in item if not child.tag.startswith("{")} == RSS_ITEM
        assert item.find("guid").get("isPermaLink") == "false"
        assert parsedate_to_datetime(item.findtext("pubDate")).tzinfo is not None
        assert int(itunes(item, "duration").text) > 5
        enclosure = item.find("enclosure")
        file = local(enclosure.get("url"), folder)
        assert int(enclosure.get("length")) == file.stat().st_size
        assert enclosure.get("type") == AUDIO_TYPES[file.suffix]
        assert local(item.findtext("link"), folder) == file.with_suffix(".page.html")
        transcripts = item.findall(f"{{{PODCAST}}}transcript")
        assert {"text/vtt", "text/html"} <= {one.get("type") for one in transcripts} <= TRANSCRIPT_TYPES
        chapters = podcast(item, "chapters")
        assert chapters.get("type") == "application/json+chapters"
        assert all(local(one.get("url"), folder).is_file() for one in [*transcripts, chapters])


def local(url, folder):
    """The file behind an address of the feed, which is plain ASCII below the base."""
    assert url.isascii()
    assert url.startswith(BASE)
    return folder / unquote(url.removeprefix(BASE))


def test_a_feed_reader_reads_it_back(folder, channel):
    """feedparser finds no fault and the same episodes."""
    read = feedparser.parse((folder / "feed.xml").read_bytes())
    assert (read.bozo, read.version) == (False, "rss20")
    lengths = {entry.enclosures[0].href: int(entry.enclosures[0].length) for entry in read.entries}
    listed = [item.find("enclosure") for item in channel.iter("item")]
    assert lengths == {one.get("url"): int(one.get("length")) for one in listed}
    assert read.feed.author_detail.email == "a@b.example"


def test_the_list_and_the_page_name_the_same(folder):
    """OPML for players, a page for people; the page escapes what it is given."""
    outline = etree.parse(folder / "feed.opml").find("body/outline")
    assert outline.get("xmlUrl") == urljoin(BASE, "feed.xml")
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert page.count("<audio") == 2
    assert "<non>" not in page
    assert 'href="2026-11-23-eau.page.html"' in page


def test_the_same_folder_gives_the_same_bytes(folder):
    before = (folder / "feed.xml").read_bytes()
    write(folder, CHANNEL)
    assert (folder / "feed.xml").read_bytes() == before
    assert not list(folder.glob(".feed*"))


def test_what_makes_no_sense_is_said(tmp_path):
    with pytest.raises(OutputError):
        write(tmp_path / "none", CHANNEL)
    with pytest.raises(UsageError):
        write(tmp_path, Channel("ftp://radio.example/"))
