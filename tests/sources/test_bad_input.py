"""Bad input: a file ends as parsed, or quarantined with a reason that a person understands; no other row changes.

What is in the file is bad here; bad files, links and folders are in test_bad_files.py.
"""

import codecs
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from pipeline.document.process import process
from pipeline.sources.limits import DEFAULT
from pipeline.sources.read import source_of
from tests.conftest import GOOD, Run, rows_of_document, run_over

THAI_TEXT = GOOD["a.txt"].decode()
TITLE = "แบบแสดงรายงานความก้าวหน้าและข้อมูลเกี่ยวกับโครงการ\n"
HEADER = f"{TITLE}1.1 รหัสโครงการและชื่อโครงการ\nรหัสโครงการ : 50000000-1234\n"
TYPED = ("projects", "objectives", "report_entries", "strategy_links", "sections")


def scrambled(size: int) -> bytes:
    return Random(5).randbytes(size)


NO_TEXT: dict[str, tuple[bytes, tuple[str, ...]]] = {
    "empty": (b"", ("empty",)),
    "blanks": (b" \t\r\n\x0b\x0c" * 500, ("blanks",)),
    "wide blanks": ("\u00a0\u3000\u2028\u2003".encode() * 200, ("blanks",)),
    "only a byte order mark": (codecs.BOM_UTF8, ()),
    "zero-width characters": ("\u200b\u200c\u200d\u2060\u00ad".encode() * 300, ("invisible",)),
    "NUL-filled": (bytes(5000), ("NUL",)),
    "text, then NUL": (GOOD["a.txt"] + bytes(20_000), ("control characters",)),
    "JPEG": (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + scrambled(30_000), ("JPEG picture",)),
    "PNG": (b"\x89PNG\r\n\x1a\n" + scrambled(3000), ("PNG picture",)),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + scrambled(3000), ("PDF",)),
    "ZIP": (b"PK\x03\x04\x14\x00" + scrambled(3000), ("damaged or incomplete",)),
    "gzip": (b"\x1f\x8b\x08\x00" + scrambled(3000), ("damaged or incomplete",)),
    "TIFF": (b"II*\x00" + scrambled(3000), ("TIFF picture",)),
    "noise": (b"x" + scrambled(30_000), ()),
    "noise without NUL": (b"x" + scrambled(30_000).replace(b"\x00", b"y"), ("UTF-8",)),
    "control characters": (b"\x01\x02\x03\x07\x08\x0e\x0f" * 900, ("control characters",)),
    "UTF-8 cut inside a letter": (
        GOOD["a.txt"][: GOOD["a.txt"].index("ง".encode(), 2000) + 2],
        ("UTF-8", "incomplete"),
    ),
    "UTF-8 with a letter broken": (GOOD["a.txt"][:900] + b"\xe0\xb8" + GOOD["a.txt"][900:], ("UTF-8", "damaged")),
    "a broken letter after English": (b"Report\n" + GOOD["a.txt"] + b"\xe0", ("UTF-8",)),
    "halves of surrogate pairs": (b"\xed\xa0\x80\xed\xb0\x80" * 50, ("UTF-8",)),
    "UTF-16 cut inside a letter": (THAI_TEXT.encode("utf-16")[:-1], ("utf-16", "incomplete")),
    "UTF-16 with half of a pair": (codecs.BOM_UTF16_LE + b"\x00\xd8" + "ก".encode("utf-16-le") * 50, ("utf-16",)),
    "Chinese in GB 18030": ("泰国政府报告项目进度预算".encode("gb18030") * 40, ("UTF-8",)),
}


@pytest.mark.parametrize("name", NO_TEXT)
def test_a_file_that_is_not_text_is_quarantined_with_a_reason(
    name: str, folder: Path, check: Callable[..., None]
) -> None:
    content, words = NO_TEXT[name]
    (folder / "bad.txt").write_bytes(content)
    check(run_over(folder), "bad.txt", *words)


ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "CP874": lambda text: text.encode("cp874"),
    "TIS-620": lambda text: text.encode("tis-620"),
    "UTF-8 with a BOM": lambda text: text.encode("utf-8-sig"),
    "UTF-16 with a BOM": lambda text: text.encode("utf-16"),
    "UTF-16 with a BOM, big end first": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    "UTF-16": lambda text: text.encode("utf-16-le"),
    "UTF-16, big end first": lambda text: text.encode("utf-16-be"),
    "UTF-32 with a BOM": lambda text: text.encode("utf-32"),
    "CP874 behind a word that is UTF-8 too": lambda text: ("สถานศึกษา\n" + text).encode("cp874"),
    "CP874 behind English": lambda text: (f"{'Progress report ' * 400}\n{text}").encode("cp874"),
    "UTF-16 behind English": lambda text: (f"{'Progress report ' * 400}\n{text}").encode("utf-16-le"),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_thai_in_other_encodings_gives_the_same_rows(encoding: str, folder: Path, check: Callable[..., None]) -> None:
    text = "".join(sign for sign in THAI_TEXT if sign.encode("tis-620", "ignore"))
    content = ENCODINGS[encoding](text)
    assert text == THAI_TEXT, "choose a sample that these encodings can write"
    (folder / "bad.txt").write_bytes(content)
    found = run_over(folder)
    check(found, "bad.txt", status="parsed")
    same_values(found, "bad.txt", "a.txt")


def same_values(found: Run, source: str, other: str) -> None:
    """Documents with the same text have the same rows, except for their names and ids."""
    rows, others = (rows_of_document(found.tables, name) for name in (source, other))
    assert others["report_entries"]
    for table in TYPED:
        assert [unnamed(row) for row in rows[table]] == [unnamed(row) for row in others[table]], table


def unnamed(row: dict[str, object]) -> dict[str, object]:
    names = ("document_id", "project_id", "row_key", "source")
    return {column: value for column, value in row.items() if column not in names}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp874"])
def test_the_encoding_in_a_row_decodes_the_bytes_to_its_text(encoding: str) -> None:
    text = "".join(sign for sign in THAI_TEXT if sign.encode("cp874", "ignore"))
    content = text.encode(encoding)
    source = source_of(content, name="x.txt")
    assert source.text == text == content.decode(str(source.encoding))


def test_a_byte_order_mark_inside_a_text_is_not_a_letter() -> None:
    whole = process(source_of(GOOD["a.txt"] + codecs.BOM_UTF8 + GOOD["z/z.txt"], name="x.txt"))
    apart = process(source_of(GOOD["a.txt"] + GOOD["z/z.txt"], name="x.txt"))
    assert [len(rows) for rows in whole.by_table.values()][2:8] == [len(rows) for rows in apart.by_table.values()][2:8]


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_line_ends_of_other_systems_give_the_same_rows(line_end: str, folder: Path, check: Callable[..., None]) -> None:
    (folder / "bad.txt").write_bytes(THAI_TEXT.replace("\n", line_end).encode())
    found = run_over(folder)
    check(found, "bad.txt", status="parsed")
    same_values(found, "bad.txt", "a.txt")


def test_a_file_of_200_megabytes_is_quarantined_without_reading_it_into_memory(
    folder: Path, check: Callable[..., None]
) -> None:
    with (folder / "bad.txt").open("wb") as file:
        file.truncate(200 * 2**20)
    found = run_over(folder)
    check(found, "bad.txt", "limit", "--max-bytes")


def test_a_line_of_20_megabytes_ends_in_reasonable_time(folder: Path, check: Callable[..., None]) -> None:
    size = 20 * 2**20 // 3
    (folder / "bad.txt").write_text(HEADER + "กรุงเทพฯ" * (size // 8), encoding="utf-8")
    before = time.process_time()
    check(run_over(folder, "--time-limit", "900"), "bad.txt", status="parsed")
    assert time.process_time() - before < 90


def test_the_limit_of_bytes_can_be_set(folder: Path, check: Callable[..., None]) -> None:
    (folder / "bad.txt").write_bytes(GOOD["a.txt"] + GOOD["z/z.txt"])
    check(run_over(folder, "--max-bytes", str(max(map(len, GOOD.values())))), "bad.txt", "limit")
    assert DEFAULT.size_limit < 200 * 2**20
