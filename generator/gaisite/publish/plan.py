"""What a publish will do, before it does anything: from what is here and what is there to operations in their order."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum

from gaisite.model.hosting import HASHED
from gaisite.publish.states import State

ENTRANCE = re.compile(
    r"(?:[a-z]{2}(?:-[A-Za-z]+)?/)?(?:index\.html|404\.html|feed\.xml|sitemap(?:-[0-9]+)?\.xml|robots\.txt)"
    r"|_redirects|pagefind/pagefind-entry\.json"
)
OUTERMOST = frozenset({"index.html", "404.html", "sitemap.xml", "robots.txt", "_redirects"})
"""Those that no page needs, and that lead a visitor or a search engine to all others."""
RANKS = ("index.html", "404.html", "pagefind-entry.json", "feed.xml", "sitemap.xml", "robots.txt")
MOST_DELETIONS = 256
MOST_SHARE = 0.2


class Stage(IntEnum):
    """When a file is put on the host: whatever a page needs or leads to comes before it."""

    ASSETS = 1
    FILES = 2
    NEW_PAGES = 3
    PAGES = 4
    ENTRANCES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file to put on the host."""

    path: str
    digest: str
    """Its sha256."""
    stage: Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to do on a host, in this order: the uploads, then the deletions."""

    uploads: tuple[Upload, ...]
    deletions: tuple[str, ...]
    retired: tuple[str, ...]
    """Files that nothing needs any more, to be deleted with the next publish."""
    kept: int
    """How many files are there as they are here."""
    known: int
    """How many files gaisite has put there until now."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return not self.uploads and not self.deletions

    @property
    def weighty(self) -> int:
        """How many deletions are more than clearing away of what has been replaced."""
        return sum(not HASHED.fullmatch(path) for path in self.deletions)

    @property
    def limit(self) -> int:
        """How many of these are usual: 256 files or a fifth of the site, whichever is less."""
        return min(MOST_DELETIONS, int(self.known * MOST_SHARE))

    def by_stage(self) -> Iterator[tuple[Upload, ...]]:
        """The uploads that may be done in any order among themselves, stage by stage."""
        for stage in Stage:
            uploads = tuple(upload for upload in self.uploads if upload.stage is stage)
            if uploads:
                yield uploads


def make_plan(local: Mapping[str, str], remote: State) -> Plan:
    """What makes the host hold the files of `local` (sha256 by path), and nothing more of what gaisite put there."""
    same = {path for path, digest in local.items() if remote.files.get(path) == digest and path not in remote.pending}
    uploads = sorted(
        (
            Upload(path=path, digest=digest, stage=find_stage(path, new=path not in remote.files))
            for path, digest in local.items()
            if path not in same
        ),
        key=lambda upload: (upload.stage, rank_path(upload.path), upload.path),
    )
    surplus = {*remote.files, *remote.pending} - local.keys()
    fresh = {path for path in surplus if HASHED.fullmatch(path) and path not in remote.retired}
    doomed = surplus - fresh
    if not uploads and not any(path not in remote.retired for path in doomed):
        fresh, doomed = fresh | doomed, set()
    return Plan(
        uploads=tuple(uploads),
        deletions=tuple(sorted(doomed, key=lambda path: (-find_stage(path, new=False), path))),
        retired=tuple(sorted(fresh)),
        kept=len(same),
        known=len(remote.files),
    )


def find_stage(path: str, *, new: bool) -> Stage:
    """When a file is put on the host; `new`: it has not been there before, so nobody is led to it yet."""
    if HASHED.fullmatch(path):
        return Stage.ASSETS
    if ENTRANCE.fullmatch(path) and not (new and path not in OUTERMOST):
        return Stage.ENTRANCES
    if path.endswith(".html") or ENTRANCE.fullmatch(path):
        return Stage.NEW_PAGES if new else Stage.PAGES
    return Stage.FILES


def rank_path(path: str) -> int:
    """The order of the files of one stage: pages, then what tells others of them."""
    name = path.rpartition("/")[2]
    return RANKS.index(name) if name in RANKS else 0 if name.endswith(".html") else len(RANKS)
