"""A build that has nothing to do: where every file of the last one is as it was, its result is told again, unread.

A file is as it was where size, times, inode and mode are: the time of its last change can be set by nobody. One that
may have changed again within the same tick of the file system's clock is never trusted.
"""

import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gaisite.build import BuildOptions, BuildResult, build_site
from gaisite.build.cache import Cache, decode_finding, encode_finding, hash_body
from gaisite.build.first import Kept
from gaisite.build.project import read_common
from gaisite.findings import Problems
from gaisite.read.themes import list_theme_roots
from gaisite.write import Written

PACKAGE = Path(__file__).resolve().parent.parent
NAME = "last"
TICK = 20_000_000
"""Nanoseconds: file systems count time in steps of up to 10 ms."""
WHOLE_SECOND = 1_000_000_000
COARSE_TICK = 3 * WHOLE_SECOND
"""The same where times are whole seconds, or every other one."""


class Untrusted(Exception):
    """A file that tells nothing by its status alone: a link, a device, or one that cannot be looked at."""


@dataclass(slots=True)
class Survey:
    """The status of all files in some folders."""

    digest: str = ""
    newest: int = 0
    """The last change of any of them, in nanoseconds."""
    coarse: bool = False
    """Whether that time is a whole second."""

    def is_settled(self, now: int) -> bool:
        """Whether no file can have changed since without a trace, looked at from now on."""
        return self.newest + (COARSE_TICK if self.coarse else TICK) < now


def build_or_recall(options: BuildOptions) -> BuildResult:
    """What `build_site` gives; at once where nothing has changed since it was asked for the last time."""
    begun = time.time_ns()
    sources = survey_sources(options)
    result = recall(options, sources) if sources else None
    if result is not None:
        return result
    result = build_site(options)
    if sources and sources.is_settled(begun) and result.written is not None:
        remember(options, sources, result)
    return result


def recall(options: BuildOptions, sources: Survey) -> BuildResult | None:
    """The result of the last build; None where anything is, or may be, another than then."""
    kept = None if options.full or options.force or not options.keep_cache else load(options)
    if kept is None or kept["sources"] != sources.digest or kept["options"] != name_options(options):
        return None
    site = survey([options.site])
    if site is None or kept["site"] != site.digest:
        return None
    common = read_common(options.project, Problems(), drafts=options.drafts, base_url=options.base_url)
    if common is None or common.key != kept["key"]:
        return None
    findings = tuple(decode_finding(each) for each in kept["findings"])
    written = Written(written=0, kept=kept["kept"], removed=0, bytes=0, digest=kept["digest"], changed=())
    return BuildResult(
        findings=findings,
        catalogue=common.catalogue,
        agencies=kept["agencies"],
        reports=kept["reports"],
        written=written,
        kept=Kept(common=common, folders=()),
    )


def remember(options: BuildOptions, sources: Survey, result: BuildResult) -> None:
    """Keep a result for `recall`, once the clock of the file system has gone on."""
    time.sleep(TICK / WHOLE_SECOND)
    now, site = time.time_ns(), survey([options.site])
    path = name_file(options)
    if site is None or not site.is_settled(now) or result.written is None or path is None or result.kept is None:
        return
    body = {
        "sources": sources.digest,
        "options": name_options(options),
        "key": result.kept.common.key,
        "site": site.digest,
        "findings": [encode_finding(finding) for finding in result.findings],
        "agencies": result.agencies,
        "reports": result.reports,
        "kept": result.written.written + result.written.kept,
        "digest": result.written.digest,
    }
    Cache(folder=path.parent).write(path, {"check": hash_body(body), "body": body})


def load(options: BuildOptions) -> dict[str, Any] | None:
    """What was kept; None where there is nothing or it was damaged."""
    path = name_file(options)
    try:
        kept = json.loads(path.read_bytes()) if path is not None else None
        return kept["body"] if kept and kept["check"] == hash_body(kept["body"]) else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def name_file(options: BuildOptions) -> Path | None:
    """Where a result is kept; None where nothing is."""
    return Cache(folder=options.project / ".gaisite" / "cache" if options.keep_cache else None).name_file(NAME, ".json")


def name_options(options: BuildOptions) -> list[object]:
    """What a result depends on besides the files."""
    return [str(options.site), options.strict, options.drafts, options.base_url]


def survey_sources(options: BuildOptions) -> Survey | None:
    """All that a build reads: the content, the themes, gaisite itself."""
    return survey([options.project / "content", PACKAGE, *list_theme_roots(options.project)])


def survey(folders: Iterable[Path]) -> Survey | None:
    """The status of all files in these folders; None where that says too little."""
    found, digest = Survey(), hashlib.sha256()
    try:
        for folder in folders:
            for line in list_statuses(os.fspath(folder), found):
                digest.update(line.encode("utf-8", "surrogateescape"))
    except (OSError, Untrusted):
        return None
    return replace(found, digest=digest.hexdigest())


def list_statuses(folder: str, found: Survey) -> Iterator[str]:
    """A line for each file and folder in a folder, in the order of their names."""
    yield f"{folder}\n"
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.name == "__pycache__" and entry.path.startswith(os.fspath(PACKAGE)):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from list_statuses(entry.path, found)
            continue
        if not entry.is_file(follow_symlinks=False):
            raise Untrusted(entry.path)
        status = entry.stat(follow_symlinks=False)
        changed = max(status.st_mtime_ns, status.st_ctime_ns)
        if changed > found.newest:
            found.newest, found.coarse = changed, changed % WHOLE_SECOND == 0
        yield (
            f"{entry.name}\0{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino} "
            f"{status.st_mode}\n"
        )
