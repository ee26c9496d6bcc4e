"""The wheel in an environment of its own, beside a project that has a package `pipeline` too."""

import json
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.conftest import PROGRESS_REPORTS, ROOT
from tests.support.processes import unmeasured

SAMPLE = PROGRESS_REPORTS[0]
PYTEST = "import sys, pytest\nsys.exit(pytest.console_main())\n"
TEST = """
from pipeline import etl

def test_the_pipeline_is_that_of_the_project():
    assert etl.OWNER == "project"
"""
READ = f"""
import raingan

document = raingan.read({str(SAMPLE)!r})
print(document.pandas("projects")["budget_received_baht"][0], raingan.__file__)
"""


@dataclass(frozen=True)
class Environment:
    """A virtual environment with the wheel in it; what the wheel needs is found where the tests run."""

    folder: Path

    def call(self, cwd: Path, *command: str) -> subprocess.CompletedProcess[str]:
        variables = {name: value for name, value in unmeasured().items() if not name.startswith(("PYTHON", "PYTEST"))}
        return subprocess.run(
            [self.folder / "bin" / command[0], *command[1:]],
            cwd=cwd,
            env=variables | {"PYTHONUTF8": "1"},
            capture_output=True,
            check=False,
            text=True,
            encoding="utf-8",
            timeout=120,
        )


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    folder, built = tmp_path_factory.mktemp("environment"), tmp_path_factory.mktemp("built")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(built)]
    subprocess.run(build, cwd=ROOT, env=unmeasured(), capture_output=True, check=True, timeout=120)
    (wheel,) = built.glob("*.whl")
    venv.create(folder, with_pip=False, symlinks=True)
    install = [sys.executable, "-m", "pip", "--python", str(folder), "install", "-q", "--no-deps", "--no-index"]
    subprocess.run([*install, str(wheel)], env=unmeasured(), capture_output=True, check=True, timeout=120)
    (packages,) = folder.glob("lib/python*/site-packages")
    # A folder named in a .pth file is searched, but its own .pth files, the editable install among them, are not read.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    (folder / "bin" / "pytest").write_text(f"#!{folder / 'bin' / 'python'}\n{PYTEST}", encoding="utf-8")
    (folder / "bin" / "pytest").chmod(0o755)
    return Environment(folder)


@pytest.fixture(params=["package", "folder"])
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A project whose `pipeline` is a package, or a folder without an `__init__.py`, and its test."""
    folder = tmp_path / "project"
    files = {"pipeline/etl.py": 'OWNER = "project"\n', "pipeline/errors.py": "", "tests/test_etl.py": TEST}
    files |= {"pipeline/__init__.py": ""} if request.param == "package" else {}
    for path, content in (files | {"conftest.py": ""}).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, encoding="utf-8")
    return folder


def test_the_wheel_holds_our_packages_with_their_types_and_nothing_else(environment: Environment) -> None:
    (packages,) = environment.folder.glob("lib/python*/site-packages")
    named = {path.name for path in packages.iterdir() if path.is_dir() and not path.name.endswith(".dist-info")}
    assert named == {"raingan", "pipeline", "parsers", "schemas", "normalizers"}
    assert all((packages / name / "py.typed").exists() for name in named)


def test_the_projects_own_tests_pass_however_pytest_is_started(environment: Environment, project: Path) -> None:
    for command in (["python", "-m", "pytest", "-q"], ["pytest", "-q"]):
        ended = environment.call(project, *command, "-p", "no:cacheprovider")
        assert ended.returncode == 0, ended.stdout + ended.stderr
        assert "1 passed" in ended.stdout


def test_inside_the_project_the_command_works_and_python_m_says_what_hides_it(
    environment: Environment, project: Path
) -> None:
    ended = environment.call(project, "raingan", "run", str(SAMPLE), "-o", "out", "-q", "-j", "1")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    assert json.loads((project / "out" / "run.json").read_text(encoding="utf-8"))["parsed"] == 1
    ended = environment.call(project, "python", "-m", "raingan", "--version")
    assert (ended.returncode, ended.stdout) == (3, "")
    (sentence,) = ended.stderr.splitlines()
    assert sentence.startswith("raingan: raingan needs its own package 'pipeline', but Python finds another one")
    assert f" in {project / 'pipeline'}; start raingan from another folder" in sentence


def test_elsewhere_the_command_and_the_interface_work(environment: Environment, tmp_path: Path) -> None:
    assert environment.call(tmp_path, "raingan", "--version").stdout == f"raingan {version('raingan')}\n"
    ended = environment.call(tmp_path, "raingan", "run", str(SAMPLE), "-o", "out", "-q", "-j", "0")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert pq.read_table(tmp_path / "out" / "report_entries").num_rows == 3
    ended = environment.call(tmp_path, "python", "-c", READ)
    assert ended.stdout.split() == ["1860000.00", str(next(environment.folder.glob("lib/*/*/raingan/__init__.py")))]
    ended = environment.call(tmp_path, "pytest", "-q", "-p", "no:cacheprovider", "--raingan", str(SAMPLE))
    assert "1 passed" in ended.stdout, ended.stdout + ended.stderr
