"""A copy of the tables of a run in another format, at its place whole or not at all."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.errors import ExportError
from pipeline.tools.export.persons import without_persons
from pipeline.tools.export.tables import Tables, tables_under


def export(out: Path, to: Path, *, as_format: str, with_persons: bool = True) -> list[str]:
    """Write the tables under a folder to another place, and return what that has no room for.

    Without persons what personal columns hold is masked wherever it stands.

    Raises:
        ExportError: no run wrote tables there, the place is taken, or a library is missing.
        OSError: the place cannot be written.

    """
    tables = tables_under(out) if with_persons else without_persons(tables_under(out))
    if to.exists():
        raise ExportError(f"{to} is there already; remove it, or choose another place")
    to.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=to.parent, prefix=f".{to.name}.") as folder:
        unfinished = Path(folder) / to.name
        told = _writer(as_format)(tables, unfinished)
        unfinished.rename(to)
    return told


def _writer(as_format: str) -> Callable[[Tables, Path], list[str]]:
    """What writes a format; only its own library is loaded."""
    try:
        if as_format == "xlsx":
            from pipeline.tools.export.excel_file import write_excel

            return write_excel
        if as_format == "duckdb":
            from pipeline.tools.export.duckdb_file import write_duckdb

            return write_duckdb
    except ImportError as error:
        raise ExportError(f"--format {as_format} needs {error.name}: pip install 'raingan[export]'") from error
    from pipeline.tools.export.csv_files import write_csv

    return write_csv
