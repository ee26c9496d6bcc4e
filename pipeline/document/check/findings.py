"""Findings as rows: each message says file, page, line, what stood there and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.document.check.quotes import QUOTE, quoted
from pipeline.document.lines import LineNumbers
from pipeline.model import Issue, Pages, Span
from schemas.findings import CODES, Finding


@dataclass
class Findings:
    """The findings of one document, each place and code told once."""

    document: Pages
    rows: dict[tuple[object, ...], Finding] = field(default_factory=dict)

    def add(self, note: Issue, *, project_id: str | None = None, row_key: str | None = None) -> None:
        """Tell what is wrong, once for each row and column that it is about."""
        key = (note.code, project_id, note.table, note.column, row_key, note.text if row_key is None else None)
        if key in self.rows:
            return
        code = CODES[note.code]
        where, page_number = self._where(note.span)
        self.rows[key] = Finding(
            document_id=self.document.source.document_id,
            ordinal=len(self.rows) + 1,
            project_id=project_id,
            table_name=note.table,
            column_name=note.column,
            row_key=row_key,
            page_number=page_number,
            code=note.code,
            severity=code.severity,
            message=f"{where}: {self._with_quote(note)}. {code.advice}",
        )

    def codes(self) -> Mapping[str, int]:
        """How often each code was raised."""
        counts: dict[str, int] = {}
        for row in self.rows.values():
            counts[row.code] = counts.get(row.code, 0) + 1
        return counts

    def _with_quote(self, note: Issue) -> str:
        """What is wrong; behind the words that stand there, unless it quotes some itself."""
        start, end = self.document.repaired.to_source(*note.span) if note.span else (0, 0)
        printed = (note.printed or self.document.source.text[start:end]).strip()
        return note.text if QUOTE.search(note.text) or not printed else f"{quoted(printed)}: {note.text}"

    def _where(self, span: Span | None) -> tuple[str, int | None]:
        name = self.document.source.name
        if span is None:
            return name, None
        page_number = self.document.page_at(span[0])
        return f"{name}, page {page_number}, line {self._line(span)}", page_number

    def _line(self, span: Span) -> int:
        return self._lines.at(self.document.repaired.to_source(*span)[0])

    @cached_property
    def _lines(self) -> LineNumbers:
        return LineNumbers(self.document.source.text)
