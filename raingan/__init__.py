"""Turns OCR'd Thai government reports into tables: the public interface, for Python, pytest and the terminal.

`read` reads one document, `run` whole archives as the command `raingan run` does. The rest is loaded when it is used.
"""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from raingan.errors import Error, errors_explained, require_own_packages

if TYPE_CHECKING:
    from raingan.document import Document
    from raingan.finished_run import FinishedRun

    __version__: str
else:

    def __getattr__(name):
        """Load the version and the classes when they are asked for."""
        from importlib import import_module, metadata

        if name == "__version__":
            return metadata.version("raingan")
        modules = {"Document": "raingan.document", "FinishedRun": "raingan.finished_run"}
        if name not in modules:
            raise AttributeError(f"module 'raingan' has no attribute {name!r}")
        require_own_packages()
        return getattr(import_module(modules[name]), name)


__all__ = ["Document", "Error", "FinishedRun", "__version__", "read", "run"]


def read(
    document: "str | os.PathLike[str] | bytes",
    *,
    name: str | None = None,
    max_bytes: int = 64 * 2**20,
    max_pages: int = 2000,
) -> "Document":
    """Read one document of any supported kind: text, Markdown, HTML, Word, OpenDocument, or PDF with a text layer.

    A `Path` is the path of a file, and `bytes` are the content of one. A `str` with a line break, or of more than 1,000
    characters, is text; any other `str` is a path or a URL. Give a short text as `text.encode()`.

    `name` is what messages and the column `documents.source` call the document; by default the file's name. The limits
    are those of the command `raingan run`.

    Raises:
        Error: the document cannot be read, or the path is that of a folder or archive with several documents.

    """
    require_own_packages()
    from raingan.document import read_document

    with errors_explained():
        return read_document(document, name=name, max_bytes=max_bytes, max_pages=max_pages)


def run(  # noqa: PLR0913 - the options of the command
    inputs: "str | os.PathLike[str] | Sequence[str | os.PathLike[str]]",
    out: "str | os.PathLike[str]",
    *,
    max_bytes: int = 64 * 2**20,
    max_unpacked: int = 16 * 2**30,
    max_members: int = 10**5,
    max_pages: int = 2000,
    jobs: int | None = None,
    time_limit: float = 60.0,
    memory_limit: int = 2048,
    retry: Literal["failed", "none"] = "none",
    force: bool = False,
    engine: Literal["local", "ray"] = "local",
    address: str | None = None,
    shard: tuple[int, int] | None = None,
    progress: bool = False,
) -> "FinishedRun":
    """Read many documents and write their tables under `out`, as the command `raingan run` does.

    `inputs` is a file, folder, glob or URL, or a list of them. The options are those of the command, which
    `raingan run --help` describes; a part of the inputs is given as `shard=(3, 8)`. `progress` shows a progress bar in
    a terminal. A document that cannot be read does not stop the run: it is among `quarantined` of what is returned.

    Raises:
        Error: the run cannot go on, or an option is wrong; the tables in `out` are unchanged.

    """
    require_own_packages()
    from pathlib import Path

    from pipeline.archive.options import Options
    from pipeline.commands.terminal import available_cores
    from raingan.finished_run import require_sound, run_over

    options = Options(
        size_limit=max_bytes,
        unpacked_limit=max_unpacked,
        member_limit=max_members,
        page_limit=max_pages,
        time_limit=time_limit,
        memory_limit=memory_limit * 10**6,
        jobs=available_cores() if jobs is None else jobs,
        engine=engine,
        address=address,
        retry=retry == "failed",
        force=force,
        share=shard,
    )
    starts = [inputs] if isinstance(inputs, str | os.PathLike) else inputs
    with errors_explained(os.fspath(out)):
        require_sound(options, retry=retry)
        return run_over([os.fspath(start) for start in starts], Path(out), options, is_shown=progress)
