"""Damaged, encrypted, endless and malicious files of all kinds: each has a helpful reason, and the run goes on."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.sources.unpack import has_known_suffix
from tests.conftest import PROGRESS_REPORTS, Run, document_row, fill, others_unchanged, rows_of_document, run_over
from tests.support.office import docx, o_paragraph, odt, package, w_paragraph
from tests.support.pdfs import Page, pdf, printed
from tests.support.printed import KINDS

TEXT = PROGRESS_REPORTS[0].read_text(encoding="utf-8")
LIMITS = ("--max-bytes", "300000", "--max-pages", "20")
_LOCKED = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"11" * 32 + b"> /U <" + b"22" * 32 + b"> >> "
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
_LAUGHS = '<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]><x>&c;</x>'
_OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>'


def scan() -> bytes:
    page = Page()
    page.picture()
    return pdf([page, page])


def without_page_objects() -> bytes:
    return pdf([printed(["โครงการ"])]).replace(b"/Type /Page ", b"/Type /Pane ")


def with_password() -> bytes:
    """A ZIP archive whose files are marked as encrypted."""
    content = bytearray(docx(w_paragraph("ก")))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        headers = [info.header_offset for info in archive.infolist()]
        directory = archive.start_dir
    for start in headers:
        content[start + 6] |= 1
    while (directory := content.find(b"PK\x01\x02", directory)) >= 0:
        content[directory + 8] |= 1
        directory += 4
    return bytes(content)


def nested(tag: str, inside: str) -> str:
    return f"<{tag}>" * 5000 + inside + f"</{tag}>" * 5000


def with_part(content: str, path: str = "word/document.xml") -> bytes:
    return package({"[Content_Types].xml": "<Types/>", path: content})


HOSTILE: dict[str, tuple[bytes, str]] = {
    "scan.pdf": (scan(), "scan without a text layer"),
    "photo.pdf": (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(900), "a JPEG picture"),
    "locked.pdf": (pdf([printed(["โครงการ"])], encrypt=b"/ID [<00> <00>] " + _LOCKED), "is encrypted"),
    "cut.pdf": (pdf([printed(["โครงการ"])])[:400], "damaged or incomplete"),
    "without pages.pdf": (without_page_objects(), "damaged"),
    "long.pdf": (pdf([printed(["โครงการ"])] * 21), "21 pages are more than the limit of 20"),
    "text.pdf": (b"1" + TEXT.encode(), "this is not a PDF file"),
    "locked.docx": (_OLE + "EncryptedPackage".encode("utf-16-le"), "is encrypted"),
    "locked parts.docx": (with_password(), "is encrypted"),
    "old.docx": (_OLE + b"Word.Document.8", "an old office document"),
    "rich.docx": (rb"{\rtf1\ansi Report}", "an RTF document"),
    "text.docx": (b"2" + TEXT.encode(), "this is not a Word document"),
    "empty.docx": (b"", "the file is empty"),
    "sheet.docx": (with_part("<x/>", "xl/workbook.xml"), "a spreadsheet"),
    "slides.docx": (with_part("<x/>", "ppt/presentation.xml"), "a presentation"),
    "cut.docx": (docx(w_paragraph(TEXT))[:-300], "damaged or incomplete"),
    "without text.docx": (docx(""), "contains no text"),
    "without document.docx": (with_part("<x/>", "word/styles.xml"), "word/document.xml is missing"),
    "broken.docx": (with_part("<w:document><w:body>"), "word/document.xml is damaged"),
    "laughs.docx": (with_part(_LAUGHS), "declares XML entities"),
    "outside.docx": (with_part(_OUTSIDE), "declares XML entities"),
    "bomb.docx": (with_part(f"<x>{' ' * 10**6}</x>"), "part word/document.xml: is larger than the limit"),
    "deep.docx": (docx(nested("w:sdt", w_paragraph("ก"))), "is too large or too deeply nested"),
    "locked.odt": (odt(o_paragraph("ก"), manifest="<m><encryption-data/></m>"), "is encrypted"),
    "laughs.odt": (
        package({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": _LAUGHS}),
        "declares XML entities",
    ),
    "deep.odt": (odt(nested("text:section", o_paragraph("ก"))), "is too large or too deeply nested"),
    "without content.odt": (package({"mimetype": "application/vnd.oasis.opendocument.text"}), "content.xml is missing"),
    "text.odt": (b"3" + TEXT.encode(), "this is not an OpenDocument text"),
    "deep.html": (f"<html>{'<div>' * 5000}ก".encode(), "nested too deeply"),
    "without text.html": (b"<html><script>document.write('x')</script></html>", "contains no text"),
    "noise.html": (b"<html>" + bytes(range(128, 256)) * 20, "the encoding is not UTF-8, UTF-16 or Thai"),
}
NEEDS_OCR = {"scan.pdf", "photo.pdf", "without text.docx", "without text.html"}
MISNAMED = {"word.txt": "docx", "page.docx": "html", "portable.txt": "pdf", "open.docx": "odt"}
SLOPPY = (
    '<!DOCTYPE html><meta charset="utf-8"><title>ไม่แสดง</title><style>p {ไม่แสดง}</style><script>ไม่แสดง</script>'
    f"<p style='display:none'>ไม่แสดง<p>{'</p><p>'.join(TEXT.splitlines())}<b><td></i><!-- ไม่แสดง"
).encode("cp874", "xmlcharrefreplace")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Path]:
    """A run over one of each between good documents."""
    folder = tmp_path_factory.mktemp("hostile") / "in"
    fill(folder)
    for name, (content, _) in HOSTILE.items():
        (folder / name).write_bytes(content)
    for name, kind in MISNAMED.items():
        (folder / name).write_bytes(KINDS[kind](TEXT))
    (folder / "sloppy.htm").write_bytes(SLOPPY)
    return run_over(folder, *LIMITS), folder


@pytest.mark.parametrize("name", HOSTILE)
def test_an_unreadable_file_has_a_reason_that_helps(name: str, hostile: tuple[Run, Path]) -> None:
    status, error = hostile[0].status(name)
    assert status == "quarantined"
    assert error.startswith(f"{name}: ")
    assert HOSTILE[name][1] in error
    assert "; " in error, f"the reason should end in what to do: {error}"
    assert "mistake is ours" not in error


def test_every_file_has_its_row_and_good_ones_theirs(hostile: tuple[Run, Path], alone: Run) -> None:
    found, folder = hostile
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*") if has_known_suffix(path.name))
    assert sorted(found.tables["documents"]["source"].to_pylist()) == names
    others_unchanged(alone, found)


def test_a_picture_gives_a_finding_that_asks_for_ocr(hostile: tuple[Run, Path]) -> None:
    found = hostile[0].tables
    named = dict(zip(*(found["documents"][column].to_pylist() for column in ("document_id", "source")), strict=True))
    told = [row for row in found["findings"].to_pylist() if row["code"] == "needs_ocr"]
    assert {named[row["document_id"]] for row in told} == NEEDS_OCR
    assert all(row["severity"] == "error" and row["message"].startswith(named[row["document_id"]]) for row in told)


@pytest.mark.parametrize("name", [*MISNAMED, "sloppy.htm"])
def test_a_file_is_read_by_its_content_and_evidence_quotes_its_text(
    name: str, hostile: tuple[Run, Path], rows_of_text: Callable[[], list[dict[str, object]]]
) -> None:
    rows = rows_of_document(hostile[0].tables, name)
    assert [without_ids(row) for row in rows["report_entries"]] == rows_of_text()
    [text] = [str(row["text"]) for row in rows["texts"]]
    assert "ไม่แสดง" not in text
    assert rows["evidence"]
    for row in (*rows["evidence"], *rows["unclaimed"]):
        quoted = row.get("raw_text", row.get("text"))
        assert text[int(str(row["char_start"])) : int(str(row["char_end"]))] == quoted


@pytest.fixture
def rows_of_text(alone: Run) -> Callable[[], list[dict[str, object]]]:
    """The entries of the same text in a plain file."""
    return lambda: [without_ids(row) for row in rows_of_document(alone.tables, "a.txt")["report_entries"]]


def without_ids(row: dict[str, object]) -> dict[str, object]:
    return {column: value for column, value in row.items() if column not in ("project_id", "row_key")}


def test_the_text_of_files_that_are_not_plain_text_is_kept(hostile: tuple[Run, Path]) -> None:
    found = hostile[0].tables
    kept = set(found["texts"]["document_id"].to_pylist())
    assert kept == {document_row(found, name)["document_id"] for name in (*MISNAMED, "sloppy.htm")}
    assert not kept & {document_row(found, name)["document_id"] for name in ("a.txt", "z/z.txt")}
