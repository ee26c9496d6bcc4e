"""Which documents the inputs hold, opening only files that may have changed; and a preview of what a run would do."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.archive.corrections_file import by_document, digest, read_corrections
from pipeline.archive.dispatch import run_tasks
from pipeline.archive.engines import Engine
from pipeline.archive.ledger import LEDGER, Ledger, code_version
from pipeline.archive.options import Options, Progress, ProgressCallback
from pipeline.archive.plan import FIND_PREVIOUS, IS_REUSABLE, Plan, make_plan, reusable_outcomes
from pipeline.archive.run_index import RunIndex, open_run_index
from pipeline.archive.store import CURRENT, STATE
from pipeline.archive.work import FileBatch, list_documents
from pipeline.document.corrections import Correction
from pipeline.sources.find import Inputs, find_inputs
from pipeline.sources.folders import Input

FILES_AT_ONCE, BYTES_AT_ONCE = 256, 32 * 2**20
"""Files and bytes that one task opens."""


@dataclass(frozen=True, slots=True)
class InputScan:
    """Lists the documents of the inputs."""

    engine: Engine
    options: Options
    spool: Path
    report: ProgressCallback
    corrections: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)
    """By document id."""

    def plan(self, index: RunIndex, ledger: Ledger, code: str) -> Plan:
        """What to do with every document of the listed files."""
        find_known(index, ledger, code=code, options=self.options)
        reusable = reusable_outcomes(
            ledger,
            code="" if self.options.force else code,
            limits=self.options.limits,
            retry=self.options.retry,
        )
        number = 1
        while True:
            self._list(index, number)
            set_correction_digests(index, self.corrections)
            plan = make_plan(index, reusable)
            number += 1
            # Known files with documents to be parsed are opened too, for their bytes.
            if not index.execute(_OPEN, number=number):
                return plan
            index.execute(_REMOVE, number=number)

    def _list(self, index: RunIndex, number: int) -> None:
        """Insert the documents of the files that are opened in this pass."""
        done, total = 0, index.value("SELECT count(*) FROM listed WHERE pass = :number", number=number)
        files = index.files("pass = :number ORDER BY number", number=number)
        tasks = (FileBatch(batch, self.options.file_limits, self.spool) for batch in _in_batches(files))
        for task, documents in run_tasks(tasks, list_documents, self.engine):
            done += len(task.inputs)
            self.report(Progress("listing", done, total))
            index.add_documents(documents)


_FIND_KNOWN = """
UPDATE listed SET pass = 0
WHERE EXISTS (SELECT 1 FROM earlier WHERE file = listed.name AND part = 0)
  AND NOT EXISTS (
    SELECT 1 FROM earlier
    WHERE file = listed.name AND part = 0
      AND (version != listed.version OR version = '' OR outcome = 'unreadable' AND NOT :is_same_reader))"""
_OPEN = """
UPDATE listed SET pass = :number
WHERE pass = 0 AND name IN (SELECT file FROM documents WHERE todo = 'parse')"""
_REMOVE = "DELETE FROM documents WHERE file IN (SELECT name FROM listed WHERE pass = :number)"


def find_known(index: RunIndex, ledger: Ledger, *, code: str, options: Options) -> None:
    """Take over the documents of files that have not changed, unless more of them could be read now."""
    index.create_indexes("listed", "earlier")
    is_same_reader = (ledger.code, ledger.limits) == (code, options.limits) and not (options.retry or options.force)
    index.execute(_FIND_KNOWN, is_same_reader=is_same_reader)
    index.copy_previous("file IN (SELECT name FROM listed WHERE pass = 0)")
    index.create_indexes("documents")


def set_correction_digests(index: RunIndex, corrections: Mapping[str, Sequence[Correction]]) -> None:
    """Give every document the digest of its current corrections."""
    index.execute("UPDATE documents SET corrections = '' WHERE corrections != ''")
    index.execute_each(
        "UPDATE documents SET corrections = ? WHERE document_id = ?",
        ((digest(of_document), document_id) for document_id, of_document in corrections.items()),
    )


def share_of(files: Iterable[Input], share: tuple[int, int] | None) -> Iterator[Input]:
    """The files of one part of the inputs; the part of a file depends only on its name."""
    part, parts = share or (1, 1)
    return (file for file in files if parts == 1 or _hash(file.name) % parts == part - 1)


def _hash(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode("utf-8", "surrogateescape")).digest()[:8])


def _in_batches(files: Iterable[Input]) -> Iterator[tuple[Input, ...]]:
    batch: list[Input] = []
    size = 0
    for file in files:
        batch.append(file)
        size += file.size or 0
        if len(batch) == FILES_AT_ONCE or size > BYTES_AT_ONCE:
            yield tuple(batch)
            batch, size = [], 0
    if batch:
        yield tuple(batch)


Reasons = dict[str, list[str]]
"""Names of files by what a run would do with them."""

NEW, CHANGED, GONE = "new", "may have changed", "removed: their rows will be deleted"
OTHER_CODE = "the parsers have changed"
FORCED = "read again because of --force"
RETRIED = "quarantined before, will be tried again"
LIMITS = "a limit has changed"
CORRECTED = "corrections have changed"
UNCHANGED = "unchanged, nothing to do"


def preview(inputs: Inputs, out: Path, *, options: Options) -> Reasons:
    """The files of the inputs, and removed ones, by what a run would do with them. Opens and writes no file."""
    ledger = Ledger.read(out / STATE / CURRENT / LEDGER)
    reasons: Reasons = {}
    with open_run_index(None) as index:
        index.add_files(share_of(find_inputs(inputs, out=out, skipped=[]), options.share))
        index.add_previous(0, ledger.documents)
        find_known(index, ledger, code=code_version(), options=options)
        set_correction_digests(index, by_document(read_corrections(out)))
        to_parse = _reasons_to_parse(index, ledger, options)
        for name, number, is_new, is_changed in index.rows(_FILES):
            if is_new:
                reason = NEW
            elif is_changed:
                reason = CHANGED
            elif options.force:
                reason = FORCED
            elif ledger.code != code_version():
                reason = OTHER_CODE
            else:
                reason = RETRIED if number else to_parse.get(name, UNCHANGED)
            reasons.setdefault(reason, []).append(name)
        if gone := [name for (name,) in index.rows(_GONE)]:
            reasons[GONE] = gone
    return reasons


_FILES = """
SELECT name, pass,
    NOT EXISTS (SELECT 1 FROM earlier WHERE file = name),
    EXISTS (SELECT 1 FROM earlier WHERE file = name AND (earlier.version != listed.version OR earlier.version = ''))
FROM listed ORDER BY number"""
_GONE = """
SELECT DISTINCT file FROM earlier
WHERE NOT EXISTS (SELECT 1 FROM listed WHERE name = file) ORDER BY file"""
_TO_PARSE = f"""
SELECT file, max(is_to_parse AND outcome != 'quarantined'), max(is_corrected)
FROM (
    SELECT file, outcome, outcome NOT IN ('duplicate', 'skipped', 'unreadable') AND NOT {IS_REUSABLE} AS is_to_parse,
        corrections != (SELECT corrections FROM earlier WHERE number = previous) AS is_corrected
    FROM documents)
GROUP BY file HAVING max(is_to_parse)"""


def _reasons_to_parse(index: RunIndex, ledger: Ledger, options: Options) -> dict[str, str]:
    """Why unchanged files would be parsed again."""
    reusable = reusable_outcomes(ledger, code=code_version(), limits=options.limits, retry=options.retry)
    index.execute(FIND_PREVIOUS)
    return {
        file: CORRECTED if is_corrected else LIMITS if is_over_limit else RETRIED
        for file, is_over_limit, is_corrected in index.rows(_TO_PARSE, **reusable._asdict())
    }
