"""Numbers, markers of lists, quantities."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers import Unreadable
from normalizers.digits import ARABIC, THAI
from normalizers.numbers import marker, number, quantity

TO_THAI = str.maketrans(ARABIC, THAI)
label = st.lists(st.integers(1, 29), min_size=1, max_size=4).map(lambda levels: ".".join(map(str, levels)))


@given(value=st.integers(-(10**12), 10**12))
def test_a_number_reads_back(value: int) -> None:
    for printed in (f"{value:,}", str(value)):
        assert number(printed) == number(printed.translate(TO_THAI)) == value


@given(value=st.integers(1000, 10**12))
def test_zeros_read_as_letters_are_settled_by_full_groups(value: int) -> None:
    first, *rest = f"{value:,}".split(",")
    assert number(",".join([first, *(group.replace("0", "O") for group in rest)])) == value


@given(printed=label)
def test_every_marker_gives_its_label(printed: str) -> None:
    for layout in (
        "{}. ครู",
        "{}) ครู",
        "({}) ครู",
        "( {} )  ครู",
        "- {}) ครู",
        "**{}. ครู**",
        "{}\\. ครู",
        "## {}. ครู",
        " • {}.ครู",
    ):
        text = layout.format(printed.translate(TO_THAI))
        found, length = marker(text)
        assert (found, text[length:].rstrip("*")) == (printed, "ครู")


def test_a_label_of_several_levels_needs_no_dot_behind() -> None:
    assert marker("๓.๓.๒ ครู") == ("3.3.2", 6)
    assert marker("2.1  เพื่อ") == ("2.1", 5)
    assert marker("**1.1 รหัส**") == ("1.1", 6)


@pytest.mark.parametrize("text", ["- ครู", "•ครู", "□ ครู", "❖ ครู", "* ครู", "\\- ครู", "□□-□ ครู"])
def test_a_bullet_has_no_label(text: str) -> None:
    found, length = marker(text)
    assert found is None
    assert text[length:] == "ครู"


NO_MARKER = """
60 คน|17 มีนาคม 2563 เห็นชอบ|10 ม.ค. 61 ประชุม|10/3/2561 ประชุม|12.5 ล้านบาท|34.7700 ล้านตัน|2561 ครู|2561. ครู|(2561) ครู
437 โรงเรียน|500.- บาท|1,200 บาท|053 465 555|09000000-3863|5.00 % ครู|10.30 น. ครู|12.30-16.30 น.|1.5 เท่า|ก. ครู|-ครู
-|** ครู|0. ครู||๑๗๕,๗๕๘.๗๒ บาท
"""


@pytest.mark.parametrize("text", [text for row in NO_MARKER.strip().splitlines() for text in row.split("|")])
def test_amounts_dates_and_counts_are_no_markers(text: str) -> None:
    assert marker(text, bare_numbers=True) == (None, 0)


def test_a_bare_number_is_a_marker_only_where_asked_for() -> None:
    assert marker("2 พันธกิจ") == (None, 0)
    assert marker("2 พันธกิจ", bare_numbers=True) == ("2", 2)
    assert marker("- 2 -", bare_numbers=True) == (None, 2)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("๓ โรงเรียน", 3, "โรงเรียน"),
        ("760 คน", 760, "คน"),
        ("จำนวน 1,200 เล่ม", 1200, "เล่ม"),
        ("5", 5, None),
        ("จำนวน 5", 5, None),
        ("ไม่น้อยกว่าร้อยละ 80", 80, "percent"),
        ("95 %", 95, "percent"),
        ("1.2 ล้านคน", 1200000, "คน"),
        ("5 (คน)", 5, "คน"),
        ("3 โรงเรียนๆ ละ 13,100.-บาท", 3, "โรงเรียน"),
        ("2 ครั้ง/ปี", 2, "ครั้ง/ปี"),
        ("3 โรงเรียน (ขนาดใหญ่)", 3, "โรงเรียน"),
    ],
)
def test_a_quantity_has_its_unit(text: str, value: int, unit: str | None) -> None:
    assert quantity(text) == (Decimal(value), unit)


@pytest.mark.parametrize(
    "text", ["60-70 คน", "3 โรงเรียน 5 ห้อง", "วันที่ 5 มกราคม", "ปี 2561", "10.30 น.", "ครั้งที่ 5", "คน", "໑ คน"]
)
def test_what_is_no_quantity_is_unreadable(text: str) -> None:
    with pytest.raises(Unreadable):
        quantity(text)


@pytest.mark.parametrize("text", ["1/2", "1-2", "760 คน", "ร้อยละ 5", "ศูนย์", "สามคน", "1.200.000", "00", "໑໒", "5."])
def test_what_is_more_than_a_number_is_unreadable(text: str) -> None:
    with pytest.raises(Unreadable):
        number(text)
