"""Compare two runs of the same archive, cell by cell: what another version of the parsers changed."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow as pa

from pipeline.archive.options import Progress, ProgressCallback
from pipeline.sources.find import Inputs, find_inputs
from pipeline.sources.read import document_id as id_of
from pipeline.sources.read import source_of
from pipeline.sources.unpack import members
from pipeline.tools.compare import POSITION_COLUMNS, Comparison, Difference, PlainRow, Tally, compare
from pipeline.tools.differences import BETWEEN_RUNS, EvidenceLocations, Location, locate, message, plain
from pipeline.tools.output_tables import CORPUS, RunTables, TablesShard, plain_rows
from schemas.evidence import Evidence

MAX_NAMED = 1000
"""Documents in one run only that are named; all are counted."""
EXAMPLES = 3
"""Examples of each table, column and verdict."""
MEMBER_SEPARATOR = "!/"
"""Separates the name of an archive from that of a member."""


@dataclass(frozen=True, slots=True)
class DiffExample:
    """A difference in a document."""

    document_id: str
    source: str
    difference: Difference
    location: Location | None

    def text(self) -> str:
        """The difference in words."""
        return message(self.source, self.difference, self.location, BETWEEN_RUNS)

    def plain(self) -> dict[str, object]:
        """The difference as JSON."""
        return {"source": self.source, **plain(self.difference, self.location, BETWEEN_RUNS)}


@dataclass(slots=True)
class OneSided:
    """Documents in one of the runs only."""

    count: int = 0
    names: list[str] = field(default_factory=list)

    def add(self, names: Sequence[str]) -> None:
        """Count documents, and name the first thousand."""
        self.count += len(names)
        self.names += names[: MAX_NAMED - len(self.names)]


@dataclass(slots=True)
class RunDiff:
    """What differs between two runs."""

    documents: int = 0
    """Documents in both runs."""
    differing: int = 0
    """Documents in both runs of which any cell differs."""
    only_before: OneSided = field(default_factory=OneSided)
    only_now: OneSided = field(default_factory=OneSided)
    total: Comparison = field(default_factory=Comparison)
    examples: list[DiffExample] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether there is no difference."""
        one_sided = self.only_before.count + self.only_now.count
        return not one_sided and all(tally["right"] == tally.total() for tally in self.total.rows.values())

    def plain(self) -> dict[str, object]:
        """The differences as JSON."""
        return {
            "documents": self.documents,
            "differing": self.differing,
            "only_before": {"count": self.only_before.count, "names": self.only_before.names},
            "only_now": {"count": self.only_now.count, "names": self.only_now.names},
            "tables": self.total.plain(BETWEEN_RUNS),
            "examples": [example.plain() for example in self.examples],
        }


def diff(
    before: Path, now: Path, *, examples: int = EXAMPLES, inputs: Inputs = (), progress: ProgressCallback | None = None
) -> RunDiff:
    """Compare the tables of two runs, shard by shard. With their `inputs`, examples have line numbers.

    Raises:
        OutputError: a folder has no tables.
        OSError, pyarrow.ArrowException: a table cannot be read.

    """
    earlier, later = RunTables(before), RunTables(now)
    builder = _DiffBuilder(examples)
    bits = min(earlier.bits, later.bits)
    tables = list(dict.fromkeys([*earlier.tables, *later.tables]))
    for number in range(1 << bits):
        builder.compare_shards(earlier.shard(number, bits), later.shard(number, bits), tables)
        if progress:
            progress(Progress("comparing", number + 1, 1 << bits))
    for table in CORPUS:
        for groups in _groups_by_key(earlier.groups(table), later.groups(table)):
            builder.compare_groups(table, *groups)
    builder.diff.examples = _with_lines(builder.diff.examples, inputs, now)
    return builder.diff


@dataclass(slots=True)
class _DiffBuilder:
    """Collects the differences of one shard after the other."""

    max_examples: int
    diff: RunDiff = field(default_factory=RunDiff)
    shown: Counter[tuple[str, str | None, str]] = field(default_factory=Counter)

    def compare_shards(self, before: TablesShard, now: TablesShard, tables: Sequence[str]) -> None:
        """Compare documents with the same bytes; the others are only named."""
        names, names_now = before.sources(), now.sources()
        self.diff.only_before.add(sorted(names[key] for key in names.keys() - names_now.keys()))
        self.diff.only_now.add(sorted(names_now[key] for key in names_now.keys() - names.keys()))
        shared = sorted(names.keys() & names_now.keys())
        self.diff.documents += len(shared)
        unequal: dict[str, list[str]] = {}
        for table in tables:
            for document_id in self._unequal(table, before, now, shared):
                unequal.setdefault(document_id, []).append(table)
        self.diff.differing += sum(
            self._compare_document(names_now[key], key, (before, now), unequal[key]) for key in sorted(unequal)
        )

    def _unequal(self, table: str, before: TablesShard, now: TablesShard, shared: Sequence[str]) -> Iterator[str]:
        """The documents whose rows in a table differ; the cells of all others are counted."""
        if _are_same(before.table(table), now.table(table)):
            self._count_same(table, now.table(table))
            return
        for document_id in shared:
            rows = now.of_document(table, document_id)
            if _are_same(before.of_document(table, document_id), rows):
                self._count_same(table, rows)
            else:
                yield document_id

    def _count_same(self, table: str, rows: pa.Table | None) -> None:
        if rows is None or not rows.num_rows:
            return
        self.diff.total.rows.setdefault(table, Tally())["right"] += rows.num_rows
        for column in rows.column_names:
            filled = rows.num_rows - rows[column].null_count
            if filled and column not in POSITION_COLUMNS:
                self.diff.total.cell_tally(table, column)["right"] += filled

    def _compare_document(
        self, source: str, document_id: str, shards: tuple[TablesShard, TablesShard], tables: Sequence[str]
    ) -> bool:
        """Whether any cell of a document differs; a column of another type may have the same values."""
        before, now = ({t: plain_rows(shard.of_document(t, document_id)) for t in tables} for shard in shards)
        comparison = compare(before, now)
        self.diff.total.add(comparison)
        if shown := self._to_show(comparison):
            evidence = (plain_rows(shard.of_document(Evidence.table, document_id)) for shard in shards)
            locations, locations_now = map(EvidenceLocations, evidence)
            self.diff.examples += [
                DiffExample(document_id, source, difference, locate(difference, locations_now, expected=locations))
                for difference in shown
            ]
        return bool(comparison.differences)

    def compare_groups(self, table: str, before: Sequence[PlainRow], now: Sequence[PlainRow]) -> None:
        """Compare the rows of a table about several documents."""
        comparison = compare({table: before}, {table: now})
        self.diff.total.add(comparison)
        for difference in self._to_show(comparison):
            document_id = str(difference.row.get("document_id"))
            self.diff.examples.append(DiffExample(document_id, f"document {document_id}", difference, None))

    def _to_show(self, comparison: Comparison) -> list[Difference]:
        """The first few differences of each kind."""
        shown = []
        for difference in comparison.differences:
            kind = (difference.table, difference.column, difference.verdict)
            if self.shown[kind] < self.max_examples:
                self.shown[kind] += 1
                shown.append(difference)
        return shown


def _are_same(before: pa.Table | None, now: pa.Table | None) -> bool:
    return before is now if before is None or now is None else before.equals(now)


def _groups_by_key(
    before: Iterator[tuple[str, list[PlainRow]]], now: Iterator[tuple[str, list[PlainRow]]]
) -> Iterator[tuple[list[PlainRow], list[PlainRow]]]:
    """The groups of two sorted streams, those with the same key together."""
    left, right = next(before, None), next(now, None)
    while left or right:
        key = min(side[0] for side in (left, right) if side)
        here, there = left if left and left[0] == key else None, right if right and right[0] == key else None
        yield (here[1] if here else []), (there[1] if there else [])
        left, right = next(before, None) if here else left, next(now, None) if there else right


def _with_lines(examples: Sequence[DiffExample], inputs: Inputs, out: Path) -> list[DiffExample]:
    """The examples with line numbers, if the inputs still have the documents."""
    wanted = {example.source: example.document_id for example in examples if example.location}
    located = list(examples)
    for document_id, text in _texts_of(wanted, inputs, out=out) if inputs else ():
        for i, example in enumerate(located):
            if example.document_id == document_id and example.location:
                located[i] = replace(example, location=example.location.in_text(text))
    return located


def _texts_of(wanted: Mapping[str, str], inputs: Inputs, *, out: Path) -> Iterator[tuple[str, str]]:
    """Id and text of each document whose bytes have not changed; `wanted` has the ids by name."""
    names = {name.partition(MEMBER_SEPARATOR)[0] for name in wanted}
    for file in find_inputs(inputs, out=out, skipped=[]):
        for member in members(file.path, file.name) if file.name in names else ():
            if member.content is not None and wanted.get(member.name) == id_of(member.content):
                yield wanted[member.name], source_of(member.content, name=member.name).text
