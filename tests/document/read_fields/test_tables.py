"""Printed tables: their cells in every layout that a word processor leaves, and the rows that they give."""

import pytest

from parsers.base import Column, Grid
from parsers.tables import MEASURES, PRICES, RISKS, STEPS
from pipeline.document.cells import cells_of
from pipeline.document.read_fields.tables import find_table, read_grid
from pipeline.model import Field
from schemas.risks import Risk
from tests.support.small_proposal import block_of, column, rows_of, values
from tests.support.table_layouts import (
    HEADINGS,
    LAYOUTS,
    PAINT,
    RAIN,
    READ,
    Layout,
    bare_markdown,
    flattened,
    flattened_with_blanks,
    markdown,
    read,
    tabs,
)  # fmt: skip

PLAIN = Grid(Risk, (Column(("ความเสี่ยง",), ("risk",)), Column(("แนวทางแก้ไข",), ("mitigation",))))
"""A table none of whose columns has a shape."""


def cells(text: str) -> list[str]:
    """What each cell says, lines parted by a stroke."""
    return [cell.text(text).replace("\n", " / ") for cell in cells_of(text, block_of(text).pieces)]


@pytest.mark.parametrize("layout", [markdown, bare_markdown, tabs, flattened, flattened_with_blanks])
def test_the_layout_of_a_table_does_not_matter_and_an_empty_cell_gives_nothing(layout: Layout) -> None:
    assert read(layout([HEADINGS, PAINT, RAIN])) == READ


@LAYOUTS
def test_columns_may_stand_in_any_order(layout: Layout) -> None:
    order = (3, 0, 4, 1, 2)
    assert [dict(sorted(row.items())) for row in read(layout([[r[i] for i in order] for r in (HEADINGS, PAINT)]))] == [
        dict(sorted(READ[0].items()))
    ]


@LAYOUTS
@pytest.mark.parametrize(
    ("risk", "chance"),
    [("ความเสียง", "โอกาศ"), ("**ความเสี่ยง**", "**โอกาส**"), ("ปัจจัยเสี่ยง", "โอกาสที่จะเกิด"), ("ความ เสี่ยง", "โอกาส :")],
)
def test_a_heading_is_known_whatever_its_dress_and_damage(layout: Layout, risk: str, chance: str) -> None:
    assert read(layout([(risk, chance), ("ฝนตก", "1")])) == [{"risk": "ฝนตก", "likelihood": "1"}]


def test_a_heading_over_two_lines_of_a_flattened_cell_is_one() -> None:
    text = flattened([("ตัวชี้วัด", "ค่า\nเป้าหมาย", "วิธีการวัด"), ("รั้วที่ทา\nสีแล้ว", "5 หลัง", "นับ")])
    assert [(row["name"], row["target"], row["method"]) for row in read(text, MEASURES)] == [
        ("รั้วที่ทา / สีแล้ว", "5 หลัง", "นับ")
    ]


@pytest.mark.parametrize("layout", [markdown, flattened])
def test_a_heading_over_several_columns_has_theirs_in_a_second_row(layout: Layout) -> None:
    first = ("ความเสี่ยง", "การประเมินความเสี่ยง", *(["", ""] if layout is markdown else []), "แนวทางแก้ไข")
    assert read(layout([first, ("", *HEADINGS[1:4], ""), PAINT, RAIN])) == READ


@pytest.mark.parametrize("layout", [markdown, tabs])
def test_a_short_row_lacks_its_last_cells_and_a_long_one_says_no_more_than_it_has_columns(layout: Layout) -> None:
    found = read(layout([HEADINGS[:3], ("สีหมด", "2"), ("ฝนตก", "1", "2", "7", "8")]))
    assert found == [{"risk": "สีหมด", "likelihood": "2"}, {"risk": "ฝนตก", "likelihood": "1", "impact": "2"}]


def test_a_flattened_table_that_breaks_off_keeps_what_it_has() -> None:
    assert read(flattened([HEADINGS[:3], ("สีหมด", "2", "3"), ("ฝนตก", "1")]))[1:] == [
        {"risk": "ฝนตก", "likelihood": "1"}
    ]


def test_an_empty_first_cell_of_a_markdown_row_does_not_shift_the_others() -> None:
    assert read(markdown([HEADINGS[:3], ("", "1", "2")])) == [{"likelihood": "1", "impact": "2"}]


@LAYOUTS
def test_a_row_that_says_nothing_is_none(layout: Layout) -> None:
    assert read(layout([HEADINGS, ("", "", "", "", ""), RAIN])) == READ[1:]


@LAYOUTS
def test_a_table_without_rows_gives_none(layout: Layout) -> None:
    assert read(layout([HEADINGS])) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("| ความเสี่ยง |\n| ฝนตก |", id="one heading"),
        pytest.param("| ฝนตก | น้อย |\n| สีหมด | สูง |", id="no headings"),
        pytest.param("ความเสี่ยงมีน้อย\nโอกาสเกิดขึ้นน้อยมาก", id="sentences that begin with headings"),
        pytest.param("\tฝนตก\n\tน้อย", id="cells without headings"),
        pytest.param("ไม่มี", id="a word"),
        pytest.param("", id="nothing"),
    ],
)
def test_without_two_headings_there_is_no_table(text: str) -> None:
    assert find_table(block_of(text), RISKS) is None


@LAYOUTS
def test_a_table_begins_at_its_headings_and_text_before_it_is_none_of_it(layout: Layout) -> None:
    text = f"ประเมินไว้ดังนี้\n{layout([HEADINGS, PAINT])}"
    table = find_table(block_of(text), RISKS)
    assert table is not None
    assert text[table.start :].startswith(("| ความเสี่ยง", "ความเสี่ยง"))
    assert read(text) == READ[:1]


@pytest.mark.parametrize("layout", [markdown, tabs])
def test_a_line_behind_printed_rows_is_no_row(layout: Layout) -> None:
    assert read(layout([HEADINGS, PAINT]) + "\nจัดทำโดยฝ่ายโยธา") == READ[:1]


def test_a_line_that_begins_no_cell_goes_on_with_the_flattened_cell_before_it() -> None:
    found = read(flattened([HEADINGS, (*PAINT[:4], "ซื้อเพิ่ม\nที่ร้านใกล้เคียง"), RAIN]))
    assert column(found, "mitigation") == ["ซื้อเพิ่ม / ที่ร้านใกล้เคียง", "รอให้หยุด"]


def test_a_table_that_lost_its_cells_is_parted_by_the_shapes_of_its_columns() -> None:
    rows = [HEADINGS, PAINT, ("ฝนตก\nฟ้าคะนอง", "1", "2", "น้อย", "รอ\nแล้วทำต่อ")]
    found = read("\n\n".join("\n".join(row) for row in rows))
    assert found[0] == READ[0]
    assert found[1] == {
        "risk": "ฝนตก / ฟ้าคะนอง",
        "likelihood": "1",
        "impact": "2",
        "level": "น้อย",
        "mitigation": "รอ / แล้วทำต่อ",
    }


def test_a_share_on_two_lines_is_one_target_where_cells_are_lost() -> None:
    headings = ("ตัวชี้วัด", "ค่าเป้าหมาย", "ประเภท", "วิธีการคำนวณ", "ระยะเวลา")
    row = ("รั้วที่ทาสีแล้ว", "ร้อยละ\n90", "ผลผลิต", "นับรั้ว", "ปีงบประมาณ 2570")
    (found,) = read("\n".join((*headings, *row)), MEASURES)
    assert (found["name"], found["target"], found["indicator_type"], found["method"], found["period"]) == (
        "รั้วที่ทาสีแล้ว",
        "ร้อยละ / 90",
        "ผลผลิต",
        "นับรั้ว",
        "ปีงบประมาณ 2570",
    )


def test_a_row_behind_a_gap_is_read_where_cells_are_lost() -> None:
    text = "\n".join(HEADINGS) + "\n" + "\n".join(PAINT) + "\n\nฝนตก\n1\n2\nน้อย\nรอ"
    assert column(read(text), "risk") == ["สีหมด", "ฝนตก"]


@pytest.mark.parametrize("layout", [markdown, flattened])
def test_cells_without_shapes_fall_into_columns_by_their_place(layout: Layout) -> None:
    text = layout([("ความเสี่ยง", "แนวทางแก้ไข"), ("1", "2"), ("ฝนตก", "")])
    assert read(text, PLAIN) == [{"risk": "1", "mitigation": "2"}, {"risk": "ฝนตก"}]


def test_the_same_heading_twice_is_read_once() -> None:
    assert read(markdown([("ความเสี่ยง", "โอกาส", "โอกาส"), ("ฝนตก", "1", "3")])) == [{"risk": "ฝนตก", "likelihood": "1"}]


@LAYOUTS
@pytest.mark.parametrize("words", ["รวม", "รวมทั้งสิ้น", "รวมเป็นเงิน", "**รวม**"])
def test_a_printed_total_is_no_row(layout: Layout, words: str) -> None:
    text = layout([("รายการ", "จำนวน", "จำนวนเงิน"), ("สี", "2 ถัง", "1,000"), (words, "", "1,000")])
    assert column(read(text, PRICES), "item") == ["สี"]


@pytest.mark.parametrize("layout", [markdown, flattened])
@pytest.mark.parametrize("number", ["", "2"])
def test_a_total_behind_the_column_of_numbers_is_no_row(layout: Layout, number: str) -> None:
    text = layout([("ลำดับ", "รายการ", "จำนวนเงิน"), ("1", "สี", "1,000"), (number, "รวม", "1,000")])
    assert column(read(text, PRICES), "item") == ["สี"]


@LAYOUTS
@pytest.mark.parametrize(("printed", "label"), [("1", "1"), ("๒.๑", "2.1"), ("(3)", "3"), ("4.", "4"), ("-", None)])
def test_a_rows_own_number_is_its_label_in_arabic_digits(layout: Layout, printed: str, label: str | None) -> None:
    text = layout([("ลำดับ", "กิจกรรม", "ผู้รับผิดชอบ"), (printed, "ทาสี", "ฝ่ายโยธา")])
    found = [one for one in read_grid(STEPS, block_of(text)) if isinstance(one, Field) and one.column == "label"]
    assert [field.value for field in found if field.value] == ([label] if label else [])


def test_each_field_quotes_its_cell() -> None:
    text = flattened([HEADINGS, (*PAINT[:4], "ซื้อเพิ่ม\nที่ร้าน")])
    for field in (one for one in read_grid(RISKS, block_of(text)) if isinstance(one, Field)):
        assert "\n".join(text[start:end] for start, end in field.spans) == field.raw


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("| ก | ข |\n|---|---|\n| ค | |", ["ก", "ข", "ค", ""]),
        ("ก\tข\nค\tง", ["ก", "ข", "ค", "ง"]),
        ("\tก\n\t\n\tข", ["ก", "", "ข"]),
        ("\tก\nข\n\n\tค", ["ก / ข", "ค"]),
        ("ก\nข", ["ก", "ข"]),
        ("| ก | ข |\nค\nง\n\tจ", ["ก", "ข", "ค / ง", "จ"]),
        ("อัตรา ก|ข", ["อัตรา ก|ข"]),
    ],
)
def test_cells_are_parted_by_bars_tabs_and_lines_behind_a_tab(text: str, expected: list[str]) -> None:
    assert cells(text) == expected


def test_a_proposal_gives_scores_targets_and_shares_as_numbers() -> None:
    assert values(rows_of("risks", risks=markdown([HEADINGS, PAINT, RAIN])), "risk", "likelihood", "impact") == [
        ("สีหมด", 2, 3),
        ("ฝนตก", 1, None),
    ]
    measures = [("ตัวชี้วัด", "ค่าเป้าหมาย"), ("รั้วที่ทาสี", "ร้อยละ 90"), ("ความพอใจ", "ผ่านเกณฑ์")]
    found = values(rows_of("indicators", indicators=tabs(measures)), "name", "target", "target_value", "target_unit")
    assert found == [("รั้วที่ทาสี", "ร้อยละ 90", 90, "percent"), ("ความพอใจ", "ผ่านเกณฑ์", None, None)]


@pytest.mark.parametrize("score", ["2.5", "2-3", "x", "มาก", "2 หรือ 3"])
def test_a_score_that_is_no_whole_number_is_never_made_one(score: str) -> None:
    found = rows_of("risks", risks=markdown([HEADINGS[:3], ("ฝนตก", score, "1")]))
    assert values(found, "likelihood", "impact") == [(None, 1)]


@pytest.mark.parametrize("joint", [" : ", "\t", "      ", " | "])
def test_a_table_on_its_side_has_labels_beside_its_values(joint: str) -> None:
    lines = [f"{head}{joint}{cell}" for row in (PAINT, RAIN) for head, cell in zip(HEADINGS, row, strict=True) if cell]
    assert read("\n".join(lines)) == READ
    assert read("\n".join(["ชุมชนเห็นว่า", *lines, "และดูแล"])) == [
        READ[0],
        READ[1] | {"mitigation": "รอให้หยุด / และดูแล"},
    ]


def test_two_labels_are_a_table_where_they_are_all_of_it() -> None:
    two = "ความเสี่ยง : ฝนตก\nโอกาส : 3"
    assert [(row["risk"], row["likelihood"]) for row in read(two)] == [("ฝนตก", "3")]
    assert read(f"{two}\nชุมชนเห็นว่าควรเลื่อนงาน") == []
