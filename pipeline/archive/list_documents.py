"""Which documents the inputs hold, opening only files that may have changed; and a preview of what a run would do."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.archive.corrections_file import by_document, digest, read_corrections
from pipeline.archive.dispatch import each_done
from pipeline.archive.engines import Engine
from pipeline.archive.ledger import LEDGER, Ledger, code_version
from pipeline.archive.options import Options, Progress, Tell
from pipeline.archive.plan import FIND_HELD, Plan, holding, make_plan
from pipeline.archive.plan import HOLDS as IS_HELD
from pipeline.archive.run_index import Register, register_in
from pipeline.archive.store import CURRENT, STATE
from pipeline.archive.work import Files, take_in
from pipeline.document.corrections import Correction
from pipeline.sources.find import Inputs, find_inputs
from pipeline.sources.folders import Input

FILES_AT_ONCE, BYTES_AT_ONCE = 256, 32 * 2**20
"""What one task looks into."""


@dataclass(frozen=True, slots=True)
class Stock:
    """What it takes to look into files."""

    engine: Engine
    options: Options
    spool: Path
    tell: Tell
    corrections: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)
    """What reviewers corrected, by document."""

    def plan(self, register: Register, ledger: Ledger, code: str) -> Plan:
        """What to do with every document of the listed files."""
        find_known(register, ledger, code=code, options=self.options)
        still_holds = holding(
            ledger,
            code="" if self.options.force else code,
            limits=self.options.limits,
            retry=self.options.retry,
        )
        number = 1
        while True:
            self._take_in(register, number)
            correct(register, self.corrections)
            plan = make_plan(register, still_holds)
            number += 1
            # What is known but has to be parsed is looked into too, for its bytes.
            if not register.change(_LOOK_INTO, number=number):
                return plan
            register.change(_TAKE_OUT, number=number)

    def _take_in(self, register: Register, number: int) -> None:
        """Put the documents of files into the register, a pass over as many as there are with its number."""
        done, total = 0, register.value("SELECT count(*) FROM listed WHERE pass = :number", number=number)
        items = register.listed("pass = :number ORDER BY number", number=number)
        tasks = (Files(some, self.options.file_limits, self.spool) for some in _some_at_once(items))
        for files, documents in each_done(tasks, take_in, self.engine):
            done += len(files.inputs)
            self.tell(Progress("listing", done, total))
            register.add_documents(documents)


_FIND_KNOWN = """
UPDATE listed SET pass = 0
WHERE EXISTS (SELECT 1 FROM earlier WHERE file = listed.name AND part = 0)
  AND NOT EXISTS (
    SELECT 1 FROM earlier
    WHERE file = listed.name AND part = 0
      AND (version != listed.version OR version = '' OR outcome = 'unreadable' AND NOT :is_same_reader))"""
_LOOK_INTO = """
UPDATE listed SET pass = :number
WHERE pass = 0 AND name IN (SELECT file FROM documents WHERE todo = 'parse')"""
_TAKE_OUT = "DELETE FROM documents WHERE file IN (SELECT name FROM listed WHERE pass = :number)"


def find_known(register: Register, ledger: Ledger, *, code: str, options: Options) -> None:
    """Take over the documents of files that nothing says have changed, and of which no more can be read than before."""
    register.index("listed", "earlier")
    is_same_reader = (ledger.code, ledger.limits) == (code, options.limits) and not (options.retry or options.force)
    register.change(_FIND_KNOWN, is_same_reader=is_same_reader)
    register.take_over("file IN (SELECT name FROM listed WHERE pass = 0)")
    register.index("documents")


def correct(register: Register, corrections: Mapping[str, Sequence[Correction]]) -> None:
    """Give every document the digest of what is corrected in it now."""
    register.change("UPDATE documents SET corrections = '' WHERE corrections != ''")
    register.change_each(
        "UPDATE documents SET corrections = ? WHERE document_id = ?",
        ((digest(some), document_id) for document_id, some in corrections.items()),
    )


def share_of(listed: Iterable[Input], share: tuple[int, int] | None) -> Iterator[Input]:
    """The files of one part of the inputs; which part a file is in depends on its name alone."""
    part, parts = share or (1, 1)
    return (item for item in listed if parts == 1 or _number(item.name) % parts == part - 1)


def _number(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode("utf-8", "surrogateescape")).digest()[:8])


def _some_at_once(items: Iterable[Input]) -> Iterator[tuple[Input, ...]]:
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


Reasons = dict[str, list[str]]
"""Names of listed files by what would be done with them."""

NEW, CHANGED, GONE = "new", "may have changed", "gone: the rows leave the tables"
OTHER_CODE = "made by another version of the parsers"
FORCED = "parsed again because of --force"
RETRIED = "quarantined before, tried again"
LIMITS = "a limit differs"
CORRECTED = "corrected, or corrected otherwise"
HOLDS = "nothing to do"


def preview(inputs: Inputs, out: Path, *, options: Options) -> Reasons:
    """The files of the inputs, and those that are gone, by the reason for what a run would do."""
    ledger = Ledger.read(out / STATE / CURRENT / LEDGER)
    reasons: Reasons = {}
    with register_in(None) as register:
        register.add_listed(share_of(find_inputs(inputs, out=out, skipped=[]), options.share))
        register.add_earlier(0, ledger.documents)
        find_known(register, ledger, code=code_version(), options=options)
        correct(register, by_document(read_corrections(out)))
        again = _again(register, ledger, options)
        for name, number, is_new, is_changed in register.rows(_FILES):
            if is_new:
                reason = NEW
            elif is_changed:
                reason = CHANGED
            elif options.force:
                reason = FORCED
            elif ledger.code != code_version():
                reason = OTHER_CODE
            else:
                reason = RETRIED if number else again.get(name, HOLDS)
            reasons.setdefault(reason, []).append(name)
        if gone := [name for (name,) in register.rows(_GONE)]:
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
_AGAIN = f"""
SELECT file, max(is_again AND outcome != 'quarantined'), max(is_corrected)
FROM (
    SELECT file, outcome, outcome NOT IN ('duplicate', 'skipped', 'unreadable') AND NOT {IS_HELD} AS is_again,
        corrections != (SELECT corrections FROM earlier WHERE number = held) AS is_corrected
    FROM documents)
GROUP BY file HAVING max(is_again)"""


def _again(register: Register, ledger: Ledger, options: Options) -> dict[str, str]:
    """Why files would be parsed again that did not change."""
    holds = holding(ledger, code=code_version(), limits=options.limits, retry=options.retry)
    register.change(FIND_HELD)
    return {
        file: CORRECTED if is_corrected else LIMITS if is_other else RETRIED
        for file, is_other, is_corrected in register.rows(_AGAIN, **holds._asdict())
    }
