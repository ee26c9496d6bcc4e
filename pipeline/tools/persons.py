"""Tables for publication: personal columns are empty, and their values masked in all texts of the same document."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import pyarrow as pa
import pyarrow.compute as pc

from normalizers import Unreadable
from normalizers.digits import ARABIC, arabic
from normalizers.fuzzy_match import fold, places_of
from normalizers.people import TITLE, is_office, person, phone, titles_before, untitled
from pipeline.archive.columns import ALL_TABLES, table_columns
from pipeline.archive.shards import document_ids
from pipeline.model import Span, merged_spans
from pipeline.tools.output_tables import ChangeBatch, ExportTables
from schemas.base import Table
from schemas.evidence import Evidence
from schemas.findings import Finding
from schemas.report_groups import ReportGroup

ColumnOfTable = tuple[str, str | None]
"""A table and a column of it."""

_TEXTS = (pa.string(), pa.list_(pa.string()))
_COLUMNS = [(model, column) for model in ALL_TABLES for column in table_columns(model)]
_PERSONAL: frozenset[ColumnOfTable] = frozenset(
    (model.table, column.name) for model, column in _COLUMNS if column.is_personal
)
_PERSONAL_NAMES = sorted({column.name for _, column in _COLUMNS if column.is_personal})
_TEXTUAL = frozenset((model.table, column.name) for model, column in _COLUMNS if column.type in _TEXTS)
_FIGURES: frozenset[ColumnOfTable] = frozenset((model.table, column.name) for model, column in _COLUMNS) - _TEXTUAL
_KEY_COLUMNS = frozenset("document_id project_id group_id row_key table_name column_name code".split())
"""Columns with keys, names of columns and codes, never with text of a page."""
_QUOTING_COLUMNS = frozenset({"raw_text", "alternatives", "message"})
"""Columns that quote what another column was read from."""
_QUOTED = re.compile(r"'([^'…]++)")
"""What a message quotes of a page."""
MASKS_AT_ONCE = 64


def without_persons(tables: ExportTables) -> ExportTables:
    """The same tables without the names and telephone numbers in personal columns.

    Keys, dates and amounts stay, so that tables still join.
    """
    return replace(tables, change=_change(_persons(tables)))


def _persons(tables: ExportTables) -> Mapping[str, frozenset[str]]:
    """The values of personal columns, as read and as printed, by document; by group those of all its documents.

    An office in the place of a person is not a person: it may stay in texts and in columns of offices.
    """
    persons: dict[str, set[str]] = defaultdict(set)
    for key, value in (*_personal_values(tables), *_raw_values(tables)):
        if value and not is_office(value):
            persons[key].add(value)
    for batch in tables.batches(ReportGroup):
        for row in batch.select(["group_id", "document_id"]).to_pylist():
            persons[row["group_id"]] |= persons[row["document_id"]]
    return {key: frozenset(values) for key, values in persons.items()}


def _personal_values(tables: ExportTables) -> Iterator[tuple[str, str | None]]:
    """The cells of personal columns, each with its document."""
    for model in ALL_TABLES:
        for name in (column.name for column in table_columns(model) if column.is_personal):
            for batch in tables.batches(model):
                yield from zip(_ids(batch), batch[name].to_pylist(), strict=True)


def _raw_values(tables: ExportTables) -> Iterator[tuple[str, str | None]]:
    """What those cells were read from in all copies, or could not be, each with its document."""
    for batch in tables.batches(Evidence):
        for row in batch.filter(pc.is_in(batch["column_name"], pa.array(_PERSONAL_NAMES))).to_pylist():
            for raw in (row["raw_text"], *row["alternatives"]):
                yield from ((row["document_id"], value) for value in _name_and_phone(raw))
    for batch in tables.batches(Finding):
        for row in batch.filter(pc.is_in(batch["column_name"], pa.array(_PERSONAL_NAMES))).to_pylist():
            if quoted := _QUOTED.search(row["message"]):
                yield from ((row["document_id"], value) for value in _name_and_phone(quoted[1]))


def _name_and_phone(raw: str) -> Iterator[str | None]:
    """The name and the number in a raw value; all of it if they cannot be read."""
    try:
        yield from (person(raw), phone(raw))
    except Unreadable:
        yield raw


def _change(persons: Mapping[str, frozenset[str]]) -> ChangeBatch:
    @lru_cache(MASKS_AT_ONCE)
    def mask(key: str) -> PersonMask:
        return PersonMask(persons.get(key, frozenset()))

    def change(model: type[Table], batch: pa.RecordBatch) -> pa.RecordBatch:
        keys = batch["group_id"].to_pylist() if model is ReportGroup else _ids(batch)
        masks = [mask(key) for key in keys]
        changed = [_column(model, batch, name, masks) for name in batch.schema.names]
        return pa.RecordBatch.from_arrays(changed, schema=batch.schema)

    return change


def _column(model: type[Table], batch: pa.RecordBatch, name: str, masks: list["PersonMask"]) -> pa.Array:
    column = batch[name]
    if (model.table, name) in _PERSONAL:
        return pa.nulls(len(batch), column.type)
    if name in _KEY_COLUMNS or (model.table, name) not in _TEXTUAL:
        return column
    if model.names_rows and name in _QUOTING_COLUMNS:
        abouts = list(zip(batch["table_name"].to_pylist(), batch["column_name"].to_pylist(), strict=True))
    else:
        abouts = [(model.table, name)] * len(batch)
    return pa.array(map(_masked, column.to_pylist(), masks, abouts), type=column.type)


def _masked(value: str | list[str] | None, mask: "PersonMask", about: ColumnOfTable) -> str | list[str] | None:
    """A text about a column: only the mask if that column is personal."""
    if value is None:
        return None
    if isinstance(value, list):
        return [MASK if about in _PERSONAL else mask.masked(one) for one in value]
    return MASK if about in _PERSONAL else mask.masked(value, with_short_numbers=about not in _FIGURES)


def _ids(batch: pa.RecordBatch) -> list[str]:
    ids: list[str] = document_ids(batch).to_pylist()
    return ids


MASK = "███"
"""Replaces a name or a number; it shows no length."""

_HYPHENS = "-–()"
_UNJOINED = dict.fromkeys(map(ord, _HYPHENS))
_CUT = re.compile("…")
"""Where a message shortens what it quotes."""
_MARKS_BEHIND = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*+")

_GAP = r"(?: ?[–-] ?|\) ?|[ .])?"
_PHONE = re.compile(
    rf"(?<![0-9A-Za-z])(?<![0-9][.,/–-])(?:\+66{_GAP}(?:\(0\){_GAP})?|\(?0(?: ?[–-] ?| )?)"
    rf"(?:[2-9]{_GAP}(?:[0-9]{{3}}{_GAP}[0-9]{{4}}|[0-9]{{4}}{_GAP}[0-9]{{3,4}})"
    rf"|[2-9][0-9]{_GAP}(?:[0-9]{{3}}{_GAP}[0-9]{{3,4}}|[0-9]{{4}}{_GAP}[0-9]{{3}})"
    rf"|[2-9][0-9]{{3}}{_GAP}[0-9]{{4}})(?![0-9A-Za-z]|[.,][0-9])"
    r"(?:[,/–-][0-9]{1,2}(?![0-9]))?(?: ?ต่อ ?[0-9]{1,5}(?![0-9])(?:[,/–-][0-9]{1,5}(?![0-9]))?)?"
)
"""A whole number as Thai numbers are printed, with the end of a range and an extension; no date has these groups."""
_PHONE_AFTER_WORD = re.compile(
    r"(?<![ก-๛])(?:โทร(?:ศัพท์|สาร)?|เบอร์(?:โทร(?:ศัพท์)?)?|มือถือ|[Tt]el|TEL)(?:ภายใน)?[ .:]{0,4}"
    r"([0-9](?:[ –-]?[0-9]){2,11})(?![0-9]|[.,][0-9]| ?(?:บาท|เครื่อง|เลขหมาย|%))"
)
"""Digits after the word for a telephone."""
_SIGNED = re.compile(r"ลงชื่อ\)?[ .…:_]{0,80}+((?!ผู้|หัวหน้า|ตำแหน่ง|วันที่|กรรมการ|ประธาน)[ก-๛]{2,40} {1,3}[ก-๛]{2,40})")
_BRACKETED = re.compile(rf"\( ?((?={TITLE})[^()\n]{{3,80}})\)")
"""A name below a signature."""

_AND = re.compile(rf"[,/;]| ?และ ?(?={TITLE})|(?<= )(?={TITLE})")
_PART_BEFORE = re.compile("(?:[0-9A-Za-z]|[0-9][.,/:–-])\\Z")
_PART_BEHIND = re.compile("[0-9A-Za-z]|[.,/:–-][0-9]")
_PHONE_WORD_BEFORE = re.compile(r"(?:โทร|ต่อ|เบอร์|มือถือ|ภายใน|[Tt]el|TEL)[^0-9]{0,16}\Z")
_YEAR = re.compile("(?:2[456]|19|20)[0-9]{2}")
_OF_QUANTITY = re.compile(r" ?[ก-ฮเ-ไ%]|[.,]-")
_NEAR = 16
_LONG = 9
"""Digits of a number that needs no context."""


@dataclass(frozen=True)
class PersonMask:
    """What to mask in the texts of one document: names as printed, telephone numbers as Arabic digits.

    Names are compared as OCR sees them: without blanks, marks and titles, look-alike letters as one.
    """

    values: frozenset[str]

    @cached_property
    def _search_words(self) -> "WordSearch":
        return WordSearch(needle for value in self.values for needle in _search_words(value))

    def masked(self, text: str, *, with_short_numbers: bool = True) -> str:
        """The text with a mask over every value, and over what looks like a telephone number or a signature.

        Internal numbers have three to five digits: they are masked after a name or a word for a telephone, and alone,
        but not where they may be a year or a quantity. Without short numbers they stay, for texts of amounts.
        """
        shown = arabic(text)
        spans = [match.span(match.re.groups) for pattern in _SHAPES for match in pattern.finditer(shown)]
        spans += self._value_spans(shown, with_short_numbers=with_short_numbers)
        if not spans:
            return text
        parts, done = [], 0
        for start, end in merged_spans(spans):
            parts += [text[done:start], MASK]
            done = end
        return "".join((*parts, text[done:]))

    def _value_spans(self, shown: str, *, with_short_numbers: bool) -> Iterator[Span]:
        if not self.values:
            return
        first, end_of_last = 0, -_NEAR - 1
        for cut in (*(match.start() for match in _CUT.finditer(shown)), len(shown)):
            for start, end in self._search(shown[first:cut], is_cut=cut < len(shown)):
                start, end = first + start, first + end
                if shown[start] not in ARABIC:
                    start = titles_before(shown, start)
                elif not _is_number(shown, start, end, end_of_last) or not (with_short_numbers or end - start >= _LONG):
                    continue
                end_of_last = end
                yield start, end
            first = cut

    def _search(self, piece: str, *, is_cut: bool) -> Iterator[Span]:
        spans = list(self._search_words.spans(_folded(piece), is_cut=is_cut))
        positions = [position for position in places_of(piece) if piece[position] not in _HYPHENS] if spans else []
        for start, end in spans:
            marks = _MARKS_BEHIND.match(piece, positions[end - 1] + 1)
            yield positions[start], marks.end() if marks else positions[end - 1] + 1


_SHAPES = (_PHONE, _PHONE_AFTER_WORD, _SIGNED, _BRACKETED)


def _folded(text: str) -> str:
    return fold(text).translate(_UNJOINED)


def _search_words(value: str) -> Iterator[str]:
    """The forms of a value to search for: digits as they are, each of several titled names, the whole without its
    title.

    For a very short name the title is included; a short name without a title is not searched for.
    """
    if not value.strip(ARABIC):
        yield from filter(None, [value])
        return
    for name in {value, *(part for part in map(str.strip, _AND.split(value)) if untitled(part) != part)}:
        needles = (_folded(arabic(untitled(name))), _folded(arabic(name)))
        yield from [needle for needle in needles if len(needle) >= MIN_LETTERS][:1]


def _is_number(shown: str, start: int, end: int, end_of_last: int) -> bool:
    """Whether digits are a telephone number; `end_of_last` is where the last value ended."""
    is_long = end - start >= _LONG
    if _PART_BEFORE.search(shown[max(0, start - 2) : start]):
        return False
    if is_long:
        return shown[end : end + 1] not in tuple(ARABIC)
    if _PART_BEHIND.match(shown, end) or shown[start:end].strip(ARABIC):
        return False
    if _PHONE_WORD_BEFORE.search(shown[max(0, start - 2 * _NEAR) : start]) or _is_near(shown, start, end_of_last):
        return True
    return not (_YEAR.fullmatch(shown, start, end) or _OF_QUANTITY.match(shown, end))


def _is_near(shown: str, start: int, end_of_last: int) -> bool:
    """Whether a value ended shortly before, without digits between."""
    return start - end_of_last <= _NEAR and set(ARABIC).isdisjoint(shown[end_of_last:start])


MIN_LETTERS = 5
"""Letters by which a word is recognized that the end of a shortened text cuts off."""


class WordSearch:
    """Searches a text for many words in one pass (Aho and Corasick, 1975).

    Each state is the longest beginning of a word with which the letters so far end.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._next: list[dict[str, int]] = [{}]
        self._depth = [0]
        self._longest = [0]
        for word in words:
            self._add(word)
        self._shorter = [0] * len(self._next)
        self._join()

    def spans(self, text: str, *, is_cut: bool) -> Iterator[tuple[int, int]]:
        """Where words are, the longest of those with the same end; of a cut text also one that its end cuts off."""
        state = 0
        for end, letter in enumerate(text, 1):
            while state and letter not in self._next[state]:
                state = self._shorter[state]
            state = self._next[state].get(letter, 0)
            if self._longest[state]:
                yield end - self._longest[state], end
        if is_cut and self._depth[state] >= MIN_LETTERS:
            yield len(text) - self._depth[state], len(text)

    def _add(self, word: str) -> None:
        state = 0
        for letter in word:
            if letter not in self._next[state]:
                self._next[state][letter] = len(self._next)
                self._next.append({})
                self._depth.append(self._depth[state] + 1)
                self._longest.append(0)
            state = self._next[state][letter]
        self._longest[state] = len(word)

    def _join(self) -> None:
        """For each state, nearest first, find the state to continue in if the next letter does not fit."""
        states = list(self._next[0].values())
        for state in states:
            for letter, after in self._next[state].items():
                states.append(after)
                shorter = self._shorter[state]
                while shorter and letter not in self._next[shorter]:
                    shorter = self._shorter[shorter]
                self._shorter[after] = self._next[shorter].get(letter, 0)
                self._longest[after] = self._longest[after] or self._longest[self._shorter[after]]
