"""Bytes to text: the encoding is detected from the bytes, and reasons name the file and say what to do."""

import codecs
import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import DocumentError
from pipeline.sources.limits import Limits
from pipeline.sources.read import document_id, read, source_of
from pipeline.sources.text import decode as decode_as

THAI = "รายงานความก้าวหน้า โครงการปลูกต้นไม้ ๒๕๖๑ งบประมาณ 1,200 บาท\n"
# Thai letters whose bytes in CP874 are well-formed UTF-8 of other letters: two bytes each, a lead and a follower.
LOOKS_LIKE_UTF8 = ["สถานศึกษา", "ยกระดับ", "แบบแสดง", "ลงนาม", "** แบบแสดงรายงาน", "รถยนต์", "เบิกจ่าย", "โครงการ"]


def decode(content: bytes) -> tuple[str, str]:
    """The text of a file, and the encoding that it is in."""
    decoded = decode_as(content, name="x.txt", media_type="text/plain")
    assert decoded.is_decoded
    assert decoded.encoding is not None
    return decoded.text, decoded.encoding


def test_the_document_id_is_that_of_the_bytes() -> None:
    content = THAI.encode("utf-8-sig")
    assert document_id(content) == hashlib.sha256(content).hexdigest()[:16]
    assert source_of(content, name="x.txt").document_id == document_id(content)


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp874", "cp874"),
        ("tis-620", "cp874"),
    ],
)
def test_the_encoding_is_detected_from_the_bytes(encoding: str, said: str) -> None:
    assert decode((THAI * 40).encode(encoding)) == (THAI * 40, said)


@pytest.mark.parametrize("words", LOOKS_LIKE_UTF8)
@pytest.mark.parametrize("rest", ["", THAI, THAI * 200])
def test_a_legacy_text_is_recognized_whatever_its_first_words(words: str, rest: str) -> None:
    text = f"{words}\n{rest}จบรายงาน"
    assert decode(text.encode("cp874")) == (text, "cp874")


def test_signs_that_cp874_adds_to_tis_620_are_read() -> None:
    text = THAI * 5 + "“อ้างอิง” – … •\u00a0€"
    assert decode(text.encode("cp874")) == (text, "cp874")


@pytest.mark.parametrize("cut", [1, 2])
@pytest.mark.parametrize("length", [3, 30, 4000])
def test_utf_8_that_is_cut_short_is_never_read_as_another_encoding(cut: int, length: int) -> None:
    content = (THAI * 200)[:length].encode()
    with pytest.raises(DocumentError, match="UTF-8"):
        decode(content[:-cut])


@pytest.mark.parametrize("at", [1, 50, 1000, 7000])
def test_utf_8_with_a_broken_byte_is_never_read_as_another_encoding(at: int) -> None:
    content = bytearray((THAI * 100).encode())
    content[at] = 0xFF
    with pytest.raises(DocumentError, match="UTF-8"):
        decode(bytes(content))


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
def test_utf_8_text_is_unchanged(text: str) -> None:
    assert decode(("ก" + text).encode())[0] == "ก" + text


@given(st.binary())
def test_any_bytes_give_a_text_or_a_reason(content: bytes) -> None:
    reason = reason_against(content)
    if reason is not None:
        assert reason.startswith("x.txt: ")
        assert "; " in reason
        return
    text, encoding = decode(content)
    assert text == content.decode(encoding)
    assert text.strip()


def reason_against(content: bytes) -> str | None:
    try:
        decode(content)
    except DocumentError as error:
        return str(error)
    return None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \n", "blanks"),
        ("\u3000".encode(), "blanks"),
        (bytes(10), "NUL"),
        (b"\xff\xd8\xff\xe1 picture", "JPEG"),
        (b"\xd0\xcf\x11\xe0" + bytes(500), "office document"),
        (b"\x07" * 10, "control characters"),
        (codecs.BOM_UTF16_LE + b"\x01", "utf-16"),
        ("Отчёт о ходе работ".encode("cp1251") * 10, "the encoding is not"),
        ("Résumé général des dépenses".encode("latin-1") * 10, "the encoding is not"),
    ],
)
def test_a_reason_names_the_file_and_says_what_to_do(content: bytes, words: str) -> None:
    with pytest.raises(DocumentError) as caught:
        source_of(content, name="2561/03.txt")
    reason = str(caught.value)
    assert reason.startswith("2561/03.txt: ")
    assert words in reason
    assert "; " in reason


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("a.txt", "text/plain"), ("a.md", "text/markdown"), ("A.MD", "text/markdown"), ("b/c.markdown", "text/markdown")],
)
def test_the_media_type_is_that_of_the_name(name: str, media_type: str) -> None:
    assert source_of(b"x", name=name).media_type == media_type


def test_a_file_is_read_with_its_name_and_size(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(THAI, encoding="utf-8")
    source = read(tmp_path / "x.txt", name="sub/x.txt")
    assert (source.name, source.text, source.byte_count) == ("sub/x.txt", THAI, len(THAI.encode()))


def test_a_file_over_the_limit_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.txt").write_bytes(b"x" * 100)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("it was read"))
    with pytest.raises(DocumentError, match=r"larger than the limit of 99 bytes"):
        read(tmp_path / "x.txt", name="x.txt", limits=Limits(size_limit=99))


def test_a_file_at_the_limit_is_read(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(b"x" * 100)
    assert read(tmp_path / "x.txt", name="x.txt", limits=Limits(size_limit=100)).byte_count == 100


def test_a_folder_is_not_a_document(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"folder|no regular file"):
        read(tmp_path, name="x.txt")
