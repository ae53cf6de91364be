"""Scripts and finished bulletins as programs and people read them."""

from __future__ import annotations

import textwrap
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bulletin.model import Script, Segment
    from bulletin.pipeline import Finished

WIDTH = 88


def script_json(script: Script) -> dict[str, Any]:
    """The promise that programs read: see the README. `unread` is what normalization left as it was."""
    return {
        "title": script.title,
        "language": script.language,
        "source": script.source,
        "byline": script.byline,
        "date": script.date,
        "segments": [
            {
                "role": segment.role,
                "text": segment.text,
                "spoken": segment.spoken,
                "speaker": segment.speaker.name if segment.speaker else None,
                "gender": segment.speaker.gender if segment.speaker else None,
                "voice": segment.voice,
                "paragraph": segment.paragraph,
            }
            for segment in script.segments
        ],
        "left_out": [asdict(item) for item in script.left_out],
        "unread": list(script.unread),
    }


def bulletin_json(finished: Finished) -> dict[str, Any]:
    """What `bulletin make --json` says: files, length, loudness, work done."""
    return {
        "title": finished.bulletin.title,
        "seconds": round(len(finished.bulletin.samples) / finished.bulletin.rate, 3),
        "files": [str(path) for path in finished.published.files],
        "loudness": asdict(finished.published.loudness),
        "utterances": {"voiced": finished.voiced, "cached": finished.cached},
        "chapters": [asdict(chapter) for chapter in finished.bulletin.chapters],
    }


def script_text(script: Script) -> str:
    """The script for a person: who says what in which voice, what is said differently, what is left out."""
    blocks = [block for segment in script.segments for block in segment_lines(segment)]
    if script.left_out:
        blocks += ["", "Left out:"]
        blocks += [f"  [{item.reason}] {textwrap.shorten(item.text, WIDTH)}" for item in script.left_out]
    if script.unread:
        blocks += ["", "Not understood, left as written:", *(f"  {item}" for item in script.unread)]
    return "\n".join(blocks).strip()


def segment_lines(segment: Segment) -> Iterator[str]:
    who = segment.role.upper()
    if segment.role == "quote":
        speaker = segment.speaker
        who += f" {speaker.name} ({speaker.gender})" if speaker else " nobody known"
    yield f"\n{segment.paragraph:>3} {who} [{segment.voice or 'no voice'}]"
    yield textwrap.fill(segment.text, WIDTH, initial_indent="    ", subsequent_indent="    ")
    for written, said in differences(segment):
        yield f"    ~ {written} → {said}"


def differences(segment: Segment) -> list[tuple[str, str]]:
    """What is said otherwise than it is written, and what is pronounced by the lexicon."""
    changed = [(piece.written.strip(), piece.spoken.strip()) for piece in segment.pieces]
    pronounced = [(p.written.strip(), p.pronunciation) for p in segment.pieces if p.pronunciation]
    return [pair for pair in changed if pair[0] != pair[1]] + [
        (written, said) for written, said in pronounced if said is not None
    ]
