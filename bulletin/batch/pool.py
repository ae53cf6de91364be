"""Where tasks run: processes of this machine, or a Dask cluster. Both take tasks and yield products.

A task that takes its process down with it is reported as failed; the others go on in new processes.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import tempfile
import threading
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Protocol, Self

from bulletin.batch.work import Product, Task, produce
from bulletin.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

MEMORY_PER_WORKER = 1.5e9  # bytes: a model, a grammar, and the samples of a long programme
DIED = "its process died, perhaps for want of memory"


class Pool(Protocol):
    """Open for a whole run, so that what a worker loaded serves all its tasks.

    `page` is the address at which a person can watch it, if there is one.
    """

    page: str | None

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None: ...

    def run(self, tasks: Sequence[Task], stop: Callable[[], bool]) -> Iterator[Product]:
        """Products as they get ready; no new task is begun once `stop` says so."""
        ...


def usual_workers() -> int:
    """As many as there are cores, and no more than memory holds."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else 8e9
    return max(1, min(cores, int(memory // MEMORY_PER_WORKER)))


def start_worker(scratch: str) -> None:
    """One thread a process: the processes share the cores. The parent alone answers signals."""
    os.environ["OMP_NUM_THREADS"] = "1"
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    tempfile.tempdir = scratch
    threading.Thread(target=end_with_parent, args=(scratch,), daemon=True).start()


def end_with_parent(scratch: str) -> None:
    """A parent that was killed leaves nobody waiting for work that can't come, and no scratch files."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    shutil.rmtree(scratch, ignore_errors=True)
    os._exit(1)


def end_children() -> None:
    for process in multiprocessing.active_children():
        process.kill()


class LocalPool:
    """Processes of this machine, each with models of its own that stay loaded."""

    def __init__(self, workers: int | None = None) -> None:
        self.page: str | None = None
        self.workers = workers or usual_workers()
        self.processes: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        self.scratch = tempfile.TemporaryDirectory(prefix="bulletin-")
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """What is in work is waited for, unless somebody insists on the end."""
        if kind is KeyboardInterrupt:
            end_children()
        if self.processes:
            self.processes.shutdown(cancel_futures=True)
        self.processes = None
        self.scratch.cleanup()

    def executor(self, workers: int) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(workers, context, initializer=start_worker, initargs=(self.scratch.name,))

    def run(self, tasks: Sequence[Task], stop: Callable[[], bool]) -> Iterator[Product]:
        waiting = sorted(tasks, key=lambda task: task.size)
        suspects: list[Task] = []
        while waiting and not stop():
            self.processes = self.processes or self.executor(self.workers)
            yield from self.until_broken(self.processes, waiting, suspects, stop)
            if waiting or suspects:  # it is broken, or stopped: either way nobody is at work any more
                end_children()  # who don't listen to SIGTERM, by which a broken pool ends those that are left
                self.processes.shutdown()
                self.processes = None
            while suspects:  # one of those in flight took the pool down: each alone tells which
                task = suspects.pop()
                with self.executor(1) as executor:
                    yield outcome(executor.submit(produce, task), task)

    def until_broken(
        self,
        executor: ProcessPoolExecutor,
        waiting: list[Task],
        suspects: list[Task],
        stop: Callable[[], bool],
    ) -> Iterator[Product]:
        """Keeps every process busy and one task in hand; a broken pool leaves those in flight as suspects."""
        flying: dict[Future[Product], Task] = {}
        while True:
            while waiting and len(flying) <= self.workers and not suspects and not stop():
                try:
                    future = executor.submit(produce, waiting[-1])
                except BrokenProcessPool:
                    break
                flying[future] = waiting.pop()
            if not flying:
                return
            for future in wait(flying, return_when=FIRST_COMPLETED).done:
                task = flying.pop(future)
                if isinstance(future.exception(), BrokenProcessPool):
                    suspects.append(task)
                else:
                    yield outcome(future, task)


def outcome(future: Future[Product], task: Task) -> Product:
    try:
        return future.result()
    except BrokenProcessPool:
        return Product(task.key, {}, error=DIED)
    except Exception as error:
        return Product(task.key, {}, error=f"could not be handed over: {type(error).__name__}: {error}")


def pool_for(cluster: str | None, workers: int | None) -> Pool:
    """`cluster`: None, local:N, or the address of a Dask scheduler."""
    if cluster is None:
        return LocalPool(workers)
    try:
        from bulletin.batch.cluster import ClusterPool
    except ImportError as error:
        raise UsageError("--cluster needs Dask: pip install 'bulletin[cluster]'") from error
    return ClusterPool(cluster)
