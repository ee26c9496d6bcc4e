"""The same report as one table with a row for each project, its status above the rows of a group."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tests.synthesizer.area_office_progress_report.press import AreaPress, Row
from tests.synthesizer.area_office_progress_report.printing import GROUPS, OUTCOMES
from tests.synthesizer.area_office_progress_report.report import STATUSES, AreaReport, Project, QuarterReport
from tests.synthesizer.pieces import Piece, Stretch
from tests.synthesizer.values import printed_amount

MONEY = (
    ("งบประมาณตามแผน", "เบิกจ่ายจริง"),
    ("แผนการใช้จ่าย (บาท)", "ผลการเบิกจ่าย (บาท)"),
    ("จำนวนเงินงบประมาณตามแผนการใช้จ่าย", "จำนวนเงินงบประมาณที่เบิกจ่ายจริง"),
)
TEXTS = ("ผลการดำเนินงาน", "ปัญหาและอุปสรรค", "ข้อเสนอแนะ")
NUMBERS, NAMES = ("ที่", "ลำดับ", "ลำดับที่"), ("ชื่อโครงการ", "โครงการ")
FRAMES = (("| ", " | ", " |"), ("", "\t", ""))
"""What stands before, between and behind the cells of a row: Markdown, and tabs."""


def in_table(report: AreaReport) -> AreaReport:
    """What a table can say of a report: of the last quarter the money, and one text in a cell."""
    return replace(report, projects=tuple(_in_row(project, report.quarter) for project in report.projects))


def _in_row(project: Project, quarter: int) -> Project:
    return replace(project, reports=tuple(_in_cells(one) for one in project.reports if one.quarter == quarter))


def _in_cells(quarter: QuarterReport) -> QuarterReport:
    texts = {column: getattr(quarter, column)[:1] for column in OUTCOMES}
    silent = (None,) * len(quarter.strategies)
    bare = replace(quarter, aims=((), (), ()), activities=(), strategies=silent, note=None, misread_year=None)
    return replace(bare, **texts)


def print_table(report: AreaReport, press: AreaPress) -> Iterator[Stretch]:
    """The head, and below each status the rows of its projects."""
    random, frame = press.random, press.random.choice(FRAMES)
    period = f" ไตรมาสที่ {report.quarter}" if press.layout.summary == "none" else ""
    money = [f"{words}{period}" for words in random.choice(MONEY)]
    heads = [random.choice(NUMBERS), random.choice(NAMES), *money, *TEXTS]
    yield replace(_line(frame, [Piece(words, "label") for words in heads], press), before="\n\n")
    if frame[0]:
        yield _line(frame, [Piece("---", "markup")] * len(heads), press)
    numbered = list(enumerate(report.projects))
    for status, group in zip(STATUSES, GROUPS, strict=True):
        mine = [(at, project) for at, project in numbered if project.status == status]
        if mine:
            empty = [Piece("", "markup")] * (len(heads) - 1) if frame[0] else []
            yield _line(frame, [Piece(group, "label"), *empty], press)
        for at, project in mine:
            yield _line(frame, [Piece(str(at + 1), "label"), *_cells(project, at, press)], press)


def _cells(project: Project, at: int, press: AreaPress) -> Iterator[Piece]:
    row = Row(at, 0)
    yield Piece(" ".join(project.name), "text", row.place("projects", "project_name"))
    for quarter in project.reports:
        for column, amount in (("planned_baht", quarter.planned), ("disbursed_baht", quarter.disbursed)):
            printed = printed_amount(amount, press.layout.amount)
            yield Piece(printed, "value", row.place("quarterly_results", column))
        for column in OUTCOMES:
            texts = getattr(quarter, column)
            yield Piece(texts[0], "text", row.place("quarterly_results", column)) if texts else Piece("-", "value")
    if not project.reports:
        yield from [Piece("-", "value")] * (2 + len(OUTCOMES))


def _line(frame: tuple[str, str, str], cells: Sequence[Piece], press: AreaPress) -> Stretch:
    """A row of the table."""
    front, between, behind = frame
    pieces = [Piece(front, "markup")]
    for n, cell in enumerate(cells):
        pieces += [Piece(between, "markup")] if n else []
        pieces += [replace(cell, text=press.say(cell.text))]
    pieces.append(Piece(behind, "markup"))
    return Stretch(tuple(piece for piece in pieces if piece.text), "\n", cut="never")
