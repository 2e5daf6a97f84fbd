"""One build at a time: a lock that the system takes back when the process dies, however it dies."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from gaisite.findings import Place, fault
from gaisite.write.faults import shown_path, unwritable
from gaisite.write.files import make_folder
from gaisite.write.folders import clear_leftovers, locate_site, lock_path

_held: set[int] = set()
"""Descriptors of the locks that this process holds."""


@dataclass(frozen=True, slots=True)
class Lock:
    """That this process alone writes a site, for as long as `lock_site` lasts."""

    site: Path
    """The real folder."""


@contextmanager
def lock_site(site: Path) -> Iterator[Lock]:
    """Hold the site's lock and clear what dead builds left; a fault names the process that holds it already."""
    place = locate_site(site)
    path = lock_path(place)
    with unwritable(site):
        make_folder(path.parent)
        descriptor = _open_lock(path, site)
    try:
        with unwritable(site):
            clear_leftovers(place)
        yield Lock(place)
    finally:
        _release(descriptor, path)


def _open_lock(path: Path, site: Path) -> int:
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        _held.add(descriptor)
        if not _try_lock(descriptor):
            holder = os.read(descriptor, 32).decode("ascii", "replace").strip()
            _close(descriptor)
            raise fault("output-locked", Place(file=shown_path(site)), folder=shown_path(site), pid=holder or "?")
        if _is_still_there(descriptor, path):
            # Only for the message: on a full disk the lock holds all the same.
            with suppress(OSError):
                os.truncate(descriptor, 0)
                os.write(descriptor, f"{os.getpid()}\n".encode("ascii"))
            return descriptor
        # Whoever held it has removed the file since we opened it: what we have locked is no longer the lock.
        _close(descriptor)


def _release(descriptor: int, path: Path) -> None:
    if descriptor not in _held:
        return
    with suppress(OSError):
        path.unlink()
    _close(descriptor)


def _close(descriptor: int) -> None:
    _held.discard(descriptor)
    os.close(descriptor)


def _is_still_there(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(path))
    except FileNotFoundError:
        return False


if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        # Far behind the process id, which another process must be able to read.
        os.lseek(descriptor, 1 << 30, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _forget_held() -> None:
        while _held:
            os.close(_held.pop())

    # A forked worker shares the lock: outliving a killed build, it would keep everyone out for good.
    os.register_at_fork(after_in_child=_forget_held)
