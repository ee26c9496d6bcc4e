"""Plans and policies that running text names: where each name begins and ends."""

import pytest

from parsers.base import Links
from pipeline.document.read_fields.lists import read_links
from schemas.strategy_links import StrategyLink
from tests.support.small_proposal import FORM, block_of, rows_of, values

READS = next(
    reads for block in FORM.blocks if block.name == "nature" for reads in block.readings if isinstance(reads, Links)
)


def names(text: str, reads: Links = READS) -> list[str]:
    """The names in a text as printed."""
    return [field.raw for field in read_links(reads, block_of(text)) if field.column == "text"]


def test_a_name_goes_up_to_the_next_one() -> None:
    text = "สอดคล้องกับยุทธศาสตร์ชาติ (พ.ศ. 2570) ด้านคน แผนพัฒนาเมืองตัวอย่าง ระยะที่ 3"
    assert names(text) == ["ยุทธศาสตร์ชาติ (พ.ศ. 2570) ด้านคน", "แผนพัฒนาเมืองตัวอย่าง ระยะที่ 3"]


@pytest.mark.parametrize("joint", ["และสอดคล้องกับ", "รวมทั้ง", "ตลอดจน", "และ", "ตาม", ",", "\n- ", "รวมทั้ง ตาม"])
def test_words_between_two_names_belong_to_neither(joint: str) -> None:
    assert names(f"แผนแม่บท ข้อ 1 {joint} แผนปฏิรูป ข้อ 2") == ["แผนแม่บท ข้อ 1", "แผนปฏิรูป ข้อ 2"]


def test_a_name_ends_where_something_else_is_named_though_no_plan_is() -> None:
    assert names("แผนแม่บท ข้อ 1 และสอดคล้องกับแนวทางของเขต") == ["แผนแม่บท ข้อ 1"]


def test_a_damaged_joint_is_no_part_of_the_name_before_it() -> None:
    assert names("แผนแม่บท ข้อ 1 และสอดคล้อกับ แผนปฏิรูป ข้อ 2") == ["แผนแม่บท ข้อ 1", "แผนปฏิรูป ข้อ 2"]


def test_a_policy_with_a_number_is_part_of_the_name_before_it() -> None:
    assert names("ตามนโยบายผู้บริหาร นโยบายที่ 9 เมืองสะอาด") == ["นโยบายผู้บริหาร นโยบายที่ 9 เมืองสะอาด"]


def test_a_name_inside_a_longer_name_is_none_of_its_own() -> None:
    assert names("แผนแม่บทภายใต้ยุทธศาสตร์ชาติ ประเด็นที่ 1") == ["แผนแม่บทภายใต้ยุทธศาสตร์ชาติ ประเด็นที่ 1"]


def test_a_name_goes_on_over_lines_up_to_the_end_of_its_paragraph() -> None:
    assert names("แผนพัฒนา\nเมืองตัวอย่าง\n\nทาสีรั้วให้สวย") == ["แผนพัฒนา\nเมืองตัวอย่าง"]


def test_a_line_that_begins_another_field_ends_a_name() -> None:
    assert names("แผนแม่บท ข้อ 1\nรูปแบบ : ทาสีรั้ว\nแผนปฏิรูป ข้อ 2") == ["แผนแม่บท ข้อ 1", "แผนปฏิรูป ข้อ 2"]


def test_a_name_is_known_as_an_ocr_engine_sees_letters() -> None:
    assert names("ตาม แผนแมบท ข้อ 1") == ["แผนแมบท ข้อ 1"]


@pytest.mark.parametrize("text", ["ทาสีรั้วให้สวย", "แผนงานปกติ", "นโยบายที่ 9", "-"])
def test_text_without_a_name_links_to_nothing(text: str) -> None:
    assert names(text) == []


def test_every_row_has_the_level_that_the_form_declares_and_it_is_inferred() -> None:
    found = list(read_links(READS, block_of("แผนแม่บท ข้อ 1")))
    assert [(field.column, field.value, field.is_inferred) for field in found] == [
        ("level", "plan", True),
        ("text", None, False),
    ]


def test_each_name_is_quoted_where_it_stands() -> None:
    text = "เดิม\n\nแผนแม่บท\nข้อ 1 และแผนปฏิรูป"
    for field in read_links(READS, block_of(text)):
        if field.column == "text":
            assert "\n".join(text[start:end] for start, end in field.spans) == field.raw


def test_names_of_the_callers_own_are_found() -> None:
    reads = Links(StrategyLink, ("ธรรมนูญเมือง",), {"level": "plan"})
    assert names("ตามธรรมนูญเมือง หมวด 2 และแผนแม่บท", reads) == ["ธรรมนูญเมือง หมวด 2 และแผนแม่บท"]


def test_a_proposal_links_to_what_its_nature_names() -> None:
    rows = rows_of("strategy_links", nature="เป็นโครงการใหม่ ตามแผนแม่บท ข้อ 1 และนโยบายรัฐบาล ด้าน 2")
    assert values(rows, "level", "text") == [("plan", "แผนแม่บท ข้อ 1"), ("plan", "นโยบายรัฐบาล ด้าน 2")]
