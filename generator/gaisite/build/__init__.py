"""Building: the functions for it. What they need is imported when they are called: a build may have nothing to do."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from gaisite.build.results import BuildOptions, BuildResult
from gaisite.read.places import find_project

if TYPE_CHECKING:
    from gaisite.build.settled import Seen

__all__ = [
    "BuildOptions",
    "BuildResult",
    "build_agency_first",
    "build_site",
    "check_site",
    "find_project",
]


def build_site(options: BuildOptions, seen: "Seen | None" = None) -> BuildResult:
    """read → check → relate → render → write: the site, or the findings that forbid it.

    A build that finds an error leaves the published site exactly as it was. `seen` is what the status of the files
    told: those that it vouches for are not read again.
    """
    from gaisite.build.building import build_site

    return build_site(options, seen)


def check_site(options: BuildOptions) -> BuildResult:
    """read → check: all findings, nothing written."""
    from gaisite.build.building import check_site

    return check_site(options)


def build_agency_first(last: BuildResult, changes: tuple[str, ...]) -> Mapping[str, bytes]:
    """The pages of the agency in whose folder all the changed paths lie, by path; none where that takes a whole build.

    `last` is the build before the changes. Nothing is written.
    """
    from gaisite.build.first import build_first

    return {} if last.kept is None else build_first(last.kept, changes)
