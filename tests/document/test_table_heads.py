"""A table tells by its head which block it is, and so which form, where no heading and no title say so."""

import pytest

from tests.support.processing import plain_rows
from tests.support.small_report import LINKS, OBJECTIVES, RATIONALE, SIGNATURE, TARGETS, labelled

HEADER = {
    "ชื่อโครงการ": "โครงการปลูกต้นไม้ริมคลอง",
    "รหัสโครงการ": "11000000-0001",
    "ปีงบประมาณ": "2561",
    "หน่วยงานที่รับผิดชอบ": "สำนักสวนตัวอย่าง",
    "ผู้รับผิดชอบโครงการ": "นางสาวสมมุติ ตัวอย่าง",
}
HEADS = ("ครั้งที่", "วันที่รายงาน", "ผลการดำเนินงาน", "% งาน", "เบิกจ่าย (บาท)")
ROWS = (("1", "29 ธ.ค. 60", "ปลูกต้นไม้ครบสามช่วงถนน", "25", "1,500.00"), ("2", "30 มี.ค. 61", "ดูแลรักษา", "50", "0"))


def page(*parts: str, heads: tuple[str, ...] = HEADS, between: str = " | ") -> str:
    """A report whose entries stand in a table without a heading, behind other parts."""
    return "\n".join((labelled(HEADER), *parts, *(between.join(row) for row in (heads, *ROWS)), SIGNATURE))


PARTS = (
    *("ความเป็นมาและเหตุผลความจำเป็นของโครงการ", RATIONALE, "จุดมุ่งหมายของโครงการ", OBJECTIVES),
    *("เป้าหมายผลผลิตและความสำเร็จ", TARGETS, "ความสอดคล้องกับแผนพัฒนากรุงเทพมหานครและนโยบายผู้บริหาร", labelled(LINKS)),
)


@pytest.mark.parametrize("between", [" | ", "\t", "    "])
def test_a_head_opens_its_block(between: str) -> None:
    """Under the headings of other offices, and behind them a table that no heading stands above."""
    tables = plain_rows(page(*PARTS, between=between).encode())
    assert [row["form"] for row in tables["documents"]] == ["bma_progress_report"]
    found = [
        tuple(map(str, (row["entry_number"], row["report_date"], row["progress_percent"], row["disbursed_baht"])))
        for row in tables["report_entries"]
    ]
    assert found == [("1", "2017-12-29", "25.00", "1500.00"), ("2", "2018-03-30", "50.00", "0.00")]
    assert [row["text"] for row in tables["objectives"]][:2] == ["เพื่อเพิ่มร่มเงาบนทางเท้า", "เพื่อทดแทนต้นไม้ที่ตาย"]
    assert [row["text"] for row in tables["strategy_links"]] == list(LINKS.values())


def test_a_table_alone_tells_no_form() -> None:
    """A table of that kind stands in many documents."""
    tables = plain_rows(page("บันทึกการตรวจงานสวนสาธารณะประจำเดือน").encode())
    assert [row["form"] for row in tables["documents"]] == ["unknown"]


def test_few_columns_are_no_head() -> None:
    """Three columns say too little: the table goes on with the block above it."""
    tables = plain_rows(page(*PARTS, heads=("ครั้งที่", "ผู้ตรวจ", "ผู้แจ้ง", "% งาน", "เบิกจ่าย (บาท)")).encode())
    assert tables["report_entries"] == []
