"""Rows: every non-blank character in exactly one block or left over, and where each value stood."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest

from pipeline.document.account import account
from pipeline.document.build_rows import build_rows
from pipeline.errors import DocumentError
from pipeline.model import CopyBlock, SplitDocument
from schemas.blocks import BlockRow
from schemas.unclaimed import Unclaimed
from tests.support.processing import plain_rows
from tests.support.small_report import (
    HEADER,
    RATIONALE,
    TITLE,
    entry,
    matches_of,
    only,
    processed,
    report,
    split_of,
    tables_of,
)

ZWSP, BOM, HYPHEN = "\N{ZERO WIDTH SPACE}", "\N{ZERO WIDTH NO-BREAK SPACE}", "\N{SOFT HYPHEN}"
LEFT_OVER = "บันทึกแนบท้าย"


def stretches(text: str) -> list[tuple[str | None, str]]:
    """The block and the words of every stretch."""
    document = split_of(text)
    source = document.document.source.text
    return [(claim.owner.name, source[claim.start : claim.end]) for claim in account(document)]


def with_blocks(document: SplitDocument, blocks: Sequence[CopyBlock]) -> SplitDocument:
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
    cut = with_blocks(document, blocks[:2] + blocks[3:])
    left = build_rows(matches_of(report()), cut, ()).by_table[Unclaimed]
    assert "\n".join(row.text for row in left if row.reason == "no_block").count(RATIONALE) == 1


def coverage(text: str) -> object:
    return only(tables_of(text)["documents"])["text_coverage"]


def test_coverage_is_the_share_of_the_characters_outside_furniture_that_were_read() -> None:
    assert coverage(report()) == 1.0
    assert coverage("บันทึกข้อความ") == 0.0
    text = report().replace(TITLE, f"{TITLE}\n{LEFT_OVER}")
    solid = sum(len("".join(words.split())) for name, words in stretches(text) if name != "furniture")
    assert coverage(text) == pytest.approx(1 - len(LEFT_OVER) / solid, abs=1e-6)
    assert coverage(f"{text}\n\n- 2 -\n+-----+\n") == coverage(text)


def uses(text: str) -> dict[str, list[str]]:
    """What is a label, what was read, and what was not, of all blocks."""
    rows = processed(text)
    blocks = [row for row in rows.by_table[BlockRow] if isinstance(row, BlockRow)]
    spans = {"label": [row.label_spans for row in blocks], "read": [row.read_spans for row in blocks]}
    found = {use: [text[one["char_start"] : one["char_end"]] for one in chain(*of)] for use, of in spans.items()}
    return found | {"not_read": [row.text for row in rows.by_table[Unclaimed] if row.reason == "not_read"]}


def test_a_block_is_made_of_labels_and_of_words_that_came_out() -> None:
    found = uses(report())
    assert found["not_read"] == []
    assert RATIONALE in found["read"]
    assert any(words.startswith("งบประมาณที่ได้รับ") for words in found["label"])


def test_words_that_no_cell_takes_are_told_with_their_block() -> None:
    text = report().replace("ประเด็นยุทธศาสตร์ : ", f"{LEFT_OVER}\nประเด็นยุทธศาสตร์ : ", 1)
    assert uses(text)["not_read"] == [LEFT_OVER]
    row = only([row for row in tables_of(text)["findings"] if row["code"] == "text_not_read"])
    assert LEFT_OVER in str(row["message"])
    assert row["project_id"] == only(tables_of(text)["projects"])["project_id"]


def test_words_of_a_row_that_copies_outvote_are_not_read() -> None:
    more = report(objectives="1. ปลูกต้นไม้\n2. ดูแลต้นไม้\n3. ตัดแต่งกิ่งทุกเดือน")
    less = report(objectives="1. ปลูกต้นไม้\n2. ดูแลต้นไม้")
    assert "".join(uses(f"{less}\f{more}\f{less}")["not_read"]).count("ตัดแต่งกิ่งทุกเดือน") == 1


def test_a_value_that_says_nothing_is_no_text_that_was_lost() -> None:
    assert uses(report(header={"งบประมาณที่ใช้ไป": "- บาท"}))["not_read"] == []


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


def test_a_section_that_holds_the_name_leaves_no_empty_project() -> None:
    assert tables_of("1. หลักการและเหตุผล\nรั้วเก่า\nชื่อโครงการ : ทาสีรั้ว\n2. อื่น")["projects"] == []


Row = dict[str, object]
NAME = HEADER["ชื่อโครงการ/กิจกรรม"]


def evidence(text: str, column: str, table: str = "projects") -> list[Row]:
    rows = [row for row in tables_of(text)["evidence"] if (row["table_name"], row["column_name"]) == (table, column)]
    return [row for row in rows if row["row_key"] == rows[0]["row_key"]]


def confidence(text: str, column: str = "project_name") -> float:
    value = evidence(text, column)[0]["confidence"]
    assert isinstance(value, float)
    return value


DAMAGED = report().replace("ร่มเงา", "ร\N{THAI CHARACTER MAI EK}\N{THAI CHARACTER MAI EK}มเงา").replace("แ", "เเ")


@pytest.mark.parametrize("text", [report(), DAMAGED, f"\N{ZERO WIDTH SPACE}{report()}\f{report()}"])
def test_evidence_quotes_the_source(text: str) -> None:
    rows = tables_of(text)["evidence"]
    assert rows
    for row in rows:
        start, end = row["char_start"], row["char_end"]
        assert isinstance(start, int)
        assert isinstance(end, int)
        assert text[start:end] == row["raw_text"]
        assert str(row["raw_text"]).strip()


@pytest.mark.parametrize(
    ("column", "quoted"),
    [
        ("project_name", NAME),
        ("project_code", HEADER["รหัสโครงการ..."]),
        ("start_date", HEADER["เริ่มต้นโครงการ"]),
        ("budget_spent_baht", HEADER["งบประมาณที่ใช้ไป"]),
    ],
)
def test_evidence_quotes_the_value_without_its_label(column: str, quoted: str) -> None:
    assert [row["raw_text"] for row in evidence(report(), column)] == [quoted]


def test_a_value_that_stands_in_one_place_is_exact() -> None:
    row = evidence(report(), "project_name")[0]
    assert (row["method"], row["part"], row["confidence"]) == ("exact", 1, 1.0)
    assert (row["copies_total"], row["copies_agreeing"], row["alternatives"]) == (1, 1, [])


def test_a_value_on_several_lines_has_a_row_for_each() -> None:
    rows = evidence(report(header={"ชื่อโครงการ/กิจกรรม": "โครงการปลูกต้นไม้\nริมคลอง\nและริมทาง"}), "project_name")
    assert [(row["part"], row["raw_text"], row["method"]) for row in rows] == [
        (1, "โครงการปลูกต้นไม้", "merged_lines"), (2, "ริมคลอง", "merged_lines"), (3, "และริมทาง", "merged_lines"),
    ]  # fmt: skip


def test_a_value_on_two_pages_says_both() -> None:
    rows = evidence(report().replace(RATIONALE, "หน้าแรก\n\n- 1 -\n\fหน้าหลัง"), "text", "sections")
    assert [(row["page_number"], row["raw_text"]) for row in rows] == [(1, "หน้าแรก"), (2, "หน้าหลัง")]


def test_a_repaired_value_quotes_the_damage() -> None:
    rows = evidence(report(header={"ชื่อโครงการ/กิจกรรม": "โครงการเเปลงผัก"}), "project_name")
    assert [(row["raw_text"], row["method"]) for row in rows] == [("โครงการเเปลงผัก", "repaired")]


def test_repair_elsewhere_does_not_make_a_value_repaired() -> None:
    assert evidence(report().replace(RATIONALE, "เเละ"), "project_name")[0]["method"] == "exact"


def test_a_damaged_label_a_repair_and_disagreement_cost_confidence() -> None:
    sound = confidence(report())
    assert confidence(report().replace("ชื่อโครงการ/กิจกรรม", "ซื่อโดรงการ/กิจกม")) < sound
    assert confidence(report(header={"ชื่อโครงการ/กิจกรรม": "โครงการเเปลงผัก"})) < sound
    other = report(header={"ชื่อโครงการ/กิจกรรม": "โครงการปลูกหญ้าริมคลอง"})
    majority, tie = confidence(f"{report()}\f{report()}\f{other}"), confidence(f"{report()}\f{other}")
    assert tie < majority < sound
    assert confidence(f"{report()}\f{report()}") == sound


def test_evidence_of_copies_counts_them_and_lists_the_other_readings() -> None:
    other = report(header={"ชื่อโครงการ/กิจกรรม": "โครงการปลูกหญ้าริมคลอง"})
    row = evidence(f"{other}\f{report()}\f{report()}", "project_name")[0]
    assert (row["copies_total"], row["copies_agreeing"]) == (3, 2)
    assert (row["raw_text"], row["alternatives"]) == (NAME, ["โครงการปลูกหญ้าริมคลอง"])
    assert row["page_number"] == 2


def test_a_null_has_no_evidence() -> None:
    text = report(header={"งบประมาณที่ใช้ไป": "-", "สิ้นสุดโครงการ": "31/11/2561"})
    columns = {row["column_name"] for row in tables_of(text)["evidence"] if row["table_name"] == "projects"}
    assert columns.isdisjoint({"budget_spent_baht", "end_date"})


def test_an_entry_evidence_points_to_its_row() -> None:
    tables = tables_of(report(entries=[entry(1), entry(2)]))
    keys = {row["row_key"] for row in tables["evidence"] if row["table_name"] == "report_entries"}
    assert keys == {row["row_key"] for row in tables["report_entries"]}


def test_odd_white_space_between_two_columns_is_no_evidence() -> None:
    """A vertical tab, as some engines leave it, quotes nothing."""
    sample = Path(__file__).parents[2] / "samples" / "bma_project_proposal" / "26.txt"
    text = sample.read_text(encoding="utf-8").replace("๔        ๓", "๔    \x0b   ๓")
    rows = plain_rows(text.encode())
    assert [row["impact"] for row in rows["risks"]] == [3]
    assert not [row for row in rows["evidence"] if str(row["raw_text"]).isspace()]


@pytest.mark.parametrize("printed", [TITLE.strip("* "), "รายงานความก้าวหน้าและข้อมูลเกี่ยวกับโครงการ"])
def test_a_title_is_printed_as_on_the_page(printed: str) -> None:
    assert only(tables_of(report().replace(TITLE, printed))["documents"])["title"] == printed


def test_what_stands_between_the_title_and_the_first_heading_is_read() -> None:
    front = "สำนักงานเขตตัวอย่าง ปีงบประมาณ พ.ศ. 2561\n\nข้อมูล ณ วันที่ 14/09/2561"
    document = only(tables_of(report().replace(TITLE, f"# {TITLE.strip('* ')}\n\n{front}"))["documents"])
    assert (document["issuer"], str(document["as_of_date"])) == ("สำนักงานเขตตัวอย่าง", "2018-09-14")
