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


OF_SCHOOL = """โครงการ : ค่ายรักษ์ป่า
โรงเรียนบ้านสมมุติ ปีงบประมาณ 2567
ส่วนราชการ : กองการศึกษา   งาน : กิจการเด็ก
แผนงาน : การศึกษา           รหัส : 12

1. หลักการและเหตุผล
ป่าถูกบุกรุก
2. วัตถุประสงค์
- เพื่อสร้างความเข้าใจ
3. เป้าหมาย (เชิงปริมาณ)
1. เยาวชน 80 คน
4. วิธีดำเนินการ
1. จัดค่าย
5. ระยะเวลาดำเนินการ 1 มกราคม 2567 - 31 มีนาคม 2567
6. สถานที่ดำเนินการ ป่าชุมชน
7. งบประมาณ 18,400 บาท จากเงินอุดหนุน
| รายการ | ค่าตอบแทน | ค่าวัสดุ | รวม |
|---|---|---|---|
| อบรมครู | 7,200 | 3,200 | 10,400 |
| ผลิตสื่อ | - | 8,000 | 8,000 |
| รวม | 7,200 | 11,200 | 18,400 |
8. ความเสี่ยงและการจัดการ
ความเสี่ยง: ฝนตก
แนวทาง: เลื่อนวัน
9. ผลที่คาดว่าจะได้รับ
1. เข้าใจป่า
10. ผู้รับผิดชอบโครงการ นายก ข พัฒนาการอำเภอ
"""
OF_OFFICE = """สำนักงานพัฒนาชุมชนจังหวัดสมมุติ
รายงานผลความก้าวหน้าโครงการตามแผนปฏิบัติการ ปีงบประมาณ พ.ศ. 2568

โครงการที่ 1   ทอผ้า
   ผู้รับผิดชอบ ......... นายก ข
   วงเงิน ............... 180,000.00 บาท
   วัตถุประสงค์
     - เพื่อมีรายได้
   ผลการดำเนินงานไตรมาสที่ 3
     จัดซื้อกี่ 12 หลัง
   ปัญหา/อุปสรรค  ฝนตก
   ข้อเสนอแนะ     ตากในโรง

โครงการที่ 2   ตลาดนัด
   ผู้รับผิดชอบ ......... นายค ง
   วงเงิน ............... 95,500.00 บาท
   วัตถุประสงค์
     - เพื่อขายของ
   ผลการดำเนินงานไตรมาสที่ 3
     จัดแล้ว 3 ครั้ง
   ปัญหา/อุปสรรค  -
   ข้อเสนอแนะ     ขยายเวลา
"""
LINKS = """แบบรายงานความก้าวหน้าโครงการ
ชื่อโครงการ: โครงการสมมุติ
รหัสโครงการ: 50110000-0217

1.6 สนับสนุนแผนพัฒนา กทม. ระยะ 20 ปี
ด้านที่ 1 มหานครปลอดภัย
เป้าหมายที่ 1.3.1 ชุมชนพร้อมรับเหตุ
กลยุทธ์ที่ 1.3.1.2 เสริมสร้างอาสาสมัคร

รายงานครั้งที่ 1
วันที่ 8 ม.ค. 64
จัดแล้ว
ความก้าวหน้าของงานฯ : 15 %
"""


def test_a_proposal_of_another_office_is_read_and_said_to_be_uncertain() -> None:
    tables = tables_of(OF_SCHOOL)
    (project,) = tables["projects"]
    assert (project["project_name"], project["agency"]) == ("ค่ายรักษ์ป่า", "กองการศึกษา")
    assert (project["responsible_person"], project["budget_received_baht"]) == ("นายก ข", 18400)
    assert [row["text"] for row in tables["objectives"]] == ["เพื่อสร้างความเข้าใจ", "เยาวชน 80 คน", "เข้าใจป่า"]
    assert [(row["risk"], row["mitigation"]) for row in tables["risks"]] == [("ฝนตก", "เลื่อนวัน")]
    assert "form_uncertain" in {row["code"] for row in tables["findings"]}


def test_counted_projects_of_another_office_are_read_and_said_to_be_uncertain() -> None:
    tables = tables_of(OF_OFFICE)
    assert [(row["project_name"], row["budget_received_baht"]) for row in tables["projects"]] == [
        ("ทอผ้า", 180000),
        ("ตลาดนัด", 95500),
    ]
    assert [row["suggestions"] for row in tables["quarterly_results"]] == ["ตากในโรง", "ขยายเวลา"]
    assert "form_uncertain" in {row["code"] for row in tables["findings"]}


def test_a_level_that_the_table_has_no_name_for_ends_the_one_above_and_is_told() -> None:
    tables = tables_of(LINKS)
    assert [row["text"] for row in tables["strategy_links"]] == ["ด้านที่ 1 มหานครปลอดภัย", "เป้าหมายที่ 1.3.1 ชุมชนพร้อมรับเหตุ"]
    assert any("กลยุทธ์ที่ 1.3.1.2" in str(row["message"]) for row in tables["findings"])


def test_a_label_set_as_the_headings_are_is_a_part_of_its_own() -> None:
    text = (
        "ข้อเสนอโครงการ\nชื่อโครงการ: สวนดาดฟ้า\nหน่วยงาน: สำนักงานเขตลานไม้\nหลักการและเหตุผล: ดาดฟ้าร้อน\n"
        "วัตถุประสงค์: 1) ลดความร้อน 2) เพิ่มที่อ่าน\nผู้ได้ประโยชน์: ผู้ใช้ 300 คน\nเป้าหมาย: สวน 1 แห่ง\nวิธีดำเนินการ: 1. ปลูก 2. ดูแล\n"
        "งบที่ขอ: 64,500 บาท\nผลที่คาดว่าจะได้รับ: เย็นลง\n"
    )
    tables = tables_of(text)
    assert [row["text"] for row in tables["objectives"]][:2] == ["ลดความร้อน", "เพิ่มที่อ่าน"]
    assert [row["text"] for row in tables["activities"]] == ["ปลูก", "ดูแล"]
    others = {row["heading"]: row["text"] for row in tables["sections"] if row["section"] == "other"}
    assert others == {"ผู้ได้ประโยชน์:": "ผู้ใช้ 300 คน", "งบที่ขอ:": "64,500 บาท"}
