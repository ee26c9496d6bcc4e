"""Many documents: list them, parse what is new, write the shards that change, and let the new state count.

The ledger of the state before says what is done; the work folder says what a run had done that was cut off. So the
next run finishes it, and a run over what has not changed has nothing to do.
"""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from pipeline.containers import Limits
from pipeline.dispatch import dispatch
from pipeline.engines import Died, Engine, Pool, in_process
from pipeline.errors import WorkerError
from pipeline.inputs import Input, find_inputs
from pipeline.ledger import Ledger, Seen
from pipeline.limits import MEMORY_LIMIT, TIME_LIMIT
from pipeline.plan import Plan, batches, holding, key_of, make_plan
from pipeline.read import SIZE_LIMIT
from pipeline.run_summary import Summary
from pipeline.store import TABLE_NAMES, Store, locked
from pipeline.validate import PARSER_VERSION
from pipeline.work import Batch, Files, Place, Shard, listed_row, take_in, write
from pipeline.write import Held, settle_without_pandas, shard_files

LEDGER = "ledger.parquet"
FILES_AT_ONCE, BYTES_AT_ONCE = 256, 32 * 2**20
"""What one task takes in."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a run may take and how it works; only the limits may show in a row, and then as a reason."""

    size_limit: int = SIZE_LIMIT
    """Bytes of a document."""
    time_limit: float = TIME_LIMIT
    """Seconds for a document."""
    memory_limit: int = MEMORY_LIMIT
    """Bytes of the process that reads it."""
    jobs: int = 0
    """Processes; 0 for none beside this one, where only the time of a document is limited."""
    retry: bool = False
    """Whether to try again what was quarantined."""
    force: bool = False
    """Whether to parse all of it again."""

    @property
    def limits(self) -> dict[str, float]:
        """What decides whether a document can be parsed."""
        return {"size_limit": self.size_limit, "time_limit": self.time_limit, "memory_limit": self.memory_limit}


class Progress(NamedTuple):
    """How far a run has got."""

    stage: str
    done: int = 0
    total: int | None = None
    bytes_done: int = 0
    quarantined: int = 0


def run(
    inputs: Sequence[Path],
    out: Path,
    *,
    options: Options | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Summary:
    """Read every document of the inputs, and bring the tables under `out` up to date with them.

    Raises:
        LockedError: another run writes there.
        DeclarationError: a form is declared wrongly.
        OSError: the output cannot be written; its tables are as they were.

    """
    options = options or Options()
    started = perf_counter()
    summary = Summary(options=asdict(options))
    settle_without_pandas()
    with locked(out) as store, _engine(options) as engine:
        work = _Work(store, options, engine, progress or (lambda _: None))
        ledger = Ledger.read(store.current / LEDGER)
        skipped: list[str] = []
        listed = find_inputs(inputs, out=out, skipped=skipped)
        plan = work.plan(listed, ledger)
        summary.take_plan(plan, ledger, skipped)
        if work.is_done(plan, ledger):
            state = store.current.resolve()
        else:
            done = work.parse(plan, {item.name: item.path for item in listed}, summary)
            state = store.begin()
            work.write(plan, done, ledger, state)
            _ledger(plan, done, options).write(state / LEDGER)
        summary.take_tables(state)
        summary.finish(total_seconds=perf_counter() - started)
        summary.write(state / "run.json")
        if state.suffix:
            store.commit(state)
    return summary


def _engine(options: Options) -> AbstractContextManager[Engine]:
    return Pool(options.jobs) if options.jobs else nullcontext(in_process)


class _Done(NamedTuple):
    """What came of the documents that were parsed, and the folders of their rows by shard."""

    documents: list[Seen]
    folders: dict[int, list[Path]]


@dataclass(frozen=True, slots=True)
class _Work:
    """The steps of one run."""

    store: Store
    options: Options
    engine: Engine
    progress: Callable[[Progress], None]

    @property
    def spool(self) -> Path:
        return self.store.work / "spool"

    def plan(self, listed: Sequence[Input], ledger: Ledger) -> Plan:
        """What to do, after looking into the files that changed, and into those that bytes are wanted of again."""
        inputs = {item.name: item for item in listed}
        known = {
            file: documents
            for file, documents in ledger.by_file().items()
            if file in inputs and all(_is_as_listed(seen, inputs[file]) for seen in documents)
        }
        still_holds = holding(
            ledger,
            parser_version="" if self.options.force else PARSER_VERSION,
            limits=self.options.limits,
            retry=self.options.retry,
        )
        wanted = [item for item in listed if item.name not in known]
        taken: dict[str, list[Seen]] = {}
        while True:
            taken |= {item.name: [] for item in wanted}
            for seen in self._take_in(wanted):
                taken[seen.file].append(seen)
            documents = chain.from_iterable((known | taken)[name] for name in inputs)
            plan = make_plan(documents, still_holds)
            wanted = [inputs[file] for file in sorted({seen.file for seen in plan.parse} - taken.keys())]
            if not wanted:
                return plan

    def _take_in(self, items: Sequence[Input]) -> Iterator[Seen]:
        done = 0
        tasks = (Files(some, self._limits(), self.spool) for some in _some_at_once(items))
        for files, documents in self.engine(tasks, take_in):
            if isinstance(documents, Died):
                raise WorkerError(f"{files.inputs[0].name} and what follows cannot be looked into: {documents.reason}")
            done += len(files.inputs)
            self.progress(Progress("listing", done, len(items)))
            yield from documents

    def _limits(self) -> Limits:
        return Limits(size_limit=self.options.size_limit)

    def is_done(self, plan: Plan, ledger: Ledger) -> bool:
        """Whether the tables are up to date."""
        if plan.parse or not self.store.current.exists():
            return False
        return {_row(seen) for seen in (*plan.reuse, *plan.listed)} == _rows(ledger)

    def parse(self, plan: Plan, paths: Mapping[str, Path], summary: Summary) -> _Done:
        """Parse what is to be parsed."""
        done = _Done([], {})
        read = quarantined = 0
        found = dispatch((self._batch(documents, paths) for documents in batches(plan)), self.engine)
        for batch, parsed in found:
            outcomes = [
                place.seen._replace(outcome=outcome, reason=reason)
                for place, (outcome, reason) in zip(batch.places, parsed.outcomes, strict=True)
            ]
            done.documents.extend(outcomes)
            done.folders.setdefault(plan.shard(outcomes[0]), []).append(batch.folder)
            summary.take_parsed(parsed)
            read += sum(seen.byte_count or 0 for seen in outcomes)
            quarantined += sum(seen.outcome == "quarantined" for seen in outcomes)
            self.progress(Progress("reading", len(done.documents), len(plan.parse), read, quarantined))
        return done

    def _batch(self, documents: Sequence[Seen], paths: Mapping[str, Path]) -> Batch:
        key = key_of(documents, parser_version=PARSER_VERSION, limits=self.options.limits)
        return Batch(
            folder=self.store.work / "batches" / key,
            places=tuple(Place(seen, paths[seen.file]) for seen in documents),
            limits=self._limits(),
            spool=self.spool,
            time_limit=self.options.time_limit,
            memory_limit=self.options.memory_limit,
            is_apart=self.options.jobs > 0,
        )

    def write(self, plan: Plan, done: _Done, ledger: Ledger, state: Path) -> None:
        """Write the shards that change, and take over the files of those that do not."""
        before = _rows_by_shard(plan, ledger)
        reuse, listed = plan.by_shard(plan.reuse), plan.by_shard(plan.listed)
        tasks = []
        for number in range(1 << plan.bits):
            held = reuse.get(number, [])
            alone = listed.get(number, [])
            if number not in done.folders and {_row(seen) for seen in (*held, *alone)} == before[number]:
                self._take_over(number, state)
                continue
            earlier = Held(
                self.store.current.resolve(),
                tuple(_shards_before(number, plan.bits, ledger.bits)),
                tuple(seen.document_id for seen in held),
                tuple(seen.source for seen in held),
            )
            rows = tuple(listed_row(seen, duplicate_of=plan.first_of(seen)) for seen in alone)
            tasks.append(
                Shard(state, number, tuple(sorted(done.folders.get(number, []))), (earlier,) if held else (), rows)
            )
        for count, (shard, died) in enumerate(self.engine(tasks, write), 1):
            if isinstance(died, Died):
                raise WorkerError(f"shard {shard.number} cannot be written: {died.reason}")
            self.progress(Progress("writing", count, len(tasks)))

    def _take_over(self, number: int, state: Path) -> None:
        for name in TABLE_NAMES:
            for path in shard_files(self.store.current, name, number):
                _link(path, state / name / path.name)


def _some_at_once(items: Sequence[Input]) -> Iterator[tuple[Input, ...]]:
    some: list[Input] = []
    size = 0
    for item in items:
        some.append(item)
        size += item.size or 0
        if len(some) == FILES_AT_ONCE or size > BYTES_AT_ONCE:
            yield tuple(some)
            some, size = [], 0
    if some:
        yield tuple(some)


def _is_as_listed(seen: Seen, item: Input) -> bool:
    """Whether a file need not be looked into: nothing says that it changed, and it could be read."""
    return seen.version == item.version != "" and seen.outcome != "unreadable"


def _ledger(plan: Plan, done: _Done, options: Options) -> Ledger:
    documents = sorted(chain(done.documents, plan.reuse, plan.listed, plan.skipped))
    return Ledger(PARSER_VERSION, options.limits, plan.bits, documents)


Row = tuple[str, str, str | None, str | None]
"""What the rows of a document depend on, where they are not parsed anew."""


def _row(seen: Seen) -> Row:
    return seen.source, seen.document_id, seen.outcome, seen.reason


def _rows(ledger: Ledger) -> set[Row]:
    return {_row(seen) for seen in ledger.documents if seen.outcome != "skipped"}


def _rows_by_shard(plan: Plan, ledger: Ledger) -> list[set[Row] | None]:
    """What stood in each shard before; nothing is known of shards that other bits told apart."""
    if plan.bits != ledger.bits or not ledger.parser_version:
        return [None] * (1 << plan.bits)
    before = plan.by_shard(seen for seen in ledger.documents if seen.outcome != "skipped")
    return [{_row(seen) for seen in before.get(number, ())} for number in range(1 << plan.bits)]


def _shards_before(number: int, bits: int, bits_before: int) -> Iterable[int]:
    """The shards, told apart by other bits, that a shard's documents stood in.

    >>> list(_shards_before(5, 3, 3)), list(_shards_before(5, 3, 1)), list(_shards_before(1, 1, 3))
    ([5], [1], [4, 5, 6, 7])
    """
    if bits_before <= bits:
        return [number >> (bits - bits_before)]
    wider = bits_before - bits
    return range(number << wider, (number + 1) << wider)


def _link(path: Path, place: Path) -> None:
    """The same file at another place; a copy where the file system has no links."""
    try:
        os.link(path.resolve(), place)
    except OSError:
        shutil.copyfile(path, place)
