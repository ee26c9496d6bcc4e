"""Pages to blocks: each character in one of them, in reading order, and nothing lost."""

from itertools import pairwise

from parsers import UNKNOWN
from pipeline.model import CopyBlock
from tests.support.small_report import (
    FORM,
    LINKS,
    OBJECTIVES,
    RATIONALE,
    TITLE,
    entry,
    first_page,
    last_page,
    middle_page,
    report,
    split_of,
    tables_of,
)

NAMES = [block.name for block in FORM.blocks if not block.is_attached]


def said(text: str, block: CopyBlock) -> str:
    """What a block says without its headings."""
    whole = split_of(text).document.text
    return "\n".join(whole[slice(*piece)] for piece in block.pieces)


def blocks(text: str, copy: int = 0) -> list[tuple[str, int | None, str]]:
    """The name, the number and the words of each block of a copy."""
    return [(b.declaration.name, b.number, said(text, b)) for b in split_of(text).copies[copy].blocks]


def words(text: str, name: str) -> list[str]:
    return [found for block, _, found in blocks(text) if block == name]


def test_a_report_has_its_blocks_in_the_order_of_the_form() -> None:
    names = [name for name, _, _ in blocks(report())]
    assert names == [name for name in NAMES for _ in range(3 if name == "report_entry" else 1)]


def test_a_block_says_what_stands_between_its_heading_and_the_next() -> None:
    assert words(report(), "rationale") == [RATIONALE]


def test_a_heading_is_no_part_of_what_its_block_says() -> None:
    document = split_of(report())
    block = next(b for b in document.copies[0].blocks if b.declaration.name == "rationale")
    assert block.heading is not None
    assert document.document.text[slice(*block.heading)] == "1.3 หลักการและเหตุผล"


def test_every_entry_is_a_block_with_its_number() -> None:
    text = report(entries=[entry(number) for number in range(1, 13)])
    assert [number for name, number, _ in blocks(text) if name == "report_entry"] == [None, *range(1, 13)]


def test_a_block_goes_on_over_a_page_break() -> None:
    text = report().replace("ไม่มีร่มเงา จึง", f"ไม่มีร่มเงา\n\n- 1 -\n\f{TITLE}\n\nจึง")
    assert words(text, "rationale") == ["ทางเท้าหลายสายไม่มีร่มเงา\nจึงควรปลูกต้นไม้เพิ่ม"]


def test_a_heading_that_stands_twice_opens_one_block() -> None:
    text = report().replace("2. เพื่อทดแทน", "1.4 วัตถุประสงค์ของโครงการ (ต่อ)\n2. เพื่อทดแทน")
    found = [b for b in split_of(text).copies[0].blocks if b.declaration.name == "objectives"]
    assert len(found) == 1
    assert len(found[0].headings) == 2


def test_blocks_out_of_order_keep_their_own_words() -> None:
    text = "\f".join((first_page(), last_page([entry(1)]), middle_page()))
    assert words(text, "rationale") == [RATIONALE]
    assert [name for name, _, _ in blocks(text)][:3] == ["header", "responsible", "rationale"]


def test_furniture_is_in_no_block() -> None:
    text = f"{first_page()}\n\n- 1 -\f{TITLE}\n\n{middle_page()}\n\n+-----+\n- 2 -\f{last_page()}"
    for name, _, found in blocks(text):
        assert "- 1 -" not in found, name
        assert "+---" not in found, name
        assert "แบบแสดง" not in found, name


def test_text_before_the_first_heading_is_in_no_block() -> None:
    text = report().replace(TITLE, f"{TITLE}\nสำเนาถูกต้อง")
    assert not any("สำเนาถูกต้อง" in found for _, _, found in blocks(text))


def test_no_character_is_in_two_blocks() -> None:
    document = split_of(f"{report()}\f{report()}")
    spans = sorted(
        span for copy in document.copies for block in copy.blocks for span in (*block.pieces, *block.headings)
    )
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_a_later_copy_without_its_first_page_begins_in_the_block_that_goes_on() -> None:
    text = "\f".join((report(), "ข้อความต่อจากหน้าก่อน\n\n" + middle_page(), last_page()))
    second = split_of(text).copies[1].blocks
    assert second[0].declaration.name == "responsible"
    assert second[0].heading is None


def test_a_label_on_its_own_line_belongs_to_the_block_above() -> None:
    assert words(report(), "strategy_links") == ["\n".join(f"{label} : {value}" for label, value in LINKS.items())]


def test_an_unknown_document_has_no_blocks() -> None:
    document = split_of("บันทึกข้อความ\nเรื่อง ส่งรายงาน\fสิ่งที่ส่งมาด้วย")
    assert ([region.form for region in document.regions], document.copies) == ([UNKNOWN], ())
    assert document.copy_of_page == (1, 1)


def test_a_line_that_heads_a_part_at_the_foot_of_a_page_heads_none_on_the_next() -> None:
    lines = ("ก. ข้อมูลทั่วไปของโครงการ", "ข. หลักการและเหตุผล", RATIONALE, "ค. วัตถุประสงค์", OBJECTIVES, "ง. คำรับรอง")
    text = "\n".join((TITLE, *lines)) + f"\fจ. รายงานความก้าวหน้า\n{entry(1)}"
    headings = [row["heading"] for row in tables_of(text)["blocks"] if row["block"] == "report_entry"]
    assert headings == ["จ. รายงานความก้าวหน้า", "รายงานครั้งที่ 1"]
