"""Find the source file of a document again, if it is still what the run read."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.archive.ledger import ListedDocument, read_file_paths
from pipeline.errors import DocumentError
from pipeline.model import Source
from pipeline.sources.read import document_id as id_of
from pipeline.sources.read import source_of
from pipeline.sources.unpack import members, read_member
from pipeline.tools.output_tables import RunTables
from schemas.texts import Text


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a document and, if it is still there, its file."""

    text: str | None
    """The text that offsets count in."""
    source: Source | None = None
    """The file, read again."""
    reason: str = ""
    """Why there is no file."""
    content: bytes = b""


@dataclass(frozen=True)
class SourceFiles:
    """Finds the files that a run read, at their paths or below another folder."""

    run: RunTables
    moved: Path | None = None

    def find(self, document_id: str) -> SourceText:
        """The text of a document and its file, or the reason why the file is missing."""
        try:
            content, source = self._read(document_id)
        except DocumentError as error:
            return SourceText(self._kept_text(document_id), None, str(error))
        return SourceText(source.text, source, content=content)

    def _read(self, document_id: str) -> tuple[bytes, Source]:
        document = self._parsed.get(document_id)
        if document is None:
            raise DocumentError(f"{document_id}: the ledger does not list its file")
        content = self._content(document)
        if id_of(content) != document_id:
            raise DocumentError(f"{document.source}: the file has changed since the run; run again")
        return content, source_of(content, name=document.source)

    @cached_property
    def _parsed(self) -> Mapping[str, ListedDocument]:
        """The documents that were parsed."""
        documents = self.run.ledger.documents
        return {document.document_id: document for document in documents if document.outcome == "parsed"}

    @cached_property
    def _file_paths(self) -> Mapping[str, str]:
        return read_file_paths(self.run.folder)

    def _content(self, document: ListedDocument) -> bytes:
        path = self._path(document)
        if document.locator is not None:
            return read_member(path, document.locator)
        for member in members(path, document.file):
            if member.name == document.source and member.content is not None:
                return member.content
        raise DocumentError(f"{document.source}: is no longer in its archive")

    def _path(self, document: ListedDocument) -> str:
        if self.moved is not None:
            paths = (self.moved / document.file, self.moved / Path(document.file).name, self.moved)
            if (path_there := next((path for path in paths if path.is_file()), None)) is None:
                raise DocumentError(f"{document.source}: is not below {self.moved}; give the folder that the run read")
            return str(path_there)
        if (path := self._file_paths.get(document.file)) is None:
            raise DocumentError(f"{document.source}: the path of its file is not known; give its folder with --source")
        return path

    def _kept_text(self, document_id: str) -> str | None:
        """The text in the table texts, which has the text of files that are not plain text."""
        kept = self.run.rows(Text, document_id)
        return kept[0].text if kept else None
