"""Giving the speakers of a bulletin their voices: the same speaker the same, neighbours never the same.

Speakers are the nodes of a graph whose edges join those who are heard one after the other. It is coloured
greedily, the most constrained speaker first (DSATUR, Brélaz 1979), which needs few colours on the
chain-like graphs that articles make.
"""

from __future__ import annotations

import dataclasses
import unicodedata
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bulletin.model import Gender, Script, Segment
    from bulletin.speech.casts import Cast

Neighbours = dict[str, set[str]]


def assign(scripts: Sequence[Script], cast: Cast) -> list[Script]:
    """The scripts with every segment's voice filled in."""
    voices = quote_voices(scripts, cast)

    def voiced(segment: Segment) -> Segment:
        by_role = {"headline": cast.headline, "narration": cast.narrator}
        voice = by_role[segment.role] if segment.role in by_role else voices[key(segment)]
        return dataclasses.replace(segment, voice=voice)

    return [
        dataclasses.replace(script, segments=tuple(voiced(segment) for segment in script.segments))
        for script in scripts
    ]


def key(segment: Segment) -> str:
    """Who speaks, however the name is written; "" is somebody unknown."""
    return folded(segment.speaker.name) if segment.speaker else ""


def folded(name: str) -> str:
    """
    >>> folded("Élisabeth  BORNE") == folded("elisabeth borne")
    True
    """
    bare = unicodedata.normalize("NFKD", name)
    return " ".join("".join(sign for sign in bare if not unicodedata.combining(sign)).casefold().split())


def quotes(scripts: Sequence[Script]) -> Iterator[list[Segment]]:
    """Each script's quotes in reading order."""
    for script in scripts:
        yield [segment for segment in script.segments if segment.role == "quote"]


def neighbours(scripts: Sequence[Script]) -> Neighbours:
    """For each speaker, in order of appearance, those heard right before or after."""
    near: Neighbours = defaultdict(set)
    for said in quotes(scripts):
        for segment in said:
            near[key(segment)]
        for one, other in pairwise(said):
            if key(one) != key(other):
                near[key(one)].add(key(other))
                near[key(other)].add(key(one))
    return dict(near)


def genders(scripts: Sequence[Script]) -> dict[str, Gender]:
    """Each speaker's gender, as far as any of their quotes tells."""
    known: dict[str, Gender] = {}
    for said in quotes(scripts):
        for segment in said:
            gender = segment.speaker.gender if segment.speaker else "unknown"
            if known.get(key(segment), "unknown") == "unknown":
                known[key(segment)] = gender
    return known


def quote_voices(scripts: Sequence[Script], cast: Cast) -> dict[str, str]:
    """Each speaker's voice."""
    near, gender_of = neighbours(scripts), genders(scripts)
    pins = {folded(name): voice for name, voice in cast.pins.items()}
    voices = {speaker: pins[speaker] for speaker in near if speaker in pins}
    used = Counter(voices.values())
    order = {speaker: place for place, speaker in enumerate(near)}
    while waiting := [speaker for speaker in near if speaker not in voices]:
        taken = {
            speaker: {voices[other] for other in near[speaker] if other in voices} for speaker in waiting
        }
        speaker = min(waiting, key=lambda one: (-len(taken[one]), order[one]))
        voices[speaker] = best_voice(choices(cast, gender_of[speaker]), taken[speaker], used)
        used[voices[speaker]] += 1
    return voices


def choices(cast: Cast, gender: Gender) -> list[list[str]]:
    """Voices to take, the first list first: of the gender, then of no known gender, then the presenters'.

    The other gender's come before the narrator's: whoever speaks must never sound like the narrator.
    """
    own, neutral = cast.quotes[gender], cast.quotes["unknown"]
    every = [voice for voices in cast.quotes.values() for voice in voices]
    groups = [own, neutral, every] if own else [neutral, every]
    presenters = {cast.narrator, cast.headline}
    quoted = [[voice for voice in group if voice != cast.narrator] for group in groups]
    return [*quoted, sorted(presenters - {cast.narrator}), [cast.narrator]]


def best_voice(groups: Sequence[Sequence[str]], taken: set[str], used: Counter[str]) -> str:
    """The least used voice of the first group that has one no neighbour has; else the least used of all."""
    for group in groups:
        if free := [voice for voice in group if voice not in taken]:
            return min(free, key=lambda voice: used[voice])
    return min((voice for group in groups for voice in group), key=lambda voice: used[voice])
