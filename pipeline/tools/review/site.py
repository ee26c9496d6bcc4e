"""The pages of the review site as text, made from the tables; and all of them written to a folder."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from pipeline.archive.corrections_file import by_document, read_corrections
from pipeline.archive.dispatch import run_tasks
from pipeline.archive.engines import Engine
from pipeline.archive.options import Progress, ProgressCallback
from pipeline.document.corrections import Correction
from pipeline.tools.output_tables import RunTables
from pipeline.tools.review.charts import overview
from pipeline.tools.review.document_page import document_page
from pipeline.tools.source_files import SourceFiles
from schemas.documents import DocumentRow
from schemas.evidence import Evidence
from schemas.findings import CODES, Finding
from schemas.projects import Project
from schemas.report_groups import ReportGroup

ASSETS = ("icon.svg", "review.css", "review.js", "index.js", "document.js")
WORDS = "words.js"
COLUMNS = (
    ("file", "file"),
    ("form", "word"),
    ("year", "word"),
    ("status", "word"),
    ("coverage", "number"),
    ("errors", "number"),
    ("warnings", "number"),
    ("confidence", "number"),
    ("corrections", "number"),
)
"""The columns of the index and their style."""
PAGES_AT_ONCE = 64
"""Pages that one task writes."""
_PREFIX = re.compile(r"\A[a-z_]+\.")


class IndexRow(NamedTuple):
    """A document in the index; the fields are in the order of the page's script."""

    document_id: str
    source: str
    form: str
    fiscal_year_be: int | None
    status: str
    text_coverage: float | None
    projects: int
    name: str
    """The name of its first project."""
    agency: str
    errors: int
    warnings: int
    infos: int
    codes: tuple[str, ...]
    lowest_confidence: float | None
    corrections: int


@dataclass(frozen=True)
class Site:
    """The pages of one output folder; with `token`, corrections may be sent from them."""

    out: Path
    moved: Path | None = None
    token: str = ""

    @cached_property
    def sources(self) -> SourceFiles:
        """The source files."""
        return SourceFiles(RunTables(self.out), self.moved)

    @cached_property
    def corrections(self) -> list[Correction]:
        """All corrections."""
        return read_corrections(self.out)

    @cached_property
    def documents(self) -> list[IndexRow]:
        """All documents of the tables."""
        return index_rows(self.sources.run, self.corrections)

    def index(self) -> str:
        """The page that lists all documents."""
        rows = [IndexRow._fields, self.documents]
        return self._page("index.html", here="index", columns=COLUMNS, documents=self.documents, rows=rows)

    def overview(self) -> str:
        """The page about the whole run."""
        return self._page("overview.html", here="overview", run=overview(self.sources.run), codes=CODES)

    def document(self, document_id: str) -> str | None:
        """The page of a document; None if there is none."""
        page = document_page(self.sources, document_id, self._corrections.get(document_id, ()))
        if page is None:
            return None
        same_reports = self._same_reports.get(document_id, ())
        return self._page("document.html", "../", page=page, out=str(self.out), same_reports=same_reports)

    @cached_property
    def _corrections(self) -> Mapping[str, Sequence[Correction]]:
        return by_document(self.corrections)

    @cached_property
    def _same_reports(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        """For each document, the others that hold the same report."""
        names = {row.document_id: row.source for row in self.documents}
        groups: dict[str, list[str]] = {}
        for row in self.sources.run.columns(ReportGroup, "group_id", "document_id").to_pylist():
            groups.setdefault(row["group_id"], []).append(row["document_id"])
        others: dict[str, list[tuple[str, str]]] = {}
        for members in groups.values():
            for document_id in members:
                same = ((member, names[member]) for member in members if member != document_id)
                others.setdefault(document_id, []).extend(same)
        return others

    def _page(self, template: str, root: str = "", here: str = "", **variables: object) -> str:
        return _environment().get_template(template).render(root=root, here=here, token=self.token, **variables)


def asset(name: str) -> bytes | None:
    """A file that pages load."""
    if name == WORDS:
        return f"const WORDS = {json.dumps(_words(), ensure_ascii=False)};\n".encode()
    return (files("pipeline.tools.review") / "assets" / name).read_bytes() if name in ASSETS else None


@dataclass(frozen=True, slots=True)
class _PageTask:
    """Pages for a worker to write, on this machine or another."""

    out: Path
    moved: Path | None
    folder: Path
    document_ids: tuple[str, ...]
    call: str
    """Identifies one call; the next one may find other tables in the same folder."""


def write_site(site: Site, folder: Path, engine: Engine, report: ProgressCallback) -> int:
    """Write all pages and their assets to a folder; returns the number of documents."""
    for name in ("assets", "documents"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for name in (*ASSETS, WORDS):
        (folder / "assets" / name).write_bytes(asset(name) or b"")
    _write(folder / "index.html", site.index())
    _write(folder / "overview.html", site.overview())
    ids = sorted({one.document_id for one in site.documents})
    for path in (folder / "documents").glob("*.html"):
        if path.stem not in set(ids):
            path.unlink()
    done = 0
    parts = (tuple(ids[start : start + PAGES_AT_ONCE]) for start in range(0, len(ids), PAGES_AT_ONCE))
    call = uuid4().hex
    tasks = (_PageTask(site.out, site.moved, folder, part, call) for part in parts)
    for task, _ in run_tasks(tasks, _write_documents, engine):
        done += len(task.document_ids)
        report(Progress("pages", done, len(ids)))
    return done


def _write_documents(task: _PageTask) -> None:
    site = _site(task.out, task.moved, task.call)
    for document_id in task.document_ids:
        if (page := site.document(document_id)) is not None:
            _write(task.folder / "documents" / f"{document_id}.html", page)


@lru_cache(maxsize=1)
def _site(out: Path, moved: Path | None, call: str) -> Site:  # noqa: ARG001 - it tells calls apart
    """The site for all tasks of a call that one process works on."""
    return Site(out, moved)


def _write(path: Path, page: str) -> None:
    path.write_text(page, encoding="utf-8", newline="")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("pipeline.tools.review"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    environment.globals["words"] = word
    environment.filters["source_text"] = source_text
    return environment


def source_text(text: str) -> Markup:
    r"""Source text for a page, so that browsers show the same characters.

    Browsers read a bare carriage return as a line feed, and cannot show a NUL: a symbol replaces it.

    >>> source_text("<b>\r\n\0")
    Markup('&lt;b&gt;&#13;\n␀')
    """
    return escape(text).replace("\r", Markup("&#13;")).replace("\0", "␀")


def word(key: str) -> str:
    """The English text of a key; for a column or code without one, its name.

    >>> word("index"), word("column.budget_spent_baht"), word("column.new_kind_baht")
    ('Documents', 'spent', 'new kind baht')
    """
    translations = _words().get(key)
    return translations[0] if translations else _PREFIX.sub("", key).replace("_", " ")


@cache
def _words() -> dict[str, list[str]]:
    words: dict[str, list[str]] = json.loads(
        (files("pipeline.tools.review") / "words.json").read_text(encoding="utf-8")
    )
    return words


def index_rows(run: RunTables, corrections: Iterable[Correction] = ()) -> list[IndexRow]:
    """Every document with what reviewers sort and filter by, in order of name."""
    findings: dict[str, Counter[str]] = {}
    for row in run.columns(Finding, "document_id", "code").to_pylist():
        findings.setdefault(row["document_id"], Counter())[row["code"]] += 1
    projects: dict[str, list[tuple[str, str]]] = {}
    for row in run.columns(Project, "document_id", "project_name", "agency").to_pylist():
        projects.setdefault(row["document_id"], []).append((row["project_name"] or "", row["agency"] or ""))
    lowest = _lowest_confidence(run)
    corrected = Counter(one.document_id for one in corrections)
    names = ("document_id", "source", "form", "fiscal_year_be", "status", "text_coverage")
    rows = []
    for row in run.columns(DocumentRow, *names).to_pylist():
        document_id = row["document_id"]
        codes = findings.get(document_id, Counter())
        of_document = projects.get(document_id, [])
        by_severity = Counter(CODES[code].severity if code in CODES else "info" for code in codes.elements())
        rows.append(
            IndexRow(
                document_id,
                row["source"],
                row["form"] or "",
                row["fiscal_year_be"],
                row["status"],
                row["text_coverage"],
                len(of_document),
                *(of_document[0] if of_document else ("", "")),
                by_severity["error"],
                by_severity["warning"],
                by_severity["info"],
                tuple(sorted(codes)),
                lowest.get(document_id),
                corrected[document_id],
            )
        )
    return sorted(rows, key=lambda one: one.source)


def _lowest_confidence(run: RunTables) -> dict[str, float]:
    """The lowest confidence of a value in each document."""
    least = (
        run.columns(Evidence, "document_id", "confidence").group_by("document_id").aggregate([("confidence", "min")])
    )
    return dict(zip(least["document_id"].to_pylist(), least["confidence_min"].to_pylist(), strict=True))
