"""Lists of aims: markers, bullets, sub-heads, and items that run together on a line."""

from collections.abc import Mapping

import pytest

from parsers.base import Bullets
from pipeline.document.read_fields.lists import read_bullets
from schemas.objectives import Objective
from tests.support.small_proposal import block_of
from tests.support.small_report import codes_of, report, tables_of

Item = tuple[object, object, object]
ONE, TWO, THREE = "เพื่อเพิ่มร่มเงา", "เพื่อทดแทนต้นไม้ที่ตาย", "เพื่อให้เมืองน่าอยู่"
NUMBERED = [("objective", "1", ONE), ("objective", "2", TWO), ("objective", "3", THREE)]
WITHOUT = [("objective", None, ONE), ("objective", None, TWO), ("objective", None, THREE)]


def items(*, objectives: str = "-", targets: str = "-") -> list[Item]:
    """The kind, the label and the text of every item."""
    rows = tables_of(report(objectives=objectives, targets=targets))["objectives"]
    assert [row["ordinal"] for row in rows] == list(range(1, len(rows) + 1))
    return [(row["kind"], row["label"], row["text"]) for row in rows]


@pytest.mark.parametrize(
    "style",
    [
        "{}. ", "{} ", "{}) ", "({}) ", "{}.", "- {}. ", "• {}) ", "**{}.** ", "{}\\. ", "{}\n", "{} . ", "{} ) ",
        "**{}**\n",
    ],
)  # fmt: skip
def test_the_style_of_the_numbers_does_not_matter(style: str) -> None:
    text = "\n".join(style.format(number) + said for number, said in enumerate((ONE, TWO, THREE), 1))
    assert items(objectives=text) == NUMBERED


def test_thai_numbers_give_arabic_labels() -> None:
    assert items(objectives=f"๑. {ONE}\n๒. {TWO}\n๓. {THREE}") == NUMBERED


@pytest.mark.parametrize("bullet", ["- ", "• ", "□ ", "* ", "– ", "-  "])
def test_an_item_behind_a_bullet_has_no_label(bullet: str) -> None:
    assert items(objectives="\n".join(bullet + said for said in (ONE, TWO, THREE))) == WITHOUT


def test_items_without_markers_begin_with_their_word() -> None:
    assert items(objectives=f"{ONE}\n{TWO}\n{THREE}") == WITHOUT
    assert items(objectives=f"**{ONE}**\n**{TWO}**\n**{THREE}**") == WITHOUT


def test_a_paragraph_without_markers_is_one_item() -> None:
    assert items(objectives="สร้างเมืองที่ร่มรื่น\nและน่าอยู่") == [("objective", None, "สร้างเมืองที่ร่มรื่น และน่าอยู่")]


def test_an_item_goes_on_over_lines_and_pages() -> None:
    text = f"1. เพื่อเพิ่ม\nร่มเงา\n\n- 2 -\n\f2. {TWO}"
    assert items(objectives=text) == [("objective", "1", "เพื่อเพิ่ม ร่มเงา"), ("objective", "2", TWO)]


def test_a_numbered_item_that_goes_on_with_the_word_is_one_item() -> None:
    assert items(objectives=f"1. {ONE}\n{TWO}\n2. {THREE}") == [
        ("objective", "1", f"{ONE} {TWO}"),
        ("objective", "2", THREE),
    ]


@pytest.mark.parametrize("style", ["{}. ", "{}) ", "({}) ", "{} "])
def test_items_run_together_on_one_line_are_parted_where_the_numbers_go_on(style: str) -> None:
    text = " ".join(style.format(number) + said for number, said in enumerate((ONE, TWO, THREE), 1))
    assert items(objectives=text) == NUMBERED


@pytest.mark.parametrize(
    "said",
    [
        "ปลูกต้นไม้ 2 ต้น",
        "ลดอุณหภูมิลง 2.5 องศา",
        "ภายในวันที่ 2 มกราคม 2561",
        "ตามข้อ (2) ของระเบียบ",
        "ระยะที่ 2. ระยะที่สอง",
        "งบประมาณ 2.5 ล้านบาท",
    ],
)
def test_a_number_inside_an_item_does_not_part_it_where_the_list_goes_on_below(said: str) -> None:
    assert items(objectives=f"1. {said}\n2. {TWO}") == [("objective", "1", said), ("objective", "2", TWO)]


@pytest.mark.parametrize("style", ["{}. ", "{}) ", "({}) ", "{}\\. "])
def test_items_run_together_go_on_over_lines_and_behind_a_sub_head_with_the_next_number(style: str) -> None:
    one, two, three = (style.format(number) + said for number, said in enumerate((ONE, TWO, THREE), 1))
    found = items(targets=f"1. ด้านปริมาณ\n{one} {two}\nทุกต้น {three}\n2. ด้านคุณภาพ\n{one} {two}")
    assert found == [
        ("target_quantity", "1", ONE),
        ("target_quantity", "2", f"{TWO} ทุกต้น"),
        ("target_quantity", "3", THREE),
        ("target_quality", "1", ONE),
        ("target_quality", "2", TWO),
    ]


def test_a_list_may_begin_behind_the_words_that_introduce_it_which_are_no_item() -> None:
    assert items(objectives=f"มีดังนี้ 1. {ONE} 2. {TWO} 3. {THREE}") == NUMBERED
    assert items(objectives=f"มีดังนี้ 1. {ONE}\n2. {TWO}\n3. {THREE}") == NUMBERED
    assert "text_not_read" not in codes_of(report(objectives=f"มีดังนี้\n1. {ONE}\n2. {TWO}"))


@pytest.mark.parametrize("word", ["ข้อ", "ข้อที่", "วัตถุประสงค์ที่"])
def test_a_word_may_stand_before_the_number_of_an_objective(word: str) -> None:
    assert items(objectives=f"{word} 1 {ONE}\n{word} ๒ {TWO}\n{word} 3 {THREE}") == NUMBERED


def test_a_list_may_stand_in_a_table_of_numbers_and_words() -> None:
    table = f"| ที่ | วัตถุประสงค์ |\n|---|---|\n| 1 | {ONE} |\n| 2 | {TWO} |\n| 3 | {THREE} |"
    assert items(objectives=table) == NUMBERED
    assert items(objectives=f"ตามข้อ 1. {ONE}") == [("objective", None, f"ตามข้อ 1. {ONE}")]


def test_a_number_of_two_levels_may_stand_on_a_line_of_its_own() -> None:
    assert items(targets=f"2 เชิงคุณภาพ\n๒.๑\n{ONE}\n- ๒.๒\n{TWO}") == [
        ("target_quality", "2.1", ONE),
        ("target_quality", "2.2", TWO),
    ]


@pytest.mark.parametrize("said", ["ปลูกต้นไม้ 2 ต้น", "ลดอุณหภูมิลง 2.5 องศา", "ภายในวันที่ 2 มกราคม 2561"])
def test_a_number_that_counts_does_not_part_the_only_item(said: str) -> None:
    assert items(objectives=f"1. {said}") == [("objective", "1", said)]


def test_a_year_or_an_amount_is_no_marker() -> None:
    assert items(objectives="2561 เป็นปีแห่งต้นไม้") == [("objective", None, "2561 เป็นปีแห่งต้นไม้")]
    assert items(objectives="500 ต้น") == [("objective", None, "500 ต้น")]


def test_levels_are_kept_in_the_label() -> None:
    found = items(targets="1. ด้านปริมาณ\n1.1 ปลูกต้นไม้ 90 ต้น\n1.2 ดูแลต้นไม้ 900 ต้น\n2. ด้านคุณภาพ\n2.1 รอดตายร้อยละ 95")
    assert found == [
        ("target_quantity", "1.1", "ปลูกต้นไม้ 90 ต้น"),
        ("target_quantity", "1.2", "ดูแลต้นไม้ 900 ต้น"),
        ("target_quality", "2.1", "รอดตายร้อยละ 95"),
    ]


@pytest.mark.parametrize(
    ("quantity", "quality"),
    [
        ("ด้านปริมาณ", "ด้านคุณภาพ"),
        ("เชิงปริมาณ", "เชิงคุณภาพ"),
        ("เป้าหมายเชิงปริมาณ", "เป้าหมายเชิงคุณภาพ"),
        ("**ด้านปริมาณ**", "**ด้านคุณภาพ**"),
        ("ด้านปริมาณ :", "ด้านคุณภาพ :"),
        ("ดานปริมาฌ", "ดานคุฌภาพ"),
        ("- ด้านปริมาณ", "- ด้านคุณภาพ"),
    ],
)
def test_a_sub_head_gives_the_kind_and_is_no_item(quantity: str, quality: str) -> None:
    assert items(targets=f"{quantity}\nปลูกต้นไม้ 90 ต้น\n{quality}\nรอดตายร้อยละ 95") == [
        ("target_quantity", None, "ปลูกต้นไม้ 90 ต้น"),
        ("target_quality", None, "รอดตายร้อยละ 95"),
    ]


def test_the_number_of_a_sub_head_is_the_label_of_the_item_in_its_line() -> None:
    assert items(targets="1. ด้านปริมาณ ปลูกต้นไม้ 90 ต้น\n2. ด้านคุณภาพ รอดตายร้อยละ 95") == [
        ("target_quantity", "1", "ปลูกต้นไม้ 90 ต้น"),
        ("target_quality", "2", "รอดตายร้อยละ 95"),
    ]


def test_two_sub_heads_run_together_on_one_line_are_two_items() -> None:
    assert items(targets="1. ด้านปริมาณ ปลูกต้นไม้ 90 ต้น 2. ด้านคุณภาพ รอดตายร้อยละ 95") == [
        ("target_quantity", "1", "ปลูกต้นไม้ 90 ต้น"),
        ("target_quality", "2", "รอดตายร้อยละ 95"),
    ]


def test_a_sub_head_without_items_is_no_row() -> None:
    assert items(targets="1. ด้านปริมาณ\nปลูกต้นไม้ 90 ต้น\n2. ด้านคุณภาพ\n......") == [
        ("target_quantity", "1", "ปลูกต้นไม้ 90 ต้น")
    ]


@pytest.mark.parametrize("said", ["ปริมาณน้ำเพิ่มขึ้น", "คุณภาพชีวิตดีขึ้น", "ด้านหน้าอาคารสะอาด"])
def test_words_like_a_sub_head_are_an_item(said: str) -> None:
    assert items(targets=f"ด้านปริมาณ\n1. {said}\n2. รอดตายร้อยละ 95")[0] == ("target_quantity", "1", said)


@pytest.mark.parametrize("silence", ["-", "......", "", "- \n- "])
def test_a_list_that_says_nothing_has_no_items(silence: str) -> None:
    assert items(objectives=silence, targets=silence) == []


def test_a_catchword_at_the_foot_of_a_page_is_no_item() -> None:
    assert items(objectives=f"1. {ONE}\n2. เพื่อทดแทน ...\f2. {TWO}") == NUMBERED[:2]


def test_the_items_evidence_quotes_the_words_without_the_marker() -> None:
    tables = tables_of(report(objectives=f"๑) {ONE}"))
    rows = [row for row in tables["evidence"] if row["table_name"] == "objectives"][:3]
    assert {row["column_name"]: row["raw_text"] for row in rows} == {"kind": ONE, "label": "๑)", "text": ONE}


def listed(
    text: str,
    *,
    kind: str | None = "output",
    sub_heads: Mapping[str, tuple[str, ...]] | None = None,
    runs_on: bool = False,
    words: tuple[str, ...] = (),
    is_flat: bool = True,
) -> list[Item]:
    """The items of a list that is declared with these options, as they are printed."""
    reads = Bullets(Objective, kind, sub_heads or {}, runs_on=runs_on, words=words, is_flat=is_flat)
    declared = (*words, *(said for names in reads.sub_heads.values() for said in names))
    rows: dict[object, dict[str, str]] = {}
    for field in read_bullets(reads, block_of(text, words=declared)):
        rows.setdefault(field.row, {})[field.column] = field.raw
    return [(row.get("kind"), row.get("label"), row["text"].strip()) for row in rows.values()]


def test_items_that_do_not_run_on_keep_the_numbers_inside_their_lines() -> None:
    text = "1. อบรมครู 2. นิเทศโรงเรียน\n3. สรุปผล"
    assert listed(text) == [("output", "1", "อบรมครู 2. นิเทศโรงเรียน"), ("output", "3", "สรุปผล")]
    assert listed(text, runs_on=True) == [
        ("output", "1", "อบรมครู"),
        ("output", "2", "นิเทศโรงเรียน"),
        ("output", "3", "สรุปผล"),
    ]


@pytest.mark.parametrize("style", ["กิจกรรมที่ {} {}", "กิจกรรมที่ {}. {}", "- กิจกรรมที่ {} : {}", "**กิจกรรมที่ {}** {}"])
def test_a_word_with_a_number_begins_an_item_as_a_marker_does(style: str) -> None:
    text = f"{style.format('๑', 'อบรมครู')}\nสองรุ่น\n{style.format('๒', 'นิเทศ')}"
    assert listed(text, words=("กิจกรรมที่",)) == [("output", "1", "อบรมครู\nสองรุ่น"), ("output", "2", "นิเทศ")]


def test_without_the_word_declared_such_a_line_is_text() -> None:
    assert listed("1. อบรมครู\nกิจกรรมที่ ๒ นิเทศ") == [("output", "1", "อบรมครู\nกิจกรรมที่ ๒ นิเทศ")]


def test_an_item_that_a_word_begins_may_say_all_on_the_next_line() -> None:
    assert listed("กิจกรรมที่ ๑\nอบรมครู", words=("กิจกรรมที่",)) == [("output", "1", "อบรมครู")]


def test_markers_and_words_may_begin_items_of_one_list() -> None:
    text = "กิจกรรมที่ ๑ อบรมครู\n1. รุ่นแรก\n2. รุ่นสอง"
    assert listed(text, words=("กิจกรรมที่",)) == [
        ("output", "1", "อบรมครู"),
        ("output", "1", "รุ่นแรก"),
        ("output", "2", "รุ่นสอง"),
    ]


def test_in_a_list_that_is_not_flat_a_lower_level_belongs_to_the_item_above() -> None:
    text = "1. อบรมครู\n1.1 รุ่นแรก\n1.2 รุ่นสอง\n2. นิเทศ\n2.1 สองครั้ง"
    assert listed(text, is_flat=False) == [
        ("output", "1", "อบรมครู\n1.1 รุ่นแรก\n1.2 รุ่นสอง"),
        ("output", "2", "นิเทศ\n2.1 สองครั้ง"),
    ]
    assert [label for _, label, _ in listed(text)] == ["1", "1.1", "1.2", "2", "2.1"]


def test_the_first_marker_sets_the_level_of_a_list_that_is_not_flat() -> None:
    assert listed("8.1 อบรมครู\n8.2 นิเทศ\n8.2.1 สองครั้ง", is_flat=False) == [
        ("output", "8.1", "อบรมครู"),
        ("output", "8.2", "นิเทศ\n8.2.1 สองครั้ง"),
    ]


def test_a_list_without_a_kind_has_items_without_one() -> None:
    assert listed("1. อบรมครู\n- นิเทศ", kind=None) == [(None, "1", "อบรมครู"), (None, None, "นิเทศ")]


def test_sub_heads_that_keep_the_kind_part_the_items_and_are_none() -> None:
    sub_heads = {"output": ("เชิงปริมาณ", "เชิงคุณภาพ")}
    text = "เชิงปริมาณ\n1. ครู ๕๐ คน\nเชิงคุณภาพ\n1. ครูสอนดีขึ้น"
    assert listed(text, sub_heads=sub_heads) == [("output", "1", "ครู ๕๐ คน"), ("output", "1", "ครูสอนดีขึ้น")]
