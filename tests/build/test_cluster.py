"""Workers of a Dask scheduler build what this process builds: the same bytes, the same findings, and no death unnoticed."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from gaisite.build import BuildOptions, build_site, check_site, cluster
from tests.build.portals import FIGURES_2021, build, make_portal, read_tree
from tests.publish.servers import await_port, find_port

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("cluster")]
ROOT = Path(__file__).parents[2]
AGENCIES = 6


@contextmanager
def run_dask(*command: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A scheduler or a worker, quiet, for the length of a test."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "generator"), str(ROOT)))}
    process = subprocess.Popen(
        [sys.executable, "-m", *command], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a scheduler without workers."""
    port = find_port()
    options = ("--host", "127.0.0.1", "--port", str(port), "--no-dashboard", "--no-show")
    with run_dask("distributed.cli.dask_scheduler", *options):
        await_port(port)
        yield f"tcp://127.0.0.1:{port}"


@pytest.fixture
def workers(scheduler: str, tmp_path: Path) -> Iterator[str]:
    """The address of a scheduler with two workers, each a process."""
    options = ("--nworkers", "2", "--nthreads", "1", "--no-dashboard", "--local-directory", str(tmp_path / "dask"))
    with run_dask("distributed.cli.dask_worker", scheduler, *options):
        yield scheduler


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    """Six agencies below the office, each with a report that lacks its narrative: so each has findings of its own."""
    files = {f"content/office/part-{number}/agency.yaml": f"name: 第{number}科\n" for number in range(AGENCIES)}
    files |= {f"content/office/part-{number}/2021/figures.yaml": FIGURES_2021 for number in range(AGENCIES)}
    return make_portal(tmp_path / "project", files)


def find(project: Path, address: str) -> list[tuple[str, str]]:
    result = check_site(BuildOptions(project=project, cluster=address))
    return [(finding.check, finding.place.file) for finding in result.findings]


def test_workers_give_the_same_bytes_and_the_same_findings(workers: str, portal: Path) -> None:
    assert find(portal, workers) == find(portal, "")
    for number in range(AGENCIES):
        (portal / f"content/office/part-{number}/2021/figures.yaml").unlink()
        (portal / f"content/office/part-{number}/2021").rmdir()
    build(portal, jobs=1)
    here = read_tree(portal / "site")
    there = build_site(BuildOptions(project=portal, cluster=workers, output=portal.parent / "there", full=True))
    assert there.findings == ()
    assert read_tree(portal.parent / "there") == here
    assert there.rendered == AGENCIES + 1


def test_worker_that_dies_is_an_error_that_names_the_agency(
    workers: str, portal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster.ClusterPool, "submit", lambda self, *_, **__: self.executor.submit(os._exit, 9))
    assert "build-worker-died" in [check for check, _ in find(portal, workers)]


def test_scheduler_without_workers_is_told(scheduler: str, portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    assert find(portal, scheduler) == [("cluster-empty", scheduler)]


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nowhere", "ftp://a"])
def test_scheduler_that_does_not_answer_is_told(address: str, portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    assert find(portal, address) == [("cluster-unreachable", address)]


def test_missing_extra_is_told(portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert find(portal, "tcp://127.0.0.1:9") == [("cluster-extra", "tcp://127.0.0.1:9")]


@pytest.mark.parametrize(("part", "check"), [("hash_code", "cluster-version"), ("hash_paths", "cluster-content")])
def test_worker_that_would_build_something_else_is_named(
    part: str, check: str, workers: str, portal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, part, lambda *_: "another")
    ((found, worker),) = find(portal, workers)
    assert found == check
    assert worker.startswith("tcp://127.0.0.1:")
