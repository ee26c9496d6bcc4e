"""Tables that every form may print: what is paid for, how success is measured, what may go wrong, what is done when.

And the blocks around them, and around the money of each quarter, for the forms that have others for their subject.
"""

from normalizers.digits import DIGIT
from normalizers.month_names import full_names
from parsers.base import Block, Bullets, Column, Grid, Labelled, Priced, Steps, WholeText
from parsers.openers import common, heading
from parsers.wordings import LIKE_RISKS, LIKE_SPENDING
from schemas.activities import Activity
from schemas.budget_items import PricedLine, PricedRow
from schemas.indicators import Measure
from schemas.objectives import Objective
from schemas.quarterly_results import QuarterReport
from schemas.risks import Danger
from schemas.sections import Section

SCORE = rf"{DIGIT}"
LEVEL = r"(?:น้อย|ปานกลาง|กลาง|สูง|ต่ำ|มาก)[ก-๛]{0,6}"
TARGET = rf"ร้อยละ|(?:(?:ไม่น้อยกว่า|อย่างน้อย)?\s?ร้อยละ\s?)?{DIGIT}[0-9๐-๙,.]*+\s?[ก-๛%]{{0,12}}"
KIND = r"ผลผลิต|ผลลัพธ์|เชิงปริมาณ|เชิงคุณภาพ|กระบวนการ|ปัจจัยนำเข้า"
WHEN = (
    r"(?:ปีงบประมาณ|ปี\s?พ|พ\.ศ\.|ไตรมาส|เดือน|ตลอด|ระหว่าง|สิ้น|ภายใน|รายเดือน|รายไตรมาส"
    rf"|{full_names()}[ \t]*+{DIGIT}{{4}})[^\n]{{0,40}}"
)
SERIAL = rf"\(?{DIGIT}{{1,2}}(?:\.{DIGIT}{{1,2}})*+[.)]?"
FIGURES = rf"{DIGIT}[0-9๐-๙,.]*+[-–]?\s?(?:บาท)?"

RISKS = Grid(
    Danger,
    columns=(
        Column(("ลำดับ", "ที่", "ลำดับที่"), shape=SERIAL),
        Column(
            (
                *("ความเสี่ยง", "ปัจจัยเสี่ยง", "ความเสี่ยงของโครงการ", "ประเด็นความเสี่ยง", "รายการความเสี่ยง", "ปัจจัยความเสี่ยง"),
                *("เหตุการณ์ความเสี่ยง", "ความเสี่ยงที่อาจเกิดขึ้น"),
            ),
            ("risk",),
            like=r"(?:ชื่อ|ประเด็น|รายการ|ปัจจัย|เหตุการณ์|ความ)+เสี่ยง(?:ที่อาจเกิดขึ้น|ที่สำคัญ|ของ|โครงการ)*",
        ),
        Column(
            ("โอกาสที่จะเกิด", "โอกาส", "โอกาสเกิด", "โอกาสที่อาจเกิดขึ้น", "ความน่าจะเป็น"),
            ("likelihood",),
            SCORE,
            like=r"โอกาส(?:ที่จะ|ที่อาจ|ใน|การ|เกิด|ขึ้น)*",
        ),
        Column(
            ("ผลกระทบ", "ผลกระทบที่เกิดขึ้น", "ความรุนแรง", "ความรุนแรงของผลกระทบ"),
            ("impact",),
            SCORE,
            like=r"(?:ระดับ)?(?:ผลกระทบ|ความรุนแรง)(?:ของ|ที่|เกิดขึ้น|ผลกระทบ)*",
        ),
        Column(
            ("ระดับของความเสี่ยง", "ระดับความเสี่ยง", "ระดับ"), ("level",), LEVEL, like=r"(?:ระดับ|ค่า|คะแนน)(?:ของ)?ความเสี่ยง"
        ),
        Column(
            (
                *(
                    "แนวทางการบริหารความเสี่ยง",
                    "แนวทางแก้ไข",
                    "การจัดการความเสี่ยง",
                    "แนวทางการจัดการ",
                    "แนวทางจัดการ",
                    "มาตรการ",
                ),
                *("แนวทางป้องกัน", "แนวทางป้องกันแก้ไข", "การป้องกัน/แก้ไข", "มาตรการป้องกัน", "วิธีจัดการ", "วิธีการจัดการ"),
            ),
            ("mitigation",),
            like=r"(?:แนวทาง|วิธี|มาตรการ|แผน|การ)(?:ป้องกัน|แก้ไข|จัดการ|บริหาร|ควบคุม|ลด|รองรับ|ตอบสนอง|ความเสี่ยง|ปัญหา|การ|และ|/)+",
        ),
    ),
    over=("การประเมินความเสี่ยง",),
)
MEASURES = Grid(
    Measure,
    columns=(
        Column(
            ("ตัวชี้วัด", "ตัวชี้วัดความสำเร็จ", "ชื่อตัวชี้วัด", "ตัวบ่งชี้", "ตัวบ่งชี้ความสำเร็จ"),
            ("name",),
            like=r"(?:ชื่อ)?(?:ตัวชี้วัด|ตัวบ่งชี้|ดัชนีชี้วัด)(?:ความสำเร็จ|ผลสำเร็จ|ของ|โครงการ|กิจกรรม|/)*",
        ),
        Column(
            ("ค่าเป้าหมาย", "เป้าหมาย", "เป้าหมายตัวชี้วัด", "เกณฑ์", "เกณฑ์ความสำเร็จ"),
            ("target", "target_value", "target_unit"),
            TARGET,
            like=r"(?:ค่า|ระดับ)?(?:เป้าหมาย|เกณฑ์)(?:ความสำเร็จ|ตัวชี้วัด|ที่กำหนด|ที่ตั้งไว้|ของ|โครงการ)*",
        ),
        Column(
            ("ประเภทตัวชี้วัด", "ประเภท", "ชนิดตัวชี้วัด"), ("indicator_type",), KIND, like=r"(?:ประเภท|ชนิด)(?:ของ)?(?:ตัวชี้วัด)?"
        ),
        Column(
            (
                "วิธีการคำนวณ/เครื่องมือในการใช้วัด",
                "วิธีการคำนวณ",
                "วิธีการวัด",
                "วิธีวัด",
                "วิธีการประเมิน",
                "วิธีวัดและประเมินผล",
                "เครื่องมือที่ใช้วัด",
                *(
                    "เครื่องมือ",
                    "เครื่องมือที่ใช้",
                    "เครื่องมือวัด",
                    "วิธีการเก็บข้อมูล",
                    "วิธีการ/เครื่องมือ",
                    "วิธีการและเครื่องมือ",
                    "วิธีการวัดผล",
                ),
            ),
            ("method",),
            like=r"(?:วิธี|เครื่องมือ|แหล่งข้อมูล|การ)(?:วัด|คำนวณ|ประเมิน|เก็บ|รวบรวม|ข้อมูล|เครื่องมือ|วิธี|ที่ใช้|ผล|การ|ใน|และ|/)+",
        ),
        Column(
            ("ระยะเวลา", "ระยะเวลาที่วัด", "ช่วงเวลา", "ระยะเวลาวัดผล", "ช่วงเวลาที่วัด"),
            ("period",),
            WHEN,
            like=r"(?:ระยะเวลา|ช่วงเวลา|กำหนดเวลา|ความถี่)(?:วัด|ประเมิน|เก็บ|ข้อมูล|ติดตาม|ดำเนิน|รายงาน|ที่|ใน|ผล|การ)*",
        ),
        Column(("ลำดับ", "ที่", "ลำดับที่"), shape=SERIAL),
    ),
)
PRICES = Grid(
    PricedRow,
    columns=(
        Column(
            ("รายการ", "รายการค่าใช้จ่าย", "รายละเอียด"),
            ("item",),
            like=r"(?:รายการ|รายละเอียด|ประเภท|หมวด)(?:รายการ|ค่าใช้จ่าย|รายจ่าย|จัดซื้อ|จัดจ้าง|พัสดุ|วัสดุ|ครุภัณฑ์|งบประมาณ|กิจกรรม|ของ|การ|และ|/)*",
        ),
        Column(
            ("จำนวน", "จำนวนหน่วย", "ปริมาณ", "หน่วย/จำนวน", "จำนวน/หน่วย"),
            ("quantity", "quantity_unit"),
            rf"{DIGIT}[0-9๐-๙,]*+\s?[ก-๛]{{0,12}}",
        ),
        Column(
            ("จำนวน x อัตรา", "จำนวน x ราคา", "จำนวน x หน่วยละ", "จำนวนและอัตรา", "จำนวน/อัตรา"),
            ("quantity", "quantity_unit", "unit_price_baht"),
        ),
        Column(
            ("หน่วยละ", "ราคาต่อหน่วย", "ราคา/หน่วย", "ราคาหน่วยละ", "อัตรา", "ราคา"),
            ("unit_price_baht",),
            FIGURES,
            like=r"(?:ราคา|อัตรา)(?:ค่าใช้จ่าย|ค่า|ต่อ|ละ|หน่วย|คน|ชิ้น|บาท|/)+",
        ),
        Column(
            (
                *("เป็นเงิน", "จำนวนเงิน", "จำนวนเงิน (บาท)", "รวมเป็นเงิน", "รวมเงิน", "รวม", "งบประมาณ"),
                *("ราคารวม", "ยอดรวม", "จำนวนเงินรวม", "รวมจำนวนเงิน"),
            ),
            ("amount_baht",),
            FIGURES,
            like=r"(?:รวม|จำนวน|ยอด|เป็น|วง|ทั้งสิ้น|ราคา)*(?:เงิน|งบประมาณ)(?:ทั้งสิ้น|รวม|ที่ขอ|ที่ใช้|บาท|สุทธิ)*",
        ),
        Column(("หน่วย", "หน่วยนับ"), ("quantity_unit",)),
        Column(("กิจกรรม",)),
        Column(("กฎหมาย ระเบียบที่เกี่ยวข้อง", "กฎหมาย/ระเบียบที่เกี่ยวข้อง", "หมายเหตุ")),
        Column(("ลำดับ", "ที่", "ลำดับที่"), shape=SERIAL),
    ),
    lead_words=("ค่า",),
    tells=("unit_price_baht", "amount_baht"),
)
STEPS = Grid(
    Activity,
    columns=(
        Column(("ลำดับ", "ที่", "ลำดับที่"), ("label",), SERIAL),
        Column(
            ("กิจกรรม", "ขั้นตอนการดำเนินงาน", "ขั้นตอน", "รายการ", "กิจกรรม/ขั้นตอน", "การดำเนินงาน"),
            ("text",),
            like=r"(?:รายละเอียด|รายการ)?(?:กิจกรรม|ขั้นตอน)(?:กิจกรรม|ขั้นตอน|ดำเนิน|ปฏิบัติ|หลัก|ที่จะ|การ|งาน|ทำ|และ|/)*",
        ),
        Column(
            ("ระยะเวลา", "ระยะเวลาดำเนินการ", "วัน เดือน ปี"),
            like=r"(?:ระยะเวลา|ช่วงเวลา|ห้วงเวลา|กำหนดการ|วันเวลา)(?:ดำเนิน|ปฏิบัติ|แล้วเสร็จ|ที่|การ|งาน)*",
        ),
        Column(("ผู้รับผิดชอบ", "หมายเหตุ"), like=r"(?:ผู้|หน่วยงาน|เจ้าหน้าที่)(?:ที่|ผู้|รับผิดชอบ|ดำเนินการ|ปฏิบัติ)+"),
    ),
)


def budget_items() -> Block:
    """The block of what is paid for, in a form whose subject it is not."""
    words = ("รายละเอียดค่าใช้จ่าย", "รายการค่าใช้จ่าย", "ประมาณการค่าใช้จ่าย", "รายละเอียดงบประมาณ", "รายละเอียดการใช้จ่าย")
    more = (*(f"{one}ของโครงการ" for one in words), "รายละเอียดการใช้จ่ายงบประมาณ", "รายละเอียดการใช้งบประมาณ")
    opens = (common(*words, *more, may_lead=False),)
    return Block("budget_items", opens, Priced(PricedLine, PRICES), is_attached=True)


def indicators() -> Block:
    """The block of how success is measured, in a form whose subject it is not."""
    words = ("ตัวชี้วัดความสำเร็จ", "ตัวชี้วัดความสำเร็จของโครงการ", "ตัวชี้วัดโครงการ", "ตัวชี้วัดของโครงการ", "ตัวชี้วัดและค่าเป้าหมาย")
    reads = (MEASURES, Bullets(Objective, kind="indicator", instead_of=MEASURES))
    return Block("indicators", (common(*words, may_lead=False),), reads, is_attached=True)


def risks() -> Block:
    """The block of what may go wrong, in a form whose subject it is not."""
    opens = (common("ความเสี่ยงของโครงการ", "การบริหารความเสี่ยง", may_lead=False, like=LIKE_RISKS),)
    return Block("risks", opens, (WholeText(Section, {"section": "other"}, without=RISKS), RISKS), is_attached=True)


def quarters() -> Block:
    """The block of a quarter's money and results, or of several quarters in a table."""
    words = ("การใช้จ่ายงบประมาณ", "การเบิกจ่ายงบประมาณ", "ผลการใช้จ่ายงบประมาณ", "ผลการเบิกจ่ายงบประมาณ")
    return Block(
        "quarter",
        opens=(
            heading("ไตรมาสที่", "ไตรมาส", has_period=True, is_set_apart=True),
            common(*words, has_period=True, is_set_apart=True, may_lead=False, like=LIKE_SPENDING),
        ),
        reads=Labelled(QuarterReport),
        begins_period=True,
        repeats=True,
        may_be_empty=True,
        is_attached=True,
    )


def activities() -> Block:
    """The block of what is to be done, in a form that reports on it elsewhere."""
    words = ("กิจกรรมหลัก", "กิจกรรมของโครงการ", "กิจกรรมโครงการ", "ขั้นตอนการดำเนินงาน", "แผนการดำเนินงาน", "แผนปฏิบัติงาน")
    steps = ("กิจกรรมหลักที่", "กิจกรรมที่", "ขั้นตอนที่", "ขั้นที่")
    opens = (common(*words, may_lead=False, is_set_apart=True),)
    return Block("activities", opens, Steps(Activity, steps, STEPS), is_attached=True)


def benefits() -> Block:
    """The block of what a project is hoped to bring, in a form whose subject it is not."""
    words = ("ประโยชน์ที่คาดว่าจะได้รับ", "ผลที่คาดว่าจะได้รับ", "ผลประโยชน์ที่คาดว่าจะได้รับ", "ประโยชน์ที่จะได้รับ", "ผลลัพธ์ที่คาดว่าจะได้รับ")
    opens = (common(*words, may_lead=False),)
    return Block("benefits", opens, Bullets(Objective, kind="expected_benefit"), is_attached=True)
