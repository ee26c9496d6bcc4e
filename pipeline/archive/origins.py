"""Where the files of a run lay: kept beside its ledger, and never in a table, for tables depend on documents alone."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.archive.ledger import ROWS_AT_ONCE
from pipeline.sources.folders import Input
from pipeline.sources.storage import is_remote

ORIGINS = "origins.parquet"
_SCHEMA = pa.schema([("file", pa.string()), ("path", pa.string())])


def write_origins(state: Path, listed: Iterable[Input]) -> None:
    """Keep the path of every listed file by its name, whole or not at all."""
    here, inputs = str(Path.cwd()), iter(listed)
    with _writer(state) as file:
        while some := list(islice(inputs, ROWS_AT_ONCE)):
            paths = [_absolute(item.path, here).encode("utf-8", "surrogateescape") for item in some]
            columns = [[item.name for item in some], [path.decode("utf-8", "replace") for path in paths]]
            file.write_table(pa.table(columns, schema=_SCHEMA))


def join_origins(state: Path, parts: Iterable[Path]) -> None:
    """Keep those of several states."""
    with _writer(state) as file:
        for part in parts:
            for some in _read(part):
                file.write_batch(some)


def origins(state: Path) -> Mapping[str, str]:
    """The path of every file by its name; empty where the run kept none."""
    return {name: path for some in _read(state) for name, path in zip(*some.to_pydict().values(), strict=True)}


def _absolute(path: str, here: str) -> str:
    return path if path.startswith("/") or is_remote(path) else str(Path(here, path))


def _read(state: Path) -> Iterator[pa.RecordBatch]:
    path = state / ORIGINS
    if path.exists():
        with pq.ParquetFile(path) as file:
            yield from file.iter_batches(ROWS_AT_ONCE, use_threads=False)


@contextmanager
def _writer(state: Path) -> Iterator[pq.ParquetWriter]:
    unfinished = state / f"{ORIGINS}.unfinished"
    with pq.ParquetWriter(unfinished, _SCHEMA, compression="zstd") as file:
        yield file
    unfinished.replace(state / ORIGINS)
