"""Tables of one project: columns for quarters or entries, rows over several lines; and fields beside steps."""

from datetime import date
from decimal import Decimal

import pytest

from tests.support.small_report import tables_of

AREA = """รายงานผลการดำเนินงานตามแผนปฏิบัติการ ประจำปีงบประมาณ พ.ศ. 2568
สำนักงานเขตพื้นที่การศึกษาประถมศึกษาตัวอย่าง เขต 3

ก. โครงการที่ดำเนินการแล้วเสร็จ
โครงการที่ 1  โครงการอ่านคล่อง
ผลผลิต (Output) : ครู 72 คน ได้รับการพัฒนา
{table}
"""
QUARTERS = """| รายการ | ไตรมาสที่ 1 | ไตรมาสที่ 2 |
|---|---|---|
| กิจกรรมที่ดำเนินการ | กิจกรรมหลักที่ 1 ประชุม | กิจกรรมหลักที่ 2 นิเทศ |
| งบประมาณตามแผน (บาท) | 86,400 | 24,600 |
| เบิกจ่ายจริง (บาท) | 86,400 | 21,950 |
| ผลการดำเนินงาน | ประชุมแล้ว | นิเทศแล้ว |
| ข้อเสนอแนะ | - | ควรเริ่มก่อน |"""
DRAWN = """+---------------------+------------------------+-----------------------+
| รายการ              | ไตรมาสที่ 1              | ไตรมาสที่ 2             |
+---------------------+------------------------+-----------------------+
| กิจกรรมที่ดำเนินการ     | กิจกรรมหลักที่ 1          | กิจกรรมหลักที่ 2         |
|                     | ประชุม                  | นิเทศ                  |
+---------------------+------------------------+-----------------------+
| งบประมาณตามแผน (บาท) | 86,400                 | 24,600                |
+---------------------+------------------------+-----------------------+
| เบิกจ่ายจริง (บาท)     | 86,400                 | 21,950                |
+---------------------+------------------------+-----------------------+
| ผลการดำเนินงาน        | ประชุมแล้ว               | นิเทศแล้ว               |
+---------------------+------------------------+-----------------------+
| ข้อเสนอแนะ           | -                      | ควรเริ่มก่อน            |
+---------------------+------------------------+-----------------------+"""
PROGRESS = """แบบแสดงรายงานความก้าวหน้าและข้อมูลเกี่ยวกับโครงการ
{header}
2. รายงานความก้าวหน้าของโครงการและการใช้จ่ายงบประมาณ
{entries}
"""
HEADER = """+------------------+---------------------------+--------------+----------------+
| ชื่อโครงการ/กิจกรรม | โครงการสวนใกล้บ้าน          | รหัสโครงการ   | 21000000-1187  |
|                  | ระยะที่ 2                   |              |                |
+------------------+---------------------------+--------------+----------------+
| ปีงบประมาณ พ.ศ.   | 2566                      | ระยะเวลาโครงการ | 1 พ.ย. 2565 - 31 ส.ค. 2566 |
+------------------+---------------------------+--------------+----------------+"""
ACROSS = """| รายงาน | ครั้งที่ 1 | ครั้งที่ 2 |
|---|---|---|
| วันที่รายงาน | 15 พ.ย. 65 | 14 ธ.ค. 65 |
| ผลการดำเนินงาน | คัดเลือกพื้นที่ | ปลูกต้นไม้ |
| ความก้าวหน้าของงาน (%) | 8.00 | 22.00 |
| เทียบแผน / เทียบเป้าหมาย | เป็นไปตามแผน / เป็นไปตามเป้าหมาย | ช้ากว่าแผน / ต่ำกว่าเป้าหมาย |"""
ENTRY = "รายงานครั้งที่ : 1     วันที่ : 15/11/2565\nผลการดำเนินงาน : คัดเลือกพื้นที่\nความก้าวหน้า : 8 %"


@pytest.mark.parametrize("table", [QUARTERS, DRAWN], ids=["bars", "drawn"])
def test_quarters_are_columns_of_what_is_told_of_a_project(table: str) -> None:
    tables = tables_of(AREA.format(table=table))
    results = [
        (row["fiscal_quarter"], row["planned_baht"], row["disbursed_baht"], row["results"], row["suggestions"])
        for row in tables["quarterly_results"]
    ]
    assert results == [
        (1, Decimal(86400), Decimal(86400), "ประชุมแล้ว", None),
        (2, Decimal(24600), Decimal(21950), "นิเทศแล้ว", "ควรเริ่มก่อน"),
    ]
    told = [(row["fiscal_quarter"], row["label"], row["text"]) for row in tables["activities"]]
    assert told == [(1, "1", "ประชุม"), (2, "2", "นิเทศ")]
    assert [row["text"] for row in tables["objectives"]] == ["ครู 72 คน ได้รับการพัฒนา"]


def test_entries_are_columns_and_a_drawn_header_goes_over_lines() -> None:
    tables = tables_of(PROGRESS.format(header=HEADER, entries=ACROSS))
    (project,) = tables["projects"]
    assert project["project_name"] == "โครงการสวนใกล้บ้าน ระยะที่ 2"
    assert (project["project_code"], project["fiscal_year_be"]) == ("21000000-1187", 2566)
    assert (project["start_date"], project["end_date"]) == (date(2022, 11, 1), date(2023, 8, 31))
    entries = [
        (row["entry_number"], row["report_date"], row["activity"], row["progress_percent"], row["plan_status"])
        for row in tables["report_entries"]
    ]
    assert entries == [
        (1, date(2022, 11, 15), "คัดเลือกพื้นที่", Decimal(8), "on_plan"),
        (2, date(2022, 12, 14), "ปลูกต้นไม้", Decimal(22), "behind_plan"),
    ]
    assert [row["target_status"] for row in tables["report_entries"]] == ["on_target", "below_target"]


def test_the_number_of_an_entry_may_stand_behind_a_colon() -> None:
    (entry,) = tables_of(PROGRESS.format(header="ชื่อโครงการ : สวน", entries=ENTRY))["report_entries"]
    assert (entry["entry_number"], entry["report_date"]) == (1, date(2022, 11, 15))
    assert (entry["activity"], entry["progress_percent"]) == ("คัดเลือกพื้นที่", Decimal(8))


def test_a_field_set_as_the_steps_are_is_no_part_of_one_and_told() -> None:
    steps = "ไตรมาสที่ 1\n   กิจกรรมหลักที่ 1     คัดเลือก\n   สถานที่จัด          โรงเรียน\n   ผลการดำเนินงาน      คัดเลือกแล้ว"
    tables = tables_of(AREA.format(table=steps))
    assert [row["text"] for row in tables["activities"]] == ["คัดเลือก"]
    assert any("สถานที่จัด" in str(row["message"]) for row in tables["findings"])


def test_a_status_in_brackets_behind_a_name_is_the_projects() -> None:
    labels = ("ผลผลิต", "ผลลัพธ์", "ตัวชี้วัด", "กิจกรรมหลักที่ 1", "ผลการดำเนินงาน", "ปัญหาและอุปสรรค", "ข้อเสนอแนะ")
    parts = "".join(f"{label} : อบรมครู\n" for label in labels)
    named = ("โครงการที่ 1   โครงการอ่านคล่อง   [ดำเนินการแล้วเสร็จ]", "โครงการที่ 2   โครงการคิดเลขไว   [อยู่ระหว่างดำเนินการ]")
    front = "".join(AREA.splitlines(keepends=True)[:2])
    projects = tables_of(front + "\n" + "".join(f"{name}\n{parts}" for name in named))["projects"]
    found = [(project["project_name"], project["status"]) for project in projects]
    assert found == [("โครงการอ่านคล่อง", "completed"), ("โครงการคิดเลขไว", "in_progress")]


def test_days_of_a_report_are_in_its_own_fiscal_year_in_a_file_with_others() -> None:
    one, other = (
        f"แบบแสดงรายงานความก้าวหน้าและข้อมูลเกี่ยวกับโครงการ\nชื่อโครงการ : {name}\nรหัสโครงการ : {code}\n"
        f"ปีงบประมาณ พ.ศ. : {year}\nเริ่มต้นโครงการ : 1 พ.ย. {year % 100 - 1}\n"
        f"1.3 หลักการและเหตุผล\nเพราะจำเป็น\nรายงานครั้งที่ 1\nวันที่ 8 ม.ค. {year % 100}\nจัดแล้ว\n"
        for name, code, year in (("ตลาดนัดชุมชน", "50110000-0217", 2562), ("สวนริมคลองสาน", "60220000-4410", 2566))
    )
    tables = tables_of(f"{one}\f{one.replace('รายงานครั้งที่ 1', 'รายงานครั้งที่ 2')}\f{other}")
    days = {row["fiscal_year_be"]: row["start_date"] for row in tables["projects"]}
    assert days == {2562: date(2018, 11, 1), 2566: date(2022, 11, 1)}
