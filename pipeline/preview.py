"""What a run would do, and why, by the listing and the ledger alone: no file is looked into, none is written."""

from collections.abc import Sequence
from pathlib import Path

from pipeline.code_version import code_version
from pipeline.corrections import by_document, read_corrections
from pipeline.inputs import Inputs, find_inputs
from pipeline.ledger import LEDGER, Ledger, Seen
from pipeline.options import Options
from pipeline.plan import holding
from pipeline.stock import known_files, may_have_changed, share_of, with_corrections
from pipeline.store import CURRENT, STATE

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
    listed = {item.name: item for item in share_of(find_inputs(inputs, out=out, skipped=[]), options.share)}
    corrections = by_document(read_corrections(out))
    before, known = ledger.by_file(), known_files(listed, ledger, code=code_version(), options=options)
    holds = holding(ledger, code=code_version(), limits=options.limits, retry=options.retry)
    reasons: Reasons = {}
    for name, item in listed.items():
        if name not in before:
            reason = NEW
        elif may_have_changed(before[name], item):
            reason = CHANGED
        elif options.force:
            reason = FORCED
        elif ledger.code != code_version():
            reason = OTHER_CODE
        elif name not in known:
            reason = RETRIED
        else:
            now = [with_corrections(seen, corrections) for seen in known[name]]
            again = [seen for seen in now if not _holds(seen, holds(seen))]
            reason = _of_unchanged(again) if now == known[name] or not again else CORRECTED
        reasons.setdefault(reason, []).append(name)
    if gone := sorted(before.keys() - listed.keys()):
        reasons[GONE] = gone
    return reasons


def _holds(seen: Seen, held: Seen | None) -> bool:
    return seen.outcome in ("duplicate", "skipped", "unreadable") or held is not None


def _of_unchanged(again: Sequence[Seen]) -> str:
    if not again:
        return HOLDS
    return RETRIED if all(seen.outcome == "quarantined" for seen in again) else LIMITS
