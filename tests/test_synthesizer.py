"""The printer of reports and its noise, checked by themselves: what measures the product must be right first."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from random import Random

import pytest
from rapidfuzz.distance import Editop, Levenshtein

from tests import synthesizer
from tests.synthesizer import Scan
from tests.synthesizer.ladder import ladder
from tests.synthesizer.layouts import OPTIONS, Layout, random_layout
from tests.synthesizer.noise import LOOK_ALIKES, mend
from tests.synthesizer.report import random_report
from tests.synthesizer.scoring import DATES_AND_AMOUNTS, KEYS, Rows, missing_findings, score, total
from tests.synthesizer.truth import Row

SEEDS = range(40)
ROOT = Path(__file__).parent.parent
synthesize = lru_cache(maxsize=None)(synthesizer.synthesize)


def plain(scan: Scan) -> str:
    """The text without Markdown, escapes and white space."""
    text = scan.text.replace("\\", "").replace("**", "")
    return "".join(text.split())


def rows_of(scan: Scan) -> dict[str, list[Row]]:
    """What a reader who makes no mistake hands on: the last of each cell's right answers, typed."""
    tables = {"documents": [scan.truth.document], **scan.truth.tables}
    return {table: [{c: typed(c, v) for c, v in row.items()} for row in rows] for table, rows in tables.items()}


def typed(column: str, value: object) -> object:
    chosen = value["any_of"][-1] if isinstance(value, dict) else value
    if column.endswith("_date") and isinstance(chosen, str):
        return date.fromisoformat(chosen)
    return Decimal(str(chosen)) if column.endswith("_baht") and chosen is not None else chosen


def test_the_same_seed_gives_the_same_bytes_in_another_process() -> None:
    command = [sys.executable, "-m", "tests.synthesizer", "--seed", "7", "--rate", "0.03", "--copies", "3", "--hard"]
    environment = {"PYTHONHASHSEED": "1", "TZ": "Asia/Bangkok", "LC_ALL": "C"}
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, env=environment).stdout
    assert printed == synthesize(7, rate=0.03, copies=3, hard=True).content


def test_another_seed_gives_another_report() -> None:
    assert len({synthesize(seed).content for seed in SEEDS}) == len(SEEDS)


def test_the_report_depends_on_the_seed_alone() -> None:
    assert synthesize(3).report == synthesize(3, rate=0.06, copies=4, hard=True).report


def test_every_value_of_every_option_is_drawn_by_some_seed() -> None:
    drawn: Counter[tuple[str, object]] = Counter()
    for seed in range(150):
        layout = random_layout(Random(seed))
        drawn.update((f.name, getattr(layout, f.name)) for f in fields(Layout))
    assert {(name, value) for name, choices in OPTIONS.items() for value, _ in choices} == set(drawn)


def test_every_value_of_every_option_shows_in_some_text() -> None:
    texts = " ".join(synthesize(seed, copies=2).text for seed in SEEDS)
    for mark in (
        *("\f", "\n\n\n\n\n\n", r"\*\*", r"BKK\_", "## ", "- 2 -", " ...\n", "\t", "รายงานครั้งที่1", "รายงานครั้งที่ 1"),
        *("100.0%", ".....", "• ", "□ ", "(๑)", "1)", "เชิงปริมาณ", " พ.ศ. 25", "00:00:00", ".- บาท"),
    ):
        assert mark in texts, mark


@pytest.mark.parametrize("seed", SEEDS)
def test_without_noise_every_clean_value_stands_in_the_text(seed: int) -> None:
    scan = synthesize(seed)
    text = plain(scan)
    for table, rows in scan.truth.tables.items():
        for row in rows:
            for column in ("text", "activity", "project_name", "agency", "responsible_person", "coordinator"):
                value = row.get(column)
                words = value["any_of"][0] if isinstance(value, dict) else value
                for word in str(words or "").split():
                    assert word in text, (table, column, word)


@pytest.mark.parametrize("seed", SEEDS)
def test_without_noise_what_is_printed_is_what_was_meant(seed: int) -> None:
    scan = synthesize(seed, copies=2)
    assert not scan.truth.misread
    for sheet in (sheet for copy in scan.copies for sheet in copy.sheets):
        assert sheet.clean == sheet.read


@pytest.mark.parametrize("rate", [0.01, 0.03, 0.06])
def test_the_noise_measured_is_the_noise_asked_for(rate: float) -> None:
    letters = changed = digits = digits_changed = 0
    for seed in SEEDS:
        for sheet in (sheet for copy in synthesize(seed, rate=rate).copies for sheet in copy.sheets):
            clean, read = ("".join(glyph.char for glyph in side) for side in (sheet.clean, sheet.read))
            letters += sum(char in LOOK_ALIKES for char in clean)
            changed += sum(edit.tag != "insert" and clean[edit.src_pos] in LOOK_ALIKES for edit in _edits(clean, read))
            digits += sum(char in "0123456789๐๑๒๓๔๕๖๗๘๙" for char in clean)
            digits_changed += sum(
                edit.tag == "replace" and clean[edit.src_pos] in "0123456789๐๑๒๓๔๕๖๗๘๙" for edit in _edits(clean, read)
            )
    # A mark printed twice is an insertion, so a little less than the rate is seen as letters lost or misread.
    assert 0.7 * rate < changed / letters < 1.15 * rate
    assert 0.03 * rate < digits_changed / digits < 0.25 * rate


def _edits(clean: str, read: str) -> list[Editop]:
    return list(Levenshtein.editops(clean, read))


def test_noise_spares_page_marks_and_markdown() -> None:
    for seed in SEEDS:
        clean, read = synthesize(seed), synthesize(seed, rate=0.06)
        for mark in ("\f", "**", "\\*"):
            assert read.text.count(mark) == clean.text.count(mark)


@pytest.mark.parametrize("copies", [1, 3])
@pytest.mark.parametrize("rate", [0.0, 0.06])
def test_the_truth_covers_each_table_and_scores_itself_as_perfect(rate: float, copies: int) -> None:
    for seed in SEEDS:
        scan = synthesize(seed, rate=rate, copies=copies)
        assert set(scan.truth.as_json()) >= set(KEYS) - {"documents"}
        for table in ("projects", "objectives", "report_entries", "strategy_links", "sections"):
            assert scan.truth.tables[table] or table == "strategy_links", (seed, table)
        tallies = score(scan.truth, rows_of(scan))
        assert total(tallies.values()).errors == []
        assert total(tallies.values()).f1 == 1.0


def test_every_entry_of_the_report_is_in_the_truth() -> None:
    for seed in SEEDS:
        scan = synthesize(seed, rate=0.03)
        assert [row["entry_number"] for row in scan.truth.tables["report_entries"]] == [
            progress.number for progress in scan.report.progress
        ]


def test_a_readings_letters_are_those_on_the_page() -> None:
    scan = synthesize(5, rate=0.06)
    text = plain(scan)
    row = scan.truth.tables["projects"][0]
    for column in ("agency", "coordinator"):
        options = row[column]["any_of"] if isinstance(row[column], dict) else [row[column]]  # type: ignore[index]
        assert any("".join(str(option).split()) in text for option in options)


def test_doubled_marks_and_halves_of_letters_are_mended_in_one_of_the_readings() -> None:
    mai_tho = "\N{THAI CHARACTER MAI THO}"
    assert mend(f"เเก{mai_tho}{mai_tho}ไข") == "แก้ไข"
    assert mend("กําหนด") == "กำหนด"
    assert mend("นํ้า") == mend("น้ํา") == "น้ำ"


def test_missing_pages_take_their_cells_from_the_truth() -> None:
    rows = {hard: sum(_cell_count(synthesize(seed, hard=hard)) for seed in range(60)) for hard in (False, True)}
    assert rows[True] < rows[False]
    for seed in range(60):
        scan = synthesize(seed, hard=True)
        words = plain(scan)
        for row in scan.truth.tables["report_entries"]:
            assert str(row["entry_number"]) in words


def _cell_count(scan: Scan) -> int:
    return sum(value is not None for rows in scan.truth.tables.values() for row in rows for value in row.values())


def test_hard_scans_lose_swap_and_repeat_pages() -> None:
    scans = [synthesize(seed, copies=2, hard=True) for seed in range(60)]
    orders = [[sheet.number for sheet in copy.sheets] for scan in scans for copy in scan.copies]
    assert any(len(set(order)) < len(order) for order in orders), "a page scanned twice"
    assert any(sorted(order) != order for order in orders), "pages out of order"
    assert any(max(order) + 1 > len(set(order)) for order in orders), "a page missing"


def test_expected_findings_follow_from_the_report() -> None:
    seen: Counter[str] = Counter()
    for seed in range(80):
        report = random_report(Random(f"{seed}/report"))
        truth = synthesize(seed).truth
        seen.update(truth.expected_findings)
        assert not set(truth.expected_findings) & set(truth.false_alarms)
        assert ("certification_unsigned" in truth.expected_findings) == (report.signature is None)
    assert {
        *("sum_of_entries_differs", "spent_exceeds_received", "progress_decreases", "date_order", "activity_empty"),
        *("status_contradicts_activity", "certification_unsigned", "entry_number_missing", "date_format_mixed"),
        "date_outside_period",
    } <= set(seen)


def test_names_and_codes_come_from_our_own_lists() -> None:
    for seed in SEEDS:
        code = random_report(Random(f"{seed}/report")).code
        assert code is None or (code.startswith("09000000-") and len(code) == 13)


class TestScoring:
    """The scorer tells right, wrong, missing and made-up cells apart, and knows which errors were announced."""

    def scan(self) -> tuple[Scan, dict[str, list[Row]]]:
        scan = synthesize(8)
        return scan, rows_of(scan)

    def test_a_missing_row_counts_its_cells_as_missing(self) -> None:
        scan, rows = self.scan()
        rows["report_entries"].pop()
        tally = score(scan.truth, rows)["report_entries"]
        assert tally.missing > 3
        assert (tally.wrong, tally.spurious, tally.precision) == (0, 0, 1.0)

    def test_an_extra_row_counts_its_cells_as_spurious(self) -> None:
        scan, rows = self.scan()
        rows["report_entries"].append({**rows["report_entries"][0], "entry_number": 99})
        tally = score(scan.truth, rows)["report_entries"]
        assert tally.spurious > 3
        assert (tally.wrong, tally.missing) == (0, 0)

    def test_a_wrong_amount_is_silent_until_a_finding_names_it(self) -> None:
        scan, rows = self.scan()
        at = next(n for n, row in enumerate(rows["report_entries"]) if row["disbursed_baht"] is not None)
        rows["report_entries"][at]["disbursed_baht"] = Decimal(13)
        assert score(scan.truth, rows)["report_entries"].silent == 1
        number = rows["report_entries"][at]["entry_number"]
        finding: Row = {"code": "unreadable_value", "column_name": "disbursed_baht", "row_key": f"abc-001-{number}"}
        assert score(scan.truth, {**rows, "findings": [finding]})["report_entries"].silent == 0
        other: Row = {**finding, "row_key": "abc-001-98"}
        assert score(scan.truth, {**rows, "findings": [other]})["report_entries"].silent == 1

    def test_a_null_is_never_silently_wrong(self) -> None:
        scan, rows = self.scan()
        for row in rows["report_entries"]:
            row.update(dict.fromkeys(DATES_AND_AMOUNTS & set(row)))
        assert score(scan.truth, rows)["report_entries"].silent == 0

    def test_expected_findings_are_asked_for_by_code(self) -> None:
        scan, rows = self.scan()
        found: list[Row] = [{"code": code} for code in scan.truth.expected_findings]
        assert missing_findings(scan.truth, {**rows, "findings": found}) == (set(), set())
        assert missing_findings(scan.truth, rows)[0] == set(scan.truth.expected_findings)


def test_a_ladder_asks_the_reader_for_every_seed_rate_and_number_of_copies() -> None:
    asked: list[bytes] = []

    def read_nothing(content: bytes) -> Rows:
        asked.append(content)
        return {}

    rungs = ladder(read_nothing, seeds=range(2), rates=(0.0, 0.03), copies=(1, 2))
    assert len(asked) == len(set(asked)) == 8
    assert [(rung.rate, rung.copies) for rung in rungs] == [(0.0, 1), (0.03, 1), (0.0, 2), (0.03, 2)]
    assert all(rung.overall.recall == 0 for rung in rungs)


def test_the_truth_is_json() -> None:
    loaded: Mapping[str, object] = json.loads(json.dumps(synthesize(1, rate=0.03).truth.as_json()))
    assert loaded["projects"]
