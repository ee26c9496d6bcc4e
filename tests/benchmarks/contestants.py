"""One process that reads the whole corpus once for every line it is told, on one core, its start-up apart.

    python -m tests.benchmarks.contestants NAME FOLDER

It says `ready` after a first pass that is not counted, and then the seconds of each pass. It is a process of its own,
so that docling can live in another environment: only the standard library is imported before the name is known.
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

Contestant = Callable[[Path], Callable[[], None]]


def floor(folder: Path) -> Callable[[], None]:
    """The least that any program must do: read each file, scan it once, write one Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    pa.set_cpu_count(1)
    number = re.compile("[0-9๐-๙]++")

    def read_scan_write() -> None:
        texts = [path.read_text(encoding="utf-8", errors="replace") for path in files(folder)]
        found = [len(number.findall(text)) for text in texts]
        with tempfile.TemporaryDirectory() as out:
            pq.write_table(pa.table({"text": texts, "numbers": found}), Path(out) / "texts.parquet")

    return read_scan_write


def raingan(folder: Path) -> Callable[[], None]:
    """A whole run in this process, into a folder that is new each time, so that nothing is reused."""
    import pyarrow as pa

    from pipeline.run import run

    pa.set_cpu_count(1)

    def run_once() -> None:
        with tempfile.TemporaryDirectory() as out:
            run([folder], Path(out) / "tables")

    return run_once


def docling(folder: Path) -> Callable[[], None]:
    """Docling's Markdown backend on the same bytes; it needs no model for that."""
    from docling.datamodel.base_models import DocumentStream, InputFormat
    from docling.document_converter import DocumentConverter

    warnings.simplefilter("ignore")
    converter = DocumentConverter(allowed_formats=[InputFormat.MD])

    def convert_all() -> None:
        for path in files(folder):
            converter.convert(DocumentStream(name=f"{path.stem}.md", stream=BytesIO(path.read_bytes())))

    return convert_all


CONTESTANTS: dict[str, Contestant] = {"floor": floor, "raingan": raingan, "docling": docling}


def stay_on_one_core() -> None:
    """All contestants share one core, where the system can be asked for it; they never run at the same time."""
    if sys.platform == "linux":
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def seconds(work: Callable[[], None]) -> float:
    """How long the work takes by the clock on the wall."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main(name: str, folder: Path) -> None:
    """Answer each line read with the seconds of one more pass; what a library prints meanwhile goes to stderr."""
    stay_on_one_core()
    answers = sys.stdout
    with redirect_stdout(sys.stderr):
        read_all = CONTESTANTS[name](folder)
        read_all()
        print("ready", file=answers, flush=True)
        for _ in sys.stdin:
            print(seconds(read_all), file=answers, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
