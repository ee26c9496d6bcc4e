"""The form's blocks as stretches: header, rationale, aims, links, certification; its entries are in `progress.py`."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from tests.synthesizer import form
from tests.synthesizer.pieces import Piece, Place, Press, Stretch, escaped, phrases, prefixed
from tests.synthesizer.prose import thai_digits
from tests.synthesizer.report import LINK_LEVELS, Aim, Day, Person, Report
from tests.synthesizer.values import printed_amount, printed_day


def print_form(report: Report, press: Press) -> Iterator[Stretch]:
    """Everything before the entries of progress."""
    yield heading("1", press)
    yield heading("1.1", press)
    yield from _header(report, press)
    yield heading("1.2", press)
    yield from _offices(report, press)
    yield heading("1.3", press)
    for paragraph in report.rationale:
        yield from phrases(paragraph, Place("sections", 0, "text"), layout=press.layout, before="\n\n")
    yield heading("1.4", press)
    yield from _aims(report, "objective", press)
    yield heading("1.5", press)
    for n, (kind, word) in enumerate((("target_quantity", "ปริมาณ"), ("target_quality", "คุณภาพ")), 1):
        yield from _target(report, kind, press=press, head=(n, press.layout.subhead + word))
    yield heading("1.6", press)
    yield from _links(report, press)
    yield heading("2", press)


def dressed_title(press: Press, *, is_repeat: bool) -> tuple[Piece, ...]:
    """The title between the asterisks that the form prints, and bold ones around them in Markdown."""
    inner = {"plain": "**", "markdown": "**", "escaped": r"\*\*"}[press.layout.markup]
    outer = "**" if press.layout.is_markdown and press.layout.is_bold else ""
    letters = Piece(form.TITLE, "text", None if is_repeat else Place("documents", 0, "title"))
    return Piece(f"{outer}{inner} ", "markup"), letters, Piece(f" {inner}{outer}", "markup")


def heading(number: str, press: Press) -> Stretch:
    """A numbered heading, on a line of its own."""
    layout = press.layout
    tail = form.TAILS.get(number, "") if layout.has_label_tails else ""
    marks = (Piece(layout.hashes, "markup"),) if layout.is_markdown and layout.hashes else ()
    return Stretch((*marks, *press.bold(Piece(form.HEADINGS[number] + tail, "label"))), "\n\n", "heading")


def _header(report: Report, press: Press) -> Iterator[Stretch]:
    lines = [
        ("project_name", _text("project_name", report.name)),
        ("project_code", _text("project_code", report.code, kind="value")),
        ("fiscal_year_be", _text("fiscal_year_be", str(report.year) if report.year else None, kind="value")),
        ("start_date", _day("start_date", report.start, press)),
        ("budget_received_baht", _baht("budget_received_baht", report.received, press)),
        ("end_date", _day("end_date", report.end, press)),
        ("budget_spent_baht", _baht("budget_spent_baht", report.spent, press)),
    ]
    for n, (name, pieces) in enumerate(lines):
        is_second = press.layout.header_columns == 2 and n and n % 2 == 0
        before = press.random.choice(("\t", "     ")) if is_second else press.layout.line_gap
        stretch = Stretch(press.labelled(name, pieces or press.silent()), before, "" if is_second else "line")
        yield from _wrappable(stretch, press) if name == "project_name" else (stretch,)


def _wrappable(stretch: Stretch, press: Press) -> Iterator[Stretch]:
    """A labelled line whose text may go on in the next: its last piece as phrases."""
    *front, text = stretch.pieces
    first, *others = phrases(text.text, text.place, layout=press.layout)
    yield replace(prefixed(front, first), before=stretch.before, opens=stretch.opens)
    yield from others


def _text(column: str, text: str | None, kind: str = "text") -> tuple[Piece, ...]:
    return (Piece(text, "value" if kind == "value" else "text", Place("projects", 0, column)),) if text else ()


def _day(column: str, day: Day | None, press: Press) -> tuple[Piece, ...]:
    return _text(column, printed_day(day, press.layout.header_date), "value") if day else ()


def _baht(column: str, amount: Decimal | None, press: Press) -> tuple[Piece, ...]:
    value = () if amount is None else _text(column, printed_amount(amount, press.layout.amount), "value")
    return (*(value or press.silent()), Piece(" บาท", "label"))


def _offices(report: Report, press: Press) -> Iterator[Stretch]:
    pieces: list[Piece] = []
    for column, office in zip(("agency", "division", "unit"), report.offices, strict=False):
        pieces += [Piece(" / ", "value")] if pieces else []
        pieces.append(Piece(office, "text", Place("projects", 0, column)))
    yield Stretch(press.labelled("offices", pieces), press.layout.line_gap, "line")
    for label, column, person in (
        ("responsible", "responsible_person", report.responsible),
        ("coordinator", "coordinator", report.coordinator),
    ):
        yield Stretch(press.labelled(label, _person(column, person, press)), press.layout.line_gap, "line")


def _person(column: str, person: Person | None, press: Press) -> tuple[Piece, ...]:
    if person is None:
        return press.silent()
    name = Piece(person.name, "text", Place("projects", 0, column))
    if person.phone is None:
        return (name,)
    before = press.random.choice((" ", " โทร ", " โทร. "))
    phone = "responsible_phone" if column == "responsible_person" else "coordinator_phone"
    return name, Piece(before, "label"), Piece(person.phone, "value", Place("projects", 0, phone))


def _aims(report: Report, kind: str, press: Press) -> Iterator[Stretch]:
    rows = [(row, aim) for row, aim in enumerate(report.aims) if aim.kind == kind]
    needs_bullets = sum(aim.label is None for _, aim in rows) > 1
    if not rows and press.layout.silence:
        yield Stretch(press.silent(), "\n", "line")
    for n, (row, aim) in enumerate(rows):
        yield from _aim(row, aim, press=press, needs_bullet=needs_bullets, is_first=n == 0)


def _aim(row: int, aim: Aim, *, press: Press, needs_bullet: bool, is_first: bool) -> Iterator[Stretch]:
    layout = press.layout
    bullet = layout.bullet or ("- " if needs_bullet else "")
    can_run = layout.is_run_together and layout.marker != "{}" and aim.label is not None
    before = " " if can_run and not is_first else layout.line_gap
    marks: list[Piece] = [Piece(bullet, "markup")] if bullet and not can_run else []
    text = list(phrases(aim.text, Place("objectives", row, "text"), layout=layout))
    if aim.label is not None:
        marks += _marker(aim.label, Place("objectives", row, "label"), press)
        if layout.is_marker_alone and layout.marker == "{}" and not can_run:
            yield Stretch(tuple(marks), before, "aim", "free")
            marks, text = [], [replace(text[0], before=layout.line_gap, cut="never"), *text[1:]]
            yield from text
            return
        marks.append(Piece(press.random.choice((" ", "  ")), "gap"))
    yield replace(prefixed(marks, text[0]), before=before, opens="" if can_run and not is_first else "aim")
    yield from text[1:]


def _marker(label: str, place: Place, press: Press) -> list[Piece]:
    layout = press.layout
    number = thai_digits(label) if layout.has_thai_markers else label
    front, back = layout.marker.split("{}")
    backslash = [Piece("\\", "markup")] if layout.markup == "escaped" and back == "." and not front else []
    return [
        Piece(front, "value"),
        Piece(number, "value", place),
        *backslash,
        Piece(back, "value"),
    ]


def _target(report: Report, kind: str, *, press: Press, head: tuple[int, str]) -> Iterator[Stretch]:
    """A sub-head and its aims; a lead may go on in the sub-head's own line, and then may be read with it."""
    number, words = head
    first = next((row for row, aim in enumerate(report.aims) if aim.kind == kind), None)
    unlabelled = sum(aim.kind == kind and aim.label is None for aim in report.aims)
    takes_head = first is not None and report.aims[first].label is None and unlabelled == 1
    is_inline = press.layout.is_subhead_inline and takes_head and not press.layout.bullet
    pieces: list[Piece] = []
    if report.subheads_numbered:
        place = Place("objectives", first if first is not None else -1, "head_label")
        pieces = [*_marker(str(number), place, press), Piece(" ", "gap")]
    pieces.append(Piece(words, "label", Place("objectives", first or 0, "head") if is_inline else None))
    yield Stretch(tuple(pieces), press.layout.line_gap, "line", "free")
    stretches = list(_aims(report, kind, press))
    if is_inline:
        stretches[0] = replace(stretches[0], before=" ", opens="", cut="never")
    yield from stretches


def _links(report: Report, press: Press) -> Iterator[Stretch]:
    for row, (level, text) in enumerate(zip(LINK_LEVELS, report.links, strict=True)):
        pieces: tuple[Piece, ...] = press.silent()
        if text is not None:
            pieces = escaped(text, Place("strategy_links", row, "text"), press.layout)
        if text == "การปฏิบัติงานประจำของหน่วยงาน":
            stars = r"\*\*" if press.layout.markup == "escaped" else "**"
            pieces = (Piece(f"{stars} ", "markup"), *pieces, Piece(f" {stars}", "markup"))
        yield Stretch(press.labelled(level, pieces), press.layout.line_gap, "line")


def print_certification(report: Report, press: Press) -> Iterator[Stretch]:
    """The pledge and the line to sign on; dots where nobody signed."""
    place = Place("sections", 1, "text")
    signed = report.signature
    name = f" {signed.name} " if signed else "....."
    position = f" {signed.position}" if signed else press.random.choice(("", " ....."))
    yield Stretch((Piece(form.PLEDGE, "text", place),), "\n\n", "heading")
    yield Stretch((Piece(form.SIGNED + name + form.BY_WHOM, "text", place),), "\n\n", cut="never")
    yield Stretch((Piece(form.POSITION + position, "text", place),), "\n", cut="never")
