"""Many files in one go: of which agency and year each is, what could be read, and what could not."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gaisite.findings import ContentError, Finding, Place, Problems, fault
from gaisite.imports.labels import simplify
from gaisite.imports.opening import KINDS, open_document
from gaisite.imports.reports import Imported, ImportWishes, import_report
from gaisite.model.content import Agency
from gaisite.read.folders import is_hidden, scan_agencies
from gaisite.scaffold.ground import Ground, find_agency

YEAR = re.compile(r"(?<![0-9])((?:19|20|21)[0-9]{2})\s*(?:年|(?![0-9]))")
TITLES = 12
"""So many paragraphs at the beginning may be the title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchWishes:
    """Which files are imported, and as what."""

    paths: tuple[Path, ...]
    agency: str = ""
    """Id; empty: the one whose name the file has in its name or title."""
    year: int = 0
    """0: the one that the file has in its name or title."""
    form: str = ""
    labels: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A file that could not be imported."""

    path: Path
    finding: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What came of an import."""

    reports: tuple[Imported, ...]
    failures: tuple[Failure, ...]


def import_batch(ground: Ground, wishes: BatchWishes, problems: Problems) -> Batch:
    """The reports in some files and folders; mistakes of the agencies that are named are noted."""
    reports: list[Imported] = []
    failures: list[Failure] = []
    for path in list_files(wishes.paths):
        try:
            imported = import_file(ground, path, wishes, problems)
            twin = next(
                (each for each in reports if (each.agency, each.year) == (imported.agency, imported.year)), None
            )
            if twin is not None:
                other = twin.document.name
                raise fault("import-same", Place(file=path.name), agency=twin.agency, year=str(twin.year), other=other)
            reports.append(imported)
        except ContentError as error:
            failures.append(Failure(path=path, finding=error.finding))
    return Batch(reports=tuple(reports), failures=tuple(failures))


def list_files(paths: Sequence[Path]) -> Iterator[Path]:
    """The files that are named, and those in the folders that are, as far as they can be imported."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for file in sorted(path.rglob("*")):
            if (
                file.is_file()
                and file.suffix.lower() in KINDS
                and not any(map(is_hidden, file.relative_to(path).parts))
            ):
                yield file


def import_file(ground: Ground, path: Path, wishes: BatchWishes, problems: Problems) -> Imported:
    """The report in one file; ContentError where there is none, or nothing says whose it is."""
    titles = read_titles(path) if not (wishes.agency and wishes.year) else ()
    place = Place(file=path.name)
    agency_id = wishes.agency or recognise_agency(ground, titles)
    if not agency_id:
        raise fault("import-agency", place)
    year = wishes.year or recognise_year(titles)
    if not year:
        raise fault("import-year-unknown", place)
    agency = find_agency(ground, agency_id, problems)
    if agency is None:
        raise fault("import-agency", place)
    return import_report(
        ground,
        ImportWishes(path=path, agency=agency, agency_id=agency_id, year=year, form=wishes.form, labels=wishes.labels),
    )


def read_titles(path: Path) -> tuple[str, ...]:
    """What may be a title of a file: its name, and its first paragraphs."""
    document = open_document(path, ())
    return (path.stem, *(each.text for each in list(document.paragraphs)[:TITLES]))


def recognise_year(titles: Sequence[str]) -> int:
    """The year that is named first; 0 where none is."""
    for title in titles:
        found = YEAR.search(unicodedata.normalize("NFKC", title))
        if found:
            return int(found[1])
    return 0


def recognise_agency(ground: Ground, titles: Sequence[str]) -> str:
    """The agency whose name stands in a title, the longest of several; empty where none does."""
    found = [
        (len(simplify(name)), folder_id)
        for folder_id, agency in read_agencies(ground)
        for name in list_names(agency)
        for title in titles
        if simplify(name) and simplify(name) in simplify(title)
    ]
    return max(found, default=(0, ""))[1]


def read_agencies(ground: Ground) -> Iterator[tuple[str, Agency]]:
    """The agencies of a portal, by id."""
    for folder in scan_agencies(ground.content, ground.project, Problems()):
        problems = Problems()
        with problems.gather():
            agency = find_agency(ground, folder.id, problems)
            if agency is not None:
                yield folder.id, agency


def list_names(agency: Agency) -> Iterator[str]:
    """Everything an agency is or was called."""
    for each in agency.names:
        yield from (name for _, name in each.name.by_language)
