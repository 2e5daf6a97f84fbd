"""The reduce: the portal's own pages, from the agencies' summaries alone."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gaisite.model.downloads import DataFile
from gaisite.model.portal import TextPage
from gaisite.model.summary import AgencySummary, ReportSummary
from gaisite.render.agency_lists import list_agencies, name_agency
from gaisite.render.checks import ADDRESS, render_checks
from gaisite.render.data import render_data
from gaisite.render.dictionary import list_key_cells, render_form
from gaisite.render.downloads import DATA_PAGE, link_data_page
from gaisite.render.feeds import write_feed, write_robots, write_sitemap
from gaisite.render.frames import FEED, PageHead, frame_page
from gaisite.render.lists import Column, Entry, ListPlan, Row, make_table
from gaisite.render.parts import LinkView, TableView
from gaisite.render.prose import view_page_prose
from gaisite.render.site import Site, base_path, is_relative, link_to, page_path
from gaisite.render.structured import CATALOGUE, write_catalogue
from gaisite.render.templates import render_template
from gaisite.render.views import HomeView, NotFoundView, TextPageView, YearItem, YearView

File = tuple[str, bytes]


def render_portal(site: Site, agencies: Sequence[AgencySummary], files: Sequence[DataFile]) -> Iterator[File]:
    """Home, years, forms, data, the portal's own pages, 404, and the files for machines: path and content of each.

    `files` are those for download of the whole portal.
    """
    years = sorted({report.year for agency in agencies for report in agency.reports}, reverse=True)
    yield site.stylesheet, site.theme.stylesheet
    yield page_path(""), render_home(site, agencies, years)
    for year in years:
        yield page_path(f"years/{year}"), render_year(site, agencies, year, years)
    for form_id in list_used_forms(site, agencies):
        yield page_path(f"forms/{form_id}"), render_form(site, site.forms[form_id], agencies)
    if years:
        yield page_path(ADDRESS), render_checks(site, agencies)
    if site.portal.formats:
        yield page_path(DATA_PAGE), render_data(site, years, files)
        yield CATALOGUE, write_catalogue(site, agencies, files)
    for page in site.pages:
        yield page_path(page.slug), render_page(site, page)
    yield "404.html", render_not_found(site)
    yield "robots.txt", write_robots(site)
    if site.portal.base_url:
        yield "sitemap.xml", write_sitemap(site, list_addresses(site, agencies, years))
        yield FEED, write_feed(site, agencies)


def list_used_forms(site: Site, agencies: Sequence[AgencySummary]) -> list[str]:
    """The forms of the portal's reports, latest first."""
    used = {report.form for agency in agencies for report in agency.reports}
    return sorted(used, key=lambda form_id: site.forms[form_id].first_year, reverse=True)


def list_addresses(site: Site, agencies: Sequence[AgencySummary], years: Sequence[int]) -> Iterator[tuple[str, str]]:
    """The pages for the sitemap, with the dates of those whose content has one."""
    yield page_path(""), ""
    for year in years:
        yield page_path(f"years/{year}"), ""
    for form_id in list_used_forms(site, agencies):
        yield page_path(f"forms/{form_id}"), ""
    if years:
        yield page_path(ADDRESS), ""
    if site.portal.formats:
        yield page_path(DATA_PAGE), ""
    for page in site.pages:
        yield page_path(page.slug), ""
    for agency in agencies:
        yield page_path(agency.id), ""
        if len(agency.reports) > 1:
            yield page_path(f"{agency.id}/comparison"), ""
        for report in agency.reports:
            yield page_path(f"{agency.id}/{report.year}"), report.changed


def render_home(site: Site, agencies: Sequence[AgencySummary], years: Sequence[int]) -> bytes:
    """home.html."""
    path = page_path("")
    view = HomeView(
        page=frame_page(site, path, PageHead(heading=site.portal.title)),
        introduction=site.portal.description,
        agencies=list_agencies(site, path, agencies),
        years=tuple(list_years(site, path, agencies, years)),
        forms=tuple(
            LinkView(
                label=site.say(site.forms[form_id].short),
                href=link_to(path, page_path(f"forms/{form_id}")),
                lang=site.language_of(site.forms[form_id].short),
            )
            for form_id in list_used_forms(site, agencies)
        ),
        pages=tuple(list_pages(site, path, checks=bool(years))),
    )
    return render_template(site.theme, "home.html", view, site.words)


def list_pages(site: Site, path: str, *, checks: bool) -> Iterator[LinkView]:
    """The page of all checks and that of the data, where there are such, and the portal's own pages."""
    if checks:
        yield LinkView(label=site.words.checks_heading, href=link_to(path, page_path(ADDRESS)))
    if site.portal.formats:
        yield link_data_page(site, path)
    for page in site.pages:
        yield LinkView(label=page.title, href=link_to(path, page_path(page.slug)))


def list_years(site: Site, path: str, agencies: Sequence[AgencySummary], years: Sequence[int]) -> Iterator[YearItem]:
    """The years of the portal, latest first, each with how many of how many have published."""
    for year in years:
        href = link_to(path, page_path(f"years/{year}"))
        yield YearItem(year=year, href=href, summary=summarise_year(site, agencies, year))


def summarise_year(site: Site, agencies: Sequence[AgencySummary], year: int) -> str:
    """How many have a report for a year, of how many agencies that should."""
    published = sum(agency.find_report(year) is not None for agency in agencies)
    expected = sum(agency.is_expected(year) for agency in agencies)
    return site.words.fill("year_summary", agencies=expected, published=published)


def render_year(site: Site, agencies: Sequence[AgencySummary], year: int, years: Sequence[int]) -> bytes:
    """year.html."""
    path = page_path(f"years/{year}")
    missing = [agency for agency in agencies if agency.is_expected(year) and agency.find_report(year) is None]
    view = YearView(
        page=frame_page(site, path, PageHead(heading=site.words.fill("year_heading", year=year))),
        summary=summarise_year(site, agencies, year),
        tables=tuple(tabulate_year(site, path, agencies, year)),
        missing=tuple(
            LinkView(
                label=name_agency(site, agency),
                href=link_to(path, page_path(agency.id)),
                lang=site.language_of(agency.name),
            )
            for agency in missing
        ),
        previous=link_year(site, path, max((other for other in years if other < year), default=None)),
        next=link_year(site, path, min((other for other in years if other > year), default=None)),
    )
    return render_template(site.theme, "year.html", view, site.words)


def link_year(site: Site, path: str, year: int | None) -> LinkView | None:
    """A link to another year's page."""
    if year is None:
        return None
    return LinkView(label=site.words.fill("year", year=year), href=link_to(path, page_path(f"years/{year}")))


def tabulate_year(site: Site, path: str, agencies: Sequence[AgencySummary], year: int) -> Iterator[TableView]:
    """The key figures of all agencies of a year, a table for each form."""
    words = site.words
    found = [(agency, report) for agency in agencies if (report := agency.find_report(year)) is not None]
    for form_id in dict.fromkeys(report.form for _, report in found):
        form = site.forms[form_id]
        cells = list_key_cells(site, form)
        columns = [Column(label=label, numeric=True, unit=unit) for _, label, unit in cells]
        ids = [cell for cell, _, _ in cells]
        rows = [list_report(site, path, agency, report, ids) for agency, report in found if report.form == form_id]
        plan = ListPlan(
            id=f"year-{form_id}",
            caption=words.fill("year_caption", year=year, form=site.say(form.short)),
            corner=words.agency,
            columns=(*columns, Column(label=words.published)),
            rows=tuple(rows),
            kind="comparison",
        )
        yield make_table(plan, words)


def list_report(site: Site, path: str, agency: AgencySummary, report: ReportSummary, cells: Sequence[str]) -> Row:
    """A report as a row: its agency's name that year, its key figures, its date."""
    entries = (*(Entry(figure=report.key_figures[cell]) for cell in cells), Entry(text=say_published(site, report)))
    href = link_to(path, page_path(f"{agency.id}/{report.year}"))
    return Row(label=site.say(report.name), href=href, lang=site.language_of(report.name), entries=entries)


def say_published(site: Site, report: ReportSummary) -> str:
    """When a report was published, and when it was corrected last; empty where the report states no date."""
    if not report.corrected:
        return report.published
    published = report.published or site.words.not_stated
    return site.words.fill("published_corrected", published=published, date=report.corrected[-1])


def render_page(site: Site, page: TextPage) -> bytes:
    """page.html."""
    path = page_path(page.slug)
    frame = frame_page(site, path, PageHead(heading=page.title, description=page.description))
    view = TextPageView(page=frame, prose=view_page_prose(page))
    return render_template(site.theme, "page.html", view, site.words)


def render_not_found(site: Site) -> bytes:
    """404.html: its links start at the host's root, for it is shown at any address."""
    base = base_path(site.portal)
    frame = frame_page(site, "404.html", PageHead(heading=site.words.not_found_heading))
    frame = replace(
        frame,
        canonical="",
        stylesheet=base + frame.stylesheet,
        feed=base + frame.feed if frame.feed else "",
        breadcrumb=tuple(anchor_link(link, base) for link in frame.breadcrumb),
        navigation=tuple(anchor_link(link, base) for link in frame.navigation),
        footer_links=tuple(anchor_link(link, base) for link in frame.footer_links),
        root=base,
    )
    view = NotFoundView(page=frame, home=base + page_path(""))
    return render_template(site.theme, "404.html", view, site.words)


def anchor_link(link: LinkView, base: str) -> LinkView:
    """A link inside the site that starts at the host's root."""
    return replace(link, href=base + link.href) if is_relative(link.href) else link
