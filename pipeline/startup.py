"""How the command starts quickly: without libraries that no run needs, and without the garbage collector."""

import gc
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from importlib.abc import MetaPathFinder


@contextmanager
def without_collector() -> Iterator[None]:
    """Keep Python from looking for cycles, of which documents leave none worth the time.

    It would go through all rows again and again. Also a decorator, so that the rows are gone before it looks.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextmanager
def without(*libraries: str) -> Iterator[None]:
    """Let libraries look as if they were not installed, except where they are loaded already."""
    absent = _Absent(libraries)
    sys.meta_path.insert(0, absent)
    try:
        yield
    finally:
        sys.meta_path.remove(absent)


def without_array_libraries() -> AbstractContextManager[None]:
    """Let Arrow not load NumPy and pandas, which only arrays and data frames need: a third of the start of a run.

    For a process that ends with its run: Arrow does not look for them again.
    """
    return nullcontext() if "pyarrow" in sys.modules else without("numpy", "pandas")


class _Absent(MetaPathFinder):
    """Says of some libraries that they are not there."""

    def __init__(self, libraries: tuple[str, ...]) -> None:
        self._libraries = libraries

    def find_spec(self, fullname: str, _path: object = None, _target: object = None) -> None:
        if fullname in self._libraries:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
