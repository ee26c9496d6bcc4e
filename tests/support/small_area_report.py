"""What an area office prints of its projects: synthetic input of a few lines for each quarter."""

from parsers import forms

FORM = next(form for form in forms() if form.name == "area_office_progress_report")
DONE = "โครงการที่ดำเนินการเสร็จสิ้นแล้ว"


def quarter(
    number: int,
    *,
    outputs: str = "ครูได้อบรม",
    activities: str = "กิจกรรมหลักที่ ๑ อบรมครู",
    results: str = "อบรมแล้ว",
    has_title: bool = True,
) -> str:
    """What a project reports on a quarter."""
    title = [f"ความก้าวหน้าของเป้าหมายโครงการ ประจำไตรมาสที่ {number}"] if has_title else []
    lines = (
        *title,
        "เป้าหมายเชิงผลผลิต (Output)",
        outputs,
        f"ความก้าวหน้าของกิจกรรมที่ดำเนินการ ประจำไตรมาสที่ {number}",
        activities,
        f"การเบิกจ่ายงบประมาณประจำไตรมาสที่ {number}",
        "จำนวนเงินงบประมาณตามแผนการใช้จ่าย ๑๐๐ บาท",
        "สรุปปัญหาและข้อเสนอแนะของโครงการ",
        "ผลการดำเนินงาน",
        results,
        "ปัญหาและอุปสรรค",
        "ไม่มี",
    )
    return "\n".join(lines)
