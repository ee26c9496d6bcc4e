"""Read the tables of a run: by document, by column, by shard, or all rows in batches."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from itertools import chain, groupby
from pathlib import Path
from typing import TypeVar

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.archive.ledger import LEDGER, Ledger
from pipeline.archive.shards import document_ids, shard_files, shard_name, shard_of, shards_before
from pipeline.archive.store import CURRENT, STATE, TABLE_NAMES
from pipeline.document.write import settle_without_pandas
from pipeline.errors import NO_TABLES, ExportError, NoRowError, OutputError
from pipeline.sources.read import ID_LENGTH
from pipeline.tools.compare import PlainRow
from schemas import CORPUS_TABLES, TABLES
from schemas.base import Table
from schemas.documents import DocumentRow

PARSER_COLUMNS = {"parser_version"}
"""Columns about the parsers, not about what a document says."""
FILES_IN_MEMORY = 64
"""Files of tables that are kept in memory; documents are read in the order of their shards."""
GROUP_ROWS_AT_ONCE, EXPORT_ROWS_AT_ONCE = 1000, 4096
CORPUS = {model.table: model.sort_by[0] for model in CORPUS_TABLES}
"""The tables about several documents, and the column that they are sorted by."""
KEYS_SHOWN = 8
"""Keys of rows that a message lists."""
KEY_COLUMNS = frozenset({"document_id", "project_id", "row_key", "ordinal"})
"""Columns that identify a row; no page prints them."""
DOCUMENT_COLUMNS = ("title", "issuer", "fiscal_year_be", "as_of_date")
"""The columns of `documents` that a page prints."""

Model = TypeVar("Model", bound=Table)


class RunTables:
    """The current state of all tables of an output folder; runs that end meanwhile do not change it."""

    def __init__(self, out: Path) -> None:
        """Find the tables in an output folder, or in a copy of it without the ledger.

        Raises:
            OutputError: there are none.

        """
        state = out / STATE / CURRENT
        self.out = out
        self.folder = state.resolve() if state.exists() else out
        if not self.files(DocumentRow.table):
            raise OutputError(out)
        settle_without_pandas()

    @cached_property
    def ledger(self) -> Ledger:
        """What the run did; empty for a copy without the ledger."""
        return Ledger.read(self.folder / LEDGER)

    @cached_property
    def bits(self) -> int:
        """Leading bits of the document id that give the shard; 0 if the files are not shards."""
        shards = [path.name[: len(shard_name(0))] for path in self.files(DocumentRow.table)]
        is_sharded = len(shards).bit_count() == 1 and shards == [shard_name(i) for i in range(len(shards))]
        return len(shards).bit_length() - 1 if is_sharded else 0

    @cached_property
    def tables(self) -> list[str]:
        """The tables whose rows each depend on one document, also those of other versions."""
        names = {path.name for path in self.folder.iterdir() if any(path.glob("*.parquet"))}
        others = sorted(names - set(TABLE_NAMES))
        return [name for name in (*TABLE_NAMES, *others) if name not in CORPUS]

    def files(self, table: str) -> list[Path]:
        """The files of a table, in the order of their shards."""
        return sorted((self.folder / table).rglob("*.parquet"))

    def rows(self, model: type[Model], document_id: str) -> list[Model]:
        """The rows of one document in one table, in order; none if the run had no such table.

        Raises:
            OutputError: the table lacks a column, since another version wrote it.

        """
        rows: list[Model] = []
        in_shard = partial(shard_files, self.folder, model.table)
        for path in in_shard(shard_of(document_id, self.bits)) if self.bits else self.files(model.table):
            table = _read(path)
            required = {name for name, info in model.model_fields.items() if info.is_required()}
            if missing := sorted(required - set(table.schema.names)):
                reason = f"table {model.table}, written by another version, has no column {', '.join(missing)}"
                raise OutputError(self.out, f"{reason}; run raingan again")
            columns = [name for name in model.model_fields if name in table.schema.names]
            of_document = table.filter(pc.equal(document_ids(table), document_id)).select(columns)
            rows += map(model.model_validate, of_document.to_pylist())
        return rows

    def columns(self, model: type[Table], *names: str) -> pa.Table:
        """Columns of a whole table."""
        schema = pa.schema([model.arrow_schema().field(name) for name in names])
        files = (pq.ParquetFile(path).read(columns=list(names)).cast(schema) for path in self.files(model.table))
        return pa.concat_tables([schema.empty_table(), *files])

    def shard(self, number: int, bits: int) -> "TablesShard":
        """The documents whose ids begin with these bits."""
        names = tuple(map(shard_name, shards_before(number, bits, self.bits)))
        return TablesShard(self, names if self.bits else ("",))

    def groups(self, table: str) -> Iterator[tuple[str, list[PlainRow]]]:
        """The rows of a table about several documents, grouped by their subject, in order."""
        files = map(pq.ParquetFile, self.files(table))
        batches = chain.from_iterable(file.iter_batches(GROUP_ROWS_AT_ONCE) for file in files)
        rows = chain.from_iterable(batch.to_pylist() for batch in batches)
        for key, group in groupby(rows, key=lambda row: str(row[CORPUS[table]])[:ID_LENGTH]):
            yield key, list(group)


@lru_cache(maxsize=FILES_IN_MEMORY)
def _read(path: Path) -> pa.Table:
    return pq.ParquetFile(path).read()


class TablesShard:
    """Some of the documents of an output. What was read of it stays in memory as long as this object."""

    def __init__(self, run: RunTables, prefixes: tuple[str, ...]) -> None:
        self._run, self._prefixes = run, prefixes
        self._tables: dict[str, pa.Table | None] = {}
        self._slices: dict[str, dict[str, tuple[int, int]]] = {}

    def table(self, name: str) -> pa.Table | None:
        """The rows of a table, sorted by document id; None if there is no such table."""
        if name not in self._tables:
            paths = [path for path in self._run.files(name) if path.name.startswith(self._prefixes)]
            self._tables[name] = _by_document([pq.ParquetFile(path).read() for path in paths]) if paths else None
        return self._tables[name]

    def of_document(self, name: str, document_id: str) -> pa.Table | None:
        """The rows of a document in a table."""
        table = self.table(name)
        if table is None:
            return None
        if name not in self._slices:
            self._slices[name] = _slices(table)
        return table.slice(*self._slices[name].get(document_id, (0, 0)))

    def sources(self) -> dict[str, str]:
        """The names of the documents by id; of several names the first."""
        documents = self.table(DocumentRow.table)
        if documents is None:
            return {}
        ids, names = (documents[column].to_pylist() for column in ("document_id", "source"))
        return dict(zip(reversed(ids), reversed(names), strict=True))


def plain_rows(table: pa.Table | None) -> list[PlainRow]:
    """The rows of a table as plain values."""
    return [] if table is None else table.to_pylist()


def _by_document(tables: list[pa.Table]) -> pa.Table:
    whole = pa.concat_tables(tables, promote_options="permissive")
    columns = [name for name in whole.column_names if name not in PARSER_COLUMNS]
    return whole.select(columns).take(pc.array_sort_indices(document_ids(whole)))


def _slices(table: pa.Table) -> dict[str, tuple[int, int]]:
    """Start and number of the rows of each document."""
    slices, start = {}, 0
    for run in pc.value_counts(document_ids(table)).to_pylist():
        slices[run["values"]] = (start, run["counts"])
        start += run["counts"]
    return slices


def is_document_id(text: str) -> bool:
    """Whether a text looks like a document id.

    >>> is_document_id("fdefb2afb18072a2"), is_document_id("fdefb2afb18072a2-001"), is_document_id("projects")
    (True, False, False)
    """
    return len(text) == ID_LENGTH and not text.strip("0123456789abcdef")


def has_page_values(model: type[Table]) -> bool:
    """Whether the rows of a table are values from pages, so that evidence refers to them."""
    return "row_key" in model.model_fields and not model.names_rows


def model_of(table: str) -> type[Table]:
    """The model of a table with values from pages.

    Raises:
        NoRowError: there is no such table.

    """
    models = {model.table: model for model in TABLES if model is DocumentRow or has_page_values(model)}
    if table not in models:
        raise NoRowError(f"no table {table!r} has values from pages; there are {', '.join(models)}")
    return models[table]


def columns_of(model: type[Table]) -> list[str]:
    """The columns of a table that pages print."""
    if model is DocumentRow:
        return list(DOCUMENT_COLUMNS)
    columns = model.model_fields.items()
    return [column for column, info in columns if column not in KEY_COLUMNS and not info.is_required()]


def require_column(model: type[Table], column: str) -> str:
    """The column, if pages print it.

    Raises:
        NoRowError: they do not.

    """
    if column not in (columns := columns_of(model)):
        raise NoRowError(f"table {model.table} has no column {column!r} from pages; there are {', '.join(columns)}")
    return column


def find_row(run: RunTables, model: type[Table], row_key: str) -> Table:
    """A row of a table by its key; the key of a document is its id.

    Raises:
        NoRowError: there is none; the message lists some that there are.

    """
    document_id = row_key[:ID_LENGTH]
    rows = run.rows(model, document_id) if is_document_id(document_id) else []
    for row in rows:
        if key_of_row(row) == row_key:
            return row
    keys = ", ".join(key_of_row(row) for row in rows[:KEYS_SHOWN])
    hint = f"its document has {keys}" if keys else "see the column row_key, of documents document_id"
    raise NoRowError(f"table {model.table} has no row {row_key!r}; {hint}")


def key_of_row(row: Table) -> str:
    """The key by which evidence and findings refer to a row."""
    return str(getattr(row, row.row_name))


ChangeBatch = Callable[[type[Table], pa.RecordBatch], pa.RecordBatch]
"""Changes the rows of a table before they are exported."""


@dataclass(frozen=True, slots=True)
class ExportTables:
    """The tables of one state, to be copied batch by batch."""

    state: Path
    change: ChangeBatch | None = None

    def files(self, model: type[Table]) -> list[Path]:
        """The Parquet files of a table, in the order of their rows.

        Raises:
            ExportError: another version of raingan wrote them.

        """
        files = sorted((self.state / model.table).glob("*.parquet"))
        if not files or not pq.read_schema(files[0]).equals(model.arrow_schema()):
            raise ExportError(f"{self.state / model.table}: another version of raingan wrote it; run raingan again")
        return files

    def row_count(self, model: type[Table]) -> int:
        """The number of rows of a table."""
        return sum(pq.read_metadata(path).num_rows for path in self.files(model))

    def batches(self, model: type[Table]) -> Iterator[pa.RecordBatch]:
        """All rows of a table, a few thousand at a time."""
        for path in self.files(model):
            for batch in pq.ParquetFile(path).iter_batches(batch_size=EXPORT_ROWS_AT_ONCE):
                yield self.change(model, batch) if self.change else batch


def tables_to_export(out: Path) -> ExportTables:
    """The tables of the last complete run, even if another run ends meanwhile.

    Raises:
        ExportError: there are none.

    """
    current = out / STATE / CURRENT
    if not current.exists():
        raise ExportError(f"{out}: {NO_TABLES}")
    return ExportTables(current.resolve())
