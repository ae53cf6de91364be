"""Chapters as the Podcasting 2.0 namespace has them: JSON, version 1.2.0."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bulletin.model import Bulletin, Chapter


def _web(address: str | None) -> bool:
    return bool(address) and str(address).startswith(("https://", "http://"))


def _entry(chapter: Chapter) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "startTime": round(chapter.start, 3),
        "endTime": round(chapter.end, 3),
        "title": chapter.title,
    }
    if _web(chapter.url):
        entry["url"] = chapter.url
    if _web(chapter.image):
        entry["img"] = chapter.image
    return entry


def chapters_json(bulletin: Bulletin) -> str:
    document = {
        "version": "1.2.0",
        "title": bulletin.title,
        "author": bulletin.station or "bulletin",
        "chapters": [_entry(chapter) for chapter in bulletin.chapters],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
