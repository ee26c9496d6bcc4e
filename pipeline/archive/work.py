"""What workers do: take files in, parse a batch, write a shard; each a plain function of one plain value.

The same task may be done twice, by a worker that died and by the one in its place, on this machine or another: files
appear whole, by a rename, and both times with the same content.
"""

import faulthandler
import hashlib
import json
import os
import resource
import shutil
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from types import FrameType
from typing import NamedTuple, TypeVar

from pipeline.archive.ledger import Outcome, Seen
from pipeline.archive.shards import Held, write_shard
from pipeline.document.corrections import Correction
from pipeline.document.process import Seconds, process
from pipeline.document.validate import PARSER_VERSION, Rows
from pipeline.document.write import write_batch
from pipeline.errors import DeclarationError, DocumentError, UnreachableError
from pipeline.sources.folders import Input
from pipeline.sources.limits import Limits
from pipeline.sources.read import document_id, source_of
from pipeline.sources.unpack import members, read_member
from pipeline.startup import without_collector
from schemas.documents import Document
from schemas.findings import CODES, Finding

DONE = "done.json"
"""The last file of a batch: what came of its documents."""
_UNDER_WAY = ".under-way"


class Files(NamedTuple):
    """Listed files to look into, for the ids of their documents."""

    inputs: tuple[Input, ...]
    limits: Limits
    spool: Path
    """A folder for bytes that only a pass over their archive gives."""


@dataclass(frozen=True, slots=True)
class Place:
    """A document to parse, and the path of the file that holds it."""

    seen: Seen
    path: str
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents to parse, and the folder that their rows go to."""

    folder: Path
    places: tuple[Place, ...]
    limits: Limits
    spool: Path
    time_limit: float
    memory_limit: int
    is_apart: bool
    """Whether a process of its own works on it, which may be ended and replaced."""
    deadly: Mapping[str, str] = field(default_factory=dict)
    """Documents at which a process died, by name, and how."""


@dataclass(slots=True)
class Parsed:
    """What came of a batch."""

    outcomes: list[tuple[Outcome, str | None]] = field(default_factory=list)
    """Of each document, with the reason where it is quarantined."""
    matches: dict[str, dict[str, int]] = field(default_factory=dict)
    seconds: Seconds = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shard:
    """A shard to write, and where its rows come from."""

    state: Path
    number: int
    batches: tuple[Path, ...]
    held: tuple[Held, ...]
    listed: tuple[Document, ...]


def take_in(files: Files) -> list[Seen]:
    """Every document of the files with its id; what only a pass over its archive gives is kept in the spool."""
    return [seen for item in files.inputs for seen in _documents_in(item, files)]


def _documents_in(item: Input, files: Files) -> Iterator[Seen]:
    for member in members(item.path, item.name, files.limits):
        version = "" if member.is_unreachable else item.version
        seen = Seen(member.name, item.name, version, "", None, None, member.reason, member.locator)
        if member.is_skipped:
            yield seen._replace(outcome="skipped")
        elif member.content is None:
            known, size = _digest_and_size(item, member.name)
            yield seen._replace(outcome="unreadable", document_id=known, byte_count=size)
        else:
            known = document_id(member.content)
            if member.locator is None:
                _keep(files.spool / known, member.content)
            yield seen._replace(document_id=known, byte_count=len(member.content))


def _digest_and_size(item: Input, name: str) -> tuple[str, int | None]:
    """An id for what cannot be read: of its bytes where they are a file of their own, else of its name."""
    path = Path(item.path)
    try:
        if name == item.name and path.is_file():
            with path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()[:16], path.stat().st_size
    except OSError:
        pass  # the reason why it is unreadable is known already
    return document_id(name.encode("utf-8", "surrogateescape")), item.size if name == item.name else None


def _keep(path: Path, content: bytes) -> None:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f"{path.name}.{os.getpid()}")
        unfinished.write_bytes(content)
        unfinished.replace(path)


@without_collector()
def parse_batch(batch: Batch) -> Parsed:
    """Parse documents one after the other and write their rows; what was done before is not done again."""
    done = batch.folder / DONE
    if done.exists():
        return Parsed(**json.loads(done.read_text(encoding="utf-8")))
    unfinished = batch.folder.with_name(f"{batch.folder.name}.{os.getpid()}")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    parsed, documents = Parsed(), []
    with _under_way(batch).open("wb", buffering=0) as in_hand:
        for number, place in enumerate(batch.places):
            os.pwrite(in_hand.fileno(), str(number).encode(), 0)
            documents.append(_take(place, batch, parsed).by_table)
    started = perf_counter()
    write_batch(unfinished, documents)
    parsed.seconds["write"] = perf_counter() - started
    said = {"outcomes": parsed.outcomes, "matches": parsed.matches, "seconds": parsed.seconds}
    (unfinished / DONE).write_text(json.dumps(said), encoding="utf-8")
    unfinished.replace(batch.folder)
    _under_way(batch).unlink()
    return parsed


def _take(place: Place, batch: Batch, parsed: Parsed) -> Rows:
    """The rows of one document, once what came of it is added to the rest."""
    rows, outcome = _parse(place, batch, parsed.seconds)
    parsed.outcomes.append((outcome, rows.document.error))
    for kind, counted in rows.matches.items():
        sums = parsed.matches.setdefault(kind, {})
        for name, count in counted.items():
            sums[name] = sums.get(name, 0) + count
    return rows


def under_way(batch: Batch) -> str | None:
    """The name of the document that a worker had in hand when it died, if it had got to one."""
    try:
        return batch.places[int(_under_way(batch).read_text())].seen.source
    except (OSError, ValueError):
        return None


def _under_way(batch: Batch) -> Path:
    return batch.folder.with_suffix(_UNDER_WAY)


def _parse(place: Place, batch: Batch, seconds: Seconds) -> tuple[Rows, Outcome]:
    """The rows of one document, or those that say why there are no others."""
    try:
        return _rows_of(place, batch, seconds), "parsed"
    except UnreachableError as error:
        return quarantined(place.seen, str(error)), "unreadable"
    except DocumentError as error:
        return quarantined(place.seen, str(error), error.code), "quarantined"


def _rows_of(place: Place, batch: Batch, seconds: Seconds) -> Rows:
    """The rows of one document.

    Raises:
        DocumentError: it cannot be read, or not within its limits, or not by us.

    """
    name = place.seen.source
    if name in batch.deadly:
        raise DocumentError(f"{name}: {batch.deadly[name]}; split the file, or raise --memory-limit")
    try:
        with ExitStack() as limits:
            if batch.is_apart:
                limits.enter_context(or_end_process(batch.time_limit))
                limits.enter_context(within_memory(batch.memory_limit))
            return within_time(batch.time_limit, lambda: _read_and_process(place, batch, seconds), name=name)
    except (DeclarationError, DocumentError):
        raise
    except (RecursionError, MemoryError) as error:
        reason = "the text needs more memory than there is; split the file, or raise --memory-limit"
        raise DocumentError(f"{name}: {reason}") from error
    except Exception as error:  # one document may take down at most itself
        reason = f"{name}: {type(error).__name__}: {error}; report the file, the mistake is ours"
        raise DocumentError(reason) from error


def _read_and_process(place: Place, batch: Batch, seconds: Seconds) -> Rows:
    started = perf_counter()
    seen = place.seen
    if seen.locator is None:
        content = (batch.spool / seen.document_id).read_bytes()
    else:
        content = read_member(place.path, seen.locator, batch.limits)
    if document_id(content) != seen.document_id:
        raise DocumentError(f"{seen.source}: changed while it was being read; run again")
    source = source_of(content, name=seen.source, limits=batch.limits)
    seconds["read"] = seconds.get("read", 0.0) + perf_counter() - started
    return process(source, corrections=place.corrections, seconds=seconds)


def quarantined(seen: Seen, reason: str, code: str | None = None) -> Rows:
    """The rows of a document that could not be parsed, a finding among them where the reason is one."""
    rows = Rows()
    if code is not None:
        severity = CODES[code].severity
        rows.add(Finding(document_id=seen.document_id, ordinal=1, code=code, severity=severity, message=reason))
    rows.add(listed_row(seen._replace(outcome="quarantined", reason=reason)))
    return rows


def listed_row(seen: Seen, *, duplicate_of: str | None = None) -> Document:
    """The row of a document that gives no more than that."""
    return Document(
        document_id=seen.document_id,
        source=seen.source,
        status="quarantined" if duplicate_of is None else "duplicate",
        duplicate_of=duplicate_of,
        error=seen.reason if duplicate_of is None else None,
        byte_count=seen.byte_count,
        parser_version=PARSER_VERSION,
    )


@without_collector()
def write(shard: Shard) -> None:
    """Write the files of a shard."""
    write_shard(shard.state, shard.number, batches=shard.batches, held=shard.held, listed=shard.listed)


Result = TypeVar("Result")

GRACE = 5.0
"""Seconds after which a worker ends that no alarm wakes, since it sits in code that is not Python's."""


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


@contextmanager
def or_end_process(seconds: float) -> Iterator[None]:
    """End this process when the time limit and its grace are over; for workers, which are replaced."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        faulthandler.dump_traceback_later(seconds + GRACE, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


@contextmanager
def within_memory(limit: int) -> Iterator[None]:
    """Let this process have no more than so many bytes of data; more is a `MemoryError`. For workers only."""
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


class _TimeIsUpError(BaseException):
    """No `Exception`, so that no handler on the way takes it for one of its own."""
