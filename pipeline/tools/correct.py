"""Enter corrections, each checked against the tables; and export corrected documents as samples."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from pipeline.archive.corrections_file import by_document, change_corrections, csv_rows, read_corrections
from pipeline.document.corrections import NOT_APPLIED, Correction, typed, written
from pipeline.document.process import process
from pipeline.errors import CorrectionError, NoRowError
from pipeline.sources.read import ID_LENGTH, read
from pipeline.tools.check import golden_lines, golden_path, golden_rows
from pipeline.tools.explain import CORRECTED
from pipeline.tools.output_tables import State, find_row, model_of, require_column
from pipeline.tools.source_files import Sources
from schemas.documents import Document
from schemas.evidence import Evidence

ENTERED = ("table", "row_key", "column", "value", "why")


class Entry(NamedTuple):
    """What a reviewer enters."""

    table: str
    row_key: str
    column: str
    value: str
    why: str
    by: str
    place: str = ""
    """Where it stands, where several are entered at once."""


def entries_in(path: Path, *, by: str) -> Iterator[Entry]:
    """The entries of a CSV file, by whom it says, or else by the reviewer who hands it in.

    Raises:
        CorrectionError: it is no such file.

    """
    for number, row in enumerate(csv_rows(path, required=ENTERED), 2):
        place = f"{path}, row {number}: "
        yield Entry(**{name: row[name] for name in ENTERED}, by=row.get("by") or by, place=place)


def enter(state: State, entries: Iterable[Entry]) -> list[Correction]:
    """Put all entries into the file of corrections, or none; an entry takes the place of an earlier one for its cell.

    Raises:
        CorrectionError: an entry is about no cell, gives no reason, no value of the column, or the value that is read.

    """
    when = datetime.now(UTC).isoformat(timespec="seconds")
    entered: list[Correction] = []

    def change(known: list[Correction]) -> list[Correction]:
        by_cell = {one.cell: one for one in known}
        for entry in entries:
            correction = _checked(state, entry, by_cell.get(entry[:3]), when)
            by_cell[correction.cell] = correction
            entered.append(correction)
        return list(by_cell.values())

    change_corrections(state.out, change)
    return entered


def remove(out: Path, cell: tuple[str, str, str]) -> None:
    """Take the correction of a cell out of the file.

    Raises:
        CorrectionError: there is none.

    """

    def change(known: Sequence[Correction]) -> list[Correction]:
        kept = [one for one in known if one.cell != cell]
        if len(kept) == len(known):
            raise CorrectionError(f"{' '.join(cell)} is not corrected")
        return kept

    change_corrections(out, change)


def _checked(state: State, entry: Entry, earlier: Correction | None, when: str) -> Correction:
    try:
        value, printed = _values(state, entry, earlier)
    except (NoRowError, CorrectionError) as error:
        raise CorrectionError(f"{entry.place}{entry.table} {entry.row_key} {entry.column}: {error}") from error
    document_id = entry.row_key[:ID_LENGTH]
    return Correction(document_id, *entry[:3], value, printed, entry.why.strip(), when, entry.by)


def _values(state: State, entry: Entry, earlier: Correction | None) -> tuple[str, str]:
    """What the cell should be, and what the page is read as."""
    model = model_of(entry.table)
    column = require_column(model, entry.column)
    row = find_row(state, model, entry.row_key)
    value = written(typed(model, column, entry.value))
    printed = _printed(state, entry, getattr(row, column), earlier)
    if value == printed:
        raise CorrectionError(f"{printed or None!r} is what the page is read as; --remove withdraws a correction")
    if not entry.why.strip():
        raise CorrectionError("say why: what the scan shows, or who was asked")
    return value, printed


def _printed(state: State, entry: Entry, value: object, earlier: Correction | None) -> str:
    """What the parsers read there; empty where it is nothing on the page."""
    rows = state.rows(Evidence, entry.row_key[:ID_LENGTH])
    mine = [row for row in rows if (row.table_name, row.row_key, row.column_name) == entry[:3]]
    if not mine:
        return ""
    if mine[0].method != CORRECTED:
        return written(value)
    if earlier is None:
        raise CorrectionError("the tables hold a correction that was removed; run again first")
    return earlier.read_value


class Exported(NamedTuple):
    """A document, and its sample, or the reason why there is none."""

    source: str
    sample: Path | None
    reason: str = ""


def export_samples(sources: Sources, folder: Path) -> Iterator[Exported]:
    """Write `<form>/<document id>.txt` and its golden file for every document with corrections."""
    for document_id, corrections in by_document(read_corrections(sources.state.out)).items():
        rows = sources.state.rows(Document, document_id)
        if not rows:
            yield Exported(document_id, None, "no document of the tables; run over it first")
            continue
        document, found = rows[0], sources.find(document_id)
        if found.source is None:
            yield Exported(document.source, None, found.reason)
            continue
        suffix = PurePosixPath(document.source).suffix or ".txt"
        sample = folder / (document.form or "unknown") / f"{document_id}{suffix}"
        sample.parent.mkdir(parents=True, exist_ok=True)
        sample.write_bytes(found.content)
        golden = golden_lines(golden_rows(process(read(sample, name=sample.name), corrections=corrections)))
        if NOT_APPLIED in golden:
            sample.unlink()
            yield Exported(document.source, None, f"a correction does not hold; see the findings {NOT_APPLIED}")
            continue
        golden_path(sample).write_text(golden, encoding="utf-8")
        yield Exported(document.source, sample)
