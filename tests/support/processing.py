"""Documents through the stages, from bytes to rows, and rows as plain values."""

from pipeline.document.process import process
from pipeline.document.rows import Rows
from pipeline.sources.read import source_of
from schemas.base import columns_of

PlainRows = dict[str, list[dict[str, object]]]
"""The rows of every table by its name, each a value by column."""


def process_bytes(content: bytes, name: str = "small.txt") -> Rows:
    """The rows of one document given as bytes."""
    return process(source_of(content, name=name))


def plain(rows: Rows) -> PlainRows:
    """Rows as plain values."""
    return {
        model.table: [dict(zip(columns_of(model), values, strict=True)) for values in found.values]
        for model, found in rows.by_table.items()
    }


def plain_rows(content: bytes, name: str = "small.txt") -> PlainRows:
    """The rows of one document given as bytes, as plain values."""
    return plain(process_bytes(content, name))
