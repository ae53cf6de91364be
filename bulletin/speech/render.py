"""Utterances to clips: from the store where they were voiced before, else from the engines."""

from __future__ import annotations

from collections import defaultdict
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from bulletin.speech.engine import engine, split_voice_id
from bulletin.speech.jobs import as_spoken, job
from bulletin.speech.memory import fitting
from bulletin.speech.store import Store, unpack
from bulletin.speech.workers import Workers, voice
from bulletin.starting import cores

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
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


def ahead(
    voices: Sequence[str], *, cache: Path | None, workers: int | None = None, staying: bool = False
) -> Workers | None:
    """A process that loads the engines of these voices while there is nothing to say yet.

    Where only two processors are, both have enough to do with reading the article, and it waits for `begin`.
    None where processes don't pay, or where no processor is free. `staying`: it is there for the next
    bulletin too.
    """
    names = dict.fromkeys(split_voice_id(voice)[0] for voice in voices)
    slow = [name for name in names if engine(name).parallel]
    if not slow or workers == 0 or cores() == 1:
        return None
    started = Workers(0, cache, threads=0, engines=slow, staying=staying)
    if cores() > 2:
        begin(started)
    return started


def begin(started: Workers) -> None:
    """Start the process if it didn't before. It has all threads, for it may stay the only one; where others
    join it that costs a twentieth."""
    started.grow(1, usual_workers())


def render(
    utterances: Sequence[Utterance],
    *,
    cache: Path | None,
    workers: int | None = None,
    started: Workers | None = None,
    known: dict[str, Clip] | None = None,
) -> Iterator[Rendered]:
    """The clips as they get ready, in any order; what is in the cache comes first, while others are voiced.

    `workers`: how many processes; 0 voices in this one; None is as many as are fastest here. `started` are
    those that run already: unless they are to stay, they are dismissed in the end. `known`: clips that are in
    memory by their jobs' keys, and in the end those that were asked for.
    An unknown voice is a `VoiceError` before anything is voiced.
    """
    jobs = [job(utterance) for utterance in utterances]
    places: dict[str, list[int]] = defaultdict(list)
    for index, one in enumerate(jobs):
        places[one.key].append(index)
    store = Store(cache)
    known = {} if known is None else known
    for key in known.keys() - places.keys():
        del known[key]
    kept = {key: key in known or store.has(key) for key in places}
    missing = [jobs[places[key][0]] for key, there in kept.items() if not there]
    if started and not missing:
        started.rest()

    def rendered(key: str, clip: Clip, *, cached: bool) -> Iterator[Rendered]:
        known[key] = clip
        for index in places[key]:
            yield Rendered(index, as_spoken(clip, utterances[index].pieces), cached)

    with ExitStack() as stack:
        ready = voiced(missing, store, workers, started, stack)
        damaged = []
        for key in (key for key, there in kept.items() if there):
            clip = known.get(key) or store.get(key)
            if clip is None:
                damaged.append(jobs[places[key][0]])
            else:
                yield from rendered(key, clip, cached=True)
        for one, data in ready:
            yield from rendered(one.key, unpack(data), cached=False)
        for one, data in voiced(damaged, store, workers, started, stack):
            yield from rendered(one.key, unpack(data), cached=False)


def voiced(
    jobs: Sequence[Job], store: Store, workers: int | None, started: Workers | None, stack: ExitStack
) -> Iterator[tuple[Job, bytes]]:
    """Each job with its packed clip: the quick engines' here, when they are asked for, the slow ones' in
    processes, which begin now and end with the stack."""
    slow = [one for one in jobs if engine(one.engine).parallel]
    count = min(len(slow), fitting_workers(slow) if workers is None else workers)
    if not count:
        return ((one, voice(one, store)) for one in jobs)
    threads = max(1, cores() // count)
    processes = started or stack.enter_context(Workers(count, store.folder, threads))
    processes.grow(count, threads)
    there = processes.run(slow)
    here = ((one, voice(one, store)) for one in jobs if not engine(one.engine).parallel)
    return chain(here, voiced_there(processes, there, store))


def voiced_there(
    processes: Workers, answers: Iterator[tuple[Job, bytes]], store: Store
) -> Iterator[tuple[Job, bytes]]:
    """The answers of processes that have begun, and that are done with the last."""
    store.prune()
    yield from answers
    processes.rest()


def fitting_workers(jobs: Sequence[Job]) -> int:
    """The usual ones, or fewer where the voices' models are large and memory is small."""
    return fitting([f"{one.engine}:{one.voice}" for one in jobs], usual_workers())


def usual_workers() -> int:
    """A process per processor, up to four: each holds about half a gigabyte, and threads use the rest."""
    return min(cores(), MOST_WORKERS)
