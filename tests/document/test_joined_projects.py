"""Projects of which tables tell beside parts: one project, whether a table prints its name or only its number."""

import pytest

from tests.support.small_report import tables_of

COVER = (
    "รายงานความก้าวหน้าการดำเนินโครงการตามแผนปฏิบัติการ ประจำปีงบประมาณ พ.ศ. 2567\n"
    "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาตัวอย่าง เขต 1\nข้อมูล ณ วันที่ 31 มีนาคม 2567"
)
NAMES = ("โครงการอ่านคล่องเขียนคล่อง", "โครงการสวนผักในโรงเรียน", "โครงการห้องสมุดเคลื่อนที่")
GROUP = "โครงการที่ดำเนินการเสร็จสิ้นแล้ว"
PEOPLE = ("นางสาวสมมุติ ตัวอย่าง", "นายทดลอง ตัวอย่าง", "นางจำลอง ตัวอย่าง")


def summary(names: tuple[str, ...] = NAMES) -> str:
    """A table of projects, their people and budgets."""
    rows = [f"{n}\t{name}\t{one}\t{n}0,000" for n, (name, one) in enumerate(zip(names, PEOPLE, strict=True), 1)]
    return "\n".join([GROUP, "", "ที่\tชื่อโครงการ\tผู้รับผิดชอบ\tงบประมาณที่ได้รับ (บาท)", *rows, ""])


def parts(names: tuple[str, ...] = NAMES) -> str:
    """What is told of each project on lines of its own."""
    told = (f"โครงการที่ {n}  {name}\nผลผลิต : ครู {n}0 คน\nกิจกรรม : อบรมครู" for n, name in enumerate(names, 1))
    return "\n\n".join(["ส่วนที่ 2 รายละเอียดโครงการ", *told])


def results(numbers: tuple[int, ...] = (1, 2, 3)) -> str:
    """A table that prints the numbers of projects alone."""
    rows = [f"{n}\tอบรมแล้ว {n} รุ่น\t-\tควรอบรมต่อ" for n in numbers]
    head = "ที่\tผลการดำเนินงาน\tปัญหาและอุปสรรค\tข้อเสนอแนะ"
    return "\n".join(["ส่วนที่ 3 ผลการดำเนินงาน ประจำไตรมาสที่ 2", "", head, *rows])


def said(*printed: str) -> dict[str, list[dict[str, object]]]:
    return tables_of("\n\n".join((COVER, *printed)))


def names_of(rows: dict[str, list[dict[str, object]]]) -> list[object]:
    return [row["project_name"] for row in rows["projects"]]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["table first", "parts first"])
def test_a_project_of_a_table_and_of_parts_is_one_project(order: tuple[int, int]) -> None:
    printed = (summary(), parts())
    rows = said(*(printed[place] for place in order))
    assert names_of(rows) == list(NAMES)
    assert [row["responsible_person"] for row in rows["projects"]] == list(PEOPLE)
    assert [str(row["budget_received_baht"]) for row in rows["projects"]] == ["10000.00", "20000.00", "30000.00"]
    assert [row["text"] for row in rows["objectives"]] == ["ครู 10 คน", "ครู 20 คน", "ครู 30 คน"]
    assert [row["text"] for row in rows["activities"]] == ["อบรมครู"] * len(NAMES)


@pytest.mark.parametrize(
    ("row", "codes"),
    [("\tรวมทั้งสิ้น\t\t60,000", []), ("\tรวม\t\t61,000", ["summary_total_differs"]), ("\tรวม\t\tตามแผน", [])],
    ids=["right", "wrong", "no figure"],
)
def test_the_sum_below_a_table_is_compared_with_its_rows(row: str, codes: list[str]) -> None:
    rows = said(f"{summary()}{row}", parts())
    assert [found["code"] for found in rows["findings"] if str(found["code"]).startswith("summary")] == codes
    assert names_of(rows) == list(NAMES)


def test_the_sums_of_groups_are_those_of_their_rows() -> None:
    head, *body = summary().removeprefix(f"{GROUP}\n\n").splitlines()
    table = [head, *body[:2], "\tรวม\t\t30,000", body[2], "\tรวม\t\t30,000", "\tรวมทั้งสิ้น\t\t60,000"]
    rows = said("\n".join(table), parts())
    assert not [found for found in rows["findings"] if found["code"] == "summary_total_differs"]


@pytest.mark.parametrize(("printed", "codes"), [("10,000", []), ("12,000", ["places_disagree"])], ids=["same", "other"])
def test_another_place_confirms_a_budget_or_contradicts_it(printed: str, codes: list[str]) -> None:
    told = parts().replace(NAMES[0], f"{NAMES[0]}\nงบประมาณที่ได้รับ : {printed} บาท")
    rows = said(summary(), told)
    assert str(rows["projects"][0]["budget_received_baht"]) == "10000.00"
    assert [row["code"] for row in rows["findings"] if row["column_name"] == "budget_received_baht"] == codes


def test_the_group_above_a_table_is_about_its_projects_alone() -> None:
    rows = said(summary(), parts((*NAMES, "โครงการที่ตารางไม่มี")))
    assert [row["status"] for row in rows["projects"]] == ["completed"] * len(NAMES) + [None]


def test_a_project_that_only_a_table_names_is_one_too() -> None:
    assert names_of(said(summary(), parts(NAMES[:2]))) == list(NAMES)


def test_a_table_of_numbers_tells_of_the_projects_that_have_them() -> None:
    rows = said(summary(), parts(), results())
    assert names_of(rows) == list(NAMES)
    assert [(row["fiscal_quarter"], row["results"]) for row in rows["quarterly_results"]] == [
        (2, "อบรมแล้ว 1 รุ่น"), (2, "อบรมแล้ว 2 รุ่น"), (2, "อบรมแล้ว 3 รุ่น"),
    ]  # fmt: skip


@pytest.mark.parametrize("numbers", [(1, 2), (1, 2, 4), (1, 1, 2)], ids=["fewer", "another", "twice"])
def test_a_table_of_other_numbers_tells_of_no_project(numbers: tuple[int, ...]) -> None:
    rows = said(summary(), parts(), results(numbers))
    assert names_of(rows) == list(NAMES)
    assert not any(str(row["results"]).startswith("อบรมแล้ว") for row in rows["quarterly_results"])


def test_quarters_above_the_heads_are_those_of_the_columns_below() -> None:
    table = (
        "               ไตรมาสที่ 1              ไตรมาสที่ 2\n"
        "โครงการที่     แผน         ผล        แผน         ผล\n"
        "    1       4,000.00   3,500.00   6,000.00   6,000.00\n"
        "    2       5,000.00   5,000.00  15,000.00  12,000.00\n"
        "    3       0.00       0.00      30,000.00  30,000.00\n"
        "   รวม      9,000.00   8,500.00  51,000.00  48,000.00"
    )
    rows = said(summary(), parts(), "ส่วนที่ 3 การใช้จ่ายรายไตรมาส", table)["quarterly_results"]
    assert [(row["fiscal_quarter"], str(row["planned_baht"]), str(row["disbursed_baht"])) for row in rows] == [
        (1, "4000.00", "3500.00"), (2, "6000.00", "6000.00"),
        (1, "5000.00", "5000.00"), (2, "15000.00", "12000.00"),
        (1, "0.00", "0.00"), (2, "30000.00", "30000.00"),
    ]  # fmt: skip


@pytest.mark.parametrize(("day", "codes"), [("12/05/2567", []), ("12/05/2568", ["date_outside_period"])])
def test_a_day_on_which_something_was_done_lies_before_the_projects_end(day: str, codes: list[str]) -> None:
    told = parts().replace(NAMES[0], f"{NAMES[0]}\nระยะเวลาดำเนินการ : 01/11/2566 - 31/05/2567")
    done = results().replace("อบรมแล้ว 1 รุ่น", f"อบรมแล้วเมื่อวันที่ {day}")
    found = said(summary(), told, done)["findings"]
    assert [row["code"] for row in found if row["column_name"] == "results"] == codes
