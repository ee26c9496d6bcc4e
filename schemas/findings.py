"""The table of findings, and the one list of their codes: what each means, what likely caused it, what to do."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from pydantic import Field

from schemas.base import OF_DOCUMENT, OF_PAGE, OF_PROJECT, ForeignKey, Table
from schemas.columns import Count, Key, Name, Ordinal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class FindingCode:
    """One thing that can look wrong."""

    severity: Severity
    meaning: str
    cause: str
    advice: str


class Finding(Table):
    """What looked wrong, one row each."""

    table: ClassVar[str] = "findings"
    sort_by: ClassVar[tuple[str, ...]] = ("document_id", "code", "row_key")
    primary_key: ClassVar[tuple[str, ...]] = ("document_id", "ordinal")
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (OF_DOCUMENT, OF_PROJECT, OF_PAGE)
    names_rows: ClassVar[bool] = True

    document_id: Key = Field(description="First 16 hex digits of the SHA-256 of the file.")
    ordinal: Ordinal = Field(description="Place among the findings of the document, from 1.")
    project_id: Name = Field(default=None, description="The project, where the finding is about one.")
    table_name: Name = Field(default=None, description="The table that the finding is about.")
    column_name: Name = Field(default=None, description="The column that the finding is about.")
    row_key: Name = Field(default=None, description="The row that the finding is about.")
    page_number: Count = Field(default=None, description="The page where it shows.")
    code: Key = Field(description="One of the published codes.")
    severity: Key = Field(description="`error`, `warning` or `info`.")
    message: Key = Field(description="File, page, line, what stood there, the values compared, what to do.")


CODES: dict[str, FindingCode] = {
    "sum_of_entries_differs": FindingCode(
        "error",
        "The entries' amounts do not sum to the header's spent amount.",
        "An amount was misread, an entry is missing, or the header was printed before the last entry was booked.",
        "Compare the amounts with the scan; where they stand as read, ask the office which figure is right.",
    ),
    "sum_of_items_differs": FindingCode(
        "error",
        "Priced lines do not sum to the printed total, or quantity times unit price is not the amount.",
        "A figure was misread, or a line is missing.",
        "Compare the priced lines with the scan.",
    ),
    "summary_total_differs": FindingCode(
        "error",
        "A report's summary states another total than its pages.",
        "A misread figure, or the report's own error.",
        "Compare both with the scan.",
    ),
    "summary_count_differs": FindingCode(
        "error",
        "A report's summary counts other projects than its pages.",
        "Missing pages, or the report's own error.",
        "Count the projects on the scan.",
    ),
    "percentage_differs": FindingCode(
        "warning",
        "A printed percentage is not that of its figures.",
        "A misread figure, or rounding.",
        "Compare the percentage and its figures with the scan.",
    ),
    "amount_in_words_differs": FindingCode(
        "error",
        "An amount in words is another than its digits.",
        "A digit or a word was misread, or the writer changed one of them only.",
        "Read both on the scan; the words are usually the safer reading.",
    ),
    "spent_exceeds_received": FindingCode(
        "error",
        "More was spent than received.",
        "A misread amount, or an overspent project.",
        "Compare both amounts with the scan.",
    ),
    "disbursed_exceeds_planned": FindingCode(
        "warning",
        "More was disbursed than planned.",
        "A misread amount, or an overspent quarter.",
        "Compare both amounts with the scan.",
    ),
    "progress_decreases": FindingCode(
        "warning",
        "A later entry has a lower percentage.",
        "A misread figure, or the office's own entry.",
        "Compare both entries with the scan.",
    ),
    "date_order": FindingCode(
        "warning",
        "A later entry has an earlier date.",
        "A misread date, or entries out of order.",
        "Compare both dates with the scan.",
    ),
    "date_outside_period": FindingCode(
        "warning",
        "A date lies outside the project's period.",
        "A misread date or year, or a late report.",
        "Compare the date with the scan.",
    ),
    "year_out_of_context": FindingCode(
        "warning",
        "A year lies far from the report's own.",
        "A misread digit of the year.",
        "Compare the year with the scan.",
    ),
    "impossible_date": FindingCode(
        "error",
        "A printed date is no day of the calendar; the value is null.",
        "A misread digit, or a typing error.",
        "Read the date on the scan.",
    ),
    "weekday_contradicts_date": FindingCode(
        "info",
        "The printed weekday is not that of the printed date.",
        "A wrong date or a wrong weekday on the page.",
        "Compare both with the scan, and ask the office which is meant.",
    ),
    "date_format_mixed": FindingCode(
        "warning",
        "A date is printed in another order or era than its neighbours.",
        "The system changed its format, or the date was typed by hand.",
        "Check on the scan that day and month were not swapped.",
    ),
    "status_contradicts_activity": FindingCode(
        "warning",
        "An entry says that something was cancelled or stopped, and that all is on plan.",
        "The status was left at its default.",
        "Trust the activity's words rather than the status.",
    ),
    "entry_number_repeated": FindingCode(
        "warning",
        "A number of an entry stands before more than one entry.",
        "A label slipped to another line, or a digit was misread.",
        "Check on the scan which figures belong to the entry.",
    ),
    "entry_label_misplaced": FindingCode(
        "info",
        "An entry's label stands before a line that another number claims.",
        "The label slipped to another line.",
        "Nothing is to be done; the number inside the amount decided which entry the figures belong to.",
    ),
    "entry_number_missing": FindingCode(
        "warning",
        "The numbers of the entries have a gap.",
        "A missing page, or a label that could not be read.",
        "Look for the entry on the scan.",
    ),
    "metrics_missing": FindingCode(
        "warning",
        "An entry lacks its percentage, amount or statuses in every copy.",
        "The lines were lost by the reader, or the page leaves them blank.",
        "Look for the figures on the scan.",
    ),
    "copies_disagree": FindingCode(
        "warning",
        "Copies of the report print different values and none wins.",
        "OCR read one of them wrongly, or the copies were printed at different times.",
        "Compare the copies on the scan; the other readings stand in evidence.alternatives.",
    ),
    "places_disagree": FindingCode(
        "warning",
        "A report prints different values for one thing in two places.",
        "One of them is a slip, or OCR read it wrongly, or they are about different days.",
        "Compare both places with the scan; the first one was taken.",
    ),
    "row_left_out": FindingCode(
        "info",
        "One copy alone prints a row of a list; it was left out.",
        "The reader ran lines together or apart in one copy, or the other copies lost the row.",
        "Look at the copy that prints it; where the row stands on the page, add it.",
    ),
    "number_scripts_mixed": FindingCode(
        "info",
        "Thai and Arabic digits stand inside one number.",
        "A misread digit, or a typist's habit.",
        "Compare the number with the scan.",
    ),
    "code_points_repaired": FindingCode(
        "info",
        "Damaged code points were repaired.",
        "The text layer or the OCR engine wrote marks wrongly.",
        "Nothing is to be done, unless a repaired word looks wrong.",
    ),
    "activity_empty": FindingCode(
        "info",
        "An entry does not say what was done.",
        "The office left it blank, or the line was lost.",
        "Look on the scan for what the entry says.",
    ),
    "certification_unsigned": FindingCode(
        "info",
        "The certification bears no name.",
        "The form was printed and not signed, or signed by hand.",
        "Look on the scan whether it is signed by hand.",
    ),
    "schedule_marks_lost": FindingCode(
        "info",
        "The marks of a schedule were lost.",
        "A table of marks became plain text.",
        "Read the schedule on the scan.",
    ),
    "unreadable_value": FindingCode(
        "warning",
        "A value is printed that cannot be read; it is null.",
        "OCR damage, or a value of another kind.",
        "Compare the scan; where OCR does this often, add a fix to normalizers/fixes.py.",
    ),
    "text_not_read": FindingCode(
        "warning",
        "Words stand in a block, and came out in no cell.",
        "A layout that the form does not know, a damaged label, or a line that copies have in different rows.",
        "Look at the rows of table unclaimed with the reason not_read; where a value stands there, report the sample.",
    ),
    "text_unclaimed": FindingCode(
        "info",
        "Words of a report on a known form stand in none of the form's blocks.",
        "A part that the form does not have, such as a line over a group of projects, or a heading in other words.",
        "Look at the rows of table unclaimed with the reason no_block; where a value stands there, report the sample.",
    ),
    "document_not_read": FindingCode(
        "warning",
        "A document of which next to nothing was read.",
        "It is on no form that raingan knows, or in a layout of one that it cannot follow.",
        "Look at the file; where it is on a known form, report the sample.",
    ),
    "form_uncertain": FindingCode(
        "warning",
        "A document prints much of a form, and not enough to be surely on it.",
        "A shortened form, pages that are missing, such as that of the title, or headings in other words.",
        "Look at the file; where it is on the form, report the sample.",
    ),
    "block_without_rows": FindingCode(
        "info",
        "A heading that the form declares has nothing below it that gave a row.",
        "The page leaves the section blank, or what it says stands elsewhere.",
        "Look at the page below the heading.",
    ),
    "row_dropped": FindingCode(
        "warning",
        "A line of a table was taken for a total of the others, though its words say so only nearly.",
        "A damaged word, or a thing whose name begins like a total.",
        "Look at the line on the scan; where it is a row of its own, report the sample.",
    ),
    "value_unconfirmed": FindingCode(
        "info",
        "A date, amount or share of a document with misread letters, which nothing on its pages confirms.",
        "Digits are misread as letters are, and this one stands in no sum, in no words and in no second copy.",
        "Compare it with the scan where it matters.",
    ),
    "rows_doubled": FindingCode(
        "warning",
        "A table has two rows that are one by the form: a project and quarter twice.",
        "A heading with a misread quarter, or a part of the report that is printed twice.",
        "Compare both rows with the scan, and count one of them.",
    ),
    "thai_digits_unreliable": FindingCode(
        "warning",
        "The text has dozens of Thai digits and no 4, 6, 7, 8 or 9 among them; numbers in Thai digits are null.",
        "The OCR engine cannot print these five digits, and writes others in their place.",
        "Read the page with another engine, or type the numbers from the scan.",
    ),
    "needs_ocr": FindingCode(
        "error",
        "A file, or a page of it, is a picture without text.",
        "A scan that no OCR engine has read.",
        "Read it by OCR, and give the text or a PDF with a text layer.",
    ),
    "repeated_text_loop": FindingCode(
        "error",
        "One line is repeated many times over.",
        "An OCR engine that repeats itself; what it wrote may be invented.",
        "Read the page again with another engine; only the first repeats were parsed.",
    ),
    "correction_not_applied": FindingCode(
        "warning",
        "A reviewer's correction could not be applied.",
        "The value is read otherwise since it was corrected, its row is gone, or the line was changed by hand.",
        "Look at the cell with raingan explain; correct it again, or take the line out of corrections.csv.",
    ),
    "same_report_elsewhere": FindingCode(
        "warning",
        "Another file of other bytes holds the same report; it stands in table report_groups.",
        "The report was printed, scanned or saved more than once.",
        "Count one of the two; where figures differ, compare both files.",
    ),
}
"""Every code that a finding can have."""
