"""Many documents: take stock, parse what is new, assemble the new state, and let it count. Read `process` first.

The ledger of the state before says what is done; the work folder says what a run had done that was cut off. So the
next run finishes it, and a run over what has not changed has nothing to do.
"""

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from pathlib import Path, PurePath
from time import perf_counter

from pipeline.archive.corrections_file import by_document, change_corrections, read_corrections
from pipeline.archive.datapackage import write_datapackage
from pipeline.archive.dispatch import dispatch, each_done
from pipeline.archive.engines import Engine, engine_of
from pipeline.archive.ledger import LEDGER, Ledger, Outcome, Seen, code_version, join_origins, write_origins
from pipeline.archive.list_documents import Stock, share_of
from pipeline.archive.options import Options, Progress, Tell
from pipeline.archive.plan import Holding, Plan, batches, key_of, make_plan
from pipeline.archive.run_index import BEFORE, register_in
from pipeline.archive.run_summary import Summary
from pipeline.archive.shards import Held, shard_files, shards_before, write_corpus
from pipeline.archive.store import CURRENT, STATE, Store, locked
from pipeline.archive.work import Batch, Place, Shard, listed_row, write
from pipeline.document.corrections import Correction
from pipeline.document.write import settle_without_pandas
from pipeline.errors import MergeError, ShareError
from pipeline.sources.find import Inputs, find_inputs
from schemas import TABLES


def run(inputs: Inputs, out: str | Path, *, options: Options | None = None, progress: Tell | None = None) -> Summary:
    """Read every document of the inputs, and bring the tables under `out` up to date with them.

    Raises:
        TypeError: `inputs` is no list, but a single path.
        LockedError: another run writes there.
        ShareError: the tables there are those of another part of the inputs, or of all.
        WorkerError: the processes that should do the work cannot.
        DeclarationError: a form is declared wrongly.
        CorrectionError: the file of corrections holds a line that is none.
        OSError: the output cannot be written; its tables are as they were.

    """
    _require_list("inputs", inputs)
    out, options, tell = Path(out), options or Options(), progress or (lambda _: None)
    started, summary = perf_counter(), Summary(options=asdict(options))
    settle_without_pandas()
    with locked(out) as store, engine_of(options) as engine, register_in(store.folder) as register:
        ledger, skipped = _ledger_of(store, options), list[str]()
        register.add_listed(share_of(find_inputs(inputs, out=out, skipped=skipped), options.share))
        register.add_earlier(0, ledger.documents)
        corrections = by_document(read_corrections(out))
        plan = Stock(engine, options, store.spool, tell, corrections).plan(register, ledger, code_version())
        summary.take_plan(plan, skipped)
        earlier = [Earlier(store.current.resolve(), ledger)] if store.current.exists() else []
        is_as_before = bool(earlier) and not plan.count("parse") and not plan.differing()
        if is_as_before:
            state = store.current.resolve()
        else:
            todo = (_batch(some, store, options) for some in _places(plan, corrections))
            folders = _parse(plan, todo, engine, summary, tell)
            state = store.begin()
            Assembly(state, engine, tell).write(plan, folders, earlier)
        now = Ledger(code_version(), options.limits, plan.bits, _said(options), register.seen("1 ORDER BY source"))
        if not is_as_before or replace(now, documents=()) != replace(ledger, documents=()) or not plan.is_old_news():
            now.write(state / LEDGER)
        write_origins(state, register.listed("1 ORDER BY name, path"))
        summary.take_corrections(corrections, plan)
        summary.finish(state, total_seconds=perf_counter() - started)
        if not is_as_before:
            store.commit(state)
    return summary


def merge(
    parts: Sequence[str | Path], out: str | Path, *, options: Options | None = None, progress: Tell | None = None
) -> Summary:
    """Write the tables that one run over all inputs would have written, from those of runs over parts of them.

    Raises:
        TypeError: `parts` is no list, but a single path.
        MergeError: a part has no tables, or is missing, or other parsers or limits made them, or a document is in two.
        LockedError, WorkerError, OSError: as `run` does.

    """
    _require_list("parts", parts)
    outs, out, options = list(map(Path, parts)), Path(out), options or Options()
    started = perf_counter()
    summary = Summary(options=asdict(options))
    settle_without_pandas()
    earlier = _parts(outs)
    first = earlier[0].ledger
    corrections = [one for part in outs for one in read_corrections(part)]
    place = next(folder for folder in (out, *out.absolute().parents) if folder.is_dir())
    with register_in(place) as register, ExitStack() as opened:
        for number, one in enumerate(earlier):
            register.add_earlier(number, one.ledger.documents)
        register.index("earlier")
        if register.value("SELECT EXISTS (SELECT 1 FROM earlier GROUP BY source HAVING count(*) > 1)"):
            raise MergeError(outs[0], "a document of the same name is in another part; run each part over other inputs")
        store, engine = opened.enter_context(locked(out)), opened.enter_context(engine_of(options))
        if corrections:
            change_corrections(out, lambda own: {one.cell: one for one in (*corrections, *own)}.values())
        register.add_earlier(BEFORE, Ledger.read(store.current / LEDGER).documents)
        register.take_over("1")
        register.index("documents")
        plan = make_plan(register, Holding(parsed=True, quarantined=True))
        # Nothing can be read: not what has the same bytes as a file that the system withheld, either.
        plan.give_up("a file with the same bytes could not be read; run its part again, then merge again")
        summary.take_plan(plan, [], before=BEFORE)
        state = store.begin()
        Assembly(state, engine, progress or (lambda _: None)).write(plan, {}, earlier)
        replace(first, bits=plan.bits, share="", documents=register.seen("1 ORDER BY source")).write(state / LEDGER)
        join_origins(state, [one.state for one in earlier])
        summary.take_corrections(by_document(corrections), plan)
        summary.finish(state, total_seconds=perf_counter() - started)
        store.commit(state)
    return summary


def _require_list(name: str, paths: Sequence[str | Path]) -> None:
    """Refuse a single path, whose letters would be taken for paths."""
    if isinstance(paths, str | PurePath):
        raise TypeError(f"{name} must be a list of paths, such as [{str(paths)!r}], not {str(paths)!r}")


def _ledger_of(store: Store, options: Options) -> Ledger:
    """What the tables are made of, unless a part is to be read and they are not of that part."""
    ledger = Ledger.read(store.current / LEDGER)
    if options.share and ledger.code and ledger.share != _said(options):
        raise ShareError(store.out, _said(options), ledger.share)
    return ledger


def _said(options: Options) -> str:
    """The part of the inputs that is read, as it is written."""
    return "/".join(map(str, options.share or ()))


def _parts(outs: Sequence[Path]) -> list["Earlier"]:
    """The tables of all parts, made with the same code and limits, none of them missing."""
    parts = [_part(part) for part in outs]
    first = parts[0].ledger
    for out, one in zip(outs, parts, strict=True):
        if (one.ledger.code, one.ledger.limits) != (first.code, first.limits):
            raise MergeError(out, f"its parsers or limits are not those of {outs[0]}; run it again with the same")
    shares = {one.ledger.share for one in parts}
    count = first.share.rpartition("/")[2]
    if missing := [number for number in range(1, int(count or 0) + 1) if f"{number}/{count}" not in shares]:
        raise MergeError(outs[0], f"of its {count} parts {', '.join(map(str, missing))} are not among those named")
    return parts


def _part(out: Path) -> "Earlier":
    state = out / STATE / CURRENT
    if not (state / LEDGER).exists():
        raise MergeError(out, "no tables found; run raingan over this part first")
    return Earlier(state.resolve(), Ledger.read(state / LEDGER))


def _parse(plan: Plan, todo: Iterable[Batch], engine: Engine, summary: Summary, tell: Tell) -> dict[int, list[str]]:
    """Have documents parsed, and tell by shard the folders of their rows."""
    folders: dict[int, list[str]] = {}
    total = plan.count("parse")
    done = read = quarantined = 0
    for batch, parsed in dispatch(todo, engine):
        outcomes = [
            _seen_again(place.seen, outcome, reason)
            for place, (outcome, reason) in zip(batch.places, parsed.outcomes, strict=True)
        ]
        plan.take_parsed(outcomes)
        folders.setdefault(plan.shard(outcomes[0]), []).append(str(batch.folder))
        summary.take_parsed(parsed)
        done += len(outcomes)
        read += sum(seen.byte_count or 0 for seen in outcomes)
        quarantined += sum(seen.outcome == "quarantined" for seen in outcomes)
        tell(Progress("reading", done, total, read, quarantined))
    return folders


def _seen_again(seen: Seen, outcome: Outcome, reason: str | None) -> Seen:
    """What became of a document; what the system withheld has no version, so that it is tried again next time."""
    version = "" if outcome == "unreadable" else seen.version
    return seen._replace(outcome=outcome, reason=reason, version=version)


def _places(plan: Plan, corrections: Mapping[str, tuple[Correction, ...]]) -> Iterator[list[Place]]:
    """The documents of each batch, where they lie, and what is corrected in them."""
    for some in batches(plan):
        yield [Place(seen, plan.register.path_of(seen.file), corrections.get(seen.document_id, ())) for seen in some]


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


@dataclass(frozen=True, slots=True)
class Earlier:
    """A complete state, and the ledger that says what is in it."""

    state: Path
    ledger: Ledger


@dataclass(frozen=True, slots=True)
class Assembly:
    """What it takes to write a state."""

    state: Path
    engine: Engine
    tell: Tell

    def write(self, plan: Plan, folders: Mapping[int, Sequence[str]], earlier: Sequence[Earlier]) -> None:
        """Write every table, from the folders of parsed batches by shard and from earlier states.

        The files depend on the documents alone, not on which of them were parsed just now or before, or by whom.
        """
        unchanged = _unchanged(plan, folders, earlier)
        for number in unchanged:
            self._take_over(number, earlier[0].state)
        changed = [number for number in plan.shards() if number not in unchanged]
        tasks = (self._shard(number, plan, folders.get(number, ()), earlier) for number in changed)
        for count, _ in enumerate(each_done(tasks, write, self.engine), 1):
            self.tell(Progress("writing", count, len(changed)))
        for _ in each_done([self.state], write_corpus, self.engine):
            self.tell(Progress("comparing", 1, 1))
        write_datapackage(self.state)

    def _take_over(self, number: int, state: Path) -> None:
        for model in TABLES:
            for path in shard_files(state, model.table, number):
                _link(path, self.state / model.table / path.name)

    def _shard(self, number: int, plan: Plan, folders: Iterable[str], earlier: Sequence[Earlier]) -> Shard:
        return Shard(
            state=self.state,
            number=number,
            batches=tuple(map(Path, sorted(folders))),
            held=tuple(_held(one, plan.to_reuse(number, part), number, plan.bits) for part, one in enumerate(earlier)),
            listed=tuple(listed_row(seen, duplicate_of=first) for seen, first in plan.to_list(number)),
        )


def _held(one: Earlier, held: Sequence[tuple[str, str]], number: int, bits: int) -> Held:
    return Held(
        one.state,
        tuple(shards_before(number, bits, one.ledger.bits)) if held else (),
        tuple(document_id for _, document_id in held),
        tuple(source for source, _ in held),
    )


def _unchanged(plan: Plan, folders: Mapping[int, Sequence[str]], earlier: Sequence[Earlier]) -> set[int]:
    """The shards that are as they were."""
    if len(earlier) != 1 or earlier[0].ledger.bits != plan.bits:
        return set()
    return set(plan.shards()) - folders.keys() - plan.differing()


def _link(path: Path, place: Path) -> None:
    """The same file at another place; a copy where the file system has no links."""
    try:
        os.link(path.resolve(), place)
    except OSError:
        shutil.copyfile(path, place)
