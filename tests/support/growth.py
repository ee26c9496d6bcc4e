"""How the time of a piece of work grows with its text: ratios inside one process, for machines are shared and noisy."""

import gc
import time
from collections.abc import Callable

FACTOR = 4
NOTICED = 0.02
"""Seconds; ten times what a linear pattern takes for the longer text, a tenth of what a quadratic one takes."""
ATTEMPTS = 5


def seconds(work: Callable[[str], object], text: str) -> float:
    """Of this process alone, whatever else the machine does, and without the collector, which comes when it likes."""
    gc.disable()
    started = time.process_time()
    try:
        work(text)
        return time.process_time() - started
    finally:
        gc.enable()


def grows_too_fast(work: Callable[[str], object], make: Callable[[int], str], small: int) -> bool:
    """Whether a text four times as long takes more than eight times as long, in every one of some attempts."""
    for _ in range(ATTEMPTS):
        longer = seconds(work, make(small * FACTOR))
        if longer < NOTICED or longer <= 2 * FACTOR * max(seconds(work, make(small)), 1e-6):
            return False
    return True


def is_slow(work: Callable[[str], object], text: str) -> bool:
    """Whether a short text takes longer than any sound pattern needs, in every one of some attempts."""
    return all(seconds(work, text) > 5 * NOTICED for _ in range(ATTEMPTS))
