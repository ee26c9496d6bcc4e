"""One document as Python objects, Arrow tables and pandas frames."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.document.process import process
from pipeline.document.rows import TableRows
from pipeline.document.write import arrow_table
from pipeline.errors import DocumentError
from pipeline.model import Source
from pipeline.sources.limits import Limits
from pipeline.sources.read import source_of
from pipeline.sources.storage import is_glob, is_remote
from pipeline.sources.unpack import members
from pipeline.startup import without_collector
from raingan.errors import Error
from schemas import TABLES
from schemas.activities import Activity
from schemas.base import Table
from schemas.blocks import BlockRow
from schemas.budget_items import BudgetItem
from schemas.documents import DocumentRow
from schemas.evidence import Evidence
from schemas.findings import Finding
from schemas.indicators import Indicator
from schemas.objectives import Objective
from schemas.pages import PageRow
from schemas.projects import Project
from schemas.quarterly_results import QuarterlyResult
from schemas.report_entries import ReportEntry
from schemas.risks import Risk
from schemas.sections import Section
from schemas.strategy_links import StrategyLink
from schemas.texts import Text
from schemas.unclaimed import Unclaimed

if TYPE_CHECKING:
    from pandas import DataFrame
    from pyarrow import Table as ArrowTable

LONGEST_PATH = 1000
"""Characters up to which a string in one line is a path, not a text."""
LONGEST_SHOWN = 200
"""Characters of a path that a message shows."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was read: for each table an attribute of its name, which holds the document's rows."""

    name: str
    text: str
    """The text that the offsets of `evidence`, `blocks` and `unclaimed` count in."""
    documents: tuple[DocumentRow, ...]
    """One row, about the document as a whole."""
    pages: tuple[PageRow, ...]
    projects: tuple[Project, ...]
    objectives: tuple[Objective, ...]
    report_entries: tuple[ReportEntry, ...]
    quarterly_results: tuple[QuarterlyResult, ...]
    activities: tuple[Activity, ...]
    budget_items: tuple[BudgetItem, ...]
    indicators: tuple[Indicator, ...]
    risks: tuple[Risk, ...]
    strategy_links: tuple[StrategyLink, ...]
    sections: tuple[Section, ...]
    findings: tuple[Finding, ...]
    evidence: tuple[Evidence, ...]
    blocks: tuple[BlockRow, ...]
    unclaimed: tuple[Unclaimed, ...]
    texts: tuple[Text, ...]

    def __repr__(self) -> str:
        counts = "".join(f", {table}={len(rows)}" for table, rows in self.tables.items() if rows)
        return f"<raingan.Document {self.name}: form={self.form}{counts}>"

    @property
    def form(self) -> str | None:
        """The form that the document is printed on; `unknown` where raingan knows no such form."""
        return self.documents[0].form

    @property
    def tables(self) -> Mapping[str, tuple[Table, ...]]:
        """The rows by the name of their table, empty tables too."""
        return {model.table: getattr(self, model.table) for model in TABLES}

    def arrow(self, table: str) -> "ArrowTable":
        """The rows of a table in Arrow, with the types, descriptions and units that the Parquet files have."""
        model = next((model for model in TABLES if model.table == table), None)
        if model is None:
            raise Error(f"no table has the name {table!r}; the tables are {', '.join(self.tables)}")
        return arrow_table(TableRows(model, self.tables[table]))

    def pandas(self, table: str) -> "DataFrame":
        """The rows of a table as a frame; dates and decimals keep their Arrow types."""
        from pandas import ArrowDtype

        return self.arrow(table).to_pandas(types_mapper=ArrowDtype)

    def evidence_of(self, row: Table, column: str | None = None) -> tuple[Evidence, ...]:
        """Where the values of a row stood, or the value of one column."""
        return tuple(one for one in self.evidence if _is_about(one, row, column))

    def findings_of(self, row: Table, column: str | None = None) -> tuple[Finding, ...]:
        """What looked wrong in a row, or in one column of it."""
        return tuple(one for one in self.findings if _is_about(one, row, column))


def _is_about(one: Evidence | Finding, row: Table, column: str | None) -> bool:
    key = getattr(row, row.row_name, None)
    return (one.table_name, one.row_key) == (row.table, key) and column in (None, one.column_name)


def read_document(
    document: "str | os.PathLike[str] | bytes", *, name: str | None, max_bytes: int, max_pages: int
) -> Document:
    """Read a path, a text or the content of a file, as `raingan.read` describes.

    Raises:
        DocumentError: it cannot be read.
        Error: it is a folder, a pattern, or an archive with several documents.

    """
    limits = Limits(size_limit=max_bytes, page_limit=max_pages)
    with without_collector():
        source = _source(document, name, limits)
        rows = process(source).by_table
        for of_table in rows.values():
            of_table.sort()
        return Document(source.name, source.text, **{model.table: tuple(rows[model]) for model in TABLES})


def _source(document: "str | os.PathLike[str] | bytes", name: str | None, limits: Limits) -> Source:
    if isinstance(document, bytes):
        return source_of(document, name=name or "<bytes>", limits=limits)
    if isinstance(document, str) and (len(document) > LONGEST_PATH or document.splitlines() != [document]):
        return source_of(document.encode(errors="surrogatepass"), name=name or "<text>", limits=limits)
    path = os.fspath(document)
    if not is_remote(path):
        _require_file(path)
    return _source_at(path, name, limits)


def _require_file(path: str) -> None:
    """Refuse what leads to no file, or to several."""
    is_folder, exists = os.path.isdir(path), os.path.exists(path)  # noqa: PTH110, PTH112 - Path fails on long names
    if is_folder or (is_glob(path) and not exists):
        raise Error(f"{path} is a folder or pattern, not one document; read all with raingan.run({path!r}, out)")
    if not exists:
        shown = path if len(path) <= LONGEST_SHOWN else f"{path[:LONGEST_SHOWN]}..."
        raise Error(f"{shown}: no such file; check the path. A text in one line is given as text.encode()")


def _source_at(path: str, name: str | None, limits: Limits) -> Source:
    """The one document of a file, which may be packed."""
    found = list(islice((one for one in members(path, Path(path).name, limits) if not one.is_skipped), 2))
    if len(found) != 1:
        count = "several documents" if found else "no document"
        raise Error(f"{path} is an archive with {count}; raingan.run({path!r}, out) reads archives")
    (member,) = found
    if member.content is None:
        raise DocumentError(member.reason or f"{member.name}: cannot be read; check the file")
    return source_of(member.content, name=name or member.name, limits=limits)
