"""Where work is done: in this process, in other processes, or on a Ray cluster. An engine knows no documents."""

import gc
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import Pipe, connection, forkserver, get_context, parent_process
from pathlib import Path
from traceback import format_exc
from typing import Any, Protocol, Self, TypeVar
from warnings import catch_warnings

from pipeline.archive.options import Options
from pipeline.errors import WorkerError

Task = TypeVar("Task")
Returned = TypeVar("Returned")

_PRELOADED = "pipeline.archive.workers"
"""The module that loads what every worker needs."""
_ALLOCATOR = "jemalloc_bg_thd"
"""The name of the thread that Arrow's allocator starts with the library."""
START_RETRIES, START_PAUSE = 20, 0.05
"""How often a refused start of a process is tried again, and after how many seconds."""
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
    """Processes of this machine, each at the end of its own pipe, so that a death concerns only its own task."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self._idle: list[_Worker] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """End all processes at once and wait for them, before this process ends."""
        for worker in self._idle:
            worker.dismiss()
        for worker in self._idle:
            worker.process.join()

    def __call__(
        self, tasks: Iterable[Task], work: Callable[[Task], Returned]
    ) -> Iterator[tuple[Task, Returned | WorkerDied]]:
        """Yield every task with its outcome, as every `Engine` does."""
        waiting, running = iter(tasks), dict[Any, tuple[_Worker, Task]]()
        try:
            while True:
                while len(running) < self.jobs and (task := next(waiting, None)) is not None:
                    try:
                        worker = self._start(work, task)
                        running[worker.pipe] = worker, task
                    except (EOFError, OSError) as error:  # a process starts with its first task
                        yield task, WorkerDied(f"no worker process could be started: {error!r}")
                if not running:
                    return
                for pipe in connection.wait(list(running)):
                    worker, task = running.pop(pipe)
                    yield task, self._outcome(worker)
        finally:
            for worker, _ in running.values():
                worker.process.kill()
                worker.process.join()

    def _start(self, work: Callable[[Task], Returned], task: Task) -> "_Worker":
        """Start the work in an idle process, or in a new one; an idle one that died meanwhile is no loss."""
        while self._idle:
            worker = self._idle.pop()
            with suppress(OSError):
                worker.pipe.send((work, task))
                return worker
        worker = _new_worker()
        worker.pipe.send((work, task))
        return worker

    def _outcome(self, worker: "_Worker") -> Any:
        """What the work of a process returned; the exception that it raised is raised here."""
        try:
            returned, error = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join()
            return WorkerDied("the worker process died, perhaps out of memory")
        self._idle.append(worker)
        if error is not None:
            raise error
        return returned


class _Worker:
    """A process that does one task after the other, and our end of the pipe to it."""

    def __init__(self) -> None:
        self.pipe, theirs = Pipe()
        with theirs, catch_warnings(action="ignore", category=DeprecationWarning):  # of the allocator's thread
            self.process = _start_method().Process(target=_serve, args=(theirs,), daemon=True)
            self.process.start()

    def dismiss(self) -> None:
        """Let the process end when its work is done."""
        with suppress(OSError):
            self.pipe.send(None)


def _new_worker() -> _Worker:
    """Start a process; the server that forks it refuses for a moment where it was killed and is not yet known dead."""
    for _ in range(START_RETRIES):
        with suppress(ConnectionRefusedError):
            return _Worker()
        time.sleep(START_PAUSE)
    return _Worker()


def _start_method() -> Any:
    """A fork of this process with our modules loaded, or of a clean one: a fork of one with threads may hang."""
    if _has_one_thread():
        import_module(_PRELOADED)
        return get_context("fork")
    forkserver.set_forkserver_preload(["__main__", _PRELOADED])
    with _same_path_in_children():
        forkserver.ensure_running()
    return get_context("forkserver")


def _has_one_thread() -> bool:
    """Whether this process is known to have no other thread, but for that of Arrow's allocator, which expects forks."""
    names = [name.read_text().strip() for name in Path("/proc/self/task").glob("*/comm")]
    return len(names) - names.count(_ALLOCATOR) == 1


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


def _serve(pipe: Any) -> None:
    """Do tasks until there are no more, and end as soon as the driver has ended, however that happened."""
    gc.freeze()  # what the driver loaded lives as long as this process: the collector need not touch shared memory
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the driver, which gets it too, ends this process
    driver = parent_process()
    if driver is not None:
        threading.Thread(target=_watch, args=(driver.sentinel,), daemon=True).start()
    while (order := pipe.recv()) is not None:
        work, task = order
        try:
            returned, error = work(task), None
        except Exception as raised:  # noqa: BLE001 - it is raised again in the driver
            raised.add_note(f"in a worker process:\n{format_exc()}")
            returned, error = None, raised
        pipe.send((returned, error))


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
            resources = self._ray.cluster_resources()  # type: ignore[no-untyped-call]  # nodes may come and go
            cores = max(1, int(resources.get("CPU", 1)))
            while len(running) < TASKS_AHEAD * cores and (task := next(waiting, None)) is not None:
                running[submit(task)] = task
            if not running:
                return
            (reference,), _ = self._ray.wait(list(running), num_returns=1)
            yield running.pop(reference), self._outcome(reference)

    def _outcome(self, reference: Any) -> Any:
        errors = self._ray.exceptions
        try:
            return self._ray.get(reference)
        except (errors.WorkerCrashedError, errors.NodeDiedError, errors.OutOfMemoryError) as error:
            return WorkerDied(f"the worker process died ({type(error).__name__})")
        except errors.RayTaskError as error:
            raise error.cause from None
