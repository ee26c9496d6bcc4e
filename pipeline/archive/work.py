"""What workers do to documents: list them, and parse a batch. Each task is a plain value, each work a function.

The same task may be done twice, by a worker that died and by its replacement, on this machine or another: files are
completed by a rename, and have the same content both times.
"""

import faulthandler
import hashlib
import json
import os
import resource
import shutil
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import NamedTuple, TypeVar

from pipeline.archive.ledger import ListedDocument, Outcome
from pipeline.archive.shards import BatchTables
from pipeline.document.build_rows import PARSER_VERSION
from pipeline.document.corrections import Correction
from pipeline.document.process import Stopwatch, process
from pipeline.document.rows import Rows
from pipeline.document.rule_counts import rule_counts
from pipeline.document.write import batch_tables, write_batch
from pipeline.errors import DeclarationError, DocumentError, UnreachableError
from pipeline.sources.folders import Input
from pipeline.sources.limits import Limits
from pipeline.sources.read import document_id, source_of
from pipeline.sources.unpack import members, read_member
from pipeline.startup import without_collector
from schemas.documents import DocumentRow
from schemas.findings import CODES, Finding

DONE = "done.json"
"""The last file of a batch: the outcomes of its documents."""
IN_PROGRESS = ".in-progress"
"""The suffix of the file with the number of the document that a worker is reading."""
GRACE = 5.0
"""Seconds after the time limit until a worker is killed that no alarm wakes, since it is not in Python code."""

Produced = TypeVar("Produced")


class FileBatch(NamedTuple):
    """Files to open, to list their documents."""

    inputs: tuple[Input, ...]
    limits: Limits
    spool: Path
    """A folder for documents that only a pass over their archive can read."""


@dataclass(frozen=True, slots=True)
class DocumentTask:
    """A document to parse, the path of the file that holds it, and its corrections."""

    document: ListedDocument
    path: str
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents to parse, and the folder for their rows."""

    folder: Path
    documents: tuple[DocumentTask, ...]
    limits: Limits
    spool: Path
    time_limit: float
    memory_limit: int
    has_worker: bool
    """Whether a process of its own works on it, which may be killed and replaced."""
    crashed: Mapping[str, str] = field(default_factory=dict)
    """Names of documents at which a process died, and how."""


@dataclass(slots=True)
class ParsedBatch:
    """What became of a batch."""

    outcomes: list[tuple[Outcome, str | None]] = field(default_factory=list)
    """Of each document, with the reason if it is quarantined."""
    matches: dict[str, Counter[str]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    tables: BatchTables | None = None
    """The rows, if they are not in the folder of the batch."""


def list_documents(batch: FileBatch) -> list[ListedDocument]:
    """Every document of the files with its id; those that only a pass over an archive can read go to the spool."""
    return [document for file in batch.inputs for document in _documents_in(file, batch)]


def _documents_in(file: Input, batch: FileBatch) -> Iterator[ListedDocument]:
    for member in members(file.path, file.name, batch.limits):
        version = "" if member.is_unreachable else file.version
        document = ListedDocument(member.name, file.name, version, "", None, None, member.reason, member.locator)
        if member.is_skipped:
            yield document._replace(outcome="skipped")
        elif member.content is None:
            digest, size = _digest_and_size(file, member.name)
            yield document._replace(outcome="unreadable", document_id=digest, byte_count=size)
        else:
            digest = document_id(member.content)
            if member.locator is None:
                _spool(batch.spool / digest, member.content)
            yield document._replace(document_id=digest, byte_count=len(member.content))


def _digest_and_size(file: Input, name: str) -> tuple[str, int | None]:
    """An id for a document that cannot be read: of its bytes if they are a file of their own, else of its name."""
    path = Path(file.path)
    try:
        if name == file.name and path.is_file():
            with path.open("rb") as content:
                return hashlib.file_digest(content, "sha256").hexdigest()[:16], path.stat().st_size
    except OSError:
        pass  # why it is unreadable is known already
    return document_id(name.encode("utf-8", "surrogateescape")), file.size if name == file.name else None


def _spool(path: Path, content: bytes) -> None:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f"{path.name}.{os.getpid()}")
        unfinished.write_bytes(content)
        unfinished.replace(path)


@without_collector()
def parse_batch(batch: Batch) -> ParsedBatch:
    """Parse documents one after the other and write their rows; a batch that was done before is not done again."""
    done = batch.folder / DONE
    if done.exists():
        return ParsedBatch(**json.loads(done.read_text(encoding="utf-8")))
    unfinished = batch.folder.with_name(f"{batch.folder.name}.{os.getpid()}")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    parsed, rows, watch = ParsedBatch(), [], Stopwatch()
    with _progress_file(batch).open("wb", buffering=0) as progress:
        for number, task in enumerate(batch.documents):
            os.pwrite(progress.fileno(), str(number).encode(), 0)
            rows.append(_parse_document(task, batch, parsed, watch).by_table)
    watch.restart()
    write_batch(unfinished, rows)
    watch.lap("write")
    parsed.seconds = watch.seconds
    outcome = {"outcomes": parsed.outcomes, "matches": parsed.matches, "seconds": parsed.seconds}
    (unfinished / DONE).write_text(json.dumps(outcome), encoding="utf-8")
    unfinished.replace(batch.folder)
    _progress_file(batch).unlink()
    return parsed


@without_collector()
def parse_in_memory(batch: Batch) -> ParsedBatch:
    """Parse documents that are so few that an interrupted run may read them again, and keep their rows in memory."""
    parsed, watch = ParsedBatch(), Stopwatch()
    parsed.tables = dict(batch_tables(_parse_document(task, batch, parsed, watch).by_table for task in batch.documents))
    watch.lap("write")
    parsed.seconds = watch.seconds
    return parsed


def _parse_document(task: DocumentTask, batch: Batch, parsed: ParsedBatch, watch: Stopwatch) -> Rows:
    """The rows of one document; its outcome and matches are added to those of the batch."""
    rows, outcome = _rows_and_outcome(task, batch, watch)
    parsed.outcomes.append((outcome, rows.document.error))
    for kind, counts in rule_counts(rows).items():
        parsed.matches.setdefault(kind, Counter()).update(counts)
    return rows


def document_in_progress(batch: Batch) -> str | None:
    """The name of the document that a worker was reading when it died, if it had started one."""
    try:
        return batch.documents[int(_progress_file(batch).read_text())].document.source
    except (OSError, ValueError):
        return None


def _progress_file(batch: Batch) -> Path:
    return batch.folder.with_suffix(IN_PROGRESS)


def _rows_and_outcome(task: DocumentTask, batch: Batch, watch: Stopwatch) -> tuple[Rows, Outcome]:
    """The rows of one document, or those that say why it could not be parsed."""
    try:
        return _rows_of(task, batch, watch), "parsed"
    except UnreachableError as error:
        return quarantined_rows(task.document, str(error)), "unreadable"
    except DocumentError as error:
        return quarantined_rows(task.document, str(error), error.code), "quarantined"


def _rows_of(task: DocumentTask, batch: Batch, watch: Stopwatch) -> Rows:
    """The rows of one document.

    Raises:
        DocumentError: it cannot be read, or not within its limits, or we made a mistake.

    """
    name = task.document.source
    if name in batch.crashed:
        raise DocumentError(f"{name}: {batch.crashed[name]}; split the file, or raise --memory-limit")
    try:
        with ExitStack() as limits:
            if batch.has_worker:
                limits.enter_context(_or_exit(batch.time_limit))
                limits.enter_context(_within_memory(batch.memory_limit))
            return within_time(batch.time_limit, lambda: _read_and_process(task, batch, watch), name=name)
    except (DeclarationError, DocumentError):
        raise
    except (RecursionError, MemoryError) as error:
        reason = "needs more memory than the limit; split the file, or raise --memory-limit"
        raise DocumentError(f"{name}: {reason}") from error
    except Exception as error:  # one document must not stop the run
        reason = f"{name}: raingan failed with {type(error).__name__}: {error}; please report this file as a bug"
        raise DocumentError(reason) from error


def _read_and_process(task: DocumentTask, batch: Batch, watch: Stopwatch) -> Rows:
    watch.restart()
    document = task.document
    if document.locator is None:
        content = (batch.spool / document.document_id).read_bytes()
    else:
        content = read_member(task.path, document.locator, batch.limits)
    if document_id(content) != document.document_id:
        raise DocumentError(f"{document.source}: changed while it was being read; run again")
    source = source_of(content, name=document.source, limits=batch.limits)
    watch.lap("read")
    return process(source, corrections=task.corrections, stopwatch=watch)


def quarantined_rows(document: ListedDocument, reason: str, code: str | None = None) -> Rows:
    """The rows of a document that could not be parsed; with a finding if the reason has a code."""
    rows = Rows()
    if code is not None:
        severity = CODES[code].severity
        rows.add(Finding(document_id=document.document_id, ordinal=1, code=code, severity=severity, message=reason))
    rows.add(document_row(document._replace(outcome="quarantined", reason=reason)))
    return rows


def document_row(document: ListedDocument, *, duplicate_of: str | None = None) -> DocumentRow:
    """The row of a document that has no other rows."""
    return DocumentRow(
        document_id=document.document_id,
        source=document.source,
        status="quarantined" if duplicate_of is None else "duplicate",
        duplicate_of=duplicate_of,
        error=document.reason if duplicate_of is None else None,
        byte_count=document.byte_count,
        parser_version=PARSER_VERSION,
    )


def has_alarm() -> bool:
    """Whether this thread can be stopped at a time limit."""
    return threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer")


def within_time(seconds: float, work: Callable[[], Produced], *, name: str) -> Produced:
    """What the work on one document returns, unless it takes longer than the limit.

    The alarm rings once a second until the work has ended, because Python drops what is raised inside a destructor or
    a callback. This is no context manager, since the alarm may ring before the manager's exit is done. Outside of the
    main thread there is no alarm, and no limit.

    Raises:
        DocumentError: the time is up.

    """
    if not has_alarm():
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
        reason = f"{name}: took longer than {seconds:g} s and was stopped; raise --time-limit, or split the file"
        raise DocumentError(reason) from None
    finally:
        is_over = True
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _or_exit(seconds: float) -> Iterator[None]:
    """Exit this process when the time limit and the grace period are over; for workers, which are replaced."""
    with Path(os.devnull).open("w", encoding="utf-8") as devnull:
        faulthandler.dump_traceback_later(seconds + GRACE, exit=True, file=devnull)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


@contextmanager
def _within_memory(limit: int) -> Iterator[None]:
    """Limit the data of this process; exceeding it is a `MemoryError`. For workers only."""
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


class _TimeIsUpError(BaseException):
    """Not an `Exception`, so that no handler inside the work catches it."""
