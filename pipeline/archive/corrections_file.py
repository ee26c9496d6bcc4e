"""What reviewers corrected: a file beside the tables, `OUT/corrections.csv`, one line for each cell.

It is no output of a run and no run changes it. A run applies it: the value becomes the cell's, with the printed one as
an alternative; evidence goes on quoting the page. A line holds for the printed value that it names and no other.
"""

import csv
import fcntl
import hashlib
import io
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from pipeline.document.corrections import Correction
from pipeline.errors import CorrectionError
from pipeline.sources.folders import CORRECTIONS


def read_corrections(out: Path) -> list[Correction]:
    """The corrections beside the tables of an output folder; of several lines for a cell the last counts.

    Raises:
        CorrectionError: a line is none.

    """
    path = out / CORRECTIONS
    if not path.exists():
        return []
    found = {one.cell: one for one in map(_correction, rows_of(path, required=Correction._fields))}
    return list(found.values())


def rows_of(path: Path, *, required: Sequence[str]) -> Iterator[dict[str, str]]:
    """The lines of a CSV file as a spreadsheet or we ourselves write it, by the names in its first line.

    Raises:
        CorrectionError: it is no such file, or it lacks a column or a cell.

    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CorrectionError(f"{path}: cannot be read: {error}; save it as CSV in UTF-8") from error
    lines = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    if missing := [name for name in required if name not in (lines.fieldnames or ())]:
        raise CorrectionError(f"{path}, line 1: lacks the columns {', '.join(missing)}; it names every column once")
    try:
        for row in lines:
            if any(value is None for value in row.values()) or None in row:
                raise CorrectionError(f"{path}, line {lines.line_num}: has not as many cells as line 1; mend it")
            yield row
    except csv.Error as error:
        raise CorrectionError(f"{path}, line {lines.line_num}: {error}; mend it") from error


def _correction(row: Mapping[str, str]) -> Correction:
    return Correction(*(row[name] for name in Correction._fields))


def write_corrections(out: Path, corrections: Iterable[Correction]) -> None:
    """Replace the file, whole or not at all."""
    said = io.StringIO(newline="")
    lines = csv.writer(said, lineterminator="\n")
    lines.writerow(Correction._fields)
    lines.writerows(corrections)
    unfinished = out / f"{CORRECTIONS}.unfinished"
    unfinished.write_text(said.getvalue(), encoding="utf-8", newline="")
    unfinished.replace(out / CORRECTIONS)


def change_corrections(out: Path, change: Callable[[list[Correction]], Iterable[Correction]]) -> None:
    """Read the file, and write what `change` makes of it, while nobody else does."""
    with _alone(out):
        write_corrections(out, change(read_corrections(out)))


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def by_document(corrections: Iterable[Correction]) -> dict[str, tuple[Correction, ...]]:
    """The corrections of each document, in the order of their cells."""
    found: dict[str, tuple[Correction, ...]] = {}
    for one in sorted(corrections):
        found[one.document_id] = (*found.get(one.document_id, ()), one)
    return found


def digest(corrections: Iterable[Correction]) -> str:
    """What the rows of a document depend on of its corrections; empty where it has none."""
    said = sorted((*one.cell, one.value, one.printed) for one in corrections)
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16] if said else ""
