"""What a run has to do: which documents are new, which rows of an earlier run still hold, and which shards change."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from pipeline.archive.ledger import Ledger, Seen
from pipeline.archive.run_index import COLUMNS, Register
from pipeline.archive.shards import ids_of_shard, shard_bits, shard_of

DOCUMENTS_IN_BATCH = 32
BYTES_IN_BATCH = 2**20
"""What one task of a worker reads: a second's work."""

Todo = Literal["parse", "reuse", "list", "skip"]
"""What is to be done with a document; `list` with those that give a row and no more: duplicates, and the unreadable."""


class Holding(NamedTuple):
    """Which outcomes of earlier a new run would only come to again."""

    parsed: bool
    quarantined: bool


FIND_HELD = """
UPDATE documents
SET held = (SELECT max(number) FROM earlier WHERE earlier.source = documents.source AND part >= 0)"""
HOLDS = """EXISTS (
    SELECT 1 FROM earlier
    WHERE earlier.number = documents.held
      AND earlier.document_id = documents.document_id
      AND earlier.corrections = documents.corrections
      AND (earlier.outcome = 'parsed' AND :parsed OR earlier.outcome = 'quarantined' AND :quarantined))"""
"""Whether the earlier rows of a document still hold."""
_FORGET = """
UPDATE documents
SET todo = CASE outcome WHEN 'skipped' THEN 'skip' WHEN 'unreadable' THEN 'list' END,
    outcome = CASE WHEN outcome IN ('skipped', 'unreadable') THEN outcome END,
    reason = CASE WHEN outcome IN ('skipped', 'unreadable') THEN reason END"""
_FIND_FIRSTS = """
UPDATE documents
SET first = (
    SELECT number FROM documents AS other
    WHERE other.document_id = documents.document_id AND other.todo IS NULL ORDER BY other.source LIMIT 1)
WHERE todo IS NULL"""
_LIST_DUPLICATES = """
UPDATE documents
SET outcome = 'duplicate', todo = 'list'
WHERE todo IS NULL AND source != (SELECT source FROM documents AS other WHERE other.number = documents.first)"""
_REUSE = f"""
UPDATE documents
SET outcome = (SELECT outcome FROM earlier WHERE number = held),
    reason = (SELECT reason FROM earlier WHERE number = held),
    todo = 'reuse'
WHERE todo IS NULL AND {HOLDS}"""
_PARSE = "UPDATE documents SET todo = 'parse' WHERE todo IS NULL"

_SIZES = """
SELECT count(*), total(size)
FROM (SELECT max(coalesce(byte_count, 0)) AS size FROM documents WHERE todo != 'skip' GROUP BY document_id)"""
_OF_SHARD = "document_id BETWEEN :low AND :high"
_IS_SAME = """
    now.source = was.source AND now.document_id = was.document_id AND now.outcome = was.outcome
    AND now.reason IS was.reason AND now.corrections = was.corrections"""
_DIFFERING = f"""
SELECT document_id FROM documents AS now
WHERE todo IN ('reuse', 'list')
  AND NOT EXISTS (SELECT 1 FROM earlier AS was WHERE was.number = now.held AND {_IS_SAME})
UNION ALL
SELECT document_id FROM earlier AS was
WHERE outcome != 'skipped' AND part = 0
  AND NOT EXISTS (SELECT 1 FROM documents AS now WHERE {_IS_SAME} AND todo IN ('reuse', 'list'))"""

_IS_ALIKE = " AND ".join(f"now.{column} IS was.{column}" for column in Seen._fields)
_NEWS = f"""
SELECT count(*) FROM documents AS now
WHERE NOT EXISTS (SELECT 1 FROM earlier AS was WHERE was.number = now.held AND {_IS_ALIKE})"""
_SURPLUS = "SELECT (SELECT count(*) FROM documents) - (SELECT count(*) FROM earlier WHERE part = 0)"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done with every document of a register."""

    register: Register
    bits: int
    """Leading bits of the document id that tell the shard."""

    def count(self, todo: Todo) -> int:
        """How many documents there are for which this is to be done."""
        found: int = self.register.value("SELECT count(*) FROM documents WHERE todo = :todo", todo=todo)
        return found

    def shard(self, seen: Seen) -> int:
        """The shard that the rows of a document stand in."""
        return shard_of(seen.document_id, self.bits)

    def shards(self) -> range:
        """The numbers of all shards."""
        return range(1 << self.bits)

    def to_parse(self, shard: int) -> list[Seen]:
        """The documents of a shard that are to be parsed, sorted by name."""
        return list(self.register.seen(f"{_OF_SHARD} AND todo = 'parse' ORDER BY source", **self._ids(shard)))

    def to_reuse(self, shard: int, part: int) -> list[tuple[str, str]]:
        """Name and id of the documents of a shard whose rows an earlier part has, sorted by name."""
        is_there = "source = documents.source AND part = :part AND outcome IN ('parsed', 'quarantined')"
        query = f"""
            SELECT source, document_id FROM documents
            WHERE {_OF_SHARD} AND todo = 'reuse' AND EXISTS (SELECT 1 FROM earlier WHERE {is_there}) ORDER BY source"""
        return [(source, known) for source, known in self.register.rows(query, part=part, **self._ids(shard))]

    def to_list(self, shard: int) -> Iterator[tuple[Seen, str | None]]:
        """The documents of a shard that give no more than a row, with the name of the first where it is a duplicate."""
        first = "CASE outcome WHEN 'duplicate' THEN (SELECT source FROM documents WHERE number = mine.first) END"
        query = f"""
            SELECT {COLUMNS}, {first} FROM documents AS mine
            WHERE {_OF_SHARD} AND todo = 'list' ORDER BY source"""
        return ((Seen(*seen), name) for *seen, name in self.register.rows(query, **self._ids(shard)))

    def differing(self) -> set[int]:
        """The shards where what is taken over or listed is not all that the tables of before have, and no more."""
        return {shard_of(known, self.bits) for (known,) in self.register.rows(_DIFFERING)}

    def has_rows(self, document_id: str) -> bool:
        """Whether a document with this id is parsed."""
        found = "SELECT EXISTS (SELECT 1 FROM documents WHERE document_id = :known AND outcome = 'parsed')"
        return bool(self.register.value(found, known=document_id))

    def is_old_news(self) -> bool:
        """Whether the ledger of before tells the same of all documents."""
        return bool(self.register.value(_SURPLUS) == self.register.value(_NEWS) == 0)

    def take_parsed(self, documents: Iterable[Seen]) -> None:
        """Keep what became of documents that were parsed."""
        self.register.change_each(
            """UPDATE documents SET outcome = ?, reason = ?, version = ?
            WHERE source = ? AND document_id = ? AND todo = 'parse'""",
            ((seen.outcome, seen.reason, seen.version, seen.source, seen.document_id) for seen in documents),
        )

    def give_up(self, advice: str) -> None:
        """Do without what would have to be parsed, and say why."""
        self.register.change(
            """UPDATE documents
            SET outcome = 'unreadable', reason = source || ': ' || :advice, version = '', todo = 'list'
            WHERE todo = 'parse'""",
            advice=advice,
        )

    def _ids(self, shard: int) -> dict[str, str]:
        return dict(zip(("low", "high"), ids_of_shard(shard, self.bits), strict=True))


def make_plan(register: Register, holding: Holding) -> Plan:
    """Parse each document once, under the first of its names, unless its rows of an earlier run still hold."""
    for statement in (_FORGET, FIND_HELD, _FIND_FIRSTS, _LIST_DUPLICATES):
        register.change(statement)
    register.change(_REUSE, **holding._asdict())
    register.change(_PARSE)
    documents, size = next(register.rows(_SIZES))
    return Plan(register, shard_bits(documents, size))


def holding(ledger: Ledger, *, code: str, limits: Mapping[str, float], retry: bool) -> Holding:
    """Which outcomes still hold of what a run with this code and these limits left.

    What was parsed within lower limits is within higher ones too; what was not is tried again with higher ones.
    """
    is_lower = any(value < ledger.limits.get(name, value) for name, value in limits.items())
    is_higher = any(value > ledger.limits.get(name, value) for name, value in limits.items())
    is_same = ledger.code == code
    return Holding(parsed=is_same and not is_lower, quarantined=is_same and not (retry or is_higher))


def batches(plan: Plan) -> Iterator[tuple[Seen, ...]]:
    """The documents to parse, a second's work at a time, so that a batch belongs to one shard."""
    for shard in plan.shards():
        batch: list[Seen] = []
        size = 0
        for seen in plan.to_parse(shard):
            if batch and (len(batch) == DOCUMENTS_IN_BATCH or size + (seen.byte_count or 0) > BYTES_IN_BATCH):
                yield tuple(batch)
                batch, size = [], 0
            batch.append(seen)
            size += seen.byte_count or 0
        if batch:
            yield tuple(batch)


def key_of(documents: Iterable[Seen], **parts: object) -> str:
    """A name for work on these documents: the same work has the same name in a later run."""
    said = json.dumps(
        [[(seen.document_id, seen.source, seen.corrections) for seen in documents], parts], sort_keys=True
    )
    return hashlib.sha256(said.encode("utf-8", "surrogateescape")).hexdigest()[:24]
