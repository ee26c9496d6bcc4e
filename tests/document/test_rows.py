"""Rows kept as plain values: whoever looks at them sees models, in the order of their table."""

from collections.abc import Iterable

import pytest

from pipeline.document.rows import TableRows
from schemas.base import columns_of
from schemas.unclaimed import Unclaimed

COLUMNS = ("text", "document_id", "page_number", "char_start", "char_end", "reason", "block")


def row(number: int) -> Unclaimed:
    return Unclaimed(
        document_id="0", page_number=1, char_start=number, char_end=number + 1, text=f"ก{number}", reason="no_block"
    )


ROWS = [row(number) for number in range(3)]
VALUES = [(one.text, "0", 1, one.char_start, one.char_end, "no_block", None) for one in ROWS]


@pytest.fixture
def rows() -> TableRows:
    """Rows of which only the values were given."""
    found = TableRows(Unclaimed)
    found.extend(COLUMNS, VALUES)
    return found


def test_values_are_models_to_who_looks(rows: TableRows) -> None:
    assert (len(rows), list(rows), rows[1], rows[-1], rows[1:]) == (3, ROWS, ROWS[1], ROWS[2], ROWS[1:])
    assert ROWS[1] in rows
    assert all(type(one) is Unclaimed for one in rows)


def test_a_table_without_rows_is_false_and_has_none() -> None:
    rows = TableRows(Unclaimed)
    assert (bool(rows), len(rows), list(rows)) == (False, 0, [])


def test_rows_given_as_models_and_as_values_are_kept_alike(rows: TableRows) -> None:
    assert TableRows(Unclaimed, ROWS).values == rows.values
    in_order = TableRows(Unclaimed)
    in_order.extend(columns_of(Unclaimed), rows.values)
    assert in_order.values == rows.values


@pytest.mark.parametrize("column", COLUMNS)
def test_a_column_is_found_by_its_name(rows: TableRows, column: str) -> None:
    assert list(rows.column_values(column)) == [getattr(one, column) for one in ROWS]


def test_several_columns_come_in_the_order_asked_for(rows: TableRows) -> None:
    assert list(rows.column_values("char_end", "document_id")) == [(one.char_end, "0") for one in ROWS]


def test_a_model_can_be_added(rows: TableRows) -> None:
    rows.append(ROWS[0])
    assert list(rows) == [*ROWS, ROWS[0]]


@pytest.mark.parametrize("values", [[], [("ก", "0", 1, 0, 1, "no_block")]], ids=["no rows", "a row"])
def test_a_column_that_is_not_filled_is_an_error(values: list[tuple[object, ...]]) -> None:
    with pytest.raises(ValueError, match="not in tuple"):
        TableRows(Unclaimed).extend(COLUMNS[:-1], values)


def test_a_value_that_the_model_does_not_allow_shows_where_somebody_looks() -> None:
    rows = TableRows(Unclaimed)
    rows.extend(COLUMNS, [("ก", "0", "one", 0, 1, "no_block", None)])
    with pytest.raises(ValueError, match="page_number"):
        list(rows)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_rows_are_sorted_as_their_table_declares(order: Iterable[int]) -> None:
    rows = TableRows(Unclaimed, [ROWS[place] for place in order])
    rows.sort()
    assert list(rows) == ROWS


def test_a_null_comes_last() -> None:
    rows = TableRows(Unclaimed)
    rows.extend(COLUMNS, [("ก", "0", 1, start, 9, "no_block", None) for start in (None, 3, 1)])
    rows.sort()
    assert list(rows.column_values("char_start")) == [1, 3, None]
