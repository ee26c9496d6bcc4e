"""Proposals under the headings, marks and labels of other offices: the same rows."""

from collections.abc import Mapping
from random import Random
from types import MappingProxyType

import pytest

from tests.support.small_report import tables_of

HEADER = {
    "title": "โครงการทาสีรั้วสนามเด็กเล่น",
    "office": "หน่วยงานที่รับผิดชอบ : ฝ่ายโยธา สำนักงานเขตตัวอย่าง กรุงเทพมหานคร",
    "year": "ปีงบประมาณ พ.ศ. 2567",
}
PARTS = {
    "หลักการและเหตุผล": "รั้วสนามเด็กเล่นชำรุดและสีซีด จึงควรทาสีใหม่ให้ปลอดภัย",
    "วัตถุประสงค์": "- เพื่อทาสีรั้วให้สวยงาม\n- เพื่อให้เด็กปลอดภัย",
    "เป้าหมาย": "- เชิงปริมาณ\nทาสีรั้ว จำนวน 2 ด้าน\n- เชิงคุณภาพ\nผู้ปกครองพึงพอใจร้อยละ 80",
    "ลักษณะของโครงการ": "เป็นโครงการใหม่ สอดคล้องกับแผนพัฒนากรุงเทพมหานคร ระยะ 20 ปี",
    "ระยะเวลาดำเนินการ": "1 ตุลาคม 2566 - 30 กันยายน 2567",
    "สถานที่ดำเนินการ": "สนามเด็กเล่นชุมชนตัวอย่าง",
    "วิธีดำเนินการ": "- สำรวจรั้ว\n- ทาสีรั้ว",
    "งบประมาณ": "งบประมาณรวมทั้งสิ้น 1,050 บาท\n- ค่าสี 2 ถัง ๆ ละ 500 บาท เป็นเงิน 1,000 บาท\n- ค่าแปรง เป็นเงิน 50 บาท",
    "ความเสี่ยงของโครงการ": "ฝนตกระหว่างทาสี แก้ไขโดยเลื่อนวัน",
    "ประโยชน์ที่คาดว่าจะได้รับ": "- รั้วสวยงาม\n- เด็กปลอดภัย",
    "การติดตามประเมินผล": "ติดตามผลทุกเดือนโดยฝ่ายโยธา",
    "ตัวชี้วัดความสำเร็จ": "- ร้อยละ 100 ของรั้วทาสีแล้ว\n- เด็กไม่บาดเจ็บ",
    "ผู้รับผิดชอบโครงการ": "นางสาวสมมุติ ตัวอย่าง โทร. 0 2123 4567",
}
SIGNATURE = "ลงชื่อ .................... ผู้เสนอโครงการ\n(นางสาวสมมุติ ตัวอย่าง)"
COLUMNS = {
    "projects": (
        *("project_name", "agency", "division", "fiscal_year_be", "start_date", "end_date"),
        *("budget_received_baht", "responsible_person", "responsible_phone"),
    ),
    "objectives": ("kind", "text"),
    "activities": ("text",),
    "budget_items": ("item", "quantity", "quantity_unit", "unit_price_baht", "amount_baht"),
    "sections": ("section", "text"),
    "strategy_links": ("text",),
}


def said(
    style: str = "{number}. {words}",
    *,
    headings: dict[str, str] | None = None,
    texts: dict[str, str] | None = None,
    **header: str,
) -> dict[str, list[tuple[object, ...]]]:
    """The rows of a proposal, some of its lines printed in another way."""
    lines = list({**HEADER, **header}.values())
    for number, (words, text) in enumerate(PARTS.items(), 1):
        lines.append(style.format(number=number, words=(headings or {}).get(words, words)))
        lines.append((texts or {}).get(words, text))
    tables = tables_of("\n".join((*lines, SIGNATURE)))
    return {table: [tuple(row[one] for one in wanted) for row in tables[table]] for table, wanted in COLUMNS.items()}


OTHERS = {
    "หลักการและเหตุผล": ("ความเป็นมา", "ความจำเป็น", "ที่มาและความสำคัญของปัญหา", "แนวคิดและเหตุผล"),
    "วัตถุประสงค์": ("จุดประสงค์", "วัตถุประสงค์หลัก", "วัตถุประสงค์เฉพาะ"),
    "เป้าหมาย": ("กลุ่มเป้าหมาย", "ค่าเป้าหมาย", "เป้าหมาย (ผลผลิต)", "ขอบเขตและเป้าหมาย"),
    "ลักษณะของโครงการ": ("ประเภทโครงการ", "รูปแบบโครงการ", "ลักษณะกิจกรรม", "ความสอดคล้องของโครงการ"),
    "ระยะเวลาดำเนินการ": ("ระยะเวลา", "ช่วงเวลาดำเนินการ", "กำหนดเวลาดำเนินการ", "วันเวลาดำเนินการ"),
    "สถานที่ดำเนินการ": ("สถานที่", "พื้นที่", "สถานที่จัดงาน"),
    "วิธีดำเนินการ": ("วิธีการ", "ขั้นตอน", "กระบวนการดำเนินงาน", "กิจกรรมที่จะดำเนินการ", "รายละเอียดการดำเนินงาน"),
    "งบประมาณ": ("ค่าใช้จ่าย", "แหล่งงบประมาณ", "วงเงินที่ใช้", "ประมาณการงบประมาณ", "ค่าใช้จ่ายโครงการ"),
    "ความเสี่ยงของโครงการ": ("ความเสี่ยง", "ปัจจัยเสี่ยง", "ความเสี่ยงและการป้องกัน"),
    "ประโยชน์ที่คาดว่าจะได้รับ": ("ผลลัพธ์", "ผลที่คาดหวัง", "ประโยชน์ที่จะเกิดขึ้น", "ผลที่คาดว่าจะเกิดขึ้น"),
    "การติดตามประเมินผล": ("การติดตาม", "การรายงานผล", "การประเมินผลและรายงานผล"),
    "ตัวชี้วัดความสำเร็จ": ("ดัชนีชี้วัด", "ตัวชี้วัดของโครงการ", "เกณฑ์ชี้วัดความสำเร็จ", "KPI"),
    "ผู้รับผิดชอบโครงการ": ("ผู้ดำเนินการ", "เจ้าหน้าที่ผู้รับผิดชอบ", "ผู้ดำเนินโครงการ"),
}


@pytest.mark.parametrize("style", ["{number}. {words}", "{words}", "**{words}**"])
@pytest.mark.parametrize(("words", "others"), OTHERS.items(), ids=list(OTHERS))
def test_a_part_opens_under_another_heading(words: str, others: tuple[str, ...], style: str) -> None:
    for other in others:
        assert said(style, headings={words: other}) == said(), other


@pytest.mark.parametrize(
    "period",
    [
        "เริ่มต้น : 1 ตุลาคม 2566\nสิ้นสุด : 30 กันยายน 2567",
        "เริ่มต้น\n1 ตุลาคม 2566\nสิ้นสุด\n30 กันยายน 2567",
        "วันเริ่มต้นโครงการ : 1 ต.ค. 2566    วันสิ้นสุดโครงการ : 30 ก.ย. 2567",
        "- เริ่มดำเนินการ วันที่ 1 ตุลาคม 2566\n- แล้วเสร็จ วันที่ 30 กันยายน 2567",
        "เริ่มต้นโครงการ 1/10/2566\nสิ้นสุดโครงการ 30/9/2567",
        "| เริ่มต้น | 1 ตุลาคม 2566 |\n| สิ้นสุด | 30 กันยายน 2567 |",
    ],
)
def test_each_end_of_a_period_may_have_its_own_words(period: str) -> None:
    assert said(texts={"ระยะเวลาดำเนินการ": period})["projects"] == said()["projects"]


@pytest.mark.parametrize("year", ["ประจำปีงบประมาณ พ.ศ. 2567", "ประจำปี 2567", "ปี พ.ศ. 2567", "งบประมาณปี 2567"])
def test_a_year_below_the_office_is_no_part_of_it(year: str) -> None:
    assert said(year=year) == said()


@pytest.mark.parametrize(
    "office",
    ["หน่วยงานที่เสนอโครงการ : {}", "ส่วนราชการ : {}", "เสนอโดย : {}", "หน่วยงาน {}", "{}"],
)
def test_an_office_may_stand_behind_other_words(office: str) -> None:
    assert said(office=office.format("ฝ่ายโยธา สำนักงานเขตตัวอย่าง กรุงเทพมหานคร")) == said()


@pytest.mark.parametrize("title", ["ชื่อโครงการ/กิจกรรม : {}", "1. ชื่อโครงการ {}", "แบบเสนอโครงการ\n{}", "**{}**"])
def test_a_name_may_stand_behind_other_words(title: str) -> None:
    assert said(title=title.format(HEADER["title"])) == said()


def test_a_number_is_no_part_of_a_name() -> None:
    assert said(texts={"ผู้รับผิดชอบโครงการ": f"13.1 {PARTS['ผู้รับผิดชอบโครงการ']}"}) == said()


@pytest.mark.parametrize(
    "budget",
    [
        "1,050.00 บาท ดังนี้\n- ค่าสี 2 ถัง @ 500 บาท รวม 1,000 บาท\n- ค่าแปรง รวม 50 บาท",
        "งบประมาณ 1,050 บาท\n- ค่าสี 2 ถังๆละ 500 บาท       1,000 บาท\n- ค่าแปรง       50 บาท",
    ],
)
def test_a_sum_inside_a_priced_line_is_not_the_whole_budget(budget: str) -> None:
    found = said(texts={"งบประมาณ": budget})
    assert found["budget_items"] == said()["budget_items"]
    assert found["projects"] == said()["projects"]


@pytest.mark.parametrize("seed", range(40))
def test_a_proposal_says_the_same_under_many_other_headings_at_once(seed: int) -> None:
    random = Random(seed)
    style = random.choice(("{number}. {words}", "{words}", "**{words}**", "## {words}", "{number}) {words}"))
    headings = {words: random.choice(others) for words, others in OTHERS.items() if random.random() < 0.5}
    assert said(style, headings=headings) == said()


def whole(parts: Mapping[str, str] = MappingProxyType({})) -> str:
    """A proposal with some parts in other words; what is no part of it stands behind."""
    bodies = {**PARTS, **{name: body for name, body in parts.items() if name in PARTS}}
    others = [f"{name}\n{body}" for name, body in parts.items() if name not in PARTS]
    numbered = (f"{n}. {name}\n{body}" for n, (name, body) in enumerate(bodies.items(), 1))
    return "\n\n".join((*HEADER.values(), *numbered, *others))


PLANS = "แผนพัฒนากรุงเทพมหานคร ระยะ 20 ปี\nแผนพัฒนาคุณภาพชีวิตคนพิการแห่งชาติ ฉบับที่ 6"


def test_plans_below_a_heading_of_their_own_are_links_and_no_scope() -> None:
    tables = tables_of(whole({"ลักษณะของโครงการ": "เป็นโครงการใหม่", "14. ความสอดคล้องกับแผนและนโยบาย": PLANS}))
    assert [row["text"] for row in tables["strategy_links"]] == PLANS.split("\n")
    assert [row["text"] for row in tables["sections"] if row["section"] == "scope"] == ["เป็นโครงการใหม่"]


def test_days_behind_labels_of_the_header_are_no_schedule() -> None:
    days = "วันเริ่มต้น : 15/01/2567\nวันสิ้นสุด : 30/09/2567"
    text = whole().replace(HEADER["year"], f"{HEADER['year']}\n{days}", 1)
    tables = tables_of(text.replace(PARTS["ระยะเวลาดำเนินการ"], "รวมประมาณ 8 เดือนครึ่ง"))
    assert [(str(row["start_date"]), str(row["end_date"])) for row in tables["projects"]] == [
        ("2024-01-15", "2024-09-30")
    ]
    assert "วันเริ่มต้น" not in " ".join(str(row["text"]) for row in tables["sections"])


def test_a_row_of_a_table_that_says_a_heading_is_none() -> None:
    steps = "ลำดับ\tขั้นตอน\tต.ค.\tพ.ย.\n1\tสำรวจรั้ว\t✓\t\n2\tทาสีรั้ว\t\t✓\n3\tสรุปและประเมินผลโครงการ\t\t✓"
    tables = tables_of(whole({"วิธีดำเนินการ": steps}))
    assert [row["text"] for row in tables["activities"]] == ["สำรวจรั้ว", "ทาสีรั้ว", "สรุปและประเมินผลโครงการ"]


INDICATOR = "ตัวชี้วัดที่ {n} : {name}\n    ค่าเป้าหมาย : ร้อยละ {share}\n    ประเภทตัวชี้วัด : ผลผลิต\n    วิธีการคำนวณ : นับจากทะเบียน"


def test_each_annex_is_read_by_itself_and_its_title_is_no_section() -> None:
    prices = "ลำดับ\tรายการ\tจำนวน\tหน่วยนับ\tราคาต่อหน่วย\tจำนวนเงิน\n1\tค่าสี\t2\tถัง\t500\t1,000\n\tรวม\t\t\t\t1,000"
    listed = "\n\n".join(
        INDICATOR.format(n=n, name=name, share=share) for n, name, share in ((1, "รั้วทาสี", 90), (2, "เด็กพอใจ", 80))
    )
    text = whole({"งบประมาณ": "1,000 บาท", "ภาคผนวก ก\nรายการราคา": prices, "ภาคผนวก ข\nตัวชี้วัดของโครงการ": listed})
    tables = tables_of(text)
    assert [(row["name"], row["target"]) for row in tables["indicators"]] == [
        ("รั้วทาสี", "ร้อยละ 90"),
        ("เด็กพอใจ", "ร้อยละ 80"),
    ]
    assert [row["item"] for row in tables["budget_items"]] == ["ค่าสี"]
    assert not any("ภาคผนวก" in str(row["text"]) for row in tables["sections"])


def test_a_copy_begins_with_the_lines_with_which_the_document_begins() -> None:
    front = "โครงการประจำปีงบประมาณ พ.ศ. 2567\nฝ่ายโยธา สำนักงานเขตตัวอย่าง กรุงเทพมหานคร\n\nชื่อโครงการ\tทาสีรั้วสนามเด็กเล่น"
    text = "\n\n".join((front, *(f"{name}\n{body}" for name, body in PARTS.items()), SIGNATURE))
    tables = tables_of(f"{text}\n\f{text}")
    assert [row["copy_count"] for row in tables["documents"]] == [2]
    assert "copies_disagree" not in {row["code"] for row in tables["findings"]}


def test_scope_and_nature_are_blocks_of_their_own() -> None:
    tables = tables_of(whole({"ลักษณะของโครงการ": "เป็นโครงการใหม่", "14. ขอบเขตของโครงการ": "ทาสีรั้วสองด้าน"}))
    assert [row["text"] for row in tables["sections"] if row["section"] == "scope"] == ["เป็นโครงการใหม่", "ทาสีรั้วสองด้าน"]
