"""The tables of a run, read back: by shard, by document, by column, or all rows in batches."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, groupby
from pathlib import Path
from typing import TypeVar

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.archive.ledger import LEDGER, Ledger
from pipeline.archive.shards import document_ids, shard_files, shard_of, shards_before
from pipeline.archive.store import CURRENT, STATE, TABLE_NAMES
from pipeline.document.write import settle_without_pandas
from pipeline.errors import ExportError, NoRowError, OutputError
from pipeline.sources.read import ID_LENGTH
from pipeline.tools.compare import Row
from schemas import CORPUS_TABLES, TABLES
from schemas.base import Table
from schemas.documents import Document

LEFT_OUT = {"parser_version"}
"""Columns that say who read a document, not what it says."""
ROWS_AT_ONCE = 1000
CORPUS = {model.table: model.sort_by[0] for model in CORPUS_TABLES}
"""The tables that tell of several documents, and the column that their rows are in order of."""


class Output:
    """The complete state of an output folder as it is now; a run that ends meanwhile does not change it."""

    def __init__(self, out: Path) -> None:
        state = out / STATE / CURRENT
        self.out = out
        self.root = state.resolve() if state.exists() else out
        if not self.files(Document.table):
            raise OutputError(out)

    def files(self, table: str) -> list[Path]:
        """The files of a table, in the order of their shards."""
        return sorted((self.root / table).rglob("*.parquet"))

    @cached_property
    def bits(self) -> int:
        """Leading bits of a document's id that tell its shard; 0 where files are no shards and must be read at once."""
        shards = [path.name[: len(_shard_name(0))] for path in self.files(Document.table)]
        is_sharded = len(shards).bit_count() == 1 and shards == [_shard_name(i) for i in range(len(shards))]
        return len(shards).bit_length() - 1 if is_sharded else 0

    @cached_property
    def tables(self) -> list[str]:
        """The tables whose rows each depend on one document, also those that only another version knows."""
        others = sorted({path.name for path in self.root.iterdir() if any(path.glob("*.parquet"))} - set(TABLE_NAMES))
        return [name for name in (*TABLE_NAMES, *others) if name not in CORPUS]

    def part(self, number: int, bits: int) -> "Part":
        """The documents whose ids begin with these bits."""
        shards = tuple(map(_shard_name, shards_before(number, bits, self.bits)))
        return Part(self, shards if self.bits else ("",))

    def groups(self, table: str) -> Iterator[tuple[str, list[Row]]]:
        """The rows of a table that tells of several documents, those about one thing together, in order."""
        batches = (batch for path in self.files(table) for batch in pq.ParquetFile(path).iter_batches(ROWS_AT_ONCE))
        rows = chain.from_iterable(batch.to_pylist() for batch in batches)
        for key, some in groupby(rows, key=lambda row: str(row[CORPUS[table]])[:ID_LENGTH]):
            yield key, list(some)


class Part:
    """Some of the documents of an output. What was read of it stays in memory as long as the part does."""

    def __init__(self, output: Output, prefixes: tuple[str, ...]) -> None:
        self._output, self._prefixes = output, prefixes
        self._tables: dict[str, pa.Table | None] = {}
        self._stretches: dict[str, dict[str, tuple[int, int]]] = {}

    def table(self, name: str) -> pa.Table | None:
        """The rows of a table, those of a document together, in order of the ids; None where there is no such table."""
        if name not in self._tables:
            paths = [path for path in self._output.files(name) if path.name.startswith(self._prefixes)]
            tables = [_without(LEFT_OUT, pq.ParquetFile(path).read()) for path in paths]
            self._tables[name] = _by_document(tables) if tables else None
        return self._tables[name]

    def of_document(self, name: str, document_id: str) -> pa.Table | None:
        """The rows that a document has in a table."""
        table = self.table(name)
        if table is None:
            return None
        if name not in self._stretches:
            self._stretches[name] = _stretches(table)
        return table.slice(*self._stretches[name].get(document_id, (0, 0)))

    def sources(self) -> dict[str, str]:
        """The documents by their ids, each with the first of its names."""
        documents = self.table(Document.table)
        if documents is None:
            return {}
        pairs = zip(documents["document_id"].to_pylist(), documents["source"].to_pylist(), strict=True)
        found: dict[str, str] = {}
        for document_id, source in pairs:
            found.setdefault(document_id, source)
        return found


def rows_of(table: pa.Table | None) -> list[Row]:
    """The rows of a table as plain values."""
    return [] if table is None else table.to_pylist()


def _by_document(tables: list[pa.Table]) -> pa.Table:
    whole = pa.concat_tables(tables, promote_options="permissive")
    return whole.take(pc.array_sort_indices(document_ids(whole)))


def _stretches(table: pa.Table) -> dict[str, tuple[int, int]]:
    """Where the rows of each document begin, and how many they are."""
    found, start = {}, 0
    for run in pc.value_counts(document_ids(table)).to_pylist():
        found[run["values"]] = (start, run["counts"])
        start += run["counts"]
    return found


def _without(columns: set[str], table: pa.Table) -> pa.Table:
    return table.drop_columns([name for name in table.column_names if name in columns])


def _shard_name(number: int) -> str:
    return f"part-{number:05d}"


FILES_IN_MEMORY = 64
"""Files of tables that are kept, for documents are asked for in the order of their shards."""

Model = TypeVar("Model", bound=Table)


class State:
    """A complete state of all tables; one that a later run leaves behind is read on until the run after that."""

    def __init__(self, out: Path) -> None:
        """Find the tables under an output folder, also where somebody copied them without their ledger.

        Raises:
            OutputError: there are none.

        """
        self.out = out
        self._output = Output(out)
        settle_without_pandas()

    @property
    def folder(self) -> Path:
        """Where the tables are."""
        return self._output.root

    @cached_property
    def ledger(self) -> Ledger:
        """What the run did; empty where the tables were copied without it."""
        return Ledger.read(self.folder / LEDGER)

    def rows(self, model: type[Model], document_id: str) -> list[Model]:
        """The rows of one document in one table, in their order; none where the run had no such table.

        Raises:
            OutputError: the table lacks a column, for another version wrote it.

        """
        import pyarrow.compute as pc

        found: list[Model] = []
        for path in self._files(model, document_id):
            table = _read(path)
            required = {name for name, info in model.model_fields.items() if info.is_required()}
            if lost := sorted(required - set(table.schema.names)):
                reason = f"table {model.table} lacks {', '.join(lost)}, for another version wrote it; run raingan again"
                raise OutputError(self.out, reason)
            known = [name for name in model.model_fields if name in table.schema.names]
            mine = table.filter(pc.equal(document_ids(table), document_id)).select(known)
            found += map(model.model_validate, mine.to_pylist())
        return found

    def _files(self, model: type[Table], document_id: str) -> list[Path]:
        if not self._output.bits:
            return self._output.files(model.table)
        return shard_files(self.folder, model.table, shard_of(document_id, self._output.bits))

    def columns(self, model: type[Table], *names: str) -> pa.Table:
        """Columns of a whole table."""
        return pa.concat_tables(list(self._columns(model, names)))

    def _columns(self, model: type[Table], names: tuple[str, ...]) -> Iterator[pa.Table]:
        schema = pa.schema([model.arrow_schema().field(name) for name in names])
        yield schema.empty_table()
        for path in self._output.files(model.table):
            yield pq.ParquetFile(path).read(columns=list(names)).cast(schema)


@lru_cache(maxsize=FILES_IN_MEMORY)
def _read(path: Path) -> pa.Table:
    return pq.ParquetFile(path).read()


def is_document_id(text: str) -> bool:
    """Whether a row's key may begin with this.

    >>> is_document_id("fdefb2afb18072a2"), is_document_id("fdefb2afb18072a2-001"), is_document_id("projects")
    (True, False, False)
    """
    return len(text) == ID_LENGTH and not text.strip("0123456789abcdef")


KEYS_SHOWN = 8
PLACES = frozenset({"document_id", "project_id", "row_key", "ordinal"})
"""Columns that say where a row belongs; no page prints them."""
STATED = ("title", "issuer", "fiscal_year_be", "as_of_date")
"""The columns of a document's own row that a page prints."""


def has_pages_values(model: type[Table]) -> bool:
    """Whether a table's rows are made of what pages print, so that evidence names them."""
    return "row_key" in model.model_fields and not model.names_rows


def model_of(table: str) -> type[Table]:
    """The model of a table with values from pages.

    Raises:
        NoRowError: there is no such table.

    """
    named = {model.table: model for model in TABLES if model is Document or has_pages_values(model)}
    if table not in named:
        raise NoRowError(f"no table {table!r} has values from pages; there are {', '.join(named)}")
    return named[table]


def columns_of(model: type[Table]) -> list[str]:
    """The columns of a table that pages print, those aside that identify its rows."""
    if model is Document:
        return list(STATED)
    return [column for column, info in model.model_fields.items() if column not in PLACES and not info.is_required()]


def require_column(model: type[Table], column: str) -> str:
    """The column, if pages print it.

    Raises:
        NoRowError: they do not.

    """
    if column not in (known := columns_of(model)):
        raise NoRowError(f"table {model.table} has no column {column!r} from pages; there are {', '.join(known)}")
    return column


def find_row(state: State, model: type[Table], row_key: str) -> Table:
    """A row of a table by its key; that of a document is its id.

    Raises:
        NoRowError: there is none; the message lists some that there are.

    """
    document_id = row_key[:ID_LENGTH]
    rows = state.rows(model, document_id) if is_document_id(document_id) else []
    for row in rows:
        if key_of_row(row) == row_key:
            return row
    known = ", ".join(key_of_row(row) for row in rows[:KEYS_SHOWN])
    hint = f"of its document there are {known}" if known else "see the column row_key; of documents it is the id"
    raise NoRowError(f"table {model.table} has no row {row_key!r}; {hint}")


def key_of_row(row: Table) -> str:
    """What evidence and findings point to a row by."""
    return str(getattr(row, row.row_name))


Change = Callable[[type[Table], pa.RecordBatch], pa.RecordBatch]
"""What is done to the rows of a table on their way."""


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables under a folder."""

    state: Path
    change: Change | None = None

    def files(self, model: type[Table]) -> list[Path]:
        """The Parquet files of a table, in the order of their rows.

        Raises:
            ExportError: another version of the parsers wrote them.

        """
        files = sorted((self.state / model.table).glob("*.parquet"))
        wanted = model.arrow_schema()
        if not files or any(not pq.read_schema(path).equals(wanted) for path in files[:1]):
            raise ExportError(f"{self.state / model.table}: another version of raingan wrote it; run raingan again")
        return files

    def row_count(self, model: type[Table]) -> int:
        """Rows of a table."""
        return sum(pq.read_metadata(path).num_rows for path in self.files(model))

    def batches(self, model: type[Table]) -> Iterator[pa.RecordBatch]:
        """All rows of a table, a few thousand at a time."""
        for path in self.files(model):
            for batch in pq.ParquetFile(path).iter_batches(batch_size=ROWS_IN_BATCH):
                yield self.change(model, batch) if self.change else batch


ROWS_IN_BATCH = 4096


def tables_under(out: Path) -> Tables:
    """The tables that a run wrote; those of the last complete run, also if another one ends meanwhile.

    Raises:
        ExportError: there are none.

    """
    current = out / STATE / CURRENT
    if not current.exists():
        raise ExportError(f"{out}: no tables found; give the folder that raingan run -o wrote")
    return Tables(current.resolve())
