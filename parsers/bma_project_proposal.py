"""A project proposal of a Bangkok district, office or school: the text of a word processor's file.

Its headings come in other orders and under other names in other offices, with or without numbers.
"""

from parsers.attachments import LETTER, annex
from parsers.base import (
    Block,
    Bullets,
    Calendar,
    Form,
    Labelled,
    LabelledRows,
    Links,
    Priced,
    Total,
    WholeText,
)
from parsers.openers import WHOLE, Heading, OtherHeading, Start, common, heading
from parsers.tables import MEASURES, PRICES, RISKS, STEPS
from parsers.wordings import (
    BESIDE_OBJECTIVES,
    LEVELS,
    LIKE_BENEFITS,
    LIKE_BUDGET,
    LIKE_INDICATORS,
    LIKE_LINKS,
    LIKE_MONITORING,
    LIKE_NATURE,
    LIKE_OBJECTIVES,
    LIKE_OFFICE,
    LIKE_PLACE,
    LIKE_RATIONALE,
    LIKE_RESPONSIBLE,
    LIKE_RISKS,
    LIKE_SCHEDULE,
    LIKE_SCOPE,
    LIKE_STEPS,
    LIKE_TARGETS,
    NUMBERED_LEVELS,
    OBJECTIVES,
    OTHER_LEVELS,
    RATIONALE,
    TARGETS,
)
from schemas.activities import Activity
from schemas.budget_items import PricedLine
from schemas.forms.bma_project_proposal import (
    Office,
    Period,
    PrintedTitle,
    ProposalHeader,
    ProposalOffice,
    Stated,
)
from schemas.objectives import Objective
from schemas.sections import Section
from schemas.strategy_links import StrategyLink

QUANTITY = ("ด้านปริมาณ", "เชิงปริมาณ", "เป้าหมายเชิงปริมาณ", "ปริมาณ")
QUALITY = ("ด้านคุณภาพ", "เชิงคุณภาพ", "เป้าหมายเชิงคุณภาพ", "คุณภาพ")
OUTPUT = (
    "เป้าหมายเชิงผลผลิต (Output)",
    "เป้าหมายเชิงผลผลิต",
    "เชิงผลผลิต",
    "ด้านผลผลิต",
    "ผลผลิต (Output)",
    "ผลผลิต (Outputs)",
    "ผลผลิต",
)
OUTCOME = (
    "เป้าหมายเชิงผลลัพธ์ (Outcome)",
    "เป้าหมายเชิงผลลัพธ์",
    "เชิงผลลัพธ์",
    "ด้านผลลัพธ์",
    "ผลลัพธ์ (Outcome)",
    "ผลลัพธ์ (Outcomes)",
    "ผลลัพธ์",
)
PLANS = (
    "ยุทธศาสตร์ชาติ", "แผนแม่บท", "แผนการศึกษา", "แผนพัฒนา", "แผนปฏิบัติราชการ",
    "แผนปฏิบัติการ", "แผนปฏิรูป", "แผนยุทธศาสตร์", "แผนบริหารราชการ", "นโยบายผู้บริหาร",
    "นโยบายผู้ว่าราชการ", "นโยบายรัฐบาล", "นโยบายของ", "นโยบายกรุงเทพมหานคร",
    "นโยบายกระทรวง", "เป้าหมายการพัฒนาที่ยั่งยืน",
)  # fmt: skip
DEPARTMENTS = (
    "สำนักการโยธา", "สำนักการระบายน้ำ", "สำนักสิ่งแวดล้อม", "สำนักอนามัย", "สำนักพัฒนาสังคม", "สำนักการจราจรและขนส่ง",
    "สำนักเทศกิจ", "สำนักวัฒนธรรม กีฬา และการท่องเที่ยว", "สำนักยุทธศาสตร์และประเมินผล", "สำนักป้องกันและบรรเทาสาธารณภัย",
)  # fmt: skip
"""The city's own departments, which other offices do not have under these names."""
AIMS = Bullets(
    Objective,
    kind="target_quantity",
    sub_heads={"target_quantity": QUANTITY, "target_quality": QUALITY, "output": OUTPUT, "outcome": OUTCOME},
)

BODY = ("rationale", "objectives", "targets", "nature", "scope", "plans", "place", "activities", "budget")
"""The blocks behind which a line with a day begins the schedule; above them it is a label of the header."""
NAMED_PLANS = Links(
    StrategyLink,
    names=PLANS,
    constants={"level": "plan"},
    joined_by=("และสอดคล้องกับ", "สอดคล้องกับ", "เชื่อมโยงกับ", "รวมทั้ง", "ตลอดจน", "ภายใต้", "ตาม", "และ", "กับ"),
    ended_by=("และสอดคล้องกับ", "สอดคล้องกับ", "และเชื่อมโยงกับ", "เชื่อมโยงกับ"),
)
"""The plans that a text names."""

STEP_WORDS = ("ขั้นที่", "ขั้นตอนที่", "กิจกรรมที่", "กิจกรรมหลักที่")
"""What stands before the number of a step."""

FORM = Form(
    titles=(),
    is_ordered=False,
    least_blocks=0.45,
    enough_blocks=8,
    keywords=("กรุงเทพ", "กทม", "สำนักงานเขต", *DEPARTMENTS),
    exclude_keywords=("สำนักงานเขตพื้นที่",),
    blocks=(
        Block(
            "header",
            opens=(Start(), heading("ชื่อโครงการ", is_text=True, may_lead=True)),
            reads=(Labelled(ProposalHeader), Labelled(PrintedTitle)),
        ),
        Block(
            "rationale",
            opens=(
                heading(*RATIONALE, may_lead=True, like=LIKE_RATIONALE),
                heading("หลักการ", "เหตุผล", may_lead=True, is_set_apart=True),
                common("ความจำเป็น", "แนวคิดและเหตุผล", "ความเป็นมาและสภาพปัญหา", "ที่มาและความสำคัญของปัญหา", "ที่มา"),
            ),
            reads=WholeText(Section, {"section": "rationale"}),
        ),
        Block(
            "strategy_links",
            opens=(
                Heading(("ประเด็นยุทธศาสตร์",), is_text=True, may_lead=True, is_common=True, tolerance=WHOLE),
                Heading(
                    ("ด้านที่",),
                    is_text=True,
                    may_lead=True,
                    begins_sentence=True,
                    is_common=True,
                    behind=("nature", "scope", "plans"),
                    tolerance=WHOLE,
                ),
            ),
            reads=LabelledRows(StrategyLink, column="level", labels=LEVELS, kept=NUMBERED_LEVELS, aside=OTHER_LEVELS),
            is_attached=True,
        ),
        Block(
            "objectives",
            opens=(
                heading("วัตถุประสงค์", *OBJECTIVES, "เป้าประสงค์", may_lead=True, like=LIKE_OBJECTIVES),
                common("วัตถุประสงค์หลัก", "วัตถุประสงค์เฉพาะ", "วัตถุประสงค์ทั่วไป", "วัตถุประสงค์ของกิจกรรม"),
            ),
            reads=Bullets(
                Objective,
                kind="objective",
                sub_heads=BESIDE_OBJECTIVES,
                lead_word="เพื่อ",
                words=("วัตถุประสงค์ที่",),
            ),
        ),
        Block(
            "targets",
            opens=(
                heading("เป้าหมาย", *TARGETS, "กลุ่มเป้าหมาย", "กลุ่มเป้าหมายของโครงการ", may_lead=True, like=LIKE_TARGETS),
                heading("เป้าหมายเชิงปริมาณ", "เป้าหมายเชิงคุณภาพ", is_text=True, may_lead=True),
                common(
                    "ค่าเป้าหมาย", "เป้าหมาย (ผลผลิต)", "กลุ่มเป้าหมายและเป้าหมาย", "ขอบเขตและเป้าหมาย", "เป้าหมายและกลุ่มเป้าหมาย"
                ),
            ),
            reads=AIMS,
        ),
        Block(
            "nature",
            opens=(
                heading(
                    "ลักษณะของโครงการ",
                    "ลักษณะโครงการ",
                    "ลักษณะและรูปแบบของโครงการ",
                    may_lead=True,
                ),
                common(
                    "ประเภทโครงการ",
                    "ประเภทของโครงการ",
                    "รูปแบบโครงการ",
                    "รูปแบบของโครงการ",
                    "ลักษณะกิจกรรม",
                    "ลักษณะงาน",
                    like=LIKE_NATURE,
                ),
            ),
            reads=(WholeText(Section, {"section": "scope"}), NAMED_PLANS),
        ),
        Block(
            "scope",
            opens=(
                heading("ขอบเขตของโครงการ", may_lead=True),
                common("ขอบเขตการดำเนินงาน", "ขอบเขตของงาน", "ขอบเขตงาน", "ขอบเขตการดำเนินโครงการ", like=LIKE_SCOPE),
            ),
            reads=(WholeText(Section, {"section": "scope"}), NAMED_PLANS),
        ),
        Block(
            "plans",
            opens=(
                heading(
                    "ความสอดคล้องกับแผนยุทธศาสตร์",
                    "ความเชื่อมโยงกับยุทธศาสตร์",
                    "ความสอดคล้องกับแผนและนโยบาย",
                    "ความสอดคล้องกับนโยบายและแผน",
                    "ความสอดคล้องกับยุทธศาสตร์",
                    "ความสอดคล้องกับแผน",
                    "ความสอดคล้องกับนโยบาย",
                    "ความเชื่อมโยงกับแผน",
                    "ความเชื่อมโยงกับแผนและนโยบาย",
                    "ความสัมพันธ์กับแผน",
                    may_lead=True,
                ),
                common(
                    "ความสอดคล้องกับแผนพัฒนากรุงเทพมหานคร",
                    "ความสอดคล้องของโครงการ",
                    "ความสอดคล้อง/เชื่อมโยงกับแผน",
                    like=LIKE_LINKS,
                ),
                common("สนองนโยบาย/ยุทธศาสตร์", "สนองยุทธศาสตร์", "สนองนโยบาย", "ยุทธศาสตร์ที่เกี่ยวข้อง", "แผนงานที่เกี่ยวข้อง"),
            ),
            reads=(WholeText(Section, {"section": "scope"}, unless=NAMED_PLANS), NAMED_PLANS),
        ),
        Block(
            "schedule",
            opens=(
                heading(
                    "ระยะเวลาและสถานที่ดำเนินการ",
                    "ระยะเวลาดำเนินการ",
                    "ระยะเวลาในการดำเนินการ",
                    "ระยะเวลาดำเนินงาน",
                    "ระยะเวลาดำเนินโครงการ",
                    "ระยะเวลาโครงการ",
                    "ระยะเวลาในการดำเนินงาน",
                    "ระยะเวลาการดำเนินงาน",
                    "ระยะเวลาการดำเนินการ",
                    "ระยะเวลาและสถานที่",
                    "วัน เวลา และสถานที่",
                    "วัน เวลา และสถานที่ดำเนินการ",
                    may_lead=True,
                ),
                heading("ระยะเวลา"),
                Heading(
                    ("วันเริ่มต้น", "วันที่เริ่มต้น"),
                    is_text=True,
                    may_lead=True,
                    begins_sentence=True,
                    behind=BODY,
                    tolerance=WHOLE,
                ),
                common(
                    "ช่วงเวลาดำเนินการ",
                    "กำหนดเวลาดำเนินการ",
                    "วันเวลาดำเนินการ",
                    "กำหนดการ",
                    "วัน เวลา",
                    "ช่วงเวลา",
                    "กำหนดเวลา",
                    like=LIKE_SCHEDULE,
                ),
            ),
            reads=(
                WholeText(Section, {"section": "schedule"}),
                Labelled(Period),
            ),
        ),
        Block(
            "place",
            opens=(
                heading(
                    "สถานที่ดำเนินการ",
                    "สถานที่",
                    "พื้นที่ดำเนินการ",
                    "สถานที่ดำเนินงาน",
                    "สถานที่ดำเนินโครงการ",
                    "สถานที่จัดกิจกรรม",
                    "พื้นที่เป้าหมาย",
                    may_lead=True,
                ),
                common("พื้นที่", "สถานที่จัดงาน", "สถานที่จัดโครงการ", "พื้นที่ดำเนินงาน", "พื้นที่ดำเนินโครงการ", like=LIKE_PLACE),
            ),
            reads=WholeText(Section, {"section": "schedule"}),
        ),
        Block(
            "activities",
            opens=(
                heading(
                    "แผนปฏิบัติการ",
                    "แผนการดำเนินงาน",
                    "วิธีดำเนินการ",
                    "ขั้นตอนการดำเนินงาน",
                    "ขั้นตอนและวิธีดำเนินการ",
                    "กิจกรรมและวิธีดำเนินการ",
                    "วิธีดำเนินงาน",
                    "วิธีการดำเนินงาน",
                    "วิธีการดำเนินการ",
                    "ขั้นตอนการดำเนินการ",
                    "ขั้นตอนดำเนินงาน",
                    "แผนการดำเนินการ",
                    "แผนการปฏิบัติงาน",
                    "แผนปฏิบัติงาน",
                    "ปฏิทินการดำเนินงาน",
                    "กิจกรรมและขั้นตอนการดำเนินงาน",
                    "กิจกรรมการดำเนินงาน",
                    may_lead=True,
                ),
                common("วิธีการ", "กิจกรรม", "การดำเนินงาน", "ขั้นตอน", "การดำเนินการ", "กิจกรรมดำเนินการ", "กิจกรรมการดำเนินการ"),
                common(
                    "กระบวนการดำเนินงาน",
                    "แนวทางการดำเนินงาน",
                    "รายละเอียดการดำเนินงาน",
                    "กิจกรรมที่จะดำเนินการ",
                    like=LIKE_STEPS,
                ),
            ),
            reads=Calendar(
                Activity,
                STEPS,
                Bullets(Activity, is_flat=False, has_quarters=True, words=("ขั้นที่", "ขั้นตอนที่", "กิจกรรมที่", "กิจกรรมหลักที่")),
            ),
        ),
        Block(
            "budget",
            opens=(
                heading(
                    "งบประมาณ",
                    "งบประมาณดำเนินการ",
                    "งบประมาณและแหล่งที่มา",
                    "งบประมาณที่ใช้",
                    "งบประมาณโครงการ",
                    "งบประมาณดำเนินงาน",
                    "งบประมาณในการดำเนินการ",
                    "งบประมาณและค่าใช้จ่าย",
                    "รายละเอียดงบประมาณ",
                    "รายละเอียดค่าใช้จ่าย",
                    "ประมาณการค่าใช้จ่าย",
                    "ค่าใช้จ่ายในการดำเนินการ",
                    "วงเงินงบประมาณ",
                    may_lead=True,
                ),
                common(
                    "ค่าใช้จ่าย", "ค่าใช้จ่ายโครงการ", "งบประมาณค่าใช้จ่าย", "งบประมาณและรายละเอียดค่าใช้จ่าย", "งบประมาณที่เสนอขอ"
                ),
                common("แหล่งงบประมาณ", "แหล่งที่มาของงบประมาณ", "รายละเอียดการใช้งบประมาณ", "วงเงินที่ใช้", "วงเงิน"),
                common(
                    "ประมาณการงบประมาณ",
                    "ประมาณการรายจ่าย",
                    "รายละเอียดงบประมาณค่าใช้จ่าย",
                    "แผนการใช้จ่ายงบประมาณ",
                    like=LIKE_BUDGET,
                ),
            ),
            reads=(
                WholeText(Section, {"section": "budget"}, without=PRICES),
                Total(Stated, "budget_received_baht", PRICES),
                Priced(PricedLine, PRICES),
            ),
        ),
        Block(
            "risks",
            opens=(
                heading(
                    "ความเสี่ยงของโครงการและแนวทางการบริหารความเสี่ยง",
                    "ความเสี่ยงของโครงการ",
                    "การบริหารความเสี่ยง",
                    "ความเสี่ยงและแนวทางการบริหารความเสี่ยง",
                    "ความเสี่ยงและการจัดการความเสี่ยง",
                    "ความเสี่ยงและแนวทางแก้ไข",
                    "การวิเคราะห์ความเสี่ยง",
                    "แผนบริหารความเสี่ยง",
                    may_lead=True,
                ),
                common(
                    "ความเสี่ยง",
                    "ความเสี่ยงและการจัดการ",
                    "ปัจจัยเสี่ยง",
                    "ความเสี่ยงและการป้องกัน",
                    "ข้อจำกัดและความเสี่ยง",
                    "ปัญหาและอุปสรรค",
                    like=LIKE_RISKS,
                ),
            ),
            reads=(WholeText(Section, {"section": "other"}, without=RISKS), RISKS),
        ),
        Block(
            "benefits",
            opens=(
                heading(
                    "ประโยชน์ที่คาดว่าจะได้รับ",
                    "ผลที่คาดว่าจะได้รับ",
                    "ผลประโยชน์ที่คาดว่าจะได้รับ",
                    "ผลลัพธ์ที่คาดว่าจะได้รับ",
                    "ประโยชน์ที่จะได้รับ",
                    "ผลที่จะได้รับ",
                    "ประโยชน์ของโครงการ",
                    may_lead=True,
                ),
                common("ผลลัพธ์", "ผลประโยชน์", "ประโยชน์", "ประโยชน์ที่ได้รับ", "ประโยชน์ที่จะเกิดขึ้น", "ผลลัพธ์ที่คาดหวัง", "ผลที่คาดหวัง"),
                common("ผลที่คาดว่าจะเกิดขึ้น", "สิ่งที่คาดว่าจะได้รับ", "ผลที่คาดว่าจะได้", "ประโยชน์ที่คาดว่าจะเกิดขึ้น", like=LIKE_BENEFITS),
            ),
            reads=Bullets(Objective, kind="expected_benefit"),
        ),
        Block(
            "monitoring",
            opens=(
                heading(
                    "การติดตามประเมินผล",
                    "การติดตามและประเมินผล",
                    "การประเมินผล",
                    "การติดตามผล",
                    "การวัดและประเมินผล",
                    "การวัดผลประเมินผล",
                    "วิธีการประเมินผล",
                    "วิธีประเมินผล",
                    "การติดตามผลและประเมินผล",
                    "การกำกับติดตามและประเมินผล",
                    may_lead=True,
                ),
                common("การติดตาม", "การรายงานผล", "การประเมินผลและรายงานผล", "การติดตามและประเมินผลโครงการ", "การวัดผล"),
                common(
                    "การติดตามความก้าวหน้าและประเมินผล",
                    "วิธีการติดตามและประเมินผล",
                    "การติดตามและรายงานผล",
                    like=LIKE_MONITORING,
                ),
                heading("การติดตามความก้าวหน้า", "การประเมินผลโครงการ", is_text=True, may_lead=True),
            ),
            reads=(WholeText(Section, {"section": "monitoring"}, without=MEASURES), MEASURES),
        ),
        Block(
            "indicators",
            opens=(
                heading(
                    "ตัวชี้วัดความสำเร็จ",
                    "ตัวชี้วัด",
                    "ตัวชี้วัดความสำเร็จของโครงการ",
                    "ตัวชี้วัดโครงการ",
                    "ตัวชี้วัดและค่าเป้าหมาย",
                    "ตัวชี้วัดผลสำเร็จ",
                    "ดัชนีชี้วัดความสำเร็จ",
                    "ตัวบ่งชี้ความสำเร็จ",
                    may_lead=True,
                ),
                common(
                    "ดัชนีชี้วัด", "ตัวชี้วัดของโครงการ", "ตัวชี้วัดผลผลิต", "เกณฑ์ชี้วัดความสำเร็จ", "เครื่องชี้วัดความสำเร็จ", "KPI", "KPIs"
                ),
                common(
                    "ตัวชี้วัดความสำเร็จโครงการ", "เกณฑ์การประเมินผล", "ตัวชี้วัดผลลัพธ์", "ตัวชี้วัดผลผลิตและผลลัพธ์", like=LIKE_INDICATORS
                ),
            ),
            reads=(MEASURES, Bullets(Objective, kind="indicator", instead_of=MEASURES)),
        ),
        Block(
            "office",
            opens=(
                heading(
                    "หน่วยงานที่รับผิดชอบ",
                    "หน่วยงานรับผิดชอบ",
                    "หน่วยงานที่รับผิดชอบโครงการ",
                    "หน่วยงานเจ้าของโครงการ",
                    "หน่วยงานผู้รับผิดชอบ",
                    "หน่วยงานผู้รับผิดชอบโครงการ",
                    "ส่วนราชการที่รับผิดชอบ",
                    "ส่วนราชการเจ้าของโครงการ",
                    "หน่วยงานดำเนินการ",
                    may_lead=True,
                    like=LIKE_OFFICE,
                ),
            ),
            reads=Labelled(Office),
        ),
        Block(
            "responsible",
            opens=(
                heading("ผู้รับผิดชอบโครงการ", "ผู้รับผิดชอบ", may_lead=True),
                common(
                    "ผู้ดำเนินการ",
                    "ผู้ดำเนินโครงการ",
                    "เจ้าหน้าที่ผู้รับผิดชอบ",
                    "ผู้รับผิดชอบและประสานงาน",
                    "หัวหน้าโครงการ",
                    like=LIKE_RESPONSIBLE,
                ),
            ),
            reads=Labelled(ProposalOffice),
        ),
        Block(
            "certification",
            opens=(
                heading("ลงชื่อ", "ลายมือชื่อ", "ผู้เสนอ ลงชื่อ", is_text=True, may_lead=True, begins_sentence=True),
                Heading(("ลงนาม",), is_text=True, may_lead=True, tolerance=WHOLE),
                heading("ผู้เสนอโครงการ", "ผู้เขียนโครงการ", "ผู้จัดทำโครงการ", is_text=True, may_lead=True),
            ),
            reads=WholeText(Section, {"section": "certification"}),
            role="signature",
        ),
        Block("other", opens=(OtherHeading(),), reads=WholeText(Section, {"section": "other"}), repeats=True),
        annex(),
        LETTER,
    ),
)
