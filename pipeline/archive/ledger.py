"""What was done so far: every document, the path of its file, the code that read it. A rerun does only what is new."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Literal, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.document.validate import PARSER_VERSION
from pipeline.sources.folders import Input
from pipeline.sources.storage import is_remote

LEDGER = "ledger.parquet"
"""Its file in a state of the tables."""

ROWS_AT_ONCE = 512
"""Rows of its file that are held in memory."""
Outcome = Literal["parsed", "quarantined", "unreadable", "duplicate", "skipped"]
"""`quarantined` was read and could not be parsed; `unreadable` has no bytes that an id could be made of."""


class Seen(NamedTuple):
    """A document and what became of it."""

    source: str
    """Its name in the tables."""
    file: str
    """The name of the listed file that it is, or that it is a member of."""
    version: str
    """What the listing says of that file without reading it: another version may be other bytes."""
    document_id: str
    byte_count: int | None
    outcome: Outcome | None
    """None as long as it is not known."""
    reason: str | None = None
    """Why it is quarantined or skipped."""
    locator: str | None = None
    """Where its bytes are to be had again; None where only a pass over its archive would give them."""
    corrections: str = ""
    """The digest of its corrections; others make other rows."""


_LEDGER_SCHEMA = pa.schema(
    [(name, pa.int64() if name == "byte_count" else pa.string()) for name in Seen._fields],
)


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every document of the tables, and what their rows depend on beside the documents' bytes."""

    code: str = ""
    """The version of the code that made the rows."""
    limits: Mapping[str, float] = field(default_factory=dict)
    """The limits that were in force by name; a document within a lower limit is within a higher one."""
    bits: int = 0
    """Leading bits of the document id that tell the shard."""
    share: str = ""
    """The part of the inputs that was read, as in `3/8`; empty where that was all of them."""
    documents: Iterable[Seen] = ()
    """Sorted by name. Those that were read from a file are read anew each time: memory does not grow with them."""

    def write(self, path: Path) -> None:
        """Write it as Parquet, whole or not at all."""
        described = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "documents"}
        schema = _LEDGER_SCHEMA.with_metadata({"raingan": json.dumps(described)})
        unfinished = path.with_name(f"{path.name}.unfinished")
        with pq.ParquetWriter(unfinished, schema, compression="zstd") as file:
            documents = iter(self.documents)
            while some := list(islice(documents, ROWS_AT_ONCE)):
                columns = zip(*some, strict=True)
                arrays = [pa.array(values, type=kind.type) for values, kind in zip(columns, schema, strict=True)]
                file.write_table(pa.Table.from_arrays(arrays, schema=schema))
        unfinished.replace(path)

    @classmethod
    def read(cls, path: Path) -> "Ledger":
        """Read what an earlier run wrote; an empty one where none did."""
        if not path.exists():
            return cls()
        schema = pq.read_schema(path)
        if schema.names != list(Seen._fields):
            return cls()  # that of a version which kept other things: all is parsed again
        return cls(**json.loads(schema.metadata[b"raingan"]), documents=_Documents(path))


@dataclass(frozen=True, slots=True)
class _Documents:
    """The documents of a ledger's file, each time from the first on."""

    path: Path

    def __iter__(self) -> Iterator[Seen]:
        with pq.ParquetFile(self.path) as file:
            for some in file.iter_batches(ROWS_AT_ONCE, use_threads=False):
                yield from map(Seen._make, zip(*(column.to_pylist() for column in some.columns), strict=True))


ORIGINS = "origins.parquet"
_ORIGINS_SCHEMA = pa.schema([("file", pa.string()), ("path", pa.string())])


def write_origins(state: Path, listed: Iterable[Input]) -> None:
    """Keep the path of every listed file by its name, whole or not at all."""
    here, inputs = str(Path.cwd()), iter(listed)
    with _writer(state) as file:
        while some := list(islice(inputs, ROWS_AT_ONCE)):
            paths = [_absolute(item.path, here).encode("utf-8", "surrogateescape") for item in some]
            columns = [[item.name for item in some], [path.decode("utf-8", "replace") for path in paths]]
            file.write_table(pa.table(columns, schema=_ORIGINS_SCHEMA))


def join_origins(state: Path, parts: Iterable[Path]) -> None:
    """Keep those of several states."""
    with _writer(state) as file:
        for part in parts:
            for some in _read_origins(part):
                file.write_batch(some)


def origins(state: Path) -> Mapping[str, str]:
    """The path of every file by its name; empty where the run kept none."""
    return {name: path for some in _read_origins(state) for name, path in zip(*some.to_pydict().values(), strict=True)}


def _absolute(path: str, here: str) -> str:
    return path if path.startswith("/") or is_remote(path) else str(Path(here, path))


def _read_origins(state: Path) -> Iterator[pa.RecordBatch]:
    path = state / ORIGINS
    if path.exists():
        with pq.ParquetFile(path) as file:
            yield from file.iter_batches(ROWS_AT_ONCE, use_threads=False)


@contextmanager
def _writer(state: Path) -> Iterator[pq.ParquetWriter]:
    unfinished = state / f"{ORIGINS}.unfinished"
    with pq.ParquetWriter(unfinished, _ORIGINS_SCHEMA, compression="zstd") as file:
        yield file
    unfinished.replace(state / ORIGINS)


PACKAGES = ("normalizers", "schemas", "parsers", "pipeline")


@cache
def code_version() -> str:
    """The version of the parsers, and a digest of their code, which changes between versions while one works on it."""
    digest = hashlib.sha256()
    root = Path(__file__).parents[2]
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return f"{PARSER_VERSION} {digest.hexdigest()[:12]}"
