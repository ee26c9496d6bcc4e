"""What CONTRIBUTING.md says of forms, fixes, findings and columns, done as it says in a copy of the product."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.conftest import ROOT
from tests.support.snippets import snippets

NAME = "pump_report"
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
SLIPS_STOP_THE_RUN = 3


def section(title: str) -> str:
    """A section of the guide."""
    return GUIDE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


(PAGE,) = snippets(section("Add a form"), "text")
TEMPLATE, PARSER, START = snippets(section("Add a form"), "python")
OTHER_PAGE = (
    PAGE.replace("คลองบางใหม่", "หนองบัวใต้")
    .replace("12000000-0042", "12000000-0077")
    .replace("250,000", "380,000")
    .replace("ก่อนฤดูฝน", "ตลอดทั้งปี")
    .replace("เปลี่ยนใบพัด", "ทาสีตัวถัง")
)
OPENS_FIRST = 'Block("header", opens=(heading("ข้อมูลโครงการ"),), reads=Labelled(Header)),'


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the product with the three new things and nothing else changed."""
    root = tmp_path_factory.mktemp("product")
    for package in ("normalizers", "schemas", "parsers", "pipeline", "raingan"):
        shutil.copytree(ROOT / package, root / package, ignore=shutil.ignore_patterns("__pycache__"))
    (root / "samples" / NAME).mkdir(parents=True)
    (root / "samples" / NAME / "01.txt").write_text(PAGE, encoding="utf-8")
    write_form(root)
    return root


def write_form(product: Path, *, parser: str = PARSER, template: str = TEMPLATE) -> None:
    """Write the form; of a module of the same size and second Python would load what it compiled before."""
    for folder, text in ((product / "schemas" / "forms", template), (product / "parsers", parser)):
        (folder / f"{NAME}.py").write_text(text, encoding="utf-8")
        shutil.rmtree(folder / "__pycache__", ignore_errors=True)


def changed(text: str, *changes: tuple[str, str]) -> str:
    """A text with some words replaced, each of which stands in it."""
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return text


def command(product: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-m", "raingan", *arguments]
    return subprocess.run(call, cwd=product, check=False, capture_output=True, encoding="utf-8")


def raingan(product: Path, *arguments: str) -> str:
    done = command(product, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def tables(product: Path, out: Path, **documents: str) -> dict[str, list[dict[str, object]]]:
    """The rows of some documents by table, read by the copy of the product."""
    folder = out / "in"
    folder.mkdir(parents=True)
    for name, text in documents.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    raingan(product, "run", str(folder), "-o", str(out / "tables"), "-q", "-j", "0")
    names = ("documents", "projects", "objectives", "sections", "findings")
    return {name: pq.read_table(out / "tables" / name).to_pylist() for name in names}


def reports(rows: dict[str, list[dict[str, object]]], name: str) -> list[tuple[object, int]]:
    """The code of each project of a document, and how many aims it has."""
    (document,) = [row for row in rows["documents"] if row["source"] == f"{name}.txt"]
    assert document["form"] == NAME, document
    projects = [row for row in rows["projects"] if row["document_id"] == document["document_id"]]
    aims = [row["project_id"] for row in rows["objectives"]]
    return [(row["project_code"], aims.count(row["project_id"])) for row in projects]


def test_the_fourth_form_reads_its_page(product: Path) -> None:
    write_form(product)
    sample = f"samples/{NAME}/01.txt"
    raingan(product, "golden", sample, "--force")
    golden = (product / sample).with_suffix(".expected.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in golden.splitlines()]
    (document,) = [row for row in rows if row["table"] == "documents"]
    assert (document["form"], document["status"], document["text_coverage"]) == (NAME, "parsed", 1.0)
    (project,) = [row for row in rows if row["table"] == "projects"]
    assert project["project_name"] == "ซ่อมเครื่องสูบน้ำคลองบางใหม่"
    assert project["project_code"] == "12000000-0042"
    assert project["budget_received_baht"] == "250000.00"
    aims = [(row["label"], row["text"]) for row in rows if row["table"] == "objectives"]
    assert aims == [("2.1", "เพื่อให้เครื่องสูบน้ำพร้อมใช้ก่อนฤดูฝน"), ("2.2", "เพื่อลดค่าไฟฟ้าของสถานี")]
    (section,) = [row for row in rows if row["table"] == "sections"]
    assert section["heading"] == "3. ผลการซ่อม"


def test_the_other_forms_read_as_before(product: Path, tmp_path: Path) -> None:
    write_form(product)
    samples = [str(path) for path in sorted((ROOT / "samples").glob("*/01.txt"))]
    raingan(product, "run", *samples, "-o", str(tmp_path), "-q")
    counts = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["documents"]
    assert set(counts) == {Path(path).parent.name for path in samples}


def test_a_damaged_page_of_the_fourth_form_is_claimed_by_it_and_says_why(product: Path, tmp_path: Path) -> None:
    write_form(product)
    page = tmp_path / "damaged.txt"
    page.write_text(PAGE.replace("แบบรายงานผล", "แบบรายงนผล").replace("วัตถุประสงค์", "วัตถุประสงศ"), encoding="utf-8")
    explained = json.loads(raingan(product, "explain", str(page), "--json"))
    assert [region["form"] for region in explained["regions"]] == [NAME]
    (mine,) = [score for score in explained["scores"] if score["form"] == NAME]
    assert mine["claims"]
    assert mine["found"] == ["header", "objectives", "repair"]


ANY_ORDER = changed(
    PARSER,
    (OPENS_FIRST, START.strip() + ","),
    ("import heading", "import Start, heading"),
    ("    blocks=(", "    is_ordered=False,\n    blocks=("),
)
MORE_BLOCKS = [
    f"หัวข้อประกอบ{name}" for name in ("เครื่องกล", "ไฟฟ้า", "โยธา", "สิ่งแวดล้อม", "ความปลอดภัย", "การเงิน", "บุคลากร")
]
UNTITLED = changed(
    ANY_ORDER,
    ('titles=("แบบรายงานผลการซ่อมสถานีสูบน้ำ",)', "titles=()"),
    ("    ),\n)", "".join(
        f'        Block("more_{number}", opens=(heading("{words}"),), '
        f'reads=WholeText(Section, {{"section": "other"}})),\n'
        for number, words in enumerate(MORE_BLOCKS)
    ) + "    ),\n)"),
)  # fmt: skip
NO_NAME = changed(TEMPLATE, ('    project_name: Annotated[Line, Label("ชื่อโครงการ")]\n', ""), ("Code, Line", "Code"))


@pytest.mark.parametrize("template", [TEMPLATE, NO_NAME], ids=["named", "without a name"])
@pytest.mark.parametrize("parser", [PARSER, ANY_ORDER], ids=["in order", "in any order"])
def test_two_reports_in_a_file_are_two_projects(product: Path, tmp_path: Path, parser: str, template: str) -> None:
    write_form(product, parser=parser, template=template)
    printed = {"pages": [PAGE, OTHER_PAGE], "again": [PAGE, OTHER_PAGE, OTHER_PAGE], "back": [PAGE, OTHER_PAGE, PAGE]}
    pages = {name: "\f".join(each) for name, each in printed.items()}
    rows = tables(product, tmp_path, two=PAGE + OTHER_PAGE, **pages)
    for name in ("two", *pages):
        assert reports(rows, name) == [("12000000-0042", 2), ("12000000-0077", 2)], name
    assert {row["status"] for row in rows["documents"]} <= {"parsed", "parsed_with_findings"}


def test_two_reports_without_a_title_are_told_apart_by_the_label_of_the_name(product: Path, tmp_path: Path) -> None:
    write_form(product, parser=UNTITLED)
    rest = "".join(f"{number}. {words}\nตรวจแล้วเรียบร้อยดี\n" for number, words in enumerate(MORE_BLOCKS, 4))
    first, second = (page.split("\n", 1)[1] + rest for page in (PAGE, OTHER_PAGE))
    rows = tables(product, tmp_path, two=first + second, pages=f"{first}\f{second}")
    for name in ("two", "pages"):
        assert reports(rows, name) == [("12000000-0042", 2), ("12000000-0077", 2)], name


BAD_PARSER = changed(PARSER, ('("แบบรายงานผลการซ่อมสถานีสูบน้ำ",)', '("แบบรายงานผลการซ่อมสถานีสูบน้ำ")'))
BAD_TEMPLATE = changed(TEMPLATE, ("project_code:", "project_cod:"))


@pytest.mark.parametrize(
    "arguments",
    [("run", "-j", "0"), ("run", "-j", "2"), ("explain",), ("golden",)],
    ids=" ".join,
)
def test_a_slip_ends_a_command_with_every_slip_and_no_traceback(
    product: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    write_form(product, parser=BAD_PARSER, template=BAD_TEMPLATE)
    name, *options = arguments
    page = f"samples/{NAME}/01.txt"
    done = command(product, name, page, *options, *(["-o", str(tmp_path / "out"), "-q"] if name == "run" else []))
    assert done.returncode == SLIPS_STOP_THE_RUN
    assert "Traceback" not in done.stderr
    told, *lines = done.stderr.splitlines()
    assert told == "raingan: a form is declared wrongly: 2 slips"
    assert lines[0].startswith(f"parsers/{NAME}.py, form {NAME}: titles: ")
    assert lines[1].startswith(f"schemas/forms/{NAME}.py, form {NAME}, block header, column project_cod: ")


def test_the_guide_shows_a_slip_as_it_is_told(product: Path, tmp_path: Path) -> None:
    template = changed(TEMPLATE, ("project_name:", "project_nam:"))
    parser = changed(PARSER, ('("แบบรายงานผลการซ่อมสถานีสูบน้ำ",)', '("แบบรายงานผล")'))
    write_form(product, parser=parser, template=template)
    told = command(product, "run", f"samples/{NAME}/01.txt", "-o", str(tmp_path), "-q", "-j", "0").stderr
    assert told in GUIDE


def test_a_bad_pattern_stops_the_run_when_it_is_needed(product: Path, tmp_path: Path) -> None:
    template = changed(
        TEMPLATE, ('Label("รหัสโครงการ")', 'Shape(r"[0-9]{8}-([0-9]{4}")'), ("import Label", "import Label, Shape")
    )
    write_form(product, template=template)
    done = command(product, "run", f"samples/{NAME}/01.txt", "-o", str(tmp_path), "-q", "-j", "2")
    assert done.returncode == SLIPS_STOP_THE_RUN
    place = f"schemas/forms/{NAME}.py, form {NAME}, block header, column project_code"
    assert f"{place}: the pattern '[0-9]{{8}}-([0-9]{{4}}' is wrong at character 10: " in done.stderr
    assert "Traceback" not in done.stderr


def test_a_column_is_two_lines_in_two_files(product: Path, tmp_path: Path) -> None:
    in_table, in_template = snippets(section("Add a column"), "python")
    assert in_table.count("\n") == in_template.count("\n") == 1
    schema = product / "schemas" / "projects.py"
    before = schema.read_text(encoding="utf-8")
    schema.write_text(before + in_table, encoding="utf-8")
    write_form(product, template=changed(TEMPLATE, ("Code, Line", "Code, Line, ThaiDate")) + in_template)
    try:
        rows = tables(product, tmp_path, page=PAGE.replace("2. วัตถุ", "วันที่ตรวจรับ : 5 มีนาคม 2562\n2. วัตถุ"))
    finally:
        schema.write_text(before, encoding="utf-8")
    assert [str(row["inspection_date"]) for row in rows["projects"]] == ["2019-03-05"]


def test_a_finding_is_two_files(product: Path, tmp_path: Path) -> None:
    write_form(product)
    code, check = snippets(section("Add a finding"), "python")
    codes = product / "schemas" / "findings.py"
    before = codes.read_text(encoding="utf-8")
    head = "CODES: dict[str, FindingCode] = {\n"
    codes.write_text(changed(before, (head, head + code)), encoding="utf-8")
    module = product / "pipeline" / "document" / "check" / "objectives.py"
    assert not module.exists()
    module.write_text(check, encoding="utf-8")
    try:
        page = changed(PAGE, ("เพื่อลดค่าไฟฟ้าของสถานี", "เพื่อให้เครื่องสูบน้ำพร้อมใช้ก่อนฤดูฝน"))
        (finding,) = tables(product, tmp_path, page=page)["findings"]
        assert (finding["code"], finding["column_name"]) == ("aim_repeated", "text")
        assert "page.txt, page 1, line 8: " in str(finding["message"])
    finally:
        codes.write_text(before, encoding="utf-8")
        module.unlink()


def test_a_fix_is_one_function(product: Path) -> None:
    (fix,) = snippets(section("Add a fix"), "python")
    module = product / "normalizers" / "fixes.py"
    before = module.read_text(encoding="utf-8")
    assert re.search(r"^FIXES: tuple", before, re.MULTILINE)
    module.write_text(before.replace("FIXES: tuple", f"{fix}\n\nFIXES: tuple"), encoding="utf-8")
    code = (
        "import doctest, normalizers.fixes as fixes; from pipeline.document.repair import repair; "
        "assert doctest.testmod(fixes).failed == 0; repaired = repair('เ' * 3 + 'ปิด'); "
        "assert (repaired.text, repaired.edits[0].fixes) == ('เปิด', ('triple_sara_e',)), repaired"
    )
    try:
        subprocess.run([sys.executable, "-c", code], cwd=product, check=True, capture_output=True)
    finally:
        module.write_text(before, encoding="utf-8")
