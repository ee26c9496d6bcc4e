"""Where work is done: in this process, in others of this machine, or on a Ray cluster. Engines know no documents."""

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from multiprocessing import connection, forkserver, get_context, parent_process
from typing import Any, Protocol, Self, TypeVar

from pipeline.archive.options import Options
from pipeline.errors import WorkerError

Task = TypeVar("Task")
Result = TypeVar("Result")

TASKS_AHEAD = 2
"""Tasks for each core that are handed to Ray before they can begin, so that no core waits for the driver."""


@dataclass(frozen=True, slots=True)
class Died:
    """What comes instead of a result when the process died that worked on it."""

    reason: str


class Engine(Protocol):
    """Does work on tasks, several at once, and gives each with its result in the order in which they are done.

    The work is a plain function of a module and its task a plain value, for both may travel to another machine. It may
    be done twice, so it must come to the same both times. What the work raises is raised here.
    """

    def __call__(
        self, tasks: Iterable[Task], work: Callable[[Task], Result], /
    ) -> Iterator[tuple[Task, Result | Died]]:
        """Yield every task with its result."""
        ...


def engine_of(options: Options) -> AbstractContextManager[Engine]:
    """What does the work, by the options of a run.

    Raises:
        WorkerError: Ray is asked for and not installed.

    """
    if options.engine == "ray":
        return RayCluster(options.address)
    return Pool(options.jobs) if options.jobs else nullcontext(in_process)


def in_process(tasks: Iterable[Task], work: Callable[[Task], Result]) -> Iterator[tuple[Task, Result | Died]]:
    """Do the work here, one task after the other: for tests, for a debugger, and where processes are not to be had."""
    for task in tasks:
        yield task, work(task)


class Pool:
    """Processes of this machine, each a pool of its own, so that a death concerns the one task that it worked on."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self._idle: list[ProcessPoolExecutor] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """End all processes at once, and wait for them: what watches one must not close while this process ends."""
        with ThreadPoolExecutor(max(len(self._idle), 1)) as threads:
            list(threads.map(_end, self._idle))

    def __call__(self, tasks: Iterable[Task], work: Callable[[Task], Result]) -> Iterator[tuple[Task, Result | Died]]:
        """Yield every task with its result; as an `Engine` does."""
        waiting = iter(tasks)
        under_way: dict[Future[Result], tuple[ProcessPoolExecutor, Task]] = {}
        try:
            while True:
                while len(under_way) < self.jobs and (task := next(waiting, None)) is not None:
                    try:
                        future, worker = self._begun(work, task)
                        under_way[future] = worker, task
                    except (EOFError, OSError) as error:  # a process starts with its first task
                        yield task, Died(f"no process could be started for it: {error!r}")
                if not under_way:
                    return
                for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                    worker, task = under_way.pop(future)
                    result = self._result(future, worker)
                    yield task, result
        finally:
            self._idle += [worker for worker, _ in under_way.values()]

    def _begun(self, work: Callable[[Task], Result], task: Task) -> tuple[Future[Result], ProcessPoolExecutor]:
        """The work begun by a process that is there, or by a new one; one that died while it was idle is no loss."""
        while self._idle:
            worker = self._idle.pop()
            try:
                return worker.submit(work, task), worker
            except BrokenProcessPool:
                _end(worker)
        worker = _worker()
        return worker.submit(work, task), worker

    def _result(self, future: Future[Result], worker: ProcessPoolExecutor) -> Result | Died:
        try:
            result = future.result()
        except BrokenProcessPool:
            _end(worker)
            return Died("the process that read it died, perhaps for want of memory")
        except BaseException:
            self._idle.append(worker)
            raise
        self._idle.append(worker)
        return result


def _end(worker: ProcessPoolExecutor) -> None:
    worker.shutdown(cancel_futures=True)


def warm_up() -> None:
    """Begin to load what workers need, while the driver still has other things to do."""
    forkserver.set_forkserver_preload(["__main__", "pipeline.archive.workers"])
    forkserver.ensure_running()


def _worker() -> ProcessPoolExecutor:
    """A process forked from a clean one with our modules loaded; a fork of a driver that has threads may hang."""
    warm_up()
    return ProcessPoolExecutor(1, mp_context=get_context("forkserver"), initializer=_end_with_driver)


def _end_with_driver() -> None:
    """End this process as soon as the one that started it has ended, however it did."""
    driver = parent_process()
    if driver is not None:
        threading.Thread(target=_watch, args=(driver.sentinel,), daemon=True).start()


def _watch(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


class RayCluster:
    """An engine: the Ray cluster at an address, or one of this machine that ends with the run.

    Inputs and output lie on storage that all machines of the cluster share.
    """

    def __init__(self, address: str | None = None) -> None:
        """Load Ray, which nothing else needs.

        Raises:
            WorkerError: it is not installed.

        """
        try:
            import ray
        except ImportError as error:
            raise WorkerError("--engine ray needs Ray: pip install 'raingan[ray]'") from error
        self.address = address
        self._ray = ray

    def __enter__(self) -> Self:
        self._is_ours = not self._ray.is_initialized()
        if self._is_ours:
            self._ray.init(address=self.address, log_to_driver=False, configure_logging=False, include_dashboard=False)
        return self

    def __exit__(self, *_: object) -> None:
        if self._is_ours:
            self._ray.shutdown()

    def __call__(
        self, tasks: Iterable[Task], work: Callable[[Task], Result], /
    ) -> Iterator[tuple[Task, Result | Died]]:
        """Yield every task with its result; as an `Engine` does. A death is told, not tried again here."""
        submit = self._ray.remote(num_cpus=1, max_retries=0)(work).remote
        waiting = iter(tasks)
        under_way: dict[Any, Task] = {}
        while True:
            while len(under_way) < TASKS_AHEAD * self._cores() and (task := next(waiting, None)) is not None:
                under_way[submit(task)] = task
            if not under_way:
                return
            (reference,), _ = self._ray.wait(list(under_way), num_returns=1)
            yield under_way.pop(reference), self._result(reference)

    def _cores(self) -> int:
        """Cores of the nodes that are there now; nodes may come and go."""
        return max(1, int(self._ray.cluster_resources().get("CPU", 1)))  # type: ignore[no-untyped-call]

    def _result(self, reference: Any) -> Any:
        errors = self._ray.exceptions
        try:
            return self._ray.get(reference)
        except (errors.WorkerCrashedError, errors.NodeDiedError, errors.OutOfMemoryError) as error:
            return Died(f"the process that read it died ({type(error).__name__})")
        except errors.RayTaskError as error:
            raise error.cause from None
