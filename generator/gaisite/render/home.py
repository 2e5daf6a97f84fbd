"""The home page, and the further pages of a long list of agencies."""

import json
from collections.abc import Iterator, Sequence

from gaisite.model.summary import AgencySummary
from gaisite.render.agency_lists import item_agency, list_agencies, name_agency
from gaisite.render.checks import ADDRESS
from gaisite.render.downloads import link_data_page
from gaisite.render.frames import PageHead, frame_page
from gaisite.render.paging import fits_page, link_pages, list_paths, number_page, take_part
from gaisite.render.parts import LinkView
from gaisite.render.site import Site, link_to, page_path
from gaisite.render.templates import render_template
from gaisite.render.views import AgenciesView, AgencyItem, HomeView, YearItem
from gaisite.render.years import summarise_year

AGENCIES = "agencies"
"""The folder of the further pages."""
INDEX = f"{AGENCIES}/index.js"
"""All agencies of a long list, for the script that filters it."""


def render_home(
    site: Site, agencies: Sequence[AgencySummary], years: Sequence[int], forms: Sequence[str]
) -> Iterator[tuple[str, bytes]]:
    """The home page and, where there are more agencies than a page takes, their further pages and their index."""
    paths = list_home_paths(len(agencies))
    path = page_path("")
    view = HomeView(
        page=frame_page(site, path, PageHead(heading=site.portal.title)),
        introduction=site.portal.description,
        agencies=list_part(site, path, agencies, 0),
        agency_pages=link_pages(site, path, paths),
        index=link_to(path, INDEX) if len(paths) > 1 else "",
        years=tuple(list_years(site, path, agencies, years)),
        forms=tuple(
            LinkView(
                label=site.say(site.forms[form_id].short),
                href=link_to(path, page_path(f"forms/{form_id}")),
                lang=site.language_of(site.forms[form_id].short),
            )
            for form_id in forms
        ),
        pages=tuple(list_pages(site, path, checks=bool(years))),
    )
    yield path, render_template(site.theme, "home.html", view, site.words)
    for number, further in enumerate(paths[1:], 1):
        yield further, render_further(site, further, paths, agencies, number)
    if len(paths) > 1:
        yield INDEX, write_index(site, agencies)


def list_home_paths(agencies: int) -> tuple[str, ...]:
    """The paths of the pages that list so many agencies: the home page first."""
    return list_paths("", agencies, AGENCIES)


def list_part(site: Site, path: str, agencies: Sequence[AgencySummary], number: int) -> tuple[AgencyItem, ...]:
    """The agencies of a page: under their parents where all are on one page, else one after the other."""
    if fits_page(len(agencies)):
        return list_agencies(site, path, agencies)
    names = {agency.id: name_agency(site, agency) for agency in agencies}
    part = take_part(agencies, number)
    return tuple(item_agency(site, path, agency, above=names.get(agency.parent, "")) for agency in part)


def render_further(
    site: Site, path: str, paths: Sequence[str], agencies: Sequence[AgencySummary], number: int
) -> bytes:
    """agencies.html: one of the further pages."""
    heading = number_page(site, site.words.agencies, number)
    view = AgenciesView(
        page=frame_page(site, path, PageHead(heading=heading)),
        agencies=list_part(site, path, agencies, number),
        agency_pages=link_pages(site, path, paths),
    )
    return render_template(site.theme, "agencies.html", view, site.words)


def write_index(site: Site, agencies: Sequence[AgencySummary]) -> bytes:
    """Name, address and years of each agency, as a script: from the disk no page can read anything else."""
    entries = []
    for agency in agencies:
        years = [site.words.fill("year", year=report.year) for report in reversed(agency.reports)]
        pages = [page_path(f"{agency.id}/{report.year}") for report in reversed(agency.reports)]
        entries.append([name_agency(site, agency), page_path(agency.id), years, pages])
    text = json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
    return f"window.gaisiteAgencies={text};\n".encode()


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
        label = site.words.fill("year", year=year)
        yield YearItem(year=year, label=label, href=href, summary=summarise_year(site, agencies, year))
