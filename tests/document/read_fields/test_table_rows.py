"""Rows of tables as word processors leave them: empty cells, unknown columns, headings printed twice, lost cells."""

from decimal import Decimal

import pytest

from parsers.tables import PRICES, RISKS
from pipeline.document.cells import begins_total
from tests.support.small_proposal import block_of, column, proposal, rows_of, values
from tests.support.small_report import project_of, tables_of
from tests.support.table_layouts import HEADINGS, LAYOUTS, PAINT, RAIN, READ, Layout, flattened, markdown, read, tabs


def test_an_empty_first_cell_between_tabs_does_not_shift_the_others() -> None:
    assert read(tabs([HEADINGS[:3], ("", "1", "2")])) == [{"likelihood": "1", "impact": "2"}]


def test_headings_may_take_two_rows_between_tabs() -> None:
    over = ("ความเสี่ยง", "การประเมินความเสี่ยง", "", "", "แนวทางแก้ไข")
    assert read(tabs([over, ("", *HEADINGS[1:4], ""), PAINT])) == READ[:1]


def test_a_total_behind_an_empty_number_is_no_row() -> None:
    rows = [("ลำดับ", "รายการ", "จำนวนเงิน"), ("1", "สี", "1,000"), ("", "รวม", "1,000")]
    assert column(read(tabs(rows), PRICES), "item") == ["สี"]


def test_a_row_of_its_first_cell_alone_is_kept() -> None:
    assert column(read(tabs([HEADINGS[:3], PAINT[:3], ("ฝนตก", "", "")])), "risk") == ["สีหมด", "ฝนตก"]


def test_columns_behind_an_unknown_one_are_read() -> None:
    rows = [("ความเสี่ยง", "โอกาส", "วันที่พบ", "ผลกระทบ"), ("สีหมด", "2", "จันทร์", "3")]
    assert read(markdown(rows)) == [{"risk": "สีหมด", "likelihood": "2", "impact": "3"}]


@LAYOUTS
def test_headings_printed_again_are_no_row(layout: Layout) -> None:
    assert column(read(layout([HEADINGS, PAINT, HEADINGS, RAIN])), "risk") == ["สีหมด", "ฝนตก"]


@LAYOUTS
def test_a_column_of_numbers_may_stand_before_headings_in_two_rows(layout: Layout) -> None:
    gap = () if layout is flattened else ("", "")
    over = ("ลำดับ", "ความเสี่ยง", "การประเมินความเสี่ยง", *gap, "แนวทางแก้ไข")
    rows = [over, ("", "", *HEADINGS[1:4], ""), ("1", *PAINT), ("2", *RAIN)]
    assert column(read(layout(rows)), "risk") == ["สีหมด", "ฝนตก"]


def test_a_second_table_under_other_headings_is_read_by_its_own() -> None:
    first = [("ลำดับ", "รายการ", "จำนวน", "หน่วยนับ", "อัตรา", "งบประมาณ"), ("1", "สี", "2", "ถัง", "500", "1,000")]
    second = [("ที่", "รายการ", "จำนวนหน่วย", "ราคาหน่วยละ", "รวมเงิน"), ("1", "แปรง", "3 ด้าม", "40", "120")]
    found = rows_of("budget_items", budget=tabs(first) + "\nหมวดค่าวัสดุ\n" + tabs(second))
    assert values(found, "item", "quantity", "quantity_unit", "amount_baht") == [
        ("สี", Decimal(2), "ถัง", Decimal(1000)),
        ("แปรง", Decimal(3), "ด้าม", Decimal(120)),
    ]


@pytest.mark.parametrize(
    ("words", "expected"), [("รวมทั้งสิ้น", True), ("**รวม**", True), ("ร้านอาหาร", False), ("สี", False)]
)
def test_words_that_only_look_like_a_total_are_none(words: str, expected: bool) -> None:
    block = block_of(words)
    assert begins_total(block.matches, RISKS, 0, len(words)) is expected


@pytest.mark.parametrize("text", ["\n\nจัดทำโดยฝ่ายโยธา", "\n\n\tรายงานทุกเดือน\n\tโดยฝ่ายโยธา"])
def test_text_behind_a_flattened_table_is_in_none_of_its_cells(text: str) -> None:
    assert read(flattened([HEADINGS, PAINT]) + text) == READ[:1]


@LAYOUTS
def test_a_table_of_indicators_may_stand_in_the_text_on_monitoring(layout: Layout) -> None:
    table = layout([("ตัวชี้วัด", "ค่าเป้าหมาย", "ประเภท"), ("รั้วที่ทาแล้ว", "2 ด้าน", "ผลผลิต")])
    page = f"{proposal()}\n11. การติดตามประเมินผล\n{table}\n\nรายงานทุกเดือน\n"
    tables = tables_of(page)
    assert values(tables["indicators"], "name", "target_unit") == [("รั้วที่ทาแล้ว", "ด้าน")]
    assert [row["text"] for row in tables["sections"] if row["section"] == "monitoring"] == ["รายงานทุกเดือน"]


COLUMNS = ("รายการ", "จำนวน", "หน่วยละ", "เป็นเงิน")
TWO_TOGETHER = [COLUMNS, ("สี", "2 ถัง 500", "1,000"), ("แปรง", "5 อัน", "10", "50")]


@LAYOUTS
def test_a_column_that_the_form_does_not_know_shifts_no_other(layout: Layout) -> None:
    rows = [("ความเสี่ยง", "วันที่พบ", *HEADINGS[1:]), ("สีหมด", "จันทร์", *PAINT[1:]), ("ฝนตก", "พุธ", *RAIN[1:])]
    assert read(layout(rows)) == READ
    assert read(layout([("วันที่พบ", *HEADINGS), ("จันทร์", *PAINT), ("พุธ", *RAIN)])) == READ
    assert read(layout([(*HEADINGS, "วันที่พบ"), (*PAINT, "จันทร์"), (*RAIN, "พุธ")])) == READ


def test_an_unknown_last_column_shifts_nothing_where_no_blank_line_parts_the_rows() -> None:
    rows = [(*HEADINGS, "วันที่พบ"), (*PAINT, "จันทร์"), (*RAIN, "พุธ")]
    assert read("\n".join(f"\t{cell}" for row in rows for cell in row)) == READ


@pytest.mark.parametrize("over", ["การประเมินความเสี่ยง", "ประเมินโดยฝ่ายโยธา"])
@pytest.mark.parametrize("layout", [markdown, tabs, flattened])
def test_a_heading_over_several_columns_may_lack_the_cells_beside_it(layout: Layout, over: str) -> None:
    rows = [("ความเสี่ยง", over, "แนวทางแก้ไข"), ("", *HEADINGS[1:4], ""), PAINT, RAIN]
    assert read(layout(rows)) == READ


@LAYOUTS
def test_two_cells_that_ran_together_are_two_where_one_blank_makes_the_row_fit(layout: Layout) -> None:
    assert read(layout(TWO_TOGETHER), PRICES)[0] == {
        "item": "สี",
        "quantity": "2 ถัง",
        "quantity_unit": "2 ถัง",
        "unit_price_baht": "500",
        "amount_baht": "1,000",
    }


def test_what_stands_behind_cells_that_ran_together_is_in_no_other_column() -> None:
    (found,) = read(tabs([COLUMNS, ("สี", "2 ถัง 3 แปรง", "500", "ไม่มี")[:3]]), PRICES)
    assert found.keys() == {"item", "quantity", "quantity_unit"}


def test_a_row_of_markdown_goes_on_until_its_last_bar() -> None:
    text = markdown([HEADINGS, PAINT]) + "\n| ฝนตก\nฟ้าคะนอง | 1 | | น้อย | รอ\nให้หยุด |\nจัดทำโดยฝ่ายโยธา"
    assert read(text)[1] == {"risk": "ฝนตก / ฟ้าคะนอง", "likelihood": "1", "level": "น้อย", "mitigation": "รอ / ให้หยุด"}


def test_two_columns_need_no_bars_around_them() -> None:
    assert read("ความเสี่ยง | แนวทางแก้ไข\n--- | ---\nสีหมด | ซื้อเพิ่ม\nฝนตก | รอ") == [
        {"risk": "สีหมด", "mitigation": "ซื้อเพิ่ม"},
        {"risk": "ฝนตก", "mitigation": "รอ"},
    ]


def test_without_cells_or_blank_lines_a_row_begins_behind_the_shortest_line() -> None:
    first, second = ("สีหมด", "2", "3", "ปานกลาง", "ซื้อสีเพิ่มที่ร้าน", "ใกล้ ๆ"), ("ฝนตกหนักทั้งวัน", "1", "2", "น้อย", "รอ")
    found = read("\n".join((*HEADINGS, *first, *second, *PAINT)))
    assert column(found, "risk") == ["สีหมด", "ฝนตกหนักทั้งวัน", "สีหมด"]
    assert column(found, "mitigation") == ["ซื้อสีเพิ่มที่ร้าน / ใกล้ ๆ", "รอ", "ซื้อเพิ่ม"]


def test_numbers_of_rows_part_them_where_cells_are_lost() -> None:
    rows = (("ลำดับ", *HEADINGS), ("1", *PAINT), ("2", *RAIN[:2], "1", *RAIN[3:]))
    assert column(read("\n".join(cell for row in rows for cell in row)), "risk") == ["สีหมด", "ฝนตก"]


@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_a_total_of_few_cells_shifts_no_row_of_a_flattened_table(gap: str) -> None:
    rows = [
        COLUMNS,
        ("สี", "2 ถัง", "500", "1,000"),
        ("รวม", "1,000"),
        ("แปรง", "5 อัน", "10", "50"),
        ("รวมทั้งสิ้น", "1,050"),
    ]
    text = gap.join("\n".join(f"\t{cell}" for cell in row) for row in rows)
    assert column(read(text, PRICES), "amount_baht") == ["1,000", "50"]
    assert project_of(proposal(budget=text))["budget_received_baht"] == Decimal(1050)


def test_an_item_that_begins_with_the_letters_of_a_total_is_one() -> None:
    rows = [COLUMNS, ("รวมเล่มรายงาน", "2 เล่ม", "50", "100"), ("รวมค่าใช้สอย", "", "", "100"), ("ยอดรวม", "", "", "100")]
    assert column(read(markdown(rows), PRICES), "item") == ["รวมเล่มรายงาน"]
    assert column(read(markdown([COLUMNS, ("รวเป็นเงินทั้งสิ้น", "", "", "100"), rows[1]]), PRICES), "item") == [
        "รวมเล่มรายงาน"
    ]
