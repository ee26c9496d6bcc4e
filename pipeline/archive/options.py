"""The options of a run, and its progress."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from pipeline.sources.limits import DEFAULT, Limits

TIME_LIMIT = 60.0
"""Seconds: a hundred times what the longest report takes."""
MEMORY_LIMIT = 2048 * 10**6
"""Bytes of a worker's data: ten times what the longest report takes."""


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a run. Only the limits may show in rows, as reasons why a document is quarantined."""

    size_limit: int = DEFAULT.size_limit
    """Bytes of a document."""
    unpacked_limit: int = DEFAULT.unpacked_limit
    """Bytes of the unpacked files of an archive."""
    member_limit: int = DEFAULT.member_limit
    """Files of an archive."""
    page_limit: int = DEFAULT.page_limit
    """Pages of a PDF."""
    time_limit: float = TIME_LIMIT
    """Seconds for a document."""
    memory_limit: int = MEMORY_LIMIT
    """Bytes of the process that reads a document."""
    jobs: int = 0
    """At most so many worker processes; a few small texts are read without any. 0 for none.

    Without one, only the time of a document is limited.
    """
    engine: Literal["local", "ray"] = "local"
    address: str | None = None
    """Address of a Ray cluster; None starts one on this machine."""
    retry: bool = False
    """Whether to try again what was quarantined."""
    force: bool = False
    """Whether to parse everything again."""
    share: tuple[int, int] | None = None
    """The part of the inputs to read, such as (3, 8), from 1; `merge` joins the parts."""

    @property
    def limits(self) -> dict[str, float]:
        """The limits that decide whether a document can be parsed."""
        names = ("size_limit", "unpacked_limit", "member_limit", "page_limit", "time_limit", "memory_limit")
        return {name: getattr(self, name) for name in names}

    @property
    def file_limits(self) -> Limits:
        """The limits of single files."""
        return Limits(
            size_limit=self.size_limit,
            unpacked_limit=self.unpacked_limit,
            member_limit=self.member_limit,
            page_limit=self.page_limit,
        )

    @property
    def has_workers(self) -> bool:
        """Whether documents are read in processes of their own, which may be killed and replaced."""
        return self.engine == "ray" or self.jobs > 0


class Progress(NamedTuple):
    """How far a run has come."""

    stage: str
    done: int = 0
    total: int | None = None
    bytes_done: int = 0
    quarantined: int = 0


ProgressCallback = Callable[[Progress], None]
