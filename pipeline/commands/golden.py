"""`raingan golden`: write what a sample's rows should be."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.terminal import FAILED, WRONG_USE, errors_explained, fail


def golden(
    sample: Annotated[Path, typer.Argument(help="A sample, such as samples/bma_progress_report/01.txt.")],
    force: Annotated[bool, typer.Option("--force", help="Overwrite an existing golden file.")] = False,
) -> None:
    """Write the golden file of a sample.

    NN.expected.jsonl has one row per line, its table first. Compare it with the page before you commit it. Where a
    golden file exists and differs, shows what would change, and writes only with --force.
    """
    from pipeline.document.process import process
    from pipeline.errors import DocumentError
    from pipeline.sources.read import read
    from pipeline.tools.check import golden_changes, golden_lines, golden_path, golden_rows

    if not sample.is_file():
        fail(f"no such sample: {sample}", WRONG_USE)
    path = golden_path(sample)
    try:
        source = read(sample, name=sample.name)
    except DocumentError as error:
        fail(str(error), FAILED)
    with errors_explained(path):
        rows = process(source)
    text = golden_lines(golden_rows(rows))
    if path.exists() and path.read_bytes() != text.encode():
        typer.echo("\n".join(golden_changes(sample, source, rows)))
        if not force:
            fail(f"{path} differs from the rows read now and was not changed; --force overwrites it", FAILED)
    path.write_text(text, encoding="utf-8")
    typer.echo(f"{path}: {len(text.splitlines())} rows; compare them with the page before you commit them")
