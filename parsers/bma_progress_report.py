"""Bangkok's project progress report, printed by the city's project system.

A report stands in a file once or several times, each copy with OCR mistakes and a layout of its own.
"""

from parsers.base import Block, Bullets, Entries, Form, Labelled, LabelledRows, WholeText
from parsers.openers import heading, numbered, phrase
from schemas.forms.bma_progress_report import Entry, Header, Responsible
from schemas.objectives import Objective
from schemas.sections import Section
from schemas.strategy_links import StrategyLink

QUANTITY = ("ด้านปริมาณ", "เชิงปริมาณ", "เป้าหมายเชิงปริมาณ")
QUALITY = ("ด้านคุณภาพ", "เชิงคุณภาพ", "เป้าหมายเชิงคุณภาพ")

FORM = Form(
    titles=("แบบแสดงรายงานความก้าวหน้าและข้อมูลเกี่ยวกับโครงการ",),
    blocks=(
        Block(
            "header",
            opens=(heading("1", "ชื่อโครงการและหน่วยงานที่รับผิดชอบโครงการ"), heading("1.1", "รหัสโครงการและชื่อโครงการ")),
            reads=Labelled(Header),
        ),
        Block("responsible", opens=(heading("1.2", "หน่วยงานที่รับผิดชอบ"),), reads=Labelled(Responsible)),
        Block(
            "rationale",
            opens=(heading("1.3", "หลักการและเหตุผล"),),
            reads=WholeText(Section, {"section": "rationale"}),
        ),
        Block(
            "objectives",
            opens=(heading("1.4", "วัตถุประสงค์ของโครงการ"),),
            reads=Bullets(Objective, kind="objective", lead_word="เพื่อ"),
        ),
        Block(
            "targets",
            opens=(heading("1.5", "เป้าหมายของโครงการ"),),
            reads=Bullets(
                Objective,
                kind="target_quantity",
                sub_heads={"target_quantity": QUANTITY, "target_quality": QUALITY},
            ),
        ),
        Block(
            "strategy_links",
            opens=(heading("1.6", "สนับสนุนแผนพัฒนา กทม. ระยะ 20 ปี (ยุทธศาสตร์-ประเด็นยุทธศาสตร์-กลยุทธ์ตามแผนฯ /ตัวชี้วัด)"),),
            reads=LabelledRows(
                StrategyLink,
                column="level",
                labels={
                    "issue": ("ประเด็นยุทธศาสตร์",),
                    "sub_issue": ("ประเด็นยุทธศาสตร์ย่อย",),
                    "goal": ("เป้าหมายที่", "เป้าหมาย"),
                    "indicator": ("ตัวชี้วัด",),
                },
            ),
        ),
        Block(
            "report_entry",
            opens=(heading("2", "รายงานความก้าวหน้าของโครงการและการใช้จ่ายงบประมาณ"), numbered("รายงานครั้งที่")),
            reads=Entries(Entry, number_column="entry_number"),
            repeats=True,
        ),
        Block(
            "certification",
            opens=(phrase("ขอรับรองว่า ข้อมูลที่ปรากฏในเอกสารฉบับนี้"),),
            reads=WholeText(Section, {"section": "certification"}),
        ),
    ),
)
