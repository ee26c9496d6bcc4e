"""Hand tasks to an engine, and again where a worker died, so that a document can take down at most itself."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice

from pipeline.archive.engines import Engine, Returned, Task, WorkerDied, in_process
from pipeline.archive.plan import batch_key
from pipeline.archive.work import Batch, DocumentTask, ParsedBatch, document_in_progress, parse_batch
from pipeline.errors import WorkerError

MAX_DEATHS = 3
"""Deaths of workers after which the document is to blame; the first may have another cause."""


def run_tasks(
    tasks: Iterable[Task], work: Callable[[Task], Returned], engine: Engine
) -> Iterator[tuple[Task, Returned]]:
    """Every task with what its work returned; tried again if the worker died.

    A task alone is done in this process, since another one takes longer to start than most tasks to do.

    Raises:
        WorkerError: workers die of a task each time.

    """
    waiting = iter(tasks)
    first = list(islice(waiting, 2))
    engine, waiting = (engine if len(first) > 1 else in_process), chain(first, waiting)
    for _ in range(MAX_DEATHS):
        again: list[Task] = []
        for task, returned in engine(waiting, work):
            if isinstance(returned, WorkerDied):
                again.append(task)
                reason = returned.reason
            else:
                yield task, returned
        if not again:
            return
        waiting = iter(again)
    raise WorkerError(f"{len(again)} tasks failed: {reason}")


def dispatch(batches: Iterable[Batch], engine: Engine) -> Iterator[tuple[Batch, ParsedBatch]]:
    """Parse all batches. A document at which a worker died is tried again alone, and quarantined if it happens again.

    Raises:
        WorkerError: workers die before they start any document.

    """
    deaths: Counter[str] = Counter()
    waiting: Iterable[Batch] = batches
    while waiting:
        again: list[Batch] = []
        for batch, parsed in engine(waiting, parse_batch):
            if isinstance(parsed, WorkerDied):
                again += _after_death(batch, parsed, deaths)
            else:
                yield batch, parsed
        waiting = again


def _after_death(batch: Batch, died: WorkerDied, deaths: Counter[str]) -> Iterator[Batch]:
    """The document that the worker was reading alone, and the others of its batch."""
    suspect = document_in_progress(batch)
    deaths[suspect or ""] += 1
    if suspect is None:
        if deaths[""] > MAX_DEATHS:
            raise WorkerError(f"workers die before they start any document: {died.reason}")
        yield batch
        return
    others = tuple(task for task in batch.documents if task.document.source != suspect)
    if others:
        yield _with(batch, others)
    alone = _with(batch, tuple(task for task in batch.documents if task.document.source == suspect))
    yield replace(alone, crashed={suspect: died.reason} if deaths[suspect] >= MAX_DEATHS else {})


def _with(batch: Batch, documents: tuple[DocumentTask, ...]) -> Batch:
    folder = batch.folder.with_name(f"{batch.folder.name[:12]}-{batch_key(task.document for task in documents)[:12]}")
    return replace(batch, folder=folder, documents=documents)
