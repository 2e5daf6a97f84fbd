"""One report as a document, by itself: what `gaisite export` asks for. Nothing else of the site is made."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gaisite.build.agency import make_document
from gaisite.build.project import read_common
from gaisite.build.reading import examine_agencies
from gaisite.export.files import write_document
from gaisite.findings import Finding, Problems, Severity
from gaisite.model.catalogue import Catalogue
from gaisite.model.downloads import Format
from gaisite.read.catalogue import read_catalogue
from gaisite.read.fields import nearest
from gaisite.read.files import name_file
from gaisite.read.folders import AgencyFolder, scan_agencies


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentWishes:
    """Which report to make a document of."""

    project: Path
    agency: str
    year: int
    format: Format


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentResult:
    """What came of it."""

    findings: tuple[Finding, ...]
    """Of the report and its agency; what the portal cannot be read with, where that is so."""
    catalogue: Catalogue
    content: bytes | None = None
    """The file; None where an error is found."""


class UnknownReport(Exception):
    """There is no such agency, or no report of it for the year."""

    def __init__(self, name: str, near: str) -> None:
        super().__init__(name)
        self.name = name
        self.near = near


def build_document(wishes: DocumentWishes) -> DocumentResult:
    """Read and check an agency, drafts too, and write one of its reports as a document.

    Raises UnknownReport. What is found in other reports does not keep this one from being written.
    """
    problems = Problems()
    common = read_common(wishes.project, problems, drafts=True, base_url=None)
    if common is None:
        return DocumentResult(findings=tuple(problems.findings), catalogue=read_catalogue())
    folders = {folder.id: folder for folder in scan_agencies(common.content, common.project, Problems())}
    check_name(wishes, folders)
    folder = folders[wishes.agency]
    *_, (examined, _) = examine_agencies(common, folders, wishes.agency)
    own = {name_file(path, common.project) for path in (folder.path / "agency.yaml", folder.path / str(wishes.year))}
    problems.extend(each for each in examined.failed if own & {each.place.file, each.place.file.rpartition("/")[0]})
    report = next((each for each in examined.reports if each.year == wishes.year), None)
    wrong = any(common.catalogue.severity_of(each) is Severity.ERROR for each in problems.findings)
    content = None
    if not wrong and report is not None and examined.agency is not None:
        with problems.gather():
            content = write_document(make_document(common, examined.agency, report), wishes.format)
    findings = tuple(sorted(problems.findings, key=lambda each: each.place))
    return DocumentResult(findings=findings, catalogue=common.catalogue, content=content)


def check_name(wishes: DocumentWishes, folders: Mapping[str, AgencyFolder]) -> None:
    """UnknownReport where there is no such report, with the name that is probably meant."""
    name = f"{wishes.agency}/{wishes.year}"
    known = [f"{folder.id}/{year.year}" for folder in folders.values() for year in folder.years]
    if name not in known:
        raise UnknownReport(name, nearest(name, known))
