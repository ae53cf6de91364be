"""The same tasks on a Dask cluster. Scheduling, retries after a lost worker and the dashboard are Dask's."""

from __future__ import annotations

import logging
import threading
import time
import uuid
from concurrent.futures import CancelledError
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Self

from distributed import Client, KilledWorker, LocalCluster, TimeoutError, WorkerPlugin, wait

from bulletin.batch.work import Product, Task, produce
from bulletin.errors import ClusterError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from distributed import Future, Worker

PATIENCE = 10.0  # seconds in which a scheduler and a first worker have to answer
LOOK = 2.0  # seconds between two looks whether there is still a cluster
GIVEN_UP = 60.0  # seconds without a worker after which nobody is expected to replace the dead ones
ALONE = threading.Lock()
BACKLOG = 2  # tasks given out per thread, so that no worker waits and few results are lost at a stop


class OneThreadAnEngine(WorkerPlugin):
    """Set-up of every worker, also of one that replaces a dead one."""

    name = "bulletin-engines"

    def setup(self, worker: Worker) -> None:
        import os

        import bulletin.pipeline  # noqa: F401  # imports take longer than a short article

        os.environ["OMP_NUM_THREADS"] = "1"


def produce_alone(task: Task) -> Product:
    """One task at a time in a process, however many threads a worker has: engines aren't thread-safe."""
    with ALONE:
        return produce(task)


class ClusterPool:
    """`address` is tcp://host:port of a scheduler, or local:N for N processes of this machine."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.page: str | None = None

    def __enter__(self) -> Self:
        for name in ("distributed", "distributed.client"):  # it shows tracebacks; what matters is said here
            logging.getLogger(name).setLevel(logging.CRITICAL)
        with ExitStack() as stack:
            try:
                self.client = stack.enter_context(Client(self.reach(stack), timeout=PATIENCE))
            except (OSError, ValueError) as error:
                raise UsageError(f"--cluster {self.address}: no scheduler answers there: {error}") from error
            try:
                self.client.wait_for_workers(1, timeout=PATIENCE)
            except TimeoutError as error:
                raise UsageError(f"--cluster {self.address}: its scheduler has no workers") from error
            self.client.register_plugin(OneThreadAnEngine())
            self.page = self.client.dashboard_link
            self.stack = stack.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.stack.close()

    def reach(self, stack: ExitStack) -> str | LocalCluster:
        """The scheduler's address, or a cluster of this machine that ends with the run."""
        kind, _, count = self.address.partition(":")
        if kind != "local":
            return self.address
        cluster: LocalCluster = stack.enter_context(
            LocalCluster(n_workers=int(count or 2), threads_per_worker=1, dashboard_address="127.0.0.1:0")
        )
        return cluster

    def run(self, tasks: Sequence[Task], stop: Callable[[], bool]) -> Iterator[Product]:
        waiting = sorted(tasks, key=lambda task: task.size)
        given: dict[Future[Product], Task] = {}
        while True:
            most = BACKLOG * max(1, self.threads())
            while waiting and len(given) < most and not stop():
                task = waiting.pop()
                given[self.submitted(task)] = task
            if not given:
                return
            for future in self.ready(given):
                yield outcome(future, given.pop(future))

    def submitted(self, task: Task) -> Future[Product]:
        """Never the same name twice: Dask takes that for the same work, also of another run's."""
        key = f"bulletin-{task.name}-{uuid.uuid4()}"
        future: Future[Product] = self.client.submit(produce_alone, task, key=key, retries=1)
        return future

    def threads(self) -> int:
        """Of all workers that there are just now; 0 where nobody answers."""
        try:
            return sum(self.client.nthreads().values())
        except OSError:
            return 0

    def ready(self, given: Iterable[Future[Product]]) -> list[Future[Product]]:
        """Those that are finished, at least one; ClusterError where nobody is left who could finish one."""
        seen = time.monotonic()
        while time.monotonic() - seen < GIVEN_UP:
            with suppress(TimeoutError, CancelledError):
                wait(list(given), timeout=LOOK, return_when="FIRST_COMPLETED")
            if any(future.status in {"lost", "cancelled"} for future in given):
                break
            if ready := [future for future in given if future.status != "pending"]:
                return ready
            if self.threads():
                seen = time.monotonic()
        raise ClusterError(f"--cluster {self.address}: its scheduler or all its workers are gone")


def outcome(future: Future[Product], task: Task) -> Product:
    try:
        product: Product = future.result()
    except KilledWorker:
        return Product(task.key, {}, error="the workers that tried it died, perhaps for want of memory")
    except Exception as error:
        return Product(task.key, {}, error=f"the cluster could not do it: {type(error).__name__}: {error}")
    return product
