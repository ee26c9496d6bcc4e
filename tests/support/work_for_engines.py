"""Work that engines are tested with: plain functions of a module that every process can import."""

import os
import signal


def double(number: int) -> int:
    """Twice the number; 3 is an error, and at 5 the process dies."""
    if number == 3:
        raise ValueError(number)
    if number == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def process_of(_: int) -> int:
    """The process that does the work."""
    return os.getpid()
