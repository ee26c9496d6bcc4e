"""The parts of office documents, which are ZIP archives of XML."""

import io
import posixpath
import zipfile

from lxml import etree

from pipeline.errors import DocumentError
from pipeline.sources.archive_files import ZIP_DAMAGE
from pipeline.sources.limits import Limits
from pipeline.sources.storage import content_of

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
"""The namespace of the standard's strict form, and the one that nearly every file has; both name the same things."""


class Package:
    """An office document; what is unpacked of it, media aside, is within the limit of a document's bytes."""

    def __init__(self, content: bytes, name: str, limits: Limits) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        self._files = {info.filename: info for info in self._archive.infolist()}
        self._name = name
        self._left = limits.size_limit

    def part(self, path: str) -> bytes | None:
        """The bytes of a part, None where there is no such part.

        Raises:
            DocumentError: it is damaged, encrypted, or larger than the limit.

        """
        info = self._files.get(path)
        if info is None:
            return None
        if info.flag_bits & 1:
            raise DocumentError(f"{self._name}: is encrypted; save it without a password")
        try:
            with self._archive.open(info) as file:
                content = content_of(file, name=f"{self._name}: part {path}", size_limit=self._left)
        except ZIP_DAMAGE as error:
            raise self.damage(f"{path} is damaged ({error})") from error
        self._left -= len(content)
        return content

    def xml(self, path: str) -> etree._Element | None:
        """The root of a part; entities are not expanded, and a part that declares any is refused.

        Raises:
            DocumentError: as `part`, or it is no XML.

        """
        content = self.part(path)
        return None if content is None else self._parsed(content.replace(_STRICT, _USUAL), path)

    def _parsed(self, content: bytes, path: str) -> etree._Element:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            is_deep = error.code == etree.ErrorTypes.ERR_RESOURCE_LIMIT
            what = "holds more than any office program writes" if is_deep else "is damaged"
            raise self.damage(f"{path} {what} ({error.msg})") from error
        if root.getroottree().docinfo.doctype:
            what = f"{path} declares entities, as no office program does and an attack may"
            raise DocumentError(f"{self._name}: {what}; look into it by hand")
        return root

    def damage(self, what: str) -> DocumentError:
        """The reason why a part cannot be read."""
        return DocumentError(f"{self._name}: {what}; fetch the file again from where it came")

    def related(self, path: str) -> dict[str, tuple[str, str]]:
        """The parts that a part of Word's format leads to: their kind and path by id."""
        folder, slash, base = path.rpartition("/")
        root = self.xml(f"{folder}{slash}_rels/{base}.rels")
        if root is None:
            return {}
        return {
            link.get("Id", ""): (link.get("Type", "").rpartition("/")[2], _joined(folder, link.get("Target", "")))
            for link in root
            if link.get("TargetMode") != "External"
        }


def _joined(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
