"""Steps that a word and a number begin: what begins one, what it says, and where it stood."""

import pytest

from parsers.base import Steps
from pipeline.document.read_fields.joined_text import JoinedText
from pipeline.document.read_fields.lists import read_steps
from pipeline.model import Field, RowId
from schemas.activities import Activity
from tests.support.small_proposal import block_of

WORDS = ("กิจกรรมหลักที่",)
ONE, TWO = "อบรมครู", "นิเทศโรงเรียน"
Step = tuple[object, object]


def fields(text: str, *, words: tuple[str, ...] = WORDS, period: int = 2) -> list[Field]:
    """The fields of a text's steps; the text begins at place 5 of the page."""
    page = block_of(f"หน้า\n{text}", words=words, copy=3, period=period)
    return list(read_steps(Steps(Activity, words), JoinedText(page.block, page.matches, page.pieces[1:])))


def steps(text: str, *, words: tuple[str, ...] = WORDS) -> list[Step]:
    """The label and the raw text of every step."""
    rows: dict[object, dict[str, str]] = {}
    for field in fields(text, words=words):
        rows.setdefault(field.row, {})[field.column] = field.raw
    assert list(rows) == [RowId(order=("step", 2, ordinal)) for ordinal in range(1, len(rows) + 1)]
    return [(row.get("label"), row["text"]) for row in rows.values()]


@pytest.mark.parametrize(
    "style",
    [
        "กิจกรรมหลักที่ {} {}",
        "กิจกรรมหลักที่ {}. {}",
        "กิจกรรมหลักที่ {}) {}",
        "กิจกรรมหลักที่ {} : {}",
        "กิจกรรมหลักที่{}{}",
        "กิจกรรม หลักที่ {} {}",
        "- กิจกรรมหลักที่ {} {}",
        "• กิจกรรมหลักที่ {} {}",
        "## กิจกรรมหลักที่ {} {}",
        "**กิจกรรมหลักที่ {}** {}",
        "กิจกรรมหลักที่ {}\t{}",
        "กิจกรมหลักที {} {}",
        "กิจกรรมหลักท {} {}",
    ],
)
def test_the_style_of_a_step_does_not_matter(style: str) -> None:
    assert steps(f"{style.format('๑', ONE)}\n{style.format('2', TWO)}") == [("1", ONE), ("2", TWO)]


def test_the_number_has_arabic_digits_and_may_have_two() -> None:
    assert steps(f"กิจกรรมหลักที่ ๑๒ {ONE}") == [("12", ONE)]


def test_lines_without_the_word_belong_to_the_step_above() -> None:
    text = f"กิจกรรมหลักที่ ๑ {ONE}\n๑. รุ่นแรก\n๒. รุ่นสอง\n\nกิจกรรมหลักที่ ๒ {TWO}\nสองครั้ง"
    assert steps(text) == [("1", f"{ONE}\n๑. รุ่นแรก\n๒. รุ่นสอง"), ("2", f"{TWO}\nสองครั้ง")]


def test_a_steps_words_may_begin_on_the_next_line() -> None:
    assert steps(f"กิจกรรมหลักที่ ๑\n{ONE}") == [("1", ONE)]


def test_text_before_the_first_step_is_a_step_without_a_number() -> None:
    assert steps(f"เริ่มปลายปี\nกิจกรรมหลักที่ ๑ {ONE}") == [(None, "เริ่มปลายปี"), ("1", ONE)]


def test_text_without_any_step_is_one_without_a_number() -> None:
    assert steps(f"{ONE}\n{TWO}") == [(None, f"{ONE}\n{TWO}")]


@pytest.mark.parametrize("silence", ["", "-", "....", "- \n....."])
def test_text_that_says_nothing_is_no_step(silence: str) -> None:
    assert steps(silence) == []
    assert steps(f"{silence}\nกิจกรรมหลักที่ ๑ {ONE}") == [("1", ONE)]


def test_a_numbered_step_without_words_is_a_step_all_the_same() -> None:
    assert steps(f"กิจกรรมหลักที่ ๑\nกิจกรรมหลักที่ ๒ {TWO}") == [("1", ""), ("2", TWO)]


@pytest.mark.parametrize(
    "line",
    [
        "กิจกรรมหลักที่สำคัญคือการอบรม",
        "กิจกรรมหลักที่ l อบรม",
        "กิจกรรมหลักที่ ๑.๒ อบรม",
        "กิจกรรมหลักที่ ๑-๓ อบรม",
        "กิจกรรมหลักที่ ๑/๒๕๖๗ อบรม",
        "กิจกรรมหลักที่ ๒๕๖๗",
        "กิจกรรมที่ ๑ อบรม",
        "ดำเนินการตามกิจกรรมหลักที่ ๑ แล้ว",
        "ครูสนใจกิจกรรมหลักที่ ๑",
    ],
)
def test_a_line_without_the_word_and_a_sound_number_begins_no_step(line: str) -> None:
    assert steps(f"กิจกรรมหลักที่ ๑ {ONE}\n{line}") == [("1", f"{ONE}\n{line}")]


def test_several_words_may_begin_a_step() -> None:
    text = f"ขั้นที่ ๑ {ONE}\nกิจกรรมหลักที่ ๒ {TWO}"
    assert steps(text, words=("ขั้นที่", *WORDS)) == [("1", ONE), ("2", TWO)]
    assert steps(text, words=()) == [(None, text)]


def test_two_steps_with_one_number_are_two() -> None:
    assert steps(f"กิจกรรมหลักที่ ๑ {ONE}\nกิจกรรมหลักที่ ๑ {TWO}") == [("1", ONE), ("1", TWO)]


def test_evidence_stands_where_the_page_says_it() -> None:
    text = f"กิจกรรมหลักที่ ๑ {ONE}\nสองรุ่น"
    page = f"หน้า\n{text}"
    label, said = fields(text)
    assert [page[slice(*span)] for span in label.spans] == ["๑"]
    assert "/".join(page[slice(*span)] for span in said.spans) == f"{ONE}/สองรุ่น"
    assert (label.value, label.copy, said.copy) == ("1", 3, 3)
    assert label.row == said.row == RowId(order=("step", 2, 1))


def test_a_word_whose_number_stands_on_the_next_line_begins_no_step() -> None:
    text = f"กิจกรรมหลักที่\n๑ {ONE}"
    assert steps(text) == [(None, text)]
