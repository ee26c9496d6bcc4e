"""The table of results by quarter."""

from typing import Annotated, ClassVar

from pydantic import Field

from schemas.base import Label
from schemas.columns import Baht, FiscalYear, Paragraph, Quarter
from schemas.projects import ProjectRow


class QuarterlyResult(ProjectRow):
    """One row per project and quarter reported."""

    table: ClassVar[str] = "quarterly_results"
    sort_by: ClassVar[tuple[str, ...]] = ("project_id", "fiscal_year_be", "fiscal_quarter")

    fiscal_year_be: FiscalYear = Field(default=None, description="Fiscal year as printed.")
    fiscal_quarter: Quarter = Field(default=None, description="1 to 4.")
    planned_baht: Baht = Field(default=None, description="Budget planned for the quarter.")
    disbursed_baht: Baht = Field(default=None, description="Budget disbursed in the quarter.")
    disbursement_note: Paragraph = Field(default=None, description="The remark on the disbursement.")
    results: Paragraph = Field(default=None, description="Results of the quarter.")
    problems: Paragraph = Field(default=None, description="Problems met.")
    suggestions: Paragraph = Field(default=None, description="Suggestions made.")


RESULTS = Label(
    *("ผลการดำเนินงาน", "สรุปผลการดำเนินงาน"),
    heads=("ผลการดำเนินการ", "ผล"),
    like=r"(?:สรุป)?ผล(?:งาน)?(?:การ)?(?:ดำเนินงาน|ดำเนินการ|ปฏิบัติงาน|ดำเนินโครงการ|ที่ได้รับ|ที่ได้|ที่เกิดขึ้น)",
)
PROBLEMS = Label(
    "ปัญหาและอุปสรรคในการดำเนินงาน",
    "ปัญหาและอุปสรรค",
    heads=("ปัญหา", "ปัญหา/อุปสรรค", "อุปสรรค"),
    like=r"(?:ปัญหา|อุปสรรค|ข้อจำกัด|และ|/|ที่พบ|ในการ|ดำเนินงาน|ดำเนินการ)+",
)
SUGGESTIONS = Label(
    "ข้อเสนอแนะ",
    heads=("แนวทางแก้ไข", "ข้อเสนอแนะ/แนวทางแก้ไข"),
    like=r"(?:ข้อเสนอแนะ|แนวทาง|การ|แก้ไข|ปรับปรุง|พัฒนา|ปัญหา|และ|/)+",
)
NOTE = r"(?:คำชี้แจง|คำอธิบาย|หมายเหตุ|เหตุผล)(?:การ|ผล|เบิกจ่าย|ใช้จ่าย|งบประมาณ|เงิน)+"
"""What a remark on the money is called."""


class Disbursement(QuarterlyResult):
    """The money of one quarter, or of several in a table."""

    planned_baht: Annotated[
        Baht,
        Label(
            "จำนวนเงินงบประมาณตามแผนการใช้จ่าย",
            "งบประมาณตามแผนการใช้จ่าย",
            "ตามแผนการใช้จ่าย",
            ends="บาท",
            heads=(
                "จำนวนเงินตามแผน",
                "จำนวนเงินตามแผนการใช้จ่าย",
                "งบประมาณตามแผน",
                "แผนการใช้จ่าย",
                "ตามแผน",
                "แผน",
                "แผนการเบิกจ่าย",
                *("แผนการใช้จ่ายเงิน", "แผนใช้จ่าย", "แผนการใช้จ่ายงบประมาณ", "วงเงินตามแผน"),
                *("งบประมาณที่ได้รับจัดสรร", "งบประมาณที่ได้รับ"),
            ),
            like=r"(?:จำนวน|วง)?(?:เงิน|งบ)?(?:งบประมาณ|ประมาณ)?(?:ที่)?(?:ตาม|ใน)?แผน(?:การ)?(?:เบิกจ่าย|ใช้จ่าย|ใช้)?(?:เงิน|งบประมาณ)?",
        ),
    ]
    disbursed_baht: Annotated[
        Baht,
        Label(
            "จำนวนเงินงบประมาณที่เบิกจ่ายจริง",
            "งบประมาณที่เบิกจ่ายจริง",
            "เบิกจ่ายจริง",
            ends="บาท",
            heads=(
                *("จำนวนเงินเบิกจ่ายจริง", "จำนวนเงินที่เบิกจ่ายจริง", "เบิกจ่าย", "ใช้จ่ายจริง", "จำนวนเงินที่เบิกจ่าย"),
                *("งบประมาณที่เบิกจ่าย", "งบประมาณที่ใช้จริง", "เบิกจ่ายแล้ว", "เบิกจ่ายไปแล้ว", "ใช้จ่ายไป", "ผลการใช้จ่ายเงิน"),
            ),
            like=r"(?:จำนวน|ยอด|ผลการ|การ)?(?:เงิน|งบ)?(?:งบประมาณ|ประมาณ)?(?:ที่)?(?:เบิกจ่าย|ใช้จ่าย|เบิก|ใช้|จ่าย)(?:เงิน|งบประมาณ)?(?:จริง|แล้ว|ไป)+",
        ),
    ]
    disbursement_note: Annotated[
        Paragraph,
        Label(
            *("ผลการเบิกจ่ายงบประมาณ", "ผลการเบิกจ่าย"),
            heads=("ผล", "หมายเหตุ", "เหตุผล", "คำชี้แจง", "คำอธิบาย", "ผลเบิกจ่าย"),
            like=NOTE,
            amount_in="disbursed_baht",
        ),
    ]


class Conclusions(QuarterlyResult):
    """What came of one quarter, or of several, where a table says it."""

    results: Annotated[Paragraph, RESULTS]
    problems: Annotated[Paragraph, PROBLEMS]
    suggestions: Annotated[Paragraph, SUGGESTIONS]


class QuarterReport(Disbursement):
    """All that is reported on one quarter, or on several in a table.

    The columns of `Conclusions` again: of two parents, pydantic keeps the labels of the first alone.
    """

    results: Annotated[Paragraph, RESULTS]
    problems: Annotated[Paragraph, PROBLEMS]
    suggestions: Annotated[Paragraph, SUGGESTIONS]
