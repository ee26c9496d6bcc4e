"""What a run did, for `OUT/run.json` and the terminal."""

import json
import platform
import resource
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from heapq import nsmallest
from importlib.metadata import version
from pathlib import Path

import pyarrow.parquet as pq

from pipeline.archive.plan import Plan
from pipeline.archive.store import TABLE_NAMES
from pipeline.archive.work import ParsedBatch
from pipeline.document.build_rows import PARSER_VERSION
from pipeline.document.corrections import NOT_APPLIED, Correction
from pipeline.document.rule_counts import declared_rules

MAX_NAMED = 1000
"""Names in run.json; the tables have all of them."""

_LIBRARIES = ("lxml", "pyarrow", "pydantic", "pypdfium2", "pythainlp", "rapidfuzz")
"""Libraries whose versions may change rows."""

_NEW = """
SELECT count(*) FROM documents
WHERE todo != 'skip' AND NOT EXISTS (
    SELECT 1 FROM earlier WHERE source = documents.source AND part = :before AND outcome != 'skipped')"""
_CHANGED = """
SELECT count(*) FROM documents
WHERE todo != 'skip' AND document_id != (
    SELECT document_id FROM earlier WHERE source = documents.source AND part = :before AND outcome != 'skipped'
    ORDER BY number DESC LIMIT 1)"""
_REMOVED = """
SELECT count(DISTINCT source) FROM earlier
WHERE part = :before AND outcome != 'skipped' AND NOT EXISTS (
    SELECT 1 FROM documents WHERE source = earlier.source AND todo != 'skip')"""


@dataclass(slots=True)
class RunSummary:
    """What a run did and what its tables hold: `OUT/run.json`."""

    seen: int = 0
    """Documents in the inputs."""
    new: int = 0
    changed: int = 0
    """Documents whose name was in the previous tables, with other bytes."""
    removed: int = 0
    reused: int = 0
    """Documents whose rows of a previous run were reused."""
    parsed: int = 0
    """Documents that are parsed, in this run or before."""
    quarantined: int = 0
    duplicate: int = 0
    reasons: dict[str, str] = field(default_factory=dict)
    """Why documents are quarantined; the first thousand."""
    skipped: list[str] = field(default_factory=list)
    """Files in input folders and members of archives without a known suffix; the first thousand."""
    skipped_count: int = 0
    documents: dict[str, dict[str, int]] = field(default_factory=dict)
    """Documents by form and status."""
    rows: dict[str, int] = field(default_factory=dict)
    findings: dict[str, int] = field(default_factory=dict)
    corrections: dict[str, int] = field(default_factory=dict)
    """Corrections listed in corrections.csv, and those not applied; empty if there are none."""
    lost_corrections: list[str] = field(default_factory=list)
    """Corrections of documents that are missing or could not be parsed; the others have findings."""
    unclaimed_documents: int = 0
    """Documents that no form claims; their text is in `sections` and `unclaimed`."""
    matches: dict[str, Counter[str]] = field(default_factory=dict)
    """How often each declared heading, label and fix matched in what this run parsed; 0 may mean it is useless."""
    seconds: dict[str, float] = field(default_factory=dict)
    """Seconds of work by stage, summed over workers."""
    total_seconds: float = 0.0
    source_bytes: int = 0
    """Bytes of the documents that this run parsed."""
    peak_memory_bytes: int = 0
    """Of the largest process."""
    options: dict[str, object] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    """Of raingan, of Python, and of libraries that may change rows."""

    def count_plan(self, plan: Plan, skipped: list[str], *, before: int = 0) -> None:
        """Count what is to be done, and what changed against the previous tables, which have this part number."""
        value, skips = plan.index.value, plan.count("skip")
        self.reused = plan.count("reuse")
        self.seen = plan.count("parse") + self.reused + plan.count("list")
        self.new, self.changed, self.removed = (value(query, before=before) for query in (_NEW, _CHANGED, _REMOVED))
        members = plan.index.documents("todo = 'skip' ORDER BY source LIMIT :most", most=MAX_NAMED)
        self.skipped = sorted([*skipped, *(document.source for document in members)])[:MAX_NAMED]
        self.skipped_count = skips + len(skipped)
        self.source_bytes = value("SELECT coalesce(sum(byte_count), 0) FROM documents WHERE todo = 'parse'")

    def add_batch(self, parsed: ParsedBatch) -> None:
        """Add the matches and seconds of a batch."""
        for kind, counts in parsed.matches.items():
            self.matches.setdefault(kind, Counter()).update(counts)
        for stage, seconds in parsed.seconds.items():
            self.seconds[stage] = self.seconds.get(stage, 0.0) + seconds

    def count_corrections(self, corrections: Mapping[str, Sequence[Correction]], plan: Plan) -> None:
        """Count corrections, and name those of documents without rows."""
        lost = [
            one
            for document_id, of_document in corrections.items()
            if not plan.has_rows(document_id)
            for one in of_document
        ]
        self.lost_corrections = [one.named for one in lost[:MAX_NAMED]]
        if corrections:
            self.corrections = {"listed": sum(map(len, corrections.values())), "not_applied": len(lost)}

    def count_tables(self, state: Path) -> None:
        """Count documents, rows and findings in the tables of a state."""
        self.rows = {
            name: sum(pq.read_metadata(path).num_rows for path in (state / name).glob("*.parquet"))
            for name in TABLE_NAMES
        }
        self.findings = dict(Counter(code for (code,) in _values(state / "findings", "code")))
        if self.corrections:
            self.corrections["not_applied"] += self.findings.get(NOT_APPLIED, 0)
        self.findings |= Counter(code for (code,) in _values(state / "report_groups", "code") if code)
        combinations = Counter(_values(state / "documents", "form", "status"))
        statuses: Counter[str] = Counter()
        for (form, status), count in combinations.items():
            counts = self.documents.setdefault(form or "-", {})
            counts[status] = counts.get(status, 0) + count
            statuses[status] += count
        self.quarantined, self.duplicate = statuses["quarantined"], statuses["duplicate"]
        self.parsed = statuses.total() - self.quarantined - self.duplicate
        self.unclaimed_documents = sum(self.documents.get("unknown", {}).values())
        reasons = ((source, error) for source, error in _values(state / "documents", "source", "error") if error)
        self.reasons = dict(nsmallest(MAX_NAMED, reasons))

    def finish(self, state: Path, *, total_seconds: float) -> None:
        """Add what is only known at the end, and write `run.json` of the state."""
        self.count_tables(state)
        matches = declared_rules()
        for kind, counts in self.matches.items():
            matches.setdefault(kind, Counter()).update(counts)
        self.matches = {kind: Counter(dict(sorted(matches[kind].items()))) for kind in sorted(matches)}
        self.total_seconds = round(total_seconds, 3)
        peaks = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        self.peak_memory_bytes = max(peaks) * (1 if sys.platform == "darwin" else 1024)
        self.versions = {"raingan": PARSER_VERSION, "python": platform.python_version()}
        self.versions |= {name: version(name) for name in _LIBRARIES}
        self.write(state / "run.json")

    def write(self, path: Path) -> None:
        """Write it as JSON, completely or not at all."""
        unfinished = path.with_name(f"{path.name}.unfinished")
        values = {part.name: getattr(self, part.name) for part in fields(self)}
        values |= {"seconds": {stage: round(took, 4) for stage, took in self.seconds.items()}}
        unfinished.write_text(json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        unfinished.replace(path)


def _values(table: Path, *columns: str) -> Iterator[tuple[str, ...]]:
    """Columns of all files of a table, row by row."""
    for path in sorted(table.glob("*.parquet")):
        rows = pq.ParquetFile(path).read(columns=list(columns), use_threads=False)
        yield from zip(*rows.to_pydict().values(), strict=True)
