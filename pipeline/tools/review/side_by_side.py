"""What the copies of a report print for one value, with the letters marked in which they differ."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from pipeline.tools.explain.cell_steps import AROUND, CopyReading


@dataclass(frozen=True, slots=True)
class ShownReading:
    """What a copy says, and the id of its marks."""

    id: str
    copy: CopyReading
    pieces: tuple[tuple[str, bool], ...]
    """What it prints, and which of it the taken reading, or the first other one, prints otherwise."""


def side_by_side(cell_id: str, readings: Sequence[CopyReading]) -> Iterator[ShownReading]:
    """The copies' readings, each with what differs: from the taken one, and of that from the first other one."""
    printed = [" ".join(place.raw_text for place in reading.stretches) for reading in readings]
    taken = next((said for said, reading in zip(printed, readings, strict=True) if reading.agrees), "")
    other = next((said for said, reading in zip(printed, readings, strict=True) if not reading.agrees), taken)
    for number, (said, reading) in enumerate(zip(printed, readings, strict=True), 1):
        against = other if reading.agrees else taken
        yield ShownReading(f"{cell_id}-{number}", reading, tuple(differences(said, against)))


def differences(said: str, other: str) -> Iterator[tuple[str, bool]]:
    """A text in pieces, and whether another text has each otherwise; long pieces that do not differ are cut short.

    >>> list(differences("เล่านิทานและวาด", "เล่านิทาบและวาด"))
    [('เล่านิทา', False), ('น', True), ('และวาด', False)]
    """
    for step in Levenshtein.opcodes(said, other):
        piece = said[step.src_start : step.src_end]
        if piece:
            is_long = step.tag == "equal" and len(piece) > 2 * AROUND
            yield (f"{piece[:AROUND]} … {piece[-AROUND:]}" if is_long else piece), step.tag != "equal"
