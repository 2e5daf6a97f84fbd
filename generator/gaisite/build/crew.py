"""Who builds the agencies: this process, or others beside it where there is enough to do."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import connection
from multiprocessing.context import BaseContext
from typing import Protocol

from gaisite.build.agency import AgencyResult, build_agency
from gaisite.build.pace import collect_seldom, slow_down
from gaisite.build.project import Common
from gaisite.findings import Place, fault
from gaisite.model.summary import AgencySummary
from gaisite.read.files import name_file
from gaisite.read.folders import AgencyFolder

ALONE = 25
"""So many reports are built in this process before others are started: most builds have no more that is new."""
AHEAD = 4
"""So many agencies a process may be ahead of what is written: more would only fill the memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """An agency to be built."""

    folder: AgencyFolder
    ancestors: Sequence[AgencyFolder]
    children: Sequence[AgencySummary]


class Pool(Protocol):
    """Those who build beside this process."""

    size: int
    """How many agencies they build at once."""
    broken: tuple[type[BaseException], ...]
    """What a result raises where the one who was to build it has died."""

    def submit(self, task: Task, *, render: bool) -> "Future[AgencyResult]":
        """The result to come."""

    def shutdown(self) -> None:
        """Let them go; what they have not begun is not wanted any more."""


class ProcessPool:
    """Processes on this machine."""

    broken: tuple[type[BaseException], ...] = (BrokenProcessPool,)

    def __init__(self, jobs: int, common: Common) -> None:
        self.size = jobs
        self.executor = ProcessPoolExecutor(jobs, choose_context(), initializer=take_up, initargs=(common,))

    def submit(self, task: Task, *, render: bool) -> "Future[AgencyResult]":
        """The result to come."""
        return self.executor.submit(build_in_worker, task, render)

    def shutdown(self) -> None:
        """End the processes."""
        self.executor.shutdown(cancel_futures=True)


@dataclass(slots=True, kw_only=True)
class Crew:
    """Takes tasks and gives their results; the processes are started with the first task that they are worth."""

    common: Common
    render: bool
    jobs: int
    built: int = 0
    """Reports that were taken so far."""
    pool: Pool | None = None
    """Those beside this process; None: none yet."""

    @property
    def ahead(self) -> int:
        """How many tasks may be begun before the first of them is asked for its result."""
        return self.pool.size * AHEAD if self.pool is not None else 0

    def begin(self, task: Task) -> "Future[AgencyResult]":
        """The result to come; built at once where this process is alone."""
        self.built += len(task.folder.years)
        if self.pool is None and self.jobs > 1 and self.built > ALONE:
            self.pool = ProcessPool(self.jobs, self.common)
        if self.pool is not None:
            return self.pool.submit(task, render=self.render)
        future: Future[AgencyResult] = Future()
        future.set_result(build(self.common, task, self.render))
        return future

    def finish(self, task: Task, future: "Future[AgencyResult]") -> AgencyResult:
        """The result; ContentError that names the agency where its process died."""
        broken = self.pool.broken if self.pool is not None else ()
        try:
            return future.result()
        except broken:
            place = Place(file=name_file(task.folder.path, self.common.project))
            raise fault("build-worker-died", place, agency=task.folder.id) from None

    def close(self) -> None:
        """Let the others go."""
        if self.pool is not None:
            self.pool.shutdown()


@contextmanager
def gather_crew(common: Common, *, render: bool, jobs: int, pool: Pool | None = None) -> Iterator[Crew]:
    """A crew for the length of a build; those of a `pool` build everything."""
    crew = Crew(common=common, render=render, jobs=jobs, pool=pool)
    try:
        with collect_seldom():
            yield crew
    finally:
        crew.close()


def count_processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def choose_context() -> BaseContext:
    """How processes are started: copies of this one where it has no other thread whose locks they would inherit."""
    forks = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if forks else "spawn")


def build(common: Common, task: Task, render: bool) -> AgencyResult:
    """What comes of a task."""
    return build_agency(common, task.folder, task.ancestors, task.children, render=render)


shared: list[Common] = []
"""In a process of the crew: what all agencies share."""


def take_up(common: Common) -> None:
    """Begin to work in a process of the crew: Ctrl-C is for the build itself, whose end is the end of this process."""
    shared[:] = [common]
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_build, daemon=True).start()
    slow_down()


def end_with_build() -> None:
    """Wait until the build that started this process is gone, then go too: one that was killed cannot say so."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def build_in_worker(task: Task, render: bool) -> AgencyResult:
    """What comes of a task, in a process of the crew."""
    return build(shared[0], task, render)
