"""Openings that only look like one: lists inside paragraphs, summaries, headings in sentences, damaged numbers."""

import pytest

from parsers import forms
from pipeline.document.split.nesting import STEPS_AHEAD, real_openings
from pipeline.model import BlockStart

FORM = next(form for form in forms() if form.name == "area_office_progress_report")
NAMES = [block.name for block in FORM.blocks]


def real(said: str) -> str:
    """The real ones of some openings, each named by its block; a project by its number, "?" where it has none."""
    found = []
    for place, word in enumerate(said.split()):
        is_project = word == "?" or word.isdecimal()
        block = NAMES.index("project" if is_project else word)
        found.append(BlockStart(10 * place, 10 * place + 5, block, int(word) if word.isdecimal() else None, is_project))
    kept = real_openings(found, FORM)
    assert [opening.start for opening in kept] == sorted(opening.start for opening in kept)
    return " ".join(said.split()[opening.start // 10] for opening in kept)


def test_sound_openings_are_all_real() -> None:
    said = "cover completed 1 targets outputs activities results 2 targets outputs not_started 1 2 remark back_cover"
    assert real(said) == said


def test_no_openings_are_none() -> None:
    assert real("") == ""


@pytest.mark.parametrize("summary", ["completed not_started", "completed in_progress not_started"])
def test_groups_that_a_summary_lists_are_no_groups(summary: str) -> None:
    assert real(f"cover summary {summary} completed 1 targets results") == "cover summary completed 1 targets results"


def test_a_group_counts_also_where_its_projects_are_only_named() -> None:
    said = "cover completed 1 2 3 not_started 1 2"
    assert real(said) == said


def test_groups_without_any_project_are_none() -> None:
    assert real("cover completed not_started") == "cover"


def test_where_there_are_groups_no_project_stands_before_the_first() -> None:
    assert real("cover 1 2 completed 1 targets results") == "cover completed 1 targets results"


def test_where_there_are_no_groups_projects_begin_at_once() -> None:
    assert real("cover 1 targets results 2 targets results") == "cover 1 targets results 2 targets results"


def test_numbers_begin_again_in_each_group() -> None:
    said = "cover completed 1 targets results 2 targets results in_progress 1 targets results not_started 1 targets"
    assert real(said) == said


def test_numbers_may_also_go_on_from_group_to_group() -> None:
    said = "cover completed 1 targets results in_progress 2 targets results not_started 3 targets"
    assert real(said) == said


def test_a_list_inside_a_paragraph_begins_no_projects() -> None:
    said = "cover completed 1 targets results 1 2 3 problems suggestions 2 targets results"
    assert real(said) == "cover completed 1 targets results problems suggestions 2 targets results"


@pytest.mark.parametrize("after", ["", " not_started 1 2", " remark", " back_cover"])
def test_a_sentence_about_the_project_at_the_end_of_its_text_is_no_project(after: str) -> None:
    before = "cover completed 1 targets results suggestions"
    assert real(f"{before} ?{after}") == f"{before}{after}"


def test_a_name_that_lost_its_number_is_a_project_where_parts_follow() -> None:
    said = "cover completed 1 targets results suggestions ? targets results"
    assert real(said) == said


def test_a_list_right_before_the_next_project_gives_way_to_it() -> None:
    said = "cover completed 1 targets results 1 2 2 targets results 3 targets"
    assert real(said) == "cover completed 1 targets results 2 targets results 3 targets"


def test_of_two_lines_with_one_number_the_later_begins_the_project() -> None:
    pages = real_openings(
        [BlockStart(place, place + 1, NAMES.index("project"), number) for place, number in enumerate((1, 1))], FORM
    )
    assert [opening.start for opening in pages] == [1]


@pytest.mark.parametrize("damaged", ["?", "1", "9", "77"])
def test_a_number_may_be_damaged_where_a_report_follows(damaged: str) -> None:
    said = f"cover completed 1 targets results {damaged} targets results 3 targets results"
    assert real(said) == said


@pytest.mark.parametrize("damaged", ["?", "1", "9"])
def test_a_number_may_be_damaged_in_a_list_of_names_that_goes_on(damaged: str) -> None:
    said = f"cover completed 1 {damaged} 3 4"
    assert real(said) == said


def test_a_few_projects_may_not_have_been_found() -> None:
    said = f"cover completed 1 targets results {2 + STEPS_AHEAD} targets results {3 + STEPS_AHEAD} targets"
    assert real(said) == said
    assert real("cover completed 1 2 4 5") == "cover completed 1 2 4 5"


def test_a_number_far_ahead_in_a_list_of_names_is_no_project() -> None:
    assert real("cover completed 1 2 77 3 4") == "cover completed 1 2 3 4"


def test_parts_outside_of_a_project_are_text() -> None:
    assert real("cover summary results problems completed 1 targets") == "cover summary completed 1 targets"
    assert real("cover completed suggestions 1 targets") == "cover completed 1 targets"
    assert (
        real("cover completed 1 targets not_started results 1 targets")
        == "cover completed 1 targets not_started 1 targets"
    )


def test_a_part_far_ahead_of_the_next_is_a_heading_inside_a_paragraph() -> None:
    said = "cover completed 1 targets results outputs activities results problems"
    assert real(said) == "cover completed 1 targets outputs activities results problems"


def test_a_second_quarter_goes_back_to_the_first_parts() -> None:
    said = "cover completed 1 targets outputs results problems targets outputs results problems"
    assert real(said) == said


def test_a_second_quarter_may_lack_its_title() -> None:
    said = "cover completed 1 targets outputs activities results problems outputs activities results problems"
    assert real(said) == said


def test_a_part_that_repeats_may_follow_a_later_one() -> None:
    said = "cover completed 1 targets strategy strategy_results strategy_results disbursement results"
    assert real(said) == said
