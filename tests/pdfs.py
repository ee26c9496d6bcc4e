"""PDF files for tests, written by hand: text at its place in a font that says its letters, lines, and pictures."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842
SIZE = 14


@dataclass
class Page:
    """A page, printed from the top left corner; places are in points."""

    commands: list[str] = field(default_factory=list)
    has_picture: bool = False

    def text(self, x: float, y: float, words: str, size: float = SIZE) -> None:
        codes = words.encode("utf-16-be").hex()
        self.commands.append(f"BT /F {size} Tf {x} {HEIGHT - y} Td <{codes}> Tj ET")

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.commands.append(f"{x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S")

    def picture(self, x: float = 0, y: float = 0, width: float = WIDTH, height: float = HEIGHT) -> None:
        self.has_picture = True
        self.commands.append(f"q {width} 0 0 {height} {x} {HEIGHT - y - height} cm /P Do Q")


def printed(lines: Sequence[str], *, left: float = 70, top: float = 70, step: float = 22) -> Page:
    """A page with a text line by line."""
    page = Page()
    for number, line in enumerate(lines):
        page.text(left, top + number * step, line)
    return page


def width(words: str, size: float = SIZE) -> float:
    """How long words are in the font of these files."""
    return sum(0 if unicodedata.category(sign) == "Mn" else size / 2 for sign in words)


def pdf(pages: Sequence[Page], *, encrypt: bytes = b"") -> bytes:
    """The file."""
    marks = [code for code in range(0xE00, 0xE80) if unicodedata.category(chr(code)) == "Mn"]
    widths = " ".join(f"{code} [0]" for code in marks)
    ranges = "\n".join(f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in (0x00, 0x0E, 0x20, 0x25, 0xF7))
    unicodes = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n5 beginbfrange\n{ranges}\nendbfrange endcmap"
    )
    kids = " ".join(f"{8 + 2 * number} 0 R" for number in range(len(pages)))
    objects: list[str | bytes] = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /Thai /Encoding /Identity-H /DescendantFonts [4 0 R] "
        "/ToUnicode 5 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Thai /CIDSystemInfo << /Registry (Adobe) "
        f"/Ordering (Identity) /Supplement 0 >> /FontDescriptor 6 0 R /DW 500 /W [{widths}] >>",
        _stream("", unicodes.encode()),
        "<< /Type /FontDescriptor /FontName /Thai /Flags 4 /FontBBox [0 -300 1000 1000] /ItalicAngle 0 /Ascent 1000 "
        "/Descent -300 /CapHeight 700 /StemV 80 >>",
        _stream("/Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", b"\x80"),
    ]
    for number, page in enumerate(pages):
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {9 + 2 * number} 0 R "
            "/Resources << /Font << /F 3 0 R >> /XObject << /P 7 0 R >> >> >>",
            _stream("", "\n".join(page.commands).encode()),
        ]
    return _file(objects, encrypt)


def _stream(entries: str, content: bytes) -> bytes:
    return f"<< {entries} /Length {len(content)} >> stream\n".encode() + content + b"\nendstream"


def _file(objects: Sequence[str | bytes], encrypt: bytes) -> bytes:
    content = b"%PDF-1.7\n"
    offsets = []
    for number, held in enumerate(objects, 1):
        offsets.append(len(content))
        content += f"{number} 0 obj\n".encode() + (held.encode() if isinstance(held, str) else held) + b"\nendobj\n"
    start = len(content)
    content += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    content += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    content += f"trailer << /Size {len(objects) + 1} /Root 1 0 R ".encode() + encrypt
    return content + f">>\nstartxref\n{start}\n%%EOF\n".encode()
