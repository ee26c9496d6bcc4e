"""What a run has to do: which documents to parse, which rows of a previous run to reuse, which shards change."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal, NamedTuple

from pipeline.archive.ledger import Ledger, ListedDocument
from pipeline.archive.run_index import COLUMNS, RunIndex
from pipeline.archive.shards import ids_of_shard, shard_bits, shard_of
from pipeline.sources.read import KINDS

DOCUMENTS_IN_BATCH = 32
BYTES_IN_BATCH = 2**20
"""What one task of a worker reads: about a second of work."""

Todo = Literal["parse", "reuse", "list", "skip"]
"""What to do with a document; `list` for duplicates and unreadable files, which only have a row in `documents`."""


class ReusableOutcomes(NamedTuple):
    """Which outcomes of a previous run would be the same again."""

    parsed: bool
    quarantined: bool


FIND_PREVIOUS = """
UPDATE documents
SET previous = (SELECT max(number) FROM earlier WHERE earlier.source = documents.source AND part >= 0)"""
IS_REUSABLE = """EXISTS (
    SELECT 1 FROM earlier
    WHERE earlier.number = documents.previous
      AND earlier.document_id = documents.document_id
      AND earlier.corrections = documents.corrections
      AND (earlier.outcome = 'parsed' AND :parsed OR earlier.outcome = 'quarantined' AND :quarantined))"""
"""Whether the previous rows of a document can be reused."""
_CLEAR = """
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
SET outcome = (SELECT outcome FROM earlier WHERE number = previous),
    reason = (SELECT reason FROM earlier WHERE number = previous),
    todo = 'reuse'
WHERE todo IS NULL AND {IS_REUSABLE}"""
_PARSE = "UPDATE documents SET todo = 'parse' WHERE todo IS NULL"

_SIZES = """
SELECT count(*), total(size)
FROM (SELECT max(coalesce(byte_count, 0)) AS size FROM documents WHERE todo != 'skip' GROUP BY document_id)"""
_IN_SHARD = "document_id BETWEEN :low AND :high"
_HAS_SAME_ROWS = """
    now.source = was.source AND now.document_id = was.document_id AND now.outcome = was.outcome
    AND now.reason IS was.reason AND now.corrections = was.corrections"""
_CHANGED_IDS = f"""
SELECT document_id FROM documents AS now
WHERE todo IN ('reuse', 'list')
  AND NOT EXISTS (SELECT 1 FROM earlier AS was WHERE was.number = now.previous AND {_HAS_SAME_ROWS})
UNION ALL
SELECT document_id FROM earlier AS was
WHERE outcome != 'skipped' AND part = 0
  AND NOT EXISTS (SELECT 1 FROM documents AS now WHERE {_HAS_SAME_ROWS} AND todo IN ('reuse', 'list'))"""

_IS_EQUAL = " AND ".join(f"now.{column} IS was.{column}" for column in ListedDocument._fields)
_CHANGED_COUNT = f"""
SELECT count(*) FROM documents AS now
WHERE NOT EXISTS (SELECT 1 FROM earlier AS was WHERE was.number = now.previous AND {_IS_EQUAL})"""
_ADDED_COUNT = "SELECT (SELECT count(*) FROM documents) - (SELECT count(*) FROM earlier WHERE part = 0)"


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do with every document of a run index."""

    index: RunIndex
    bits: int
    """Leading bits of the document id that give the shard."""

    def count(self, todo: Todo) -> int:
        """The number of documents with which this is to be done."""
        count: int = self.index.value("SELECT count(*) FROM documents WHERE todo = :todo", todo=todo)
        return count

    def is_small(self) -> bool:
        """Whether the documents to be parsed are plain text and no more than one batch, too few for workers."""
        documents = list(self.index.documents("todo = 'parse' LIMIT :most", most=DOCUMENTS_IN_BATCH + 1))
        return (
            len(documents) <= DOCUMENTS_IN_BATCH
            and sum(document.byte_count or 0 for document in documents) <= BYTES_IN_BATCH
            and all(KINDS.get(PurePosixPath(document.source).suffix.lower()) == "text" for document in documents)
        )

    def shard(self, document: ListedDocument) -> int:
        """The shard of a document's rows."""
        return shard_of(document.document_id, self.bits)

    def shards(self) -> range:
        """The numbers of all shards."""
        return range(1 << self.bits)

    def to_parse(self, shard: int) -> list[ListedDocument]:
        """The documents of a shard to be parsed, sorted by name."""
        return list(self.index.documents(f"{_IN_SHARD} AND todo = 'parse' ORDER BY source", **self._ids(shard)))

    def to_reuse(self, shard: int, part: int) -> list[tuple[str, str]]:
        """Name and id of the documents of a shard whose rows a previous part has, sorted by name."""
        has_rows = "source = documents.source AND part = :part AND outcome IN ('parsed', 'quarantined')"
        query = f"""
            SELECT source, document_id FROM documents
            WHERE {_IN_SHARD} AND todo = 'reuse' AND EXISTS (SELECT 1 FROM earlier WHERE {has_rows}) ORDER BY source"""
        return [(source, document_id) for source, document_id in self.index.rows(query, part=part, **self._ids(shard))]

    def to_list(self, shard: int) -> Iterator[tuple[ListedDocument, str | None]]:
        """The documents of a shard that only have a row in `documents`; a duplicate with the name of the first."""
        first = "CASE outcome WHEN 'duplicate' THEN (SELECT source FROM documents WHERE number = mine.first) END"
        query = f"""
            SELECT {COLUMNS}, {first} FROM documents AS mine
            WHERE {_IN_SHARD} AND todo = 'list' ORDER BY source"""
        return ((ListedDocument(*values), name) for *values, name in self.index.rows(query, **self._ids(shard)))

    def changed_shards(self) -> set[int]:
        """The shards in which documents to reuse or list differ from those of the previous tables."""
        return {shard_of(document_id, self.bits) for (document_id,) in self.index.rows(_CHANGED_IDS)}

    def has_rows(self, document_id: str) -> bool:
        """Whether a document with this id is parsed."""
        query = "SELECT EXISTS (SELECT 1 FROM documents WHERE document_id = :document_id AND outcome = 'parsed')"
        return bool(self.index.value(query, document_id=document_id))

    def is_ledger_unchanged(self) -> bool:
        """Whether the previous ledger has exactly these documents."""
        return bool(self.index.value(_ADDED_COUNT) == self.index.value(_CHANGED_COUNT) == 0)

    def store_outcomes(self, documents: Iterable[ListedDocument]) -> None:
        """Keep the outcomes of parsed documents."""
        self.index.execute_each(
            """UPDATE documents SET outcome = ?, reason = ?, version = ?
            WHERE source = ? AND document_id = ? AND todo = 'parse'""",
            ((one.outcome, one.reason, one.version, one.source, one.document_id) for one in documents),
        )

    def mark_unreadable(self, advice: str) -> None:
        """Only list the documents that would have to be parsed, with the reason."""
        self.index.execute(
            """UPDATE documents
            SET outcome = 'unreadable', reason = source || ': ' || :advice, version = '', todo = 'list'
            WHERE todo = 'parse'""",
            advice=advice,
        )

    def _ids(self, shard: int) -> dict[str, str]:
        return dict(zip(("low", "high"), ids_of_shard(shard, self.bits), strict=True))


def make_plan(index: RunIndex, reusable: ReusableOutcomes) -> Plan:
    """Parse each document once, under the first of its names, unless its rows of a previous run can be reused."""
    for statement in (_CLEAR, FIND_PREVIOUS, _FIND_FIRSTS, _LIST_DUPLICATES):
        index.execute(statement)
    index.execute(_REUSE, **reusable._asdict())
    index.execute(_PARSE)
    documents, size = next(index.rows(_SIZES))
    return Plan(index, shard_bits(documents, size))


def reusable_outcomes(ledger: Ledger, *, code: str, limits: Mapping[str, float], retry: bool) -> ReusableOutcomes:
    """Which outcomes of a previous run can be reused by a run with this code and these limits.

    What was parsed within lower limits is within higher ones too; what was quarantined is tried again with higher ones.
    """
    is_lower = any(value < ledger.limits.get(name, value) for name, value in limits.items())
    is_higher = any(value > ledger.limits.get(name, value) for name, value in limits.items())
    is_same = ledger.code == code
    return ReusableOutcomes(parsed=is_same and not is_lower, quarantined=is_same and not (retry or is_higher))


def batches(plan: Plan) -> Iterator[tuple[ListedDocument, ...]]:
    """The documents to parse in batches of about a second of work; each batch is in one shard."""
    for shard in plan.shards():
        batch: list[ListedDocument] = []
        size = 0
        for document in plan.to_parse(shard):
            if batch and (len(batch) == DOCUMENTS_IN_BATCH or size + (document.byte_count or 0) > BYTES_IN_BATCH):
                yield tuple(batch)
                batch, size = [], 0
            batch.append(document)
            size += document.byte_count or 0
        if batch:
            yield tuple(batch)


def batch_key(documents: Iterable[ListedDocument], **parts: object) -> str:
    """A name for the work on these documents; the same work has the same name in a later run."""
    key = json.dumps([[(one.document_id, one.source, one.corrections) for one in documents], parts], sort_keys=True)
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()[:24]
