"""Another package with the name of one of raingan's: one sentence says so, whichever way raingan is used."""

import os
import subprocess
import sys
from importlib import invalidate_caches
from pathlib import Path
from types import ModuleType

import pytest

import raingan
from raingan.errors import OWN_PACKAGES, require_own_packages
from tests.conftest import PROGRESS_REPORTS, ROOT
from tests.support.processes import unmeasured

SENTENCE = (
    "raingan needs its own package {name!r}, but Python finds another one of that name in {found}; "
    "start raingan from another folder, or install it in an environment of its own"
)


def hide(folder: Path, name: str, kind: str) -> Path:
    """Write a package, a folder of modules or a module; its path."""
    path = folder / (f"{name}.py" if kind == "module" else name)
    if kind == "module":
        path.touch()
    else:
        path.mkdir()
        (path / {"package": "__init__.py", "folder": "errors.py"}[kind]).touch()
    return path


def python(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a folder whose packages come first, as with every project."""
    environment = unmeasured() | {"PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)])}
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, check=False, text=True, encoding="utf-8", timeout=60
    )


def test_raingans_own_packages_are_all_there_is() -> None:
    require_own_packages()
    assert {"raingan", *OWN_PACKAGES} == {path.parent.name for path in ROOT.glob("*/__init__.py")} | {"pipeline"}


@pytest.mark.parametrize("name", OWN_PACKAGES)
@pytest.mark.parametrize("kind", ["package", "folder", "module"])
def test_what_stands_first_on_the_path_hides_a_package(
    name: str, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = hide(tmp_path, name, kind)
    monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    invalidate_caches()
    if kind == "folder" and name != "pipeline":  # a folder without an __init__.py hides no package that has one
        require_own_packages()
        return
    with pytest.raises(raingan.Error) as caught:
        require_own_packages()
    assert str(caught.value) == SENTENCE.format(name=name, found=found)


def test_a_package_that_is_loaded_already_hides_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    other = ModuleType("schemas")
    other.__path__ = ["/elsewhere/schemas"]
    monkeypatch.setitem(sys.modules, "schemas", other)
    for call in (lambda: raingan.read(b"a"), lambda: raingan.run(".", "out"), lambda: raingan.Document):
        with pytest.raises(raingan.Error, match="'schemas', but Python finds another one of that name in /elsewhere"):
            call()


@pytest.mark.parametrize("kind", ["package", "folder", "module"])
def test_the_command_ends_with_the_sentence(kind: str, tmp_path: Path) -> None:
    found = hide(tmp_path, "pipeline", kind)
    ended = python(tmp_path, "-m", "raingan", "--version")
    assert ended.stderr == f"raingan: {SENTENCE.format(name='pipeline', found=found)}\n"
    assert (ended.returncode, ended.stdout) == (3, "")


def test_pytest_ends_with_the_sentence_where_the_option_is_given(tmp_path: Path) -> None:
    found = hide(tmp_path, "parsers", "package")
    (tmp_path / "a.txt").write_bytes(PROGRESS_REPORTS[0].read_bytes())
    ended = python(tmp_path, "-m", "pytest", "--raingan", "a.txt")
    assert ended.stderr.strip() == f"ERROR: {SENTENCE.format(name='parsers', found=found)}"
    assert ended.returncode == pytest.ExitCode.USAGE_ERROR
