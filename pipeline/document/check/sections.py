"""Checks of narrative sections: a certification that nobody signed, and a report's summary against its pages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from normalizers import Unreadable
from normalizers.digits import DIGIT, arabic, whole
from normalizers.fuzzy_match import end_of, folded, places_of, prefix_score
from normalizers.money import baht
from normalizers.quarters import QUARTER, quarter_and_year
from parsers.base import Form, SummaryLine
from pipeline.document.merge_copies import MergedProject, MergedRow
from pipeline.document.rows import BuiltProject
from pipeline.model import Cell, Issue, RowId, Span
from schemas.projects import Project
from schemas.quarterly_results import QuarterlyResult
from schemas.sections import Section

ROLES = tuple(
    folded(f"ผู้{role}")
    for role in (
        *("รับผิดชอบโครงการ", "รับผิดชอบ", "เสนอโครงการ", "อนุมัติโครงการ", "เห็นชอบโครงการ", "จัดทำโครงการ"),
        *("ตรวจสอบ", "รายงาน"),
    )
)
SAME_ROLE, SHORTEST_NAME = 70, 3
"""How alike printed words must be to the signer's role to be it, and the letters of the shortest name."""
TOLERANCE = Decimal("0.01")
"""How far a printed share may lie from the one worked out: reports round and cut."""

_AMOUNT = re.compile(rf"(?<![0-9๐-๙,.]){DIGIT}[0-9๐-๙,.]*+(?=\s*+บาท)")
_COUNT = re.compile(rf"จำนวน\s*+({DIGIT}++)\s*+โครงการ")
_SHARE = re.compile(rf"ร้อยละ\s*+({DIGIT}++(?:\.{DIGIT}++)?)")


def _certification(project: BuiltProject) -> Iterator[Issue]:
    """No name behind the words for a signature."""
    for block in project.form.blocks_with_role("signature"):
        row = project.merged.row(Section, RowId(block.name))
        _, *signatures = folded(str(row.value("text") or "")).split(folded("ลงชื่อ"))
        if not all(map(_is_named, signatures)):
            yield row["text"].issue("certification_unsigned", "no name stands behind 'ลงชื่อ'")


def _is_named(said: str) -> bool:
    """Whether a name stands behind a signature's words, before or behind the role: in brackets, often a line below."""
    before = said.partition(folded("ตำแหน่ง"))[0].strip("()-,:;…")
    if any(prefix_score(before, role)[0] >= SAME_ROLE for role in ROLES):
        before = before.partition("(")[2].strip("()-,:;…")
    return len(before) >= SHORTEST_NAME


@dataclass(frozen=True, slots=True)
class SummaryPlace:
    """What the summary says in one place, and where that place stands."""

    line: SummaryLine
    words: str
    text: str
    """What stands behind the words."""
    span: Span | None

    def note(self, code: str, text: str) -> Issue:
        """What is wrong with it."""
        return Issue(code, text, self.span, Section.table, "text", printed=self.words + self.text)


def _summary(form: Form, projects: Sequence[MergedProject]) -> Iterator[Issue]:
    """Every place where the summary and the pages disagree, each told once."""
    told: set[str] = set()
    for note in (*_status_counts(form, projects), *_totals(form, projects)):
        if note.text not in told:
            told.add(note.text)
            yield note


def _summary_cell(form: Form, projects: Sequence[MergedProject]) -> Cell | None:
    """What the summary says, where the report has one."""
    names = [block.name for block in form.blocks_with_role("summary")]
    readings = [row for project in projects for name in names if (row := project.row(Section, RowId(name)))]
    return readings[0]["text"].cell if readings and "text" in readings[0] else None


def _said(form: Form, projects: Sequence[MergedProject]) -> list[SummaryPlace]:
    """The places of the summary, each up to the next one."""
    cell = _summary_cell(form, projects)
    if cell is None:
        return []
    text = str(cell.value)
    printed, places = folded(text), places_of(text)
    hits: list[tuple[int, int, SummaryLine]] = []
    for line in form.summary:
        for words in line.words:
            declared = folded(words)
            start = printed.find(declared)
            while start >= 0:
                hits.append((places[start], end_of(text, places[start], len(declared)), line))
                start = printed.find(declared, start + 1)
    hits.sort(key=lambda hit: hit[:2])
    ends = [*(start for start, _, _ in hits), len(text)][1:]
    span = cell.field.spans[0] if cell.field.spans else None
    return [
        SummaryPlace(line, text[start:begin], text[begin:end], span)
        for (start, begin, line), end in zip(hits, ends, strict=True)
    ]


def _status_counts(form: Form, projects: Sequence[MergedProject]) -> Iterator[Issue]:
    found = [project.row(Project) for project in projects if not project.is_outside_projects]
    statuses = [row["status"].cell.value for row in found if "status" in row]
    for said in _said(form, projects):
        count = _count(said.text)
        if said.line.status is None or count is None:
            continue
        counted = statuses.count(said.line.status)
        if count != counted:
            text = f"the summary counts {count} projects as {said.line.status}, the pages list {counted}"
            yield said.note("summary_count_differs", text)
        total = len(statuses)
        if total and counted == count:
            yield from _share(said, Decimal(count), Decimal(total), f"{count} of {total} projects")


def _totals(form: Form, projects: Sequence[MergedProject]) -> Iterator[Issue]:
    quarter = _only_quarter(form, projects)
    amounts: dict[str, Decimal] = {}
    for said in _said(form, projects):
        if said.line.quarter:
            quarter = quarter_and_year(said.text)[0] or quarter
            rows = _rows(projects, quarter)
            count = _count(said.text)
            if quarter and count is not None and rows and count != len(rows):
                text = f"the summary says that {count} projects report on quarter {quarter}, the pages hold {len(rows)}"
                yield said.note("summary_count_differs", text)
        elif said.line.total_of and quarter and (amount := _amount(said.text)) is not None:
            amounts[said.line.total_of] = amount
            yield from _total(said, amount, quarter, _rows(projects, quarter))
            whole = amounts.get(said.line.share_of or "")
            if whole:
                yield from _share(said, amount, whole, f"{amount:,} of {whole:,} baht")


def _only_quarter(form: Form, projects: Sequence[MergedProject]) -> int | None:
    """The quarter that the summary prints, if it prints no other."""
    cell = _summary_cell(form, projects)
    quarters = {whole(one) for one in QUARTER.findall(str(cell.value))} if cell else set()
    return quarters.pop() if len(quarters) == 1 else None


def _rows(projects: Sequence[MergedProject], quarter: int | None) -> list[MergedRow]:
    rows = (row for project in projects for row in project.rows.get(QuarterlyResult, {}).values())
    return [row for row in rows if "fiscal_quarter" in row and row["fiscal_quarter"].cell.value == quarter]


def _total(said: SummaryPlace, amount: Decimal, quarter: int, rows: Sequence[MergedRow]) -> Iterator[Issue]:
    column = said.line.total_of or ""
    printed = [row[column].cell.value for row in rows if column in row]
    total = sum((value for value in printed if isinstance(value, Decimal)), Decimal(0))
    if rows and total != amount:
        text = (
            f"the summary says {amount:,} baht {column.removesuffix('_baht')} in quarter {quarter}, "
            f"the pages sum to {total:,}"
        )
        yield said.note("summary_total_differs", text)


def _share(said: SummaryPlace, part: Decimal, whole: Decimal, what: str) -> Iterator[Issue]:
    match, amount = _SHARE.search(said.text), _AMOUNT.search(said.text)
    if match is None or (said.line.status and amount and amount.start() < match.start()):
        return  # a share behind an amount is one of money
    printed, share = Decimal(arabic(match[1])), 100 * part / whole
    if abs(printed - share) > TOLERANCE:
        text = f"the summary says {printed} percent, {what} are {share:.2f}"
        yield said.note("percentage_differs", text)


def _count(text: str) -> int | None:
    match = _COUNT.search(text)
    return whole(match[1]) if match else None


def _amount(text: str) -> Decimal | None:
    match = _AMOUNT.search(text)
    try:
        return baht(match[0]) if match else None
    except Unreadable:
        return None


PROJECT_CHECKS = (_certification,)
REPORT_CHECKS = (_summary,)
