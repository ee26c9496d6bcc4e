"""Put what reviewers corrected into the rows of a project, before they are checked and written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple

import pyarrow as pa
from pydantic import TypeAdapter, ValidationError

from normalizers import Noticed, Unreadable
from normalizers.digits import arabic
from normalizers.text import line
from pipeline.document.merge_copies import Consensus, MergedProject, MergedRow
from pipeline.errors import CorrectionError
from pipeline.model import Cell, Field, Issue, RowId, Span
from schemas.base import Arrow, Normalizer, Table

NOT_APPLIED = "correction_not_applied"
RowKeys = Mapping[tuple[str | None, RowId], str]
"""The key of each row by its table and by what identified it."""


class Correction(NamedTuple):
    """A cell, what it is to be, and who says so. Values are written as `written` does; an empty one is null."""

    document_id: str
    table: str
    row_key: str
    column: str
    value: str
    read_value: str
    """What the parsers read when it was corrected."""
    why: str
    when: str
    by: str

    @property
    def cell(self) -> tuple[str, str, str]:
        """The cell that it is about."""
        return self.table, self.row_key, self.column

    @property
    def named(self) -> str:
        """The cell as a message names it."""
        return f"{self.table} {self.row_key} {self.column}"


class Corrected(NamedTuple):
    """A project after its corrections, those that were about it, and what is to be said of them."""

    project: MergedProject
    known: tuple[Correction, ...] = ()
    issues: tuple[Issue, ...] = ()


def correct(project: MergedProject, keys: RowKeys, corrections: Sequence[Correction]) -> Corrected:
    """Give cells their corrected values; the place on the page, and what stands there, stay as they are.

    A correction of a printed value that is read otherwise now is left out with a note, unless it is read right.
    """
    rows = {key: (model, row) for model, row, key in _rows(project, keys)} if corrections else {}
    known, issues = list[Correction](), list[Issue]()
    tables = dict(project.rows)
    for correction in corrections:
        if (correction.table, correction.row_key) not in rows:
            continue
        known.append(correction)
        model, row = rows[correction.table, correction.row_key]
        cells = tables[model][row]
        try:
            if (reading := _reading(correction, model, row, cells)) is not None:
                tables |= {model: {**tables[model], row: MergedRow({**cells, correction.column: reading})}}
        except CorrectionError as error:
            text = f"{correction.named} is corrected to {correction.value!r}: {error}"
            column = correction.column if correction.column in model.model_fields else None
            issues.append(Issue(NOT_APPLIED, text, None, model.table, column, row))
    return Corrected(replace(project, rows=tables), tuple(known), tuple(issues))


def left_over(corrections: Sequence[Correction], known: Sequence[Correction]) -> Iterator[Issue]:
    """A note for each correction that is about no row."""
    for correction in corrections:
        if correction not in known:
            yield Issue(
                NOT_APPLIED, f"{correction.named} is corrected to {correction.value!r}, and there is no such row"
            )


def _rows(project: MergedProject, keys: RowKeys) -> Iterator[tuple[type[Table], RowId, tuple[str | None, str]]]:
    for model, rows in project.rows.items():
        for row in rows:
            if (model.table, row) in keys:
                yield model, row, (model.table, keys[model.table, row])


def _reading(correction: Correction, model: type[Table], row: RowId, cells: MergedRow) -> Consensus | None:
    """The corrected reading; None where the page is read so already.

    Raises:
        CorrectionError: the column has no such value, or another one was corrected.

    """
    if correction.column not in model.model_fields:
        raise CorrectionError(f"there is no column {correction.column!r}")
    value = typed(model, correction.column, correction.value)
    reading = cells.get(correction.column)
    printed = reading.cell.value if reading and reading.cell.field.spans else None
    if printed == value:
        return None
    if written(printed) != correction.read_value and printed != typed(model, correction.column, correction.read_value):
        raise CorrectionError(f"that was for {correction.read_value or None!r}, and now {written(printed)!r} is read")
    return _corrected(reading or Consensus(_blank(correction.column, model, row, cells), 0, 0), value, printed)


def _corrected(reading: Consensus, value: object, printed: object) -> Consensus:
    others = [] if printed is None else [str(printed)]
    others += [other for other in reading.alternatives if other not in (str(printed), str(value))]
    values = [cell.value for cell in (reading.cell, *reading.others)]
    field = reading.cell.field._replace(is_inferred=False, spans=reading.cell.field.spans or ((0, 0),))
    return reading._replace(
        cell=Cell(field, value),
        agreeing=sum(one == value for one in values if one is not None),
        alternatives=tuple(others),
        is_tied=False,
        is_corrected=True,
    )


def _blank(column: str, model: type[Table], row: RowId, cells: MergedRow) -> Cell:
    """A cell of which the page prints nothing, at the place where its row begins."""
    starts: list[Span] = sorted(span for reading in cells.values() for span in reading.cell.field.spans)
    start = starts[0][0] if starts else 0
    return Cell(Field(model, column, 0, row, "", ((start, start),), 0.0), None)


def written(value: object) -> str:
    """A value as a line of corrections holds it.

    >>> written(None), written(date(2019, 3, 29)), written(Decimal("1860000.00"))
    ('', '2019-03-29', '1860000.00')
    """
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def typed(model: type[Table], column: str, said: str) -> object:
    """A value as the column holds it, from how it is written or printed; None for nothing.

    Raises:
        CorrectionError: the column takes no such value.

    """
    if not said.strip():
        return None
    try:
        value = _adapter(model, column).validate_python(_read(model, column, said))
        pa.scalar(value, model.marks(column, Arrow)[-1].type)
    except (Unreadable, ValidationError, pa.ArrowInvalid, OverflowError) as error:
        reason = error.errors()[0]["msg"] if isinstance(error, ValidationError) else error
        raise CorrectionError(f"{said!r} is no value of {model.table}.{column}: {reason}") from error
    if value is None:
        raise CorrectionError(f"{said!r} is no value of {model.table}.{column}; leave it empty for null")
    return value


def _read(model: type[Table], column: str, said: str) -> object:
    """The text by the column's normalizer; where that takes its part of a longer text, and finds none, as it is."""
    normalizers = model.marks(column, Normalizer)
    if not normalizers:
        return line(said) if model.marks(column, Arrow)[-1].type == pa.string() else arabic(said.strip())
    value = normalizers[-1].read(said)
    value = value.value if isinstance(value, Noticed) else value
    return line(said) if value is None and normalizers[-1].spans_lines else value


@cache
def _adapter(model: type[Table], column: str) -> TypeAdapter[object]:
    adapter: TypeAdapter[object] = TypeAdapter(model.model_fields[column].annotation or str)
    return adapter
