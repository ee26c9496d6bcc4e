"""What commands load, each in a process of its own: little before a command runs, and nothing that it does not need."""

import subprocess
import sys
from pathlib import Path

from tests.conftest import PROGRESS_REPORTS, ROOT


def loaded(script: str, heavy: str) -> list[str]:
    """Which of some libraries are there when the script has ended."""
    told = f"\nprint(*[name for name in {heavy.split()} if name in sys.modules])"
    command = [sys.executable, "-c", f"import sys\n{script}{told}"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, timeout=600)
    return result.stdout.decode().splitlines()[-1].split()


def test_the_command_loads_little_before_it_runs() -> None:
    heavy = "pandas pyarrow pydantic rich pythainlp rapidfuzz regex numpy lxml pypdfium2"
    assert loaded("import pipeline.commands.cli", heavy) == []


def test_a_command_loads_no_other_command() -> None:
    script = "from pipeline.commands.cli import app\ntry:\n    app(['run', '--help'])\nexcept SystemExit: pass"
    commands = "run merge check golden diff explain correct review findings schema export".split()
    modules = [f"pipeline.commands.{name}" for name in commands]
    assert loaded(script, " ".join(modules)) == ["pipeline.commands.run"]


def test_the_script_loads_nothing_until_it_is_called() -> None:
    assert loaded("import raingan.__main__", "typer pipeline pyarrow") == []


def test_a_quiet_run_loads_no_rich(tmp_path: Path) -> None:
    command = ["run", str(PROGRESS_REPORTS[0]), "-o", str(tmp_path), "-j", "0", "-q"]
    script = f"from pipeline.commands.cli import app\ntry:\n    app({command})\nexcept SystemExit: pass"
    assert loaded(script, "rich") == []


def test_the_help_loads_little() -> None:
    script = "from pipeline.commands.cli import app\ntry:\n    app(['--help'])\nexcept SystemExit: pass"
    assert loaded(script, "pandas pyarrow pydantic pythainlp rapidfuzz numpy lxml pypdfium2") == []


def test_a_run_over_plain_text_loads_no_other_reader_or_dictionary(tmp_path: Path) -> None:
    paths = f"[Path({str(PROGRESS_REPORTS[0])!r})], Path({str(tmp_path)!r})"
    script = f"from pathlib import Path\nfrom pipeline.archive.run import run\nrun({paths})"
    assert loaded(script, "pandas pythainlp pyarrow.dataset lxml pypdfium2 fsspec jinja2") == []


def test_the_command_runs_without_numpy_and_without_joins_for_one_document(tmp_path: Path) -> None:
    command = ["run", str(PROGRESS_REPORTS[0]), "-o", str(tmp_path), "-j", "0", "-q"]
    script = f"from pipeline.commands.cli import app\ntry:\n    app({command})\nexcept SystemExit: pass"
    assert loaded(script, "numpy pandas pyarrow.compute pyarrow.acero asyncio") == []
    assert (tmp_path / "run.json").exists()


def test_a_command_over_several_documents_compares_them_without_numpy(tmp_path: Path) -> None:
    command = ["run", *map(str, PROGRESS_REPORTS[:2]), "-o", str(tmp_path), "-q"]
    script = f"from pipeline.commands.cli import app\ntry:\n    app({command})\nexcept SystemExit: pass"
    assert loaded(script, "numpy pandas pyarrow.compute") == ["pyarrow.compute"]


def test_who_has_arrow_already_keeps_numpy() -> None:
    script = "import pyarrow\nfrom pipeline.startup import without_array_libraries"
    script += "\nwith without_array_libraries(): import numpy, pandas"
    assert loaded(script, "numpy pandas") == ["numpy", "pandas"]


def test_loaded_modules_are_reported() -> None:
    assert loaded("import json, lxml", "pandas lxml") == ["lxml"]
