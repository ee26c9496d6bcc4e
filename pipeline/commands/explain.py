"""`raingan explain`: a value back to its page, or a document and the form that was recognized."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.terminal import (
    FAILED,
    WRONG_USE,
    AsJson,
    MovedTo,
    errors_explained,
    fail,
    open_console,
    print_json,
    print_text,
)

if TYPE_CHECKING:
    from pipeline.tools.explain import (
        CellExplanation,
        CopyValue,
        ExplainStep,
        FormExplanation,
        QuotedSpan,
        RowExplanation,
    )
    from schemas.findings import Finding

MARKS = ("»", "«")
"""What stands around the raw text in its line; colours would be lost in a file."""
STEPS = {
    "fix": "repaired by",
    "label": "follows the label",
    "normalizer": "read by",
    "correction": "corrected by",
    "waiting": "from the next run on corrected by",
}


def explain(
    path: Annotated[Path, typer.Argument(metavar="FILE|OUT", help="A document, or a folder of tables.")],
    table: Annotated[str | None, typer.Argument(metavar="TABLE", help="A table under OUT.")] = None,
    row_key: Annotated[
        str | None, typer.Argument(metavar="ROW_KEY", help="The row_key of a row; of documents the document_id.")
    ] = None,
    column: Annotated[str | None, typer.Argument(metavar="COLUMN", help="A column. Default: the whole row.")] = None,
    source: MovedTo = None,
    as_json: AsJson = False,
) -> None:
    """Explain a value of a table, or the form of a document.

    Usage: explain FILE, or explain OUT TABLE ROW_KEY [COLUMN].

    For a file: which form it is on, and why: the titles and blocks that were found, and those that were not. A form
    claims a document by its title, or by enough of its blocks; where there are several forms, each gets its own pages.
    A document that no form claims is unknown: only sections under usual headings and labelled values are read.

    For a value: file, page, line and characters, the raw text in its line, the fixes and the normalizer that led to
    the value, what other copies say, and the findings about it. Where the source is gone or has changed, only what the
    table evidence holds.
    """
    if table is None:
        _explain_file(path, as_json=as_json)
    elif row_key is None:
        fail(f"which row of {table}? raingan explain {path} {table} ROW_KEY [COLUMN]; see column row_key", WRONG_USE)
    else:
        _explain_row(path, (table, row_key, column), source, as_json=as_json)


def _explain_file(file: Path, *, as_json: bool) -> None:
    from pipeline.errors import DocumentError
    from pipeline.tools.explain import explain_form

    if file.is_dir():
        fail(f"{file} is a folder; for a value of its tables: raingan explain {file} TABLE ROW_KEY [COLUMN]", WRONG_USE)
    if not file.is_file():
        fail(f"no such file: {file}", WRONG_USE)
    try:
        with errors_explained(file):
            explanation = explain_form(file)
    except DocumentError as error:
        fail(str(error), FAILED)
    if as_json:
        print_json(explanation.plain())
    else:
        _show_forms(explanation)


def _show_forms(explanation: "FormExplanation") -> None:
    """Print the pages of each form, then every form with its reason and its blocks, found and missing."""
    from pipeline.tools.explain import block_names, reason

    console = open_console()
    for region in explanation.regions:
        first, last = region.pages[0].number, region.pages[-1].number
        pages = f"page {first}" if first == last else f"pages {first} to {last}"
        print_text(console, f"{explanation.source}, {pages}: {region.form.name}")
    for score in explanation.scores:
        claims = "claims" if score.claims else "does not claim"
        print_text(console, f"\n{score.form.name} {claims} it: {reason(score)}")
        if score.blocks:
            print_text(console, f"  found: {', '.join(block_names(score.blocks, score))}")
            missing = ", ".join(block_names(score.worded - score.blocks, score)) or "none"
            print_text(console, f"  not found: {missing}")


def _explain_row(out: Path, cell: tuple[str, str, str | None], moved: Path | None, *, as_json: bool) -> None:
    from pipeline.errors import NoRowError, OutputError
    from pipeline.tools.explain import explain_row
    from pipeline.tools.output_tables import RunTables
    from pipeline.tools.source_files import SourceFiles

    try:
        row = explain_row(SourceFiles(RunTables(out), moved), *cell)
    except (OutputError, NoRowError) as error:
        fail(str(error), WRONG_USE)
    if as_json:
        print_json(row.plain())
    else:
        typer.echo("\n".join(row_lines(row)))


def row_lines(row: "RowExplanation") -> Iterator[str]:
    """The lines that explain a row."""
    yield f"{row.source}: {row.table} {row.row_key}"
    yield from (f"  note: {note}" for note in row.notes)
    for cell in row.cells:
        yield ""
        yield from _cell_lines(cell)
    if row.findings:
        yield ""
        yield from _finding_lines(row.findings, "about the row: ")


def _cell_lines(cell: "CellExplanation") -> Iterator[str]:
    unit = f" ({cell.unit})" if cell.unit else ""
    yield f"{cell.column} = {'null' if cell.value is None else printable(str(cell.value))}{unit}"
    if cell.method:
        copies = f", {cell.copies_agreeing} of {cell.copies_total} copies agree" if cell.copies_total > 1 else ""
        yield f"  {cell.method}, confidence {cell.confidence:.2f}{copies}"
    elif not cell.stretches:
        yield "  no text for this column was read on the page"
    for quote in cell.stretches:
        yield f"  {_quoted(quote)}"
    for step in cell.steps:
        yield f"  {_step_line(step)}"
    for copy in cell.copies:
        yield f"  {_copy_line(copy)}"
    if cell.alternatives and not cell.copies:
        yield f"  other readings: {'; '.join(map(repr, cell.alternatives))}"
    yield from _finding_lines(cell.findings, "")


def _quoted(quote: "QuotedSpan") -> str:
    line = "" if quote.line is None else f", line {quote.line}"
    text = " ".join(f"{quote.before}{MARKS[0]}{quote.raw_text}{MARKS[1]}{quote.behind}".split())
    return f"page {quote.page_number}{line}, characters {quote.char_start}-{quote.char_end}: {printable(text)}"


def printable(text: str) -> str:
    r"""The text with control and invisible characters written as in Python, so that no terminal obeys them.

    >>> printable("ก่อน\x1b[2J\u200b")
    'ก่อน\\x1b[2J\\u200b'
    """
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)


def _step_line(step: "ExplainStep") -> str:
    line = f"{STEPS[step.what]} {step.name}"
    if step.after is not None or step.before:
        line += f": {step.before!r} gives {'null' if step.after is None else repr(step.after)}"
    return f"{line}. {step.meaning}".rstrip(". ")


def _copy_line(copy: "CopyValue") -> str:
    places = "; ".join(map(_quoted, copy.stretches)) or "no text"
    reading = "cannot be read" if copy.value is None else f"has {printable(str(copy.value))}"
    return f"copy {copy.copy_number} {'agrees' if copy.agrees else reading}, {places}"


def _finding_lines(findings: "Sequence[Finding]", about: str) -> Iterator[str]:
    return (f"  {about}{one.severity} {one.code}: {one.message}" for one in findings)
