"""What area offices print in other ways: remarks, sentences like headings, lists of names, several reports."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from tests.support.small_area_report import DONE, quarter
from tests.support.small_proposal import values
from tests.support.small_report import tables_of

ISSUER = "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาตัวอย่าง เขต 1"
TITLE = "รายงานความก้าวหน้าการดำเนินงานตามแผนปฏิบัติการ"
DAY = "ข้อมูล ณ วันที่ 29 มีนาคม 2567"
STRATEGY = (
    "ความก้าวหน้าของโครงการที่ดำเนินการกับแผนแม่บทภายใต้ยุทธศาสตร์ชาติและยุทธศาสตร์ชาติหลัก\n"
    "ผลการดำเนินงานต่อเป้าหมายของยุทธศาสตร์ชาติ\nคนเก่ง"
)
Tables = Mapping[str, list[dict[str, object]]]


def report(*projects: str, title: str = TITLE, day: str = DAY) -> str:
    """A report with its cover; what belongs to a project stands behind its name."""
    return "\n".join((ISSUER, title, "ประจำปีงบประมาณ พ.ศ. 2567", day, "", f"๑. {DONE}", *projects))


def project(name: str, *, results: str = "อบรมแล้ว", activities: str = "กิจกรรมหลักที่ ๑ อบรมครู") -> str:
    said = quarter(1, results=results, activities=activities).replace("การเบิกจ่าย", f"{STRATEGY}\nการเบิกจ่าย", 1)
    return f"{name}\n{said}\nข้อเสนอแนะ\nควรทำต่อ"


ONE, TWO = project("๑. โครงการอ่านออก"), project("๒. โครงการเขียนได้")


def names(tables: Tables) -> list[object]:
    return [row["project_name"] for row in tables["projects"]]


@pytest.mark.parametrize(
    "said",
    [
        "หมายเหตุ : ยังไม่รวมโรงเรียนขยายโอกาส",
        "ความก้าวหน้าของกิจกรรมที่ดำเนินการ มีครูเข้าร่วม ๓๐ คน",
        "การเบิกจ่ายงบประมาณประจำปีล่าช้าเพราะโอนเงินรอบ ๒ ช้า",
    ],
)
def test_a_remark_or_a_sentence_like_a_heading_ends_no_part_of_a_project(said: str) -> None:
    tables = tables_of(report(project("๑. โครงการอ่านออก", results=f"อบรมแล้ว\n{said}\nได้ผลดี"), TWO))
    assert values(tables["quarterly_results"], "results", "problems", "suggestions") == [
        (f"อบรมแล้ว {said} ได้ผลดี", "ไม่มี", "ควรทำต่อ"),
        ("อบรมแล้ว", "ไม่มี", "ควรทำต่อ"),
    ]


def test_remarks_behind_several_projects_are_rows_of_their_own() -> None:
    remarks = [f"หมายเหตุ : ยังไม่รวมโรงเรียนสาขาที่ {number}" for number in (1, 2, 3)]
    tables = tables_of(report(ONE, remarks[0], TWO, remarks[1], project("๓. โครงการคิดเลข"), remarks[2]))
    found = [row for row in tables["sections"] if row["section"] == "other"]
    assert values(found, "project_id", "text") == [(None, said.partition(" : ")[2]) for said in remarks]
    assert len({row["row_key"] for row in found}) == len(remarks)


@pytest.mark.parametrize("damaged", ["(Outpvt)", "(Ouput)", "Output)", "(output)"])
def test_a_damaged_word_in_brackets_behind_a_heading_is_no_aim(damaged: str) -> None:
    (aim,) = tables_of(report(ONE.replace("(Output)", damaged)))["objectives"]
    assert (aim["kind"], aim["text"]) == ("output", "ครูได้อบรม")


@pytest.mark.parametrize(
    "period",
    ["ประจำไตรมาสที่ 1\nปีงบประมาณ 2567", "\nประจำไตรมาสที่ 1 ปีงบประมาณ 2567", "ประจำไตรมาสที่\n1 ปีงบประมาณ 2567"],
)
def test_the_period_of_a_heading_may_go_on_in_the_next_line(period: str) -> None:
    tables = tables_of(report(ONE.replace("ประจำไตรมาสที่ 1", period)))
    assert values(tables["quarterly_results"], "fiscal_year_be", "fiscal_quarter", "results") == [(2567, 1, "อบรมแล้ว")]
    assert values(tables["activities"], "label", "text") == [("1", "อบรมครู")]
    assert values(tables["objectives"], "text") == [("ครูได้อบรม",)]


def test_a_heading_may_end_in_the_next_line() -> None:
    plan = "ความก้าวหน้าของโครงการที่ดำเนินการกับแผนพัฒนาเศรษฐกิจและสังคมแห่งชาติ\nฉบับที่ ๑๓\nคนเก่งขึ้น"
    tables = tables_of(report(ONE.replace("การเบิกจ่าย", f"{plan}\nการเบิกจ่าย", 1)))
    assert [row["text"] for row in tables["sections"] if row["section"] == "strategy_results"] == ["คนเก่ง", "คนเก่งขึ้น"]


def test_the_count_of_a_group_may_stand_in_the_next_line() -> None:
    group = "๒. โครงการที่ยังไม่ได้ดำเนินการ จำนวน\n๒ โครงการ ดังนี้\n๒.๑ โครงการว่ายน้ำ\n๒.๒ โครงการดำน้ำ"
    tables = tables_of(report(ONE, group))
    assert values(tables["projects"], "project_name", "status") == [
        ("โครงการอ่านออก", "completed"),
        ("โครงการว่ายน้ำ", "not_started"),
        ("โครงการดำน้ำ", "not_started"),
    ]


def test_a_title_that_begins_as_a_summary_does_is_the_title() -> None:
    (document,) = tables_of(report(ONE, TWO, title="รายงานความก้าวหน้าของโครงการ"))["documents"]
    assert document["title"] == "รายงานความก้าวหน้าของโครงการ ประจำปีงบประมาณ พ.ศ. 2567"


def test_a_step_may_have_its_number_in_brackets_and_a_sentence_about_it_is_none() -> None:
    steps = "กิจกรรมหลักที่ (๑) จัดหา\nตามกิจกรรมหลักที่ ๑ แล้วเสร็จ\nกิจกรรมหลักที่ ๒. อบรม"
    tables = tables_of(report(project("๑. โครงการอ่านออก", activities=steps)))
    assert values(tables["activities"], "label", "text") == [
        ("1", "จัดหา ตามกิจกรรมหลักที่ ๑ แล้วเสร็จ"),
        ("2", "อบรม"),
    ]


def test_the_last_name_of_a_list_needs_no_number() -> None:
    found = names(
        tables_of(report("๑. โครงการว่ายน้ำ", "๒. โครงการดำน้ำ", "โครงการคิดเลข", "๒. โครงการที่อยู่ระหว่างดำเนินการ", ONE, TWO))
    )
    assert found == ["โครงการว่ายน้ำ", "โครงการดำน้ำ", "โครงการคิดเลข", "โครงการอ่านออก", "โครงการเขียนได้"]


def test_two_reports_in_a_file_are_kept_apart() -> None:
    other = report(project("๑. โครงการว่ายน้ำ"), project("๒. โครงการดำน้ำ"), day="ข้อมูล ณ วันที่ 30 มิถุนายน 2567")
    tables = tables_of(f"{report(ONE, TWO)}\f{other}")
    assert names(tables) == ["โครงการอ่านออก", "โครงการเขียนได้", "โครงการว่ายน้ำ", "โครงการดำน้ำ"]
    assert {row["suggestions"] for row in tables["quarterly_results"]} == {"ควรทำต่อ"}
    assert [str(row["as_of_date"]) for row in tables["documents"]] == ["2024-03-29"]
    fronts = [row for row in tables["sections"] if row["section"] == "front_matter"]
    assert len({row["row_key"] for row in fronts}) == len(fronts) == 2


def test_a_report_of_another_office_has_its_own_year() -> None:
    other = "\n".join((
        "รายงานผลการดำเนินงานตามแผนปฏิบัติการราชการ",
        "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษาต้นแบบ",
        "ปีงบประมาณ พ.ศ. 2565",
        f"๑. {DONE}",
        "๑. โครงการว่ายน้ำ\n๒. โครงการดำน้ำ",
    ))  # fmt: skip
    tables = tables_of(f"{report(ONE, TWO)}\f{other}")
    found = [(row["project_name"], row["fiscal_year_be"]) for row in tables["projects"]]
    assert found[2:] == [("โครงการว่ายน้ำ", 2565), ("โครงการดำน้ำ", 2565)]


def test_an_office_on_a_page_without_a_title_begins_no_report() -> None:
    last = f"๒. โครงการที่ยังไม่ได้ดำเนินการ\n\n๑. โครงการว่ายน้ำ\n\nกลุ่มแผนงาน\n{ISSUER}"
    tables = tables_of(f"{report(ONE, TWO)}\f{last}")
    assert [row["status"] for row in tables["projects"]] == ["completed", "completed", "not_started"]
    assert len({row["project_id"] for row in tables["projects"]}) == len(tables["projects"])


def test_numbers_that_count_all_projects_go_on_in_another_group() -> None:
    counted = "๒. โครงการที่ยังไม่ได้ดำเนินการ\nลำดับที่ ๓  โครงการว่ายน้ำ\nลำดับที่ ๔  โครงการดำน้ำ"
    found = names(tables_of(f"{report(ONE, TWO)}\n{counted}"))
    assert found == ["โครงการอ่านออก", "โครงการเขียนได้", "โครงการว่ายน้ำ", "โครงการดำน้ำ"]


def test_a_letter_above_a_report_is_no_report() -> None:
    letter = "\n".join(("บันทึกข้อความ", f"ส่วนราชการ {ISSUER}", ISSUER, "รายงานความก้าวหน้าการดำเนินงาน ปี 2566"))
    assert names(tables_of(f"{letter}\f{report(ONE, TWO)}")) == ["โครงการอ่านออก", "โครงการเขียนได้"]


def test_a_back_cover_is_no_second_report() -> None:
    tables = tables_of(f"{report(ONE, TWO)}\f{ISSUER}\n{TITLE}\nประจำปีงบประมาณ พ.ศ. 2567")
    assert [row["section"] for row in tables["sections"] if row["project_id"] is None] == ["front_matter", "other"]


def test_the_first_words_of_a_part_may_stand_behind_its_heading_and_a_colon() -> None:
    said = project("๑. โครงการอ่านออก").replace("ข้อเสนอแนะ\n", "ข้อเสนอแนะ : ")
    tables = tables_of(report(said, TWO))
    assert values(tables["quarterly_results"], "results", "problems", "suggestions") == [
        ("อบรมแล้ว", "ไม่มี", "ควรทำต่อ"),
        ("อบรมแล้ว", "ไม่มี", "ควรทำต่อ"),
    ]


def test_what_came_of_each_step_is_said_below_it() -> None:
    steps = "กิจกรรมหลักที่ ๑ จัดหา\nผลการดำเนินงาน : ซื้อแล้ว\nกิจกรรมหลักที่ ๒ อบรม\nผลการดำเนินงาน : อบรมแล้ว"
    tables = tables_of(report(project("๑. โครงการอ่านออก", activities=steps), TWO))
    assert values(tables["activities"], "label", "text")[:2] == [
        ("1", "จัดหา ผลการดำเนินงาน : ซื้อแล้ว"),
        ("2", "อบรม ผลการดำเนินงาน : อบรมแล้ว"),
    ]
    assert values(tables["quarterly_results"], "results") == [("อบรมแล้ว",), ("อบรมแล้ว",)]


@pytest.mark.parametrize("number", ["๑", "๑.๑"])
def test_a_list_of_the_projects_that_are_reported_on_below_names_no_further_ones(number: str) -> None:
    listed = (
        "| ที่ | ชื่อโครงการ | งบประมาณ |\n|---|---|---|\n| ๑ | โครงการอ่านออก | ๓๐,๐๐๐ |\n| ๒ | โครงการเขียนได้ | ๑๐,๐๐๐ |\n"
    )
    text = report(listed, project(f"{number}. โครงการอ่านออก"), project(f"{number[:-1]}๒. โครงการเขียนได้"))
    tables = tables_of(text)
    assert names(tables) == ["โครงการอ่านออก", "โครงการเขียนได้"]
    assert len(tables["quarterly_results"]) == 2


def test_a_name_in_a_table_ends_with_its_cell() -> None:
    listed = "| ๑. โครงการว่ายน้ำ | ๓๐,๐๐๐ บาท |\n| ๒. โครงการดำน้ำ | ๑๐,๐๐๐ บาท |"
    assert names(tables_of(report(listed, "๒. โครงการที่อยู่ระหว่างดำเนินการ", ONE, TWO)))[:2] == [
        "โครงการว่ายน้ำ",
        "โครงการดำน้ำ",
    ]


@pytest.mark.parametrize("joint", ["**", " **", "** **"])
def test_a_project_in_bold_opens_where_the_line_break_before_it_was_lost(joint: str) -> None:
    one = f"{ONE}{joint.rstrip('*').rstrip() if joint == '** **' else ''}"
    text = report(f"{one}{joint}{TWO.replace('เขียนได้', 'เขียนได้**', 1)}")
    assert names(tables_of(text)) == ["โครงการอ่านออก", "โครงการเขียนได้"]


def test_a_heading_with_its_period_opens_where_the_line_break_before_it_was_lost() -> None:
    first = ONE.split("\n", 2)
    text = report("\n".join([f"{first[0]} {first[1]}", *first[2:]]), TWO)
    tables = tables_of(text)
    assert names(tables) == ["โครงการอ่านออก", "โครงการเขียนได้"]
    assert len(tables["quarterly_results"]) == len(tables["projects"])


def test_a_project_named_inside_a_sentence_opens_none() -> None:
    text = report(project("๑. โครงการอ่านออก", results="อบรมร่วมกับ **โครงการเขียนได้** และ ๒. โครงการคิดเป็น"))
    assert names(tables_of(text)) == ["โครงการอ่านออก"]


def test_a_name_that_ends_the_last_suggestion_opens_its_project() -> None:
    assert names(tables_of(report(f"{ONE} {TWO}"))) == ["โครงการอ่านออก", "โครงการเขียนได้"]


def test_a_number_on_a_line_of_its_own_belongs_to_the_name_below() -> None:
    assert names(tables_of(report(ONE, TWO.replace("๒. ", "๒.\n", 1)))) == ["โครงการอ่านออก", "โครงการเขียนได้"]


def test_a_table_of_projects_below_their_status_leaves_nothing_unread() -> None:
    front = f"1. ความเป็นมา\nรายงานนี้ว่าด้วยโครงการของเขต\n2. ผลการดำเนินงาน\n{DONE}\n\n"
    heads = (
        "| ที่ | โครงการ | ผู้รับผิดชอบโครงการ | วัตถุประสงค์ | ตัวชี้วัดความสำเร็จ | แผนการใช้จ่าย ไตรมาส 4 (บาท) | ผลการดำเนินงาน "
        "| ปัญหา/อุปสรรค | ข้อเสนอแนะ |\n|---|---|---|---|---|---|---|---|---|\n"
    )
    row = "| 1 | โครงการอ่านออก | นางสมมุติ ตัวอย่าง | เพื่อให้อ่านออก | ร้อยละ 80 อ่านออก | 18,000 | อบรมแล้ว | ไม่มี | ควรทำต่อ |"
    tables = tables_of(f"{ISSUER}\n{TITLE}\nประจำปีงบประมาณ พ.ศ. 2567\n{DAY}\n{front}{heads}{row}")
    assert values(tables["projects"], "project_name", "status") == [("โครงการอ่านออก", "completed")]
    assert values(tables["quarterly_results"], "planned_baht", "results") == [(Decimal(18000), "อบรมแล้ว")]
    assert tables["unclaimed"] == []


def test_a_report_that_lost_its_cover_is_known_by_its_headings_and_uncertain() -> None:
    rest = report(ONE, TWO).partition(DAY)[2]
    tables = tables_of(rest)
    assert [row["form"] for row in tables["documents"]] == ["area_office_progress_report"]
    assert "form_uncertain" in {row["code"] for row in tables["findings"]}
    assert names(tables) == ["โครงการอ่านออก", "โครงการเขียนได้"]
