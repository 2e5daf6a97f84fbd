"""An archive to hand over, on a USB stick for one: unpacked anywhere, its pages open from disk."""

import os
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from gaisite.publish.drivers import Shipment
from gaisite.publish.hosts import HostError
from gaisite.publish.plan import Upload
from gaisite.publish.states import STATE
from gaisite.texts import Texts
from gaisite.write.faults import reason_of
from gaisite.write.files import make_folder

NO_ARCHIVE = Texts.of({"zh-CN": "原有的文件不是 zip 压缩包", "en": "the file that is there is no zip archive"})
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every file in it: the same site makes the same archive."""
MODE = 0o100644 << 16


@dataclass(slots=True)
class ArchiveHost:
    """The archive, which is written anew as a whole where anything has changed."""

    site: Path
    place: Path
    paths: Sequence[str]
    """All files of the site."""
    state: bytes = field(default=b"")

    @property
    def root(self) -> str:
        """The one folder in the archive: it is unpacked beside other things."""
        return self.place.stem

    @contextmanager
    def telling(self, path: str = "") -> Iterator[None]:
        """Turn what the system says into what a publish says."""
        try:
            yield
        except zipfile.BadZipFile as error:
            raise HostError(NO_ARCHIVE, lasting=True) from error
        except OSError as error:
            raise HostError(reason_of(error), path) from error

    def read(self, path: str) -> bytes | None:
        """The bytes of a file in the archive; an archive of others has an index of others."""
        with self.telling(path):
            if not self.place.exists():
                return None
            with zipfile.ZipFile(self.place) as archive:
                names = set(archive.namelist())
                if f"{self.root}/{STATE}" not in names:
                    return None if path == STATE else b""
                name = f"{self.root}/{path}"
                return archive.read(name) if name in names else None

    def claim(self, owner: bytes) -> bytes:
        """Nobody else writes it but runs of this project, and these are kept apart."""
        return b""

    def release(self) -> None:
        """Nothing."""

    def send(self, uploads: Sequence[Upload]) -> Iterator[Upload]:
        """All files are put into it at the end."""
        yield from uploads

    def remove(self, paths: Sequence[str]) -> Iterator[str]:
        """What is no file of the site is not put into it."""
        yield from paths

    def keep(self, state: bytes) -> None:
        """The list lies in the archive."""
        self.state = state

    def conclude(self) -> None:
        """Write the archive beside its place, then put it there in one step."""
        part = self.place.with_name(f".{self.place.name}.part")
        with self.telling():
            make_folder(self.place.parent)
            try:
                with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
                    for path in self.paths:
                        with open(self.site / path, "rb") as source, archive.open(self.describe(path), "w") as file:
                            shutil.copyfileobj(source, file)
                    archive.writestr(self.describe(STATE), self.state)
                with open(part, "rb") as file:
                    os.fsync(file.fileno())
                os.replace(part, self.place)
            finally:
                part.unlink(missing_ok=True)

    def describe(self, path: str) -> zipfile.ZipInfo:
        """A file in the archive, without anything that differs from machine to machine."""
        entry = zipfile.ZipInfo(f"{self.root}/{path}", EPOCH)
        entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, MODE, 3
        return entry

    def close(self) -> None:
        """Nothing: there is no connection."""


def open_host(shipment: Shipment) -> ArchiveHost:
    """The archive, made on first use."""
    return ArchiveHost(site=shipment.site, place=shipment.place.resolve(), paths=shipment.paths)
