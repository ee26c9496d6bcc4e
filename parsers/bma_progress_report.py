"""Bangkok's project progress report, printed by the city's project system.

A report stands in a file once or several times, each copy with OCR mistakes and a layout of its own.
"""

from normalizers.digits import DIGIT
from parsers.attachments import LETTER, annex
from parsers.base import Block, Bullets, Column, Entries, Form, Grid, Labelled, LabelledRows, WholeText
from parsers.blocks import activities, benefits, budget_items, indicators, quarters, risks
from parsers.openers import WHOLE, BehindTitle, Heading, common, heading, numbered, sentence
from parsers.wordings import (
    BESIDE_OBJECTIVES,
    LEVELS,
    LIKE_LINKS,
    LIKE_OBJECTIVES,
    LIKE_RATIONALE,
    LIKE_REMARKS,
    LIKE_SUGGESTIONS,
    LIKE_TARGETS,
    NUMBERED_LEVELS,
    OBJECTIVES,
    OTHER_LEVELS,
    OUTCOME,
    OUTPUT,
    QUALITY,
    QUANTITY,
    RATIONALE,
    TARGETS,
)
from schemas.budget_items import PricedLine
from schemas.forms.bma_progress_report import (
    AGAINST_BOTH,
    AGAINST_PLAN,
    AGAINST_TARGET,
    DISBURSED,
    DONE,
    PROGRESS,
    Entry,
    OfficeParts,
    PrintedTitle,
    ReportHeader,
)
from schemas.objectives import Objective
from schemas.sections import Section
from schemas.strategy_links import StrategyLink

SERIAL = rf"[^0-9๐-๙]{{0,16}}{DIGIT}{{1,3}}+[.)]?"
DAY = rf"[^0-9๐-๙]{{0,24}}{DIGIT}{{1,2}}(?:[^0-9๐-๙]{{1,24}}{DIGIT}{{1,4}}){{1,2}}[^0-9๐-๙]{{0,4}}"
FIGURES = r"[^0-9๐-๙]{0,12}[0-9๐-๙,. ]+[^0-9๐-๙]{0,12}|[-–.]+"
"""What cells of columns look like."""
ENTRIES = Grid(
    Entry,
    columns=(
        Column(("รายงานครั้งที่", "รายงาน", "ครั้งที่", "ลำดับ", "ลำดับที่", "ที่", "งวดที่", "ครั้ง"), shape=SERIAL),
        Column(
            (
                *("วันที่รายงาน", "วันที่", "วัน/เดือน/ปี", "วัน เดือน ปี", "วัน เดือน ปี ที่รายงาน"),
                *("วันที่รายงานผล", "ณ วันที่", "ว/ด/ป", "ว.ด.ป."),
            ),
            fills=("report_date",),
            shape=DAY,
            like=r"(?:ณ)?(?:วันที่|วัน|วัน/เดือน/ปี|วันเดือนปี)(?:ที่)?(?:รายงาน|ติดตาม|ประเมิน)?(?:ผล)?",
        ),
        Column(
            (
                "รายละเอียดการดำเนินงาน",
                "รายละเอียดความก้าวหน้า",
                "ผลการดำเนินงาน",
                "ผลการดำเนินการ",
                "การดำเนินงาน",
                "กิจกรรมที่ดำเนินการ",
                "รายละเอียด",
                "กิจกรรม",
                "สิ่งที่ดำเนินการ",
                "ผลการปฏิบัติงาน",
                *("สรุปผลการดำเนินงาน", "สรุปผล", "รายละเอียดผลการดำเนินงาน", "ผลการดำเนินงานที่สำคัญ", "งานที่ดำเนินการ"),
            ),
            fills=("activity",),
            like=DONE,
        ),
        Column(
            (
                *("ความก้าวหน้าของงานฯ", "ความก้าวหน้าของงาน", "ความก้าวหน้า", "ร้อยละความก้าวหน้า", "ร้อยละ", "ร้อยละของงาน"),
                *("ความก้าวหน้าสะสม", "ร้อยละสะสม", "ผลงานสะสม", "ความคืบหน้า", "ความคืบหน้าของงาน"),
            ),
            fills=("progress_percent",),
            shape=FIGURES,
            like=PROGRESS,
        ),
        Column(
            (
                *("งบประมาณที่เบิกใช้", "งบประมาณที่เบิกจ่าย", "งบประมาณที่เบิกใช้ (บาท)", "เบิกจ่าย", "เบิกใช้", "เงินที่เบิกใช้"),
                *("ยอดเบิกจ่าย", "การเบิกจ่าย", "เบิกจ่ายงบประมาณ", "จำนวนเงินที่เบิกจ่าย", "จำนวนเงินที่เบิก", "เงินที่เบิกจ่าย"),
                *("เบิกจ่ายครั้งนี้", "งบประมาณที่ใช้", "ใช้จ่าย", "จำนวนเงิน"),
            ),
            fills=("disbursed_baht",),
            shape=FIGURES,
            like=DISBURSED,
        ),
        Column(
            (
                "แผน",
                "เทียบกับแผน",
                "ผลเทียบกับแผน",
                "ตามแผน",
                "สถานะแผน",
                "เทียบแผน",
                "ผลเทียบแผน",
                "สถานะตามแผน",
                "สถานะเทียบแผน",
                "สถานะเทียบกับแผน",
                *("เมื่อเทียบกับแผน", "เปรียบเทียบกับแผน", "เปรียบเทียบแผน"),
            ),
            fills=("plan_status",),
            like=AGAINST_PLAN,
        ),
        Column(
            (
                *(
                    "เป้าหมาย",
                    "เทียบกับเป้าหมาย",
                    "ผลเทียบกับเป้าหมาย",
                    "ตามเป้าหมาย",
                    "สถานะเป้าหมาย",
                    "เทียบเป้าหมาย",
                    "ผลเทียบเป้าหมาย",
                ),
                *("สถานะตามเป้าหมาย", "สถานะเทียบเป้าหมาย", "สถานะเทียบกับเป้าหมาย"),
                *("เมื่อเทียบกับเป้าหมาย", "เปรียบเทียบกับเป้าหมาย", "เปรียบเทียบเป้าหมาย"),
            ),
            fills=("target_status",),
            like=AGAINST_TARGET,
        ),
        Column(
            ("สถานะ", "สถานะโครงการ", "สถานะของโครงการ", "สถานะของงาน", "สถานะการดำเนินงาน", "ผลเทียบกับแผนและเป้าหมาย"),
            fills=("plan_status", "target_status"),
            like=AGAINST_BOTH,
        ),
    ),
)
"""Entries as rows of a table."""

FORM = Form(
    titles=("แบบแสดงรายงานความก้าวหน้าและข้อมูลเกี่ยวกับโครงการ",),
    keywords=("รายงานครั้งที่", "งบประมาณที่เบิกใช้", "ผู้ประสานงาน สยป"),
    blocks=(
        Block(
            "header",
            opens=(
                BehindTitle("โครงการ"),
                heading("ชื่อโครงการและหน่วยงานที่รับผิดชอบโครงการ", "ชื่อโครงการและผู้รับผิดชอบ", number="1"),
                heading("รหัสโครงการและชื่อโครงการ", number="1.1"),
                Heading(
                    ("ข้อมูลโครงการ", "ข้อมูลทั่วไปของโครงการ"),
                    tolerance=WHOLE,
                    like=r"(?:ข้อมูล|รายละเอียด)(?:ทั่วไป|พื้นฐาน|เบื้องต้น|ของ|เกี่ยวกับ|โครงการ|กิจกรรม|และ|หน่วยงาน|ผู้รับผิดชอบ)+",
                ),
            ),
            reads=(Labelled(ReportHeader), Labelled(OfficeParts), Labelled(PrintedTitle)),
        ),
        Block("responsible", opens=(heading("หน่วยงานที่รับผิดชอบ", number="1.2"),), reads=Labelled(ReportHeader)),
        Block(
            "rationale",
            opens=(
                heading(
                    *("หลักการและเหตุผล", "เหตุผลความจำเป็น", "เหตุผลและความจำเป็น", "ความเป็นมา"), number="1.3", may_lead=True
                ),
                common(*RATIONALE, like=LIKE_RATIONALE),
            ),
            reads=WholeText(Section, {"section": "rationale"}),
        ),
        Block(
            "objectives",
            opens=(
                heading("วัตถุประสงค์ของโครงการ", "วัตถุประสงค์", number="1.4", may_lead=True),
                common(*OBJECTIVES, like=LIKE_OBJECTIVES),
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
                heading("เป้าหมายของโครงการ", "เป้าหมายโครงการ", "เป้าหมาย", number="1.5", may_lead=True),
                common(*TARGETS, like=LIKE_TARGETS),
                common("เป้าหมาย", behind=("header", "rationale", "objectives")),
                heading(
                    "เป้าหมายเชิงปริมาณ",
                    "เป้าหมาย (เชิงปริมาณ)",
                    "เป้าหมายด้านปริมาณ",
                    "เป้าหมาย (ด้านปริมาณ)",
                    is_text=True,
                    may_lead=True,
                ),
            ),
            reads=Bullets(
                Objective,
                kind="target_quantity",
                sub_heads={
                    "target_quantity": QUANTITY,
                    "target_quality": QUALITY,
                    "output": OUTPUT,
                    "outcome": OUTCOME,
                },
            ),
        ),
        Block(
            "strategy_links",
            opens=(
                heading(
                    "สนับสนุนแผนพัฒนา กทม. ระยะ 20 ปี (ยุทธศาสตร์-ประเด็นยุทธศาสตร์-กลยุทธ์ตามแผนฯ /ตัวชี้วัด)",
                    "สนับสนุนแผนพัฒนา กทม. ระยะ 20 ปี",
                    "สนับสนุนแผนพัฒนา กทม.",
                    "สนับสนุนแผนพัฒนากรุงเทพมหานคร",
                    "สนับสนุนแผนพัฒนากรุงเทพมหานคร ระยะ 20 ปี",
                    "ความสอดคล้องกับแผนพัฒนากรุงเทพมหานคร",
                    "ความสอดคล้องกับแผนพัฒนากรุงเทพมหานคร ระยะ 20 ปี",
                    "ความเชื่อมโยงกับแผนพัฒนากรุงเทพมหานคร",
                    "ความสอดคล้องกับแผนพัฒนา กทม. ระยะ 20 ปี",
                    number="1.6",
                ),
                common(
                    *("ความสอดคล้องกับยุทธศาสตร์", "ความเชื่อมโยงกับยุทธศาสตร์", "ความสอดคล้องกับแผน", "ความเชื่อมโยงกับแผน"),
                    *("ความสอดคล้องกับแผนและยุทธศาสตร์", "ความสอดคล้องกับแผนพัฒนา กทม.", "สนับสนุนยุทธศาสตร์"),
                    *("ยุทธศาสตร์ที่เกี่ยวข้อง", "ยุทธศาสตร์ที่สนับสนุน", "ยุทธศาสตร์ที่สอดคล้อง", "สอดคล้องกับแผนพัฒนากรุงเทพมหานคร"),
                    *("แผนพัฒนากรุงเทพมหานครที่สนับสนุน", "การสนับสนุนแผนพัฒนากรุงเทพมหานคร", "แผนพัฒนากรุงเทพมหานครที่เกี่ยวข้อง"),
                    like=LIKE_LINKS,
                ),
                heading("ประเด็นยุทธศาสตร์", is_text=True, may_lead=True, begins_sentence=True),
            ),
            reads=LabelledRows(
                StrategyLink,
                column="level",
                labels=LEVELS,
                kept=NUMBERED_LEVELS,
                aside=OTHER_LEVELS,
            ),
        ),
        Block(
            "report_entry",
            opens=(
                heading(
                    "รายงานความก้าวหน้าของโครงการและการใช้จ่ายงบประมาณ",
                    "รายงานความก้าวหน้าของโครงการ",
                    "ความก้าวหน้าของโครงการและการใช้จ่ายงบประมาณ",
                    "รายงานความก้าวหน้าและการใช้จ่ายงบประมาณ",
                    "ผลการดำเนินงานรายครั้ง",
                    "ความก้าวหน้าและการใช้จ่ายงบประมาณ",
                    "รายงานความก้าวหน้า",
                    number="2",
                ),
                common(
                    *("ผลความก้าวหน้า", "ความก้าวหน้าในการดำเนินงาน", "ความก้าวหน้าของการดำเนินงาน", "รายงานผลความก้าวหน้า"),
                    *("การติดตามความก้าวหน้า", "รายละเอียดความก้าวหน้า", "สรุปความก้าวหน้า", "สรุปความก้าวหน้าของโครงการ"),
                    *("ผลการดำเนินโครงการ", "ความก้าวหน้าของโครงการ", "ความก้าวหน้าโครงการ"),
                    *("ผลการดำเนินงานและการใช้จ่ายงบประมาณ", "ความก้าวหน้าและการเบิกจ่ายงบประมาณ"),
                    may_lead=False,
                    like=r"(?:ผล|สรุป|การติดตาม|ตาราง|รายละเอียด)*(?:การ)?"
                    r"(?:ความก้าวหน้า|ความคืบหน้า|ดำเนินงาน|ดำเนินการ|ดำเนินโครงการ|ปฏิบัติงาน)(?:ของ|โครงการ|การ|ดำเนินงาน)*"
                    r"และ(?:ผล)?(?:การ)?(?:ใช้จ่าย|เบิกจ่าย|ใช้|เบิก)(?:เงิน|งบ|ประมาณ)*",
                ),
                common(
                    *("ความก้าวหน้า", "ผลการดำเนินงาน", "รายงานผลการดำเนินงาน", "รายงานความก้าวหน้าของโครงการ"),
                    may_lead=False,
                    is_set_apart=True,
                ),
                numbered("รายงานครั้งที่", "ครั้งที่", "การรายงานครั้งที่", "รายงานความก้าวหน้าครั้งที่", "งวดที่"),
            ),
            reads=Entries(Entry, number_column="entry_number", grid=ENTRIES, prices=PricedLine),
            repeats=True,
        ),
        Block(
            "problems",
            opens=(
                common("ปัญหาและอุปสรรค", "ปัญหาอุปสรรค", "ปัญหา", may_lead=False, is_set_apart=True, like=LIKE_REMARKS),
                common("ข้อเสนอแนะ", "แนวทางแก้ไข", may_lead=False, is_set_apart=True, like=LIKE_SUGGESTIONS),
            ),
            reads=WholeText(Section, {"section": "other"}),
            repeats=True,
            is_attached=True,
        ),
        Block(
            "certification",
            opens=(
                sentence("ขอรับรองว่า ข้อมูลที่ปรากฏในเอกสารฉบับนี้"),
                sentence("ขอรับรองว่า"),
                sentence("ข้าพเจ้าขอรับรองว่า"),
                sentence("ผู้รายงาน นาย"),
                sentence("ผู้รายงาน นาง"),
                heading("ลงชื่อ", is_text=True, may_lead=True, begins_sentence=True),
                Heading(("ลงนาม",), is_text=True, may_lead=True, tolerance=WHOLE),
            ),
            reads=WholeText(Section, {"section": "certification"}),
            role="signature",
        ),
        activities(),
        indicators(),
        quarters(),
        budget_items(),
        risks(),
        benefits(),
        annex(),
        LETTER,
    ),
)
