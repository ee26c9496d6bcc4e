"""The quarter and the fiscal year of each part of a project's report, from the headings that print them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from normalizers.quarters import quarter_and_year
from parsers.openers import Heading
from pipeline.model import Block, Copy, Field, Issue, Span
from schemas.base import Table
from schemas.projects import Project
from schemas.quarterly_results import QuarterlyResult

YEAR, QUARTER = "fiscal_year_be", "fiscal_quarter"

Stated = tuple[int | None, tuple[Span, ...]]
"""What most headings say, and where."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What one heading prints."""

    period: int
    quarter: int | None
    year: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class Context:
    """What the whole document is about, where its headings say one thing: its year and its only quarter."""

    year: int | None
    quarter: int | None
    quarter_span: Span | None = None


def printed_periods(blocks: Iterable[Block], text: str) -> list[Printed]:
    """What the headings of a project print, in their order."""
    return [
        Printed(block.period, *quarter_and_year(text[slice(*span)]), span)
        for block in blocks
        if block.period and any(isinstance(one, Heading) and one.has_period for one in block.declaration.opens)
        for span in block.headings
    ]


def context_of(copies: Iterable[Copy], text: str) -> Context:
    """The year that most headings of a document print, and its quarter where none prints another."""
    printed = [found for copy in copies for found in printed_periods(copy.blocks, text)]
    years = Counter(found.year for found in printed if found.year)
    quarters = {found.quarter: found.span for found in reversed(printed) if found.quarter}
    ((quarter, span),) = quarters.items() if len(quarters) == 1 else [(None, None)]
    return Context(years.most_common(1)[0][0] if years else None, quarter, span)


def period_fields(
    copy: Copy, fields: Sequence[Field], of_field: Sequence[int], text: str, context: Context
) -> Iterator[Field | Issue]:
    """The quarter and the year of every row of a project that stands in a quarter; `of_field`: each field's period."""
    printed = printed_periods(copy.blocks, text)
    yield from _years_of_project(copy, printed, context)
    stated = {period: _stated([one for one in printed if one.period == period], context) for period in set(of_field)}
    told: set[tuple[type[Table], tuple[object, ...]]] = set()
    for field, period in zip(fields, of_field, strict=True):
        if period and (field.model, field.row) not in told and QUARTER in field.model.model_fields:
            told.add((field.model, field.row))
            yield from _fields_of_row(field, *stated[period], context)
    yield from _odd_years(copy, printed, context)


def _stated(printed: Sequence[Printed], context: Context) -> tuple[Stated, Stated]:
    """The quarter and the year of a period, by its headings."""
    quarter = _voted([(found.quarter, found.span) for found in printed], context.quarter)
    return quarter, _voted([(found.year, found.span) for found in printed], context.year)


def _fields_of_row(like: Field, stated_quarter: Stated, stated_year: Stated, context: Context) -> Iterator[Field]:
    quarter, where = stated_quarter
    if quarter is not None:
        where = where or ((context.quarter_span,) if context.quarter_span else ())
        yield _field(like.model, QUARTER, like, quarter, where)
    year, where = stated_year
    if YEAR in like.model.model_fields and year is not None and where:
        yield _field(like.model, YEAR, like, year, where)


def _voted(printed: Sequence[tuple[int | None, Span]], context: int | None) -> Stated:
    """The value that most headings print, at a tie the document's own, and the first heading that prints it."""
    votes = Counter(value for value, _ in printed if value is not None)
    if not votes:
        return context, ()
    most = max(votes.values())
    leaders = [value for value, count in votes.items() if count == most]
    value = context if context in leaders else leaders[0] if len(leaders) == 1 else None
    return value, tuple(span for said, span in printed if said == value)[:1]


def _field(model: type[Table], column: str, like: Field, value: int, spans: tuple[Span, ...]) -> Field:
    is_inferred = model is not QuarterlyResult and not issubclass(model, QuarterlyResult)
    return Field(model, column, like.copy, like.row, str(value), spans, value=value, is_inferred=is_inferred)


def _years_of_project(copy: Copy, printed: Sequence[Printed], context: Context) -> Iterator[Field]:
    year, where = _voted([(found.year, found.span) for found in printed], context.year)
    if year is not None and where:
        yield Field(Project, YEAR, copy.index, (), str(year), where, value=year)


def _odd_years(copy: Copy, printed: Sequence[Printed], context: Context) -> Iterator[Issue]:
    for found in printed:
        if found.year and context.year and found.year != context.year:
            text = f"a heading prints the fiscal year {found.year}, the report is about {context.year}"
            yield Issue(
                "year_out_of_context", text, found.span, QuarterlyResult.table, YEAR, (found.period,), copy.index
            )
