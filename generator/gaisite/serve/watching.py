"""Watching: what tells of every file whether it was saved, compared with what told so before."""

import hashlib
import os
import stat
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from gaisite.read.folders import is_hidden
from gaisite.serve.bell import Bell

Status: TypeAlias = tuple[int, int, int, int]
"""Size, time of the last write, time of the last change of any kind, inode."""

FOLDER: Status = (0, 0, 0, 0)
TICK = 2_000_000_000
"""Nanoseconds within which two writes may leave one and the same time: two seconds on the coarsest file systems."""
LARGEST = 8 * 1024 * 1024
"""Bytes of a file whose content is looked at."""
PAUSE = 0.03
"""Seconds from one look to the next, at least."""
LONGEST = 1.0
"""The same, at most."""
SHARE = 3
"""How many times as long as a look took the pause after it lasts: large projects are looked at less often."""
MOST_NAMED = 50
"""So many paths are looked at one by one; for more, as when a branch is switched, everything is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The files under some folders at one moment."""

    taken: int
    """When the look began, in nanoseconds."""
    stamps: Mapping[str, tuple[Status, bytes]]
    """By path; beside the status the sha256 of a file that was written a moment ago, for its time may not tell."""


EMPTY = Snapshot(taken=0, stamps={})


def take_snapshot(roots: Sequence[Path], before: Snapshot = EMPTY) -> Snapshot:
    """The files under the roots now; `before` is the last look at them."""
    taken = time.time_ns()
    since = min(before.taken or taken, taken) - TICK
    stamps = {}
    for path, status in list_files(roots):
        if max(status[1], status[2]) >= since:
            stamps[path] = (status, read_fresh(path, status))
        else:
            known = before.stamps.get(path)
            stamps[path] = known if known and known[0] == status else (status, b"")
    return Snapshot(taken=taken, stamps=stamps)


def find_changes(before: Snapshot, after: Snapshot) -> tuple[str, ...]:
    """The paths that are new, gone or different, sorted."""
    old, new = before.stamps, after.stamps
    return tuple(sorted(path for path in old.keys() | new.keys() if old.get(path) != new.get(path)))


def list_files(roots: Sequence[Path]) -> Iterator[tuple[str, Status]]:
    """Every file and folder under the roots that may be somebody's content, as the read stage decides it."""
    folders = [str(root) for root in roots]
    while folders:
        for entry in list_entries(folders.pop()):
            if is_hidden(entry.name):
                continue
            if entry.is_dir():
                # What a link leads to is no content either.
                folders.extend([] if entry.is_symlink() else [entry.path])
                yield entry.path, FOLDER
            else:
                yield entry.path, read_status(entry.path)


def list_entries(folder: str) -> list[os.DirEntry[str]]:
    """What is in a folder; nothing where it has gone meanwhile or cannot be read."""
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def read_status(path: str) -> Status:
    """The status of a file, that of a folder where it has gone meanwhile or is a link to nowhere."""
    try:
        status = os.stat(path)
    except OSError:
        return FOLDER
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def read_fresh(path: str, status: Status) -> bytes:
    """The sha256 of a file that was just written; nothing where it is no file, too large, or gone."""
    try:
        if status[0] <= LARGEST and stat.S_ISREG(os.stat(path).st_mode):
            with open(path, "rb") as file:
                return hashlib.sha256(file.read()).digest()
    except OSError:
        pass
    return b""


class Watch:
    """Looks at folders again and again, and tells what has changed since the last look."""

    def __init__(self, roots: Sequence[Path], bell: Bell | None = None) -> None:
        self.roots = tuple(roots)
        self.bell = Bell(self.roots) if bell is None else bell
        self.pause = PAUSE
        self.seen = EMPTY
        self.look()

    def wait(self, stopping: threading.Event) -> tuple[str, ...]:
        """The paths that have changed once the pause is over, or as soon as the system names some."""
        named = self.bell.wait(self.pause, stopping)
        if named is None or len(named) > MOST_NAMED:
            return () if stopping.is_set() else self.look()
        return self.look_at(named)

    def look_at(self, named: Sequence[str]) -> tuple[str, ...]:
        """Those of some paths that have changed since the last look, with what lies under them."""
        begun = time.time_ns()
        stamps = dict(self.seen.stamps)
        for path in named:
            under = f"{path}{os.sep}"
            for known in [each for each in stamps if each == path or each.startswith(under)]:
                del stamps[known]
            stamps.update(stamp_path(path, self.roots))
        seen = Snapshot(taken=min(self.seen.taken, begun), stamps=stamps)
        changes = find_changes(self.seen, seen)
        self.seen = seen
        return changes

    def look(self) -> tuple[str, ...]:
        """The paths that have changed since the last look."""
        begun = time.perf_counter()
        seen = take_snapshot(self.roots, self.seen)
        changes = find_changes(self.seen, seen)
        self.seen = seen
        self.pause = self.choose_pause(time.perf_counter() - begun)
        return changes

    def choose_pause(self, took: float) -> float:
        """How long to rest after a look that took so many seconds."""
        if self.bell.rings:
            # The system tells of saves. Looking goes on for what it misses: network drives, folders made since.
            return max(LONGEST, SHARE * took)
        return min(max(PAUSE, SHARE * took), LONGEST)


def stamp_path(path: str, roots: Sequence[Path]) -> Iterator[tuple[str, tuple[Status, bytes]]]:
    """What tells of a path whether it was saved, and of what lies under it; nothing where it is nobody's content."""
    root = next((root for root in roots if Path(path).is_relative_to(root)), None)
    if root is None or any(is_hidden(part) for part in Path(path).relative_to(root).parts):
        return
    if os.path.isdir(path):
        yield path, (FOLDER, b"")
        below = () if os.path.islink(path) else list_files([Path(path)])
        yield from ((each, (status, read_fresh(each, status))) for each, status in below)
    elif os.path.lexists(path):
        status = read_status(path)
        yield path, (status, read_fresh(path, status))
