"""Golden files: what a sample's rows are, a row a line, its table first, to be checked by a person against the page."""

import json
from pathlib import Path

from pipeline.process import process
from pipeline.read import read
from pipeline.validate import Rows
from schemas import TABLES
from schemas.blocks import BlockRow
from schemas.evidence import Evidence
from schemas.pages import PageRow

LEFT_OUT = (Evidence, BlockRow)
"""Tables that follow from the others and the page; tests check them by what must always hold."""
_VOLATILE = {"parser_version", "byte_count"}
_PAGE_COLUMNS = {"similarity", "char_start", "char_end"}


def golden_path(sample: Path) -> Path:
    """Where the golden file of a sample stands: beside it."""
    return sample.with_suffix(".expected.jsonl")


def golden_text(sample: Path) -> str:
    """The rows of a sample as its golden file holds them, nulls left out, the document's id written as `*`."""
    rows = process(read(sample, name=sample.name))
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in golden_rows(rows))


def golden_rows(rows: Rows) -> list[dict[str, object]]:
    """The rows of a document as plain values, in the order of the tables."""
    document_id = rows.document.document_id
    lines: list[dict[str, object]] = []
    for model in TABLES:
        if model in LEFT_OUT:
            continue
        hidden = _VOLATILE | (_PAGE_COLUMNS if model is PageRow else set())
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
