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

from pipeline.document.build_rows import PARSER_VERSION
from pipeline.sources.folders import Input
from pipeline.sources.storage import is_remote

LEDGER = "ledger.parquet"
"""The file of a state with the ledger."""
CODE_PACKAGES = ("normalizers", "schemas", "parsers", "pipeline")
"""The packages whose code decides the rows."""
ROWS_IN_MEMORY = 512
"""Rows of a file that are in memory."""
Outcome = Literal["parsed", "quarantined", "unreadable", "duplicate", "skipped"]
"""`quarantined` was read and could not be parsed; `unreadable` has no bytes for an id."""


class ListedDocument(NamedTuple):
    """A document of the inputs, and what became of it."""

    source: str
    """Its name in the tables."""
    file: str
    """The name of the file that it is, or that it is a member of."""
    version: str
    """The version of that file from its listing; another version may have other bytes."""
    document_id: str
    byte_count: int | None
    outcome: Outcome | None
    """None until it is known."""
    reason: str | None = None
    """Why it is quarantined or unreadable."""
    locator: str | None = None
    """How to read its bytes again; None if that needs a pass over its archive."""
    corrections: str = ""
    """The digest of its corrections, which change its rows."""


_LEDGER_SCHEMA = pa.schema(
    [(name, pa.int64() if name == "byte_count" else pa.string()) for name in ListedDocument._fields],
)


@dataclass(frozen=True, slots=True)
class Ledger:
    """All documents of the tables, and what their rows depend on beside the documents' bytes."""

    code: str = ""
    """The version of the code that made the rows."""
    limits: Mapping[str, float] = field(default_factory=dict)
    """The limits by name; a document within a lower limit is within a higher one."""
    bits: int = 0
    """Leading bits of the document id that give the shard."""
    share: str = ""
    """The part of the inputs that was read, such as `3/8`; empty for all."""
    documents: Iterable[ListedDocument] = ()
    """Sorted by name. Documents in a file are read again each time, so that memory does not grow with them."""

    def write(self, path: Path) -> None:
        """Write it as Parquet, completely or not at all."""
        metadata = {part.name: getattr(self, part.name) for part in fields(self) if part.name != "documents"}
        schema = _LEDGER_SCHEMA.with_metadata({"raingan": json.dumps(metadata)})
        unfinished = path.with_name(f"{path.name}.unfinished")
        with pq.ParquetWriter(unfinished, schema, compression="zstd") as writer:
            documents = iter(self.documents)
            while rows := list(islice(documents, ROWS_IN_MEMORY)):
                columns = zip(*rows, strict=True)
                arrays = [pa.array(values, type=field.type) for values, field in zip(columns, schema, strict=True)]
                writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
        unfinished.replace(path)

    @classmethod
    def read(cls, path: Path) -> "Ledger":
        """Read the ledger of an earlier run; an empty one if there is none."""
        if not path.exists():
            return cls()
        schema = pq.read_schema(path)
        if schema.names != list(ListedDocument._fields):
            return cls()  # written by a version with other columns: everything is parsed again
        return cls(**json.loads(schema.metadata[b"raingan"]), documents=_StoredDocuments(path))


@dataclass(frozen=True, slots=True)
class _StoredDocuments:
    """The documents in the file of a ledger, from the first on each time."""

    path: Path

    def __iter__(self) -> Iterator[ListedDocument]:
        with pq.ParquetFile(self.path) as file:
            for batch in file.iter_batches(ROWS_IN_MEMORY, use_threads=False):
                rows = zip(*(column.to_pylist() for column in batch.columns), strict=True)
                yield from map(ListedDocument._make, rows)


FILE_PATHS = "origins.parquet"
"""The file of a state with the paths of all files."""
_FILE_PATHS_SCHEMA = pa.schema([("file", pa.string()), ("path", pa.string())])


def write_file_paths(state: Path, files: Iterable[Input]) -> None:
    """Keep the path of every file by its name, completely or not at all."""
    here, inputs = str(Path.cwd()), iter(files)
    with _file_paths_writer(state) as writer:
        while batch := list(islice(inputs, ROWS_IN_MEMORY)):
            paths = [_absolute(file.path, here).encode("utf-8", "surrogateescape") for file in batch]
            columns = [[file.name for file in batch], [path.decode("utf-8", "replace") for path in paths]]
            writer.write_table(pa.table(columns, schema=_FILE_PATHS_SCHEMA))


def merge_file_paths(state: Path, parts: Iterable[Path]) -> None:
    """Keep the paths of several states."""
    with _file_paths_writer(state) as writer:
        for part in parts:
            for batch in _file_path_batches(part):
                writer.write_batch(batch)


def read_file_paths(state: Path) -> Mapping[str, str]:
    """The path of every file by its name; empty if the run kept none."""
    batches = (batch.to_pydict().values() for batch in _file_path_batches(state))
    return {name: path for columns in batches for name, path in zip(*columns, strict=True)}


def _absolute(path: str, here: str) -> str:
    return path if path.startswith("/") or is_remote(path) else str(Path(here, path))


def _file_path_batches(state: Path) -> Iterator[pa.RecordBatch]:
    path = state / FILE_PATHS
    if path.exists():
        with pq.ParquetFile(path) as file:
            yield from file.iter_batches(ROWS_IN_MEMORY, use_threads=False)


@contextmanager
def _file_paths_writer(state: Path) -> Iterator[pq.ParquetWriter]:
    unfinished = state / f"{FILE_PATHS}.unfinished"
    with pq.ParquetWriter(unfinished, _FILE_PATHS_SCHEMA, compression="zstd") as writer:
        yield writer
    unfinished.replace(state / FILE_PATHS)


@cache
def code_version() -> str:
    """The version of the parsers, and a digest of their code, which changes between versions during development."""
    digest = hashlib.sha256()
    root = Path(__file__).parents[2]
    for package in CODE_PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return f"{PARSER_VERSION} {digest.hexdigest()[:12]}"
