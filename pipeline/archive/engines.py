"""Where work is done: in this process, or in processes of this machine. An engine knows nothing of documents."""

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import connection, forkserver, get_context, parent_process
from typing import Protocol, Self, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


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
