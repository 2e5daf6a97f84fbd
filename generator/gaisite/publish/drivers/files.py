"""Files on a host that knows folders and renaming: each is put beside its place first, then moved there in one step."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from gaisite.findings import Fact
from gaisite.publish.hosts import HostError, list_folders
from gaisite.publish.plan import Upload
from gaisite.publish.states import STATE

LOCK = ".gaisite-lock"
OWNER = f"{LOCK}/owner"
PART = ".gaisite-part"
"""The one file that is not whole yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """How a kind of host does the few things that are needed; all take full paths there.

    Each raises one of `errors` where the host refuses.
    """

    read: Callable[[str], bytes | None]
    """The bytes of a file; None where there is none, and only then."""
    put: Callable[[str, str], None]
    """Put a file of this machine there: its path here, its path there."""
    write: Callable[[bytes, str], None]
    """Put bytes there."""
    move: Callable[[str, str], None]
    """Move a file over another, in one step."""
    delete: Callable[[str], None]
    make_folder: Callable[[str], None]
    """Make a folder whose parent is there; one of `errors` where it is there already."""
    remove_folder: Callable[[str], None]
    """Remove an empty folder."""
    close: Callable[[], None]
    errors: tuple[type[Exception], ...]
    explain: Callable[[Exception], Fact] = str


@dataclass(slots=True)
class FileHost:
    """A host that is changed file by file."""

    access: Access
    site: Path
    root: str
    """The folder there, without a final slash."""
    folders: set[str] = field(default_factory=set)
    """Those that are known to be there."""

    @contextmanager
    def telling(self, path: str = "") -> Iterator[None]:
        """Turn what the library says into what a publish says."""
        try:
            yield
        except self.access.errors as error:
            raise HostError(self.access.explain(error), path) from error

    def locate(self, path: str) -> str:
        """The full path of a file."""
        return f"{self.root}/{path}"

    def read(self, path: str) -> bytes | None:
        """The bytes of a file."""
        with self.telling(path):
            return self.access.read(self.locate(path))

    def claim(self, owner: bytes) -> bytes:
        """Making a folder is what two cannot both do."""
        with self.telling():
            self.make_folders("")
        try:
            self.access.make_folder(self.locate(LOCK))
        except self.access.errors as error:
            holder = self.read(OWNER)
            if holder is None and not self.is_claimed():
                raise HostError(self.access.explain(error)) from error
            return holder or b"?"
        with self.telling():
            self.access.write(owner, self.locate(OWNER))
        return b""

    def is_claimed(self) -> bool:
        """Whether the lock is there though nobody has written to it: a file in it can be made."""
        try:
            self.access.write(b"?", self.locate(OWNER))
        except self.access.errors:
            return False
        return True

    def release(self) -> None:
        """Remove the lock, and what was not finished."""
        for path in (PART, OWNER):
            with suppress(*self.access.errors):
                self.access.delete(self.locate(path))
        with suppress(*self.access.errors):
            self.access.remove_folder(self.locate(LOCK))

    def send(self, uploads: Sequence[Upload]) -> Iterator[Upload]:
        """Each file to its place."""
        for upload in uploads:
            with self.telling(upload.path):
                self.make_folders(upload.path.rpartition("/")[0])
                self.access.put(str(self.site / upload.path), self.locate(PART))
                self.access.move(self.locate(PART), self.locate(upload.path))
            yield upload

    def make_folders(self, folder: str) -> None:
        """Make a folder and those above it, as far as they are not there."""
        if folder in self.folders:
            return
        full = self.locate(folder).rstrip("/")
        parts = full.split("/")
        starts = range(2, len(parts) + 1) if folder == "" else [len(parts)]
        if folder:
            self.make_folders(folder.rpartition("/")[0])
        for depth in starts:
            # Whether it is there, the next step will tell: hosts say it in too many ways.
            with suppress(*self.access.errors):
                self.access.make_folder("/".join(parts[:depth]))
        self.folders.add(folder)

    def remove(self, paths: Sequence[str]) -> Iterator[str]:
        """Each file, then the folders that are empty now."""
        for path in paths:
            with self.telling(path):
                try:
                    self.access.delete(self.locate(path))
                except self.access.errors:
                    if self.access.read(self.locate(path)) is not None:
                        raise
            yield path
        for folder in list_folders(paths):
            with suppress(*self.access.errors):
                self.access.remove_folder(self.locate(folder))

    def keep(self, state: bytes) -> None:
        """The list is a file like the others."""
        with self.telling(STATE):
            self.access.write(state, self.locate(PART))
            self.access.move(self.locate(PART), self.locate(STATE))

    def conclude(self) -> None:
        """Nothing: all is in its place."""

    def close(self) -> None:
        """End the connection."""
        with suppress(*self.access.errors):
            self.access.close()
