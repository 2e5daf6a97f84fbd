"""The map: one agency's folder in, its pages out, and a small summary for everybody else."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gaisite.build.downloads import output_exports
from gaisite.build.keys import hash_content
from gaisite.build.project import Common
from gaisite.check.acknowledgements import acknowledge_findings
from gaisite.check.arithmetic import check_sums
from gaisite.check.mentions import check_mentions
from gaisite.check.rows import check_form_year, check_rows, check_units
from gaisite.check.series import check_gaps, check_outliers
from gaisite.check.years import check_carry_over
from gaisite.export.files import Exported, export_agency
from gaisite.findings import Finding, Problems, Severity, Verdict
from gaisite.model.content import Agency, Figure, Report
from gaisite.model.datasets import observe_agency
from gaisite.model.forms import Form
from gaisite.model.history import History
from gaisite.model.summary import AgencySummary, ReportSummary, Tally
from gaisite.read.agencies import read_agency
from gaisite.read.files import name_file, read_source
from gaisite.read.folders import AgencyFolder
from gaisite.read.reports import read_report
from gaisite.relate import read_cell, relate_reports
from gaisite.render.agencies import AgencyMaterial, render_agency, title_report
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
    checked: Mapping[int, tuple[Finding, ...]]
    """What the checks say of each report, what passed too."""
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
    examined = examine_agency(common, folder)
    summary = summarise(common, examined)
    wrong = any(common.catalogue.severity_of(finding) is Severity.ERROR for finding in examined.failed)
    if wrong or examined.agency is None or not render:
        return AgencyResult(summary=summary, outputs=())
    history = relate_reports(folder.id, examined.reports, common.forms)
    exports = export_data(common, examined, summary, history)
    files = tuple(each.file for each in exports if each.file)
    summary = replace(summary, data=tuple(each for each in files if each.folder == folder.id))
    material = AgencyMaterial(
        agency=examined.agency,
        ancestors=tuple(each for each in (read_agency_folder(common, up, Problems()) for up in ancestors) if each),
        children=tuple(children),
        reports=examined.reports,
        findings=examined.checked,
        history=history,
        files=files,
        summary=summary,
    )
    data = output_exports(exports, name_file(folder.path, common.project))
    return conclude(summary, (*data, *write_pages(common, material), *copy_attachments(common, examined)))


def conclude(summary: AgencySummary, outputs: tuple[Output, ...]) -> AgencyResult:
    """What an agency gives; its summary knows its files."""
    digests = tuple((output.path, hash_output(output)) for output in outputs)
    return AgencyResult(summary=replace(summary, outputs=digests), outputs=outputs)


def examine_agency(common: Common, folder: AgencyFolder) -> Examined:
    """Read and check an agency."""
    problems = Problems()
    agency = read_agency_folder(common, folder, problems)
    reports = tuple(read_reports(common, folder, problems))
    checked = {report.year: tuple(check_report(report, reports, common)) for report in reports}
    problems.extend(finding for year in checked for finding in checked[year])
    if agency is not None:
        problems.extend(check_gaps((year.year for year in folder.years), agency.place))
    failed = tuple(finding for finding in leave_out_off(problems.findings, common) if finding.verdict is Verdict.FAIL)
    return Examined(folder=folder, agency=agency, reports=reports, checked=checked, failed=failed)


def read_agency_folder(common: Common, folder: AgencyFolder, problems: Problems) -> Agency | None:
    """The agency of a folder; None where agency.yaml cannot be read."""
    with problems.gather():
        source = read_source(folder.path / "agency.yaml", common.project)
        return read_agency(source, folder.id, common.kinds, common.portal.language, problems)
    return None


def read_reports(common: Common, folder: AgencyFolder, problems: Problems) -> Iterator[Report]:
    """The reports of an agency, by year; of drafts nothing is told, mistakes neither, unless they were asked for."""
    for year in folder.years:
        own = Problems()
        report = read_report(folder.id, year, common.reading, own)
        if report is not None and report.narrative.draft and not common.drafts:
            continue
        problems.extend(own.findings)
        if report is not None:
            yield report


def check_report(report: Report, reports: Sequence[Report], common: Common) -> list[Finding]:
    """What all checks say about one report, its acknowledgements applied; nothing of one that cannot be read whole."""
    if not report.readable:
        return []
    form = common.forms[report.form]
    findings = [*check_form_year(report, form), *check_rows(report), *check_units(report)]
    findings.extend((*check_sums(report, form), *check_mentions(report, form)))
    for before in reports:
        if before.year == report.year - 1 and before.readable:
            findings.extend(check_carry_over(report, before, common.forms))
            findings.extend(check_outliers(report, before, common.forms))
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
            summarise_report(common, agency, report, examined.checked[report.year])
            for report in examined.reports
            if agency is not None
        ),
        findings=examined.failed,
        outputs=(),
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
        key_figures=dict(pick_key_figures(report, form)),
        tally=count_verdicts(findings),
        failed=tuple(finding for finding in findings if common.catalogue.is_public(finding)),
    )


def pick_key_figures(report: Report, form: Form) -> Iterator[tuple[str, Figure]]:
    """The figures that the form names as key figures, by cell id."""
    for table in form.tables:
        for cell in table.key_figures:
            address = table.find_address(cell)
            if address is not None:
                yield str(address), read_cell(report.tables[table.id], address)


def count_verdicts(findings: Sequence[Finding]) -> Tally:
    """How the arithmetic of a form came out."""
    arithmetic = [finding for finding in findings if finding.sentence]
    return Tally(
        passed=sum(finding.verdict is Verdict.PASS for finding in arithmetic),
        failed=sum(finding.verdict is Verdict.FAIL for finding in arithmetic),
        acknowledged=sum(bool(finding.acknowledged) for finding in arithmetic),
        not_assessable=sum(finding.verdict is Verdict.NOT_ASSESSABLE for finding in arithmetic),
    )


def hash_output(output: Output) -> str:
    """The sha256 of an output."""
    if output.content is not None:
        return hashlib.sha256(output.content).hexdigest()
    return hash_content(output.source).hex() if output.source else output.digest


def export_data(common: Common, examined: Examined, summary: AgencySummary, history: History) -> tuple[Exported, ...]:
    """The agency's figures for download."""
    data = observe_agency(summary, examined.reports, history, common.cell_names)
    return tuple(export_agency(data, common.portal))


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
