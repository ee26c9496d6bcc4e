"""How much of a document was misread, and what that says of its figures."""

import pytest

from normalizers.fuzzy_match import folded
from pipeline.document.check import MISREAD
from pipeline.document.misreading import misreading, slips
from schemas.findings import CODES
from tests.support.processing import plain_rows
from tests.support.small_report import entry, matches_of, report, tables_of
from tests.synthesizer import FORMS, synthesizer_of
from tests.synthesizer.ladder import Rung, climb, product

FULL, SEEDS = 1.0, range(2000, 2010)
DAMAGED = {"งบประมาณที่ใช้ไป": "งบประมาฌที่ใช้ไป", "ความก้าวหน้าของงานฯ": "ความก้าวหม้าของงานฯ"}
"""Labels, and how an engine misread them."""


def misread(text: str) -> str:
    for label, printed in DAMAGED.items():
        text = text.replace(label, printed)
    return text


@pytest.mark.parametrize(
    ("printed", "count"),
    [
        ("งบประมาณที่ได้รับ", 0),
        ("**งบประมาณ ที่ได้รับ :", 0),
        ("งบประมาฌที่ได้รับ", 1),
        ("งบปะระมาณที่ไดรับ", 2),
        ("งบประมาณที่ได้รับจัดสรร", 0),
        ("วงเงินที่ได้รับ", 0),
    ],
)
def test_slips_are_counted_inside_a_phrase_alone(printed: str, count: int) -> None:
    assert slips(printed, folded("งบประมาณที่ได้รับ")) == count


@pytest.mark.parametrize("form", FORMS)
def test_a_clean_print_has_no_slips_and_a_noisy_one_has(form: str) -> None:
    shares = {rate: misreading(matches_of(synthesizer_of(form)(7, rate=rate).content.decode())) for rate in (0.0, 0.03)}
    assert shares[0.0] == 0.0
    assert shares[0.03] >= MISREAD


def test_figures_of_a_misread_report_that_nothing_confirms_are_told() -> None:
    found = [row for row in tables_of(misread(report()))["findings"] if row["code"] == "value_unconfirmed"]
    columns = {row["column_name"] for row in found}
    assert columns == {"start_date", "end_date", "budget_received_baht", "report_date", "progress_percent"}
    assert {row["severity"] for row in found} == {CODES["value_unconfirmed"].severity}


def test_a_sum_confirms_its_parts_and_words_an_amount() -> None:
    in_words = report(header={"งบประมาณที่ได้รับ": "100,000 บาท (หนึ่งแสนบาทถ้วน)"})
    found = [row["column_name"] for row in tables_of(misread(in_words))["findings"]]
    assert not {"budget_received_baht", "budget_spent_baht", "disbursed_baht"} & set(found)


def test_a_sum_that_differs_confirms_nothing() -> None:
    found = tables_of(misread(report(entries=[entry(1), entry(2, amount="7,500 บาท")])))["findings"]
    assert {"budget_spent_baht", "disbursed_baht"} <= {
        row["column_name"] for row in found if row["code"] == "value_unconfirmed"
    }


def test_copies_that_agree_confirm_each_other() -> None:
    rows = plain_rows(f"{misread(report())}\f{misread(report())}".encode(), "two.txt")
    assert "value_unconfirmed" not in {row["code"] for row in rows["findings"]}


def test_a_sound_report_is_not_doubted() -> None:
    assert "value_unconfirmed" not in {row["code"] for row in tables_of(report())["findings"]}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("rate", [0.01, 0.03])
def test_no_figure_is_wrong_in_silence_where_digits_have_the_full_noise(form: str, rate: float) -> None:
    found = climb(product, Rung(rate, 1, form, FULL), seeds=SEEDS, hard=False)
    assert found.overall.vouched > len(SEEDS)
    assert [error for error in found.errors if "SILENT" in error] == []
