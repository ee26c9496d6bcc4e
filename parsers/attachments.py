"""What may stand in front of every form and behind it: a letter or memo, an annex, pictures."""

from normalizers.fuzzy_match import Tolerance
from parsers.base import Block, Labelled, Level, WholeText
from parsers.openers import WHOLE, Heading, Letter, heading
from parsers.tables import MEASURES, PRICES, RISKS
from schemas.documents import LetterHead
from schemas.sections import Section

LETTER = Block(
    "letter",
    opens=(Letter(("บันทึกข้อความ", "ส่วนราชการ", "ที่", "เรื่อง", "เรียน", "สิ่งที่ส่งมาด้วย")),),
    reads=(WholeText(Section, {"section": "front_matter"}), Labelled(LetterHead)),
    level="document",
    is_attached=True,
)


ATTACHED = (
    "เอกสารแนบท้าย",
    *("เอกสารแนบท้ายโครงการ", "เอกสารแนบท้ายข้อเสนอโครงการ", "เอกสารแนบโครงการ", "เอกสารแนบข้อเสนอโครงการ"),
    *("ภาคผนวกท้ายโครงการ", "เอกสารประกอบโครงการ"),
)
"""What stands above what is attached to a project."""


def annex(level: Level = "part") -> Block:
    """The block of what is attached behind a form, and of the tables there that tell of its project."""
    tables = (PRICES, MEASURES, RISKS) if level == "part" else ()
    attached = Heading(
        ("ภาคผนวก", *ATTACHED), is_text=True, may_lead=True, begins_sentence=True, tolerance=Tolerance(least=90)
    )
    pictures = ("ภาพกิจกรรม", "ภาพประกอบ", "ภาพถ่ายกิจกรรม", "ภาพประกอบการดำเนินงาน", "ภาพการดำเนินงาน")
    return Block(
        "annex",
        opens=(
            attached,
            heading(*pictures, is_text=True),
            Heading(("เอกสารแนบ", "เอกสารประกอบ"), is_text=True, may_lead=True, is_set_apart=True, tolerance=WHOLE),
        ),
        reads=(WholeText(Section, {"section": "other"}, without=tables), *tables),
        level=level,
        repeats=level == "part",
        is_attached=True,
    )
