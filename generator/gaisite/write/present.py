"""The site as it stands before a build: what gaisite wrote, and what others put there."""

import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto
from pathlib import Path

from gaisite.write.files import file_digest
from gaisite.write.folders import is_own_name
from gaisite.write.manifest import load_manifest


class Kind(Enum):
    """What an entry of a folder is."""

    FILE = auto()
    FOLDER = auto()
    OTHER = auto()
    """A link, which is never followed, a device, or a folder that may not be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """The site as it stands."""

    folder: Path
    """The real folder, which need not exist."""
    known: bool
    """Whether there is a manifest that could be read."""
    manifest: Mapping[str, str]
    """The sha256 of each file that gaisite wrote last; empty where not known."""
    entries: Mapping[str, Kind]
    """Everything on the disk, by path, without what gaisite keeps for itself."""
    settled: Collection[str] = frozenset()
    """Folders whose files are known to be as the manifest lists them."""

    def is_settled(self, path: str) -> bool:
        """Whether a file of ours is known to be as the manifest lists it."""
        return path.rpartition("/")[0] in self.settled

    def holds(self, path: str, digest: str) -> bool:
        """Whether a file of ours with this sha256 is at this path; unless it is settled, its bytes are read."""
        is_listed = self.manifest.get(path) == digest and self.entries.get(path) is Kind.FILE
        return is_listed and (self.is_settled(path) or file_digest(self.folder / path) == digest)


def look_at_site(place: Path, settled: Collection[str] = frozenset()) -> Present:
    """What is in the output folder now; `settled` are folders in it whose files are as the manifest lists them."""
    manifest = load_manifest(place)
    entries = dict(_walk(place))
    return Present(folder=place, known=manifest is not None, manifest=manifest or {}, entries=entries, settled=settled)


def look_again(present: Present) -> Present:
    """The same with what is on the disk by now: a build takes a while, and others may have put files there."""
    return replace(present, entries=dict(_walk(present.folder)))


def _walk(place: Path) -> Iterator[tuple[str, Kind]]:
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        try:
            entries = list(os.scandir(f"{place}/{inside}"))
        except FileNotFoundError:
            continue
        except PermissionError:
            yield inside, Kind.OTHER
            continue
        for entry in entries:
            if not inside and is_own_name(place, entry.name):
                continue
            path = f"{inside}/{entry.name}" if inside else entry.name
            kind = _kind_of(entry)
            if kind is Kind.FOLDER:
                waiting.append(path)
            yield path, kind


def _kind_of(entry: os.DirEntry[str]) -> Kind:
    if entry.is_dir(follow_symlinks=False):
        return Kind.FOLDER
    return Kind.FILE if entry.is_file(follow_symlinks=False) else Kind.OTHER
