"""What was done so far, a row for each document: so that a rerun does only what is new."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Literal, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

LEDGER = "ledger.parquet"
"""Its file in a state of the tables."""

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
    documents: Sequence[Seen] = ()

    def write(self, path: Path) -> None:
        """Write it as Parquet, whole or not at all."""
        described = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "documents"}
        columns = zip(*self.documents, strict=True) if self.documents else [()] * len(_SCHEMA)
        arrays = [pa.array(values, type=kind.type) for values, kind in zip(columns, _SCHEMA, strict=True)]
        schema = _SCHEMA.with_metadata({"raingan": json.dumps(described)})
        unfinished = path.with_name(f"{path.name}.unfinished")
        pq.write_table(pa.Table.from_arrays(arrays, schema=schema), unfinished, compression="zstd")
        unfinished.replace(path)

    @classmethod
    def read(cls, path: Path) -> "Ledger":
        """Read what an earlier run wrote; an empty one where none did."""
        if not path.exists():
            return cls()
        table = pq.ParquetFile(path).read()
        if table.schema.names != list(Seen._fields):
            return cls()  # that of a version which kept other things: all is parsed again
        described = json.loads(table.schema.metadata[b"raingan"])
        columns = [table[name].to_pylist() for name in Seen._fields]
        return cls(**described, documents=tuple(map(Seen._make, zip(*columns, strict=True))))

    def kept(self) -> Iterator[Seen]:
        """The documents that have a row."""
        return (seen for seen in self.documents if seen.outcome != "skipped")

    def by_file(self) -> dict[str, list[Seen]]:
        """The documents of each listed file."""
        found: dict[str, list[Seen]] = {}
        for seen in self.documents:
            found.setdefault(seen.file, []).append(seen)
        return found


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


def shard_bits(documents: Iterable[Seen]) -> int:
    """Bits enough that a shard has a few hundred documents and a few dozen megabytes; they depend on nothing else."""
    sizes = {seen.document_id: seen.byte_count or 0 for seen in documents}
    shards = max(len(sizes) / DOCUMENTS_IN_SHARD, sum(sizes.values()) / BYTES_IN_SHARD, 1)
    return min(int(shards - 1e-9).bit_length(), MOST_BITS)


DOCUMENTS_IN_SHARD = 512
BYTES_IN_SHARD = 32 * 2**20
MOST_BITS = 16
