"""Entries and their numbers: slipped, repeated and missing labels, page breaks anywhere, and amounts that decide."""

from collections.abc import Callable, Sequence

import pytest

from tests.support.small_report import DATES, ON_PLAN, ON_TARGET, TITLE, codes_of, entries_of, entry, report, tables_of

BREAK = f"\n\n- 2 -\n\f{TITLE}\n\n"
DONE = ("ปลูกต้นไม้", "ดูแลต้นไม้", "ตรวจรับงาน", "ส่งมอบงาน")


def lines(number: int, *, label: str | None = None, shown: int | None = None) -> list[str]:
    """The cells of an entry; `label` stands in front of it, `shown` in its amount."""
    front = f"รายงานครั้งที่ {number}" if label is None else label
    return [
        f"{front} :: {DATES[number - 1]} : {DONE[number - 1]}".removeprefix(" "),
        f":: ความก้าวหน้าของงานฯ = {number}0.00 % : งบประมาณที่เบิกใช้ (ครั้งที่ {shown or number}) = {number},000 บาท",
        f": {ON_PLAN}",
        f": {ON_TARGET}",
    ]


def read(entries: Sequence[Sequence[str]], *, gap: str = "\n\n") -> dict[object, tuple[object, ...]]:
    """What stands in each entry: day, activity, percent, amount and both statuses."""
    return found(gap.join(gap.join(cells) for cells in entries))


def found(printed: str) -> dict[object, tuple[object, ...]]:
    columns = ("report_date", "activity", "progress_percent", "disbursed_baht", "plan_status", "target_status")
    return {
        number: tuple(str(row[column]) if row[column] is not None else None for column in columns)
        for number, row in entries_of(report(entries=[printed], header={"งบประมาณที่ใช้ไป": "-"})).items()
    }


def sound(*numbers: int) -> dict[object, tuple[object, ...]]:
    days = ("2017-12-29", "2018-03-30", "2018-06-29", "2018-09-14")
    return {n: (days[n - 1], DONE[n - 1], f"{n}0.00", f"{n}000.00", "on_plan", "on_target") for n in numbers}


THREE = [lines(1), lines(2), lines(3)]


@pytest.mark.parametrize(
    "gap",
    [
        pytest.param("\n\n", id="four lines parted by blank ones"),
        pytest.param("\n", id="four lines"),
        pytest.param("\t", id="tabs between cells"),
        pytest.param(" ", id="one line for everything"),
    ],
)
def test_an_entry_may_stand_on_any_number_of_lines(gap: str) -> None:
    assert read(THREE, gap=gap) == sound(1, 2, 3)


def six_lines(number: int) -> list[str]:
    """An entry with one value a line and no colon."""
    return [
        f"รายงานครั้งที่ {number}   {DATES[number - 1]}",
        DONE[number - 1],
        f"ความก้าวหน้าของงานฯ = {number}0.00",
        f"งบประมาณที่เบิกใช้ (ครั้งที่ {number}) = {number},000 บาท",
        ON_PLAN,
        ON_TARGET,
    ]


def test_an_entry_on_six_lines_without_colons() -> None:
    assert read([six_lines(1), six_lines(2), six_lines(3)]) == sound(1, 2, 3)
    assert read([six_lines(1), six_lines(2), six_lines(3)], gap="\n") == sound(1, 2, 3)


@pytest.mark.parametrize("at", range(1, 12))
def test_a_page_break_between_any_two_lines_does_not_matter(at: int) -> None:
    cells = [cell for cells in THREE for cell in cells]
    assert found("\n\n".join(cells[:at]) + BREAK + "\n\n".join(cells[at:])) == sound(1, 2, 3)


@pytest.mark.parametrize("printed", [lines, six_lines])
def test_one_value_a_page_does_not_matter(printed: Callable[[int], list[str]]) -> None:
    cells = [cell for number in (1, 2, 3) for cell in printed(number)]
    assert found(BREAK.join(cells)) == sound(1, 2, 3)


@pytest.mark.parametrize(
    "words",
    [" : งบประมาณที่เบิกใช้", "2/2561", "ครั้งที่ 2) ="],
)
def test_a_page_break_inside_a_line_does_not_matter(words: str) -> None:
    first = "\n\n".join(cell for cells in THREE for cell in cells)
    text = first.replace(" : งบประมาณที่เบิกใช้ (ครั้งที่ 2)", f"{BREAK}: งบประมาณที่เบิกใช้ (ครั้งที่ 2)")
    assert found(text) == sound(1, 2, 3), words


@pytest.mark.parametrize("label", ["รายงานครั้งที่2", "รายงานครั้งที่ ๒", "**รายงานครั้งที่ 2**", "- รายงานครั้งที่ 2", "รายงานครงที่ 2"])
def test_the_dress_of_a_label_does_not_matter(label: str) -> None:
    assert read([lines(1), lines(2, label=label), lines(3)]) == sound(1, 2, 3)


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_label_that_slipped_down_goes_with_the_amount(at: int) -> None:
    bare = lines(2, label="")
    slipped = [*bare[:at], f"รายงานครั้งที่ 2 {bare[at]}", *bare[at + 1 :]]
    assert read([lines(1), slipped, lines(3)]) == sound(1, 2, 3)


def test_a_label_that_slipped_up_into_the_entry_above_goes_with_the_amount() -> None:
    above = lines(1)
    above[3] = f"รายงานครั้งที่ 2 {above[3]}"
    assert read([above, lines(2, label=""), lines(3)]) == sound(1, 2, 3)


def test_the_last_label_that_slipped_into_the_entry_above_leaves_the_date_to_lead_its_own() -> None:
    first, second = ([lines(n)[0].partition(" :: ")[2], *lines(n)[1:]] for n in (1, 2))
    printed = f"รายงานครั้งที่ 1 {first[0]}\n\nรายงานครั้งที่ 2 {' '.join(first[1:])}\n{' '.join(second)}"
    assert found(printed) == sound(1, 2)


def test_a_date_at_the_start_of_a_line_leads_no_entry_without_figures_behind_it() -> None:
    printed = "\n".join((*lines(1), "29/6/2561 ขยายเวลา"))
    assert list(found(printed)) == [1]
    assert found(printed)[1][0] == "2017-12-29"


def test_a_label_on_a_line_of_its_own_goes_with_what_follows() -> None:
    bare = lines(2, label="")
    assert read([lines(1), ["รายงานครั้งที่ 2", *bare], lines(3)]) == sound(1, 2, 3)


def test_a_label_repeated_inside_its_entry_makes_no_second_one() -> None:
    cells = lines(2)
    again = [cells[0], f"รายงานครั้งที่ 2 {cells[1]}", *cells[2:]]
    assert read([lines(1), again, lines(3)]) == sound(1, 2, 3)
    assert "entry_number_repeated" in codes_of(report(entries=["\n\n".join(again)]))


def test_an_entry_without_a_label_has_the_number_in_its_amount() -> None:
    assert read([lines(1), lines(2, label=""), lines(3)]) == sound(1, 2, 3)


def test_an_entry_without_a_number_in_its_amount_has_that_of_its_label() -> None:
    cells = lines(2)
    cells[1] = cells[1].replace(" (ครั้งที่ 2)", "")
    assert read([lines(1), cells, lines(3)]) == sound(1, 2, 3)


def test_an_entry_without_any_number_follows_the_one_before() -> None:
    cells = lines(2, label="รายงานครั้งที่")
    cells[1] = cells[1].replace(" (ครั้งที่ 2)", "")
    assert read([lines(1), cells, lines(3)]) == sound(1, 2, 3)


def test_the_number_in_the_amount_decides_against_the_label() -> None:
    text = report(entries=["\n\n".join(lines(1)), "\n\n".join(lines(2, label="รายงานครั้งที่ 3"))])
    assert list(entries_of(text)) == [1, 2]
    assert "entry_label_misplaced" in codes_of(text)


def test_a_misread_number_in_one_amount_does_not_swallow_an_entry() -> None:
    entries = [lines(1), lines(2, shown=3), lines(3)]
    assert read(entries) == sound(1, 2, 3)


@pytest.mark.parametrize(("shown", "number"), [(9, 4), (14, 4), (8, 4)])
def test_a_label_and_the_sequence_decide_against_a_misread_number_in_an_amount(shown: int, number: int) -> None:
    printed = [lines(1), lines(2), lines(3), lines(number, shown=shown)]
    assert read(printed) == sound(1, 2, 3, number)
    assert "entry_label_misplaced" in codes_of(report(entries=["\n\n".join(one) for one in printed]))


def test_two_labels_changed_places_and_the_amounts_decide() -> None:
    entries = [lines(1), lines(2, label="รายงานครั้งที่ 3"), lines(3, label="รายงานครั้งที่ 2")]
    assert read(entries) == sound(1, 2, 3)


def test_two_digits_are_read_as_two() -> None:
    entries = [entry(number) for number in range(1, 15)]
    assert sorted(map(str, entries_of(report(entries=entries))), key=int) == [str(n) for n in range(1, 15)]


def test_a_number_may_be_left_out() -> None:
    text = report(entries=["\n\n".join(lines(n)) for n in (1, 2, 4)])
    assert list(entries_of(text)) == [1, 2, 4]
    assert "entry_number_missing" in codes_of(text)


def test_text_before_any_entry_is_told_and_makes_no_entry() -> None:
    text = report(entries=["หมายเหตุ ข้อมูลเบื้องต้น", entry(1), entry(2)])
    assert list(entries_of(text)) == [1, 2]
    assert "text_not_read" in codes_of(text)


def test_an_activity_of_several_lines_is_one() -> None:
    cells = lines(2)
    cells[0] += "\n1. สำรวจหลุมปลูก\n2. จัดทำบัญชีต้นไม้"
    assert read([lines(1), cells, lines(3)])[2][1] == "ดูแลต้นไม้ 1. สำรวจหลุมปลูก 2. จัดทำบัญชีต้นไม้"


def test_an_activity_may_go_on_behind_the_figures_of_its_entry() -> None:
    cells = lines(2)
    assert read([lines(1), [*cells, "ทั้งนี้ได้ดูแลต้นไม้ต่อเนื่อง"], lines(3)])[2][1] == "ดูแลต้นไม้ ทั้งนี้ได้ดูแลต้นไม้ต่อเนื่อง"


def test_an_activity_may_speak_of_dates_amounts_and_other_entries() -> None:
    cells = lines(2)
    said = "ลงนามวันที่ 5 มกราคม 2561 วงเงิน 20,000 บาท ร้อยละ 30 ต่อจากรายงานครั้งที่ 1 แล้ว"
    cells[0] = f"รายงานครั้งที่ 2 :: {DATES[1]} : {said}"
    expected = sound(1, 2, 3)
    assert read([lines(1), cells, lines(3)]) == expected | {2: (expected[2][0], said, *expected[2][2:])}


def test_an_empty_entry_keeps_its_number() -> None:
    text = report(entries=[entry(1), "รายงานครั้งที่ 2", entry(3)])
    assert list(entries_of(text)) == [1, 2, 3]
    assert entries_of(text)[2]["activity"] is None
    assert {"activity_empty", "metrics_missing"} <= codes_of(text)


def test_the_evidence_of_a_number_stands_where_the_number_does() -> None:
    tables = tables_of(report(entries=["\n\n".join(lines(1, label="")), "\n\n".join(lines(2))]))
    rows = [row for row in tables["evidence"] if row["column_name"] == "entry_number"]
    assert all(str(number) in str(row["raw_text"]) for number, row in enumerate(rows, 1))


HEADS = (
    "| รายงานครั้งที่ | วันที่รายงาน | รายละเอียดการดำเนินงาน | ความก้าวหน้าของงานฯ (%) | งบประมาณที่เบิกใช้ (บาท) | แผน | เป้าหมาย |"
)
ROWS = (
    "| ๑ | ๒๙ พ.ย. ๒๕๖๑ | คัดเลือกชุมชน | ๑๐.๐๐ | ๐ | เป็นไปตาม<br>แผน | เป็นไปตาม<br>เป้าหมาย |",
    "| ๒ | ๓๑ ม.ค. ๒๕๖๒ | ปลูกต้นไม้ ๙๐ ต้น | ๓๕.๐๐ | ๔๘๖,๐๐๐ | ล่าช้ากว่าแผน | ต่ำกว่าเป้าหมาย |",
)


@pytest.mark.parametrize(
    "table",
    [
        pytest.param("\n".join((HEADS, "|---|---|---|---|---|---|---|", *ROWS)), id="one table"),
        pytest.param("\n".join((HEADS, ROWS[0], "", HEADS, ROWS[1])), id="headings again"),
    ],
)
def test_entries_may_be_rows_of_a_table(table: str) -> None:
    found = entries_of(report(entries=[f"2. รายงานความก้าวหน้าของโครงการและการใช้จ่ายงบประมาณ\n\n{table}"]))
    assert list(found) == [1, 2]
    columns = ("activity", "progress_percent", "disbursed_baht", "plan_status", "target_status")
    assert [str(found[1][column]) for column in columns] == ["คัดเลือกชุมชน", "10.00", "0.00", "on_plan", "on_target"]
    assert [str(found[2][column]) for column in columns] == [
        "ปลูกต้นไม้ ๙๐ ต้น", "35.00", "486000.00", "behind_plan", "below_target",
    ]  # fmt: skip
    assert [str(found[number]["report_date"]) for number in (1, 2)] == ["2018-11-29", "2019-01-31"]


def test_two_labels_on_a_line_are_no_table() -> None:
    text = report(entries=[entry(number).replace("\n", "\t") for number in (1, 2)])
    assert {row["progress_percent"] for row in entries_of(text).values()} != {None}
