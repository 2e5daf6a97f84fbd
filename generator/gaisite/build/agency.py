"""The map: one agency's folder in, its pages out, and a small summary for everybody else."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote

from gaisite.build.downloads import output_exports
from gaisite.build.examine import Beside, Examined, check_report, examine_agency, read_agency_folder
from gaisite.build.keys import hash_content
from gaisite.build.project import Common
from gaisite.build.summarise import summarise, summarise_report
from gaisite.export.files import Exported, export_agency, export_document
from gaisite.findings import Problems, Severity
from gaisite.model.content import Agency, Report
from gaisite.model.datasets import observe_agency
from gaisite.model.documents import ReportDocument, compose_document, list_pictures
from gaisite.model.history import History, KeyFigure
from gaisite.model.ledgers import make_ledgers
from gaisite.model.summary import AgencySummary
from gaisite.read.files import name_file, read_bytes
from gaisite.read.folders import AgencyFolder
from gaisite.relate import relate_key_figures, relate_reports
from gaisite.render.agencies import AgencyMaterial, render_agency
from gaisite.render.editions import place_edition
from gaisite.render.reports import Superseded, title_report
from gaisite.write import Output


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyResult:
    """What one agency gives: its summary, and its files where they were rendered."""

    summary: AgencySummary
    outputs: tuple[Output, ...]


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
    above = tuple(each for each in (read_agency_folder(common, up, Problems()) for up in ancestors) if each)
    examined = examine_agency(common, folder, above, children)
    summary = summarise(common, examined)
    wrong = any(common.catalogue.severity_of(finding) is Severity.ERROR for finding in examined.failed)
    if wrong or examined.agency is None or not render:
        return AgencyResult(summary=summary, outputs=())
    history = relate_reports(folder.id, examined.reports, common.forms)
    problems = Problems()
    exports = export_data(common, examined, summary, history)
    exports += tuple(export_reports(common, examined, examined.agency, problems))
    if problems.findings:
        summary = replace(summary, findings=(*summary.findings, *problems.findings))
        return AgencyResult(summary=summary, outputs=())
    files = tuple(each.file for each in exports if each.file)
    summary = replace(summary, data=tuple(each for each in files if each.folder == folder.id))
    material = AgencyMaterial(
        agency=examined.agency,
        ancestors=above,
        children=tuple(children),
        reports=examined.reports,
        roll_ups=examined.roll_ups,
        findings=examined.checked,
        ledgers=make_ledgers(examined.reports, examined.checked, common.forms),
        key_figures=dict(list_key_figures(common, examined.reports)),
        history=history,
        files=files,
        summary=summary,
        earlier=dict(list_earlier(common, examined, examined.agency)),
    )
    data = output_exports(exports, name_file(folder.path, common.project))
    return conclude(summary, (*data, *write_pages(common, material), *copy_attachments(common, examined)))


def conclude(summary: AgencySummary, outputs: tuple[Output, ...]) -> AgencyResult:
    """What an agency gives; its summary knows its files."""
    digests = tuple((output.path, hash_output(output)) for output in outputs)
    return AgencyResult(summary=replace(summary, outputs=digests), outputs=outputs)


def export_data(common: Common, examined: Examined, summary: AgencySummary, history: History) -> tuple[Exported, ...]:
    """The agency's figures for download; nothing is laid out for them where none are offered."""
    if not common.portal.formats:
        return ()
    data = observe_agency(summary, examined.reports, history, common.cell_names)
    return tuple(export_agency(data, common.portal))


def export_reports(common: Common, examined: Examined, agency: Agency, problems: Problems) -> Iterator[Exported]:
    """Each report as a document, in the formats that the portal offers; noted where one cannot be made here."""
    if common.portal.documents:
        for report in examined.reports:
            with problems.gather():
                yield from export_document(make_document(common, agency, report), common.portal)


def make_document(common: Common, agency: Agency, report: Report) -> ReportDocument:
    """A report as a document, its pictures with it."""
    form, folder = common.forms[report.form], common.content / report.id
    pictures = {address: read_bytes(folder / unquote(address), common.project) for address in list_pictures(report)}
    return compose_document(report, form, agency, title_report(report, form, agency, form.language), pictures)


def list_key_figures(common: Common, reports: Sequence[Report]) -> Iterator[tuple[int, tuple[KeyFigure, ...]]]:
    """The figures that summarise each report, by year."""
    by_year = {report.year: report for report in reports}
    for year, report in by_year.items():
        before = by_year.get(year - 1)
        yield year, relate_key_figures(report, before, common.forms, common.portal.key_cells)


def list_earlier(common: Common, examined: Examined, agency: Agency) -> Iterator[tuple[int, tuple[Superseded, ...]]]:
    """Each report as it was before its revisions, by year."""
    for report in examined.reports:
        yield report.year, tuple(list_superseded(common, examined, agency, report))


def list_superseded(common: Common, examined: Examined, agency: Agency, report: Report) -> Iterator[Superseded]:
    """A report as it was before each revision, checked as it would be today."""
    revisions = examined.reconciled[report.year].revisions if report.year in examined.reconciled else ()
    for earlier, revision in zip(report.earlier, revisions, strict=True):
        findings = check_report(common, earlier, Beside(reports=examined.reports, agency=agency))
        findings = [finding for finding in findings if finding.check != "acknowledged-nothing"]
        summary = summarise_report(common, agency, earlier, findings)
        yield Superseded(report=earlier, summary=summary, findings=tuple(findings), revision=revision)


def hash_output(output: Output) -> str:
    """The sha256 of an output."""
    if output.content is not None:
        return hashlib.sha256(output.content).hexdigest()
    return hash_content(output.source).hex() if output.source else output.digest


def write_pages(common: Common, material: AgencyMaterial) -> Iterator[Output]:
    """The pages of an agency as files."""
    origin = name_file(common.content / material.agency.id, common.project)
    for path, content in render_agency(common.site, material):
        yield Output(path=path, content=content, origin=origin)
    for site in common.others:
        for path, content in place_edition(site, render_agency(site, material)):
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
