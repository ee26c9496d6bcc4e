"""Projects whose copies were merged, made of values, and what checks find odd about them."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from parsers.base import Form
from pipeline.document.merge_copies import Consensus, MergedProject, MergedRow
from pipeline.document.rows import BuiltProject
from pipeline.model import ONLY_ROW, Cell, Field, Issue, RowId, Span
from schemas.base import Table
from tests.support.small_report import FORM


def merged_row(
    model: type[Table], values: Mapping[str, object], *, row: RowId = ONLY_ROW, span: Span = (3, 9)
) -> MergedRow:
    """A row that one copy prints, with the values that are not None."""
    cells = {
        column: Cell(Field(model, column, 1, row, str(value), (span,)), value)
        for column, value in values.items()
        if value is not None
    }
    return MergedRow((column, Consensus(cell, 1, 1)) for column, cell in cells.items())


def merged_project(
    rows: Mapping[type[Table], Mapping[RowId, MergedRow]], *, is_outside_projects: bool = False
) -> MergedProject:
    """A project of one copy with these rows."""
    return MergedProject((1,), rows, is_outside_projects=is_outside_projects)


def odd_about(
    project: MergedProject, checks: Sequence[Callable[[BuiltProject], Iterator[Issue]]], form: Form = FORM
) -> list[Issue]:
    """What some checks find odd about a project."""
    built = BuiltProject(project, form, "small-001", {})
    return [issue for check in checks for issue in check(built)]
