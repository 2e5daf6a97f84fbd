"""Single files and folders: made with fixed modes, linked, copied, synced, discarded."""

import errno
import hashlib
import os
import shutil
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_FILE_MODE = 0o644
_FOLDER_MODE = 0o755
_UNSUPPORTED = (errno.EINVAL, errno.ENOTSUP)
_SYNC_THREADS = 8


def make_folder(folder: str | Path) -> None:
    """Make a folder and those above it, readable by a web server whatever the umask."""
    try:
        os.mkdir(folder)
    except FileExistsError:
        return
    except FileNotFoundError:
        make_folder(os.path.dirname(folder))
        os.mkdir(folder)
    _set_mode(folder, _FOLDER_MODE)


def write_file(target: Path, chunks: Iterable[bytes]) -> tuple[int, str]:
    """Write a file that is not there yet; return its size and sha256."""
    make_folder(target.parent)
    digest = hashlib.sha256()
    size = 0
    # "x": a file that is linked from the present site is never written through.
    with open(target, "xb") as file:
        for chunk in chunks:
            file.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    _set_mode(target, _FILE_MODE)
    return size, digest.hexdigest()


def file_digest(path: Path) -> str:
    """The sha256 of a file's bytes; empty where it cannot be read."""
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def mend_mode(path: Path) -> None:
    """Let a kept file have the mode that a written one would have."""
    if stat.S_IMODE(os.lstat(path).st_mode) != _FILE_MODE:
        _set_mode(path, _FILE_MODE)


def keep_file(old: str | Path, new: str | Path) -> bool:
    """Let a file of ours appear in the new site too, in a folder that is there.

    False where it had to be copied, so is not yet safe on disk.
    """
    try:
        os.link(old, new)
    except OSError:
        copy_file(old, new)
        return False
    return True


def copy_file(old: str | Path, new: str | Path) -> None:
    """Copy the bytes of a file of ours."""
    shutil.copyfile(old, new)
    _set_mode(new, _FILE_MODE)


def keep_foreign_file(old: Path, new: Path) -> None:
    """Let a file or link that is not ours appear in the new site, as it is; links are not followed."""
    make_folder(new.parent)
    if os.path.islink(old):
        os.symlink(os.readlink(old), new)
        return
    try:
        os.link(old, new)
    except OSError:
        # A pipe, a device or a folder that may not be read cannot be copied.
        if not os.path.isfile(old):
            raise
        shutil.copy2(old, new)
        sync([new])


def keep_foreign_folder(old: Path, new: Path) -> None:
    """Give a folder of the new site the owner and mode that it has in the old one, if the system lets us."""
    status = os.lstat(old)
    with suppress(PermissionError):
        if os.name == "posix":
            os.chown(new, status.st_uid, status.st_gid)
    with suppress(PermissionError):
        shutil.copystat(old, new)


def sync(paths: Iterable[str | Path]) -> None:
    """Return when these files and folders are safe on disk."""
    from concurrent.futures import ThreadPoolExecutor

    # Several at once, so that the file system can commit them together: three times as fast for a whole site.
    names = list(paths)
    parts = [names[start::_SYNC_THREADS] for start in range(min(_SYNC_THREADS, len(names)))]
    with ThreadPoolExecutor(_SYNC_THREADS) as threads:
        for _ in threads.map(_sync_each, parts):
            pass


def folders_in(folder: Path) -> list[Path]:
    """The folder and every folder in it."""
    return [Path(inner) for inner, _, _ in os.walk(folder)]


def discard(path: Path) -> None:
    """Remove a folder, file or link of ours, if it is there, as far as possible; links are not followed."""
    if os.path.isdir(path) and not os.path.islink(path):
        with suppress(OSError):
            _remove_tree(os.fspath(path))
        if os.path.lexists(path):
            # A folder that may not be written to keeps what is in it.
            for folder, _, _ in os.walk(path):
                with suppress(OSError):
                    os.chmod(folder, 0o700)
            shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _remove_tree(folder: str) -> None:
    # `shutil.rmtree` takes three times as long, on guard against others who put a link in the place of a folder.
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                _remove_tree(entry.path)
            else:
                os.unlink(entry.path)
    os.rmdir(folder)


def _set_mode(path: str | Path, mode: int) -> None:
    # FAT and network drives have one mode for all files and refuse every other.
    with suppress(PermissionError):
        os.chmod(path, mode)


def _sync_each(paths: Iterable[str | Path]) -> None:
    for path in paths:
        _sync_one(path)


def _sync_one(path: str | Path) -> None:
    if os.name == "nt" and os.path.isdir(path):
        return
    descriptor = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some network file systems know no such thing as syncing a folder.
        if error.errno not in _UNSUPPORTED:
            raise
    finally:
        os.close(descriptor)
