"""One explained row as a person reads it in the terminal."""

from collections.abc import Iterator, Sequence

from pipeline.tools.explain import CellExplanation, CopyReading, RowExplanation, Step, Stretch
from schemas.findings import Finding

MARKS = ("»", "«")
"""What the span stands between; colours would be lost in a file."""
STEPS = {
    "fix": "repaired",
    "label": "behind the label",
    "normalizer": "read by",
    "correction": "corrected by",
    "waiting": "from the next run on corrected by",
}


def lines_of(row: RowExplanation) -> Iterator[str]:
    """The lines that explain a row."""
    yield f"{row.source}: {row.table} {row.row_key}"
    yield from (f"  note: {note}" for note in row.notes)
    for cell in row.cells:
        yield ""
        yield from _cell(cell)
    if row.findings:
        yield ""
        yield from _findings(row.findings, "about the row: ")


def _cell(cell: CellExplanation) -> Iterator[str]:
    unit = f" ({cell.unit})" if cell.unit else ""
    yield f"{cell.column} = {'null' if cell.value is None else printable(str(cell.value))}{unit}"
    if cell.method:
        of_copies = f", {cell.copies_agreeing} of {cell.copies_total} copies agree" if cell.copies_total > 1 else ""
        yield f"  {cell.method}, confidence {cell.confidence:.2f}{of_copies}"
    elif not cell.stretches:
        yield "  the page prints nothing for it that was read"
    for stretch in cell.stretches:
        yield f"  {_place(stretch)}: {_marked(stretch)}"
    for step in cell.steps:
        yield f"  {_step(step)}"
    for copy in cell.copies:
        yield f"  {_copy(copy)}"
    if cell.alternatives and not cell.copies:
        yield f"  other readings: {'; '.join(map(repr, cell.alternatives))}"
    yield from _findings(cell.findings, "")


def _place(stretch: Stretch) -> str:
    line = "" if stretch.line is None else f", line {stretch.line}"
    return f"page {stretch.page_number}{line}, characters {stretch.char_start}-{stretch.char_end}"


def _marked(stretch: Stretch) -> str:
    said = f"{stretch.before}{MARKS[0]}{stretch.raw_text}{MARKS[1]}{stretch.behind}"
    return printable(" ".join(said.split()))


def printable(text: str) -> str:
    r"""The text with whatever a terminal would obey, or not show, written as in Python.

    >>> printable("ก่อน\x1b[2J\u200b")
    'ก่อน\\x1b[2J\\u200b'
    """
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)


def _step(step: Step) -> str:
    said = f"{STEPS[step.what]} {step.name}"
    if step.after is not None or step.before:
        said += f": {step.before!r} gives {'null' if step.after is None else repr(step.after)}"
    return f"{said}. {step.meaning}".rstrip(". ")


def _copy(copy: CopyReading) -> str:
    places = "; ".join(f"{_place(one)}: {_marked(one)}" for one in copy.stretches) or "nowhere"
    said = "agrees" if copy.agrees else "cannot be read" if copy.value is None else f"says {printable(str(copy.value))}"
    return f"copy {copy.copy_number} {said}, {places}"


def _findings(findings: Sequence[Finding], about: str) -> Iterator[str]:
    return (f"  {about}{one.severity} {one.code}: {one.message}" for one in findings)
