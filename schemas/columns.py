"""The column types that tables and forms share: Python type, normalizer, Arrow type and unit in one name each."""

from datetime import date
from decimal import Decimal
from typing import Annotated

import pyarrow as pa

from normalizers import dates, money, numbers, people, text
from schemas.base import Arrow, Normalizer, Personal, Role

SPANS = pa.list_(pa.struct([("char_start", pa.int64()), ("char_end", pa.int64())]))
BAHT, PERCENT, NUMBER = pa.decimal128(18, 2), pa.decimal128(6, 2), pa.decimal128(18, 4)

Key = Annotated[str, Arrow(pa.string())]
Name = Annotated[str | None, Arrow(pa.string())]
Ordinal = Annotated[int, Arrow(pa.int32())]
Count = Annotated[int | None, Arrow(pa.int32())]
Small = Annotated[int | None, Arrow(pa.int8())]
Offset = Annotated[int, Arrow(pa.int64(), unit="code points")]
Bytes = Annotated[int | None, Arrow(pa.int64(), unit="bytes")]
Share = Annotated[float | None, Arrow(pa.float64(), unit="0-1")]
Spans = Annotated[list[dict[str, int]], Arrow(SPANS, unit="code points")]
Texts = Annotated[list[str], Arrow(pa.list_(pa.string()))]

Line = Annotated[str | None, Normalizer(text.line, spans_lines=True), Arrow(pa.string())]
Paragraph = Annotated[str | None, Normalizer(text.paragraph, spans_lines=True), Arrow(pa.string())]
Unstarred = Annotated[str | None, Normalizer(text.unstarred, spans_lines=True), Arrow(pa.string())]
Code = Annotated[str | None, Normalizer(numbers.code), Arrow(pa.string())]
Baht = Annotated[Decimal | None, Normalizer(money.noticed_baht), Arrow(BAHT, unit="baht")]
Percent = Annotated[Decimal | None, Normalizer(money.percent), Arrow(PERCENT, unit="percent")]
Amount = Annotated[Decimal | None, Normalizer(numbers.number), Arrow(NUMBER)]
ThaiDate = Annotated[date | None, Normalizer(dates.noticed_date, in_fiscal_year=True), Arrow(pa.date32())]
FiscalYear = Annotated[int | None, Normalizer(dates.fiscal_year), Arrow(pa.int16(), unit="year BE"), Role("year")]
Quarter = Annotated[int | None, Arrow(pa.int8(), unit="fiscal quarter"), Role("quarter")]
Person = Annotated[str | None, Normalizer(people.person, goes_on=people.goes_on), Arrow(pa.string()), Personal()]
Phone = Annotated[str | None, Normalizer(people.phone, goes_on=people.goes_on), Arrow(pa.string()), Personal()]
Agency = Annotated[str | None, Normalizer(people.agency, spans_lines=True), Arrow(pa.string())]
Division = Annotated[str | None, Normalizer(people.division, spans_lines=True), Arrow(pa.string())]
Unit = Annotated[str | None, Normalizer(people.unit, spans_lines=True), Arrow(pa.string())]
Status = Annotated[str | None, Arrow(pa.string())]
