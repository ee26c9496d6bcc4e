"""The documents in a file: the file itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import DocumentError
from pipeline.read import SIZE_LIMIT, file_bytes


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may hold."""

    size_limit: int = SIZE_LIMIT
    """Bytes of a document."""


class Member(NamedTuple):
    """A document as it was found, or the reason why its bytes are not to be had."""

    name: str
    content: bytes | None
    reason: str | None = None
    locator: str | None = None
    """Where `content_at` finds the same bytes again; None where only a pass over the file does."""
    is_skipped: bool = False


def members(path: Path, name: str, limits: Limits) -> Iterator[Member]:
    """Every document in a file."""
    try:
        yield Member(name, file_bytes(path, name=name, size_limit=limits.size_limit), locator="")
    except DocumentError as error:
        yield Member(name, None, reason=str(error))


def content_at(path: Path, locator: str, limits: Limits) -> bytes:
    """The bytes of a document again; a `DocumentError` where they are gone."""
    return file_bytes(path, name=locator or path.name, size_limit=limits.size_limit)
