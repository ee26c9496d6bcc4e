"""Fields to cells: each text through its column's normalizer; the one place where `Unreadable` is caught."""

from collections import Counter
from collections.abc import Sequence

from normalizers import Unreadable
from normalizers.choices import choice
from normalizers.digits import is_mixed
from pipeline.model import Cell, Field, Note
from schemas.base import Choice, Normalizer

CONTEXT = "fiscal_year_be"


def normalize(fields: Sequence[Field]) -> tuple[Cell, ...]:
    """The typed value of every field; what is printed and cannot be read becomes null with the reason."""
    contexts = [
        cell.value
        for cell in (_cell(field, None) for field in fields if field.column == CONTEXT)
        if cell.value is not None
    ]
    year = Counter(contexts).most_common(1)[0][0] if contexts else None
    return tuple(_cell(field, year if isinstance(year, int) else None) for field in fields)


def _cell(field: Field, fiscal_year_be: int | None) -> Cell:
    value, trouble = field.value, None
    if value is None:
        try:
            value = _read(field, fiscal_year_be)
        except Unreadable as error:
            trouble = Note(
                error.code,
                str(error),
                field.spans[0] if field.spans else None,
                field.model.table,
                field.column,
                field.row,
            )
    return Cell(
        field.model,
        field.column,
        field.copy,
        field.row,
        value,
        field.spans,
        field.score,
        field.raw,
        trouble,
        field.is_inferred,
        field.label,
    )


def _read(field: Field, fiscal_year_be: int | None) -> object:
    phrases = field.model.marks(field.column, Choice)
    if phrases:
        return choice(field.raw, phrases[-1].phrases)
    normalizer = field.model.normalizer(field.column)
    return (
        normalizer.read(field.raw, fiscal_year_be=fiscal_year_be)
        if normalizer.in_fiscal_year
        else normalizer.read(field.raw)
    )


def has_mixed_digits(cell: Cell) -> bool:
    """Whether a typed value was printed in digits of both scripts; running text may hold both."""
    if cell.value is None or isinstance(cell.value, str):
        return False
    return not any(mark.spans_lines for mark in cell.model.marks(cell.column, Normalizer)) and is_mixed(cell.raw)
