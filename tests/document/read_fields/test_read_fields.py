"""Blocks to fields: what each way of reading takes from a block, and where it stood."""

from datetime import date

import pytest

from normalizers.text import line
from pipeline.model import Field
from tests.support.small_proposal import proposal
from tests.support.small_report import LINKS, RATIONALE, RESPONSIBLE, TITLE, fields_of, project_of, report, tables_of


def raws(text: str, table: str) -> dict[tuple[object, str], str | None]:
    """The raw text of each field by row and column."""
    return {(field.row.key or "", field.column): line(field.raw) for field in of_table(text, table)}


def of_table(text: str, table: str) -> list[Field]:
    return [field for field in fields_of(text)[0] if field.model.table == table]


def test_one_label_may_stand_for_several_columns() -> None:
    found = raws(report(), "projects")
    office = RESPONSIBLE["หน่วยงานที่รับผิดชอบ."]
    assert [found["", column] for column in ("agency", "division", "unit")] == [office] * 3


def test_a_value_on_one_line_does_not_go_on_over_lines() -> None:
    text = report(header={"สิ้นสุดโครงการ": "2018-09-30 00:00:00\nหมายเหตุ ขยายเวลา"})
    assert raws(text, "projects")["", "end_date"] == "2018-09-30 00:00:00"


@pytest.mark.parametrize(
    "wrapped", ["นางสาวสมมุติ\nตัวอย่าง 1234", "นางสาวสมมุติ ตัวอย่าง\n1234", "นางสาวสมมุติ ตัวอย่าง\nโทร. 1234"]
)
def test_a_surname_or_a_telephone_may_stand_in_the_next_line(wrapped: str) -> None:
    row = project_of(report().replace("นางสาวสมมุติ ตัวอย่าง 1234", wrapped))
    assert (row["responsible_person"], row["responsible_phone"]) == ("นางสาวสมมุติ ตัวอย่าง", "1234")


@pytest.mark.parametrize("below", ["ผู้อำนวยการ", "หัวหน้ากลุ่มงาน", "กองต้นไม้"])
def test_a_position_or_an_office_below_a_name_is_no_surname(below: str) -> None:
    row = project_of(report().replace("นางสาวสมมุติ ตัวอย่าง 1234", f"นางสาวสมมุติ\n{below}"))
    assert row["responsible_person"] == "นางสาวสมมุติ"


def test_a_name_goes_on_over_lines() -> None:
    text = report(header={"ชื่อโครงการ/กิจกรรม": "โครงการปลูกต้นไม้\nริมคลอง"})
    assert project_of(text)["project_name"] == "โครงการปลูกต้นไม้ ริมคลอง"


def test_a_name_goes_on_over_a_page_break_without_its_furniture() -> None:
    text = report(header={"ชื่อโครงการ/กิจกรรม": f"โครงการปลูกต้นไม้\n- 1 -\n\f{TITLE}\nริมคลอง"})
    tables = tables_of(text)
    assert tables["projects"][0]["project_name"] == "โครงการปลูกต้นไม้ ริมคลอง"
    parts = [row for row in tables["evidence"] if row["column_name"] == "project_name"]
    assert [(row["part"], row["page_number"], row["raw_text"]) for row in parts] == [
        (1, 1, "โครงการปลูกต้นไม้"),
        (2, 2, "ริมคลอง"),
    ]


def test_the_sign_behind_an_amount_ends_it() -> None:
    text = report(header={"งบประมาณที่ได้รับ": "100,000 บาท จากเงินอุดหนุน 5 แห่ง"})
    assert raws(text, "projects")["", "budget_received_baht"] == "100,000 บาท"


@pytest.mark.parametrize("value", ["", "-", "........", "- บาท"])
def test_a_label_without_a_value_gives_null_and_no_finding(value: str) -> None:
    text = report(header={"งบประมาณที่ใช้ไป": value, "สิ้นสุดโครงการ": value.removesuffix(" บาท")})
    tables = tables_of(text)
    assert [tables["projects"][0][column] for column in ("budget_spent_baht", "end_date")] == [None, None]
    assert tables["findings"] == []


def test_a_value_on_the_line_behind_its_label_is_taken() -> None:
    text = report().replace("รหัสโครงการ... : ", "รหัสโครงการ... :\n")
    assert project_of(text)["project_code"] == "11000000-0001"


def test_each_labelled_row_has_the_kind_that_its_label_names() -> None:
    assert [(row["level"], row["text"]) for row in tables_of(report())["strategy_links"]] == list(
        zip(("issue", "sub_issue", "goal", "indicator"), LINKS.values(), strict=True)
    )


def test_a_row_without_text_is_none() -> None:
    rows = tables_of(report(links={**LINKS, "ประเด็นยุทธศาสตร์ย่อย": "-", "เป้าหมายที่": "", "ตัวชี้วัด...": "....."}))
    assert [row["level"] for row in rows["strategy_links"]] == ["issue"]


def test_a_row_keeps_its_lines_together() -> None:
    rows = tables_of(report(links={**LINKS, "เป้าหมายที่": "2.2.1 ทางเท้า\nมีร่มเงา"}))["strategy_links"]
    assert rows[2]["text"] == "2.2.1 ทางเท้า มีร่มเงา"


def test_the_asterisks_around_routine_work_are_no_words() -> None:
    rows = tables_of(report(links={"ประเด็นยุทธศาสตร์": "*** การปฏิบัติงานประจำของหน่วยงาน ***"}))
    assert [row["text"] for row in rows["strategy_links"]] == ["การปฏิบัติงานประจำของหน่วยงาน"]


def test_a_whole_text_has_its_heading_and_all_its_words() -> None:
    section = tables_of(report())["sections"][0]
    assert (section["section"], section["heading"], section["text"]) == ("rationale", "1.3 หลักการและเหตุผล", RATIONALE)


@pytest.mark.parametrize("silence", ["-", "......", ""])
def test_a_section_that_says_nothing_is_no_row(silence: str) -> None:
    sections = tables_of(report().replace(RATIONALE, silence))["sections"]
    assert [section["section"] for section in sections] == ["certification"]


def test_text_before_any_label_is_told() -> None:
    tables = tables_of(report().replace("ประเด็นยุทธศาสตร์ : ", "สำเนาถูกต้อง\nประเด็นยุทธศาสตร์ : ", 1))
    assert [row["text"] for row in tables["unclaimed"] if row["reason"] == "not_read"] == ["สำเนาถูกต้อง"]
    assert "'สำเนาถูกต้อง'" in next(str(row["message"]) for row in tables["findings"] if row["code"] == "text_not_read")


def test_dots_and_dashes_before_a_label_are_no_text() -> None:
    assert fields_of(report().replace("ประเด็นยุทธศาสตร์ : ", "...... -\nประเด็นยุทธศาสตร์ : ", 1))[1] == []


def test_a_field_knows_where_it_stands() -> None:
    text = report()
    for field in fields_of(text)[0]:
        for start, end in field.spans:
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip() == text[start:end]
            assert field.value is not None or text[start:end] in field.raw


def test_a_damaged_label_lowers_the_score() -> None:
    text = report().replace("รหัสโครงการ...", "รหัสโดรงกร...")
    scores = {field.column: field.score for field in of_table(text, "projects")}
    assert scores["project_code"] < 100 == scores["project_name"]


def test_each_copy_is_read_by_itself() -> None:
    found = [field for field in of_table(f"{report()}\f{report()}", "projects") if field.column == "project_code"]
    assert [field.copy for field in found] == [1, 2]


def proposed(header: str, **bodies: str) -> dict[str, object]:
    """The one project of a proposal with these first lines."""
    return project_of(proposal(header=header, **bodies))


@pytest.mark.parametrize(
    "header",
    [
        "โครงการทาสีรั้ว\nสำนักงานเขตตัวอย่าง",
        "ชื่อโครงการ : โครงการทาสีรั้ว\nสำนักงานเขตตัวอย่าง",
        "**โครงการทาสีรั้ว**\n## สำนักงานเขตตัวอย่าง",
        "แบบเสนอ\nโครงการทาสีรั้ว\nสำนักงานเขตตัวอย่าง",
    ],
)
def test_a_value_is_known_by_its_first_words_where_no_label_says_what_it_is(header: str) -> None:
    found = proposed(header)
    assert str(found["project_name"]).startswith("โครงการทาสีรั้ว")
    assert found["agency"] == "สำนักงานเขตตัวอย่าง"


def test_a_label_says_more_than_first_words() -> None:
    found = proposed("โครงการเดิม\nชื่อโครงการ : ทาสีรั้ว\nสำนักงานเขตตัวอย่าง")
    assert str(found["project_name"]).startswith("ทาสีรั้ว")


@pytest.mark.parametrize("header", ["ทาสีรั้ว\nสำนักงานเขตตัวอย่าง", "สำนักงานเขตตัวอย่าง เสนอโครงการทาสีรั้ว"])
def test_a_line_that_begins_with_other_words_is_no_name(header: str) -> None:
    assert proposed(header)["project_name"] is None


@pytest.mark.parametrize(
    ("said", "year"),
    [
        ("ปีงบประมาณ : 2570", 2570),
        ("ปีงบประมาณ\tพ.ศ. ๒๕๗๐", 2570),
        ("ประจำปีงบประมาณ พ.ศ. 2570", 2570),
        ("ในปีงบประมาณ 2570", 2570),
        ("พ.ศ. 2570", None),
        ("ปีงบประมาณหน้า", None),
        ("ปีงบประมาณ 70", None),
    ],
)
def test_a_value_is_known_by_its_shape_where_no_label_says_what_it_is(said: str, year: int | None) -> None:
    assert proposed(f"โครงการทาสีรั้ว\nสำนักงานเขตตัวอย่าง\n{said}")["fiscal_year_be"] == year


def test_a_shape_is_sought_in_its_own_block_only() -> None:
    found = proposed("โครงการทาสีรั้ว\nสำนักงานเขตตัวอย่าง", rationale="ตามแผนปีงบประมาณ 2569")
    assert found["fiscal_year_be"] is None


@pytest.mark.parametrize(
    ("said", "dates"),
    [
        ("เดือนตุลาคม 2569 - กันยายน 2570", (date(2026, 10, 1), date(2027, 9, 30))),
        ("เริ่มเมื่อพร้อม\nเดือนตุลาคม 2569 - กันยายน 2570", (date(2026, 10, 1), date(2027, 9, 30))),
        ("ตลอดปี", (None, None)),
        ("-", (None, None)),
    ],
)
def test_the_first_stretch_of_a_shape_is_the_value(said: str, dates: tuple[date | None, date | None]) -> None:
    found = proposed("โครงการทาสีรั้ว\nสำนักงานเขตตัวอย่าง", schedule=said)
    assert (found["start_date"], found["end_date"]) == dates


def test_text_without_a_label_is_no_trouble_where_values_may_have_none() -> None:
    text = proposal(header="แบบเสนอ\nโครงการทาสีรั้ว\nสำนักงานเขตตัวอย่าง")
    assert fields_of(text)[1] == []
