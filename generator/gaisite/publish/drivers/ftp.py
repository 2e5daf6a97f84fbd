"""FTP, plain or with TLS, by fsspec."""

import io
from contextlib import suppress
from ftplib import Error, all_errors, error_perm

from fsspec.implementations.ftp import FTPFileSystem

from gaisite.findings import Fact
from gaisite.publish.drivers import Shipment
from gaisite.publish.drivers.files import Access, FileHost
from gaisite.publish.drivers.secrets import find_login
from gaisite.publish.hosts import HostError

PATIENCE = 30
"""Seconds to wait for an answer."""
NO_FILE = "550"


def open_host(shipment: Shipment) -> FileHost:
    """The machine, logged in to."""
    target = shipment.target
    user, password = find_login(target)
    try:
        system = FTPFileSystem(
            target.host.strip("[]"),
            port=target.port or 21,
            username=user or None,
            password=password or None,
            timeout=PATIENCE,
            tls=target.scheme == "ftps",
            skip_instance_cache=True,
        )
    except all_errors as error:
        raise HostError(explain(error), lasting=True) from error
    return FileHost(access=make_access(system), site=shipment.site, root=target.path.rstrip("/"))


def make_access(system: FTPFileSystem) -> Access:
    """The few things that are needed."""
    line = system.ftp

    def read(path: str) -> bytes | None:
        parts: list[bytes] = []
        try:
            line.retrbinary(f"RETR {path}", parts.append)
        except error_perm as error:
            if str(error).startswith(NO_FILE):
                return None
            raise
        return b"".join(parts)

    def put(source: str, path: str) -> None:
        with open(source, "rb") as file:
            line.storbinary(f"STOR {path}", file)
        open_up(system, path, "644")

    def write(content: bytes, path: str) -> None:
        line.storbinary(f"STOR {path}", io.BytesIO(content))
        open_up(system, path, "644")

    def move(old: str, new: str) -> None:
        try:
            line.rename(old, new)
        except error_perm:
            # Some servers rename over no file that is there.
            line.delete(new)
            line.rename(old, new)

    def make_folder(path: str) -> None:
        line.mkd(path)
        open_up(system, path, "755")

    def close() -> None:
        # The library ends the connection of what nobody refers to any more.
        system.ftp.quit()

    return Access(
        read=read,
        put=put,
        write=write,
        move=move,
        delete=line.delete,
        make_folder=make_folder,
        remove_folder=line.rmd,
        close=close,
        errors=all_errors,
        explain=explain,
    )


def open_up(system: FTPFileSystem, path: str, mode: str) -> None:
    """Let a web server in whatever the umask over there; servers that know no modes refuse the command."""
    with suppress(Error):
        system.ftp.sendcmd(f"SITE CHMOD {mode} {path}")


def explain(error: Exception) -> Fact:
    """What the server says."""
    return str(error) or type(error).__name__
