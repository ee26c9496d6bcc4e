"""An invented area office's report: projects by status, a report for each quarter, and a summary that may be wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random
from typing import Literal

from tests.synthesizer.area_office_progress_report import words
from tests.synthesizer.area_office_progress_report.words import Topic

Status = Literal["completed", "in_progress", "not_started"]
Kind = Literal["output", "outcome", "indicator"]
STATUSES: tuple[Status, ...] = ("completed", "in_progress", "not_started")
KINDS: tuple[Kind, ...] = ("output", "outcome", "indicator")


@dataclass(frozen=True)
class Activity:
    """A main activity: its title, the paragraphs below it, and steps under a heading of their own."""

    title: str
    paragraphs: tuple[str, ...]
    steps: tuple[str, ...]


@dataclass(frozen=True)
class QuarterReport:
    """What one project reports on one quarter; an empty tuple or None is a silent page."""

    quarter: int
    aims: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
    """Outputs, outcomes, indicators; a single one is a paragraph without a marker."""
    activities: tuple[Activity, ...]
    strategies: tuple[str | None, ...]
    planned: Decimal
    disbursed: Decimal
    note: str | None
    results: tuple[str, ...]
    problems: tuple[str, ...]
    suggestions: tuple[str, ...]
    misread_year: int | None
    """The year that two of its headings print instead of the report's."""


@dataclass(frozen=True)
class Project:
    """A project of the plan; without reports it is listed by its name alone."""

    name: tuple[str, ...]
    status: Status
    reports: tuple[QuarterReport, ...]


@dataclass(frozen=True)
class Summary:
    """What the summary says, right or wrong, of the projects and of the last quarter's money."""

    counts: tuple[int, int, int]
    percents: tuple[Decimal, Decimal, Decimal]
    reporting: int
    planned: Decimal
    disbursed: Decimal
    share: Decimal


Slip = Literal["count", "reporting", "total", "share"]


@dataclass(frozen=True)
class AreaReport:
    """The whole report."""

    office: str
    year: int
    quarter: int
    as_of: date
    serial: int
    projects: tuple[Project, ...]
    summary: Summary
    slip: Slip | None
    """What the summary gets wrong on purpose."""
    remark: str | None


def random_report(random: Random) -> AreaReport:
    """Four to eight projects of different topics, at least two of them with reports."""
    year, quarter = random.randint(2564, 2569), random.choice((2, 2, 3))
    count = random.randint(4, 8)
    statuses = sorted(("completed", "in_progress", *_statuses(count - 2, random)), key=STATUSES.index)
    topics = random.sample(words.TOPICS, count)
    projects = tuple(
        _project(topic, status, year=year, quarter=quarter, random=random)
        for topic, status in zip(topics, statuses, strict=True)
    )
    slip: Slip | None = random.choice(("count", "reporting", "total", "share")) if random.random() < 0.45 else None
    # A quarter ends with March or June; the cover may give an earlier day.
    day = date(year - 543, 3 * quarter - 3, random.randint(25, 30))
    kind, place = random.choice(words.KINDS), random.choice(words.PLACES)
    area = "" if kind == "มัธยมศึกษา" else f" เขต {random.randint(1, 7)}"
    office = f"สำนักงานเขตพื้นที่การศึกษา{kind}{place}{area}"
    summary = _summary(projects, quarter, slip=slip)
    remark = "รายชื่อโครงการเรียงตามวันที่ได้รับอนุมัติ" if random.random() < 0.3 else None
    return AreaReport(office, year, quarter, day, random.randint(1, 30), projects, summary, slip, remark)


def _statuses(count: int, random: Random) -> list[Status]:
    return random.choices(STATUSES, (2, 3, 4), k=count)


def _project(topic: Topic, status: Status, *, year: int, quarter: int, random: Random) -> Project:
    name = topic.name if random.random() < 0.7 else (*topic.name, f"ปีงบประมาณ {year}")
    is_listed = status == "not_started" or (status == "completed" and random.random() < 0.15)
    if is_listed:
        return Project(name, status, ())
    quarters = (quarter - 1, quarter) if random.random() < 0.25 else (quarter,)
    return Project(name, status, tuple(_quarter(topic, number, year=year, random=random) for number in quarters))


def _quarter(topic: Topic, quarter: int, *, year: int, random: Random) -> QuarterReport:
    def some(templates: Sequence[str], least: int, most: int) -> tuple[str, ...]:
        count = min(random.randint(least, most), len(templates))
        return tuple(_sentence(text, topic, random) for text in random.sample(templates, count))

    planned = Decimal(random.randint(8, 240) * 250)
    disbursed = _disbursed(planned, random)
    can = "สามารถเบิกจ่ายงบประมาณได้ตามแผนการ"
    note = can if disbursed == planned else f"ไม่{can} {random.choice(words.REASONS)}"
    strategies = [_sentence(text, topic, random) for text in random.sample(words.STRATEGIES, 4)]
    missing = random.randrange(4) if random.random() < 0.1 else None
    return QuarterReport(
        quarter=quarter,
        aims=(some(words.OUTPUTS, 0, 3), some(words.OUTCOMES, 1, 2), some(words.INDICATORS, 0, 3)),
        activities=tuple(_activity(text, topic, random) for text in some(words.ACTIVITIES, 1, 3)),
        strategies=tuple(None if n == missing else text for n, text in enumerate(strategies)),
        planned=planned,
        disbursed=disbursed,
        note=note if random.random() < 0.9 else None,
        results=some(words.RESULTS, 1, 3),
        problems=some(words.PROBLEMS, 0, 2),
        suggestions=some(words.SUGGESTIONS, 0, 2),
        misread_year=year - 4 if random.random() < 0.08 else None,
    )


def _disbursed(planned: Decimal, random: Random) -> Decimal:
    fate = random.random()
    if fate < 0.35:
        return planned
    if fate < 0.45:
        return Decimal(0)
    if fate < 0.55:
        return planned + random.randint(1, 8) * 125
    return (planned * random.randint(20, 95) / 100).quantize(Decimal("0.01" if fate > 0.9 else "1"))


def _activity(title: str, topic: Topic, random: Random) -> Activity:
    paragraphs = random.sample(words.PARAGRAPHS, random.choice((0, 0, 1, 2)))
    steps = words.STEPS[: random.randint(2, 4)] if random.random() < 0.3 else ()
    return Activity(
        title,
        tuple(_sentence(text, topic, random) for text in paragraphs),
        tuple(_sentence(text, topic, random) for text in steps),
    )


def _sentence(template: str, topic: Topic, random: Random) -> str:
    """The template with the topic's phrases and drawn figures."""
    return template.format(
        work=topic.work,
        people=topic.people,
        place=topic.place,
        benefit=topic.benefit,
        total=random.randrange(40, 900, 10),
        count=random.randint(10, 60),
        small=random.randint(2, 9),
        percent=random.randrange(70, 100, 5),
    )


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """The part in percent of the whole, two decimals.

    >>> percent(Decimal(1), Decimal(8))
    Decimal('12.50')
    """
    return (part * 100 / whole).quantize(Decimal("0.01"))


def _summary(projects: Sequence[Project], quarter: int, *, slip: Slip | None) -> Summary:
    reports = [report for project in projects for report in project.reports if report.quarter == quarter]
    counts = [sum(project.status == status for project in projects) for status in STATUSES]
    counts[1] += slip == "count"
    planned = sum((report.planned for report in reports), Decimal(0)) + (1500 if slip == "total" else 0)
    disbursed = sum((report.disbursed for report in reports), Decimal(0))
    share = percent(disbursed, planned) if planned else Decimal(0)
    percents = [percent(Decimal(count), Decimal(sum(counts))) for count in counts]
    return Summary(
        (counts[0], counts[1], counts[2]),
        (percents[0], percents[1], percents[2]),
        len(reports) + (slip == "reporting"),
        planned,
        disbursed,
        share + (7 if slip == "share" else 0),
    )
