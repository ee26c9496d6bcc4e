"""What a run should make of every file of an archive, and what it made otherwise."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Literal

Outcome = Literal["parsed", "duplicate", "quarantined"]


@dataclass(frozen=True)
class Expected:
    """One file or member. `report`: files that share it hold the same report; `digest`: the SHA-256 of the bytes."""

    source: str
    kind: str
    outcome: Outcome
    report: str
    digest: str

    def is_said_by(self, status: str) -> bool:
        """Whether a status of the table of documents is this outcome; a broken file may also repeat a broken one."""
        said = "parsed" if status.startswith("parsed") else status
        return said == self.outcome or (self.outcome, said) == ("quarantined", "duplicate")


def with_duplicates(expected: Iterable[Expected]) -> list[Expected]:
    """All files in order of name; of several that hold the same sound bytes, the first is parsed."""
    found = list[Expected]()
    for _, group in groupby(sorted(expected, key=lambda one: (one.digest, one.source)), key=lambda one: one.digest):
        first, *others = group
        repeats = (other if other.outcome == "quarantined" else replace(other, outcome="duplicate") for other in others)
        found += [first, *repeats]
    return sorted(found, key=lambda one: one.source)


def wrongly_ended(expected: Sequence[Expected], statuses: Mapping[str, str]) -> list[str]:
    """One line for each file that a run left out, took for something else, or made up.

    `statuses` gives `documents.status` by `documents.source`. A broken archive may be told by its own name, by that
    of its one member, or by both.

    >>> cut = Expected("b.zip", "cut ZIP", "quarantined", "2", "")
    >>> manifest = [Expected("a.txt", "letter", "parsed", "1", ""), cut]
    >>> broken = dict.fromkeys(("b.zip", "b.zip!/c.txt"), "quarantined")
    >>> wrongly_ended(manifest, {"a.txt": "parsed_with_findings", **broken})
    []
    >>> wrongly_ended(manifest, {"a.txt": "quarantined", "d.txt": "parsed"})
    ['a.txt (letter): quarantined, not parsed', 'b.zip (cut ZIP): missing, not quarantined', 'd.txt: unknown, parsed']
    """
    rest = dict(statuses)
    wrong = list[str]()
    inside = _members(statuses)
    for one in expected:
        names = [one.source, *inside.get(one.source, [])]
        said = {rest.pop(name) for name in names if name in rest} or {"missing"}
        wrong += [
            f"{one.source} ({one.kind}): {status}, not {one.outcome}"
            for status in sorted(said)
            if not one.is_said_by(status)
        ]
    return [*wrong, *(f"{name}: unknown, {status}" for name, status in sorted(rest.items()))]


def _members(names: Iterable[str]) -> dict[str, list[str]]:
    """The members by the file on disk that holds them."""
    found: dict[str, list[str]] = {}
    for name in names:
        archive, mark, _ = name.partition("!/")
        if mark:
            found.setdefault(archive, []).append(name)
    return found


def write_manifest(path: Path, expected: Iterable[Expected]) -> None:
    """Write one JSON object a line."""
    lines = (json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in expected)
    path.write_text("".join(lines), encoding="utf-8")


def read_manifest(path: Path) -> list[Expected]:
    """The files of a manifest."""
    with path.open(encoding="utf-8") as lines:
        return [Expected(**json.loads(line)) for line in lines]
