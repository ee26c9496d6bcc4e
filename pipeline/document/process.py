"""One document through every stage. Read this first: each stage accepts only what the one before returns."""

from collections.abc import Callable, Mapping, Sequence
from time import perf_counter
from typing import NamedTuple, TypeVar

from pipeline.document.build_rows import Rows, build_rows
from pipeline.document.check import check
from pipeline.document.classify import classify
from pipeline.document.corrections import Correction
from pipeline.document.merge_copies import merge_copies
from pipeline.document.normalize import normalize
from pipeline.document.paginate import paginate
from pipeline.document.read_fields import read_fields
from pipeline.document.repair import repair, repair_words
from pipeline.document.rule_counts import rule_counts
from pipeline.document.scan import Matches, scan
from pipeline.document.split import split
from pipeline.model import Repaired, Source, SplitDocument
from pipeline.sources.read import source_of

Result = TypeVar("Result")
Seconds = dict[str, float]


def process(source: Source, *, corrections: Sequence[Correction] = (), seconds: Seconds | None = None) -> Rows:
    """Take one decoded document through every stage; `seconds` gathers what each took."""
    return trace(source, corrections=corrections, seconds=seconds).rows


class Trace(NamedTuple):
    """The rows of a document, and the blocks that their places are counted in."""

    blocks: SplitDocument
    rows: Rows


def trace(source: Source, *, corrections: Sequence[Correction] = (), seconds: Seconds | None = None) -> Trace:
    """The stages of `process`, with what explains its rows."""
    clock = _Clock(seconds if seconds is not None else {})
    repaired = clock.time("repair", lambda: repair(source.text, word_fixes=()))
    blocks = _cut(source, repaired, clock)
    mended = clock.time("repair", lambda: repair_words(repaired, within=blocks.spans()))
    if mended is not repaired:
        blocks = _cut(source, mended, clock, blocks.matches)
    fields, issues = clock.time("read_fields", lambda: read_fields(blocks))
    cells = clock.time("normalize", lambda: normalize(fields))
    projects = clock.time("merge_copies", lambda: merge_copies(blocks, cells))
    built = clock.time("build_rows", lambda: build_rows(blocks, projects, issues, corrections))
    rows = clock.time("check", lambda: check(built))
    rows.matches = rule_counts(blocks, fields)
    return Trace(blocks, rows)


def _cut(source: Source, repaired: Repaired, clock: "_Clock", before: Matches | None = None) -> SplitDocument:
    """Pages, forms and blocks; twice where words were mended, which is done only in what some block claims."""
    pages = clock.time("paginate", lambda: paginate(source, repaired))
    matches = clock.time("scan", lambda: scan(pages, before))
    regions = clock.time("classify", lambda: classify(pages, matches))
    return clock.time("split", lambda: split(pages, matches, regions))


def process_bytes(content: bytes, *, source: str) -> Mapping[str, list[dict[str, object]]]:
    """The rows of one document given as bytes, as plain values by table name."""
    rows = process(source_of(content, name=source))
    return {model.table: [row.model_dump() for row in found] for model, found in rows.by_table.items()}


class _Clock:
    """Adds up the seconds of each stage over documents."""

    def __init__(self, seconds: Seconds) -> None:
        self.seconds = seconds

    def time(self, stage: str, work: Callable[[], Result]) -> Result:
        started = perf_counter()
        result = work()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + perf_counter() - started
        return result
