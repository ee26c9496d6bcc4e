"""What a run may take and how it works, and how far it has got."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from pipeline.sources.limits import DEFAULT, Limits

TIME_LIMIT = 60.0
"""Seconds; a hundred times what the longest report takes."""
MEMORY_LIMIT = 2048 * 10**6
"""Bytes of a worker's own data; ten times what the longest report takes."""


@dataclass(frozen=True, slots=True)
class Options:
    """Of all these only the limits may show in a row, and then as the reason why a document is quarantined."""

    size_limit: int = DEFAULT.size_limit
    """Bytes of a document."""
    unpacked_limit: int = DEFAULT.unpacked_limit
    """Bytes that an archive may unpack to."""
    member_limit: int = DEFAULT.member_limit
    """Files of an archive."""
    page_limit: int = DEFAULT.page_limit
    """Pages of a PDF."""
    time_limit: float = TIME_LIMIT
    """Seconds for a document."""
    memory_limit: int = MEMORY_LIMIT
    """Bytes of the process that reads it."""
    jobs: int = 0
    """Processes; 0 for none beside this one, where only the time of a document is limited."""
    engine: Literal["local", "ray"] = "local"
    address: str | None = None
    """Of a Ray cluster; None for one of this machine."""
    retry: bool = False
    """Whether to try again what was quarantined."""
    force: bool = False
    """Whether to parse all of it again."""
    share: tuple[int, int] | None = None
    """Which part of the inputs to read, of how many, from 1; the parts are merged afterwards."""

    @property
    def limits(self) -> dict[str, float]:
        """What decides whether a document can be parsed."""
        names = ("size_limit", "unpacked_limit", "member_limit", "page_limit", "time_limit", "memory_limit")
        return {name: getattr(self, name) for name in names}

    @property
    def file_limits(self) -> Limits:
        """What a file may hold."""
        return Limits(
            size_limit=self.size_limit,
            unpacked_limit=self.unpacked_limit,
            member_limit=self.member_limit,
            page_limit=self.page_limit,
        )

    @property
    def is_apart(self) -> bool:
        """Whether documents are read in processes of their own, which may be ended and replaced."""
        return self.engine == "ray" or self.jobs > 0


class Progress(NamedTuple):
    """How far a run has got."""

    stage: str
    done: int = 0
    total: int | None = None
    bytes_done: int = 0
    quarantined: int = 0


Tell = Callable[[Progress], None]
