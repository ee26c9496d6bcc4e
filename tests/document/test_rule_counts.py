"""How often each declared rule matched: every one is listed, and what matched is declared."""

import json
from pathlib import Path

import pytest

from normalizers.fixes import FIXES
from normalizers.word_fixes import WORD_FIXES
from parsers import UNKNOWN, Form, forms
from parsers.phrases import wordings_of
from pipeline.archive.run import run
from pipeline.document.rows import Rows
from pipeline.document.rule_counts import RuleCounts, declared_rules, rule_counts
from tests.support.small_proposal import FORM as PROPOSAL
from tests.support.small_proposal import proposal
from tests.support.small_report import FORM as REPORT
from tests.support.small_report import HEADER, processed, report

KINDS = ("headings", "labels", "fixes")


def counts_of(text: str) -> RuleCounts:
    """What matched in a text."""
    return rule_counts(processed(text))


@pytest.mark.parametrize("form", [*forms(), UNKNOWN], ids=lambda form: form.name)
def test_every_declared_heading_is_a_rule_that_starts_at_zero(form: Form) -> None:
    headings = declared_rules()["headings"]
    declared = {
        f"{form.name}/{block.name}: {words}"
        for block in form.blocks
        for opener in block.opens
        for words in wordings_of(opener)
    }
    assert declared
    assert {name: headings.get(name) for name in declared} == dict.fromkeys(declared, 0)


def test_every_label_and_every_fix_is_a_rule_that_starts_at_zero() -> None:
    rules = declared_rules()
    assert rules.keys() == set(KINDS)
    assert {fix.name for fix in FIXES} <= rules["fixes"].keys()
    for label in ("ชื่อโครงการ/กิจกรรม", "เริ่มต้นโครงการ", "ประเด็นยุทธศาสตร์ย่อย", "ความก้าวหน้าของงานฯ"):
        assert f"{REPORT.name}: {label}" in rules["labels"]
    assert f"{PROPOSAL.name}: ชื่อโครงการ" in rules["labels"]
    assert f"{UNKNOWN.name}: ข้อมูล ณ วันที่" in rules["labels"]
    assert not any(count for counted in rules.values() for count in counted.values())


@pytest.mark.parametrize(
    "text",
    [report(), proposal(), f"{report()}\f{proposal()}", "1. หลักการและเหตุผล\nรั้วเก่า\n2. อื่น\nชื่อโครงการ : ทาสีรั้ว", "ก"],
    ids=["report", "proposal", "both", "unknown", "nothing"],
)
def test_what_matched_is_declared(text: str) -> None:
    declared, matched = declared_rules(), counts_of(text)
    assert matched.keys() == declared.keys()
    for kind in ("headings", "labels"):
        assert matched[kind].keys() <= declared[kind].keys(), kind


def test_headings_and_labels_are_counted_each_time() -> None:
    once, twice = counts_of(report()), counts_of(f"{report()}\f{report()}")
    heading, label = f"{REPORT.name}/rationale: หลักการและเหตุผล", f"{REPORT.name}: รหัสโครงการ"
    assert (once["headings"][heading], once["labels"][label]) == (1, 1)
    assert (twice["headings"][heading], twice["labels"][label]) == (2, 2)


def test_a_damaged_heading_and_a_damaged_label_count_for_what_they_come_closest_to() -> None:
    text = report().replace("1.3 หลักการและเหตุผล", "1.3 หลักกาธและเหตุผล").replace("รหัสโครงการ...", "รหัสโดรงกร...")
    matched = counts_of(text)
    assert matched["headings"][f"{REPORT.name}/rationale: หลักการและเหตุผล"] == 1
    assert matched["labels"][f"{REPORT.name}: รหัสโครงการ"] == 1


def test_a_label_that_is_not_printed_does_not_count() -> None:
    name = f"{REPORT.name}: เริ่มต้นโครงการ"
    assert counts_of(report())["labels"][name] == 1
    assert name not in counts_of(report(header=dict.fromkeys(HEADER) | {"รหัสโครงการ...": "1-1"}))["labels"]


def test_every_hit_of_a_fix_counts() -> None:
    assert counts_of(report())["fixes"] == {}
    damaged = report().replace("1.3 หลักการ", "1.3 \N{ZERO WIDTH SPACE}หลัก\N{ZERO WIDTH SPACE}การ")
    assert counts_of(damaged)["fixes"] == {"zero_width": 2}


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("วัตถุประสงค์ของโครงการ", "วัตถุประสงค์ของโครงการ"),
        ("วัตถุประสงค์", "วัตถุประสงค์"),
        ("วตถุประสงคของโครงกร", "วัตถุประสงค์ของโครงการ"),
        ("จุดประสงค์", "จุดประสงค์"),
    ],
)
def test_of_several_wordings_the_one_that_is_printed_counts(printed: str, expected: str) -> None:
    headings = counts_of(proposal().replace("2. วัตถุประสงค์", f"2. {printed}"))["headings"]
    assert {name: count for name, count in headings.items() if "/objectives: " in name} == {
        f"{PROPOSAL.name}/objectives: {expected}": 1
    }


def test_a_document_that_could_not_be_read_counts_nothing() -> None:
    assert rule_counts(Rows()) == {}


def test_run_json_lists_every_rule_with_its_count_over_all_documents(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in (1, 2):
        text = report(header={"รหัสโครงการ...": f"11000000-000{number}"})
        (tmp_path / "in" / f"{number}.txt").write_text(text, encoding="utf-8")
    summary = run([tmp_path / "in"], tmp_path / "out")
    written = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))["matches"]
    assert written == summary.matches
    for kind, rules in declared_rules().items():
        assert rules.keys() <= written[kind].keys()
        assert list(written[kind]) == sorted(written[kind])
    assert written["headings"][f"{REPORT.name}/rationale: หลักการและเหตุผล"] == 2
    assert {count for name, count in written["headings"].items() if name.startswith(PROPOSAL.name)} == {0}


def test_run_json_lists_every_rule_of_a_run_without_documents(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    matches = run([tmp_path / "in"], tmp_path / "out").matches
    assert matches == {kind: dict(sorted(counted.items())) for kind, counted in declared_rules().items()}


def test_fixes_that_words_choose_are_counted_too() -> None:
    assert {fix.name for fix in WORD_FIXES} <= declared_rules()["fixes"].keys()
