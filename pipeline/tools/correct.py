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
from pipeline.tools.output_tables import RunTables, find_row, model_of, require_column
from pipeline.tools.source_files import SourceFiles
from schemas.documents import DocumentRow
from schemas.evidence import Evidence

CSV_COLUMNS = ("table", "row_key", "column", "value", "why")
"""Required columns of a CSV file of new corrections."""


class NewCorrection(NamedTuple):
    """A correction as a reviewer gives it."""

    table: str
    row_key: str
    column: str
    value: str
    why: str
    by: str
    location: str = ""
    """File and row, if several are entered at once."""


def read_new_corrections(path: Path, *, by: str) -> Iterator[NewCorrection]:
    """The corrections in a CSV file, made by the reviewer named in it, else by `by`.

    Raises:
        CorrectionError: the file is invalid.

    """
    for number, row in enumerate(csv_rows(path, required=CSV_COLUMNS), 2):
        values = {name: row[name] for name in CSV_COLUMNS}
        yield NewCorrection(**values, by=row.get("by") or by, location=f"{path}, row {number}: ")


def enter(run: RunTables, new: Iterable[NewCorrection]) -> list[Correction]:
    """Add all corrections to the file, or none; a correction replaces an earlier one of the same cell.

    Raises:
        CorrectionError: a cell or reason is missing, or the column cannot hold the value, or has it already.

    """
    when = datetime.now(UTC).isoformat(timespec="seconds")
    entered: list[Correction] = []

    def change(corrections: list[Correction]) -> list[Correction]:
        by_cell = {one.cell: one for one in corrections}
        for given in new:
            correction = _checked(run, given, by_cell.get(given[:3]), when)
            by_cell[correction.cell] = correction
            entered.append(correction)
        return list(by_cell.values())

    change_corrections(run.out, change)
    return entered


def remove(out: Path, cell: tuple[str, str, str]) -> None:
    """Remove the correction of a cell from the file.

    Raises:
        CorrectionError: there is none.

    """

    def change(corrections: Sequence[Correction]) -> list[Correction]:
        kept = [one for one in corrections if one.cell != cell]
        if len(kept) == len(corrections):
            raise CorrectionError(f"{' '.join(cell)} has no correction")
        return kept

    change_corrections(out, change)


def _checked(run: RunTables, given: NewCorrection, earlier: Correction | None, when: str) -> Correction:
    try:
        value, read_value = _values(run, given, earlier)
    except (NoRowError, CorrectionError) as error:
        raise CorrectionError(f"{given.location}{given.table} {given.row_key} {given.column}: {error}") from error
    document_id = given.row_key[:ID_LENGTH]
    return Correction(document_id, *given[:3], value, read_value, given.why.strip(), when, given.by)


def _values(run: RunTables, given: NewCorrection, earlier: Correction | None) -> tuple[str, str]:
    """The corrected value, and the value that the parsers read."""
    model = model_of(given.table)
    column = require_column(model, given.column)
    row = find_row(run, model, given.row_key)
    value = written(typed(model, column, given.value))
    read_value = _read_value(run, given, getattr(row, column), earlier)
    if value == read_value:
        raise CorrectionError(f"the value is {read_value or None!r} already; --remove removes a correction")
    if not given.why.strip():
        raise CorrectionError("give a reason with --why: what the scan shows, or who was asked")
    return value, read_value


def _read_value(run: RunTables, given: NewCorrection, value: object, earlier: Correction | None) -> str:
    """The value that the parsers read; empty if the page has none."""
    rows = run.rows(Evidence, given.row_key[:ID_LENGTH])
    evidence = [row for row in rows if (row.table_name, row.row_key, row.column_name) == given[:3]]
    if not evidence:
        return ""
    if evidence[0].method != CORRECTED:
        return written(value)
    if earlier is None:
        raise CorrectionError("the tables still have a correction that was removed; run again first")
    return earlier.read_value


class ExportedSample(NamedTuple):
    """A document and its sample, or the reason why there is none."""

    source: str
    sample: Path | None
    reason: str = ""


def export_samples(sources: SourceFiles, folder: Path) -> Iterator[ExportedSample]:
    """Write `<form>/<document id>.txt` and its golden file for every document with corrections."""
    for document_id, corrections in by_document(read_corrections(sources.run.out)).items():
        rows = sources.run.rows(DocumentRow, document_id)
        if not rows:
            yield ExportedSample(document_id, None, "the tables do not have this document; run raingan over it first")
            continue
        document, text = rows[0], sources.find(document_id)
        if text.source is None:
            yield ExportedSample(document.source, None, text.reason)
            continue
        suffix = PurePosixPath(document.source).suffix or ".txt"
        sample = folder / (document.form or "unknown") / f"{document_id}{suffix}"
        sample.parent.mkdir(parents=True, exist_ok=True)
        sample.write_bytes(text.content)
        golden = golden_lines(golden_rows(process(read(sample, name=sample.name), corrections=corrections)))
        if NOT_APPLIED in golden:
            sample.unlink()
            reason = f"a correction could not be applied; see findings with code {NOT_APPLIED}"
            yield ExportedSample(document.source, None, reason)
            continue
        golden_path(sample).write_text(golden, encoding="utf-8")
        yield ExportedSample(document.source, sample)
