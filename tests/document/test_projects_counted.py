"""Several projects in one file, each counted above its name, with entries that are counted anew in shorter words."""

from tests.support.processing import plain_rows

TITLE = "รายงานผลความก้าวหน้าการดำเนินโครงการ\nประจำปีงบประมาณ พ.ศ. ๒๕๖๑"


def project(place: str, name: str, entries: str) -> str:
    """One project with what was done in it."""
    return f"""โครงการที่ {place}   {name}
รหัสโครงการ   11000000-000{place}
หน่วยงานที่รับผิดชอบ   สำนักสวนตัวอย่าง
ผู้รับผิดชอบ   นางสาวสมมุติ ตัวอย่าง  หมายเลขโทรศัพท์ภายใน ๑๑๔
ผู้ประสานงานของกองแผนงาน   นายทดลอง สมมุติ   โทร. ๒๒๕
วัตถุประสงค์
๑. เพื่อเพิ่มร่มเงาบนทางเท้า
เป้าหมาย
ปริมาณ : ปลูกต้นไม้ จำนวน 90 ต้น
ผลการดำเนินงานและการใช้จ่ายเงิน
{entries}
ลงชื่อ ................................ ผู้รายงาน
(นางสาวสมมุติ ตัวอย่าง)"""


FIRST = """ครั้งที่ ๑   ๒๙ ธ.ค. ๖๐
ปลูกต้นไม้ครบสามช่วงถนน งานคืบหน้าร้อยละ ๒๐ ผลงานเป็นไปตามแผน และสูงกว่าเป้าหมาย
เบิกจ่าย ๑,๕๐๐ บาท
ครั้งที่ ๒   ๓๐ มี.ค. ๖๑
ดูแลรักษาต้นไม้ที่ปลูก งานคืบหน้าร้อยละ ๔๐ ผลงานช้ากว่าแผน แต่เป็นไปตามเป้าหมาย
เบิกจ่าย ๑,๖๐๐ บาท"""
SECOND = """ครั้งที่ ๑   ๒๘ ธ.ค. ๖๐
ทาสีรั้วด้านทิศเหนือ งานคืบหน้าร้อยละ ๓๐ ผลงานเป็นไปตามแผน และเป็นไปตามเป้าหมาย
เบิกจ่าย ๑,๗๐๐ บาท"""


def test_each_project_has_its_name_and_its_own_entries() -> None:
    """Percentages and statuses stand in running text, where nothing else says them."""
    text = "\n".join((TITLE, project("1", "ปลูกต้นไม้ริมคลอง", FIRST), project("2", "ทาสีรั้วสนาม", SECOND)))
    tables = plain_rows(text.encode())
    names = [(row["project_name"], row["responsible_phone"], row["coordinator"]) for row in tables["projects"]]
    assert names == [("ปลูกต้นไม้ริมคลอง", "114", "นายทดลอง สมมุติ"), ("ทาสีรั้วสนาม", "114", "นายทดลอง สมมุติ")]
    assert [row["responsible_person"] for row in tables["projects"]] == ["นางสาวสมมุติ ตัวอย่าง"] * 2
    columns = ("entry_number", "progress_percent", "disbursed_baht", "plan_status", "target_status", "activity")
    assert [tuple(str(row[column]) for column in columns) for row in tables["report_entries"]] == [
        ("1", "20.00", "1500.00", "on_plan", "above_target", "ปลูกต้นไม้ครบสามช่วงถนน"),
        ("2", "40.00", "1600.00", "behind_plan", "on_target", "ดูแลรักษาต้นไม้ที่ปลูก"),
        ("1", "30.00", "1700.00", "on_plan", "on_target", "ทาสีรั้วด้านทิศเหนือ"),
    ]


def test_a_text_with_two_such_percentages_gives_none() -> None:
    """Which of the two is the entry's nobody can say."""
    twice = SECOND.replace("ทาสีรั้ว", "งานทาสี งานคืบหน้าร้อยละ ๑๐ รั้ว")
    text = "\n".join((TITLE, project("1", "ปลูกต้นไม้ริมคลอง", FIRST), project("2", "ทาสีรั้วสนาม", twice)))
    tables = plain_rows(text.encode())
    assert [row["progress_percent"] for row in tables["report_entries"]][2] is None
