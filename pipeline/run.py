"""Many documents: take stock, parse what is new, assemble the new state, and let it count. Read `process` first.

The ledger of the state before says what is done; the work folder says what a run had done that was cut off. So the
next run finishes it, and a run over what has not changed has nothing to do.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, replace
from itertools import chain
from operator import attrgetter
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from pipeline.assemble import Assembly, Earlier, rows_of
from pipeline.code_version import code_version
from pipeline.corrections import Correction, by_document, change_corrections, read_corrections
from pipeline.dispatch import dispatch
from pipeline.engines import Engine, Pool, in_process
from pipeline.errors import MergeError, WorkerError
from pipeline.folders import Input
from pipeline.inputs import Inputs, find_inputs
from pipeline.ledger import LEDGER, Ledger, Outcome, Seen
from pipeline.options import Options, Progress, Tell
from pipeline.origins import join_origins, write_origins
from pipeline.plan import Plan, batches, holding, key_of, make_plan
from pipeline.run_summary import Summary
from pipeline.stock import Stock, share_of
from pipeline.store import CURRENT, STATE, Store, locked
from pipeline.work import Batch, Place
from pipeline.write import settle_without_pandas


def run(inputs: Inputs, out: Path, *, options: Options | None = None, progress: Tell | None = None) -> Summary:
    """Read every document of the inputs, and bring the tables under `out` up to date with them.

    Raises:
        LockedError: another run writes there.
        WorkerError: the processes that should do the work cannot.
        DeclarationError: a form is declared wrongly.
        CorrectionError: the file of corrections holds a line that is none.
        OSError: the output cannot be written; its tables are as they were.

    """
    options = options or Options()
    tell = progress or (lambda _: None)
    started, summary = perf_counter(), Summary(options=asdict(options))
    settle_without_pandas()
    with locked(out) as store, engine_of(options) as engine:
        ledger = Ledger.read(store.current / LEDGER)
        skipped: list[str] = []
        listed = share_of(find_inputs(inputs, out=out, skipped=skipped), options.share)
        corrections = by_document(read_corrections(out))
        plan = Stock(engine, options, store.spool, tell, corrections).plan(listed, ledger, code_version())
        summary.take_plan(plan, ledger, skipped)
        earlier = [Earlier(store.current.resolve(), ledger)] if store.current.exists() else []
        is_as_before = bool(earlier) and _gives(plan, ledger)
        if is_as_before:
            state, parsed = store.current.resolve(), _Parsed([], {})
        else:
            todo = (_batch(some, store, options) for some in _places(plan, listed, corrections))
            parsed = _parse(plan, todo, engine, summary, tell)
            state = store.begin()
            Assembly(state, engine, tell).write(plan, parsed.folders, earlier)
        now = _ledger(plan, parsed.documents, Ledger(code_version(), options.limits))
        if now != ledger or not is_as_before:
            now.write(state / LEDGER)
        write_origins(state, listed)
        summary.take_corrections(corrections, plan, parsed.documents)
        summary.finish(state, total_seconds=perf_counter() - started)
        if not is_as_before:
            store.commit(state)
    return summary


def merge(outs: Sequence[Path], out: Path, *, options: Options | None = None, progress: Tell | None = None) -> Summary:
    """Write the tables that one run over all inputs would have written, from those of runs over parts of them.

    Raises:
        MergeError: a part has no tables, or other parsers or limits made them, or a document is in two parts.
        LockedError, WorkerError, OSError: as `run` does.

    """
    options = options or Options()
    started = perf_counter()
    summary = Summary(options=asdict(options))
    settle_without_pandas()
    earlier = [_part(part) for part in outs]
    first = earlier[0].ledger
    for part, one in zip(outs, earlier, strict=True):
        if (one.ledger.code, one.ledger.limits) != (first.code, first.limits):
            raise MergeError(part, f"its parsers or limits are not those of {outs[0]}; run it again with the same")
    documents = [seen for one in earlier for seen in one.ledger.documents]
    if len({seen.source for seen in documents}) < len(documents):
        raise MergeError(outs[0], "a document of the same name is in another part; run each part over other inputs")
    corrections = [one for part in outs for one in read_corrections(part)]
    with locked(out) as store, engine_of(options) as engine:
        if corrections:
            change_corrections(out, lambda own: {one.cell: one for one in (*corrections, *own)}.values())
        whole = replace(first, documents=documents)
        plan = _without_parsing(make_plan(documents, holding(whole, code=first.code, limits={}, retry=False)))
        summary.take_plan(plan, Ledger.read(store.current / LEDGER), [])
        state = store.begin()
        Assembly(state, engine, progress or (lambda _: None)).write(plan, {}, earlier)
        _ledger(plan, [], first).write(state / LEDGER)
        join_origins(state, [one.state for one in earlier])
        summary.take_corrections(by_document(corrections), plan, [])
        summary.finish(state, total_seconds=perf_counter() - started)
        store.commit(state)
    return summary


def _gives(plan: Plan, ledger: Ledger) -> bool:
    """Whether a plan comes to the rows that are there."""
    return not plan.parse and rows_of([*plan.reuse, *plan.listed]) == rows_of(ledger.kept())


def _without_parsing(plan: Plan) -> Plan:
    """The plan where nothing can be read: not what has the same bytes as a file that the system withheld, either."""
    advice = "a file with the same bytes could not be read; run its part again, then merge again"
    lost = [seen._replace(outcome="unreadable", reason=f"{seen.source}: {advice}", version="") for seen in plan.parse]
    return replace(plan, parse=[], listed=[*plan.listed, *lost])


def _part(out: Path) -> Earlier:
    state = out / STATE / CURRENT
    if not (state / LEDGER).exists():
        raise MergeError(out, "no run wrote tables there; run raingan over that part first")
    return Earlier(state.resolve(), Ledger.read(state / LEDGER))


def engine_of(options: Options) -> AbstractContextManager[Engine]:
    """What does the work."""
    if options.engine == "ray":
        try:
            from pipeline.ray_engine import Cluster
        except ImportError as error:
            raise WorkerError("--engine ray needs Ray: pip install 'raingan[ray]'") from error
        return Cluster(options.address)
    return Pool(options.jobs) if options.jobs else nullcontext(in_process)


class _Parsed(NamedTuple):
    """What came of the documents that were parsed, and the folders of their rows by shard."""

    documents: list[Seen]
    folders: dict[int, list[Path]]


def _parse(plan: Plan, todo: Iterable[Batch], engine: Engine, summary: Summary, tell: Tell) -> _Parsed:
    done = _Parsed([], {})
    read = quarantined = 0
    for batch, parsed in dispatch(todo, engine):
        outcomes = [
            _seen_again(place.seen, outcome, reason)
            for place, (outcome, reason) in zip(batch.places, parsed.outcomes, strict=True)
        ]
        done.documents.extend(outcomes)
        done.folders.setdefault(plan.shard(outcomes[0]), []).append(batch.folder)
        summary.take_parsed(parsed)
        read += sum(seen.byte_count or 0 for seen in outcomes)
        quarantined += sum(seen.outcome == "quarantined" for seen in outcomes)
        tell(Progress("reading", len(done.documents), len(plan.parse), read, quarantined))
    return done


def _seen_again(seen: Seen, outcome: Outcome, reason: str | None) -> Seen:
    """What became of a document; what the system withheld has no version, so that it is tried again next time."""
    version = "" if outcome == "unreadable" else seen.version
    return seen._replace(outcome=outcome, reason=reason, version=version)


def _places(
    plan: Plan, listed: Iterable[Input], corrections: Mapping[str, tuple[Correction, ...]]
) -> Iterator[list[Place]]:
    """The documents of each batch, where they lie, and what is corrected in them."""
    paths = {item.name: item.path for item in listed}
    for some in batches(plan):
        yield [Place(seen, paths[seen.file], corrections.get(seen.document_id, ())) for seen in some]


def _batch(places: Sequence[Place], store: Store, options: Options) -> Batch:
    key = key_of((place.seen for place in places), code=code_version(), limits=options.limits)
    return Batch(
        folder=store.work / "batches" / key,
        places=tuple(places),
        limits=options.file_limits,
        spool=store.spool,
        time_limit=options.time_limit,
        memory_limit=options.memory_limit,
        is_apart=options.is_apart,
    )


def _ledger(plan: Plan, parsed: Sequence[Seen], made: Ledger) -> Ledger:
    documents = tuple(sorted(chain(parsed, plan.reuse, plan.listed, plan.skipped), key=attrgetter("source")))
    return replace(made, bits=plan.bits, documents=documents)
