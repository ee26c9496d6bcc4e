"""Text as no OCR engine should write it: loops, endless lines, heaps of marks. It is parsed, or stopped in time."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.document.process import process
from pipeline.sources.read import source_of
from schemas.findings import Finding
from tests.conftest import GOOD, Run, others_unchanged, run_over
from tests.support.must_hold import broken

THAI_TEXT = GOOD["a.txt"].decode()
TITLE = "แบบแสดงรายงานความก้าวหน้าและข้อมูลเกี่ยวกับโครงการ\n"
TONE = "\N{THAI CHARACTER MAI EK}"
MEGA = 10**6


# The alarm may ring inside a garbage collector's callback (hypothesis has one), where Python drops whatever is raised;
# it rings again a second later.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_document_that_takes_too_long_is_quarantined(folder: Path, check: Callable[..., None]) -> None:
    text = TITLE + "".join(
        f"1.4 วัตถุประสงค์ของโครงการ\nข้อ {i}\n1.5 เป้าหมายของโครงการ\nอีก {i}\n" * 2 for i in range(12_000)
    )
    (folder / "bad.txt").write_text(text, encoding="utf-8")
    check(run_over(folder, "--time-limit", "5"), "bad.txt", "longer than 5 s", "--time-limit")


REPEATED_LINES = {
    "a line": "ดำเนินการตามแผนที่กำหนดไว้",
    "a letter": "ก",
    "an entry's label": "รายงานครั้งที่ 1",
    "an entry": "รายงานครั้งที่ 2 : 31/10/2560 : อบรม : ความก้าวหน้าของงานฯ = 10 % : "
    "งบประมาณที่เบิกใช้ (ครั้งที่ 2) = 100 บาท : เป็นไปตามแผน : เป็นไปตามเป้าหมาย",
    "figures": "ความก้าวหน้าของงานฯ = 10 % : งบประมาณที่เบิกใช้ (ครั้งที่ 1) = 100 บาท",
    "a status": "เป็นไปตามแผน : เป็นไปตามเป้าหมาย",
    "a heading": "1.4 วัตถุประสงค์ของโครงการ",
    "a damaged heading": "1.4 วัตถุประสงคของโครงกร",
    "the title": TITLE.strip(),
    "a label": "รหัสโครงการ : 50000000-1234",
    "a bullet": "- เพื่อพัฒนา",
    "a page number": "- 2 -",
    "a catchword": "ความเป็นมา...",
    "a frame": "|---|---|",
}


MOST_TELLING = ("an entry's label", "figures", "a heading")


def looped(name: str, times: int = 100_000) -> None:
    text = THAI_TEXT + f"{REPEATED_LINES[name]}\n" * times
    rows = process(source_of(text.encode(), name="loop.txt"))
    assert broken(rows, text) == []
    if name not in ("a page number", "a frame", "the title"):
        assert "repeated_text_loop" in {row.code for row in rows.by_table[Finding]}


def test_a_report_that_repeats_one_line_100000_times_is_parsed() -> None:
    looped("a line")


@pytest.mark.parametrize("name", MOST_TELLING)
def test_a_report_that_repeats_a_telling_line_very_often_is_parsed(name: str) -> None:
    looped(name, 20_000)


@pytest.mark.slow
@pytest.mark.parametrize("name", REPEATED_LINES)
def test_a_report_that_repeats_any_line_100000_times_is_parsed(name: str) -> None:
    looped(name)


def test_a_loop_of_two_lines_is_found_too() -> None:
    text = THAI_TEXT + "ดำเนินการขั้นที่ ก\nดำเนินการขั้นที่ ข\n" * 2000
    rows = process(source_of(text.encode(), name="loop.txt"))
    assert broken(rows, text) == []
    assert "repeated_text_loop" in {row.code for row in rows.by_table[Finding]}


LONG_LINES = {
    "digits": "1" * MEGA,
    "Thai digits": "๑" * (MEGA // 10),
    "opening brackets": "(" * MEGA,
    "brackets": "()" * (MEGA // 20),
    "colons": ":" * MEGA,
    "equals signs": "ก=" * (MEGA // 20),
    "dots": "." * (MEGA // 10),
    "asterisks": "*" * (MEGA // 10),
    "tone marks on one consonant": "ก" + TONE * MEGA,
    "two tone marks in turn": "ก" + (TONE + "\N{THAI CHARACTER MAI THO}") * (MEGA // 20),
    "Lao vowels between Thai letters": "ก\N{LAO VOWEL SIGN A}" * (MEGA // 20),
    "zero-width spaces": "ก\u200b" * (MEGA // 20),
    "blanks before marks": "ก" + f" {TONE}" * (MEGA // 20),
    "percentages": "1 % " * (MEGA // 10),
}


@pytest.mark.parametrize("name", LONG_LINES)
def test_a_line_of_very_many_hostile_characters_is_parsed(name: str) -> None:
    text = THAI_TEXT + LONG_LINES[name]
    rows = process(source_of(text.encode(), name="long.txt"))
    assert broken(rows, text) == []
    assert rows.document.form == "bma_progress_report"


@pytest.mark.parametrize("label", ["ปีงบประมาณ พ.ศ.", "เริ่มต้นโครงการ", "งบประมาณที่ได้รับ", "ชื่อผู้รับผิดชอบ"])
@pytest.mark.parametrize("sign", ["1", "๙", "1,", "(", "ล้าน", "หนึ่ง", "1/", "ม.ค. "])
def test_a_value_of_very_many_hostile_characters_is_null_or_text(label: str, sign: str) -> None:
    lines = [
        f"{label} : {sign * (20_000 // len(sign))}" if line.lstrip().startswith(label) else line
        for line in THAI_TEXT.split("\n")
    ]
    text = "\n".join(lines)
    rows = process(source_of(text.encode(), name="value.txt"))
    assert text != THAI_TEXT
    assert broken(rows, text) == []


def test_very_many_headings_end_as_parsed_or_as_quarantined(folder: Path, alone: Run) -> None:
    text = TITLE + "".join(f"1.{1 + i % 6} {'หัวข้อ' * (i % 5 + 1)} {i}\n" for i in range(20_000))
    (folder / "bad.txt").write_text(text, encoding="utf-8")
    started = time.process_time()
    found = run_over(folder, "--time-limit", "600")
    assert time.process_time() - started < 30
    assert found.status("bad.txt")[0].startswith("parsed")
    others_unchanged(alone, found)
