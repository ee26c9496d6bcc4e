"""`raingan export --without-persons`: no name or telephone number of a person in any cell; other values unchanged."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pyarrow as pa
import pytest

from normalizers.digits import arabic
from normalizers.people import is_office
from pipeline.archive.run import run
from pipeline.tools.output_tables import tables_to_export
from pipeline.tools.persons import MASK, PersonMask, without_persons
from schemas import CORPUS_TABLES, TABLES
from tests.conftest import PROGRESS_REPORTS, Tables, read_tables
from tests.support.exports import FORMATS, call, exported, texts
from tests.support.growth import grows_too_fast
from tests.support.small_report import RESPONSIBLE, SIGNATURE, report
from tests.synthesizer import synthesizer_of

NAMES = ("responsible_person", "coordinator")
PHONES = ("responsible_phone", "coordinator_phone")
PRINTED = (("bma_progress_report", 3, 0.03), ("bma_progress_report", 1, 0.0), ("bma_project_proposal", 2, 0.02))
TITLE = re.compile("ว่าที่ร้อยตรี|นางสาว|นาง|นาย")
FIGURE = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)? ?(?:บาท|%|\.-)|[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{4}|พ\.ศ\. ?[0-9]{4}")
SOMEBODY = PersonMask(frozenset({"นางสาวสมมุติ ตัวอย่าง", "1234", "024376631", "0812345678"}))


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of the samples, and of reports with OCR noise."""
    root = tmp_path_factory.mktemp("persons")
    for (form, copies, rate), seed in product(PRINTED, range(1, 2)):
        scan = synthesizer_of(form)(seed, rate=rate, copies=copies)
        (root / f"{form}-{seed}-{copies}.txt").write_bytes(scan.content)
    run([*PROGRESS_REPORTS[:8], *root.glob("*.txt")], root / "out")
    return root / "out"


@pytest.fixture(scope="module")
def tables(out: Path) -> Tables:
    return read_tables(out)


@pytest.fixture(scope="module")
def published(out: Path) -> Tables:
    return published_tables(out)


def published_tables(out: Path) -> Tables:
    """The tables as every format gets them."""
    tables = without_persons(tables_to_export(out))
    models = (*TABLES, *CORPUS_TABLES)
    return {model.table: pa.Table.from_batches(tables.batches(model), model.arrow_schema()) for model in models}


def tables_of(tmp_path: Path, **documents: str) -> Tables:
    """The published tables of a few documents."""
    (tmp_path / "in").mkdir()
    for name, text in documents.items():
        (tmp_path / "in" / f"{name}.txt").write_text(text, encoding="utf-8")
    run([tmp_path / "in"], tmp_path / "out")
    return published_tables(tmp_path / "out")


def unblank(text: str) -> str:
    return "".join(text.split())


def persons(tables: Tables) -> set[str]:
    """The names that stand in personal columns, without titles and blanks; an office is no person."""
    found = {name for column in NAMES for name in tables["projects"][column].to_pylist() if name}
    return {unblank(TITLE.sub("", name, count=1)) for name in found if not is_office(name)}


def cells(table: pa.Table, column: str) -> Iterator[str]:
    """The texts of a column, those of lists one by one."""
    for value in table[column].to_pylist():
        yield from [] if value is None else value if isinstance(value, list) else [value]


def is_text(field: pa.Field) -> bool:
    return field.type in (pa.string(), pa.list_(pa.string()))


def test_the_reports_name_persons_and_numbers_enough(tables: Tables) -> None:
    assert len(persons(tables)) > 12
    assert len({phone for column in PHONES for phone in tables["projects"][column].to_pylist()}) > 12


@pytest.mark.parametrize("as_format", FORMATS)
def test_no_name_and_no_whole_number_of_any_table_is_in_any_cell(
    as_format: str, out: Path, tables: Tables, tmp_path: Path
) -> None:
    path = exported(out, tmp_path / f"to.{as_format}", "--format", as_format, "--without-persons")
    said = unblank("\0".join(texts(path, as_format)))
    assert MASK in said
    assert [name for name in persons(tables) if name in said] == []
    numbers = {number for column in PHONES for number in tables["projects"][column].to_pylist() if number}
    digits = re.sub(r"[-.()]", "", arabic(said))
    assert [number for number in numbers if len(number) >= 9 and number in digits] == []


def test_no_short_number_is_left_in_a_text_of_its_document(tables: Tables, published: Tables) -> None:
    said: dict[str, str] = defaultdict(str)
    for name, column in (("sections", "text"), ("findings", "message"), ("unclaimed", "text"), ("blocks", "heading")):
        for document_id, text in zip(
            *(published[name][one].to_pylist() for one in ("document_id", column)), strict=True
        ):
            said[document_id] += arabic(f"{text}\n")
    for row in published["evidence"].to_pylist():
        if not row["column_name"].endswith(("_be", "_baht")):
            said[row["document_id"]] += arabic("\n".join((row["raw_text"], *row["alternatives"], "")))
    for row in tables["projects"].to_pylist():
        for phone in filter(None, (row[column] for column in PHONES)):
            alone = rf"(?<![0-9A-Za-z.,/:-]){phone}(?![0-9A-Za-z.,/:-]| ?[ก-ฮเ-ไ%])"
            assert not re.search(alone, said[row["document_id"]])


def test_personal_columns_are_null_and_their_evidence_is_masked(published: Tables) -> None:
    assert all(published["projects"][column].null_count == len(published["projects"]) for column in NAMES + PHONES)
    quoted = [row for row in published["evidence"].to_pylist() if row["column_name"] in NAMES + PHONES]
    assert quoted
    assert all({row["raw_text"], *row["alternatives"]} == {MASK} for row in quoted)
    told = [row["message"] for row in published["findings"].to_pylist() if row["column_name"] in NAMES + PHONES]
    assert told
    assert set(told) == {MASK}


def test_numbers_dates_and_keys_are_unchanged(tables: Tables, published: Tables) -> None:
    for name, table in tables.items():
        assert len(published[name]) == len(table)
        for field in table.schema:
            if not is_text(field) or field.name.endswith(("_id", "row_key")):
                assert published[name][field.name].equals(table[field.name]), (name, field.name)


def test_amounts_and_dates_in_texts_are_unchanged(tables: Tables, published: Tables) -> None:
    compared = 0
    for name, table in tables.items():
        for field in filter(is_text, table.schema):
            if field.name in NAMES + PHONES:
                continue
            for before, after in zip(cells(table, field.name), cells(published[name], field.name), strict=True):
                figures = FIGURE.findall(arabic(before))
                compared += len(figures)
                assert FIGURE.findall(arabic(after)) == figures
    assert compared > 150


def test_offices_are_unchanged(tables: Tables, published: Tables) -> None:
    for column in ("agency", "division", "unit", "project_name", "project_code"):
        assert published["projects"][column].equals(tables["projects"][column])


def test_with_persons_nothing_changes(out: Path, tables: Tables, tmp_path: Path) -> None:
    said = unblank("\0".join(texts(exported(out, tmp_path / "to"), "csv")))
    assert all(name in said for name in persons(tables))
    assert MASK not in said


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("โดย นางสาวสมมุติ ตัวอย่าง เป็นผู้ดูแล", "โดย ███ เป็นผู้ดูแล"),
        ("ลงนามโดยสมมุติตัวอย่างแล้ว", "ลงนามโดย███แล้ว"),
        ("น.ส. สม มุติ\nตัวอย่าง", "███"),
        ("ดร.สมมุติ  ตัว\u200bอย่าง", "███"),
        ("สมมฺติ ตัวอยาง", "███"),
        ("'นางสาวสมมุติ ตัวอ…' was taken", "'███…' was taken"),
        ("ผู้ประสาน สมมุติ ตัวอย่าง (๑๒๓๔)", "ผู้ประสาน ███ (███)"),
        ("โทร. ๐ ๒๔๓๗ ๖๖๓๑", "โทร. ███"),
        ("ติดต่อ 02-437-6631-5 ต่อ 3427 ทุกวัน", "ติดต่อ ███ ทุกวัน"),
        ("ติดต่อ (02) 437 6631", "ติดต่อ ███"),
        ("0 24 37 66 31", "███"),
        ("081-234-5678, 089 876 5432", "███, ███"),
        ("+66 81 234 5678", "███"),
        ("มือถือ 0898765432", "มือถือ ███"),
        ("โทรสาร 2871-3", "โทรสาร ███"),
        ("'1234' was taken", "'███' was taken"),
        ("ต่อ 1234 ได้ทุกวัน", "ต่อ ███ ได้ทุกวัน"),
        ("(นางคนอื่น นามสมมุติ)", "(███)"),
        ("ลงชื่อ ....คนอื่น นามสมมุติ (ผู้รับผิดชอบโครงการ)", "ลงชื่อ ....███ (ผู้รับผิดชอบโครงการ)"),
    ],
)
def test_a_value_is_masked_however_it_is_printed(text: str, masked: str) -> None:
    assert SOMEBODY.masked(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "เบิกจ่าย 1,234 บาท และ 1234 บาท 1234.50 11,234 12,340 51234",
        "วันที่ 01-02-2562 10:30 ถึง 08-10-2018 00:00:00, 29/3/2562, 2018-10-01 00:00:00",
        "งบประมาณ 024,376.63 บาท 0.2555 6631 บาท รหัส 11000000-1234",
        "ผู้เข้าร่วม 1234 คน ร้อยละ 12.34",
        "ค่าโทรศัพท์ 1500 บาท โทรศัพท์ 100 เครื่อง",
        "ลงชื่อ ผู้เสนอโครงการ (หัวหน้าฝ่ายโยธา) ลงชื่อ ผู้อนุมัติ",
        "สมมุติว่าเป็นตัวอย่าง นางสาวสมมุติ",
        "เหตุการณ์สมมุติ",
    ],
)
def test_similar_text_is_not_masked(text: str) -> None:
    assert SOMEBODY.masked(text) == text


def test_a_number_that_may_be_a_year_is_masked_after_a_name_only() -> None:
    mask = PersonMask(frozenset({"นายสมมุติ ทดลอง", "2562"}))
    assert mask.masked("ปี 2562 นายสมมุติ ทดลอง 2562") == "ปี 2562 ███ ███"
    assert mask.masked("2562", with_short_numbers=False) == "2562"


def test_each_of_several_names_in_one_cell_is_masked() -> None:
    mask = PersonMask(frozenset({"นายสมมุติ ทดลอง และนางคนอื่น นามสมมุติ"}))
    assert mask.masked("คนอื่น นามสมมุติ กับ สมมุติ ทดลอง") == "███ กับ ███"


def test_one_document_does_not_mask_in_another(tmp_path: Path) -> None:
    tables = tables_of(tmp_path, named=report(), other="สมมุติ ตัวอย่าง อยู่ที่นี่")
    assert tables["unclaimed"]["text"].to_pylist() == ["สมมุติ ตัวอย่าง อยู่ที่นี่"]


def test_a_name_is_masked_in_every_text_of_its_document_and_in_its_file_name(tmp_path: Path) -> None:
    name = "น.ส.สมมุติ ตัวอย่าง"
    said = report(
        objectives=f"1. เพื่อช่วย {name}", targets=f"1. ด้านปริมาณ\n{name} 90 ต้น", signature=f"{SIGNATURE}\n{name} กล่าวเพิ่ม"
    )
    tables = tables_of(tmp_path, **{f"รายงาน {name}": said})
    printed = " ".join(str(table.to_pylist()) for table in tables.values())
    assert "ตัวอย่าง" not in printed.replace("สวนตัวอย่าง", "").replace("นักวิชาการตัวอย่าง", "")
    assert tables["objectives"]["text"].to_pylist()[0] == f"เพื่อช่วย {MASK}"
    assert tables["documents"]["source"].to_pylist() == [f"รายงาน {MASK}.txt"]


def test_an_unreadable_name_is_masked_in_its_finding(tmp_path: Path) -> None:
    two = "นายสมมุติ ทดลอง โทร 1234 นางคนอื่น นามสมมุติ โทร 5678"
    text = report().replace(RESPONSIBLE["ชื่อผู้รับผิดชอบ..."], two)
    tables = tables_of(tmp_path, two=text)
    assert "unreadable_value" in tables["findings"]["code"].to_pylist()
    assert "นามสมมุติ" not in str([tables["findings"].to_pylist(), tables["unclaimed"].to_pylist()])


def test_file_names_in_groups_of_reports_are_masked(tmp_path: Path) -> None:
    more = report(objectives="1. เพื่อสิ่งอื่น")
    tables = tables_of(tmp_path, **{"สมมุติ ตัวอย่าง": report(), "2": more.replace(SIGNATURE, "")})
    told = [message for message in tables["report_groups"]["message"].to_pylist() if message]
    assert told
    assert not [message for message in told if "สมมุติ" in message]


def test_the_help_states_the_limits_of_masking(out: Path, tmp_path: Path) -> None:
    said = " ".join(call(out, tmp_path, "--help").output.split())
    assert "a name that no column holds" in said
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "text", ["ก", "กข", "นายก ข ", "0 2", "0-", "(นาย", "ลงชื่อ .", "โทร 1", "1234 ", "ปี 2562 ", "…ก", "ก " * 40 + "…"]
)
def test_masking_takes_linear_time(text: str) -> None:
    def work(printed: str) -> None:
        names = frozenset({f"{'ก' * n} ข{n % 7}" for n in range(40)} | {printed[:200], "1234", "2562"})
        PersonMask(names).masked(printed)

    assert not grows_too_fast(work, lambda size: text * size, 1000)


def test_the_time_for_masking_does_not_depend_on_the_number_of_names() -> None:
    def work(text: str) -> None:
        PersonMask(frozenset(text.split("\n"))).masked(text)

    def names(count: int) -> str:
        return "\n".join(f"นายกกกกกกกกกก{n:b}".replace("0", "ข").replace("1", "ค") for n in range(count))

    assert not grows_too_fast(work, names, 300)
