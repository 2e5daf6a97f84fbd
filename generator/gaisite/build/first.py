"""One agency first: its pages as they will be, before all that depends on them is built."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gaisite.build.agency import build_agency
from gaisite.build.project import Common
from gaisite.findings import Problems
from gaisite.read.folders import AgencyFolder, list_ancestors, scan_folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a build leaves for that of one agency: nothing of it has changed since."""

    common: Common
    folders: tuple[AgencyFolder, ...]


def build_first(kept: Kept, changes: Sequence[str]) -> dict[str, bytes]:
    """The pages of the agency in whose folder all the changed paths lie, by path; none where anything else changed.

    Nor where its reports are held against those of agencies below, which are not kept, and none of an agency in which
    something is wrong.
    """
    content = kept.common.content.resolve()
    owners = {find_owner(kept.folders, content, Path(path)) for path in changes}
    folder = owners.pop() if len(owners) == 1 else None
    if folder is None or any(each.parent == folder.id for each in kept.folders):
        return {}
    by_id = {each.id: each for each in kept.folders}
    ancestors = list_ancestors(folder, by_id)
    now = next(scan_folder(folder.path, kept.common.content, folder.parent, kept.common.project, Problems()), None)
    if now is None:
        return {}
    outputs = build_agency(kept.common, now, ancestors, (), render=True).outputs
    return {each.path: each.content for each in outputs if each.content is not None and each.path.endswith(".html")}


def find_owner(folders: Sequence[AgencyFolder], content: Path, path: Path) -> AgencyFolder | None:
    """The agency in whose folder a path lies, the nearest of several; None where it lies in none."""
    if not path.is_relative_to(content):
        return None
    parts = path.relative_to(content).parts
    names = {"/".join(parts[:length]) for length in range(1, len(parts))}
    return max((each for each in folders if each.id in names), key=lambda each: len(each.id), default=None)
