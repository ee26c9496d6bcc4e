"""The source of a document of the tables, where its file still is what the run read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.archive.ledger import ListedDocument, read_file_paths
from pipeline.errors import DocumentError
from pipeline.model import Source
from pipeline.sources.read import document_id as id_of
from pipeline.sources.read import source_of
from pipeline.sources.unpack import members, read_member
from pipeline.tools.output_tables import State
from schemas.texts import Text


@dataclass(frozen=True, slots=True)
class Found:
    """What there is of a document beside its rows."""

    text: str | None
    """The text that offsets count in."""
    source: Source | None = None
    """The file itself, read again."""
    reason: str = ""
    """Why the file is not there."""
    content: bytes = b""


@dataclass(frozen=True)
class Sources:
    """Finds the files that a run read, at their places or, where they moved, below another folder."""

    state: State
    moved: Path | None = None

    def find(self, document_id: str) -> Found:
        """The text of a document and its file; what is missing or changed is said with the reason."""
        try:
            content, source = self._read(document_id)
        except DocumentError as error:
            return Found(self._kept_text(document_id), None, str(error))
        return Found(source.text, source, content=content)

    def _read(self, document_id: str) -> tuple[bytes, Source]:
        seen = self._seen.get(document_id)
        if seen is None:
            raise DocumentError(f"{document_id}: the tables keep no account of its file")
        content = self._content(seen)
        if id_of(content) != document_id:
            raise DocumentError(f"{seen.source}: the file has changed since the run; run again")
        return content, source_of(content, name=seen.source)

    @cached_property
    def _seen(self) -> Mapping[str, ListedDocument]:
        """The documents that were parsed."""
        return {seen.document_id: seen for seen in self.state.ledger.documents if seen.outcome == "parsed"}

    @cached_property
    def _origins(self) -> Mapping[str, str]:
        return read_file_paths(self.state.folder)

    def _content(self, seen: ListedDocument) -> bytes:
        path = self._path(seen)
        if seen.locator is not None:
            return read_member(path, seen.locator)
        for member in members(path, seen.file):
            if member.name == seen.source and member.content is not None:
                return member.content
        raise DocumentError(f"{seen.source}: is no longer in its archive")

    def _path(self, seen: ListedDocument) -> str:
        if self.moved is not None:
            places = (self.moved / seen.file, self.moved / Path(seen.file).name, self.moved)
            found: Callable[[Path], bool] = Path.is_file
            if (place := next(filter(found, places), None)) is None:
                raise DocumentError(f"{seen.source}: is not below {self.moved}; name the folder that the run read")
            return str(place)
        if (path := self._origins.get(seen.file)) is None:
            raise DocumentError(f"{seen.source}: where it lay is not known; name its folder with --source")
        return path

    def _kept_text(self, document_id: str) -> str | None:
        """The text that the run kept, as it does where a file is no plain text."""
        kept = self.state.rows(Text, document_id)
        return kept[0].text if kept else None
