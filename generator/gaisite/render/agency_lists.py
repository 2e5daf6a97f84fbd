"""Agencies in lists: under their parents, with links to their years."""

from collections.abc import Sequence

from gaisite.model.summary import AgencySummary
from gaisite.render.parts import LinkView
from gaisite.render.site import Site, link_to, page_path
from gaisite.render.views import AgencyItem


def list_agencies(site: Site, path: str, agencies: Sequence[AgencySummary], parent: str = "") -> tuple[AgencyItem, ...]:
    """The agencies under a parent (empty: those on top), each with those below it."""
    known = {agency.id for agency in agencies}
    return tuple(
        item_agency(site, path, agency, list_agencies(site, path, agencies, agency.id))
        for agency in agencies
        if agency.parent == parent or (not parent and agency.parent not in known)
    )


def item_agency(
    site: Site, path: str, agency: AgencySummary, children: tuple[AgencyItem, ...] = (), above: str = ""
) -> AgencyItem:
    """One agency in a list, its latest report first."""
    years = tuple(
        LinkView(
            label=site.words.fill("year", year=report.year), href=link_to(path, page_path(f"{agency.id}/{report.year}"))
        )
        for report in reversed(agency.reports)
    )
    return AgencyItem(
        name=name_agency(site, agency),
        href=link_to(path, page_path(agency.id)),
        kind=name_kind(site, agency.kind),
        years=years,
        children=children,
        above=above,
    )


def name_agency(site: Site, agency: AgencySummary) -> str:
    """An agency's present name."""
    return site.say(agency.name)


def name_kind(site: Site, kind: str) -> str:
    """A kind of agency in words; empty where the theme has none for it."""
    return site.words.optional(f"kind_{kind}") if kind else ""
