"""Reports on many projects: which project and which quarter each block belongs to."""

from typing import NamedTuple

import pytest

from parsers import forms
from pipeline.document.split.nesting import Walk, nested
from pipeline.model import BlockStart
from tests.support.small_report import pages_of

FORM = next(form for form in forms() if form.name == "area_office_progress_report")
NAMES = [block.name for block in FORM.blocks]
COVER, DONE, LATER = "รายงานของเขตตัวอย่าง", "โครงการที่ดำเนินการเสร็จสิ้นแล้ว", "โครงการที่ยังไม่ได้ดำเนินการ"
FRONT = f"{COVER}\n{DONE}"
QUARTER = ["targets", "outputs", "activities", "disbursement", "conclusions", "results", "problems"]


def quarter(
    number: int,
    *,
    outputs: str = "ครูได้อบรม",
    activities: str = "กิจกรรมหลักที่ ๑ อบรมครู",
    results: str = "อบรมแล้ว",
    has_title: bool = True,
) -> str:
    """What a project reports on a quarter."""
    title = [f"ความก้าวหน้าของเป้าหมายโครงการ ประจำไตรมาสที่ {number}"] if has_title else []
    lines = (
        *title,
        "เป้าหมายเชิงผลผลิต (Output)",
        outputs,
        f"ความก้าวหน้าของกิจกรรมที่ดำเนินการ ประจำไตรมาสที่ {number}",
        activities,
        f"การเบิกจ่ายงบประมาณประจำไตรมาสที่ {number}",
        "จำนวนเงินงบประมาณตามแผนการใช้จ่าย ๑๐๐ บาท",
        "สรุปปัญหาและข้อเสนอแนะของโครงการ",
        "ผลการดำเนินงาน",
        results,
        "ปัญหาและอุปสรรค",
        "ไม่มี",
    )
    return "\n".join(lines)


class Read(NamedTuple):
    """A copy as a test looks at it: its blocks by name, each with its quarter and its text."""

    is_outside_projects: bool
    blocks: list[tuple[str, int, str]]
    given: dict[str, object]

    def text(self, name: str, period: int = 1) -> str:
        return next(said for block, when, said in self.blocks if (block, when) == (name, period))

    def names(self, period: int) -> list[str]:
        return [block for block, when, _ in self.blocks if when == period]


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
            {given.column: given.value for block in copy.blocks for given in block.given},
        )
        for copy in nested(pages, FORM)
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
    found = list(nested(pages, FORM))
    assert [copy.index for copy in found] == [1, 2, 3]
    assert all(block.copy == copy.index for copy in found for block in copy.blocks)


def test_a_projects_number_is_no_part_of_its_name() -> None:
    pages = pages_of("\n".join((FRONT, "## ๑. โครงการอ่านออก", quarter(1))))
    block = list(nested(pages, FORM))[1].blocks[0]
    assert (block.number, block.heading) == (1, block.headings[0])
    assert [pages.text[slice(*piece)] for piece in block.pieces] == ["โครงการอ่านออก"]


def test_the_group_above_gives_each_project_its_status() -> None:
    text = (FRONT, "๑. โครงการก", "๒. โครงการข", LATER, "๑. โครงการค")
    assert [copy.given for copy in projects(*text)] == [
        {"status": "completed"},
        {"status": "completed"},
        {"status": "not_started"},
    ]


def test_without_groups_no_status_is_given() -> None:
    found = projects(COVER, "๑. โครงการก", quarter(1), "๒. โครงการข", quarter(1))
    assert [copy.given for copy in found] == [{}, {}]


def test_what_a_group_gives_points_to_its_heading() -> None:
    pages = pages_of("\n".join((FRONT, "๑. โครงการอ่านออก", quarter(1))))
    (given,) = list(nested(pages, FORM))[1].blocks[0].given
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
    assert found[1].given == {"status": "completed"}


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
    blocks = [block for block in list(nested(pages, FORM))[1].blocks if block.declaration.name == "problems"]
    assert [len(block.headings) for block in blocks] == [2]
    assert [pages.text[slice(*piece)] for piece in blocks[0].pieces] == ["ไม่มี"]


def test_a_remark_behind_the_last_project_stands_outside_of_it() -> None:
    found = read(FRONT, "๑. โครงการก", quarter(1), "หมายเหตุ ข้อมูลไม่ครบ")
    assert [copy.is_outside_projects for copy in found] == [True, False, True]
    assert found[-1].blocks == [("remark", 0, "ข้อมูลไม่ครบ")]


def test_a_back_cover_stands_outside_of_the_last_project() -> None:
    found = read(FRONT, "๑. โครงการก", f"{quarter(1)}\n\f{COVER}", "กลุ่มตัวอย่าง")
    assert found[-1].is_outside_projects
    assert found[-1].blocks == [("back_cover", 0, f"{COVER}/กลุ่มตัวอย่าง")]
    assert found[-2].text("problems") == "ไม่มี"


def test_a_page_that_begins_with_other_words_is_no_back_cover() -> None:
    (found,) = projects(FRONT, "๑. โครงการก", f"{quarter(1)}\n\fฝนตกหนัก", COVER)
    assert found.text("problems") == f"ไม่มี/ฝนตกหนัก/{COVER}"


def test_no_character_of_the_text_is_lost_or_taken_twice() -> None:
    results = "ได้แก่\n๑. โครงการพี่"
    lines = (FRONT, "๑. โครงการก", quarter(1, results=results), quarter(2), LATER, "๑. โครงการข", "หมายเหตุ ข้อมูลไม่ครบ")
    pages = pages_of("\n".join(lines))
    blocks = [block for copy in nested(pages, FORM) for block in copy.blocks]
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
