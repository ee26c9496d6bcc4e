"""One proposal gives the same rows whichever program saved it."""

from pathlib import Path

import pytest

from pipeline.document.process import process
from pipeline.sources.read import source_of
from tests.conftest import SAMPLES
from tests.support.must_hold import broken
from tests.support.printed import KINDS, as_pdf

TABLES = (
    "projects", "objectives", "activities", "budget_items", "indicators", "risks", "strategy_links",
    "quarterly_results", "report_entries",
)  # fmt: skip
IDS = ("project_id", "document_id", "row_key")
SAVED = [
    *(path for path in SAMPLES if path.parent.name == "bma_project_proposal" and path.stem in ("03", "12", "13")),
    *(path for path in SAMPLES if path.parent.name == "bma_progress_report" and path.stem in ("01", "04")),
    *(path for path in SAMPLES if path.parent.name == "area_office_progress_report" and path.stem == "01"),
]


def rows_of(content: bytes, name: str) -> dict[str, list[dict[str, object]]]:
    source = source_of(content, name=name)
    rows = process(source)
    assert not broken(rows, source.text)
    return {
        model.table: [{key: said for key, said in row.model_dump().items() if key not in IDS} for row in found]
        for model, found in rows.by_table.items()
        if model.table in TABLES
    }


@pytest.mark.parametrize("path", SAVED, ids=lambda path: f"{path.parent.name}/{path.stem}")
@pytest.mark.parametrize("kind", KINDS)
def test_a_sample_gives_the_same_rows_whichever_program_saved_it(kind: str, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert rows_of(KINDS[kind](text), f"x.{kind}") == rows_of(text.encode(), "x.txt")


@pytest.mark.parametrize("path", SAVED[:2], ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_pdf_without_its_font_gives_the_same_rows(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert rows_of(as_pdf(text, has_font=False), "x.pdf") == rows_of(text.encode(), "x.txt")
