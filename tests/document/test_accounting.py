"""Every non-blank character in exactly one block or left over; what breaks that is an error, not a row."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from pipeline.document.build_rows import account, build_rows
from pipeline.errors import DocumentError
from pipeline.model import Block, SplitDocument
from schemas.unclaimed import Unclaimed
from tests.support.small_report import RATIONALE, TITLE, only, report, split_of, tables_of

ZWSP, BOM, HYPHEN = "\N{ZERO WIDTH SPACE}", "\N{ZERO WIDTH NO-BREAK SPACE}", "\N{SOFT HYPHEN}"
LEFT_OVER = "บันทึกแนบท้าย"


def stretches(text: str) -> list[tuple[str | None, str]]:
    """The block and the words of every stretch."""
    document = split_of(text)
    source = document.document.source.text
    return [(claim.owner.name, source[claim.start : claim.end]) for claim in account(document)]


def with_blocks(document: SplitDocument, blocks: Sequence[Block]) -> SplitDocument:
    return replace(document, copies=(replace(document.copies[0], blocks=tuple(blocks)),))


def covered(text: str) -> str:
    return "".join(said for _, said in stretches(text))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(report(), id="a report"),
        pytest.param(f"{report()}\f{report()}", id="two copies"),
        pytest.param(report().replace(TITLE, f"{TITLE}\n{LEFT_OVER}"), id="text before the first heading"),
        pytest.param(f"{report()}\n\n- 2 -\n+-----+\n", id="furniture"),
        pytest.param("บันทึกข้อความ\fเรื่อง ส่งรายงาน", id="an unknown document"),
        pytest.param(report().replace(RATIONALE, "\n".join(["ปลูกต้นไม้"] * 60)), id="a loop"),
        pytest.param(report().replace("โครงการ", "โครง\N{LAO VOWEL SIGN A}การ").replace("เป็น", "เเป็็น"), id="damage"),
    ],
)
def test_every_character_is_in_one_stretch(text: str) -> None:
    assert "".join(covered(text).split()) == "".join(text.split())


def test_what_no_block_takes_is_unclaimed() -> None:
    text = report().replace(TITLE, f"{TITLE}\n{LEFT_OVER}")
    assert (None, LEFT_OVER) in stretches(text)
    assert [row["text"] for row in tables_of(text)["unclaimed"]] == [LEFT_OVER]


def test_an_unknown_document_is_unclaimed_but_for_its_furniture() -> None:
    assert stretches("บันทึก\n- 1 -\f+----+\nเรื่อง") == [
        (None, "บันทึก"), ("furniture", "- 1 -"), ("furniture", "+----+"), (None, "เรื่อง"),
    ]  # fmt: skip


def test_lines_of_one_block_that_adjoin_are_one_stretch() -> None:
    assert [name for name, _ in stretches(report())].count("header") == 1


def test_a_block_on_two_pages_has_a_stretch_on_each() -> None:
    text = report().replace("ไม่มีร่มเงา จึง", "ไม่มีร่มเงา\n\fจึง")
    rows = [row for row in tables_of(text)["blocks"] if row["block"] == "rationale"]
    assert [row["page_number"] for row in rows] == [1, 2]


def test_a_heading_belongs_to_its_block() -> None:
    said = dict(stretches(report()))
    assert str(said["rationale"]).startswith("1.3 หลักการและเหตุผล")


@pytest.mark.parametrize("invisible", [ZWSP, HYPHEN, ZWSP * 3])
def test_zero_width_characters_belong_to_the_stretch_before_them(invisible: str) -> None:
    text = report().replace(RATIONALE, RATIONALE + invisible)
    assert next(said for name, said in stretches(text) if name == "rationale").endswith(invisible)
    text = report().replace("ไม่มี", f"ไม่{invisible}มี")
    assert "".join(covered(text).split()) == "".join(text.split())


def test_a_zero_width_character_between_two_blocks_belongs_to_the_first() -> None:
    text = report().replace("\n\n1.4 ", f"\n{ZWSP}\n1.4 ")
    assert next(said for name, said in stretches(text) if name == "rationale").endswith(ZWSP)


def test_a_zero_width_character_at_the_very_start_belongs_to_the_first_stretch() -> None:
    assert stretches(f"{BOM}{ZWSP}{report()}")[0][1].startswith((BOM, ZWSP))


def test_a_document_of_nothing_but_zero_width_characters_is_refused() -> None:
    with pytest.raises(DocumentError, match="invisible"):
        stretches(f"{ZWSP}\n{ZWSP}")


def test_a_character_that_is_lost_raises() -> None:
    document = split_of(report())
    page = document.document.pages[0]
    lines = tuple(line for line in page.lines if document.document.text[line.start : line.end] != TITLE)
    lost = replace(document, document=replace(document.document, pages=(replace(page, lines=lines),)))
    with pytest.raises(DocumentError, match=r"is in no block.*report this file as a bug"):
        account(lost)


def test_a_character_that_is_taken_twice_raises() -> None:
    document = split_of(report())
    blocks = document.copies[0].blocks
    start, end = blocks[3].pieces[0]
    twice = blocks[2]._replace(pieces=(*blocks[2].pieces, (start, end)))
    with pytest.raises(DocumentError, match=r"claimed twice.*report this file as a bug"):
        account(with_blocks(document, [*blocks[:2], twice, *blocks[3:]]))


def test_a_part_of_a_line_that_is_taken_twice_raises() -> None:
    document = split_of(report())
    blocks = document.copies[0].blocks
    start, end = blocks[2].pieces[0]
    twice = blocks[3]._replace(pieces=(*blocks[3].pieces, (end - 3, end)))
    with pytest.raises(DocumentError, match="claimed twice"):
        account(with_blocks(document, [*blocks[:3], twice, *blocks[4:]]))
    assert start < end - 3


def test_a_block_that_is_dropped_leaves_its_words_unclaimed() -> None:
    document = split_of(report())
    blocks = document.copies[0].blocks
    left = build_rows(with_blocks(document, blocks[:2] + blocks[3:]), ()).by_table[Unclaimed]
    assert "\n".join(row.text for row in left).count(RATIONALE) == 1


def coverage(text: str) -> object:
    return only(tables_of(text)["documents"])["text_coverage"]


def test_coverage_is_the_share_of_claimed_characters() -> None:
    assert coverage(report()) == 1.0
    assert coverage("บันทึกข้อความ") == 0.0
    text = report().replace(TITLE, f"{TITLE}\n{LEFT_OVER}")
    solid = len("".join(text.split()))
    assert coverage(text) == pytest.approx(1 - len(LEFT_OVER) / solid, abs=1e-6)


def test_block_rows_count_in_the_order_of_the_text() -> None:
    blocks = tables_of(f"{report()}\f{report()}")["blocks"]
    assert [row["ordinal"] for row in blocks] == list(range(1, len(blocks) + 1))
    starts = [int(str(row["char_start"])) for row in blocks]
    assert starts == sorted(starts)
    assert {row["copy_number"] for row in blocks} == {1, 2}


def test_furniture_belongs_to_no_project() -> None:
    tables = tables_of(report())
    project_id = only(tables["projects"])["project_id"]
    assert {row["project_id"] for row in tables["blocks"] if row["block"] == "furniture"} == {None}
    assert {row["project_id"] for row in tables["blocks"] if row["block"] != "furniture"} == {project_id}
