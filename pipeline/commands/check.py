"""`raingan check`: samples against their golden files."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.terminal import (
    DONE,
    FAILED,
    WRONG_USE,
    AsJson,
    comparison_table,
    errors_explained,
    fail,
    open_console,
    print_json,
    print_text,
    require_inputs,
)

if TYPE_CHECKING:
    from pipeline.tools.check import CheckedSample
    from pipeline.tools.compare import Comparison


def check(
    samples: Annotated[
        list[Path], typer.Argument(metavar="SAMPLES...", help="Folders of samples with their golden files, or samples.")
    ],
    junit: Annotated[Path | None, typer.Option(metavar="FILE", help="Write JUnit XML too, for CI.")] = None,
    as_json: AsJson = False,
) -> None:
    """Compare samples with their golden files, cell by cell.

    Reads each sample, NN.txt, and compares its rows with NN.expected.jsonl. Shows every difference with page, line and
    raw text, and counts rows and cells that are right, wrong, missing and spurious. A sample without a golden file, a
    golden file without a sample, and a sample of no known form fail too. Exit codes: 0 all right, 1 a sample fails,
    2 wrong use, 3 could not go on.
    """
    from pipeline.tools.check import find_samples
    from pipeline.tools.compare import Comparison
    from pipeline.tools.differences import AGAINST_GOLDEN

    require_inputs(samples)
    paths = sorted({path for start in samples for path in find_samples(start)})
    if not paths:
        fail(f"no samples in {', '.join(map(str, samples))}; a sample is a document such as 01.txt", WRONG_USE)
    checked = _checked(paths, junit)
    total = Comparison()
    for sample in checked:
        total.add(sample.comparison)
    right = sum(sample.is_right for sample in checked)
    if as_json:
        counts = {"samples": len(checked), "right": right, "tables": total.plain(AGAINST_GOLDEN)}
        print_json(counts | {"checked": [sample.plain() for sample in checked]})
    else:
        _show(checked, total)
    raise typer.Exit(FAILED if right < len(checked) else DONE)


def _checked(paths: Sequence[Path], junit: Path | None) -> "list[CheckedSample]":
    from pipeline.tools.check import check as check_sample
    from pipeline.tools.check import write_junit

    with errors_explained(junit or paths[0]):
        checked = [check_sample(path) for path in paths]
        if junit:
            write_junit(checked, junit)
    return checked


def _show(checked: "Sequence[CheckedSample]", total: "Comparison") -> None:
    """Print the differences of each sample, then the counts by table and column."""
    from pipeline.tools.differences import AGAINST_GOLDEN

    console = open_console()
    for sample in checked:
        if not sample.is_right:
            print_text(console, sample.text())
    if total.rows:
        console.print(comparison_table(total, AGAINST_GOLDEN))
    wanted = sum(sample.still_wanted for sample in checked)
    right = sum(sample.is_right for sample in checked)
    not_read = f"; {wanted} wanted rows are not read yet" if wanted else ""
    print_text(console, f"{right} of {len(checked)} samples are right{not_read}")
