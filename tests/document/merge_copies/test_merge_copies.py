"""One reading of each cell: majority, then words, then the first copy; what lost stays an alternative."""

import pytest

from tests.support.small_proposal import proposal
from tests.support.small_report import entry, last_page, only, report, tables_of

NAME = "โครงการปลูกต้นไม้ริมคลอง"
Rows = list[dict[str, object]]


def merged(*names: str) -> tuple[object, list[object], bool]:
    """The name of the project in a file of as many copies, the other readings, and whether copies disagree."""
    tables = tables_of("\f".join(report(header={"ชื่อโครงการ/กิจกรรม": name}) for name in names))
    evidence = [row for row in tables["evidence"] if row["column_name"] == "project_name"]
    alternatives = evidence[0]["alternatives"] if evidence else []
    assert isinstance(alternatives, list)
    is_told = any(
        row["code"] == "copies_disagree" and row["column_name"] == "project_name" for row in tables["findings"]
    )
    return only(tables["projects"])["project_name"], alternatives, is_told


def test_copies_that_agree_have_no_alternatives() -> None:
    assert merged(NAME, NAME, NAME) == (NAME, [], False)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_the_reading_of_most_copies_wins_whatever_its_place(place: int) -> None:
    names = [NAME, NAME]
    names.insert(place, "โครงการปลูกหญ้าริมคลอง")
    assert merged(*names) == (NAME, ["โครงการปลูกหญ้าริมคลอง"], False)


def test_most_copies_win_though_their_reading_is_no_word() -> None:
    assert merged("โครงการปฃูกต้นไม้", "โครงการปฃูกต้นไม้", "โครงการปลูกต้นไม้")[0] == "โครงการปฃูกต้นไม้"


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_at_a_tie_the_reading_whose_words_are_words_wins(order: tuple[int, int]) -> None:
    names = (NAME, "โครงการปฃูกต้นไม้ริมคฌอง")
    assert merged(*(names[i] for i in order)) == (NAME, [names[1]], False)


def test_at_a_tie_that_words_do_not_settle_the_first_copy_wins_and_it_is_told() -> None:
    names = ("โครงการปลูกต้นไม้ริมคลอง", "โครงการปลูกต้นไม้ริมทาง")
    assert merged(*names) == (names[0], [names[1]], True)
    assert merged(*names[::-1]) == (names[1], [names[0]], True)


def test_three_readings_of_three_copies_are_a_tie() -> None:
    names = ("โครงการปลูกต้นไม้ริมคลอง", "โครงการปลูกต้นไม้ริมทาง", "โครงการปลูกต้นไม้ริมถนน")
    assert merged(*names) == (names[0], [*names[1:]], True)


def test_white_space_makes_no_other_reading() -> None:
    name, alternatives, is_told = merged("โครงการ ปลูกต้นไม้", "โครงการปลูกต้นไม้")
    assert (str(name).replace(" ", ""), alternatives, is_told) == ("โครงการปลูกต้นไม้", [], False)


def budget(*values: str) -> tuple[object, object, object, set[object]]:
    """The amount in a file of as many copies, how many copies print one, how many agree, and the findings."""
    tables = tables_of("\f".join(report(header={"งบประมาณที่ได้รับ": value}) for value in values))
    evidence = [row for row in tables["evidence"] if row["column_name"] == "budget_received_baht"]
    amount = only(tables["projects"])["budget_received_baht"]
    codes = {row["code"] for row in tables["findings"]}
    if not evidence:
        return amount, 0, 0, codes
    return amount, evidence[0]["copies_total"], evidence[0]["copies_agreeing"], codes


@pytest.mark.parametrize("silence", ["-", "", "....", "1,25,000 บาท"])
def test_null_never_outvotes_a_value(silence: str) -> None:
    amount, total, agreeing, codes = budget(silence, "100,000 บาท", silence)
    assert (amount, total, agreeing) == (100_000, 3, 1)
    assert "copies_disagree" not in codes


def test_what_no_copy_can_read_is_null_with_one_finding() -> None:
    assert budget("1,25,000 บาท", "1,25,000 บาท") == (None, 0, 0, {"unreadable_value"})


def test_an_amount_at_a_tie_is_that_of_the_first_copy_and_told() -> None:
    amount, total, agreeing, codes = budget("100,000 บาท", "700,000 บาท")
    assert (amount, total, agreeing) == (100_000, 2, 1)
    assert "copies_disagree" in codes


def test_an_amount_in_other_digits_is_the_same_amount() -> None:
    assert budget("100,000 บาท", "๑๐๐,๐๐๐.๐๐ บาท") == (100_000, 2, 2, set())


def rows_of(*copies: str) -> dict[str, Rows]:
    return dict(tables_of("\f".join(copies)))


def test_entries_meet_by_their_number() -> None:
    first = report(entries=[entry(1), entry(2)])
    second = report(entries=[entry(2), entry(1)])
    tables = rows_of(first, second)
    assert [row["entry_number"] for row in tables["report_entries"]] == [1, 2]
    assert {row["copies_agreeing"] for row in tables["evidence"] if row["table_name"] == "report_entries"} == {2}


def test_an_entry_that_one_copy_lacks_is_had_from_the_other() -> None:
    tables = rows_of(report(entries=[entry(1), entry(3)]), report(entries=[entry(1), entry(2), entry(3)]))
    assert {row["entry_number"] for row in tables["report_entries"]} == {1, 2, 3}


def test_a_value_that_one_copy_lost_is_had_from_the_other() -> None:
    lost = entry(2).split("\n\n")[0]
    for entries in ([entry(1), lost], [entry(1), entry(2)]), ([entry(1), entry(2)], [entry(1), lost]):
        tables = rows_of(*(report(entries=printed) for printed in entries))
        assert tables["report_entries"][1]["disbursed_baht"] == 1500
        assert not [row for row in tables["findings"] if row["code"] == "metrics_missing"]


def test_items_in_another_order_are_one_list() -> None:
    one, two, three = "เพื่อเพิ่มร่มเงาบนทางเท้า", "เพื่อทดแทนต้นไม้ที่ตาย", "เพื่อให้เมืองน่าอยู่ยั่งยืน"
    tables = rows_of(
        report(objectives=f"- {one}\n- {two}\n- {three}"),
        report(objectives=f"- {one}\n- {two}\n- {three}"),
        report(objectives=f"- {three}\n- {one}\n- {two}"),
    )
    objectives = [row["text"] for row in tables["objectives"] if row["kind"] == "objective"]
    assert objectives == [one, two, three]


def test_a_piece_that_a_line_break_cut_off_is_no_item_of_its_own() -> None:
    whole, cut = "- เพื่อเพิ่มร่มเงาบนทางเท้าสายหลัก", "- เพื่อเพิ่มร่มเงา\n- บนทางเท้าสายหลัก"
    tables = rows_of(report(objectives=whole), report(objectives=cut), report(objectives=whole))
    objectives = [row["text"] for row in tables["objectives"] if row["kind"] == "objective"]
    assert objectives == ["เพื่อเพิ่มร่มเงาบนทางเท้าสายหลัก"]


def test_a_label_that_one_copy_lost_is_had_from_the_other() -> None:
    numbered, plain = "1. เพื่อเพิ่มร่มเงา\n2. เพื่อทดแทนต้นไม้", "เพื่อเพิ่มร่มเงา\nเพื่อทดแทนต้นไม้"
    for copies in ((numbered, plain), (plain, numbered)):
        tables = rows_of(*(report(objectives=printed) for printed in copies))
        found = [(row["label"], row["text"]) for row in tables["objectives"] if row["kind"] == "objective"]
        assert found == [("1", "เพื่อเพิ่มร่มเงา"), ("2", "เพื่อทดแทนต้นไม้")]


def test_a_link_whose_copies_differ_is_one_row_with_a_finding() -> None:
    tables = rows_of(report(), report(links={"ประเด็นยุทธศาสตร์": "ด้านที่ 3 - มหานครสำหรับทุกคน"}))
    issues = [row["text"] for row in tables["strategy_links"] if row["level"] == "issue"]
    assert issues == ["ด้านที่ 2 - มหานครสีเขียว"]
    assert [row["table_name"] for row in tables["findings"] if row["code"] == "copies_disagree"] == ["strategy_links"]


def test_a_copy_without_its_header_belongs_to_the_project_before_it() -> None:
    tables = rows_of(report(), last_page())
    assert len(tables["projects"]) == 1


def test_a_copy_that_misread_every_value_of_its_header_but_the_name_is_no_second_project() -> None:
    damaged = report(header={"รหัสโครงการ...": "17000000-0001", "ปีงบประมาณ พ.ศ.": "2567"})
    assert len(rows_of(report(), damaged, report())["projects"]) == 1


def test_the_same_copies_in_another_order_give_the_same_values_where_a_majority_wins() -> None:
    copies = [report(), report(header={"งบประมาณที่ได้รับ": "700,000 บาท"}), report()]
    amounts = {
        only(rows_of(*(copies[i] for i in order))["projects"])["budget_received_baht"]
        for order in ((0, 1, 2), (1, 0, 2), (2, 0, 1), (0, 2, 1))
    }
    assert amounts == {100_000}


OWN = "โครงการปลูกต้นไม้ริมคลองสายยาวในเขตเมืองเก่า"


def test_a_reading_that_lost_its_beginning_is_outvoted_by_two_that_differ_in_a_letter() -> None:
    cut, first, second = OWN[20:], OWN.replace("คลอง", "คลฮง"), OWN.replace("เมือง", "เมีอง")
    assert merged(cut, first, second)[0] in (first, second)


def test_of_two_readings_the_shorter_may_be_right() -> None:
    assert merged(OWN, f"{OWN} ปฃูคฌ")[0] == OWN


HEADER = """ชื่อโครงการ : โครงการทาสีรั้วสนาม
หน่วยงานที่รับผิดชอบ : สำนักงานเขตตัวอย่าง กรุงเทพมหานคร
งบประมาณ : 30,000 บาท
ระยะเวลา : 1 ตุลาคม 2567 - 30 กันยายน 2568"""
BODIES = {
    "rationale": "รั้วสนามของเขตเก่าและสีลอกทั้งสาย เด็กที่มาเล่นเปื้อนสนิม จึงเห็นควรทาสีใหม่",
    "objectives": "1. เพื่อให้รั้วสะอาดและปลอดภัย\n2. เพื่อให้ชุมชนดูแลสนามร่วมกัน",
}


def projects_of(*changes: tuple[str, str]) -> int:
    """The projects of a file with a proposal, and a printing of it with changes."""
    first = other = proposal(header=HEADER, **BODIES)
    for printed, instead in changes:
        assert printed in other
        other = other.replace(printed, instead)
    return len(tables_of(f"{first}\f{other}")["projects"])


@pytest.mark.parametrize("budget", ["3,000 บาท", "80,000 บาท"])
def test_a_copy_with_a_damaged_budget_founds_no_second_project(budget: str) -> None:
    assert projects_of(("30,000 บาท", budget), ("30 กันยายน 2568", "30 กันยายน")) == 1


def test_an_office_with_a_misread_letter_is_the_same() -> None:
    assert projects_of(("เขตตัวอย่าง", "เขตตัวอบ่าง")) == 1
