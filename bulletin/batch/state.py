"""What became of every item, in SQLite beside the bulletins: a killed run's successor goes on from here."""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from bulletin.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

NAME = "bulletin.sqlite"
FIRST_PAUSE = 300.0  # seconds before a failed item is tried again; doubled each time
PATIENCE = 30.0  # seconds that another program may hold the state
MOST_TRIES = 6  # then it is set aside
LONGEST_PAUSE = FIRST_PAUSE * 2 ** (MOST_TRIES - 1)

Status = Literal["new", "working", "done", "failed", "aside", "duplicate", "expired"]

SCHEMA = """
CREATE TABLE IF NOT EXISTS items (
    key TEXT PRIMARY KEY, show TEXT NOT NULL, source TEXT NOT NULL, title TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL DEFAULT 'new', fingerprint TEXT, text_hash TEXT, name TEXT UNIQUE,
    files TEXT NOT NULL DEFAULT '[]', error TEXT, tries INTEGER NOT NULL DEFAULT 0,
    next_try REAL NOT NULL DEFAULT 0, changed REAL NOT NULL DEFAULT 0, published TEXT,
    seconds REAL NOT NULL DEFAULT 0, guid TEXT
);
CREATE INDEX IF NOT EXISTS by_text ON items (text_hash);
CREATE INDEX IF NOT EXISTS by_guid ON items (guid);
CREATE TABLE IF NOT EXISTS feeds (choice TEXT, url TEXT, etag TEXT, modified TEXT, PRIMARY KEY (choice, url));
"""


@dataclass(frozen=True, slots=True)
class Item:
    """One bulletin to be: where it comes from, how far it is, and which files it became.

    `fingerprint` is what its feed says of it, `text_hash` what is to be read, `guid` what its feed calls it;
    `seconds` is its length, `changed` when it got its status.
    """

    key: str
    show: str
    source: str
    title: str = ""
    status: Status = "new"
    fingerprint: str | None = None
    text_hash: str | None = None
    name: str | None = None
    files: tuple[str, ...] = ()
    error: str | None = None
    tries: int = 0
    next_try: float = 0.0
    changed: float = 0.0
    published: str | None = None
    seconds: float = 0.0
    guid: str | None = None

    def failed(self, reason: str, now: float) -> Item:
        """After one more failure: to be tried again later, each time later, or set aside."""
        tries = self.tries + 1
        status: Status = "aside" if tries >= MOST_TRIES else "failed"
        pause = FIRST_PAUSE * 2 ** (tries - 1)
        return replace(self, status=status, error=reason, tries=tries, next_try=now + pause)

    def due(self, now: float) -> bool:
        """A pause that no pause can be is one of a clock that was wrong, and over."""
        resting = now < self.next_try <= now + LONGEST_PAUSE
        return self.status in {"new", "working"} or (self.status == "failed" and not resting)


class State:
    """The table of items. Every method is one transaction; a power cut loses the last one at most."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self.connection = sqlite3.connect(folder / NAME, timeout=PATIENCE, isolation_level=None)
            self.connection.execute("PRAGMA journal_mode=WAL")
            self.connection.execute("PRAGMA synchronous=FULL")
            self.add_columns()
            self.connection.executescript(SCHEMA)
        except (sqlite3.Error, OSError) as error:
            raise OutputError(f"{folder}: no state can be kept there: {error}") from error
        self.connection.row_factory = sqlite3.Row

    def add_columns(self) -> None:
        """What a table of an earlier version lacks."""
        known = {row[1] for row in self.connection.execute("PRAGMA table_info(items)")}
        if known and "guid" not in known:
            self.connection.execute("ALTER TABLE items ADD COLUMN guid TEXT")

    def close(self) -> None:
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            yield self.connection
            self.connection.execute("COMMIT")
        except sqlite3.Error as error:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            raise OutputError(f"{self.folder / NAME} can't be written: {error}") from error

    def rows(self, query: str, *values: object) -> list[sqlite3.Row]:
        try:
            return self.connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise OutputError(f"{self.folder / NAME} can't be read: {error}") from error

    def one(self, query: str, *values: object) -> Item | None:
        return next(map(item_of, self.rows(query, *values)), None)

    def get(self, key: str) -> Item | None:
        return self.one("SELECT * FROM items WHERE key = ?", key)

    def put(self, item: Item) -> Item:
        """Write it whole, stamped with the time."""
        stamped = replace(item, changed=time.time())
        self.note([stamped])
        return stamped

    def note(self, items: Iterable[Item]) -> None:
        """Write them whole in one transaction, as they are: for what doesn't change their status."""
        marks = ", ".join(f":{name}" for name in COLUMNS)
        insert = f"INSERT OR REPLACE INTO items ({', '.join(COLUMNS)}) VALUES ({marks})"
        with self.transaction() as connection:
            connection.executemany(insert, map(values_of, items))

    def items(self, *statuses: Status) -> list[Item]:
        """All items, or those of the named statuses, in the order of their last change."""
        rows = self.rows("SELECT * FROM items ORDER BY changed, key")
        return [item for row in rows if (item := item_of(row)) and (not statuses or item.status in statuses)]

    def of_guid(self, guid: str) -> Item | None:
        """The item that a feed called so, under whatever address."""
        return self.one("SELECT * FROM items WHERE guid = ? LIMIT 1", guid)

    def same_text(self, text_hash: str, but: str) -> Item | None:
        """Another item with the same text that is finished, at work, or was finished once."""
        query = """SELECT * FROM items WHERE text_hash = ? AND key != ?
                   AND (status IN ('done', 'working', 'expired') OR files != '[]') LIMIT 1"""
        return self.one(query, text_hash, but)

    def holds(self, prefix: str, fingerprint: str) -> bool:
        """Whether an item whose key begins so, and that was told so, is done."""
        query = "SELECT 1 FROM items WHERE substr(key, 1, ?) = ? AND fingerprint = ? AND status = 'done'"
        return bool(self.rows(query, len(prefix), prefix, fingerprint))

    def release(self, text_hash: str | None) -> None:
        """Whoever was left out for the sake of this text, which has failed, has its turn."""
        with self.transaction() as connection:
            connection.execute(
                "UPDATE items SET status = 'new' WHERE status = 'duplicate' AND text_hash = ?", (text_hash,)
            )

    def resume(self) -> None:
        """Nothing is at work when a run begins: what is called so was cut off."""
        with self.transaction() as connection:
            connection.execute("UPDATE items SET status = 'new' WHERE status = 'working'")

    def overtake(self, show: str, prefix: str, but: str) -> None:
        """The unfinished items of a show whose keys begin so are set aside, but for one."""
        with self.transaction() as connection:
            connection.execute(
                """UPDATE items SET status = 'aside', error = coalesce(error, 'overtaken by newer stories')
                   WHERE show = ? AND substr(key, 1, ?) = ? AND key != ?
                   AND status IN ('new', 'working', 'failed')""",
                (show, len(prefix), prefix, but),
            )

    def free_name(self, wanted: str, key: str) -> str:
        """`wanted`, or with a number where another item has that name."""
        query = "SELECT 1 FROM items WHERE name = ? AND key != ?"
        number, name = 1, wanted
        while self.rows(query, name, key):
            number += 1
            name = f"{wanted}-{number}"
        return name

    def retry(self) -> int:
        """Everything that failed or was set aside is due at once; how many."""
        with self.transaction() as connection:
            query = "UPDATE items SET status = 'new', tries = 0, next_try = 0"
            return connection.execute(f"{query} WHERE status IN ('failed', 'aside')").rowcount

    def validators(self, choice: str, url: str) -> tuple[str | None, str | None]:
        """ETag and Last-Modified of a feed when all that a show chooses of it was last taken."""
        rows = self.rows("SELECT etag, modified FROM feeds WHERE choice = ? AND url = ?", choice, url)
        return (rows[0]["etag"], rows[0]["modified"]) if rows else (None, None)

    def was_feed(self, url: str) -> bool:
        """Whether an address was a feed once."""
        return bool(self.rows("SELECT 1 FROM feeds WHERE url = ? LIMIT 1", url))

    def seen(self, choice: str, url: str, etag: str | None, modified: str | None) -> None:
        with self.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO feeds VALUES (?, ?, ?, ?)", (choice, url, etag, modified)
            )


COLUMNS = tuple(Item.__dataclass_fields__)


def values_of(item: Item) -> dict[str, Any]:
    values = {name: getattr(item, name) for name in COLUMNS}
    return {**values, "files": json.dumps(list(item.files), ensure_ascii=False)}


def item_of(row: sqlite3.Row) -> Item:
    values = {name: row[name] for name in COLUMNS}
    return Item(**{**values, "files": tuple(json.loads(values["files"]))})
