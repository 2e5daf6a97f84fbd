"""SFTP, by fsspec and paramiko: ~/.ssh/config, agent and keys say who logs in, known_hosts which host is right."""

import os
from pathlib import Path
from typing import Any

import paramiko
from fsspec.implementations.sftp import SFTPFileSystem

from gaisite.findings import Fact
from gaisite.publish.drivers import Shipment
from gaisite.publish.drivers.files import Access, FileHost
from gaisite.publish.drivers.secrets import PASSWORD
from gaisite.publish.hosts import HostError
from gaisite.texts import Texts

ERRORS = (OSError, EOFError, paramiko.SSHException)
PATIENCE = 30.0
"""Seconds to wait for an answer."""
STRANGER = Texts.of(
    {
        "zh-CN": "不认识这台主机：请先用 ssh 登录一次并核对指纹，它就记入 known_hosts",
        "en": "this host is not known: log in with ssh once, compare its fingerprint, and known_hosts has it",
    }
)


class UnknownHost(paramiko.SSHException):  # type: ignore[misc]
    """The host has another key than the one that is known, or none is known."""


class KnownHosts(paramiko.MissingHostKeyPolicy):  # type: ignore[misc]
    """Only hosts that ssh knows too."""

    def __init__(self, files: list[Path]) -> None:
        self.keys = paramiko.HostKeys()
        for file in files:
            if file.is_file():
                self.keys.load(str(file))

    def missing_host_key(self, client: paramiko.SSHClient, hostname: str, key: paramiko.PKey) -> None:
        """Refuse a host that is not known."""
        if not self.keys.check(hostname, key):
            raise UnknownHost(hostname)


def open_host(shipment: Shipment) -> FileHost:
    """The machine, logged in to."""
    target = shipment.target
    settings = read_settings(target.host.strip("[]"))
    files = [Path(name).expanduser() for name in settings.get("userknownhostsfile", "~/.ssh/known_hosts").split()]
    options: dict[str, Any] = {
        "port": target.port or int(settings.get("port", "22")),
        "username": target.user or settings.get("user"),
        "key_filename": [str(Path(name).expanduser()) for name in settings.get("identityfile", [])] or None,
        "password": os.environ.get(PASSWORD) or None,
        "timeout": PATIENCE,
        "host_key_policy": KnownHosts([*files, Path("/etc/ssh/ssh_known_hosts")]),
    }
    if "proxycommand" in settings:
        options["sock"] = paramiko.ProxyCommand(settings["proxycommand"])
    try:
        system = SFTPFileSystem(settings["hostname"], skip_instance_cache=True, **options)
    except ERRORS as error:
        raise HostError(explain(error), lasting=True) from error
    return FileHost(access=make_access(system), site=shipment.site, root=target.path.rstrip("/"))


def read_settings(host: str) -> dict[str, Any]:
    """What ~/.ssh/config says about a host."""
    path = Path.home() / ".ssh" / "config"
    config = paramiko.SSHConfig.from_path(str(path)) if path.is_file() else paramiko.SSHConfig()
    return dict(config.lookup(host))


def make_access(system: SFTPFileSystem) -> Access:
    """The few things that are needed; files get modes that let a web server in whatever the umask over there."""
    line = system.ftp

    def read(path: str) -> bytes | None:
        try:
            with line.open(path, "rb") as file:
                content: bytes = file.read()
                return content
        except FileNotFoundError:
            return None

    def put(source: str, path: str) -> None:
        line.put(source, path)
        line.chmod(path, 0o644)

    def write(content: bytes, path: str) -> None:
        with line.open(path, "wb") as file:
            file.write(content)
        line.chmod(path, 0o644)

    def make_folder(path: str) -> None:
        line.mkdir(path)
        line.chmod(path, 0o755)

    return Access(
        read=read,
        put=put,
        write=write,
        move=system.mv,
        delete=line.remove,
        make_folder=make_folder,
        remove_folder=line.rmdir,
        close=system.client.close,
        errors=ERRORS,
        explain=explain,
    )


def explain(error: Exception) -> Fact:
    """What the library says."""
    if isinstance(error, (UnknownHost, paramiko.BadHostKeyException)):
        return STRANGER
    return str(error) or type(error).__name__
