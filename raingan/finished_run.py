"""A run that is done: what it did, and its tables."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from pipeline.archive.options import Options
from pipeline.archive.run import run
from pipeline.archive.run_summary import RunSummary
from pipeline.commands.terminal import progress_bar
from pipeline.sources.find import missing_inputs
from raingan.errors import Error


@dataclass(frozen=True, slots=True)
class FinishedRun:
    """What `raingan.run` did, and where its tables are."""

    out: Path
    """The folder of the tables: one folder of Parquet files for each, and `run.json`."""
    summary: RunSummary
    """What `run.json` holds: counts of documents, rows and findings, seconds, versions."""

    def __repr__(self) -> str:
        counts = "".join(f", {table}={count}" for table, count in self.summary.rows.items() if count)
        return f"<raingan.FinishedRun {self.out}: quarantined={self.summary.quarantined}{counts}>"

    @property
    def quarantined(self) -> Mapping[str, str]:
        """The documents that could not be read, with the reasons; the first thousand."""
        return self.summary.reasons


def require_sound(options: Options, *, retry: str) -> None:
    """Refuse values that the command refuses too."""
    counts = (options.size_limit, options.unpacked_limit, options.member_limit, options.page_limit)
    shard = tuple(options.share or (1, 1))
    rules = {
        "max_bytes, max_unpacked, max_members and max_pages are at least 1": min(counts) >= 1,
        "jobs is a number of processes; 0 works in this one": options.jobs >= 0,
        "time_limit is in seconds, more than 0": options.time_limit > 0,
        "memory_limit is in megabytes, at least 256": options.memory_limit >= 256 * 10**6,
        "retry is 'failed' or 'none'": retry in ("failed", "none"),
        "engine is 'local' or 'ray'": options.engine in ("local", "ray"),
        "address is that of a Ray cluster; add engine='ray'": options.address is None or options.engine == "ray",
        "shard is the number of a part and how many there are, such as (1, 4) to (4, 4)": len(shard) == 2
        and 1 <= shard[0] <= shard[1],
    }
    for rule, is_met in rules.items():
        if not is_met:
            raise Error(f"an option has a wrong value: {rule}")


def run_over(inputs: Sequence[str], out: Path, options: Options, *, is_shown: bool) -> FinishedRun:
    """Run over inputs that exist, with a progress bar if it is to be shown."""
    if lost := missing_inputs(inputs):
        raise Error(f"no such file or folder: {', '.join(lost)}; check the path")
    with progress_bar(is_shown=is_shown) as progress, _without_main_module():
        return FinishedRun(out, run(inputs, out, options=options, progress=progress))


@contextmanager
def _without_main_module() -> Iterator[None]:
    """Hide the caller's script: worker processes would run it again where it lacks `if __name__ == "__main__"`."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
