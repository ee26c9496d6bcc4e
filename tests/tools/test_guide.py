"""The analyst's guide: its snippets run over the samples' tables, SQL and pandas agree, its diagram is the schema."""

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipeline.archive.columns import ALL_TABLES
from pipeline.tools.export import export
from schemas.base import ForeignKey, Table
from tests.conftest import ROOT, TABLE_NAMES
from tests.support.snippets import run_snippet, snippets

ENGLISH, THAI = (
    (ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("analyst-guide.md", "analyst-guide.th.md")
)
QUESTIONS = re.findall(r"^## ([0-9]+\. .*?)$(.*?)(?=^## )", ENGLISH, re.DOTALL | re.MULTILINE)
BEGINNING, *_ = snippets(ENGLISH, "python")
PLOTS = snippets(ENGLISH.partition("## Three plots")[2], "python")


@pytest.fixture(scope="module")
def folder(samples_out: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as the guide's reader has it."""
    folder = tmp_path_factory.mktemp("guide")
    (folder / "out").symlink_to(samples_out)
    export(samples_out, folder / "tables.duckdb", as_format="duckdb")
    return folder


@pytest.mark.parametrize(("title", "said"), QUESTIONS)
def test_sql_and_pandas_give_the_same_answer(title: str, said: str, folder: Path) -> None:
    (sql,), (python,) = snippets(said, "sql"), snippets(said, "python")
    with duckdb.connect(str(folder / "tables.duckdb"), read_only=True) as database:
        found = database.sql(sql)
        columns, rows = found.columns, found.fetchall()
    answer = run_snippet(BEGINNING + python, folder)["answer"]
    assert rows, title
    assert list(answer.columns) == columns
    assert [tuple(row) for row in answer.astype(object).where(answer.notna(), None).to_numpy()] == rows


@pytest.mark.parametrize("plot", PLOTS)
def test_a_plot_is_drawn(plot: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MPLBACKEND", "Agg")
    (name,) = re.findall(r'savefig\("(.+?)"', plot)
    run_snippet(BEGINNING + plot, folder)
    assert (folder / name).read_bytes().startswith(b"\x89PNG")


def test_the_guide_has_ten_questions_and_three_plots() -> None:
    assert [title.partition(".")[0] for title, _ in QUESTIONS] == [str(number) for number in range(1, 11)]
    assert len(PLOTS) == 3


def test_the_diagram_shows_all_tables_and_the_keys_between_them() -> None:
    (diagram,) = snippets(ENGLISH, "mermaid")
    shown = re.findall(r'^    (\w+) (\S+) (\w+) : "(.+)"$', diagram, re.MULTILINE)
    assert len(shown) == len(diagram.splitlines()) - 1
    assert sorted(shown) == sorted(relations())
    assert {name for one, _, other, _ in shown for name in (one, other)} == set(TABLE_NAMES)


def relations() -> Iterator[tuple[str, str, str, str]]:
    for model in ALL_TABLES:
        for key in model.foreign_keys:
            if key.table != model.table:
                yield key.table, _marks(model, key), model.table, ", ".join(key.columns)


def _marks(model: type[Table], key: ForeignKey) -> str:
    """How many rows there are at either end: one or, where the key may be null, at most one; any number or one."""
    is_required = all(model.model_fields[column].is_required() for column in key.columns)
    return ("||" if is_required else "|o") + "--" + ("o|" if model.primary_key == key.columns else "o{")


def test_the_thai_guide_shows_the_same_code_under_the_same_headings() -> None:
    shown = re.compile("^```.*?^```$|^#+ (?:[0-9]+\\.)?", re.DOTALL | re.MULTILINE)
    assert shown.findall(THAI) == shown.findall(ENGLISH)


@pytest.mark.parametrize("guide", [ENGLISH, THAI], ids=["English", "Thai"])
def test_the_links_of_the_guide_lead_to_files(guide: str) -> None:
    links = re.findall(r"\]\(([^)]+)\)", guide)
    assert links
    assert all((ROOT / "docs" / link).is_file() for link in links)
