"""What a run has to do: which documents are new, which rows of an earlier run still hold, and which shards change."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.ledger import Ledger, Seen, shard_bits, shard_of

DOCUMENTS_IN_BATCH = 32
BYTES_IN_BATCH = 2**20
"""What one task of a worker reads: a second's work."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Every document by what is to be done with it; sorted by name."""

    bits: int
    parse: Sequence[Seen]
    reuse: Sequence[Seen]
    listed: Sequence[Seen]
    """Documents that give a row and no more: duplicates and what cannot be read."""
    skipped: Sequence[Seen]
    firsts: Mapping[str, str] = field(default_factory=dict)
    """The name under which the bytes of a document id are parsed."""

    def shard(self, seen: Seen) -> int:
        """The shard that the rows of a document stand in."""
        return shard_of(seen.document_id, self.bits)

    def first_of(self, seen: Seen) -> str | None:
        """The name that the same bytes are parsed under, where the document is a duplicate."""
        return self.firsts[seen.document_id] if seen.outcome == "duplicate" else None

    def by_shard(self, documents: Iterable[Seen]) -> dict[int, list[Seen]]:
        """The documents of each shard."""
        found: dict[int, list[Seen]] = {}
        for seen in documents:
            found.setdefault(self.shard(seen), []).append(seen)
        return found


def make_plan(documents: Iterable[Seen], still_holds: Callable[[Seen], Seen | None]) -> Plan:
    """Parse each document once, under the first of its names, unless its rows of an earlier run still hold."""
    parse, reuse, listed, skipped = [], [], [], []
    firsts: dict[str, str] = {}
    for seen in sorted(documents):
        if seen.outcome == "skipped":
            skipped.append(seen)
        elif seen.outcome == "unreadable":
            listed.append(seen)
        elif firsts.setdefault(seen.document_id, seen.source) != seen.source:
            listed.append(seen._replace(outcome="duplicate", reason=None))
        elif (held := still_holds(seen)) is not None:
            reuse.append(held)
        else:
            parse.append(seen)
    return Plan(shard_bits([*parse, *reuse, *listed]), parse, reuse, listed, skipped, firsts)


def holding(ledger: Ledger, *, code: str, limits: Mapping[str, float], retry: bool) -> Callable[[Seen], Seen | None]:
    """A function that finds an earlier outcome which a new run would only come to again.

    What was parsed within lower limits is within higher ones too; what was not is tried again with higher ones.
    """
    earlier = {seen.source: seen for seen in ledger.documents} if ledger.code == code else {}
    is_lower = any(value < ledger.limits.get(name, value) for name, value in limits.items())
    is_higher = any(value > ledger.limits.get(name, value) for name, value in limits.items())
    kept = {"parsed"} - ({"parsed"} if is_lower else set()) | ({"quarantined"} if not (retry or is_higher) else set())

    def still_holds(seen: Seen) -> Seen | None:
        held = earlier.get(seen.source)
        if held is None or held.outcome not in kept:
            return None
        if (held.document_id, held.corrections) != (seen.document_id, seen.corrections):
            return None
        return seen._replace(outcome=held.outcome, reason=held.reason)

    return still_holds


def batches(plan: Plan) -> Iterator[tuple[Seen, ...]]:
    """The documents to parse, a second's work at a time, so that a batch belongs to one shard."""
    for _, documents in sorted(plan.by_shard(plan.parse).items()):
        batch: list[Seen] = []
        size = 0
        for seen in documents:
            if batch and (len(batch) == DOCUMENTS_IN_BATCH or size + (seen.byte_count or 0) > BYTES_IN_BATCH):
                yield tuple(batch)
                batch, size = [], 0
            batch.append(seen)
            size += seen.byte_count or 0
        yield tuple(batch)


def key_of(documents: Iterable[Seen], **parts: object) -> str:
    """A name for work on these documents: the same work has the same name in a later run."""
    said = json.dumps(
        [[(seen.document_id, seen.source, seen.corrections) for seen in documents], parts], sort_keys=True
    )
    return hashlib.sha256(said.encode("utf-8", "surrogateescape")).hexdigest()[:24]
