"""What was done so far, a row for each document: so that a rerun does only what is new."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from itertools import islice
from pathlib import Path
from typing import Literal, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.document.write import ID_LENGTH

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


_SCHEMA = pa.schema(
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
        schema = _SCHEMA.with_metadata({"raingan": json.dumps(described)})
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


def shard_of(document_id: str, bits: int) -> int:
    """The shard that a document's rows stand in: the leading bits of its id.

    >>> shard_of("ff00000000000000", 0), shard_of("ff00000000000000", 2)
    (0, 3)
    """
    return int(document_id[:8], 16) >> (32 - bits)


def shards_before(number: int, bits: int, bits_before: int) -> Iterable[int]:
    """The shards, told apart by other bits, that a shard's documents stood in.

    >>> list(shards_before(5, 3, 3)), list(shards_before(5, 3, 1)), list(shards_before(1, 1, 3))
    ([5], [1], [4, 5, 6, 7])
    """
    if bits_before <= bits:
        return [number >> (bits - bits_before)]
    wider = bits_before - bits
    return range(number << wider, (number + 1) << wider)


def ids_of_shard(number: int, bits: int) -> tuple[str, str]:
    """The first and the last document id that a shard may have.

    >>> ids_of_shard(0, 0), ids_of_shard(3, 2)
    (('0000000000000000', 'ffffffffffffffff'), ('c000000000000000', 'ffffffffffffffff'))
    """
    wider = 4 * ID_LENGTH - bits
    return f"{number << wider:0{ID_LENGTH}x}", f"{((number + 1) << wider) - 1:0{ID_LENGTH}x}"


def shard_bits(documents: int, size: int) -> int:
    """Bits enough that a shard has a few hundred documents and a few dozen megabytes; they depend on nothing else.

    >>> shard_bits(512, 2**20), shard_bits(513, 2**20), shard_bits(1, 2**30)
    (0, 1, 5)
    """
    shards = max(documents / DOCUMENTS_IN_SHARD, size / BYTES_IN_SHARD, 1)
    return min(int(shards - 1e-9).bit_length(), MOST_BITS)


DOCUMENTS_IN_SHARD = 512
BYTES_IN_SHARD = 32 * 2**20
MOST_BITS = 16
