"""WebDAV, by webdav4."""

import io

import httpx
from webdav4.client import ClientError, ResourceNotFound
from webdav4.fsspec import WebdavFileSystem

from gaisite.findings import Fact
from gaisite.publish.drivers import Shipment
from gaisite.publish.drivers.files import Access, FileHost
from gaisite.publish.drivers.secrets import find_login

ERRORS = (ClientError, httpx.HTTPError, OSError)
PATIENCE = 30.0
"""Seconds to wait for an answer."""


def open_host(shipment: Shipment) -> FileHost:
    """The server; it is first asked something when something is read."""
    target = shipment.target
    user, password = find_login(target)
    place = f"{target.host}:{target.port}" if target.port else target.host
    system = WebdavFileSystem(
        f"{'https' if target.scheme == 'davs' else 'http'}://{place}/",
        auth=(user, password) if user else None,
        timeout=PATIENCE,
        skip_instance_cache=True,
    )
    return FileHost(access=make_access(system), site=shipment.site, root=target.path.rstrip("/"))


def make_access(system: WebdavFileSystem) -> Access:
    """The few things that are needed."""
    client = system.client

    def read(path: str) -> bytes | None:
        content = io.BytesIO()
        try:
            client.download_fileobj(path, content)
        except ResourceNotFound:
            return None
        return content.getvalue()

    def put(source: str, path: str) -> None:
        with open(source, "rb") as file:
            client.upload_fileobj(file, path, overwrite=True)

    def write(content: bytes, path: str) -> None:
        client.upload_fileobj(io.BytesIO(content), path, overwrite=True)

    def move(old: str, new: str) -> None:
        client.move(old, new, overwrite=True)

    return Access(
        read=read,
        put=put,
        write=write,
        move=move,
        delete=client.remove,
        make_folder=client.mkdir,
        # Not the client's own, which takes along whatever is in a folder.
        remove_folder=system.rmdir,
        close=client.http.close,
        errors=ERRORS,
        explain=explain,
    )


def explain(error: Exception) -> Fact:
    """What the server says."""
    return str(error) or type(error).__name__
