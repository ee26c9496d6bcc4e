"""The commands that compare; each imports what it needs when it runs."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.exits import DONE, FAILED, STOPPED, WRONG_USE, fail

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.tools.check import Checked

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def check(
    samples: Annotated[
        list[Path], typer.Argument(metavar="SAMPLES...", help="Folders of samples with their golden files, or samples.")
    ],
    junit: Annotated[Path | None, typer.Option(metavar="FILE", help="Write JUnit XML too, for CI.")] = None,
    as_json: AsJson = False,
) -> None:
    """Compare what the parsers read in each sample, NN.txt, with its golden file, NN.expected.jsonl, cell by cell.

    Tells every difference with page, line and raw text, and counts rows and cells right, wrong, missing and spurious.
    A sample without a golden file, a golden file without a sample, and a sample that no form claims fail too. Exit
    codes: 0 all right, 1 a sample fails, 2 wrong use, 3 could not go on.
    """
    from pipeline.commands.show_comparison import show_checked
    from pipeline.tools.check import cases
    from pipeline.tools.compare import Comparison
    from pipeline.tools.differences import AGAINST_GOLDEN

    if lost := [str(start) for start in samples if not start.exists()]:
        fail(f"no such file or folder: {', '.join(lost)}", WRONG_USE)
    paths = sorted({path for start in samples for path in cases(start)})
    if not paths:
        fail(f"no samples below {', '.join(map(str, samples))}: a sample is a text, such as 01.txt", WRONG_USE)
    checked = _checked(paths, junit)
    total = Comparison()
    for sample in checked:
        total.add(sample.comparison)
    right = sum(sample.is_right for sample in checked)
    if as_json:
        said = {"samples": len(checked), "right": right, "tables": total.plain(AGAINST_GOLDEN)}
        _echo(said | {"checked": [sample.plain() for sample in checked]})
    else:
        show_checked(checked, total)
    raise typer.Exit(FAILED if right < len(checked) else DONE)


def _checked(paths: "Sequence[Path]", junit: Path | None) -> "list[Checked]":
    from pipeline.errors import DeclarationError
    from pipeline.tools.check import check as check_sample
    from pipeline.tools.check import write_junit

    try:
        checked = [check_sample(path) for path in paths]
        if junit:
            write_junit(checked, junit)
    except DeclarationError as error:
        fail(f"a form is declared wrongly: {error}", STOPPED)
    except OSError as error:
        fail(f"cannot go on: {error.strerror or error}: {error.filename}", STOPPED)
    return checked


def diff(
    before: Annotated[Path, typer.Argument(metavar="OUT1", help="Folder that an earlier run wrote.")],
    now: Annotated[Path, typer.Argument(metavar="OUT2", help="Folder that a later run over the same inputs wrote.")],
    inputs: Annotated[
        list[str] | None,
        typer.Option("--input", help="What both runs read, as given to them: examples then tell their lines."),
    ] = None,
    examples: Annotated[
        int, typer.Option(help="Differences shown of each table, column and kind of difference.", min=0)
    ] = 3,
    as_json: AsJson = False,
) -> None:
    """Compare two runs of the same archive cell by cell: what other parsers changed, by table and column.

    Documents are the same where their bytes are. Works through the tables shard by shard, however large they are.
    Exit codes: 0 the runs say the same, 1 they differ, 2 wrong use, 3 could not go on.
    """
    from pyarrow import ArrowException

    from pipeline.commands.show_comparison import show_diff
    from pipeline.commands.terminal import progress_bar
    from pipeline.errors import OutputError
    from pipeline.sources.find import missing
    from pipeline.tools.diff import diff as diff_runs

    if lost := missing(inputs or []):
        fail(f"no such file or folder: {', '.join(lost)}", WRONG_USE)
    try:
        with progress_bar(is_shown=not as_json) as progress:
            found = diff_runs(before, now, examples=examples, inputs=inputs or (), progress=progress)
    except OutputError as error:
        fail(str(error), WRONG_USE)
    except (OSError, ArrowException) as error:
        fail(f"cannot go on: {error}; run again into a new folder", STOPPED)
    if as_json:
        _echo(found.plain())
    else:
        show_diff(found)
    raise typer.Exit(DONE if found.is_empty else FAILED)


def golden(
    sample: Annotated[Path, typer.Argument(help="A sample, such as samples/bma_progress_report/01.txt.")],
    force: Annotated[bool, typer.Option("--force", help="Overwrite the golden file that is there.")] = False,
) -> None:
    """Write a sample's golden file, NN.expected.jsonl: a row a line, its table first. Compare it with the page.

    Where there is one that says otherwise, shows what would change, and writes only with --force.
    """
    from pipeline.document.process import process
    from pipeline.errors import DocumentError
    from pipeline.sources.read import read
    from pipeline.tools.check import changes, golden_lines, golden_path, golden_rows

    if not sample.is_file():
        fail(f"no such sample: {sample}", WRONG_USE)
    place = golden_path(sample)
    try:
        source = read(sample, name=sample.name)
    except DocumentError as error:
        fail(str(error), FAILED)
    rows = process(source)
    text = golden_lines(golden_rows(rows))
    if place.exists() and place.read_bytes() != text.encode():
        typer.echo("\n".join(changes(sample, source, rows)))
        if not force:
            fail(f"{place} differs from what the parsers read now, and stays as it is; --force overwrites it", FAILED)
    place.write_text(text, encoding="utf-8")
    typer.echo(f"{place}: {len(text.splitlines())} rows; compare them with the page before you commit them")


def _echo(said: object) -> None:
    """Print JSON; dates and decimals as text."""
    typer.echo(json.dumps(said, ensure_ascii=False, indent=1, default=str))
