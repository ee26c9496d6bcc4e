"""Slips in declarations: each is told in one line that says where it is and what to write, and none is a traceback."""

import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Annotated, Any

import pytest

from normalizers import DeclarationError
from normalizers.text import paragraph
from parsers import Form, forms
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
from parsers.declarations import check_forms, compiled, not_loaded, pattern_slips, slips_of
from parsers.declarations.blocks import _grid_slips
from parsers.declarations.forms import LONGEST_PHRASE
from parsers.declarations.templates import template_slips
from parsers.openers import NumberedName, RepeatedLine, Start, heading, numbered
from pipeline.document.scan import MOST_LETTERS
from schemas import TABLES
from schemas.activities import Activity
from schemas.base import Choice, FirstInBlock, Label, Normalizer, Remainder, Role, Shape, StartsWith, Table
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
    (form(titles="แบบรายงาน"), "titles: 'แบบรายงาน' is one text where a tuple belongs; write ('แบบรายงาน',) with a comma"),
    (form(titles=["แบบรายงาน"]), "titles: a list stands where a tuple belongs; write it in round brackets"),
    (form(titles=(3,)), "titles: 3 stands where text belongs; write it in quotes"),
    (form(titles=("ก",)), "title 'ก' is too short to be told from other words; write more of it"),
    (form(titles=("...",)), "title '...' has no letters; write the words that the form prints"),
    (form(titles=("แบบ  รายงานผล",)), "title 'แบบ  รายงานผล' has blanks too many; write 'แบบ รายงานผล'"),
    (form(titles=("กข" * 50,)), "has 100 letters, of which 90 are compared; write its first words"),
    (form(titles=()), "titles: there are none, and 1 blocks with headings are too few to know the form by"),
    (form(blocks=()), "blocks: there are none; write a Block(…) for each heading of the form"),
    (form(blocks=HEADER), "blocks: Block(…) stands alone where a tuple belongs; write (Block(…),) with a comma"),
    (form(keywords="กทม"), "keywords: 'กทม' is one text where a tuple belongs; write ('กทม',) with a comma"),
    (form(keywords=("กทม", " ")), "keywords: ' ' has no letters; write a word, or leave it out"),
    (form(exclude_keywords=("กทม",)), "exclude_keywords: 'กทม' begins with no keyword, so it excludes nothing; leave it out"),
    (form(is_ordered="no"), "is_ordered: 'no' stands where True or False belongs; write one of the two"),
    (form(is_ordered=False), "is_ordered=False: a report then begins at Start(); add Start() to what opens the first block"),
    (form(least_blocks=60), "least_blocks: 60 is no share of the blocks; write one above 0 and up to 1"),
    (form(summary=(SummaryLine(("รวม",), status="completed"),)), "summary: no block has role='summary'; give it to the block"),
    (form(summary=(SummaryLine(()),)), "summary: a SummaryLine has no words; write those that the form prints"),
    (form(summary=(SummaryLine(("รวม",), total_of="planed_baht"),)), "no such column; write 'planned_baht'"),
    (form(summary=(SummaryLine(("รวม",), status="done"),)), "column status: 'done' is no value of this column"),
]
IN_BLOCK: list[tuple[Form, str]] = [
    (form(HEADER), "2 blocks have this name; give each a name of its own"),
    (form(replace(HEADER, name="furniture")), "'furniture' cannot name a block; write a word in small Latin letters"),
    (form(replace(HEADER, name="ส่วนหัว")), "'ส่วนหัว' cannot name a block; write a word in small Latin letters"),
    (opened(), "nothing opens it; write opens=(heading(…),)"),
    (form(Block("body", heading("เนื้อหา"), TEXT)), "opens: Heading(…) stands alone where a tuple belongs; write (Heading(…),)"),  # type: ignore[arg-type]
    (opened(Start), "opens: Start is not called; write Start(…)"),
    (opened("เนื้อหา"), "opens: 'เนื้อหา' does not belong here; write one of Heading(…), Numbered(…)"),
    (opened(heading()), "heading(): there are no words to look for; write those that the form prints"),
    (opened(heading(("เนื้อหา", "สาระ"))), "opens[0].wordings: ('เนื้อหา', 'สาระ') stands where text belongs"),  # type: ignore[arg-type]
    (opened(heading("เนื้อหา", "เนื้อ หา")), "the words 'เนื้อหา' are declared twice; leave one of them out"),
    (opened(heading("เนื้อหา", number="3.")), "number='3.' is never found; write figures with dots between them, such as '1.3'"),
    (opened(heading("เนื้อหา", number="๓")), "number='๓' is never found; write figures with dots between them, such as '1.3'"),
    (opened(heading("ข้อมูลโครงการ")), "heading 'ข้อมูลโครงการ' opens block header too, and nothing tells the two apart"),
    (opened(Start()), "Start() opens what a report begins with; move it to the first block"),
    (opened(RepeatedLine("heade")), "RepeatedLine: there is no other block 'heade'; write 'header'"),
    (opened(numbered("ครั้งที่")), "a numbered label opens it again and again; write repeats=True"),
    (opened(heading("เนื้อหา"), level="projct"), "level: 'projct' is not known; write 'project'"),
    (opened(heading("เนื้อหา"), level="group"), "level='group' means nothing where no block begins a project"),
    (opened(heading("เนื้อหา"), begins_period=True), "begins_period=True means nothing where no block begins a project"),
    (opened(heading("เนื้อหา"), gives={"status": "completed"}), "gives: only a group gives values to the projects below it"),
    (opened(heading("เนื้อหา"), role="sumary"), "role: 'sumary' is not known; write 'summary'"),
    (opened(heading("เนื้อหา"), role="summary"), "role='summary': the form declares no lines to compare with the pages"),
    (block(None, role="signature"), "role='signature': its text is kept nowhere; read it as WholeText(…), without repeats"),
    (block(TEXT, role="signature", repeats=True), "role='signature': it comes more than once; read it as WholeText(…)"),
    (block(Header), "reads: the class Header does not say how it is read; write Labelled(Header), or another reading"),
    (block(Labelled), "reads: Labelled is not called; write Labelled(…)"),
    (block(Labelled(int)), "reads.model: the class int is no table; write the class of a table"),  # type: ignore[arg-type]
    (block((TEXT, TEXT)), "2 readings make rows of table sections; leave that to one of them"),
    (block(LabelledRows(Objective, "kind", {"objctive": ("ก",)})), "'objctive' is no value of this column of table objectives"),
    (block(LabelledRows(Objective, "kind", {"output": ()})), "'output' has no words; write those that the form prints"),
    (block(LabelledRows(Objective, "kind", {})), "LabelledRows: there are no words to look for"),
    (block(Bullets(Objective)), "column kind: nothing fills it; write kind='…'"),
    (block(Bullets(Objective, kind="objectiv")), "'objectiv' is no value of this column of table objectives; write 'objective'"),
    (block(Bullets(Activity, kind="output")), "kind: table activities has no column for it; leave it out"),
    (block(Bullets(Risk)), "Bullets: table risks has no column for the label of a row; these have: objectives, activities"),
    (block(Bullets(Activity, lead_word="")), "lead_word='' has no letters; write the word, or leave it out"),
    (block(Bullets(Activity, instead_of=STEPS)), "instead_of: no reading of the block reads this table; add the Grid to reads"),
    (block(WholeText(Section, {"section": "other"}, RISKS)), "without: no reading of the block reads this table"),
    (block(Steps(Activity, ())), "Steps: there are no words to look for; write those that the form prints"),
    (block(Links(Risk, (), {})), "Links: there are no words to look for; write those that the form prints"),
    (block(Grid(Risk, RISKS.columns[:1])), "Grid: a table is known by 2 headings; write a Column(…) for each that is printed"),
    (block(Priced(BudgetItem, RISKS)), "it makes rows of table budget_items, and what is inside it of risks; fill one table"),
    (block(Calendar(Activity, RISKS, Bullets(Activity))), "it makes rows of table activities, and what is inside it of risks"),
    (form(*(Block(name, (heading(name * 3),), Bullets(Activity)) for name in ("one", "two"))), "block one lists rows of table activities"),
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
    (block(replace(RISKS, columns=(*RISKS.columns, Column((), ("level",))))), "level", "Grid: a Column has no headings"),
    (block(replace(RISKS, columns=(*RISKS.columns, Column(("ระดับ",), ("levl",))))), "levl", "no such column; write 'level'"),
    (block(replace(RISKS, columns=(*RISKS.columns, Column(("ระดับ",), ("level",), "")))), "level", "Grid: shape='' fits nothing"),
    (block(replace(RISKS, tells=("level",))), "level", "tells: no Column of the grid fills it; write one of 'risk'"),
    (template("project_nam", Line, Label("ชื่อ")), "project_nam", "table projects has no such column; write 'project_name'"),
    (template("project_name", Line, Label), "project_name", "Label is not called; write Label(…)"),
    (template("project_name", Line, "ชื่อ"), "project_name", "'ชื่อ' is no annotation; write Label('ชื่อ')"),
    (template("project_name", Line, Label()), "project_name", "Label: there are no words; write those that the form prints"),
    (template("project_name", Line, Label(("ชื่อ", "นาม"))), "project_name", "Label: names: ('ชื่อ', 'นาม') stands where text belongs"),  # type: ignore[arg-type]
    (template("project_name", Line, Label("ชื่อ", ends="")), "project_name", "Label: ends='' ends a value before it begins"),
    (template("project_name", Line, StartsWith("ชื่อ", continued_by="และ")), "project_name", "StartsWith: continued_by: 'และ' is one text"),  # type: ignore[arg-type]
    (template("project_name", Line, Shape("")), "project_name", "Shape: the pattern is empty; write what the value looks like"),
    (template("project_name", Line, Role("nme"), Label("ชื่อ")), "project_name", "Role: no column has the role 'nme'; write 'name'"),
    (template("project_name", Line, Normalizer(lambda: ""), Label("ชื่อ")), "project_name", "is not a function that takes (text)"),
    (template("project_name", Line, Normalizer(paragraph, in_fiscal_year=True), Label("ชื่อ")), "project_name", "(text, *, fiscal_year_be)"),
    (template("project_name", str | None, Label("ชื่อ")), "project_name", "table projects keeps string here, and the template None"),
    (template("project_name", Baht, Label("ชื่อ")), "project_name", "table projects keeps string here, and the template decimal128(18, 2)"),
    (template("project_name", Line, FirstInBlock("ก")), "project_name", "Labelled does not look at FirstInBlock"),
    (template("status", Status, Choice({"done": ("เสร็จ",)})), "status", "'done' is no value of this column of table projects"),
    (template("status", Status, Choice({"completed": ()})), "status", "Choice: 'completed' has no words"),
    (template("status", Status, Choice({"completed": ("เสร็จ",), "in_progress": ("เสร็จ",)})), "status", "'เสร็จ' stands for 'completed' and"),
    (template("status", Status, Choice({"completed": "เสร็จ"})), "status", "Choice: phrases: under 'completed': 'เสร็จ' is one text"),  # type: ignore[dict-item]
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


def test_a_template_of_no_table_that_a_form_fills_is_a_slip() -> None:
    for model in (Table, Evidence):
        (line,) = slips_of([block(SingleField(model, "text"))])
        assert f"{model.__name__} is no table that a form fills; write a class for one of documents, projects, " in line


OFFICE = Label("หน่วยงาน")


class Shared(Project):
    agency: Annotated[Line, OFFICE]
    division: Annotated[Line, OFFICE]


class Apart(Project):
    agency: Annotated[Line, OFFICE]
    division: Annotated[Line, Label("หน่วยงาน", "สังกัด")]


def test_two_labels_that_share_words_are_a_slip_and_one_label_of_two_columns_is_none() -> None:
    assert slips_of([block(Labelled(Shared))]) == []
    (line,) = slips_of([block(Labelled(Apart))])
    assert "column division: label 'หน่วยงาน' stands before column agency too; give both the same Label" in line


def test_groups_give_what_the_project_below_takes() -> None:
    project = Block("project", (NumberedName("โครงการ"),), SingleField(Project, "project_name"), level="project")
    group = Block("done", (heading("เสร็จแล้ว"),), level="group", gives={"status": "completed"})
    assert slips_of([form(blocks=(group, project))]) == []
    (line,) = slips_of([form(blocks=(replace(group, gives={"status": "done"}), project))])
    assert "block done, column status: 'done' is no value of this column" in line
    (line,) = slips_of([form(blocks=(group, replace(project, reads=Labelled(Header))))])
    assert "block done: gives: a project takes them where its block is read as SingleField(…)" in line


def test_a_title_of_two_forms_is_a_slip() -> None:
    (line,) = slips_of([form(), form(name="other")])
    assert line.startswith("parsers/other.py, form other: titles: 'แบบรายงานผลการซ่อม' is a title of form pump too")


def test_every_slip_is_in_one_error_a_line_each() -> None:
    with pytest.raises(DeclarationError) as raised:
        check_forms([form(HEADER, titles=("...",)), form(name="other", titles="x")], ["parsers/a.py: not loaded"])
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
        _grid_slips.cache_clear()
        start = time.process_time()
        assert slips_of(known) == []
        best = min(best, time.process_time() - start)
    assert best < MOST_SECONDS


def test_no_more_letters_of_a_phrase_are_declared_than_are_compared() -> None:
    assert LONGEST_PHRASE == MOST_LETTERS


def test_indicators_are_read_by_their_name() -> None:
    grid = Grid(Indicator, (Column(("ตัวชี้วัด",), ("name",)), Column(("เป้าหมาย",), ("target",))))
    assert slips_of([block(grid)]) == []
