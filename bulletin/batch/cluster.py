"""The same tasks on a Dask cluster. Scheduling, retries after a lost worker and the dashboard are Dask's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from distributed import Client, KilledWorker, LocalCluster, WorkerPlugin, as_completed

from bulletin.batch.work import Product, Task, produce
from bulletin.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from distributed import Future, Worker

PATIENCE = 10.0  # seconds in which a scheduler has to answer
BACKLOG = 2  # tasks given out per thread, so that no worker waits and few results are lost at a stop


class OneThreadAnEngine(WorkerPlugin):
    """Set-up of every worker, also of one that replaces a dead one."""

    name = "bulletin-engines"

    def setup(self, worker: Worker) -> None:
        import os

        os.environ["OMP_NUM_THREADS"] = "1"


class ClusterPool:
    """`address` is tcp://host:port of a scheduler, or local:N for N processes of this machine."""

    def __init__(self, address: str) -> None:
        self.address = address

    def client(self) -> Client:
        kind, _, rest = self.address.partition(":")
        try:
            if kind == "local":
                cluster = LocalCluster(n_workers=int(rest or 2), threads_per_worker=1, dashboard_address=":0")
                return Client(cluster)
            return Client(self.address, timeout=PATIENCE)
        except (OSError, ValueError) as error:
            raise UsageError(f"--cluster {self.address}: no scheduler answers there: {error}") from error

    def run(self, tasks: Sequence[Task], stop: Callable[[], bool]) -> Iterator[Product]:
        waiting = sorted(tasks, key=lambda task: task.size)
        given: dict[str, Task] = {}

        def give() -> Future[Product]:
            task = waiting.pop()
            name = f"bulletin-{len(given)}-{task.name}"
            future: Future[Product] = client.submit(produce, task, key=name, retries=1)
            given[name] = task
            return future

        with self.client() as client:
            client.register_plugin(OneThreadAnEngine())
            most = BACKLOG * max(1, sum(client.nthreads().values()))
            running = as_completed([give() for _ in range(min(most, len(waiting)))])
            for future in running:
                yield outcome(future, given[str(future.key)])
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
