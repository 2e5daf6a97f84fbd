"""Doing what a plan says, in its order, so that whatever stops it leaves a site that works and can be gone on with."""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypeVar

from gaisite.publish.hosts import Host, HostError
from gaisite.publish.plan import Plan, Upload
from gaisite.publish.states import State, write_state

OFTEN = 50
"""After so many files the list on the host is brought up to date."""
WAITS = (0.5, 2.0)
"""Seconds before the second and the third attempt."""

Item = TypeVar("Item", Upload, str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How to go about it."""

    progress: Callable[[int, int, str], None] = lambda done, total, path: None
    """Told after each file: how many of how many, and its path."""
    waits: Sequence[float] = WAITS
    sleep: Callable[[float], None] = time.sleep


@dataclass(slots=True)
class Execution:
    """One plan on its way: what the host is known to hold, and what may be there."""

    plan: Plan
    host: Host
    manner: Manner
    files: dict[str, str]
    pending: set[str]
    done: int = 0
    uploaded: list[str] = field(default_factory=list)
    """The paths that were put there."""
    since: int = 0
    """Files done since the list was kept."""

    def run(self) -> None:
        """All of it; HostError where the host fails: after an upload that did, nothing is deleted."""
        self.note()
        try:
            for uploads in self.plan.by_stage():
                self.insist(uploads, self.host.send, self.take)
                self.note()
            if self.plan.deletions:
                self.pending.update(self.plan.deletions)
                self.note()
                self.insist(self.plan.deletions, self.host.remove, self.drop)
        except HostError:
            # What came through need not be sent again; if the host takes not even this, some of it will be.
            with suppress(HostError):
                self.note()
            raise
        self.note()
        self.repeat(self.host.conclude)

    def insist(
        self, items: Sequence[Item], act: Callable[[Sequence[Item]], Iterator[Item]], done: Callable[[Item], None]
    ) -> None:
        """Do something with all items; those that fail are tried again after a while."""
        left = deque(items)

        def go_on() -> None:
            for item in act(tuple(left)):
                left.popleft()
                done(item)

        self.repeat(go_on)

    def repeat(self, act: Callable[[], None]) -> None:
        """Do something; after a failure once more, unless that is of no use."""
        for wait in self.manner.waits:
            try:
                act()
            except HostError as error:
                if error.lasting:
                    raise
                self.manner.sleep(wait)
            else:
                return
        act()

    def take(self, upload: Upload) -> None:
        """A file is there."""
        self.files[upload.path] = upload.digest
        self.pending.discard(upload.path)
        self.uploaded.append(upload.path)
        self.count(upload.path)

    def drop(self, path: str) -> None:
        """A file is gone."""
        self.files.pop(path, None)
        self.pending.discard(path)
        self.count(path)

    def count(self, path: str) -> None:
        """Tell of progress, and keep the list now and then."""
        self.done += 1
        self.since += 1
        self.manner.progress(self.done, len(self.plan.uploads) + len(self.plan.deletions), path)
        if self.since >= OFTEN:
            self.note()

    def note(self) -> None:
        """Keep on the host what is known to be there; what is about to change is named before it does."""
        retired = [path for path in self.plan.retired if path in self.files]
        state = State(files=self.files, pending=frozenset(self.pending), retired=frozenset(retired))
        self.repeat(lambda: self.host.keep(write_state(state)))
        self.since = 0


def begin_execution(plan: Plan, host: Host, remote: State, manner: Manner) -> Execution:
    """A plan that is about to be carried out."""
    return Execution(
        plan=plan,
        host=host,
        manner=manner,
        files=dict(remote.files),
        pending={*remote.pending, *list_paths(plan.uploads)},
    )


def list_paths(uploads: Iterable[Upload]) -> Iterator[str]:
    """The paths of uploads."""
    return (upload.path for upload in uploads)
