"""Fetching where nobody watches: robots.txt, few requests at once per host, retries, one deadline."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from bulletin.errors import SourceError, TemporarySourceError
from bulletin.intake.fetch import FetchLimits, Validators, fetch

if TYPE_CHECKING:
    from collections.abc import Callable

    from bulletin.intake.fetch import Fetched

AGENT = "bulletin"
ROBOTS_SIZE = 500_000  # bytes, as RFC 9309 asks for at least
TRIES = 3


class PoliteFetcher:
    """Fetches many addresses within `seconds` altogether, counted from `begin`; safe to share by threads.

    Once `stop` says so, nothing more is asked for.
    """

    def __init__(
        self,
        limits: FetchLimits,
        *,
        per_host: int = 2,
        seconds: float = 300.0,
        stop: Callable[[], bool] = lambda: False,
    ) -> None:
        self.limits, self.seconds, self.stop = limits, seconds, stop
        self.closed = False
        self.begin()
        self.slots: dict[str, threading.Semaphore] = defaultdict(lambda: threading.Semaphore(per_host))
        self.robots: dict[str, RobotFileParser | TemporarySourceError] = {}
        self.askers: dict[str, threading.Lock] = defaultdict(threading.Lock)
        self.lock = threading.Lock()

    def begin(self) -> None:
        """The time limit counts from now, and not while nothing is fetched."""
        self.deadline = time.monotonic() + self.seconds

    def close(self) -> None:
        """Nobody waits for what is still being fetched."""
        self.closed = True

    def fetch(
        self, url: str, *, kinds: frozenset[str] | None = None, known: Validators | None = None
    ) -> Fetched:
        """As `intake.fetch`, tried again with growing pauses where the failure may pass."""
        import stamina

        origin = origin_of(url)
        limits = replace(self.limits, kinds=kinds or self.limits.kinds)
        with self.slot(url):
            if not self.allowed(url, origin):
                raise SourceError(f"{url}: the site's robots.txt asks programs to stay away")
            for attempt in stamina.retry_context(
                on=TemporarySourceError,
                attempts=TRIES,
                timeout=self.left(url),
                wait_initial=0.5,
                wait_max=8.0,
            ):
                with attempt:
                    seconds = min(limits.seconds, self.left(url))
                    return fetch(url, replace(limits, seconds=seconds), known)
        raise AssertionError("a retry ends with a result or an error")

    def asking(self, origin: str) -> threading.Lock:
        """Held by whoever asks for a site's robots.txt: it is asked once."""
        with self.lock:
            return self.askers[origin]

    def slot(self, url: str) -> threading.Semaphore:
        with self.lock:
            return self.slots[urlsplit(url).hostname or ""]

    def left(self, url: str) -> float:
        """Seconds until the deadline of everything."""
        left = self.deadline - time.monotonic()
        if left <= 0 or self.closed or self.stop():
            raise TemporarySourceError(f"{url}: no time was left to fetch it in this run")
        return left

    def allowed(self, url: str, origin: str) -> bool:
        """What robots.txt says; a site without one allows everything, one in trouble nothing (RFC 9309)."""
        with self.asking(origin):
            rules = self.robots.get(origin)
            if rules is None:
                rules = self.robots[origin] = self.read_robots(origin)
        if isinstance(rules, TemporarySourceError):
            raise TemporarySourceError(f"{url}: left alone until its site's robots.txt can be read ({rules})")
        return rules.can_fetch(AGENT, url)

    def read_robots(self, origin: str) -> RobotFileParser | TemporarySourceError:
        rules = RobotFileParser()
        limits = replace(self.limits, size=ROBOTS_SIZE, seconds=min(10.0, self.left(origin)))
        try:
            text = fetch(f"{origin}/robots.txt", limits).data.decode("utf-8", "replace")
        except TemporarySourceError as error:
            return error
        except SourceError:
            text = ""
        rules.parse(text.splitlines())
        return rules


def origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
