"""The one error of the public interface, and how errors of the other packages become it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

OWN_PACKAGES = ("pipeline", "parsers", "schemas", "normalizers")
"""What raingan consists of, beside this package. The names are common: another package may hide one of them."""


class Error(Exception):
    """raingan cannot do what it was asked to do; the message says why, and what to do.

    `code` is the code of a finding, such as `needs_ocr` for a document of pictures, where one says the same.
    """

    def __init__(self, message: str, code: str | None = None) -> None:
        super().__init__(message)
        self.code = code


def require_own_packages() -> None:
    """Check that Python finds raingan's packages, not other ones with the same names.

    Raises:
        Error: another package hides one of them.

    """
    home = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))  # noqa: PTH120 - pathlib is slow to load
    for name in OWN_PACKAGES:
        found = _location(name)
        if found is not None and os.path.realpath(found) != os.path.join(home, name):  # noqa: PTH118 - as above
            raise Error(
                f"raingan needs its own package {name!r}, but Python finds another one of that name in {found}; "
                "start raingan from another folder, or install it in an environment of its own"
            )


def _location(name: str) -> str | None:
    """The folder or file that Python loads a package from; of folders that share a name, the first one."""
    loaded = sys.modules.get(name)
    if loaded is not None:
        return next(iter(getattr(loaded, "__path__", ())), getattr(loaded, "__file__", None))
    spec = find_spec(name)
    return None if spec is None else next(iter(spec.submodule_search_locations or ()), spec.origin)


@contextmanager
def errors_explained(out: str = "") -> Iterator[None]:
    """Turn the errors that end a run, or the reading of a document, into an `Error`."""
    from pipeline.errors import CorrectionError, DeclarationError, DocumentError, LockedError, ShareError, WorkerError

    try:
        yield
    except DocumentError as error:
        raise Error(str(error), error.code) from None
    except DeclarationError as error:
        raise Error(f"a form is declared wrongly: {error}") from None
    except (CorrectionError, LockedError, ShareError, WorkerError) as error:
        raise Error(str(error)) from None
    except OSError as error:
        advice = "check that it exists, its permissions, and the disk or the network"
        raise Error(f"{error.filename or out}: {error.strerror or error}; {advice}") from error
