"""Rows are paired and compared, and their differences located."""

from collections import Counter
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.tools.compare import Comparison, Difference, PlainRow, Verdict, compare
from pipeline.tools.differences import AGAINST_GOLDEN, EvidenceLocations, Location, locate, message

STEPS = "ทาสีรั้วโรงเรียน ซ่อมหลังคาอาคาร ปลูกต้นไม้ริมคลอง ขุดลอกท่อระบายน้ำ ติดตั้งไฟส่องสว่าง".split()
ENTRY: PlainRow = {"row_key": "*-001/002", "entry_number": 2, "activity": STEPS[0], "progress_percent": "25.00"}


def steps(*texts: str, project: str = "*-001") -> list[PlainRow]:
    return [
        {"project_id": project, "ordinal": number, "row_key": f"{project}/{number:03d}", "text": text}
        for number, text in enumerate(texts, 1)
    ]


def verdicts(comparison: Comparison) -> list[tuple[str, str | None, str]]:
    return [(found.table, found.column, found.verdict) for found in comparison.differences]


@pytest.mark.parametrize(
    ("change", "verdict"),
    [({"progress_percent": "26.00"}, "wrong"), ({"progress_percent": None}, "missing"), ({"note": "x"}, "spurious")],
)
def test_a_cell_is_wrong_missing_or_spurious(change: Mapping[str, object], verdict: str) -> None:
    comparison = compare({"report_entries": [ENTRY]}, {"report_entries": [{**ENTRY, **change}]})
    (column,) = change
    assert verdicts(comparison) == [("report_entries", column, verdict)]
    assert comparison.rows["report_entries"] == {"wrong": 1}
    assert comparison.cells["report_entries"][column] == {verdict: 1}
    assert comparison.cells["report_entries"]["entry_number"] == {"right": 1}


def test_equal_rows_are_right_in_all_their_cells() -> None:
    comparison = compare({"activities": steps(*STEPS)}, {"activities": steps(*STEPS)})
    assert comparison.differences == []
    assert comparison.rows == {"activities": {"right": 5}}
    assert comparison.cells == {"activities": {"text": {"right": 5}}}


def test_a_lost_row_makes_no_row_after_it_wrong() -> None:
    now = steps(*STEPS[:1], *STEPS[2:])
    comparison = compare({"activities": steps(*STEPS)}, {"activities": now})
    assert verdicts(comparison) == [("activities", None, "missing")]
    assert comparison.rows == {"activities": {"right": 4, "missing": 1}}
    assert comparison.differences[0].expected_value == {"text": STEPS[1]}
    assert comparison.differences[0].above == now[0]


def test_a_row_that_nothing_expects_is_spurious() -> None:
    comparison = compare({"activities": steps(*STEPS[1:])}, {"activities": steps(*STEPS)})
    assert verdicts(comparison) == [("activities", None, "spurious")]
    assert comparison.cells["activities"]["text"] == {"right": 4, "spurious": 1}


def test_a_lost_row_is_not_paired_with_a_misread_row_after_it() -> None:
    misread = STEPS[2].replace("คลอง", "คลอ")
    comparison = compare({"activities": steps(*STEPS)}, {"activities": steps(STEPS[0], misread, *STEPS[3:])})
    assert verdicts(comparison) == [("activities", None, "missing"), ("activities", "text", "wrong")]
    assert comparison.differences[0].expected_value == {"text": STEPS[1]}
    assert (comparison.differences[1].expected_value, comparison.differences[1].read_value) == (STEPS[2], misread)


def test_a_row_with_its_own_number_is_the_same_row_whatever_its_content() -> None:
    other: PlainRow = {"row_key": "*-001/002", "entry_number": 2, "activity": "ไม่มี", "progress_percent": "3.00"}
    comparison = compare({"report_entries": [ENTRY]}, {"report_entries": [other]})
    assert [column for _, column, _ in verdicts(comparison)] == ["activity", "progress_percent"]


def test_rows_in_another_order_are_paired_by_their_keys() -> None:
    comparison = compare({"activities": steps(*STEPS[:2])}, {"activities": steps(*reversed(STEPS[:2]))})
    assert {(column, verdict) for _, column, verdict in verdicts(comparison)} == {
        ("ordinal", "wrong"),
        ("row_key", "wrong"),
    }


def test_a_row_that_moved_to_another_project_is_a_difference() -> None:
    one = {"activities": [*steps(STEPS[0]), *steps(STEPS[1], project="*-002")]}
    other = {"activities": steps(*STEPS[:2])}
    assert ("activities", "project_id", "wrong") in verdicts(compare(one, other))


def test_lists_are_compared_like_other_values() -> None:
    groups = [{"document_id": "a", "role": "same", "agreeing": ["x"]}]
    comparison = compare({"report_groups": groups}, {"report_groups": [{**groups[0], "agreeing": ["x", "y"]}]})
    assert verdicts(comparison) == [("report_groups", "agreeing", "wrong")]


def test_a_table_that_one_side_lacks_has_all_its_rows_missing_or_spurious() -> None:
    assert verdicts(compare({"risks": [{"risk": "x"}]}, {})) == [("risks", None, "missing")]
    assert verdicts(compare({}, {"unheard_of": [{"risk": "x"}]})) == [("unheard_of", None, "spurious")]


def test_two_empty_sides_have_no_differences() -> None:
    assert compare({}, {}) == Comparison()


ROWS = st.lists(
    st.fixed_dictionaries(
        {"row_key": st.sampled_from("ab"), "ordinal": st.integers(1, 2)},
        optional={"text": st.sampled_from(["ก", "ข"]), "amount_baht": st.none() | st.integers(1, 2)},
    ),
    max_size=4,
)


@given(expected=ROWS, found=ROWS)
def test_only_equal_rows_have_no_differences(expected: list[PlainRow], found: list[PlainRow]) -> None:
    comparison = compare({"risks": expected}, {"risks": found})
    assert (comparison.differences == []) == (values_of(expected) == values_of(found))
    rows = comparison.rows.get("risks", Counter())
    assert rows["right"] + rows["wrong"] + rows["missing"] == len(expected)
    assert rows["right"] + rows["wrong"] + rows["spurious"] == len(found)
    texts = comparison.cells.get("risks", {}).get("text", Counter())
    assert texts["right"] + texts["wrong"] + texts["missing"] == sum("text" in row for row in expected)
    assert texts["right"] + texts["wrong"] + texts["spurious"] == sum("text" in row for row in found)


def values_of(rows: list[PlainRow]) -> Counter[tuple[tuple[str, object], ...]]:
    return Counter(tuple(sorted((c, value) for c, value in row.items() if value is not None)) for row in rows)


EVIDENCE: list[PlainRow] = [
    {"table_name": "report_entries", "row_key": "*-001/002", "column_name": column, "page_number": 3, **stretch}
    for column, stretch in (
        ("entry_number", {"char_start": 5, "raw_text": "ครั้งที่ 2"}),
        ("progress_percent", {"char_start": 16, "raw_text": "๒๕ %"}),
    )
]
TEXT = "1234\nครั้งที่ 2\n๒๕ %\n"


def place_of(
    verdict: Verdict, column: str | None, found: PlainRow | None, above: PlainRow | None = None
) -> Location | None:
    place = locate(Difference("report_entries", column, verdict, ENTRY, found, above), EvidenceLocations(EVIDENCE))
    return place and place.in_text(TEXT)


def test_the_location_of_a_cell_is_where_it_was_read() -> None:
    assert place_of("wrong", "progress_percent", ENTRY) == Location(3, 16, "๒๕ %", line=3)


def test_the_location_of_a_missing_cell_is_near_its_row_or_the_row_above() -> None:
    near = Location(3, 5, "ครั้งที่ 2", line=2, is_near=True)
    assert place_of("missing", "activity", ENTRY) == near
    assert place_of("missing", None, None, above=ENTRY) == near
    assert place_of("missing", None, None) is None


def test_a_value_of_an_earlier_run_is_located_by_its_own_evidence() -> None:
    gone = Difference("report_entries", "progress_percent", "missing", ENTRY, {"row_key": "*-001/009"}, None)
    place = locate(gone, EvidenceLocations([]), expected=EvidenceLocations(EVIDENCE))
    assert place == Location(3, 16, "๒๕ %")


def test_the_location_of_a_finding_is_that_of_its_cell() -> None:
    finding: PlainRow = {
        "code": "impossible_date", "table_name": "report_entries", "row_key": "*-001/002",
        "column_name": "progress_percent", "page_number": 1,
    }  # fmt: skip
    spurious = Difference("findings", None, "spurious", None, finding, None)
    assert locate(spurious, EvidenceLocations(EVIDENCE)) == Location(3, 16, "๒๕ %")
    alone = Difference("findings", None, "missing", {**finding, "row_key": None}, None, None)
    assert locate(alone, EvidenceLocations(EVIDENCE)) == Location(1)


def test_a_message_has_file_page_line_both_values_and_the_raw_text() -> None:
    found = {**ENTRY, "progress_percent": "2.50"}
    difference = Difference("report_entries", "progress_percent", "wrong", ENTRY, found, None)
    said = message("ก/01.txt", difference, Location(3, 16, "๒๕\f%", line=3), AGAINST_GOLDEN)
    assert said == (
        "ก/01.txt, page 3, line 3: report_entries *-001/002 progress_percent is wrong: "
        r"expected '25.00', found '2.50', read from '๒๕\x0c%'"
    )


def test_a_long_value_is_cut_in_a_message() -> None:
    row: PlainRow = {"row_key": "*-001/1", "text": "ก" * 5000}
    difference = Difference("sections", None, "missing", row, None, None)
    said = message("01.txt", difference, None, AGAINST_GOLDEN)
    assert said.startswith("01.txt: sections *-001/1 is missing: expected text 'กกก")
    assert said.endswith("…, found nothing")
    assert len(said) < 250
