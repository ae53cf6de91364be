"""A folder of bulletins as a podcast: RSS 2.0 with iTunes and Podcasting 2.0 namespaces, OPML, an index page.

Directories ask for a picture: `cover.png` in the folder is taken, or one is drawn from the title.

Everything is read from what is there: the audio files, their tags, and the files beside them.
"""

from __future__ import annotations

import re
import time
import uuid
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin, urlsplit

from bulletin.errors import OutputError, UsageError
from bulletin.publish.files import Staging, explained
from bulletin.publish.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from lxml import etree

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
ATOM = "http://www.w3.org/2005/Atom"
PODCAST_GUIDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")  # the namespace that Podcasting 2.0 names
AUDIO = {
    ".mp3": "audio/mpeg",
    ".m4a": "audio/x-m4a",
    ".m4b": "audio/x-m4b",
    ".opus": "audio/ogg",
    ".flac": "audio/flac",
    ".wav": "audio/wav",
}
TRANSCRIPTS = {".vtt": "text/vtt", ".transcript.html": "text/html", ".page.html": "text/html"}
PAGE = ".page.html"
CHAPTERS = ".chapters.json"
UNHOLDABLE = re.compile("[^ -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f]")
COVER = "cover.png"
FEED, OPML, INDEX, DRAWN = "feed.xml", "feed.opml", "index.html", "feed.png"


@dataclass(frozen=True, slots=True)
class Channel:
    """What the podcast says of itself. `url` is where the folder will be reached."""

    url: str
    title: str = "bulletin"
    description: str | None = None
    author: str | None = None
    email: str | None = None
    language: str = "fr"
    category: str = "News"

    @property
    def base(self) -> str:
        """The address as it is sent: ASCII only, with a slash at the end."""
        parts = urlsplit(self.url)
        path = quote(parts.path, safe="/%:@!$&'()*+,;=~")
        return f"{parts.scheme}://{parts.netloc.encode('idna').decode()}{path.rstrip('/')}/"


@dataclass(frozen=True, slots=True)
class Episode:
    """One audio file: its title, its length in seconds and bytes, when it came, and what lies beside it."""

    name: str
    title: str
    seconds: float
    size: int
    moment: datetime
    kind: str
    beside: tuple[str, ...]


def episodes(folder: Path) -> list[Episode]:
    """The bulletins in a folder, newest first. A file that is no audio is passed over."""
    found = [episode for path in sorted(folder.iterdir()) if (episode := episode_of(path))]
    return sorted(found, key=lambda episode: (episode.moment, episode.name), reverse=True)


def episode_of(path: Path) -> Episode | None:
    import mutagen

    if path.suffix.lower() not in AUDIO or path.name.startswith(".") or not path.is_file():
        return None
    try:
        file = mutagen.File(path, easy=True)
    except mutagen.MutagenError:
        file = None
    if file is None:
        return None
    status = path.stat()
    titles = (file.tags or {}).get("title") or [path.stem]
    beside = [suffix for suffix in (*TRANSCRIPTS, CHAPTERS) if path.with_suffix(suffix).is_file()]
    moment = datetime.fromtimestamp(int(min(status.st_mtime, time.time())), UTC)  # none is still to come
    kind = AUDIO[path.suffix.lower()]
    return Episode(path.name, str(titles[0]), file.info.length, status.st_size, moment, kind, tuple(beside))


def write(folder: Path, channel: Channel) -> list[Path]:
    """Feed, OPML, index page and picture, together or not at all."""
    from bulletin.publish.cover import drawn

    if not folder.is_dir():
        raise OutputError(f"{folder}: is no folder of bulletins")
    channel = replace(channel, **{name: visible(text) for name, text in asdict(channel).items() if text})
    if urlsplit(channel.url).scheme not in {"http", "https"}:
        raise UsageError(f"{channel.url!r}: the address of the folder begins with http:// or https://")
    listed = episodes(folder)
    own_cover = (folder / COVER).is_file()
    contents = {
        FEED: rss(channel, listed, COVER if own_cover else DRAWN),
        OPML: opml(channel),
        INDEX: index(channel, listed),
        **({} if own_cover else {DRAWN: drawn(channel.title)}),
    }
    with Staging() as staging, explained(folder):
        for name, content in contents.items():
            staging.write(folder / name, content)
        staging.commit()
    return [folder / name for name in contents]


def rss(channel: Channel, listed: Sequence[Episode], picture: str) -> bytes:
    """The feed. The same folder gives the same bytes."""
    from lxml import etree
    from lxml.builder import ElementMaker

    make = ElementMaker(nsmap={"itunes": ITUNES, "podcast": PODCAST, "atom": ATOM})
    itunes, podcast = ElementMaker(namespace=ITUNES), ElementMaker(namespace=PODCAST)
    disclosure = wording(channel.language)["disclosure"]
    description = "\n\n".join(part for part in (channel.description, disclosure) if part)
    feed_url = urljoin(channel.base, FEED)
    head = [
        make.title(channel.title),
        make.link(channel.base),
        make.description(description),
        make.language(channel.language),
        make.generator("bulletin"),
        etree.Element(f"{{{ATOM}}}link", href=feed_url, rel="self", type="application/rss+xml"),
        itunes.author(channel.author or channel.title),
        itunes.explicit("false"),
        itunes.type("episodic"),
        itunes.category(text=channel.category),
        itunes.image(href=urljoin(channel.base, picture)),
        podcast.guid(str(uuid.uuid5(PODCAST_GUIDS, feed_url.split("://", 1)[1].rstrip("/")))),
        podcast.locked("no", **({"owner": channel.email} if channel.email else {})),
        podcast.medium("podcast"),
        podcast.txt(disclosure, purpose="ai-disclosure"),
    ]
    if channel.email:
        head.append(itunes.owner(itunes.name(channel.author or channel.title), itunes.email(channel.email)))
    if listed:
        head.append(make.pubDate(format_datetime(listed[0].moment)))
    items = [make.item(*item(episode, channel, make, itunes, podcast, disclosure)) for episode in listed]
    tree = make.rss(make.channel(*head, *items), version="2.0")
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def item(
    episode: Episode, channel: Channel, make: object, itunes: object, podcast: object, disclosure: str
) -> Iterator[etree._Element]:
    """An episode's elements."""
    from lxml.builder import ElementMaker

    assert (
        isinstance(make, ElementMaker)
        and isinstance(itunes, ElementMaker)
        and isinstance(podcast, ElementMaker)
    )
    url = address(channel, episode.name)
    yield make.title(visible(episode.title))
    yield make.description(disclosure)
    yield make.pubDate(format_datetime(episode.moment))
    yield make.guid(str(uuid.uuid5(uuid.NAMESPACE_URL, url)), isPermaLink="false")
    yield make.enclosure(url=url, length=str(episode.size), type=episode.kind)
    yield itunes.duration(str(round(episode.seconds)))
    yield itunes.explicit("false")
    stem = episode.name.rpartition(".")[0]
    if PAGE in episode.beside:
        yield make.link(address(channel, stem + PAGE))
    for suffix in episode.beside:
        beside = address(channel, stem + suffix)
        if suffix == CHAPTERS:
            yield podcast.chapters(url=beside, type="application/json+chapters")
        else:
            yield podcast.transcript(url=beside, type=TRANSCRIPTS[suffix], language=channel.language)


def address(channel: Channel, name: str) -> str:
    return urljoin(channel.base, quote(name))


def visible(text: str) -> str:
    """On one line and without the characters that XML 1.0 can't hold; no-break spaces stay.

    >>> visible("Port\\u00a0:\\x00 oui\\nnon") == "Port\\u00a0: oui non"
    True
    """
    return UNHOLDABLE.sub("", re.sub(r"[\t\r\n]+", " ", text))


def opml(channel: Channel) -> bytes:
    """A list of this one feed, which any podcast player imports."""
    from lxml import etree
    from lxml.builder import E

    outline = E.outline(
        text=channel.title, type="rss", xmlUrl=urljoin(channel.base, FEED), htmlUrl=channel.base
    )
    tree = E.opml(E.head(E.title(channel.title)), E.body(outline), version="2.0")
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def index(channel: Channel, listed: Sequence[Episode]) -> bytes:
    """A page with every bulletin and a player for each."""
    from jinja2 import Environment, PackageLoader

    environment = Environment(loader=PackageLoader("bulletin.publish", "templates"), autoescape=True)
    template = environment.get_template("index.html.jinja")
    text = template.render(channel=channel, episodes=listed, feed=FEED, words=wording(channel.language))
    return text.encode()
