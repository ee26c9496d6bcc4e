"""Several projects in one progress report, under one title: each name begins a project of its own."""

import pytest

from tests.support.small_report import tables_of

PROJECT = """{name}
หน่วยงานรับผิดชอบ : สำนักสวนตัวอย่าง
งบประมาณที่ได้รับ : {budget} บาท
ระยะเวลา : 1 ตุลาคม 2565 - 30 กันยายน 2566
วัตถุประสงค์ : เพื่อให้มีร่มเงา

รายงานครั้งที่ 1 วันที่ 30 พฤศจิกายน 2565
ผลการดำเนินงาน : เริ่มงานแล้ว
ความก้าวหน้า : ร้อยละ 10
รายงานครั้งที่ 2 วันที่ 31 มกราคม 2566
ผลการดำเนินงาน : ดำเนินการต่อ
ความก้าวหน้า : ร้อยละ {percent}
"""
NAMES = ("ปลูกต้นไม้ริมคลอง", "ซ่อมทางเดินในสวน")
FORM_TITLE = "แบบแสดงรายงานความก้าวหน้าและข้อมูลเกี่ยวกับโครงการ\nประจำปีงบประมาณ พ.ศ. 2566"
OWN_TITLE = "รายงานความก้าวหน้าโครงการ ประจำปีงบประมาณ พ.ศ. 2566"


def report(name: str, title: str = OWN_TITLE, names: tuple[str, ...] = NAMES) -> str:
    """A report on projects whose names are printed in a style."""
    figures = (("450,000", 35), ("80,000", 50), ("7,000", 90))
    projects = (
        PROJECT.format(name=name.format(number=number, name=one), budget=budget, percent=percent)
        for number, (one, (budget, percent)) in enumerate(zip(names, figures, strict=False), 1)
    )
    return f"{title}\nสำนักสวนตัวอย่าง\n\n" + "\n".join(projects)


STYLES = {
    "{number}. {name}": "",
    "{number}. โครงการ{name}": "โครงการ",
    "{number}) ชื่อโครงการ : {name}": "",
    "{number}. ชื่อโครงการ {name}": "",
    "**{number}. โครงการ{name}**": "โครงการ",
    "## โครงการ{name}": "โครงการ",
    "ชื่อโครงการ : {name}": "",
    "ชื่อโครงการ {name}": "",
    "ชื่อโครงการ\n{name}": "",
    "โครงการ : {name}": "",
    "โครงการ{name}": "โครงการ",
}


@pytest.mark.parametrize("title", [OWN_TITLE, FORM_TITLE])
@pytest.mark.parametrize("style", STYLES)
def test_each_name_begins_a_project(style: str, title: str) -> None:
    tables = tables_of(report(style, title))
    projects = tables["projects"]
    assert [row["project_name"] for row in projects] == [f"{STYLES[style]}{name}" for name in NAMES]
    assert [str(row["budget_received_baht"]) for row in projects] == ["450000.00", "80000.00"]
    assert projects[0]["fiscal_year_be"] == 2566
    entries = [(row["entry_number"], row["activity"], str(row["progress_percent"])) for row in tables["report_entries"]]
    first, last = (1, "เริ่มงานแล้ว", "10.00"), "ดำเนินการต่อ"
    assert entries == [first, (2, last, "35.00"), first, (2, last, "50.00")]


def test_three_projects_are_three() -> None:
    tables = tables_of(report("{number}. {name}", names=(*NAMES, "ทำป้ายชื่อต้นไม้")))
    assert [row["project_name"] for row in tables["projects"]] == [*NAMES, "ทำป้ายชื่อต้นไม้"]


def test_labels_once_more_without_a_name_begin_no_project() -> None:
    text = report("{number}. {name}", names=NAMES[:1]) + "หน่วยงานรับผิดชอบ : สำนักสวนตัวอย่าง\n"
    assert len(tables_of(text)["projects"]) == 1
