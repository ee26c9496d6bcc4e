"""Findings as rows: each message says file, page, line, what stood there and what to do."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.model import Issue, Pages, Span
from schemas.findings import CODES, Finding

LONGEST = 90
"""Characters of a quote."""
QUOTE = re.compile(r"(?<![A-Za-z])['\"]\S")
"""Where quoted words begin: an apostrophe stands behind a letter."""
AROUND = 20
"""Characters of a long text that a message shows before the place where copies part; twice as many behind it."""


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

    def _with_quote(self, note: Issue) -> str:
        """What is wrong; behind the words that stand there, unless it quotes some itself."""
        span = self.document.locator.locate(*note.span) if note.span else None
        printed = (note.printed or (self.document.source.text[span.start : span.end] if span else "")).strip()
        return note.text if QUOTE.search(note.text) or not printed else f"{quoted(printed)}: {note.text}"

    def _where(self, span: Span | None) -> tuple[str, int | None]:
        name = self.document.source.name
        if span is None:
            return name, None
        page_number = self.document.locator.locate(*span).page_number
        line_number = self.document.locator.line_number(*span)
        return f"{name}, page {page_number}, line {line_number}", page_number


def quoted(printed: str) -> str:
    r"""Words in quotes.

    >>> quoted("๓๐๐  บาท\n"), quoted("ก" * 99) == f"'{'ก' * 90}…'"
    ("'๓๐๐ บาท'", True)
    """
    words = " ".join(printed.split())
    return repr(words if len(words) <= LONGEST else words[:LONGEST] + "…")


def differences(taken: str, others: Sequence[str]) -> str:
    """Where each other reading parts from the taken one, with a few words before and behind.

    >>> differences("1573", ["1578", "1513"])
    "'1573' was taken, other copies have '1578' and '1513'"
    """
    others_of: dict[str, list[str]] = {}
    for other in others:
        mine, theirs = _difference(taken, other)
        others_of.setdefault(mine, []).append(repr(theirs))
    return "; ".join(
        f"{mine!r} was taken, {'another copy has' if len(theirs) == 1 else 'other copies have'} {' and '.join(theirs)}"
        for mine, theirs in others_of.items()
    )


def _difference(taken: str, other: str) -> list[str]:
    pairs = enumerate(zip(taken, other, strict=False))
    start = next((i for i, (one, two) in pairs if one != two), min(len(taken), len(other)))
    begin = max(0, start - AROUND)
    return [("…" if begin else "") + said[begin : start + 2 * AROUND] for said in (taken, other)]
