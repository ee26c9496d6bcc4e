"""When a worker dies, its document is tried again alone, and quarantined only if it kills three workers."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

import pipeline.archive.work
from pipeline.archive.dispatch import MAX_DEATHS, dispatch, run_tasks
from pipeline.archive.engines import Returned, Task, WorkerDied
from pipeline.archive.ledger import ListedDocument
from pipeline.archive.work import Batch, DocumentTask, ParsedBatch
from pipeline.document.process import process
from pipeline.document.rows import Rows
from pipeline.errors import WorkerError
from pipeline.model import Source
from pipeline.sources.limits import Limits
from pipeline.sources.read import document_id
from tests.conftest import PROGRESS_REPORTS
from tests.support.work_for_engines import double


class DeathError(BaseException):
    """A process ends, whatever the code on the way may catch."""


def mortal(tasks: Iterable[Task], work: Callable[[Task], Returned]) -> Iterator[tuple[Task, Returned | WorkerDied]]:
    """An engine whose processes can die."""
    for task in tasks:
        try:
            yield task, work(task)
        except DeathError:
            yield task, WorkerDied("the process died")


def stillborn(tasks: Iterable[Task], _: Callable[[Task], Returned]) -> Iterator[tuple[Task, Returned | WorkerDied]]:
    """An engine whose processes die before they begin."""
    for task in tasks:
        yield task, WorkerDied("no memory to begin with")


@pytest.fixture
def batch(tmp_path: Path) -> Batch:
    places = []
    for number, path in enumerate(PROGRESS_REPORTS[:4]):
        content = path.read_bytes()
        seen = ListedDocument(
            f"{number}.txt", path.name, "", document_id(content), len(content), None, locator='["file"]'
        )
        places.append(DocumentTask(seen, str(path)))
    return Batch(
        folder=tmp_path / "batches" / "0123456789abcdef",
        documents=tuple(places),
        limits=Limits(),
        spool=tmp_path / "spool",
        time_limit=60,
        memory_limit=2**31,
        has_worker=False,
    )


def kill_at(monkeypatch: pytest.MonkeyPatch, *names: str, times: int) -> Counter[str]:
    """Let documents kill the process that reads them so many times; returns how often each was begun."""
    begun: Counter[str] = Counter()

    def read(source: Source, **options: object) -> Rows:
        begun[source.name] += 1
        if source.name in names and begun[source.name] <= times:
            raise DeathError
        return process(source, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline.archive.work, "process", read)
    return begun


def outcomes(batches: Iterable[tuple[Batch, ParsedBatch]]) -> dict[str, str]:
    found = {}
    for batch, parsed in batches:
        for task, (outcome, reason) in zip(batch.documents, parsed.outcomes, strict=True):
            assert task.document.source not in found, "a document has two outcomes"
            found[task.document.source] = reason or outcome
    return found


def test_a_document_that_kills_each_worker_is_quarantined_and_the_others_are_parsed(
    batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = kill_at(monkeypatch, "1.txt", "3.txt", times=99)
    found = outcomes(dispatch([batch], mortal))
    assert found["0.txt"] == found["2.txt"] == "parsed"
    for name in ("1.txt", "3.txt"):
        assert found[name] == f"{name}: the process died; split the file, or raise --memory-limit"
        assert begun[name] == MAX_DEATHS


@pytest.mark.parametrize("times", range(1, MAX_DEATHS))
def test_a_document_that_was_read_by_chance_when_a_worker_died_is_parsed(
    times: int, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    kill_at(monkeypatch, "2.txt", times=times)
    assert set(outcomes(dispatch([batch], mortal)).values()) == {"parsed"}


def test_workers_that_never_start_stop_the_run(batch: Batch) -> None:
    with pytest.raises(WorkerError, match="no memory to begin with"):
        list(dispatch([batch], stillborn))


def test_a_task_alone_is_done_in_this_process() -> None:
    assert list(run_tasks([1], double, stillborn)) == [(1, 2)]
    with pytest.raises(WorkerError, match="2 tasks failed: no memory to begin with"):
        list(run_tasks([1, 2], double, stillborn))


def test_a_batch_that_is_done_is_not_done_again(batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    first = outcomes(dispatch([batch], mortal))
    begun = kill_at(monkeypatch, "0.txt", times=99)
    assert outcomes(dispatch([batch], mortal)) == first
    assert not begun


def test_an_interrupted_batch_is_done_again_completely(batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    kill_at(monkeypatch, "3.txt", times=1)
    with pytest.raises(DeathError):
        pipeline.archive.work.parse_batch(batch)
    begun = kill_at(monkeypatch, times=0)
    assert set(outcomes(dispatch([batch], mortal)).values()) == {"parsed"}
    assert len(begun) == 4
