"""An education area office's report on the projects of its action plan, grouped by status, a report each quarter."""

from parsers.base import Block, Bullets, Form, Labelled, SingleField, Steps, SummaryLine, WholeText
from parsers.openers import NumberedName, RepeatedLine, Start, headline
from schemas.activities import Activity
from schemas.forms.area_office_progress_report import Cover, Disbursement, Title
from schemas.objectives import Objective
from schemas.quarterly_results import QuarterlyResult
from schemas.sections import Section


def _aims(kind: str) -> Bullets:
    """A list of aims; the sub-heads in it part quantity from quality, and the kind stays."""
    return Bullets(Objective, kind, sub_heads={kind: ("เชิงปริมาณ", "เชิงคุณภาพ")}, runs_on=False, words=("กิจกรรมที่",))


PLANNED, DISBURSED = "planned_baht", "disbursed_baht"

FORM = Form(
    titles=(),
    least_blocks=0.45,
    mentions=("เขตพื้นที่การศึกษา", "สพป", "สพม"),
    summary=(
        SummaryLine(("โครงการที่ดำเนินการเสร็จสิ้นแล้ว", "โครงการที่ดำเนินการแล้วเสร็จ"), status="completed"),
        SummaryLine(("โครงการที่อยู่ระหว่างดำเนินการ", "โครงการที่อยู่ระหว่างการดำเนินการ"), status="in_progress"),
        SummaryLine(("โครงการที่ยังไม่ได้ดำเนินการ", "โครงการที่ยังไม่ดำเนินการ"), status="not_started"),
        SummaryLine(("การเบิกจ่ายงบประมาณประจำ",), quarter=True),
        SummaryLine(("จำนวนเงินงบประมาณตามแผนการใช้จ่าย",), total_of=PLANNED),
        SummaryLine(("จำนวนเงินงบประมาณที่เบิกจ่ายจริง",), total_of=DISBURSED, share_of=PLANNED),
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
            opens=(headline("รายงานสรุปความก้าวหน้าของการดำเนินโครงการ", has_period=True),),
            reads=WholeText(Section, {"section": "front_matter"}),
            level="document",
        ),
        Block(
            "completed",
            opens=(headline("โครงการที่ดำเนินการเสร็จสิ้นแล้ว", "โครงการที่ดำเนินการแล้วเสร็จ", has_period=True),),
            level="group",
            gives={"status": "completed"},
        ),
        Block(
            "in_progress",
            opens=(headline("โครงการที่อยู่ระหว่างดำเนินการ", "โครงการที่อยู่ระหว่างการดำเนินการ", has_period=True),),
            level="group",
            gives={"status": "in_progress"},
        ),
        Block(
            "not_started",
            opens=(headline("โครงการที่ยังไม่ได้ดำเนินการ", "โครงการที่ยังไม่ดำเนินการ", has_period=True),),
            level="group",
            gives={"status": "not_started"},
        ),
        Block("project", opens=(NumberedName("โครงการ"),), reads=SingleField(Title, "project_name"), level="project"),
        Block("targets", opens=(headline("ความก้าวหน้าของเป้าหมายโครงการ", has_period=True),), begins_period=True),
        Block(
            "outputs",
            opens=(headline("เป้าหมายเชิงผลผลิต (Output)", "เป้าหมายเชิงผลผลิต", may_lead=True),),
            reads=_aims("output"),
        ),
        Block(
            "outcomes",
            opens=(headline("เป้าหมายเชิงผลลัพธ์ (Outcome)", "เป้าหมายเชิงผลลัพธ์", may_lead=True),),
            reads=_aims("outcome"),
        ),
        Block(
            "indicators",
            opens=(headline("ดัชนีชี้วัดความสำเร็จ", "ตัวชี้วัดความสำเร็จ", may_lead=True),),
            reads=_aims("indicator"),
        ),
        Block(
            "activities",
            opens=(headline("ความก้าวหน้าของกิจกรรมที่ดำเนินการ", has_period=True),),
            reads=Steps(Activity, ("กิจกรรมหลักที่",)),
        ),
        Block(
            "strategy",
            opens=(headline("ความก้าวหน้าของโครงการที่ดำเนินการกับแผนแม่บทภายใต้ยุทธศาสตร์ชาติและยุทธศาสตร์ชาติหลัก"),),
        ),
        Block(
            "strategy_results",
            opens=(
                headline("ผลการดำเนินงานต่อเป้าหมายของยุทธศาสตร์ชาติ"),
                headline("ผลการดำเนินงานต่อเป้าหมายของแผนแม่บทประเด็น"),
                headline("ความก้าวหน้าของโครงการที่ดำเนินการกับแผนพัฒนาเศรษฐกิจและสังคมแห่งชาติ ฉบับที่ ๑๓"),
            ),
            reads=WholeText(Section, {"section": "strategy_results"}),
            repeats=True,
        ),
        Block(
            "disbursement",
            opens=(headline("การเบิกจ่ายงบประมาณประจำ", "การเบิกจ่ายงบประมาณไตรมาสที่", has_period=True),),
            reads=Labelled(Disbursement),
        ),
        Block("conclusions", opens=(headline("สรุปปัญหาและข้อเสนอแนะของโครงการ", has_period=True),)),
        Block(
            "results", opens=(headline("ผลการดำเนินงาน", may_lead=True),), reads=SingleField(QuarterlyResult, "results")
        ),
        Block(
            "problems",
            opens=(headline("ปัญหาและอุปสรรคในการดำเนินงาน", "ปัญหาและอุปสรรค", may_lead=True),),
            reads=SingleField(QuarterlyResult, "problems"),
        ),
        Block(
            "suggestions",
            opens=(headline("ข้อเสนอแนะ", may_lead=True),),
            reads=SingleField(QuarterlyResult, "suggestions"),
        ),
        Block(
            "remark",
            opens=(headline("หมายเหตุ", may_lead=True, begins_sentence=True),),
            reads=WholeText(Section, {"section": "other"}),
            repeats=True,
            level="document",
        ),
        Block(
            "back_cover",
            opens=(RepeatedLine("cover"),),
            reads=WholeText(Section, {"section": "other"}),
            level="document",
        ),
    ),
)
