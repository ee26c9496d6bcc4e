"""Every sample against its golden file, as `raingan check` compares them; `*.wanted.jsonl` holds rows not read yet."""

from pathlib import Path

import pytest

from pipeline.tools.check import check, find_samples

SAMPLES = Path(__file__).parents[1] / "samples"
ENOUGH = 6


@pytest.mark.parametrize("path", find_samples(SAMPLES), ids=lambda path: path.relative_to(SAMPLES).as_posix())
def test_a_sample_gives_the_rows_of_its_golden_file(path: Path) -> None:
    checked = check(path)
    if not checked.is_right:
        pytest.fail(checked.text(), pytrace=False)


def test_every_form_has_enough_samples() -> None:
    counts = {folder.name: len(list(folder.glob("*.txt"))) for folder in SAMPLES.iterdir() if folder.is_dir()}
    assert counts
    assert {name: count for name, count in counts.items() if count < ENOUGH} == {}
