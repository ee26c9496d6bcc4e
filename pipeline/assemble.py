"""The shards of a new state: written where documents came, changed or went, taken over where all is as before."""

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.corpus import write_corpus
from pipeline.dictionary.datapackage import write_datapackage
from pipeline.dispatch import each_done
from pipeline.engines import Engine
from pipeline.ledger import Ledger, Outcome, Seen, shards_before
from pipeline.options import Progress, Tell
from pipeline.plan import Plan
from pipeline.work import Shard, listed_row, write
from pipeline.write import Held, shard_files
from schemas import TABLES


@dataclass(frozen=True, slots=True)
class Earlier:
    """A complete state, and the ledger that says what is in it."""

    state: Path
    ledger: Ledger


PARSED: tuple[Outcome, ...] = ("parsed", "quarantined")
"""What became of documents whose rows come from a parser, and hold as long as it is the same."""
Row = tuple[str, str, str | None, str | None, str]
"""What the rows of a document depend on, where they are not parsed anew."""


def rows_of(documents: Iterable[Seen]) -> set[Row]:
    """What the rows of these documents depend on."""
    return {(seen.source, seen.document_id, seen.outcome, seen.reason, seen.corrections) for seen in documents}


@dataclass(frozen=True, slots=True)
class Assembly:
    """What it takes to write a state."""

    state: Path
    engine: Engine
    tell: Tell

    def write(self, plan: Plan, folders: Mapping[int, Sequence[Path]], earlier: Sequence[Earlier]) -> None:
        """Write every table, from the folders of parsed batches by shard and from earlier states.

        The files depend on the documents alone, not on which of them were parsed just now or before, or by whom.
        """
        unchanged = _unchanged(plan, folders, earlier)
        for number, state in unchanged.items():
            self._take_over(number, state)
        tasks = [task for task in self._tasks(plan, folders, earlier) if task.number not in unchanged]
        for count, _ in enumerate(each_done(tasks, write, self.engine), 1):
            self.tell(Progress("writing", count, len(tasks)))
        for _ in each_done([self.state], write_corpus, self.engine):
            self.tell(Progress("comparing", 1, 1))
        write_datapackage(self.state)

    def _take_over(self, number: int, state: Path) -> None:
        for model in TABLES:
            for path in shard_files(state, model.table, number):
                _link(path, self.state / model.table / path.name)

    def _tasks(self, plan: Plan, folders: Mapping[int, Sequence[Path]], earlier: Sequence[Earlier]) -> Iterator[Shard]:
        reuse, listed = plan.by_shard(plan.reuse), plan.by_shard(plan.listed)
        sources = [{seen.source for seen in one.ledger.documents if seen.outcome in PARSED} for one in earlier]
        for number in range(1 << plan.bits):
            yield Shard(
                state=self.state,
                number=number,
                batches=tuple(sorted(folders.get(number, ()))),
                held=tuple(
                    _held(one, [seen for seen in reuse.get(number, ()) if seen.source in known], number, plan.bits)
                    for one, known in zip(earlier, sources, strict=True)
                ),
                listed=tuple(listed_row(seen, duplicate_of=plan.first_of(seen)) for seen in listed.get(number, ())),
            )


def _held(one: Earlier, held: Sequence[Seen], number: int, bits: int) -> Held:
    return Held(
        one.state,
        tuple(shards_before(number, bits, one.ledger.bits)) if held else (),
        tuple(seen.document_id for seen in held),
        tuple(seen.source for seen in held),
    )


def _unchanged(plan: Plan, folders: Mapping[int, Sequence[Path]], earlier: Sequence[Earlier]) -> dict[int, Path]:
    """The shards that are as they were, and the state that has them."""
    if len(earlier) != 1 or earlier[0].ledger.bits != plan.bits:
        return {}
    before = plan.by_shard(earlier[0].ledger.kept())
    now = plan.by_shard([*plan.reuse, *plan.listed])
    return {
        number: earlier[0].state
        for number in range(1 << plan.bits)
        if number not in folders and rows_of(before.get(number, ())) == rows_of(now.get(number, ()))
    }


def _link(path: Path, place: Path) -> None:
    """The same file at another place; a copy where the file system has no links."""
    try:
        os.link(path.resolve(), place)
    except OSError:
        shutil.copyfile(path, place)
