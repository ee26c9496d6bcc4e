"""Tables for publication: personal columns empty, and what they say masked wherever the document's texts quote it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

import pyarrow as pa
import pyarrow.compute as pc

from normalizers import Unreadable
from normalizers.people import is_office, person, phone
from pipeline.archive.columns import ALL_TABLES, columns
from pipeline.archive.shards import document_ids
from pipeline.tools.export.masking import MASK, Mask
from pipeline.tools.export.tables import Change, Tables
from schemas.base import Table
from schemas.evidence import Evidence
from schemas.report_groups import ReportGroup

Place = tuple[str, str | None]
"""A table and a column of it."""

_TEXTS = (pa.string(), pa.list_(pa.string()))
_COLUMNS = [(model, column) for model in ALL_TABLES for column in columns(model)]
_PERSONAL: frozenset[Place] = frozenset((model.table, column.name) for model, column in _COLUMNS if column.is_personal)
_PERSONAL_NAMES = sorted({column.name for _, column in _COLUMNS if column.is_personal})
_TEXTUAL = frozenset((model.table, column.name) for model, column in _COLUMNS if column.type in _TEXTS)
_FIGURES: frozenset[Place] = frozenset((model.table, column.name) for model, column in _COLUMNS) - _TEXTUAL
_JOINING = frozenset("document_id project_id group_id row_key table_name column_name code".split())
"""Columns that name rows, columns and codes; none says what a page says."""
_QUOTING = frozenset({"raw_text", "alternatives", "message"})
"""Columns that quote what another column was read from."""
MASKS_AT_ONCE = 64


def without_persons(tables: Tables) -> Tables:
    """The same tables without the names and telephone numbers that personal columns hold.

    Keys, dates and amounts stay, so tables still join.
    """
    return replace(tables, change=_change(_persons(tables)))


def _persons(tables: Tables) -> Mapping[str, frozenset[str]]:
    """What personal columns say, as read and as printed, by the document; by the group what all its documents say.

    An office in a person's place is none: it may stand in texts, and in the columns of offices.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for key, value in (*_values(tables), *_printed(tables)):
        if value and not is_office(value):
            found[key].add(value)
    for batch in tables.batches(ReportGroup):
        for row in batch.select(["group_id", "document_id"]).to_pylist():
            found[row["group_id"]] |= found[row["document_id"]]
    return {key: frozenset(values) for key, values in found.items()}


def _values(tables: Tables) -> Iterator[tuple[str, str | None]]:
    """The cells of personal columns, each with its document."""
    for model in ALL_TABLES:
        for name in (column.name for column in columns(model) if column.is_personal):
            for batch in tables.batches(model):
                yield from zip(_ids(batch), batch[name].to_pylist(), strict=True)


def _printed(tables: Tables) -> Iterator[tuple[str, str | None]]:
    """What those cells were read from in all copies, each with its document."""
    for batch in tables.batches(Evidence):
        for row in batch.filter(pc.is_in(batch["column_name"], pa.array(_PERSONAL_NAMES))).to_pylist():
            for printed in (row["raw_text"], *row["alternatives"]):
                yield from ((row["document_id"], said) for said in _said(printed))


def _said(printed: str) -> Iterator[str | None]:
    """The name and the number in what is printed; all of it where they cannot be read."""
    try:
        yield from (person(printed), phone(printed))
    except Unreadable:
        yield printed


def _change(persons: Mapping[str, frozenset[str]]) -> Change:
    @lru_cache(MASKS_AT_ONCE)
    def mask(key: str) -> Mask:
        return Mask(persons.get(key, frozenset()))

    def change(model: type[Table], batch: pa.RecordBatch) -> pa.RecordBatch:
        keys = batch["group_id"].to_pylist() if model is ReportGroup else _ids(batch)
        masks = [mask(key) for key in keys]
        changed = [_column(model, batch, name, masks) for name in batch.schema.names]
        return pa.RecordBatch.from_arrays(changed, schema=batch.schema)

    return change


def _column(model: type[Table], batch: pa.RecordBatch, name: str, masks: list[Mask]) -> pa.Array:
    column = batch[name]
    if (model.table, name) in _PERSONAL:
        return pa.nulls(len(batch), column.type)
    if name in _JOINING or (model.table, name) not in _TEXTUAL:
        return column
    if model.names_rows and name in _QUOTING:
        abouts = list(zip(batch["table_name"].to_pylist(), batch["column_name"].to_pylist(), strict=True))
    else:
        abouts = [(model.table, name)] * len(batch)
    return pa.array(map(_masked, column.to_pylist(), masks, abouts), type=column.type)


def _masked(value: str | list[str] | None, mask: Mask, about: Place) -> str | list[str] | None:
    """A text that is about a column: a mask alone where that is personal."""
    if value is None:
        return None
    if isinstance(value, list):
        return [MASK if about in _PERSONAL else mask.masked(one) for one in value]
    return MASK if about in _PERSONAL else mask.masked(value, with_short_numbers=about not in _FIGURES)


def _ids(batch: pa.RecordBatch) -> list[str]:
    ids: list[str] = document_ids(batch).to_pylist()
    return ids
