"""Utterances to clips: from the store where they were voiced before, else from the engines."""

from __future__ import annotations

import os
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletin.speech.engine import engine
from bulletin.speech.jobs import as_spoken, job
from bulletin.speech.memory import fitting
from bulletin.speech.store import Store, unpack
from bulletin.speech.workers import Workers, voice

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from pathlib import Path

    from bulletin.model import Clip, Utterance
    from bulletin.speech.jobs import Job

MOST_WORKERS = 4


@dataclass(frozen=True, slots=True, eq=False)
class Rendered:
    """One utterance's clip; `index` is its place among the utterances."""

    index: int
    clip: Clip
    cached: bool


def render(
    utterances: Sequence[Utterance], *, cache: Path | None, workers: int | None = None
) -> Iterator[Rendered]:
    """The clips as they get ready, in any order; what is in the cache comes first.

    `workers`: how many processes; 0 voices in this one; None is as many as are fastest here.
    An unknown voice is a `VoiceError` before anything is voiced.
    """
    jobs = [job(utterance) for utterance in utterances]
    places: dict[str, list[int]] = defaultdict(list)
    for index, one in enumerate(jobs):
        places[one.key].append(index)
    store = Store(cache)
    missing: list[Job] = []
    for key, indices in places.items():
        clip = store.get(key)
        if clip is None:
            missing.append(jobs[indices[0]])
            continue
        for index in indices:
            yield Rendered(index, as_spoken(clip, utterances[index].pieces), cached=True)
    with closing(voiced(missing, store, workers)) as ready:
        for one, data in ready:
            clip = unpack(data)
            for index in places[one.key]:
                yield Rendered(index, as_spoken(clip, utterances[index].pieces), cached=False)


def voiced(
    jobs: Sequence[Job], store: Store, workers: int | None
) -> Generator[tuple[Job, bytes], None, None]:
    """Each job with its packed clip: the quick engines' here, the slow ones' in processes."""
    slow = [one for one in jobs if engine(one.engine).parallel]
    count = min(len(slow), fitting_workers(slow) if workers is None else workers)
    here = jobs if count == 0 else [one for one in jobs if not engine(one.engine).parallel]
    for one in here:
        yield one, voice(one, store)
    if count:
        store.prune()
        with Workers(count, store.folder, threads=max(1, cores() // count)) as processes:
            yield from processes.run(slow)


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def fitting_workers(jobs: Sequence[Job]) -> int:
    """The usual ones, or fewer where the voices' models are large and memory is small."""
    return fitting([f"{one.engine}:{one.voice}" for one in jobs], usual_workers())


def usual_workers() -> int:
    """A process per processor, up to four: each holds about half a gigabyte, and threads use the rest."""
    return min(cores(), MOST_WORKERS)
