"""The memory of the process that drives a run hardly grows with the number of documents."""

import gc
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from shutil import rmtree

import pytest

import pipeline.archive.run
from pipeline.archive.engines import Returned, Task
from pipeline.archive.ledger import ListedDocument
from pipeline.archive.options import Options
from pipeline.archive.run import merge, run
from pipeline.archive.shards import write_report_groups, write_shard
from pipeline.archive.work import Batch, FileBatch, ParsedBatch, list_documents, parse_batch
from pipeline.sources.folders import Input
from pipeline.sources.read import document_id

FEW, MANY = 1024, 4096
"""Documents of as many shards that are full."""
BYTES = 100
"""For each document, at most; its name alone takes more as an object of Python's."""


def document_of(file: Input) -> ListedDocument:
    """A document of an archive's, each tenth with the bytes of the one before."""
    number = int(file.name[-10:-4])
    known = document_id(str(number - (number % 10 == 9)).encode())
    return ListedDocument(file.name, file.name, file.version, known, file.size, None, locator='["file"]')


def listed_in(batch: FileBatch) -> list[ListedDocument]:
    return [document_of(file) for file in batch.inputs]


def parsed(batch: Batch) -> ParsedBatch:
    reasons = (f"{task.document.source}: is empty" for task in batch.documents)
    return ParsedBatch(
        [("quarantined", reason) if number % 9 == 0 else ("parsed", None) for number, reason in enumerate(reasons)]
    )


def nothing(_: object) -> None:
    return None


WORKS: dict[object, Callable[..., object]] = {
    list_documents: listed_in,
    parse_batch: parsed,
    write_shard: nothing,
    write_report_groups: nothing,
}


def unworked(tasks: Iterable[Task], work: Callable[[Task], Returned]) -> Iterator[tuple[Task, object]]:
    """An engine that makes up what comes of its tasks: what workers need is not the driver's."""
    for task in tasks:
        yield task, WORKS[work](task)


@pytest.fixture
def peaks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], dict[str, int]]:
    """The most that the driver keeps of so many documents: in a first run, later ones, and a merge of its tables."""
    monkeypatch.setattr(pipeline.archive.run, "engine_of", lambda _: nullcontext(unworked))

    def measure(count: int) -> dict[str, int]:
        monkeypatch.setattr(pipeline.archive.run, "find_inputs", lambda *_, **__: listed(count))
        out = tmp_path / str(count)
        merged = tmp_path / f"{count} merged"
        works = {
            "first": lambda: run(["in"], out),
            "unchanged": lambda: run(["in"], out),
            "forced": lambda: run(["in"], out, options=Options(force=True)),
            "merged": lambda: merge([out], merged),
        }
        taken = {name: peak(work) for name, work in works.items()}
        for folder in (out, merged):
            rmtree(folder)
        # Python enlarges tables of its own at a time of its choice, and not each time.
        return {name: min(before, peak(works[name])) for name, before in taken.items()}

    return measure


def listed(count: int) -> Iterator[Input]:
    for number in range(count):
        name = f"หน่วยงาน/รายงานความก้าวหน้า {number:06}.txt"
        yield Input(f"/archive/{name}", name, 20_000, f"20000 {number}")


def peak(work: Callable[[], object]) -> int:
    """The most bytes of Python's objects at one time."""
    gc.collect()
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_the_driver_does_not_grow_with_the_number_of_documents(peaks: Callable[[int], dict[str, int]]) -> None:
    peaks(1)  # what is loaded at first use does not count
    few, many = peaks(FEW), peaks(MANY)
    each = {name: (many[name] - few[name]) / (MANY - FEW) for name in few}
    assert max(each.values()) < BYTES, each
