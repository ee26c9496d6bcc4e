"""The template of an education area office's progress report: which printed words stand before which columns."""

from typing import Annotated

from normalizers.dates import period_end, period_start
from normalizers.quarters import year_of
from normalizers.text import line
from schemas.base import Choice, Label, Normalizer, Shape, StartsWith
from schemas.columns import (
    Agency,
    Baht,
    Code,
    Division,
    FiscalYear,
    Line,
    Paragraph,
    Person,
    Phone,
    Status,
    ThaiDate,
    Unit,
)
from schemas.documents import OTHER_TITLE, DocumentRow
from schemas.projects import Project

RESPONSIBLE = Label(
    *("ผู้รับผิดชอบโครงการ", "ผู้รับผิดชอบ", "ชื่อผู้รับผิดชอบโครงการ", "ชื่อผู้รับผิดชอบ"),
    begins_line=True,
    heads=("เจ้าหน้าที่ผู้รับผิดชอบ", "ผู้รับผิดชอบหลัก", "ครูผู้รับผิดชอบ", "เจ้าของโครงการ"),
    like=r"(?:ชื่อ)?(?:เจ้าหน้าที่|บุคลากร|ครู|ศึกษานิเทศก์)?(?:ผู้)(?:รับผิดชอบ|ดำเนินการ|ดำเนินโครงการ|ประสาน)(?:โครงการ|หลัก|งาน|กิจกรรม)*",
)


OFFICE = Label(
    *("หน่วยงานที่รับผิดชอบ", "หน่วยงานรับผิดชอบ"),
    begins_line=True,
    heads=("กลุ่มที่รับผิดชอบ", "กลุ่มงานที่รับผิดชอบ", "กลุ่ม", "กลุ่มงาน", "หน่วยงาน"),
    like=r"(?:หน่วยงาน|กลุ่มงาน|กลุ่ม|ฝ่าย)(?:ที่|ผู้|เจ้าของ)?(?:รับผิดชอบ|เจ้าของ|ดำเนินการ|หลัก|โครงการ)+",
)

WHEN = Label(
    *("ระยะเวลาดำเนินการ", "ระยะเวลาดำเนินงาน", "ระยะเวลาดำเนินโครงการ"),
    begins_line=True,
    like=r"(?:ระยะเวลา|ช่วงเวลา|กำหนดเวลา)(?:ใน|ของ|การ|ดำเนิน|งาน|โครงการ|กิจกรรม|จัด)*",
)

OFFICE_ON_LINE = (
    r"(?m:^)[ \t*#_]*+(?P<value>(?:สำนัก(?:งาน)?|ศูนย์|สถาบัน|กรม|โรงเรียน|วิทยาลัย|มหาวิทยาลัย|โรงพยาบาล|เทศบาล"
    r"|องค์การบริหารส่วน|ที่ว่าการ)"
    r"(?:(?!โครงการ|ดำเนิน|รายงาน|ประจำ|งบประมาณ|ไตรมาส|ได้รับ)[ก-๛0-9.\-]| (?! )){4,70}+)[ \t*_]*+(?m:$)"
)
"""A line that says nothing but the name of an office."""


class Cover(DocumentRow):
    """What the cover says of the whole report."""

    title: Annotated[
        Paragraph,
        StartsWith(
            *("รายงานความก้าวหน้า", "รายงานผลการดำเนินงาน", "รายงานผลความก้าวหน้า"),
            *("แบบติดตามและรายงานผล", "รายงานการติดตามโครงการ", "แบบรายงานผลการดำเนินงาน"),
            continued_by=("ประจำ", "รอบ", "ไตรมาส"),
            like=r"(?:แบบ|ใบ|สรุป|ผล|การ)*(?:รายงาน|ติดตาม)(?:รายงาน|ติดตาม|สรุป|ประเมิน|ผล|การ|และ)*"
            r"(?:ความก้าวหน้า|ความคืบหน้า|ดำเนินงาน|ดำเนินการ|ดำเนินโครงการ|ปฏิบัติงาน|ปฏิบัติการ|โครงการ)"
            r"(?:ของ|การ|ดำเนิน|งาน|โครงการ|ตาม|แผน)*"
            r"|สรุป(?:ผล|ความก้าวหน้า|ความคืบหน้า)(?:ของ)?(?:การ)?(?:ดำเนินงาน|ดำเนินการ|ดำเนินโครงการ)(?:โครงการ|ของ)*(?:ตามแผน|ประจำปี)",
        ),
        OTHER_TITLE,
    ]
    issuer: Annotated[
        Line, Label("หน่วยงาน", begins_line=True), StartsWith("สำนักงานเขตพื้นที่การศึกษา"), Shape(OFFICE_ON_LINE)
    ]
    as_of_date: Annotated[ThaiDate, Label("ข้อมูล ณ วันที่", "ข้อมูล ณ", "ข้อมูลถึงวันที่")]
    fiscal_year_be: Annotated[
        FiscalYear,
        Normalizer(year_of),
        Label("ประจำปีงบประมาณ พ.ศ.", "ประจำปีงบประมาณ", "ปีงบประมาณ"),
    ]


class Title(Project):
    """The line or lines that name a project."""

    project_name: Paragraph


class Responsible(Project):
    """Who answers for a project, when, and for how much, on lines below its name."""

    project_code: Annotated[Code, Label("รหัสโครงการ", "เลขที่โครงการ", begins_line=True, heads=("รหัส",))]
    status: Annotated[
        Status,
        Normalizer(line),
        Label("สถานะโครงการ", "สถานะการดำเนินงาน", begins_line=True, heads=("สถานะ", "สถานะการดำเนินโครงการ")),
        Choice(
            {
                "completed": ("เสร็จสิ้น", "เสร็จสิ้นแล้ว", "แล้วเสร็จ", "ดำเนินการแล้วเสร็จ", "ดำเนินการเสร็จสิ้นแล้ว"),
                "in_progress": ("อยู่ระหว่างดำเนินการ", "อยู่ระหว่างการดำเนินการ", "กำลังดำเนินการ"),
                "not_started": ("ยังไม่ได้ดำเนินการ", "ยังไม่ดำเนินการ", "ยังไม่เริ่มดำเนินการ"),
            }
        ),
    ]
    agency: Annotated[Agency, OFFICE]
    division: Annotated[Division, OFFICE]
    unit: Annotated[Unit, OFFICE]
    responsible_person: Annotated[Person, RESPONSIBLE]
    responsible_phone: Annotated[Phone, RESPONSIBLE]
    start_date: Annotated[ThaiDate, Normalizer(period_start, in_fiscal_year=True), WHEN]
    end_date: Annotated[ThaiDate, Normalizer(period_end, in_fiscal_year=True), WHEN]
    budget_received_baht: Annotated[
        Baht,
        Label(
            *("งบประมาณที่ได้รับ", "งบประมาณที่ได้รับจัดสรร"),
            begins_line=True,
            ends="บาท",
            heads=("งบประมาณ", "งบประมาณโครงการ", "วงเงินงบประมาณ", "วงเงิน", "งบประมาณที่ได้รับอนุมัติ"),
            like=r"(?:จำนวน|วง)?(?:เงิน|งบ)(?:งบประมาณ|ประมาณ)?(?:ของโครงการ)?(?:ที่)?(?:ได้รับ|จัดสรร|อนุมัติ|ทั้งสิ้น|รวม|ทั้งโครงการ)+",
        ),
    ]
    budget_spent_baht: Annotated[
        Baht,
        Label(
            *("งบประมาณที่ใช้ไป", "งบประมาณที่เบิกจ่ายทั้งสิ้น"),
            begins_line=True,
            ends="บาท",
            heads=("เบิกจ่าย", "เบิกจ่ายทั้งสิ้น", "เบิกจ่ายแล้ว", "ใช้จ่ายทั้งสิ้น", "เบิกจ่ายสะสม", "รวมเบิกจ่าย", "เบิกจ่ายทั้งปี"),
            like=r"(?:จำนวน|ยอด|รวม|ผลการ|การ)?(?:เงิน|งบ)?(?:งบประมาณ|ประมาณ)?(?:ที่)?(?:เบิกจ่าย|ใช้จ่าย|ใช้)(?:เงิน|งบประมาณ)?(?:จริง|แล้ว|ไป|สะสม|รวม|ทั้งสิ้น|ทั้งปี)+",
        ),
    ]
