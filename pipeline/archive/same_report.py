"""Whether two documents hold the same report, or two states of it, as far as their values prove it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from rapidfuzz.fuzz import ratio

GroupRole = Literal["fullest", "same", "nearly_same", "earlier_state"]
ReportPart = Literal["", "entry", "quarter", "item"]

MIN_SIMILARITY = 90
"""Similarity, of 100, from which on two folded names are the same name; all digits must be equal."""
MIN_AGREEING = 0.8
"""Share of the figures in either document that must be in both and agree; others may be missing or misread in one."""
CONCLUSIVE_FIGURES = 2
"""Figures that must agree beside a project's code; without a code one is enough, since the name agrees too."""
MAX_COMPARED = 100
"""Reports that one is compared with, so that the work stays linear in a hostile archive."""
_CUMULATIVE = frozenset({"budget_spent_baht"})
"""Columns of the header that differ in a later state of a report."""
_COMMON_VALUES = frozenset({"0.00", "100.00"})
_PERIOD = frozenset({"start_date", "end_date"})
_DIGITS = re.compile("[0-9]++")


class Figure(NamedTuple):
    """Which figure it is: its project's code or ordinal, the part of the report, the number there, the column.

    A priced line has no number; its amount in satang is used instead, so that a missing line moves no other.
    """

    project: str
    part: ReportPart
    number: int
    column: str

    def with_value(self, value: str) -> str:
        """The figure with its value, for people.

        >>> Figure("11000000-0001", "entry", 2, "disbursed_baht").with_value("1500.00")
        '11000000-0001 entry 2 disbursed_baht 1500.00'
        """
        number = str(self.number) if self.part in ("entry", "quarter") else ""
        return " ".join(word for word in (self.project, self.part, number, self.column, value) if word)


@dataclass(frozen=True)
class ReportFigures:
    """The values of a document's projects, by their codes or, without codes, by their names.

    Names and offices are folded; an empty one is unknown.
    """

    document_id: str
    source: str
    form: str
    fiscal_year_be: int | None
    codes: tuple[str, ...]
    names: tuple[str, ...]
    offices: str
    figures: Mapping[Figure, str]

    @cached_property
    def state(self) -> int:
        """The number of the last entry or quarter; a later state of a report has a higher one."""
        return max((figure.number for figure in self.figures if figure.part in ("entry", "quarter")), default=0)


@dataclass(frozen=True)
class ReportMatch:
    """What two reports have in common."""

    role: GroupRole
    agreeing: tuple[Figure, ...]
    differing: tuple[Figure, ...]


@dataclass(frozen=True)
class GroupMember:
    """A report of a group, compared with the fullest one."""

    report: ReportFigures
    match: ReportMatch


@dataclass(frozen=True)
class SameReportGroup:
    """The fullest of some reports, and the others."""

    fullest: ReportFigures
    members: list[GroupMember]


def match(report: ReportFigures, fullest: ReportFigures) -> ReportMatch | None:
    """How a report relates to a fuller one; None if the values do not prove that it is the same.

    It is an earlier state only if nothing differs, apart from the money spent so far in the header.
    """
    if not _has_same_subject(report, fullest):
        return None
    is_earlier = report.state < fullest.state
    mine, others = (_figures_until(one, report.state, is_earlier=is_earlier) for one in (report, fullest))
    both = mine & others
    agreeing = tuple(sorted(figure for figure in both if report.figures[figure] == fullest.figures[figure]))
    differing = tuple(sorted(both.difference(agreeing)))
    is_proved = len(agreeing) >= MIN_AGREEING * len(mine | others) and _is_conclusive(report, agreeing)
    if not is_proved or not _has_same_year(report, fullest, agreeing) or (is_earlier and differing):
        return None
    return ReportMatch("earlier_state" if is_earlier else "nearly_same" if differing else "same", agreeing, differing)


def _has_same_subject(report: ReportFigures, other: ReportFigures) -> bool:
    """Whether both are about the same projects; offices are compared if both have them."""
    if report.codes or other.codes:
        is_known = bool(report.offices and other.offices)
        return set(report.codes) == set(other.codes) and (not is_known or _are_similar(report.offices, other.offices))
    return (
        len(report.names) == len(other.names)
        and report.offices == other.offices
        and all(map(_are_similar, report.names, other.names))
    )


def _are_similar(one: str, other: str) -> bool:
    return _DIGITS.findall(one) == _DIGITS.findall(other) and ratio(one, other) >= MIN_SIMILARITY


def _has_same_year(report: ReportFigures, other: ReportFigures, agreeing: Sequence[Figure]) -> bool:
    """Whether the fiscal years are equal; if one is missing, a project's code and a date that agree are enough."""
    if report.fiscal_year_be is not None and other.fiscal_year_be is not None:
        return report.fiscal_year_be == other.fiscal_year_be
    return bool(report.codes) and any(figure.column.endswith("_date") for figure in agreeing)


def _figures_until(report: ReportFigures, state: int, *, is_earlier: bool) -> set[Figure]:
    """The figures of a report up to the entry or quarter with this number."""
    return {
        figure
        for figure in report.figures
        if (figure.part not in ("entry", "quarter") or figure.number <= state)
        and not (is_earlier and figure.column in _CUMULATIVE)
    }


def _is_conclusive(report: ReportFigures, agreeing: Sequence[Figure]) -> bool:
    """Whether the figures cannot agree by chance: no zeros, no days that all reports of a year share."""
    conclusive = [f for f in agreeing if report.figures[f] not in _COMMON_VALUES and f.column not in _PERIOD]
    return len(conclusive) >= (CONCLUSIVE_FIGURES if report.codes else 1)


def groups(reports: Sequence[ReportFigures]) -> list[SameReportGroup]:
    """The groups of two and more among reports on one subject, the latest state first.

    A report that fits several groups equally well joins none, since they contradict each other.
    """
    by_state = _same_reports(reports)
    for top, members in _earlier_states(by_state):
        by_state[top].members.extend(members)
    return [group for group in by_state if group.members]


def _same_reports(reports: Sequence[ReportFigures]) -> list[SameReportGroup]:
    """Each report in a group of its state, alone if there is no other."""
    groups_of_reports: list[SameReportGroup] = []
    for report in sorted(reports, key=lambda one: (-one.state, -len(one.figures), one.document_id)):
        peers = [group for group in groups_of_reports[-MAX_COMPARED:] if group.fullest.state == report.state]
        matches = [(matched, group) for group in peers if (matched := match(report, group.fullest))]
        best = [(matched, group) for matched, group in matches if matched.role == "same"] or matches
        if len(best) == 1:
            best[0][1].members.append(GroupMember(report, best[0][0]))
        else:
            groups_of_reports.append(SameReportGroup(report, []))
    return groups_of_reports


def _earlier_states(groups_of_reports: Sequence[SameReportGroup]) -> Iterator[tuple[int, list[GroupMember]]]:
    """For each group of an earlier state: the number of the group of the latest state, and its reports as members.

    Groups are sorted by state, the latest first, so the latest state of each group before is known.
    """
    latest: list[int] = []
    for number, group in enumerate(groups_of_reports):
        later = range(max(0, number - MAX_COMPARED), number)
        others = [(n, groups_of_reports[n].fullest) for n in later]
        tops = {latest[n] for n, one in others if group.fullest.state < one.state and match(group.fullest, one)}
        latest.append(tops.pop() if len(tops) == 1 else number)
        if latest[number] != number:
            top = groups_of_reports[latest[number]].fullest
            states = [group.fullest, *(member.report for member in group.members)]
            yield latest[number], [GroupMember(one, matched) for one in states if (matched := match(one, top))]
