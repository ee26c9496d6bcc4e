"""An education area office's report on the projects of its action plan, grouped by status, a report each quarter."""

from parsers.attachments import LETTER, annex
from parsers.base import (
    Block,
    Bullets,
    Column,
    Form,
    Grid,
    Labelled,
    LabelledRows,
    Links,
    SingleField,
    Steps,
    SummaryLine,
    WholeText,
)
from parsers.blocks import benefits, budget_items, risks
from parsers.openers import WHOLE, Heading, NumberedName, RepeatedLine, Start, common, heading, sentence
from parsers.tables import MEASURES
from parsers.wordings import (
    BESIDE_OBJECTIVES,
    LIKE_ACTIVITIES,
    LIKE_COMPLETED,
    LIKE_CONCLUSIONS,
    LIKE_IN_PROGRESS,
    LIKE_INDICATORS,
    LIKE_LINKS,
    LIKE_NOT_STARTED,
    LIKE_OBJECTIVES,
    LIKE_OUTCOMES,
    LIKE_OUTPUTS,
    LIKE_PROBLEMS,
    LIKE_PROGRESS,
    LIKE_RESULTS,
    LIKE_SPENDING,
    LIKE_STRATEGY,
    LIKE_STRATEGY_RESULTS,
    LIKE_SUGGESTIONS,
    LIKE_SUMMARY,
    LIKE_TOTAL,
    OBJECTIVES,
    QUALITY,
    QUANTITY,
)
from schemas.activities import Activity
from schemas.forms.area_office_progress_report import OFFICE_ON_LINE, Cover, Responsible, Title
from schemas.objectives import Objective
from schemas.quarterly_results import Conclusions, Disbursement, QuarterlyResult
from schemas.sections import Section
from schemas.strategy_links import StrategyLink


def _aims(kind: str, instead_of: Grid | None = None) -> Bullets:
    """A list of aims, where no table stands in its place; the sub-heads in it part quantity from quality."""
    kinds = {kind: ("เชิงปริมาณ", "เชิงคุณภาพ")}
    return Bullets(Objective, kind, sub_heads=kinds, runs_on=False, words=("กิจกรรมที่",), instead_of=instead_of)


DETAILS = ("รายละเอียด", "รายละเอียดกิจกรรม")
ACTIVITIES = Grid(
    Activity,
    columns=(
        Column(("ที่", "ลำดับ", "ลำดับที่", "กิจกรรมที่"), fills=("label",)),
        Column(("กิจกรรมหลัก", "กิจกรรม", "กิจกรรมที่ดำเนินการ", "รายการ", "การดำเนินงาน", *DETAILS), fills=("text",)),
        Column(("ผลการดำเนินงาน", "ผลการดำเนินการ", "ความก้าวหน้า", "ผล")),
        Column(
            ("แผน", "งบประมาณ", "เบิกจ่าย", "คงเหลือ", "ระยะเวลา", "ผู้รับผิดชอบ", "หมายเหตุ"),
            like=r"(?:แผน|ผล|ยอด|วงเงิน|งบประมาณ|ระยะเวลา|ช่วงเวลา|กำหนด)(?:การ|ที่|ตาม|แผน|ผล|ใช้|เบิก|จ่าย|จริง|สะสม|ดำเนิน|งาน|งบประมาณ|เงิน|ได้รับ|จัดสรร)*",
        ),
    ),
)
"""Activities as rows of a table; what came of each, and what it cost, is told as not read."""
PROGRESS = ("ความก้าวหน้าของเป้าหมาย", "ความก้าวหน้าการดำเนินงาน", "ผลการดำเนินงานตามเป้าหมาย", "เป้าหมายประจำ")
PLANS = ("ยุทธศาสตร์ชาติ", "แผนแม่บท", "แผนการปฏิรูปประเทศ", "แผนพัฒนาเศรษฐกิจ", "แผนพัฒนาการศึกษา", "แผนการศึกษาแห่งชาติ", "นโยบาย")
"""What plans and policies are called that a project follows."""
NAMES = ("ชื่อโครงการ", "โครงการ", "โครงการ/กิจกรรม", "ชื่อโครงการ/กิจกรรม", "รายชื่อโครงการ")
"""What stands above the names of projects in a table."""
KINDS = ("เป้าหมายเชิงปริมาณ", "เป้าหมายด้านปริมาณ", "เป้าหมายเชิงคุณภาพ", "เป้าหมายด้านคุณภาพ")
"""Targets by their kind, where no heading stands above them."""
STRATEGY = {
    "issue": ("ประเด็นยุทธศาสตร์", "ยุทธศาสตร์"),
    "sub_issue": ("ประเด็นยุทธศาสตร์ย่อย", "กลยุทธ์"),
    "goal": ("เป้าประสงค์",),
}
"""What stands before the levels of a strategy that a project serves."""
SPENDING = ("การเบิกจ่าย", "งบประมาณที่ใช้", "งบประมาณที่เบิกจ่าย", "การใช้จ่าย")
"""Words that head a block where a quarter or a number tells that they do."""
PLANNED, DISBURSED = "planned_baht", "disbursed_baht"

FORM = Form(
    titles=(),
    least_blocks=0.45,
    keywords=("เขตพื้นที่การศึกษา", "สพป", "สพม"),
    offices=("สำนักงานเขตพื้นที่การศึกษา",),
    office_like=OFFICE_ON_LINE,
    summary=(
        SummaryLine(("โครงการที่ดำเนินการเสร็จสิ้นแล้ว", "โครงการที่ดำเนินการแล้วเสร็จ"), status="completed"),
        SummaryLine(("โครงการที่อยู่ระหว่างดำเนินการ", "โครงการที่อยู่ระหว่างการดำเนินการ"), status="in_progress"),
        SummaryLine(("โครงการที่ยังไม่ได้ดำเนินการ", "โครงการที่ยังไม่ดำเนินการ"), status="not_started"),
        SummaryLine(("การเบิกจ่ายงบประมาณประจำ",), quarter=True),
        SummaryLine(("จำนวนเงินงบประมาณตามแผนการใช้จ่าย", "แผนการใช้จ่ายรวม"), total_of=PLANNED),
        SummaryLine(("จำนวนเงินงบประมาณที่เบิกจ่ายจริง", "เบิกจ่ายจริงรวม", "เบิกจ่ายรวม"), total_of=DISBURSED, share_of=PLANNED),
    ),
    blocks=(
        Block(
            "cover",
            opens=(Start(),),
            reads=(WholeText(Section, {"section": "front_matter"}), Labelled(Cover)),
            level="document",
        ),
        Block(
            "summary",
            opens=(
                heading(
                    "รายงานสรุปความก้าวหน้าของการดำเนินโครงการ",
                    "รายงานสรุปความก้าวหน้าของการดำเนินโครงการตามแผนปฏิบัติการ",
                    "สรุปความก้าวหน้าของโครงการ",
                    "สรุปผลการดำเนินโครงการ",
                    "สรุปภาพรวม",
                    "สรุปภาพรวมการดำเนินโครงการ",
                    "ภาพรวมการดำเนินโครงการ",
                    has_period=True,
                    like=LIKE_SUMMARY,
                ),
                common("บทสรุป", may_lead=False),
                Heading(("รวมโครงการทั้งสิ้น",), is_text=True, tolerance=WHOLE, like=LIKE_TOTAL),
            ),
            reads=WholeText(Section, {"section": "front_matter"}),
            level="document",
            role="summary",
        ),
        Block(
            "foreword",
            opens=(heading("คำนำ", "คำชี้แจง", "บทสรุปผู้บริหาร", "บทสรุปสำหรับผู้บริหาร"),),
            reads=WholeText(Section, {"section": "front_matter"}),
            level="document",
        ),
        Block(
            "completed",
            opens=(
                heading(
                    "โครงการที่ดำเนินการเสร็จสิ้นแล้ว",
                    "โครงการที่ดำเนินการแล้วเสร็จ",
                    "โครงการที่ดำเนินการเสร็จสิ้น",
                    "โครงการที่ดำเนินการเสร็จแล้ว",
                    has_period=True,
                ),
                common("โครงการที่แล้วเสร็จ", "โครงการที่เสร็จสิ้น", "โครงการที่เสร็จสิ้นแล้ว", has_period=True, is_set_apart=True),
                common("โครงการที่ดำเนินการเรียบร้อยแล้ว", has_period=True, is_set_apart=True, like=LIKE_COMPLETED),
            ),
            level="group",
            gives={"status": "completed"},
        ),
        Block(
            "in_progress",
            opens=(
                heading(
                    "โครงการที่อยู่ระหว่างดำเนินการ",
                    "โครงการที่อยู่ระหว่างการดำเนินการ",
                    "โครงการที่อยู่ในระหว่างดำเนินการ",
                    "โครงการที่กำลังดำเนินการ",
                    has_period=True,
                    like=LIKE_IN_PROGRESS,
                ),
            ),
            level="group",
            gives={"status": "in_progress"},
        ),
        Block(
            "not_started",
            opens=(
                heading(
                    *("โครงการที่ยังไม่ได้ดำเนินการ", "โครงการที่ยังไม่ดำเนินการ", "โครงการที่ยังไม่เริ่มดำเนินการ"),
                    has_period=True,
                    like=LIKE_NOT_STARTED,
                ),
            ),
            level="group",
            gives={"status": "not_started"},
        ),
        Block(
            "project",
            opens=(NumberedName("โครงการ", heads=NAMES),),
            reads=(
                SingleField(Title, "project_name", ("ชื่อโครงการ",)),
                Labelled(Responsible),
                LabelledRows(StrategyLink, column="level", labels=STRATEGY),
            ),
            level="project",
        ),
        Block(
            "objectives",
            opens=(common("วัตถุประสงค์", *OBJECTIVES, like=LIKE_OBJECTIVES),),
            reads=Bullets(Objective, "objective", sub_heads=BESIDE_OBJECTIVES, lead_word="เพื่อ"),
        ),
        Block(
            "quarter",
            opens=(heading("ไตรมาสที่", "ไตรมาส", has_period=True, is_set_apart=True),),
            reads=(Labelled(Disbursement), Labelled(Conclusions)),
            begins_period=True,
        ),
        Block(
            "aims",
            opens=(
                common("เป้าหมายของโครงการ", "เป้าหมายโครงการ", "เป้าหมายและตัวชี้วัด", has_period=True),
                common("เป้าหมาย", behind=("project", "objectives")),
                Heading(KINDS, is_text=True, may_lead=True, is_common=True, tolerance=WHOLE),
            ),
            reads=Bullets(Objective, "target_quantity", {"target_quantity": QUANTITY, "target_quality": QUALITY}),
        ),
        Block(
            "targets",
            opens=(
                heading("ความก้าวหน้าของเป้าหมายโครงการ", "ความก้าวหน้าตามเป้าหมาย", has_period=True),
                common("เป้าหมายและความก้าวหน้า", has_period=True, like=LIKE_PROGRESS),
                common(*PROGRESS, has_period=True, is_set_apart=True),
            ),
            begins_period=True,
        ),
        Block(
            "outputs",
            opens=(
                heading("เป้าหมายเชิงผลผลิต (Output)", "เป้าหมายเชิงผลผลิต", "ผลผลิต (Output)", may_lead=True),
                common(
                    "ผลผลิต",
                    "เชิงผลผลิต",
                    "ด้านผลผลิต",
                    "ผลผลิตของโครงการ",
                    "ผลผลิตที่ได้รับ",
                    "Output",
                    "Outputs",
                    like=LIKE_OUTPUTS,
                ),
            ),
            reads=_aims("output"),
        ),
        Block(
            "outcomes",
            opens=(
                heading("เป้าหมายเชิงผลลัพธ์ (Outcome)", "เป้าหมายเชิงผลลัพธ์", "ผลลัพธ์ (Outcome)", may_lead=True),
                common("ผลลัพธ์", "เชิงผลลัพธ์", "ด้านผลลัพธ์", "ผลลัพธ์ของโครงการ", "ผลลัพธ์ที่ได้รับ", "Outcome", "Outcomes"),
                common("ผลลัพธ์ที่เกิดขึ้น", like=LIKE_OUTCOMES),
            ),
            reads=_aims("outcome"),
        ),
        Block(
            "indicators",
            opens=(
                heading("ดัชนีชี้วัดความสำเร็จ", "ตัวชี้วัดความสำเร็จ", "ตัวชี้วัดความสำเร็จของโครงการ", "ตัวชี้วัดโครงการ", may_lead=True),
                common("ตัวชี้วัด", "ดัชนีชี้วัด", "ตัวชี้วัดผลสำเร็จ", "ตัวชี้วัดและค่าเป้าหมาย", "ตัวบ่งชี้", "KPI", "KPIs"),
                common("ตัวชี้วัด (KPI)", "ตัวชี้วัด (KPIs)", like=LIKE_INDICATORS),
            ),
            reads=(MEASURES, _aims("indicator", MEASURES)),
        ),
        Block(
            "activities",
            opens=(
                heading(
                    *("ความก้าวหน้าของกิจกรรมที่ดำเนินการ", "กิจกรรมที่ดำเนินการ", "ความก้าวหน้าของกิจกรรม", "ผลการดำเนินกิจกรรม"),
                    has_period=True,
                    may_lead=True,
                ),
                common("กิจกรรม", "กิจกรรมหลัก", "การดำเนินงาน", "การดำเนินกิจกรรม"),
                common("กิจกรรมหลักและความก้าวหน้า", "กิจกรรมและความก้าวหน้า", "กิจกรรมและผลการดำเนินงาน", has_period=True),
                common("กิจกรรมของโครงการ", "กิจกรรมโครงการ", "กิจกรรมสำคัญ", "กิจกรรม/ขั้นตอนการดำเนินงาน", has_period=True),
                common("รายละเอียดกิจกรรม", "รายละเอียดกิจกรรมที่ดำเนินการ", has_period=True, like=LIKE_ACTIVITIES),
                heading("กิจกรรมหลักที่", is_text=True, may_lead=True, heads_row=True),
            ),
            reads=Steps(Activity, ("กิจกรรมหลักที่", "กิจกรรมหลัก", "กิจกรรมที่", "กิจกรรม"), ACTIVITIES),
        ),
        Block(
            "strategy",
            opens=(
                heading(
                    "ความก้าวหน้าของโครงการที่ดำเนินการกับแผนแม่บทภายใต้ยุทธศาสตร์ชาติและยุทธศาสตร์ชาติหลัก",
                    "ความสอดคล้องกับแผนระดับชาติ",
                    "ความสอดคล้องกับยุทธศาสตร์ชาติ",
                    "ความสอดคล้องกับแผนแม่บทและยุทธศาสตร์ชาติ",
                ),
                common("ความสอดคล้องกับยุทธศาสตร์ชาติและแผนแม่บท", "ความสอดคล้องกับแผนแม่บท", "ความเชื่อมโยงกับแผนแม่บท"),
                common("ความสอดคล้องกับยุทธศาสตร์", "ความเชื่อมโยงกับยุทธศาสตร์", "ความสอดคล้องกับแผนระดับต่าง ๆ", like=LIKE_LINKS),
                common(
                    "ความเชื่อมโยงกับยุทธศาสตร์ชาติ", "ความก้าวหน้าตามแผนแม่บท", "ความก้าวหน้าตามยุทธศาสตร์ชาติ", like=LIKE_STRATEGY
                ),
            ),
            reads=Links(StrategyLink, PLANS, {"level": "plan"}),
            may_be_empty=True,
        ),
        Block(
            "strategy_results",
            opens=(
                heading("ผลการดำเนินงานต่อเป้าหมายของยุทธศาสตร์ชาติ", "ผลต่อเป้าหมายของยุทธศาสตร์ชาติ", may_lead=True),
                heading("ผลการดำเนินงานต่อเป้าหมายของแผนแม่บทประเด็น", "ผลต่อเป้าหมายของแผนแม่บท", may_lead=True),
                common("ผลการดำเนินงานที่สอดคล้องกับยุทธศาสตร์ชาติ", "ผลการดำเนินงานต่อเป้าหมายแผนแม่บท"),
                common("ผลต่อเป้าหมายยุทธศาสตร์ชาติ", "ผลต่อเป้าหมายแผนแม่บท", "ผลต่อยุทธศาสตร์ชาติ", "ผลต่อแผนแม่บท"),
                common(
                    "ผลต่อแผนแม่บทภายใต้ยุทธศาสตร์ชาติ",
                    "ผลต่อเป้าหมายของแผนแม่บทฯ",
                    "ผลการดำเนินงานต่อยุทธศาสตร์ชาติ",
                    like=LIKE_STRATEGY_RESULTS,
                ),
                heading("ความก้าวหน้าของโครงการที่ดำเนินการกับแผนพัฒนาเศรษฐกิจและสังคมแห่งชาติ ฉบับที่ ๑๓"),
            ),
            reads=WholeText(Section, {"section": "strategy_results"}),
            repeats=True,
        ),
        Block(
            "disbursement",
            opens=(
                heading(
                    "การเบิกจ่ายงบประมาณประจำ",
                    "การเบิกจ่ายงบประมาณไตรมาสที่",
                    "การเบิกจ่ายงบประมาณ",
                    "การใช้จ่ายงบประมาณ",
                    "ผลการใช้จ่ายงบประมาณ",
                    has_period=True,
                ),
                common(
                    "รายงานการเบิกจ่ายงบประมาณ",
                    "ข้อมูลการเบิกจ่ายงบประมาณ",
                    "ข้อมูลการใช้จ่ายงบประมาณ",
                    has_period=True,
                    like=LIKE_SPENDING,
                ),
                common(*SPENDING, has_period=True, is_set_apart=True),
                Heading(
                    (
                        *("งบประมาณตามแผน", "งบประมาณตามแผนการใช้จ่าย", "แผนการใช้จ่าย", "แผนการใช้จ่ายเงิน"),
                        *("แผนการเบิกจ่าย", "วงเงินตามแผน"),
                    ),
                    has_period=True,
                    is_text=True,
                    may_lead=True,
                    is_common=True,
                    tolerance=WHOLE,
                    like=r"(?:งบประมาณ|วงเงิน|จำนวนเงิน)*(?:ตาม)?แผน(?:การ)?(?:ใช้จ่าย|เบิกจ่าย|ใช้เงิน)(?:เงิน|งบประมาณ)*",
                ),
            ),
            reads=(Labelled(Disbursement), Labelled(Conclusions)),
        ),
        Block(
            "conclusions",
            opens=(
                heading(
                    "สรุปปัญหาและข้อเสนอแนะของโครงการ",
                    "สรุปปัญหาและข้อเสนอแนะ",
                    "สรุปผล ปัญหา และข้อเสนอแนะ",
                    "สรุปผลการดำเนินงาน ปัญหา และข้อเสนอแนะ",
                    "สรุปผลการดำเนินงาน",
                    "สรุปผล",
                    "สรุปปัญหา อุปสรรค และข้อเสนอแนะ",
                    has_period=True,
                ),
                common("สรุป", may_lead=False),
                common("สรุปผลการดำเนินงานและปัญหาอุปสรรค", "สรุปผลและข้อเสนอแนะ", has_period=True, may_lead=False),
                common("ปัญหา อุปสรรค และข้อเสนอแนะ", "ผลการดำเนินงาน ปัญหา และข้อเสนอแนะ", has_period=True, may_lead=False),
                common(
                    "สรุปผลการดำเนินงาน ปัญหาอุปสรรค และข้อเสนอแนะ", has_period=True, may_lead=False, like=LIKE_CONCLUSIONS
                ),
            ),
            reads=Labelled(Conclusions),
        ),
        Block(
            "results",
            opens=(
                heading("ผลการดำเนินงาน", "ผลการดำเนินการ", "ผลการปฏิบัติงาน", may_lead=True),
                common("ผลที่ได้รับ", "ผลที่เกิดขึ้น", "ผลสำเร็จ", "ผลงาน", "ผลการดำเนินโครงการ", like=LIKE_RESULTS),
            ),
            reads=SingleField(QuarterlyResult, "results"),
        ),
        Block(
            "problems",
            opens=(
                heading("ปัญหาและอุปสรรคในการดำเนินงาน", "ปัญหาและอุปสรรค", "ปัญหา/อุปสรรค", "ปัญหาอุปสรรค", may_lead=True),
                common("ปัญหา", "อุปสรรค", "ปัญหาที่พบ", "ปัญหาและอุปสรรคที่พบ", "ปัญหาอุปสรรคที่พบ", "ข้อจำกัด"),
                common("ปัญหาอุปสรรคในการดำเนินงาน", "ปัญหาและอุปสรรคในการดำเนินโครงการ", like=LIKE_PROBLEMS),
            ),
            reads=SingleField(QuarterlyResult, "problems"),
        ),
        Block(
            "suggestions",
            opens=(
                heading("ข้อเสนอแนะ", "ข้อเสนอแนะและแนวทางแก้ไข", "ข้อเสนอแนะ/แนวทางแก้ไข", "แนวทางแก้ไข", may_lead=True),
                common(
                    "ข้อเสนอแนะ/แนวทางการแก้ไข", "แนวทางการแก้ไข", "แนวทางแก้ไขปัญหา", "แนวทางการแก้ไขปัญหา", "แนวทางการพัฒนา"
                ),
                common("ข้อคิดเห็นและข้อเสนอแนะ", "แนวทางการแก้ไขปัญหาและข้อเสนอแนะ", "ข้อเสนอแนะในการดำเนินงาน"),
                common("ข้อเสนอแนะเพิ่มเติม", "ข้อเสนอแนะเพื่อการพัฒนา", "ข้อเสนอ", like=LIKE_SUGGESTIONS),
            ),
            reads=SingleField(QuarterlyResult, "suggestions"),
        ),
        budget_items(),
        risks(),
        benefits(),
        Block(
            "remark",
            opens=(heading("หมายเหตุ", may_lead=True, begins_sentence=True),),
            reads=WholeText(Section, {"section": "other"}),
            repeats=True,
            level="document",
        ),
        Block(
            "certification",
            opens=(
                sentence("ขอรับรองว่า"),
                sentence("ผู้รายงาน นาย"),
                sentence("ผู้รายงาน นาง"),
                heading("ลงชื่อ", is_text=True, may_lead=True, begins_sentence=True),
                Heading(("ลงนาม",), is_text=True, may_lead=True, tolerance=WHOLE),
            ),
            reads=WholeText(Section, {"section": "certification"}),
            level="document",
            role="signature",
        ),
        annex("document"),
        LETTER,
        Block(
            "back_cover",
            opens=(RepeatedLine("cover"),),
            reads=WholeText(Section, {"section": "other"}),
            level="document",
        ),
    ),
)
