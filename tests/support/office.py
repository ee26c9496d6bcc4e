"""Word and OpenDocument files for tests, made of their XML."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OTHERS = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
_ODF = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
    )
)  # fmt: skip
ODT_TYPE = "application/vnd.oasis.opendocument.text"

Table = Sequence[Sequence[str]]


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP archive of parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, part in parts.items():
            archive.writestr(zipfile.ZipInfo(path), part, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def w_paragraph(text: str = "", *, style: str = "", number: tuple[int, int] | None = None, inside: str = "") -> str:
    """A paragraph of Word: its list and level where it is numbered, and what else stands inside it."""
    properties = f"<w:pStyle w:val={quoteattr(style)}/>" if style else ""
    if number:
        properties += f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{w_run(text) if text else ''}{inside}</w:p>"


def w_run(text: str) -> str:
    """Text in a run; a form feed is a page break."""
    said = f'<w:t xml:space="preserve">{escape(text)}</w:t>'.replace("\f", '</w:t><w:br w:type="page"/><w:t>')
    return f"<w:r>{said}</w:r>"


def w_table(rows: Table) -> str:
    """A table; `>` in a cell goes over it from the left, `^` from above."""
    return f"<w:tbl>{''.join(f'<w:tr>{_w_cells(row)}</w:tr>' for row in rows)}</w:tbl>"


def _w_cells(row: Sequence[str]) -> str:
    cells = []
    for place, text in enumerate(row):
        if text == ">":
            continue
        columns = next((n for n, other in enumerate(row[place + 1 :], 1) if other != ">"), len(row) - place)
        properties = f'<w:gridSpan w:val="{columns}"/>' + ("<w:vMerge/>" if text == "^" else "")
        paragraphs = "".join(map(w_paragraph, text.split("\n"))) if text != "^" else w_paragraph()
        cells.append(f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>")
    return "".join(cells)


def w_list(
    number: int, levels: Sequence[tuple[str, str]], *, extra: str = "", start: int | None = None
) -> tuple[str, str]:
    """A list by the format and text of its levels: its definition, and its use under the same number."""
    defined = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f"<w:lvlText w:val={quoteattr(text)}/>{extra}</w:lvl>"
        for at, (kind, text) in enumerate(levels)
    )
    override = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>' if start else ""
    return (
        f'<w:abstractNum w:abstractNumId="{number}">{defined}</w:abstractNum>',
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/>{override}</w:num>',
    )


def docx(
    body: str, *, numbering: str = "", styles: str = "", parts: Mapping[str, str] | None = None, main: str = "document"
) -> bytes:
    """A Word document; `parts` are further ones by kind, such as `footnotes` or `header`."""
    others = {"numbering": numbering, "styles": styles} | dict(parts or {})
    others = {kind: inside for kind, inside in others.items() if inside}
    roots = {"header": "hdr", "footer": "ftr"}
    relations = "".join(f'<Relationship Id="r{kind}" Type="{_TYPES}/{kind}" Target="{kind}.xml"/>' for kind in others)
    return package(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships {_RELATIONS}><Relationship Id="r" Type="{_TYPES}/officeDocument" '
            f'Target="word/{main}.xml"/></Relationships>',
            f"word/_rels/{main}.xml.rels": f"<Relationships {_RELATIONS}>{relations}</Relationships>",
            f"word/{main}.xml": f"<w:document {_W} {_OTHERS}><w:body>{body}</w:body></w:document>",
        }
        | {
            f"word/{kind}.xml": f"<w:{roots.get(kind, kind)} {_W}>{inside}</w:{roots.get(kind, kind)}>"
            for kind, inside in others.items()
        }
    )


def o_paragraph(text: str = "", *, style: str = "", depth: int = 0, inside: str = "") -> str:
    """A paragraph of an OpenDocument text, a heading where it has a depth; a form feed is the end of a page."""
    tag = "h" if depth else "p"
    said = escape(text).replace("\f", "<text:soft-page-break/>")
    outline = f' text:outline-level="{depth}"' if depth else ""
    return f"<text:{tag} text:style-name={quoteattr(style)}{outline}>{said}{inside}</text:{tag}>"


def o_table(rows: Table) -> str:
    """A table; `>` stands for a cell that the one at its left covers, `^` for one that the cell above covers."""
    return (
        f"<table:table>{''.join(f'<table:table-row>{_o_cells(row)}</table:table-row>' for row in rows)}</table:table>"
    )


def _o_cells(row: Sequence[str]) -> str:
    return "".join(
        "<table:covered-table-cell/>"
        if text in (">", "^")
        else f"<table:table-cell>{''.join(map(o_paragraph, text.split(chr(10))))}</table:table-cell>"
        for text in row
    )


def o_list(items: Sequence[str], *, style: str = "L", extra: str = "") -> str:
    """A list whose items are XML."""
    inside = "".join(f"<text:list-item>{item}</text:list-item>" for item in items)
    return f"<text:list text:style-name={quoteattr(style)} {extra}>{inside}</text:list>"


def odt(body: str, *, styles: str = "", master: str = "", manifest: str = "<manifest/>") -> bytes:
    """An OpenDocument text; `styles` are those of the content, `master` its headers, footers and outline."""
    content = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    content += f"<office:body><office:text>{body}</office:text></office:body>"
    return package(
        {
            "mimetype": ODT_TYPE,
            "content.xml": f"<office:document-content {_ODF}>{content}</office:document-content>",
            "styles.xml": f"<office:document-styles {_ODF}>{master}</office:document-styles>",
            "META-INF/manifest.xml": manifest,
        }
    )
