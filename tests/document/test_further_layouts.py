"""Layouts of other offices, each as small as it can be: what the page says comes out in its own column."""

from tests.support.small_report import tables_of

AREA = """รายงานความก้าวหน้าโครงการตามแผนปฏิบัติการ ประจำปีงบประมาณ พ.ศ. 2566 ไตรมาสที่ 2
สำนักงานเขตพื้นที่การศึกษาประถมศึกษาสมมุติ เขต 1

โครงการที่ 1 : โครงการหนึ่ง
ผู้รับผิดชอบ        : นายก ข
งบประมาณที่ได้รับ    : 45,000 บาท
วัตถุประสงค์         1. เพื่อหนึ่ง
กิจกรรมที่ดำเนินการ   1) จัดหาต้นไม้ 240 ต้น
                   2) อบรมนักเรียน 48 คน
ผลการดำเนินงาน      ครบทุกห้อง
ปัญหา/อุปสรรค        ฝนตก

โครงการที่ 2 : โครงการสอง
ผู้รับผิดชอบ        : นายค ง
งบประมาณที่ได้รับ    : 30,000 บาท
วัตถุประสงค์         1. เพื่อสอง
กิจกรรมที่ดำเนินการ   1) ประชุมวางแผน
ผลการดำเนินงาน      แต่งตั้งกรรมการแล้ว
ปัญหา/อุปสรรค        ฝนตก
"""
PROPOSAL = """ข้อเสนอโครงการ
1. ชื่อโครงการ : โครงการตัวอย่าง
2. หน่วยงานรับผิดชอบ : สำนักงานเขตตัวอย่าง
3. หลักการและเหตุผล :
      มีผู้ว่างงานมาก
4. วัตถุประสงค์ :
      - เพื่อให้มีงาน
5. เป้าหมาย :
      ผู้เข้าฝึก 40 คน
6. ขั้นตอนการดำเนินงาน :
      1. รับสมัคร
      2. จัดฝึก
      3. ติดตามผล
7. ระยะเวลาดำเนินการ : 8 มกราคม 2567 ถึง 31 พฤษภาคม 2567
8. งบประมาณ : 86,000 บาท
9. การติดตามประเมินผล : แบบสอบถาม
"""


def test_the_number_of_an_item_behind_a_label_is_no_quarter() -> None:
    tables = tables_of(AREA)
    assert [row["text"] for row in tables["activities"]] == ["จัดหาต้นไม้ 240 ต้น", "อบรมนักเรียน 48 คน", "ประชุมวางแผน"]
    assert {row["fiscal_quarter"] for row in tables["activities"]} == {2}
    assert {row["fiscal_quarter"] for row in tables["quarterly_results"]} == {2}


def test_an_item_of_a_list_takes_no_headings_place() -> None:
    tables = tables_of(PROPOSAL)
    assert [row["text"] for row in tables["activities"]] == ["รับสมัคร", "จัดฝึก", "ติดตามผล"]
    (project,) = tables["projects"]
    assert (str(project["start_date"]), str(project["end_date"])) == ("2024-01-08", "2024-05-31")
    assert project["budget_received_baht"] == 86000


def test_minutes_that_count_meetings_are_no_progress_report() -> None:
    minutes = """รายงานการประชุม
ครั้งที่ 3/2566
ระเบียบวาระที่ 2 รับรองรายงานการประชุม
   ครั้งที่ 1 วันที่ 12 มกราคม 2566 รับรองแล้ว
   ครั้งที่ 2 วันที่ 20 มีนาคม 2566 รับรองแล้ว
"""
    (document,) = tables_of(minutes)["documents"]
    assert document["form"] == "unknown"


def test_a_document_that_counts_entries_below_a_title_of_its_own_is_a_progress_report() -> None:
    report = """รายงานความก้าวหน้าการดำเนินโครงการ
โครงการ : ปรับปรุงลานกีฬา
งวดที่ 1
   วันที่ 28 ธันวาคม 2566  รื้อถอนของเดิม
   เบิกจ่าย 187,500.00 บาท
งวดที่ 2
   วันที่ 30 มกราคม 2567  เทคอนกรีต
   เบิกจ่าย 312,500.00 บาท
"""
    tables = tables_of(report)
    assert [str(row["report_date"]) for row in tables["report_entries"]] == ["2023-12-28", "2024-01-30"]
    assert [row["disbursed_baht"] for row in tables["report_entries"]] == [187500, 312500]
    assert "form_uncertain" in {row["code"] for row in tables["findings"]}


def test_a_title_behind_a_signature_begins_a_page() -> None:
    signed = PROPOSAL + "\nลงชื่อ ........ ผู้เสนอโครงการ\n(นายก ข)\n\n" + PROPOSAL.replace("โครงการตัวอย่าง", "โครงการอื่น")
    tables = tables_of(signed)
    assert [row["project_name"] for row in tables["projects"]] == ["โครงการตัวอย่าง", "โครงการอื่น"]
    assert len(tables["pages"]) == 2
