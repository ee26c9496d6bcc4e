"""Samples against their golden files: what `raingan check` tells and each test of the pytest plugin asks."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from traceback import extract_tb
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from pipeline.document.process import process
from pipeline.document.validate import Rows
from pipeline.errors import DeclarationError, DocumentError, GoldenError
from pipeline.model import Source
from pipeline.sources.kinds import KINDS
from pipeline.sources.read import read
from pipeline.tools.compare import Comparison, Difference, Row, compare
from pipeline.tools.differences import AGAINST_GOLDEN, Place, Places, locate, message, plain
from schemas import TABLES
from schemas.base import Table
from schemas.blocks import BlockRow
from schemas.evidence import Evidence
from schemas.findings import Finding
from schemas.pages import PageRow

GoldenRow = dict[str, object]
"""The values of a row by column, its table first."""


GOLDEN, WANTED = ".expected.jsonl", ".wanted.jsonl"
MOST_SAID = 100
"""Differences of a sample that its text tells; JSON has them all."""
ADVICE = "where the page says what was found, write the golden file anew: raingan golden SAMPLE --force"


@dataclass(frozen=True, slots=True)
class Checked:
    """A sample and what its rows are against its golden file."""

    path: Path
    """The sample, or a golden file without one."""
    troubles: tuple[str, ...] = ()
    """What is wrong beside its rows."""
    comparison: Comparison = field(default_factory=Comparison)
    differences: tuple[tuple[Difference, Place | None], ...] = ()
    still_wanted: int = 0
    """Rows that `*.wanted.jsonl` asks for and no parser reads yet."""

    @property
    def is_right(self) -> bool:
        """Whether all is as the golden file says."""
        return not self.troubles and not self.differences

    def summary(self) -> str:
        """What is wrong, in a few words."""
        counted = Counter(f"{'cells' if found.column else 'rows'} {found.verdict}" for found, _ in self.differences)
        return ", ".join([*self.troubles, *(f"{what}: {count}" for what, count in counted.items())])

    def messages(self) -> list[str]:
        """All that is wrong, a line each; nothing where all is right."""
        name = self.path.as_posix()
        lines = [f"{name}: {trouble}" for trouble in self.troubles]
        lines += [message(name, *difference, AGAINST_GOLDEN) for difference in self.differences[:MOST_SAID]]
        more = len(self.differences) - MOST_SAID
        return lines + ([f"{name}: {more} more differences; --json has them all"] if more > 0 else [])

    def text(self) -> str:
        """All that is wrong, and what to do."""
        return "\n".join([*self.messages(), ADVICE] if self.differences else self.messages())

    def plain(self) -> dict[str, object]:
        """What a script needs."""
        return {
            "sample": self.path.as_posix(),
            "is_right": self.is_right,
            "troubles": self.troubles,
            "still_wanted": self.still_wanted,
            "differences": [plain(*difference, AGAINST_GOLDEN) for difference in self.differences],
        }


def cases(start: Path) -> list[Path]:
    """The samples of a folder, and the golden files in it that have no sample; hidden files aside."""
    if not start.is_dir():
        return [start]
    shown = (path for path in start.rglob("*") if not any(part[0] == "." for part in path.relative_to(start).parts))
    return sorted(path for path in shown if is_case(path) and path.is_file())


def is_case(path: Path) -> bool:
    """Whether a file is a sample, or a golden file without one."""
    return path.suffix.lower() in KINDS or _is_orphan(path)


def check(path: Path) -> Checked:
    """Read a sample and compare its rows with its golden file; a failure of any kind is a trouble of the sample.

    Raises:
        DeclarationError: a form is declared wrongly, so that no sample can be read.

    """
    if _is_orphan(path):
        return Checked(path, ("a golden file without its sample: bring the sample back, or remove the file",))
    try:
        source = read(path, name=path.name)
        rows = process(source)
    except DeclarationError:
        raise
    except DocumentError as error:
        return Checked(path, (str(error),))
    except Exception as error:  # noqa: BLE001 - one sample may not hide what is to be said of the others
        at = extract_tb(error.__traceback__)[-1]
        return Checked(path, (f"{type(error).__name__}: {error}, raised in {at.filename}, line {at.lineno}",))
    return _checked(path, source, rows)


def compare_with_golden(path: Path, golden: Sequence[GoldenRow], source: Source, rows: Rows) -> Checked:
    """Compare the rows of a document with those of a golden file, and say where each difference stands."""
    comparison = compare(by_table(golden), by_table(golden_rows(rows)))
    places = Places(golden_rows(rows, tables=(Evidence,)))
    found = ((difference, locate(difference, places)) for difference in comparison.differences)
    differences = tuple((difference, place and place.in_text(source.text)) for difference, place in found)
    return Checked(path, comparison=comparison, differences=differences)


def changes(path: Path, source: Source, rows: Rows) -> list[str]:
    """What a golden file written anew would say otherwise than the one that is there, a line each."""
    try:
        compared = compare_with_golden(path, rows_in(golden_path(path)), source, rows)
    except GoldenError as error:
        return [str(error)]
    return compared.messages() or ["the rows are the same; their order, or how they are written, differs"]


def by_table(rows: Iterable[GoldenRow]) -> dict[str, list[Row]]:
    """The rows of a golden file by their table."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        values = {column: value for column, value in row.items() if column != "table"}
        found.setdefault(str(row["table"]), []).append(values)
    return found


def _checked(path: Path, source: Source, rows: Rows) -> Checked:
    troubles: list[str] = []
    if rows.document.form == "unknown":
        troubles.append("no form claims it; raingan explain says why")
    compared, still_wanted = Checked(path), 0
    try:
        if golden_path(path).exists():
            compared = compare_with_golden(path, rows_in(golden_path(path)), source, rows)
        else:
            troubles.append("no golden file: write it with raingan golden, and check its rows against the page")
        if path.with_suffix(WANTED).exists():
            now = golden_rows(rows)
            still_wanted = sum(row not in now for row in rows_in(path.with_suffix(WANTED)))
            if not still_wanted:
                troubles.append("all rows that were wanted are read now: move them to the golden file")
    except GoldenError as error:
        troubles.append(str(error))
    return Checked(path, tuple(troubles), compared.comparison, compared.differences, still_wanted)


def _is_orphan(path: Path) -> bool:
    for suffix in (GOLDEN, WANTED):
        if path.name.endswith(suffix):
            stem = path.name.removesuffix(suffix)
            return not any(path.with_name(stem + of_sample).exists() for of_sample in KINDS)
    return False


GOLDEN_TABLES = tuple(model for model in TABLES if model not in (Evidence, BlockRow))
"""The tables of a golden file. Those left out follow from the others and the page, and tests check what must hold."""
_VOLATILE = {"parser_version", "byte_count"}
_HIDDEN: dict[type[Table], set[str]] = {PageRow: {"similarity", "char_start", "char_end"}, Finding: {"ordinal"}}


def golden_path(sample: Path) -> Path:
    """Where the golden file of a sample stands: beside it."""
    return sample.with_suffix(".expected.jsonl")


def golden_lines(rows: Sequence[GoldenRow]) -> str:
    """Rows as a golden file holds them, one a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def golden_rows(rows: Rows, *, tables: Sequence[type[Table]] = GOLDEN_TABLES) -> list[GoldenRow]:
    """The rows of a document as plain values in the order of the tables, nulls left out, the document's id as `*`."""
    document_id = rows.document.document_id
    lines: list[GoldenRow] = []
    for model in tables:
        hidden = _VOLATILE | _HIDDEN.get(model, set())
        for row in rows.by_table[model]:
            values = {
                column: value
                for column, value in row.model_dump(mode="json").items()
                if value is not None and column not in hidden
            }
            lines.append(
                {"table": model.table} | {column: _portable(value, document_id) for column, value in values.items()}
            )
    return lines


def _portable(value: object, document_id: str) -> object:
    return value.replace(document_id, "*") if isinstance(value, str) else value


def rows_in(golden: Path) -> list[GoldenRow]:
    """The rows of a golden file.

    Raises:
        GoldenError: a line of it is no row.

    """
    try:
        lines = golden.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise GoldenError(golden, 1, str(error)) from error
    return [_row(line, number, golden) for number, line in enumerate(lines, 1) if line.strip()]


def _row(line: str, number: int, golden: Path) -> GoldenRow:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise GoldenError(golden, number, str(error)) from error
    if not isinstance(row, dict) or not isinstance(row.get("table"), str):
        raise GoldenError(golden, number, f"{line[:60]!r} names no table")
    return row


_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_junit(checked: Sequence[Checked], path: Path) -> None:
    """Write the report; an `OSError` where it cannot be written."""
    by_folder = attrgetter("path.parent")
    suites = Element("testsuites", _counts(checked))
    for folder, of_folder in groupby(sorted(checked, key=by_folder), key=by_folder):
        samples = list(of_folder)
        suite = SubElement(suites, "testsuite", {"name": _xml(folder.name or "samples"), **_counts(samples)})
        for sample in samples:
            names = {"classname": _xml(folder.as_posix()), "name": _xml(sample.path.name)}
            case = SubElement(suite, "testcase", names)
            if not sample.is_right:
                SubElement(case, "failure", {"message": _xml(sample.summary())}).text = _xml(sample.text())
    indent(suites)
    ElementTree(suites).write(path, encoding="utf-8", xml_declaration=True)


def _counts(samples: Sequence[Checked]) -> dict[str, str]:
    failures = sum(not sample.is_right for sample in samples)
    return {"tests": str(len(samples)), "failures": str(failures), "errors": "0"}


def _xml(text: str) -> str:
    """Text without the signs that XML has no way to write."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
