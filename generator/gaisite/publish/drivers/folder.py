"""A folder with releases: each publish makes a whole new one, and a link leads to it from one moment to the next.

`releases/0003-1f2e3d4c` holds a site, `current` is a link to the release that is served.
"""

import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from gaisite.publish.drivers import Shipment
from gaisite.publish.drivers.files import FileHost
from gaisite.publish.drivers.local import LOCAL
from gaisite.publish.hosts import HostError, list_folders
from gaisite.publish.plan import Upload
from gaisite.publish.states import STATE
from gaisite.texts import Texts
from gaisite.write.faults import reason_of
from gaisite.write.files import (
    copy_file,
    discard,
    file_digest,
    folders_in,
    keep_file,
    keep_foreign_file,
    make_folder,
    sync,
)

RELEASES = "releases"
CURRENT = "current"
STAGING = ".tmp"
RELEASE = re.compile(r"([0-9]{4,})-[0-9a-f]{8}")
KEPT = 3
"""How many releases stay: the one that is served and those before it, to go back to."""
NO_LINK: Mapping[str, str] = {
    "zh-CN": "其中的 current 不是链接；请移走它，或在网址后面加上 ?in-place",
    "en": "current in it is no link; move it away, or add ?in-place to the URL",
}


@dataclass(slots=True)
class FolderHost:
    """The folder, and the release that is being made in it."""

    site: Path
    root: Path
    removed: set[str] = field(default_factory=set)
    begun: bool = False

    @property
    def current(self) -> Path:
        """The link to the release that is served."""
        return self.root / CURRENT

    @property
    def staging(self) -> Path:
        """The release that is being made."""
        return self.root / RELEASES / STAGING

    @property
    def lock(self) -> FileHost:
        """What keeps two publishers apart."""
        return FileHost(access=LOCAL, site=self.site, root=self.root.as_posix())

    @contextmanager
    def telling(self, path: str = "") -> Iterator[None]:
        """Turn what the system says into what a publish says."""
        try:
            yield
        except (OSError, shutil.Error) as error:
            raise HostError(reason_of(error) if isinstance(error, OSError) else str(error), path) from error

    def read(self, path: str) -> bytes | None:
        """The bytes of a file of the release that is served."""
        if os.path.lexists(self.current) and not self.current.is_symlink():
            raise HostError(Texts.of(NO_LINK), lasting=True)
        with self.telling(path):
            try:
                return (self.current / path).read_bytes()
            except (FileNotFoundError, NotADirectoryError):
                return None

    def claim(self, owner: bytes) -> bytes:
        """Keep other publishers out."""
        with self.telling():
            make_folder(self.root)
        return self.lock.claim(owner)

    def release(self) -> None:
        """Let other publishers in again."""
        discard(self.staging)
        self.lock.release()

    def begin(self) -> None:
        """Begin a release with all that the served one has: the same files, not copies of them."""
        if self.begun:
            return
        discard(self.staging)
        make_folder(self.staging)
        served = self.current.resolve()
        for folder, _, names in os.walk(served) if self.current.is_symlink() and served.is_dir() else ():
            for name in names:
                old = Path(folder, name)
                new = self.staging / old.relative_to(served)
                make_folder(new.parent)
                keep_foreign_file(old, new) if old.is_symlink() else keep_file(old, new)
        self.begun = True

    def send(self, uploads: Sequence[Upload]) -> Iterator[Upload]:
        """Copy files into the release; what stands there already belongs to the served one too, so is not changed."""
        for upload in uploads:
            with self.telling(upload.path):
                self.begin()
                self.put(self.site / upload.path, self.staging / upload.path)
            yield upload

    def put(self, source: Path, place: Path) -> None:
        """Copy one file."""
        make_folder(place.parent)
        place.unlink(missing_ok=True)
        copy_file(source, place)

    def remove(self, paths: Sequence[str]) -> Iterator[str]:
        """Leave files out of the release."""
        for path in paths:
            with self.telling(path):
                self.begin()
                (self.staging / path).unlink(missing_ok=True)
            yield path
        for folder in list_folders(paths):
            with suppress(OSError):
                (self.staging / folder).rmdir()

    def keep(self, state: bytes) -> None:
        """The list lies in the release that it is about."""
        with self.telling(STATE):
            self.begin()
            place = self.staging / STATE
            place.unlink(missing_ok=True)
            place.write_bytes(state)
            os.chmod(place, 0o644)

    def conclude(self) -> None:
        """Serve the release, and clear away those that are too old."""
        with self.telling():
            sync([*(path for path in self.staging.rglob("*") if path.is_file()), *folders_in(self.staging)])
            releases = self.list_releases()
            number = int(releases[-1].partition("-")[0]) + 1 if releases else 1
            name = f"{number:04}-{file_digest(self.staging / STATE)[:8]}"
            following = self.root / f".{CURRENT}"
            following.unlink(missing_ok=True)
            os.symlink(f"{RELEASES}/{name}", following)
            os.rename(self.staging, self.root / RELEASES / name)
            os.replace(following, self.current)
            sync([self.root, self.root / RELEASES])
        for old in [*releases, name][:-KEPT]:
            discard(self.root / RELEASES / old)

    def list_releases(self) -> list[str]:
        """The releases that gaisite made, the oldest first."""
        names = [name for name in os.listdir(self.root / RELEASES) if RELEASE.fullmatch(name)]
        return sorted(names, key=lambda name: int(name.partition("-")[0]))

    def close(self) -> None:
        """Nothing: there is no connection."""


def open_host(shipment: Shipment) -> FolderHost:
    """The folder, made on first use."""
    return FolderHost(site=shipment.site, root=shipment.place.resolve())
