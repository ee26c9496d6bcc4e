"""The quarter and the fiscal year of each part of a project's report, from the headings that print them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from normalizers.quarters import quarter_and_year
from parsers.openers import Heading
from pipeline.document.scan import Matches
from pipeline.model import Block, Copy, Field, Issue, RowId, Span
from schemas.projects import Project
from schemas.quarterly_results import QuarterlyResult


class PrintedPeriod(NamedTuple):
    """What one heading prints."""

    period: int
    quarter: int | None
    year: int | None
    span: Span


class Context(NamedTuple):
    """What the whole document is about, where its headings say one thing: its year and its only quarter."""

    year: int | None
    quarter: int | None
    quarter_spans: tuple[Span, ...] = ()


def printed_periods(matches: Matches, blocks: Iterable[Block]) -> list[PrintedPeriod]:
    """What the headings of a project print, in their order."""
    return [
        PrintedPeriod(block.period, *quarter_and_year(matches.text[slice(*span)]), span)
        for block in blocks
        if block.period and any(isinstance(one, Heading) and one.has_period for one in block.declaration.opens)
        for span in block.headings
    ]


def context_of(matches: Matches, copies: Iterable[Copy]) -> Context:
    """The year that most headings of a document print, and its quarter where none prints another."""
    printed = [found for copy in copies for found in printed_periods(matches, copy.blocks)]
    years = Counter(found.year for found in printed if found.year)
    quarters = {found.quarter: found.span for found in reversed(printed) if found.quarter}
    quarter, spans = (*quarters, tuple(quarters.values())) if len(quarters) == 1 else (None, ())
    return Context(years.most_common(1)[0][0] if years else None, quarter, spans)


def period_fields(
    matches: Matches, copy: Copy, in_periods: Sequence[tuple[Field, int]], context: Context
) -> Iterator[Field | Issue]:
    """The quarter and the year of every row of a project that stands in a quarter; fields come with their period."""
    printed = printed_periods(matches, copy.blocks)
    year, where = _most([(found.year, found.span) for found in printed], context.year)
    if year is not None and where:
        yield Field(Project, Project.column_of("year"), copy.index, RowId(), str(year), where, value=year)
    rows: dict[tuple[object, RowId], tuple[Field, int]] = {}
    for field, period in in_periods:
        rows.setdefault((field.model, field.row), (field, period))
    for field, period in rows.values():
        if field.model.column_of("quarter"):
            here = [found for found in printed if found.period == period]
            quarter, where = _most([(found.quarter, found.span) for found in here], context.quarter)
            yield from _stated(field, "quarter", quarter, where or context.quarter_spans)
            year, where = _most([(found.year, found.span) for found in here], context.year)
            yield from _stated(field, "year", year if where else None, where)
    for found in printed:
        if found.year and context.year and found.year != context.year:
            told = f"a heading prints the fiscal year {found.year}, the report is about {context.year}"
            table, column = QuarterlyResult.table, QuarterlyResult.column_of("year")
            yield Issue("year_out_of_context", told, found.span, table, column, RowId(found.period), copy.index)


def _most(printed: Sequence[tuple[int | None, Span]], context: int | None) -> tuple[int | None, tuple[Span, ...]]:
    """The value that most headings print, at a tie the document's own, and the first heading that prints it."""
    votes = Counter(value for value, _ in printed if value is not None)
    if not votes:
        return context, ()
    leaders = [value for value, count in votes.items() if count == max(votes.values())]
    value = context if context in leaders else leaders[0] if len(leaders) == 1 else None
    return value, tuple(span for stated, span in printed if stated == value)[:1]


def _stated(like: Field, role: str, value: int | None, spans: tuple[Span, ...]) -> Iterator[Field]:
    """A quarter or a year of the row that a field belongs to; a table with years prints both, others imply them."""
    if value is not None and (column := like.model.column_of(role)):
        is_inferred = not like.model.column_of("year")
        yield Field(like.model, column, like.copy, like.row, str(value), spans, value=value, is_inferred=is_inferred)
