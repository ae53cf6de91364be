"""One run: gather, leave out what is done, make the rest, keep the books. Yields what happens."""

from __future__ import annotations

import hashlib
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from bulletin.batch.gather import Gatherer, Story
from bulletin.batch.retention import sweep
from bulletin.batch.state import Item
from bulletin.batch.work import Product, Task, text_hash
from bulletin.errors import BulletinError
from bulletin.intake.fetch import FetchLimits, Validators
from bulletin.intake.polite import PoliteFetcher
from bulletin.pipeline import slug
from bulletin.publish.files import Staging

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from bulletin.batch.manifest import Manifest, Show
    from bulletin.batch.pool import Pool
    from bulletin.batch.state import State
    from bulletin.model import Article

CHUNK = 64  # stories in hand at once, so that memory doesn't grow with the feed
Read = tuple[Story, "Article | BulletinError"]


@dataclass(frozen=True, slots=True)
class SourceFailed:
    """A feed or a folder that could not be read; its stories come in a later run."""

    source: str
    error: str


@dataclass(frozen=True, slots=True)
class ItemEnded:
    """An item reached a resting place: done, failed, aside, duplicate. How many sentences it cost, or not."""

    item: Item
    voiced: int = 0
    cached: int = 0


Event = SourceFailed | ItemEnded


class Run:
    """A run over a manifest in an output folder. `stop` is asked before each new item."""

    def __init__(
        self, folder: Path, manifest: Manifest, pool: Pool, stop: Callable[[], bool], state: State
    ) -> None:
        self.folder, self.manifest, self.pool, self.stop, self.state = folder, manifest, pool, stop, state
        self.now = datetime.now().astimezone()

    def events(self) -> Iterator[Event]:
        """Every show in turn. What a killed run left half-done is swept away first."""
        sweep(self.folder)
        self.state.resume()
        for show in self.manifest.shows:
            limits = FetchLimits(allow_private=show.settings.allow_private, contact=self.manifest.contact)
            fetcher = PoliteFetcher(limits, stop=self.stop)
            gatherer = Gatherer(fetcher, self.known_to(show), self.state.was_feed)
            gathered = gatherer.gather(show, self.now)
            if self.stop():
                return
            for source, error in gathered.errors.items():
                yield SourceFailed(source, error)
            if show.style == "bulletin":
                yield from self.programme(gathered.stories, show, gatherer)
            else:
                stories = self.with_waiting(map(self.recognised, gathered.stories), show)
                self.book(stories, show)
                yield from self.one_by_one(stories, show, gatherer)
            if self.stop():
                return
            # only now: a run that ends before asks for the whole feed again, and finds what changed
            for source, validators in gathered.validators.items():
                self.state.seen(show.choice, source, validators.etag, validators.modified)

    def one_by_one(self, stories: Sequence[Story], show: Show, gatherer: Gatherer) -> Iterator[Event]:
        """A bulletin of each story. What was not fetched because the run is to stop has not failed."""
        for read in self.read_ahead(stories, gatherer):
            if self.stop():
                return
            tasks: list[Task] = []
            for outcome in self.tasks(read, show):
                if isinstance(outcome, Task):
                    tasks.append(outcome)
                else:
                    yield outcome
            yield from self.make(tasks)

    def read_ahead(self, stories: Sequence[Story], gatherer: Gatherer) -> Iterator[list[Read]]:
        """What there is to do, a handful at a time; while one is voiced, the next is fetched."""
        with ThreadPoolExecutor(1) as ahead, closing(gatherer.fetcher):
            coming: Future[list[Read]] | None = None
            for start in range(0, len(stories), CHUNK):
                due = [story for story in stories[start : start + CHUNK] if self.is_due(story)]
                following = ahead.submit(gatherer.articles, due)
                if coming:
                    yield coming.result()
                coming = following
            if coming:
                yield coming.result()

    def known_to(self, show: Show) -> Callable[[str], Validators]:
        """What servers said last time: asked only where nothing of the show is left to do."""
        unfinished = any(item.show == show.name for item in self.state.items("new", "working", "failed"))
        if unfinished or show.style == "bulletin":
            return lambda source: Validators()
        return lambda source: Validators(*self.state.validators(show.choice, source))

    def recognised(self, story: Story) -> Story:
        """Under the key that it had before its feed gave it another address."""
        if story.guid is None or self.state.get(story.key):
            return story
        known = self.state.of_guid(story.guid)
        return replace(story, key=known.key) if known else story

    def with_waiting(self, stories: Iterable[Story], show: Show) -> list[Story]:
        """The stories, and those of earlier runs that are due though their feed says nothing new."""
        found = {story.key: story for story in stories}
        late = [
            Story(item.key, item.source, item.title, item.published, item.fingerprint)
            for item in self.state.items("new", "working", "failed")
            if item.show == show.name and item.key not in found
        ]
        return [*found.values(), *late]

    def tasks(self, read: Sequence[Read], show: Show) -> Iterator[Task | ItemEnded]:
        """What there is to do for these stories, and what turned out not to be."""
        for story, article in read:
            item = self.state.get(story.key) or Item(story.key, show.name, story.source)
            if isinstance(article, BulletinError):
                yield ItemEnded(self.fail(item, str(article)))
                continue
            outcome = self.task(item, article, show, story)
            if outcome is not None:
                yield outcome

    def is_due(self, story: Story) -> bool:
        """New, due again after a failure, or changed since it was made."""
        item = self.state.get(story.key)
        if item is None or item.due(time.time()):
            return True
        return item.status in {"done", "duplicate", "expired"} and item.fingerprint != story.fingerprint

    def book(self, stories: Sequence[Story], show: Show) -> None:
        """Known from now on, whatever happens to this run."""
        self.state.note(
            Item(
                story.key,
                show.name,
                story.source,
                story.title,
                published=story.published,
                guid=story.guid,
                changed=time.time(),
            )
            for story in stories
            if self.state.get(story.key) is None
        )

    def fail(self, item: Item, reason: str) -> Item:
        """Another item with the same text, which was left out for its sake, is due again."""
        failed = self.state.put(item.failed(reason, time.time()))
        if item.text_hash and not item.files:
            self.state.release(item.text_hash)
        return failed

    def task(self, item: Item, article: Article, show: Show, story: Story) -> Task | ItemEnded | None:
        said = text_hash((article,))
        known = replace(
            item,
            source=story.source,
            fingerprint=story.fingerprint,
            title=article.title or story.title,
            guid=story.guid or item.guid,
            error=None,
        )
        if item.status in {"done", "expired"} and item.text_hash == said:
            self.state.note([known])
            return None
        if self.state.same_text(said, item.key):
            return ItemEnded(self.state.put(replace(known, status="duplicate", text_hash=said)))
        day = day_of(article.date) or day_of(story.published) or self.now.date().isoformat()
        title = slug(article.title or story.title or article.source.rpartition("/")[2].partition(".")[0])
        name = item.name or self.state.free_name(f"{day}-{title or 'story'}", item.key)
        self.state.put(replace(known, status="working", text_hash=said, name=name))
        return Task(item.key, name, show.format, (article,), show.settings, self.now)

    def programme(self, stories: Sequence[Story], show: Show, gatherer: Gatherer) -> Iterator[Event]:
        """One programme of the newest stories, unless it was made of these very ones, in whatever order."""
        listed = sorted((story.key, story.fingerprint or "") for story in stories)
        fingerprint, prefix = hashlib.sha256(repr(listed).encode()).hexdigest(), f"programme:{show.name}:"
        if self.state.holds(prefix, fingerprint):
            return
        read: list[Article] = []
        found = gatherer.articles(stories)
        if self.stop():
            return
        for story, article in found:
            if isinstance(article, BulletinError):
                yield SourceFailed(story.source, " ".join(str(article).split()))
                fingerprint = ""  # the story shall be tried again
            else:
                read.append(article)
        key = prefix + text_hash(tuple(read))
        item = self.state.get(key)
        if item and not item.due(time.time()):
            self.state.note([replace(item, fingerprint=fingerprint)])
        elif read:
            yield from self.new_programme(
                read, show, item or Item(key, show.name, show.sources[0]), fingerprint
            )

    def new_programme(
        self, read: Sequence[Article], show: Show, item: Item, fingerprint: str
    ) -> Iterator[Event]:
        """An unfinished one of earlier stories is set aside: its news is old."""
        self.state.overtake(show.name, f"programme:{show.name}:", item.key)
        wanted = f"{self.now:%Y-%m-%d-%H%M}-{slug(show.name) or 'programme'}"
        name = item.name or self.state.free_name(wanted, item.key)
        moment = self.now.astimezone(UTC).isoformat()
        self.state.put(
            replace(
                item, title=show.name, status="working", name=name, fingerprint=fingerprint, published=moment
            )
        )
        settings = replace(show.settings, style="bulletin")
        yield from self.make([Task(item.key, name, show.format, tuple(read), settings, self.now)])

    def make(self, tasks: Sequence[Task]) -> Iterator[Event]:
        if tasks:
            for product in self.pool.run(tasks, self.stop):
                yield ItemEnded(self.finish(product), product.voiced, product.cached)

    def finish(self, product: Product) -> Item:
        """Files in place, then the books: a kill in between makes the same files again.

        That they may be there is noted before, so that retention finds what a killed run left.
        """
        item = self.state.get(product.key)
        assert item is not None
        if product.error is not None:
            return self.fail(item, product.error)
        self.state.note([replace(item, files=tuple(dict.fromkeys((*item.files, *product.files))))])
        with Staging(durable=True) as staging:
            for name, content in reversed(product.files.items()):  # the audio first, renamed last
                staging.write(self.folder / name, content)
            staging.commit()
        for name in set(item.files) - set(product.files):
            (self.folder / name).unlink(missing_ok=True)
        done = replace(
            item,
            status="done",
            files=tuple(product.files),
            title=product.title or item.title,
            seconds=product.seconds,
            error=None,
            tries=0,
        )
        return self.state.put(done)


def day_of(moment: str | None) -> str | None:
    """The date of what calls itself a moment, here where it names a zone; it becomes part of a file's name.

    >>> day_of("2026-11-23T12:00:00Z"), day_of("2026-11-23 at noon"), day_of("../../etc"), day_of(None)
    ('2026-11-23', '2026-11-23', None, None)
    """
    with suppress(ValueError, OverflowError):
        parsed = datetime.fromisoformat(moment or "")
        return (parsed.astimezone() if parsed.tzinfo else parsed).date().isoformat()
    with suppress(ValueError):
        return date.fromisoformat((moment or "")[:10]).isoformat()
    return None
