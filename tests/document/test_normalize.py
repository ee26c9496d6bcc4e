"""Fields to cells: each column's normalizer, the report's own year for two-digit years, and reasons for nulls."""

from datetime import date
from decimal import Decimal

import pytest

from pipeline.document.normalize import normalize
from pipeline.model import ONLY_ROW, Cell, Field, Issue
from schemas.forms.bma_progress_report import Entry, ReportHeader
from tests.support.small_report import cells_of, report


def field(
    column: str,
    raw: str,
    *,
    model: type[ReportHeader] | type[Entry] = ReportHeader,
    value: object = None,
) -> Field:
    return Field(model, column, 1, ONLY_ROW, raw, ((0, len(raw)),), value=value)


def cells(*fields: Field) -> list[Cell]:
    """The cells that fields become, each of them one."""
    found = normalize(fields)
    assert len(found) == len(fields)
    return [one for one in found if isinstance(one, Cell)]


def cell(
    column: str,
    raw: str,
    *,
    year: str | None = None,
    model: type[ReportHeader] | type[Entry] = ReportHeader,
) -> Cell:
    """The cell that a field becomes, in a report of this fiscal year."""
    context = [field("fiscal_year_be", year)] if year else []
    return cells(field(column, raw, model=model), *context)[0]


@pytest.mark.parametrize(
    ("column", "raw", "value"),
    [
        ("project_name", "** โครงการ  ปลูกต้นไม้ ** .....", "โครงการ ปลูกต้นไม้"),
        ("project_code", "๐๙๐๐-๑", "0900-1"),
        ("fiscal_year_be", "พ.ศ. ๒๕๖๑", 2561),
        ("start_date", "1 ตุลาคม 2560", date(2017, 10, 1)),
        ("budget_received_baht", "๑,๒๕๐,๐๐๐.- บาท", Decimal("1250000.00")),
    ],
)
def test_a_field_becomes_the_value_of_its_column(column: str, raw: str, value: object) -> None:
    found = cell(column, raw)
    assert (found.value, found.issue, found.field.raw, found.field.spans) == (value, None, raw, ((0, len(raw)),))


def test_one_text_gives_each_column_its_part() -> None:
    fields = [field(column, "สำนักก / กองข / กลุ่มค", model=ReportHeader) for column in ("agency", "division", "unit")]
    assert [found.value for found in cells(*fields)] == ["สำนักก", "กองข", "กลุ่มค"]


def test_a_choice_becomes_its_name() -> None:
    assert cell("plan_status", ": เป็นไปตามแผน", model=Entry).value == "on_plan"


@pytest.mark.parametrize("raw", ["", "-", "......", " — "])
@pytest.mark.parametrize(
    "column", ["project_name", "project_code", "fiscal_year_be", "start_date", "budget_spent_baht"]
)
def test_silence_is_null_without_a_reason(column: str, raw: str) -> None:
    assert (cell(column, raw).value, cell(column, raw).issue) == (None, None)


@pytest.mark.parametrize(
    ("column", "raw", "code"),
    [
        ("start_date", "31/11/2560", "impossible_date"),
        ("start_date", "เร็วๆ นี้", "unreadable_value"),
        ("budget_received_baht", "1,25,000 บาท", "unreadable_value"),
        ("project_code", "O9-1", "unreadable_value"),
        ("fiscal_year_be", "๒๕๖", "unreadable_value"),
    ],
)
def test_what_cannot_be_read_is_null_with_the_reason(column: str, raw: str, code: str) -> None:
    found = cell(column, raw)
    assert found.value is None
    assert found.issue is not None
    assert (found.issue.code, found.issue.column, found.issue.table) == (code, column, "projects")
    assert found.issue.span == (0, len(raw))
    assert raw.split(maxsplit=1)[0] in found.issue.text


def test_a_two_digit_year_is_read_by_the_reports_own() -> None:
    assert cell("start_date", "1/10/60", year="2561").value == date(2017, 10, 1)
    assert cell("start_date", "1/10/60", year="2560").value != date(2060, 10, 1)


def test_a_two_digit_year_without_a_report_year_is_no_guess_of_another_century() -> None:
    found = cell("start_date", "1/10/60")
    assert found.value in (None, date(2017, 10, 1))
    assert found.value is not None or found.issue is not None


def test_the_year_that_most_copies_print_is_the_reports_own() -> None:
    years = [field("fiscal_year_be", raw) for raw in ("2561", "2561", "2516")]
    assert cells(field("start_date", "1/10/60"), *years)[0].value == date(2017, 10, 1)


def test_a_value_that_the_place_itself_says_is_taken_as_it_is() -> None:
    (found,) = cells(field("entry_number", "ครั้งที่ ๗", model=Entry, value=7))
    assert (found.value, found.issue) == (7, None)


def test_every_field_gives_one_cell_in_its_order() -> None:
    fields = [field(column, "-") for column in ("end_date", "project_name", "project_code")]
    assert [found.field.column for found in cells(*fields)] == ["end_date", "project_name", "project_code"]


@pytest.mark.parametrize(
    ("column", "raw", "is_mixed"),
    [
        ("budget_spent_baht", "๑,5๐๐ บาท", True),
        ("budget_spent_baht", "๑,๕๐๐ บาท", False),
        ("start_date", "๑ ตุลาคม 2560", True),
        ("project_name", "ระยะที่ ๒ ปี 2561", False),
    ],
)
def test_mixed_digits_are_told_of_numbers_and_not_of_words(column: str, raw: str, is_mixed: bool) -> None:
    codes = {observation.code for observation in cell(column, raw).observations}
    assert codes == ({"number_scripts_mixed"} if is_mixed else set())


def test_what_an_earlier_stage_found_odd_stays_in_its_place() -> None:
    odd = Issue("text_not_read", "'แนบท้าย' stands before any label")
    assert normalize([field("project_code", "1-1"), odd, field("project_name", "ก")])[1] is odd


def test_a_sound_report_has_no_trouble() -> None:
    assert [found.issue for found in cells_of(report()) if found.issue] == []
