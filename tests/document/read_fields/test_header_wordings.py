"""The header of a report as other offices print it: other labels, other signs, values on one line or two."""

import pytest

from tests.support.small_report import TITLE, last_page, middle_page, tables_of

LABELS = {
    "ชื่อโครงการ": "โครงการปลูกต้นไม้ริมคลอง",
    "รหัสโครงการ": "11000000-0001",
    "ปีงบประมาณ พ.ศ.": "2561",
    "เริ่มต้นโครงการ": "1 ตุลาคม 2560",
    "สิ้นสุดโครงการ": "30 กันยายน 2561",
    "งบประมาณที่ได้รับ": "100,000 บาท",
    "งบประมาณที่ใช้ไป": "3,000 บาท",
    "หน่วยงานที่รับผิดชอบ": "สำนักสวนตัวอย่าง / กองต้นไม้ / กลุ่มงานริมคลอง",
    "ผู้รับผิดชอบโครงการ": "นางสาวสมมุติ ตัวอย่าง โทร. 1234",
    "ผู้ประสานงาน สยป": "นายสมมุติ ทดลอง โทร. 5678",
}
SOUND = {
    "project_name": "โครงการปลูกต้นไม้ริมคลอง",
    "project_code": "11000000-0001",
    "fiscal_year_be": "2561",
    "start_date": "2017-10-01",
    "end_date": "2018-09-30",
    "budget_received_baht": "100000.00",
    "budget_spent_baht": "3000.00",
    "agency": "สำนักสวนตัวอย่าง",
    "division": "กองต้นไม้",
    "unit": "กลุ่มงานริมคลอง",
    "responsible_person": "นางสาวสมมุติ ตัวอย่าง",
    "responsible_phone": "1234",
    "coordinator": "นายสมมุติ ทดลอง",
    "coordinator_phone": "5678",
}


def header(lines: str) -> dict[str, str | None]:
    """What the one project says whose report has these lines below the first heading."""
    text = "\n".join((TITLE, "1. ข้อมูลทั่วไปของโครงการ", lines, middle_page(), last_page()))
    (row,) = tables_of(text)["projects"]
    return {column: str(row[column]) if row[column] is not None else None for column in SOUND}


def printed(style: str = "{label} : {value}", **lines: str) -> str:
    """The labels and their values in a style; `lines` takes the place of the line of a label."""
    return "\n".join(lines.get(label, style.format(label=label, value=value)) for label, value in LABELS.items())


@pytest.mark.parametrize(
    "style",
    [
        "{label} : {value}",
        "{label}:{value}",
        "{label} {value}",
        "{label}      {value}",
        "{label}\t{value}",
        "{label}\n{value}",
        "{label}\n: {value}",
        "{label} = {value}",
        "{label} - {value}",
        "{label}............{value}............",
        "| {label} | {value} |",
        "**{label}** {value}",
        "**{label}:** {value}",
        "## {label}\n{value}",
        "- {label} : {value}",
        "• {label} – {value}",
        "ก. {label} : {value}",
    ],
)
def test_a_header_says_the_same_in_every_style(style: str) -> None:
    assert header(printed(style)) == SOUND


def test_the_unit_behind_a_label_is_no_value_above_it() -> None:
    lines = {
        label: f"**{label} (บาท)**\n\n{LABELS[label].removesuffix(' บาท')}" for label in LABELS if "งบประมาณที่" in label
    }
    assert header(printed("**{label}**\n\n{value}", **lines)) == SOUND


@pytest.mark.parametrize(
    ("label", "others"),
    [
        ("ชื่อโครงการ", ("โครงการ", "ชื่องาน/โครงการ", "ชื่อโครงการ (กิจกรรม)", "โครงการ/กิจกรรม", "ชื่อของโครงการ")),
        ("รหัสโครงการ", ("รหัส", "เลขที่โครงการ", "รหัสโครงการ/กิจกรรม", "รหัสกิจกรรม")),
        ("ปีงบประมาณ พ.ศ.", ("ปีงบประมาณ", "ปี พ.ศ.", "งบประมาณปี", "ประจำปี", "ปีงบประมาณที่ดำเนินการ")),
        ("เริ่มต้นโครงการ", ("วันที่เริ่มต้น", "วันเริ่มต้น", "เริ่มต้น", "เริ่มดำเนินการ", "ตั้งแต่วันที่")),
        ("สิ้นสุดโครงการ", ("วันที่สิ้นสุด", "วันสิ้นสุด", "สิ้นสุด", "วันที่แล้วเสร็จ", "ถึงวันที่")),
        ("งบประมาณที่ได้รับ", ("งบประมาณ", "วงเงินงบประมาณ", "งบประมาณโครงการ", "งบประมาณทั้งสิ้น", "งบประมาณที่ได้รับอนุมัติ")),
        ("งบประมาณที่ใช้ไป", ("เบิกจ่ายแล้ว", "งบประมาณที่เบิกจ่าย", "ใช้ไป", "ผลการใช้จ่ายงบประมาณ", "งบประมาณที่ใช้จริง")),
        ("หน่วยงานที่รับผิดชอบ", ("หน่วยงาน", "หน่วยงานเจ้าของโครงการ", "ส่วนราชการ", "หน่วยงานที่รับผิดชอบโครงการ")),
        ("ผู้รับผิดชอบโครงการ", ("ผู้รับผิดชอบหลัก", "เจ้าหน้าที่ผู้รับผิดชอบ", "หัวหน้าโครงการ", "ผู้ดำเนินการ")),
        ("ผู้ประสานงาน สยป", ("ผู้ประสานงาน", "ผู้ประสานงานโครงการ", "ผู้ประสานงานของ สยป.", "ผู้ประสาน")),
    ],
    ids=list(LABELS),
)
def test_a_label_may_have_other_words(label: str, others: tuple[str, ...]) -> None:
    for other in others:
        assert header(printed(**{label: f"{other} : {LABELS[label]}"})) == SOUND, other


@pytest.mark.parametrize(
    "period",
    [
        "ระยะเวลาดำเนินการ : {0} - {1}",
        "กำหนดเวลา : {0} ถึง {1}",
        "ช่วงเวลาดำเนินการ : {0} ถึง {1}",
        "วันเริ่มต้น - สิ้นสุดโครงการ : {0} - {1}",
    ],
)
def test_one_label_may_stand_before_both_days(period: str) -> None:
    lines = printed().replace(f"สิ้นสุดโครงการ : {LABELS['สิ้นสุดโครงการ']}\n", "")
    line = period.format(LABELS["เริ่มต้นโครงการ"], LABELS["สิ้นสุดโครงการ"])
    assert header(lines.replace(f"เริ่มต้นโครงการ : {LABELS['เริ่มต้นโครงการ']}", line)) == SOUND


@pytest.mark.parametrize(
    "behind",
    [
        *(" 1234", " (1234)", " หมายเลขโทรศัพท์ 1234", " โทร.ภายใน 1234", " ภายใน 1234", " / 1234"),
        *("\n1234", "\n(1234)", "\nหมายเลขโทรศัพท์ 1234", "\nโทร.ภายใน 1234", "\nเบอร์โทร 1234", "\nโทรศัพท์ : 1234"),
        " ตำแหน่ง นักวิชาการ โทร. 1234",
    ],
)
def test_a_telephone_stands_behind_a_name_or_below_it(behind: str) -> None:
    assert header(printed(ผู้รับผิดชอบโครงการ=f"ผู้รับผิดชอบโครงการ : นางสาวสมมุติ ตัวอย่าง{behind}")) == SOUND


def test_a_position_and_a_telephone_may_have_lines_of_their_own() -> None:
    lines = "ผู้รับผิดชอบโครงการ : นางสาวสมมุติ ตัวอย่าง\nตำแหน่ง : นักวิชาการ\nโทรศัพท์ : 1234"
    assert header(printed(ผู้รับผิดชอบโครงการ=lines)) == SOUND


@pytest.mark.parametrize("other", ["ผู้จัดทำเอกสาร", "ตัวชี้วัดหลัก", "แหล่งเงิน"])
def test_a_label_that_nobody_declares_ends_the_value_before_it(other: str) -> None:
    lines = printed().replace("ผู้รับผิดชอบ", f"{other} : อย่างหนึ่ง\nผู้รับผิดชอบ")
    assert header(lines) == SOUND
    text = "\n".join((TITLE, "1. ข้อมูลทั่วไปของโครงการ", lines, middle_page(), last_page()))
    assert f"{other} : อย่างหนึ่ง" in [row["text"] for row in tables_of(text)["unclaimed"]]
