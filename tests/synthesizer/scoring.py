"""Compare the rows of a run with the truth, cell by cell; count dates and figures that are wrong without a warning."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from unicodedata import normalize

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from tests.synthesizer.truth import Row, Truth

Rows = Mapping[str, Sequence[Mapping[str, object]]]
"""The rows of a run by table, plain Python values."""

KEYS: dict[str, tuple[str, ...]] = {
    "documents": ("form",),
    "projects": ("project_name", "ordinal"),
    "objectives": ("kind", "fiscal_quarter", "label", "text"),
    "report_entries": ("entry_number",),
    "quarterly_results": ("fiscal_year_be", "fiscal_quarter"),
    "activities": ("fiscal_quarter", "label", "text"),
    "budget_items": ("entry_number", "item", "amount_baht"),
    "indicators": ("name",),
    "risks": ("risk",),
    "strategy_links": ("level", "text"),
    "sections": ("section", "text"),
}
"""The columns that align rows, by table."""
DATES_AND_AMOUNTS = frozenset(
    (
        *("start_date", "end_date", "report_date", "as_of_date"),
        *("budget_received_baht", "budget_spent_baht", "disbursed_baht", "planned_baht"),
        *("unit_price_baht", "amount_baht", "progress_percent"),
    )
)
LONG, SIMILAR = 40, 0.97
_HEAVY = frozenset(("project_name", "text", "item", "name", "risk"))
_NOT_SCORED = frozenset(("project", "project_id", "document_id", "heading"))
_WARNS_OF = {
    "sum_of_entries_differs": ("disbursed_baht", "budget_spent_baht"),
    "spent_exceeds_received": ("budget_spent_baht", "budget_received_baht"),
    "date_order": ("report_date",),
    "date_outside_period": ("report_date", "start_date", "end_date"),
    "year_out_of_context": ("report_date", "start_date", "end_date", "as_of_date"),
    "disbursed_exceeds_planned": ("disbursed_baht", "planned_baht"),
    "sum_of_items_differs": ("amount_baht", "unit_price_baht", "budget_received_baht"),
    "amount_in_words_differs": ("budget_received_baht", "amount_baht"),
    "summary_total_differs": ("disbursed_baht", "planned_baht"),
}
"""Findings that speak of a column which they need not name."""


@dataclass
class Tally:
    """Cells counted. `silent`: dates and amounts that are wrong and no finding says so, of `vouched` that were said."""

    right: int = 0
    wrong: int = 0
    missing: int = 0
    spurious: int = 0
    vouched: int = 0
    silent: int = 0
    errors: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Count the other's cells too."""
        for name in ("right", "wrong", "missing", "spurious", "vouched", "silent"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.errors += other.errors

    @property
    def precision(self) -> float:
        """Of what was said, the share that is right."""
        said = self.right + self.wrong + self.spurious
        return self.right / said if said else 1.0

    @property
    def recall(self) -> float:
        """Of what should be said, the share that is right."""
        due = self.right + self.wrong + self.missing
        return self.right / due if due else 1.0

    @property
    def f1(self) -> float:
        """Both in one figure."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def total(tallies: Iterable[Tally]) -> Tally:
    """The sum of tallies."""
    whole = Tally()
    for tally in tallies:
        whole.add(tally)
    return whole


def score(truth: Truth, rows: Rows) -> dict[str, Tally]:
    """A tally for each table of the contract."""
    findings = [f for f in rows.get("findings", ()) if f.get("code") not in truth.expected_findings]
    due = {"documents": [truth.document], **truth.tables}
    tallies: dict[str, Tally] = {}
    for table in KEYS:
        groups = _by_project(table, due, rows)
        known = {column for row in due.get(table, ()) for column in row}
        tallies[table] = total(_score_table(table, mine, theirs, findings, known=known) for mine, theirs in groups)
    return tallies


Group = tuple[list[Row], list[Mapping[str, object]]]


def _by_project(table: str, due: Mapping[str, Sequence[Row]], rows: Rows) -> Iterator[Group]:
    """The rows of a table, those of one project together: a report on many projects repeats itself in each."""
    want, have = list(due.get(table, ())), list(rows.get(table, ()))
    projects = due.get("projects", ())
    if len(projects) < 2 or table in ("documents", "projects"):
        yield want, have
        return
    pairs = _aligned("projects", projects, rows.get("projects", ()))
    matched = {w["ordinal"]: h["ordinal"] for w, h in pairs if w and h}
    for ordinal in (None, *(project["ordinal"] for project in projects)):
        number = matched.get(ordinal, "none") if ordinal is not None else None
        yield [r for r in want if r.get("project") == ordinal], [r for r in have if _project(r) == number]
    strangers = {_project(row) for row in have} - {None, *matched.values()}
    yield [], [row for row in have if _project(row) in strangers]


def _project(row: Mapping[str, object]) -> object:
    """The ordinal of a row's project, from either side.

    >>> _project({"project": 2}), _project({"project_id": "0123abcd-012"}), _project({"project_id": None})
    (2, 12, None)
    """
    key = row.get("project_id")
    return int(str(key).rsplit("-", 1)[-1]) if key is not None else row.get("project")


def missing_findings(truth: Truth, rows: Rows) -> tuple[set[str], set[str]]:
    """The codes that should have been raised and were not, and those that were raised and should not."""
    raised = {str(finding.get("code")) for finding in rows.get("findings", ())}
    return set(truth.expected_findings) - raised, set(truth.false_alarms) & raised


def _score_table(
    table: str,
    due: Sequence[Row],
    found: Sequence[Mapping[str, object]],
    findings: Sequence[Mapping[str, object]],
    *,
    known: set[str],
) -> Tally:
    tally = Tally()
    for want, have in _aligned(table, due, found):
        columns = known if want is None else set(want)
        for column in sorted(columns - _NOT_SCORED - ({"ordinal"} if table != "projects" else set())):
            wanted, said = (want or {}).get(column), (have or {}).get(column)
            _count(tally, f"{table}.{column}", wanted, said)
            if column in DATES_AND_AMOUNTS and said is not None:
                tally.vouched += 1
                is_silent = not same_cell(wanted, said) and not _is_warned(column, want or have or {}, findings)
                tally.silent += is_silent
                tally.errors += [f"SILENT {table}.{column}: {said!s}, expected {wanted!s}"] if is_silent else []
    return tally


def _count(tally: Tally, where: str, wanted: object, said: object) -> None:
    if same_cell(wanted, said):
        tally.right += wanted is not None and not (said is None and _is_optional(wanted))
    elif wanted is None:
        tally.spurious += 1
        tally.errors.append(f"{where}: spurious {str(said)[:80]!r}")
    elif said is None:
        tally.missing += not _is_optional(wanted)
        tally.errors += [] if _is_optional(wanted) else [f"{where}: missing, expected {str(wanted)[:160]!r}"]
    else:
        tally.wrong += 1
        tally.errors.append(f"{where}: got {str(said)[:120]!r}, expected {str(wanted)[:200]!r}")


def _options(wanted: object) -> Sequence[object]:
    return wanted["any_of"] if isinstance(wanted, dict) else (wanted,)


def _is_optional(wanted: object) -> bool:
    return None in _options(wanted)


def same_cell(wanted: object, said: object) -> bool:
    """Whether a value is one of those that the truth accepts.

    >>> same_cell("1200", Decimal("1200.00")), same_cell("2018-02-10", date(2018, 2, 10))
    (True, True)
    >>> same_cell({"any_of": ["1", None]}, None)
    True
    >>> same_cell("เพื่อ ให้", "เพื่อให้"), same_cell(None, "")
    (True, False)
    """
    return any(_same(option, said) for option in _options(wanted))


def _same(wanted: object, said: object) -> bool:
    if wanted is None or said is None:
        return wanted is said
    if isinstance(said, (Decimal, int, float)) or isinstance(wanted, (int, float)):
        try:
            return Decimal(str(wanted)) == Decimal(str(said))
        except InvalidOperation:
            return False
    left, right = bare(wanted), bare(said)
    return left == right or (len(left) > LONG and Levenshtein.normalized_similarity(left, right) >= SIMILAR)


def bare(value: object) -> str:
    """The text in NFC without white space, Markdown's emphasis and escapes; a date as ISO has it."""
    text = value.isoformat() if isinstance(value, date) else normalize("NFC", str(value))
    text = re.sub(r"\\([*_#\-.])", r"\1", text).replace("**", "")
    return re.sub(r"[\s\u200b-\u200d\ufeff]+", "", text)


Pair = tuple[Row | None, Mapping[str, object] | None]


def _aligned(table: str, due: Sequence[Row], found: Sequence[Mapping[str, object]]) -> Iterator[Pair]:
    """Rows that speak of the same thing, the closest pairs first; then what has no partner."""
    least = 0.999 if table in ("report_entries", "quarterly_results") else 0.5 if table != "documents" else 0.0
    close = [
        (closeness, -abs(i - j), i, j)
        for i, want in enumerate(due)
        for j, have in enumerate(found)
        if (closeness := _closeness(want, have, KEYS[table])) >= least
    ]
    left, right = dict(enumerate(due)), dict(enumerate(found))
    for _, _, i, j in sorted(close, reverse=True):
        if i in left and j in right:
            yield left.pop(i), right.pop(j)
    yield from ((want, None) for want in left.values())
    yield from ((None, have) for have in right.values())


def _closeness(want: Row, have: Mapping[str, object], columns: Sequence[str]) -> float:
    weights = [3 if column in _HEAVY else 1 for column in columns]
    alike = [max(_likeness(option, have.get(column)) for option in _options(want.get(column))) for column in columns]
    return sum(weight * likeness for weight, likeness in zip(weights, alike, strict=True)) / sum(weights)


def _likeness(wanted: object, said: object) -> float:
    if isinstance(wanted, str) and isinstance(said, str):
        return fuzz.ratio(bare(wanted), bare(said)) / 100
    return float(_same(wanted, said))


def _is_warned(column: str, row: Mapping[str, object], findings: Sequence[Mapping[str, object]]) -> bool:
    """Whether a finding is about this column, and about this row where it names one."""
    number = row.get("entry_number")
    for finding in findings:
        names = f"{finding.get('column_name') or ''} {finding.get('row_key') or ''} {finding.get('message') or ''}"
        if column not in names and column not in _WARNS_OF.get(str(finding.get("code")), ()):
            continue
        key = str(finding.get("row_key") or "")
        if number is None or not key or _ends(key, number):
            return True
    return False


def _ends(key: str, number: object) -> bool:
    """Whether the key's last figures are this number: keys end in the number of the entry, zeros before it."""
    figures = re.findall("[0-9]+", key)
    return bool(figures) and int(figures[-1]) == int(str(number))
