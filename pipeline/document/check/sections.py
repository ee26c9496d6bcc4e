"""Checks of narrative sections: a certification that nobody signed, and a report's summary against its pages."""

from collections.abc import Iterator

from normalizers.fuzzy_match import prefix_score
from normalizers.look_alikes import folded
from pipeline.document.build_rows import BuiltProject, BuiltRows
from pipeline.document.check.cells import issue_with, value_of
from pipeline.document.check.summary import check_summary
from pipeline.model import Issue, RowId
from schemas.sections import Section

ROLES = tuple(
    folded(f"ผู้{role}")
    for role in ("รับผิดชอบโครงการ", "รับผิดชอบ", "เสนอโครงการ", "อนุมัติโครงการ", "เห็นชอบโครงการ", "จัดทำโครงการ", "ตรวจสอบ")
)
SAME_ROLE, SHORTEST_NAME = 70, 3
"""How alike printed words must be to the signer's role to be it, and the letters of the shortest name."""


def _certification(project: BuiltProject) -> Iterator[Issue]:
    """No name behind the words for a signature."""
    for block in project.form.blocks_with_role("signature"):
        row = project.merged.row(Section, RowId(block.name))
        if _is_unsigned(str(value_of(row, "text") or "")):
            place = (Section, "text", RowId(block.name))
            yield issue_with("certification_unsigned", "no name stands behind 'ลงชื่อ'", place, row["text"])


def _is_unsigned(text: str) -> bool:
    """Whether behind the words for some signature stands nothing, or only the signer's role."""
    _, *signatures = folded(text).split(folded("ลงชื่อ"))
    return any(not _is_named(said) for said in signatures)


def _is_named(said: str) -> bool:
    """Whether a name stands behind a signature's words, before or behind the role: in brackets, often a line below."""
    before = said.partition(folded("ตำแหน่ง"))[0].strip("()-,:;…")
    if any(prefix_score(before, role)[0] >= SAME_ROLE for role in ROLES):
        before = before.partition("(")[2].strip("()-,:;…")
    return len(before) >= SHORTEST_NAME


def _summaries(built: BuiltRows) -> Iterator[Issue]:
    """The summary of each report against the rows of its projects."""
    for number, region in enumerate(built.blocks.regions):
        projects = [project.merged for project in built.projects if project.merged.region == number]
        yield from check_summary(region.form, projects)


PROJECT_CHECKS = (_certification,)
DOCUMENT_CHECKS = (_summaries,)
