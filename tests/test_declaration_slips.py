"""Slips in declarations: each is told in one line that says where it is and what to write, and none is a traceback."""

import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Annotated, Any

import pytest

from normalizers import DeclarationError
from parsers import Form, compiled, forms
from parsers.base import (
    Block,
    Bullets,
    Calendar,
    Column,
    Entries,
    Grid,
    Labelled,
    LabelledRows,
    Links,
    Priced,
    SingleField,
    Steps,
    SummaryLine,
    Total,
    WholeText,
)
from parsers.declarations import check_forms, not_loaded, slips_of
from parsers.declarations.rules import pattern_slips, template_slips
from parsers.openers import NumberedName, RepeatedLine, Start, heading, numbered
from schemas import TABLES
from schemas.activities import Activity
from schemas.base import Choice, FirstInBlock, Label, Remainder, Role, Shape, StartsWith, Table
from schemas.budget_items import BudgetItem
from schemas.columns import Baht, Code, Line, Paragraph, Status
from schemas.evidence import Evidence
from schemas.indicators import Indicator
from schemas.objectives import Objective
from schemas.projects import Project
from schemas.report_entries import ReportEntry
from schemas.risks import Risk
from schemas.sections import Section

MOST_SECONDS = 0.05
"""Processor time of the check, which takes a tenth of it on a machine that has nothing else to do."""


class Header(Project):
    project_name: Annotated[Line, Label("ชื่อโครงการ")]
    project_code: Annotated[Code, Label("รหัสโครงการ")]


class Entry(ReportEntry):
    activity: Annotated[Paragraph, Remainder()]
    disbursed_baht: Annotated[Baht, Label("เบิกใช้")]


HEADER = Block("header", (heading("ข้อมูลโครงการ"),), Labelled(Header))
TEXT = WholeText(Section, {"section": "other"})
RISKS = Grid(Risk, (Column(("ความเสี่ยง",), ("risk",)), Column(("ผลกระทบ",))))
PRICES = Grid(BudgetItem, (Column(("รายการ",), ("item",)), Column(("จำนวนเงิน",), ("amount_baht",))))
STEPS = Grid(Activity, (Column(("ที่",), ("label",)), Column(("กิจกรรม",), ("text",))))


def form(*blocks: Any, **options: Any) -> Form:
    """A form with a header and some other blocks, which is declared rightly if they are."""
    declared: dict[str, Any] = {"titles": ("แบบรายงานผลการซ่อม",), "blocks": (HEADER, *blocks), "name": "pump"}
    return Form(**declared | options)


def block(reads: Any, **options: Any) -> Form:
    """A form with a block that is read in some way."""
    return form(Block("body", (heading("เนื้อหา"),), reads, **options))


def opened(*openers: Any, **options: Any) -> Form:
    """A form with a block that is opened in some way."""
    return form(Block("body", openers, TEXT, **options))


def template(column: str, *annotation: Any, table: type[Table] = Project, reading: Any = Labelled) -> Form:
    """A form with a block whose template annotates one column."""
    names = {"__annotations__": {column: Annotated[annotation]}, "__module__": "schemas.forms.pump"}
    return block(reading(type("Template", (table,), names)))


def test_a_form_without_slips_has_none() -> None:
    assert slips_of([form(), *forms()]) == []
    for reads in (TEXT, RISKS, (WholeText(Section, {"section": "budget"}, PRICES), Priced(BudgetItem, PRICES))):
        assert slips_of([block(reads)]) == []
    for rows in (Entries(Entry, "entry_number"), Calendar(Activity, STEPS, Bullets(Activity))):
        assert slips_of([block(rows)]) == []


# fmt: off
# ruff: noqa: E501 - a case a line, whatever its length
IN_FORM: list[tuple[Form, str]] = [
    (form(titles="แบบรายงาน"), "titles: 'แบบรายงาน' is not a tuple; write ('แบบรายงาน',) with a comma"),
    (form(titles=["แบบรายงาน"]), "titles: ['แบบรายงาน'] is not a tuple; write ('แบบรายงาน',) with a comma"),
    (form(titles=(3,)), "titles: 3 does not belong here; write text in quotes"),
    (form(titles=("ก",)), "title 'ก' has 1 letters; write 6 to 90 of them"),
    (form(titles=("...",)), "titles: '...' has no letters; write words, or leave it out"),
    (form(titles=("กข" * 50,)), "has 100 letters; write 6 to 90 of them"),
    (form(titles=()), "titles: there are none, and 1 blocks with headings are too few to know the form by"),
    (form(blocks=()), "blocks: there is nothing in it; write what belongs here"),
    (form(blocks=HEADER), "blocks: Block(…) is not a tuple; write (Block(…),) with a comma"),
    (form(keywords="กทม"), "keywords: 'กทม' is not a tuple; write ('กทม',) with a comma"),
    (form(keywords=("กทม", " ")), "keywords: ' ' has no letters; write words, or leave it out"),
    (form(is_ordered="no"), "is_ordered: 'no' does not belong here; write True or False"),
    (form(is_ordered=False), "is_ordered=False: a report then begins at Start(); add Start() to what opens the first block"),
    (form(summary=(SummaryLine(("รวม",), status="completed"),)), "role='summary' and summary=(SummaryLine(…), …) mean nothing without each other; write both"),
    (form(summary=(SummaryLine(()),)), "summary[0].words: there is nothing in it; write what belongs here"),
    (form(summary=(SummaryLine(("รวม",), total_of="planed_baht"),)), "no such column; write 'planned_baht'"),
    (form(summary=(SummaryLine(("รวม",), status="done"),)), "column status: 'done' is no value of this column"),
]
IN_BLOCK: list[tuple[Form, str]] = [
    (form(HEADER), "2 blocks have this name; give each a name of its own"),
    (opened(), "opens: there is nothing in it; write what belongs here"),
    (form(Block("body", heading("เนื้อหา"), TEXT)), "opens: Heading(…) is not a tuple; write (Heading(…),)"),  # type: ignore[arg-type]
    (opened(Start), "opens: Start is not called; write Start(…)"),
    (opened("เนื้อหา"), "opens: 'เนื้อหา' does not belong here; write one of Heading(…), Numbered(…)"),
    (opened(heading()), "opens[0].wordings: there is nothing in it; write what belongs here"),
    (opened(heading(("เนื้อหา", "สาระ"))), "opens[0].wordings: ('เนื้อหา', 'สาระ') does not belong here; write text in quotes"),  # type: ignore[arg-type]
    (opened(heading("เนื้อหา", number="3.")), "number='3.' is never found; write figures with dots between them, such as '1.3'"),
    (opened(heading("เนื้อหา", number="๓")), "number='๓' is never found; write figures with dots between them, such as '1.3'"),
    (opened(heading("ข้อมูลโครงการ")), "heading 'ข้อมูลโครงการ' opens block header too, and nothing tells the two apart"),
    (opened(Start()), "Start() opens what a report begins with; move it to the first block"),
    (opened(RepeatedLine("heade")), "RepeatedLine: there is no other block 'heade'; write 'header'"),
    (opened(numbered("ครั้งที่")), "a numbered label opens it again and again; write repeats=True"),
    (opened(heading("เนื้อหา"), level="projct"), "level: 'projct' is not known; write 'project'"),
    (opened(heading("เนื้อหา"), gives={"status": "completed"}), "gives: only a group gives values, and only to a project whose block is read as SingleField(…)"),
    (opened(heading("เนื้อหา"), role="sumary"), "role: 'sumary' is not known; write 'summary'"),
    (block(None, role="signature"), "role='signature': its text must be kept, once; read it as WholeText(…), without repeats"),
    (block(TEXT, role="signature", repeats=True), "role='signature': its text must be kept, once; read it as WholeText(…), without repeats"),
    (block(Header), "reads: the class Header does not say how it is read; write Labelled(Header), or another reading"),
    (block(Labelled), "reads: Labelled is not called; write Labelled(…)"),
    (block(Labelled(int)), "reads.model: the class int is no table; write the class of a table"),  # type: ignore[arg-type]
    (block((TEXT, TEXT)), "2 readings make rows of table sections; leave it to one of them"),
    (block(LabelledRows(Objective, "kind", {"objctive": ("ก",)})), "'objctive' is no value of this column of table objectives"),
    (block(LabelledRows(Objective, "kind", {"output": ()})), "reads.labels: under 'output': there are no words; write those that the form prints"),
    (block(LabelledRows(Objective, "kind", {})), "reads.labels: there is nothing in it; write what belongs here"),
    (block(Bullets(Objective)), "column kind: nothing fills it; write kind='…'"),
    (block(Bullets(Objective, kind="objectiv")), "'objectiv' is no value of this column of table objectives; write 'objective'"),
    (block(Bullets(Activity, kind="output")), "kind: table activities has no column for it; leave it out"),
    (block(Bullets(Risk)), "Bullets: table risks has no column for the label of a row; these have: objectives, activities"),
    (block(Bullets(Activity, lead_word="")), "reads.lead_word: there is nothing in it; write what belongs here"),
    (block(Bullets(Activity, instead_of=STEPS)), "without, instead_of: no reading of the block reads this table; add the Grid to reads"),
    (block(WholeText(Section, {"section": "other"}, RISKS)), "without, instead_of: no reading of the block reads this table; add the Grid to reads"),
    (block(Steps(Activity, ())), "reads.words: there is nothing in it; write what belongs here"),
    (block(Links(Risk, (), {})), "reads.names: there is nothing in it; write what belongs here"),
    (block(Grid(Risk, RISKS.columns[:1])), "Grid: a table is known by 2 headings; write a Column(…) for each that is printed"),
    (block(Priced(BudgetItem, RISKS)), "it makes rows of table budget_items, and what is inside it of risks; fill one table"),
    (block(Calendar(Activity, RISKS, Bullets(Activity))), "it makes rows of table activities, and what is inside it of risks"),
    (form(*(Block(name, (heading(name * 3),), Bullets(Activity)) for name in ("one", "two"))), "block one lists rows of table activities"),
    (block(replace(RISKS, columns=(*RISKS.columns, Column((), ("level",))))), "reads.columns[2].headings: there is nothing in it; write"),
    (block(replace(RISKS, columns=(*RISKS.columns, Column(("...",))))), "reads.columns[2].headings: '...' has no letters; write words"),
    (block(replace(RISKS, columns=(*RISKS.columns, Column(("ระดับ",), ("level",), "")))), "reads.columns[2].shape: there is nothing in it"),
]
OF_COLUMN: list[tuple[Form, str, str]] = [
    (block(WholeText(Section, {"section": "othr"})), "section", "'othr' is no value of this column of table sections; write 'other'"),
    (block(WholeText(Section, {})), "section", "nothing fills it; write {'section': …} behind Section"),
    (block(WholeText(Section, {"secton": "other"})), "secton", "table sections has no such column; write 'section'"),
    (block(SingleField(Project, "project_nam")), "project_nam", "table projects has no such column; write 'project_name'"),
    (block(SingleField(Project, "section")), "section", "table projects has no such column (that is a column of sections)"),
    (block(SingleField(Project, "status")), "status", "nothing says how its text is read; give it a type of schemas/columns.py"),
    (block(Entries(Entry, "entry_numbr")), "entry_numbr", "table report_entries has no such column; write 'entry_number'"),
    (block(Total(Project, "budget_baht", RISKS)), "budget_baht", "table projects has no such column; write 'budget_spent_baht'"),
    (block((Labelled(Header), SingleField(Project, "project_name"))), "project_name", "2 readings fill this column of table projects"),
    (block(replace(RISKS, columns=(*RISKS.columns, RISKS.columns[0]))), "risk", "Grid: 2 Columns fill it; write one with all"),
    (block(replace(RISKS, columns=(RISKS.columns[1], Column(("ระดับ",), ("level",))))), "risk", "Grid: no Column fills it, and rows"),
    (block(replace(RISKS, columns=(*RISKS.columns, Column(("ระดับ",), ("levl",))))), "levl", "no such column; write 'level'"),
    (block(replace(RISKS, tells=("level",))), "level", "tells: no Column of the grid fills it; write one of 'risk'"),
    (template("project_nam", Line, Label("ชื่อ")), "project_nam", "table projects has no such column; write 'project_name'"),
    (template("project_name", Line, Label), "project_name", "Label is not called; write Label(…)"),
    (template("project_name", Line, "ชื่อ"), "project_name", "'ชื่อ' is no annotation; write Label('ชื่อ')"),
    (template("project_name", Line, Label()), "project_name", "Label: names: there is nothing in it; write what belongs here"),
    (template("project_name", Line, Label(("ชื่อ", "นาม"))), "project_name", "Label: names: ('ชื่อ', 'นาม') does not belong here; write text in quotes"),  # type: ignore[arg-type]
    (template("project_name", Line, Label("ชื่อ", ends="")), "project_name", "Label: ends: there is nothing in it; write what belongs here"),
    (template("project_name", Line, StartsWith("ชื่อ", continued_by="และ")), "project_name", "StartsWith: continued_by: 'และ' is not a tuple"),  # type: ignore[arg-type]
    (template("project_name", Line, Shape("")), "project_name", "Shape: pattern: there is nothing in it; write what belongs here"),
    (template("project_name", Line, Role("nme"), Label("ชื่อ")), "project_name", "Role: name: 'nme' is not known; write 'name'"),  # type: ignore[arg-type]
    (template("project_name", str | None, Label("ชื่อ")), "project_name", "the table keeps another type here; write the type that the table's module has"),
    (template("project_name", Baht, Label("ชื่อ")), "project_name", "the table keeps another type here; write the type that the table's module has"),
    (template("status", Status, Choice({"done": ("เสร็จ",)})), "status", "'done' is no value of this column of table projects"),
    (template("status", Status, Choice({"completed": ()})), "status", "Choice: phrases: under 'completed': there are no words"),
    (template("status", Status, Choice({"completed": "เสร็จ"})), "status", "Choice: phrases: under 'completed': 'เสร็จ' is not a tuple"),  # type: ignore[dict-item]
]
# fmt: on


@pytest.mark.parametrize(("declared", "text"), IN_FORM, ids=[text[:50] for _, text in IN_FORM])
def test_a_slip_of_a_form_is_told(declared: Form, text: str) -> None:
    lines = slips_of([declared])
    assert any(line.startswith("parsers/pump.py, form pump") and text in line for line in lines), lines


@pytest.mark.parametrize(("declared", "text"), IN_BLOCK, ids=[text[:50] for _, text in IN_BLOCK])
def test_a_slip_of_a_block_is_told_with_its_name(declared: Form, text: str) -> None:
    lines = slips_of([declared])
    assert any(line.startswith("parsers/pump.py, form pump, block ") and text in line for line in lines), lines


@pytest.mark.parametrize(("declared", "column", "text"), OF_COLUMN, ids=[text[:50] for *_, text in OF_COLUMN])
def test_a_slip_of_a_column_is_told_with_block_and_column(declared: Form, column: str, text: str) -> None:
    lines = slips_of([declared])
    assert any(f".py, form pump, block body, column {column}: " in line and text in line for line in lines), lines


def test_a_slip_of_a_template_names_the_file_of_the_template() -> None:
    (line,) = slips_of([template("project_nam", Line, Label("ชื่อ"))])
    assert line.startswith("schemas/forms/pump.py, form pump, block body, column project_nam: ")


def test_a_template_without_an_annotation_that_its_reading_looks_at_is_a_slip() -> None:
    (line,) = slips_of([template("project_name", Line, FirstInBlock("ก"))])
    assert line.startswith(
        "schemas/forms/pump.py, form pump, block body: Labelled reads nothing here; write a Label(…)"
    )


def test_a_template_of_no_table_that_a_form_fills_is_a_slip() -> None:
    for model in (Table, Evidence):
        (line,) = slips_of([block(SingleField(model, "text"))])
        assert f"{model.__name__} is no table that a form fills; write a class for one of documents, projects, " in line


def test_groups_give_what_the_project_below_takes() -> None:
    project = Block("project", (NumberedName("โครงการ"),), SingleField(Project, "project_name"), level="project")
    group = Block("done", (heading("เสร็จแล้ว"),), level="group", gives={"status": "completed"})
    assert slips_of([form(blocks=(group, project))]) == []
    (line,) = slips_of([form(blocks=(replace(group, gives={"status": "done"}), project))])
    assert "block done, column status: 'done' is no value of this column" in line
    (line,) = slips_of([form(blocks=(group, replace(project, reads=Labelled(Header))))])
    assert (
        "block done: gives: only a group gives values, and only to a project whose block is read as SingleField(…)"
        in line
    )


def test_a_title_of_two_forms_is_a_slip() -> None:
    (line,) = slips_of([form(), form(name="other")])
    assert line.startswith("parsers/other.py, form other: titles: 'แบบรายงานผลการซ่อม' is a title of form pump too")


def test_every_slip_is_in_one_error_a_line_each() -> None:
    with pytest.raises(DeclarationError) as raised:
        check_forms([form(HEADER, titles=("ก",)), form(name="other", titles="x")], ["parsers/a.py: not loaded"])
    told = str(raised.value).splitlines()
    assert told[:2] == ["4 slips", "parsers/a.py: not loaded"]
    assert len(raised.value.slips) == len(told) - 1


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("[0-9]{4}(", "is wrong at character 9: missing ), unterminated subpattern; correct it there"),
        ("[0-9]*", "fits an empty text; have it ask for a character"),
    ],
)
def test_a_slip_in_a_pattern_is_told_with_its_place(pattern: str, text: str) -> None:
    declared = template("project_name", Line, Shape(pattern))
    assert slips_of([declared]) == []
    (slip,) = pattern_slips(declared)
    assert (slip.block, slip.column) == ("body", "project_name")
    assert text in slip.line("pump")
    in_grid = block(replace(RISKS, columns=(Column(("ความเสี่ยง",), ("risk",), pattern), RISKS.columns[1])))
    assert [slip.column for slip in pattern_slips(in_grid)] == ["risk"]


class Dated(ReportEntry):
    activity: Annotated[Paragraph, FirstInBlock("ก(ข)")]


def test_a_first_value_is_known_by_a_pattern_without_groups() -> None:
    (slip,) = pattern_slips(block(Entries(Dated, "entry_number")))
    assert "the pattern 'ก(ข)' has a group; write (?:…) in place of (…)" in slip.line("pump")


def test_a_pattern_that_cannot_be_compiled_is_a_declaration_error() -> None:
    with pytest.raises(DeclarationError, match=r"the pattern '\(' is wrong at character 1"):
        compiled("(")
    assert compiled("ก").fullmatch("ก")


def test_a_module_that_python_cannot_load_is_told_with_its_line() -> None:
    try:
        compile("x = (", "/anywhere/parsers/pump.py", "exec")
    except SyntaxError as error:
        told = not_loaded("pump", error)
    assert told == "parsers/pump.py, line 1, form pump: SyntaxError: '(' was never closed; correct it there"
    try:
        exec(compile("\n\nx = nothing", "/anywhere/schemas/forms/pump.py", "exec"), {})  # noqa: S102
    except NameError as error:
        told = not_loaded("pump", error)
    assert told.startswith("schemas/forms/pump.py, line 3, form pump: NameError: name 'nothing' is not defined")


def mutants(value: object) -> Iterator[object]:
    """A declared value with one slip in it, at any depth."""
    yield from (None, 3, "", "ก", (), ("x",), [], {}, type(value))
    match value:
        case str():
            yield from (value[:-1], value + "x", " " + value, value.upper(), (value,))
        case tuple():
            yield from (value[::-1], value[1:], value + value, *value[:1])
            one_of_each = {type(one): place for place, one in reversed(list(enumerate(value)))}
            for place, one in ((place, value[place]) for place in one_of_each.values()):
                yield from ((*value[:place], changed, *value[place + 1 :]) for changed in mutants(one))
        case Mapping():
            yield from ({key: changed} for key, one in value.items() for changed in mutants(one))
        case type():
            yield from TABLES
        case _ if is_dataclass(value) and not isinstance(value, type):
            for field in fields(value):
                yield from (replace(value, **{field.name: changed}) for changed in mutants(getattr(value, field.name)))


@pytest.mark.parametrize("declared", forms(), ids=lambda declared: declared.name)
def test_no_slip_in_a_form_is_a_traceback(declared: Form) -> None:
    told = 0
    for one in declared.blocks:
        for changed in mutants(one):
            lines = slips_of([form(changed)])
            assert [
                line for line in lines if not re.match(r"(parsers|schemas)/[\w/]+\.py, form pump[,:] .*; \w+", line)
            ] == []
            told += bool(lines)
    assert told > 200


def test_the_check_takes_a_few_milliseconds() -> None:
    known, best = forms(), MOST_SECONDS
    for _ in range(5):
        template_slips.cache_clear()
        start = time.process_time()
        assert slips_of(known) == []
        best = min(best, time.process_time() - start)
    assert best < MOST_SECONDS


def test_indicators_are_read_by_their_name() -> None:
    grid = Grid(Indicator, (Column(("ตัวชี้วัด",), ("name",)), Column(("เป้าหมาย",), ("target",))))
    assert slips_of([block(grid)]) == []
