"""Captions: the text as written, in lines that can be read, at the times it is heard."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from bulletin.publish.tags import clock
from bulletin.publish.timing import Written, written_words
from bulletin.publish.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bulletin.model import Cue, Utterance

LINE = 42  # characters, the custom for Latin script
LINES = 2
LONGEST = 7.0  # s
SHORTEST = 1.0  # s: a caption may stay after its words where nothing follows at once
GAP = 0.04  # s between captions that would touch
BREAKS = {";": 6.0, ":": 6.0, ".": 6.0, "!": 6.0, "?": 6.0, "…": 5.0, ",": 5.0, "—": 4.0, "–": 4.0, "»": 2.0}
# a line had better begin with these than end on them
JOINING = frozenset(
    """
    le la les l un une des du de d à au aux en et ou mais que qui qu dont où dans sur par pour avec sans
    ce cette ces son sa ses ne pas se lorsque quand si après avant depuis bien
    the a an of to in on at by for from with and or but that which who this its his her is was when after
    """.split()  # noqa: SIM905  as one text it can be read
)


@dataclass(frozen=True, slots=True)
class Caption:
    """One or two lines on screen, in seconds."""

    start: float
    end: float
    speaker: str
    lines: tuple[str, ...]


def speaker_name(utterance: Utterance) -> str:
    """Who is heard: the quoted person by name, or the narrator."""
    if utterance.speaker is not None:
        return utterance.speaker.name
    return wording(utterance.language)["unknown" if utterance.role == "quote" else "narrator"]


def wrapped(words: Sequence[str]) -> tuple[str, ...]:
    """The words in as few lines as they need; two lines are balanced, and end where one would breathe."""
    text = " ".join(words)
    if len(text) <= LINE or len(words) < 2:
        return tuple(text[i : i + LINE] for i in range(0, len(text), LINE)) if len(words) == 1 else (text,)
    return min(
        ((" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words))),
        key=lambda lines: _cost_of_break(*lines) + _imbalance(*lines) / 8 + _too_long(lines),
    )


def _imbalance(first: str, second: str) -> int:
    return abs(len(first) - len(second))


def _too_long(lines: Sequence[str]) -> float:
    return 100.0 * sum(max(0, len(line) - LINE) for line in lines)


def _cost_of_break(before: str, after: str) -> float:
    """0 after a full stop, 3 before a word that begins a group, 9 inside what belongs together."""
    last, first = before.split()[-1].casefold(), re.split(r"['’\s]", after.casefold(), maxsplit=1)[0]
    if last.endswith(("'", "’")) or last in JOINING:
        return 9.0
    mark = before.rstrip('»”"\u00a0\u202f )')[-1:]
    return 6.0 - max(BREAKS.get(mark, 0.0), 3.0 if first in JOINING else 0.0)


def _fits(words: Sequence[Written]) -> bool:
    """Whether one caption holds them: by its time, and by lines that take words as long as there is room."""
    if len(words) == 1:
        return True
    lines, room = 1, LINE
    for word in words:
        if len(word.text) > room:
            lines, room = lines + 1, LINE
        room -= len(word.text) + 1
        if lines > LINES or room < -1:
            return False
    return words[-1].end - words[0].start <= LONGEST


def _split(words: Sequence[Written]) -> list[Sequence[Written]]:
    """Cut into few captions, each at a good place: dynamic programming over the word boundaries."""
    breaks = [_cost_of_break(one.text, other.text) for one, other in pairwise(words)] + [0.0]
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(words) + 1):
        choices, size = [], 0
        for start in range(end - 1, -1, -1):
            if not _fits(words[start:end]):
                break
            size += len(words[start].text) + 1
            short = 6.0 * max(0.0, 1 - size / LINE)
            choices.append((best[start][0] + (8.0 + short + breaks[end - 1]), start))
        best.append(min(choices))
    cuts = [len(words)]
    while cuts[-1]:
        cuts.append(best[cuts[-1]][1])
    cuts.reverse()
    return [words[first:last] for first, last in pairwise(cuts)]


def captions(cues: Iterable[Cue]) -> list[Caption]:
    """One or more captions per cue, none over another."""
    found: list[Caption] = []
    for cue in cues:
        words = written_words(cue)
        for group in _split(words) if words else ():
            lines = wrapped([word.text for word in group])
            found.append(Caption(group[0].start, group[-1].end, speaker_name(cue.utterance), lines))
    ends = [caption.start for caption in found[1:]] + [float("inf")]
    return [
        Caption(caption.start, _end(caption, following), caption.speaker, caption.lines)
        for caption, following in zip(found, ends, strict=True)
    ]


def _end(caption: Caption, following: float) -> float:
    """Where it is very short it may stay on screen until just before the next one."""
    wanted = max(caption.end, caption.start + SHORTEST)
    return max(min(wanted, following - GAP), min(caption.end, following))


def _comma(time: str) -> str:
    return time.replace(".", ",")


def vtt(cues: Iterable[Cue]) -> str:
    """WebVTT with a voice span on every caption."""
    blocks = ["WEBVTT"]
    for caption in captions(cues):
        voice = " ".join(caption.speaker.replace(">", " ").split())
        text = "\n".join(escape(line, quote=False) for line in caption.lines)
        times = f"{clock(caption.start)} --> {clock(caption.end)}"
        blocks.append(f"{times}\n<v {escape(voice, quote=False)}>{text}</v>")
    return "\n\n".join(blocks) + "\n"


def srt(cues: Iterable[Cue]) -> str:
    """SubRip: numbered, the speaker named where the voice changes."""
    blocks = []

    for number, caption in enumerate(captions(cues), 1):
        lines = caption.lines
        times = f"{_comma(clock(caption.start))} --> {_comma(clock(caption.end))}"
        blocks.append(f"{number}\n{times}\n" + "\n".join(lines))

    return "\n\n".join(blocks) + "\n" if blocks else ""
