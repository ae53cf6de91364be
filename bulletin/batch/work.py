"""One item's work, as it is done in any process on any machine: an article in, the files' bytes out."""

from __future__ import annotations

import hashlib
import tempfile
from collections import deque
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin.errors import BulletinError

if TYPE_CHECKING:
    from datetime import datetime

    from bulletin.config import Settings
    from bulletin.model import Article


@dataclass(frozen=True, slots=True)
class Task:
    """Everything that a worker needs; `size` in characters orders the tasks, longest first."""

    key: str
    name: str
    extension: str
    articles: tuple[Article, ...]
    settings: Settings
    now: datetime

    @property
    def size(self) -> int:
        return sum(len(paragraph.text) for article in self.articles for paragraph in article.paragraphs)


@dataclass(frozen=True, slots=True)
class Product:
    """What came of a task: files by name, the audio last; or the error, one line."""

    key: str
    files: dict[str, bytes]
    title: str = ""
    seconds: float = 0.0
    voiced: int = 0
    cached: int = 0
    error: str | None = None


def produce(task: Task) -> Product:
    """Make the bulletin in a folder of its own and hand back the bytes. An error is a product, too."""
    from bulletin import pipeline

    settings = replace(task.settings, workers=0, force=True)
    with tempfile.TemporaryDirectory(prefix="bulletin-") as scratch:
        path = Path(scratch) / f"{task.name}.{task.extension}"
        try:
            finished = deque(pipeline.make(task.articles, path, settings, task.now), maxlen=1).pop()
        except BulletinError as error:
            return Product(task.key, {}, error=" ".join(str(error).split()))
        except Exception as error:
            return Product(task.key, {}, error=f"a fault of the program: {type(error).__name__}: {error}")
        assert isinstance(finished, pipeline.Finished)
        audio, *beside = finished.published.files
        files = {file.name: file.read_bytes() for file in (*beside, audio)}
    return Product(
        task.key,
        files,
        finished.bulletin.title,
        finished.published.seconds,
        finished.voiced,
        finished.cached,
    )


def text_hash(articles: tuple[Article, ...]) -> str:
    """Changes when a word that is read changes, and not with the page around it or the order of articles."""
    return hashlib.sha256("".join(sorted(map(hash_of_text, articles))).encode()).hexdigest()


def hash_of_text(article: Article) -> str:
    digest = hashlib.sha256()
    for text in (article.title or "", *(paragraph.text for paragraph in article.paragraphs)):
        digest.update(" ".join(text.split()).encode("utf-8", "replace") + b"\n")
    return digest.hexdigest()
