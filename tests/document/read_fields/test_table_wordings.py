"""Tables under the heads of other offices, whatever stands in the line above them: the same rows."""

import pytest

from tests.document.read_fields.test_entries import DONE, found, sound
from tests.support.small_proposal import rows_of, values
from tests.support.small_report import DATES, ON_PLAN, ON_TARGET

ENTRIES = (
    "ครั้งที่",
    "วันที่รายงาน",
    "ผลการดำเนินงาน",
    "ความก้าวหน้า (ร้อยละ)",
    "งบประมาณที่เบิกใช้ (บาท)",
    "เทียบกับแผน",
    "เทียบกับเป้าหมาย",
)
PRICES = ("ที่", "รายการ", "จำนวน", "หน่วย", "ราคาต่อหน่วย (บาท)", "จำนวนเงิน (บาท)")
RISKS = ("ที่", "ความเสี่ยง", "โอกาส", "ผลกระทบ", "ระดับ", "แนวทางแก้ไข")


def table(heads: tuple[str, ...], *rows: tuple[str, ...]) -> str:
    """A table in Markdown."""
    return "\n".join(f"| {' | '.join(row)} |" for row in (heads, ("---",) * len(heads), *rows))


def with_head(heads: tuple[str, ...], place: int, other: str) -> tuple[str, ...]:
    """Heads of which one has other words."""
    return (*heads[:place], other, *heads[place + 1 :])


OTHER_ENTRIES = {
    0: ("ลำดับ", "งวดที่", "ครั้ง"),
    1: ("ว/ด/ป", "ณ วันที่", "วันที่รายงานผล"),
    2: ("กิจกรรมที่ดำเนินการ", "สรุปผลการดำเนินงาน", "งานที่ดำเนินการ"),
    3: ("ความคืบหน้า (ร้อยละ)", "ผลงานสะสม (%)", "ร้อยละความก้าวหน้า"),
    4: ("จำนวนเงินที่เบิกจ่าย", "เบิกจ่ายครั้งนี้ (บาท)", "ใช้จ่าย (บาท)", "จำนวนเงิน (บาท)"),
    5: ("เปรียบเทียบกับแผน", "ผลเทียบแผน"),
    6: ("เปรียบเทียบกับเป้าหมาย", "ผลเทียบเป้าหมาย"),
}


@pytest.mark.parametrize(("place", "other"), [(place, one) for place, words in OTHER_ENTRIES.items() for one in words])
def test_a_table_of_entries_may_have_other_heads(place: int, other: str) -> None:
    rows = ((str(n), DATES[n - 1], DONE[n - 1], f"{n}0.00", f"{n},000.00", ON_PLAN, ON_TARGET) for n in (1, 2, 3))
    assert found(table(with_head(ENTRIES, place, other), *rows)) == sound(1, 2, 3)


def test_one_column_may_say_both_statuses() -> None:
    rows = ((str(n), DATES[n - 1], DONE[n - 1], f"{n}0", f"{n},000", f"{ON_PLAN} / {ON_TARGET}") for n in (1, 2, 3))
    assert found(table((*ENTRIES[:5], "สถานะ"), *rows)) == sound(1, 2, 3)


OTHER_PRICES = {
    1: ("รายการค่าใช้จ่าย", "รายละเอียด"),
    2: ("จำนวนหน่วย", "ปริมาณ"),
    3: ("หน่วยนับ",),
    4: ("หน่วยละ", "ราคา/หน่วย", "อัตรา (บาท)"),
    5: ("เป็นเงิน", "ราคารวม", "ยอดรวม", "จำนวนเงินรวม"),
}


@pytest.mark.parametrize("above", ["ใช้งบประมาณ ดังนี้", "งบประมาณ 1,050 บาท ดังนี้", "รายละเอียดค่าใช้จ่าย"])
@pytest.mark.parametrize(
    ("place", "other"), [(1, "รายการ"), *((place, one) for place, words in OTHER_PRICES.items() for one in words)]
)
def test_a_table_of_prices_may_have_other_heads_and_a_line_above(place: int, other: str, above: str) -> None:
    rows = (
        ("1", "ค่าสี", "2", "ถัง", "500", "1,000"),
        ("2", "ค่าแปรง", "", "", "", "50"),
        ("", "รวม", "", "", "", "1,050"),
    )
    items = rows_of("budget_items", budget=f"{above}\n{table(with_head(PRICES, place, other), *rows)}")
    assert [
        tuple(None if one is None else str(one) for one in row)
        for row in values(items, "item", "quantity", "quantity_unit", "unit_price_baht", "amount_baht")
    ] == [("ค่าสี", "2", "ถัง", "500.00", "1000.00"), ("ค่าแปรง", None, None, None, "50.00")]


OTHER_RISKS = {
    1: ("ปัจจัยเสี่ยง", "ประเด็นความเสี่ยง", "เหตุการณ์ความเสี่ยง"),
    2: ("โอกาสเกิด", "ความน่าจะเป็น"),
    3: ("ความรุนแรง", "ผลกระทบที่เกิดขึ้น"),
    4: ("ระดับความเสี่ยง",),
    5: ("แนวทางป้องกัน", "วิธีจัดการ", "มาตรการ", "การป้องกัน/แก้ไข"),
}


@pytest.mark.parametrize(("place", "other"), [(place, one) for place, words in OTHER_RISKS.items() for one in words])
def test_a_table_of_risks_may_have_other_heads(place: int, other: str) -> None:
    rows = (("1", "ฝนตก", "3", "2", "ปานกลาง", "เลื่อนวัน"), ("2", "สีไม่พอ", "1", "1", "ต่ำ", "สำรองสี"))
    found_rows = rows_of("risks", risks=table(with_head(RISKS, place, other), *rows))
    assert values(found_rows, "risk", "likelihood", "impact", "level", "mitigation") == [
        ("ฝนตก", 3, 2, "ปานกลาง", "เลื่อนวัน"),
        ("สีไม่พอ", 1, 1, "ต่ำ", "สำรองสี"),
    ]
