"""The review site without a browser: marks, charts, index, server, and who may send corrections."""

import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread

import pytest
from typer.testing import CliRunner

from pipeline.archive.corrections_file import read_corrections
from pipeline.archive.run import run
from pipeline.commands.cli import app
from pipeline.tools.output_tables import RunTables
from pipeline.tools.review.charts import BOTTOM, PROGRESS_END, TOP, overview, quarter_days, timeline
from pipeline.tools.review.document_page import ShadedSpan, ValueMark, document_page, marked_text
from pipeline.tools.review.serve import ReviewServer
from pipeline.tools.review.site import ASSETS, WORDS, Site, asset, index_rows
from pipeline.tools.source_files import SourceFiles
from schemas.findings import CODES
from schemas.pages import PageRow
from schemas.projects import Project
from schemas.quarterly_results import QuarterlyResult
from schemas.report_entries import ReportEntry
from tests.conftest import ROOT, SAMPLES
from tests.support.small_report import report

ID = "0123456789abcdef"
SCRIPT = "<script>document.title='taken'</script>"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of an archive with copies that differ, a script in a name, an empty file, two files of one report."""
    folder = tmp_path_factory.mktemp("review")
    (folder / "in").mkdir()
    texts = {
        "a.txt": report(header={"ชื่อโครงการ/กิจกรรม": f"โครงการ {SCRIPT}"}),
        "copies.txt": f"{report()}\f{report(header={'งบประมาณที่ได้รับ': '700,000 บาท'})}",
        "later.txt": f"{report()}\n\nสำเนา",
        "empty.txt": "",
    }
    for name, text in texts.items():
        (folder / "in" / name).write_text(text, encoding="utf-8")
    run([folder / "in"], folder / "out")
    return folder / "out"


def id_of(out: Path, source: str) -> str:
    return next(one.document_id for one in index_rows(RunTables(out)) if one.source == source)


def page_row(number: int, start: int, end: int) -> PageRow:
    return PageRow(document_id=ID, page_number=number, copy_number=1, char_start=start, char_end=end)


def test_every_character_is_shown_once_with_its_marks() -> None:
    text = "หัวเรื่อง\r\nรหัส : 12-34 ทิ้ง\r\n\fหน้าสอง"
    second = text.index("หน้า")
    marks = [
        ValueMark(text.index("12"), text.index("12") + 5, "c1"),
        ValueMark(text.index("34"), text.index("34") + 2, "c2"),
    ]
    shades: list[ShadedSpan] = [
        ShadedSpan(0, 9, "furniture"),
        ShadedSpan(text.index("ทิ้ง"), text.index("ทิ้ง") + 4, "unclaimed"),
    ]
    pages = list(marked_text(text, [page_row(1, 0, second), page_row(2, second, len(text))], marks, shades))
    pieces = [piece for page in pages for line in page.lines for piece in line.pieces]
    assert "".join(piece.text for piece in pieces) == text
    assert [(piece.text, piece.ids) for piece in pieces if piece.ids] == [("12-", "c1"), ("34", "c1 c2")]
    assert [(piece.text, piece.kind) for piece in pieces if piece.kind] == [
        ("หัวเรื่อง", "furniture"),
        ("ทิ้ง", "unclaimed"),
    ]
    assert [line.number for page in pages for line in page.lines] == [1, 2, 3, 3]


@pytest.mark.parametrize("sample", SAMPLES[::5], ids=lambda path: f"{path.parent.name}/{path.name}")
def test_marked_text_is_the_raw_text_of_the_evidence(sample: Path, tmp_path: Path) -> None:
    run([sample], tmp_path / "out")
    state = RunTables(tmp_path / "out")
    page = document_page(SourceFiles(state), index_rows(state)[0].document_id)
    assert page is not None
    pieces = [piece for shown in page.pages for line in shown.lines for piece in line.pieces]
    for cell in page.cells:
        marked = "".join(piece.text for piece in pieces if cell.id in piece.ids.split(" "))
        assert marked == "".join(row.raw_text for row in sorted(cell.evidence, key=lambda row: row.char_start))


def entry(number: int, day: date | None, percent: str | None, amount: str | None) -> ReportEntry:
    return ReportEntry(
        project_id=f"{ID}-001",
        entry_number=number,
        row_key=f"{ID}-001/{number:03d}",
        report_date=day,
        progress_percent=Decimal(percent) if percent else None,
        disbursed_baht=Decimal(amount) if amount else None,
    )


def project(**values: object) -> Project:
    said = {"project_id": f"{ID}-001", "document_id": ID, "ordinal": 1, "row_key": f"{ID}-001"}
    return Project.model_validate(said | values)


def test_progress_and_money_are_drawn_in_the_order_of_their_days() -> None:
    entries = [
        entry(1, date(2018, 1, 1), "50", "400"),
        entry(2, date(2018, 7, 1), "100", "600"),
        entry(3, None, "70", "5"),
    ]
    far = project(budget_received_baht=Decimal(2000), start_date=date(2018, 1, 1), end_date=date(2516, 1, 1))
    picture = timeline(far, entries, [])
    assert picture is not None
    assert [point.y for point in picture.progress] == [(TOP + PROGRESS_END) / 2, TOP]
    assert [point.label for point in picture.spent] == ["2018-01-01: 400.00", "2018-07-01: 1,000.00"]
    assert [level.kind for level in picture.amount_lines] == ["received"]
    assert picture.ticks[-1].label == "2018-07-01", "a misread end of the project does not press the rest together"
    assert picture.top_amount == "2k"


def test_quarters_are_bars_of_planned_and_disbursed_money() -> None:
    quarter = QuarterlyResult(
        project_id=f"{ID}-001",
        row_key=f"{ID}-001/001",
        fiscal_year_be=2567,
        fiscal_quarter=1,
        planned_baht=Decimal(100),
        disbursed_baht=Decimal(50),
    )
    assert quarter_days(quarter) == (date(2023, 10, 1), date(2023, 12, 31))
    picture = timeline(project(), [], [quarter])
    assert picture is not None
    planned, disbursed = picture.bars
    assert (planned.kind, disbursed.kind) == ("planned", "disbursed")
    assert planned.height == 2 * disbursed.height
    assert planned.y + planned.height == BOTTOM
    assert timeline(project(budget_received_baht=Decimal(1)), [], []) is None


def test_a_report_in_several_files_counts_once_and_links_to_the_others(out: Path) -> None:
    run_of_all = overview(RunTables(out))
    assert (run_of_all.documents, run_of_all.repeated) == (4, 2)
    assert sum(sum(counts.values()) for counts in run_of_all.offices.values()) == run_of_all.projects == 1
    page = Site(out).document(id_of(out, "later.txt")) or ""
    assert ">copies.txt</a>" in page
    quarantined = Site(out).document(id_of(out, "empty.txt")) or ""
    assert "the file is empty" in quarantined


def test_a_page_without_its_source_shows_the_reason_and_the_values(out: Path, tmp_path: Path) -> None:
    page = Site(out, tmp_path).document(id_of(out, "copies.txt")) or ""
    assert "is not below" in page
    assert "700000.00" in page
    assert 'class="line"' not in page


def test_every_word_of_the_pages_is_translated() -> None:
    words = json.loads((asset(WORDS) or b"").decode().removeprefix("const WORDS = ").removesuffix(";\n"))
    assert [key for key, said in words.items() if len(said) != 2 or not all(said)] == []
    templates = (ROOT / "pipeline/tools/review/templates").glob("*.html")
    scripts = [(asset(name) or b"").decode() for name in ASSETS if name.endswith(".js")]
    used = {
        key for path in templates for key in re.findall(r"""\bt\("([a-z_]+)"\)""", path.read_text(encoding="utf-8"))
    }
    used |= {key for script in scripts for key in re.findall(r"""spoken\("[a-z]+", "([a-z_]+)"\)""", script)}
    assert used - words.keys() == set()
    assert {f"code.{code}" for code in CODES} - words.keys() == set(), "a code is told in Thai too"


def test_no_page_has_a_script_or_a_handler_of_its_own(out: Path) -> None:
    site = Site(out)
    for page in (site.index(), site.overview(), site.document(id_of(out, "a.txt")) or ""):
        scripts = re.findall(r"<script[^>]*>", page)
        assert all('src="' in script or 'type="application/json"' in script for script in scripts)
        assert not re.search(r"<[^>]*\s(?:on[a-z]+|style)=", page)
        assert "default-src 'none'; script-src 'self'" in page
        assert SCRIPT not in page
    assert "&lt;script&gt;" in (site.document(id_of(out, "a.txt")) or "")


def test_the_command_writes_a_site_and_removes_old_pages(out: Path, tmp_path: Path) -> None:
    stale = tmp_path / "site" / "documents" / f"{ID}.html"
    stale.parent.mkdir(parents=True)
    stale.touch()
    result = CliRunner().invoke(app, ["review", str(out), "--to", str(tmp_path / "site"), "-j", "0"])
    assert result.exit_code == 0, result.output
    assert "4 documents; open" in result.output
    assert not stale.exists()
    assert len(list((tmp_path / "site" / "documents").iterdir())) == 4
    assert {path.name for path in (tmp_path / "site" / "assets").iterdir()} == {*ASSETS, WORDS}


def test_a_run_does_not_read_the_pages_of_a_review_site(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(report(), encoding="utf-8")
    for _ in range(2):
        found = run([tmp_path], tmp_path / "out")
        assert CliRunner().invoke(app, ["review", str(tmp_path / "out"), "-j", "0", "-q"]).exit_code == 0
    assert (found.seen, found.skipped_count) == (1, 0)


@pytest.fixture(scope="module")
def server(out: Path) -> Iterator[ReviewServer]:
    with ReviewServer(out, by="ผู้ตรวจ") as serving:
        thread = Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield serving
        serving.shutdown()


def asked(server: ReviewServer, method: str, path: str, body: object = None, **headers: str) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=300)
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, None if body is None else json.dumps(body), names)
    answer = connection.getresponse()
    said = answer.read().decode()
    connection.close()
    return answer.status, said


def correction(out: Path) -> dict[str, str]:
    key = f"{id_of(out, 'a.txt')}-001"
    return {"table": "projects", "row_key": key, "column": "budget_spent_baht", "value": "2,500", "why": "scan"}


def test_the_server_listens_on_this_machine_only_and_answers_to_its_own_name(server: ReviewServer) -> None:
    assert server.server_address[0] == "127.0.0.1"
    assert asked(server, "GET", "/")[0] == 200
    assert asked(server, "GET", "/", Host="evil.example")[0] == 421
    assert asked(server, "GET", "/assets/..%2fsite.py")[0] == 404
    assert asked(server, "GET", f"/documents/{ID}.html")[0] == 404


def test_only_a_page_of_the_server_may_send_corrections(server: ReviewServer, out: Path) -> None:
    ours = {"Content_Type": "application/json", "Origin": server.url.rstrip("/"), "X_Token": server.token}
    for wrong in ({"X_Token": "x"}, {"Origin": "http://evil.example"}, {"Content_Type": "text/plain"}):
        assert asked(server, "POST", "/corrections", correction(out), **(ours | wrong))[0] == 403
    bodies: list[object] = [
        [],
        {"table": "projects"},
        correction(out) | {"value": 3},
        correction(out) | {"value": "1,25,00"},
    ]
    for body in bodies:
        assert asked(server, "POST", "/corrections", body, **ours)[0] == 400
    assert read_corrections(out) == []
    status, said = asked(server, "POST", "/corrections", correction(out), **ours)
    assert (status, json.loads(said)) == (200, {"value": "2500.00", "read_value": "3000.00"})
    (kept,) = read_corrections(out)
    assert (kept.value, kept.read_value, kept.by) == ("2500.00", "3000.00", "ผู้ตรวจ")
    assert "→ 2500.00" in asked(server, "GET", f"/documents/{id_of(out, 'a.txt')}.html")[1]
