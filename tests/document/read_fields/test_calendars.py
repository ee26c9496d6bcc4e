"""Plans drawn over months: the steps whatever the layout, and whether marks say when each is done."""

import pytest

from parsers.base import Calendar
from pipeline.document.read_fields.lists import read_calendar
from pipeline.model import Issue
from tests.support.small_proposal import FORM, block_of, by_row, column, proposal, rows_of, values
from tests.support.small_report import codes_of
from tests.support.table_layouts import LAYOUTS, Layout, flattened, markdown, tabs

READS = next(reads for block in FORM.blocks for reads in block.readings if isinstance(reads, Calendar))
MONTHS = ("ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค.", "ก.พ.", "มี.ค.")
NONE = ("",) * len(MONTHS)
BOUGHT, PAINTED = "ซื้อสี", "ทาสีรั้ว"
STEPS = [{"label": "1", "text": BOUGHT}, {"label": "2", "text": PAINTED}]
UNNUMBERED = [{"text": BOUGHT}, {"text": PAINTED}]


def marked(*places: int, mark: str = "/") -> tuple[str, ...]:
    """The cells under the months, with a mark in some."""
    return tuple(mark if place in places else "" for place in range(len(MONTHS)))


def read(text: str) -> tuple[list[dict[str, str]], list[str]]:
    """The steps, and the codes of what is noted."""
    found = list(read_calendar(READS, block_of(text)))
    return by_row(found), [note.code for note in found if isinstance(note, Issue)]


@pytest.mark.parametrize("layout", [markdown, tabs])
@pytest.mark.parametrize("mark", ["/", "X", "x", "✓", "●", "←→", "---", "**X**", "■"])
def test_each_step_is_a_row_and_marks_are_none(layout: Layout, mark: str) -> None:
    rows = (("ขั้นตอน", *MONTHS), (f"1. {BOUGHT}", *marked(0, mark=mark)), (f"2. {PAINTED}", *marked(2, 3, mark=mark)))
    assert read(layout(rows)) == (STEPS, [])


@pytest.mark.parametrize("layout", [markdown, tabs])
def test_steps_without_numbers_have_no_labels(layout: Layout) -> None:
    assert read(layout([("ขั้นตอน", *MONTHS), (BOUGHT, *marked(0)), (PAINTED, *marked(1))])) == (UNNUMBERED, [])


@pytest.mark.parametrize("layout", [markdown, flattened])
def test_a_calendar_whose_marks_are_lost_is_told_once(layout: Layout) -> None:
    text = layout([("ขั้นตอน", *MONTHS), (f"1. {BOUGHT}", *NONE), (f"2. {PAINTED}", *NONE)])
    assert read(text) == (STEPS, ["schedule_marks_lost"])


def test_one_mark_under_any_month_is_enough() -> None:
    text = markdown([("ขั้นตอน", *MONTHS), (f"1. {BOUGHT}", *NONE), (f"2. {PAINTED}", *marked(5))])
    assert read(text)[1] == []


def test_a_flattened_step_goes_on_over_lines() -> None:
    text = flattened([("ขั้นตอน", *MONTHS), (f"1. {BOUGHT}\nที่ร้าน", *NONE), (f"2. {PAINTED}", *NONE)])
    assert read(text)[0] == [{"label": "1", "text": f"{BOUGHT} / ที่ร้าน"}, STEPS[1]]


def test_lines_without_a_number_join_the_step_above_where_nothing_parts_the_cells() -> None:
    text = "\n".join(("ขั้นตอน", *MONTHS, f"1. {BOUGHT}", "ที่ร้าน", f"2. {PAINTED}"))
    assert read(text) == ([{"label": "1", "text": f"{BOUGHT} / ที่ร้าน"}, STEPS[1]], ["schedule_marks_lost"])


def test_the_note_counts_the_steps_and_says_where_they_stand() -> None:
    text = markdown([("ขั้นตอน", *MONTHS), (f"1. {BOUGHT}", *NONE), (f"2. {PAINTED}", *NONE)])
    (note,) = (found for found in read_calendar(READS, block_of(text)) if isinstance(found, Issue))
    assert "2 steps" in note.text
    assert note.table == "activities"
    assert note.span is not None
    assert text[slice(*note.span)] == f"1. {BOUGHT}"


def test_a_calendar_without_steps_gives_no_row_and_no_note() -> None:
    assert read(markdown([("ขั้นตอน", *MONTHS)])) == ([], [])


@pytest.mark.parametrize(
    "months",
    [
        ("ตุลาคม", "พฤศจิกายน", "ธันวาคม", "มกราคม", "กุมภาพันธ์", "มีนาคม"),
        ("ต.ค", "พ.ย", "ธ.ค", "ม.ค", "ก.พ", "มี.ค"),
        tuple(f"**{month}**" for month in MONTHS),
    ],
)
def test_months_are_known_however_they_are_written(months: tuple[str, ...]) -> None:
    assert read(markdown([("ขั้นตอน", *months), (BOUGHT, *marked(0)), (PAINTED, *marked(1))])) == (UNNUMBERED, [])


@pytest.mark.parametrize("number", ["๑) ", "(1) ", "1. ", "- 1. "])
def test_the_number_of_a_step_is_its_label_in_arabic_digits(number: str) -> None:
    text = markdown([("ขั้นตอน", *MONTHS), (f"{number}{BOUGHT}", *marked(0))])
    (label,) = (f for f in read_calendar(READS, block_of(text)) if not isinstance(f, Issue) and f.column == "label")
    assert label.value == "1"


@pytest.mark.parametrize("layout", [markdown, tabs, flattened])
def test_a_table_without_months_is_read_by_its_headings(layout: Layout) -> None:
    text = layout([("ลำดับ", "กิจกรรม", "ระยะเวลา"), ("1", BOUGHT, "ตุลาคม"), ("2", PAINTED, "มีนาคม")])
    assert read(text) == (STEPS, [])


def test_a_list_gives_a_step_for_each_marker_with_the_lower_ones_inside() -> None:
    assert read(f"1. {BOUGHT}\n1.1 เลือกร้าน\n2. {PAINTED}") == (
        [{"label": "1", "text": f"{BOUGHT} / 1.1 เลือกร้าน"}, STEPS[1]],
        [],
    )


def test_months_inside_steps_make_no_calendar() -> None:
    text = "\n".join(f"{number}. ทาสีรั้ว {month}" for number, month in enumerate(MONTHS, 1))
    assert [row["text"] for row in read(text)[0]] == [f"ทาสีรั้ว {month}" for month in MONTHS]


def test_a_paragraph_is_one_step() -> None:
    assert read(f"{BOUGHT}\nแล้ว{PAINTED}") == ([{"text": f"{BOUGHT} / แล้ว{PAINTED}"}], [])


def test_each_step_quotes_where_it_stands() -> None:
    text = flattened([("ขั้นตอน", *MONTHS), (f"1. {BOUGHT}\nที่ร้าน", *NONE), (f"2. {PAINTED}", *NONE)])
    for field in read_calendar(READS, block_of(text)):
        if not isinstance(field, Issue) and field.column == "text":
            assert "\n".join(text[start:end] for start, end in field.spans) == field.raw


def test_a_proposal_counts_its_steps_and_tells_that_their_marks_are_lost() -> None:
    plan = flattened([("ขั้นตอน", *MONTHS), (f"1. {BOUGHT}", *NONE), (f"2. {PAINTED}", *NONE)])
    assert values(rows_of("activities", activities=plan), "ordinal", "label", "text") == [
        (1, "1", BOUGHT),
        (2, "2", PAINTED),
    ]
    assert codes_of(proposal(activities=plan)) == {"schedule_marks_lost"}
    assert codes_of(proposal(activities=f"1. {BOUGHT}\n2. {PAINTED}")) == set()


@pytest.mark.parametrize("silence", ["-", "......"])
def test_a_plan_that_says_nothing_has_no_steps(silence: str) -> None:
    assert rows_of("activities", activities=silence) == []


def test_flattened_marks_are_no_steps() -> None:
    rows = [("ขั้นตอน", *MONTHS), ("1. ซื้อสี", *marked(0)), ("2. ทาสีรั้ว", *marked(1, 2))]
    assert read(flattened(rows)) == (STEPS, [])


@LAYOUTS
def test_numbers_in_a_column_are_the_labels_of_steps(layout: Layout) -> None:
    rows = [("ที่", "ขั้นตอน", *MONTHS), ("1", "ซื้อสี", *marked(0)), ("2", "ทาสีรั้ว", *marked(1))]
    assert read(layout(rows))[0] == STEPS


def test_rows_without_any_mark_stay_apart() -> None:
    rows = [("ขั้นตอน", *MONTHS), ("1. ซื้อสี", *NONE), ("2. ทาสีรั้ว", *NONE)]
    assert read(tabs(rows)) == (STEPS, ["schedule_marks_lost"])


@pytest.mark.parametrize("year", [" 2569", " 69", "69"])
def test_a_month_with_its_year_is_a_month(year: str) -> None:
    rows = [("ขั้นตอน", *(month + year for month in MONTHS)), ("1. ซื้อสี", *marked(0)), ("2. ทาสีรั้ว", *marked(1))]
    assert read(markdown(rows)) == (STEPS, [])


def test_words_under_a_month_are_no_step() -> None:
    rows = [("ขั้นตอน", *MONTHS), ("1. ซื้อสี", "สัปดาห์ที่ 1", *NONE[1:]), ("2. ทาสีรั้ว", *marked(1))]
    assert read(markdown(rows))[0] == STEPS


@LAYOUTS
@pytest.mark.parametrize("months", [3, 4, 5])
def test_a_calendar_may_have_few_months(layout: Layout, months: int) -> None:
    rows = [("ขั้นตอน", *MONTHS[:months]), ("1. ซื้อสี", *marked(0)[:months]), ("2. ทาสีรั้ว", *marked(1)[:months])]
    assert read(layout(rows)) == (STEPS, [])


@LAYOUTS
def test_months_in_a_column_make_no_calendar(layout: Layout) -> None:
    names = [f"งานที่ {word}" for word in ("ก", "ข", "ค", "ง", "จ", "ฉ", "ช")]
    rows = [(str(number), name, "เมษายน 2569") for number, name in enumerate(names, 1)]
    found, codes = read(layout([("ลำดับ", "กิจกรรม", "ระยะเวลา"), *rows]))
    assert (column(found, "text"), codes) == (names, [])
