"""What hosts are reached by: one module a family, imported only when a target asks for it."""

import importlib
from dataclasses import dataclass
from pathlib import Path

from gaisite.findings import fault
from gaisite.model.targets import Kind, Target
from gaisite.publish.hosts import Host

EXTRAS = {Kind.SFTP: "sftp", Kind.FTP: "ftp", Kind.S3: "s3", Kind.WEBDAV: "webdav"}
"""The extra that brings what a host is reached by, where gaisite itself does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipment:
    """What a host is opened for."""

    target: Target
    site: Path
    """The folder with the site."""
    paths: tuple[str, ...]
    """All files of the site, sorted."""
    project: Path
    """Where a relative address begins."""
    memory: Path
    """A folder in which this target may remember something."""

    @property
    def place(self) -> Path:
        """The file or folder on this machine that the target names."""
        return self.project / self.target.path


def open_host(shipment: Shipment) -> Host:
    """The host of a target, connected; ContentError where what it is reached by is not here, HostError where it fails.

    Each module of this package offers `open_host`, too.
    """
    target = shipment.target
    name = "local" if target.kind is Kind.FOLDER and "in-place" in target.options else target.kind.value
    try:
        module = importlib.import_module(f"gaisite.publish.drivers.{name}")
        host: Host = module.open_host(shipment)
    except ModuleNotFoundError as error:
        extra = EXTRAS.get(target.kind)
        if extra is None or (error.name or "").startswith("gaisite"):
            raise
        raise fault("publish-extra", target.place, name=target.name, extra=extra) from None
    return host
