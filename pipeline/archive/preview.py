"""What a run would do, and why, by the listing and the ledger alone: no file is looked into, none is written."""

from pathlib import Path

from pipeline.archive.code_version import code_version
from pipeline.archive.ledger import LEDGER, Ledger
from pipeline.archive.list_documents import correct, find_known, share_of
from pipeline.archive.options import Options
from pipeline.archive.plan import FIND_HELD, holding
from pipeline.archive.plan import HOLDS as IS_HELD
from pipeline.archive.run_index import Register, register_in
from pipeline.archive.store import CURRENT, STATE
from pipeline.document.corrections_file import by_document, read_corrections
from pipeline.sources.find import Inputs, find_inputs

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
