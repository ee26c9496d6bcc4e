"""Which pages belong to which copy, whatever became of the paper before it was scanned."""

import pytest

from tests.support.small_report import (
    TITLE,
    entry,
    first_page,
    last_page,
    middle_page,
    only,
    report,
    split_of,
    tables_of,
)

FIRST, MIDDLE = first_page(), middle_page()
LAST = last_page([entry(1), entry(2, activity="ดูแลต้นไม้ที่ปลูกแล้ว")])
WHOLE = [FIRST, MIDDLE, LAST]
OTHER_HEADER = {
    "ชื่อโครงการ/กิจกรรม": "โครงการอบรมอาสาสมัครดับเพลิงในชุมชน",
    "รหัสโครงการ...": "21000000-0457",
    "ปีงบประมาณ พ.ศ.": "2562",
    "เริ่มต้นโครงการ": "2018-10-01 00:00:00",
    "สิ้นสุดโครงการ": "2019-09-30 00:00:00",
}


def paper(*pages: str) -> str:
    """Pages in the order in which they lie."""
    return "\f".join(pages)


def copy_numbers(text: str) -> list[int]:
    return list(split_of(text).copy_of_page)


def shape(text: str) -> tuple[int, object, int, int, int, int]:
    """Projects, copies, and the rows that they give."""
    tables = tables_of(text)
    return (
        len(tables["projects"]),
        only(tables["documents"])["copy_count"],
        len(tables["objectives"]),
        len(tables["report_entries"]),
        len(tables["strategy_links"]),
        len(tables["sections"]),
    )


ONE_REPORT = (4, 2, 4, 2)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 7])
def test_a_report_of_several_pages_may_stand_any_number_of_times(count: int) -> None:
    text = paper(*WHOLE * count)
    assert shape(text) == (1, count, *ONE_REPORT)
    assert copy_numbers(text) == [n for n in range(1, count + 1) for _ in WHOLE]


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_a_report_of_one_page_may_stand_any_number_of_times(count: int) -> None:
    text = paper(*[report()] * count)
    assert shape(text) == (1, count, *ONE_REPORT)
    assert copy_numbers(text) == list(range(1, count + 1))


@pytest.mark.parametrize("gap", ["\n\n", "\n\n\n\n\n\n", "\f"])
def test_copies_are_parted_by_whatever_parts_pages(gap: str) -> None:
    assert shape(gap.join([report()] * 2)) == (1, 2, *ONE_REPORT)


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_page_scanned_twice_makes_no_copy(at: int) -> None:
    pages = [*WHOLE[: at + 1], *WHOLE[at:]]
    text = paper(*pages)
    assert shape(text) == (1, 1, *ONE_REPORT)
    assert copy_numbers(text) == [1, 1, 1, 1]


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_page_scanned_twice_in_the_second_copy_makes_no_third(at: int) -> None:
    text = paper(*WHOLE, *WHOLE[: at + 1], *WHOLE[at:])
    assert shape(text) == (1, 2, *ONE_REPORT)
    assert copy_numbers(text) == [1, 1, 1, 2, 2, 2, 2]


def test_the_second_scan_of_a_page_is_a_second_reading() -> None:
    damaged = LAST.replace("ปลูกต้นไม้ตามแผนงาน", "ปลูกต้นไม้ตามแผฆฃน")
    tables = tables_of(paper(FIRST, MIDDLE, damaged, LAST))
    assert [row["activity"] for row in tables["report_entries"]] == ["ปลูกต้นไม้ตามแผนงาน", "ดูแลต้นไม้ที่ปลูกแล้ว"]


def test_a_repeated_page_says_which_page_it_repeats() -> None:
    rows = tables_of(paper(FIRST, MIDDLE, LAST, LAST))["pages"]
    assert [row["duplicate_of"] for row in rows] == [None, None, None, 3]
    assert rows[3]["similarity"] == 1.0
    rows = tables_of(paper(*WHOLE, *WHOLE))["pages"]
    assert [row["duplicate_of"] for row in rows] == [None, None, None, 1, 2, 3]


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_a_page_missing_from_the_second_copy_loses_no_row(missing: int) -> None:
    pages = [page for at, page in enumerate(WHOLE) if at != missing]
    text = paper(*WHOLE, *pages)
    assert shape(text) == (1, 2, *ONE_REPORT)
    assert copy_numbers(text) == [1, 1, 1, 2, 2]


@pytest.mark.parametrize("missing", [1, 2])
def test_a_page_missing_from_the_first_copy_is_had_from_the_second(missing: int) -> None:
    pages = [page for at, page in enumerate(WHOLE) if at != missing]
    assert shape(paper(*pages, *WHOLE)) == (1, 2, *ONE_REPORT)


def test_a_first_page_missing_from_the_first_copy_is_had_from_the_second() -> None:
    assert shape(paper(f"{TITLE}\n\n{MIDDLE}", LAST, *WHOLE)) == (1, 2, *ONE_REPORT)


@pytest.mark.parametrize("order", [(0, 2, 1), (1, 0, 2), (2, 1, 0), (2, 0, 1), (1, 2, 0)])
def test_pages_out_of_order_are_one_copy(order: tuple[int, int, int]) -> None:
    text = paper(*(WHOLE[at] for at in order))
    assert shape(text) == (1, 1, *ONE_REPORT)


def test_pages_out_of_order_in_one_of_two_copies_lose_nothing() -> None:
    text = paper(FIRST, LAST, MIDDLE, *WHOLE)
    assert shape(text) == (1, 2, *ONE_REPORT)
    assert copy_numbers(text) == [1, 1, 1, 2, 2, 2]


def test_text_without_a_heading_goes_on_with_the_page_before_it() -> None:
    head, tail = OBJECTIVES_CUT
    text = paper(FIRST, head, tail, LAST)
    assert shape(text) == (1, 1, *ONE_REPORT)


_AT = MIDDLE.index("2. เพื่อทดแทน")
OBJECTIVES_CUT = MIDDLE[:_AT], MIDDLE[_AT:]


def test_a_copy_may_begin_in_the_middle_of_a_page() -> None:
    text = f"{FIRST}\f{MIDDLE}\f{LAST}\n\n{FIRST.removeprefix(TITLE).strip()}\n\n{MIDDLE}\n\n{LAST}"
    assert shape(text) == (1, 2, *ONE_REPORT)


def test_a_copy_that_begins_on_a_page_takes_nothing_from_the_one_before() -> None:
    text = f"{report()}\n\n{report().removeprefix(TITLE).strip()}"
    tables = tables_of(text)
    assert shape(text) == (1, 2, *ONE_REPORT)
    assert {row["copies_total"] for row in tables["evidence"]} == {2}


def test_a_repeated_label_makes_no_copy() -> None:
    again = LAST.replace("\n\n: เป็นไปตามแผน", "\n\nรายงานครั้งที่ 1\n\n: เป็นไปตามแผน", 1)
    assert shape(paper(FIRST, MIDDLE, again)) == (1, 1, *ONE_REPORT)


def test_a_repeated_heading_makes_no_copy() -> None:
    again = MIDDLE.replace("2. เพื่อทดแทน", "1.4 วัตถุประสงค์ของโครงการ\n\n2. เพื่อทดแทน")
    assert shape(paper(FIRST, again, LAST)) == (1, 1, *ONE_REPORT)


def test_many_pages_of_entries_make_no_copy() -> None:
    pages = [entry(number) for number in range(1, 13)]
    text = paper(FIRST, MIDDLE, *pages)
    assert shape(text)[:2] == (1, 1)
    assert len(tables_of(text)["report_entries"]) == 12


def test_copies_with_other_marks_and_noise_are_copies_all_the_same() -> None:
    noisy = report().replace("โครงการ", "โดรงการ").replace("ที่", "ที")
    assert shape(paper(report(), noisy, report())) == (1, 3, *ONE_REPORT)


def test_two_projects_in_one_file_are_two_projects() -> None:
    tables = tables_of(paper(report(), report(header=OTHER_HEADER)))
    assert [row["project_code"] for row in tables["projects"]] == ["11000000-0001", "21000000-0457"]
    assert [row["ordinal"] for row in tables["projects"]] == [1, 2]
    assert only(tables["documents"])["copy_count"] == 1
    assert len(tables["report_entries"]) == 4
    assert len({row["row_key"] for row in tables["objectives"]}) == len(tables["objectives"]) == 8


def test_two_projects_of_two_copies_each_are_two_projects() -> None:
    other = report(header=OTHER_HEADER)
    for text in (paper(report(), report(), other, other), paper(report(), other, report(), other)):
        tables = tables_of(text)
        assert [row["project_code"] for row in tables["projects"]] == ["11000000-0001", "21000000-0457"]
        assert only(tables["documents"])["copy_count"] == 2
        assert {row["copies_total"] for row in tables["evidence"]} == {2}


def test_the_same_project_in_two_years_is_two_projects() -> None:
    later = {
        "ปีงบประมาณ พ.ศ.": "2562",
        "เริ่มต้นโครงการ": "2018-10-01 00:00:00",
        "สิ้นสุดโครงการ": "2019-09-30 00:00:00",
    }
    tables = tables_of(paper(report(), report(header=later)))
    assert [row["fiscal_year_be"] for row in tables["projects"]] == [2561, 2562]
