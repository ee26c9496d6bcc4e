"""Read and write `OUT/corrections.csv`: the corrections of reviewers, one line for each cell.

No run changes it. A run applies it: the cell gets the corrected value, and keeps the printed one as an alternative;
evidence still quotes the page. A line applies only to the printed value that it names.
"""

import csv
import fcntl
import hashlib
import io
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pipeline.document.corrections import Correction
from pipeline.errors import CorrectionError
from pipeline.sources.folders import CORRECTIONS

COLUMNS = tuple("printed" if field == "read_value" else field for field in Correction._fields)
"""The columns of the file, in the order of the fields of `Correction`."""


def read_corrections(out: Path) -> list[Correction]:
    """The corrections in an output folder; of several lines for a cell the last one counts.

    Raises:
        CorrectionError: a line is invalid.

    """
    path = out / CORRECTIONS
    if not path.exists():
        return []
    listed = (Correction(*(row[name] for name in COLUMNS)) for row in csv_rows(path, required=COLUMNS))
    return list({one.cell: one for one in listed}.values())


def csv_rows(path: Path, *, required: Sequence[str]) -> Iterator[dict[str, str]]:
    """The lines of a CSV file, by the names in its first line.

    Raises:
        CorrectionError: it is no CSV file, or lacks a column or a cell.

    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CorrectionError(f"{path}: cannot be read: {error}; save it as CSV in UTF-8") from error
    lines = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    if missing := [name for name in required if name not in (lines.fieldnames or ())]:
        raise CorrectionError(f"{path}, line 1: the columns {', '.join(missing)} are missing")
    try:
        for row in lines:
            if any(value is None for value in row.values()) or None in row:
                raise CorrectionError(f"{path}, line {lines.line_num}: has more or fewer cells than line 1; correct it")
            yield row
    except csv.Error as error:
        raise CorrectionError(f"{path}, line {lines.line_num}: {error}; correct it") from error


def write_corrections(out: Path, corrections: Iterable[Correction]) -> None:
    """Replace the file, completely or not at all."""
    text = io.StringIO(newline="")
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(COLUMNS)
    lines.writerows(corrections)
    unfinished = out / f"{CORRECTIONS}.unfinished"
    unfinished.write_text(text.getvalue(), encoding="utf-8", newline="")
    unfinished.replace(out / CORRECTIONS)


def change_corrections(out: Path, change: Callable[[list[Correction]], Iterable[Correction]]) -> None:
    """Replace the content of the file by what `change` makes of it; meanwhile nobody else writes it."""
    with _locked_folder(out):
        write_corrections(out, change(read_corrections(out)))


@contextmanager
def _locked_folder(folder: Path) -> Iterator[None]:
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def by_document(corrections: Iterable[Correction]) -> dict[str, tuple[Correction, ...]]:
    """The corrections of each document, in order of their cells."""
    grouped: dict[str, tuple[Correction, ...]] = {}
    for correction in sorted(corrections):
        grouped[correction.document_id] = (*grouped.get(correction.document_id, ()), correction)
    return grouped


def digest(corrections: Iterable[Correction]) -> str:
    """A digest of what changes the rows of a document; empty without corrections."""
    values = sorted((*one.cell, one.value, one.read_value) for one in corrections)
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()[:16] if values else ""
