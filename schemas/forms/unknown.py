"""What a label says in a document that no form claims: of the document, and of the one project that it is about."""

from typing import Annotated

from normalizers.digits import DIGIT
from normalizers.quarters import year_of
from schemas.base import Label, Normalizer, Shape
from schemas.columns import Agency, Code, FiscalYear, Line, Person, ThaiDate
from schemas.documents import DocumentRow
from schemas.projects import Project

YEAR = Shape(rf"ประจำปีงบประมาณ[ \t]*+(?:พ\.ศ\.[ \t]*+)?{DIGIT}{{4}}(?=[ \t*_)]*+(?:\n|\Z))")
"""The year as the title of a document states it."""


class StatedOfDocument(DocumentRow):
    """Of the whole document."""

    as_of_date: Annotated[ThaiDate, Label("ข้อมูล ณ วันที่")]
    fiscal_year_be: Annotated[
        FiscalYear,
        Normalizer(year_of),
        Label("ประจำปีงบประมาณ พ.ศ.", "ประจำปีงบประมาณ", "ปีงบประมาณ พ.ศ.", "ปีงบประมาณ"),
        YEAR,
    ]


class StatedOfProject(Project):
    """Of the project, where the document names one."""

    project_name: Annotated[Line, Label("ชื่อโครงการ")]
    project_code: Annotated[Code, Label("รหัสโครงการ")]
    agency: Annotated[Agency, Label("หน่วยงานที่รับผิดชอบ", "หน่วยงานรับผิดชอบ")]
    responsible_person: Annotated[Person, Label("ผู้รับผิดชอบโครงการ", "ชื่อผู้รับผิดชอบ")]
