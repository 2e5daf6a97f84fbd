"""What others put into the output folder: never removed, never followed, in the way only at an output's own path."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from gaisite.findings import ContentError, Place, fault
from gaisite.write.faults import shown_path
from gaisite.write.files import keep_foreign_file, keep_foreign_folder, make_folder
from gaisite.write.paths import Claim, Claims, fold_path, folders_above
from gaisite.write.present import Kind, Present


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """What the new site takes over that gaisite did not write."""

    files: tuple[str, ...]
    """The paths of files and links, sorted."""
    folders: tuple[str, ...]
    """The paths of folders in which gaisite writes nothing, sorted."""


def find_foreign(present: Present, claims: Claims, site: Path, *, replaceable: Collection[str]) -> Foreign:
    """What is to be taken over; a fault names what is in the way, unless it is a file at a replaceable path."""
    files = []
    for path in _foreign_files(present):
        claim = claims.conflict(path)
        if claim is None:
            files.append(path)
        elif path not in replaceable:
            raise _in_the_way(site, path, claim)
    folders = []
    for path in _foreign_folders(present):
        claim = claims.files.get(fold_path(path))
        if claim is not None:
            raise _in_the_way(site, path, claim)
        if fold_path(path) not in claims.folders:
            folders.append(path)
    return Foreign(files=tuple(files), folders=tuple(folders))


def keep_foreign(foreign: Foreign, old: Path, new: Path) -> None:
    """Let it all appear in the new site too."""
    for path in foreign.files:
        keep_foreign_file(old / path, new / path)
    for path in foreign.folders:
        make_folder(new / path)
    # Not before everything is in its place: a folder that may not be written to is kept like that.
    for path in foreign.folders:
        keep_foreign_folder(old / path, new / path)


def list_folders(foreign: Foreign) -> set[str]:
    """The folders in which something of it lies."""
    return {*foreign.folders, *(above for path in foreign.files for above in folders_above(path))}


def _foreign_files(present: Present) -> list[str]:
    leaves = (path for path, kind in present.entries.items() if kind is not Kind.FOLDER)
    return sorted(path for path in leaves if path not in present.manifest)


def _foreign_folders(present: Present) -> list[str]:
    ours = {folder for path in present.manifest for folder in folders_above(path)}
    folders = (path for path, kind in present.entries.items() if kind is Kind.FOLDER)
    return sorted(path for path in folders if path not in ours)


def _in_the_way(site: Path, path: str, claim: Claim) -> ContentError:
    origin = claim.origin or claim.path
    place = Place(file=shown_path(site / path))
    return fault("output-foreign", place, file=shown_path(path), path=claim.path, origin=origin)
