"""Each finding: raised by a report that is odd in one way, and not by a sound one that looks much like it."""

from collections.abc import Mapping

import pytest

from schemas.findings import CODES
from tests.support.small_report import ON_TARGET, RATIONALE, TITLE, codes_of, entry, report, tables_of

SPENT, RECEIVED = "งบประมาณที่ใช้ไป", "งบประมาณที่ได้รับ"
START, END, YEAR = "เริ่มต้นโครงการ", "สิ้นสุดโครงการ", "ปีงบประมาณ พ.ศ."
UNSIGNED = "ลงชื่อ..................(ผู้รับผิดชอบโครงการ)\nตำแหน่ง.................."


def entries(*changes: tuple[int, Mapping[str, str]]) -> list[str]:
    """Two sound entries, some changed."""
    changed = dict(changes)
    return [entry(number, **changed.get(number, {})) for number in (1, 2)]


ODD: dict[str, tuple[str, str]] = {
    "spent_exceeds_received": (report(header={RECEIVED: "2,999 บาท"}), "budget_spent_baht"),
    "sum_of_entries_differs": (report(header={SPENT: "3,001 บาท"}), "budget_spent_baht"),
    "year_out_of_context": (report(header={YEAR: "2567"}), "fiscal_year_be"),
    "progress_decreases": (report(entries=entries((2, {"percent": "20.00 %"}))), "progress_percent"),
    "date_order": (report(entries=entries((2, {"date": "28/12/2560"}))), "report_date"),
    "date_outside_period": (report(entries=entries((2, {"date": "1/10/2561"}))), "report_date"),
    "date_format_mixed": (report(entries=entries((2, {"date": "2018-3-30"}))), "report_date"),
    "impossible_date": (report(entries=entries((2, {"date": "31/2/2561"}))), "report_date"),
    "status_contradicts_activity": (report(entries=entries((2, {"activity": "ยกเลิกโครงการ"}))), "plan_status"),
    "activity_empty": (report(entries=entries((2, {"activity": "-"}))), "activity"),
    "metrics_missing": (report(entries=[entry(1), entry(2, statuses=())], header={SPENT: "3,000 บาท"}), "plan_status"),
    "entry_number_missing": (report(entries=[entry(1), entry(3)], header={SPENT: "3,000 บาท"}), ""),
    "entry_number_repeated": (
        report(entries=[entry(1), entry(2).replace("\n\n: เป็นไปตามแผน", "\n\nรายงานครั้งที่ 2\n\n: เป็นไปตามแผน")]),
        "entry_number",
    ),
    "entry_label_misplaced": (report(entries=[entry(1), entry(2, label="รายงานครั้งที่ 9")]), "entry_number"),
    "certification_unsigned": (report(signature=UNSIGNED), "text"),
    "unreadable_value": (report(header={RECEIVED: "1,25,000 บาท"}), "budget_received_baht"),
    "amount_in_words_differs": (
        report(header={RECEIVED: "100,000 บาท (เก้าหมื่นบาทถ้วน)"}),
        "budget_received_baht",
    ),
    "number_scripts_mixed": (report(header={RECEIVED: "๑00,๐๐๐ บาท"}), "budget_received_baht"),
    "weekday_contradicts_date": (
        report(entries=entries((2, {"activity": "ประชุมวันพุธที่ 30 มกราคม 2561 แล้ว"}))),
        "activity",
    ),
    "copies_disagree": ("\f".join(report(header={RECEIVED: f"{n}00,000 บาท"}) for n in (1, 7)), "budget_received_baht"),
    "code_points_repaired": (report().replace(RATIONALE, "ทางเท้าหลายสายไม่มีร่มเงา เเละร้อน"), ""),
    "text_not_read": (report().replace("ประเด็นยุทธศาสตร์ : ", "สำเนาถูกต้อง\nประเด็นยุทธศาสตร์ : ", 1), ""),
    "text_unclaimed": (f"สวนริมคลองเปิดทุกวัน\n\n{report()}", ""),
    "block_without_rows": (report(entries=[], header={SPENT: "0 บาท"}), ""),
    "repeated_text_loop": (report().replace(RATIONALE, "\n".join(["ปลูกต้นไม้เพิ่ม"] * 60)), ""),
}
"""For each code a report that raises it and nothing else that a sound one does not, and the column that it is about."""
OTHER_FORMS = {
    "sum_of_items_differs", "summary_total_differs", "summary_count_differs", "percentage_differs",
    "disbursed_exceeds_planned", "schedule_marks_lost", "row_left_out", "row_dropped", "rows_doubled",
    "places_disagree",
}  # fmt: skip
"""Codes of forms that do not print what they are about here."""
OF_WHOLE_TEXTS = {"document_not_read", "form_uncertain", "thai_digits_unreliable", "value_unconfirmed"}
"""Codes that tell of a text of which little or nothing can be read, or read surely."""
OF_ARCHIVES = {"same_report_elsewhere"}
"""Codes that tell of several documents."""
OF_FILES = {"needs_ocr"}
"""Codes that tell of what is no text."""
OF_REVIEWERS = {"correction_not_applied"}


def test_a_sound_report_raises_nothing() -> None:
    assert codes_of(report()) == set()


def test_every_code_is_tried_here_or_belongs_to_another_form_an_archive_or_a_file() -> None:
    assert set(ODD) | OTHER_FORMS | OF_WHOLE_TEXTS | OF_ARCHIVES | OF_FILES | OF_REVIEWERS == set(CODES)


@pytest.mark.parametrize("code", ODD)
def test_an_odd_report_raises_its_finding_and_no_other(code: str) -> None:
    text, column = ODD[code]
    rows = tables_of(text)["findings"]
    assert {row["code"] for row in rows} == {code}
    assert len(rows) == 1
    assert rows[0]["column_name"] == (column or None)
    assert rows[0]["severity"] == CODES[code].severity


SOUND: dict[str, str] = {
    "all received was spent": report(header={RECEIVED: "3,000 บาท"}),
    "spent to the satang": report(header={SPENT: "3,000.00 บาท"}),
    "the header is silent": report(header={SPENT: "-", RECEIVED: "-", START: "-", END: "-"}),
    "an amount is silent and the sum below the header's": report(entries=entries((2, {"amount": "- บาท"}))),
    "the fiscal year is that of the end": report(header={START: "2017-01-01 00:00:00"}),
    "the fiscal year is that of the start": report(header={YEAR: "2561", END: "2019-09-30 00:00:00"}),
    "the fiscal year lies between": report(header={START: "2016-01-01 00:00:00", END: "2019-09-30 00:00:00"}),
    "progress stands still": report(entries=entries((2, {"percent": "25.00 %"}))),
    "two entries on one day": report(entries=entries((2, {"date": "29/12/2560"}))),
    "an entry on the first and the last day": report(entries=[entry(1, date="1/10/2560"), entry(2, date="30/9/2561")]),
    "all dates year first": report(entries=[entry(1, date="2017-12-29"), entry(2, date="2018-3-30")]),
    "dates in words and in figures": report(entries=entries((2, {"date": "30 มี.ค. 2561"}))),
    "a day that is only in leap years": report(
        header={YEAR: "2563", START: "2019-10-01 00:00:00", END: "2020-09-30 00:00:00"},
        entries=[entry(1, date="29/12/2562"), entry(2, date="29/2/2563")],
    ),
    "nothing was cancelled": report(entries=entries((2, {"activity": "ไม่ยกเลิกโครงการ และปลูกต่อ"}))),
    "cancelled and not on plan": report(
        entries=[entry(1), entry(2, activity="ยกเลิกโครงการ", statuses=("ช้ากว่าแผน", ON_TARGET))]
    ),
    "a short activity": report(entries=entries((2, {"activity": "แล้วเสร็จ"}))),
    "an activity that ends in dots": report(
        entries=entries((2, {"activity": "ปลูกต้นไม้ ดูแลต้นไม้ รดน้ำต้นไม้ และตัดแต่งกิ่งต้นไม้ ..."}))
    ),
    "the words say the same": report(header={RECEIVED: "100,000 บาท (หนึ่งแสนบาทถ้วน)"}),
    "all digits Thai": report(header={RECEIVED: "๑๐๐,๐๐๐ บาท", START: "๑ ตุลาคม ๒๕๖๐"}),
    "digits of both scripts in running text": report().replace(RATIONALE, "ปี ๒๕๖๐ มีต้นไม้ 500 ต้น"),
    "the right weekday": report(entries=entries((2, {"activity": "ประชุมวันอังคารที่ 30 มกราคม 2561 แล้ว"}))),
    "copies agree": f"{report()}\f{report()}",
    "a copy is silent": f"{report()}\f{report(header={RECEIVED: '-'})}",
    "signed by an office": report(signature="ลงชื่อ กองต้นไม้ (ผู้รับผิดชอบโครงการ)\nตำแหน่ง"),
    "no place to sign": report(signature=""),
    "a line comes back a few times": report().replace(RATIONALE, "\n".join(["ปลูกต้นไม้เพิ่ม"] * 15)),
    "page furniture": report().replace(RATIONALE, f"{RATIONALE}\n\n- 1 -\n\f{TITLE}\n+------+"),
}


@pytest.mark.parametrize("name", SOUND)
def test_what_only_looks_odd_raises_nothing(name: str) -> None:
    rows = tables_of(SOUND[name])["findings"]
    assert [(row["code"], row["message"]) for row in rows] == []


def test_a_sum_is_checked_only_where_every_entry_and_amount_is_there() -> None:
    text = report(entries=[entry(1), entry(3)], header={SPENT: "4,500 บาท"})
    assert "sum_of_entries_differs" not in codes_of(text)


def test_entries_that_sum_to_more_than_the_header_are_told_though_one_is_missing() -> None:
    text = report(entries=[entry(1), entry(3)], header={SPENT: "2,000 บาท"})
    assert "sum_of_entries_differs" in codes_of(text)


def test_the_header_may_end_before_it_begins() -> None:
    rows = tables_of(report(header={START: "2018-10-01 00:00:00"}))["findings"]
    assert ("date_order", "end_date") in {(row["code"], row["column_name"]) for row in rows}


def test_a_period_that_runs_far_beyond_its_fiscal_year_is_told() -> None:
    assert "year_out_of_context" in codes_of(report(header={END: "2038-09-30 00:00:00"}))


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ({START: "-", END: "2017-09-30 00:00:00"}, "end_date"),
        ({START: "2018-10-01 00:00:00", END: "-"}, "start_date"),
    ],
)
def test_one_day_alone_that_contradicts_the_fiscal_year_is_told(header: dict[str, str], column: str) -> None:
    found = [row for row in tables_of(report(header=header))["findings"] if row["code"] == "year_out_of_context"]
    assert [row["column_name"] for row in found] == [column]


def test_a_date_of_another_century_is_told() -> None:
    text = report(entries=entries((2, {"date": "30/3/2661"})))
    assert codes_of(text) & {"date_outside_period", "year_out_of_context", "unreadable_value", "impossible_date"}


def test_every_missing_number_is_named_in_one_finding() -> None:
    rows = tables_of(report(entries=[entry(2), entry(5)], header={SPENT: "-"}))["findings"]
    messages = [str(row["message"]) for row in rows if row["code"] == "entry_number_missing"]
    assert len(messages) == 1
    assert "1, 3, 4" in messages[0]


def test_a_finding_on_an_entry_points_to_its_row() -> None:
    tables = tables_of(ODD["progress_decreases"][0])
    assert tables["findings"][0]["row_key"] == tables["report_entries"][1]["row_key"]


def test_every_code_says_what_it_means_its_cause_and_what_to_do() -> None:
    for code in CODES.values():
        assert code.severity in ("error", "warning", "info")
        assert all(said.endswith(".") and said[0].isupper() for said in (code.meaning, code.cause, code.advice))
