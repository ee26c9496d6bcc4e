"""The views in an exported database: what analysts join again and again."""

from typing import NamedTuple


class View(NamedTuple):
    """A query that goes by a name."""

    name: str
    description: str
    query: str


VIEWS = (
    View(
        "project_entries",
        "Progress entries with their project, its office and the file.",
        """
        SELECT e.*, p.project_name, p.project_code, p.fiscal_year_be, p.agency, p.division, p.unit,
            p.budget_received_baht, p.budget_spent_baht, p.document_id, d.source
        FROM report_entries e
        JOIN projects p USING (project_id)
        JOIN documents d ON d.document_id = p.document_id AND d.duplicate_of IS NULL
        """,
    ),
    View(
        "newest_entries",
        "The last progress entry of each project, with the project.",
        """
        SELECT * FROM project_entries
        QUALIFY row_number() OVER (PARTITION BY project_id ORDER BY entry_number DESC) = 1
        """,
    ),
    View(
        "project_money",
        "Of each project the baht received and spent by its header, and disbursed by its entries and its quarters.",
        """
        SELECT p.project_id, p.project_name, p.fiscal_year_be, p.agency, p.budget_received_baht, p.budget_spent_baht,
            (SELECT sum(disbursed_baht) FROM report_entries e WHERE e.project_id = p.project_id) AS entries_baht,
            (SELECT sum(disbursed_baht) FROM quarterly_results q WHERE q.project_id = p.project_id) AS quarters_baht
        FROM projects p
        """,
    ),
    View(
        "named_findings",
        "Findings with the file, the project's name, and what the code means.",
        """
        SELECT d.source, p.project_name, f.*, c.meaning, c.cause, c.advice
        FROM findings f
        JOIN finding_codes c USING (code)
        JOIN documents d ON d.document_id = f.document_id AND d.duplicate_of IS NULL
        LEFT JOIN projects p ON p.project_id = f.project_id
        """,
    ),
    View(
        "lone_values",
        "Values that only one of several copies in a file prints so; copies_total says how many print any.",
        """
        SELECT d.source, e.*
        FROM evidence e
        JOIN documents d ON d.document_id = e.document_id AND d.duplicate_of IS NULL
        WHERE d.copy_count > 1 AND e.copies_agreeing = 1 AND e.part = 1
        """,
    ),
    View(
        "counted_documents",
        "Documents to count: each file once, and of files that hold the same report only the fullest.",
        """
        SELECT * FROM documents d
        WHERE d.duplicate_of IS NULL AND d.document_id NOT IN (
            SELECT g.document_id FROM report_groups g WHERE g.role <> 'fullest')
        """,
    ),
)
