"""How the command starts quickly: without the libraries that no run needs, and without the collector of garbage."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.abc import MetaPathFinder


@contextmanager
def without_collector() -> Iterator[None]:
    """Keep Python from looking for cycles, of which neither modules nor documents leave any worth the time.

    It would go through all modules and rows ever again. Also a decorator, so that the rows are gone before it looks.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextmanager
def without(library: str) -> Iterator[None]:
    """Have a library look as if it were not installed, for who asks meanwhile; not if it is loaded already."""
    absent = _Absent(library)
    sys.meta_path.insert(0, absent)
    try:
        yield
    finally:
        sys.meta_path.remove(absent)


def load_arrow() -> None:
    """Load Arrow without NumPy, which it asks for and only arrays and data frames need: a sixth of the start of a run.

    For a process that ends with its run; where either is loaded already, it stays as it is.
    """
    if not {"numpy", "pyarrow"} & sys.modules.keys():
        with without("numpy"):
            import pyarrow  # noqa: F401  # for the others, who find it loaded


class _Absent(MetaPathFinder):
    """Says of one library that it is not there."""

    def __init__(self, library: str) -> None:
        self._library = library

    def find_spec(self, fullname: str, _path: object = None, _target: object = None) -> None:
        if fullname == self._library:
            raise ImportError(fullname)
