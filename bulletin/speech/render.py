"""Utterances to clips: from the store where they were voiced before, else from the engines."""

from __future__ import annotations

from collections import defaultdict
from contextlib import ExitStack, closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletin.speech.engine import engine, split_voice_id
from bulletin.speech.jobs import as_spoken, job
from bulletin.speech.memory import fitting
from bulletin.speech.store import Store, unpack
from bulletin.speech.workers import Workers, voice
from bulletin.starting import cores

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


def ahead(voices: Sequence[str], *, cache: Path | None, workers: int | None = None) -> Workers | None:
    """A process that loads the engines of these voices while there is nothing to say yet.

    Where only two processors are, both have enough to do with reading the article, and it waits for `begin`.
    None where processes don't pay, or where no processor is free.
    """
    names = dict.fromkeys(split_voice_id(voice)[0] for voice in voices)
    slow = [name for name in names if engine(name).parallel]
    if not slow or workers == 0 or cores() == 1:
        return None
    started = Workers(0, cache, threads=0, engines=slow)
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
) -> Iterator[Rendered]:
    """The clips as they get ready, in any order; what is in the cache comes first.

    `workers`: how many processes; 0 voices in this one; None is as many as are fastest here. `started` are
    those that run already: they are dismissed in the end.
    An unknown voice is a `VoiceError` before anything is voiced.
    """
    jobs = [job(utterance) for utterance in utterances]
    places: dict[str, list[int]] = defaultdict(list)
    for index, one in enumerate(jobs):
        places[one.key].append(index)
    store = Store(cache)
    if started and all(store.has(key) for key in places):
        started.dismiss()
    missing: list[Job] = []
    for key, indices in places.items():
        clip = store.get(key)
        if clip is None:
            missing.append(jobs[indices[0]])
            continue
        for index in indices:
            yield Rendered(index, as_spoken(clip, utterances[index].pieces), cached=True)
    with closing(voiced(missing, store, workers, started)) as ready:
        for one, data in ready:
            clip = unpack(data)
            for index in places[one.key]:
                yield Rendered(index, as_spoken(clip, utterances[index].pieces), cached=False)


def voiced(
    jobs: Sequence[Job], store: Store, workers: int | None, started: Workers | None = None
) -> Generator[tuple[Job, bytes], None, None]:
    """Each job with its packed clip: the quick engines' here, the slow ones' in processes."""
    slow = [one for one in jobs if engine(one.engine).parallel]
    count = min(len(slow), fitting_workers(slow) if workers is None else workers)
    here = jobs if count == 0 else [one for one in jobs if not engine(one.engine).parallel]
    for one in here:
        yield one, voice(one, store)
    if count:
        threads = max(1, cores() // count)
        with ExitStack() as stack:
            processes = started or stack.enter_context(Workers(count, store.folder, threads))
            processes.grow(count, threads)
            store.prune()
            yield from processes.run(slow)
            processes.dismiss()


def fitting_workers(jobs: Sequence[Job]) -> int:
    """The usual ones, or fewer where the voices' models are large and memory is small."""
    return fitting([f"{one.engine}:{one.voice}" for one in jobs], usual_workers())


def usual_workers() -> int:
    """A process per processor, up to four: each holds about half a gigabyte, and threads use the rest."""
    return min(cores(), MOST_WORKERS)
