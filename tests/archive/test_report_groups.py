"""The same report in files with other bytes is grouped by its values; similar reports are not."""

from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

import pyarrow as pa
import pytest

from pipeline.archive import report_groups as module
from pipeline.archive import same_report
from pipeline.archive.report_groups import report_groups
from schemas import CORPUS_TABLES, TABLES
from schemas.findings import CODES
from schemas.report_groups import ReportGroup
from tests.conftest import ROOT
from tests.support.processing import plain_rows
from tests.support.small_proposal import HEADER, proposal
from tests.support.small_report import entry, report
from tests.synthesizer import synthesizer_of
from tests.synthesizer.archive import Mix, write_archive

Tables = dict[str, pa.Table]
Rows = list[dict[str, object]]
CODE, YEAR, SPENT, START, END = (
    *("รหัสโครงการ...", "ปีงบประมาณ พ.ศ.", "งบประมาณที่ใช้ไป"),
    *("เริ่มต้นโครงการ", "สิ้นสุดโครงการ"),
)
THREE = [entry(1), entry(2), entry(3, amount="500 บาท")]
PROPOSAL = {
    "schedule": "ตุลาคม 2564 - มีนาคม 2565",
    "budget": "งบประมาณรายจ่ายประจำปี เป็นเงิน 5,000 บาท\n- ค่าสี จำนวน 5 ถัง ๆ ละ 1,000 บาท เป็นเงิน 5,000 บาท",
}


def tables_of(documents: Mapping[str, str | bytes]) -> Tables:
    """The tables of a run over documents by name."""
    contents = {name: text if isinstance(text, bytes) else text.encode() for name, text in documents.items()}
    processed = [plain_rows(content, name) for name, content in contents.items()]
    return {
        model.table: pa.Table.from_pylist(
            list(chain.from_iterable(rows[model.table] for rows in processed)), schema=model.arrow_schema()
        )
        for model in TABLES
    }


def groups_in(tables: Tables, *, rows_at_once: int = 1000) -> Rows:
    """The rows of the table, each document with its name."""
    names = dict(zip(*(tables["documents"][column].to_pylist() for column in ("document_id", "source")), strict=True))

    def read_table(table: str, columns: list[str]) -> Iterator[pa.RecordBatch]:
        yield from tables[table].select(columns).to_batches(rows_at_once)

    found = [row for batch in report_groups(read_table) for row in batch.to_pylist()]
    return [{"name": names[row["document_id"]], **row} for row in found]


def roles(documents: Mapping[str, str | bytes]) -> list[tuple[str, str]]:
    """The name and the role of each row."""
    return [(str(row["name"]), str(row["role"])) for row in groups_in(tables_of(documents))]


def year(number: int, text: str) -> str:
    """A small report of fiscal year 2561 as one of another year."""
    for last in (2560, 2561):
        text = text.replace(str(last), str(last + number - 2561)).replace(str(last - 543), str(last + number - 3104))
    return text


def of_year(text: str, number: int) -> str:
    """A small proposal that says its fiscal year."""
    return text.replace(HEADER, f"{HEADER}\nปีงบประมาณ : พ.ศ. {number}")


LITTLE = report(entries=[], header={SPENT: None})
"""A report that states one amount and nothing else of its own."""
SPACED = report().replace("\n", "\n\n")
"""The small report in other bytes."""


def test_the_same_report_in_other_bytes_is_one_group() -> None:
    assert roles({"a.txt": report(), "b.txt": SPACED}) in (
        [("a.txt", "fullest"), ("b.txt", "same")],
        [("b.txt", "fullest"), ("a.txt", "same")],
    )


def test_the_row_of_a_repeat_names_both_files_the_agreeing_values_and_advice() -> None:
    fullest, same = groups_in(tables_of({"a.txt": report(), "b.txt": SPACED}))
    assert (same["code"], same["severity"]) == ("same_report_elsewhere", "warning")
    assert str(same["message"]) == (
        f"{same['name']}: holds the same report as {fullest['name']} (bma_progress_report, 11000000-0001, "
        f"fiscal year 2561): 10 figures agree. {CODES['same_report_elsewhere'].advice}"
    )
    assert (fullest["code"], fullest["message"]) == (None, None)
    assert same["agreeing"] == fullest["agreeing"]
    assert {"budget_received_baht 100000.00", "entry 2 report_date 2018-03-30"} <= set(same["agreeing"])  # type: ignore[call-overload]
    assert (same["project_codes"], same["fiscal_year_be"], same["differing"]) == (["11000000-0001"], 2561, [])
    assert same["group_id"] == fullest["group_id"]


@pytest.mark.parametrize("form", ["bma_progress_report", "area_office_progress_report", "bma_project_proposal"])
def test_a_noisy_copy_of_a_report_is_recognized(form: str) -> None:
    synthesize = synthesizer_of(form)
    documents = {f"{seed}{rate}": synthesize(seed, rate=rate).content for seed in range(8) for rate in (0.0, 0.01)}
    found = groups_in(tables_of(documents))
    grouped: dict[object, set[str]] = {}
    for row in found:
        grouped.setdefault(row["group_id"], set()).add(str(row["name"]))
    assert all(len({name[0] for name in names}) == 1 for names in grouped.values())
    assert len(grouped) >= 6


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(report(), report(header={CODE: "11000000-0002"}), id="another project"),
        pytest.param(report(), year(2565, report()), id="another year"),
        pytest.param(
            report(), report(entries=[entry(1, date="30/11/2560", amount="9 บาท"), entry(2, amount="7 บาท")]),
            id="other figures",
        ),
        pytest.param(LITTLE, LITTLE.replace("\n", "\n\n"), id="too little to tell"),
        pytest.param(
            of_year(proposal(**PROPOSAL), 2565), of_year(proposal(**PROPOSAL), 2565).replace("ฝ่ายโยธา", "ฝ่ายปกครอง"),
            id="another office's project of the same name",
        ),
        pytest.param(
            of_year(proposal(**PROPOSAL), 2565), of_year(proposal(**PROPOSAL), 2565).replace("สนาม", "สนาม รุ่นที่ 2"),
            id="another round of a project",
        ),
        pytest.param(
            of_year(proposal(**PROPOSAL), 2565), of_year(proposal(**PROPOSAL), 2566), id="a proposal of another year"
        ),
        pytest.param(
            of_year(proposal(**PROPOSAL), 2565), of_year(proposal(**PROPOSAL), 2565).replace("5,000", "6,000"),
            id="another total",
        ),
        pytest.param("บันทึกข้อความ 1", "บันทึกข้อความ 2", id="no form"),
    ],
)  # fmt: skip
def test_similar_reports_are_not_the_same(one: str, other: str) -> None:
    assert roles({"a.txt": one, "b.txt": other}) == []


def test_a_proposal_without_a_code_is_recognized_by_name_office_year_and_total() -> None:
    text = of_year(proposal(**PROPOSAL), 2565)
    assert sorted(role for _, role in roles({"a.txt": text, "b.txt": text.replace("\n", "\n\n")})) == [
        "fullest",
        "same",
    ]


def test_a_few_differing_figures_are_listed() -> None:
    changed = report(entries=[entry(1), entry(2, amount="1,600 บาท")])
    fullest, other = groups_in(tables_of({"a.txt": report(), "b.txt": changed}))
    assert (other["role"], other["code"]) == ("nearly_same", "same_report_elsewhere")
    here, there = ("1600.00", "1500.00") if other["name"] == "b.txt" else ("1500.00", "1600.00")
    assert other["differing"] == [f"entry 2 disbursed_baht {here}, there {there}"]
    assert f"9 figures agree, 1 differ: entry 2 disbursed_baht {here}, there {there}." in str(other["message"])
    assert fullest["agreeing"] == other["agreeing"]


def test_an_earlier_state_has_no_finding() -> None:
    later = report(entries=THREE, header={SPENT: "3,500 บาท"})
    fullest, earlier = groups_in(tables_of({"mar.txt": report(), "jun.txt": later}))
    assert [(row["name"], row["role"]) for row in (fullest, earlier)] == [
        ("jun.txt", "fullest"), ("mar.txt", "earlier_state"),
    ]  # fmt: skip
    assert (earlier["code"], earlier["severity"], earlier["message"]) == (None, None, None)


def test_a_report_with_other_first_entries_is_no_earlier_state() -> None:
    later = report(entries=[entry(1), entry(2, amount="1,600 บาท"), entry(3)], header={SPENT: "4,600 บาท"})
    assert roles({"mar.txt": report(), "jun.txt": later}) == []


def test_a_state_that_two_later_ones_contradict_each_other_about_is_left_alone() -> None:
    def later(month: int) -> str:
        last = [entry(n, date=f"{month + n}/9/2561", percent="80.00 %", amount=f"{month}{n}00 บาท") for n in (3, 4)]
        return report(entries=[entry(1), entry(2), *last], header={SPENT: f"{month},000 บาท"})

    one, other = later(5), later(6)
    assert roles({"a.txt": report(), "b.txt": one}) == [("b.txt", "fullest"), ("a.txt", "earlier_state")]
    assert roles({"a.txt": report(), "b.txt": one, "c.txt": other}) == []


def test_repeats_of_an_earlier_state_are_repeats_of_each_other_too() -> None:
    later = report(entries=THREE, header={SPENT: "3,500 บาท"})
    found = groups_in(tables_of({"a.txt": report(), "b.txt": SPACED, "jun.txt": later}))
    assert len({row["group_id"] for row in found}) == 2
    by_role = {(row["role"], row["name"]) for row in found}
    assert {("fullest", "jun.txt"), ("earlier_state", "a.txt"), ("earlier_state", "b.txt")} <= by_role
    assert sum(row["role"] == "same" for row in found) == 1
    kept = {"a.txt", "b.txt", "jun.txt"} - {str(row["name"]) for row in found if row["role"] != "fullest"}
    assert kept == {"jun.txt"}


def test_dates_replace_a_fiscal_year_that_one_copy_lost() -> None:
    silent = {YEAR: None, START: None, END: None}
    assert sorted(role for _, role in roles({"a.txt": report(), "b.txt": report(header=silent)})) == ["fullest", "same"]


def test_reports_of_an_office_on_two_quarters_are_two() -> None:
    synthesize = synthesizer_of("area_office_progress_report")
    text = synthesize(2).text
    later = text.replace("ไตรมาสที่ ๒", "ไตรมาสที่ ๓").replace("ไตรมาสที่ 2", "ไตรมาสที่ 3")
    assert later != text
    assert "same" not in {role for _, role in roles({"a.txt": text, "b.txt": later})}


def test_a_second_file_with_the_same_bytes_is_not_a_second_document() -> None:
    tables = tables_of({"a.txt": report()})
    repeat = {**tables["documents"].to_pylist()[0], "source": "b.txt", "status": "duplicate", "form": None}
    tables["documents"] = pa.concat_tables(
        [tables["documents"], pa.Table.from_pylist([repeat], schema=tables["documents"].schema)]
    )
    assert groups_in(tables) == []


def test_the_order_of_rows_and_the_size_of_batches_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    documents = {
        f"{n}{gap}.txt": year(2560 + n, report()).replace("\n", gap) for n in range(4) for gap in ("\n", "\n\n")
    }
    tables = tables_of(documents)
    expected = groups_in(tables)
    assert len(expected) == 8
    turned = {name: table.take(pa.array(reversed(range(len(table))), pa.int64())) for name, table in tables.items()}
    for limit in ("DOCUMENTS_AT_ONCE", "ROWS_AT_ONCE"):
        monkeypatch.setattr(module, limit, 3)
    assert groups_in(turned, rows_at_once=1) == expected


def test_of_many_documents_with_one_code_each_is_compared_with_a_few(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[object] = []
    monkeypatch.setattr(same_report, "MAX_COMPARED", 5)
    monkeypatch.setattr(same_report, "match", lambda *pair: compared.append(pair))
    crowd = [
        same_report.ReportFigures(f"{n:016x}", f"{n}.txt", "form", 2561, ("11000000-0001",), ("",), "", {
            same_report.Figure("", "entry", n % 20 + 1, "disbursed_baht"): f"{n}.00"
        })
        for n in range(300)
    ]  # fmt: skip
    assert same_report.groups(crowd) == []
    assert 300 < len(compared) <= 2 * 5 * 300


def test_an_archive_has_groups_for_its_repeats_only(tmp_path: Path) -> None:
    expected = write_archive(tmp_path / "in", 30, seed=5, mix=Mix(archived=0, broken=0, duplicate=0, printed_anew=0.4))
    sources = {one.source: one for one in expected if one.kind != "letter" and one.outcome == "parsed"}
    found = groups_in(tables_of({name: (tmp_path / "in" / name).read_bytes() for name in sources}))
    grouped: dict[object, set[str]] = {}
    for row in found:
        grouped.setdefault(row["group_id"], set()).add(str(row["name"]))
    by_report: dict[str, set[str]] = {}
    for name, one in sources.items():
        by_report.setdefault(one.report, set()).add(name)
    repeated = [names for names in by_report.values() if len(names) > 1]
    assert all(names in repeated for names in grouped.values())
    assert len(grouped) >= 0.8 * len(repeated)
    assert len(repeated) > 5


def test_the_table_has_its_schema_and_its_finding_is_in_no_other_table() -> None:
    tables = tables_of({"a.txt": report(), "b.txt": SPACED})
    (batch,) = report_groups(lambda table, columns: iter(tables[table].select(columns).to_batches()))
    assert batch.schema.equals(ReportGroup.arrow_schema(), check_metadata=True)
    assert "same_report_elsewhere" not in tables["findings"]["code"].to_pylist()
    assert ReportGroup in CORPUS_TABLES
    assert ReportGroup not in TABLES


def test_tables_without_a_file_have_no_groups_of_projects() -> None:
    """A table of which no document has a row is no file, so nothing says which types its columns have."""
    area_report = (ROOT / "samples/area_office_progress_report/01.txt").read_text(encoding="utf-8")
    tables = tables_of({"a.txt": area_report, "b.txt": area_report.replace("\n", "\n\n")})

    def read_table(table: str, columns: list[str]) -> Iterator[pa.RecordBatch]:
        yield from () if table == "projects" else tables[table].select(columns).to_batches()

    assert [row for batch in report_groups(read_table) for row in batch.to_pylist()] != []
