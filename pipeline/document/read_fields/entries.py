"""Numbered entries: each value where its label stands, and the entry's number where the form is surest of it.

A label in front of a line may have slipped to the line above or below, and a page break may cut an entry anywhere. So
the text is first cut into parts that can only belong to one entry, then each part is numbered by the number inside
its amount ("(ครั้งที่ 7)"), else by its label, else by its place; parts of one number are one entry.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from normalizers.text import line as one_line
from parsers.base import Entries
from pipeline.document.read_fields.joined_text import JoinedText
from pipeline.document.read_fields.entry_values import Value, find_values
from pipeline.model import Field, Issue, RowId, Span
from schemas.base import FirstInBlock, Label, Remainder, Table, columns_with

_SEPARATORS = " \t\n:：=|*\\_"
_BEFORE = _SEPARATORS + ";.,"


@dataclass(slots=True)
class _Part:
    """A stretch that belongs to one entry."""

    label: int | None
    label_span: Span | None
    said: JoinedText
    start: int
    end: int
    values: dict[str, Value] = field(default_factory=dict)
    leads: bool = False
    """Whether it has the value that stands first in an entry."""
    number: int | None = None

    @property
    def inner_number(self) -> int | None:
        """The number that stands inside a value."""
        return next((value.number for value in self.values.values() if value.number), None)

    def texts(self) -> Iterator[Span]:
        """What the part says beside its values."""
        taken = [(value.start, value.end) for value in self.values.values()]
        edges = [self.start, *(edge for span in sorted(taken) for edge in span), self.end]
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            said = self.said.text[start:end]
            if kept := said.strip(_SEPARATORS).lstrip(_BEFORE):
                begin = start + len(said) - len(said.lstrip(_BEFORE))
                yield begin, begin + len(kept)


def read_entries(reads: Entries, blocks: Sequence[JoinedText]) -> Iterator[Field | Issue]:
    """The fields of every entry of a copy, and issues with labels that stand where they should not."""
    parts = [part for said in blocks for part in _parts(reads.model, said)]
    _number(parts)
    yield from _notes(reads, parts)
    together: dict[int, list[_Part]] = {}
    for part in parts:
        if part.number is None:
            yield from _unnumbered(part)
        else:
            together.setdefault(part.number, []).append(part)
    for number, group in together.items():
        yield from _fields(reads, number, group)


def _parts(model: type[Table], joined: JoinedText) -> list[_Part]:
    """Cut a block wherever a value comes that the part at hand already has, or a leading one after the figures."""
    block = joined.block
    heading = block.heading if block.number is not None else None
    parts = [_Part(block.number, heading, joined, 0, len(joined.text))]
    leading, labelled = columns_with(model, FirstInBlock), columns_with(model, Label)
    for value in find_values(model, joined):
        current = parts[-1]
        has_figures = any(column in labelled for column in current.values)
        if value.column in leading and current.values and not has_figures and not current.leads:
            label, current.label = (current.label, current.label_span), None
            current.end = value.start
            parts.append(_Part(*label, joined, value.start, len(joined.text)))
            current = parts[-1]
        if value.column in current.values or (value.column in leading and has_figures):
            current.end = value.start
            parts.append(_Part(None, None, joined, value.start, len(joined.text)))
        parts[-1].values[value.column] = value
        parts[-1].leads |= value.column in leading
    return [part for part in parts if part.label or part.values or any(part.texts())]


def _number(parts: Sequence[_Part]) -> None:
    """Number each part: by its amount, else its label, else the parts around it."""
    sure = Counter[int | None](part.inner_number for part in parts if part.inner_number)
    slipped: int | None = None
    before: _Part | None = None
    for part in parts:
        part.number = _inner(part, sure) or _printed(part, slipped, sure)
        if part.number is None and before is not None:
            part.number = _from_neighbour(part, before)
        has_slipped = part.label is not None and part.number != part.label
        slipped = part.label if has_slipped else None if part.number == slipped else slipped
        before = part if part.number is not None else before


def _inner(part: _Part, sure: Counter[int | None]) -> int | None:
    """The number in the amount, unless it stands in several amounts and the label says another that stands in none."""
    number = part.inner_number
    is_contested = number is not None and sure[number] > 1 and part.label not in (None, number) and not sure[part.label]
    return part.label if is_contested else number


def _printed(part: _Part, slipped: int | None, sure: Counter[int | None]) -> int | None:
    """The label before the part; where none stands, the label that slipped away from here to the part above."""
    if part.label is not None:
        return part.label
    opens = part.leads or not part.values
    return slipped if opens and slipped is not None and not sure[slipped] else None


def _from_neighbour(part: _Part, before: _Part) -> int | None:
    """The number of the entry above where the part adds to it, else the next one."""
    if before.number is None:
        return None
    adds = not (part.values.keys() & before.values.keys()) and not part.leads
    return before.number if adds else before.number + 1


def _notes(reads: Entries, parts: Sequence[_Part]) -> Iterator[Issue]:
    """Labels that stand before more than one part, or before a part that another number claims."""
    printed = Counter(part.label for part in parts if part.label is not None)
    told: set[int] = set()
    for part in parts:
        if part.label is None or part.number is None or part.label in told:
            continue
        place = (part.label_span, reads.model.table, reads.number_column)
        if printed[part.label] > 1:
            told.add(part.label)
            yield Issue(
                "entry_number_repeated",
                f"the label of entry {part.label} stands {printed[part.label]} times",
                *place,
                RowId(part.label),
            )
        elif part.number != part.label:
            text = f"the label of entry {part.label} stands before the figures of entry {part.number}"
            yield Issue("entry_label_misplaced", text, *place, RowId(part.number))


def _unnumbered(part: _Part) -> Iterator[Issue]:
    for start, end in part.texts():
        said = one_line(part.said.text[start:end])
        if said and len(said) > 1:
            yield Issue("unclaimed_text", f"{said!r} stands before any entry", part.said.spans(start, end)[0])


def _fields(reads: Entries, number: int, parts: Sequence[_Part]) -> Iterator[Field]:
    """The fields of one entry: of each column the first value, and all the text beside the values."""
    row, copy = RowId(number), parts[0].said.block.copy
    yield Field(reads.model, reads.number_column, copy, row, str(number), _number_spans(parts), value=number)
    for column in dict.fromkeys(column for part in parts for column in part.values):
        part = next(part for part in parts if column in part.values)
        value = part.values[column]
        found = part.said.field(reads.model, column, row, value.span, score=value.score, label=value.label)
        yield found if found.spans else found._replace(spans=part.said.spans(value.start, value.end))
    texts = [(part.said, piece) for part in parts for piece in part.texts()]
    for column in columns_with(reads.model, Remainder) if texts else ():
        raw = "\n".join(said.text[slice(*piece)] for said, piece in texts)
        spans = tuple(span for said, piece in texts for span in said.spans(*piece))
        yield Field(reads.model, column, copy, row, raw, spans)


def _number_spans(parts: Sequence[_Part]) -> tuple[Span, ...]:
    """Where the entry's number stands: in its amount, else in its label, else nowhere but in its place."""
    for part in parts:
        for value in part.values.values():
            if value.number == part.number:
                return part.said.spans(value.start, value.span[0])
    labels = (part.label_span for part in parts if part.label == part.number and part.label_span)
    return (next(labels, None) or parts[0].said.spans(parts[0].start, parts[0].end)[0],)
