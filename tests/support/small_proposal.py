"""A minimal project proposal in print, and single blocks of one: synthetic input of a few lines each."""

from collections.abc import Iterable, Sequence
from functools import cache

from normalizers.fuzzy_match import FoldedText
from parsers import UNKNOWN, forms
from parsers.base import Block
from parsers.openers import PhraseRole
from parsers.phrases import Phrase, phrases_of
from pipeline.document.paginate import paginate
from pipeline.document.read_fields.joined_text import JoinedText
from pipeline.document.scan import Matches, PhraseIndex
from pipeline.model import CopyBlock, Field, Issue, Repaired, RowId, Source
from tests.support.small_report import tables_of

FORM = next(form for form in forms() if form.name == "bma_project_proposal")
HEADINGS = {
    "rationale": "หลักการและเหตุผล",
    "objectives": "วัตถุประสงค์",
    "targets": "เป้าหมาย",
    "nature": "ลักษณะของโครงการ",
    "schedule": "ระยะเวลาดำเนินการ",
    "activities": "แผนปฏิบัติการ",
    "budget": "งบประมาณ",
    "risks": "การบริหารความเสี่ยง",
    "benefits": "ประโยชน์ที่คาดว่าจะได้รับ",
    "indicators": "ตัวชี้วัดความสำเร็จ",
}
HEADER = "ชื่อโครงการ : โครงการทาสีรั้วสนาม\nหน่วยงานที่รับผิดชอบ : ฝ่ายโยธา สำนักงานเขตตัวอย่าง กรุงเทพมหานคร"


def proposal(*, header: str = HEADER, **bodies: str) -> str:
    """A whole proposal; what no body is given for says nothing but its heading."""
    said = (f"{n}. {words}\n{bodies.get(name, '-')}" for n, (name, words) in enumerate(HEADINGS.items(), 1))
    return "\n".join((header, *said))


def rows_of(table: str, **bodies: str) -> list[dict[str, object]]:
    """The rows of one table that a proposal gives."""
    return tables_of(proposal(**bodies))[table]


def values(rows: Iterable[dict[str, object]], *columns: str) -> list[tuple[object, ...]]:
    """Some columns of rows, those of one column as tuples too."""
    return [tuple(row[column] for column in columns) for row in rows]


def block_of(text: str, *, words: tuple[str, ...] = (), copy: int = 1, period: int = 0) -> JoinedText:
    """A block without a heading that is all of a text's lines, unrepaired, with the phrases of every form found in it.

    `words`: what the test declares besides.
    """
    source = Source("small", "small.txt", text, "utf-8", "text/plain", len(text.encode()))
    pages = paginate(source, Repaired(text, text, ()))
    pieces = tuple((line.start, line.end) for page in pages.pages for line in page.lines)
    letters, index = FoldedText(text), _index_with(words)
    matches = Matches(pages, letters, index)
    return JoinedText(CopyBlock(Block("small", ()), copy, None, None, pieces, period=period), matches)


@cache
def _index_with(words: tuple[str, ...]) -> PhraseIndex:
    declared = (phrase for form in (*forms(), UNKNOWN) for phrase in phrases_of(form))
    roles: tuple[PhraseRole, ...] = ("label", "step")
    return PhraseIndex((*declared, *(Phrase(said, role, "small") for said in words for role in roles)))


def by_row(found: Iterable[Field | Issue]) -> list[dict[str, str]]:
    """The raw texts of fields by column, a dict for each row; lines are parted by a stroke."""
    rows: dict[RowId, dict[str, str]] = {}
    for field in found:
        if isinstance(field, Field):
            rows.setdefault(field.row, {})[field.column] = " / ".join(field.raw.split("\n"))
    return list(rows.values())


def column(rows: Sequence[dict[str, str]], name: str) -> list[str | None]:
    """One column of the rows."""
    return [row.get(name) for row in rows]
