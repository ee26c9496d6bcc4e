"""A ladder of noise: how much of the truth a reader still finds, and how often it is wrong without saying so.

`python -m tests.synthesizer.ladder --seeds 60` runs the product; `ladder` takes any function from bytes to rows.
"""

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table

from tests.synthesizer import FORMS, synthesizer_of
from tests.synthesizer.noise import FEW_DIGITS
from tests.synthesizer.scoring import DATES_AND_AMOUNTS, KEYS, Rows, Tally, missing_findings, score, total

Process = Callable[[bytes], Rows]
RATES = (0.0, 0.01, 0.03, 0.06)


@dataclass
class Rung:
    """What a reader made of all seeds at one rate and number of copies."""

    rate: float
    copies: int
    form: str = FORMS[0]
    digits: float = FEW_DIGITS
    tallies: dict[str, Tally] = field(default_factory=lambda: {table: Tally() for table in KEYS})
    expected: int = 0
    not_raised: Counter[str] = field(default_factory=Counter)
    false_alarms: Counter[str] = field(default_factory=Counter)
    misread: int = 0
    errors: list[str] = field(default_factory=list)
    worst: list[tuple[float, int]] = field(default_factory=list)

    @property
    def overall(self) -> Tally:
        """All tables in one tally."""
        return total(self.tallies.values())


def ladder(
    process: Process,
    *,
    seeds: Iterable[int],
    rates: Sequence[float] = RATES,
    copies: Sequence[int] = (1, 3),
    hard: bool = False,
    form: str = FORMS[0],
    digits: float = FEW_DIGITS,
) -> list[Rung]:
    """Read each seed at each rate and number of copies. `hard` adds pages missing, out of order or scanned twice."""
    numbers = list(seeds)
    rungs = [Rung(rate, count, form, digits) for count in copies for rate in rates]
    return [climb(process, rung, seeds=numbers, hard=hard) for rung in rungs]


def climb(process: Process, rung: Rung, *, seeds: Sequence[int], hard: bool) -> Rung:
    """Fill one rung with what the reader makes of each seed."""
    synthesize = synthesizer_of(rung.form)
    for seed in seeds:
        scan = synthesize(seed, rate=rung.rate, digits=rung.digits, copies=rung.copies, hard=hard)
        rows = process(scan.content)
        tallies = score(scan.truth, rows)
        for table, tally in tallies.items():
            rung.tallies[table].add(tally)
            rung.errors += [f"seed {seed}: {error}" for error in tally.errors]
        lost, false = missing_findings(scan.truth, rows)
        rung.expected += len(scan.truth.expected_findings)
        rung.not_raised.update(lost)
        rung.false_alarms.update(false)
        rung.misread += sum(place.column in DATES_AND_AMOUNTS for place in scan.truth.misread)
        rung.worst.append((total(tallies.values()).f1, seed))
    return rung


def show(rungs: Sequence[Rung], console: Console) -> None:
    """Print the figures of all rungs, a line for each table that any truth or run fills."""
    table = Table("copies", "noise", "table", box=None)
    for name in ("precision", "recall", "F1", "right", "wrong", "missing", "spurious", "silent", "silent share"):
        table.add_column(name, justify="right")
    for rung in rungs:
        for name, tally in (("all", rung.overall), *rung.tallies.items()):
            if tally.right + tally.wrong + tally.missing + tally.spurious:
                table.add_row(*_line(rung, name, tally), style="bold" if name == "all" else "")
    console.print(table)
    for rung in rungs:
        raised = rung.expected - rung.not_raised.total()
        console.print(
            f"{rung.copies} copies, {rung.rate:.0%}: findings {raised}/{rung.expected} raised;"
            f" not raised {dict(rung.not_raised)}, false alarms {dict(rung.false_alarms)};"
            f" dates and amounts that no copy prints right: {rung.misread};"
            f" worst seeds {[seed for _, seed in sorted(rung.worst)[:5]]}"
        )


def _line(rung: Rung, name: str, tally: Tally) -> Iterator[str]:
    yield from (str(rung.copies), f"{rung.rate:.0%}", name)
    yield from (f"{tally.precision:.4f}", f"{tally.recall:.4f}", f"{tally.f1:.4f}")
    yield from map(str, (tally.right, tally.wrong, tally.missing, tally.spurious, tally.silent))
    yield f"{tally.silent / tally.vouched:.4%}" if tally.vouched else ""


def product(content: bytes) -> Rows:
    """The rows that the product makes of a file; imported late, so that the rest works without it."""
    from tests.support.processing import plain_rows

    return plain_rows(content, "synthetic.txt")


def main() -> None:
    """Run the product over the ladder and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.synthesizer.ladder", description=__doc__)
    parser.add_argument("--seeds", type=int, default=60, help="how many reports")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--rates", type=float, nargs="+", default=list(RATES))
    parser.add_argument("--digits", type=float, default=FEW_DIGITS, help="the share of the rate that digits have")
    parser.add_argument("--copies", type=int, nargs="+", default=[1, 3])
    parser.add_argument("--form", choices=FORMS, default=FORMS[0])
    parser.add_argument("--hard", action="store_true", help="pages missing, swapped or scanned twice; metrics lost")
    parser.add_argument(
        "--errors", type=int, default=0, help="how many wrong cells to print for each rung, the silent ones first"
    )
    options = parser.parse_args()
    seeds = range(options.first, options.first + options.seeds)
    console = Console(width=170)
    rungs = ladder(
        product,
        seeds=seeds,
        rates=options.rates,
        copies=options.copies,
        hard=options.hard,
        form=options.form,
        digits=options.digits,
    )
    show(rungs, console)
    for rung in rungs:
        for error in sorted(rung.errors, key=lambda error: "SILENT" not in error)[: options.errors]:
            console.print(f"{rung.copies} copies, {rung.rate:.0%}, {error}", markup=False, highlight=False)


if __name__ == "__main__":
    main()
