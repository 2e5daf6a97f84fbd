"""The new site, made in a folder of its own, out of anyone's sight."""

import errno
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from gaisite.findings import ContentError, Place, fault
from gaisite.write.faults import reason_of, shown_path, unwritable
from gaisite.write.files import (
    keep_file,
    make_folder,
    mend_mode,
    sync,
    write_file,
)
from gaisite.write.foreign import Foreign, keep_foreign, list_folders
from gaisite.write.manifest import MANIFEST, manifest_bytes
from gaisite.write.outputs import Output, StaleOutput
from gaisite.write.paths import Claims, check_path, folders_above
from gaisite.write.present import Present

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """What is known of one file of the new site."""

    digest: str
    """Its sha256."""
    size: int = 0
    """How many bytes were written."""
    kept: bool = False
    """Whether the present site holds it already, so that nothing was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The new site in the making."""

    folder: Path
    """The staging folder, which need not exist while there is nothing in it."""
    files: Mapping[str, Staged]
    """Every file of the new site, by path."""
    claims: Claims
    """The paths they take."""


def stage_outputs(outputs: Iterable[Output], present: Present, staging: Path, site: Path) -> Draft:
    """Write what differs from the present site to the staging folder; return the new site as far as that."""
    claims = Claims()
    stage = Stage(present=present, staging=staging)
    stale: list[str] = []
    for output in outputs:
        check_path(output)
        claims.add(output)
        try:
            with unwritable(site):
                stage.add(output)
        except StaleOutput as error:
            stale.extend(error.paths)
    if stale:
        raise StaleOutput(*stale)
    return Draft(folder=staging, files=stage.files, claims=claims)


def complete_draft(draft: Draft, present: Present, foreign: Foreign) -> None:
    """Add what the new site takes over from the present one, and the manifest; all of it is then safe on disk."""
    make_folder(draft.folder)
    old, new = os.fspath(present.folder), os.fspath(draft.folder)
    fresh = [f"{new}/{path}" for path, file in draft.files.items() if not file.kept]
    folders = {path.rpartition("/")[0] for path in draft.files}
    for folder in folders:
        make_folder(f"{new}/{folder}")
    for path, file in draft.files.items():
        if file.kept and not keep_file(f"{old}/{path}", f"{new}/{path}"):
            fresh.append(f"{new}/{path}")
    keep_foreign(foreign, present.folder, draft.folder)
    write_manifest(draft.folder, {path: file.digest for path, file in draft.files.items()})
    sync(fresh)
    above = {above for folder in folders for above in folders_above(f"{folder}/")}
    sync(f"{new}/{folder}" for folder in ("", *above, *list_folders(foreign)))


def write_manifest(staging: Path, digests: Mapping[str, str]) -> None:
    """Write the list of the files of the new site to the staging folder."""
    (staging / MANIFEST).unlink(missing_ok=True)
    write_file(staging / MANIFEST, (manifest_bytes(digests),))
    sync([staging / MANIFEST])


@dataclass(slots=True, kw_only=True)
class Stage:
    """Gathers the files of the new site, each as far as it differs from the present one."""

    present: Present
    staging: Path
    files: dict[str, Staged] = field(default_factory=dict)

    def add(self, output: Output) -> None:
        """Take a file over from the present site or write it."""
        digest = output.digest
        if not digest and output.path in self.present.manifest:
            digest = self.digest_of(output)
        if digest and self.present.holds(output.path, digest):
            if not self.present.is_settled(output.path):
                mend_mode(self.present.folder / output.path)
            self.files[output.path] = Staged(digest=digest, kept=True)
            return
        if output.digest:
            raise StaleOutput(output.path)
        size, digest = write_file(self.staging / output.path, self.chunks(output))
        self.files[output.path] = Staged(digest=digest, size=size)

    def digest_of(self, output: Output) -> str:
        """The sha256 of a file that is yet to be written."""
        digest = hashlib.sha256()
        for chunk in self.chunks(output):
            digest.update(chunk)
        return digest.hexdigest()

    def chunks(self, output: Output) -> Iterator[bytes]:
        """What is in a file, in pieces."""
        if output.source is not None:
            yield from _read(output, output.source)
        elif output.compose is not None:
            yield from output.compose(self.open)
        else:
            yield output.content or b""

    def open(self, path: str) -> BinaryIO:
        """A file of the new site that was added before; StaleOutput where it was to be kept and cannot be."""
        if path not in self.files:
            raise StaleOutput(path)
        folder = self.present.folder if self.files[path].kept else self.staging
        return (folder / path).open("rb")


def _read(output: Output, source: Path) -> Iterator[bytes]:
    try:
        # A pipe or a device would keep the build waiting for ever.
        if not stat.S_ISREG(source.stat().st_mode):
            raise OSError(errno.EISDIR, "not a regular file")
        with open(source, "rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk
    except OSError as error:
        raise _unreadable(output, source, error) from error


def _unreadable(output: Output, source: Path, error: OSError) -> ContentError:
    shown = shown_path(source)
    place = Place(file=output.origin or shown)
    return fault("output-source-unreadable", place, path=output.path, source=shown, reason=reason_of(error))
