"""The commands that look back from the tables to the pages."""

import json
from pathlib import Path
from typing import Annotated

import typer

from pipeline.exits import FAILED, WRONG_USE, fail


def explain(
    place: Annotated[Path, typer.Argument(metavar="FILE|OUT", help="A document, or a folder of tables.")],
    table: Annotated[str | None, typer.Argument(metavar="TABLE", help="A table under OUT.")] = None,
    row_key: Annotated[
        str | None, typer.Argument(metavar="ROW_KEY", help="A row of it: its row_key; of documents the id.")
    ] = None,
    column: Annotated[str | None, typer.Argument(metavar="COLUMN", help="One column; else the whole row.")] = None,
    source: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where the documents are now, if they moved since the run.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Explain a document or a cell: `explain FILE`, or `explain OUT TABLE ROW_KEY [COLUMN]`.

    Of a file: which form claims it, and why: its titles, the blocks that were found, and those that were not. A form
    claims a document by its title, or by enough of its blocks; several forms each get their own pages. A document that
    none claims is `unknown`: it gives sections by the usual headings, and what labels say.

    Of a cell: file, page, line and characters, the text there marked in its line, the fixes and the normalizer that
    led to the value, what other copies say, and the findings about it. Where the source is gone or has changed, what
    evidence holds.
    """
    if table is None:
        _explain_file(place, as_json=as_json)
    elif row_key is None:
        fail(f"which row of {table}? raingan explain {place} {table} ROW_KEY [COLUMN]; see column row_key", WRONG_USE)
    else:
        _explain_row(place, (table, row_key, column), source, as_json=as_json)


def _explain_file(file: Path, *, as_json: bool) -> None:
    from pipeline.errors import DocumentError
    from pipeline.explain import explain as explain_document
    from pipeline.terminal import show_explanation

    if file.is_dir():
        fail(f"{file} is a folder; for a cell of its tables: raingan explain {file} TABLE ROW_KEY [COLUMN]", WRONG_USE)
    if not file.is_file():
        fail(f"no such file: {file}", WRONG_USE)
    try:
        explanation = explain_document(file)
    except DocumentError as error:
        fail(str(error), FAILED)
    if as_json:
        typer.echo(json.dumps(explanation.plain(), ensure_ascii=False, indent=1))
    else:
        show_explanation(explanation)


def _explain_row(out: Path, cell: tuple[str, str, str | None], moved: Path | None, *, as_json: bool) -> None:
    from pipeline.errors import NoRowError, OutputError
    from pipeline.explain_cell import explain_row
    from pipeline.sources import Sources
    from pipeline.state import State
    from pipeline.terminal_cell import lines_of

    try:
        row = explain_row(Sources(State(out), moved), *cell)
    except (OutputError, NoRowError) as error:
        fail(str(error), WRONG_USE)
    if as_json:
        typer.echo(json.dumps(row.plain(), ensure_ascii=False, indent=1, default=str))
    else:
        typer.echo("\n".join(lines_of(row)))


def add_to(app: typer.Typer) -> None:
    """Put the commands beside the others."""
    app.command()(explain)
