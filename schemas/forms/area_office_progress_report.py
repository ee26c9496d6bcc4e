"""The template of an education area office's progress report: which printed words stand before which columns."""

from typing import Annotated

from normalizers.quarters import year_of
from schemas.base import Label, Normalizer, StartsWith
from schemas.columns import Baht, FiscalYear, Line, Paragraph, ThaiDate
from schemas.documents import DocumentRow
from schemas.projects import Project
from schemas.quarterly_results import QuarterlyResult


class Cover(DocumentRow):
    """What the cover says of the whole report."""

    title: Annotated[
        Paragraph,
        StartsWith(
            "รายงานความก้าวหน้า", "รายงานผลการดำเนินงาน", "รายงานผลความก้าวหน้า", continued_by=("ประจำ", "รอบ", "ไตรมาส")
        ),
    ]
    issuer: Annotated[Line, StartsWith("สำนักงานเขตพื้นที่การศึกษา")]
    as_of_date: Annotated[ThaiDate, Label("ข้อมูล ณ วันที่")]
    fiscal_year_be: Annotated[
        FiscalYear,
        Normalizer(year_of),
        Label("ประจำปีงบประมาณ พ.ศ.", "ประจำปีงบประมาณ", "ปีงบประมาณ"),
    ]


class Title(Project):
    """The line or lines that name a project."""

    project_name: Paragraph


class Disbursement(QuarterlyResult):
    """The money of one quarter."""

    planned_baht: Annotated[Baht, Label("จำนวนเงินงบประมาณตามแผนการใช้จ่าย", ends="บาท")]
    disbursed_baht: Annotated[Baht, Label("จำนวนเงินงบประมาณที่เบิกจ่ายจริง", ends="บาท")]
    disbursement_note: Annotated[Paragraph, Label("ผลการเบิกจ่ายงบประมาณ")]
