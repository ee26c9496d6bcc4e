"""Reports on many projects: which project and which quarter each block belongs to, and what only looks like one.

Lists inside paragraphs, summaries, headings in sentences and damaged numbers open nothing.
"""

from typing import NamedTuple

import pytest

from pipeline.document.split.heading_style import STEPS_AHEAD
from pipeline.document.split.nesting import Walk, nested, real_openings
from pipeline.model import BlockStart, Copy, Pages
from tests.support.small_area_report import DONE, FORM, quarter
from tests.support.small_report import all_matches_of, pages_of

NAMES = [block.name for block in FORM.blocks]
COVER, LATER = "รายงานของเขตตัวอย่าง", "โครงการที่ยังไม่ได้ดำเนินการ"
FRONT = f"{COVER}\n{DONE}"
QUARTER = ["targets", "outputs", "activities", "disbursement", "conclusions", "results", "problems"]


class Read(NamedTuple):
    """A copy as a test looks at it: its blocks by name, each with its quarter and its text."""

    is_outside_projects: bool
    blocks: list[tuple[str, int, str]]
    inherited: dict[str, object]

    def text(self, name: str, period: int = 1) -> str:
        return next(said for block, when, said in self.blocks if (block, when) == (name, period))

    def names(self, period: int) -> list[str]:
        return [block for block, when, _ in self.blocks if when == period]


def nested_in(pages: Pages) -> list[Copy]:
    return list(nested(all_matches_of(pages), pages.pages, FORM))


def read(*lines: str) -> list[Read]:
    """The projects of a text, and what stands outside of them."""
    pages = pages_of("\n".join(lines))
    return [
        Read(
            copy.is_outside_projects,
            [
                (block.declaration.name, block.period, "/".join(pages.text[slice(*piece)] for piece in block.pieces))
                for block in copy.blocks
            ],
            {given.column: given.value for block in copy.blocks for given in block.inherited},
        )
        for copy in nested_in(pages)
    ]


def projects(*lines: str) -> list[Read]:
    return [copy for copy in read(*lines) if not copy.is_outside_projects]


def project_names(*lines: str) -> list[str]:
    return [copy.text("project", 0) for copy in projects(*lines)]


def test_each_project_and_all_outside_of_them_is_a_copy_of_its_own() -> None:
    found = read(FRONT, "๑. โครงการอ่านออก", quarter(1), LATER, "๑. โครงการเขียนได้", quarter(1))
    assert [copy.is_outside_projects for copy in found] == [True, False, True, False]
    assert [block for block, _, _ in found[0].blocks] == ["cover", "completed"]
    assert found[0].text("cover", 0) == COVER


def test_copies_are_counted_and_their_blocks_know_the_count() -> None:
    pages = pages_of("\n".join((FRONT, "๑. โครงการอ่านออก", quarter(1), "๒. โครงการเขียนได้", quarter(1))))
    found = nested_in(pages)
    assert [copy.index for copy in found] == [1, 2, 3]
    assert all(block.copy == copy.index for copy in found for block in copy.blocks)


def test_a_projects_number_is_no_part_of_its_name() -> None:
    pages = pages_of("\n".join((FRONT, "## ๑. โครงการอ่านออก", quarter(1))))
    block = nested_in(pages)[1].blocks[0]
    assert (block.number, block.heading) == (1, block.headings[0])
    assert [pages.text[slice(*piece)] for piece in block.pieces] == ["โครงการอ่านออก"]


def test_the_group_above_gives_each_project_its_status() -> None:
    text = (FRONT, "๑. โครงการก", "๒. โครงการข", LATER, "๑. โครงการค")
    assert [copy.inherited for copy in projects(*text)] == [
        {"status": "completed"},
        {"status": "completed"},
        {"status": "not_started"},
    ]


def test_without_groups_no_status_is_given() -> None:
    found = projects(COVER, "๑. โครงการก", quarter(1), "๒. โครงการข", quarter(1))
    assert [copy.inherited for copy in found] == [{}, {}]


def test_what_a_group_gives_points_to_its_heading() -> None:
    pages = pages_of("\n".join((FRONT, "๑. โครงการอ่านออก", quarter(1))))
    (given,) = nested_in(pages)[1].blocks[0].inherited
    assert pages.text[slice(*given.span)] == DONE


@pytest.mark.parametrize("number", ["{}. ", "{}) ", "({}) ", "## {}. ", "**{}.** ", "- {}. "])
def test_projects_are_found_whatever_their_numbers_look_like(number: str) -> None:
    text = [f"{number.format(count)}โครงการ{name}\n{quarter(1)}" for count, name in (("๑", "ก"), ("2", "ข"))]
    assert [name.strip("* ") for name in project_names(FRONT, *text)] == ["โครงการก", "โครงการข"]


def test_projects_may_be_listed_by_name_only() -> None:
    text = (FRONT, "๑. โครงการก", "๒. โครงการข", "๓. โครงการค")
    assert project_names(*text) == ["โครงการก", "โครงการข", "โครงการค"]


def test_a_name_goes_on_over_lines() -> None:
    assert project_names(FRONT, "๑. โครงการอ่านออก", "เขียนได้", quarter(1)) == ["โครงการอ่านออก/เขียนได้"]


def test_a_summary_that_lists_the_groups_stays_the_summarys_text() -> None:
    summary = ("รายงานสรุปความก้าวหน้าของการดำเนินโครงการ ไตรมาสที่ ๒", f"{DONE} จำนวน ๑ โครงการ", "ข้อเสนอแนะ", "จัดต่อ")
    found = read(COVER, *summary, DONE, "๑. โครงการก", quarter(1))
    assert [copy.is_outside_projects for copy in found] == [True, False]
    assert found[0].text("summary", 0) == f"{DONE} จำนวน ๑ โครงการ/ข้อเสนอแนะ/จัดต่อ"
    assert found[1].inherited == {"status": "completed"}


def test_a_list_of_projects_inside_the_results_stays_there() -> None:
    results = "อบรมแล้ว ได้แก่\n๑. โครงการพี่\n๒. โครงการน้อง"
    found = projects(FRONT, "๑. โครงการก", quarter(1, results=results), "๒. โครงการข", quarter(1))
    assert [copy.text("project", 0) for copy in found] == ["โครงการก", "โครงการข"]
    assert found[0].text("results") == "อบรมแล้ว ได้แก่/๑. โครงการพี่/๒. โครงการน้อง"
    assert found[0].text("problems") == "ไม่มี"


@pytest.mark.parametrize("said", ["โครงการนี้ช่วยครูได้มาก", "ทุกโครงการมีผู้รับผิดชอบ"])
def test_a_sentence_that_begins_like_a_name_stays_where_it_is(said: str) -> None:
    found = projects(FRONT, "๑. โครงการก", quarter(1, results=said), "๒. โครงการข", quarter(1))
    assert len(found) == 2
    assert found[0].text("results") == said


@pytest.mark.parametrize("inside", ["ข้อเสนอแนะ", "ผลการดำเนินงาน", "ปัญหาและอุปสรรค"])
def test_a_heading_inside_an_activity_is_its_text(inside: str) -> None:
    activities = f"กิจกรรมหลักที่ ๑ อบรมครู\n{inside}\nย้ายห้อง"
    (found,) = projects(FRONT, "๑. โครงการก", quarter(1, activities=activities))
    assert found.text("activities") == f"กิจกรรมหลักที่ ๑ อบรมครู/{inside}/ย้ายห้อง"
    assert found.text("results") == "อบรมแล้ว"
    assert found.names(1) == QUARTER


def test_a_project_without_a_report_has_no_quarter() -> None:
    (found,) = projects(FRONT, "๑. โครงการก")
    assert found.blocks == [("project", 0, "โครงการก")]


def test_a_project_reports_on_each_quarter_apart() -> None:
    (found,) = projects(FRONT, "๑. โครงการก", quarter(1, results="ครั้งแรก"), quarter(2, results="ครั้งที่สอง"))
    assert found.names(1) == found.names(2) == QUARTER
    assert [found.text("results", period) for period in (1, 2)] == ["ครั้งแรก", "ครั้งที่สอง"]


def test_a_quarter_begins_without_its_title_where_a_part_comes_back() -> None:
    second = quarter(2, results="ครั้งที่สอง", has_title=False)
    (found,) = projects(FRONT, "๑. โครงการก", quarter(1, results="ครั้งแรก"), second)
    assert found.names(2) == QUARTER[1:]
    assert [found.text("results", period) for period in (1, 2)] == ["ครั้งแรก", "ครั้งที่สอง"]


def test_quarters_are_counted_anew_in_each_project() -> None:
    found = projects(FRONT, "๑. โครงการก", quarter(1), quarter(2), "๒. โครงการข", quarter(1))
    assert [max(period for _, period, _ in copy.blocks) for copy in found] == [2, 1]


def test_a_heading_that_stands_twice_in_a_row_opens_one_block() -> None:
    text = quarter(1).replace("ปัญหาและอุปสรรค\n", "ปัญหาและอุปสรรค\nปัญหาและอุปสรรค\n")
    pages = pages_of("\n".join((FRONT, "๑. โครงการก", text)))
    blocks = [block for block in nested_in(pages)[1].blocks if block.declaration.name == "problems"]
    assert [len(block.headings) for block in blocks] == [2]
    assert [pages.text[slice(*piece)] for piece in blocks[0].pieces] == ["ไม่มี"]


def test_a_remark_behind_the_last_project_stands_outside_of_it() -> None:
    found = read(FRONT, "๑. โครงการก", quarter(1), "หมายเหตุ ข้อมูลไม่ครบ")
    assert [copy.is_outside_projects for copy in found] == [True, False, True]
    assert found[-1].blocks == [("remark", 0, "ข้อมูลไม่ครบ")]


@pytest.mark.parametrize("printed", [COVER, "รายงานของเขตตวอยาง", "**รายงานของเขตดัวอย่าง**"])
def test_a_back_cover_stands_outside_of_the_last_project(printed: str) -> None:
    found = read(FRONT, "๑. โครงการก", f"{quarter(1)}\n\f{printed}", "กลุ่มตัวอย่าง")
    assert found[-1].is_outside_projects
    assert found[-1].blocks == [("back_cover", 0, f"{printed}/กลุ่มตัวอย่าง")]
    assert found[-2].text("problems") == "ไม่มี"


def test_a_page_that_begins_with_other_words_is_no_back_cover() -> None:
    (found,) = projects(FRONT, "๑. โครงการก", f"{quarter(1)}\n\fฝนตกหนัก", COVER)
    assert found.text("problems") == f"ไม่มี/ฝนตกหนัก/{COVER}"


def test_no_character_of_the_text_is_lost_or_taken_twice() -> None:
    results = "ได้แก่\n๑. โครงการพี่"
    lines = (FRONT, "๑. โครงการก", quarter(1, results=results), quarter(2), LATER, "๑. โครงการข", "หมายเหตุ ข้อมูลไม่ครบ")
    pages = pages_of("\n".join(lines))
    blocks = [block for copy in nested_in(pages) for block in copy.blocks]
    spans = sorted(span for block in blocks for span in (*block.headings, *block.pieces))
    taken = "".join("".join(pages.text[slice(*span)].split()) for span in spans)
    assert taken == "".join(pages.text.split())


def test_a_walk_counts_projects_and_quarters() -> None:
    walk = Walk(FORM)
    steps = ("cover", "completed", "project", "targets", "results", "targets", "project", "outputs", "remark")
    seen = []
    for place, name in enumerate(steps):
        assert walk.step(BlockStart(place, place + 1, NAMES.index(name))).name == name
        seen.append((walk.project, walk.period, walk.is_outside_projects))
    assert [project for project, _, _ in seen] == [0, 0, 1, 1, 1, 1, 2, 2, 2]
    assert [period for _, period, _ in seen] == [0, 0, 0, 1, 1, 2, 0, 1, 0]
    assert [is_outside_projects for _, _, is_outside_projects in seen] == [True, True, *[False] * 6, True]


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
