"""Blocks that every form may print beside its own: what a project costs and brings, its indicators and quarters."""

from parsers.base import Block, Bullets, Labelled, Priced, Steps, WholeText
from parsers.openers import common, heading
from parsers.tables import MEASURES, PRICES, RISKS, STEPS
from parsers.wordings import LIKE_RISKS, LIKE_SPENDING
from schemas.activities import Activity
from schemas.budget_items import PricedLine
from schemas.objectives import Objective
from schemas.quarterly_results import QuarterReport
from schemas.sections import Section


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
