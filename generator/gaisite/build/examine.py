"""One agency read and checked: its reports, the sums of those below, and what the checks say of all of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gaisite.build.project import Common
from gaisite.build.roll_ups import roll_up_years, take_sums
from gaisite.build.words import check_words
from gaisite.check.acknowledgements import acknowledge_findings
from gaisite.check.arithmetic import check_sums
from gaisite.check.children import check_children
from gaisite.check.corrections import check_corrections
from gaisite.check.mentions import check_mentions, check_statements
from gaisite.check.prose import check_prose
from gaisite.check.publication import check_dates, check_reporting_years
from gaisite.check.roll_up import check_roll_up
from gaisite.check.rows import check_form_year, check_rows, check_units
from gaisite.check.series import check_gaps, check_outliers, check_unit_leaps
from gaisite.check.siblings import check_shared
from gaisite.check.years import check_carry_over
from gaisite.findings import Finding, Problems, Severity, Verdict, fault
from gaisite.model.content import Agency, Report
from gaisite.model.revisions import Reconciliation, reconcile
from gaisite.model.roll_up import RollUp
from gaisite.model.summary import AgencySummary, Sketch
from gaisite.read.agencies import read_agency
from gaisite.read.files import name_file, read_source
from gaisite.read.folders import AgencyFolder
from gaisite.read.reports import read_report, read_year


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
    sketches: Mapping[int, tuple[Sketch, ...]]
    """Of each report's paragraphs."""
    failed: tuple[Finding, ...]
    """What failed, and every mistake in reading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What a report is checked beside."""

    reports: Sequence[Report]
    """The agency's, by year, itself among them."""
    agency: Agency | None
    roll_up: RollUp | None = None
    """The sum of those below, where it has to do with one."""
    words: Sequence[Finding] = ()
    """What was found in its narrative."""


def examine_agency(
    common: Common, folder: AgencyFolder, ancestors: Sequence[Agency], children: Sequence[AgencySummary]
) -> Examined:
    """Read and check an agency, and compare the agencies below it with one another."""
    problems = Problems()
    agency = read_agency_folder(common, folder, problems)
    read = tuple(read_reports(common, folder, children, problems))
    reports = tuple(report for report, _ in read)
    roll_ups = {report.year: roll_up for report, roll_up in read if roll_up is not None}
    words = check_words(common, agency, ancestors, reports)
    checked = {}
    for report in reports:
        beside = Beside(
            reports=reports, agency=agency, roll_up=roll_ups.get(report.year), words=words.findings[report.year]
        )
        checked[report.year] = tuple(check_report(common, report, beside))
    reconciled = {report.year: reconcile(report) for report in reports if report.readable}
    examined = Examined(
        folder=folder,
        agency=agency,
        reports=reports,
        roll_ups=roll_ups,
        checked=checked,
        reconciled=reconciled,
        sketches=words.sketches,
        failed=(),
    )
    problems.extend(check_agency(common, examined, children))
    failed = (each for each in leave_out_off(problems.findings, common) if each.verdict is Verdict.FAIL)
    return replace(examined, failed=tuple(failed))


def check_agency(common: Common, examined: Examined, children: Sequence[AgencySummary]) -> Iterator[Finding]:
    """All that is found about an agency once it is read: of each report, of their years, of the agencies below."""
    for findings in examined.checked.values():
        yield from findings
    for report in examined.reports:
        if report.year in examined.reconciled:
            yield from check_corrections(report, examined.reconciled[report.year])
    if examined.agency is not None:
        yield from check_gaps((year.year for year in examined.folder.years), examined.agency.place)
    yield from check_shared(children)
    yield from check_children(examined.checked, children, name_file(common.content, common.project))


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


def check_report(common: Common, report: Report, beside: Beside) -> list[Finding]:
    """What all checks say about one report, its acknowledgements applied; nothing of one that cannot be read whole."""
    if not report.readable:
        return []
    form, agency = common.forms[report.form], beside.agency
    findings = [*check_form_year(report, form), *check_rows(report), *check_units(report)]
    findings.extend(check_dates(report, form, agency.kind if agency else ""))
    findings.extend(check_reporting_years(report, agency) if agency else ())
    findings.extend(check_roll_up(report, form, beside.roll_up) if beside.roll_up else ())
    findings.extend((*check_sums(report, form), *check_mentions(report, form), *check_statements(report, form)))
    for before in [each for each in beside.reports if each.year < report.year and each.readable][-1:]:
        findings.extend(check_carry_over(report, before, common.forms))
        if before.year == report.year - 1:
            findings.extend(check_outliers(report, before, common.forms))
            findings.extend(check_unit_leaps(report, before, common.forms))
    findings.extend((*check_prose(report, form), *beside.words))
    return leave_out_off(acknowledge_findings(findings, report.acknowledgements), common)


def leave_out_off(findings: Sequence[Finding], common: Common) -> list[Finding]:
    """The findings but for those of checks that are off, whatever they say."""
    return [finding for finding in findings if common.catalogue.weigh(finding) is not Severity.OFF]
