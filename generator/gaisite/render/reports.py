"""The page of one report: all sections, the statutory tables as published, what does not add up beside them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from gaisite.findings import Finding
from gaisite.model.children import ChildrenMode
from gaisite.model.content import Agency, Report, ReportTable
from gaisite.model.downloads import Content, DataFile
from gaisite.model.forms import Form, Section
from gaisite.model.history import KeyFigure
from gaisite.model.revisions import Revision
from gaisite.model.roll_up import RollUp
from gaisite.model.summary import ReportSummary
from gaisite.render.downloads import find_csv, link_file, list_downloads, offer_plain
from gaisite.render.frames import Article, PageHead, frame_page
from gaisite.render.key_figures import view_key_figures
from gaisite.render.parts import FindingView, InfoRow, LinkView, PageFrame
from gaisite.render.prose import view_prose
from gaisite.render.report_charts import draw_table_charts
from gaisite.render.revisions import frame_superseded, mark_cells, view_corrections, view_superseded
from gaisite.render.roll_ups import ROLL_UP, name_roll_up, view_roll_up
from gaisite.render.site import Site, link_to, page_path
from gaisite.render.statutory import Marks, tabulate_statutory
from gaisite.render.structured import Dataset, describe_page
from gaisite.render.templates import render_template
from gaisite.render.views import AttachmentView, ReportView, SectionView
from gaisite.render.words import write_size


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportMaterial:
    """All that the page of a report says."""

    agency: Agency
    report: Report
    summary: ReportSummary
    findings: tuple[Finding, ...]
    roll_up: RollUp | None
    key_figures: tuple[KeyFigure, ...]
    trail: tuple[LinkView, ...]
    """From the home page to the agency, seen from the report's page."""
    years: tuple[int, ...]
    """The years for which the agency has a report."""
    revisions: tuple[Revision, ...] = ()
    """Those that led to what it says."""
    superseded: Revision | None = None
    """The one after which it no longer holds; None for the report as it is."""
    files: tuple[DataFile, ...] = ()
    """Its figures, for download."""

    @property
    def path(self) -> str:
        """The file of the page."""
        address = f"/{self.superseded.address}" if self.superseded else ""
        return page_path(self.report.id + address)

    @property
    def sums(self) -> RollUp | None:
        """Where the report's figures come from, if it has none of its own."""
        return self.roll_up if self.roll_up is not None and self.roll_up.rule.mode is ChildrenMode.SUM else None

    def supersede(self, number: int, earlier: "Superseded", trail: tuple[LinkView, ...]) -> "ReportMaterial":
        """What the page says of the report before one of its revisions, given by its number."""
        return replace(
            self,
            report=earlier.report,
            summary=earlier.summary,
            findings=earlier.findings,
            roll_up=None,
            key_figures=(),
            files=(),
            trail=trail,
            revisions=self.revisions[:number],
            superseded=earlier.revision,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Superseded:
    """A report as it was before a revision."""

    report: Report
    summary: ReportSummary
    findings: tuple[Finding, ...]
    revision: Revision


def title_report(report: Report, form: Form, agency: Agency, language: str) -> str:
    """The title of a report: its own, or the form's with the name that the agency bore."""
    if report.narrative.title:
        return report.narrative.title
    pattern = form.title.within(language)
    return pattern.format(agency=agency.name_in(report.year).within(language), year=report.year)


def render_report(site: Site, material: ReportMaterial) -> tuple[str, bytes]:
    """Path and content of the page of a report."""
    report, form = material.report, site.forms[material.report.form]
    path = material.path
    failed = [finding for finding in material.findings if site.catalogue.is_public(finding)]
    anchors = {id(finding): f"finding-{number}" for number, finding in enumerate(failed, 1)}
    corrections = view_corrections(site, path, report, material.revisions)
    draft = report.narrative.draft
    marks = Marks(failed=failed, anchors=anchors, corrected=mark_cells(corrections), draft=draft, sums=material.sums)
    sections = tuple(view_section(site, material, section, marks) for section in form.sections)
    superseded = material.superseded
    roll_up = view_roll_up(site, path, report, material.roll_up, material.findings) if material.roll_up else None
    notes = (*report.narrative.notes, *say_other_findings(site, report, failed))
    marked = [(finding, anchors[id(finding)]) for finding in failed]
    view = ReportView(
        page=frame_report(site, path, material),
        key_figures=tuple(view_key_figures(site, form, material.key_figures, marked, draft=draft)),
        superseded=view_superseded(site, path, report, superseded) if superseded else None,
        draft=draft,
        corrections=corrections,
        information=tuple(list_information(site, path, material)),
        notes=notes,
        checks=say_tally(site, material.summary),
        acknowledged=sum(bool(finding.acknowledged) for finding in failed),
        contents=tuple(list_contents(site, material, sections, notes)),
        preamble=view_prose(report.narrative.preamble, language_of_form(site, form)),
        sections=sections,
        roll_up=roll_up,
        attachments=tuple(list_attachments(site, path, report)),
        downloads=list_downloads(site, path, material.files, title_data(site, report)),
        previous=link_report(site, path, material, max((y for y in material.years if y < report.year), default=None)),
        next=link_report(site, path, material, min((y for y in material.years if y > report.year), default=None)),
        comparison=link_comparison(site, path, material),
    )
    return path, render_template(site.theme, "report.html", view, site.words)


def list_contents(
    site: Site, material: ReportMaterial, sections: Sequence[SectionView], notes: Sequence[str]
) -> Iterator[LinkView]:
    """The parts of the page: the statutory sections, then what stands after them."""
    for section in sections:
        yield LinkView(label=section.heading, href=f"#{section.id}", lang=section.lang)
    if material.roll_up is not None:
        yield LinkView(label=name_roll_up(site, material.roll_up), href=f"#{ROLL_UP}")
    if material.report.narrative.attachments:
        yield LinkView(label=site.words.attachments, href="#attachments")
    if material.files:
        yield LinkView(label=site.words.downloads, href="#data")
    if notes:
        yield LinkView(label=site.words.notes, href="#notes")


def frame_report(site: Site, path: str, material: ReportMaterial) -> PageFrame:
    """The page's frame, with the page tags of an article."""
    if material.superseded:
        heading = site.words.fill(
            "earlier_title", title=site.say(material.summary.titles), date=material.superseded.date
        )
        frame = frame_page(site, path, PageHead(heading=heading, trail=material.trail))
        return frame_superseded(site, frame, material.report)
    narrative, name = material.report.narrative, site.say(material.agency.name_in(material.report.year))
    article = Article(
        title=site.say(material.summary.titles),
        published=narrative.published,
        source=narrative.source or name,
        author=name,
        keywords=narrative.keywords,
        description=narrative.description,
    )
    head = PageHead(
        heading=site.say(material.summary.titles),
        trail=material.trail,
        article=article,
        description=narrative.description,
        dataset=describe_page(site, path, describe_data(site, material)),
    )
    return frame_page(site, path, head)


def describe_data(site: Site, material: ReportMaterial) -> Dataset:
    """The report's data, for search engines."""
    report, name = material.report, site.say(material.summary.name)
    captions = [site.say(table.caption) for table in site.forms[report.form].tables]
    tables = site.words.list_separator.join(captions)
    return Dataset(
        name=site.words.fill("data_of", name=site.say(material.summary.titles)),
        description=site.words.fill("dataset_of_year", agency=name, year=report.year, tables=tables),
        creator=name,
        years=(report.year,),
        published=material.summary.published,
        files=tuple(file for file in material.files if file.content is not Content.DOCUMENT),
    )


def title_data(site: Site, report: Report) -> dict[Content, str]:
    """What the files of a report are called."""
    year = report.year
    return {
        Content.OBSERVATIONS: site.words.fill("data_of_year", year=year),
        Content.DOCUMENT: site.words.fill("document_of_year", year=year),
    }


def link_csv(site: Site, material: ReportMaterial) -> LinkView | None:
    """A link to the report's figures as a plain table; None where they are not offered as CSV."""
    file = find_csv(material.files, Content.OBSERVATIONS)
    titles = title_data(site, material.report)
    return link_file(site, page_path(material.report.id), file, titles[file.content]) if file else None


def language_of_form(site: Site, form: Form) -> str:
    """The tag for the narrative of a report: empty where it is the page's own language."""
    return site.mark(form.language)


def list_information(site: Site, path: str, material: ReportMaterial) -> Iterator[InfoRow]:
    """The information table: what is not stated is left out, but for the date, which says so."""
    words, report, narrative = site.words, material.report, material.report.narrative
    form = site.forms[report.form]
    yield InfoRow(label=words.name, text=site.say(material.summary.titles))
    yield InfoRow(label=words.publisher, text=site.say(material.agency.name_in(report.year)))
    undated = words.not_published if narrative.draft else words.not_stated
    yield InfoRow(label=words.published, text=narrative.published or undated)
    optional = (
        (words.source, narrative.source, ""),
        (words.source_url, narrative.source_url, narrative.source_url),
        (words.index_number, narrative.index_number, ""),
        (words.document_number, narrative.document_number, ""),
        (words.keywords, words.list_separator.join(narrative.keywords), ""),
    )
    for label, text, href in optional:
        if text:
            yield InfoRow(label=label, text=text, href=href)
    yield InfoRow(label=words.form, text=site.say(form.short), href=link_to(path, page_path(f"forms/{form.id}")))
    year_page = link_to(path, page_path(f"years/{report.year}"))
    yield InfoRow(label=words.year_column, text=words.fill("year", year=report.year), href=year_page)


def say_tally(site: Site, summary: ReportSummary) -> str:
    """How the checks came out, in one sentence."""
    tally = summary.tally
    return site.words.fill(
        "checks_summary",
        total=tally.total,
        passed=tally.passed,
        failed=tally.failed,
        unassessable=tally.not_assessable,
    )


def view_section(site: Site, material: ReportMaterial, section: Section, marks: Marks) -> SectionView:
    """A section: narrative, tables, and what does not add up in them."""
    report, form = material.report, site.forms[material.report.form]
    lang = language_of_form(site, form)
    tables = [report.tables[table] for table in section.tables]
    csv = link_csv(site, material)
    own = [finding for finding in marks.failed if concerns(finding, tables)]
    return SectionView(
        id=f"s-{section.id}",
        heading=site.say(section.heading),
        lang=site.language_of(section.heading),
        prose=view_prose(report.narrative.sections.get(section.id), lang),
        tables=tuple(offer_plain(tabulate_statutory(site, table, marks), table.table, csv) for table in tables),
        charts=tuple(draw_table_charts(site, report, form, tables)),
        findings=tuple(view_finding(site, report, finding, marks.anchors[id(finding)]) for finding in own),
    )


def say_other_findings(site: Site, report: Report, failed: Sequence[Finding]) -> Iterator[str]:
    """What is wrong with the report but with none of its tables: its form, for one; with the publisher's reason."""
    tables = tuple(report.tables.values())
    for finding in failed:
        if not concerns(finding, tables):
            reason = f" {site.words.reason} {finding.acknowledged}" if finding.acknowledged else ""
            yield site.catalogue.say(finding, site.language) + reason


def concerns(finding: Finding, tables: Sequence[ReportTable]) -> bool:
    """Whether a finding is about one of these tables."""
    return any(finding.at == table.table.id or finding.at.startswith(table.table.id + ".") for table in tables)


def view_finding(site: Site, report: Report, finding: Finding, anchor: str) -> FindingView:
    """A failed check in words; it leads to its figure where it is about one."""
    table = report.tables[finding.at.partition(".")[0]]
    cells = {f"{table.table.id}.{row}.{column}" for row, column in table.figures}
    return FindingView(
        id=anchor,
        check=site.words.fill("finding_number", number=anchor.rpartition("-")[2]),
        sentence=site.catalogue.say(finding, site.language),
        reason=finding.acknowledged,
        cell=finding.at if finding.at in cells else "",
    )


def list_attachments(site: Site, path: str, report: Report) -> Iterator[AttachmentView]:
    """The report's files, each with type and size; of one that is gone only the title."""
    for attachment in report.narrative.attachments:
        if not attachment.path:
            yield AttachmentView(href="", label=attachment.title)
            continue
        kind = PurePosixPath(attachment.path).suffix[1:].upper() or site.words.nothing_text
        size = write_size(attachment.size, site.words)
        label = site.words.fill("download", title=attachment.title, type=kind, size=size)
        yield AttachmentView(href=link_to(path, f"{report.id}/{attachment.path}"), label=label)


def link_report(site: Site, path: str, material: ReportMaterial, year: int | None) -> LinkView | None:
    """A link to the agency's report for another year."""
    if year is None:
        return None
    target = page_path(f"{material.agency.id}/{year}")
    return LinkView(label=site.words.fill("year", year=year), href=link_to(path, target))


def link_comparison(site: Site, path: str, material: ReportMaterial) -> LinkView | None:
    """A link to the agency's comparison, where there is more than one year."""
    if len(material.years) < 2:
        return None
    target = page_path(f"{material.agency.id}/comparison")
    return LinkView(label=site.words.comparison, href=link_to(path, target))
