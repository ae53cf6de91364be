"""Processes that voice sentences, each with engines of its own.

Processes, not threads, because espeak-ng keeps one state per process. They are started afresh (spawn), so
that nothing of the parent's threads is in them, and take the longest sentences first, so that all end
at about the same time.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import tempfile
from multiprocessing import resource_tracker
from multiprocessing.connection import wait
from types import ModuleType
from typing import TYPE_CHECKING

from bulletin.errors import BulletinError, SpeechError
from bulletin.speech.engine import engine
from bulletin.speech.store import Store, pack
from bulletin.starting import BLAS_THREADS, one_thread_for_numpy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess
    from pathlib import Path

    from bulletin.speech.jobs import Job

PATIENCE = 2.0
"""Seconds that a worker whose pipe broke is given to be dead."""


def voice(job: Job, store: Store) -> bytes:
    """Say it, keep it, and hand over its packed form. Whatever goes wrong is one clear error."""
    try:
        data = pack(job.speak())
    except BulletinError:
        raise
    except Exception as error:
        kind = type(error).__name__
        raise SpeechError(f"{job.engine}:{job.voice} could not say {job.text!r}: {kind}: {error}") from error
    store.put(job.key, data)
    return data


def worker(
    connection: Connection, folder: Path | None, threads: int, scratch: str, engines: Sequence[str]
) -> None:
    """What a process does: get the engines ready, then one job after the other until the parent hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ["OMP_NUM_THREADS"] = str(threads)
    os.environ.pop(BLAS_THREADS, None)
    tempfile.tempdir = scratch
    store = Store(folder)
    for name in engines:
        get_ready(name)
    with contextlib.suppress(EOFError, OSError):
        while True:
            job = connection.recv()
            try:
                connection.send(voice(job, store))
            except BulletinError as error:
                connection.send(error)


def get_ready(engine_name: str) -> None:
    """Load what the engine's first sentence would wait for. What goes wrong is told by that sentence."""
    with contextlib.suppress(Exception):
        prepare = getattr(engine(engine_name), "prepare", None)
        if prepare:
            prepare()


class Workers:
    """A few such processes. They are ended on leaving, whatever they are doing.

    `engines` are made ready in each as soon as it is there. `staying` ones wait for more to say.
    """

    def __init__(
        self,
        count: int,
        folder: Path | None,
        threads: int,
        engines: Sequence[str] = (),
        *,
        staying: bool = False,
    ) -> None:
        self.scratch = tempfile.TemporaryDirectory(prefix="bulletin-")
        self.folder, self.engines, self.staying = folder, engines, staying
        self.processes: dict[Connection, SpawnProcess] = {}
        self.dismissed: list[SpawnProcess] = []
        self.grow(count, threads)

    def grow(self, count: int, threads: int) -> None:
        """As many processes as that, the new ones with so many threads each."""
        with interrupts_held_back(), one_thread_for_numpy(), nothing_of_the_program():
            for _ in range(count - len(self.processes)):
                self.start(threads)

    def start(self, threads: int) -> None:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        given = (theirs, self.folder, threads, self.scratch.name, self.engines)
        process = context.Process(target=worker, args=given, daemon=True)
        process.start()
        theirs.close()
        self.processes[ours] = process

    def __enter__(self) -> Workers:
        return self

    def rest(self) -> None:
        """All that is wanted for now is said."""
        if not self.staying:
            self.dismiss()

    def dismiss(self) -> None:
        """Nothing more is wanted of those that are there. What they said is kept by now, so nobody waits for
        them. New ones may be started."""
        while self.processes:
            connection, process = self.processes.popitem()
            connection.close()
            process.terminate()
            self.dismissed.append(process)

    def __exit__(self, *_: object) -> None:
        self.dismiss()
        for process in self.dismissed:
            process.join()
        self.scratch.cleanup()

    def run(self, jobs: Sequence[Job]) -> Iterator[tuple[Job, bytes]]:
        """Each job with its packed clip, as they get ready. The longest begin now, unasked."""
        self.waiting = sorted(jobs, key=lambda job: len(job.text))
        self.busy: dict[Connection, Job] = {}
        for connection in self.processes:
            self.give(connection)
        return self.answers()

    def answers(self) -> Iterator[tuple[Job, bytes]]:
        """Those of the jobs that run."""
        while self.busy:
            ready = wait(list(self.busy))
            for connection in [one for one in self.busy if one in ready]:
                job = self.busy.pop(connection)
                data = self.answer(connection, job)
                self.give(connection)
                yield job, data

    def give(self, connection: Connection) -> None:
        """The longest sentence that waits, if any."""
        if self.waiting:
            job = self.waiting.pop()
            self.busy[connection] = job
            with contextlib.suppress(OSError):
                connection.send(job)

    def answer(self, connection: Connection, job: Job) -> bytes:
        try:
            answer = connection.recv()
        except (EOFError, OSError) as error:
            process = self.processes[connection]
            process.join(PATIENCE)
            raise SpeechError(
                f"the process that voiced {job.text!r} died (exit code {process.exitcode}): "
                "perhaps memory ran out; try --workers 1"
            ) from error
        if isinstance(answer, BulletinError):
            raise answer
        data: bytes = answer
        return data


@contextlib.contextmanager
def nothing_of_the_program() -> Iterator[None]:
    """New processes would first run the file that this program was started with: here, all commands."""
    program = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = program


@contextlib.contextmanager
def interrupts_held_back() -> Iterator[None]:
    """Ctrl-C reaches every process of the terminal: keep it from new ones until they ignore it.

    A blocked signal stays blocked in a process that is started meanwhile, and a worker ignores it for good.
    Python's tracker of resources comes first, because starting it lifts the block.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
