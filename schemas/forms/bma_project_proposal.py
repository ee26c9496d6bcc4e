"""The template of a Bangkok project proposal: which printed words stand before which columns."""

from typing import Annotated

from normalizers.dates import period_end, period_start
from normalizers.digits import DIGIT
from normalizers.month_names import full_names
from normalizers.prices import stated_total
from normalizers.quarters import year_of
from schemas.base import Label, Normalizer, Shape, StartsWith
from schemas.columns import Agency, Baht, Code, Division, FiscalYear, Line, Person, Phone, ThaiDate, Unit
from schemas.documents import DocumentRow
from schemas.projects import Project

OFFICE = Label(
    *("หน่วยงานที่รับผิดชอบ", "หน่วยงานรับผิดชอบ", "หน่วยงานที่รับผิดชอบโครงการ", "หน่วยงานเจ้าของโครงการ", "หน่วยงาน"),
    heads=(
        "ส่วนราชการ",
        "สังกัด",
        "เสนอโดย",
        "หน่วยงานที่เสนอโครงการ",
        "หน่วยงานที่เสนอ",
        "หน่วยงานดำเนินการ",
        "ส่วนราชการเจ้าของโครงการ",
    ),
    like=r"(?:ชื่อ)?(?:หน่วยงาน|ส่วนราชการ|สังกัด)(?:ที่|ผู้|รับผิดชอบ|เจ้าของ|เสนอ|ดำเนิน|การ|งาน|โครงการ|หลัก)*",
)
OFFICES = StartsWith("สำนักงานเขต", "ฝ่าย", "โรงเรียน", "สำนัก", "กลุ่มงาน", "กอง", "ศูนย์")
WHO = Label(
    *("ผู้รับผิดชอบโครงการ", "ผู้รับผิดชอบ"),
    begins_line=True,
    like=r"(?:ชื่อ)?(?:เจ้าหน้าที่|บุคคล)?(?:ผู้รับผิดชอบ|หัวหน้าโครงการ|ผู้ดำเนินโครงการ|ผู้ดำเนินการ)(?:หลัก|งาน|โครงการ|กิจกรรม)*",
)
COORDINATOR = Label(
    *("ผู้ประสานงาน สยป", "ผู้ประสานงาน", "ผู้ประสานงานโครงการ"),
    begins_line=True,
    like=r"(?:ชื่อ)?(?:ผู้|เจ้าหน้าที่)(?:ติดต่อ)?ประสาน(?:งาน)?[ก-๛]{0,40}",
)
WHEN = Label(
    *("ระยะเวลาดำเนินการ", "ระยะเวลาดำเนินโครงการ"),
    begins_line=True,
    like=r"(?:ระยะเวลา|ช่วงเวลา|กำหนดเวลา)(?:ใน|ของ|การ|ดำเนิน|งาน|โครงการ|กิจกรรม|จัด)*",
)
TITLE = StartsWith(
    "โครงการ",
    continued_by=("ของ", "และ", "เพื่อ", "สำหรับ", "ระหว่าง", "ด้าน", "ภายใต้", "ตามแนว", "ในสังกัด", "ในพื้นที่", "ให้แก่", "ให้กับ"),
)
YEAR = Shape(
    rf"ปีงบประมาณ[^0-9๐-๙\n]{{0,16}}+{DIGIT}{{4}}"
    rf"|(?m:^)[ \t*(]*+(?:ประจำ)?ปี[ \t]?(?:พ\.ศ\.)?[ \t]?{DIGIT}{{4}}(?=[ \t*)]*+(?:\n|\Z))"
)
_UNTIL = "(?:[-–—]|ถึง|สิ้นสุด)"
_MONTH = rf"(?:{full_names()}|(?:เม|มี|[กตธพมส])\. ?[คพย]\.)"
_DAY = (
    rf"(?:โครงการ|ดำเนินการ)?[ \t]*+[:：]?[ \t]*+(?:วันที่|เดือน|สิ้นเดือน)?[ \t]*+"
    rf"(?:(?:{DIGIT}{{1,2}}[ \t]*+)?{_MONTH}|{DIGIT}{{1,2}}/{DIGIT}{{1,2}}/{DIGIT}{{4}})"
)
_CUT = rf"(?:{_UNTIL}|วันที่|เดือน|พ\.ศ\.|พุทธศักราช|(?:วันที่|{_UNTIL})[ \t]*+{DIGIT}{{1,2}}|{_MONTH})"
_REST = rf"(?=[ \t]*+(?:{DIGIT}|{_MONTH}|พ\.ศ|พุทธ|วันที่|เดือน))[^\n]*+"
_DATE = (
    rf"(?:วันที่)?[ \t]*+(?:(?:{DIGIT}{{1,2}}[ \t]*+)?{_MONTH}[ \t]*+(?:พ\.ศ\.)?[ \t]*+{DIGIT}{{2,4}}"
    rf"|{DIGIT}{{1,2}}/{DIGIT}{{1,2}}/{DIGIT}{{4}})"
)
_EDGE_END = rf"[^\n|0-9๐-๙]{{0,16}}?[\s|:]*+{_DATE}"
_UNTIL_WORD = "(?:สิ้นสุด|แล้วเสร็จ|เสร็จสิ้น)"
_BOTH = rf"[\s|•*-]*+(?:วันที่|วัน)?เริ่ม{_EDGE_END}[\s|•*-]*+(?:วันที่|วัน)?(?:{_UNTIL_WORD}|ถึง){_EDGE_END}"
BOTH_DAYS = Shape(_BOTH)
"""Two days, each behind a word of its own."""
PERIOD = Shape(
    rf"{_BOTH}|(?=[^\n]*?(?:{DIGIT}{{4}}|{DIGIT}/{DIGIT}|{DIGIT} ?{_MONTH}))"
    rf"(?:[^\n]*?{_CUT}[ \t]*+\n{_REST}"
    rf"|[^\n]*+(?:\n(?:[ \t]*+(?:วันที่)?{_UNTIL}|[ \t•*-]*+(?:วันที่|วัน)?{_UNTIL_WORD}){_DAY}[^\n]*+)?)"
)
"""Two days, each behind a word of its own; else a line with a year or a date, and the rest of it on the next one."""
WITH_PHONE = Shape(r"[^\s:][^\n]*+(?:(?:\n[ \t]*+(?!โทร)\S[^\n]{0,60}+)?\n[ \t]*+โทร[^\n]*+)?+")
"""A person's line, with the telephone that stands alone on the next one or on the one behind it."""
ANYTHING = Shape(r"[^\s:][^\n]*+")


class PrintedTitle(DocumentRow):
    """The title that some offices print above the project's name."""

    title: Annotated[
        Line,
        StartsWith(
            "แบบเสนอโครงการ",
            "แบบเสนอขออนุมัติโครงการ",
            "ข้อเสนอโครงการ",
            "แบบฟอร์มเสนอโครงการ",
            "แบบรายละเอียดโครงการ",
            continued_by=("ประจำปี",),
            like=r"(?:แบบ|เอกสาร|รายละเอียด)(?:ฟอร์ม)?(?:เสนอ|ขอ|อนุมัติ|รายละเอียด|ข้อเสนอ|จัดทำ|เขียน|การ|ประกอบ)*โครงการ",
        ),
    ]


class ProposalHeader(Project):
    """The title lines: what the project is called, whose it is, and for which year; some say when and who, too."""

    project_name: Annotated[Line, Label("ชื่อโครงการ", heads=("โครงการ/กิจกรรม", "ชื่องาน", "ชื่อกิจกรรม")), TITLE]
    project_code: Annotated[Code, Label("รหัสโครงการ", begins_line=True, heads=("รหัส",))]
    budget_received_baht: Annotated[
        Baht,
        Label(
            "งบประมาณทั้งสิ้น",
            begins_line=True,
            ends="บาท",
            like=r"(?:รวม|จำนวน)?(?:วงเงิน|งบประมาณ|เงิน)(?:งบประมาณ)?(?:โครงการ|ทั้งโครงการ|ที่ขอ|ที่ใช้|ที่เสนอขอ|รวม|ทั้งสิ้น)+",
        ),
    ]
    agency: Annotated[Agency, OFFICE, OFFICES]
    division: Annotated[Division, OFFICE, OFFICES]
    unit: Annotated[Unit, OFFICE, OFFICES]
    fiscal_year_be: Annotated[FiscalYear, Normalizer(year_of), Label("ปีงบประมาณ", begins_line=True), YEAR]
    responsible_person: Annotated[Person, WHO]
    responsible_phone: Annotated[Phone, WHO]
    coordinator: Annotated[Person, COORDINATOR]
    coordinator_phone: Annotated[Phone, COORDINATOR]
    start_date: Annotated[ThaiDate, Normalizer(period_start, in_fiscal_year=True), WHEN, BOTH_DAYS]
    end_date: Annotated[ThaiDate, Normalizer(period_end, in_fiscal_year=True), WHEN, BOTH_DAYS]


class Office(Project):
    """The office, where a heading of its own names it."""

    agency: Annotated[Agency, ANYTHING]
    division: Annotated[Division, ANYTHING]
    unit: Annotated[Unit, ANYTHING]


class ProposalOffice(Project):
    """The person, or the office, that answers for the project."""

    responsible_person: Annotated[Person, ANYTHING]
    responsible_phone: Annotated[Phone, WITH_PHONE]


class Period(Project):
    """From when to when."""

    start_date: Annotated[ThaiDate, Normalizer(period_start, in_fiscal_year=True), PERIOD]
    end_date: Annotated[ThaiDate, Normalizer(period_end, in_fiscal_year=True), PERIOD]


class Stated(Project):
    """The total that the budget states."""

    budget_received_baht: Annotated[Baht, Normalizer(stated_total)]
