"""Many files: which to read, each by itself, quarantine with a reason, counts, and all tables at once in the end."""

import gc
import hashlib
import json
import platform
import resource
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from types import FrameType
from typing import TypeVar

from pipeline.errors import DeclarationError, DocumentError
from pipeline.inputs import Input, find_inputs
from pipeline.matches import declared_rules
from pipeline.process import Seconds, process
from pipeline.read import SIZE_LIMIT, read
from pipeline.validate import PARSER_VERSION, Rows
from pipeline.write import Writer
from schemas.documents import Document
from schemas.findings import Finding

Result = TypeVar("Result")

TIME_LIMIT = 60.0
"""Seconds; a hundred times what the longest report takes."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a run may take: bytes of a file, seconds of a document."""

    size_limit: int = SIZE_LIMIT
    time_limit: float = TIME_LIMIT


@dataclass(slots=True)
class Summary:
    """What a run did: `OUT/run.json`. Without a ledger of earlier runs every input is new."""

    seen: int = 0
    new: int = 0
    changed: int = 0
    removed: int = 0
    reused: int = 0
    parsed: int = 0
    quarantined: int = 0
    duplicate: int = 0
    reasons: dict[str, str] = field(default_factory=dict)
    """Why each quarantined file is."""
    skipped: list[str] = field(default_factory=list)
    """Files below an input folder that have no suffix of a text."""
    documents: dict[str, dict[str, int]] = field(default_factory=dict)
    """Documents by form and status."""
    rows: dict[str, int] = field(default_factory=dict)
    findings: dict[str, int] = field(default_factory=dict)
    unclaimed_documents: int = 0
    """Documents that no form claims; their text is in sections and in `unclaimed`."""
    matches: dict[str, dict[str, int]] = field(default_factory=dict)
    """How often each declared heading, label and fix matched: a rule at 0 is dead, or waits for its first page."""
    seconds: Seconds = field(default_factory=dict)
    total_seconds: float = 0.0
    source_bytes: int = 0
    peak_memory_bytes: int = 0
    options: dict[str, object] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)


def run(
    inputs: Sequence[Path],
    out: Path,
    *,
    options: Options | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Summary:
    """Read every file below the inputs and write all tables under `out`; `progress` is told files done and in all."""
    options = options or Options()
    started = perf_counter()
    summary = Summary(options=asdict(options), versions=_versions())
    found = find_inputs(inputs, out=out, skipped=summary.skipped)
    summary.seen = summary.new = len(found)
    matches = declared_rules()
    first_with: dict[str, str] = {}
    with without_collector(), Writer(out) as writer:
        for done, item in enumerate(found):
            if progress:
                progress(done, len(found))
            rows = _one(item, first_with, options, summary.seconds)
            _count(summary, rows)
            for kind, counted in rows.matches.items():
                matches[kind].update(counted)
            _timed(summary.seconds, "write", lambda: writer.add(rows))  # noqa: B023 - called at once
        _timed(summary.seconds, "write", writer.commit)
        summary.rows = writer.row_counts
    if progress:
        progress(len(found), len(found))
    summary.matches = {kind: dict(sorted(counted.items())) for kind, counted in matches.items()}
    summary.total_seconds = round(perf_counter() - started, 3)
    summary.peak_memory_bytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (
        1 if sys.platform == "darwin" else 1024
    )
    _write_summary(summary, out)
    return summary


def _one(item: Input, first_with: dict[str, str], options: Options, seconds: Seconds) -> Rows:
    """The rows of one file: parsed, listed as a duplicate, or quarantined with the reason."""
    try:
        return within_time(options.time_limit, lambda: _read(item, first_with, options, seconds), name=item.name)
    except DeclarationError:
        raise
    except DocumentError as error:
        return _quarantined(item, str(error))
    except (RecursionError, MemoryError):
        return _quarantined(item, f"{item.name}: the text needs more memory than there is; split the file")
    except Exception as error:  # noqa: BLE001 - one document may take down at most itself
        return _quarantined(item, f"{item.name}: {type(error).__name__}: {error}; report the file, the mistake is ours")


def _read(item: Input, first_with: dict[str, str], options: Options, seconds: Seconds) -> Rows:
    source = _timed(seconds, "read", lambda: read(item.path, name=item.name, size_limit=options.size_limit))
    first = first_with.setdefault(source.document_id, item.name)
    if first != item.name:
        return _unparsed(item, source.document_id, "duplicate", duplicate_of=first, byte_count=source.byte_count)
    return process(source, seconds=seconds)


def _quarantined(item: Input, reason: str) -> Rows:
    digest = _file_digest(item.path) or hashlib.sha256(item.name.encode(errors="surrogateescape")).hexdigest()
    return _unparsed(item, digest[:16], "quarantined", error=reason, byte_count=_size(item.path))


def _unparsed(item: Input, document_id: str, status: str, **values: object) -> Rows:
    rows = Rows()
    fields = {
        "document_id": document_id,
        "source": item.name,
        "form": None,
        "status": status,
        "parser_version": PARSER_VERSION,
    }
    rows.add(Document.model_validate(fields | values))
    return rows


def _file_digest(path: Path) -> str | None:
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


@contextmanager
def without_collector() -> Iterator[None]:
    """Keep Python from looking for cycles, of which documents leave none: it would go through all rows ever again."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def within_time(seconds: float, work: Callable[[], Result], *, name: str) -> Result:
    """What the work on one document returns, unless it takes longer than so many seconds.

    The alarm rings once a second until the work has ended, because Python drops what is raised inside a destructor or
    a callback. No context manager, since the alarm may ring before such a thing gets to its end. Off the main thread
    there is no alarm, and no limit.

    Raises:
        DocumentError: the time is up.

    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        return work()
    is_over = False

    def ring(_number: int, _frame: FrameType | None) -> None:
        if not is_over:
            raise _TimeIsUpError

    before = signal.signal(signal.SIGALRM, ring)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds, 1)
        return work()
    except _TimeIsUpError:
        is_over = True
        reason = f"{name}: took longer than {seconds:g} s and was stopped; raise --time-limit or split the file"
        raise DocumentError(reason) from None
    finally:
        is_over = True
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class _TimeIsUpError(BaseException):
    """No `Exception`, so that no handler on the way takes it for one of its own."""


def _timed(seconds: Seconds, stage: str, work: Callable[[], Result]) -> Result:
    started = perf_counter()
    result = work()
    seconds[stage] = seconds.get(stage, 0.0) + perf_counter() - started
    return result


def _count(summary: Summary, rows: Rows) -> None:
    document = rows.document
    form, status = document.form or "-", document.status or "-"
    by_status = summary.documents.setdefault(form, {})
    by_status[status] = by_status.get(status, 0) + 1
    summary.source_bytes += document.byte_count or 0
    summary.parsed += status.startswith("parsed")
    summary.unclaimed_documents += form == "unknown"
    summary.duplicate += status == "duplicate"
    summary.quarantined += status == "quarantined"
    if document.error:
        summary.reasons[document.source] = document.error
    for code, count in Counter(row.code for row in rows.by_table[Finding] if isinstance(row, Finding)).items():
        summary.findings[code] = summary.findings.get(code, 0) + count


def _versions() -> dict[str, str]:
    """Of ourselves, of Python, and of the libraries whose versions may show in a row."""
    libraries = {name: version(name) for name in ("pyarrow", "pydantic", "pythainlp", "rapidfuzz")}
    return {"raingan": PARSER_VERSION, "python": platform.python_version()} | libraries


def _write_summary(summary: Summary, out: Path) -> None:
    unfinished = out / "run.json.unfinished"
    values = asdict(summary) | {"seconds": {stage: round(took, 4) for stage, took in summary.seconds.items()}}
    unfinished.write_text(json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    unfinished.replace(out / "run.json")
