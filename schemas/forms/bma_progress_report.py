"""The template of Bangkok's project progress report: which printed words stand before which columns."""

from typing import Annotated

from normalizers.dates import DATE_PATTERN, noticed_end, noticed_start
from normalizers.prices import THAI
from schemas.base import BehindNumber, Choice, FirstInBlock, Label, Normalizer, Remainder, Shape, StartsWith
from schemas.columns import (
    Agency,
    Baht,
    Code,
    Division,
    FiscalYear,
    Line,
    Paragraph,
    Percent,
    Person,
    Phone,
    Status,
    ThaiDate,
    Unit,
)
from schemas.documents import DocumentRow
from schemas.projects import Project
from schemas.report_entries import ReportEntry

OFFICE = Label(
    *("หน่วยงานที่รับผิดชอบ", "หน่วยงานรับผิดชอบ"),
    heads=("หน่วยงาน", "หน่วยงานเจ้าของโครงการ", "หน่วยงานที่ดำเนินการ", "หน่วยงานดำเนินการ", "ส่วนราชการ", "สังกัด"),
)
RESPONSIBLE = Label(
    *("ชื่อผู้รับผิดชอบ", "ผู้รับผิดชอบ", "ชื่อผู้รับผิดชอบโครงการ", "ผู้รับผิดชอบโครงการ"),
    heads=("เจ้าหน้าที่ผู้รับผิดชอบ", "ผู้รับผิดชอบหลัก", "หัวหน้าโครงการ", "ผู้ดำเนินการ", "ผู้ดำเนินโครงการ"),
)
COORDINATOR = Label(
    *("ผู้ประสานงาน สยป", "ผู้ประสานงาน", "ผู้ประสานงานโครงการ"), heads=("ผู้ประสานงานของ สยป.", "ผู้ประสาน", "เจ้าหน้าที่ประสานงาน")
)
PERIOD = Shape(
    rf"(?<![{THAI}])(?<![{THAI}] )(?:ระยะเวลา(?:ดำเนิน)?(?:โครงการ|การ|งาน|[ \t.…:|]++)"
    r"|(?:ช่วง|กำหนด)เวลา(?:ดำเนิน|[ \t.…:|])|(?:ระยะเวลา|วันที่|วัน)?เริ่ม(?:ต้น)?[ \t]?[-–/][ \t]?(?:วันที่|วัน)?สิ้นสุด)[^\n]*+"
)
"""From when to when, where one label stands before both."""
NAMES = ("โครงการ", "ชื่องาน/โครงการ", "ชื่องาน", "งาน/โครงการ", "ชื่อโครงการ/งาน", "ชื่อกิจกรรม")
YEARS = ("ปี พ.ศ.", "ปี", "ประจำปี", "ประจำปีงบประมาณ", "งบประมาณประจำปี", "งบประมาณปี")
RECEIVED = (
    *("งบประมาณ", "งบประมาณโครงการ", "งบประมาณทั้งสิ้น", "งบประมาณรวม", "งบประมาณตามแผน", "วงเงิน", "วงเงินงบประมาณ"),
    *("ได้รับงบประมาณ", "ได้รับจัดสรร", "ได้รับอนุมัติ", "ได้รับ", "งบประมาณที่ได้รับอนุมัติ", "งบประมาณได้รับ", "งบที่ได้รับ", "วงเงินโครงการ"),
)
SPENT = (
    *("งบประมาณที่ใช้", "งบประมาณที่ใช้จ่าย", "งบประมาณที่ใช้จริง", "งบประมาณใช้ไป", "ใช้ไป", "ใช้จ่ายจริง", "ใช้จ่ายไป", "ใช้จ่ายแล้ว"),
    *("เบิกจ่าย", "เบิกจ่ายแล้ว", "เบิกจ่ายไปแล้ว", "เบิกจ่ายสะสม", "เบิกจ่ายจริง", "งบประมาณที่เบิกจ่าย", "งบประมาณที่เบิกจ่ายแล้ว"),
    *("รวมเบิกจ่าย", "ผลการเบิกจ่าย", "ผลการใช้จ่าย", "ผลการใช้จ่ายงบประมาณ", "ผลการเบิกจ่ายงบประมาณ", "งบที่ใช้ไป"),
)
"""What other offices print alone on a line, or before a separator."""


class PrintedTitle(DocumentRow):
    """The title that some offices print in place of the form's."""

    title: Annotated[
        Line,
        StartsWith(
            *(
                "แบบรายงานความก้าวหน้า",
                "แบบติดตามความก้าวหน้า",
                "รายงานความก้าวหน้าโครงการ",
                "รายงานผลความก้าวหน้าของโครงการ",
                "แบบติดตามและรายงานความก้าวหน้า",
            ),
            continued_by=("ประจำปี",),
        ),
    ]


class ReportHeader(Project):
    """1.1 and 1.2: what the project is called, how long it runs, what it received and spent; who answers for it.

    Some offices print all of it below one heading.
    """

    project_name: Annotated[
        Line,
        Label("ชื่อโครงการ/กิจกรรม", "ชื่อโครงการ", "โครงการ/กิจกรรม", heads=NAMES),
        StartsWith("โครงการ"),
        BehindNumber(),
    ]
    project_code: Annotated[Code, Label("รหัสโครงการ", heads=("รหัส", "เลขที่โครงการ", "รหัสกิจกรรม", "เลขรหัสโครงการ"))]
    fiscal_year_be: Annotated[FiscalYear, Label("ปีงบประมาณ พ.ศ.", "ปีงบประมาณ", heads=YEARS)]
    start_date: Annotated[
        ThaiDate,
        Normalizer(noticed_start, in_fiscal_year=True),
        Label(
            *("เริ่มต้นโครงการ", "เริ่มโครงการ", "วันที่เริ่มต้นโครงการ", "วันเริ่มต้นโครงการ"),
            heads=(
                *("วันที่เริ่มต้น", "วันเริ่มต้น", "วันที่เริ่ม", "วันเริ่ม", "เริ่มต้น", "เริ่มดำเนินการ", "วันที่เริ่มดำเนินการ"),
                *("ตั้งแต่วันที่", "ตั้งแต่", "วันเริ่มต้นสัญญา"),
            ),
        ),
        PERIOD,
    ]
    budget_received_baht: Annotated[Baht, Label("งบประมาณที่ได้รับ", "งบประมาณที่ได้รับจัดสรร", ends="บาท", heads=RECEIVED)]
    end_date: Annotated[
        ThaiDate,
        Normalizer(noticed_end, in_fiscal_year=True),
        Label(
            *("สิ้นสุดโครงการ", "วันที่สิ้นสุดโครงการ", "วันสิ้นสุดโครงการ"),
            heads=(
                *("วันที่สิ้นสุด", "วันสิ้นสุด", "สิ้นสุด", "สิ้นสุดดำเนินการ", "วันที่สิ้นสุดดำเนินการ", "วันที่แล้วเสร็จ", "แล้วเสร็จ"),
                *("กำหนดแล้วเสร็จ", "ถึงวันที่", "ถึง", "วันสิ้นสุดสัญญา"),
            ),
        ),
        PERIOD,
    ]
    budget_spent_baht: Annotated[Baht, Label("งบประมาณที่ใช้ไป", "งบประมาณที่ใช้จ่ายไป", ends="บาท", heads=SPENT)]
    agency: Annotated[Agency, OFFICE]
    division: Annotated[Division, OFFICE]
    unit: Annotated[Unit, OFFICE]
    responsible_person: Annotated[Person, RESPONSIBLE]
    responsible_phone: Annotated[Phone, RESPONSIBLE]
    coordinator: Annotated[Person, COORDINATOR]
    coordinator_phone: Annotated[Phone, COORDINATOR]


class Entry(ReportEntry):
    """2: one progress report; the number in its amount says which, whatever label stands before the line."""

    report_date: Annotated[ThaiDate, FirstInBlock(DATE_PATTERN)]
    activity: Annotated[Paragraph, Remainder()]
    progress_percent: Annotated[
        Percent,
        Label(
            *("ความก้าวหน้าของงานฯ", "ความก้าวหน้าของงาน", "ความก้าวหน้าของงาน ร้อยละ", "ความก้าวหน้าร้อยละ"),
            ends="%",
            heads=(
                *("ความก้าวหน้า", "ความก้าวหน้าสะสม", "ความก้าวหน้าของโครงการ", "ความก้าวหน้าโครงการ", "ร้อยละความก้าวหน้า"),
                *("ร้อยละของความก้าวหน้า", "ผลความก้าวหน้า", "ความคืบหน้า", "ความคืบหน้าของงาน", "คืบหน้า", "ก้าวหน้า"),
                *("งานก้าวหน้า", "งานคืบหน้า", "ผลงาน", "ผลงานสะสม", "ผลงานที่ทำได้"),
            ),
        ),
    ]
    disbursed_baht: Annotated[
        Baht,
        Label(
            *("งบประมาณที่เบิกใช้", "งบประมาณที่เบิกจ่าย", "เบิกจ่ายครั้งนี้"),
            ends="บาท",
            is_numbered=True,
            heads=(
                *("เบิกจ่าย", "เบิกใช้", "เบิกเงิน", "เบิกจ่ายเงิน", "เบิกจ่ายงบประมาณ", "การเบิกจ่าย", "ผลการเบิกจ่าย"),
                *("จำนวนเงินที่เบิกจ่าย", "จำนวนเงินที่เบิกใช้", "เงินที่เบิกจ่าย", "เงินที่เบิกใช้", "ยอดเบิกจ่าย"),
                *("การเบิกจ่ายงบประมาณ", "งบประมาณที่ใช้", "งบประมาณที่ใช้จ่าย", "ใช้งบประมาณ", "ใช้จ่ายงบประมาณ"),
            ),
        ),
    ]
    plan_status: Annotated[
        Status,
        Choice(
            {
                "on_plan": ("เป็นไปตามแผน",),
                "behind_plan": ("ช้ากว่าแผน", "ล่าช้ากว่าแผน", "ต่ำกว่าแผน"),
                "ahead_of_plan": ("เร็วกว่าแผน", "สูงกว่าแผน"),
            }
        ),
    ]
    target_status: Annotated[
        Status,
        Choice(
            {
                "on_target": ("เป็นไปตามเป้าหมาย",),
                "below_target": ("ต่ำกว่าเป้าหมาย", "ช้ากว่าเป้าหมาย"),
                "above_target": ("สูงกว่าเป้าหมาย", "เร็วกว่าเป้าหมาย"),
            }
        ),
    ]
