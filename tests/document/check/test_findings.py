"""A finding's message: file, page, line, what stood there, what to do; each told once."""

from collections import Counter
from dataclasses import replace

import pytest

from pipeline.document.check.findings import Findings
from pipeline.model import Issue
from schemas.findings import CODES, FindingCode
from schemas.projects import Project
from tests.support.small_report import pages_of, report, tables_of

DO = {"Check", "Compare", "Count", "Look", "Read", "Trust"}
"""What advice begins with: something that a reader can do."""
TEXT = "หนึ่ง\nสอง\n\fสาม\n\nห้า สิบ"


def findings() -> Findings:
    return Findings(pages_of(TEXT))


def codes(found: Findings) -> Counter[str]:
    return Counter(row.code for row in found.rows.values())


def note(text: str = "'ห้า' is odd", *, at: str | None = "ห้า", code: str = "unreadable_value") -> Issue:
    span = None if at is None else (TEXT.index(at), TEXT.index(at) + len(at))
    return Issue(code, text, span, Project.table, "project_code")


def test_a_message_says_file_page_line_what_stood_there_and_what_to_do() -> None:
    found = findings()
    found.add(note())
    (row,) = found.rows.values()
    assert row.message == f"small.txt, page 2, line 5: 'ห้า' is odd. {CODES['unreadable_value'].advice}"
    assert (row.page_number, row.table_name, row.column_name) == (2, "projects", "project_code")


def test_lines_are_counted_in_the_file_and_not_in_the_repaired_text() -> None:
    found = Findings(pages_of("\N{ZERO WIDTH SPACE}\nเเรก\n\nเเดง"))
    start = found.document.text.index("แดง")
    found.add(Issue("text_not_read", "'แดง'", (start, start + 3)))
    (row,) = found.rows.values()
    assert row.message.startswith("small.txt, page 1, line 4: ")


def test_a_finding_about_no_place_names_the_file_alone() -> None:
    found = findings()
    found.add(note(at=None))
    (row,) = found.rows.values()
    assert row.message.startswith("small.txt: 'ห้า' is odd")
    assert row.page_number is None


def test_severity_and_advice_are_those_of_the_code() -> None:
    for code, meaning in CODES.items():
        found = findings()
        found.add(note(code=code))
        (row,) = found.rows.values()
        assert row.severity == meaning.severity
        assert row.message.endswith(meaning.advice)


def test_a_message_that_quotes_nothing_itself_quotes_the_place() -> None:
    found = findings()
    found.add(note("the entries' amounts differ"))
    found.add(replace(note("the summary is odd"), printed="รวม  ๓ โครงการ\n"))
    found.add(note(at=None), row_key="p/001")
    assert [row.message.removesuffix(f". {CODES['unreadable_value'].advice}") for row in found.rows.values()] == [
        "small.txt, page 2, line 5: 'ห้า': the entries' amounts differ",
        "small.txt, page 2, line 5: 'รวม ๓ โครงการ': the summary is odd",
        "small.txt: 'ห้า' is odd",
    ]


@pytest.mark.parametrize("code", CODES.values(), ids=CODES.keys())
def test_every_code_says_where_to_look_or_what_to_do(code: FindingCode) -> None:
    first = code.advice.split(maxsplit=1)[0]
    assert first in DO or code.advice.startswith("Nothing is to be done"), first
    assert code.advice.endswith(".")


def test_the_same_thing_is_told_once() -> None:
    found = findings()
    for _ in range(3):
        found.add(note(), project_id="p", row_key="p/001")
    assert len(found.rows) == 1
    assert codes(found) == {"unreadable_value": 1}


def test_other_rows_columns_and_codes_are_told_too() -> None:
    found = findings()
    found.add(note(), row_key="p/001")
    found.add(note(), row_key="p/002")
    found.add(note(code="date_order"), row_key="p/001")
    found.add(note("something else"))
    found.add(note("and another"))
    assert codes(found) == {"unreadable_value": 4, "date_order": 1}


def test_the_messages_of_a_run_quote_the_page() -> None:
    text = report(header={"งบประมาณที่ได้รับ": "1,25,000 บาท"})
    (row,) = tables_of(text)["findings"]
    line = text[: text.index("1,25,000")].count("\n") + 1
    message = str(row["message"])
    assert message.startswith(f"small.txt, page 1, line {line}: '1,25,000 บาท'")
    assert "not an amount in baht" in message
    assert "left null" in message


def test_a_finding_in_the_second_copy_names_its_own_page() -> None:
    text = f"{report(header={'สิ้นสุดโครงการ': '-'})}\f{report(header={'สิ้นสุดโครงการ': '31/11/2561'})}"
    (row,) = tables_of(text)["findings"]
    assert (row["code"], row["page_number"]) == ("impossible_date", 2)
