"""Which documents hold the same report: the table `report_groups`, made of the tables of a run once they are complete.

It tells of several documents at once, so its findings stand in its own rows: the rows of a document in every other
table, `findings` included, depend on that document alone.
"""

from collections.abc import Iterator
from itertools import groupby, islice
from operator import itemgetter

import pyarrow as pa

from pipeline.archive.report_figures import ID_LENGTH, ReadTable, candidates, reports
from pipeline.archive.same_report import Group, Match, Report, groups
from schemas.findings import CODES
from schemas.report_groups import ReportGroup

DOCUMENTS_AT_ONCE = 20_000
"""Documents whose figures are held in memory, about 1 KB each; for more, the tables are read several times."""
REPORTS_AT_ONCE = 1000
"""Reports on one project that are compared; of more, each thousand by itself."""
ROWS_AT_ONCE = 500
SHOWN = 3
"""Differing figures that a message quotes; the column has all."""
CODE = "same_report_elsewhere"


def report_groups(read_table: ReadTable) -> Iterator[pa.RecordBatch]:
    """The rows of the table, in batches of its schema, those of a group together and groups in order of their id.

    `read_table("projects", ["project_id"])` gives these columns of a table, in any order of rows. It is called several
    times for a table: the figures of only so many documents are in memory at a time.
    """
    rows = _rows(read_table)
    while some := list(islice(rows, ROWS_AT_ONCE)):
        yield pa.RecordBatch.from_pylist([row.model_dump() for row in some], schema=ReportGroup.arrow_schema())


def _rows(read_table: ReadTable) -> Iterator[ReportGroup]:
    for key, told in groupby(_told(read_table), key=itemgetter(0)):
        for ordinal, group in enumerate(_groups(report for _, report in told), 1):
            yield from _group_rows(f"{key:016x}-{ordinal:03}", group)


def _told(read_table: ReadTable) -> Iterator[tuple[int, Report]]:
    """Every report that may be one of several, with the key of what it is about, in order of the key."""
    keyed = candidates(read_table)
    for start in range(0, len(keyed), DOCUMENTS_AT_ONCE):
        part = keyed.slice(start, DOCUMENTS_AT_ONCE)
        wanted = pa.array([f"{document:0{ID_LENGTH}x}" for document in part["document"].to_pylist()])
        yield from zip(part["key"].to_pylist(), reports(read_table, wanted), strict=True)


def _groups(told: Iterator[Report]) -> Iterator[Group]:
    while some := list(islice(told, REPORTS_AT_ONCE)):
        yield from groups(some)


def _group_rows(group_id: str, group: Group) -> Iterator[ReportGroup]:
    """The fullest, then the others by role and document."""
    shared = set.intersection(*(set(member.match.agreeing) for member in group.members))
    matches = [(group.fullest, Match("fullest", tuple(sorted(shared)), ()))]
    matches += sorted(
        ((member.report, member.match) for member in group.members),
        key=lambda pair: (pair[1].role, pair[0].document_id),
    )
    for report, matched in matches:
        differing = [f"{f.said(report.figures[f])}, there {group.fullest.figures[f]}" for f in matched.differing]
        is_repeat = matched.role in ("same", "nearly_same")
        yield ReportGroup(
            group_id=group_id,
            document_id=report.document_id,
            role=matched.role,
            form=report.form,
            fiscal_year_be=report.fiscal_year_be,
            project_codes=list(report.codes),
            agreeing=[figure.said(report.figures[figure]) for figure in matched.agreeing],
            differing=differing,
            code=CODE if is_repeat else None,
            severity=CODES[CODE].severity if is_repeat else None,
            message=_message(report, group.fullest, len(matched.agreeing), differing) if is_repeat else None,
        )


def _message(report: Report, fullest: Report, agreeing: int, differing: list[str]) -> str:
    """Both files, what they are about, the figures that agree and differ, what to do."""
    year = [f"fiscal year {report.fiscal_year_be}"] if report.fiscal_year_be else []
    about = ", ".join((report.form, *report.codes[:SHOWN], *year))
    differ = f", {len(differing)} differ: {'; '.join(differing[:SHOWN])}" if differing else ""
    same = f"{report.source}: holds the same report as {fullest.source} ({about}): {agreeing} figures agree{differ}"
    return f"{same}. {CODES[CODE].advice}"
