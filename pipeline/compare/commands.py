"""The commands that compare; each imports what it needs when it runs."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.exits import FAILED, WRONG_USE, fail


def golden(
    sample: Annotated[Path, typer.Argument(help="A sample, such as samples/bma_progress_report/01.txt.")],
    force: Annotated[bool, typer.Option("--force", help="Overwrite the golden file that is there.")] = False,
) -> None:
    """Write a sample's golden file, NN.expected.jsonl: a row a line, its table first. Compare it with the page."""
    from pipeline.errors import DocumentError
    from pipeline.golden import golden_path, golden_text

    if not sample.is_file():
        fail(f"no such sample: {sample}", WRONG_USE)
    place = golden_path(sample)
    try:
        text = golden_text(sample)
    except DocumentError as error:
        fail(str(error), FAILED)
    if place.exists() and place.read_text(encoding="utf-8") != text and not force:
        fail(f"{place} differs from what the parsers read now; look at the difference, then use --force", FAILED)
    place.write_text(text, encoding="utf-8")
    typer.echo(f"{place}: {len(text.splitlines())} rows; compare them with the page before you commit them")
