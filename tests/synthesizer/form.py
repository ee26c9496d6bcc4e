"""What the form prints by itself: title, headings, labels, and how OCR or a clerk says some of them otherwise."""

TITLE = "แบบแสดงรายงานความก้าวหน้าและข้อมูลเกี่ยวกับโครงการ"

HEADINGS = {
    "1": "1. ชื่อโครงการและหน่วยงานที่รับผิดชอบโครงการ",
    "1.1": "1.1 รหัสโครงการและชื่อโครงการ",
    "1.2": "1.2 หน่วยงานที่รับผิดชอบ",
    "1.3": "1.3 หลักการและเหตุผล",
    "1.4": "1.4 วัตถุประสงค์ของโครงการ",
    "1.5": "1.5 เป้าหมายของโครงการ",
    "1.6": "1.6 สนับสนุนแผนพัฒนา กทม. ระยะ 20 ปี (ยุทธศาสตร์-ประเด็นยุทธศาสตร์-กลยุทธ์ตามแผนฯ /ตัวชี้วัด)",
    "2": "2. รายงานความก้าวหน้าของโครงการและการใช้จ่ายงบประมาณ",
}
LABELS = {
    "project_name": "ชื่อโครงการ/กิจกรรม",
    "project_code": "รหัสโครงการ",
    "fiscal_year_be": "ปีงบประมาณ พ.ศ.",
    "start_date": "เริ่มต้นโครงการ",
    "budget_received_baht": "งบประมาณที่ได้รับ",
    "end_date": "สิ้นสุดโครงการ",
    "budget_spent_baht": "งบประมาณที่ใช้ไป",
    "offices": "หน่วยงานที่รับผิดชอบ",
    "responsible": "ชื่อผู้รับผิดชอบ",
    "coordinator": "ผู้ประสานงาน สยป",
    "issue": "ประเด็นยุทธศาสตร์",
    "sub_issue": "ประเด็นยุทธศาสตร์ย่อย",
    "goal": "เป้าหมายที่",
    "indicator": "ตัวชี้วัด",
    "number": "รายงานครั้งที่",
    "percent": "ความก้าวหน้าของงานฯ",
    "amount": "งบประมาณที่เบิกใช้",
}
TAILS = {"project_code": "...", "responsible": "...", "indicator": "...", "offices": ".", "1.5": ".."}
"""The dots that the form prints behind some labels and one heading."""

OTHER_WORDS = {
    "project_name": "ชื่อโครงการ",
    "offices": "หน่วยงานรับผิดชอบ",
    "responsible": "ผู้รับผิดชอบโครงการ",
    "coordinator": "ผู้ประสานงาน",
    "start_date": "เริ่มโครงการ",
    "budget_received_baht": "งบประมาณที่ได้รับจัดสรร",
    "budget_spent_baht": "งบประมาณที่ใช้จ่ายไป",
    "percent": "ความก้าวหน้าของงาน",
    "amount": "งบประมาณที่เบิกจ่าย",
}
"""One word for another, the sense unchanged."""

ON_ITS_LINES = ("number", "percent", "amount")
PLEDGE = "ขอรับรองว่า ข้อมูลที่ปรากฏในเอกสารฉบับนี้ หน่วยงานได้จัดพิมพ์จากระบบงานจริง เพื่อเป็นหลักฐานไว้ตรวจสอบ"
SIGNED, BY_WHOM, POSITION = "ลงชื่อ", "(ผู้รับผิดชอบโครงการ)", "ตำแหน่ง"
