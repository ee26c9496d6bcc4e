"""The quarter and the fiscal year of a project's reports: what most headings print, and what is odd among them."""

from collections.abc import Iterable

import pytest

from parsers import forms
from pipeline.document.read_fields import Context, context_of, period_fields, printed_periods, read_fields
from pipeline.document.scan import Matches
from pipeline.model import Copy, CopyBlock, Field, Issue, RowId, SplitDocument
from schemas.activities import Activity
from schemas.base import Table
from schemas.projects import Project
from schemas.quarterly_results import QuarterlyResult
from tests.support.small_proposal import block_of

FORM = next(form for form in forms() if form.name == "area_office_progress_report")
DECLARED = {block.name: block for block in FORM.blocks}
SECOND = "ไตรมาสที่ ๒ ปีงบประมาณ ๒๕๖๗"
SILENT = Context(None, None)


def printed(*projects: list[list[str]], name: str = "targets") -> tuple[Matches, list[Copy]]:
    """A text of headings, and its projects: for each its quarters, for each the headings that it prints."""
    text, copies = "", []
    for index, quarters in enumerate(projects, 1):
        blocks = []
        for period, headings in enumerate(quarters, 1):
            for heading in headings:
                span = (len(text), len(text) + len(heading))
                blocks.append(CopyBlock(DECLARED[name], index, span, None, (), (span,), period=period))
                text += heading + "\n"
        copies.append(Copy(index, 1, tuple(blocks)))
    return block_of(text).matches, copies


def told(
    *projects: list[list[str]], models: tuple[type[Table], ...] = (QuarterlyResult,), context: Context | None = None
) -> tuple[list[Field], list[Issue]]:
    """The fields and the notes of the last project, which has one row of each model in each quarter."""
    matches, copies = printed(*projects)
    rows = [(model, period) for period, _ in enumerate(projects[-1], 1) for model in models]
    fields = [(Field(model, "results", len(copies), RowId(period), "", ()), period) for model, period in rows]
    found = list(
        period_fields(
            copies[-1],
            fields,
            printed_periods(matches, copies[-1].blocks),
            context or context_of(matches, copies, matches.pages.pages),
        )
    )
    return [one for one in found if isinstance(one, Field)], [one for one in found if isinstance(one, Issue)]


def answers(
    *projects: list[list[str]], models: tuple[type[Table], ...] = (QuarterlyResult,), context: Context | None = None
) -> list[tuple[object, object]]:
    """The quarter and the year of each row of the last project, in order."""
    fields, _ = told(*projects, models=models, context=context)
    rows: dict[object, dict[str, object]] = {
        (model, RowId(period)): {} for period, _ in enumerate(projects[-1], 1) for model in models
    }
    for field in fields:
        if field.model is not Project:
            rows[field.model, field.row][field.column] = field.value
    return [(row.get("fiscal_quarter"), row.get("fiscal_year_be")) for row in rows.values()]


def periods_of(found: Iterable[Field | Issue], column: str) -> list[object]:
    """The periods of the steps that have a column."""
    steps = (one for one in found if isinstance(one, Field) and one.model is Activity)
    return [one.row.order[2] for one in steps if one.column == column]


@pytest.mark.parametrize(
    ("said", "quarter", "year"),
    [
        ("ประจำปีงบประมาณที่ ๒ ปีงบประมาณ ๒๕๖๗", 2, 2567),
        ("ประจำปีงบประมาณที่ 2 ปีงบประมาณ 2567", 2, 2567),
        ("ประจำไตรมาสที่ ๒", 2, None),
        ("ประจำปีไตรมาสที่ ๒", 2, None),
        ("ประจำปีไตรมาสที่ ๒ ปีงบประมาณ พ.ศ. ๒๕๖๗", 2, 2567),
        ("ประจำปีงบประมาณ ๒๕๖๗", None, 2567),
        ("ไตรมาสที่ ๕ ปีงบประมาณ ๒๕๖๗", None, 2567),
        ("ไตรมาสที่ ๒ ปีงบประมาณ ๒๐๒๔", 2, None),
        ("ไตรมาสที่ ๒ และ ๓ ปีงบประมาณ ๒๕๖๗", None, 2567),
        ("", None, None),
    ],
)
def test_a_heading_prints_its_quarter_and_its_year_or_none(said: str, quarter: int | None, year: int | None) -> None:
    matches, (copy,) = printed([[f"ความก้าวหน้าของเป้าหมายโครงการ {said}"]])
    (found,) = printed_periods(matches, copy.blocks)
    assert (found.period, found.quarter, found.year) == (1, quarter, year)
    assert found.span == copy.blocks[0].heading


def test_only_headings_that_take_a_period_are_read() -> None:
    matches, (copy,) = printed([["ผลการดำเนินงาน ๒"]], name="results")
    assert printed_periods(matches, copy.blocks) == []


def test_a_heading_outside_of_every_quarter_is_not_read() -> None:
    block = CopyBlock(DECLARED["completed"], 1, (0, 9), None, (), ((0, 9),))
    assert printed_periods(block_of("ไตรมาสที่ ๒").matches, [block]) == []


def test_every_heading_of_a_block_is_read() -> None:
    text = "ไตรมาสที่ ๑\nไตรมาสที่ ๒"
    block = CopyBlock(DECLARED["targets"], 1, (0, 11), None, (), ((0, 11), (12, 23)), period=1)
    assert [found.quarter for found in printed_periods(block_of(text).matches, [block])] == [1, 2]


def test_the_documents_year_is_the_one_that_most_headings_print() -> None:
    matches, copies = printed([["ปีงบประมาณ ๒๕๖๗"]], [["ปีงบประมาณ ๒๕๖๑"]], [["ปีงบประมาณ ๒๕๖๗"]])
    assert context_of(matches, copies, matches.pages.pages).year == 2567


def test_the_documents_quarter_is_the_only_one_that_it_prints() -> None:
    matches, copies = printed([["ไตรมาสที่ ๒"], ["เป้าหมาย"]], [["ประจำปีงบประมาณที่ 2"]])
    context = context_of(matches, copies, matches.pages.pages)
    assert (context.quarter, context.quarter_spans) == (2, ((0, len("ไตรมาสที่ ๒")),))


def test_a_document_on_several_quarters_has_none_of_its_own() -> None:
    matches, copies = printed([["ไตรมาสที่ ๑"], ["ไตรมาสที่ ๒"]], [["ไตรมาสที่ ๑"]])
    assert context_of(matches, copies, matches.pages.pages).quarter is None


def test_a_document_without_periods_has_no_context() -> None:
    matches, copies = printed([["เป้าหมาย"]])
    assert context_of(matches, copies, matches.pages.pages) == SILENT
    assert context_of(matches, [], matches.pages.pages) == SILENT


def test_the_headings_of_a_quarter_date_its_rows() -> None:
    first, second = "ไตรมาสที่ ๑ ปีงบประมาณ ๒๕๖๗", SECOND
    assert answers([[first], [second]]) == [(1, 2567), (2, 2567)]


def test_most_headings_of_a_quarter_outvote_a_misread_one() -> None:
    headings = [SECOND, "ไตรมาสที่ ๓ ปีงบประมาณ ๒๕๖๑", SECOND]
    assert answers([headings], context=SILENT) == [(2, 2567)]


def test_a_heading_that_prints_nothing_has_no_vote() -> None:
    assert answers([["เป้าหมาย", "กิจกรรม", SECOND]], context=SILENT) == [(2, 2567)]


def test_at_a_tie_the_documents_own_decides() -> None:
    tie = ["ไตรมาสที่ ๒ ปีงบประมาณ ๒๕๖๑", "ไตรมาสที่ ๓ ปีงบประมาณ ๒๕๖๗"]
    assert answers([tie], context=Context(2567, 3)) == [(3, 2567)]
    assert answers([tie], context=Context(2561, 2)) == [(2, 2561)]


@pytest.mark.parametrize("context", [SILENT, Context(2560, 4)])
def test_a_tie_that_the_document_does_not_decide_is_null(context: Context) -> None:
    tie = ["ไตรมาสที่ ๒ ปีงบประมาณ ๒๕๖๑", "ไตรมาสที่ ๓ ปีงบประมาณ ๒๕๖๗"]
    assert answers([tie], context=context) == [(None, None)]


def test_the_documents_own_does_not_outvote_what_a_quarter_prints() -> None:
    assert answers([[SECOND]], context=Context(2561, 3)) == [(2, 2567)]


def test_a_quarter_that_prints_none_is_the_documents_only_one() -> None:
    assert answers([[SECOND]], [["เป้าหมาย"]]) == [(2, 2567)]


def test_a_quarter_that_prints_none_among_several_stays_null() -> None:
    assert answers([["ไตรมาสที่ ๑"], ["ไตรมาสที่ ๒"]], [["เป้าหมาย"]]) == [(None, None)]


def test_where_nothing_is_printed_nothing_is_told() -> None:
    assert told([["เป้าหมาย"]]) == ([], [])


def test_every_row_of_a_quarter_has_it_but_only_results_have_a_year() -> None:
    found = answers([["ไตรมาสที่ ๑ ปีงบประมาณ ๒๕๖๗"], [SECOND]], models=(Activity, QuarterlyResult))
    assert found == [(1, None), (1, 2567), (2, None), (2, 2567)]


def test_a_table_without_quarters_gets_none() -> None:
    fields, _ = told([[SECOND]], models=(Project,))
    assert [(field.model, field.column, field.value) for field in fields] == [(Project, "fiscal_year_be", 2567)]


def test_a_row_with_several_fields_is_told_once() -> None:
    matches, (copy,) = printed([[SECOND]])
    columns = ("results", "problems", "suggestions")
    fields = [(Field(QuarterlyResult, column, 1, RowId(1), "", ()), 1) for column in columns]
    found = list(period_fields(copy, fields, printed_periods(matches, copy.blocks), SILENT))
    assert [(one.model, one.column) for one in found if isinstance(one, Field)] == [
        (Project, "fiscal_year_be"),
        (QuarterlyResult, "fiscal_quarter"),
        (QuarterlyResult, "fiscal_year_be"),
    ]


def test_a_field_outside_of_every_quarter_has_none() -> None:
    matches = block_of(f"{SECOND}\nอบรมครู\nนิเทศ").matches
    heading, *steps = [(line.start, line.end) for line in matches.pages.pages[0].lines]
    blocks = [
        CopyBlock(DECLARED["activities"], 1, None, None, (span,), period=period) for period, span in enumerate(steps)
    ]
    copy = Copy(1, 1, (CopyBlock(DECLARED["targets"], 1, heading, None, (), (heading,), period=1), *blocks))
    found = read_fields(matches, SplitDocument(matches.pages, (), (copy,), (1,)))
    steps_of = {column: periods_of(found, column) for column in ("text", "fiscal_quarter")}
    assert steps_of == {"text": [0, 1], "fiscal_quarter": [1]}


def test_a_projects_year_is_the_one_that_most_of_its_headings_print() -> None:
    fields, _ = told([[SECOND, SECOND], ["ปีงบประมาณ ๒๕๖๑"]])
    assert [field.value for field in fields if field.model is Project] == [2567]


def test_the_evidence_is_the_first_heading_that_prints_the_value() -> None:
    headings = ["ไตรมาสที่ ๑ ปีงบประมาณ ๒๕๖๑", SECOND, SECOND]
    matches, (copy,) = printed([headings])
    fields = [(Field(QuarterlyResult, "results", 1, RowId(1), "", ()), 1)]
    found = period_fields(copy, fields, printed_periods(matches, copy.blocks), SILENT)
    spans = {one.spans for one in found if isinstance(one, Field)}
    assert [[matches.text[slice(*span)] for span in one] for one in spans] == [[SECOND]]
    assert {start for ((start, _),) in spans} == {len(headings[0]) + 1}


def test_a_quarter_taken_from_the_document_shows_where_it_is_printed() -> None:
    fields, _ = told([[SECOND]], [["เป้าหมาย"]])
    assert {field.spans for field in fields} == {((0, len(SECOND)),)}


def test_a_project_that_prints_no_year_has_that_of_the_document_as_inferred() -> None:
    fields, _ = told([[SECOND]], [["เป้าหมาย"]])
    assert [(field.value, field.is_inferred) for field in fields if field.model is Project] == [(2567, True)]


def test_a_result_prints_its_quarter_and_other_rows_imply_it() -> None:
    fields, _ = told([[SECOND]], models=(Activity, QuarterlyResult))
    assert {(field.model, field.is_inferred) for field in fields if field.column == "fiscal_quarter"} == {
        (Activity, True),
        (QuarterlyResult, False),
    }


def test_a_heading_with_another_year_than_the_documents_is_told() -> None:
    matches, copies = printed([[SECOND, SECOND]], [[SECOND], ["ไตรมาสที่ ๓ ปีงบประมาณ ๒๕๖๑"]])
    found = period_fields(
        copies[1],
        [],
        printed_periods(matches, copies[1].blocks),
        context_of(matches, copies, matches.pages.pages),
    )
    notes = [note for note in found if isinstance(note, Issue)]
    assert [(note.code, note.table, note.column, note.row, note.copy) for note in notes] == [
        ("year_out_of_context", "quarterly_results", "fiscal_year_be", RowId(2), 2)
    ]
    assert "2561" in notes[0].text
    assert "2567" in notes[0].text
    assert notes[0].span is not None
    assert matches.text[slice(*notes[0].span)] == "ไตรมาสที่ ๓ ปีงบประมาณ ๒๕๖๑"


def test_headings_that_agree_or_print_no_year_are_not_odd() -> None:
    assert told([[SECOND, "ไตรมาสที่ ๒"], ["ไตรมาสที่ ๓ ปีงบประมาณ ๒๕๖๗"]])[1] == []
    assert told([[SECOND]], context=SILENT)[1] == []
