"""Where each value stood: quotes of the source, a part for every stretch, and how sure the reading is."""

import pytest

from tests.support.small_report import HEADER, RATIONALE, entry, report, tables_of

Row = dict[str, object]
NAME = HEADER["ชื่อโครงการ/กิจกรรม"]


def evidence(text: str, column: str, table: str = "projects") -> list[Row]:
    rows = [row for row in tables_of(text)["evidence"] if (row["table_name"], row["column_name"]) == (table, column)]
    return [row for row in rows if row["row_key"] == rows[0]["row_key"]]


def confidence(text: str, column: str = "project_name") -> float:
    value = evidence(text, column)[0]["confidence"]
    assert isinstance(value, float)
    return value


DAMAGED = report().replace("ร่มเงา", "ร\N{THAI CHARACTER MAI EK}\N{THAI CHARACTER MAI EK}มเงา").replace("แ", "เเ")


@pytest.mark.parametrize("text", [report(), DAMAGED, f"\N{ZERO WIDTH SPACE}{report()}\f{report()}"])
def test_evidence_quotes_the_source(text: str) -> None:
    rows = tables_of(text)["evidence"]
    assert rows
    for row in rows:
        start, end = row["char_start"], row["char_end"]
        assert isinstance(start, int)
        assert isinstance(end, int)
        assert text[start:end] == row["raw_text"]
        assert str(row["raw_text"]).strip()


@pytest.mark.parametrize(
    ("column", "quoted"),
    [
        ("project_name", NAME),
        ("project_code", HEADER["รหัสโครงการ..."]),
        ("start_date", HEADER["เริ่มต้นโครงการ"]),
        ("budget_spent_baht", HEADER["งบประมาณที่ใช้ไป"]),
    ],
)
def test_evidence_quotes_the_value_without_its_label(column: str, quoted: str) -> None:
    assert [row["raw_text"] for row in evidence(report(), column)] == [quoted]


def test_a_value_that_stands_in_one_place_is_exact() -> None:
    row = evidence(report(), "project_name")[0]
    assert (row["method"], row["part"], row["confidence"]) == ("exact", 1, 1.0)
    assert (row["copies_total"], row["copies_agreeing"], row["alternatives"]) == (1, 1, [])


def test_a_value_on_several_lines_has_a_row_for_each() -> None:
    rows = evidence(report(header={"ชื่อโครงการ/กิจกรรม": "โครงการปลูกต้นไม้\nริมคลอง\nและริมทาง"}), "project_name")
    assert [(row["part"], row["raw_text"], row["method"]) for row in rows] == [
        (1, "โครงการปลูกต้นไม้", "merged_lines"), (2, "ริมคลอง", "merged_lines"), (3, "และริมทาง", "merged_lines"),
    ]  # fmt: skip


def test_a_value_on_two_pages_says_both() -> None:
    rows = evidence(report().replace(RATIONALE, "หน้าแรก\n\n- 1 -\n\fหน้าหลัง"), "text", "sections")
    assert [(row["page_number"], row["raw_text"]) for row in rows] == [(1, "หน้าแรก"), (2, "หน้าหลัง")]


def test_a_repaired_value_quotes_the_damage() -> None:
    rows = evidence(report(header={"ชื่อโครงการ/กิจกรรม": "โครงการเเปลงผัก"}), "project_name")
    assert [(row["raw_text"], row["method"]) for row in rows] == [("โครงการเเปลงผัก", "repaired")]


def test_repair_elsewhere_does_not_make_a_value_repaired() -> None:
    assert evidence(report().replace(RATIONALE, "เเละ"), "project_name")[0]["method"] == "exact"


def test_a_damaged_label_a_repair_and_disagreement_cost_confidence() -> None:
    sound = confidence(report())
    assert confidence(report().replace("ชื่อโครงการ/กิจกรรม", "ซื่อโดรงการ/กิจกม")) < sound
    assert confidence(report(header={"ชื่อโครงการ/กิจกรรม": "โครงการเเปลงผัก"})) < sound
    other = report(header={"ชื่อโครงการ/กิจกรรม": "โครงการปลูกหญ้าริมคลอง"})
    majority, tie = confidence(f"{report()}\f{report()}\f{other}"), confidence(f"{report()}\f{other}")
    assert tie < majority < sound
    assert confidence(f"{report()}\f{report()}") == sound


def test_evidence_of_copies_counts_them_and_lists_the_other_readings() -> None:
    other = report(header={"ชื่อโครงการ/กิจกรรม": "โครงการปลูกหญ้าริมคลอง"})
    row = evidence(f"{other}\f{report()}\f{report()}", "project_name")[0]
    assert (row["copies_total"], row["copies_agreeing"]) == (3, 2)
    assert (row["raw_text"], row["alternatives"]) == (NAME, ["โครงการปลูกหญ้าริมคลอง"])
    assert row["page_number"] == 2


def test_a_null_has_no_evidence() -> None:
    text = report(header={"งบประมาณที่ใช้ไป": "-", "สิ้นสุดโครงการ": "31/11/2561"})
    columns = {row["column_name"] for row in tables_of(text)["evidence"] if row["table_name"] == "projects"}
    assert columns.isdisjoint({"budget_spent_baht", "end_date"})


def test_an_entry_evidence_points_to_its_row() -> None:
    tables = tables_of(report(entries=[entry(1), entry(2)]))
    keys = {row["row_key"] for row in tables["evidence"] if row["table_name"] == "report_entries"}
    assert keys == {row["row_key"] for row in tables["report_entries"]}
