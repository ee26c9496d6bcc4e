"""Rows to findings: what a careful clerk would ask about, each check in the module of its table.

A module of this folder that is called as a table is found by that name; its `PROJECT_CHECKS` look at one project each,
its `DOCUMENT_CHECKS` at all rows of a document. `values` has the checks of single values, whatever their table.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from pipeline.document.build_rows import BuiltProject, BuiltRows, Rows
from pipeline.document.check.findings import Findings
from pipeline.document.check.keys import check_keys
from pipeline.model import Issue
from schemas import TABLES
from schemas.documents import Document
from schemas.findings import Finding

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
    rows.by_table[Finding] = list(findings.rows.values())
    if findings.rows:
        rows.by_table[Document] = [rows.document.model_copy(update={"status": "parsed_with_findings"})]
    check_keys(rows.by_table, rows.document)
    return rows


@cache
def _checks() -> tuple[Sequence[ProjectCheck], Sequence[DocumentCheck]]:
    """The checks of projects and of documents, in the order of their tables."""
    names = {module.name for module in iter_modules(__path__)}
    tables = [model.table for model in TABLES if model.table in names]
    modules = [import_module(f"{__name__}.{name}") for name in (*tables, "values")]
    of_projects = [one for module in modules for one in getattr(module, "PROJECT_CHECKS", ())]
    return of_projects, [one for module in modules for one in getattr(module, "DOCUMENT_CHECKS", ())]
