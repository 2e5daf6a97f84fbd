"""A build that has nothing to do: where every file of the last one is as it was, its result is told again, unread.

What a file is, its status tells; what the libraries are, the names of what is installed. Neither forms nor theme are
read then, nor is imported what reads them.
"""

import hashlib
import os
import sys
import time
from pathlib import Path
from typing import Any

from gaisite.build import BuildOptions, BuildResult, build_site
from gaisite.build.codec import (
    decode_catalogue,
    decode_finding,
    encode_catalogue,
    encode_finding,
    name_kept,
    read_whole,
    write_whole,
)
from gaisite.build.pace import collect_seldom
from gaisite.build.settled import Seen, remember_settled
from gaisite.build.survey import TICK, WHOLE_SECOND, Survey, survey
from gaisite.read.places import PACKAGE, list_theme_roots
from gaisite.write.outputs import Written

NAME = "last"


def build_or_recall(options: BuildOptions) -> BuildResult:
    """What `build_site` gives; at once where nothing has changed since it was asked for the last time.

    Where something has, what the status of the other files tells spares reading them.
    """
    begun = time.time_ns()
    sources, site = survey_sources(options), survey([options.site])
    result = recall(options, sources, site) if sources.digest else None
    if result is not None:
        return result
    with collect_seldom():
        return build_and_remember(options, Seen(begun=begun, sources=sources, site=site))


def build_and_remember(options: BuildOptions, seen: Seen) -> BuildResult:
    """Build, and keep the result and what the status of the files tells by then."""
    result = build_site(options, seen)
    if result.written is not None and options.keep_cache:
        time.sleep(TICK / WHOLE_SECOND)
        now, after = time.time_ns(), survey([options.site])
        remember_settled(options, result.written, seen, after, now)
        if seen.sources.digest and seen.sources.is_settled(seen.begun) and after.digest and after.is_settled(now):
            remember(options, seen.sources, after, result)
    return result


def recall(options: BuildOptions, sources: Survey, site: Survey) -> BuildResult | None:
    """The result of the last build; None where anything is, or may be, another than then."""
    kept = None if options.full or options.force or not options.keep_cache else load(options)
    if kept is None or kept["sources"] != sources.digest or kept["options"] != name_options(options):
        return None
    if kept["installed"] != list_installed() or (kept["sets_type"] and kept["fonts"] != identify_fonts()):
        return None
    if not site.digest or kept["site"] != site.digest:
        return None
    return BuildResult(
        findings=tuple(decode_finding(each) for each in kept["findings"]),
        catalogue=decode_catalogue(kept["catalogue"]),
        agencies=kept["agencies"],
        reports=kept["reports"],
        written=Written(written=0, kept=kept["kept"], removed=0, bytes=0, digest=kept["digest"], changed=()),
        base_url=kept["base_url"],
    )


def remember(options: BuildOptions, sources: Survey, site: Survey, result: BuildResult) -> None:
    """Keep a result for `recall`; the site was looked at once the clock of the file system had gone on."""
    path = name_file(options)
    if result.written is None or path is None:
        return
    body = {
        "sources": sources.digest,
        "options": name_options(options),
        "installed": list_installed(),
        "sets_type": result.sets_type,
        "fonts": identify_fonts() if result.sets_type else "",
        "site": site.digest,
        "findings": [encode_finding(finding) for finding in result.findings],
        "catalogue": encode_catalogue(result.catalogue),
        "agencies": result.agencies,
        "reports": result.reports,
        "kept": result.written.written + result.written.kept,
        "digest": result.written.digest,
        "base_url": result.base_url,
    }
    write_whole(path, body)


def load(options: BuildOptions) -> dict[str, Any] | None:
    """What was kept; None where there is nothing or it was damaged."""
    path = name_file(options)
    body: dict[str, Any] | None = read_whole(path) if path is not None else None
    return body


def name_file(options: BuildOptions) -> Path | None:
    """Where a result is kept; None where nothing is."""
    return name_kept(options.project / ".gaisite" / "cache", NAME, ".json") if options.keep_cache else None


def name_options(options: BuildOptions) -> list[object]:
    """What a result depends on besides the files."""
    return [str(options.site), options.strict, options.drafts, options.base_url]


def identify_fonts() -> str:
    """One hash over the fonts of this machine."""
    from gaisite.build.fonts import hash_fonts

    return hash_fonts()


def list_installed() -> str:
    """One hash over Python and the names of all that is installed for it, versions in them."""
    names = [sys.version]
    for folder in sys.path:
        if os.path.isdir(folder):
            names.extend(sorted(name for name in os.listdir(folder) if name.endswith((".dist-info", ".egg-info"))))
    return hashlib.sha256("\0".join(names).encode("utf-8", "surrogateescape")).hexdigest()


def survey_sources(options: BuildOptions) -> Survey:
    """All that a build reads: the content, the themes, gaisite itself."""
    return survey([options.project / "content", PACKAGE, *list_theme_roots(options.project)])
