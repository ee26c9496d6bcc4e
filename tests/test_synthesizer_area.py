"""The printer of area offices' reports, checked by itself: its truth is what its pages say."""

import hashlib
import json
import re
import subprocess
import sys
from collections import Counter
from dataclasses import fields
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import cast

import pytest

from tests.synthesizer import area_office_progress_report
from tests.synthesizer.area_office_progress_report.layout import OPTIONS, AreaLayout, random_layout
from tests.synthesizer.area_office_progress_report.report import STATUSES, AreaReport, QuarterReport, random_report
from tests.synthesizer.copies import Scan
from tests.synthesizer.prose import thai_digits
from tests.synthesizer.scoring import bare, missing_findings, score, total
from tests.synthesizer.truth import Row

SEEDS = range(16)
ROOT = Path(__file__).parents[1]
synthesize = lru_cache(maxsize=None)(area_office_progress_report.synthesize)


def report_of(scan: Scan) -> AreaReport:
    return cast(AreaReport, scan.report)


def quarters_of(scan: Scan) -> list[QuarterReport]:
    return [quarter for project in report_of(scan).projects for quarter in project.reports]


def say(scan: Scan, text: str) -> str:
    layout = cast(AreaLayout, scan.copies[0].layout)
    return thai_digits(text) if layout.has_thai_digits else text


def plain(scan: Scan) -> str:
    """The text without Markdown and white space."""
    lines = [line.strip().removeprefix("- ").lstrip("# ") for line in scan.text.splitlines()]
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", "".join(lines))
    return "".join(text.replace("**", "").replace("|", "").replace("---", "").split())


def rows_of(scan: Scan) -> dict[str, list[Row]]:
    """What a reader who makes no mistake hands on: the last of each cell's right answers, typed."""
    tables = {"documents": [scan.truth.document], **scan.truth.tables}
    return {table: [{c: typed(c, v) for c, v in row.items()} for row in rows] for table, rows in tables.items()}


def typed(column: str, value: object) -> object:
    chosen = value["any_of"][-1] if isinstance(value, dict) else value
    if column.endswith("_date") and isinstance(chosen, str):
        return date.fromisoformat(chosen)
    return Decimal(str(chosen)) if column.endswith("_baht") and chosen is not None else chosen


def first_of(value: object) -> str | None:
    """The words as they were meant."""
    return cast("str | None", value["any_of"][0] if isinstance(value, dict) else value)


def test_the_same_seed_gives_the_same_bytes_in_another_process() -> None:
    code = (
        "import hashlib; from tests.synthesizer.area_office_progress_report import synthesize;"
        " print(hashlib.sha256(synthesize(5, rate=0.03).content).hexdigest())"
    )
    environment = {"PYTHONHASHSEED": "1", "TZ": "Asia/Bangkok", "LC_ALL": "C"}
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, env=environment)
    assert run.stdout.decode().strip() == hashlib.sha256(synthesize(5, rate=0.03).content).hexdigest()


def test_another_seed_gives_another_report() -> None:
    assert len({synthesize(seed).content for seed in SEEDS}) == len(SEEDS)


def test_the_report_depends_on_the_seed_alone() -> None:
    assert report_of(synthesize(3)) == report_of(synthesize(3, rate=0.06))
    assert synthesize(3).content == synthesize(3, copies=3, hard=True).content


def test_every_value_of_every_option_is_drawn_by_some_seed() -> None:
    drawn: Counter[tuple[str, object]] = Counter()
    for seed in range(100):
        layout = random_layout(Random(seed))
        drawn.update((f.name, getattr(layout, f.name)) for f in fields(AreaLayout))
    assert {(name, value) for name, choices in OPTIONS.items() for value, _ in choices} == set(drawn)


@pytest.mark.parametrize(
    "mark",
    [
        *("\f", "\n" * 6, "| --- | --- | --- |", "](http", "\n###### ", "\n## ", "\n**", "\n### **", "\n-\n", "\n- "),
        *("\n(๑) ", "\n๑) ", "\n๑. ", "\n1. ", "๓.๑ โครงการ", "ขั้นตอนการดำเนินงาน", "ประจำปีงบประมาณที่ ๒"),
        *("ประจำไตรมาสที่ ๒", "ประจำปีไตรมาสที่ ๒", "ประจำปีงบประมาณ ๒ ", ".- บาท", ".๐๐ บาท", "หมายเหตุ"),
    ],
)
def test_each_way_to_print_shows_in_some_text(mark: str) -> None:
    assert any(mark in synthesize(seed).text for seed in range(60))


@pytest.mark.parametrize("seed", SEEDS)
def test_without_noise_every_text_of_the_truth_stands_in_the_page(seed: int) -> None:
    scan = synthesize(seed)
    page = plain(scan)
    for table in ("projects", "objectives", "activities", "quarterly_results", "sections"):
        for row in scan.truth.tables[table]:
            for column in ("project_name", "text", "disbursement_note", "results", "problems", "suggestions"):
                words = bare(first_of(row.get(column)) or "")
                assert row.get("section") == "front_matter" or words.replace("|", "") in page, (table, column, words)


@pytest.mark.parametrize("seed", SEEDS)
def test_without_noise_what_is_printed_is_what_was_meant(seed: int) -> None:
    scan = synthesize(seed)
    assert not scan.truth.misread
    assert all(sheet.clean == sheet.read for copy in scan.copies for sheet in copy.sheets)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_truth_has_a_row_for_everything_that_the_report_says(seed: int) -> None:
    scan, tables = synthesize(seed), synthesize(seed).truth.tables
    projects = report_of(scan).projects
    names = [bare(say(scan, "".join(project.name))) for project in projects]
    assert [bare(first_of(row["project_name"])) for row in tables["projects"]] == names
    assert [row["status"] for row in tables["projects"]] == [project.status for project in projects]
    quarters = quarters_of(scan)
    assert [row["fiscal_quarter"] for row in tables["quarterly_results"]] == [quarter.quarter for quarter in quarters]
    assert [Decimal(str(row["planned_baht"])) for row in tables["quarterly_results"]] == [q.planned for q in quarters]
    aims = [say(scan, text) for quarter in quarters for texts in quarter.aims for text in texts]
    assert [first_of(row["text"]) for row in tables["objectives"]] == aims
    titles = [say(scan, activity.title) for quarter in quarters for activity in quarter.activities]
    found = [first_of(row["text"]) or "" for row in tables["activities"]]
    assert all(text.startswith(title) for text, title in zip(found, titles, strict=True))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_truth_has_null_where_the_report_is_silent(seed: int) -> None:
    scan = synthesize(seed)
    for row, quarter in zip(scan.truth.tables["quarterly_results"], quarters_of(scan), strict=True):
        said = (quarter.note, quarter.results, quarter.problems, quarter.suggestions)
        columns = ("disbursement_note", "results", "problems", "suggestions")
        assert [row[column] is None for column in columns] == [not words for words in said]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_list_is_labelled_from_one_and_a_single_aim_is_not(seed: int) -> None:
    tables = synthesize(seed).truth.tables
    counts = Counter((row["project"], row["fiscal_quarter"], row["kind"]) for row in tables["objectives"])
    labels: dict[object, list[object]] = {}
    for row in tables["objectives"]:
        labels.setdefault((row["project"], row["fiscal_quarter"], row["kind"]), []).append(row["label"])
    for key, count in counts.items():
        assert labels[key] == ([None] if count == 1 else [str(n + 1) for n in range(count)])


@pytest.mark.parametrize("rate", [0.0, 0.06])
def test_the_truth_scores_itself_as_perfect(rate: float) -> None:
    for seed in SEEDS:
        scan = synthesize(seed, rate=rate)
        tally = total(score(scan.truth, rows_of(scan)).values())
        assert tally.errors == []
        assert tally.f1 == 1.0
        assert tally.right > (100 if scan.truth.tables["objectives"] else 30)  # a table says less


def test_noise_spares_page_marks_and_markdown() -> None:
    for seed in SEEDS:
        clean, read = synthesize(seed), synthesize(seed, rate=0.06)
        assert clean.text != read.text
        for mark in ("\f", "**", "](", "| ---"):
            assert read.text.count(mark) == clean.text.count(mark)


def test_noise_leaves_the_typed_truth_as_it_was_meant() -> None:
    for seed in SEEDS:
        clean, read = synthesize(seed).truth.tables, synthesize(seed, rate=0.06).truth.tables
        for column in ("planned_baht", "disbursed_baht", "fiscal_year_be"):
            assert [row[column] for row in clean["quarterly_results"]] == [
                row[column] for row in read["quarterly_results"]
            ]


def test_a_summary_without_a_slip_agrees_with_its_projects() -> None:
    for seed in range(60):
        report = random_report(Random(seed))
        told = report.summary
        last = [q for project in report.projects for q in project.reports if q.quarter == report.quarter]
        counts = tuple(sum(project.status == status for project in report.projects) for status in STATUSES)
        agrees = {
            "count": told.counts == counts,
            "reporting": told.reporting == len(last),
            "total": told.planned == sum(quarter.planned for quarter in last),
            "share": abs(told.share - told.disbursed * 100 / told.planned) < 1,
        }
        assert [name for name, is_so in agrees.items() if not is_so] == ([report.slip] if report.slip else [])


def test_expected_findings_follow_from_the_report() -> None:
    seen: Counter[str] = Counter()
    for seed in range(60):
        scan = synthesize(seed)
        codes = set(scan.truth.expected_findings)
        seen.update(codes)
        assert not codes & set(scan.truth.false_alarms)
        assert ("disbursed_exceeds_planned" in codes) == any(q.disbursed > q.planned for q in quarters_of(scan))
        assert ("year_out_of_context" in codes) == any(q.misread_year is not None for q in quarters_of(scan))
    assert {"summary_total_differs", "summary_count_differs", "percentage_differs"} < set(seen)


def test_the_truth_is_json_and_its_findings_name_their_projects() -> None:
    for seed in range(60):
        truth = synthesize(seed).truth
        loaded = json.loads(json.dumps(truth.as_json()))
        assert {finding["code"] for finding in loaded["expected_findings"]} == set(truth.expected_findings)
        for finding in loaded["expected_findings"]:
            assert (finding["project"] is None) == (finding["code"].startswith(("summary", "percentage")))


class TestScoringOfManyProjects:
    """Rows are compared within their project: the same words in another project are no match."""

    def scan(self) -> tuple[Scan, dict[str, list[Row]]]:
        return synthesize(4), rows_of(synthesize(4))

    def test_a_row_of_another_project_is_missing_here_and_spurious_there(self) -> None:
        scan, rows = self.scan()
        row = rows["activities"][0]
        other = next(r["project"] for r in rows["activities"] if r["project"] != row["project"])
        row["project"] = other
        tally = score(scan.truth, rows)["activities"]
        assert tally.missing >= 3
        assert tally.spurious >= 3

    def test_ordinals_that_moved_are_followed_by_the_projects_names(self) -> None:
        scan, rows = self.scan()
        for table in ("objectives", "quarterly_results", "activities"):
            for row in rows[table]:
                row["project_id"] = f"0123456789abcdef-{cast(int, row.pop('project')) + 1:03}"
        for row in rows["sections"]:
            number = cast("int | None", row.pop("project"))
            row["project_id"] = f"0123456789abcdef-{number + 1:03}" if number else None
        for row in rows["projects"]:
            row["ordinal"] = cast(int, row["ordinal"]) + 1
        tallies = score(scan.truth, rows)
        assert tallies["projects"].wrong == len(rows["projects"])
        for table in ("objectives", "quarterly_results", "activities", "sections"):
            assert tallies[table].errors == []

    def test_rows_of_a_project_that_is_not_there_are_spurious(self) -> None:
        scan, rows = self.scan()
        rows["activities"].append({**rows["activities"][0], "project": 99})
        tally = score(scan.truth, rows)["activities"]
        assert tally.spurious == 3
        assert (tally.wrong, tally.missing) == (0, 0)

    def test_a_wrong_amount_of_a_quarter_is_silent_until_a_finding_names_it(self) -> None:
        scan, rows = self.scan()
        rows["quarterly_results"][0]["planned_baht"] = Decimal(13)
        assert score(scan.truth, rows)["quarterly_results"].silent == 1
        finding: Row = {"code": "unreadable_value", "column_name": "planned_baht", "row_key": None}
        assert score(scan.truth, {**rows, "findings": [finding]})["quarterly_results"].silent == 0
        assert missing_findings(scan.truth, {**rows, "findings": []})[0] == set(scan.truth.expected_findings)


def test_some_reports_are_one_table_of_projects() -> None:
    tables = [scan for scan in map(synthesize, range(30)) if not scan.truth.tables["objectives"]]
    assert 2 < len(tables) < 12
    assert all(re.search(r"(?m)^(?:\| )?(?:ที่|ลำดับ|ลำดับที่)(?: \| |\t)(?:ชื่อ)?โครงการ", scan.text) for scan in tables)
