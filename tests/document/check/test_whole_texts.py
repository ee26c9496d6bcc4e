"""Findings on texts of which little is read, or not surely: no form, an engine without some digits, doubled rows."""

from pathlib import Path

import pytest

from tests.support.processing import plain_rows
from tests.support.small_report import report

ROOT = Path(__file__).parents[3]
PROPOSAL = (ROOT / "samples/bma_project_proposal/02.txt").read_text(encoding="utf-8")
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
ENGINE = str.maketrans("๔๖๗๘๙", "๕๒๓๒๕")
"""What the commonest engine for Thai prints for the digits that are not in its alphabet."""


def findings(text: str) -> list[tuple[str, str | None]]:
    rows = plain_rows(text.encode(), "x.txt")["findings"]
    return [(str(row["code"]), row["column_name"]) for row in rows]  # type: ignore[misc]  # rows are plain objects


def codes(text: str) -> set[str]:
    return {code for code, _ in findings(text)}


def test_a_text_of_which_nothing_is_read_is_told() -> None:
    assert "document_not_read" in codes("แม่น้ำสายนี้ไหลจากภูเขาสูงลงสู่ทุ่งราบ\n" * 40)


def test_a_short_note_is_not_told_to_be_unread() -> None:
    assert "document_not_read" not in codes("แม่น้ำสายนี้ไหลจากภูเขา")


def test_a_form_that_does_not_surely_claim_a_document_is_told() -> None:
    text = "\n".join(line for line in PROPOSAL.splitlines() if not line.startswith("ข้อความนี้ไม่มี"))
    for office in ("กรุงเทพมหานคร", "กทม.", "กทม", "สำนักงานเขต", "กรุงเทพฯ", "กรุงเทพ"):
        text = text.replace(office, "เทศบาล")
    assert "form_uncertain" in codes(text)


def test_a_document_on_a_known_form_is_certain() -> None:
    assert not {"form_uncertain", "document_not_read"} & codes(PROPOSAL)


def test_numbers_of_an_engine_without_some_thai_digits_are_null_with_the_reason() -> None:
    printed = report().translate(THAI).translate(ENGINE)
    assert ("thai_digits_unreliable", "budget_received_baht") in findings(printed)
    (project,) = plain_rows(printed.encode(), "x.txt")["projects"]
    assert project["budget_received_baht"] is None


def test_thai_digits_of_all_kinds_are_read() -> None:
    assert "thai_digits_unreliable" not in codes(report().translate(THAI))


@pytest.mark.parametrize(("said", "is_told"), [("รวมเป็นเงินทั้งสิ้น", False), ("รวนเป็นเวินทังสิ้ม", True)])
def test_a_row_that_is_only_nearly_called_a_total_is_told(said: str, is_told: bool) -> None:
    (line,) = (line for line in PROPOSAL.splitlines() if line.startswith("| รวม"))
    text = PROPOSAL.replace(line, line.replace(line.split("|")[1].strip(), said))
    assert ("row_dropped" in codes(text)) is is_told
