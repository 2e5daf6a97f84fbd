"""The output folder: where it really is, whether it may be written, and what lies beside it during a build."""

import os
from collections.abc import Iterator
from pathlib import Path

from gaisite.findings import Place, fault
from gaisite.write.faults import shown_path, unwritable
from gaisite.write.files import discard
from gaisite.write.manifest import MANIFEST, has_manifest
from gaisite.write.mounts import has_mount_point, is_mount_point

_NOT_CONTENT = frozenset({"lost+found"})


def check_output_folder(site: Path, content: Path, project: Path, *themes: Path, force: bool = False) -> None:
    """Raise a fault where a build to this folder could damage its own sources, or files that are not gaisite's."""
    place = locate_site(site)
    for source in (content, *themes):
        if _contains(place, source) or _contains(source, place):
            _refuse_overlap(site, source)
    if _contains(place, project):
        _refuse_overlap(site, project)
    refuse_strange_folder(site, force=force)


def locate_site(site: Path) -> Path:
    """The real folder behind the name of the output, which need not exist yet; a fault where it cannot be one."""
    place = Path(os.path.realpath(site))
    shown = shown_path(site)
    if os.path.islink(site) and not os.path.exists(site):
        raise fault("output-link-broken", Place(file=shown), folder=shown, target=shown_path(os.readlink(site)))
    if os.path.exists(place) and not os.path.isdir(place):
        raise fault("output-not-folder", Place(file=shown), folder=shown)
    return place


def refuse_strange_folder(site: Path, *, force: bool) -> None:
    """Raise a fault where the folder holds something and gaisite never wrote it."""
    place = locate_site(site)
    if force or has_manifest(place):
        return
    with unwritable(site):
        names = sorted(os.listdir(place)) if os.path.isdir(place) else []
    strange = [name for name in names if name not in _NOT_CONTENT and not is_own_name(place, name)]
    if strange:
        shown = shown_path(site)
        raise fault("output-not-ours", Place(file=shown), folder=shown, example=shown_path(strange[0]))


def lock_path(site: Path) -> Path:
    """The file whose lock keeps two builds of this site apart."""
    return _scratch_folder(site) / f".{site.name}.lock"


def staging_path(site: Path) -> Path:
    """The folder in which this process makes the new site."""
    return _scratch_folder(site) / f".{site.name}.tmp-{os.getpid()}"


def retired_path(site: Path) -> Path:
    """Where this process puts the old site for the moment between two renames."""
    return site.parent / f".{site.name}.old-{os.getpid()}"


def is_own_name(site: Path, name: str) -> bool:
    """Whether an entry of the output folder or of the one above belongs to gaisite itself, not to the site."""
    return name in (MANIFEST, f".{site.name}.lock") or _is_leftover(site, name)


def clear_leftovers(site: Path) -> None:
    """Remove what killed builds left, and put the old site back where one died between two renames."""
    leftovers = [site.parent / name for name in _list_names(site.parent) if _is_leftover(site, name)]
    retired = [folder for folder in leftovers if folder.name.startswith(f".{site.name}.old-")]
    if retired and not os.path.lexists(site):
        os.rename(retired[0], site)
    if has_mount_point(site):
        leftovers.extend(_leftovers_inside(site))
    for leftover in leftovers:
        discard(leftover)


def _leftovers_inside(site: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(site):
        yield from (Path(folder, name) for name in folders + names if _is_leftover(site, name))


def _is_leftover(site: Path, name: str) -> bool:
    stem, _, process = name.rpartition("-")
    return stem in (f".{site.name}.tmp", f".{site.name}.old") and process.isdecimal()


def _list_names(folder: Path) -> list[str]:
    return sorted(os.listdir(folder)) if os.path.isdir(folder) else []


def _scratch_folder(site: Path) -> Path:
    # Beside the site, to be exchanged with it; what lies beside a mount point is on another disk.
    return site if is_mount_point(site) else site.parent


def _refuse_overlap(site: Path, source: Path) -> None:
    shown = shown_path(site)
    raise fault("output-overlaps", Place(file=shown), folder=shown, other=shown_path(source))


def _contains(outer: Path, inner: Path) -> bool:
    outer, inner = Path(os.path.realpath(outer)), Path(os.path.realpath(inner))
    return any(_is_same_folder(outer, folder) for folder in (inner, *inner.parents))


def _is_same_folder(one: Path, other: Path) -> bool:
    # Where the disk does not tell `Site` from `site`, two names are one folder.
    return one == other or (os.path.exists(one) and os.path.exists(other) and os.path.samefile(one, other))
