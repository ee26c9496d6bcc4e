"""The data dictionary for people: every table and column, and the codes of findings, in Markdown."""

from collections.abc import Iterable, Iterator

from pipeline.archive.columns import ALL_TABLES, columns, description
from schemas.base import Table
from schemas.findings import CODES

_INTRODUCTION = """# Data dictionary

Each table is a folder of Parquet files. A null is a value that the page does not state, or that cannot be read; an
empty text never stands for one. Dates are Gregorian; a Buddhist-era year stands in a column that ends in `_be`. What
is *personal* tells who a person is, or how to reach one: `raingan export --without-persons` leaves it out."""


def markdown() -> str:
    """The whole dictionary."""
    parts = [_INTRODUCTION, *("\n".join(_table(model)) for model in ALL_TABLES), "\n".join(_codes())]
    return "\n\n".join(parts) + "\n"


def _table(model: type[Table]) -> Iterator[str]:
    yield f"## {model.table}\n\n{description(model)}\n"
    yield f"- Primary key: {_names(model.primary_key)}"
    for key in model.foreign_keys:
        yield f"- {_names(key.columns)} → {_names(key.named)} of [{key.table}](#{key.table})"
    if model.names_rows:
        yield "- `table_name`, `row_key` → `row_key` of that table; of documents `document_id`"
    yield ""
    yield from _rows(
        ("column", "type", "unit", "null", "meaning"),
        (
            (f"`{column.name}`", _plain(str(column.type)), column.unit or "", "" if column.is_required else "yes",
             column.description + " *Personal.*" * column.is_personal)
            for column in columns(model)
        ),
    )  # fmt: skip


def _codes() -> Iterator[str]:
    yield "## Codes of findings\n"
    yield from _rows(
        ("code", "severity", "meaning", "likely cause", "what to do"),
        ((f"`{name}`", code.severity, code.meaning, code.cause, code.advice) for name, code in CODES.items()),
    )


def _rows(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    head = tuple(head)
    for cells in (head, ["---"] * len(head), *rows):
        yield "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _plain(kind: str) -> str:
    """An Arrow type in fewer words.

    >>> _plain("list<element: string>"), _plain("date32[day]"), _plain("decimal128(18, 2)")
    ('list of string', 'date', 'decimal(18, 2)')
    """
    if kind.startswith("list"):
        return "list of string"
    return kind.replace("date32[day]", "date").replace("decimal128", "decimal").replace("double", "float64")
