"""What is known of the agencies since the last build: where one is as it was, its summary need not even be read.

All of it is one file of the cache, read at once: of each agency the keys, what it adds to the portal's pages as hashes,
its files and its findings. What is made from the summaries of all agencies, the portal's pages and what agencies share,
is known by a hash over these. A summary that is wanted after all is read from its own file.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from gaisite.build.cache import decode_redirect, encode_redirect, encode_summary
from gaisite.build.codec import decode_finding, encode_finding, hash_body, hash_text, name_kept, read_whole, write_whole
from gaisite.build.keys import OwnFiles, hash_code
from gaisite.build.settled import Seen
from gaisite.findings import Finding
from gaisite.model.portal import Redirect
from gaisite.model.summary import AgencySummary
from gaisite.read.folders import AgencyFolder
from gaisite.render.below import find_below_paths

NAME = "agencies-2"
"""With a number for the form in which it is kept."""
COMPARED = ("year", "narrative", "name", "sketches")
"""What of a report is compared with those of other agencies."""
File = tuple[str, str]
"""Path and sha256."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An agency, as far as it is known without its summary."""

    id: str
    parent: str
    key: str
    own: OwnFiles
    """Its own files."""
    status: str
    """What their status was when they were read; empty where that would tell nothing."""
    digest: str
    """Over its summary: what the agency above depends on."""
    shown: str
    """Over what the portal's pages may show of it."""
    sketched: str
    """Over what is compared with other agencies."""
    reports: tuple[tuple[int, str], ...]
    """Year and form of each."""
    findings: tuple[Finding, ...]
    outputs: tuple[File, ...]
    redirects: tuple[Redirect, ...]


def know(summary: AgencySummary, key: str, own: OwnFiles, status: str) -> Known:
    """What is to be known of an agency."""
    body = encode_summary(summary)
    return Known(
        id=summary.id,
        parent=summary.parent,
        key=key,
        own=own,
        status=status,
        digest=hash_body(body),
        shown=hash_body(encode_summary(strip(summary))),
        sketched=hash_body([[each[name] for name in COMPARED] for each in body["reports"]]),
        reports=tuple((report.year, report.form) for report in summary.reports),
        findings=summary.findings,
        outputs=summary.outputs,
        redirects=summary.redirects,
    )


def strip(summary: AgencySummary) -> AgencySummary:
    """A summary with what the portal's pages are made from, and without all else."""
    reports = tuple(replace(report, contribution=None, sketches=(), narrative="") for report in summary.reports)
    return replace(summary, reports=reports, findings=(), outputs=tuple(list_named(summary)), children=())


def list_named(summary: AgencySummary) -> Iterator[File]:
    """The pages of an agency that the sitemap names and only its files tell of; what is in them does not matter."""
    paths = [path for path, _ in summary.outputs]
    for report in summary.reports:
        if report.below:
            yield from ((path, "") for path in find_below_paths(f"{summary.id}/{report.year}", paths))


def tell_status(folder: AgencyFolder, seen: Seen | None) -> str:
    """One hash over the status of an agency's own files; empty where that does not tell that they are as they were."""
    waiting = [os.fspath(folder.path), *(os.fspath(year.path) for year in folder.years)]
    digests = []
    for number, path in enumerate(waiting):
        status = seen.sources.folders.get(path) if seen is not None else None
        if seen is None or status is None or not status.is_settled(seen.begun):
            return ""
        digests.append(status.digest)
        # All that lies in a year's folder is the agency's, while folders beside it may be other agencies.
        waiting.extend(status.folders if number else ())
    return hash_text("\n".join(digests))


@dataclass(slots=True)
class Memory:
    """What is known since the last build."""

    agencies: dict[str, Known] = field(default_factory=dict)
    shared: tuple[str, tuple[Finding, ...]] = ("", ())
    """What the outermost agencies share, and the hash over what was compared."""
    portal: tuple[str, tuple[File, ...]] = ("", ())
    """The portal's own pages, and the hash over what they are made from."""

    def find_own(self, folder: AgencyFolder, status: str) -> OwnFiles | None:
        """What is known of an agency's own files; None where they are to be read."""
        known = self.agencies.get(folder.id)
        return known.own if known is not None and status and known.status == status else None


def join_hashes(hashes: Iterable[tuple[str, ...]]) -> str:
    """One hash over others."""
    return hash_text("\n".join("\0".join(each) for each in hashes))


def read_memory(folder: Path | None) -> Memory:
    """What was kept in the cache's folder; nothing where it is damaged or of another version of gaisite."""
    body = read_whole(name_kept(folder, NAME, ".json")) if folder is not None else None
    memory = Memory()
    with suppress(ValueError, KeyError, TypeError, IndexError):
        if body and body["code"] == hash_code():
            memory = Memory(
                agencies={each[0]: decode_known(each) for each in body["agencies"]},
                shared=(body["shared"][0], tuple(decode_finding(each) for each in body["shared"][1])),
                portal=(body["portal"][0], decode_files(body["portal"][1])),
            )
    return memory


def write_memory(folder: Path | None, memory: Memory) -> None:
    """Keep it for the next build."""
    if folder is not None:
        body = {
            "code": hash_code(),
            "agencies": [encode_known(each) for each in memory.agencies.values()],
            "shared": [memory.shared[0], [encode_finding(each) for each in memory.shared[1]]],
            "portal": memory.portal,
        }
        write_whole(name_kept(folder, NAME, ".json"), body)


def encode_known(known: Known) -> list[Any]:
    """An agency as JSON values."""
    return [
        *(known.id, known.parent, known.key, known.own, known.status, known.digest, known.shown, known.sketched),
        known.reports,
        [encode_finding(each) for each in known.findings],
        known.outputs,
        [encode_redirect(each) for each in known.redirects],
    ]


def decode_known(body: list[Any]) -> Known:
    """The agency that was kept."""
    id, parent, key, own, status, digest, shown, sketched, reports, findings, outputs, redirects = body
    return Known(
        id=id,
        parent=parent,
        key=key,
        own=OwnFiles(*own),
        status=status,
        digest=digest,
        shown=shown,
        sketched=sketched,
        reports=tuple((year, form) for year, form in reports),
        findings=tuple(decode_finding(each) for each in findings),
        outputs=decode_files(outputs),
        redirects=tuple(decode_redirect(id, each) for each in redirects),
    )


def decode_files(files: Iterable[list[str]]) -> tuple[File, ...]:
    """Files that were kept."""
    return tuple((path, digest) for path, digest in files)
