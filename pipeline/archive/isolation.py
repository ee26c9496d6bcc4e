"""What one document may take: seconds, and the memory of its process. The rest of the run takes no harm."""

import faulthandler
import os
import resource
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TypeVar

from pipeline.errors import DocumentError

Result = TypeVar("Result")

TIME_LIMIT = 60.0
"""Seconds; a hundred times what the longest report takes."""
MEMORY_LIMIT = 2048 * 10**6
"""Bytes of a worker's own data; ten times what the longest report takes."""
GRACE = 5.0
"""Seconds after which a worker ends that no alarm wakes, since it sits in code that is not Python's."""


def within_time(seconds: float, work: Callable[[], Result], *, name: str) -> Result:
    """What the work on one document returns, unless it takes longer than so many seconds.

    The alarm rings once a second until the work has ended, because Python drops what is raised inside a destructor or
    a callback. No context manager, since the alarm may ring before such a thing gets to its end. Off the main thread
    there is no alarm, and no limit.

    Raises:
        DocumentError: the time is up.

    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        return work()
    is_over = False

    def ring(_number: int, _frame: FrameType | None) -> None:
        if not is_over:
            raise _TimeIsUpError

    before = signal.signal(signal.SIGALRM, ring)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds, 1)
        return work()
    except _TimeIsUpError:
        is_over = True
        reason = f"{name}: took longer than {seconds:g} s and was stopped; raise --time-limit or split the file"
        raise DocumentError(reason) from None
    finally:
        is_over = True
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def or_end_process(seconds: float) -> Iterator[None]:
    """End this process when the time limit and its grace are over; for workers, which are replaced."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        faulthandler.dump_traceback_later(seconds + GRACE, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


@contextmanager
def within_memory(limit: int) -> Iterator[None]:
    """Let this process have no more than so many bytes of data; more is a `MemoryError`. For workers only."""
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


class _TimeIsUpError(BaseException):
    """No `Exception`, so that no handler on the way takes it for one of its own."""
