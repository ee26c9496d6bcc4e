"""Where a difference stands: page, line and raw text, by the evidence of a run."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.document.lines import line_number
from pipeline.tools.compare.cells import Difference
from pipeline.tools.compare.pairs import Row
from schemas import TABLES

TELLING = frozenset(model.table for model in TABLES if model.names_rows)
"""Tables that tell of cells of other tables, whose `row_key` is another row's."""
NAMES = {model.table: model.row_name for model in TABLES}
"""The column that evidence calls a row of each table by."""


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a page. `is_near`: the value itself stands nowhere, this was read beside it or above it."""

    page_number: int | None
    char_start: int | None = None
    raw_text: str | None = None
    line: int | None = None
    """From 1; None where the text is not at hand."""
    is_near: bool = False

    def in_text(self, text: str) -> "Place":
        """The place with its line in the source text."""
        return self if self.char_start is None else replace(self, line=line_number(text, self.char_start))


class Places:
    """Where the cells of one document stood."""

    def __init__(self, evidence: Iterable[Row]) -> None:
        self._cells: dict[tuple[object, object, object], Place] = {}
        self._rows: dict[tuple[object, object], Place] = {}
        for row in evidence:
            place, key = _of_row(row), (row["table_name"], row["row_key"])
            self._cells.setdefault((*key, row["column_name"]), place)
            self._rows.setdefault(key, place)

    def of(self, table: str, row: Row, column: str | None) -> Place | None:
        """The place of a cell, or of a row, whose column is None; near it where the cell itself was not read."""
        about = (row.get("table_name"), row.get("row_key"), row.get("column_name"))
        own = about if table in TELLING else (table, own_key(table, row), column)
        if own in self._cells:
            return self._cells[own]
        if row.get("page_number") is not None:
            return _of_row(row)
        beside = self._rows.get(own[:2])
        return replace(beside, is_near=column is not None) if beside else None


def locate(difference: Difference, found: Places, *, expected: Places | None = None) -> Place | None:
    """Where a difference stands: what is missing where it was expected, if that is known, else near what was found."""
    table, column = difference.table, difference.column
    if difference.verdict == "missing" and difference.expected is not None and expected is not None:
        return expected.of(table, difference.expected, column)
    if difference.found is not None:
        return found.of(table, difference.found, column)
    if difference.expected is not None and difference.expected.get("page_number") is not None:
        return _of_row(difference.expected)
    above = found.of(table, difference.above, None) if difference.above else None
    return replace(above, is_near=True) if above else None


def own_key(table: str, row: Row) -> object:
    """What evidence calls a row of a table; None for rows of tables that tell of others."""
    return None if table in TELLING else row.get(NAMES.get(table, "row_key"))


def _of_row(row: Row) -> Place:
    page, start, said = row.get("page_number"), row.get("char_start"), row.get("raw_text", row.get("text"))
    return Place(
        page if isinstance(page, int) else None,
        start if isinstance(start, int) else None,
        said if isinstance(said, str) else None,
    )
