"""Two runs of the same archive, cell by cell: what another version of the parsers changed."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow as pa

from pipeline.archive.options import Progress, ProgressCallback
from pipeline.document.write import settle_without_pandas
from pipeline.sources.find import Inputs, find_inputs
from pipeline.sources.read import document_id as id_of
from pipeline.sources.read import source_of
from pipeline.sources.unpack import members
from pipeline.tools.compare import PLACES, Comparison, Difference, Row, Tally, compare
from pipeline.tools.differences import BETWEEN_RUNS, Place, Places, locate, message, plain
from pipeline.tools.output_tables import CORPUS, Output, Part, rows_of
from schemas.evidence import Evidence

MOST_NAMED = 1000
"""Documents in one run only that are named; all are counted."""
EXAMPLES = 3
"""Differences shown of each table, column and verdict."""


@dataclass(frozen=True, slots=True)
class Example:
    """A difference in a document."""

    document_id: str
    source: str
    difference: Difference
    place: Place | None

    def text(self) -> str:
        """The difference in words."""
        return message(self.source, self.difference, self.place, BETWEEN_RUNS)


@dataclass(slots=True)
class OneSided:
    """Documents that only one of the runs has."""

    count: int = 0
    names: list[str] = field(default_factory=list)

    def add(self, names: Sequence[str]) -> None:
        """Count documents, and name the first thousand."""
        self.count += len(names)
        self.names += names[: MOST_NAMED - len(self.names)]


@dataclass(slots=True)
class Diff:
    """What differs between two runs."""

    documents: int = 0
    """Documents that both runs have."""
    differing: int = 0
    """Those of them of which any cell differs."""
    only_before: OneSided = field(default_factory=OneSided)
    only_now: OneSided = field(default_factory=OneSided)
    total: Comparison = field(default_factory=Comparison)
    examples: list[Example] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether both runs say the same."""
        one_sided = self.only_before.count + self.only_now.count
        return not one_sided and all(tally["right"] == tally.total() for tally in self.total.rows.values())

    def plain(self) -> dict[str, object]:
        """What a script needs."""
        return {
            "documents": self.documents,
            "differing": self.differing,
            "only_before": {"count": self.only_before.count, "names": self.only_before.names},
            "only_now": {"count": self.only_now.count, "names": self.only_now.names},
            "tables": self.total.plain(BETWEEN_RUNS),
            "examples": [
                {"source": found.source, **plain(found.difference, found.place, BETWEEN_RUNS)}
                for found in self.examples
            ],
        }


def diff(
    before: Path, now: Path, *, examples: int = EXAMPLES, inputs: Inputs = (), progress: ProgressCallback | None = None
) -> Diff:
    """Compare the tables of two runs, shard by shard; `inputs` are what they read, and give the examples' lines.

    Raises:
        OutputError: a folder holds no tables.
        OSError, pyarrow.ArrowException: a table cannot be read.

    """
    settle_without_pandas()
    one, other = Output(before), Output(now)
    found = _Finding(examples)
    bits = min(one.bits, other.bits)
    tables = list(dict.fromkeys([*one.tables, *other.tables]))
    for number in range(1 << bits):
        found.compare_parts(one.part(number, bits), other.part(number, bits), tables)
        if progress:
            progress(Progress("comparing", number + 1, 1 << bits))
    for table in CORPUS:
        for pair in _meeting(one.groups(table), other.groups(table)):
            found.compare_groups(table, *pair)
    found.diff.examples = _with_lines(found.diff.examples, inputs, now)
    return found.diff


@dataclass(slots=True)
class _Finding:
    """What is found while the parts go by."""

    most: int
    diff: Diff = field(default_factory=Diff)
    shown: Counter[tuple[str, str | None, str]] = field(default_factory=Counter)

    def compare_parts(self, before: Part, now: Part, tables: Sequence[str]) -> None:
        """Compare documents with the same bytes; of the others only their names are told."""
        names, names_now = before.sources(), now.sources()
        self.diff.only_before.add(sorted(names[known] for known in names.keys() - names_now.keys()))
        self.diff.only_now.add(sorted(names_now[known] for known in names_now.keys() - names.keys()))
        shared = sorted(names.keys() & names_now.keys())
        self.diff.documents += len(shared)
        unequal: dict[str, list[str]] = {}
        for table in tables:
            for document_id in self._unequal(table, before, now, shared):
                unequal.setdefault(document_id, []).append(table)
        self.diff.differing += sum(
            self._compare_document(names_now[known], known, (before, now), unequal[known]) for known in sorted(unequal)
        )

    def _unequal(self, table: str, before: Part, now: Part, shared: Sequence[str]) -> Iterator[str]:
        """The documents that have other rows in a table; the cells of all others are counted."""
        if _are_same(before.table(table), now.table(table)):
            self._count_same(table, now.table(table))
            return
        for document_id in shared:
            rows = now.of_document(table, document_id)
            if _are_same(before.of_document(table, document_id), rows):
                self._count_same(table, rows)
            else:
                yield document_id

    def _count_same(self, table: str, same: pa.Table | None) -> None:
        if same is None or not same.num_rows:
            return
        self.diff.total.rows.setdefault(table, Tally())["right"] += same.num_rows
        for column in same.column_names:
            filled = same.num_rows - same[column].null_count
            if filled and column not in PLACES:
                self.diff.total.cell_tally(table, column)["right"] += filled

    def _compare_document(self, source: str, document_id: str, parts: tuple[Part, Part], tables: Sequence[str]) -> bool:
        """Whether any cell of a document differs, for a column of another type may hold the same values."""
        before, now = ({t: rows_of(part.of_document(t, document_id)) for t in tables} for part in parts)
        comparison = compare(before, now)
        self.diff.total.add(comparison)
        if shown := self._to_show(comparison):
            evidence = (rows_of(part.of_document(Evidence.table, document_id)) for part in parts)
            places, places_now = map(Places, evidence)
            self.diff.examples += [
                Example(document_id, source, difference, locate(difference, places_now, expected=places))
                for difference in shown
            ]
        return bool(comparison.differences)

    def compare_groups(self, table: str, before: Sequence[Row], now: Sequence[Row]) -> None:
        """Compare what a table says of several documents."""
        comparison = compare({table: before}, {table: now})
        self.diff.total.add(comparison)
        self.diff.examples += [
            Example(
                str(difference.row.get("document_id")),
                f"document {difference.row.get('document_id')}",
                difference,
                None,
            )
            for difference in self._to_show(comparison)
        ]

    def _to_show(self, comparison: Comparison) -> list[Difference]:
        """The first few differences of each kind."""
        shown = []
        for difference in comparison.differences:
            kind = (difference.table, difference.column, difference.verdict)
            if self.shown[kind] < self.most:
                self.shown[kind] += 1
                shown.append(difference)
        return shown


def _are_same(one: pa.Table | None, other: pa.Table | None) -> bool:
    return one is other if one is None or other is None else one.equals(other)


def _meeting(
    before: Iterator[tuple[str, list[Row]]], now: Iterator[tuple[str, list[Row]]]
) -> Iterator[tuple[list[Row], list[Row]]]:
    """The groups of two streams in order of their keys, those of one key together."""
    one, other = next(before, None), next(now, None)
    while one or other:
        key = min(side[0] for side in (one, other) if side)
        here, there = one if one and one[0] == key else None, other if other and other[0] == key else None
        yield (here[1] if here else []), (there[1] if there else [])
        one, other = next(before, None) if here else one, next(now, None) if there else other


def _with_lines(examples: Sequence[Example], inputs: Inputs, out: Path) -> list[Example]:
    """The examples with the lines of their places, where the inputs still hold the documents."""
    wanted = {example.source: example.document_id for example in examples if example.place}
    found = list(examples)
    for document_id, text in texts_of(wanted, inputs, out=out) if inputs else ():
        for i, example in enumerate(found):
            if example.document_id == document_id and example.place:
                found[i] = replace(example, place=example.place.in_text(text))
    return found


INSIDE = "!/"
"""What stands between an archive's name and that of a member."""


def texts_of(wanted: Mapping[str, str], inputs: Inputs, *, out: Path) -> Iterator[tuple[str, str]]:
    """The id and the decoded text of each document whose bytes are still those of the id; `wanted` has ids by name."""
    files = {name.partition(INSIDE)[0] for name in wanted}
    for item in find_inputs(inputs, out=out, skipped=[]):
        for member in members(item.path, item.name) if item.name in files else ():
            if member.content is not None and wanted.get(member.name) == id_of(member.content):
                yield wanted[member.name], source_of(member.content, name=member.name).text
