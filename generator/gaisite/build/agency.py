"""The map: one agency's folder in, its pages out, and a small summary for everybody else."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gaisite.build.keys import hash_content
from gaisite.build.project import Common
from gaisite.build.roll_ups import add_contribution, roll_up_years, take_sums
from gaisite.check.acknowledgements import acknowledge_findings
from gaisite.check.arithmetic import check_sums
from gaisite.check.children import check_children
from gaisite.check.corrections import check_corrections
from gaisite.check.dates import check_dates, check_reporting_years
from gaisite.check.mentions import check_mentions
from gaisite.check.roll_up import check_roll_up
from gaisite.check.rows import check_form_year, check_rows, check_units
from gaisite.check.series import check_gaps, check_outliers, check_unit_leaps
from gaisite.check.years import check_carry_over
from gaisite.findings import Finding, Problems, Severity, Verdict, fault
from gaisite.model.children import EVERY_YEAR
from gaisite.model.content import Agency, Report
from gaisite.model.history import KeyFigure
from gaisite.model.ledgers import make_ledgers
from gaisite.model.revisions import Reconciliation, reconcile
from gaisite.model.roll_up import RollUp
from gaisite.model.summary import AgencySummary, ReportSummary, tally_by_check, tally_findings
from gaisite.model.sums import read_cell
from gaisite.read.agencies import read_agency
from gaisite.read.files import name_file, read_source
from gaisite.read.folders import AgencyFolder
from gaisite.read.reports import read_report, read_year
from gaisite.relate import relate_key_figures, relate_reports
from gaisite.render.agencies import AgencyMaterial, render_agency, title_report
from gaisite.render.reports import Superseded
from gaisite.texts import Texts
from gaisite.write import Output


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyResult:
    """What one agency gives: its summary, and its files where they were rendered."""

    summary: AgencySummary
    outputs: tuple[Output, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """An agency read and checked."""

    folder: AgencyFolder
    agency: Agency | None
    """None where agency.yaml cannot be read."""
    reports: tuple[Report, ...]
    """By year; drafts only where they were asked for."""
    roll_ups: Mapping[int, RollUp]
    """By year, where a report is the sum of those below or is compared with it."""
    checked: Mapping[int, tuple[Finding, ...]]
    """What the checks say of each report, what passed too."""
    reconciled: Mapping[int, Reconciliation]
    """How each report that can be read differs from what was published of it."""
    failed: tuple[Finding, ...]
    """What failed, and every mistake in reading."""


def build_agency(
    common: Common,
    folder: AgencyFolder,
    ancestors: Sequence[AgencyFolder],
    children: Sequence[AgencySummary],
    *,
    render: bool,
) -> AgencyResult:
    """Read, check, relate and (where nothing is wrong) render one agency.

    `ancestors` come outermost first. Nothing is rendered where a finding of severity error stands.
    """
    examined = examine_agency(common, folder, children)
    summary = summarise(common, examined)
    wrong = any(common.catalogue.severity_of(finding) is Severity.ERROR for finding in examined.failed)
    if wrong or examined.agency is None or not render:
        return AgencyResult(summary=summary, outputs=())
    material = AgencyMaterial(
        agency=examined.agency,
        ancestors=tuple(each for each in (read_agency_folder(common, up, Problems()) for up in ancestors) if each),
        children=tuple(children),
        reports=examined.reports,
        roll_ups=examined.roll_ups,
        findings=examined.checked,
        history=relate_reports(folder.id, examined.reports, common.forms),
        ledgers=make_ledgers(examined.reports, examined.checked, common.forms),
        key_figures=dict(list_key_figures(common, examined.reports)),
        summary=summary,
        earlier={report.year: tuple(list_superseded(common, examined, report)) for report in examined.reports},
    )
    outputs = (*write_pages(common, material), *copy_attachments(common, examined))
    digests = tuple((output.path, hash_output(output)) for output in outputs)
    return AgencyResult(summary=replace(summary, outputs=digests), outputs=outputs)


def list_key_figures(common: Common, reports: Sequence[Report]) -> Iterator[tuple[int, tuple[KeyFigure, ...]]]:
    """The figures that summarise each report, by year."""
    by_year = {report.year: report for report in reports}
    for year, report in by_year.items():
        before = by_year.get(year - 1)
        yield year, relate_key_figures(report, before, common.forms, common.portal.key_cells)


def examine_agency(common: Common, folder: AgencyFolder, children: Sequence[AgencySummary]) -> Examined:
    """Read and check an agency."""
    problems = Problems()
    agency = read_agency_folder(common, folder, problems)
    read = tuple(read_reports(common, folder, children, problems))
    reports = tuple(report for report, _ in read)
    roll_ups = {report.year: roll_up for report, roll_up in read if roll_up is not None}
    checked = {
        report.year: tuple(check_report(common, report, reports, agency, roll_ups.get(report.year)))
        for report in reports
    }
    problems.extend(finding for year in checked for finding in checked[year])
    reconciled = {report.year: reconcile(report) for report in reports if report.readable}
    for report in reports:
        if report.year in reconciled:
            problems.extend(check_corrections(report, reconciled[report.year]))
    if agency is not None:
        problems.extend(check_gaps((year.year for year in folder.years), agency.place))
    problems.extend(check_children(checked, children, name_file(common.content, common.project)))
    failed = tuple(finding for finding in leave_out_off(problems.findings, common) if finding.verdict is Verdict.FAIL)
    return Examined(
        folder=folder,
        agency=agency,
        reports=reports,
        roll_ups=roll_ups,
        checked=checked,
        reconciled=reconciled,
        failed=failed,
    )


def read_agency_folder(common: Common, folder: AgencyFolder, problems: Problems) -> Agency | None:
    """The agency of a folder; None where agency.yaml cannot be read."""
    with problems.gather():
        source = read_source(folder.path / "agency.yaml", common.project)
        return read_agency(source, folder.id, common.kinds, common.portal.language, problems)
    return None


def read_reports(
    common: Common, folder: AgencyFolder, children: Sequence[AgencySummary], problems: Problems
) -> Iterator[tuple[Report, RollUp | None]]:
    """The reports of an agency, by year, each with the sum of those below where it has to do with one.

    Of drafts nothing is told, mistakes neither, unless they were asked for. All figures come before the first
    narrative, which may bind those of any year; first of all, those that are sums.
    """
    own = {year.year: Problems() for year in folder.years}
    read = {year.year: read_year(year, common.reading, own[year.year]) for year in folder.years}
    roll_ups = roll_up_years(common.forms, read, children)
    figures = take_sums(common.forms, read, roll_ups)
    for year in folder.years:
        report = read_report(folder.id, year, figures, common.reading, own[year.year])
        if report is not None and report.narrative.draft and not common.drafts:
            problems.extend(warn_of_withdrawal(report))
            continue
        problems.extend(own[year.year].findings)
        if report is not None:
            yield report, roll_ups.get(year.year)


def warn_of_withdrawal(report: Report) -> Iterator[Finding]:
    """A finding where a draft has been published before: what was public must not vanish unseen."""
    if report.record:
        yield fault("published-draft", report.narrative.place, date=report.record[-1].date).finding


def list_superseded(common: Common, examined: Examined, report: Report) -> Iterator[Superseded]:
    """A report as it was before each revision, checked as it would be today."""
    revisions = examined.reconciled[report.year].revisions if report.year in examined.reconciled else ()
    for earlier, revision in zip(report.earlier, revisions, strict=True):
        findings = check_report(common, earlier, examined.reports, examined.agency, None)
        findings = [finding for finding in findings if finding.check != "acknowledged-nothing"]
        if examined.agency is not None:
            summary = summarise_report(common, examined.agency, earlier, findings)
            yield Superseded(report=earlier, summary=summary, findings=tuple(findings), revision=revision)


def check_report(
    common: Common, report: Report, reports: Sequence[Report], agency: Agency | None, roll_up: RollUp | None
) -> list[Finding]:
    """What all checks say about one report, its acknowledgements applied; nothing of one that cannot be read whole."""
    if not report.readable:
        return []
    form = common.forms[report.form]
    findings = [*check_form_year(report, form), *check_rows(report), *check_units(report)]
    findings.extend(check_dates(report, form, agency.kind if agency else ""))
    findings.extend(check_reporting_years(report, agency) if agency else ())
    findings.extend(check_roll_up(report, form, roll_up) if roll_up else ())
    findings.extend((*check_sums(report, form), *check_mentions(report, form)))
    for before in [each for each in reports if each.year < report.year and each.readable][-1:]:
        findings.extend(check_carry_over(report, before, common.forms))
        if before.year == report.year - 1:
            findings.extend(check_outliers(report, before, common.forms))
            findings.extend(check_unit_leaps(report, before, common.forms))
    return leave_out_off(acknowledge_findings(findings, report.acknowledgements), common)


def leave_out_off(findings: Sequence[Finding], common: Common) -> list[Finding]:
    """The findings but for those of checks that are off, whatever they say."""
    return [finding for finding in findings if common.catalogue.weigh(finding) is not Severity.OFF]


def summarise(common: Common, examined: Examined) -> AgencySummary:
    """What other pages may say of an agency."""
    agency, folder = examined.agency, examined.folder
    return AgencySummary(
        id=folder.id,
        parent=folder.parent,
        name=agency.name if agency else Texts(((common.portal.language, folder.id),)),
        kind=agency.kind if agency else "",
        reports=tuple(
            add_contribution(
                summarise_report(common, agency, report, examined.checked[report.year]),
                report,
                common.forms[report.form],
                examined.roll_ups.get(report.year),
                wanted=bool(folder.parent),
            )
            for report in examined.reports
            if agency is not None
        ),
        findings=examined.failed,
        outputs=(),
        reporting=agency.reporting if agency else EVERY_YEAR,
    )


def summarise_report(common: Common, agency: Agency, report: Report, findings: Sequence[Finding]) -> ReportSummary:
    """One report, in brief."""
    form = common.forms[report.form]
    return ReportSummary(
        year=report.year,
        form=report.form,
        title=title_report(report, form, agency, common.portal.language),
        name=agency.name_in(report.year),
        published=report.narrative.published,
        source_url=report.narrative.source_url,
        tally=tally_findings(findings),
        by_check=tally_by_check(findings),
        key_figures={
            str(cell): read_cell(report.tables[cell.table], cell) for cell in form.key_cells(common.portal.key_cells)
        },
        failed=tuple(finding for finding in findings if common.catalogue.is_public(finding)),
        corrected=tuple(sorted({each.date for each in report.corrections})),
    )


def hash_output(output: Output) -> str:
    """The sha256 of an output."""
    if output.content is not None:
        return hashlib.sha256(output.content).hexdigest()
    return hash_content(output.source).hex() if output.source else output.digest


def write_pages(common: Common, material: AgencyMaterial) -> Iterator[Output]:
    """The pages of an agency as files."""
    for path, content in render_agency(common.site, material):
        origin = name_file(common.content / material.agency.id, common.project)
        yield Output(path=path, content=content, origin=origin)


def copy_attachments(common: Common, examined: Examined) -> Iterator[Output]:
    """The attachments of the reports that are shown."""
    for year in examined.folder.years:
        if year.year not in examined.checked:
            continue
        for name in year.files:
            if name.startswith("files/"):
                path = year.path / name
                yield Output(
                    path=f"{examined.folder.id}/{year.year}/{name}",
                    source=path,
                    origin=name_file(path, common.project),
                )
