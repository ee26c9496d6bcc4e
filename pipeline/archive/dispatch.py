"""Batches to an engine, and again where a process died: a document takes down at most itself."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from pipeline.archive.engines import Died, Engine, Result, Task
from pipeline.archive.plan import key_of
from pipeline.archive.work import Batch, Parsed, Place, parse_batch, under_way
from pipeline.errors import WorkerError

MOST_DEATHS = 3
"""Deaths at one document after which it is to blame; the first may have come from elsewhere."""


def each_done(tasks: Iterable[Task], work: Callable[[Task], Result], engine: Engine) -> Iterator[tuple[Task, Result]]:
    """Every task with its result, tried again where a process died of it.

    Raises:
        WorkerError: processes die of a task each time.

    """
    waiting: Iterable[Task] = tasks
    for _ in range(MOST_DEATHS):
        again: list[Task] = []
        for task, result in engine(waiting, work):
            if isinstance(result, Died):
                again.append(task)
                reason = result.reason
            else:
                yield task, result
        if not again:
            return
        waiting = again
    raise WorkerError(f"{len(again)} pieces of work cannot be done: {reason}")


def dispatch(batches: Iterable[Batch], engine: Engine) -> Iterator[tuple[Batch, Parsed]]:
    """Have all batches parsed; what a process died of is tried by itself, and quarantined where it does so again.

    Raises:
        WorkerError: processes die before they get to any document.

    """
    deaths: Counter[str] = Counter()
    waiting: Iterable[Batch] = batches
    while waiting:
        again: list[Batch] = []
        for batch, parsed in engine(waiting, parse_batch):
            if isinstance(parsed, Died):
                again += _after_death(batch, parsed, deaths)
            else:
                yield batch, parsed
        waiting = again


def _after_death(batch: Batch, died: Died, deaths: Counter[str]) -> Iterator[Batch]:
    """The document that the process had in hand by itself, and the others of its batch."""
    suspect = under_way(batch)
    deaths[suspect or ""] += 1
    if suspect is None:
        if deaths[""] > MOST_DEATHS:
            raise WorkerError(f"processes end before they have begun: {died.reason}")
        yield batch
        return
    others = tuple(place for place in batch.places if place.seen.source != suspect)
    if others:
        yield _with(batch, others)
    alone = _with(batch, tuple(place for place in batch.places if place.seen.source == suspect))
    yield replace(alone, deadly={suspect: died.reason} if deaths[suspect] >= MOST_DEATHS else {})


def _with(batch: Batch, places: tuple[Place, ...]) -> Batch:
    folder = batch.folder.with_name(f"{batch.folder.name[:12]}-{key_of(place.seen for place in places)[:12]}")
    return replace(batch, folder=folder, places=places)
