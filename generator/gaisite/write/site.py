"""The write stage: the outputs of a build become the site, wholly or not at all."""

import time
from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path

from gaisite.write.exchange import ExchangeRefused, put_site
from gaisite.write.faults import unwritable
from gaisite.write.files import discard
from gaisite.write.folders import locate_site, refuse_strange_folder, staging_path
from gaisite.write.foreign import find_foreign
from gaisite.write.in_place import change_site
from gaisite.write.locking import Lock
from gaisite.write.manifest import tree_digest
from gaisite.write.mounts import has_mount_point
from gaisite.write.outputs import Output, Written
from gaisite.write.present import Present, look_again, look_at_site
from gaisite.write.staging import Draft, complete_draft, stage_outputs


def write_site(
    site: Path, outputs: Iterable[Output], *, force: bool = False, lock: Lock, settled: Collection[str] = frozenset()
) -> Written:
    """Let the site consist of exactly these outputs, and of the files there that are not gaisite's.

    Whatever happens, an error, a full disk, a killed process: the site is the old one until it is the new one (file
    by file only at a mount point). `force` takes over a folder that gaisite never wrote: what lies at the path of an
    output is replaced, the rest stays. `StaleOutput` is raised when all outputs have been looked at. `settled` are the
    folders of the site, by their paths in it, whose files are known to be as the manifest lists them.
    """
    place = locate_site(site)
    if lock.site != place:
        raise ValueError(f"the lock is for {lock.site}, not for {place}")
    refuse_strange_folder(site, force=force)
    with unwritable(site):
        present = look_at_site(place, settled)
    staging = staging_path(place)
    try:
        draft = stage_outputs(outputs, present, staging, site)
        written = replace(_compare(present, draft), staged=time.time_ns())
        if written.changed or not present.known:
            with unwritable(site):
                _put(draft, look_again(present), site, force)
    finally:
        discard(staging)
    return replace(written, ended=time.time_ns())


def _put(draft: Draft, present: Present, site: Path, force: bool) -> None:
    # Where the manifest is lost, what is at the path of an output was surely ours.
    replaceable = draft.files if force or not present.known else ()
    foreign = find_foreign(present, draft.claims, site, replaceable=replaceable)
    if has_mount_point(present.folder):
        change_site(draft, present)
        return
    complete_draft(draft, present, foreign)
    try:
        put_site(draft.folder, present.folder)
    except ExchangeRefused:
        change_site(draft, present)


def _compare(present: Present, draft: Draft) -> Written:
    fresh = [path for path, file in draft.files.items() if not file.kept]
    removed = present.manifest.keys() - draft.files.keys()
    return Written(
        written=len(fresh),
        kept=len(draft.files) - len(fresh),
        removed=len(removed),
        bytes=sum(file.size for file in draft.files.values()),
        digest=tree_digest({path: file.digest for path, file in draft.files.items()}),
        changed=tuple(sorted({*fresh, *removed})),
    )
