"""Take stock: which documents the inputs hold, looking only into files that may have changed."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from pipeline.corrections import Correction, digest
from pipeline.dispatch import each_done
from pipeline.engines import Engine
from pipeline.folders import Input
from pipeline.ledger import Ledger, Seen
from pipeline.options import Options, Progress, Tell
from pipeline.plan import Plan, holding, make_plan
from pipeline.work import Files, take_in

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

    def plan(self, listed: Sequence[Input], ledger: Ledger, code: str) -> Plan:
        """What to do with every document of the files."""
        inputs = {item.name: item for item in listed}
        known = known_files(inputs, ledger, code=code, options=self.options)
        still_holds = holding(
            ledger,
            code="" if self.options.force else code,
            limits=self.options.limits,
            retry=self.options.retry,
        )
        wanted = [item for item in listed if item.name not in known]
        taken: dict[str, list[Seen]] = {}
        while True:
            taken |= {item.name: [] for item in wanted}
            for seen in self._take_in(wanted):
                taken[seen.file].append(seen)
            documents = known | taken
            every = chain.from_iterable(documents[name] for name in inputs)
            plan = make_plan((with_corrections(seen, self.corrections) for seen in every), still_holds)
            # What is known but has to be parsed is looked into too, for its bytes.
            wanted = [inputs[file] for file in sorted({seen.file for seen in plan.parse} - taken.keys())]
            if not wanted:
                return plan

    def _take_in(self, items: Sequence[Input]) -> Iterator[Seen]:
        done = 0
        tasks = (Files(some, self.options.file_limits, self.spool) for some in _some_at_once(items))
        for files, documents in each_done(tasks, take_in, self.engine):
            done += len(files.inputs)
            self.tell(Progress("listing", done, len(items)))
            yield from documents


def with_corrections(seen: Seen, corrections: Mapping[str, Sequence[Correction]]) -> Seen:
    """The document with the digest of what is corrected in it now."""
    said = digest(corrections.get(seen.document_id, ()))
    return seen if seen.corrections == said else seen._replace(corrections=said)


def known_files(inputs: dict[str, Input], ledger: Ledger, *, code: str, options: Options) -> dict[str, list[Seen]]:
    """The documents of the files that nothing says have changed, and of which no more could be read now than before."""
    is_same_reader = (ledger.code, ledger.limits) == (code, options.limits) and not (options.retry or options.force)
    return {
        file: documents
        for file, documents in ledger.by_file().items()
        if file in inputs
        and not may_have_changed(documents, inputs[file])
        and (is_same_reader or all(seen.outcome != "unreadable" for seen in documents))
    }


def may_have_changed(documents: Iterable[Seen], item: Input) -> bool:
    """Whether a file may hold other documents than these by now."""
    return not all(seen.version == item.version != "" for seen in documents)


def share_of(listed: Iterable[Input], share: tuple[int, int] | None) -> list[Input]:
    """The files of one part of the inputs; which part a file is in depends on its name alone."""
    if share is None:
        return list(listed)
    part, parts = share
    return [item for item in listed if _number(item.name) % parts == part - 1]


def _number(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode("utf-8", "surrogateescape")).digest()[:8])


def _some_at_once(items: Sequence[Input]) -> Iterator[tuple[Input, ...]]:
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
