"""The site changed file by file, where folders cannot be exchanged: never a page before what it needs."""

import errno
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

from gaisite.write.files import copy_file, discard, make_folder, sync
from gaisite.write.manifest import MANIFEST
from gaisite.write.paths import folders_above
from gaisite.write.present import Kind, Present
from gaisite.write.staging import Draft, write_manifest

_ENTRANCES = ("sitemap", "feed", "atom", "rss")


def change_site(draft: Draft, present: Present) -> None:
    """Move the files that differ from the staging folder to the site, then remove those that are no longer wanted."""
    staging, site = draft.folder, present.folder
    changed = sorted((path for path, file in draft.files.items() if not file.kept), key=_rank)
    removed = sorted(present.manifest.keys() - draft.files.keys())
    digests = {path: file.digest for path, file in draft.files.items()}
    make_folder(staging)
    sync(staging / path for path in changed)
    # From here to the end, a build that is killed has left files of both sites: all of them are to be known as ours.
    _put_manifest(staging, site, {**present.manifest, **digests})
    in_the_way = [path for path in removed if draft.claims.conflict(path) is not None]
    _remove_files(present, in_the_way)
    for path in changed:
        _put_file(staging, site, path)
    sync({(site / path).parent for path in changed})
    _remove_files(present, [path for path in removed if path not in in_the_way])
    _put_manifest(staging, site, digests)
    sync([site])


def _rank(path: str) -> tuple[int, int, str]:
    """What is linked to comes before what links to it: assets, pages from the innermost out, then the entrances."""
    name = PurePosixPath(path)
    if path == "index.html" or name.name.startswith(_ENTRANCES):
        return 2, 0, path
    return (1, -len(name.parts), path) if name.suffix == ".html" else (0, 0, path)


def _put_manifest(staging: Path, site: Path, digests: Mapping[str, str]) -> None:
    write_manifest(staging, digests)
    _put_file(staging, site, MANIFEST)


def _put_file(staging: Path, site: Path, path: str) -> None:
    target = site / path
    make_folder(target.parent)
    try:
        os.replace(staging / path, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        # Another disk is mounted here: the copy waits beside the target, under a name that the next build clears away.
        _put_copy(staging / path, target.with_name(staging.name), target)


def _put_copy(staged: Path, beside: Path, target: Path) -> None:
    try:
        copy_file(staged, beside)
        sync([beside])
        os.replace(beside, target)
    finally:
        discard(beside)


def _remove_files(present: Present, paths: Iterable[str]) -> None:
    emptied: set[str] = set()
    for path in paths:
        # Where someone made a folder of it, what is inside is theirs.
        if present.entries.get(path, Kind.FOLDER) is not Kind.FOLDER:
            (present.folder / path).unlink(missing_ok=True)
        emptied.update(folders_above(path))
    for folder in sorted(emptied, reverse=True):
        with suppress(OSError):
            (present.folder / folder).rmdir()
