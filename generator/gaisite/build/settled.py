"""Files of the site whose status tells that they are what gaisite wrote last: they need not be read again.

All files of a folder are known together. A build that changes one page gives all others a new link, so a new time of
change: they are known after it because they were before it, and nothing else about them has changed.
"""

import os
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from gaisite.build.codec import name_kept, read_whole, write_whole
from gaisite.build.results import BuildOptions
from gaisite.build.survey import Survey, is_settled
from gaisite.write.outputs import Written

NAME = "site-1"
"""With a number for the form in which it is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a build may know of the files from their status."""

    begun: int
    """When the looking began, in nanoseconds."""
    sources: Survey
    site: Survey


def find_settled(options: BuildOptions, before: Survey) -> Collection[str]:
    """The folders of the site, by their paths in it, that are as the last build left them; none where it is unknown."""
    kept = read_whole(name_kept(options.project / ".gaisite" / "cache", NAME, ".json"))
    site = os.fspath(options.site)
    top = before.folders.get(site)
    # The manifest lies at the top: where that is another, nothing is known of any file.
    if not kept or top is None or kept["site"] != site or kept["top"] != top.digest:
        return frozenset()
    now = {path: status.digest for path, status in before.folders.items()}
    return frozenset(path for path, digest in kept["folders"].items() if now.get(f"{site}/{path}") == digest)


def remember_settled(options: BuildOptions, written: Written, seen: Seen, after: Survey, now: int) -> None:
    """Keep what is known of the site after a build; it was looked at from `now` on."""
    site = os.fspath(options.site)
    top = after.folders[site]
    if top.is_settled(now):
        known = list_settled(site, written, seen, after, now)
        body = {
            "site": site,
            "top": top.digest,
            "folders": {path: after.folders[f"{site}/{path}"].digest for path in known},
        }
        write_whole(name_kept(options.project / ".gaisite" / "cache", NAME, ".json"), body)


def list_settled(site: str, written: Written, seen: Seen, after: Survey, now: int) -> Iterator[str]:
    """The folders in which every file is known to be what the build wrote or found to be right."""
    fresh = Counter(path.rpartition("/")[0] for path in written.changed)
    for path, status in after.folders.items():
        name, was = path.removeprefix(f"{site}/"), seen.site.folders.get(path)
        if path == site or not status.is_settled(now) or not is_settled(status.newest, written.ended):
            continue
        if name not in fresh:
            # Unless a file was written, or another put in its place, while the build went on.
            known = was is not None and was.is_settled(seen.begun) and was.shape == status.shape
        else:
            # Where all files are new, what was written since they were ready is not ours; else who knows which.
            new = was is None or (not written.removed and fresh[name] == status.files)
            known = new and is_settled(status.written, written.staged)
        if known:
            yield name
