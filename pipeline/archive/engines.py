"""Where work is done: in this process, in other processes, or on a Ray cluster. An engine knows no documents."""

import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from multiprocessing import connection, forkserver, get_context, parent_process
from typing import Any, Protocol, Self, TypeVar

from pipeline.archive.options import Options
from pipeline.errors import WorkerError

Task = TypeVar("Task")
Returned = TypeVar("Returned")

TASKS_AHEAD = 2
"""Tasks per core that are handed to Ray in advance, so that no core waits for the driver."""


@dataclass(frozen=True, slots=True)
class WorkerDied:
    """Returned instead of an outcome when the worker process died."""

    reason: str


class Engine(Protocol):
    """Does work on tasks, several at once, and returns each with its outcome as soon as it is done.

    The work is a function of a module and its task a plain value, since both may travel to another machine. It may be
    done twice, and must then do the same. Exceptions of the work are raised here.
    """

    def __call__(
        self, tasks: Iterable[Task], work: Callable[[Task], Returned], /
    ) -> Iterator[tuple[Task, Returned | WorkerDied]]:
        """Yield every task with its outcome."""
        ...


def engine_of(options: Options) -> AbstractContextManager[Engine]:
    """The engine that the options ask for.

    Raises:
        WorkerError: Ray is asked for and not installed.

    """
    if options.engine == "ray":
        return RayCluster(options.address)
    return ProcessPool(options.jobs) if options.jobs else nullcontext(in_process)


def in_process(tasks: Iterable[Task], work: Callable[[Task], Returned]) -> Iterator[tuple[Task, Returned | WorkerDied]]:
    """Work in this process, one task after the other: for tests, debuggers, and where no process can be started."""
    for task in tasks:
        yield task, work(task)


class ProcessPool:
    """Processes of this machine, each a pool of its own, so that a death concerns only its own task."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self._idle: list[ProcessPoolExecutor] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """End all processes at once and wait for them, before this process ends."""
        with ThreadPoolExecutor(max(len(self._idle), 1)) as threads:
            list(threads.map(_end, self._idle))

    def __call__(
        self, tasks: Iterable[Task], work: Callable[[Task], Returned]
    ) -> Iterator[tuple[Task, Returned | WorkerDied]]:
        """Yield every task with its outcome, as every `Engine` does."""
        waiting = iter(tasks)
        running: dict[Future[Returned], tuple[ProcessPoolExecutor, Task]] = {}
        try:
            while True:
                while len(running) < self.jobs and (task := next(waiting, None)) is not None:
                    try:
                        future, worker = self._start(work, task)
                        running[future] = worker, task
                    except (EOFError, OSError) as error:  # a process starts with its first task
                        yield task, WorkerDied(f"no worker process could be started: {error!r}")
                if not running:
                    return
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    worker, task = running.pop(future)
                    outcome = self._outcome(future, worker)
                    yield task, outcome
        finally:
            self._idle += [worker for worker, _ in running.values()]

    def _start(self, work: Callable[[Task], Returned], task: Task) -> tuple[Future[Returned], ProcessPoolExecutor]:
        """Start the work in an idle process, or in a new one; an idle one that died meanwhile is no loss."""
        while self._idle:
            worker = self._idle.pop()
            try:
                return worker.submit(work, task), worker
            except BrokenProcessPool:
                _end(worker)
        worker = _new_worker()
        return worker.submit(work, task), worker

    def _outcome(self, future: Future[Returned], worker: ProcessPoolExecutor) -> Returned | WorkerDied:
        try:
            returned = future.result()
        except BrokenProcessPool:
            _end(worker)
            return WorkerDied("the worker process died, perhaps out of memory")
        except BaseException:
            self._idle.append(worker)
            raise
        self._idle.append(worker)
        return returned


def _end(worker: ProcessPoolExecutor) -> None:
    worker.shutdown(cancel_futures=True)


@contextmanager
def _same_path_in_children() -> Iterator[None]:
    """Let Python processes find modules where this one does, not in the working folder, which may have other ones."""
    before = dict(os.environ)
    os.environ["PYTHONSAFEPATH"] = "1"
    os.environ["PYTHONPATH"] = os.pathsep.join(path or os.getcwd() for path in sys.path)  # noqa: PTH109 - text
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _new_worker() -> ProcessPoolExecutor:
    """A process forked from a clean one with our modules loaded; a fork of a driver with threads may hang."""
    forkserver.set_forkserver_preload(["__main__", "pipeline.archive.workers"])
    with _same_path_in_children():
        forkserver.ensure_running()
    return ProcessPoolExecutor(1, mp_context=get_context("forkserver"), initializer=_end_with_driver)


def _end_with_driver() -> None:
    """End this process as soon as its driver has ended, however that happened."""
    driver = parent_process()
    if driver is not None:
        threading.Thread(target=_watch, args=(driver.sentinel,), daemon=True).start()


def _watch(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


class RayCluster:
    """The Ray cluster at an address, or one of this machine that ends with the run.

    Inputs and output must be on storage that all machines of the cluster share.
    """

    def __init__(self, address: str | None = None) -> None:
        """Load Ray.

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
        self, tasks: Iterable[Task], work: Callable[[Task], Returned], /
    ) -> Iterator[tuple[Task, Returned | WorkerDied]]:
        """Yield every task with its outcome, as every `Engine` does. Deaths are reported, not retried here."""
        submit = self._ray.remote(num_cpus=1, max_retries=0)(work).remote
        waiting = iter(tasks)
        running: dict[Any, Task] = {}
        while True:
            while len(running) < TASKS_AHEAD * self._cores() and (task := next(waiting, None)) is not None:
                running[submit(task)] = task
            if not running:
                return
            (reference,), _ = self._ray.wait(list(running), num_returns=1)
            yield running.pop(reference), self._outcome(reference)

    def _cores(self) -> int:
        """Cores of the current nodes; nodes may come and go."""
        return max(1, int(self._ray.cluster_resources().get("CPU", 1)))  # type: ignore[no-untyped-call]

    def _outcome(self, reference: Any) -> Any:
        errors = self._ray.exceptions
        try:
            return self._ray.get(reference)
        except (errors.WorkerCrashedError, errors.NodeDiedError, errors.OutOfMemoryError) as error:
            return WorkerDied(f"the worker process died ({type(error).__name__})")
        except errors.RayTaskError as error:
            raise error.cause from None
