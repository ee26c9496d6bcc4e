"""A certification that somebody signed; a report's summary that agrees with its pages, differs, or is not printed."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from parsers import forms
from pipeline.document.check.sections import REPORT_CHECKS
from pipeline.document.merge_copies import MergedProject
from pipeline.model import ONLY_ROW, Issue, RowId
from schemas.findings import CODES
from schemas.projects import Project
from schemas.quarterly_results import QuarterlyResult
from schemas.sections import Section
from tests.support.merged import merged_project, merged_row
from tests.support.small_report import codes_of, report, tables_of

FORM = next(form for form in forms() if form.name == "area_office_progress_report")
DONE, RUNNING, LATER = "โครงการที่ดำเนินการเสร็จสิ้นแล้ว", "โครงการที่อยู่ระหว่างดำเนินการ", "โครงการที่ยังไม่ได้ดำเนินการ"
STATUSES = ("completed", "completed", "in_progress", "not_started")
QUARTER = "การเบิกจ่ายงบประมาณประจำไตรมาสที่ ๒"
PLANNED, SPENT = "จำนวนเงินงบประมาณตามแผนการใช้จ่าย", "จำนวนเงินงบประมาณที่เบิกจ่ายจริง"
MONEY = (("1000", "250.50"), ("3000", "749.50"))


def project(
    status: str | None = None, *, quarter: int | None = 2, planned: str | None = None, spent: str | None = None
) -> MergedProject:
    """A project with a status, and with what it says of a quarter's money."""
    money = {"planned_baht": planned, "disbursed_baht": spent}
    stated = {name: Decimal(said) for name, said in money.items() if said}
    result = merged_row(QuarterlyResult, {"fiscal_quarter": quarter, **stated}, row=RowId(1))
    results = {RowId(1): result} if planned or spent else {}
    return merged_project({Project: {ONLY_ROW: merged_row(Project, {"status": status})}, QuarterlyResult: results})


def front(summary: str | None, section: str = "summary") -> MergedProject:
    """What the report says outside of its projects."""
    key = RowId(section)
    return merged_project({Section: {key: merged_row(Section, {"text": summary}, row=key)}}, is_outside_projects=True)


def odd(projects: Sequence[MergedProject]) -> list[Issue]:
    """What is odd about a report."""
    return [issue for check in REPORT_CHECKS for issue in check(FORM, projects)]


def told(summary: str | None, projects: Sequence[MergedProject]) -> list[Issue]:
    """What is odd about a summary."""
    return odd([front(summary), *projects])


def of_statuses(summary: str, statuses: Sequence[str | None] = STATUSES) -> list[tuple[str, str]]:
    return [(note.code, note.text) for note in told(summary, [project(status) for status in statuses])]


def of_money(*lines: str, money: Sequence[tuple[str | None, str | None]] = MONEY) -> list[tuple[str, str]]:
    projects = [project(planned=planned, spent=spent) for planned, spent in money]
    return [(note.code, note.text) for note in told("\n".join(lines), projects)]


@pytest.mark.parametrize(
    "summary",
    [
        f"๑. {DONE} จำนวน ๒ โครงการ\n๒. {RUNNING} จำนวน ๑ โครงการ\n๓. {LATER} จำนวน ๑ โครงการ",
        f"{DONE} จำนวน 2 โครงการ คิดเป็นร้อยละ 50\n{RUNNING} จำนวน 1 โครงการ คิดเป็นร้อยละ 25.00",
        f"{DONE}\nจำนวน ๒ โครงการ",
        f"{DONE}จำนวน๒โครงการคิดเป็นร้อยละ๕๐",
        "โครงการที่ดำเนินการแล้วเสร็จ จำนวน ๒ โครงการ",
        "โครงการที่ยังไม่ดำเนินการ จำนวน ๑ โครงการ",
        f"โครงการทั้งหมด จำนวน ๙ โครงการ {DONE} จำนวน ๒ โครงการ",
    ],
)
def test_counts_that_agree_raise_nothing(summary: str) -> None:
    assert of_statuses(summary) == []


@pytest.mark.parametrize(
    ("words", "status", "counted"), [(DONE, "completed", 2), (RUNNING, "in_progress", 1), (LATER, "not_started", 1)]
)
@pytest.mark.parametrize("figure", ["๗", "7"])
def test_a_count_that_differs_is_told(words: str, status: str, counted: int, figure: str) -> None:
    text = f"the summary counts 7 projects as {status}, the pages list {counted}"
    assert of_statuses(f"{words} จำนวน {figure} โครงการ") == [("summary_count_differs", text)]


def test_each_place_of_the_summary_is_read_up_to_the_next() -> None:
    found = of_statuses(f"{DONE} {RUNNING} จำนวน ๕ โครงการ {LATER} จำนวน ๑ โครงการ")
    assert [text for _, text in found] == ["the summary counts 5 projects as in_progress, the pages list 1"]


def test_the_same_contradiction_is_told_once() -> None:
    assert len(of_statuses(f"{DONE} จำนวน ๓ โครงการ\n{DONE} จำนวน ๓ โครงการ")) == 1
    assert len(of_statuses(f"{DONE} จำนวน ๓ โครงการ\n{DONE} จำนวน ๔ โครงการ")) == 2


def test_a_status_that_no_project_has_is_counted_as_none() -> None:
    assert of_statuses(f"{LATER} จำนวน ๐ โครงการ", ("completed",)) == []
    assert [code for code, _ in of_statuses(f"{LATER} จำนวน ๑ โครงการ", ("completed",))] == ["summary_count_differs"]


@pytest.mark.parametrize(
    "summary", [f"{DONE} หลายโครงการ", f"{DONE}", f"{DONE} จำนวน โครงการ", f"{DONE} ๓ ด้าน", "-", ""]
)
def test_a_summary_without_a_count_raises_nothing(summary: str) -> None:
    assert of_statuses(summary) == []


def test_what_stands_outside_of_the_projects_is_no_project() -> None:
    status = merged_row(Project, {"status": "completed"})
    outside = merged_project({Project: {ONLY_ROW: status}}, is_outside_projects=True)
    assert told(f"{DONE} จำนวน ๑ โครงการ", [outside, project("completed")]) == []


@pytest.mark.parametrize("share", ["๕๐", "50", "50.00", "50.01", "49.99"])
def test_a_share_may_be_rounded_or_cut(share: str) -> None:
    assert of_statuses(f"{DONE} จำนวน ๒ โครงการ คิดเป็นร้อยละ {share}") == []


@pytest.mark.parametrize("share", ["๔๐", "50.02", "5"])
def test_a_share_that_differs_is_told(share: str) -> None:
    ((code, text),) = of_statuses(f"{DONE} จำนวน ๒ โครงการ คิดเป็นร้อยละ {share}")
    assert code == "percentage_differs"
    assert text.endswith("2 of 4 projects are 50.00")


@pytest.mark.parametrize("share", ["33.33", "33.34", "๓๓.๓๓"])
def test_a_share_that_does_not_come_out_even_agrees(share: str) -> None:
    statuses = ("completed", "in_progress", "in_progress")
    assert of_statuses(f"{DONE} จำนวน ๑ โครงการ ร้อยละ {share}", statuses) == []


def test_a_share_is_not_judged_where_its_count_is_odd_already() -> None:
    assert [code for code, _ in of_statuses(f"{DONE} จำนวน ๓ โครงการ ร้อยละ ๗๕")] == ["summary_count_differs"]


@pytest.mark.parametrize(
    "lines",
    [
        (QUARTER, f"{PLANNED} ๔,๐๐๐ บาท", f"{SPENT} ๑,๐๐๐ บาท คิดเป็นร้อยละ ๒๕"),
        (QUARTER, f"{PLANNED} 4,000.00 บาท", f"{SPENT} 1,000.00 บาท คิดเป็นร้อยละ 25.00"),
        (f"{QUARTER} จำนวน ๒ โครงการ", f"{PLANNED} 4,000 บาท"),
        (QUARTER, f"{PLANNED} จำนวน 4,000 บาท", f"{SPENT} จำนวน 1,000 บาท"),
        (QUARTER, f"{PLANNED} 4000 บาท"),
        (QUARTER, f"{PLANNED}\n4,000 บาท"),
        (QUARTER,),
    ],
)
def test_totals_that_agree_raise_nothing(lines: tuple[str, ...]) -> None:
    assert of_money(*lines) == []


@pytest.mark.parametrize(
    ("words", "column", "total"), [(PLANNED, "planned", "4,000"), (SPENT, "disbursed", "1,000.00")]
)
def test_a_total_that_differs_is_told(words: str, column: str, total: str) -> None:
    text = f"the summary says 9,000.00 baht {column} in quarter 2, the pages sum to {total}"
    assert of_money(QUARTER, f"{words} ๙,๐๐๐ บาท") == [("summary_total_differs", text)]


def test_a_satang_makes_a_total_differ() -> None:
    assert [code for code, _ in of_money(QUARTER, f"{SPENT} 1,000.01 บาท")] == ["summary_total_differs"]


def test_the_share_of_the_money_is_that_of_the_amounts_that_the_summary_prints() -> None:
    ((code, text),) = of_money(QUARTER, f"{PLANNED} 4,000 บาท", f"{SPENT} 1,000 บาท คิดเป็นร้อยละ 52")
    assert code == "percentage_differs"
    assert text == "the summary says 52 percent, 1,000.00 of 4,000.00 baht are 25.00"


def test_a_share_of_nothing_is_not_judged() -> None:
    assert of_money(QUARTER, f"{PLANNED} 0 บาท", f"{SPENT} 0 บาท คิดเป็นร้อยละ 0", money=[("0", "0")]) == []
    assert of_money(QUARTER, f"{SPENT} 1,000 บาท คิดเป็นร้อยละ 52") == []


def test_the_number_of_projects_that_report_on_a_quarter_is_compared() -> None:
    text = "the summary says that 5 projects report on quarter 2, the pages hold 2"
    assert of_money(f"{QUARTER} จำนวน ๕ โครงการ") == [("summary_count_differs", text)]


def test_each_quarter_of_a_summary_is_compared_with_its_own_rows() -> None:
    projects = [project(quarter=number, planned=planned) for number, planned in ((1, "100"), (2, "200"), (2, "300"))]
    first = QUARTER.replace("๒", "๑")
    sound = "\n".join((first, f"{PLANNED} 100 บาท", QUARTER, f"{PLANNED} 500 บาท"))
    assert told(sound, projects) == []
    swapped = told("\n".join((first, f"{PLANNED} 500 บาท", QUARTER, f"{PLANNED} 100 บาท")), projects)
    assert [note.text.partition(",")[0] for note in swapped] == [
        "the summary says 500.00 baht planned in quarter 1",
        "the summary says 100.00 baht planned in quarter 2",
    ]


def test_a_project_that_is_silent_on_its_money_adds_nothing() -> None:
    assert of_money(QUARTER, f"{PLANNED} 1,000 บาท", money=[("1000", None), (None, "5")]) == []


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param((f"{PLANNED} 9,000 บาท",), id="no quarter"),
        pytest.param((QUARTER.replace("ที่ ๒", ""), f"{PLANNED} 9,000 บาท"), id="a quarter without its number"),
        pytest.param((QUARTER.replace("๒", "๔"), f"{PLANNED} 9,000 บาท"), id="a quarter without pages"),
        pytest.param((QUARTER, PLANNED), id="no amount"),
        pytest.param((QUARTER, f"{PLANNED} 9,000"), id="no word for baht"),
        pytest.param((QUARTER, f"{PLANNED} 9,00,0 บาท"), id="an amount that cannot be read"),
        pytest.param((QUARTER, f"{PLANNED} ........ บาท"), id="dots"),
    ],
)
def test_money_is_not_compared_where_the_page_is_silent(lines: tuple[str, ...]) -> None:
    assert of_money(*lines) == []


def test_damaged_marks_do_not_hide_the_words() -> None:
    damaged = QUARTER.replace("จ่าย", "จาย"), f"{PLANNED.replace('จ่าย', 'จาย')} 9,000 บาท"
    assert [code for code, _ in of_money(*damaged)] == ["summary_total_differs"]


@pytest.mark.parametrize(
    "projects",
    [
        pytest.param([front(None)], id="no text"),
        pytest.param([front(f"{DONE} จำนวน ๙ โครงการ", "cover")], id="another section"),
        pytest.param([], id="nothing"),
    ],
)
def test_a_report_without_a_summary_raises_nothing(projects: list[MergedProject]) -> None:
    assert odd([*projects, project("completed")]) == []


def test_a_finding_points_to_the_summary() -> None:
    (note,) = told(f"{DONE} จำนวน ๙ โครงการ", [project("completed")])
    assert (note.span, note.table, note.column) == ((3, 9), "sections", "text")
    assert note.code in CODES


ONE_SIGNED, OTHER_SIGNED = "ลงชื่อ นางสาวสมมุติ ตัวอย่าง (ผู้รับผิดชอบโครงการ)", "ลงชื่อ นายสมมุติ ทดลอง (ผู้อนุมัติโครงการ)"


@pytest.mark.parametrize(
    "signatures",
    [
        pytest.param((ONE_SIGNED, OTHER_SIGNED), id="on the same line"),
        pytest.param((f"{ONE_SIGNED}\nตำแหน่ง นักวิชาการ", f"{OTHER_SIGNED}\nตำแหน่ง ผู้อำนวยการ"), id="with offices"),
        pytest.param(
            ("ลงชื่อ..........ผู้เสนอโครงการ\n(นางสาวสมมุติ ตัวอย่าง)", "ลงชื่อ..........ผู้อนุมัติโครงการ\n(นายสมมุติ ทดลอง)"),
            id="in brackets below",
        ),
    ],
)
def test_signatures_that_all_have_a_name_raise_nothing(signatures: tuple[str, ...]) -> None:
    assert codes_of(report(signature="\n".join(signatures))) == set()


@pytest.mark.parametrize(
    "empty",
    [
        "ลงชื่อ..................(ผู้อนุมัติโครงการ)",
        "ลงชื่อ..................ผู้อนุมัติโครงการ\n(..................)",
        "ลงชื่อ..................",
        "ลงชื่อ",
    ],
)
def test_one_signature_without_a_name_is_told_once_wherever_it_stands(empty: str) -> None:
    for signature in (f"{ONE_SIGNED}\n{empty}", f"{empty}\n{OTHER_SIGNED}", f"{empty}\n{empty}"):
        rows = tables_of(report(signature=signature))["findings"]
        assert [row["code"] for row in rows] == ["certification_unsigned"]
