"""What proposals of other offices print in other ways, page by page."""

import re
from datetime import date

import pytest

from tests.support.small_proposal import proposal, rows_of, values
from tests.support.small_report import codes_of, tables_of


def test_indicators_in_a_list_are_aims_of_that_kind() -> None:
    found = rows_of("objectives", indicators="10.1 ร้อยละ 80 ของรั้วทาสีแล้ว\n10.2 ผู้ใช้สนามพอใจ")
    assert values([row for row in found if row["kind"] == "indicator"], "label", "text") == [
        ("10.1", "ร้อยละ 80 ของรั้วทาสีแล้ว"),
        ("10.2", "ผู้ใช้สนามพอใจ"),
    ]


def test_a_table_of_indicators_is_no_list() -> None:
    table = "มีดังนี้\n| ตัวชี้วัด | ค่าเป้าหมาย |\n|---|---|\n| รั้วที่ทาสี | 2 ด้าน |"
    assert [row["name"] for row in rows_of("indicators", indicators=table)] == ["รั้วที่ทาสี"]
    assert "indicator" not in {row["kind"] for row in rows_of("objectives", indicators=table)}


def test_risks_without_a_table_are_kept_as_a_text() -> None:
    found = rows_of("sections", risks="ฝนอาจตก แก้ไขโดยเลื่อนวันทาสี")
    assert values(found, "section", "heading", "text") == [("other", "8. การบริหารความเสี่ยง", "ฝนอาจตก แก้ไขโดยเลื่อนวันทาสี")]


LISTED = "1. สี จำนวน 2 ถัง ๆ ละ 500 บาท เป็นเงิน 1,000 บาท\n2. แปรง เป็นเงิน 50 บาท"


@pytest.mark.parametrize("odd", ["", " หน่วยงานที่รับผิดชอบ : ฝ่ายโยธา สำนักงานเขตตัวอย่าง กรุงเทพมหานคร"])
def test_proposals_of_one_page_are_copies_of_one_project_though_a_line_ran_into_another(odd: str) -> None:
    whole = proposal(objectives="เพื่อทาสีรั้ว", budget=LISTED)
    tables = tables_of("\f".join((whole, whole.replace("\nหน่วยงาน", f"{odd}\nหน่วยงาน", 1), whole)))
    assert [row["copy_count"] for row in tables["documents"]] == [3]
    assert values(tables["projects"], "project_name") == [("โครงการทาสีรั้วสนาม",)]
    assert values(tables["budget_items"], "item") == [("สี",), ("แปรง",)]


def test_a_row_that_one_of_three_copies_prints_is_left_out_and_told() -> None:
    whole, short = (proposal(budget=budget) for budget in (LISTED, LISTED.partition("\n")[0]))
    tables = tables_of("\f".join((short, whole, short)))
    assert values(tables["budget_items"], "item") == [("สี",)]
    (message,) = (row["message"] for row in tables["findings"] if row["code"] == "row_left_out")
    assert "one of 3 copies prints 'แปรง' in budget_items" in str(message)
    assert "page 2" in str(message)


def test_lines_that_one_copy_parts_are_no_row_left_out() -> None:
    whole = proposal(objectives="- เพื่อทาสีรั้วให้สวยงามน่าเดินเล่น\n- เพื่อปลูกต้นไม้")
    parted = whole.replace("น่าเดิน", "\n- น่าเดิน")
    assert "row_left_out" not in codes_of("\f".join((whole, parted, whole)))


@pytest.mark.parametrize(
    ("heading", "table", "text"),
    [
        ("4. ลักษณะโครงการ : เป็นโครงการใหม่", "sections", "เป็นโครงการใหม่"),
        ("6. วิธีดำเนินการ ทาสีรั้ว", "activities", "ทาสีรั้ว"),
        ("10. ตัวชี้วัด : รั้วที่ทาสี", "objectives", "รั้วที่ทาสี"),
    ],
)
def test_the_text_of_a_block_may_stand_on_the_line_of_its_heading(heading: str, table: str, text: str) -> None:
    lines = proposal().splitlines()
    number = heading.partition(" ")[0]
    page = "\n".join(heading if line.startswith(f"{number} ") else line for line in lines)
    assert text in [row["text"] for row in tables_of(page)[table]]


def test_a_step_that_begins_as_a_heading_does_is_none() -> None:
    steps = "1. ขออนุมัติ\n2. งบประมาณ ขอรับจากเขต\n3. ทาสี"
    assert values(rows_of("activities", activities=steps), "label", "text") == [
        ("1", "ขออนุมัติ"),
        ("2", "งบประมาณ ขอรับจากเขต"),
        ("3", "ทาสี"),
    ]


def test_a_table_may_begin_on_the_line_of_the_text_before_it() -> None:
    table = "| รายการ | จำนวน | หน่วยละ | เป็นเงิน |\n|---|---|---|---|\n| สี | 2 ถัง | 500 | 1,000 |"
    tables = tables_of(proposal(budget=f"เป็นเงิน 1,000 บาท {table}"))
    assert values(tables["budget_items"], "item", "quantity", "amount_baht") == [("สี", 2, 1000)]
    assert [row["text"] for row in tables["sections"] if row["section"] == "budget"] == ["เป็นเงิน 1,000 บาท"]


@pytest.mark.parametrize("glued", ["9.1รั้วสวย\n9.2สนามน่าเล่น", "9,1 รั้วสวย\n9,2 สนามน่าเล่น", "9.1 รั้วสวย 9.2 สนามน่าเล่น"])
def test_items_are_told_apart_though_their_numbers_are_damaged_or_run_on(glued: str) -> None:
    assert values(rows_of("objectives", benefits=glued), "label", "text") == [("9.1", "รั้วสวย"), ("9.2", "สนามน่าเล่น")]


def test_proposals_one_below_the_other_are_projects_of_their_own() -> None:
    office = "ฝ่ายโยธา สำนักงานเขตตัวอย่าง กรุงเทพมหานคร"
    fence = proposal(header=f"โครงการทาสีรั้วสนาม\n{office}", budget="เป็นเงิน 1,000 บาท", benefits="รั้วสวย")
    lamp = proposal(header=f"โครงการติดโคมไฟในสวน\n{office}", budget="เป็นเงิน 2,500 บาท", benefits="สวนสว่าง")
    tables = tables_of(f"{fence}\n(ลงชื่อ) นายทดสอบ ระบบดี\n\n{lamp}")
    assert values(tables["projects"], "project_name", "budget_received_baht") == [
        ("โครงการทาสีรั้วสนาม", 1000),
        ("โครงการติดโคมไฟในสวน", 2500),
    ]
    assert [row["text"] for row in tables["objectives"] if row["kind"] == "expected_benefit"] == ["รั้วสวย", "สวนสว่าง"]


@pytest.mark.parametrize("number", ["5.1 ", "- ", ""])
def test_targets_below_output_and_outcome_have_these_kinds(number: str) -> None:
    printed = f"{number}เป้าหมายเชิงผลผลิต (Output)\n- รั้ว 2 ด้าน\n{number}เป้าหมายเชิงผลลัพธ์ (Outcome)\n- คนพอใจ"
    assert values(rows_of("objectives", targets=printed), "kind", "text") == [
        ("output", "รั้ว 2 ด้าน"),
        ("outcome", "คนพอใจ"),
    ]


def test_indicators_with_ways_to_measure_and_no_targets_are_a_table() -> None:
    table = "| ตัวชี้วัด | วิธีวัด | เครื่องมือ |\n|---|---|---|\n| รั้วสวย | สอบถาม | แบบสอบถาม |"
    found = rows_of("indicators", indicators=table)
    assert values(found, "name", "method", "target") == [("รั้วสวย", "สอบถาม", None)]


def test_a_step_of_a_list_that_says_what_a_heading_does_is_a_step_where_headings_have_no_numbers() -> None:
    page = re.sub(r"(?m)^\d+\. ", "", proposal(activities="1) สำรวจ\n2) ทาสี\n3) ติดตามประเมินผล"))
    assert values(tables_of(page)["activities"], "label", "text") == [
        ("1", "สำรวจ"),
        ("2", "ทาสี"),
        ("3", "ติดตามประเมินผล"),
    ]


def test_a_title_over_two_lines_of_which_the_first_is_one_word_is_whole() -> None:
    (project,) = tables_of(proposal(header="โครงการ\nทาสีรั้วสนาม\nสำนักงานเขตตัวอย่าง กรุงเทพมหานคร"))["projects"]
    assert (project["project_name"], project["agency"]) == ("โครงการ ทาสีรั้วสนาม", "สำนักงานเขตตัวอย่าง กรุงเทพมหานคร")


def test_a_title_goes_on_over_a_line_that_begins_with_a_word_between_words() -> None:
    header = "โครงการทาสีรั้วสนาม\nของโรงเรียนในสังกัด\nสำนักงานเขตตัวอย่าง กรุงเทพมหานคร"
    (project,) = tables_of(proposal(header=header))["projects"]
    assert project["project_name"] == "โครงการทาสีรั้วสนาม ของโรงเรียนในสังกัด"


@pytest.mark.parametrize("between", [" : ", ": ", "** : "])
def test_the_colon_behind_a_sub_head_is_no_text(between: str) -> None:
    printed = f"**เชิงปริมาณ{between}รั้ว 2 ด้าน\nเชิงคุณภาพ : คนพอใจ"
    assert values(rows_of("objectives", targets=printed), "kind", "text") == [
        ("target_quantity", "รั้ว 2 ด้าน"),
        ("target_quality", "คนพอใจ"),
    ]


STAGES = "6.1 ขั้นเตรียมการ\n6.2 ขั้นดำเนินการ\n6.2.1 ทาสี\n6.3 ขั้นสรุปผล"


def test_a_step_whose_words_are_like_a_heading_that_was_is_a_step() -> None:
    page = proposal(activities=STAGES).replace("5. ระยะเวลาดำเนินการ\n-", "5. สถานที่ดำเนินการ\nสนาม")
    tables = tables_of(page)
    assert values(tables["activities"], "label", "text") == [
        ("6.1", "ขั้นเตรียมการ"),
        ("6.2", "ขั้นดำเนินการ 6.2.1 ทาสี"),
        ("6.3", "ขั้นสรุปผล"),
    ]
    assert [row["text"] for row in tables["sections"] if row["section"] == "schedule"] == ["สนาม"]


def test_the_number_of_a_row_is_no_word_of_it() -> None:
    steps = "กิจกรรม\tระยะเวลา\tผู้รับผิดชอบ\n๑. ประชุม\tต.ค. ๒๕๖๗\tครู\n๒. ทาสี\tพ.ย. ๒๕๖๗\tครู"
    prices = "รายการ\tจำนวน\tหน่วยละ\tเป็นเงิน\n๑. สี\t๒ ถัง\t๕๐๐\t๑,๐๐๐\n๒. แปรง\t๑ ด้าม\t๕๐\t๕๐"
    tables = tables_of(proposal(activities=steps, budget=prices))
    assert values(tables["activities"], "label", "text") == [("1", "ประชุม"), ("2", "ทาสี")]
    assert values(tables["budget_items"], "item", "amount_baht") == [("สี", 1000), ("แปรง", 50)]


def test_a_table_of_sums_by_kind_gives_what_each_item_costs_in_all() -> None:
    table = "ที่\tรายการ\tค่าตอบแทน\tค่าวัสดุ\tรวม\n๑\tทาสีรั้ว\t๗,๒๐๐\t๒,๘๐๐\t๑๐,๐๐๐\nรวม\t\t๗,๒๐๐\t๒,๘๐๐\t๑๐,๐๐๐"
    found = rows_of("budget_items", budget=f"จำนวน ๑๐,๐๐๐ บาท\n{table}")
    assert values(found, "item", "quantity", "amount_baht") == [("ทาสีรั้ว", None, 10000)]


def test_a_count_without_its_word_before_the_amount_is_no_part_of_the_name() -> None:
    lines = "5.1 ค่าเช่าเวที 1 งาน 8,000 บาท\n5.2 ค่ารางวัล 500 ชิ้นๆ ละ 20 บาท 10,000 บาท"
    found = rows_of("budget_items", budget=lines)
    assert values(found, "item", "quantity", "quantity_unit", "unit_price_baht", "amount_baht") == [
        ("ค่าเช่าเวที", 1, "งาน", None, 8000),
        ("ค่ารางวัล", 500, "ชิ้น", 20, 10000),
    ]


def test_the_lines_before_the_first_heading_may_say_when_and_who() -> None:
    header = (
        "**โครงการ** ทาสีรั้วสนาม\n**หน่วยงานที่รับผิดชอบ** ฝ่ายโยธา สำนักงานเขตตัวอย่าง กรุงเทพมหานคร\n"
        "**ผู้รับผิดชอบโครงการ** นายทดสอบ ระบบดี โทร. 1234\n**ระยะเวลาดำเนินการ** ๑ ตุลาคม ๒๕๖๗ – ๓๐ กันยายน ๒๕๖๘"
    )
    page = proposal(header=header).replace("5. ระยะเวลาดำเนินการ\n-\n", "")
    found = values(
        tables_of(page)["projects"], "agency", "responsible_person", "responsible_phone", "start_date", "end_date"
    )
    office = "ฝ่ายโยธา สำนักงานเขตตัวอย่าง กรุงเทพมหานคร"
    assert found == [(office, "นายทดสอบ ระบบดี", "1234", date(2024, 10, 1), date(2025, 9, 30))]


@pytest.mark.parametrize("dash", [" – ", " –\n", " ถึง\n", "\n– ", "\nถึง เดือน", "\n - 31 "])
def test_a_period_may_go_on_in_the_next_line(dash: str) -> None:
    page = proposal(schedule=f"กุมภาพันธ์ 2570{dash}พฤษภาคม 2570\nณ สนามกีฬา")
    found = values(tables_of(page)["projects"], "start_date", "end_date")
    assert found == [(date(2027, 2, 1), date(2027, 5, 31))]


def test_a_list_below_a_month_is_no_end_of_it() -> None:
    page = proposal(schedule="กุมภาพันธ์ 2570\n- มีค่าใช้จ่ายในปี 2571")
    assert values(tables_of(page)["projects"], "start_date", "end_date") == [(date(2027, 2, 1), date(2027, 2, 28))]


@pytest.mark.parametrize("between", ["\n", " หัวหน้าฝ่ายโยธา\n", "\nตำแหน่ง หัวหน้าฝ่ายโยธา\n"])
def test_a_telephone_may_stand_below_the_name_and_a_position_is_none(between: str) -> None:
    page = proposal() + f"\n11. ผู้รับผิดชอบโครงการ\nนายทดสอบ ระบบดี{between}โทร. 0 2345 6789"
    found = values(tables_of(page)["projects"], "responsible_person", "responsible_phone")
    assert found == [("นายทดสอบ ระบบดี", "023456789")]


def test_a_line_below_a_name_and_its_telephone_is_no_part_of_either() -> None:
    page = proposal() + "\n11. ผู้รับผิดชอบโครงการ\nนายทดสอบ ระบบดี โทร. 1234\nพร้อมคณะทำงาน 5 คน"
    found = values(tables_of(page)["projects"], "responsible_person", "responsible_phone")
    assert found == [("นายทดสอบ ระบบดี", "1234")]


def test_an_annex_is_a_section_of_its_own() -> None:
    page = proposal() + "\n11. ผู้รับผิดชอบโครงการ\nนายทดสอบ ระบบดี\nภาคผนวก\nกำหนดการทาสีรั้ว\n08.00 น. ลงทะเบียน"
    tables = tables_of(page)
    assert values(tables["sections"], "section", "heading", "text")[-1:] == [
        ("other", None, "ภาคผนวก กำหนดการทาสีรั้ว 08.00 น. ลงทะเบียน")
    ]
