"""Office documents: ZIP archives of XML parts."""

import io
import posixpath
import zipfile

from lxml import etree

from pipeline.errors import DocumentError
from pipeline.sources.archive_files import ZIP_DAMAGE
from pipeline.sources.limits import Limits
from pipeline.sources.storage import read_limited

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
"""The namespace of strict Office Open XML, and the one that nearly all files use; both mean the same."""


class OfficePackage:
    """An office document. What is unpacked of it, pictures aside, counts against the size limit of a document."""

    def __init__(self, content: bytes, name: str, limits: Limits) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        self._files = {info.filename: info for info in self._archive.infolist()}
        self._name = name
        self._left = limits.size_limit

    def part(self, path: str) -> bytes | None:
        """The bytes of a part, None if there is no such part.

        Raises:
            DocumentError: it is damaged, encrypted, or over the limit.

        """
        info = self._files.get(path)
        if info is None:
            return None
        if info.flag_bits & 1:
            raise DocumentError(f"{self._name}: is encrypted; save it without a password")
        try:
            with self._archive.open(info) as file:
                content = read_limited(file, name=f"{self._name}: part {path}", size_limit=self._left)
        except ZIP_DAMAGE as error:
            raise self.damage(f"{path} is damaged ({error})") from error
        self._left -= len(content)
        return content

    def xml(self, path: str) -> etree._Element | None:
        """The root of a part; entities are not expanded, and a part that declares any is refused.

        Raises:
            DocumentError: as in `part`, or it is not XML.

        """
        content = self.part(path)
        if content is None:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
        try:
            root = etree.fromstring(content.replace(_STRICT, _TRANSITIONAL), parser)
        except etree.XMLSyntaxError as error:
            is_deep = error.code == etree.ErrorTypes.ERR_RESOURCE_LIMIT
            what = "is too large or too deeply nested" if is_deep else "is damaged"
            raise self.damage(f"{path} {what} ({error.msg})") from error
        if root.getroottree().docinfo.doctype:
            what = f"{path} declares XML entities, which office programs never do but attacks do"
            raise DocumentError(f"{self._name}: {what}; check it by hand")
        return root

    def damage(self, what: str) -> DocumentError:
        """The error for a part that cannot be read."""
        return DocumentError(f"{self._name}: {what}; get the file again from its source")

    def related(self, path: str) -> dict[str, tuple[str, str]]:
        """The parts that a part of a Word document refers to: kind and path by id."""
        folder, slash, base = path.rpartition("/")
        root = self.xml(f"{folder}{slash}_rels/{base}.rels")
        if root is None:
            return {}
        return {
            link.get("Id", ""): (link.get("Type", "").rpartition("/")[2], _joined(folder, link.get("Target", "")))
            for link in root
            if link.get("TargetMode") != "External"
        }


def local_name(element: etree._Element) -> str:
    """The tag of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _joined(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
