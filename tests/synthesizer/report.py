"""An invented report with every field of the form, drawn from a seed; some are silent, some disagree on purpose."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tests.synthesizer import prose, words
from tests.synthesizer.words import Topic


@dataclass(frozen=True)
class Day:
    """A day as the page gives it, Gregorian year; it need not exist."""

    year: int
    month: int
    day: int

    @property
    def fiscal_year(self) -> int:
        """The Buddhist year of the budget that the day belongs to: October begins the next.

        >>> Day(2019, 9, 30).fiscal_year, Day(2019, 10, 1).fiscal_year
        (2562, 2563)
        """
        return self.year + 543 + (self.month >= 10)

    @property
    def value(self) -> date | None:
        """The day of the calendar, or None where there is none.

        >>> Day(2019, 11, 30).value, Day(2019, 11, 31).value
        (datetime.date(2019, 11, 30), None)
        """
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None


@dataclass(frozen=True)
class Status:
    """One of the form's statuses: the words that it prints, and the values that a table may give for them."""

    words: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Person:
    """A person or an office, and the extension behind the name."""

    name: str
    phone: str | None


@dataclass(frozen=True)
class Aim:
    """One row of a list of aims; `label` is its number in Arabic digits, or None."""

    kind: str
    label: str | None
    text: str


@dataclass(frozen=True)
class Progress:
    """One "รายงานครั้งที่ N". `activity` holds its lines; no lines: the page is silent."""

    number: int
    day: Day | None
    activity: tuple[str, ...]
    percent: Decimal | None
    amount: Decimal | None
    plan: Status | None
    target: Status | None
    is_cancelled: bool = False


@dataclass(frozen=True)
class Signature:
    """Who certified the print."""

    name: str
    position: str


@dataclass(frozen=True)
class Report:
    """Every field of the form; None where the page is silent."""

    name: str
    code: str | None
    year: int | None
    start: Day | None
    end: Day | None
    received: Decimal | None
    spent: Decimal | None
    offices: tuple[str, ...]
    responsible: Person | None
    coordinator: Person | None
    rationale: tuple[str, ...]
    aims: tuple[Aim, ...]
    subheads_numbered: bool
    links: tuple[str | None, ...]
    progress: tuple[Progress, ...]
    odd_date: int | None
    """The place in `progress` of the one date that is printed year first among others."""
    signature: Signature | None


ON_PLAN = Status("เป็นไปตามแผน", ("on_plan",))
ON_TARGET = Status("เป็นไปตามเป้าหมาย", ("on_target",))
PLAN = (
    Status("ล่าช้ากว่าแผน", ("behind_plan",)),
    Status("ช้ากว่าแผน", ("behind_plan",)),
    Status("เร็วกว่าแผน", ("ahead_of_plan",)),
    Status("ไม่เป็นไปตามแผน", ("ไม่เป็นไปตามแผน", "behind_plan")),
)
TARGET = (
    Status("ต่ำกว่าเป้าหมาย", ("below_target",)),
    Status("สูงกว่าเป้าหมาย", ("above_target",)),
    Status("ไม่เป็นไปตามเป้าหมาย", ("ไม่เป็นไปตามเป้าหมาย", "below_target")),
)
LINK_LEVELS = ("issue", "sub_issue", "goal", "indicator")


def random_report(random: Random) -> Report:
    """A whole report; the same state of `random` gives the same report."""
    topic = random.choice(words.TOPICS)
    year = random.randint(2560, 2567)
    start, end = _period(year, random)
    progress = _progress(topic, year=year, period=(start, end), random=random)
    if random.random() < 0.06:
        late = Day(end.year, end.month + 1, random.randint(5, 20))
        progress = (*progress[:-1], replace(progress[-1], day=late))
    total = sum((p.amount for p in progress if p.amount is not None), Decimal(0))
    received = max(total, Decimal(random.randrange(100, 4000) * 500) + total)
    spent = total if random.random() < 0.85 else total + random.choice((500, 12_000, 19_400))
    report = Report(
        name=("โครงการ" if random.random() < 0.7 else "") + topic.name,
        code=f"09000000-{random.randint(1, 9999):04d}",
        year=year,
        start=start,
        end=end,
        received=received if random.random() < 0.92 else max(spent - 1000, Decimal(1000)),
        spent=spent,
        offices=topic.offices[: random.choices((3, 2, 1), (8, 1, 1))[0]],
        responsible=_person(topic, random),
        coordinator=_person(topic, random),
        rationale=_in_one_script(prose.rationale(topic, year=year, random=random), random),
        aims=_aims(topic, year=year, random=random),
        subheads_numbered=random.random() < 0.6,
        links=_links(random),
        progress=progress,
        odd_date=random.randrange(1, len(progress)) if len(progress) > 2 and random.random() < 0.12 else None,
        signature=_signature(random) if random.random() < 0.4 else None,
    )
    return _silenced(report, random)


def _period(year: int, random: Random) -> tuple[Day, Day]:
    months = random.choices(((10, 9), (10, 7), (11, 9), (1, 9)), (7, 1, 1, 1))[0]
    first = Day(year - 543 - (months[0] >= 10), months[0], 1)
    return first, Day(year - 543, months[1], 30 if months[1] == 9 else 31)


def _name(random: Random) -> str:
    title = random.choice(random.choices((words.MEN, words.WOMEN, words.RANKED), (5, 5, 1))[0])
    return f"{title} {random.choice(words.FRONT)}{random.choice(words.BACK)}"


def _person(topic: Topic, random: Random) -> Person:
    name = _name(random) if random.random() < 0.92 else topic.offices[2]
    return Person(name, str(random.randint(1000, 9899)) if random.random() < 0.93 else None)


def _signature(random: Random) -> Signature:
    return Signature(_name(random), random.choice(words.POSITIONS))


def _in_one_script(lines: Sequence[str], random: Random) -> tuple[str, ...]:
    return tuple(map(prose.thai_digits, lines)) if random.random() < 0.5 else tuple(lines)


def _links(random: Random) -> tuple[str | None, ...]:
    lists = (words.ISSUES, words.SUB_ISSUES, words.GOALS, words.MEASURES)
    if random.random() < 0.12:
        return tuple(choices[-1] for choices in lists)
    at = random.randrange(4)
    return tuple(choices[at] if random.random() < 0.95 else None for choices in lists)


def _aims(topic: Topic, *, year: int, random: Random) -> tuple[Aim, ...]:
    aims: list[Aim] = []
    style = random.choices(("number", "sub", "none"), (5, 2, 3))[0]
    for at, (kind, templates) in enumerate(
        (("objective", prose.OBJECTIVES), ("target_quantity", prose.QUANTITIES), ("target_quality", prose.QUALITIES))
    ):
        if at and random.random() < 0.04:
            continue
        chosen = random.sample(templates, random.randint(1, min(5, len(templates))))
        lines = [prose.sentence(template, topic, year=year, random=random) for template in chosen]
        lines = list(_in_one_script(lines, random))
        own = "number" if style == "sub" and not at else style
        aims += [Aim(kind, _label(own, head=at, n=n), line) for n, line in enumerate(lines, 1)]
        if kind == "target_quantity" and own != "none" and random.random() < 0.35:
            lead = prose.sentence(random.choice(prose.LEADS), topic, year=year, random=random)
            aims.insert(len(aims) - len(lines), Aim(kind, None, lead))
    return tuple(aims)


def _label(style: str, *, head: int, n: int) -> str | None:
    return {"number": str(n), "sub": f"{head}.{n}", "none": None}[style]


def _progress(topic: Topic, *, year: int, period: tuple[Day, Day], random: Random) -> tuple[Progress, ...]:
    count = random.choices(range(1, 15), (1, 1, 1, 2, 2, 3, 3, 3, 3, 4, 4, 6, 2, 2))[0]
    days = _days(count, period=period, random=random)
    percents = sorted(random.choice((*range(0, 100, 5), 7, 12, 23, 38)) for _ in range(count))
    if random.random() < 0.5:
        percents[-1] = 100
    rows = [
        Progress(
            number=n,
            day=day,
            activity=prose.activity(topic, year=year, stage=n / count, random=random),
            percent=Decimal(percent) + (Decimal("0.5") if random.random() < 0.05 and percent < 100 else 0),
            amount=_amount(random),
            plan=ON_PLAN if random.random() < 0.85 else random.choice(PLAN),
            target=ON_TARGET if random.random() < 0.85 else random.choice(TARGET),
        )
        for n, (day, percent) in enumerate(zip(days, percents, strict=True), 1)
    ]
    return tuple(_disturbed(rows, topic=topic, random=random))


def _days(count: int, *, period: tuple[Day, Day], random: Random) -> list[Day]:
    first, last = (day.value or date.min for day in period)
    step = (last - first).days // (count + 1)
    late = min(9, max(step - 1, 0))
    found = [first + timedelta(days=step * n + random.randint(0, late)) for n in range(1, count + 1)]
    return [Day(d.year, d.month, d.day) for d in found]


def _amount(random: Random) -> Decimal:
    if random.random() < 0.5:
        return Decimal(0)
    whole = Decimal(random.randrange(1, 500) * random.choice((100, 500, 1000)))
    return whole + (Decimal(random.choice(("0.50", "0.25"))) if random.random() < 0.06 else 0)


def _disturbed(rows: list[Progress], *, topic: Topic, random: Random) -> list[Progress]:
    """Break rules that a reader should notice: order, a day that is none, a number left out, a cancelled project."""
    many = len(rows) > 3
    at = random.randrange(1, len(rows)) if many else 0
    if many and random.random() < 0.12:
        rows[at] = replace(rows[at], percent=Decimal(1))
    if many and random.random() < 0.08:
        day = rows[at - 1].day
        rows[at - 1], rows[at] = replace(rows[at - 1], day=rows[at].day), replace(rows[at], day=day)
    if many and random.random() < 0.06:
        rows[-1] = replace(rows[-1], day=Day(rows[-1].day.year if rows[-1].day else 2020, 11, 31))
    if many and random.random() < 0.06:
        rows[at:] = [replace(row, number=row.number + 1) for row in rows[at:]]
    if random.random() < 0.15:
        text = prose.sentence(random.choice(prose.CANCELLED), topic, year=2560, random=random)
        rows[-1] = replace(rows[-1], activity=(text,), plan=ON_PLAN, target=ON_TARGET, is_cancelled=True)
    elif rows[-1].percent == 100:
        rows[-1] = replace(rows[-1], activity=(random.choice(prose.CLOSING),))
    return rows


def _silenced(report: Report, random: Random) -> Report:
    """Make some fields silent, as offices leave them: each field rarely, the name never."""
    header = ("code", "year", "start", "end", "received", "spent", "responsible", "coordinator")
    silent = {name: None for name in header if random.random() < 0.03}
    rows = tuple(
        replace(
            row,
            day=row.day if random.random() > 0.015 else None,
            activity=row.activity if random.random() > 0.03 or row.is_cancelled else (),
            percent=row.percent if random.random() > 0.02 else None,
            amount=row.amount if random.random() > 0.03 else None,
            plan=row.plan if random.random() > 0.02 or row.is_cancelled else None,
            target=row.target if random.random() > 0.02 or row.is_cancelled else None,
        )
        for row in report.progress
    )
    return replace(report, progress=rows, **silent)  # type: ignore[arg-type]  # mypy sees None for every field of the class
