"""Which lines are headings: those set apart as most of the document's are."""

import pytest

from parsers import forms
from pipeline.document.split.block_starts import HeadingCandidate, in_style
from pipeline.document.split.headlines import Found
from pipeline.document.split.line_starts import Mark
from pipeline.document.split.openings import openings
from tests.support.small_report import pages_of

FORM = next(form for form in forms() if form.name == "bma_project_proposal")
HEADINGS = ("หลักการและเหตุผล", "วัตถุประสงค์", "ระยะเวลาและสถานที่ดำเนินการ", "งบประมาณ", "การติดตามประเมินผล")
BLOCKS = ["rationale", "objectives", "schedule", "budget", "monitoring"]


def candidate(
    block: int,
    number: str = "",
    *,
    mark: Mark | None = None,
    is_whole: bool = True,
    is_text: bool = False,
    in_cell: bool = False,
    is_label: bool = False,
) -> HeadingCandidate:
    """A line that may open a block."""
    how: Mark = "number" if number else mark or "plain"
    found = Found(block, 0, 0, 10, 100.0, how, number, is_whole)
    return HeadingCandidate(found, 0, 10, is_text, in_cell, is_label)


def kept(*candidates: HeadingCandidate) -> list[int]:
    """The blocks of the candidates that are headings."""
    return [one.found.block for one, fits in zip(candidates, in_style(candidates), strict=True) if fits]


def opened(text: str) -> list[str]:
    """The blocks that a proposal opens, the first aside."""
    return [FORM.blocks[opening.block].name for opening in openings(pages_of(text), FORM)][1:]


def proposal(style: str, *, between: str = "น้ำไม่พอ") -> str:
    """A proposal whose headings are dressed alike."""
    headings = (style.format(number, said) for number, said in enumerate(HEADINGS, 1))
    return "\n".join(("โครงการปลูกผัก", f"\n{between}\n".join(headings), "ตามแผน"))


def test_no_candidates_are_no_headings() -> None:
    assert in_style([]) == []


def test_where_headings_are_numbered_plain_lines_are_none() -> None:
    found = (candidate(1, "1"), candidate(2, "2"), candidate(5), candidate(3, "3"))
    assert kept(*found) == [1, 2, 3]


@pytest.mark.parametrize("mark", ["hash", "bold"])
def test_where_headings_are_numbered_marks_alone_do_not_count(mark: Mark) -> None:
    assert kept(candidate(1, "1"), candidate(2, "2"), candidate(5, mark=mark), candidate(3, "3")) == [1, 2, 3]


def test_two_numbered_headings_make_no_style() -> None:
    assert kept(candidate(1, "1"), candidate(5), candidate(2, "2")) == [1, 5, 2]


def test_numbers_of_a_lower_level_make_no_style_but_fit_into_one() -> None:
    assert kept(candidate(1, "1.1"), candidate(2, "1.2"), candidate(3, "1.3"), candidate(4)) == [1, 2, 3, 4]
    assert kept(candidate(1, "1"), candidate(2, "2"), candidate(3, "3"), candidate(4, "3.1")) == [1, 2, 3, 4]


def test_a_block_numbered_again_and_again_makes_no_style() -> None:
    assert kept(candidate(1, "1"), candidate(1, "2"), candidate(1, "3"), candidate(2)) == [1, 1, 1, 2]


def test_a_plain_line_stands_in_the_place_of_the_one_missing_number() -> None:
    assert kept(candidate(1, "1"), candidate(2, "2"), candidate(3), candidate(4, "4")) == [1, 2, 3, 4]


@pytest.mark.parametrize("after", ["3", "5", "6"])
def test_no_plain_line_fits_where_no_number_or_several_are_missing(after: str) -> None:
    assert kept(candidate(1, "1"), candidate(2, "2"), candidate(3), candidate(4, after)) == [1, 2, 4]


def test_the_first_number_may_be_the_missing_one() -> None:
    assert kept(candidate(1), candidate(2, "2"), candidate(3, "3"), candidate(4, "4")) == [1, 2, 3, 4]


def test_a_plain_line_behind_the_last_number_is_text() -> None:
    assert kept(candidate(1, "1"), candidate(2, "2"), candidate(3, "3"), candidate(4)) == [1, 2, 3]


def test_a_block_that_has_its_number_needs_no_plain_line() -> None:
    assert kept(candidate(1, "1"), candidate(2, "2"), candidate(2), candidate(4, "4")) == [1, 2, 4]


def test_a_line_with_words_behind_it_does_not_stand_for_a_number() -> None:
    found = (candidate(1, "1"), candidate(2, "2"), candidate(3, is_whole=False), candidate(4, "4"))
    assert kept(*found) == [1, 2, 4]


def test_a_cell_does_not_stand_for_a_number() -> None:
    assert kept(candidate(1, "1"), candidate(2, "2"), candidate(3, in_cell=True), candidate(4, "4")) == [1, 2, 4]


@pytest.mark.parametrize("mark", ["hash", "bold"])
def test_where_headings_share_a_mark_plain_lines_are_none(mark: Mark) -> None:
    found = [candidate(block, mark=mark) for block in (1, 2, 3)]
    assert kept(*found[:2], candidate(5), found[2]) == [1, 2, 3]


@pytest.mark.parametrize(("mark", "other"), [("hash", "bold"), ("bold", "plain")])
def test_the_surer_mark_makes_the_style(mark: Mark, other: Mark) -> None:
    found = [candidate(block, mark=mark) for block in (1, 2, 3)]
    assert kept(*found, *(candidate(block, mark=other) for block in (4, 5, 6, 7))) == [1, 2, 3]


def test_a_number_fits_among_marks() -> None:
    assert kept(*(candidate(block, mark="hash") for block in (1, 2, 3)), candidate(4, "4")) == [1, 2, 3, 4]


def test_two_marked_headings_make_no_style() -> None:
    assert kept(candidate(1, mark="bold"), candidate(2), candidate(3, mark="bold")) == [1, 2, 3]


def test_where_nothing_sets_headings_apart_a_cell_is_none() -> None:
    assert kept(candidate(1), candidate(2, in_cell=True), candidate(3)) == [1, 3]


def test_where_nothing_sets_headings_apart_the_same_words_below_are_a_field() -> None:
    assert kept(candidate(1), candidate(2), candidate(2), candidate(3)) == [1, 2, 3]


def test_a_line_that_is_text_of_its_block_needs_no_style() -> None:
    numbered = [candidate(block, f"{block}") for block in (1, 2, 3)]
    marked = [candidate(block, mark="hash") for block in (1, 2, 3)]
    for headings in (numbered, marked, [candidate(1)]):
        assert kept(*headings, candidate(9, is_text=True, in_cell=True))[-1] == 9


def test_before_the_first_heading_a_label_is_a_label() -> None:
    assert kept(candidate(8, is_label=True), candidate(1), candidate(2)) == [1, 2]


def test_behind_the_first_heading_a_label_may_be_a_heading() -> None:
    assert kept(candidate(1), candidate(8, is_label=True), candidate(2)) == [1, 8, 2]


def test_only_labels_are_no_headings() -> None:
    assert kept(candidate(8, is_label=True), candidate(9, is_label=True)) == []


@pytest.mark.parametrize("style", ["{0}. {1}", "## {0}. {1}", "**{0}. {1}**", "# {1}", "#### {1}", "**{1}**", "{1}"])
def test_a_document_opens_its_blocks_in_its_own_style(style: str) -> None:
    assert opened(proposal(style)) == BLOCKS


@pytest.mark.parametrize("style", ["{0}. {1}", "## {1}", "**{1}**"])
def test_a_heading_out_of_style_is_text(style: str) -> None:
    assert opened(proposal(style, between="น้ำไม่พอ\nเป้าหมาย\nผักสด")) == BLOCKS


def test_a_field_below_its_heading_is_no_heading() -> None:
    text = proposal("{0}. {1}", between="ระยะเวลาดำเนินการ : ตุลาคม\nสถานที่ดำเนินการ : สวน")
    assert opened(text) == BLOCKS


def test_a_heading_that_lost_its_number_opens_its_block() -> None:
    assert opened(proposal("{0}. {1}").replace("3. ระยะเวลา", "ระยะเวลา")) == BLOCKS


def test_a_cell_of_a_table_is_no_heading() -> None:
    table = "| เป้าหมาย | ตัวชี้วัด |\n| ผักสด | ๑๐ กก. |"
    assert opened(proposal("{1}", between=table)) == BLOCKS
    assert opened(proposal("{1}", between="\tเป้าหมาย\n\tผักสด")) == BLOCKS


def test_thai_numbers_make_a_style_too() -> None:
    text = proposal("{0}. {1}").translate(dict(zip(map(ord, "123456789"), "๑๒๓๔๕๖๗๘๙", strict=True)))
    assert opened(text.replace("น้ำไม่พอ", "เป้าหมาย")) == BLOCKS


def test_a_field_that_a_plain_heading_names_is_no_heading() -> None:
    page = proposal("{1}", between="สถานที่ดำเนินการ : สนาม")
    assert opened(page) == ["rationale", "place", "objectives", "place", "schedule", "budget", "place", "monitoring"]
