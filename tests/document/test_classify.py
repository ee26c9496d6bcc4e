"""A document's forms, by the titles that it prints and by its blocks, each with its own pages."""

import pytest

from parsers import UNKNOWN, Form
from pipeline.document.classify import classify
from tests.support.small_report import FORM, TITLE, pages_of, report


def form_of(text: str) -> Form:
    """The form of a document that is all on one."""
    (region,) = classify(pages_of(text))
    return region.form


def test_a_report_is_known_by_its_title() -> None:
    assert form_of(report()) is FORM


def test_a_report_that_repeats_its_title_is_the_same_form() -> None:
    assert form_of(f"{report()}\f{report()}") is FORM


@pytest.mark.parametrize(
    "title",
    ["แบบแสดงรายงานดวามกาวหนาและข้อมูลเกียวกับโครงการ", "## แบบแสดงรายงานความก้าวหน้าและข้อมูลเกี่ยวกับโครง การ"],
)
def test_a_damaged_title_names_the_form_too(title: str) -> None:
    assert form_of(f"{title}\n\nหนึ่ง") is FORM


def test_a_title_that_stands_late_names_the_form_too() -> None:
    assert form_of(f"บันทึกข้อความ\nเรื่อง ส่งรายงาน\f{TITLE}\nหนึ่ง") is FORM


@pytest.mark.parametrize(
    "text",
    [
        "บันทึกข้อความ\n\nเรื่อง ขออนุมัติโครงการ",
        "โครงการปลูกต้นไม้\n1. หลักการและเหตุผล",
        "ตามแบบแสดงรายงานความก้าวหน้าและข้อมูลเกี่ยวกับโครงการที่ส่งมาแล้วเมื่อปีก่อนนั้น หน่วยงานขอแจ้งว่าไม่มีการเปลี่ยนแปลง",
        "1",
        "Hello",
    ],
)
def test_a_document_without_a_title_that_is_declared_is_unknown(text: str) -> None:
    assert form_of(text) is UNKNOWN


def test_a_report_whose_title_is_lost_is_known_by_its_blocks() -> None:
    assert form_of(report().removeprefix(TITLE)) is FORM


@pytest.mark.parametrize(
    "text",
    [
        "1.3 หลักการและเหตุผล\nทางเท้าไม่มีร่มเงา\n1.4 วัตถุประสงค์ของโครงการ\nเพื่อเพิ่มร่มเงา",
        "1. หลักการและเหตุผล\n2. วัตถุประสงค์ของโครงการ\n3. เป้าหมายของโครงการ\n4. งบประมาณ\n5. ผู้รับผิดชอบโครงการ",
        "สารบัญ\nหลักการและเหตุผล 1\nวัตถุประสงค์ของโครงการ 2\nเป้าหมายของโครงการ 3",
    ],
)
def test_a_few_headings_that_many_papers_have_do_not_make_a_form(text: str) -> None:
    assert form_of(text) is UNKNOWN
