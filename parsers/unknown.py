"""What is read of a document that no form claims: the usual sections of Thai project papers, and what a label says.

It is no form: nothing is known by it, and what it does not declare stays unclaimed.
"""

from parsers.base import Block, Form, Labelled, WholeText
from parsers.openers import heading
from schemas.forms.unknown import StatedOfDocument, StatedOfProject
from schemas.sections import Section

_SECTIONS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("rationale", "rationale", ("หลักการและเหตุผล", "ความเป็นมา", "ความเป็นมาและความสำคัญ")),
    ("objectives", "other", ("วัตถุประสงค์", "วัตถุประสงค์ของโครงการ")),
    ("targets", "other", ("เป้าหมาย", "เป้าหมายของโครงการ", "กลุ่มเป้าหมาย")),
    ("place", "schedule", ("สถานที่ดำเนินการ", "พื้นที่ดำเนินการ")),
    ("schedule", "schedule", ("ระยะเวลาดำเนินการ", "ระยะเวลา", "ระยะเวลาและสถานที่ดำเนินการ")),
    ("activities", "other", ("วิธีดำเนินการ", "วิธีการดำเนินการ", "ขั้นตอนการดำเนินงาน", "แผนการดำเนินงาน")),
    ("budget", "budget", ("งบประมาณ", "งบประมาณดำเนินการ", "งบประมาณและแหล่งที่มา")),
    ("indicators", "monitoring", ("ตัวชี้วัด", "ตัวชี้วัดความสำเร็จ", "ดัชนีชี้วัดความสำเร็จ")),
    ("monitoring", "monitoring", ("การติดตามและประเมินผล", "การติดตามประเมินผล", "การประเมินผล")),
    ("benefits", "other", ("ประโยชน์ที่คาดว่าจะได้รับ", "ผลที่คาดว่าจะได้รับ")),
    ("risks", "other", ("ความเสี่ยง", "การบริหารความเสี่ยง")),
)

UNKNOWN = Form(
    titles=(),
    name="unknown",
    is_ordered=False,
    blocks=(
        Block("document_header", opens=(), reads=Labelled(StatedOfDocument), level="document"),
        Block("project_header", opens=(), reads=Labelled(StatedOfProject), level="project"),
        *(
            Block(name, (heading(*wordings, may_lead=True),), WholeText(Section, {"section": section}), repeats=True)
            for name, section, wordings in _SECTIONS
        ),
    ),
)
"""The form of a document that no parser claims."""
