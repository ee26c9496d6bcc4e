"""Kill runs at random moments: the tables stay those of the last complete run or become those of the next."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from pipeline.archive.run import run
from tests.conftest import ROOT, SAMPLES, TABLE_NAMES
from tests.support.processes import descendants, unmeasured

pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are told by /proc")

Files = frozenset[str]
"""The names of all files of all tables; each holds the digest of the file."""


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two states of one archive; most documents are in both, but under another name, so that all are parsed anew."""
    root = tmp_path_factory.mktemp("archives")
    for state in ("one", "two"):
        (root / state).mkdir()
        for number, path in enumerate(SAMPLES * 2):
            content = path.read_bytes() + f"\n{number // len(SAMPLES)}\n".encode()
            (root / state / f"{state} {number:03d}.txt").write_bytes(content)
    return root / "one", root / "two"


@pytest.fixture(scope="module")
def complete(archives: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Files, Files]:
    """The files that a run over each archive writes."""
    found = []
    for archive in archives:
        out = tmp_path_factory.mktemp("complete")
        run([archive], out)
        found.append(files_of(out))
    assert found[0] != found[1]
    return found[0], found[1]


def files_of(out: Path) -> Files:
    return frozenset(f"{name}/{path.name}" for name in TABLE_NAMES for path in (out / name).glob("*"))


def start(archive: Path, out: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "raingan", "run", str(archive), "-o", str(out), "-j", "2", "-q"]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=unmeasured())


def kill_some(count: int, archives: tuple[Path, Path], complete: tuple[Files, Files], out: Path, seed: int) -> None:
    random = Random(seed)
    start(archives[0], out).communicate()
    assert files_of(out) == complete[0]
    state = 0
    killed = {"driver": 0, "worker": 0}
    while sum(killed.values()) < count:
        aim = random.choice(["driver", "worker"])
        with start(archives[1 - state], out) as driver:
            time.sleep(random.uniform(0.1, 3))
            workers = descendants(driver.pid)
            target = driver.pid if aim == "driver" else random.choice(workers) if workers else None
            if target is not None and driver.poll() is None:
                os.kill(target, signal.SIGKILL)
                killed[aim] += 1
            _, said = driver.communicate()
        before, found = state, files_of(out)
        assert found in complete, f"a mix after {killed}: {said.decode()}"
        state = complete.index(found)
        assert aim == "driver" or (driver.returncode, found) == (0, complete[1 - before]), said.decode()
    for archive, expected in zip(archives, complete, strict=True):
        _, said = start(archive, out).communicate()
        assert said == b""
        assert files_of(out) == expected


def test_tables_survive_a_few_kills(archives: tuple[Path, Path], complete: tuple[Files, Files], tmp_path: Path) -> None:
    kill_some(2, archives, complete, tmp_path / "out", seed=1)


@pytest.mark.slow
def test_tables_survive_a_hundred_kills(
    archives: tuple[Path, Path], complete: tuple[Files, Files], tmp_path: Path
) -> None:
    kill_some(100, archives, complete, tmp_path / "out", seed=2)
