"""Agencies read and checked one after the other in this process, for who wants their reports and not their pages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from gaisite.build.examine import Examined, examine_agency, read_agency_folder
from gaisite.build.project import Common, read_common
from gaisite.build.summarise import summarise
from gaisite.findings import Finding, Problems
from gaisite.model.datasets import ReportData, observe_report
from gaisite.model.summary import AgencySummary
from gaisite.read.fields import nearest
from gaisite.read.folders import AgencyFolder, list_ancestors, scan_agencies


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadWishes:
    """What to read."""

    project: Path
    agency: str = ""
    """Empty: all."""
    drafts: bool = False


class UnknownAgency(LookupError):
    """There is no such agency."""

    def __init__(self, name: str, near: str) -> None:
        super().__init__(name)
        self.name = name
        self.near = near


class UnreadableProject(Exception):
    """Settings, theme or a form cannot be used: then nothing can be read."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(*(finding.check for finding in findings[:1]))
        self.findings = findings


def examine_agencies(
    common: Common, folders: Mapping[str, AgencyFolder], agency: str = ""
) -> Iterator[tuple[Examined, AgencySummary]]:
    """Agencies read and checked, each after those below it: one and all below it, or all of the project.

    `folders` are those of the project by id, parents before children. The one that is asked for comes last.
    """
    summaries: dict[str, AgencySummary] = {}
    for folder in reversed(tuple(folders.values())):
        if agency and folder.id != agency and not folder.id.startswith(f"{agency}/"):
            continue
        below = [summaries.pop(each) for each in tuple(reversed(summaries)) if summaries[each].parent == folder.id]
        above = (read_agency_folder(common, each, Problems()) for each in list_ancestors(folder, folders))
        examined = examine_agency(common, folder, [each for each in above if each is not None], below)
        summaries[folder.id] = summarise(common, examined)
        yield examined, summaries[folder.id]


def read_data(wishes: ReadWishes) -> tuple[ReportData, ...]:
    """The reports that can be read whole, as data, by agency and year; what is wrong in the others, a check tells.

    Raises UnreadableProject and UnknownAgency.
    """
    problems = Problems()
    common = read_common(wishes.project, problems, drafts=wishes.drafts, base_url=None)
    if common is None:
        raise UnreadableProject(tuple(problems.findings))
    folders = {folder.id: folder for folder in scan_agencies(common.content, common.project, Problems())}
    if wishes.agency and wishes.agency not in folders:
        raise UnknownAgency(wishes.agency, nearest(wishes.agency, folders))
    found = [
        report
        for examined, summary in examine_agencies(common, folders, wishes.agency)
        if wishes.agency in ("", examined.folder.id)
        for report in observe_reports(common, examined, summary)
    ]
    return tuple(sorted(found, key=lambda report: (report.agency, report.year)))


def observe_reports(common: Common, examined: Examined, summary: AgencySummary) -> Iterator[ReportData]:
    """The reports of an agency that can be read whole, as data; none where the agency itself cannot be read."""
    briefs = {brief.year: brief for brief in summary.reports}
    for report in examined.reports:
        if report.readable and report.year in briefs:
            yield observe_report(report, briefs[report.year], common.cell_names, {})
