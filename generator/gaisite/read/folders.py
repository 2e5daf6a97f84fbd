"""The content folder: which agencies, years and files there are, before anything is read."""

import os
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from gaisite.findings import Place, Problems, fault
from gaisite.model.hosting import READ_BY_HOSTS
from gaisite.read.fields import suggest
from gaisite.read.files import name_file, printable, resolve_link
from gaisite.read.nodes import INVISIBLE

YEAR = re.compile(r"(?:19|20|21)[0-9]{2}")
SLUG = re.compile(r"[\w-][\w.-]{0,79}")
BACKUP = re.compile(r".*~|~\$.*|.*\.(bak|swp|tmp|orig)|#.*#|Thumbs\.db|desktop\.ini", re.IGNORECASE)
YEAR_FILES = ("figures.yaml", "report.md", "published.json")
RECEIPT = "import.json"
"""What tells, beside figures.yaml, where each of its figures came from; nothing of it is published."""
HOST = "host"
"""The folder of what the host site puts around every page."""
NAMES = ("site.yaml", "agency.yaml", *YEAR_FILES, "files")
"""What a file that is not read may have been meant to be called."""
RESERVED = frozenset(
    {
        "years",
        "forms",
        "checks",
        "assets",
        "pages",
        "comparison",
        "files",
        "data",
        "agencies",
        "search",
        "pagefind",
        HOST,
        *READ_BY_HOSTS,
    }
)
"""Names at the top of the site that no agency, page or former address may take."""
OWN_PAGES = frozenset({"agencies", "comparison"})
"""Names of the folders in which an agency's own further pages lie: of a long list of those below, over its years."""
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


def name_agency(path: str) -> str:
    """The id that a path on the command line means: what shells complete, `content/a/b/`, is `a/b`."""
    parts = [part for part in path.replace("\\", "/").split("/") if part not in ("", ".")]
    return "/".join(parts[1:] if len(parts) > 1 and parts[0] == "content" else parts)


def list_ancestors(folder: AgencyFolder, by_id: Mapping[str, AgencyFolder]) -> list[AgencyFolder]:
    """The agencies above one, outermost first."""
    ancestors: list[AgencyFolder] = []
    parent = folder.parent
    while parent:
        ancestors.insert(0, by_id[parent])
        parent = by_id[parent].parent
    return ancestors


def is_hidden(name: str) -> bool:
    """Whether a file is nobody's content: dotfiles, editors' backups, what systems leave behind."""
    return name.startswith(".") or BACKUP.fullmatch(name) is not None


def scan_agencies(content: Path, project: Path, problems: Problems) -> tuple[AgencyFolder, ...]:
    """The agencies under content/, parents before children, in the order of their ids."""
    agencies: list[AgencyFolder] = []
    entries = list_entries(content, project, problems)
    note_strays(entries, ("site.yaml",), project, problems)
    for folder in pick_folders(entries, project, problems):
        if folder.name not in ("pages", "forms") and not (
            folder.name == HOST and not (folder / "agency.yaml").exists()
        ):
            agencies.extend(scan_folder(folder, content, "", project, problems))
    return tuple(agencies)


def scan_folder(folder: Path, content: Path, parent: str, project: Path, problems: Problems) -> Iterator[AgencyFolder]:
    """The agency of a folder, where it is one, and those below it."""
    place = Place(file=name_file(folder, project))
    above = folder.parent.relative_to(content).as_posix()
    taken = RESERVED if folder.parent == content else OWN_PAGES if parent == above else frozenset()
    wrong = find_wrong_name(folder.name, taken, at_top=folder.parent == content)
    if wrong:
        problems.add(fault(wrong, place, found=printable(folder.name)).finding)
        return
    entries = list_entries(folder, project, problems)
    note_strays(entries, ("agency.yaml",), project, problems)
    folders = pick_folders(entries, project, problems)
    years = [each for each in folders if YEAR.fullmatch(each.name)]
    if folder / "agency.yaml" in entries:
        agency_id = folder.relative_to(content).as_posix()
        report_years = tuple(scan_year(year, project, problems) for year in years)
        yield AgencyFolder(id=agency_id, path=folder, parent=parent, years=report_years)
        parent = agency_id
    elif years:
        problems.add(fault("agency-missing", place, year=years[0].name).finding)
    for below in folders:
        if below not in years and below.name != "agency.yaml":
            yield from scan_folder(below, content, parent, project, problems)


def find_wrong_name(name: str, taken: Collection[str], *, at_top: bool) -> str:
    """The check that refuses a name for an agency's folder; empty where none does; the site has those `taken`."""
    if at_top and YEAR.fullmatch(name):
        return "agency-folder-year"
    return "agency-folder-name" if not is_slug(name) or name.lower() in taken else ""


def is_slug(name: str) -> bool:
    """Whether a folder's name can stand in an address on every system."""
    return (
        SLUG.fullmatch(name) is not None
        and not name.endswith(".")
        and unicodedata.is_normalized("NFC", name)
        and name.split(".")[0].lower() not in WINDOWS_DEVICES
        and len(name.encode()) <= 200
    )


def list_entries(folder: Path, project: Path, problems: Problems) -> list[Path]:
    """What lies in a folder and is not hidden, sorted; nothing of a folder that cannot be read, which is noted."""
    try:
        return sorted(path for path in folder.iterdir() if not is_hidden(path.name))
    except OSError as error:
        place, reason = Place(file=name_file(folder, project)), error.strerror or str(error)
        problems.add(fault("file-unreadable", place, reason=reason).finding)
        return []


def pick_folders(entries: Iterable[Path], project: Path, problems: Problems) -> list[Path]:
    """The folders among entries; a link to one is refused, wherever it leads."""
    found = []
    for path in entries:
        if not os.path.isdir(path):
            continue
        if os.path.islink(path):
            place = Place(file=name_file(path, project))
            problems.add(fault("file-outside", place, target=resolve_link(path)).finding)
        else:
            found.append(path)
    return found


def scan_year(folder: Path, project: Path, problems: Problems) -> YearFolder:
    """The files of a year's folder; what is neither figures, report nor attachment is noted."""
    plain = list_plain(folder)
    if plain is not None:
        return YearFolder(year=int(folder.name), path=folder, files=plain)
    entries = list_entries(folder, project, problems)
    note_strays(entries, (*YEAR_FILES, RECEIPT), project, problems)
    files = [name for name in YEAR_FILES if folder / name in entries]
    for below in pick_folders(entries, project, problems):
        if below.name == "files":
            files.extend(list_files(below, folder, project, problems))
        elif below.name not in YEAR_FILES:
            note_stray(below, project, problems)
    return YearFolder(year=int(folder.name), path=folder, files=tuple(sorted(files)))


def list_plain(folder: Path) -> tuple[str, ...] | None:
    """The files of a year's folder, seen at one glance where it has no others than most have; else None."""
    names = []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if is_hidden(entry.name):
                continue
            if entry.name not in (*YEAR_FILES, RECEIPT) or not entry.is_file(follow_symlinks=False):
                return None
            names.append(entry.name)
        return tuple(sorted(name for name in names if name != RECEIPT))
    return None


def list_files(folder: Path, top: Path, project: Path, problems: Problems) -> Iterator[str]:
    """The attachments under a folder; pipes, devices, links and names that are no text are refused."""
    for path in list_entries(folder, project, problems):
        place = Place(file=name_file(path, project))
        if os.path.islink(path):
            problems.add(fault("file-outside", place, target=resolve_link(path)).finding)
        elif os.path.isdir(path):
            yield from list_files(path, top, project, problems)
        elif not os.path.isfile(path):
            problems.add(fault("file-special", place).finding)
        elif printable(path.name) != path.name:
            note_stray(path, project, problems)
        elif found := INVISIBLE.search(path.name):
            place = Place(file=INVISIBLE.sub("\N{REPLACEMENT CHARACTER}", name_file(path, project)))
            problems.add(fault("file-name-character", place, code=f"U+{ord(found[0]):04X}").finding)
        else:
            yield path.relative_to(top).as_posix()


def note_strays(entries: Iterable[Path], known: Collection[str], project: Path, problems: Problems) -> None:
    """Note files that gaisite does not read where an editor might think that it does."""
    for path in entries:
        if path.name not in known and not os.path.isdir(path):
            note_stray(path, project, problems)


def note_stray(path: Path, project: Path, problems: Problems) -> None:
    """Note what is not read, and what it may have been meant to be called."""
    name, near = printable(path.name), suggest(path.name, NAMES, problems)
    place = Place(file=name_file(path, project))
    problems.add(fault("file-stray", place, name=name, near="" if near == name else near).finding)
