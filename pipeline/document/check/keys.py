"""Primary and foreign keys, as the tables declare them, checked in the rows of each document before they go on."""

from collections.abc import Iterator, Mapping, Sequence

from pipeline.document.build_rows.plain_rows import values_of
from pipeline.errors import DocumentError
from schemas import TABLES
from schemas.base import Table, columns_of
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
    named = _named_rows(by_table)
    for model, rows in by_table.items():
        for said in _broken(model, by_table, named, document.document_id) if rows else ():
            raise DocumentError(f"{document.source}: {said}; report the file, the mistake is ours")


def _broken(model: type[Table], by_table: ByTable, named_rows: Keys, document_id: str) -> Iterator[str]:
    rows = by_table[model]
    keys = _values(model, rows, model.primary_key)
    if len(keys) < len(rows):
        yield f"rows of {model.table} have the same key"
    if model.primary_key in (("row_key",), ("project_id",)):
        foreign = sorted(key for key in map(str, keys) if not key.startswith(document_id))
        yield from (f"the key {key!r} of {model.table} is another document's" for key in foreign)
    for key in model.foreign_keys:
        named = _values(_MODELS[key.table], by_table[_MODELS[key.table]], key.named)
        yield from _lost(model, _values(model, rows, key.columns) - named, key.table)
    if model.names_rows:
        yield from _lost(model, _values(model, rows, ("table_name", "row_key")) - named_rows, "the table named")


def _lost(model: type[Table], lost: Keys, named: str) -> Iterator[str]:
    """What is said of values that name no row; one with a null names none, and need not."""
    for key in sorted(map(str, (one for one in lost if None not in (one if isinstance(one, tuple) else (one,))))):
        yield f"a row of {model.table} names {key}, which is not in {named}"


def _named_rows(by_table: ByTable) -> Keys:
    """The rows that evidence and findings may name, with their tables."""
    return {
        (model.table, name)
        for model, rows in by_table.items()
        if rows and model.row_name in columns_of(model) and not model.names_rows
        for name in values_of(model, rows, (model.row_name,))
    }


def _values(model: type[Table], rows: Sequence[Table], columns: tuple[str, ...]) -> Keys:
    return set(values_of(model, rows, columns))
