"""The content folder: which agencies, years and files there are, before anything is read."""

import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gaisite.findings import Place, Problems, fault
from gaisite.read.files import name_file

YEAR = re.compile(r"(?:19|20|21)[0-9]{2}")
SLUG = re.compile(r"[\w-][\w.-]{0,79}")
BACKUP = re.compile(r".*~|.*\.(bak|swp|tmp|orig)|#.*#|Thumbs\.db|desktop\.ini", re.IGNORECASE)
RESERVED = frozenset({"years", "forms", "checks", "assets", "pages", "comparison", "files", "data"})
"""Folder names of the site that no agency may take."""
WINDOWS_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in range(1, 10))}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearFolder:
    """The files of one report."""

    year: int
    path: Path
    files: tuple[str, ...]
    """Paths from the year's folder, with `/`, sorted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyFolder:
    """An agency's own files, without those of the agencies below it."""

    id: str
    """Path from content/, with `/`."""
    path: Path
    parent: str
    """Id of the nearest agency above; empty where there is none."""
    years: tuple[YearFolder, ...]


def is_hidden(name: str) -> bool:
    """Whether a file is nobody's content: dotfiles, editors' backups, what systems leave behind."""
    return name.startswith(".") or BACKUP.fullmatch(name) is not None


def scan_agencies(content: Path, project: Path, problems: Problems) -> tuple[AgencyFolder, ...]:
    """The agencies under content/, parents before children, in the order of their ids."""
    agencies: list[AgencyFolder] = []
    for folder in list_folders(content, project, problems):
        if folder.name not in ("pages", "forms"):
            agencies.extend(scan_folder(folder, content, "", project, problems))
    return tuple(agencies)


def scan_folder(
    folder: Path, content: Path, parent: str, project: Path, problems: Problems
) -> Iterator[AgencyFolder]:
    """The agency of a folder, where it is one, and those below it."""
    place = Place(file=name_file(folder, project))
    if not is_slug(folder.name) or (folder.parent == content and folder.name.lower() in RESERVED):
        problems.add(fault("agency-folder-name", place, found=folder.name).finding)
        return
    folders = list_folders(folder, project, problems)
    years = [each for each in folders if YEAR.fullmatch(each.name)]
    agency_id = folder.relative_to(content).as_posix()
    if (folder / "agency.yaml").is_file():
        report_years = tuple(scan_year(year, project, problems) for year in years)
        yield AgencyFolder(id=agency_id, path=folder, parent=parent, years=report_years)
        parent = agency_id
        note_strays(folder, {"agency.yaml"}, project, problems)
    elif years:
        problems.add(fault("agency-missing", place, year=years[0].name).finding)
    for below in folders:
        if below not in years:
            yield from scan_folder(below, content, parent, project, problems)


def is_slug(name: str) -> bool:
    """Whether a folder's name can stand in an address on every system."""
    return (
        SLUG.fullmatch(name) is not None
        and not name.endswith(".")
        and unicodedata.is_normalized("NFC", name)
        and name.split(".")[0].lower() not in WINDOWS_DEVICES
        and len(name.encode()) <= 200
    )


def list_folders(folder: Path, project: Path, problems: Problems) -> list[Path]:
    """The folders in a folder, sorted; a link that leads out of the project is refused."""
    found = []
    for path in sorted(folder.iterdir()):
        if is_hidden(path.name) or not path.is_dir():
            continue
        if path.is_symlink():
            target = path.resolve()
            place = Place(file=name_file(path, project))
            problems.add(fault("file-outside", place, target=target.as_posix()).finding)
            continue
        found.append(path)
    return found


def scan_year(folder: Path, project: Path, problems: Problems) -> YearFolder:
    """The files of a year's folder; what is neither figures, report nor attachment is noted."""
    note_strays(folder, {"figures.yaml", "report.md"}, project, problems)
    files = [name for name in ("figures.yaml", "report.md") if os.path.lexists(folder / name)]
    attachments = folder / "files"
    if attachments.is_dir():
        files.extend(list_files(attachments, folder, project, problems))
    for below in list_folders(folder, project, problems):
        if below.name != "files":
            problems.add(fault("file-stray", Place(file=name_file(below, project)), name=below.name).finding)
    return YearFolder(year=int(folder.name), path=folder, files=tuple(sorted(files)))


def list_files(folder: Path, top: Path, project: Path, problems: Problems) -> Iterator[str]:
    """The attachments under a folder; pipes, devices and links out of the project are refused."""
    for path in sorted(folder.iterdir()):
        if is_hidden(path.name):
            continue
        place = Place(file=name_file(path, project))
        mode = path.lstat().st_mode
        if stat.S_ISDIR(mode):
            yield from list_files(path, top, project, problems)
        elif stat.S_ISREG(mode):
            yield path.relative_to(top).as_posix()
        elif stat.S_ISLNK(mode):
            problems.add(fault("file-outside", place, target=path.resolve().as_posix()).finding)
        else:
            problems.add(fault("file-special", place).finding)


def note_strays(folder: Path, known: set[str], project: Path, problems: Problems) -> None:
    """Note files that gaisite does not read where an editor might think that it does."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() or is_hidden(path.name) or path.name in known:
            continue
        problems.add(fault("file-stray", Place(file=name_file(path, project)), name=path.name).finding)
