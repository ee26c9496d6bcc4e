"""Rows as plain tuples: to who looks at them they are models as all others are."""

import pytest

from pipeline.document.build_rows.plain_rows import PlainRows, plain_tuples, values_of
from schemas.unclaimed import Unclaimed

COLUMNS = ("text", "document_id", "page_number", "char_start", "char_end")
ROWS = [Unclaimed(document_id="0", page_number=1, char_start=n, char_end=n + 1, text=f"ก{n}") for n in range(3)]


@pytest.fixture
def plain() -> PlainRows[Unclaimed]:
    return PlainRows(Unclaimed, COLUMNS, [(row.text, "0", 1, row.char_start, row.char_end) for row in ROWS])


def test_plain_rows_are_models_to_who_looks(plain: PlainRows[Unclaimed]) -> None:
    assert (len(plain), list(plain), plain[1], plain[1:]) == (3, ROWS, ROWS[1], ROWS[1:])


def test_columns_are_found_by_name_whichever_way_rows_are_kept(plain: PlainRows[Unclaimed]) -> None:
    assert plain_tuples(Unclaimed, plain) == plain_tuples(Unclaimed, ROWS)
    for columns in (("text",), ("char_end", "document_id")):
        assert list(values_of(Unclaimed, plain, columns)) == list(values_of(Unclaimed, ROWS, columns))


def test_a_model_can_be_added(plain: PlainRows[Unclaimed]) -> None:
    plain.append(ROWS[0])
    assert list(plain) == [*ROWS, ROWS[0]]


def test_a_column_that_is_not_filled_is_an_error() -> None:
    with pytest.raises(ValueError, match="not in tuple"):
        PlainRows(Unclaimed, COLUMNS[:-1], [("ก", "0", 1, 0)])
