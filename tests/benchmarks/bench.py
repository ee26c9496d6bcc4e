"""What raingan costs and how long a user waits for it, beside docling, as the Markdown that stands in the documents.

Every figure is of whole processes over fresh text, each of which reads these files for the first time. All commands
take turns in every round; a figure is the median of the rounds with the lowest and the highest. `make bench`
"""

import argparse
import re
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.benchmarks.archive import HEADER as ARCHIVE_HEADER
from tests.benchmarks.archive import archive_rows
from tests.benchmarks.fresh_text import fresh_report, write_reports
from tests.benchmarks.measures import Cost, cost, in_turn, ratios, speeds, spread
from tests.synthesizer import FORMS

RATES = (0.0, 0.01, 0.03)
MIXED = "all three"
ONE_PROCESS, AS_TYPED, DOCLING = "one process", "as typed", "docling"
START, ONE_REPORT = "one line of text", "one report"
ONE_REPORT_BYTES = 40_000
SPEED_HEADER = (
    *("text", "noise", "raingan", "without start", "docling", "without start"),
    *("raingan over docling", "without start"),
)
WAIT_HEADER = ("text", "noise", "raingan: seconds waited", "processor seconds", "docling: seconds waited")
DOCUMENT, README = Path("docs/large-archives.md"), Path("README.md")

Costs = Mapping[tuple[str, str], Sequence[Cost]]
"""The cost of each round by contestant and by the name of the corpus's folder."""


@dataclass(frozen=True)
class Corpus:
    """A folder of reports."""

    text: str
    rate: float
    megabytes: float
    folder: Path

    @property
    def labels(self) -> list[str]:
        """The first cells of its row."""
        return [self.text, f"{self.rate:.0%}"]


def write_corpora(scratch: Path, *, megabytes: float) -> list[Corpus]:
    """As much fresh text of each form, and of all together, at each rate of noise."""
    corpora = []
    for text, forms in (*((form, (form,)) for form in FORMS), (MIXED, FORMS)):
        for rate in RATES:
            folder = scratch / f"{text}-{rate}"
            corpora.append(Corpus(text, rate, write_reports(folder, forms, rate=rate, megabytes=megabytes), folder))
    return corpora


def write_small(scratch: Path) -> list[Corpus]:
    """What is read alone: one line of text, so that nothing but the start costs, and one report of usual size."""
    reports = [fresh_report(FORMS[0], number, rate=0.01).encode() for number in range(20)]
    report = min(reports, key=lambda content: abs(len(content) - ONE_REPORT_BYTES))
    small = [(START, 0.0, "บันทึกข้อความ\n".encode()), (f"{ONE_REPORT}, {len(report) / 1000:.0f} KB", 0.01, report)]
    for text, _, content in small:
        (scratch / text).mkdir(parents=True)
        (scratch / text / "text.md").write_bytes(content)
    return [Corpus(text, rate, len(content) / 1e6, scratch / text) for text, rate, content in small]


def read_once(contestant: Sequence[str], folder: Path) -> Cost:
    """What it costs to read a folder in a new process; `{out}` in the command is a new folder."""
    with tempfile.TemporaryDirectory() as out:
        return cost([part.format(out=out, folder=folder) for part in contestant])


def contestants(raingan: str, docling_python: str | None) -> dict[str, list[str]]:
    """The commands to measure."""
    as_typed = [raingan, "run", "{folder}", "-o", "{out}/tables"]
    commands = {AS_TYPED: as_typed, ONE_PROCESS: [*as_typed, "-j", "0"]}
    if docling_python:
        commands[DOCLING] = [docling_python, str(Path(__file__).with_name("docling_reader.py")), "{folder}"]
    return commands


def measure(commands: Mapping[str, Sequence[str]], corpora: Sequence[Corpus], *, rounds: int) -> Costs:
    """Every command over every corpus, in turn; as typed only where a user's waiting is told."""
    works = {
        (name, corpus.folder.name): partial(read_once, command, corpus.folder)
        for corpus in corpora
        for name, command in commands.items()
        if name != AS_TYPED or corpus.text not in FORMS
    }
    return in_turn(works, rounds=rounds)


def speed_row(corpus: Corpus, costs: Costs) -> list[str]:
    """Megabytes for each processor second, with and without the start, beside docling's."""
    figures = []
    for name in (ONE_PROCESS, DOCLING):
        taken, starts = costs.get((name, corpus.folder.name), ()), costs.get((name, START), ())
        figures += [speeds(corpus.megabytes, taken), speeds(corpus.megabytes, taken, starts)]
    whole, without_start, docling, docling_without_start = figures
    over = [ratios(whole, docling), ratios(without_start, docling_without_start)]
    return [*corpus.labels, *map(spread, (*figures, *over))]


def wait_row(corpus: Corpus, costs: Costs) -> list[str]:
    """Seconds by the clock of the command as typed, and what all its processes worked meanwhile."""
    typed = costs[AS_TYPED, corpus.folder.name]
    docling = [one.seconds for one in costs.get((DOCLING, corpus.folder.name), ())]
    text = corpus.text if corpus.text != MIXED else f"{MIXED}, {corpus.megabytes:.1f} MB"
    seconds, worked = [one.seconds for one in typed], [one.processor_seconds for one in typed]
    return [text, corpus.labels[1], spread(seconds), spread(worked), spread(docling)]


def markdown(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table.

    >>> print(markdown(("text", "MB/s"), [("a", "0.50")]))
    | text | MB/s |
    | --- | --- |
    | a | 0.50 |
    """
    lines = (header, ["---"] * len(header), *rows)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def rows_of(table: str) -> list[list[str]]:
    """The cells of a table's rows.

    >>> rows_of(markdown(("text", "MB/s"), [("a", "0.50")]))
    [['a', '0.50']]
    """
    return [line.strip("| ").split(" | ") for line in table.splitlines()[2:]]


def in_words(speed: Sequence[Sequence[str]], wait: Sequence[Sequence[str]]) -> str:
    """The README's list: the figures of the tables, without their spread."""
    lines = []
    for text, noise, *cells in speed:
        if text == MIXED:
            whole, without_start, docling, docling_without_start = map(median_of, cells[:4])
            lines.append(
                f"- text at {noise} noise: {whole} MB for each second of processor time, {without_start} without the "
                f"start; docling {docling}, {docling_without_start} without the start"
            )
    (report,) = (row for row in wait if row[0].startswith(ONE_REPORT))
    return "\n".join((*lines, f"- {report[0]}: {median_of(report[2])} seconds from the command to its end"))


def median_of(cell: str) -> str:
    """The figure of a cell without its spread.

    >>> median_of("0.60 (0.50–0.75)"), median_of("not measured")
    ('0.60', 'not measured')
    """
    return cell.partition(" (")[0]


def put_in(document: str, name: str, text: str) -> str:
    """A document with the text of one of its marked places replaced.

    >>> put_in("a <!-- bench: b -->\\nold\\n<!-- end --> c", "b", "new")
    'a <!-- bench: b -->\\nnew\\n<!-- end --> c'
    """
    before, after = f"<!-- bench: {name} -->\n", "\n<!-- end -->"
    found, count = re.subn(f"(?s){before}.*?{after}", lambda _: f"{before}{text}{after}", document)
    if count != 1:
        message = f"expected one place marked {before.strip()} in the document, found {count}"
        raise ValueError(message)
    return found


def usable(commands: Mapping[str, list[str]], corpus: Corpus) -> dict[str, list[str]]:
    """The commands that work here. Without docling the others are measured; without raingan there is no benchmark."""
    found = {}
    for name, command in commands.items():
        try:
            read_once(command, corpus.folder)
        except RuntimeError as error:
            if name != DOCLING:
                raise
            print(f"docling does not run here: {error}", file=sys.stderr)
        else:
            found[name] = command
    if DOCLING not in found:
        print("docling was not measured", file=sys.stderr)
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and on `--write` put the figures into the documents."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.bench", description=__doc__)
    parser.add_argument("--raingan", default=str(Path(sys.executable).with_name("raingan")), help="command to measure")
    parser.add_argument("--docling-python", help="a Python with docling; without it docling is not measured")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--megabytes", type=float, default=2.0, help="text of each form at each rate of noise")
    parser.add_argument("--documents", type=int, default=10_000, help="size of the archive; 0 leaves it out")
    parser.add_argument("--write", action="store_true", help="put the figures into README.md and docs/")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        start, report = write_small(scratch / "small")
        corpora = write_corpora(scratch / "fresh", megabytes=options.megabytes)
        commands = usable(contestants(options.raingan, options.docling_python), start)
        costs = measure(commands, [start, report, *corpora], rounds=options.rounds)
        speed = [speed_row(corpus, costs) for corpus in corpora]
        wait = [wait_row(corpus, costs) for corpus in (start, report, *corpora) if corpus.text not in FORMS]
        publish(DOCUMENT, "speed", markdown(SPEED_HEADER, speed), is_written=options.write)
        publish(DOCUMENT, "wait", markdown(WAIT_HEADER, wait), is_written=options.write)
        publish(README, "words", in_words(speed, wait), is_written=options.write)
        if options.documents:
            rows = archive_rows(options.raingan, scratch, count=options.documents)
            publish(DOCUMENT, "archive", markdown(ARCHIVE_HEADER, rows), is_written=options.write)


def publish(path: Path, name: str, text: str, *, is_written: bool) -> None:
    """Print what a marked place of a document should hold, and put it there where that is wanted."""
    print(f"{text}\n", flush=True)
    if is_written:
        path.write_text(put_in(path.read_text(encoding="utf-8"), name, text), encoding="utf-8")


if __name__ == "__main__":
    main()
