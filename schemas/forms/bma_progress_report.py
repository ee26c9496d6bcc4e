"""The template of Bangkok's project progress report: which printed words stand before which columns."""

from typing import Annotated

from normalizers.dates import DATE_PATTERN, noticed_end, noticed_start
from normalizers.digits import DIGIT
from normalizers.prices import THAI
from normalizers.text import line
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
from schemas.documents import OTHER_TITLE, DocumentRow
from schemas.projects import Project
from schemas.report_entries import ReportEntry

_WORK = "(?:โครงการ|กิจกรรม|งาน|ดำเนินการ|ดำเนินงาน|ดำเนินโครงการ|สัญญา)"
_SPEND = "(?:เบิกจ่าย|เบิกใช้|ใช้จ่าย|เบิก|ใช้|จ่าย)"
_MONEY = "(?:วงเงิน|เงิน|งบ)?(?:งบประมาณ|ประมาณ|เงิน)?"
"""What other words for labels are made of."""
OFFICE = Label(
    *("หน่วยงานที่รับผิดชอบ", "หน่วยงานรับผิดชอบ"),
    heads=("หน่วยงาน", "หน่วยงานเจ้าของโครงการ", "หน่วยงานที่ดำเนินการ", "หน่วยงานดำเนินการ", "ส่วนราชการ", "สังกัด"),
    like=rf"(?:ชื่อ)?(?:หน่วยงาน|ส่วนราชการ|สังกัด|(?:สำนัก|กอง|ฝ่าย|กลุ่มงาน)(?:/(?:สำนักงาน|สำนัก|กอง|ฝ่าย|กลุ่มงาน|กลุ่ม|ส่วน|งาน|เขต))+)"
    rf"(?:ที่|ผู้|เจ้าของ)?(?:รับผิดชอบ|เจ้าของ|หลัก|{_WORK})*",
)
RESPONSIBLE = Label(
    *("ชื่อผู้รับผิดชอบ", "ผู้รับผิดชอบ", "ชื่อผู้รับผิดชอบโครงการ", "ผู้รับผิดชอบโครงการ"),
    heads=("เจ้าหน้าที่ผู้รับผิดชอบ", "ผู้รับผิดชอบหลัก", "หัวหน้าโครงการ", "ผู้ดำเนินการ", "ผู้ดำเนินโครงการ"),
    like=rf"(?:ชื่อ)?(?:(?:เจ้าหน้าที่|บุคคล)?ผู้(?:รับผิดชอบ|{_WORK})|หัวหน้า{_WORK})(?:หลัก|{_WORK})*",
)
COORDINATOR = Label(
    *("ผู้ประสานงาน สยป", "ผู้ประสานงาน", "ผู้ประสานงานโครงการ"),
    heads=("ผู้ประสานงานของ สยป.", "ผู้ประสาน", "เจ้าหน้าที่ประสานงาน"),
    like=r"(?:ชื่อ)?(?:ผู้|เจ้าหน้าที่)(?:ติดต่อ)?ประสาน(?:งาน)?[ก-๛]{0,50}",
)
PERIOD = Shape(
    rf"(?<![{THAI}])(?<![{THAI}] )(?:ระยะเวลา(?:ดำเนิน)?(?:โครงการ|การ|งาน|[ \t.…:|]++)"
    r"|(?:ช่วง|กำหนด)เวลา(?:ดำเนิน(?:การ|งาน|โครงการ)+\*{0,2}\s{1,4}|ดำเนิน|[ \t.…:|])"
    r"|(?:ระยะเวลา|วันที่|วัน)?เริ่ม(?:ต้น)?[ \t]?[-–/][ \t]?(?:วันที่|วัน)?สิ้นสุด)"
    r"(?:(?:โครงการ|การ|งาน)?[ \t:*]*+\n\s{0,4}(?=[^\n]{0,40}[0-9๐-๙])(?![^\n:]{0,30}:))?[^\n]*+"
)
"""From when to when, where one label stands before both."""
ISSUER = Shape(
    r"\A(?:[^\n:|/]{0,60}(?:รายงาน|แบบ|ติดตาม|ประจำปี|ข้อมูล)[^\n:|/]{0,90}\n\s{0,4}){0,2}"
    r"[*#_ \t]{0,4}(?P<value>(?:สำนัก|กอง|ฝ่าย|โรงเรียน|ศูนย์|โรงพยาบาล|กรุงเทพมหานคร)[^\n:|/*]{3,80}?)"
    r"(?=[* \t]*(?:(?:ประจำ)?ปีงบประมาณ[^\n:]{0,24})?(?:\n|\Z))"
)
"""An office alone on a line above the title or right below it."""
CODE_IN_BRACKETS = Shape(rf"\((?:รหัส|เลขที่)(?:โครงการ)?[ \t:.]*+(?P<value>{DIGIT}{{4,10}}-{DIGIT}{{2,6}})[ \t]*+\)")
"""The code behind the name."""
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
PROGRESS = (
    r"(?:ร้อยละ|ผล|อัตรา|งาน)?(?:ของ)?(?:ความ)?(?:ก้าวหน้า|คืบหน้า)(?:ของ)?(?:งาน|โครงการ)?(?:สะสม|ร้อยละ|คิดเป็นร้อยละ|คิดเป็น)?"
    r"|ผลงาน(?:สะสม|ร้อยละ|ที่ทำได้)+|(?:ร้อยละ|%)(?:สะสม|ของงาน|งาน|ผลงาน|ความสำเร็จ|ความก้าวหน้า|ความคืบหน้า)+|(?:งาน|ผลงาน|ความก้าวหน้า)%"
)
DISBURSED = (
    rf"(?!ที่)(?:ยอด|จำนวน|ผลการ|การ)?{_MONEY}(?:ที่)?{_SPEND}(?:เงิน|งบประมาณ)?(?:ใน)?(?:ครั้งนี้|งวดนี้|ช่วงนี้|เดือนนี้|แล้ว|จริง|ไป)?"
)
DONE = (
    r"(?:สรุป|รายละเอียด|รายการ)?(?:ของ)?(?:ผลการ|การ|สิ่งที่|งานที่|กิจกรรมที่|ผล)?(?:ได้)?(?:ดำเนินการ|ดำเนินงาน|ปฏิบัติงาน|ดำเนินโครงการ|ทำ)"
    r"(?:ไป)?(?:แล้ว)?(?:ใน)?(?:ครั้งนี้|งวดนี้|ช่วงนี้|เดือนนี้|ที่สำคัญ|โดยสรุป)?"
)
AGAINST_PLAN, AGAINST_TARGET = (
    rf"(?:สถานะ|ผลการ|ผล|การ)?(?:ดำเนินงาน|ดำเนินการ|ปฏิบัติงาน)?(?:เมื่อ)?(?:เปรียบเทียบ|เทียบ|เป็นไป)?(?:กับ|ตาม)?{words}"
    for words in ("แผน(?:งาน)?", "เป้า(?:หมาย)?")
)
AGAINST_BOTH = rf"(?!เป็นไป){AGAINST_PLAN}(?:/|และ|กับ|,|-)+(?!เป็นไป){AGAINST_TARGET}"
"""What the columns of entries are called in other offices."""


class OfficeParts(Project):
    """The office, where each part of it stands behind a label of its own."""

    agency: Annotated[Agency, Label("ชื่อสำนัก", heads=("สำนัก", "สำนักงานเขต"))]
    division: Annotated[Division, Normalizer(line), Label("ชื่อกอง", heads=("กอง",))]
    unit: Annotated[Unit, Normalizer(line), Label("ชื่อกลุ่มงาน", heads=("กลุ่มงาน",))]


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
                *(
                    "ใบรายงานสถานะ",
                    "ตารางติดตามผล",
                    "ตารางติดตามความก้าวหน้า",
                    "รายงานผลการดำเนินโครงการของ",
                    "รายงานผลการติดตาม",
                    "แบบสรุปความก้าวหน้า",
                ),
            ),
            continued_by=("ประจำปี",),
            like=r"(?:แบบ|ใบ|ตาราง|การ)?(?:รายงาน|ติดตาม|สรุป|ประเมิน|ผล|สถานะ|การ|และ)+ความ(?:ก้าว|คืบ)หน้า"
            r"(?:และ|ของ|ผล|การ|ดำเนิน|งาน)*(?:โครงการ|กิจกรรม|ประจำ)",
        ),
        OTHER_TITLE,
    ]
    issuer: Annotated[Line, ISSUER]
    as_of_date: Annotated[
        ThaiDate, Label("ข้อมูล ณ วันที่", "ข้อมูลสิ้นสุด ณ วันที่", "ตัดยอด ณ วันที่", "ข้อมูลถึงวันที่", heads=("ข้อมูล ณ",))
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
    project_code: Annotated[
        Code,
        Label(
            "รหัสโครงการ",
            heads=("รหัส", "เลขที่โครงการ", "รหัสกิจกรรม", "เลขรหัสโครงการ"),
            like=r"(?:เลข)?(?:รหัส|ที่|หมายเลข|ทะเบียน)(?:ของ)?(?:โครงการ|กิจกรรม|งาน)",
        ),
        CODE_IN_BRACKETS,
    ]
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
            like=rf"(?:วันที่|วัน)?(?:เริ่มต้น|เริ่ม)(?:วันที่)?{_WORK}?",
        ),
        PERIOD,
    ]
    budget_received_baht: Annotated[
        Baht,
        Label(
            *("งบประมาณที่ได้รับ", "งบประมาณที่ได้รับจัดสรร"),
            ends="บาท",
            heads=RECEIVED,
            like=rf"(?:ยอด|จำนวน)?(?:วงเงิน|เงิน|งบ)(?:งบประมาณ|ประมาณ|เงิน)?{_WORK}?(?:ที่)?"
            r"(?:ได้รับ(?:การ)?(?:จัดสรร|อนุมัติ)?|จัดสรร|อนุมัติ|ตั้งไว้|ตามแผน|ทั้งสิ้น|รวม|ทั้งโครงการ)",
        ),
    ]
    end_date: Annotated[
        ThaiDate,
        Normalizer(noticed_end, in_fiscal_year=True),
        Label(
            *("สิ้นสุดโครงการ", "วันที่สิ้นสุดโครงการ", "วันสิ้นสุดโครงการ"),
            heads=(
                *("วันที่สิ้นสุด", "วันสิ้นสุด", "สิ้นสุด", "สิ้นสุดดำเนินการ", "วันที่สิ้นสุดดำเนินการ", "วันที่แล้วเสร็จ", "แล้วเสร็จ"),
                *("กำหนดแล้วเสร็จ", "ถึงวันที่", "ถึง", "วันสิ้นสุดสัญญา"),
            ),
            like=rf"(?:กำหนด)?(?:วันที่|วัน)?(?:สิ้นสุด|แล้วเสร็จ|เสร็จสิ้น|เสร็จ)(?:วันที่)?{_WORK}?",
        ),
        PERIOD,
    ]
    budget_spent_baht: Annotated[
        Baht,
        Label(
            *("งบประมาณที่ใช้ไป", "งบประมาณที่ใช้จ่ายไป"),
            ends="บาท",
            heads=SPENT,
            like=rf"(?:ยอด|จำนวน|ผลการ|การ|รวม)?{_MONEY}(?:ที่)?{_SPEND}(?:เงิน|งบประมาณ)?(?:จริง|แล้ว|ไป|สะสม|รวม|ทั้งสิ้น)*",
        ),
    ]
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
                *("งานก้าวหน้า", "งานคืบหน้า", "ผลงาน", "ผลงานสะสม", "ผลงานที่ทำได้", "ร้อยละ"),
            ),
            like=PROGRESS,
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
            like=DISBURSED,
        ),
    ]
    plan_status: Annotated[
        Status,
        Choice(
            {
                "on_plan": ("เป็นไปตามแผน", "ตามแผน"),
                "behind_plan": ("ช้ากว่าแผน", "ล่าช้ากว่าแผน", "ต่ำกว่าแผน"),
                "ahead_of_plan": ("เร็วกว่าแผน", "สูงกว่าแผน"),
            }
        ),
    ]
    target_status: Annotated[
        Status,
        Choice(
            {
                "on_target": ("เป็นไปตามเป้าหมาย", "ตามเป้าหมาย", "ตามเป้า"),
                "below_target": ("ต่ำกว่าเป้าหมาย", "ช้ากว่าเป้าหมาย", "ต่ำกว่าเป้า"),
                "above_target": ("สูงกว่าเป้าหมาย", "เร็วกว่าเป้าหมาย", "สูงกว่าเป้า"),
            }
        ),
    ]
