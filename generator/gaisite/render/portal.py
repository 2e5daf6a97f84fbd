"""The reduce: the portal's own pages, from the agencies' summaries alone."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gaisite.model.downloads import DataFile
from gaisite.model.portal import TextPage
from gaisite.model.summary import AgencySummary
from gaisite.render.agencies import list_children_paths
from gaisite.render.aliases import list_redirects, redirect_page, render_aliases
from gaisite.render.below import find_below_paths
from gaisite.render.checks import list_check_paths, render_checks
from gaisite.render.data import render_data
from gaisite.render.dictionary import render_form
from gaisite.render.downloads import DATA_PAGE
from gaisite.render.feeds import write_feed, write_robots, write_sitemap
from gaisite.render.frames import FEED, SEARCH_PAGE, PageHead, frame_page
from gaisite.render.home import list_home_paths, render_home
from gaisite.render.host_files import render_host_files
from gaisite.render.late import render_late
from gaisite.render.parts import LinkView
from gaisite.render.prose import list_page_contents, view_page_prose
from gaisite.render.site import Site, base_path, is_relative, link_to, page_path
from gaisite.render.structured import CATALOGUE, write_catalogue
from gaisite.render.templates import render_template
from gaisite.render.views import NotFoundView, SearchView, TextPageView
from gaisite.render.years import list_year_paths, render_years

File = tuple[str, bytes]
ENGINE = "pagefind/pagefind.js"
"""What looks things up, put there by the index."""


def render_portal(site: Site, agencies: Sequence[AgencySummary], files: Sequence[DataFile]) -> Iterator[File]:
    """Home, years, forms, data, the portal's own pages, 404, and the files for machines: path and content of each.

    `files` are those for download of the whole portal.
    """
    years = sorted({report.year for agency in agencies for report in agency.reports}, reverse=True)
    yield site.stylesheet, site.theme.stylesheet
    if site.script:
        yield site.script, site.theme.script
    yield from render_home(site, agencies, years, list_used_forms(site, agencies))
    yield from render_years(site, agencies, years)
    for year in years:
        yield from render_late(site, agencies, year)
    for form_id in list_used_forms(site, agencies):
        yield page_path(f"forms/{form_id}"), render_form(site, site.forms[form_id], agencies)
    if years:
        yield from render_checks(site, agencies)
    if site.portal.formats:
        yield page_path(DATA_PAGE), render_data(site, years, files)
        yield CATALOGUE, write_catalogue(site, agencies, files)
    for page in site.pages:
        yield page_path(page.slug), render_page(site, page)
        yield from render_aliases(site, redirect_page(page), page_path(page.slug), page.title)
    if site.portal.search:
        yield page_path(SEARCH_PAGE), render_search(site)
    yield from render_host_files(site.portal, list_redirects(site, agencies))
    yield "404.html", render_not_found(site)
    yield "robots.txt", write_robots(site)
    if site.portal.base_url:
        yield from write_sitemap(site, list_addresses(site, agencies, years))
        yield FEED, write_feed(site, agencies)


def list_used_forms(site: Site, agencies: Sequence[AgencySummary]) -> list[str]:
    """The forms of the portal's reports, latest first."""
    used = {report.form for agency in agencies for report in agency.reports}
    return sorted(used, key=lambda form_id: site.forms[form_id].first_year, reverse=True)


def list_addresses(site: Site, agencies: Sequence[AgencySummary], years: Sequence[int]) -> Iterator[tuple[str, str]]:
    """The pages for the sitemap, with the dates of those whose content has one."""
    yield from ((path, "") for path in list_home_paths(len(agencies)))
    for year in years:
        yield from ((path, "") for path in list_year_paths(site, agencies, year))
    for form_id in list_used_forms(site, agencies):
        yield page_path(f"forms/{form_id}"), ""
    if years:
        yield from ((path, "") for path in list_check_paths(agencies))
    if site.portal.formats:
        yield page_path(DATA_PAGE), ""
    for page in site.pages:
        yield page_path(page.slug), ""
    children = Counter(agency.parent for agency in agencies)
    for agency in agencies:
        yield from ((path, "") for path in list_children_paths(agency.id, children[agency.id]))
        if len(agency.reports) > 1:
            yield page_path(f"{agency.id}/comparison"), ""
        for report in agency.reports:
            yield page_path(f"{agency.id}/{report.year}"), report.changed
            paths = (path for path, _ in agency.outputs) if report.below else ()
            yield from ((path, "") for path in find_below_paths(f"{agency.id}/{report.year}", paths))


def render_page(site: Site, page: TextPage) -> bytes:
    """page.html."""
    path = page_path(page.slug)
    lang = site.mark(page.language or site.editions[0].language) if site.editions else ""
    frame = frame_page(site, path, PageHead(heading=page.title, description=page.description, lang=lang))
    view = TextPageView(page=frame, contents=list_page_contents(page, lang), prose=view_page_prose(page, lang))
    return render_template(site.theme, "page.html", view, site.words)


def render_search(site: Site) -> bytes:
    """search.html: what a reader asks for is looked up in the browser."""
    path = page_path(SEARCH_PAGE)
    frame = frame_page(site, path, PageHead(heading=site.words.search))
    view = SearchView(page=replace(frame, searches=True), engine=link_to(path, ENGINE))
    return render_template(site.theme, "search.html", view, site.words)


def render_not_found(site: Site) -> bytes:
    """404.html: its links start at the host's root, for it is shown at any address."""
    base = base_path(site.portal)
    frame = frame_page(site, "404.html", PageHead(heading=site.words.not_found_heading))
    frame = replace(
        frame,
        canonical="",
        stylesheet=base + frame.stylesheet,
        script=base + frame.script if frame.script else "",
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
