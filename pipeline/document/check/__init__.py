"""Rows to findings: what a careful clerk would ask about, each check in the module of its table.

A module of this folder that is called as a table is found by that name. Its `PROJECT_CHECKS` look at one project each,
its `REPORT_CHECKS` at all projects of one report with their form, its `DOCUMENT_CHECKS` at the text of a document;
its `WITNESSES` name the readings of a project that others confirm.
`values` has the checks of single values, whatever their table.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from pipeline.document.check.findings import Findings
from pipeline.document.normalize import is_spelled
from pipeline.document.rows import BuiltProject, Rows, TableRows
from pipeline.errors import DocumentError
from pipeline.model import Issue, SplitDocument
from schemas import TABLES
from schemas.base import Arrow, Table, columns_of
from schemas.documents import DocumentRow
from schemas.findings import Finding

MISREAD = 0.0015
"""The share of misread letters from which on figures are doubted that nothing confirms: one in 670."""
FIGURES, LEAST_COPIES = ("baht", "percent"), 2
"""The units of figures that are doubted, and how many copies that agree dispel the doubt."""


def check(rows: Rows, blocks: SplitDocument) -> Rows:
    """Add a finding for everything that looks wrong, and see to it that every key holds.

    Raises:
        DocumentError: two rows have one key, or a key names no row.

    """
    findings = Findings(blocks.document)
    for project in rows.projects:
        found: list[Issue] = [issue for one in _checks("PROJECT_CHECKS") for issue in one(project)]
        for issue in (*project.merged.issues, *found, *_unconfirmed(project, rows.misreading)):
            findings.add(issue, project_id=project.project_id, row_key=project.keys.get((issue.table, issue.row)))
    project_of_copy = {copy: project for project in rows.projects for copy in project.merged.copies}
    only = rows.projects[0].project_id if len(rows.projects) == 1 else None
    for issue in (*rows.issues, *_of_document(rows, blocks)):
        about = project_of_copy.get(issue.copy or 0)
        row_key = about.keys.get((issue.table, issue.row)) if about else None
        findings.add(issue, project_id=about.project_id if about else only, row_key=row_key)
    rows.by_table[Finding] = TableRows(Finding, findings.rows.values())
    if findings.rows:
        document = rows.document.model_copy(update={"status": "parsed_with_findings"})
        rows.by_table[DocumentRow] = TableRows(DocumentRow, [document])
    check_keys(rows)
    return rows


def _unconfirmed(project: BuiltProject, misreading: float) -> Iterator[Issue]:
    """The days, amounts and shares of a document with misread letters that no second witness confirms.

    A witness is another copy, words beside the figures, or a sum.
    """
    if misreading < MISREAD:
        return
    confirmed = {id(reading) for one in _checks("WITNESSES") for reading in one(project)}
    for reading in (one for rows in project.merged.rows.values() for row in rows.values() for one in row.values()):
        cell, field = reading.cell, reading.cell.field
        arrow = field.model.marks(field.column, Arrow)
        is_figure = isinstance(cell.value, date) or (arrow and arrow[-1].unit in FIGURES)
        is_alone = reading.agreeing < LEAST_COPIES and not reading.is_corrected and id(reading) not in confirmed
        if cell.value is not None and is_figure and is_alone and not is_spelled(cell):
            text = "letters around it are misread, and nothing else on the pages confirms this value"
            yield reading.issue("value_unconfirmed", text)


def _of_document(rows: Rows, blocks: SplitDocument) -> Iterator[Issue]:
    """What is odd about the document, and about its reports as a whole."""
    for one in _checks("DOCUMENT_CHECKS"):
        yield from one(blocks)
    for number, region in enumerate(blocks.regions):
        projects = [project.merged for project in rows.projects if project.merged.region == number]
        for one in _checks("REPORT_CHECKS"):
            yield from one(region.form, projects)


@cache
def _checks(kind: str) -> Sequence[Callable[..., Iterator[Any]]]:
    """The checks of one kind, in the order of their tables."""
    names = {module.name for module in iter_modules(__path__)}
    tables = [model.table for model in TABLES if model.table in names]
    modules = [import_module(f"{__name__}.{name}") for name in (*tables, "values")]
    return [one for module in modules for one in getattr(module, kind, ())]


Keys = set[object]
"""Values of one column, or tuples of those of several."""
_MODELS = {model.table: model for model in TABLES}


def check_keys(rows: Rows) -> None:
    """See to it that every key holds among the rows of a document, and so among those of all documents.

    A key has the document's id as a column, or begins with it: the keys of two documents are never the same.

    Raises:
        DocumentError: two rows have one key, or a key names no row.

    """
    document, by_table = rows.document, rows.by_table
    named: Keys = {
        (model.table, name)
        for model, found in by_table.items()
        if model.row_name in columns_of(model) and not model.names_rows
        for name in found.column_values(model.row_name)
    }
    for broken in (broken for found in by_table.values() if found for broken in _broken(found, by_table, named)):
        raise DocumentError(f"{document.source}: {broken}; please report this file as a bug")
    for model, found in by_table.items():
        if model.primary_key in (("row_key",), ("project_id",)):
            for key in found.column_values(*model.primary_key):
                if not key.startswith(document.document_id):
                    reason = f"the key {key!r} of {model.table} is another document's"
                    raise DocumentError(f"{document.source}: {reason}; please report this file as a bug")


def _broken(found: TableRows, by_table: Mapping[type[Table], TableRows], named: Keys) -> Iterator[str]:
    """What is wrong with the keys of one table."""
    model = found.model
    if len(set(found.column_values(*model.primary_key))) < len(found):
        yield f"rows of {model.table} have the same key"
    for key in model.foreign_keys:
        known = set(by_table[_MODELS[key.table]].column_values(*key.named))
        yield from _lost(model, set(found.column_values(*key.columns)) - known, key.table)
    if model.names_rows:
        yield from _lost(model, set(found.column_values("table_name", "row_key")) - named, "the table named")


def _lost(model: type[Table], lost: Keys, named: str) -> Iterator[str]:
    """What is said of values that name no row; one with a null names none, and need not."""
    for key in sorted(map(str, (one for one in lost if None not in (one if isinstance(one, tuple) else (one,))))):
        yield f"a row of {model.table} names {key}, which is not in {named}"
