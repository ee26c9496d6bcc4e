"""The Ray engine, on a cluster of two nodes on this machine."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("ray", reason="ray is an extra, and has no release for every Python")

import ray
from ray.cluster_utils import Cluster as Nodes

from pipeline.archive.engines import RayCluster, WorkerDied
from pipeline.archive.options import Options
from pipeline.archive.run import run
from tests.conftest import SAMPLES, TABLE_NAMES
from tests.support.work_for_engines import double

pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.xdist_group("ray")]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Nodes]:
    found = Nodes(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    yield found
    ray.shutdown()
    found.shutdown()  # type: ignore[no-untyped-call]


@pytest.fixture
def second_node(cluster: Nodes) -> Iterator[Any]:
    node = cluster.add_node(num_cpus=1)
    cluster.wait_for_nodes(timeout=600)
    yield node
    if node in cluster.list_all_nodes():  # type: ignore[no-untyped-call]
        cluster.remove_node(node)


@pytest.mark.usefixtures("second_node")
def test_every_task_has_its_outcome_and_deaths_are_reported(cluster: Nodes) -> None:
    with RayCluster(cluster.address) as engine:
        assert sorted(engine([0, 1, 2, 4], double)) == [(0, 0), (1, 2), (2, 4), (4, 8)]
        ((_, result),) = engine([5], double)
        assert isinstance(result, WorkerDied)
        with pytest.raises(ValueError, match="3"):
            list(engine([3], double))


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for number, path in enumerate(SAMPLES * 2):
        (folder / f"{number:03d}.txt").write_bytes(path.read_bytes() + str(number).encode())
    (folder / "empty.txt").touch()
    return folder


def files_of(out: Path) -> dict[str, bytes]:
    return {f"{name}/{path.name}": path.read_bytes() for name in TABLE_NAMES for path in (out / name).glob("*.parquet")}


def test_a_cluster_writes_the_same_files_also_when_a_node_is_lost(
    cluster: Nodes, second_node: Any, archive: Path, tmp_path: Path
) -> None:
    run([archive], tmp_path / "here")
    lost: list[str] = []

    def lose(progress: object) -> None:
        if getattr(progress, "stage", "") == "reading" and not lost:
            lost.append("node")
            cluster.remove_node(second_node, allow_graceful=False)

    options = Options(engine="ray", address=cluster.address)
    summary = run([archive], tmp_path / "there", options=options, progress=lose)
    assert lost
    assert summary.quarantined == 1
    assert files_of(tmp_path / "there") == files_of(tmp_path / "here")
