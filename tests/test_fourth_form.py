"""A form is three new things: the README's page, template and parser, put beside a copy of the product, read it."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

NAME = "pump_report"
SECTION = (ROOT / "README.md").read_text(encoding="utf-8").partition("\n## Add a form\n")[2]
PAGE, TEMPLATE, PARSER = re.findall(r"```(?:text|python)\n(.*?)```", SECTION, re.DOTALL)[:3]


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the product with the three new things and nothing else changed."""
    root = tmp_path_factory.mktemp("product")
    for package in ("normalizers", "schemas", "parsers", "pipeline"):
        shutil.copytree(ROOT / package, root / package, ignore=shutil.ignore_patterns("__pycache__"))
    (root / "schemas" / "forms" / f"{NAME}.py").write_text(TEMPLATE, encoding="utf-8")
    (root / "parsers" / f"{NAME}.py").write_text(PARSER, encoding="utf-8")
    (root / "samples" / NAME).mkdir(parents=True)
    (root / "samples" / NAME / "01.txt").write_text(PAGE, encoding="utf-8")
    return root


def raingan(product: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "raingan", *arguments]
    done = subprocess.run(command, cwd=product, check=True, capture_output=True, encoding="utf-8")
    return done.stdout


def test_the_fourth_form_reads_its_page(product: Path) -> None:
    sample = f"samples/{NAME}/01.txt"
    raingan(product, "golden", sample)
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
    samples = [str(path) for path in sorted((ROOT / "samples").glob("*/01.txt"))]
    raingan(product, "run", *samples, "-o", str(tmp_path), "-q")
    counts = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["documents"]
    assert set(counts) == {Path(path).parent.name for path in samples}


def test_a_damaged_page_of_the_fourth_form_is_claimed_by_it_and_says_why(product: Path, tmp_path: Path) -> None:
    page = tmp_path / "damaged.txt"
    page.write_text(PAGE.replace("แบบรายงานผล", "แบบรายงนผล").replace("วัตถุประสงค์", "วัตถุประสงศ"), encoding="utf-8")
    explained = json.loads(raingan(product, "explain", str(page), "--json"))
    assert [region["form"] for region in explained["regions"]] == [NAME]
    (mine,) = [score for score in explained["scores"] if score["form"] == NAME]
    assert mine["claims"]
    assert mine["found"] == ["header", "objectives", "repair"]
