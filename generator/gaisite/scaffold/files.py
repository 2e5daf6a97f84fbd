"""Writing a scaffold: all of its files or none, and never over one that is there."""

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from gaisite.findings import ContentError, Finding, Place, Problems, fault
from gaisite.write.faults import reason_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Scaffold:
    """Files to add to a folder."""

    root: Path
    """The project folder."""
    files: Mapping[str, str]
    """Text by path from the project folder, with `/`."""


def write_scaffold(scaffold: Scaffold, problems: Problems) -> bool:
    """Add the files to their folder; whether that was done. What is in the way is noted and nothing is written.

    Nothing stays either where it is broken off, by Ctrl-C for one.
    """
    obstacles = tuple(find_obstacles(scaffold))
    problems.extend(obstacles)
    if obstacles:
        return False
    writing = Writing(scaffold.root)
    done = False
    try:
        with problems.gather():
            for path, text in scaffold.files.items():
                writing.add(path, text)
            done = True
    finally:
        if not done:
            writing.undo()
    return done


def find_obstacles(scaffold: Scaffold) -> Iterator[Finding]:
    """A finding for each file that is there already, or would be written elsewhere through a link."""
    root = scaffold.root.resolve()
    for path in scaffold.files:
        place = Place(file=path)
        folder = (root / path).parent.resolve()
        if not folder.is_relative_to(root):
            yield fault("file-outside", place, target=folder.as_posix()).finding
        elif os.path.lexists(root / path):
            yield fault("file-exists", place).finding


@dataclass(slots=True)
class Writing:
    """Remembers what it has made, to take it back where a later file cannot be written."""

    root: Path
    folders: list[Path] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)

    def add(self, path: str, text: str) -> None:
        """Make one file and the folders above it; ContentError where the system or another writer prevents it."""
        try:
            self.make_folder((self.root / path).parent)
            with open(self.root / path, "x", encoding="utf-8", newline="\n") as file:
                self.files.append(self.root / path)
                file.write(text)
        except FileExistsError:
            raise fault("file-exists", Place(file=path)) from None
        except OSError as error:
            raise unwritable(path, error) from error

    def make_folder(self, folder: Path) -> None:
        """Make a folder and those above it that are missing."""
        if not folder.exists():
            self.make_folder(folder.parent)
            folder.mkdir()
            self.folders.append(folder)

    def undo(self) -> None:
        """Remove what was made; a folder into which somebody else has put something stays."""
        for file in self.files:
            with suppress(OSError):
                file.unlink()
        for folder in reversed(self.folders):
            with suppress(OSError):
                folder.rmdir()


def unwritable(path: str, error: OSError) -> ContentError:
    """The error for a file that the system does not let us write."""
    return fault("file-unwritable", Place(file=path), reason=reason_of(error))
