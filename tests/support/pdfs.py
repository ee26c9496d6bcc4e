"""PDF files for tests, written by hand: text at its place in a font that says its letters, lines, and pictures."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842
SIZE = 14
LETTERS = 255
"""How many letters the font of a file may have."""


@dataclass
class Page:
    """A page, printed from the top left corner; places are in points."""

    commands: list[str] = field(default_factory=list)
    words: list[tuple[str, str]] = field(default_factory=list)
    has_picture: bool = False

    def text(self, x: float, y: float, words: str, size: float = SIZE) -> None:
        self.words.append((f"BT /F {size} Tf {x} {HEIGHT - y} Td", words))

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
    return sum(0 if _is_mark(sign) else size / 2 for sign in words)


def pdf(pages: Sequence[Page], *, encrypt: bytes = b"", has_font: bool = True) -> bytes:
    """The file. Its font is in it, a box for every letter, or is one that no machine has."""
    signs = "".join(dict.fromkeys(sign for page in pages for _, words in page.words for sign in words))
    if len(signs) > LETTERS:
        raise ValueError(len(signs))
    kids = " ".join(f"{8 + 2 * number} 0 R" for number in range(len(pages)))
    names = " ".join("/mark" if _is_mark(sign) else "/letter" for sign in signs)
    widths = " ".join("0" if _is_mark(sign) else "500" for sign in signs)
    kind = (
        "/Type3 /FontBBox [0 -300 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /Resources << >> "
        f"/CharProcs << /letter 4 0 R /mark 6 0 R >> /Encoding << /Differences [1 {names}] >>"
        if has_font
        else "/TrueType /BaseFont /Invented /FontDescriptor << /Type /FontDescriptor /FontName /Invented /Flags 4 "
        "/FontBBox [0 -300 1000 1000] /Ascent 1000 /Descent -300 >>"
    )
    objects: list[str | bytes] = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        f"<< /Type /Font /Subtype {kind} /FirstChar 1 /LastChar {len(signs)} /Widths [{widths}] /ToUnicode 5 0 R >>",
        _stream("", b"500 0 0 0 450 700 d1 0 0 450 700 re f"),
        _stream("", _unicodes(signs).encode()),
        _stream("", b"0 0 -300 720 0 900 d1 -300 720 300 180 re f"),
        _stream("/Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", b"\x80"),
    ]
    for number, page in enumerate(pages):
        texts = [f"{command} <{_codes(words, signs)}> Tj ET" for command, words in page.words]
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {9 + 2 * number} 0 R "
            "/Resources << /Font << /F 3 0 R >> /XObject << /P 7 0 R >> >> >>",
            _stream("", "\n".join([*page.commands, *texts]).encode()),
        ]
    return _file(objects, encrypt)


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign) == "Mn"


def _codes(words: str, signs: str) -> str:
    return bytes(signs.index(sign) + 1 for sign in words).hex()


def _unicodes(signs: str) -> str:
    """What each code of the font stands for."""
    lines = [f"<{code:02X}> <{sign.encode('utf-16-be').hex()}>" for code, sign in enumerate(signs, 1)]
    parts = (lines[start : start + 100] for start in range(0, len(lines), 100))
    ranges = "\n".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in parts)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def\n"
        f"1 begincodespacerange <00> <FF> endcodespacerange\n{ranges}\nendcmap"
    )


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
