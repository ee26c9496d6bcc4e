"""Whether two documents hold the same report, or two states of it, as far as their values prove it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from rapidfuzz.fuzz import ratio

Role = Literal["fullest", "same", "nearly_same", "earlier_state"]
Part = Literal["", "entry", "quarter", "item"]

ALIKE = 90
"""Of 100, from where on two folded names are one name read twice; all digits must be equal."""
AGREEING = 0.8
"""Share of the figures in either document that both must say alike; the rest may be silent or misread in one."""
TELLING_FIGURES = 2
"""Figures that must agree beside a project's code; where a name stands for the code, its total may be all there is."""
NEIGHBOURS = 100
"""Reports that one is compared with at most, so that the work stays linear in a hostile archive."""
_GROWING = frozenset({"budget_spent_baht"})
"""Columns of the header that a later state of a report says otherwise."""
_SILENT = frozenset({"0.00", "100.00"})
_PERIOD = frozenset({"start_date", "end_date"})
_DIGITS = re.compile("[0-9]++")


class Figure(NamedTuple):
    """What a figure is: its project's code or ordinal, the part of the report, the number there, the column.

    A priced line has no number; its amount in satang stands for it, so that a lost line moves no other.
    """

    project: str
    part: Part
    number: int
    column: str

    def said(self, value: str) -> str:
        """The figure with its value, for people.

        >>> Figure("11000000-0001", "entry", 2, "disbursed_baht").said("1500.00")
        '11000000-0001 entry 2 disbursed_baht 1500.00'
        """
        number = str(self.number) if self.part in ("entry", "quarter") else ""
        return " ".join(word for word in (self.project, self.part, number, self.column, value) if word)


@dataclass(frozen=True)
class Report:
    """What one document says about its projects, by their codes or, where it prints none, by their names.

    Names and offices are folded; an empty one is not known.
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
class Match:
    """What two reports have in common."""

    role: Role
    agreeing: tuple[Figure, ...]
    differing: tuple[Figure, ...]


@dataclass(frozen=True)
class Member:
    """A report in a group, compared with the fullest of it."""

    report: Report
    match: Match


@dataclass(frozen=True)
class Group:
    """The fullest of some reports, and the others."""

    fullest: Report
    members: list[Member]


def match(report: Report, fullest: Report) -> Match | None:
    """What the report is to one that says at least as much; None where the values do not prove that it is the same.

    Another state of a report is an earlier one only if nothing differs; what its header says of money spent so far is
    left out.
    """
    if not _is_one_subject(report, fullest):
        return None
    is_earlier = report.state < fullest.state
    mine, others = (_said_until(one, report.state, is_earlier=is_earlier) for one in (report, fullest))
    both = mine & others
    agreeing = tuple(sorted(figure for figure in both if report.figures[figure] == fullest.figures[figure]))
    differing = tuple(sorted(both.difference(agreeing)))
    is_proved = len(agreeing) >= AGREEING * len(mine | others) and _tells(report, agreeing)
    if not is_proved or not _is_one_year(report, fullest, agreeing) or (is_earlier and differing):
        return None
    return Match("earlier_state" if is_earlier else "nearly_same" if differing else "same", agreeing, differing)


def _is_one_subject(report: Report, other: Report) -> bool:
    """Whether both are about the same projects; offices are compared where both name them."""
    if report.codes or other.codes:
        is_known = bool(report.offices and other.offices)
        return set(report.codes) == set(other.codes) and (not is_known or _alike(report.offices, other.offices))
    return (
        len(report.names) == len(other.names)
        and report.offices == other.offices
        and all(map(_alike, report.names, other.names))
    )


def _alike(one: str, other: str) -> bool:
    return _DIGITS.findall(one) == _DIGITS.findall(other) and ratio(one, other) >= ALIKE


def _is_one_year(report: Report, other: Report, agreeing: Sequence[Figure]) -> bool:
    """Whether the fiscal years are one; where one was lost, days that agree stand for it beside a project's code."""
    if report.fiscal_year_be is not None and other.fiscal_year_be is not None:
        return report.fiscal_year_be == other.fiscal_year_be
    return bool(report.codes) and any(figure.column.endswith("_date") for figure in agreeing)


def _said_until(report: Report, state: int, *, is_earlier: bool) -> set[Figure]:
    """The figures that a report said already when its last entry or quarter had this number."""
    return {
        figure
        for figure in report.figures
        if (figure.part not in ("entry", "quarter") or figure.number <= state)
        and not (is_earlier and figure.column in _GROWING)
    }


def _tells(report: Report, agreeing: Sequence[Figure]) -> bool:
    """Whether the figures could not as well agree in another report: no zeros, no days that a whole year has."""
    telling = [f for f in agreeing if report.figures[f] not in _SILENT and f.column not in _PERIOD]
    return len(telling) >= (TELLING_FIGURES if report.codes else 1)


def groups(reports: Sequence[Report]) -> list[Group]:
    """The groups of two and more among reports that may be about the same, those of the latest state first.

    A report that fits several groups equally well joins none: they contradict each other.
    """
    found = _same_reports(reports)
    for top, members in _earlier_states(found):
        found[top].members.extend(members)
    return [group for group in found if group.members]


def _same_reports(reports: Sequence[Report]) -> list[Group]:
    """Each report in a group of its state; alone where there is no other."""
    found: list[Group] = []
    for report in sorted(reports, key=lambda one: (-one.state, -len(one.figures), one.document_id)):
        peers = [group for group in found[-NEIGHBOURS:] if group.fullest.state == report.state]
        matches = [(matched, group) for group in peers if (matched := match(report, group.fullest))]
        best = [(matched, group) for matched, group in matches if matched.role == "same"] or matches
        if len(best) == 1:
            best[0][1].members.append(Member(report, best[0][0]))
        else:
            found.append(Group(report, []))
    return found


def _earlier_states(found: Sequence[Group]) -> Iterator[tuple[int, list[Member]]]:
    """For each group that is an earlier state, the place of the group of the latest one, and its reports as members.

    Groups come with the latest state first, so the last state of each later group is known.
    """
    latest: list[int] = []
    for place, group in enumerate(found):
        later = range(max(0, place - NEIGHBOURS), place)
        tops = {latest[n] for n in later if _is_earlier(group.fullest, found[n].fullest)}
        latest.append(tops.pop() if len(tops) == 1 else place)
        if latest[place] != place:
            top = found[latest[place]].fullest
            states = [group.fullest, *(member.report for member in group.members)]
            yield latest[place], [Member(one, matched) for one in states if (matched := match(one, top))]


def _is_earlier(report: Report, other: Report) -> bool:
    return report.state < other.state and match(report, other) is not None
