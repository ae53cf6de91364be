"""The same tasks on a Dask cluster. Scheduling, retries after a lost worker and the dashboard are Dask's."""

from __future__ import annotations

import threading
import uuid
from contextlib import ExitStack
from typing import TYPE_CHECKING, Self

from distributed import Client, KilledWorker, LocalCluster, WorkerPlugin, as_completed

from bulletin.batch.work import Product, Task, produce
from bulletin.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from distributed import Future, Worker

PATIENCE = 10.0  # seconds in which a scheduler has to answer
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

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            try:
                self.client = stack.enter_context(Client(self.reach(stack), timeout=PATIENCE))
            except (OSError, ValueError) as error:
                raise UsageError(f"--cluster {self.address}: no scheduler answers there: {error}") from error
            self.client.register_plugin(OneThreadAnEngine())
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
        given: dict[str, Task] = {}

        def give() -> Future[Product]:
            task = waiting.pop()
            # never the same name twice: Dask takes that for the same work, also of another run's
            future: Future[Product] = self.client.submit(
                produce_alone, task, key=f"bulletin-{task.name}-{uuid.uuid4()}", retries=1
            )
            given[str(future.key)] = task
            return future

        most = BACKLOG * max(1, sum(self.client.nthreads().values()))
        running = as_completed([give() for _ in range(min(most, len(waiting)))])
        for future in running:
            yield outcome(future, given.pop(str(future.key)))
            if waiting and not stop():
                running.add(give())


def outcome(future: Future[Product], task: Task) -> Product:
    try:
        product: Product = future.result()
    except KilledWorker:
        return Product(task.key, {}, error="the workers that tried it died, perhaps for want of memory")
    except Exception as error:
        return Product(task.key, {}, error=f"the cluster could not do it: {type(error).__name__}: {error}")
    return product
