"""What the checks of the narrative say about an agency's reports, in the order in which they are told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gaisite.build.project import Common
from gaisite.check.completeness import check_blank_tables, check_sections
from gaisite.check.copies import check_copies
from gaisite.check.notices import check_notice
from gaisite.check.offers import check_contact, check_download
from gaisite.check.paragraphs import Chapter, list_chapters, sketch_chapters
from gaisite.check.stale_years import check_years
from gaisite.check.titles import check_former_names, check_source, check_title_agency, check_title_years, list_names
from gaisite.findings import Finding
from gaisite.model.content import Agency, Report
from gaisite.model.summary import Sketch
from gaisite.model.wording import Wording, choose_wording
from gaisite.read.wording import read_wordings


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """An agency's narratives, read for their words."""

    findings: Mapping[int, tuple[Finding, ...]]
    """By year of the report."""
    sketches: Mapping[int, tuple[Sketch, ...]]
    """Of each year's paragraphs."""


def check_words(common: Common, agency: Agency | None, ancestors: Sequence[Agency], reports: Sequence[Report]) -> Words:
    """What is found in the narratives of an agency's reports, and their sketches."""
    wordings = {report.year: choose_wording(read_wordings(), common.forms[report.form].language) for report in reports}
    chapters: dict[int, Sequence[Chapter]] = {
        report.year: list_chapters(report, common.forms[report.form], agency, wordings[report.year])
        for report in reports
    }
    copies = check_copies(chapters)
    findings = {}
    for report in reports:
        found = [*check_text(common, report, wordings[report.year]), *copies[report.year]]
        if agency is not None:
            found.extend(check_names(common, report, agency, ancestors))
        if agency is not None and report is reports[-1]:
            found.extend(check_contact(report, agency, wordings[report.year]))
        findings[report.year] = tuple(found)
    return Words(findings=findings, sketches={year: sketch_chapters(chapters[year]) for year in chapters})


def check_text(common: Common, report: Report, wording: Wording) -> Iterator[Finding]:
    """What one report says of itself, whoever wrote it."""
    yield from check_sections(report, common.forms[report.form], wording)
    yield from check_blank_tables(report)
    yield from check_years(report, wording)
    yield from check_notice(report, common.forms)
    yield from check_download(report, wording)
    yield from check_title_years(report, wording)


def check_names(common: Common, report: Report, agency: Agency, ancestors: Sequence[Agency]) -> Iterator[Finding]:
    """What it calls its agency and its source."""
    wording = choose_wording(read_wordings(), common.forms[report.form].language)
    portal = (common.portal.owner, common.portal.site_name, common.portal.title)
    names = [name for each in (agency, *ancestors) for name in list_names(each.names)]
    yield from check_title_agency(report, agency, ancestors, wording)
    yield from check_source(report, (*names, *portal))
    yield from check_former_names(report, agency, wording)
