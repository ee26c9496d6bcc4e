"""Primary and foreign keys, as the tables declare them, checked in the rows of each document before they go on."""

from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter

from pipeline.errors import DocumentError
from schemas import TABLES
from schemas.base import Table
from schemas.documents import Document

ByTable = Mapping[type[Table], Sequence[Table]]
Keys = set[object]
"""Values of one column, or tuples of those of several."""
_MODELS = {model.table: model for model in TABLES}


def check_keys(by_table: ByTable, document: Document) -> None:
    """See to it that every key holds among the rows of a document, and so among those of all documents.

    A key has the document's id as a column, or begins with it: the keys of two documents are never the same.

    Raises:
        DocumentError: two rows have one key, or a key names no row.

    """
    for model, rows in by_table.items():
        for said in _broken(model, by_table, document.document_id) if rows else ():
            raise DocumentError(f"{document.source}: {said}; report the file, the mistake is ours")


def _broken(model: type[Table], by_table: ByTable, document_id: str) -> Iterator[str]:
    rows = by_table[model]
    keys = _values(rows, model.primary_key)
    if len(keys) < len(rows):
        yield f"rows of {model.table} have the same key"
    if model.primary_key in (("row_key",), ("project_id",)):
        foreign = sorted(key for key in map(str, keys) if not key.startswith(document_id))
        yield from (f"the key {key!r} of {model.table} is another document's" for key in foreign)
    for key in model.foreign_keys:
        named = _values(by_table[_MODELS[key.table]], key.named)
        yield from _lost(model, _values(rows, key.columns) - named, key.table)
    if model.names_rows:
        yield from _lost(model, _values(rows, ("table_name", "row_key")) - _named_rows(by_table), "the table named")


def _lost(model: type[Table], lost: Keys, named: str) -> Iterator[str]:
    """What is said of values that name no row; one with a null names none, and need not."""
    for key in sorted(map(str, (one for one in lost if None not in (one if isinstance(one, tuple) else (one,))))):
        yield f"a row of {model.table} names {key}, which is not in {named}"


def _named_rows(by_table: ByTable) -> Keys:
    """The rows that evidence and findings may name, with their tables."""
    return {
        (model.table, name)
        for model, rows in by_table.items()
        if model.row_name in model.model_fields and not model.names_rows
        for name in _values(rows, (model.row_name,))
    }


def _values(rows: Sequence[Table], columns: tuple[str, ...]) -> Keys:
    return set(map(attrgetter(*columns), rows))
