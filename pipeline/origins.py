"""Where the files of a run lay: kept beside its ledger, and never in a table, for tables depend on documents alone."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.folders import Input
from pipeline.storage import is_remote

ORIGINS = "origins.parquet"
_SCHEMA = pa.schema([("file", pa.string()), ("path", pa.string())])


def write_origins(state: Path, listed: Iterable[Input]) -> None:
    """Keep the path of every listed file by its name, whole or not at all."""
    here = str(Path.cwd())
    rows = sorted((item.name, _absolute(item.path, here)) for item in listed)
    paths = [path.encode("utf-8", "surrogateescape").decode("utf-8", "replace") for _, path in rows]
    table = pa.table([[name for name, _ in rows], paths], schema=_SCHEMA)
    _write(table, state)


def join_origins(state: Path, parts: Iterable[Path]) -> None:
    """Keep those of several states."""
    _write(pa.concat_tables([_SCHEMA.empty_table(), *(_read(part) for part in parts)]), state)


def origins(state: Path) -> Mapping[str, str]:
    """The path of every file by its name; empty where the run kept none."""
    return dict(zip(*_read(state).to_pydict().values(), strict=True))


def _absolute(path: str, here: str) -> str:
    return path if path.startswith("/") or is_remote(path) else str(Path(here, path))


def _read(state: Path) -> pa.Table:
    path = state / ORIGINS
    return pq.ParquetFile(path).read() if path.exists() else _SCHEMA.empty_table()


def _write(table: pa.Table, state: Path) -> None:
    unfinished = state / f"{ORIGINS}.unfinished"
    pq.write_table(table, unfinished, compression="zstd")
    unfinished.replace(state / ORIGINS)
