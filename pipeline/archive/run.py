"""Run over many documents: list them, parse what is new, write the new state, commit it. Read `process` first.

The ledger of the previous state says what was done; the work folder has what an interrupted run had done. So the next
run finishes it, and a run over unchanged inputs has nothing to do.
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
from pipeline.archive.dispatch import dispatch, run_tasks
from pipeline.archive.engines import Engine, engine_of, in_process
from pipeline.archive.ledger import (
    LEDGER,
    Ledger,
    ListedDocument,
    Outcome,
    code_version,
    merge_file_paths,
    write_file_paths,
)
from pipeline.archive.list_documents import InputScan, share_of
from pipeline.archive.options import Options, Progress, ProgressCallback
from pipeline.archive.plan import Plan, ReusableOutcomes, batch_key, batches, make_plan
from pipeline.archive.run_index import REPLACED, open_run_index
from pipeline.archive.run_summary import RunSummary
from pipeline.archive.shards import (
    BatchRows,
    ReusedRows,
    ShardTask,
    shard_files,
    shards_before,
    write_report_groups,
    write_shard,
)
from pipeline.archive.store import CURRENT, STATE, OutputFolder, lock_output
from pipeline.archive.work import (
    Batch,
    DocumentTask,
    ParsedBatch,
    document_row,
    has_alarm,
    parse_in_memory,
)
from pipeline.document.corrections import Correction
from pipeline.document.write import settle_without_pandas
from pipeline.errors import MergeError, ShareError
from pipeline.sources.find import Inputs, find_inputs
from schemas import TABLES


def run(
    inputs: Inputs, out: str | Path, *, options: Options | None = None, progress: ProgressCallback | None = None
) -> RunSummary:
    """Read all documents of the inputs, and bring the tables under `out` up to date with them.

    Raises:
        TypeError: `inputs` is a single path, not a list.
        LockedError: another run is writing to `out`.
        ShareError: the tables in `out` are those of another part of the inputs, or of all inputs.
        WorkerError: the worker processes fail.
        DeclarationError: a form is declared wrongly.
        CorrectionError: the file of corrections has an invalid line.
        OSError: the output cannot be written; its tables are unchanged.

    """
    _require_list("inputs", inputs)
    out, options, report = Path(out), options or Options(), progress or (lambda _: None)
    started, summary = perf_counter(), RunSummary(options=asdict(options))
    settle_without_pandas()
    with lock_output(out) as store, engine_of(options) as engine, open_run_index(store.folder) as index:
        ledger, skipped = _ledger_of(store, options), list[str]()
        index.add_files(share_of(find_inputs(inputs, out=out, skipped=skipped), options.share))
        index.add_previous(0, ledger.documents)
        corrections = by_document(read_corrections(out))
        plan = InputScan(engine, options, store.spool, report, corrections).plan(index, ledger, code_version())
        summary.count_plan(plan, skipped)
        previous = [PreviousState(store.current.resolve(), ledger)] if store.current.exists() else []
        is_unchanged = bool(previous) and not plan.count("parse") and not plan.changed_shards()
        if is_unchanged:
            state = store.current.resolve()
        else:
            if is_small := options.engine == "local" and has_alarm() and plan.is_small():
                options, engine = replace(options, jobs=0), in_process
            todo = (_batch(documents, store, options) for documents in _document_tasks(plan, corrections))
            parsed = ((batch, parse_in_memory(batch)) for batch in todo) if is_small else dispatch(todo, engine)
            batches = _store_outcomes(plan, parsed, summary, report)
            state = store.begin_state()
            StateWriter(state, engine, report).write(plan, batches, previous)
        now = Ledger(code_version(), options.limits, plan.bits, _share_text(options), index.documents(SORTED))
        is_same = is_unchanged and replace(now, documents=()) == replace(ledger, documents=())
        if not is_same or not plan.is_ledger_unchanged():
            now.write(state / LEDGER)
        write_file_paths(state, index.files("1 ORDER BY name, path"))
        summary.count_corrections(corrections, plan)
        summary.finish(state, total_seconds=perf_counter() - started)
        if not is_unchanged:
            store.commit(state)
    return summary


def merge(
    parts: Sequence[str | Path],
    out: str | Path,
    *,
    options: Options | None = None,
    progress: ProgressCallback | None = None,
) -> RunSummary:
    """Write the tables that one run over all inputs would have written, from those of runs over parts of them.

    Raises:
        TypeError: `parts` is a single path, not a list.
        MergeError: a part has no tables, or is missing, or has other parsers or limits; or two parts share a document.
        LockedError, WorkerError, OSError: as in `run`.

    """
    _require_list("parts", parts)
    outs, out, options = list(map(Path, parts)), Path(out), options or Options()
    started = perf_counter()
    summary = RunSummary(options=asdict(options))
    settle_without_pandas()
    previous = _parts(outs)
    corrections = [correction for part in outs for correction in read_corrections(part)]
    folder = next(folder for folder in (out, *out.absolute().parents) if folder.is_dir())
    with open_run_index(folder) as index, ExitStack() as stack:
        for number, part in enumerate(previous):
            index.add_previous(number, part.ledger.documents)
        index.create_indexes("earlier")
        if index.value("SELECT EXISTS (SELECT 1 FROM earlier GROUP BY source HAVING count(*) > 1)"):
            raise MergeError(outs[0], "another part has a document of the same name; run each part over other inputs")
        store, engine = stack.enter_context(lock_output(out)), stack.enter_context(engine_of(options))
        if corrections:
            change_corrections(out, lambda own: {one.cell: one for one in (*corrections, *own)}.values())
        index.add_previous(REPLACED, Ledger.read(store.current / LEDGER).documents)
        index.copy_previous("1")
        index.create_indexes("documents")
        plan = make_plan(index, ReusableOutcomes(parsed=True, quarantined=True))
        # A merge reads no files: not even those with the same bytes as a file that its part could not read.
        plan.mark_unreadable("a file with the same bytes could not be read; run its part again, then merge again")
        summary.count_plan(plan, [], before=REPLACED)
        state = store.begin_state()
        StateWriter(state, engine, progress or (lambda _: None)).write(plan, {}, previous)
        merged = replace(previous[0].ledger, bits=plan.bits, share="", documents=index.documents(SORTED))
        merged.write(state / LEDGER)
        merge_file_paths(state, [part.state for part in previous])
        summary.count_corrections(by_document(corrections), plan)
        summary.finish(state, total_seconds=perf_counter() - started)
        store.commit(state)
    return summary


SORTED = "1 ORDER BY source"
"""The condition that selects all documents of a run index, sorted by name."""


def _require_list(name: str, paths: Sequence[str | Path]) -> None:
    """Refuse a single path, whose letters would be taken for paths."""
    if isinstance(paths, str | PurePath):
        raise TypeError(f"{name} must be a list of paths, such as [{str(paths)!r}], not {str(paths)!r}")


def _ledger_of(store: OutputFolder, options: Options) -> Ledger:
    """The ledger of the tables, unless a part is to be read and they are not the tables of that part."""
    ledger = Ledger.read(store.current / LEDGER)
    if options.share and ledger.code and ledger.share != _share_text(options):
        raise ShareError(store.out, _share_text(options), ledger.share)
    return ledger


def _share_text(options: Options) -> str:
    """The part of the inputs that is read, such as `3/8`; empty for all."""
    return "/".join(map(str, options.share or ()))


@dataclass(frozen=True, slots=True)
class PreviousState:
    """A complete state and its ledger."""

    state: Path
    ledger: Ledger


def _parts(outs: Sequence[Path]) -> list[PreviousState]:
    """The states of all parts, with the same code and limits, none of them missing."""
    parts = [_part(out) for out in outs]
    first = parts[0].ledger
    for out, part in zip(outs, parts, strict=True):
        if (part.ledger.code, part.ledger.limits) != (first.code, first.limits):
            raise MergeError(out, f"its parsers or limits differ from {outs[0]}; run it again with the same")
    shares = {part.ledger.share for part in parts}
    count = first.share.rpartition("/")[2]
    if missing := [number for number in range(1, int(count or 0) + 1) if f"{number}/{count}" not in shares]:
        raise MergeError(outs[0], f"of its {count} parts {', '.join(map(str, missing))} are missing in the command")
    return parts


def _part(out: Path) -> PreviousState:
    state = out / STATE / CURRENT
    if not (state / LEDGER).exists():
        raise MergeError(out, "no tables found; run raingan over this part first")
    return PreviousState(state.resolve(), Ledger.read(state / LEDGER))


def _store_outcomes(
    plan: Plan, batches: Iterable[tuple[Batch, ParsedBatch]], summary: RunSummary, report: ProgressCallback
) -> dict[int, list[BatchRows]]:
    """Give the plan the outcomes of parsed batches; returns their rows by shard."""
    rows: dict[int, list[BatchRows]] = {}
    done = size = quarantined = 0
    total = plan.count("parse")
    for batch, parsed in batches:
        documents = [
            _with_outcome(task.document, outcome, reason)
            for task, (outcome, reason) in zip(batch.documents, parsed.outcomes, strict=True)
        ]
        plan.store_outcomes(documents)
        summary.add_batch(parsed)
        rows.setdefault(plan.shard(documents[0]), []).append(parsed.tables or str(batch.folder))
        done += len(documents)
        size += sum(document.byte_count or 0 for document in documents)
        quarantined += sum(document.outcome == "quarantined" for document in documents)
        report(Progress("reading", done, total, size, quarantined))
    return rows


def _with_outcome(document: ListedDocument, outcome: Outcome, reason: str | None) -> ListedDocument:
    """A document with its outcome. One that could not be read has no version, so that the next run tries it again."""
    version = "" if outcome == "unreadable" else document.version
    return document._replace(outcome=outcome, reason=reason, version=version)


def _document_tasks(plan: Plan, corrections: Mapping[str, tuple[Correction, ...]]) -> Iterator[list[DocumentTask]]:
    """The documents of each batch, with the paths of their files and their corrections."""
    for documents in batches(plan):
        yield [
            DocumentTask(document, plan.index.path_of(document.file), corrections.get(document.document_id, ()))
            for document in documents
        ]


def _batch(documents: Sequence[DocumentTask], store: OutputFolder, options: Options) -> Batch:
    key = batch_key((task.document for task in documents), code=code_version(), limits=options.limits)
    return Batch(
        folder=store.work / "batches" / key,
        documents=tuple(documents),
        limits=options.file_limits,
        spool=store.spool,
        time_limit=options.time_limit,
        memory_limit=options.memory_limit,
        has_worker=options.has_workers,
    )


ParsedRows = Mapping[int, Sequence[BatchRows]]
"""The rows of parsed batches by shard."""


@dataclass(frozen=True, slots=True)
class StateWriter:
    """Writes the tables of a new state."""

    state: Path
    engine: Engine
    report: ProgressCallback

    def write(self, plan: Plan, batches: ParsedRows, previous: Sequence[PreviousState]) -> None:
        """Write every table, from parsed batches by shard and from previous states.

        The files depend only on the documents, not on when or where each of them was parsed.
        """
        unchanged = _unchanged_shards(plan, batches, previous)
        for number in unchanged:
            self._link_shard(number, previous[0].state)
        changed = [number for number in plan.shards() if number not in unchanged]
        tasks = (self._shard_task(number, plan, batches.get(number, ()), previous) for number in changed)
        for count, _ in enumerate(run_tasks(tasks, write_shard, self.engine), 1):
            self.report(Progress("writing", count, len(changed)))
        for _ in run_tasks([self.state], write_report_groups, self.engine):
            self.report(Progress("comparing", 1, 1))
        write_datapackage(self.state)

    def _link_shard(self, number: int, state: Path) -> None:
        """Take over the files of an unchanged shard."""
        for model in TABLES:
            for path in shard_files(state, model.table, number):
                _link(path, self.state / model.table / path.name)

    def _shard_task(
        self, number: int, plan: Plan, batches: Iterable[BatchRows], previous: Sequence[PreviousState]
    ) -> ShardTask:
        return ShardTask(
            state=self.state,
            number=number,
            batches=tuple(batches),
            reused=tuple(
                _reused_rows(state, plan.to_reuse(number, part), number, plan.bits)
                for part, state in enumerate(previous)
            ),
            listed=tuple(document_row(document, duplicate_of=first) for document, first in plan.to_list(number)),
        )


def _reused_rows(previous: PreviousState, documents: Sequence[tuple[str, str]], number: int, bits: int) -> ReusedRows:
    return ReusedRows(
        previous.state,
        tuple(shards_before(number, bits, previous.ledger.bits)) if documents else (),
        tuple(document_id for _, document_id in documents),
        tuple(source for source, _ in documents),
    )


def _unchanged_shards(plan: Plan, batches: ParsedRows, previous: Sequence[PreviousState]) -> set[int]:
    if len(previous) != 1 or previous[0].ledger.bits != plan.bits:
        return set()
    return set(plan.shards()) - batches.keys() - plan.changed_shards()


def _link(path: Path, target: Path) -> None:
    """Link a file to a second path; copy it where the file system has no hard links."""
    try:
        os.link(path.resolve(), target)
    except OSError:
        shutil.copyfile(path, target)
