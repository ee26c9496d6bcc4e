"""Corrected documents as samples: what the parsers should have read, for a regression test of theirs."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from pipeline.archive.corrections_file import by_document, read_corrections
from pipeline.document.corrections import NOT_APPLIED
from pipeline.document.process import process
from pipeline.sources.read import read
from pipeline.tools.compare.golden import golden_lines, golden_path, golden_rows
from pipeline.tools.explain.sources import Sources
from schemas.documents import Document


class Exported(NamedTuple):
    """A document, and its sample, or the reason why there is none."""

    source: str
    sample: Path | None
    reason: str = ""


def export_samples(sources: Sources, folder: Path) -> Iterator[Exported]:
    """Write `<form>/<document id>.txt` and its golden file for every document with corrections."""
    for document_id, corrections in by_document(read_corrections(sources.state.out)).items():
        rows = sources.state.rows(Document, document_id)
        if not rows:
            yield Exported(document_id, None, "no document of the tables; run over it first")
            continue
        document, found = rows[0], sources.find(document_id)
        if found.source is None:
            yield Exported(document.source, None, found.reason)
            continue
        suffix = PurePosixPath(document.source).suffix or ".txt"
        sample = folder / (document.form or "unknown") / f"{document_id}{suffix}"
        sample.parent.mkdir(parents=True, exist_ok=True)
        sample.write_bytes(found.content)
        golden = golden_lines(golden_rows(process(read(sample, name=sample.name), corrections=corrections)))
        if NOT_APPLIED in golden:
            sample.unlink()
            yield Exported(document.source, None, f"a correction does not hold; see the findings {NOT_APPLIED}")
            continue
        golden_path(sample).write_text(golden, encoding="utf-8")
        yield Exported(document.source, sample)
