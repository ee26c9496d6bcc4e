"""A process that reads the corpus once, on one core, and says how long that took, its start-up apart.

    python -m tests.benchmarks.contestants NAME FOLDER [WARM_UP]

What it reads first, other documents than those of the corpus, is start-up: nothing that a program remembers of a
document counts for it. It is a process of its own, so that docling can live in another environment: only the standard
library is imported before the name is known.
"""

import os
import re
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from contextlib import redirect_stdout
from io import BytesIO
from pathlib import Path

from tests.benchmarks.corpus import files

Reader = Callable[[Path, Path], None]
"""Reads all files of a folder and writes what it makes of them into another one, which is empty."""


def floor() -> Reader:
    """The least that any program must do: read each file, scan it once, write one Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    pa.set_cpu_count(1)
    number = re.compile("[0-9๐-๙]++")

    def read_scan_write(folder: Path, out: Path) -> None:
        texts = [path.read_text(encoding="utf-8", errors="replace") for path in files(folder)]
        found = [len(number.findall(text)) for text in texts]
        pq.write_table(pa.table({"text": texts, "numbers": found}), out / "texts.parquet")

    return read_scan_write


def raingan() -> Reader:
    """A whole run in this process."""
    import pyarrow as pa

    from pipeline.archive.run import run

    pa.set_cpu_count(1)

    def run_once(folder: Path, out: Path) -> None:
        run([folder], out / "tables")

    return run_once


def docling() -> Reader:
    """Docling's Markdown backend on the same bytes, which needs no model for that, and nothing written."""
    from docling.datamodel.base_models import DocumentStream, InputFormat
    from docling.document_converter import DocumentConverter

    warnings.simplefilter("ignore")
    converter = DocumentConverter(allowed_formats=[InputFormat.MD])

    def convert_all(folder: Path, _out: Path) -> None:
        for path in files(folder):
            converter.convert(DocumentStream(name=f"{path.stem}.md", stream=BytesIO(path.read_bytes())))

    return convert_all


CONTESTANTS: dict[str, Callable[[], Reader]] = {"floor": floor, "raingan": raingan, "docling": docling}


def stay_on_one_core() -> None:
    """All contestants share one core, where the system can be asked for it; they never run at the same time."""
    if sys.platform == "linux":
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def seconds(read: Reader, folder: Path) -> float:
    """The processor time that a pass takes, so that what else is done on the machine counts little."""
    with tempfile.TemporaryDirectory() as out:
        start = time.process_time()
        read(folder, Path(out))
        return time.process_time() - start


def main(name: str, folder: Path, warm_up: Path | None = None) -> None:
    """Print the seconds of one pass; what a library prints meanwhile goes to stderr."""
    stay_on_one_core()
    with redirect_stdout(sys.stderr):
        read = CONTESTANTS[name]()
        if warm_up is not None:
            seconds(read, warm_up)
        taken = seconds(read, folder)
    print(taken)


if __name__ == "__main__":
    main(sys.argv[1], *map(Path, sys.argv[2:]))
