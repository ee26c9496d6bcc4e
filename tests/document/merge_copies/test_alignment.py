"""Rows of copies that are the same row, and headers that are copies of one."""

from datetime import date
from decimal import Decimal

import pytest

from pipeline.document.merge_copies.alignment import Row, align_rows, has_same_words, is_same_project, reading_key
from pipeline.model import ONLY_ROW, Cell, Field
from schemas.base import Table
from schemas.objectives import Objective
from schemas.projects import Project

ONE, TWO, THREE = "เพื่อเพิ่มร่มเงาบนทางเท้าสายหลัก", "เพื่อทดแทนต้นไม้ที่ตายหรือเสื่อมโทรม", "เพื่อให้ประชาชนมีที่พักผ่อน"


def cells(model: type[Table], copy: int, values: dict[str, object]) -> Row:
    """The cells of a row that say something."""
    return {
        column: Cell(Field(model, column, copy, ONLY_ROW, str(value), ()), value)
        for column, value in values.items()
        if value is not None
    }


def item(text: str, *, label: str | None = None, kind: str = "objective", copy: int = 1) -> Row:
    return cells(Objective, copy, {"kind": kind, "label": label, "text": text})


def aligned(*copies: list[Row]) -> list[dict[int, str]]:
    """The texts of each group by copy."""
    rows = align_rows(list(enumerate(copies, 1)), "text")
    return [{copy: str(cells["text"].value) for copy, cells in row.cells.items()} for row in rows]


def test_the_same_list_twice_is_one_list() -> None:
    rows = [item(ONE, label="1"), item(TWO, label="2")]
    assert aligned(rows, rows) == [{1: ONE, 2: ONE}, {1: TWO, 2: TWO}]


def test_items_in_another_order_meet() -> None:
    assert aligned([item(ONE), item(TWO), item(THREE)], [item(THREE), item(ONE), item(TWO)]) == [
        {1: ONE, 2: ONE}, {1: TWO, 2: TWO}, {1: THREE, 2: THREE},
    ]  # fmt: skip


def test_a_damaged_item_meets_its_twin() -> None:
    damaged = "เพื่ฮเพิ่มร่บเงาบนทางเทาสายหลก"
    assert aligned([item(ONE), item(TWO)], [item(damaged), item(TWO)])[0] == {1: ONE, 2: damaged}


def test_an_item_that_one_copy_lacks_keeps_its_place() -> None:
    assert aligned([item(ONE), item(THREE)], [item(ONE), item(TWO), item(THREE)]) == [
        {1: ONE, 2: ONE}, {2: TWO}, {1: THREE, 2: THREE},
    ]  # fmt: skip


def test_items_with_like_words_and_their_own_labels_stay_apart() -> None:
    rows = [item("ปลูกต้นไม้ในเขตหนึ่ง จำนวน 90 ต้น", label="1"), item("ปลูกต้นไม้ในเขตสอง จำนวน 90 ต้น", label="2")]
    assert [len(group) for group in aligned(rows, rows)] == [2, 2]


def test_two_items_with_the_same_words_are_two() -> None:
    rows = [item(ONE, label="1"), item(ONE, label="2")]
    assert [len(group) for group in aligned(rows, rows)] == [2, 2]


def test_an_item_whose_sub_head_one_copy_could_not_read_meets_its_twin() -> None:
    assert aligned([item(ONE, kind="target_quality")], [item(ONE, kind="target_quantity")]) == [{1: ONE, 2: ONE}]


def test_a_piece_that_a_line_break_cut_off_is_no_item() -> None:
    head, tail = "เพื่อเพิ่มร่มเงา", "บนทางเท้าสายหลัก"
    assert aligned([item(ONE)], [item(ONE)], [item(head), item(tail)])[0][1] == ONE
    assert len(aligned([item(ONE)], [item(ONE)], [item(head), item(tail)])) == 1


def test_a_piece_with_a_label_of_its_own_is_an_item() -> None:
    tail = "สายหลัก"
    assert aligned([item(ONE)], [item(ONE)], [item(tail, label="7")]) == [{3: tail}, {1: ONE, 2: ONE}]
    assert aligned([item(ONE)], [item(ONE)], [item(tail)]) == [{1: ONE, 2: ONE}]


def test_one_copy_is_left_as_it_is() -> None:
    assert aligned([item(ONE), item(ONE), item("เพื่อ")]) == [{1: ONE}, {1: ONE}, {1: "เพื่อ"}]
    assert aligned() == []


HEAD: dict[str, object] = {
    "project_name": "โครงการปลูกต้นไม้ริมคลอง",
    "project_code": "11-1",
    "fiscal_year_be": 2561,
    "start_date": date(2017, 10, 1),
    "end_date": date(2018, 9, 30),
    "budget_received_baht": Decimal(100_000),
}
OTHER: dict[str, object] = {
    "project_name": "โครงการอบรมอาสาสมัครดับเพลิงในชุมชน",
    "project_code": "21-7",
    "fiscal_year_be": 2562,
    "start_date": date(2018, 10, 1),
    "end_date": date(2019, 9, 30),
    "budget_received_baht": Decimal(7_000),
}


def head(values: dict[str, object]) -> Row:
    return cells(Project, 1, values)


@pytest.mark.parametrize(
    "misread",
    [
        {},
        {"project_code": "11-7"},
        {"project_name": "โดรงการปลูกตนไม้รืมคลอง"},
        {"fiscal_year_be": 2567},
        {"start_date": None, "end_date": None, "budget_received_baht": None},
        {"fiscal_year_be": 2582, "start_date": None, "end_date": None, "project_code": None},
        {"project_code": None, "project_name": None},
        {"project_code": "11-7", "budget_received_baht": Decimal(700_000)},
        {"fiscal_year_be": None, "project_code": "17-1"},
        {"project_name": "โครงการปลูกต้นไม้ริมคลอง รหัใครวการ : 11-1", "project_code": None},
        {"project_name": "โครงการปลูก", "project_code": None},
    ],
)
def test_a_header_with_a_misread_value_is_the_same_project(misread: dict[str, object]) -> None:
    assert is_same_project(head(HEAD), head(HEAD | misread))
    assert is_same_project(head(HEAD | misread), head(HEAD))


@pytest.mark.parametrize(
    "same",
    [
        (),
        ("fiscal_year_be", "start_date", "end_date"),
        ("fiscal_year_be", "start_date", "end_date", "budget_received_baht"),
        ("project_name",),
        ("budget_received_baht",),
        ("project_code",),
        ("project_name", "project_code"),
    ],
)
def test_another_report_is_another_project(same: tuple[str, ...]) -> None:
    other = OTHER | {column: HEAD[column] for column in same}
    assert not is_same_project(head(HEAD), head(other))
    assert not is_same_project(head(other), head(HEAD))


def test_a_header_that_says_nothing_belongs_to_any_project() -> None:
    assert is_same_project(head(HEAD), {})


@pytest.mark.parametrize(
    ("one", "other"),
    [("ปลูก ต้นไม้", "ปลูกต้นไม้\N{ZERO WIDTH SPACE}"), (Decimal("1.50"), Decimal("1.5")), (7, 7)],
)
def test_readings_that_differ_in_white_space_or_zeros_are_the_same(one: object, other: object) -> None:
    assert reading_key(one) == reading_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("ปลูกต้นไม้", "ปลูกตนไม้"), (Decimal("1.5"), Decimal("1.6")), (date(2017, 1, 2), date(2017, 2, 1))]
)
def test_readings_that_say_something_else_are_not(one: object, other: object) -> None:
    assert reading_key(one) != reading_key(other)


PLANTED = {
    "project_name": "โครงการปลูกต้นไม้ริมคลอง",
    "agency": "สำนักงานเขตตัวอย่าง",
    "fiscal_year_be": 2568,
    "start_date": date(2024, 10, 1),
    "budget_received_baht": Decimal(30000),
}
SAID = ONE + TWO + THREE


@pytest.mark.parametrize(
    ("changes", "words", "is_same"),
    [
        ({"budget_received_baht": Decimal(30), "start_date": None}, SAID, True),
        ({"agency": "สำนักงานเขตตัวอบ่าง"}, SAID, True),
        ({}, ONE + TWO, True),
        ({}, "ภูเขาสูงชันไม่มีน้ำใช้ตลอดฤดูร้อน", False),
        ({"agency": "สำนักงานเขตวังบูรพา"}, SAID, False),
        ({"project_name": "โครงการลอกท่อ"}, SAID, False),
        ({"fiscal_year_be": 2569, "start_date": date(2025, 10, 1)}, SAID, False),
    ],
)
def test_two_printings_that_say_nearly_the_same_are_of_one_project(
    changes: dict[str, object], words: str, is_same: bool
) -> None:
    one, other = cells(Project, 1, PLANTED), cells(Project, 2, PLANTED | changes)
    assert has_same_words(one, other, SAID, words) is is_same
