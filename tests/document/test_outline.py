"""What is read of a document that no form claims: its usual sections, and the lines on which a label says something."""

from datetime import date

import pytest

from tests.support.small_proposal import values
from tests.support.small_report import only, tables_of

Said = tuple[object, ...]


def sections(text: str) -> list[Said]:
    """The kind, the heading and the text of every section."""
    tables = tables_of(text)
    assert only(tables["documents"])["form"] == "unknown"
    return values(tables["sections"], "section", "heading", "text")


def project(text: str) -> dict[str, object]:
    """What is said of the one project."""
    row = only(tables_of(text)["projects"])
    named = ("project_name", "project_code", "agency", "responsible_person")
    return {name: row[name] for name in named if row[name] is not None}


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("1. หลักการและเหตุผล\nรั้วเก่า\n2. อื่น ๆ\nจบ", "1. หลักการและเหตุผล"),
        ("๑) หลักการและเหตุผล\nรั้วเก่า\n๒) อื่น ๆ\nจบ", "๑) หลักการและเหตุผล"),
        ("3.2 หลักการและเหตุผล\nรั้วเก่า\n3.3 อื่น ๆ\nจบ", "3.2 หลักการและเหตุผล"),
        ("3.2 หลักการและเหตุผล\nรั้วเก่า\n4. อื่น ๆ\nจบ", "3.2 หลักการและเหตุผล"),
        ("## หลักการและเหตุผล\nรั้วเก่า\n## อื่น ๆ\nจบ", "หลักการและเหตุผล"),
        ("**หลักการและเหตุผล**\nรั้วเก่า\n**อื่น ๆ**\nจบ", "หลักการและเหตุผล"),
        ("1. หลักการเเละเหตผล\nรั้วเก่า\n2. อื่น ๆ\nจบ", "1. หลักการและเหตผล"),
    ],
)
def test_a_section_ends_at_the_next_heading_of_its_kind_whatever_that_says(text: str, heading: str) -> None:
    assert sections(text) == [("rationale", heading, "รั้วเก่า")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("1. หลักการและเหตุผล\nรั้วเก่า\n1.1 ข้อมูล\nสนามกว้าง\n2. อื่น", "รั้วเก่า 1.1 ข้อมูล สนามกว้าง", id="deeper"),
        pytest.param("## หลักการและเหตุผล\nรั้วเก่า\n1. ผุ\n## อื่น", "รั้วเก่า 1. ผุ", id="a number below a hash"),
        pytest.param("**หลักการและเหตุผล**\nรั้วเก่า\n1. ผุ\n**อื่น**", "รั้วเก่า 1. ผุ", id="a number below bold"),
        pytest.param("1. หลักการและเหตุผล\nรั้ว **เก่า** มาก\n2. อื่น", "รั้ว เก่า มาก", id="bold words inside a line"),
        pytest.param("1. หลักการและเหตุผล\nรั้วเก่า\f- 2 -\nผุแล้ว\n2. อื่น", "รั้วเก่า ผุแล้ว", id="over a page"),
        pytest.param("1. หลักการและเหตุผล\nรั้วเก่า 2 หลัง", "รั้วเก่า 2 หลัง", id="up to the end"),
    ],
)
def test_a_section_goes_on_over_what_is_no_heading_of_its_kind(text: str, said: str) -> None:
    assert [text for _, _, text in sections(text)] == [said]


def test_usual_sections_follow_each_other() -> None:
    text = "1. หลักการและเหตุผล\nรั้วเก่า\n2. งบประมาณ\nห้าร้อยบาท\n3. วัตถุประสงค์\nเพื่อทาสี"
    assert {(kind, said) for kind, _, said in sections(text)} == {
        ("rationale", "รั้วเก่า"),
        ("budget", "ห้าร้อยบาท"),
        ("other", "เพื่อทาสี"),
    }


def test_a_section_that_comes_twice_gives_two_rows() -> None:
    text = "1. งบประมาณ\nหนึ่ง\n2. อื่น\nก\n3. งบประมาณ\nสอง"
    assert sorted(str(said) for _, _, said in sections(text)) == ["สอง", "หนึ่ง"]


def test_the_first_words_of_a_section_may_stand_behind_its_heading() -> None:
    assert sections("1. งบประมาณ 500 บาท\n2. อื่น\nจบ") == [("budget", "1. งบประมาณ", "500 บาท")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("หลักการและเหตุผล\nรั้วเก่า", id="a heading that nothing sets apart"),
        pytest.param("ตามหลักการและเหตุผล ข้อ 1. ควรทาสี", id="words inside a sentence"),
        pytest.param("1. หลักการและเหตุผล\n2. อื่น ๆ", id="a heading with nothing below"),
        pytest.param("1. ทาสีรั้ว\n2. ขุดสระ", id="other headings"),
        pytest.param("ทาสีรั้วแล้ว", id="prose"),
    ],
)
def test_nothing_is_made_a_section_that_is_none(text: str) -> None:
    assert sections(text) == []


def test_all_else_stays_unclaimed() -> None:
    tables = tables_of("บันทึก\n1. หลักการและเหตุผล\nรั้วเก่า\n2. อื่น ๆ\nจบ")
    assert [row["text"] for row in tables["unclaimed"]] == ["บันทึก", "2. อื่น ๆ\nจบ"]


def test_a_document_that_says_nothing_usual_is_all_unclaimed_and_gives_no_value() -> None:
    tables = tables_of("ทาสีรั้วแล้ว ใช้เงิน 500 บาท\nเมื่อ 5 มกราคม 2570")
    document = only(tables["documents"])
    assert (document["form"], document["text_coverage"]) == ("unknown", 0.0)
    assert (document["as_of_date"], document["fiscal_year_be"]) == (None, None)
    filled = {name for name, rows in tables.items() if rows}
    assert filled <= {"documents", "pages", "blocks", "unclaimed", "findings"}


def test_labels_say_what_the_document_and_its_one_project_are() -> None:
    text = (
        "ข้อมูล ณ วันที่ 5 มกราคม 2570\nปีงบประมาณ : 2570\nชื่อโครงการ : โครงการทาสีรั้ว\nรหัสโครงการ : 1-2\n"
        "ผู้รับผิดชอบโครงการ : นายสมมุติ ทดลอง\nจบ"
    )
    document = only(tables_of(text)["documents"])
    assert (document["as_of_date"], document["fiscal_year_be"]) == (date(2027, 1, 5), 2570)
    found = project(text)
    assert (found["project_name"], found["project_code"]) == ("โครงการทาสีรั้ว", "1-2")
    assert "ทดลอง" in str(found["responsible_person"])


@pytest.mark.parametrize("mark", ["", "* ", "# ", "**"])
def test_a_labelled_line_may_be_dressed(mark: str) -> None:
    assert project(f"บันทึก\n{mark}ชื่อโครงการ : โครงการทาสีรั้ว") == {"project_name": "โครงการทาสีรั้ว"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("ชื่อโครงการ : โครงการทาสีรั้ว\nชื่อโครงการ : โครงการขุดสระ\nรหัสโครงการ : 1-2", id="two projects"),
        pytest.param("รหัสโครงการ : 1-2\nผู้รับผิดชอบโครงการ : นายสมมุติ ทดลอง", id="no name"),
        pytest.param("ขอรายงานว่าชื่อโครงการ : โครงการทาสีรั้ว แล้วเสร็จ", id="inside a sentence"),
        pytest.param("ชื่อโครงการและงบประมาณตามแนบ", id="a sentence that begins as a label"),
        pytest.param("ชื่อโครงการ : ", id="a label that says nothing"),
    ],
)
def test_without_just_one_line_that_names_a_project_there_is_none(text: str) -> None:
    assert tables_of(f"{text}\nจบ")["projects"] == []


@pytest.mark.parametrize("said", ["ปีงบประมาณที่ผ่านมา มีงานมาก", "ปีงบประมาณ", "ในปีงบประมาณ 2570 มีงานมาก", "ข้อมูล ณ วันที่"])
def test_a_label_that_no_value_follows_says_nothing_of_the_document(said: str) -> None:
    document = only(tables_of(f"บันทึก\n{said}\nจบ")["documents"])
    assert (document["as_of_date"], document["fiscal_year_be"]) == (None, None)


def test_a_labelled_line_inside_a_section_is_the_sections() -> None:
    tables = tables_of("1. หลักการและเหตุผล\nรั้วเก่า\nชื่อโครงการ : โครงการทาสีรั้ว\n2. อื่น")
    assert [row["text"] for row in tables["sections"]] == ["รั้วเก่า ชื่อโครงการ : โครงการทาสีรั้ว"]
    assert [row["project_name"] for row in tables["projects"] if row["project_name"]] == []


def test_the_separator_behind_a_heading_is_part_of_it_and_not_of_its_text() -> None:
    assert sections("**งบประมาณ** : 5,000 บาท\n**อื่น ๆ**") == [("budget", "งบประมาณ :", "5,000 บาท")]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("คำสั่งที่ 5\nเรื่อง แต่งตั้งคณะทำงาน ประจำปีงบประมาณ 2570", 2570),
        ("ประจำปีงบประมาณ พ.ศ. ๒๕๗๐", 2570),
        ("แผน ประจำปีงบประมาณ 2569\nผล ประจำปีงบประมาณ 2570", None),
        ("ประจำปีการศึกษา 2570", None),
        ("เรื่อง\n" * 9 + "เบิก ประจำปีงบประมาณ 2570", None),
    ],
)
def test_the_title_of_a_document_states_its_year(text: str, year: int | None) -> None:
    assert only(tables_of(text)["documents"])["fiscal_year_be"] == year


def test_a_person_may_stand_behind_the_label_without_a_colon() -> None:
    assert project("ชื่อโครงการ : ทาสีรั้ว\nผู้รับผิดชอบโครงการ นางสาวสมศรี ตัวอย่าง")["responsible_person"] == "นางสาวสมศรี ตัวอย่าง"


def test_a_short_line_that_says_something_of_the_document_is_no_text_of_the_section_above_it() -> None:
    text = "1. หลักการและเหตุผล\nรั้วเก่า\nปีงบประมาณ พ.ศ. 2566 ได้รับเงินทาสีรั้วแล้วบางส่วน\nข้อมูล ณ วันที่ 30 กันยายน 2566\n"
    assert sections(text) == [("rationale", "1. หลักการและเหตุผล", "รั้วเก่า ปีงบประมาณ พ.ศ. 2566 ได้รับเงินทาสีรั้วแล้วบางส่วน")]
    assert only(tables_of(text)["documents"])["as_of_date"] == date(2023, 9, 30)
