"""The entries of progress, "รายงานครั้งที่ N", as stretches; and what happens to their labels."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from tests.synthesizer.pieces import Piece, Place, Press, Stretch, phrases, prefixed
from tests.synthesizer.report import Progress, Report, Status
from tests.synthesizer.values import printed_amount, printed_day, printed_percent

_NEW_LINES = {
    "one_line": (),
    "two_lines": ("percent",),
    "three_lines": ("activity", "percent"),
    "six_lines": ("activity", "percent", "amount", "plan", "target"),
}
"""Before which cells of an entry a new line begins, by shape."""


def print_progress(report: Report, press: Press, *, without_metrics: frozenset[int] = frozenset()) -> list[Stretch]:
    """All entries. `without_metrics`: the places of entries whose percentage, amount and statuses this copy lost."""
    rows = [_cells(row, progress, report=report, press=press) for row, progress in enumerate(report.progress)]
    for row in without_metrics:
        rows[row] = {name: cell for name, cell in rows[row].items() if name in ("label", "day", "activity")}
    _slip(rows, press)
    return [replace(stretch, group=row) for row, cells in enumerate(rows) for stretch in chain(*cells.values())]


Cells = dict[str, list[Stretch]]


def _cells(row: int, progress: Progress, *, report: Report, press: Press) -> Cells:
    """The cells of one entry in print order, each with the space before it."""
    breaks = _NEW_LINES[press.layout.shape]
    gap = press.layout.cell_gap
    new_line = "\t\t\n\t" if gap == "\t" else "\n"
    return {
        "label": [_label(row, progress.number, press)],
        "day": [_day(row, progress, report=report, press=press)],
        "activity": list(_activity(row, progress, press=press, before=new_line if "activity" in breaks else " ")),
        **{
            name: [Stretch(pieces, new_line if name in breaks else gap)]
            for name, pieces in _metrics(row, progress, press).items()
        },
    }


def _label(row: int, number: int, press: Press) -> Stretch:
    blank = " " if press.layout.has_label_blank else ""
    bullet = (Piece(press.layout.progress_bullet, "markup"),) if press.layout.progress_bullet else ()
    figure = Piece(str(number), "value", Place("report_entries", row, "entry_number"))
    return Stretch((*bullet, press.label("number"), Piece(blank, "label"), figure), press.layout.line_gap, "progress")


def _day(row: int, progress: Progress, *, report: Report, press: Press) -> Stretch:
    style = "iso" if report.odd_date == row else press.layout.date
    if style == "two_digits" and progress.day and progress.day.fiscal_year != report.year:
        style = "slash"
    value = press.silent()
    if progress.day:
        value = (Piece(printed_day(progress.day, style), "value", Place("report_entries", row, "report_date")),)
    before, after = Piece(press.colon(":: "), "label"), Piece(press.colon(" :"), "label")
    return Stretch((before, *value, after), press.layout.cell_gap)


def _activity(row: int, progress: Progress, *, press: Press, before: str) -> Iterator[Stretch]:
    place = Place("report_entries", row, "activity")
    if not progress.activity:
        yield Stretch(press.silent(), " ")
    for n, line in enumerate(progress.activity):
        gap = before if n == 0 else " " if press.layout.parts == "run" else "\n "
        bullet = [Piece("- ", "markup")] if n and press.layout.parts == "bullets" else []
        first, *others = phrases(line, place, layout=press.layout, before=gap)
        yield prefixed(bullet, first)
        yield from others


def _metrics(row: int, progress: Progress, press: Press) -> dict[str, tuple[Piece, ...]]:
    layout = press.layout
    silent = press.silent()
    percent, amount = silent, silent
    if progress.percent is not None:
        figures, *sign = printed_percent(progress.percent, layout.percent).partition("%")
        value = Piece(figures.rstrip(), "value", Place("report_entries", row, "progress_percent"))
        percent = (value, Piece(" " * figures.endswith(" ") + "".join(sign), "label"))
    if progress.amount is not None:
        printed = printed_amount(progress.amount, layout.amount)
        amount = (Piece(printed, "value", Place("report_entries", row, "disbursed_baht")),)
    number = Piece(str(progress.number), "value", Place("report_entries", row, "entry_number"))
    return {
        "percent": (Piece(press.colon(":: "), "label"), press.label("percent"), Piece(" = ", "label"), *percent),
        "amount": (
            *(Piece(press.colon(": "), "label"), press.label("amount"), Piece(" (ครั้งที่ ", "label"), number),
            *(Piece(") = ", "label"), *amount, Piece(" บาท", "label")),
        ),
        "plan": _status(row, "plan_status", status=progress.plan, press=press),
        "target": _status(row, "target_status", status=progress.target, press=press),
    }


def _status(row: int, column: str, *, status: Status | None, press: Press) -> tuple[Piece, ...]:
    words = (Piece(status.words, "text", Place("report_entries", row, column)),) if status else press.silent()
    return Piece(press.colon(": "), "label"), *words


def _slip(rows: list[Cells], press: Press) -> None:
    """Let one label slip, as the layout says; nothing happens where no entry can take it."""
    kind = press.layout.slip
    able = [row for row in range(1, len(rows)) if _can_slip(kind, rows, row)]
    if not able:
        return
    row = press.random.choice(able)
    label, before = rows[row]["label"], rows[row - 1]
    if kind == "before_metrics":
        before["percent"] = [*label, *_follow(before["percent"])]
        rows[row]["label"] = []
        rows[row]["day"][0] = replace(rows[row]["day"][0], before="\n", opens="line")
    elif kind == "repeated":
        rows[row]["percent"] = [*label, *_follow(rows[row]["percent"])]
    elif kind == "continued":
        at = next(n for n, stretch in enumerate(before["activity"]) if n and "\n" in stretch.before)
        head = replace(label[0], cut="must")
        colon = Stretch((Piece(":", "label"),), " ", cut="never")
        before["activity"][at:] = [head, colon, *_follow(before["activity"][at:])]
    else:
        rows[row]["label"] = [replace(label[0], cut="must")]
        rows[row]["day"][0] = replace(rows[row]["day"][0], before="\n", cut="must")


def _follow(stretches: Sequence[Stretch]) -> list[Stretch]:
    """The stretches, the first on the line of what slipped before it."""
    return [replace(stretches[0], before=" ", opens="", cut="never"), *stretches[1:]]


def _can_slip(kind: str, rows: list[Cells], row: int) -> bool:
    before = rows[row - 1]
    day = any(piece.place for piece in rows[row]["day"][0].pieces)
    return {
        "": False,
        "before_metrics": day and "percent" in before,
        "repeated": "percent" in rows[row],
        "continued": any(n and "\n" in stretch.before for n, stretch in enumerate(before["activity"])),
        "alone": day,
    }[kind]
