"""Samples against their golden files: what `raingan check` tells and each test of the pytest plugin asks."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from traceback import extract_tb

from pipeline.document.build_rows import Rows
from pipeline.document.process import process
from pipeline.errors import DeclarationError, DocumentError, GoldenError
from pipeline.model import Source
from pipeline.sources.kinds import KINDS
from pipeline.sources.read import read
from pipeline.tools.compare.cells import Comparison, Difference, compare
from pipeline.tools.compare.golden import GoldenRow, golden_path, golden_rows, rows_in
from pipeline.tools.compare.messages import AGAINST_GOLDEN, message, plain
from pipeline.tools.compare.pairs import Row
from pipeline.tools.compare.places import Place, Places, locate
from schemas.evidence import Evidence

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
