"""The shards of a new state: written where documents came, changed or went, taken over where all is as before."""

import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.archive.corpus_tables import write_corpus
from pipeline.archive.datapackage import write_datapackage
from pipeline.archive.dispatch import each_done
from pipeline.archive.engines import Engine
from pipeline.archive.ledger import Ledger, shards_before
from pipeline.archive.options import Progress, Tell
from pipeline.archive.plan import Plan
from pipeline.archive.work import Shard, listed_row, write
from pipeline.document.write import Held, shard_files
from schemas import TABLES


@dataclass(frozen=True, slots=True)
class Earlier:
    """A complete state, and the ledger that says what is in it."""

    state: Path
    ledger: Ledger


@dataclass(frozen=True, slots=True)
class Assembly:
    """What it takes to write a state."""

    state: Path
    engine: Engine
    tell: Tell

    def write(self, plan: Plan, folders: Mapping[int, Sequence[str]], earlier: Sequence[Earlier]) -> None:
        """Write every table, from the folders of parsed batches by shard and from earlier states.

        The files depend on the documents alone, not on which of them were parsed just now or before, or by whom.
        """
        unchanged = _unchanged(plan, folders, earlier)
        for number in unchanged:
            self._take_over(number, earlier[0].state)
        changed = [number for number in plan.shards() if number not in unchanged]
        tasks = (self._shard(number, plan, folders.get(number, ()), earlier) for number in changed)
        for count, _ in enumerate(each_done(tasks, write, self.engine), 1):
            self.tell(Progress("writing", count, len(changed)))
        for _ in each_done([self.state], write_corpus, self.engine):
            self.tell(Progress("comparing", 1, 1))
        write_datapackage(self.state)

    def _take_over(self, number: int, state: Path) -> None:
        for model in TABLES:
            for path in shard_files(state, model.table, number):
                _link(path, self.state / model.table / path.name)

    def _shard(self, number: int, plan: Plan, folders: Iterable[str], earlier: Sequence[Earlier]) -> Shard:
        return Shard(
            state=self.state,
            number=number,
            batches=tuple(map(Path, sorted(folders))),
            held=tuple(_held(one, plan.to_reuse(number, part), number, plan.bits) for part, one in enumerate(earlier)),
            listed=tuple(listed_row(seen, duplicate_of=first) for seen, first in plan.to_list(number)),
        )


def _held(one: Earlier, held: Sequence[tuple[str, str]], number: int, bits: int) -> Held:
    return Held(
        one.state,
        tuple(shards_before(number, bits, one.ledger.bits)) if held else (),
        tuple(document_id for _, document_id in held),
        tuple(source for source, _ in held),
    )


def _unchanged(plan: Plan, folders: Mapping[int, Sequence[str]], earlier: Sequence[Earlier]) -> set[int]:
    """The shards that are as they were."""
    if len(earlier) != 1 or earlier[0].ledger.bits != plan.bits:
        return set()
    return set(plan.shards()) - folders.keys() - plan.differing()


def _link(path: Path, place: Path) -> None:
    """The same file at another place; a copy where the file system has no links."""
    try:
        os.link(path.resolve(), place)
    except OSError:
        shutil.copyfile(path, place)
