"""Work on a Ray cluster, of this machine or of many; inputs and output lie on storage that all of them share."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Self

import ray
from ray.exceptions import NodeDiedError, OutOfMemoryError, RayTaskError, WorkerCrashedError

from pipeline.archive.engines import Died, Result, Task

TASKS_AHEAD = 2
"""Tasks for each core that are handed over before they can begin, so that no core waits for the driver."""
_DEATHS = (WorkerCrashedError, NodeDiedError, OutOfMemoryError)


class Cluster:
    """An engine: the cluster at an address, or one of this machine that ends with the run."""

    def __init__(self, address: str | None = None) -> None:
        self.address = address

    def __enter__(self) -> Self:
        self._is_ours = not ray.is_initialized()
        if self._is_ours:
            ray.init(address=self.address, log_to_driver=False, configure_logging=False, include_dashboard=False)
        return self

    def __exit__(self, *_: object) -> None:
        if self._is_ours:
            ray.shutdown()

    def __call__(
        self, tasks: Iterable[Task], work: Callable[[Task], Result], /
    ) -> Iterator[tuple[Task, Result | Died]]:
        """Yield every task with its result; as an `Engine` does. A death is told, not tried again here."""
        submit = ray.remote(num_cpus=1, max_retries=0)(work).remote
        waiting = iter(tasks)
        under_way: dict[Any, Task] = {}
        while True:
            while len(under_way) < TASKS_AHEAD * _cores() and (task := next(waiting, None)) is not None:
                under_way[submit(task)] = task
            if not under_way:
                return
            (reference,), _ = ray.wait(list(under_way), num_returns=1)
            yield under_way.pop(reference), _result(reference)


def _cores() -> int:
    """Cores of the nodes that are there now; nodes may come and go."""
    return max(1, int(ray.cluster_resources().get("CPU", 1)))  # type: ignore[no-untyped-call]


def _result(reference: Any) -> Any:
    try:
        return ray.get(reference)
    except _DEATHS as error:
        return Died(f"the process that read it died ({type(error).__name__})")
    except RayTaskError as error:
        raise error.cause from None
