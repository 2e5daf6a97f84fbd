"""The status of files: what tells, without reading them, that they are as they were.

A file is as it was where size, times, inode and mode are: the time of its last change can be set by nobody. One that
may have changed again within the same tick of the file system's clock is never trusted, nor is a link or a device.
"""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from gaisite.read.places import PACKAGE

TICK = 20_000_000
"""Nanoseconds: file systems count time in steps of up to 10 ms."""
WHOLE_SECOND = 1_000_000_000
COARSE_TICK = 3 * WHOLE_SECOND
"""The same where times are whole seconds, or every other one."""
COMPILED = "__pycache__"
"""What Python makes of gaisite itself, at any time."""


class FolderStatus(NamedTuple):
    """The status of what lies in one folder, not of what lies in the folders in it."""

    digest: str
    """Over names and statuses; empty where these tell nothing."""
    shape: str
    """The same without the times at which names, links and modes were changed."""
    newest: int
    """The last change of a file, in nanoseconds."""
    written: int
    """The last time that bytes of a file were written, as far as it is told."""
    files: int
    """How many files there are."""
    folders: tuple[str, ...]
    """The paths of the folders in it, by name."""

    def is_settled(self, now: int) -> bool:
        """Whether no file in it can have changed since without a trace, looked at from now on."""
        return bool(self.digest) and is_settled(self.newest, now)


@dataclass(slots=True)
class Survey:
    """The status of all files in some folders."""

    digest: str = ""
    """Empty where the status of some file tells nothing."""
    newest: int = 0
    """The last change of any of them, in nanoseconds."""
    folders: dict[str, FolderStatus] = field(default_factory=dict)
    """By path."""

    def is_settled(self, now: int) -> bool:
        """Whether no file can have changed since without a trace, looked at from now on."""
        return is_settled(self.newest, now)


def is_settled(newest: int, now: int) -> bool:
    """Whether a change in the same tick as the newest one would be in the past; times may be whole seconds."""
    return newest + (TICK if newest % WHOLE_SECOND else COARSE_TICK) < now


def survey(roots: Iterable[Path]) -> Survey:
    """The status of all files in these folders."""
    found, whole, digest = Survey(), True, hashlib.sha256()
    package = os.fspath(PACKAGE)
    for root in map(os.fspath, roots):
        waiting = [root]
        while waiting:
            path = waiting.pop()
            status = look_at_folder(path, leave_out=COMPILED if path.startswith(package) else "")
            found.folders[path] = status
            found.newest = max(found.newest, status.newest)
            whole = whole and bool(status.digest)
            digest.update(f"{path}\n{status.digest}\n".encode("utf-8", "surrogateescape"))
            waiting.extend(reversed(status.folders))
    found.digest = digest.hexdigest() if whole else ""
    return found


def look_at_folder(folder: str, leave_out: str) -> FolderStatus:
    """The status of what lies in a folder, without what has one name."""
    newest, written, told, lines, folders = 0, 0, True, [], []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if entry.name != leave_out:
                        folders.append(entry.path)
                    continue
                told = told and entry.is_file(follow_symlinks=False)
                status = entry.stat(follow_symlinks=False)
                written = max(written, status.st_mtime_ns)
                newest = max(newest, status.st_ctime_ns)
                shape = f"{status.st_size} {status.st_mtime_ns} {status.st_ino} {status.st_mode}"
                lines.append((entry.name, shape, status.st_ctime_ns))
    except OSError:
        told = False
    folders.sort()
    newest = max(newest, written)
    if not told:
        return FolderStatus("", "", newest, written, len(lines), tuple(folders))
    lines.sort()
    shape = hash_lines(f"{name}\0{shape}" for name, shape, _ in lines)
    digest = hash_lines([shape, *(str(changed) for _, _, changed in lines), *folders])
    return FolderStatus(digest, shape, newest, written, len(lines), tuple(folders))


def hash_lines(lines: Iterable[str]) -> str:
    """One hash over some lines."""
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()[:32]
