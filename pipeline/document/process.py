"""One document through every stage. Read this first: each stage accepts only what the one before returns."""

from collections.abc import Sequence
from time import perf_counter

from pipeline.document.build_rows import build_rows
from pipeline.document.check import check
from pipeline.document.classify import classify
from pipeline.document.corrections import Correction
from pipeline.document.merge_copies import merge_copies
from pipeline.document.normalize import normalize
from pipeline.document.paginate import paginate
from pipeline.document.read_fields import read_fields
from pipeline.document.repair import repair, repair_words
from pipeline.document.rows import Rows
from pipeline.document.scan import prints_heading, scan
from pipeline.document.split import split
from pipeline.model import Issue, Repaired, Source


class Stopwatch:
    """Adds up the seconds of each stage over documents."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = perf_counter()

    def restart(self) -> None:
        """Count from here."""
        self._last = perf_counter()

    def lap(self, stage: str) -> None:
        """Count what went by since the stage before."""
        now = perf_counter()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._last
        self._last = now


def process(source: Source, *, corrections: Sequence[Correction] = (), stopwatch: Stopwatch | None = None) -> Rows:
    """Take one decoded document through every stage."""
    watch = stopwatch or Stopwatch()
    watch.restart()
    repaired = repaired_text(source)
    watch.lap("repair")
    pages = paginate(source, repaired)
    watch.lap("paginate")
    matches = scan(pages)
    watch.lap("scan")
    regions = classify(matches)
    watch.lap("classify")
    blocks = split(matches, regions)
    watch.lap("split")
    fields = read_fields(matches, blocks)
    watch.lap("read_fields")
    cells = normalize(fields, pages.text)
    watch.lap("normalize")
    projects = merge_copies(blocks, cells)
    watch.lap("merge_copies")
    issues = [cell for cell in cells if isinstance(cell, Issue)]
    rows = build_rows(matches, blocks, projects, issues, corrections)
    watch.lap("build_rows")
    rows = check(rows, blocks)
    watch.lap("check")
    return rows


def repaired_text(source: Source) -> Repaired:
    """The text without its damage; words are mended only where a heading of a form stands, for nothing else is read."""
    repaired = repair(source.text, word_fixes=())
    return repair_words(repaired) if prints_heading(repaired.text) else repaired
