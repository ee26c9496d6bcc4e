"""Compare samples with their golden files, for `raingan check` and for the tests of the pytest plugin."""

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
from pipeline.document.rows import Rows
from pipeline.errors import DeclarationError, DocumentError, GoldenError
from pipeline.model import Source
from pipeline.sources.read import KINDS, read
from pipeline.tools.compare import Comparison, Difference, PlainRow, compare
from pipeline.tools.differences import AGAINST_GOLDEN, EvidenceLocations, Location, locate, message, plain
from schemas import TABLES
from schemas.base import Table
from schemas.blocks import BlockRow
from schemas.evidence import Evidence
from schemas.findings import Finding
from schemas.pages import PageRow

GOLDEN, WANTED = ".expected.jsonl", ".wanted.jsonl"
GOLDEN_TABLES = tuple(model for model in TABLES if model not in (Evidence, BlockRow))
"""The tables of a golden file. The others follow from these and the page, and tests check what must hold for them."""
MAX_MESSAGES = 100
"""Differences of a sample that are shown; JSON has all of them."""
ADVICE = "if the page agrees with what was read, write the golden file again: raingan golden SAMPLE --force"
_VOLATILE = {"parser_version", "byte_count"}
_HIDDEN: dict[type[Table], set[str]] = {PageRow: {"similarity", "char_start", "char_end"}, Finding: {"ordinal"}}
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

GoldenRow = dict[str, object]
"""The values of a row by column, its table first."""


@dataclass(frozen=True, slots=True)
class CheckedSample:
    """A sample compared with its golden file."""

    path: Path
    """The sample, or a golden file without one."""
    problems: tuple[str, ...] = ()
    """What is wrong apart from its rows."""
    comparison: Comparison = field(default_factory=Comparison)
    differences: tuple[tuple[Difference, Location | None], ...] = ()
    still_wanted: int = 0
    """Rows of `*.wanted.jsonl` that no parser reads yet."""

    @property
    def is_right(self) -> bool:
        """Whether everything is as the golden file says."""
        return not self.problems and not self.differences

    def summary(self) -> str:
        """What is wrong, in a few words."""
        counts = Counter(f"{'cells' if one.column else 'rows'} {one.verdict}" for one, _ in self.differences)
        return ", ".join([*self.problems, *(f"{what}: {count}" for what, count in counts.items())])

    def messages(self) -> list[str]:
        """Everything that is wrong, one line each."""
        name = self.path.as_posix()
        lines = [f"{name}: {problem}" for problem in self.problems]
        lines += [message(name, *difference, AGAINST_GOLDEN) for difference in self.differences[:MAX_MESSAGES]]
        more = len(self.differences) - MAX_MESSAGES
        return lines + ([f"{name}: {more} more differences; --json lists all"] if more > 0 else [])

    def text(self) -> str:
        """Everything that is wrong, and what to do."""
        return "\n".join([*self.messages(), ADVICE] if self.differences else self.messages())

    def plain(self) -> dict[str, object]:
        """The sample as JSON."""
        return {
            "sample": self.path.as_posix(),
            "is_right": self.is_right,
            "troubles": self.problems,
            "still_wanted": self.still_wanted,
            "differences": [plain(*difference, AGAINST_GOLDEN) for difference in self.differences],
        }


def find_samples(start: Path) -> list[Path]:
    """The samples in a folder, and golden files without a sample; without hidden files."""
    if not start.is_dir():
        return [start]
    shown = (path for path in start.rglob("*") if not any(part[0] == "." for part in path.relative_to(start).parts))
    return sorted(path for path in shown if is_sample(path) and path.is_file())


def is_sample(path: Path) -> bool:
    """Whether a file is a sample, or a golden file without one."""
    return path.suffix.lower() in KINDS or _is_orphan(path)


def check(path: Path) -> CheckedSample:
    """Read a sample and compare its rows with its golden file; a failure of any kind is a problem of the sample.

    Raises:
        DeclarationError: a form is declared wrongly, so that no sample can be read.

    """
    if _is_orphan(path):
        return CheckedSample(path, ("a golden file without its sample; add the sample, or remove the file",))
    try:
        source = read(path, name=path.name)
        rows = process(source)
    except DeclarationError:
        raise
    except DocumentError as error:
        return CheckedSample(path, (str(error),))
    except Exception as error:  # noqa: BLE001 - one sample must not hide the problems of the others
        at = extract_tb(error.__traceback__)[-1]
        return CheckedSample(path, (f"{type(error).__name__}: {error}, raised in {at.filename}, line {at.lineno}",))
    return _checked(path, source, rows)


def _checked(path: Path, source: Source, rows: Rows) -> CheckedSample:
    problems: list[str] = []
    if rows.document.form == "unknown":
        problems.append("its form was not recognized; raingan explain shows why")
    compared, still_wanted = CheckedSample(path), 0
    try:
        if golden_path(path).exists():
            compared = compare_with_golden(path, read_golden(golden_path(path)), source, rows)
        else:
            problems.append("no golden file; write it with raingan golden, and check its rows against the page")
        if path.with_suffix(WANTED).exists():
            now = golden_rows(rows)
            still_wanted = sum(row not in now for row in read_golden(path.with_suffix(WANTED)))
            if not still_wanted:
                problems.append("all wanted rows are read now; move them to the golden file")
    except GoldenError as error:
        problems.append(str(error))
    return CheckedSample(path, tuple(problems), compared.comparison, compared.differences, still_wanted)


def _is_orphan(path: Path) -> bool:
    """Whether a file is a golden file without its sample."""
    for suffix in (GOLDEN, WANTED):
        if path.name.endswith(suffix):
            stem = path.name.removesuffix(suffix)
            return not any(path.with_name(stem + kind).exists() for kind in KINDS)
    return False


def compare_with_golden(path: Path, golden: Sequence[GoldenRow], source: Source, rows: Rows) -> CheckedSample:
    """Compare the rows of a document with those of a golden file, and locate each difference."""
    comparison = compare(rows_by_table(golden), rows_by_table(golden_rows(rows)))
    locations = EvidenceLocations(golden_rows(rows, tables=(Evidence,)))
    located = ((difference, locate(difference, locations)) for difference in comparison.differences)
    differences = tuple((difference, at and at.in_text(source.text)) for difference, at in located)
    return CheckedSample(path, comparison=comparison, differences=differences)


def golden_changes(path: Path, source: Source, rows: Rows) -> list[str]:
    """What would change in the golden file of a sample, one line each."""
    try:
        compared = compare_with_golden(path, read_golden(golden_path(path)), source, rows)
    except GoldenError as error:
        return [str(error)]
    return compared.messages() or ["the rows are the same; only their order or format differs"]


def rows_by_table(rows: Iterable[GoldenRow]) -> dict[str, list[PlainRow]]:
    """The rows of a golden file by table."""
    by_table: dict[str, list[PlainRow]] = {}
    for row in rows:
        values = {column: value for column, value in row.items() if column != "table"}
        by_table.setdefault(str(row["table"]), []).append(values)
    return by_table


def golden_path(sample: Path) -> Path:
    """The path of a sample's golden file, beside it."""
    return sample.with_suffix(GOLDEN)


def golden_lines(rows: Sequence[GoldenRow]) -> str:
    """The text of a golden file, one row per line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def golden_rows(rows: Rows, *, tables: Sequence[type[Table]] = GOLDEN_TABLES) -> list[GoldenRow]:
    """The rows of a document as plain values, in order of the tables, without nulls; `*` stands for the document id."""
    document_id = rows.document.document_id
    lines: list[GoldenRow] = []
    for model in tables:
        hidden = _VOLATILE | _HIDDEN.get(model, set())
        for row in rows.by_table[model]:
            values = {
                column: value.replace(document_id, "*") if isinstance(value, str) else value
                for column, value in row.model_dump(mode="json").items()
                if value is not None and column not in hidden
            }
            lines.append({"table": model.table} | values)
    return lines


def read_golden(golden: Path) -> list[GoldenRow]:
    """The rows of a golden file.

    Raises:
        GoldenError: a line of it is not a row.

    """
    try:
        lines = golden.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise GoldenError(golden, 1, str(error)) from error
    return [_golden_row(line, number, golden) for number, line in enumerate(lines, 1) if line.strip()]


def _golden_row(line: str, number: int, golden: Path) -> GoldenRow:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise GoldenError(golden, number, str(error)) from error
    if not isinstance(row, dict) or not isinstance(row.get("table"), str):
        raise GoldenError(golden, number, f"{line[:60]!r} has no table")
    return row


def write_junit(checked: Sequence[CheckedSample], path: Path) -> None:
    """Write JUnit XML, which CI systems show: a suite for each folder, a test case for each sample.

    Raises:
        OSError: the file cannot be written.

    """
    by_folder = attrgetter("path.parent")
    suites = Element("testsuites", _junit_counts(checked))
    for folder, in_folder in groupby(sorted(checked, key=by_folder), key=by_folder):
        samples = list(in_folder)
        suite = SubElement(suites, "testsuite", {"name": _xml(folder.name or "samples"), **_junit_counts(samples)})
        for sample in samples:
            names = {"classname": _xml(folder.as_posix()), "name": _xml(sample.path.name)}
            case = SubElement(suite, "testcase", names)
            if not sample.is_right:
                SubElement(case, "failure", {"message": _xml(sample.summary())}).text = _xml(sample.text())
    indent(suites)
    ElementTree(suites).write(path, encoding="utf-8", xml_declaration=True)


def _junit_counts(samples: Sequence[CheckedSample]) -> dict[str, str]:
    failures = sum(not sample.is_right for sample in samples)
    return {"tests": str(len(samples)), "failures": str(failures), "errors": "0"}


def _xml(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
