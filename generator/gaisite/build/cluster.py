"""A crew on other machines: the agencies are mapped over the workers of a Dask scheduler, with the same bytes as here.

The workers read the content themselves, so that it must lie at the same path on all machines, on a shared disk for one.
What they hold is compared before the first task: another version or other content would give other pages.
"""

import hashlib
from collections.abc import Mapping
from concurrent.futures import Future
from pathlib import Path
from types import ModuleType
from typing import Any

from gaisite.build.agency import AgencyResult
from gaisite.build.crew import Task, build
from gaisite.build.keys import hash_code, hash_paths
from gaisite.build.project import Common
from gaisite.findings import Place, fault
from gaisite.read.places import SETTINGS

PATIENCE = 10
"""Seconds to wait for the scheduler, and then for the first of its workers."""


class ClusterPool:
    """Workers of a scheduler; each gets what all agencies share once."""

    def __init__(self, address: str, common: Common) -> None:
        """Raises ContentError where there is no scheduler, no worker, or a worker that would build something else."""
        dask = load_dask(address)
        self.broken: tuple[type[BaseException], ...] = (dask.KilledWorker,)
        self.client = join(dask, address)
        try:
            workers = await_workers(dask, self.client, address)
            compare(self.client, common)
            self.size = sum(worker["nthreads"] for worker in workers.values())
            self.common = self.client.scatter(common, broadcast=True)
            self.executor = self.client.get_executor(pure=False)
        except BaseException:
            self.shutdown()
            raise

    def submit(self, task: Task, *, render: bool) -> "Future[AgencyResult]":
        """The result to come."""
        future: Future[AgencyResult] = self.executor.submit(build_remotely, self.common, task, render)
        return future

    def shutdown(self) -> None:
        """Leave the cluster; what it has not begun is not wanted any more."""
        self.client.close(timeout=PATIENCE)


def build_remotely(common: Common, task: Task, render: bool) -> AgencyResult:
    """What comes of a task, on a worker."""
    return build(common, task, render)


def load_dask(address: str) -> ModuleType:
    """Dask's scheduler library; ContentError that names the extra where it is not installed."""
    try:
        import distributed
    except ModuleNotFoundError:
        raise fault("cluster-extra", Place(file=address)) from None
    return distributed


def join(dask: ModuleType, address: str) -> Any:
    """A client of the scheduler at an address; ContentError where none answers."""
    try:
        return dask.Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise fault("cluster-unreachable", Place(file=address), address=address, reason=str(error)[:200]) from None


def await_workers(dask: ModuleType, client: Any, address: str) -> Mapping[str, Any]:
    """The workers of the cluster by address; ContentError where none comes."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except (TimeoutError, dask.TimeoutError):
        raise fault("cluster-empty", Place(file=address), address=address) from None
    workers: Mapping[str, Any] = client.scheduler_info(n_workers=-1)["workers"]
    return workers


def compare(client: Any, common: Common) -> None:
    """ContentError that names the first worker with another gaisite, or that does not see this content."""
    here = describe(str(common.project))
    for worker, there in sorted(client.run(describe, str(common.project), on_error="return").items()):
        if not isinstance(there, tuple) or there[0] != here[0]:
            raise fault("cluster-version", Place(file=worker), worker=worker)
        if there[1] != here[1]:
            raise fault("cluster-content", Place(file=worker), worker=worker, folder=str(common.project))


def describe(project: str) -> tuple[str, str]:
    """What a machine has: the sha256 over gaisite and its libraries, and over settings, names and sizes of content."""
    settings = hash_paths([Path(project) / SETTINGS], Path(project))
    files = sorted((Path(project) / "content").rglob("*"))
    names = "\0".join(f"{path.relative_to(project)}:{path.stat().st_size}" for path in files if path.is_file())
    return hash_code(), f"{settings}:{hashlib.sha256(names.encode('utf-8', 'surrogateescape')).hexdigest()}"
