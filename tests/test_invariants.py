"""What must hold for the rows of every document: samples, copies glued together, and texts on no form at all."""

from pathlib import Path

import pytest

from pipeline.document.process import process
from pipeline.document.rows import Rows, TableRows
from pipeline.sources.read import read, source_of
from schemas import TABLES
from schemas.base import Table
from schemas.blocks import BlockRow
from schemas.evidence import Evidence
from schemas.findings import Finding
from schemas.objectives import Objective
from schemas.pages import PageRow
from schemas.projects import Project
from schemas.report_entries import ReportEntry
from schemas.unclaimed import Unclaimed
from tests.conftest import PROGRESS_REPORTS, SAMPLES
from tests.support.must_hold import broken

TITLE = "แบบแสดงรายงานความก้าวหน้าและข้อมูลเกี่ยวกับโครงการ"
NO_FORM = {
    "a letter": "เรียน ผู้อำนวยการเขต\n\nขอส่งรายงานการใช้จ่ายเงิน 12,500.- บาท มาพร้อมนี้\n\n- 2 -\n\nขอแสดงความนับถือ\n",
    "a table": "| รายการ | จำนวน |\n|---|---|\n| ปากกา | ๑๒ |\n| กระดาษ | 5 รีม |\n",
    "pages": "หน้าแรก\n\f\nหน้าสอง\n\n\n\n\n\nหน้าสาม\f\fหน้าสี่",
    "English": "Annual report\r\n\r\nNothing in it is Thai.\r\n",
    "one letter": "ก",
    "blanks around": " \n\t\u00a0ก\u3000\n\n ",
    "zero-width characters around": "\u200b\ufeffก\u200bข\u200d \u2060\n\u200b\nค\u00ad",
    "zero-width characters between pages": "ก\n\u200b\n\u200b\f\u200b\nข\n\n\n\u200b\n\n\nค\u200b",
    "damage": "ก ้า ที่่่ น\u0e4dา \u0e48\u0e49\u0e34 เเละ ค\u0eb1น \uf70a\uf710\n",
    "a mark first": "\N{THAI CHARACTER MAI EK}ก\n",
    "Lao": "ລາຍງານ ປະຈຳປີ ໒໕໖໑\n",
    "half of a form": "1.4 วัตถุประสงค์ของโครงการ\n- เพื่อทดสอบ\n1.5 เป้าหมายของโครงการ\n",
    "a long line": "ก" * 5000 + " " + "1" * 5000,
    "control characters": "ก\x0bข\x1cค\x85ง\u2028จ\x01\n" + "ข้อความ" * 60,
}
HARDLY_A_FORM = {
    "the title alone": TITLE,
    "the title twice": f"{TITLE}\n{TITLE}\n",
    "the title and one heading": f"{TITLE}\n1.4 วัตถุประสงค์ของโครงการ",
    "headings without text": f"{TITLE}\n1.1 รหัสโครงการและชื่อโครงการ\n1.2 หน่วยงานที่รับผิดชอบ\n1.3 หลักการและเหตุผล\n",
    "an entry alone": f"{TITLE}\nรายงานครั้งที่ 1",
    "an entry without a number": f"{TITLE}\nรายงานครั้งที่ : 31/10/2560 : อบรม : ความก้าวหน้าของงานฯ = 10 %",
    "a number of three digits": f"{TITLE}\nรายงานครั้งที่ 999\nอบรม",
    "entry 0": f"{TITLE}\nรายงานครั้งที่ 0\nอบรม : งบประมาณที่เบิกใช้ (ครั้งที่ 0) = 10 บาท",
    "silent labels": f"{TITLE}\n1.1 รหัสโครงการและชื่อโครงการ\nชื่อโครงการ :\nรหัสโครงการ : -\nปีงบประมาณ พ.ศ. : ....\n",
    "text before the title": f"สำเนา\n{TITLE}\n1.3 หลักการและเหตุผล\nเพราะ\n",
    "a heading in two lines, each of which looks like it": f"{TITLE}\n2รายงาน\nามกาวหนาของโครงการและการใชจายงบประ",
    "more than all of the work": f"{TITLE}\nรายงานครั้งที่ 1 : 31/10/2560 : อบรม : ความก้าวหน้าของงานฯ = 100.50 %",
}


def rows_of(text: str) -> Rows:
    return process(source_of(text.encode(), name="folder/x.txt"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_all_that_must_hold_holds_for_a_sample(path: Path) -> None:
    source = read(path, name=path.name)
    assert broken(process(source), source.text) == []


@pytest.mark.parametrize("name", NO_FORM)
def test_all_that_must_hold_holds_for_a_text_on_no_form(name: str) -> None:
    rows = rows_of(NO_FORM[name])
    assert broken(rows, NO_FORM[name]) == []
    assert rows.document.form == "unknown"
    assert not rows.by_table[Project]


@pytest.mark.parametrize("name", HARDLY_A_FORM)
def test_all_that_must_hold_holds_for_a_form_with_hardly_anything_on_it(name: str) -> None:
    assert broken(rows_of(HARDLY_A_FORM[name]), HARDLY_A_FORM[name]) == []


def test_all_that_must_hold_holds_for_all_samples_glued_together() -> None:
    text = "\f".join(path.read_text(encoding="utf-8") for path in SAMPLES)
    rows = rows_of(text)
    assert broken(rows, text) == []
    assert len(rows.by_table[Project]) >= len(SAMPLES)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_all_that_must_hold_holds_for_a_sample_without_line_ends(path: Path) -> None:
    text = " ".join(path.read_text(encoding="utf-8").split("\n"))
    assert broken(rows_of(text), text) == []


def spoil(rows: Rows, table: type[Table], **values: object) -> Rows:
    """The rows with one value of the first row of a table changed."""
    first, *rest = rows.by_table[table]
    rows.by_table[table] = TableRows(table, [first.model_copy(update=values), *rest])
    return rows


SPOILED: dict[str, tuple[type[Table], dict[str, object]]] = {
    "evidence elsewhere": (Evidence, {"char_start": 0}),
    "evidence of no row": (Evidence, {"row_key": "0123456789abcdef-009"}),
    "evidence on another page": (Evidence, {"page_number": 99}),
    "a block that begins too late": (BlockRow, {"char_start": 5}),
    "a block taken twice": (BlockRow, {"char_end": 2000}),
    "a value without evidence": (Objective, {"label": "77", "row_key": "other"}),
    "a row of no project": (ReportEntry, {"project_id": "0123456789abcdef-009"}),
    "a finding of no row": (Finding, {"table_name": "projects", "row_key": "none"}),
    "a finding off the list": (Finding, {"code": "odd"}),
    "a finding without a place": (Finding, {"message": "something is odd"}),
    "a page with a gap": (PageRow, {"char_start": 1}),
    "an empty value": (ReportEntry, {"activity": ""}),
}


@pytest.mark.parametrize("name", SPOILED)
def test_the_check_sees_what_is_spoiled(name: str) -> None:
    path = next(path for path in PROGRESS_REPORTS if path.name == "03.txt")
    source = read(path, name=path.name)
    table, values = SPOILED[name]
    assert broken(process(source), source.text) == []
    assert broken(spoil(process(source), table, **values), source.text) != []


def test_the_check_sees_unclaimed_text_that_is_not_there() -> None:
    text = NO_FORM["a letter"]
    assert broken(spoil(rows_of(text), Unclaimed, text="other"), text) != []


def test_rows_of_every_table_are_frozen() -> None:
    assert all(model.model_config.get("frozen") for model in TABLES)
