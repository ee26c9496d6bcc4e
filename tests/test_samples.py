"""Every sample against its golden file, row by row; `*.wanted.jsonl` holds rows that we cannot read yet."""

import json
from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path

import pytest

from pipeline.golden import golden_path, golden_rows
from pipeline.process import process
from pipeline.read import read

SAMPLES = Path(__file__).parents[1] / "samples"
TEXTS = sorted(SAMPLES.glob("*/*.txt"))
GOLDEN_SUFFIX, WANTED_SUFFIX = ".expected.jsonl", ".wanted.jsonl"
ENOUGH = 6
Rows = list[dict[str, object]]


def wanted_path(sample: Path) -> Path:
    return sample.with_suffix(WANTED_SUFFIX)


def rows_of(sample: Path) -> Rows:
    return golden_rows(process(read(sample, name=sample.name)))


def rows_in(golden: Path) -> Rows:
    return [json.loads(line) for line in golden.read_text(encoding="utf-8").splitlines() if line]


def difference(golden: Rows, now: Rows) -> str:
    """The rows that differ, a value a line under the name of its row; empty where all are the same."""
    before, after = ([f"{line}\n" for row in rows for line in _shown(row)] for rows in (golden, now))
    return "".join(unified_diff(before, after, "golden", "now", n=2))


def _shown(row: dict[str, object]) -> list[str]:
    name = row.get("row_key") or row.get("page_number") or row.get("code") or ""
    values = (f"    {row['table']}.{column} = {value!r}" for column, value in row.items() if column != "table")
    return [f"{row['table']} {name}", *values]


def unlike_golden(sample: Path) -> str:
    """What a sample reads otherwise than its golden file says."""
    golden = golden_path(sample)
    if not golden.exists():
        name = sample.relative_to(SAMPLES.parent)
        return f"no golden file: write it with `make golden SAMPLE={name}` and check its rows against the page"
    return difference(rows_in(golden), rows_of(sample))


def missing_of_wanted(sample: Path) -> str:
    """The rows that a sample should give and does not yet."""
    now = rows_of(sample)
    return "\n".join(str(row) for row in rows_in(wanted_path(sample)) if row not in now)


NOT_YET = pytest.mark.xfail(
    strict=True, reason="wanted, and not read yet: once it is, move the rows to the golden file"
)
CASES = [pytest.param(sample, unlike_golden, id=f"{sample.parent.name}/{sample.name}") for sample in TEXTS] + [
    pytest.param(sample, missing_of_wanted, id=f"{sample.parent.name}/{wanted_path(sample).name}", marks=NOT_YET)
    for sample in TEXTS
    if wanted_path(sample).exists()
]


@pytest.mark.parametrize(("sample", "unlike"), CASES)
def test_a_sample_gives_the_rows_of_its_golden_file(sample: Path, unlike: Callable[[Path], str]) -> None:
    if said := unlike(sample):
        pytest.fail(f"{sample.name}:\n{said}", pytrace=False)


def test_every_golden_file_has_its_sample() -> None:
    samples = {str(sample.with_suffix("")) for sample in TEXTS}
    orphans = [
        golden.name
        for golden in sorted(SAMPLES.rglob("*.jsonl"))
        if str(golden).removesuffix(GOLDEN_SUFFIX).removesuffix(WANTED_SUFFIX) not in samples
    ]
    assert orphans == []


def test_every_form_has_enough_samples() -> None:
    counts = {folder.name: len(list(folder.glob("*.txt"))) for folder in SAMPLES.iterdir() if folder.is_dir()}
    assert counts
    assert {name: count for name, count in counts.items() if count < ENOUGH} == {}


def test_a_difference_names_the_row_and_both_values() -> None:
    golden: Rows = [{"table": "projects", "row_key": "*-001", "project_code": "1-1", "division": "กอง"}]
    now: Rows = [{"table": "projects", "row_key": "*-001", "project_code": "1-7", "division": "กอง"}]
    said = difference(golden, now).splitlines()
    assert " projects *-001" in said
    assert "-    projects.project_code = '1-1'" in said
    assert "+    projects.project_code = '1-7'" in said
    assert difference(golden, golden) == ""
