"""A folder on this machine, or a network drive, that is changed file by file: `file:…?in-place`."""

import os
import shutil
from pathlib import Path

from gaisite.findings import Fact
from gaisite.publish.drivers import Shipment
from gaisite.publish.drivers.files import Access, FileHost
from gaisite.write.faults import reason_of
from gaisite.write.files import copy_file


def open_host(shipment: Shipment) -> FileHost:
    """The folder, made on first use."""
    root = shipment.place.resolve()
    return FileHost(access=LOCAL, site=shipment.site, root=root.as_posix().rstrip("/"))


def read(path: str) -> bytes | None:
    """The bytes of a file; None where there is none."""
    try:
        return Path(path).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def put(source: str, path: str) -> None:
    """Copy a file, readable by a web server whatever the umask."""
    copy_file(Path(source), Path(path))


def write(content: bytes, path: str) -> None:
    """Write a file, readable by a web server whatever the umask."""
    Path(path).write_bytes(content)
    os.chmod(path, 0o644)


def make(path: str) -> None:
    """Make a folder that is not there."""
    os.mkdir(path)
    os.chmod(path, 0o755)  # noqa: S103 a web server must get in whatever the umask


def explain(error: Exception) -> Fact:
    """Why the system refused."""
    return reason_of(error) if isinstance(error, OSError) else str(error)


LOCAL = Access(
    read=read,
    put=put,
    write=write,
    move=os.replace,
    delete=os.unlink,
    make_folder=make,
    remove_folder=os.rmdir,
    close=lambda: None,
    errors=(OSError, shutil.Error),
    explain=explain,
)
