"""What the write stage takes and gives: the files of the new site, and what became of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TypeAlias

Opener: TypeAlias = Callable[[str], BinaryIO]
"""Opens a file of the new site that came before, by its path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """One file of the new site; exactly one of `content`, `source`, `compose` and `digest` says what is in it."""

    path: str
    """Where it goes, from the output folder, with `/`; an unsafe path is refused when the site is written."""
    content: bytes | None = None
    """The bytes to write."""
    source: Path | None = None
    """A file to copy, never held in memory as a whole."""
    compose: Callable[[Opener], Iterator[bytes]] | None = None
    """Makes the bytes, in pieces, from files of the new site that came before; it may be asked more than once."""
    digest: str = ""
    """The sha256, in hex, of the file that the present site already holds at this path, to be kept as it is."""
    origin: str = ""
    """What it was made from, for messages: `content/a/2020/report.md`."""

    def __post_init__(self) -> None:
        given = sum(each is not None for each in (self.content, self.source, self.compose)) + bool(self.digest)
        if given != 1:
            raise ValueError(f"{self.path}: exactly one of content, source, compose, digest is wanted, {given} given")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What one run of the write stage did to the site."""

    written: int
    """How many files are new or different."""
    kept: int
    """How many files of ours stay as they were."""
    removed: int
    """How many files of ours are gone."""
    bytes: int
    """The size of the files written."""
    digest: str
    """The sha256 of all paths and their sha256: two sites with the same digest are the same."""
    changed: tuple[str, ...]
    """The paths written or removed, sorted."""
    staged: int = field(default=0, compare=False)
    """When all that is new had been written, where nobody sees it, in nanoseconds: what is newer is not ours."""
    ended: int = field(default=0, compare=False)
    """When the last file had been linked or unlinked: what changed later was changed by others."""


class StaleOutput(Exception):
    """Files that were to be kept are missing or no longer what they were; they must be rendered again."""

    def __init__(self, *paths: str) -> None:
        super().__init__(*paths)
        self.paths = paths

    @property
    def path(self) -> str:
        """The first of them."""
        return self.paths[0]
