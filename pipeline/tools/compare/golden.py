"""Golden files: what a sample's rows are, a row a line, its table first, to be checked by a person against the page."""

import json
from collections.abc import Sequence
from pathlib import Path

from pipeline.document.build_rows import Rows
from pipeline.errors import GoldenError
from schemas import TABLES
from schemas.base import Table
from schemas.blocks import BlockRow
from schemas.evidence import Evidence
from schemas.findings import Finding
from schemas.pages import PageRow

GOLDEN_TABLES = tuple(model for model in TABLES if model not in (Evidence, BlockRow))
"""The tables of a golden file. Those left out follow from the others and the page, and tests check what must hold."""
GoldenRow = dict[str, object]
"""The values of a row by column, its table first."""
_VOLATILE = {"parser_version", "byte_count"}
_HIDDEN: dict[type[Table], set[str]] = {PageRow: {"similarity", "char_start", "char_end"}, Finding: {"ordinal"}}


def golden_path(sample: Path) -> Path:
    """Where the golden file of a sample stands: beside it."""
    return sample.with_suffix(".expected.jsonl")


def golden_lines(rows: Sequence[GoldenRow]) -> str:
    """Rows as a golden file holds them, one a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def golden_rows(rows: Rows, *, tables: Sequence[type[Table]] = GOLDEN_TABLES) -> list[GoldenRow]:
    """The rows of a document as plain values in the order of the tables, nulls left out, the document's id as `*`."""
    document_id = rows.document.document_id
    lines: list[GoldenRow] = []
    for model in tables:
        hidden = _VOLATILE | _HIDDEN.get(model, set())
        for row in rows.by_table[model]:
            values = {
                column: value
                for column, value in row.model_dump(mode="json").items()
                if value is not None and column not in hidden
            }
            lines.append(
                {"table": model.table} | {column: _portable(value, document_id) for column, value in values.items()}
            )
    return lines


def _portable(value: object, document_id: str) -> object:
    return value.replace(document_id, "*") if isinstance(value, str) else value


def rows_in(golden: Path) -> list[GoldenRow]:
    """The rows of a golden file.

    Raises:
        GoldenError: a line of it is no row.

    """
    try:
        lines = golden.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise GoldenError(golden, 1, str(error)) from error
    return [_row(line, number, golden) for number, line in enumerate(lines, 1) if line.strip()]


def _row(line: str, number: int, golden: Path) -> GoldenRow:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise GoldenError(golden, number, str(error)) from error
    if not isinstance(row, dict) or not isinstance(row.get("table"), str):
        raise GoldenError(golden, number, f"{line[:60]!r} names no table")
    return row
