"""The podcast feed: what the namespaces ask for, and that a reader finds everything."""

import os
import re
import time
import uuid
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

import feedparser
import podcastparser
import pytest
from lxml import etree
from PIL import Image
from podcast_schema import faults, reader_of

from bulletin.errors import OutputError, UsageError
from bulletin.publish import write as write_bulletin
from bulletin.publish.feed import ITUNES, PODCAST, Channel, write

BASE = "https://radio.example/%C3%A9missions/"
CHANNEL = Channel(
    "https://radio.example/émissions",
    title="Le port\u00a0: « oui » & <non>\x0b",
    description="Chaque jour.",
    author="Radio",
    email="a@b.example",
)


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


def podcast(element, name):
    return element.find(f"{{{PODCAST}}}{name}")


def test_it_has_what_rss_itunes_and_podcasting_ask_for(folder):
    """Nothing missing, nothing unknown, nothing twice; lengths to the byte, files of their kind."""
    assert faults((folder / "feed.xml").read_bytes(), reader_of(folder, BASE)) == []


def test_a_feed_of_nothing_is_a_feed(tmp_path):
    """Of a show whose first run is still to come."""
    write(tmp_path, Channel("http://127.0.0.1:8000"))
    assert faults((tmp_path / "feed.xml").read_bytes(), reader_of(tmp_path, "http://127.0.0.1:8000/")) == []


BROKEN = {
    "no title": (r"<title>[^<]*</title>\s*<link>", "<link>"),
    "two links": ("(<link>[^<]*</link>)", r"\1\1"),
    "no picture": ("<itunes:image[^>]*>", ""),
    "a picture of another kind": ("cover.png", "cover.gif"),
    "not explicit or not": ("<itunes:explicit>false", "<itunes:explicit>no"),
    "an unknown element": ("<item>", "<item><podcast:transcripts/>"),
    "an unknown attribute": ("<podcast:chapters ", '<podcast:chapters length="1" '),
    "a guid that is none": ("<podcast:guid>[^<]*", "<podcast:guid>eau"),
    "a medium that is none": ("<podcast:medium>[^<]*", "<podcast:medium>radio"),
    "an owner without an address": ("a@b.example", "nobody"),
    "the same guid twice": ("<guid([^>]*)>[^<]*", r"<guid\1>x"),
    "a wrong length": (r'length="(\d+)"', r'length="\g<1>0"'),
    "no length": (r' length="\d+"', ""),
    "a file that isn't there": ("eau.mp3", "vin.mp3"),
    "captions that are none": (r"eau\.vtt", "eau.chapters.json"),
    "chapters that are none": (r"eau\.chapters\.json", "eau.vtt"),
    "an unknown transcript": ('type="text/vtt"', 'type="text/srt"'),
    "a date of another kind": ("<pubDate>[^<]*", "<pubDate>2026-11-23T08:00:00Z"),
    "a wrong day of the week": ("<pubDate>[^<]*", "<pubDate>Tue, 23 Nov 2026 08:00:00 +0000"),
    "no word of the machine": ("ai-disclosure", "verify"),
    "a duration in words": ("<itunes:duration>", "<itunes:duration>about "),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_schema_finds_what_is_broken(folder, name):
    """Each fault in an otherwise good feed: the check can fail."""
    good = (folder / "feed.xml").read_text(encoding="utf-8")
    broken = re.sub(*BROKEN[name], good)
    assert broken != good
    assert faults(broken.encode(), reader_of(folder, BASE))


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


def test_every_kind_of_file_that_lies_beside_is_named(channel):
    """Captions, the page to read along, and chapters, for each of the two episodes."""
    for item in channel.findall("item"):
        kinds = [one.get("type") for one in item.findall(f"{{{PODCAST}}}transcript")]
        assert kinds == ["text/vtt", "text/html"]
        assert podcast(item, "chapters") is not None
        stem = item.find("enclosure").get("url").rpartition(".")[0]
        assert item.findtext("link") == f"{stem}.page.html"
        assert int(item.findtext(f"{{{ITUNES}}}duration")) > 5
    assert podcast(channel, "locked").get("owner") == "a@b.example"


def test_a_feed_reader_reads_it_back(folder, channel):
    """feedparser finds no fault and the same episodes."""
    read = feedparser.parse((folder / "feed.xml").read_bytes())
    assert (read.bozo, read.version) == (False, "rss20")
    lengths = {entry.enclosures[0].href: int(entry.enclosures[0].length) for entry in read.entries}
    listed = [item.find("enclosure") for item in channel.iter("item")]
    assert lengths == {one.get("url"): int(one.get("length")) for one in listed}
    assert read.feed.author_detail.email == "a@b.example"


def test_a_podcast_player_reads_it_back(folder, channel):
    """podcastparser, which is gPodder's: the same episodes with their lengths, dates, guids and pages."""
    with (folder / "feed.xml").open("rb") as file:
        read = podcastparser.parse(urljoin(BASE, "feed.xml"), file)
    assert (read["title"], read["language"], read["type"]) == ("Le port : « oui » & <non>", "fr", "episodic")
    assert read["cover_url"] == urljoin(BASE, "cover.png")
    assert read["itunes_owner"] == {"name": "Radio", "email": "a@b.example"}
    found = {
        episode["guid"]: (
            episode["title"],
            episode["link"],
            episode["total_time"],
            episode["published"],
            episode["enclosures"],
        )
        for episode in read["episodes"]
    }
    told = {item.findtext("guid"): as_a_player_tells_it(item) for item in channel.iter("item")}
    assert found == told


def as_a_player_tells_it(item):
    audio = item.find("enclosure")
    return (
        item.findtext("title"),
        item.findtext("link"),
        int(item.findtext(f"{{{ITUNES}}}duration")),
        parsedate_to_datetime(item.findtext("pubDate")).timestamp(),
        [{"url": audio.get("url"), "file_size": int(audio.get("length")), "mime_type": audio.get("type")}],
    )


def test_a_picture_is_drawn_where_none_is_given(tmp_path):
    """As large as directories ask for; one of the station's own is taken instead."""
    write(tmp_path, Channel("https://radio.example/", title="Le port"))
    assert b"https://radio.example/feed.png" in (tmp_path / "feed.xml").read_bytes()
    with Image.open(tmp_path / "feed.png") as picture:
        assert (picture.size, picture.format) == ((1400, 1400), "PNG")
    (tmp_path / "cover.png").write_bytes(b"\x89PNG")
    write(tmp_path, Channel("https://radio.example/"))
    assert b"https://radio.example/cover.png" in (tmp_path / "feed.xml").read_bytes()


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


def test_no_episode_is_still_to_come(bulletin, tmp_path):
    """A file that a wrong clock dated into the future is of now: players would hide it until then."""
    path = write_bulletin(bulletin, tmp_path / "a.wav").files[0]
    os.utime(path, (4e9, 4e9))
    write(tmp_path, CHANNEL)
    told = etree.parse(tmp_path / "feed.xml").findtext("channel/item/pubDate")
    assert abs(parsedate_to_datetime(told).timestamp() - time.time()) < 60


def test_what_makes_no_sense_is_said(tmp_path):
    with pytest.raises(OutputError):
        write(tmp_path / "none", CHANNEL)
    with pytest.raises(UsageError):
        write(tmp_path, Channel("ftp://radio.example/"))
