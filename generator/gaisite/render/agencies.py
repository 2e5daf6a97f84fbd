"""The pages of one agency: its own, its comparison, its reports."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from gaisite.findings import Finding
from gaisite.model.content import Agency, Report
from gaisite.model.downloads import DataFile
from gaisite.model.history import History, KeyFigure
from gaisite.model.ledgers import Ledger
from gaisite.model.roll_up import RollUp
from gaisite.model.summary import AgencySummary
from gaisite.render.agency_lists import item_agency, name_kind
from gaisite.render.aliases import render_aliases
from gaisite.render.below import render_below
from gaisite.render.comparisons import render_comparison, say_breaks, tabulate_key_figures
from gaisite.render.downloads import list_downloads, pick_files, title_years
from gaisite.render.frames import PageHead, frame_page
from gaisite.render.ledgers import view_ledgers
from gaisite.render.paging import link_pages, list_paths, number_page, take_part
from gaisite.render.parts import InfoRow, LinkView
from gaisite.render.reports import ReportMaterial, Superseded, render_report, title_report
from gaisite.render.site import Site, link_to, page_path
from gaisite.render.sparklines import draw_sparklines
from gaisite.render.structured import Dataset, describe_page
from gaisite.render.templates import render_template
from gaisite.render.views import AgenciesView, AgencyView, ReportItem

__all__ = ["AgencyMaterial", "render_agency", "title_report"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyMaterial:
    """All that the pages of an agency say."""

    agency: Agency
    ancestors: tuple[Agency, ...]
    """Outermost first."""
    children: tuple[AgencySummary, ...]
    reports: tuple[Report, ...]
    """By year."""
    roll_ups: Mapping[int, RollUp]
    """By year, where a report is the sum of those below or is compared with it."""
    findings: Mapping[int, tuple[Finding, ...]]
    key_figures: Mapping[int, tuple[KeyFigure, ...]]
    """By year."""
    history: History
    ledgers: tuple[Ledger, ...]
    files: tuple[DataFile, ...]
    """For download: those of the reports and of the agency."""
    summary: AgencySummary
    earlier: Mapping[int, tuple[Superseded, ...]]
    """By year: the report as it was before each correction, oldest first."""


def render_agency(site: Site, material: AgencyMaterial) -> Iterator[tuple[str, bytes]]:
    """Path and content of each page of an agency."""
    agency = material.agency
    path = page_path(agency.id)
    yield path, render_template(site.theme, "agency.html", view_agency(site, path, material), site.words)
    yield from render_children(site, material)
    redirects = material.summary.redirects
    yield from render_aliases(site, redirects, path, site.say(agency.name))
    if len(material.reports) > 1:
        path = page_path(f"{agency.id}/comparison")
        trail = make_trail(site, path, material, own=True)
        yield path, render_comparison(site, path, material.history, trail, material.summary)
        heading = site.words.fill("comparison_of", agency=site.say(agency.name))
        yield from render_aliases(site, redirects, path, heading)
    years = tuple(report.year for report in material.reports)
    for report, summary in zip(material.reports, material.summary.reports, strict=True):
        earlier = material.earlier.get(report.year, ())
        present = ReportMaterial(
            agency=agency,
            report=report,
            summary=summary,
            findings=material.findings[report.year],
            roll_up=material.roll_ups.get(report.year),
            key_figures=material.key_figures[report.year],
            trail=make_trail(site, page_path(report.id), material, own=True),
            years=years,
            files=pick_files(material.files, report.id),
            revisions=tuple(each.revision for each in earlier),
        )
        yield render_report(site, present)
        if present.roll_up is not None:
            trail_below = partial(trace_report, site, material=material, report=report)
            yield from render_below(site, report, present.roll_up, trail_below)
        yield from render_aliases(site, redirects, page_path(report.id), site.say(summary.titles))
        for number, each in enumerate(earlier):
            trail = make_trail(site, page_path(f"{report.id}/{each.revision.address}"), material, own=True)
            yield render_report(site, present.supersede(number, each, trail))


def list_children_paths(agency: str, children: int) -> tuple[str, ...]:
    """The paths of the pages that list so many agencies directly below one: its own page first."""
    return list_paths(agency, children, f"{agency}/agencies")


def render_children(site: Site, material: AgencyMaterial) -> Iterator[tuple[str, bytes]]:
    """The further pages of a long list of the agencies directly below: path and content of each."""
    agency = material.agency
    heading = site.words.fill("children_of", agency=site.say(agency.name))
    paths = list_children_paths(agency.id, len(material.children))
    for number, path in enumerate(paths[1:], 1):
        head = PageHead(heading=number_page(site, heading, number), trail=make_trail(site, path, material, own=True))
        part = take_part(material.children, number)
        view = AgenciesView(
            page=frame_page(site, path, head),
            agencies=tuple(item_agency(site, path, child) for child in part),
            agency_pages=link_pages(site, path, paths),
        )
        yield path, render_template(site.theme, "agencies.html", view, site.words)


def trace_report(site: Site, path: str, *, material: AgencyMaterial, report: Report) -> tuple[LinkView, ...]:
    """From the home page to the page of a report, seen from one below it."""
    href = link_to(path, page_path(report.id))
    here = LinkView(label=site.words.fill("year", year=report.year), href=href)
    return (*make_trail(site, path, material, own=True), here)


def make_trail(site: Site, path: str, material: AgencyMaterial, *, own: bool) -> tuple[LinkView, ...]:
    """The agencies above a page, outermost first; with `own`, the agency itself too."""
    agencies = (*material.ancestors, material.agency) if own else material.ancestors
    return tuple(
        LinkView(
            label=site.say(agency.name), href=link_to(path, page_path(agency.id)), lang=site.language_of(agency.name)
        )
        for agency in agencies
    )


def view_agency(site: Site, path: str, material: AgencyMaterial) -> AgencyView:
    """agency.html."""
    agency, history = material.agency, material.history
    several = len(material.reports) > 1
    comparison = link_to(path, page_path(f"{agency.id}/comparison"))
    paths = list_children_paths(agency.id, len(material.children))
    return AgencyView(
        page=frame_page(
            site,
            path,
            PageHead(
                heading=site.say(agency.name),
                trail=make_trail(site, path, material, own=False),
                description=agency.description,
                dataset=describe_page(site, path, describe_data(site, material)),
            ),
        ),
        information=tuple(list_information(site, agency)),
        description=agency.description,
        reports=tuple(list_reports(site, path, material)),
        gaps=say_gaps(site, history),
        sparklines=draw_sparklines(site, history) if several else (),
        key_figures=tabulate_key_figures(site, history) if material.reports else None,
        breaks=say_breaks(site, history),
        ledger=view_ledgers(site, agency.id, material.ledgers),
        comparison=LinkView(label=site.words.comparison, href=comparison) if several else None,
        downloads=list_downloads(site, path, material.summary.data, title_years(site)),
        children=tuple(item_agency(site, path, child) for child in take_part(material.children, 0)),
        children_pages=link_pages(site, path, paths),
    )


def describe_data(site: Site, material: AgencyMaterial) -> Dataset:
    """The agency's data over its years, for search engines."""
    name, reports = site.say(material.agency.name), material.summary.reports
    title = site.words.fill("data_of", name=name)
    years = site.words.list_separator.join(str(report.year) for report in reports)
    return Dataset(
        name=title,
        description=site.words.fill("dataset_of_years", agency=name, years=years),
        creator=name,
        years=tuple(report.year for report in reports),
        files=material.summary.data,
    )


def list_information(site: Site, agency: Agency) -> Iterator[InfoRow]:
    """Who the agency is, what it was called, whom to ask."""
    words, contact = site.words, agency.contact
    kind = name_kind(site, agency.kind)
    if kind:
        yield InfoRow(label=words.agency_kind, text=kind)
    if len(agency.names) > 1:
        yield InfoRow(label=words.former_names, text=words.list_separator.join(say_former_names(site, agency)))
    for label, text in agency.identifiers:
        yield InfoRow(label=label, text=text)
    fields = (
        (words.contact_office, contact.office, ""),
        (words.contact_address, contact.address, ""),
        (words.contact_postcode, contact.postcode, ""),
        (words.contact_phone, contact.phone, ""),
        (words.contact_email, contact.email, f"mailto:{contact.email}"),
    )
    for label, text, href in fields:
        if text:
            yield InfoRow(label=label, text=text, href=href)


def say_former_names(site: Site, agency: Agency) -> Iterator[str]:
    """Each former name with the last year in which it was borne."""
    for later, former in zip(agency.names, agency.names[1:], strict=False):
        until = (later.since or 0) - 1
        yield site.words.fill("former_name", name=site.say(former.name), year=until)


def list_reports(site: Site, path: str, material: AgencyMaterial) -> Iterator[ReportItem]:
    """The agency's reports, latest first."""
    words = site.words
    for report in reversed(material.summary.reports):
        form = site.forms[report.form]
        count = report.tally.acknowledged
        yield ReportItem(
            year=report.year,
            title=site.say(report.titles),
            href=link_to(path, page_path(f"{material.agency.id}/{report.year}")),
            published=words.not_published if report.draft else report.published or words.not_stated,
            form=LinkView(label=site.say(form.short), href=link_to(path, page_path(f"forms/{form.id}"))),
            acknowledged=words.fill("acknowledged", count=count) if count else "",
            below=words.fill("reports_below", counted=report.below[0], agencies=report.below[1])
            if report.below
            else "",
            corrected=words.fill("corrected_on", date=report.corrected[-1]) if report.corrected else "",
        )


def say_gaps(site: Site, history: History) -> str:
    """A sentence about the years without a report between the first and the last; empty for none."""
    gaps = [str(year) for year in history.years if year not in history.published]
    return site.words.fill("gaps", years=site.words.list_separator.join(gaps)) if gaps else ""
