"""An agency in brief: all that other pages, and the agency above, may say of it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gaisite.build.examine import Examined
from gaisite.build.project import Common
from gaisite.build.roll_ups import add_contribution
from gaisite.findings import Finding
from gaisite.model.children import EVERY_YEAR
from gaisite.model.content import Agency, Report
from gaisite.model.summary import AgencySummary, ReportSummary, tally_by_check, tally_findings
from gaisite.model.sums import read_cell
from gaisite.render.aliases import redirect_agency
from gaisite.render.reports import title_report
from gaisite.texts import Texts


def summarise(common: Common, examined: Examined) -> AgencySummary:
    """The summary of an agency, its outputs left out."""
    agency, folder = examined.agency, examined.folder
    return AgencySummary(
        id=folder.id,
        parent=folder.parent,
        name=agency.name if agency else Texts(((common.portal.language, folder.id),)),
        kind=agency.kind if agency else "",
        reports=tuple(summarise_reports(common, agency, examined)) if agency is not None else (),
        findings=examined.failed,
        outputs=(),
        reporting=agency.reporting if agency else EVERY_YEAR,
        redirects=tuple(redirect_agency(agency, examined.reports)) if agency else (),
    )


def summarise_reports(common: Common, agency: Agency, examined: Examined) -> Iterator[ReportSummary]:
    """Each report in brief, with what it gives to the sum and to the comparison of the agency above."""
    for report in examined.reports:
        summary = replace(
            summarise_report(common, agency, report, examined.checked[report.year]),
            narrative=report.narrative.place.file,
            sketches=examined.sketches[report.year],
        )
        form, roll_up = common.forms[report.form], examined.roll_ups.get(report.year)
        yield add_contribution(summary, report, form, roll_up, wanted=bool(examined.folder.parent))


def list_title_languages(common: Common, report: Report) -> tuple[str, ...]:
    """The languages in which a report has a title: one that it gives itself is in the main language alone."""
    languages = common.portal.languages or (common.portal.language,)
    return languages[:1] if report.narrative.title else languages


def summarise_report(common: Common, agency: Agency, report: Report, findings: Sequence[Finding]) -> ReportSummary:
    """One report, in brief."""
    form = common.forms[report.form]
    return ReportSummary(
        year=report.year,
        form=report.form,
        titles=Texts(
            tuple((each, title_report(report, form, agency, each)) for each in list_title_languages(common, report))
        ),
        name=agency.name_in(report.year),
        published=report.narrative.published,
        source_url=report.narrative.source_url,
        draft=report.narrative.draft,
        tally=tally_findings(findings),
        by_check=tally_by_check(findings),
        key_figures={
            str(cell): read_cell(report.tables[cell.table], cell) for cell in form.key_cells(common.portal.key_cells)
        },
        failed=tuple(finding for finding in findings if common.catalogue.is_public(finding)),
        corrected=tuple(sorted({each.date for each in report.corrections})),
    )
