"""Rows to findings: what a careful clerk would ask about, each check in the module of its table.

A module of this folder that is called as a table is found by that name; its `PROJECT_CHECKS` look at one project each,
its `DOCUMENT_CHECKS` at all rows of a document. `values` has the checks of single values, whatever their table.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from pipeline.document.build_rows import BuiltProject, BuiltRows
from pipeline.document.check.findings import Findings
from pipeline.document.rows import Rows, TableRows
from pipeline.errors import DocumentError
from pipeline.model import Issue
from schemas import TABLES
from schemas.documents import Document
from schemas.findings import Finding
from schemas.base import Table, columns_of

ProjectCheck = Callable[[BuiltProject], Iterator[Issue]]
DocumentCheck = Callable[[BuiltRows], Iterator[Issue]]


def check(built: BuiltRows) -> Rows:
    """Add a finding for everything that looks wrong, and see to it that every key holds.

    Raises:
        DocumentError: two rows have one key, or a key names no row.

    """
    findings = Findings(built.blocks.document)
    of_projects, of_document = _checks()
    for project in built.projects:
        found = [*project.merged.issues, *(issue for one in of_projects for issue in one(project))]
        for issue in found:
            findings.add(issue, project_id=project.project_id, row_key=project.keys.get((issue.table, issue.row)))
    project_of_copy = {copy: project for project in built.projects for copy in project.merged.copies}
    only = built.projects[0].project_id if len(built.projects) == 1 else None
    for issue in (*built.issues, *(issue for one in of_document for issue in one(built))):
        about = project_of_copy.get(issue.copy or 0)
        row_key = about.keys.get((issue.table, issue.row)) if about else None
        findings.add(issue, project_id=about.project_id if about else only, row_key=row_key)
    rows = built.rows
    rows.by_table[Finding] = TableRows(Finding, findings.rows.values())
    if findings.rows:
        found = rows.document.model_copy(update={"status": "parsed_with_findings"})
        rows.by_table[Document] = TableRows(Document, [found])
    check_keys(rows)
    return rows


@cache
def _checks() -> tuple[Sequence[ProjectCheck], Sequence[DocumentCheck]]:
    """The checks of projects and of documents, in the order of their tables."""
    names = {module.name for module in iter_modules(__path__)}
    tables = [model.table for model in TABLES if model.table in names]
    modules = [import_module(f"{__name__}.{name}") for name in (*tables, "values")]
    of_projects = [one for module in modules for one in getattr(module, "PROJECT_CHECKS", ())]
    return of_projects, [one for module in modules for one in getattr(module, "DOCUMENT_CHECKS", ())]


Keys = set[object]
"""Values of one column, or tuples of those of several."""
_MODELS = {model.table: model for model in TABLES}


def check_keys(rows: Rows) -> None:
    """See to it that every key holds among the rows of a document, and so among those of all documents.

    A key has the document's id as a column, or begins with it: the keys of two documents are never the same.

    Raises:
        DocumentError: two rows have one key, or a key names no row.

    """
    named = {
        (model.table, name)
        for model, found in rows.by_table.items()
        if model.row_name in columns_of(model) and not model.names_rows
        for name in found.column_values(model.row_name)
    }
    for broken in (broken for model in rows.by_table for broken in _broken(rows, model, named)):
        raise DocumentError(f"{rows.document.source}: {broken}; report the file, the mistake is ours")


def _broken(rows: Rows, model: type[Table], named: Keys) -> Iterator[str]:
    found, document_id = rows.by_table[model], rows.document.document_id
    if not found:
        return
    keys = set(found.column_values(*model.primary_key))
    if len(keys) < len(found):
        yield f"rows of {model.table} have the same key"
    if model.primary_key in (("row_key",), ("project_id",)):
        foreign = sorted(key for key in map(str, keys) if not key.startswith(document_id))
        yield from (f"the key {key!r} of {model.table} is another document's" for key in foreign)
    for key in model.foreign_keys:
        known = set(rows.by_table[_MODELS[key.table]].column_values(*key.named))
        yield from _lost(model, set(found.column_values(*key.columns)) - known, key.table)
    if model.names_rows:
        yield from _lost(model, set(found.column_values("table_name", "row_key")) - named, "the table named")


def _lost(model: type[Table], lost: Keys, named: str) -> Iterator[str]:
    """What is said of values that name no row; one with a null names none, and need not."""
    for key in sorted(map(str, (one for one in lost if None not in (one if isinstance(one, tuple) else (one,))))):
        yield f"a row of {model.table} names {key}, which is not in {named}"
