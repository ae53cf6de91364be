"""From a show's sources to the stories it wants: folders, files, feeds, lists of feeds, addresses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin import intake
from bulletin.errors import BulletinError, NoArticleError, SourceError
from bulletin.intake import feeds
from bulletin.intake.fetch import Validators

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bulletin.batch.manifest import Show
    from bulletin.intake.feeds import Entry
    from bulletin.intake.polite import PoliteFetcher
    from bulletin.model import Article

ARTICLES = {".txt", ".md", ".markdown", ".html", ".htm", ".xhtml"}
FETCHERS = 8
DEPTH = 3  # lists of feeds in lists of feeds


@dataclass(frozen=True, slots=True)
class Story:
    """Something to be read aloud: an entry of a feed, or a file, or an address.

    `key` is the same in whichever feed it is found; `guid` is what its own feed calls it, if that is unique.
    """

    key: str
    source: str
    title: str = ""
    published: str | None = None
    fingerprint: str | None = None
    entry: Entry | None = None
    guid: str | None = None


@dataclass(frozen=True, slots=True)
class Gathered:
    """The stories of a show, newest first, and the sources that could not be read, with the reason.

    `validators` are to be remembered once the stories are: whoever forgets the order loses stories.
    """

    stories: list[Story]
    errors: dict[str, str]
    validators: dict[str, Validators]


@dataclass(frozen=True, slots=True)
class Asked:
    """A source, and what earlier runs know of it: the validators to send, and whether it was a feed."""

    source: str
    known: Validators
    was_feed: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What a source holds: stories, or the addresses of further feeds; or why it can't be read."""

    stories: Sequence[Story] = ()
    feeds: Sequence[str] = ()
    error: str | None = None
    validators: Validators | None = None


class Gatherer:
    """Reads sources with one polite fetcher.

    `known` are the validators to send, by address; `was_feed` tells what an address was in earlier runs.
    """

    def __init__(
        self, fetcher: PoliteFetcher, known: Callable[[str], Validators], was_feed: Callable[[str], bool]
    ) -> None:
        self.fetcher, self.known, self.was_feed = fetcher, known, was_feed

    def gather(self, show: Show, now: datetime) -> Gathered:
        """All stories that the show wants, whether they were made before or not."""
        self.fetcher.begin()
        stories: dict[str, Story] = {}
        found: dict[str, Found] = {}
        sources = list(dict.fromkeys(show.sources))
        for _ in range(DEPTH + 1):
            found |= self.found_in(sources)
            for source in sources:
                for story in found[source].stories:
                    stories.setdefault(story.key, story)
            listed = dict.fromkeys(feed for source in sources for feed in found[source].feeds)
            sources = [feed for feed in listed if feed not in found]
        errors = {source: one.error for source, one in found.items() if one.error}
        errors |= {source: f"{source}: lists of feeds are nested too deep" for source in sources}
        wanted = [story for story in stories.values() if show.wants(story.title) and fresh(story, show, now)]
        wanted.sort(key=lambda story: story.published or "", reverse=True)
        validators = {source: one.validators for source, one in found.items() if one.validators}
        return Gathered(wanted[: show.stories], errors, validators)

    def found_in(self, sources: Sequence[str]) -> dict[str, Found]:
        """Sources side by side, so that one that hangs doesn't take the others' time."""
        asked = [Asked(source, self.known(source), self.was_feed(source)) for source in sources]
        with ThreadPoolExecutor(FETCHERS) as pool:
            return dict(zip(sources, pool.map(self.found_or_error, asked), strict=True))

    def found_or_error(self, asked: Asked) -> Found:
        try:
            return self.find(asked)
        except BulletinError as error:
            return Found(error=" ".join(str(error).split()))
        except Exception as error:  # a feed that no one foresaw must not stop the others
            return Found(error=f"{asked.source}: can't be understood: {type(error).__name__}: {error}")

    def find(self, asked: Asked) -> Found:
        if asked.source.lower().startswith(("http:", "https:")):
            return self.of_address(asked)
        path = Path(asked.source)
        return Found(list(of_folder(path))) if path.is_dir() else self.of_file(path)

    def of_address(self, asked: Asked) -> Found:
        """A feed's entries; a list's feeds; an article as it is."""
        url = asked.source
        fetched = self.fetcher.fetch(url, kinds=feeds.FEED_KINDS, known=asked.known)
        if fetched.unchanged:
            return Found()
        if feeds.is_feed(fetched.data):
            found = of_feed(fetched.data, fetched.url)  # a list may stay the same while its feeds don't
            return replace(found, validators=Validators() if found.feeds else fetched.validators)
        if asked.was_feed:  # a notice, a log-in, somebody else's page: nothing to read aloud
            raise SourceError(f"{url}: was a feed and is a page now")
        return Found([Story(feeds.canonical(fetched.url), url)])

    def of_file(self, path: Path) -> Found:
        try:
            with path.open("rb") as file:
                data = file.read(self.fetcher.limits.size)
        except OSError as error:
            raise SourceError(f"{path}: can't be read: {error.strerror}") from error
        return of_feed(data, path.resolve().as_uri()) if feeds.is_feed(data) else Found([of_path(path)])

    def articles(self, stories: Sequence[Story]) -> list[tuple[Story, Article | BulletinError]]:
        """Each story read, or what went wrong; fetched side by side, a few at a time."""
        self.fetcher.begin()
        with ThreadPoolExecutor(FETCHERS) as pool:
            return list(zip(stories, pool.map(self.article_or_error, stories), strict=True))

    def article_or_error(self, story: Story) -> Article | BulletinError:
        try:
            return self.article(story)
        except BulletinError as error:
            return error
        except Exception as error:  # a page that no one foresaw must not stop the others
            return SourceError(f"{story.source}: can't be understood: {type(error).__name__}: {error}")

    def article(self, story: Story) -> Article:
        document = story.entry.document() if story.entry else None
        if document is None and story.key.startswith(f"guid:{story.source}#"):
            raise NoArticleError(
                f"{story.source}: its entry {story.title[:60]!r} has no text and leads to no web page"
            )
        if document is None and story.source.startswith(("http:", "https:")):
            page = self.fetcher.fetch(story.source)
            document = intake.document_of(page)
        if document is None:
            document = intake.load(story.source, limits=self.fetcher.limits)
        return intake.read_document(document)


def fresh(story: Story, show: Show, now: datetime) -> bool:
    """Whether it is new enough; a story without a date is."""
    if show.max_age is None or story.published is None:
        return True
    moment = datetime.fromisoformat(story.published)
    return now - (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) <= show.max_age


def of_feed(data: bytes, url: str) -> Found:
    """The entries of a feed, or what a list of feeds lists."""
    if feeds.is_opml(data):
        return Found(feeds=feeds.outline(data, url))
    return Found(list(of_entries(feeds.entries(data, url), url)))


def of_entries(entries: Sequence[Entry], feed: str) -> Iterator[Story]:
    """What names several entries of a feed tells none of them: the page of a live blog, a guid that stays."""
    addresses = Counter(entry.url for entry in entries)
    guids = Counter(entry.guid for entry in entries)
    for entry in entries:
        guid = f"guid:{feed}#{entry.guid}" if guids[entry.guid] == 1 else None
        key = guid if guid and addresses[entry.url] > 1 else entry.key(feed)
        source = entry.url or feed
        yield Story(key, source, entry.title, entry.published, entry.fingerprint, entry, guid)


def of_folder(folder: Path) -> Iterator[Story]:
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.suffix.lower() in ARTICLES and not path.name.startswith("."):
            yield of_path(path)


def of_path(path: Path) -> Story:
    """A file: what it says of itself is its size and the time of its last change."""
    try:
        status = path.stat()
    except OSError as error:
        raise SourceError(f"{path}: can't be read: {error.strerror}") from error
    moment = datetime.fromtimestamp(status.st_mtime, UTC).isoformat()
    return Story(
        path.resolve().as_uri(),
        str(path),
        published=moment,
        fingerprint=f"{status.st_size}:{status.st_mtime_ns}",
    )
